//! 到期删除: what is no longer needed, row by row with names; ticked and deleted for good, once it was asked whether.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{RichText, ScrollArea, Ui};
use egui_extras::TableRow;

use crate::desk::privacy::PurgeWish;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::retention::Keeping;
use crate::ledger::privacy::kept::DueRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::lists::tick_ui;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::for_good::ForGood;
use crate::ui::widgets::person::group_words;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, is_in_table, table};

/// The page.
#[derive(Default)]
pub struct DuePage {
    rows: Cached<(i64, NaiveDate), Vec<DueRow>>,
    ticked: BTreeSet<String>,
    selection: Selection,
    sure: ForGood,
}

impl DuePage {
    /// What was ticked is gone.
    pub fn clear(&mut self) {
        self.ticked.clear();
        self.sure.close();
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let today = cx.today;
        let read = self.rows.get(cx.desk, (cx.revision, today), move |view| view.due_for_deletion(today)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = read else { return };
        if rows.is_empty() {
            return empty(ui, Icon::CircleCheck, &cx.t("nothing-due"), &cx.t("due-teach"), |_| ());
        }
        self.ticked.retain(|uid| rows.iter().any(|row| row.uid == *uid));
        self.bar_ui(ui, cx, &rows);
        let count = Message::new("due-sure").number("count", self.ticked.len());
        // In a small window the question takes the place of the table: its buttons must be in sight.
        if self.sure.wish().is_some() && ui.available_width() < theme::NARROW {
            let area = ScrollArea::vertical().id_salt("due-sure").auto_shrink(false);
            area.show(ui, |ui| self.sure.ui(ui, cx, &count));
            return;
        }
        self.sure.ui(ui, cx, &count);
        self.table_ui(ui, cx, (&rows, programmes));
    }

    fn bar_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rows: &[DueRow]) {
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, cx.say(&Message::new("due-count").number("count", rows.len())));
            let (glyph, words) = match self.ticked.len() == rows.len() {
                true => (Icon::X, "due-tick-none"),
                false => (Icon::ListChecks, "due-tick-all"),
            };
            if button(ui, glyph, &cx.t(words)).clicked() {
                let all = self.ticked.len() == rows.len();
                self.ticked = if all { BTreeSet::new() } else { rows.iter().map(|row| row.uid.clone()).collect() };
                self.sure.close();
            }
            let words = cx.say(&Message::new("due-delete").number("count", self.ticked.len()));
            let first = cx.t("due-tick-first");
            let ready = if self.ticked.is_empty() { Err(first.as_str()) } else { Ok(()) };
            if basic::main_button_if(ui, ready, Icon::Trash2, &words) {
                self.sure.ask(PurgeWish::Due(self.ticked.clone()));
            }
        });
        basic::soft(ui, cx.t("due-hint"));
    }

    fn turn(&mut self, uid: &str) {
        // What is asked about is what is ticked.
        self.sure.close();
        if !self.ticked.remove(uid) {
            self.ticked.insert(uid.to_owned());
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, (rows, programmes): (&[DueRow], &[Arc<Programme>])) {
        let uid_at = |index: usize| rows.get(index).map(|row| row.uid.as_str());
        self.selection.settle(rows.len(), uid_at);
        self.selection.keys(ui, cx, rows.len(), uid_at);
        if is_in_table(ui)
            && let Some(uid) = self.selection.uid().map(str::to_owned)
            && pressed_on_page(ui, cx, Shortcut::Tick)
        {
            self.turn(&uid);
        }
        let columns = columns(cx, ui.available_width());
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "due", columns: &columns, rows: rows.len(), scroll_to };
        let chosen = self.selection.uid().map(str::to_owned);
        let mut turned = None;
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = &rows[line.index()];
                    line.set_selected(chosen.as_deref() == Some(row.uid.as_str()));
                    if due_row(line, cx, (row, programmes), (self.ticked.contains(&row.uid), columns.len())) {
                        turned = Some(row.uid.clone());
                    }
                })
            })
            .inner;
        if let Some(uid) = turned {
            self.turn(&uid);
        } else if let Some((index, row)) = clicked.and_then(|index| Some((index, rows.get(index)?))) {
            self.selection.set(index, &row.uid);
        }
    }
}

/// One row; true where its box was clicked.
fn due_row(
    line: &mut TableRow<'_, '_>,
    cx: &mut Cx<'_>,
    (row, programmes): (&DueRow, &[Arc<Programme>]),
    (is_ticked, columns): (bool, usize),
) -> bool {
    let what = what_words(cx, row, programmes);
    let mut clicked = false;
    cell_ui(line, |ui| {
        ui.add_space(4.0);
        let about = format!("{} {what}", row.name);
        let label = cx.say(&Message::new("lists-tick").text("name", about.trim()));
        clicked = tick_ui(ui, is_ticked, &label);
    });
    cell_ui(line, |ui| {
        if row.resident.is_empty() {
            // Whom a village named has no page here.
            ui.label(&row.name);
        } else if basic::link(ui, &row.name).clicked() {
            cx.push(Action::ShowPerson(row.resident.clone()));
        }
    });
    cell(line, what);
    if columns > 4 {
        let group = if row.resident.is_empty() { row.village.clone() } else { group_words(cx, &row.group) };
        cell(line, group);
    }
    if columns > 5 {
        cell(line, cx.words.date(row.since));
    }
    cell(line, RichText::new(cx.words.date(row.due_on)).color(cx.palette.ink_soft));
    clicked
}

/// What it is, and of which programme; of what stands in the history alone, what it was of.
fn what_words(cx: &Cx<'_>, row: &DueRow, programmes: &[Arc<Programme>]) -> String {
    let programme = programmes.iter().find(|programme| programme.id == row.programme);
    let name = programme.map_or("", |programme| cx.words.pick(&programme.names));
    let of = match row.keeping {
        Keeping::Past => cx.t(&format!("record-{}", row.table.replace('_', "-"))),
        _ => name.to_owned(),
    };
    format!("{}  {of}", cx.of(&row.keeping)).trim().to_owned()
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![
        col("lists-column-tick", Width::Points(64.0)),
        col("field-name", Width::Points(130.0)),
        col("column-kept-what", Width::Rest),
    ];
    if width > 640.0 {
        columns.push(col("field-group", Width::Points(100.0)));
    }
    if width > 820.0 {
        columns.push(col("due-since", Width::Points(150.0)));
    }
    columns.push(col("due-on", Width::Points(150.0)));
    columns
}
