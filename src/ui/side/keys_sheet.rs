//! The sheet of keys, drawn from the table that the shortcuts themselves are read from.

use eframe::egui::{Align, Layout, RichText, Ui, vec2};

use crate::ui::cx::Cx;
use crate::ui::keys::{TABLE, Where, key_words};
use crate::ui::theme;
use crate::ui::widgets::basic;

/// The room for the keys of a line, in points.
const KEYS_WIDTH: f32 = 132.0;

/// Draws the sheet, grouped by where the keys work.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    basic::soft(ui, cx.t("keys-hint"));
    for place in Where::ALL {
        ui.add_space(theme::GAP);
        basic::head(ui, cx.t(place.words()));
        for line in TABLE.iter().filter(|line| line.place == place) {
            let keys: Vec<String> = line.keys.iter().map(|keys| key_words(cx, keys)).collect();
            ui.horizontal_top(|ui| {
                ui.allocate_ui_with_layout(vec2(KEYS_WIDTH, 24.0), Layout::left_to_right(Align::TOP), |ui| {
                    ui.set_min_width(KEYS_WIDTH);
                    ui.add(eframe::egui::Label::new(RichText::new(keys.join("  ")).strong()).wrap());
                });
                ui.add(eframe::egui::Label::new(cx.t(line.words)).wrap());
            });
        }
    }
}
