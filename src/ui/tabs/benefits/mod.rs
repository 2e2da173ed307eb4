//! 补贴申请: what families here may still receive and lose, whose application is in whose hands, what was paid.

mod rows;

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Button, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::application::Application;
use crate::domain::message::{Message, Say as _};
use crate::domain::money::yuan;
use crate::domain::programme::amount::Sure;
use crate::domain::resident::Standing;
use crate::ledger::benefits::Claim;
use crate::paper::period_words;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::application::{ApplicationCard, Subject, phase_icon, phase_words};
use crate::ui::widgets::basic::{self, icon_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, name_ui, short_date, state_icon};
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, group_cell, table};
use rows::{Line, Part, Round, Row};

/// The page.
#[derive(Default)]
pub struct BenefitsPage {
    part: Part,
    round: Cached<(i64, NaiveDate, i32), Round>,
    selection: Selection,
    card: ApplicationCard,
    /// So many years before this one.
    years_back: i32,
}

impl BenefitsPage {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (today, year) = (cx.today, cx.today.year() - self.years_back);
        let key = (cx.revision, today, year);
        let round = self.round.get(cx.desk, key, move |view| Round::read(view, today, year)).cloned();
        if let Some(message) = self.round.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(round) = round else { return };
        let is_open = self.selection.uid().is_some() && ui.available_width() < theme::NARROW;
        if !is_open {
            headline_ui(ui, cx, &round);
            self.parts_ui(ui, cx, &round);
        }
        let part = self.part;
        // Whoever has just applied goes to another part; the card stays, for the papers go on.
        self.selection.find(round.lines(part).len(), |line| round.key_at(part, line));
        self.selection.keys(ui, cx, round.lines(part).len(), |line| round.key_at(part, line));
        let selected = self.selection.uid().and_then(|key| round.row(key));
        if let Some(row) = selected {
            let room = card_beside(ui, "benefits-card", theme::NARROW, |ui| self.card_ui(ui, cx, row));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, &round);
    }

    /// Every number opens its names.
    fn parts_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        ui.horizontal_wrapped(|ui| {
            for part in Part::ALL {
                let name = cx.t(part.key());
                let words = if part == Part::Year { name } else { format!("{name} {}", round.count(part)) };
                let chosen = self.part == part;
                if ui.add(Button::selectable(chosen, words).frame_when_inactive(true)).clicked() {
                    self.part = part;
                    self.selection.clear();
                }
            }
            if self.part == Part::Year {
                self.year_ui(ui, cx, round);
            }
        });
        ui.add_space(2.0);
    }

    fn year_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        ui.add_space(theme::GAP);
        if icon_button(ui, Icon::ChevronLeft, &cx.t("benefits-year-before")).clicked() {
            self.years_back += 1;
        }
        let of = &round.year;
        let words = Message::new("benefits-year").text("year", of.year.to_string()).number("persons", of.persons);
        ui.label(RichText::new(cx.say(&words.text("yuan", yuan(of.fen)))).strong());
        if of.unnamed > 0 {
            basic::soft(ui, cx.say(&Message::new("benefits-unnamed").number("count", of.unnamed)));
        }
        if self.years_back > 0 && icon_button(ui, Icon::ChevronRight, &cx.t("benefits-year-after")).clicked() {
            self.years_back -= 1;
        }
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &Row) {
        if name_ui(ui, cx, &row.name) {
            self.selection.clear();
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(cx.words.pick(&row.programme.names)).strong());
            ui.label(period_words(cx.words, &row.programme, &row.period));
            ui.label(group_words(cx, &row.group));
            if basic::link(ui, &cx.t("ui-open-person")).clicked() {
                cx.push(Action::ShowPerson(row.uid.clone()));
            }
        });
        claim_ui(ui, cx, row);
        let subject = Subject {
            programme: &row.programme,
            uid: &row.uid,
            period: &row.period,
            standing: row.standing,
            application: row.application.as_ref(),
            fen: row.sure_fen(),
        };
        self.card.ui(ui, cx, subject);
        if row.programme.steps.is_empty() {
            basic::soft(ui, cx.t("error-application-no-steps"));
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Arc<Round>) {
        let lines = round.lines(self.part);
        if lines.is_empty() {
            let (title, words) = match self.part {
                Part::Open => ("benefits-none-open", "benefits-none-open-hint"),
                Part::UnderWay => ("benefits-none-under-way", "benefits-none-under-way-hint"),
                Part::Done => ("benefits-none-done", "benefits-none-done-hint"),
                Part::Year => ("benefits-none-paid", "benefits-none-done-hint"),
            };
            return empty(ui, Icon::FileText, &cx.t(title), &cx.t(words), |_| ());
        }
        let columns = columns(cx, self.part, ui.available_width());
        let sheet =
            Sheet { id: "benefits", columns: &columns, rows: lines.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| match lines[line.index()] {
                    Line::Row(at) => {
                        let row = &round.rows[at];
                        line.set_selected(chosen == Some(row.key.as_str()));
                        row_ui(line, cx, row, columns.len());
                    }
                    Line::Holder(who, count) => {
                        let words = Message::new("benefits-held").text("who", cx.of(&who)).number("count", count);
                        head_ui(line, &cx.say(&words), columns.len());
                    }
                    Line::Total(at) => {
                        let of = &round.year.programmes[at];
                        let words = Message::new("benefits-total")
                            .text("programme", cx.words.pick(&of.programme.names))
                            .number("persons", of.persons())
                            .number("unnamed", of.unnamed)
                            .text("yuan", yuan(of.fen));
                        head_ui(line, &cx.say(&words), columns.len());
                    }
                    Line::Paid(at, person) => {
                        let person = &round.year.programmes[at].people[person];
                        cell(line, person.name.as_str());
                        cell(line, group_words(cx, &person.group));
                        cell(line, yuan(person.fen));
                    }
                })
            })
            .inner;
        let Some(index) = clicked else { return };
        if let Some(Line::Paid(at, person)) = lines.get(index) {
            cx.push(Action::ShowPerson(round.year.programmes[*at].people[*person].uid.clone()));
        } else if let Some(key) = round.key_at(self.part, index) {
            self.selection.set(index, key);
        }
    }
}

