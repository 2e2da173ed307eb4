//! 服务名单: for each programme how many were told of how many, the names behind each number, and why each is there.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, Button, ProgressBar, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::partial_date::age_on;
use crate::domain::programme::Programme;
use crate::domain::resident::{Residency, SourceId};
use crate::domain::rule::Holds;
use crate::ledger::error::Result;
use crate::ledger::lists::{Counts, List, ListRow};
use crate::ledger::view::View;
use crate::ledger::village::{Source, group_order};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{CardForm, card_ui, group_words, state_icon, state_words};
use crate::ui::widgets::rows::{Col, Places, Selection, Sheet, Width, cell, cell_ui, group_cell, table};

/// Which names are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Eligible, not told yet.
    #[default]
    ToTell,
    /// Something must be asked first.
    Ask,
    /// Told, booked, been.
    Told,
    /// A day is agreed.
    Booked,
    /// The check took place.
    Been,
    /// All who are eligible.
    Eligible,
}

impl Filter {
    const ALL: [Self; 6] = [Self::ToTell, Self::Ask, Self::Told, Self::Booked, Self::Been, Self::Eligible];

    fn key(self) -> &'static str {
        match self {
            Self::ToTell => "ui-count-to-tell",
            Self::Ask => "ui-count-ask",
            Self::Told => "ui-count-told",
            Self::Booked => "ui-count-booked",
            Self::Been => "ui-count-been",
            Self::Eligible => "ui-count-eligible",
        }
    }

    fn count(self, counts: &Counts) -> u64 {
        match self {
            Self::ToTell => counts.eligible.saturating_sub(counts.told),
            Self::Ask => counts.ask,
            Self::Told => counts.told,
            Self::Booked => counts.booked,
            Self::Been => counts.been,
            Self::Eligible => counts.eligible,
        }
    }

    fn keeps(self, row: &ListRow) -> bool {
        match (self, row.holds) {
            (Self::Ask, holds) => holds == Holds::Unknown,
            (_, Holds::No | Holds::Unknown) => false,
            (Self::Eligible, Holds::Yes) => true,
            (Self::ToTell, Holds::Yes) => !row.state.is_told(),
            (Self::Told, Holds::Yes) => row.state.is_told(),
            (Self::Booked, Holds::Yes) => row.state == State::Booked,
            (Self::Been, Holds::Yes) => row.state == State::Been,
        }
    }
}

/// A list with its rows in the order of a walk through the village, and the sources its facts name. All that takes
/// longer than a frame where a county is listed is made where it is read.
struct Round {
    list: List,
    /// The lines for each filter.
    lines: [Vec<Line>; Filter::ALL.len()],
    places: Places,
    sources: HashMap<SourceId, Source>,
}

impl Round {
    fn read(view: &View, programme: &str, today: NaiveDate) -> Result<Self> {
        let mut list = view.list(programme, today)?;
        list.rows.sort_by_cached_key(|row| {
            (group_order(&row.group), number_order(&row.household), row.household_uid.clone(), row.uid.clone())
        });
        let lines = Filter::ALL.map(|filter| lines(&list.rows, filter));
        let places = Places::of(list.rows.iter().map(|row| row.uid.as_str()).enumerate());
        Ok(Self { list, lines, places, sources: view.sources()? })
    }

    fn lines(&self, filter: Filter) -> &[Line] {
        let at = Filter::ALL.iter().position(|known| *known == filter).unwrap_or_default();
        &self.lines[at]
    }

    fn row_at(&self, filter: Filter, line: usize) -> Option<&ListRow> {
        match self.lines(filter).get(line)? {
            Line::Group(_) => None,
            Line::Person(row) => self.list.rows.get(*row as usize),
        }
    }

    fn uid_at(&self, filter: Filter, line: usize) -> Option<&str> {
        self.row_at(filter, line).map(|row| row.uid.as_str())
    }

    /// The line of somebody.
    fn line_of(&self, filter: Filter, uid: &str) -> Option<usize> {
        let row = u32::try_from(self.places.find(uid)?).ok()?;
        let before = |line: &Line| match line {
            Line::Group(head) => head.first <= row,
            Line::Person(known) => *known < row,
        };
        let line = self.lines(filter).partition_point(before);
        (self.uid_at(filter, line) == Some(uid)).then_some(line)
    }
}

/// Numbers by value, then other names.
pub fn number_order(text: &str) -> (u64, String) {
    (text.parse().unwrap_or(u64::MAX), text.to_owned())
}

/// A line of the table: a group's head or a person.
enum Line {
    Group(Box<Head>),
    Person(u32),
}

/// A group's head: its name, who looks after it, how many are below, and the first of them.
struct Head {
    name: String,
    contact: String,
    people: usize,
    first: u32,
}

