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
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, group_cell, table};

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

/// A list with its rows in the order of a walk through the village, and the sources its facts name.
struct Round {
    list: List,
    order: Vec<u32>,
    sources: HashMap<SourceId, Source>,
}

impl Round {
    fn read(view: &View, programme: &str, today: NaiveDate) -> Result<Self> {
        let list = view.list(programme, today)?;
        let mut order: Vec<u32> = (0..u32::try_from(list.rows.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by_cached_key(|index| {
            let row = &list.rows[*index as usize];
            (group_order(&row.group), number_order(&row.household), row.household_uid.clone(), row.uid.clone())
        });
        Ok(Self { list, order, sources: view.sources()? })
    }
}

/// Numbers by value, then other names.
pub fn number_order(text: &str) -> (u64, String) {
    (text.parse().unwrap_or(u64::MAX), text.to_owned())
}

/// A line of the table: a group's head or a person.
enum Line {
    Group { name: String, contact: String, people: usize },
    Person(u32),
}

/// The tab.
#[derive(Default)]
pub struct ListsTab {
    programme: usize,
    filter: Filter,
    round: Cached<(i64, NaiveDate, usize), Round>,
    lines: Vec<Line>,
    /// What `lines` were made from.
    made_from: Option<(Arc<Round>, Filter)>,
    selection: Selection,
    form: CardForm,
}

impl ListsTab {
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
        self.make_lines(&round);
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

    fn make_lines(&mut self, round: &Arc<Round>) {
        if matches!(&self.made_from, Some((from, filter)) if Arc::ptr_eq(from, round) && *filter == self.filter) {
            return;
        }
        self.made_from = Some((round.clone(), self.filter));
        self.lines = lines(round, self.filter);
        let lines = &self.lines;
        self.selection.settle(lines.len(), |index| uid_at(lines, round, index));
    }

    fn programmes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>]) {
        ui.horizontal_wrapped(|ui| {
            for (index, programme) in programmes.iter().enumerate() {
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
        let lines = &self.lines;
        self.selection.keys(ui, cx, lines.len(), |index| uid_at(lines, round, index));
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
        let row = match self.lines.get(self.selection.index())? {
            Line::Person(row) => round.list.rows.get(*row as usize),
            Line::Group { .. } => None,
        };
        row.filter(|row| self.selection.uid() == Some(&row.uid))
    }

    fn card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, row: &ListRow) {
        if card_ui(ui, cx, &mut self.form, row, &round.list.programme, &round.sources) {
            self.selection.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        if self.lines.is_empty() {
            let key = if self.filter == Filter::ToTell { "ui-all-told" } else { "ui-nobody-here" };
            return empty(ui, Icon::CircleCheck, &cx.t(key), "", |_| ());
        }
        let columns = columns(cx, ui.available_width());
        let sheet =
            Sheet { id: "lists", columns: &columns, rows: self.lines.len(), scroll_to: self.selection.scroll_to() };
        let (lines, chosen) = (&self.lines, self.selection.uid());
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| match &lines[row.index()] {
                    Line::Group { name, contact, people } => group_row(row, cx, name, contact, *people, columns.len()),
                    Line::Person(index) => {
                        let person = &round.list.rows[*index as usize];
                        row.set_selected(chosen == Some(person.uid.as_str()));
                        person_row(row, cx, person, columns.len());
                    }
                })
            })
            .inner;
        if let Some(index) = clicked
            && let Some(uid) = uid_at(&self.lines, round, index)
        {
            self.selection.set(index, uid);
        }
    }
}

fn lines(round: &Round, filter: Filter) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut head = None;
    for index in &round.order {
        let row = &round.list.rows[*index as usize];
        if !filter.keeps(row) {
            continue;
        }
        let at = match head {
            Some((at, group)) if group == &row.group => at,
            _ => {
                lines.push(Line::Group { name: row.group.clone(), contact: row.contact.clone(), people: 0 });
                lines.len() - 1
            }
        };
        head = Some((at, &row.group));
        if let Line::Group { people, .. } = &mut lines[at] {
            *people += 1;
        }
        lines.push(Line::Person(*index));
    }
    lines
}

fn uid_at<'r>(lines: &[Line], round: &'r Round, index: usize) -> Option<&'r str> {
    match lines.get(index)? {
        Line::Group { .. } => None,
        Line::Person(row) => round.list.rows.get(*row as usize).map(|row| row.uid.as_str()),
    }
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
        let key = match person.facts.residency.map(|known| known.value) {
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
        State::Told | State::Booked | State::Been => palette.accent,
        State::ToTell | State::Unreachable | State::Declined => palette.ink_soft,
    }
}
