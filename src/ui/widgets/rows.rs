//! Tables that draw only the rows that can be seen; a selection that is a record's uid, never an index.

use eframe::egui::{self, Key, Label, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::ui::cx::Cx;
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::key_pressed;

/// A column's head and width.
pub struct Col {
    /// The words above it.
    pub title: String,
    /// How wide it is.
    pub width: Width,
}

/// How wide a column is.
#[derive(Clone, Copy)]
pub enum Width {
    /// So many points.
    Points(f32),
    /// What the others leave.
    Rest,
}

/// What a table is drawn from.
pub struct Sheet<'a> {
    /// Tells tables apart.
    pub id: &'a str,
    /// The columns.
    pub columns: &'a [Col],
    /// How many rows there are.
    pub rows: usize,
    /// The row to bring into sight.
    pub scroll_to: Option<usize>,
}

/// Draws the rows in sight; the index of the row that was clicked.
pub fn table(ui: &mut Ui, sheet: &Sheet<'_>, mut row_ui: impl FnMut(&mut TableRow<'_, '_>)) -> Option<usize> {
    let mut clicked = None;
    let height = ui.available_height();
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    let mut builder = TableBuilder::new(ui)
        .id_salt(sheet.id)
        .striped(false)
        .sense(Sense::click())
        .auto_shrink(false)
        .min_scrolled_height(theme::ROW * 3.0)
        .max_scroll_height(height)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center));
    for column in sheet.columns {
        builder = builder.column(match column.width {
            Width::Points(points) => Column::exact(points).clip(true),
            Width::Rest => Column::remainder().at_least(90.0).clip(true),
        });
    }
    if let Some(row) = sheet.scroll_to {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(30.0, |mut header| {
            for column in sheet.columns {
                header.col(|ui| {
                    ui.add_space(4.0);
                    ui.label(RichText::new(&column.title).small().color(theme::of(ui).ink_soft));
                });
            }
        })
        .body(|body| {
            body.rows(theme::ROW, sheet.rows, |mut row| {
                row_ui(&mut row);
                if row.response().clicked() {
                    clicked = Some(row.index());
                }
            });
        });
    clicked
}

/// A cell's text, cut off where the column ends.
pub fn cell(row: &mut TableRow<'_, '_>, text: impl Into<egui::WidgetText>) {
    row.col(|ui| {
        ui.add_space(4.0);
        ui.add(Label::new(text).truncate());
    });
}

/// A cell of a row that heads a group: the line above it sets it off.
pub fn group_cell(row: &mut TableRow<'_, '_>, content: impl FnOnce(&mut Ui)) {
    row.col(|ui| {
        ui.painter().rect_filled(ui.max_rect(), 0, theme::of(ui).faint);
        ui.add_space(4.0);
        content(ui);
    });
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next record.
    Down,
    /// To the one before.
    Up,
}

/// Which record is selected, and where it stood.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    uid: Option<String>,
    /// The index it had: when the record leaves the list, the one now standing there is next.
    index: usize,
    scroll: bool,
}

impl Selection {
    /// The selected record.
    pub fn uid(&self) -> Option<&str> {
        self.uid.as_deref()
    }

    /// Whether the selected row takes the letters typed.
    pub fn letters(&self) -> Letters {
        if self.uid.is_some() { Letters::Taken } else { Letters::Free }
    }

    /// Where it stood.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Selects a record.
    pub fn set(&mut self, index: usize, uid: &str) {
        self.uid = Some(uid.to_owned());
        self.index = index;
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        self.uid = None;
    }

    /// Finds the record again among new rows; where it has left, the next one is selected.
    pub fn settle<'r>(&mut self, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        let Some(uid) = self.uid.clone() else { return };
        if uid_at(self.index) == Some(uid.as_str()) {
            return;
        }
        if let Some(index) = (0..count).find(|index| uid_at(*index) == Some(uid.as_str())) {
            self.index = index;
            return;
        }
        let next = (self.index..count).chain((0..self.index.min(count)).rev()).find(|index| uid_at(*index).is_some());
        match next.and_then(|index| uid_at(index).map(|uid| (index, uid))) {
            Some((index, uid)) => self.set(index, uid),
            None => self.clear(),
        }
    }

    /// Finds the record again; where it is not among the rows it stays selected all the same.
    pub fn find<'r>(&mut self, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        let Some(uid) = self.uid.as_deref() else { return };
        if let Some(index) = (0..count).find(|index| uid_at(*index) == Some(uid)) {
            self.index = index;
        }
    }

    /// Moves with the arrow keys over the rows that are records.
    pub fn keys<'r>(&mut self, ui: &Ui, cx: &Cx<'_>, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        if key_pressed(ui, cx, Key::ArrowDown) {
            self.step(Step::Down, count, uid_at);
        } else if key_pressed(ui, cx, Key::ArrowUp) {
            self.step(Step::Up, count, uid_at);
        }
    }

    /// Moves to the next record or the one before; to the first where none is selected.
    pub fn step<'r>(&mut self, step: Step, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        let is_record = |index: &usize| uid_at(*index).is_some();
        let next = match (step, self.uid.is_some()) {
            (_, false) => (0..count).find(is_record),
            (Step::Down, true) => (self.index + 1..count).find(is_record),
            (Step::Up, true) => (0..self.index.min(count)).rev().find(is_record),
        };
        if let Some((index, uid)) = next.and_then(|index| uid_at(index).map(|uid| (index, uid))) {
            self.set(index, uid);
            self.scroll = true;
        }
    }

    /// The row to bring into sight, once.
    pub fn scroll_to(&mut self) -> Option<usize> {
        std::mem::take(&mut self.scroll).then_some(self.index)
    }

    /// The selected row is to be brought into sight.
    pub fn reveal(&mut self) {
        self.scroll = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_a_record_leaves_the_list_the_next_one_is_selected() {
        let mut selection = Selection::default();
        selection.set(1, "b");
        let rows = ["a", "c", "d"];
        selection.settle(3, |i| rows.get(i).copied());
        assert_eq!(selection.uid(), Some("c"));
        let rows = ["a"];
        selection.settle(1, |i| rows.get(i).copied());
        assert_eq!(selection.uid(), Some("a"));
        selection.settle(0, |_| None);
        assert_eq!(selection.uid(), None);
    }

    #[test]
    fn a_record_that_moved_stays_selected() {
        let mut selection = Selection::default();
        selection.set(0, "a");
        let rows = ["x", "y", "a"];
        selection.settle(3, |i| rows.get(i).copied());
        assert_eq!(selection.uid(), Some("a"));
    }
}
