//! The roll: everybody of the village or of a group, household by household. However many they are, only the lines
//! around those in sight are read, and nobody is out of reach of the scroll bar.

use std::sync::Arc;

use eframe::egui::Ui;

use super::residents::{columns, household_row, person_row};
use crate::domain::message::Message;
use crate::ledger::census::{Beside, Roll, RollRow};
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::rows::{Selection, Sheet, Step, cell, step_asked, table};

/// Lines read together; a table shows some forty at most.
const WINDOW: usize = 512;
/// Windows begin at multiples of this: scrolling reads anew long before the end of the last one is in sight.
const STEP: usize = 128;

/// Some lines of the roll, and the whole of its outline.
pub(super) struct Lines {
    roll: Roll,
    group: Option<String>,
    from: usize,
    rows: Vec<RollRow>,
    /// Where somebody asked for stands.
    found: Option<usize>,
}

impl Lines {
    fn read(view: &View, wanted: &Wanted) -> Result<Self> {
        let roll = view.roll(wanted.group.as_deref())?;
        let found = match &wanted.sought {
            Some(uid) => view.roll_line(&roll, uid)?,
            None => None,
        };
        let rows = view.roll_rows(&roll, wanted.from..wanted.from + WINDOW)?;
        Ok(Self { roll, group: wanted.group.clone(), from: wanted.from, rows, found })
    }

    fn at(&self, line: usize) -> Option<&RollRow> {
        self.rows.get(line.checked_sub(self.from)?)
    }

    fn uid_at(&self, line: usize) -> Option<&str> {
        match self.at(line)? {
            RollRow::Person(person) => Some(&person.uid),
            RollRow::Home(_) => None,
        }
    }

    fn home_at(&self, line: usize) -> Option<&str> {
        match self.at(line)? {
            RollRow::Home(home) => Some(&home.uid),
            RollRow::Person(_) => None,
        }
    }
}

/// The line that was clicked.
pub(super) enum Clicked {
    /// Somebody's, by uid.
    Person(usize, String),
    /// A household's, by uid.
    Home(usize, String),
}

/// What the lines on screen depend on.
#[derive(Clone, PartialEq, Eq)]
struct Wanted {
    revision: i64,
    group: Option<String>,
    from: usize,
    /// Somebody selected who stands on none of the lines at hand.
    sought: Option<String>,
}

/// The table.
#[derive(Default)]
pub(super) struct RollTable {
    lines: Cached<Wanted, Lines>,
    /// The first line that was in sight.
    first: usize,
    /// The line that the arrow keys lead to, until it is read.
    heading: Option<usize>,
}

impl RollTable {
    /// Reads what is needed around the lines in sight, and moves with the arrow keys.
    pub(super) fn read(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        group: Option<&str>,
        selection: &mut Selection,
    ) -> Option<Arc<Lines>> {
        let shown = self.lines.shown().cloned();
        let is_at_hand = |uid: &str| {
            let is_at = |lines: &Arc<Lines>| {
                lines.uid_at(selection.index()) == Some(uid) || lines.home_at(selection.index()) == Some(uid)
            };
            shown.as_ref().is_some_and(is_at)
        };
        let sought = selection.uid().filter(|uid| !is_at_hand(uid)).map(str::to_owned);
        let first = self.heading.unwrap_or(self.first);
        let from = (first.saturating_sub(STEP) / STEP) * STEP;
        let wanted = Wanted { revision: cx.revision, group: group.map(str::to_owned), from, sought };
        let asked = wanted.clone();
        let lines = self.lines.get(cx.desk, wanted, move |view| Lines::read(view, &asked)).cloned()?;
        if !self.lines.is_waiting() {
            self.settle(&lines, selection);
            self.keys(ui, cx, &lines, selection);
        }
        Some(lines)
    }

    /// Why nothing could be read.
    pub(super) fn failure(&self) -> Option<&Message> {
        self.lines.failure()
    }

    /// Finds the selected person again, or selects who stands where the arrow keys led.
    fn settle(&mut self, lines: &Lines, selection: &mut Selection) {
        if let Some(line) = self.heading.take() {
            if let Some(uid) = lines.uid_at(line) {
                selection.set(line, uid);
                selection.reveal();
            }
            return;
        }
        if let (Some(uid), Some(line)) = (selection.uid().map(str::to_owned), lines.found) {
            selection.set(line, &uid);
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, lines: &Lines, selection: &mut Selection) {
        let Some(step) = step_asked(ui, cx, selection.selected()) else { return };
        let (roll, at) = (&lines.roll, selection.index());
        let next = match (step, selection.uid().is_some()) {
            (Step::Last, _) => roll.person_beside(roll.lines(), Beside::Before),
            (Step::First, _) | (_, false) => roll.person_beside(0, Beside::After),
            (Step::Down, true) => roll.person_beside(at, Beside::After),
            (Step::Up, true) => roll.person_beside(at, Beside::Before),
            (Step::PageDown(rows), true) => roll.person_beside((at + rows + 1).min(roll.lines()), Beside::Before),
            (Step::PageUp(rows), true) => roll.person_beside(at.saturating_sub(rows + 1), Beside::After),
        };
        let Some(line) = next else { return };
        match lines.uid_at(line) {
            Some(uid) => {
                selection.set(line, uid);
                selection.reveal();
            }
            None => {
                self.heading = Some(line);
                ui.ctx().request_repaint();
            }
        }
    }

    /// Draws the lines in sight; who was clicked.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, lines: &Lines, selection: &mut Selection) -> Option<Clicked> {
        let columns = columns(cx, ui.available_width(), "field-residency");
        // Only a line that is known to be theirs is brought into sight.
        let line = selection.index();
        let is_known =
            lines.found == Some(line) || (selection.uid().is_some() && lines.uid_at(line) == selection.uid());
        let scroll_to = if is_known { selection.scroll_to() } else { None };
        // Every group keeps its own place.
        let id = format!("roll-{}", lines.group.as_deref().unwrap_or_default());
        let sheet = Sheet { id: &id, columns: &columns, rows: lines.roll.lines(), scroll_to };
        let (chosen, mut first) = (selection.uid(), None);
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| {
                    first.get_or_insert(row.index());
                    match lines.at(row.index()) {
                        Some(RollRow::Home(home)) => {
                            row.set_selected(chosen == Some(home.uid.as_str()));
                            household_row(row, cx, home, columns.len());
                        }
                        Some(RollRow::Person(person)) => {
                            row.set_selected(chosen == Some(person.uid.as_str()));
                            person_row(row, cx, person, None, columns.len());
                        }
                        None => columns.iter().for_each(|_| cell(row, "")),
                    }
                })
            })
            .inner;
        let first = first.unwrap_or_default();
        if first.abs_diff(self.first) >= STEP || (self.first < STEP) != (first < STEP) {
            ui.ctx().request_repaint();
        }
        self.first = first;
        let line = clicked?;
        let person = lines.uid_at(line).map(|uid| Clicked::Person(line, uid.to_owned()));
        person.or_else(|| lines.home_at(line).map(|uid| Clicked::Home(line, uid.to_owned())))
    }
}

impl Lines {
    /// Whether nobody is on the roll.
    pub(super) fn is_empty(&self) -> bool {
        self.roll.lines() == 0
    }
}
