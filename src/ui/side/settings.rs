//! Text size, colours, language, when to lock, and the ways out of the ledger.

use eframe::egui::{Ui, WidgetInfo};

use super::looking::LookingPart;
use super::{Around, Ground};
use crate::domain::message::Message;
use crate::ui::action::{Action, SideKind};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::lock::MINUTES;
use crate::ui::theme::{self, Contrast};
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::demo_strip::Removing;
use crate::words::Language;

/// The panel.
#[derive(Default)]
pub(in crate::ui) struct SettingsPanel {
    removing: Removing,
    looking: LookingPart,
}

impl SettingsPanel {
    /// The passphrase of who may only look was set or taken away.
    pub fn looking_changed(&mut self) {
        self.looking.changed();
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, around: &Around<'_>) {
        display_ui(ui, cx, around.scale);
        ui.separator();
        if around.ground.is_locked() {
            lock_ui(ui, cx, around.lock_after);
            ui.separator();
            self.looking.ui(ui, cx, around);
            ui.separator();
        }
        for (glyph, words, kind) in [
            (Icon::Clock, "day-title", SideKind::Day),
            (Icon::CircleQuestionMark, "help-title", SideKind::Help),
            (Icon::Keyboard, "keys-title", SideKind::Keys),
        ] {
            let is_there = kind != SideKind::Day || around.ground != Ground::None;
            if is_there && button(ui, glyph, &cx.t(words)).clicked() {
                cx.push(Action::Side(kind));
            }
        }
        if around.ground == Ground::Demo {
            ui.horizontal_wrapped(|ui| self.removing.buttons_ui(ui, cx));
        }
        if around.ground != Ground::None && button(ui, Icon::LogOut, &cx.t("ui-close-ledger")).clicked() {
            cx.push(Action::CloseLedger);
        }
    }
}

/// Text size, colours and language.
fn display_ui(ui: &mut Ui, cx: &mut Cx<'_>, scale: u32) {
    basic::head(ui, cx.t("ui-text-size"));
    ui.horizontal_wrapped(|ui| {
        for percent in theme::SCALES {
            let words = format!("{percent}%");
            if ui.selectable_label(scale == percent, words).clicked() {
                cx.push(Action::Scale(percent));
            }
        }
    });
    basic::head(ui, cx.t("ui-contrast"));
    ui.horizontal_wrapped(|ui| {
        let chosen = theme::contrast(ui.ctx());
        for contrast in Contrast::ALL {
            let name = cx.t(&format!("ui-contrast-{}", contrast.code()));
            if ui.selectable_label(chosen == contrast, name).clicked() {
                cx.push(Action::Contrast(contrast));
            }
        }
    });
    basic::head(ui, cx.t("ui-language"));
    ui.horizontal_wrapped(|ui| {
        for language in Language::ALL {
            let name = cx.t(&format!("ui-language-{}", language.code()));
            if ui.selectable_label(cx.words.language() == *language, name).clicked() {
                cx.push(Action::Language(*language));
            }
        }
    });
}

fn lock_ui(ui: &mut Ui, cx: &mut Cx<'_>, after: u32) {
    basic::head(ui, cx.t("lock-after"));
    ui.horizontal_wrapped(|ui| {
        for minutes in MINUTES {
            let words = cx.say(&Message::new("lock-minutes").number("minutes", minutes));
            let response = ui.selectable_label(after == minutes, &words);
            response.widget_info(|| WidgetInfo::selected(eframe::egui::Role::Button, true, after == minutes, &words));
            if response.clicked() {
                cx.push(Action::LockAfter(minutes));
            }
        }
    });
    if button(ui, Icon::Lock, &cx.t("lock-now")).clicked() {
        cx.push(Action::Lock);
    }
    basic::hint(ui, cx.t("lock-hint"));
}