/// What is not applied for yet, in yuan, and what of it is lost at the end of the year.
fn headline_ui(ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
    let open = &round.open;
    let words = Message::new("benefits-headline")
        .number("households", open.households)
        .number("persons", open.persons)
        .text("yuan", yuan(open.fen));
    let words = cx.say(&words);
    let mut more = Vec::new();
    if open.unknown > 0 {
        more.push(cx.say(&Message::new("benefits-unknown").number("count", open.unknown)));
    }
    let end = round.lost.claims.iter().filter_map(|claim| claim.deadline).min();
    if let Some(end) = end {
        let lost =
            Message::new("benefits-lost").text("on", short_date(cx, end)).number("households", round.lost.households);
        more.push(cx.say(&lost.text("yuan", yuan(round.lost.fen))));
    }
    if ui.available_height() < theme::SHORT {
        // Little room: the rows below are what is needed.
        basic::brief(ui, format!("{words}  {}", more.join("  ")));
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).heading());
            for more in more {
                basic::soft(ui, more);
            }
        });
    });
    ui.add_space(4.0);
}

/// Whether the school grants by degrees, and the amount is what that comes to on average.
fn is_average(row: &Row) -> bool {
    let worth = row.claim.as_ref().and_then(Claim::worth);
    row.application.is_none() && worth.is_some_and(|worth| worth.sure == Sure::Average)
}

/// The last day, what else is open, and whether it is a renewal.
fn claim_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row) {
    let done = row.application.as_ref().is_some_and(|now| now.answer.is_some());
    let Some(claim) = row.claim.as_ref().filter(|claim| claim.is_open() || !done) else { return };
    let worth = match row.yuan() {
        Some(yuan) => cx.say(
            &Message::new(if is_average(row) { "benefits-worth-average" } else { "benefits-worth" }).text("yuan", yuan),
        ),
        None => cx.t("benefits-worth-unknown"),
    };
    let Some(deadline) = claim.deadline.filter(|_| claim.is_open()) else {
        basic::soft(ui, worth);
        return;
    };
    let left =
        Message::new("benefits-by").text("on", short_date(cx, deadline)).number("days", claim.days_left.unwrap_or(0));
    let words = cx.say(&left.text("worth", worth));
    if claim.warning().is_some() {
        basic::heed(ui, &words)
    } else {
        drop(basic::soft(ui, words))
    }
    if claim.renewal {
        basic::soft(ui, cx.t("benefits-renewal-hint"));
    }
}

