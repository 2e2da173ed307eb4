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
