//! The honest empty state: what will be here, and what can be done now.

use eframe::egui::Ui;

use crate::ui::icon::{Icon, sized};
use crate::ui::theme;
use crate::ui::widgets::basic;

/// An icon and a sentence in the middle of the page, with room for the next step below.
pub fn empty<R>(ui: &mut Ui, glyph: Icon, title: &str, words: &str, next: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space((ui.available_height() * 0.16).max(12.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(theme::FORM_WIDTH);
        ui.label(sized(glyph, 52.0).color(theme::of(ui).accent));
        ui.add_space(4.0);
        basic::head(ui, title);
        basic::soft(ui, words);
        ui.add_space(theme::GAP);
        next(ui)
    })
    .inner
}
