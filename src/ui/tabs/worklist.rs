//! 工作清单: what to do, by day, group and household, derived from the lists every time it is read.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::programme::Kind;
use crate::domain::worklist::Section;
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ledger::village::group_order;
use crate::ledger::worklist::TaskRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::search::Letters;
use crate::ui::tabs::Tab;
use crate::ui::tabs::lists::number_order;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::handed_out::SheetsStrip;
use crate::ui::widgets::person::{CardForm, Grounds, born_words, card_ui, group_words, short_date};
use crate::ui::widgets::rows::{Col, Places, Selection, Sheet, Width, cell, cell_ui, group_cell, table};

/// The tasks in the order of a walk, with the sources their facts name.
struct Round {
    tasks: Vec<TaskRow>,
    grounds: Grounds,
    lines: Vec<Line>,
    places: Places,
    counts: [usize; 4],
    residents: i64,
    /// Somebody whom a programme concerns; looked at only where there is nothing to do.
    concerned: u64,
}

/// A line of the table.
enum Line {
    Section(Section, usize),
    Group { name: String, people: usize },
    Task(usize),
}

impl Round {
    fn read(view: &View, today: NaiveDate) -> Result<Self> {
        let mut tasks = view.worklist(today)?;
        tasks.sort_by_cached_key(|task| {
            let person = &task.person;
            let place = (group_order(&person.group), number_order(&person.household), person.household_uid.clone());
            (task.section, !is_late_money(task), place, person.uid.clone())
        });
        let counts = Section::ALL.iter().map(|section| tasks.iter().filter(|task| task.section == *section).count());
        let mut four = [0; 4];
        four.iter_mut().zip(counts).for_each(|(slot, count)| *slot = count);
        let lines = lines(&tasks);
        let task_at = |(at, line): (usize, &Line)| match line {
            Line::Task(task) => tasks.get(*task).map(|task| (at, task.person.uid.as_str())),
            Line::Section(..) | Line::Group { .. } => None,
        };
        let places = Places::of(lines.iter().enumerate().filter_map(task_at));
        let residents = view.overview()?.residents;
        let concerned = match tasks.is_empty() {
            true => view.lists(today)?.iter().map(|list| list.counts.eligible + list.counts.ask).sum(),
            false => 1,
        };
        Ok(Self { grounds: Grounds::read(view)?, tasks, lines, places, counts: four, residents, concerned })
    }

    fn task_at(&self, index: usize) -> Option<&TaskRow> {
        match self.lines.get(index)? {
            Line::Task(task) => self.tasks.get(*task),
            Line::Section(..) | Line::Group { .. } => None,
        }
    }

    /// The line of somebody: where they stood, or their first one.
    fn line_of(&self, stood: usize, uid: &str) -> Option<usize> {
        let is_there = |line: &usize| self.uid_at(*line) == Some(uid);
        [Some(stood), self.places.find(uid)].into_iter().flatten().find(is_there)
    }

    fn uid_at(&self, index: usize) -> Option<&str> {
        self.task_at(index).map(|task| task.person.uid.as_str())
    }
}

/// What is overdue and lapses with a day stands before all else that is overdue.
fn is_late_money(task: &TaskRow) -> bool {
    task.section == Section::Overdue && task.programme.kind == Kind::Benefit && task.person.turn.apply_by.is_some()
}

fn lines(tasks: &[TaskRow]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut section_at, mut group_at) = (None, None);
    for (index, task) in tasks.iter().enumerate() {
        if section_at.is_none_or(|(_, section)| section != task.section) {
            section_at = Some((lines.len(), task.section));
            group_at = None;
            lines.push(Line::Section(task.section, 0));
        }
        if group_at.is_none_or(|(_, group)| group != task.person.group.as_str()) {
            group_at = Some((lines.len(), task.person.group.as_str()));
            lines.push(Line::Group { name: task.person.group.clone(), people: 0 });
        }
        for at in [section_at.map(|(at, _)| at), group_at.map(|(at, _)| at)].into_iter().flatten() {
            match &mut lines[at] {
                Line::Section(_, count) | Line::Group { people: count, .. } => *count += 1,
                Line::Task(_) => {}
            }
        }
        lines.push(Line::Task(index));
    }
    lines
}

/// The tab.
#[derive(Default)]
pub struct WorklistTab {
    round: Cached<(i64, NaiveDate), Round>,
    settled: Option<Arc<Round>>,
    selection: Selection,
    form: CardForm,
    jump: Option<Section>,
    sheets: SheetsStrip,
}