fn columns(cx: &Cx<'_>, part: Part, width: f32) -> Vec<Col> {
    let col = |key: &str, width: Width| Col { title: cx.t(key), width };
    if part == Part::Year {
        return vec![
            col("field-name", Width::Points(150.0)),
            col("field-group", Width::Points(100.0)),
            col("benefits-yuan", Width::Rest),
        ];
    }
    let mut columns = vec![col("field-name", Width::Points(110.0)), col("ui-programme", Width::Rest)];
    columns.push(col("benefits-yuan", Width::Points(86.0)));
    if width >= 640.0 {
        columns.push(col("benefits-deadline", Width::Points(196.0)));
    }
    if width >= 800.0 {
        columns.push(col("ui-state", Width::Points(170.0)));
    }
    if width >= 880.0 {
        columns.push(col("field-group", Width::Points(84.0)));
    }
    columns
}

fn head_ui(line: &mut TableRow<'_, '_>, words: &str, columns: usize) {
    for column in 0..columns {
        group_cell(line, |ui| {
            if column == 0 {
                ui.style_mut().wrap_mode = Some(eframe::egui::TextWrapMode::Extend);
                ui.label(RichText::new(words).strong());
            }
        });
    }
}

fn row_ui(line: &mut TableRow<'_, '_>, cx: &Cx<'_>, row: &Row, columns: usize) {
    cell(line, name_words(cx, row));
    cell(line, programme_words(cx, row));
    cell(line, row.yuan().unwrap_or_else(|| cx.t("benefits-yuan-unknown")));
    if columns > 3 {
        cell(line, deadline_words(cx, row));
    }
    if columns > 4 {
        cell_ui(line, |ui| {
            ui.add_space(4.0);
            let (glyph, words) = state_of(cx, row);
            ui.label(icon(glyph).color(theme::of(ui).ink_soft));
            ui.add_space(6.0);
            ui.add(eframe::egui::Label::new(words).truncate());
        });
    }
    if columns > 5 {
        cell(line, group_words(cx, &row.group));
    }
}

/// The name, and whether the person is here no more.
fn name_words(cx: &Cx<'_>, row: &Row) -> String {
    match row.standing {
        Standing::Present => row.name.clone(),
        gone => cx.say(
            &Message::new("benefits-name-gone").text("name", row.name.clone()).word("standing", gone.message().key),
        ),
    }
}

/// The programme, with the year where that is not this one: of the year before, too, something may be open.
fn programme_words(cx: &Cx<'_>, row: &Row) -> String {
    let name = cx.words.pick(&row.programme.names);
    match row.period.parse::<i32>() {
        Ok(year) if year != cx.today.year() => format!("{name} {year}"),
        _ => name.to_owned(),
    }
}

/// The last day and how far off it is, as long as it may be applied for.
fn deadline_words(cx: &Cx<'_>, row: &Row) -> String {
    let Some(claim) = row.claim.as_ref().filter(|claim| claim.is_open()) else {
        return period_words(cx.words, &row.programme, &row.period);
    };
    match (claim.deadline, claim.days_left) {
        (Some(deadline), Some(days)) => {
            let left = cx.say(&Message::new("benefits-days").number("days", days));
            format!("{}  {left}", short_date(cx, deadline))
        }
        _ => cx.t("cli-no-deadline"),
    }
}

fn state_of(cx: &Cx<'_>, row: &Row) -> (Icon, String) {
    match (&row.application, &row.claim) {
        (Some(application), _) => (phase_icon(Some(application.phase())), phase_words(cx, Some(application))),
        (None, Some(claim)) if claim.renewal => (Icon::RotateCw, cx.t("benefits-renewal")),
        (None, Some(claim)) => (state_icon(claim.state), cx.of(&claim.state)),
        (None, None) => (phase_icon(None), phase_words(cx, None::<&Application>)),
    }
}