/// The page.
#[derive(Default)]
pub struct NamesPage {
    programme: usize,
    filter: Filter,
    round: Cached<(i64, NaiveDate, usize), Round>,
    /// Where the selection was last found again.
    settled: Option<(Arc<Round>, Filter)>,
    selection: Selection,
    form: CardForm,
}

impl NamesPage {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let Some(programme) = programmes.get(self.programme).or(programmes.first()).cloned() else { return };
        let key = (cx.revision, cx.today, self.programme);
        let (id, today) = (programme.id.clone(), cx.today);
        let round = self.round.get(cx.desk, key, move |view| Round::read(view, &id, today)).cloned();
        if let Some(message) = self.round.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(round) = round else { return };
        self.settle(&round);
        if programmes.len() > 1 {
            self.programmes_ui(ui, cx, programmes);
        }
        if round.list.counts.eligible + round.list.counts.ask == 0 {
            return nobody_ui(ui, cx, &programme);
        }
        // In a small window an open card needs the room of all the rest.
        let is_open = self.selection.uid().is_some() && ui.available_width() < theme::NARROW;
        if !is_open {
            headline_ui(ui, cx, &round.list);
            self.filters_ui(ui, cx, &round.list.counts);
        }
        self.walk_ui(ui, cx, &round);
    }

    /// Finds the selected person again among new lines.
    fn settle(&mut self, round: &Arc<Round>) {
        let filter = self.filter;
        if matches!(&self.settled, Some((from, of)) if Arc::ptr_eq(from, round) && *of == filter) {
            return;
        }
        self.settled = Some((round.clone(), filter));
        let line = self.selection.uid().and_then(|uid| round.line_of(filter, uid));
        self.selection.settle_at(line, round.lines(filter).len(), |line| round.uid_at(filter, line));
    }

    fn programmes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>]) {
        let chosen = programmes.get(self.programme).map_or("", |programme| cx.words.pick(&programme.names));
        egui::ComboBox::from_label(cx.t("ui-programme")).selected_text(chosen).width(280.0).show_ui(ui, |ui| {
            for (index, programme) in programmes.iter().enumerate().filter(|(_, programme)| programme.lists_people()) {
                ui.selectable_value(&mut self.programme, index, cx.words.pick(&programme.names));
            }
        });
    }

    /// Every number opens its names; who declined is a number only.
    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, counts: &Counts) {
        ui.horizontal_wrapped(|ui| {
            for filter in Filter::ALL {
                let words = format!("{} {}", cx.t(filter.key()), filter.count(counts));
                let chosen = self.filter == filter;
                if ui.add(Button::selectable(chosen, words).frame_when_inactive(true)).clicked() {
                    self.filter = filter;
                    self.selection.clear();
                }
            }
            ui.add_space(theme::GAP);
            let declined = Message::new("ui-count-declined").number("count", counts.declined.cast_signed());
            basic::soft(ui, cx.say(&declined)).on_hover_text(cx.t("ui-declined-hint"));
        });
        ui.add_space(2.0);
    }

    fn walk_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Arc<Round>) {
        let filter = self.filter;
        self.selection.keys(ui, cx, round.lines(filter).len(), |line| round.uid_at(filter, line));
        let selected = self.selected(round).cloned();
        if let Some(row) = &selected {
            let room = card_beside(ui, "list-card", theme::NARROW, |ui| self.card(ui, cx, round, row));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, round);
    }

    /// The selected row: where the selection stands, for looking through a county's rows takes longer than a frame.
    fn selected<'r>(&self, round: &'r Round) -> Option<&'r ListRow> {
        let row = round.row_at(self.filter, self.selection.index());
        row.filter(|row| self.selection.uid() == Some(&row.uid))
    }

    fn card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, row: &ListRow) {
        if card_ui(ui, cx, &mut self.form, row, &round.list.programme, &round.sources) {
            self.selection.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        let lines = round.lines(self.filter);
        if lines.is_empty() {
            let key = if self.filter == Filter::ToTell { "ui-all-told" } else { "ui-nobody-here" };
            return empty(ui, Icon::CircleCheck, &cx.t(key), "", |_| ());
        }
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "lists", columns: &columns, rows: lines.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| match &lines[row.index()] {
                    Line::Group(head) => {
                        group_row(row, cx, &head.name, &head.contact, head.people, columns.len());
                    }
                    Line::Person(index) => {
                        let person = &round.list.rows[*index as usize];
                        row.set_selected(chosen == Some(person.uid.as_str()));
                        person_row(row, cx, person, columns.len());
                    }
                })
            })
            .inner;
        if let Some(index) = clicked
            && let Some(uid) = round.uid_at(self.filter, index)
        {
            self.selection.set(index, uid);
        }
    }
}

