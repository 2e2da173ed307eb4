//! What the pages of months show, read and put into words: the list, and the report of one month with what stands behind
//! each number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::domain::area_code::Level;
use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::error::Result;
use crate::ledger::months::{Adjustment, CountedPerson, MonthSheet, Numbers, SheetState};
use crate::ledger::township::months::OfficeMonth;
use crate::ledger::view::View;
use crate::paper::block::Bars;
use crate::paper::month::{MEASURES, about, bars, number};
use crate::ui::widgets::programme_names::ProgrammeNames;
use crate::words::Words;

/// How many months back are listed though nobody closed them.
const BACK: u32 = 11;

/// Programme and measure.
pub type Key = (String, Measure);

/// How far a month is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is a year: never closed.
    Year,
    /// Not over.
    Running,
    /// Over, or on its last day: it can be closed.
    Open,
    /// Closed on this day.
    Closed(NaiveDate),
    /// Of an office: so many of its villages have sent it.
    Sent { villages: usize, of: usize },
}

/// A month or year of the list.
#[derive(Clone, Debug)]
pub struct MonthLine {
    /// It, as 2026-11 or 2026.
    pub of: String,
    /// How far it is.
    pub state: State,
    /// What was found after closing.
    pub adjusted: usize,
    /// What was found and is noted with the next file or closing.
    pub waiting: usize,
}

/// The months, the newest first; each year above its months.
pub fn lines(view: &View, today: NaiveDate) -> Result<Vec<MonthLine>> {
    if view.level()? == Level::Village { own_lines(view, today) } else { office_lines(view) }
}

fn office_lines(view: &View) -> Result<Vec<MonthLine>> {
    let (months, of) = view.office_months()?;
    let line = |row: crate::ledger::township::months::OfficeMonthRow| MonthLine {
        of: row.month,
        state: State::Sent { villages: row.villages, of },
        adjusted: row.adjusted,
        waiting: 0,
    };
    Ok(months.into_iter().map(line).collect())
}

fn own_lines(view: &View, today: NaiveDate) -> Result<Vec<MonthLine>> {
    let (closed, pending) = (view.closed_months()?, view.pending_adjustments(today)?);
    let mut months: BTreeSet<String> = closed.iter().map(|of| of.month.clone()).collect();
    let back = (0..=BACK).filter_map(|back| today.checked_sub_months(Months::new(back)));
    months.extend(back.map(|day| day.format("%Y-%m").to_string()));
    let mut lines = Vec::new();
    let mut year = String::new();
    for month in months.into_iter().rev() {
        if !month.starts_with(&year) || year.is_empty() {
            month[..4].clone_into(&mut year);
            lines.push(MonthLine { of: year.clone(), state: State::Year, adjusted: 0, waiting: 0 });
        }
        let own = closed.iter().find(|of| of.month == month);
        let state = match own {
            Some(of) => State::Closed(of.closed_on),
            None if is_over(&month, today) => State::Open,
            None => State::Running,
        };
        let adjusted = own.map_or(0, |of| of.adjustments.len());
        let waiting = pending.iter().filter(|(of, _)| *of == month).count();
        lines.push(MonthLine { of: month, state, adjusted, waiting });
    }
    Ok(lines)
}

/// Whether a month's last day is here or was.
fn is_over(month: &str, today: NaiveDate) -> bool {
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    month < format!("{:04}-{:02}", tomorrow.year(), tomorrow.month()).as_str()
}

/// What stands behind a number.
pub enum Behind {
    /// A village's: people, and how many are not named any more.
    People(Vec<CountedPerson>, usize),
    /// An office's: its villages, each with what it sent.
    Villages(Vec<(String, String)>),
}

/// A programme of the report.
pub struct Line {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether it stands on the paper; of some programmes nothing is told.
    pub is_told_of: bool,
    /// Told ÷ eligible; empty where the month has no such numbers.
    pub told: String,
    /// The numbers, in the order of the paper's columns.
    pub cells: Vec<(Measure, String)>,
}

/// Something found after closing.
pub struct Later {
    /// The village, where an office looks.
    pub village: String,
    /// The day; none where it is still to be noted.
    pub on: Option<NaiveDate>,
    /// The programme's name.
    pub programme: String,
    /// What is counted.
    pub measure: Measure,
    /// By how much: +2.
    pub difference: String,
}

/// The report of a month or year.
pub struct Report {
    /// How it stands, in a sentence.
    pub about: String,
    /// How far it is.
    pub state: State,
    /// Programme by programme.
    pub lines: Vec<Line>,
    /// What was found later.
    pub later: Vec<Later>,
    /// Whether parts come to their totals and no part is more than its whole.
    pub adds_up: bool,
    /// What stands behind each number.
    pub behind: BTreeMap<Key, Behind>,
    /// The paper's picture.
    pub bars: Bars,
}

impl Report {
    /// Reads it.
    pub fn read(view: &View, of: &str, today: NaiveDate, words: &Words) -> Result<Self> {
        let names = ProgrammeNames::read(view, words)?;
        let sheet = view.month_sheet(of)?;
        if view.level()? == Level::Village {
            Self::own(view, sheet, today, (&names, words))
        } else {
            let month = view.office_month(of)?;
            let sent = month.rows.iter().filter(|row| !row.numbers.is_empty()).count();
            let state = State::Sent { villages: sent, of: month.rows.len() };
            let later = office_later(&month, &names);
            let behind = villages_behind(&month, words);
            let lines = lines_of((&sheet, &told_of(view)?), &month.corrected(), &names, words);
            let (about, bars) = (about(&sheet, words), bars(&sheet, words));
            Ok(Self { about, state, lines, later, adds_up: month.adds_up(), behind, bars })
        }
    }

