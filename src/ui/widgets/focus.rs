//! What has the keyboard: the one ring drawn around every button, tab, table, link and field, and how a field gets it.

use eframe::egui::{Id, LayerId, Order, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme;

/// Draws the ring around what has the keyboard, above everything else of its layer.
pub fn ring_ui(ui: &Ui) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let Some(response) = ui.ctx().read_response(focused) else { return };
    if !response.rect.is_positive() {
        return;
    }
    let palette = theme::of(ui);
    let layer = LayerId::new(Order::Foreground, Id::unique("focus-ring"));
    // Where the widget is scrolled half out of sight, so is its ring.
    let room = response.interact_rect.expand(palette.ring + 2.0);
    let painter = ui.ctx().layer_painter(layer).with_clip_rect(room);
    let stroke = Stroke::new(palette.ring, palette.accent_deep);
    painter.rect_stroke(response.rect.expand(1.0), 7, stroke, StrokeKind::Outside);
}

/// Brings what has just got the keyboard into sight, where it is scrolled out of it: the toolkit does not do so for a
/// field that cannot be seen. Called at the end of what a scroll area holds.
pub fn follow(ui: &Ui) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let slot = Id::unique("focus-followed");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Id>(slot);
        data.insert_temp(slot, focused);
        before
    });
    if before == Some(focused) {
        return;
    }
    let Some(response) = ui.ctx().read_response(focused) else { return };
    if !response.interact_rect.contains_rect(response.rect) {
        ui.scroll_to_rect(response.rect.expand(3.0 * theme::GAP), None);
    }
}

/// Gives the keyboard to a field that has just opened; the button that opened it may take it once more, so it is asked
/// for until it is there.
pub fn take_focus(field: &Response, wanted: &mut bool) {
    if *wanted && field.has_focus() {
        *wanted = false;
    } else if *wanted {
        field.request_focus();
        field.ctx.request_repaint();
    }
}
