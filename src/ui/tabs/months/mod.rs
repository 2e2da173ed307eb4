//! 月报: the months one after the other, closed or open, with what was found later; each opens as its report. A page of a
//! village's 上报备份, a tab of an office.

mod behind;
mod report;
mod sight;

use chrono::NaiveDate;
use eframe::egui::{RichText, Ui};
use egui_extras::TableRow;

use crate::desk::{Answer, Desk};
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ledger::command::{Done, Stamp};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::month::above_word;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, is_entered, table};
use crate::ui::widgets::told::Told;
use crate::words::Words;
use report::{Did, ReportPane};
use sight::{MonthLine, State};

/// The page.
#[derive(Default)]
pub struct MonthsPage {
    level: Level,
    is_open: bool,
    lines: Cached<(i64, NaiveDate), Vec<MonthLine>>,
    selection: Selection,
    report: Option<ReportPane>,
    closing: Option<(String, Answer<Done>)>,
    told: Told,
}

impl MonthsPage {
    /// The page of a ledger of this level.
    pub fn of(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether a month is being closed.
    pub fn is_busy(&self) -> bool {
        self.closing.is_some()
    }

    /// Closes a month, unless one is being closed.
    pub fn close(&mut self, desk: &Desk, month: String, stamp: Stamp) {
        if self.closing.is_some() {
            return;
        }
        self.told.clear();
        let of = month.clone();
        self.closing = Some((month, desk.job(move |ledger, _| ledger.close_month(&of, &stamp))));
    }

    /// Takes what arrived; the revision of the ledger where a month was closed. `known` is the one before.
    pub fn arrive(&mut self, words: &Words, known: i64) -> Option<i64> {
        let result = self.closing.as_ref().and_then(|(_, answer)| answer.take())?;
        let month = self.closing.take().map(|(month, _)| month).unwrap_or_default();
        let revision = result.as_ref().ok().map(|done| done.revision);
        let closed = |_| words.say(&Message::new("months-closed-now").text("month", month));
        self.told.tell(revision.unwrap_or(known), result.map(closed).map_err(|error| words.of(&error)));
        revision
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(report) = &mut self.report {
            match report.ui(ui, cx, &mut self.told, self.closing.is_some()) {
                Did::Nothing => {}
                Did::Leave => self.report = None,
            }
            return;
        }
        self.head_ui(ui, cx);
        self.told.ui(ui, cx);
        let today = cx.today;
        let lines = self.lines.get(cx.desk, (cx.revision, today), move |view| sight::lines(view, today)).cloned();
        if let Some(message) = self.lines.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(lines) = lines else { return };
        if lines.is_empty() {
            return empty(ui, Icon::CalendarDays, &cx.t("months-teach"), &cx.t("months-teach-words"), |_| {});
        }
        self.list_ui(ui, cx, &lines);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.level == Level::Village {
            ui.horizontal_wrapped(|ui| {
                if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                    self.is_open = false;
                }
                basic::head(ui, cx.t("ui-tab-months"));
            });
        }
        let hint = match self.level {
            Level::Village => "months-hint",
            Level::Township | Level::County => "months-hint-office",
        };
        basic::hint(ui, cx.t(hint));
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, lines: &[MonthLine]) {
        let uid = |at: usize| lines.get(at).map(|line| line.of.as_str());
        self.selection.settle(lines.len(), uid);
        let was = self.selection.selected();
        self.selection.keys(ui, cx, lines.len(), uid);
        let entered = is_entered(ui).then_some(was).flatten();
        let columns = columns(cx, self.level, ui.available_width());
        let sheet = Sheet { id: "months", columns: &columns, rows: lines.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid().map(str::to_owned);
        let card = theme::card(ui).inner_margin(4.0);
        let clicked = card.show(ui, |ui| {
            table(ui, &sheet, |row| {
                let line = &lines[row.index()];
                row.set_selected(chosen.as_deref() == Some(line.of.as_str()));
                line_row(row, cx, line, columns.len());
            })
        });
        if let Some(line) = clicked.inner.or(entered).and_then(|at| lines.get(at)) {
            self.selection.set(clicked.inner.or(entered).unwrap_or(0), &line.of);
            self.report = Some(ReportPane::new(self.level, line.of.clone()));
        }
    }
}

fn columns(cx: &Cx<'_>, level: Level, width: f32) -> Vec<Col> {
    let col = |title: String, width| Col { title, width };
    let mut columns = vec![
        col(cx.t("months-column-month"), Width::Points(130.0)),
        col(cx.t("months-column-state"), if width < theme::NARROW { Width::Rest } else { Width::Points(330.0) }),
        col(cx.t("months-column-later"), Width::Points(190.0)),
    ];
    if level == Level::Village {
        let above = Message::new("months-column-waiting").word("above", above_word(level));
        let room = if width < theme::NARROW { Width::Points(220.0) } else { Width::Rest };
        columns.push(col(cx.say(&above), room));
    }
    columns
}

fn line_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, line: &MonthLine, columns: usize) {
    let palette = cx.palette;
    let month = match line.state {
        State::Year => cx.say(&Message::new("months-year").text("year", line.of.clone())),
        _ => line.of.clone(),
    };
    cell(row, RichText::new(month).strong());
    let ink = match line.state {
        State::Open => palette.ask,
        State::Closed(_) => palette.accent,
        _ => palette.ink_soft,
    };
    cell(row, RichText::new(state_words(cx, line.state)).color(ink));
    let count = |key: &'static str, count: usize| match count {
        0 => String::new(),
        count => cx.say(&Message::new(key).number("count", count)),
    };
    let later = if columns > 3 { "months-later-count" } else { "months-later-villages" };
    cell(row, count(later, line.adjusted));
    if columns > 3 {
        cell(row, RichText::new(count("months-waiting-count", line.waiting)).color(palette.ask));
    }
}

/// How far a month is, in a few words.
fn state_words(cx: &Cx<'_>, state: State) -> String {
    cx.say(&match state {
        State::Year => Message::new("months-state-year"),
        State::Running => Message::new("months-state-running"),
        State::Open => Message::new("months-state-open"),
        State::Closed(on) => Message::new("months-state-closed").date("on", on),
        State::Sent { villages, of } => Message::new("months-state-sent").number("count", villages).number("of", of),
    })
}
