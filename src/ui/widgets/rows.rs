//! Tables that draw only the rows that can be seen; a selection that is a record's uid, never an index.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use eframe::egui::accesskit::Action;
use eframe::egui::{self, EventFilter, Id, Label, RichText, Role, Sense, Ui, UiBuilder};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::ui::cx::Cx;
use crate::ui::keys::{Shortcut, Where, pressed_on_page};
use crate::ui::search::Letters;
use crate::ui::theme;

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

/// Draws the rows in sight; the index of the row that was clicked. The whole table is one stop of the Tab key, in which
/// the arrow keys move; readers of the screen are told its rows, columns and cells.
pub fn table(ui: &mut Ui, sheet: &Sheet<'_>, row_ui: impl FnMut(&mut TableRow<'_, '_>)) -> Option<usize> {
    let builder = UiBuilder::new()
        .id_salt(sheet.id)
        .sense(Sense::focusable_noninteractive())
        .accessibility_role(Role::Table)
        .layout(*ui.layout());
    ui.scope_builder(builder, |ui| {
        let id = ui.unique_id();
        ui.data_mut(|data| data.insert_temp(table_slot(), id));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_row_count(sheet.rows + 1);
            node.set_column_count(sheet.columns.len());
        });
        hold_arrows(ui, id);
        let clicked = rows_ui(ui, sheet, row_ui);
        if clicked.is_some() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        clicked
    })
    .inner
}

/// While a table has the keyboard, the arrows are its own.
fn hold_arrows(ui: &Ui, id: Id) {
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    let has_focus = ui.memory_mut(|memory| {
        memory.set_focus_lock_filter(id, arrows);
        memory.has_focus(id)
    });
    if has_focus {
        ui.data_mut(|data| data.insert_temp(focused_slot(), id));
    }
}

/// Where the table being drawn is noted, for its cells.
fn table_slot() -> Id {
    Id::unique("rows-table")
}

/// Where the table that has the keyboard is noted.
fn focused_slot() -> Id {
    Id::unique("rows-focused")
}

/// Where it is noted that the card of the selected row is to have the keyboard.
fn enter_slot() -> Id {
    Id::unique("rows-enter")
}

/// Whether the card that is drawn now is to have the keyboard; told once.
pub fn is_entered(ui: &Ui) -> bool {
    ui.data_mut(|data| data.remove_temp::<bool>(enter_slot())).is_some()
}

/// Whether the keyboard is in a table or nowhere: the arrows are not for some button.
pub fn is_in_table(ui: &Ui) -> bool {
    let table = ui.data(|data| data.get_temp::<Id>(focused_slot()));
    ui.memory(|memory| memory.focused()).is_none_or(|focused| table == Some(focused))
}

fn rows_ui(ui: &mut Ui, sheet: &Sheet<'_>, mut row_ui: impl FnMut(&mut TableRow<'_, '_>)) -> Option<usize> {
    let mut clicked = None;
    let height = ui.available_height();
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    let mut builder = TableBuilder::new(ui)
        .id_salt(sheet.id)
        .striped(false)
        // Clicked, but no stop of the Tab key each.
        .sense(Sense::CLICK)
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
                let title = capital(&column.title);
                part_ui(&mut header, Role::ColumnHeader, Some(&title), |ui| {
                    ui.add_space(4.0);
                    ui.label(RichText::new(&title).small().color(theme::of(ui).ink_soft));
                });
            }
        })
        .body(|body| {
            body.rows(theme::ROW, sheet.rows, |mut row| {
                row_ui(&mut row);
                let response = row.response();
                // Asked before, not inside: the toolkit's lock is held while the input is looked at.
                let id = row_id(&response.ctx, Part::Row(row.index()));
                let asked = response.ctx.input(|input| input.has_accesskit_action_request(id, Action::Click));
                if response.clicked() || asked {
                    clicked = Some(row.index());
                }
            });
        });
    clicked
}

/// A head begins with a capital where the language has any.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A row as readers of the screen know it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Row(usize),
}

fn row_id(ctx: &egui::Context, part: Part) -> Id {
    let table = ctx.data(|data| data.get_temp::<Id>(table_slot())).unwrap_or(Id::NULL);
    match part {
        Part::Head => table.with("head"),
        Part::Row(index) => table.with(("row", index)),
    }
}