fn lines(rows: &[ListRow], filter: Filter) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut head = None;
    for (index, row) in (0..).zip(rows).filter(|(_, row)| filter.keeps(row)) {
        let at = match head {
            Some((at, group)) if group == &row.group => at,
            _ => {
                let (name, contact) = (row.group.clone(), row.contact.clone());
                lines.push(Line::Group(Box::new(Head { name, contact, people: 0, first: index })));
                lines.len() - 1
            }
        };
        head = Some((at, &row.group));
        if let Line::Group(head) = &mut lines[at] {
            head.people += 1;
        }
        lines.push(Line::Person(index));
    }
    lines
}

/// The headline: told ÷ eligible. The goal line belongs to *told* alone.
fn headline_ui(ui: &mut Ui, cx: &Cx<'_>, list: &List) {
    let Counts { told, eligible, .. } = list.counts;
    if ui.available_height() < theme::SHORT {
        // Little room: the number and its name in one line.
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("{told} / {eligible}")).heading());
            basic::soft(ui, cx.words.pick(&list.programme.names));
        });
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("{told} / {eligible}")).text_style(theme::headline_style()));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let named = Message::new("ui-programme-period")
                    .text("name", cx.words.pick(&list.programme.names))
                    .text("period", list.period.name.clone());
                ui.label(RichText::new(cx.say(&named)).strong());
                let percent = (told * 100).checked_div(eligible).unwrap_or(0);
                let words = Message::new("ui-told-of-eligible").number("percent", percent.cast_signed());
                basic::soft(ui, cx.say(&words));
            });
        });
        let share = if eligible == 0 { 0.0 } else { told as f32 / eligible as f32 };
        ui.add(ProgressBar::new(share).desired_height(12.0).fill(theme::of(ui).accent).corner_radius(6));
    });
}

fn nobody_ui(ui: &mut Ui, cx: &mut Cx<'_>, programme: &Programme) {
    let title = cx.words.pick(&programme.names).to_owned();
    let (words, next) = (cx.t("ui-list-empty"), cx.t("ui-import-roster"));
    let import =
        empty(ui, Icon::ListChecks, &title, &words, |ui| main_button(ui, Icon::FileSpreadsheet, &next).clicked());
    if import {
        cx.push(Action::Import(None));
    }
}

/// Columns that fit the width; the card shows what is left out.
fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("field-name", Width::Points(130.0)), col("ui-column-age", Width::Points(70.0))];
    if width > 620.0 {
        columns.push(col("field-household_number", Width::Points(96.0)));
    }
    if width > 760.0 {
        columns.push(col("field-residency", Width::Points(110.0)));
    }
    if width > 480.0 {
        columns.push(col("field-phone", Width::Points(130.0)));
    }
    columns.push(col("ui-state", Width::Rest));
    columns
}

/// A group's head: its name, its people, who looks after it.
pub fn group_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, name: &str, contact: &str, people: usize, columns: usize) {
    group_cell(row, |ui| {
        ui.label(RichText::new(group_words(cx, name)).strong());
    });
    group_cell(row, |ui| {
        basic::brief(ui, cx.say(&Message::new("ui-people").number("count", people)));
    });
    for _ in 2..columns.saturating_sub(1) {
        group_cell(row, |_| ());
    }
    let words = match contact {
        "" => String::new(),
        name => cx.say(&Message::new("ui-contact-is").text("name", name)),
    };
    group_cell(row, |ui| {
        ui.label(RichText::new(words).small().color(theme::of(ui).ink_soft));
    });
}

fn person_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, person: &ListRow, columns: usize) {
    cell(row, RichText::new(format!("  {}", person.name)));
    let age = person.facts.born.map(|born| match born.value.day() {
        Some(day) => age_on(day, cx.today).to_string(),
        None => format!("{}–", born.value.year()),
    });
    cell(row, age.unwrap_or_else(|| cx.t("ui-unknown")));
    if columns > 4 {
        cell(row, person.household.as_str());
    }
    if columns > 5 {
        let key = match person.facts.residency().map(|known| known.value) {
            Some(Residency::Here) => "residency-here",
            Some(Residency::Away) => "residency-away",
            None => "residency-unknown",
        };
        cell(row, cx.t(key));
    }
    if columns > 3 {
        cell(row, person.phone.as_str());
    }
    cell_ui(row, |ui| state_ui(ui, cx, person));
}

fn state_ui(ui: &mut Ui, cx: &Cx<'_>, person: &ListRow) {
    let (glyph, ink, words) = match (person.holds, person.state) {
        (Holds::Unknown, State::ToTell) => (Icon::CircleQuestionMark, theme::of(ui).ask, cx.t("holds-unknown")),
        (_, state) => (state_icon(state), ink(cx.palette, state), state_words(cx, person)),
    };
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(icon(glyph).color(ink));
    ui.add(egui::Label::new(words).truncate());
}

fn ink(palette: &theme::Palette, state: State) -> egui::Color32 {
    match state {
        State::Told | State::Booked | State::Applied | State::Been | State::Done => palette.accent,
        State::ToTell | State::Unreachable | State::Declined => palette.ink_soft,
    }
}
