//! The bar along the top of an open ledger.

use eframe::egui::{self, RichText, Ui};

use super::MainPage;
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ui::action::{Action, SideKind};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tab_bar::{Dress, tab_button};
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic;

impl MainPage {
    /// Draws the bar: the name, the tabs, the search, undo and redo, and the ways to help and settings.
    pub(super) fn top_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            // A village's search gives way before its tabs' names do; an office has nobody to search for.
            let (search, width) = match self.level() {
                Level::Village => (SEARCH_ROOM, ui.available_width()),
                Level::Township | Level::County => (0.0, ui.ctx().content_rect().width()),
            };
            let tools = self.tools(width);
            let buttons = tools.len() + 2;
            let room = ui.available_width() - search - buttons as f32 * theme::ICON_BUTTON;
            let tabs = Tab::of(self.level());
            let dress = Dress::that_fits(ui, cx, room, (tabs, self.tab));
            if dress == Dress::Full && ui.available_width() >= theme::NARROW {
                let name = RichText::new(&self.overview.village.name).text_style(theme::strong_style());
                let width = (room - dress.width(ui, cx, (tabs, self.tab))).min(220.0);
                if width > 60.0 {
                    ui.scope(|ui| {
                        ui.set_max_width(width);
                        ui.add(egui::Label::new(name).truncate());
                    });
                }
            }
            for tab in tabs {
                if tab_button(ui, cx, *tab, self.tab == *tab, dress) {
                    self.show(*tab);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                tools_ui(ui, cx, &tools);
                self.turns_ui(ui, cx);
                if self.level() == Level::Village {
                    ui.add_space(theme::GAP);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add_space(theme::GAP);
                        self.search.ui(ui, cx);
                    });
                }
            });
        });
    }

    /// The buttons at the end of the bar, the last first; a narrow window keeps only the settings, which hold the others.
    fn tools(&self, width: f32) -> Vec<Tool> {
        let mut tools =
            vec![Tool { glyph: Icon::Settings, words: "ui-settings", wish: || Action::Side(SideKind::Settings) }];
        if width >= theme::NARROW {
            let help = || Action::Side(SideKind::Help);
            tools.push(Tool { glyph: Icon::CircleQuestionMark, words: "help-title", wish: help });
            if !self.is_demo() {
                tools.push(Tool { glyph: Icon::Lock, words: "lock-now", wish: || Action::Lock });
            }
            tools.push(Tool { glyph: Icon::Clock, words: "day-title", wish: || Action::Side(SideKind::Day) });
        }
        tools
    }

    /// Undo and redo; under the pointer they name what they would do.
    fn turns_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let redo = self.redo_words(cx.words);
        let undo = self.undo_words(cx.words);
        for (glyph, key, about, action) in
            [(Icon::Redo2, "ui-redo", redo, Action::Redo), (Icon::Undo2, "ui-undo", undo, Action::Undo)]
        {
            let words = match &about {
                Some(about) => cx.say(&Message::new("ui-turn").text("turn", cx.t(key)).text("what", about.clone())),
                None => cx.t(key),
            };
            let response = ui.add_enabled_ui(about.is_some(), |ui| basic::icon_button(ui, glyph, &words)).inner;
            if response.clicked() {
                cx.push(action);
            }
        }
    }
}

fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, tools: &[Tool]) {
    for tool in tools {
        if basic::icon_button(ui, tool.glyph, &cx.t(tool.words)).clicked() {
            cx.push((tool.wish)());
        }
    }
}

/// A button at the end of the bar.
struct Tool {
    glyph: Icon,
    words: &'static str,
    wish: fn() -> Action,
}

/// The least room for the search field in the bar.
const SEARCH_ROOM: f32 = 214.0;
