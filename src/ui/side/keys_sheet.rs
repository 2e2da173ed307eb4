//! The sheet of keys, drawn from the table that the shortcuts themselves are read from.

use eframe::egui::{Align, Layout, RichText, Ui, vec2};

use super::Ground;
use crate::domain::area_code::Level;
use crate::ui::cx::Cx;
use crate::ui::keys::{Line, Shortcut, TABLE, Where, key_words};
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic;

/// The room for the keys of a line, in points.
const KEYS_WIDTH: f32 = 132.0;

/// Draws the sheet, grouped by where the keys work.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, ground: Ground) {
    basic::soft(ui, cx.t("keys-hint"));
    let is_meant =
        |place: &Where| ground != Ground::Office || !matches!(place, Where::Person | Where::Pair | Where::Join);
    for place in Where::ALL.into_iter().filter(is_meant) {
        ui.add_space(theme::GAP);
        basic::head(ui, cx.t(place.words()));
        for line in TABLE.iter().filter(|line| line.place == place) {
            let Some(words) = words_of(line, ground) else { continue };
            let keys: Vec<String> = line.keys.iter().map(|keys| key_words(cx, keys)).collect();
            ui.horizontal_top(|ui| {
                ui.allocate_ui_with_layout(vec2(KEYS_WIDTH, 24.0), Layout::left_to_right(Align::TOP), |ui| {
                    ui.set_min_width(KEYS_WIDTH);
                    ui.add(eframe::egui::Label::new(RichText::new(keys.join("  ")).strong()).wrap());
                });
                ui.add(eframe::egui::Label::new(cx.t(words)).wrap());
            });
        }
    }
}

/// What a key does on this ground: an office has tabs of its own, and nobody to search for.
fn words_of(line: &Line, ground: Ground) -> Option<&'static str> {
    match line.shortcut {
        Shortcut::Tab(number) if ground == Ground::Office => Tab::of(Level::Township).get(number).map(|tab| tab.key()),
        Shortcut::Search | Shortcut::Tick if ground == Ground::Office => None,
        _ => Some(line.words),
    }
}
