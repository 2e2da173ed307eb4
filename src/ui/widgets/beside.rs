//! A card beside a table; in a small window, in its place.

use eframe::egui::{Frame, Margin, Panel, ScrollArea, Ui};

use crate::ui::theme;

/// What room a card leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Room {
    /// The table is drawn beside it.
    Left,
    /// It takes the place of the table.
    Taken,
}

/// Draws the card: at the side where the window is at least so wide, else in all of the room.
pub fn card_beside(ui: &mut Ui, id: &'static str, least: f32, content: impl FnOnce(&mut Ui)) -> Room {
    let card = |ui: &mut Ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, content);
        });
    };
    if ui.available_width() < least {
        card(ui);
        return Room::Taken;
    }
    Panel::right(id)
        .exact_size(theme::CARD_WIDTH)
        .frame(Frame::new().inner_margin(Margin { left: 12, ..Margin::ZERO }))
        .show_separator_line(false)
        .resizable(false)
        .show(ui, card);
    Room::Left
}