    fn own(
        view: &View,
        sheet: MonthSheet,
        today: NaiveDate,
        (names, words): (&ProgrammeNames, &Words),
    ) -> Result<Self> {
        let report = view.month_report(&sheet.of)?;
        let state = match &report.closed {
            _ if sheet.of.len() == 4 => State::Year,
            Some(closed) => State::Closed(closed.closed_on),
            None if is_over(&sheet.of, today) => State::Open,
            None => State::Running,
        };
        let noted = report.closed.iter().flat_map(|closed| &closed.adjustments);
        let mut later: Vec<Later> = noted.map(|one| later_of(one, "", Some(one.on), names)).collect();
        let pending = view.pending_adjustments(today)?;
        let pending = pending.iter().filter(|(month, _)| *month == sheet.of);
        later.extend(pending.map(|(_, one)| later_of(one, "", None, names)));
        let mut numbers = report.numbers.clone();
        if let Some(closed) = &report.closed {
            numbers.extend(closed.numbers.clone());
        }
        let lines = lines_of((&sheet, &told_of(view)?), &numbers, names, words);
        let adds_up = report.adds_up();
        let mut unnamed = report.unnamed;
        let people = report.people.into_iter();
        let behind = people.map(|(key, people)| {
            let unnamed = unnamed.remove(&key).unwrap_or(0);
            (key, Behind::People(people, unnamed))
        });
        let behind = behind.collect();
        Ok(Self { about: about(&sheet, words), state, lines, later, adds_up, behind, bars: bars(&sheet, words) })
    }
}

/// The programmes of which something may be told.
fn told_of(view: &View) -> Result<BTreeSet<String>> {
    Ok(view.in_force()?.iter().filter(|of| of.may_be_told_of()).map(|of| of.id.clone()).collect())
}

/// A line for each programme of which there is a number.
fn lines_of(
    (sheet, told_of): (&MonthSheet, &BTreeSet<String>),
    numbers: &Numbers,
    names: &ProgrammeNames,
    words: &Words,
) -> Vec<Line> {
    let later = match &sheet.state {
        SheetState::Closed(closed) => closed.adjustments.iter().map(|one| one.programme.clone()).collect(),
        SheetState::Open | SheetState::Summed => Vec::new(),
    };
    let is_shown =
        |(id, measure): &&Key| !id.is_empty() && (measure.is_of_the_month() || *measure == Measure::Eligible);
    let shown = numbers.keys().filter(is_shown).map(|(id, _)| id.clone());
    let mut ids: Vec<String> = shown.chain(later).collect::<BTreeSet<_>>().into_iter().collect();
    ids.sort_by_key(|id| names.place(id));
    let line = |id: String| Line {
        name: names.called(&id).to_owned(),
        is_told_of: told_of.contains(&id),
        told: told(numbers, &id, words),
        cells: MEASURES.iter().map(|measure| (*measure, number(sheet, &id, *measure))).collect(),
        id,
    };
    ids.into_iter().map(line).collect()
}

/// 312 ÷ 345; nothing where the numbers do not say whom it concerned.
fn told(numbers: &Numbers, id: &str, words: &Words) -> String {
    let of = |measure| numbers.get(&(id.to_owned(), measure)).copied();
    let Some(eligible) = of(Measure::Eligible).filter(|eligible| *eligible > 0) else { return String::new() };
    let told = of(Measure::Told).unwrap_or(0);
    words.say(&Message::new("months-told").number("told", told).number("eligible", eligible))
}

fn later_of(one: &Adjustment, village: &str, on: Option<NaiveDate>, names: &ProgrammeNames) -> Later {
    Later {
        village: village.to_owned(),
        on,
        programme: names.called(&one.programme).to_owned(),
        measure: one.measure,
        difference: signed(one.measure, one.difference),
    }
}

/// +2, -3; money in yuan.
fn signed(measure: Measure, difference: i64) -> String {
    let size = difference.saturating_abs();
    let size = if measure.is_money() { yuan(size) } else { size.to_string() };
    if difference < 0 { format!("-{size}") } else { format!("+{size}") }
}

fn office_later(month: &OfficeMonth, names: &ProgrammeNames) -> Vec<Later> {
    let of = |row: &crate::ledger::township::months::MemberMonth| {
        let village = row.member.called().to_owned();
        row.adjustments.iter().map(|one| later_of(one, &village, Some(one.on), names)).collect::<Vec<_>>()
    };
    month.rows.iter().flat_map(of).collect()
}

/// Of each number, what each village sent of it; what was found later stands in brackets.
fn villages_behind(month: &OfficeMonth, words: &Words) -> BTreeMap<Key, Behind> {
    let keys: BTreeSet<&Key> = month.sums.keys().chain(month.later.keys()).collect();
    let of = |key: &&Key| {
        let rows = month.rows.iter().map(|row| {
            let later = row.adjustments.iter().filter(|one| (&one.programme, one.measure) == (&key.0, key.1));
            let later: i64 = later.map(|one| one.difference).sum();
            let said = match (row.numbers.is_empty(), key.1) {
                (true, _) => words.text("months-not-sent"),
                // Who was told stands beside whom it concerned.
                (false, Measure::Eligible) => told(&row.numbers, &key.0, words),
                (false, measure) => with_later(measure, row.numbers.get(*key).copied().unwrap_or(0), later, words),
            };
            (row.member.called().to_owned(), said)
        });
        ((*key).clone(), Behind::Villages(rows.collect()))
    };
    keys.iter().map(of).collect()
}

fn with_later(measure: Measure, number: i64, later: i64, words: &Words) -> String {
    let shown = if measure.is_money() { yuan(number) } else { number.to_string() };
    if later == 0 {
        return shown;
    }
    words.say(&Message::new("months-with-later").text("number", shown).text("later", signed(measure, later)))
}