impl WorklistTab {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.sheets.ui(ui, cx);
        let today = cx.today;
        let key = (cx.revision, today);
        let round = self.round.get(cx.desk, key, move |view| Round::read(view, today)).cloned();
        if let Some(message) = self.round.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(round) = round else { return };
        if self.settled.as_ref().is_none_or(|settled| !Arc::ptr_eq(settled, &round)) {
            let line = self.selection.uid().and_then(|uid| round.line_of(self.selection.index(), uid));
            self.selection.settle_at(line, round.lines.len(), |index| round.uid_at(index));
            self.settled = Some(round.clone());
        }
        if round.tasks.is_empty() {
            return nothing_ui(ui, cx, &round);
        }
        // In a small window an open card needs the room of all the rest.
        if self.selection.uid().is_none() || ui.available_width() >= theme::NARROW {
            self.sections_ui(ui, cx, &round);
        }
        self.selection.keys(ui, cx, round.lines.len(), |index| round.uid_at(index));
        self.walk_ui(ui, cx, &round);
    }

    /// The four counts; each jumps to its section.
    fn sections_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(cx.words.date(cx.today)).text_style(theme::strong_style()));
            ui.add_space(theme::GAP);
            for (section, count) in Section::ALL.iter().zip(round.counts) {
                let words = format!("{} {count}", cx.of(section));
                if ui.add_enabled(count > 0, egui::Button::new(words)).clicked() {
                    self.jump = Some(*section);
                }
            }
        });
    }

    fn walk_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        let chosen = round.task_at(self.selection.index());
        let chosen = chosen.filter(|task| self.selection.uid() == Some(&task.person.uid));
        if let Some(task) = chosen {
            let room = card_beside(ui, "task-card", theme::NARROW, |ui| self.card(ui, cx, round, task));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, round);
    }

    fn card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, task: &TaskRow) {
        if card_ui(ui, cx, &mut self.form, &task.person, &task.programme, &round.grounds) {
            self.selection.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        let columns = columns(cx, ui.available_width());
        let jump = self.jump.take();
        let at =
            |section| round.lines.iter().position(|line| matches!(line, Line::Section(found, _) if *found == section));
        let scroll_to = jump.and_then(at).or_else(|| self.selection.scroll_to());
        let sheet = Sheet { id: "worklist", columns: &columns, rows: round.lines.len(), scroll_to };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| match &round.lines[row.index()] {
                    Line::Section(section, count) => section_row(row, cx, *section, *count, columns.len()),
                    Line::Group { name, people } => group_row(row, cx, name, *people, columns.len()),
                    Line::Task(index) => {
                        let task = &round.tasks[*index];
                        row.set_selected(chosen == Some(task.person.uid.as_str()));
                        task_row(row, cx, task, columns.len());
                    }
                })
            })
            .inner;
        if let Some(index) = clicked
            && let Some(uid) = round.uid_at(index)
        {
            self.selection.set(index, uid);
        }
    }
}

fn nothing_ui(ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
    if round.residents == 0 {
        let (title, words, next) = (cx.t("ui-nobody-yet"), cx.t("ui-nobody-yet-hint"), cx.t("ui-import-roster"));
        let import = empty(ui, Icon::ClipboardList, &title, &words, |ui| {
            basic::main_button(ui, Icon::FileSpreadsheet, &next).clicked()
        });
        if import {
            cx.push(Action::Import(None));
        }
        return;
    }
    // Where nobody is concerned nobody was told either.
    let hint = if round.concerned == 0 { "worklist-nobody-hint" } else { "ui-worklist-done-hint" };
    let (title, words, next) = (cx.t("ui-worklist-done"), cx.t(hint), cx.t("ui-go-to-lists"));
    let go = empty(ui, Icon::CircleCheck, &title, &words, |ui| button(ui, Icon::ListChecks, &next).clicked());
    if go {
        cx.push(Action::Show(Tab::Lists));
    }
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("ui-column-task", Width::Points(150.0)), col("field-name", Width::Points(130.0))];
    if width > 560.0 {
        columns.push(col("ui-column-age", Width::Points(80.0)));
    }
    if width > 700.0 {
        columns.push(col("field-household_number", Width::Points(96.0)));
    }
    if width > 860.0 {
        columns.push(col("field-phone", Width::Points(140.0)));
    }
    columns.push(col("ui-column-due", Width::Rest));
    columns
}

fn section_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, section: Section, count: usize, columns: usize) {
    row.set_overline(true);
    let words = format!("{}  {count}", cx.of(&section));
    cell(row, RichText::new(words).text_style(theme::strong_style()).color(cx.palette.accent_deep));
    for _ in 1..columns {
        cell_ui(row, |_| {});
    }
}

fn group_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, name: &str, people: usize, columns: usize) {
    group_cell(row, |ui| {
        ui.label(RichText::new(group_words(cx, name)).strong());
    });
    group_cell(row, |ui| {
        basic::brief(ui, cx.say(&Message::new("ui-people").number("count", people)));
    });
    for _ in 2..columns {
        group_cell(row, |_| ());
    }
}

fn task_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, task: &TaskRow, columns: usize) {
    cell_ui(row, |ui| {
        ui.add_space(16.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon(Icon::Circle).color(theme::of(ui).ink_soft));
        ui.add(egui::Label::new(cx.of(&task.due.kind)).truncate());
    });
    cell(row, task.person.name.as_str());
    if columns > 3 {
        cell(row, task.person.facts.born.map_or_else(String::new, |born| born_words(cx, born.value)));
    }
    if columns > 4 {
        cell(row, task.person.household.as_str());
    }
    if columns > 5 {
        cell(row, task.person.phone.as_str());
    }
    let due = Message::new("ui-due")
        .text("on", short_date(cx, task.due.on))
        .text("programme", cx.words.pick(&task.programme.names));
    let due = cx.say(&due);
    let words = match task.person.turn.apply_by {
        Some(by) => {
            let ends = Message::new("worklist-ends").text("due", due).text("on", short_date(cx, by));
            cx.say(&ends.number("days", (by - cx.today).num_days().max(0)))
        }
        None => due,
    };
    cell(row, RichText::new(words).color(cx.palette.ink_soft));
}
