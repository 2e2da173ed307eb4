//! The cells of a form's sheet as they stand; a bound one says what it is bound to.

use eframe::egui::{self, Align, Button, Grid, RichText, ScrollArea, Ui};

use crate::ledger::exchange::form::At;
use crate::ledger::forms::{BoundCell, BoundForm};
use crate::ui::cx::Cx;
use crate::ui::tabs::township_form::choose::word_words;
use crate::ui::theme;

/// Rows and columns that are shown at most: a form is a page.
const MOST: At = At { row: 120, column: 26 };
/// Empty rows below the last that has something, for lists.
const BELOW: u32 = 3;
/// The least and the greatest width of a cell, in points.
const WIDTH: (f32, f32) = (96.0, 240.0);

/// Draws them; the cell that was clicked.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, bound: &BoundForm, sheet: usize, chosen: Option<At>) -> Option<At> {
    let found = bound.form.sheets.get(sheet)?;
    let used = |of: fn(&At) -> u32| found.cells.keys().chain(&found.formulas).map(of).max().unwrap_or(1);
    let rows = (used(|at| at.row) + BELOW).min(MOST.row);
    let columns = (used(|at| at.column) + 1).min(MOST.column);
    // The numbers of the rows stand before the cells.
    let width = ((ui.available_width() - 60.0) / columns as f32 - 4.0).clamp(WIDTH.0, WIDTH.1);
    let mut clicked = None;
    theme::card(ui).inner_margin(4.0).show(ui, |ui| {
        ScrollArea::both().id_salt("form-grid").auto_shrink(false).show(ui, |ui| {
            Grid::new(("form", sheet)).spacing([4.0, 4.0]).show(ui, |ui| {
                ui.label("");
                for column in 1..=columns {
                    let letters = At { row: 1, column }.to_string();
                    let letters = letters.trim_end_matches('1').to_owned();
                    ui.label(RichText::new(letters).small().color(theme::of(ui).ink_soft));
                }
                ui.end_row();
                for row in 1..=rows {
                    ui.label(RichText::new(row.to_string()).small().color(theme::of(ui).ink_soft));
                    for column in 1..=columns {
                        let at = At { row, column };
                        if found.first_of(at) != at {
                            // Merged cells are their first.
                            ui.label("");
                        } else if cell_ui(ui, cx, bound, (sheet, at), (chosen == Some(at), width)) {
                            clicked = Some(at);
                        }
                    }
                    ui.end_row();
                }
            });
        });
    });
    clicked
}

/// Whether it was clicked.
fn cell_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    bound: &BoundForm,
    (sheet, at): BoundCell,
    (is_chosen, width): (bool, f32),
) -> bool {
    let Some(found) = bound.form.sheets.get(sheet) else { return false };
    let text = found.cells.get(&at).cloned().unwrap_or_default();
    let word = bound.bindings.get(&(sheet, at)).map(|word| word_words(cx, word));
    let shown = match &word {
        Some(word) => RichText::new(word).color(theme::of(ui).accent),
        None if found.formulas.contains(&at) => RichText::new("ƒ").color(theme::of(ui).ink_soft),
        None => RichText::new(&text),
    };
    let button = Button::selectable(is_chosen, shown).frame_when_inactive(true).truncate();
    let layout = egui::Layout::left_to_right(Align::Center);
    let response = ui.allocate_ui_with_layout(egui::vec2(width, theme::ROW), layout, |ui| {
        ui.add_sized([width, theme::ROW - 4.0], button)
    });
    let name = format!("{at} {}", word.unwrap_or(text));
    let response = response.inner.on_hover_text(&name);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, name.trim_end()));
    response.clicked()
}