/// One cell: drawn by the table, told to readers of the screen as a part of its row.
fn part_ui(row: &mut TableRow<'_, '_>, role: Role, words: Option<&str>, content: impl FnOnce(&mut Ui)) {
    let (index, column) = (row.index(), row.col_index());
    let part = if role == Role::ColumnHeader { Part::Head } else { Part::Row(index) };
    row.col(|ui| {
        let id = row_id(ui.ctx(), part);
        if column == 0 {
            begin_row(ui, part, id);
        }
        name_row(ui, id, words);
        let builder = UiBuilder::new().id_salt("cell").accessibility_parent(id).accessibility_role(role);
        let builder = builder.max_rect(ui.max_rect()).layout(*ui.layout());
        let cell = ui.scope_builder(builder, content).response;
        ui.ctx().accesskit_node_builder(cell.id, |node| {
            node.set_column_index(column);
            if let Some(words) = words.filter(|_| role == Role::ColumnHeader) {
                node.set_label(words);
            }
        });
    });
}

/// The node of the row: the table knows only cells.
fn begin_row(ui: &mut Ui, part: Part, id: Id) {
    let table = ui.data(|data| data.get_temp::<Id>(table_slot())).unwrap_or(Id::NULL);
    let builder = UiBuilder::new().scope_id(id).accessibility_parent(table).accessibility_role(Role::Row);
    let _ = ui.new_child(builder.max_rect(ui.max_rect()));
    let selected = is_selected(ui);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_index(match part {
            Part::Head => 0,
            Part::Row(index) => index + 1,
        });
        if part != Part::Head {
            node.set_selected(selected);
            node.add_action(Action::Click);
        }
    });
    if selected {
        // Where the arrows are in the table, the row is what is read aloud.
        ui.ctx().accesskit_node_builder(table, |node| node.set_active_descendant(id.accesskit_id()));
    }
}

/// The selected row is called after its cells.
fn name_row(ui: &Ui, id: Id, words: Option<&str>) {
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else { return };
    if !is_selected(ui) {
        return;
    }
    ui.ctx().accesskit_node_builder(id, |node| {
        let before = node.label().map(|label| format!("{label} ")).unwrap_or_default();
        node.set_label(format!("{before}{words}"));
    });
}

/// The table marks the cells of a selected row by the colour of their text, and tells it in no other way.
fn is_selected(ui: &Ui) -> bool {
    let visuals = ui.visuals();
    visuals.override_text_color == Some(visuals.selection.stroke.color)
}

/// A cell's text, cut off where the column ends.
pub fn cell(row: &mut TableRow<'_, '_>, text: impl Into<egui::WidgetText>) {
    let text = text.into();
    let words = text.text().to_owned();
    part_ui(row, Role::Cell, Some(&words), |ui| {
        ui.add_space(4.0);
        ui.add(Label::new(text).truncate());
    });
}

/// A cell that holds more than text.
pub fn cell_ui(row: &mut TableRow<'_, '_>, content: impl FnOnce(&mut Ui)) {
    part_ui(row, Role::Cell, None, content);
}

/// A cell of a row that heads a group: the line above it sets it off.
pub fn group_cell(row: &mut TableRow<'_, '_>, content: impl FnOnce(&mut Ui)) {
    part_ui(row, Role::Cell, None, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0, theme::of(ui).faint);
        ui.add_space(4.0);
        content(ui);
    });
}

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next record.
    Down,
    /// To the one before.
    Up,
    /// So many rows on.
    PageDown(usize),
    /// So many rows back.
    PageUp(usize),
    /// To the first record.
    First,
    /// To the last.
    Last,
}

