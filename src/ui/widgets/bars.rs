//! Two bars beside each other for each row, with their words between them: the picture of a paper, drawn on the screen.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align2, Color32, FontId, Rect, Sense, Ui, pos2, vec2};

use crate::paper::block::Bars;
use crate::ui::theme;

/// A bar is at least so high, in points, that its words can be read.
pub const LEAST: f32 = 19.0;
/// Room for the number beside the longest bar.
const NUMBER: f32 = 44.0;

/// The least height in which every row can be read.
pub fn bars_height(bars: &Bars) -> f32 {
    (LEAST + 5.0) * (bars.rows.len() + 1) as f32
}

/// Draws them; between the two sides lies `middle` for the words of the rows. Readers of the screen are told `words`.
pub fn bars_ui(ui: &mut Ui, bars: &Bars, (middle_room, height): (f32, f32), words: &str) {
    let Bars { left: one, right: other, rows } = bars;
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, words));
    let palette = theme::of(ui);
    let (painter, font) = (ui.painter(), FontId::proportional(theme::SMALL));
    let step = area.height() / (rows.len() + 1) as f32;
    let side = ((area.width() - middle_room) / 2.0 - NUMBER).max(1.0);
    let most = rows.iter().flat_map(|(_, one, other)| [*one, *other]).max().unwrap_or(0).max(1);
    let unit = side / most as f32;
    let (left, right) = (area.center().x - middle_room / 2.0, area.center().x + middle_room / 2.0);
    let head = area.top() + step / 2.0;
    painter.text(pos2(left - 4.0, head), Align2::RIGHT_CENTER, one, font.clone(), palette.ink);
    painter.text(pos2(right + 4.0, head), Align2::LEFT_CENTER, other, font.clone(), palette.ink);
    for (at, (label, one, other)) in rows.iter().enumerate() {
        let y = area.top() + (at as f32 + 1.5) * step;
        let thick = (step * 0.42).min(14.0);
        let bar = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, y - thick..=y + thick);
        let (long, far) = (*one as f32 * unit, *other as f32 * unit);
        painter.rect_filled(bar(left - long, left), 2.0, palette.accent_deep);
        painter.rect_filled(bar(right, right + far), 2.0, palette.accent);
        between_ui(ui, label, (pos2(area.center().x, y), middle_room - 8.0), (font.clone(), palette.ink));
        let number = |at, align, count: u64| {
            if count > 0 {
                painter.text(at, align, count.to_string(), font.clone(), palette.ink_soft);
            }
        };
        number(pos2(left - long - 4.0, y), Align2::RIGHT_CENTER, *one);
        number(pos2(right + far + 4.0, y), Align2::LEFT_CENTER, *other);
    }
}

/// The words of a row, cut off where the room between the sides ends.
fn between_ui(ui: &Ui, words: &str, (middle, room): (egui::Pos2, f32), (font, ink): (FontId, Color32)) {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.painter().layout_job(job);
    let at = middle - galley.size() / 2.0;
    ui.painter().galley(at, galley, ink);
}