/// Where the keys lead in a table, if they lead anywhere; Enter leads into the card of the selected row, or to the first.
pub fn step_asked(ui: &Ui, cx: &Cx<'_>, from: Option<usize>) -> Option<Step> {
    if !is_in_table(ui) {
        return None;
    }
    let page = ((ui.available_height() / theme::ROW) as usize).saturating_sub(2).max(1);
    let steps = [
        (Shortcut::Down, Step::Down),
        (Shortcut::Up, Step::Up),
        (Shortcut::PageDown, Step::PageDown(page)),
        (Shortcut::PageUp, Step::PageUp(page)),
        (Shortcut::First, Step::First),
        (Shortcut::Last, Step::Last),
    ];
    if pressed_on_page(ui, cx, Shortcut::Open) {
        ui.data_mut(|data| data.insert_temp(enter_slot(), true));
        return from.is_none().then_some(Step::First);
    }
    steps.into_iter().find(|(shortcut, _)| pressed_on_page(ui, cx, *shortcut)).map(|(_, step)| step)
}

/// The row that a step leads to from the selected one, over those that are no records.
pub fn stepped(step: Step, from: Option<usize>, count: usize, is_record: impl Fn(usize) -> bool) -> Option<usize> {
    let on = |from: usize| (from..count).find(|index| is_record(*index));
    let back = |to: usize| (0..to.min(count)).rev().find(|index| is_record(*index));
    match (step, from) {
        (Step::Last, _) => back(count),
        (Step::First, _) | (_, None) => on(0),
        (Step::Down, Some(at)) => on(at + 1),
        (Step::Up, Some(at)) => back(at),
        (Step::PageDown(rows), Some(at)) => on(at + rows).or_else(|| back(count)),
        (Step::PageUp(rows), Some(at)) => back((at + 1).saturating_sub(rows)).or_else(|| on(0)),
    }
}

/// Where records stand, by their uids: made where the rows are read, for looking through a county's rows takes longer
/// than a frame.
#[derive(Default)]
pub struct Places {
    hasher: RandomState,
    places: HashMap<u64, u32>,
}

impl Places {
    /// The place of each uid is where it comes first.
    pub fn of<'r>(uids: impl Iterator<Item = (usize, &'r str)>) -> Self {
        let mut all = Self::default();
        for (place, uid) in uids {
            let key = all.hasher.hash_one(uid);
            all.places.entry(key).or_insert(u32::try_from(place).unwrap_or(u32::MAX));
        }
        all
    }

    /// Where a record may stand; whether it does must be looked at.
    pub fn find(&self, uid: &str) -> Option<usize> {
        self.places.get(&self.hasher.hash_one(uid)).map(|place| *place as usize)
    }
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
        if self.uid.is_some() { Letters::Actions(Where::Person) } else { Letters::Free }
    }

    /// Where it stood.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Where the selected record stood.
    pub fn selected(&self) -> Option<usize> {
        self.uid.as_ref().map(|_| self.index)
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
        self.settle_at((0..count).find(|index| uid_at(*index) == Some(uid.as_str())), count, uid_at);
    }

    /// The same, where it is known at which line the record stands now, if at any.
    pub fn settle_at<'r>(&mut self, line: Option<usize>, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        if self.uid.is_none() {
            return;
        }
        if let Some(line) = line {
            self.index = line;
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

    /// Moves with the keys over the rows that are records; Enter goes into the card of the one that is selected.
    pub fn keys<'r>(&mut self, ui: &Ui, cx: &Cx<'_>, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        if let Some(step) = step_asked(ui, cx, self.selected()) {
            self.step(step, count, &uid_at);
        }
    }

    /// Moves among the records; to the first where none is selected.
    pub fn step<'r>(&mut self, step: Step, count: usize, uid_at: impl Fn(usize) -> Option<&'r str>) {
        let next = stepped(step, self.selected(), count, |index| uid_at(index).is_some());
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
    fn pages_and_ends_are_reached_over_rows_that_are_no_records() {
        let mut selection = Selection::default();
        let rows = [None, Some("a"), Some("b"), None, Some("c"), Some("d"), None];
        let at = |index: usize| rows.get(index).copied().flatten();
        for (step, uid) in [
            (Step::Down, "a"),
            (Step::PageDown(2), "c"),
            (Step::PageDown(9), "d"),
            (Step::PageUp(9), "a"),
            (Step::Last, "d"),
            (Step::PageUp(2), "b"),
            (Step::First, "a"),
            (Step::Up, "a"),
        ] {
            selection.step(step, rows.len(), at);
            assert_eq!(selection.uid(), Some(uid), "{step:?}");
        }
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
