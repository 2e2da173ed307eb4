//! 月报: what happened in a month, with the names behind each number; a month that is closed stays as it was, and what is
//! entered later about it stands beside it as a dated difference.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::area_code::Level;
use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::hand_up::gather::month_of;
use crate::ledger::store::Connection;
use crate::ledger::store::months::{self as store, Happened};
use crate::ledger::store::{Note, residents, same_person};
use crate::ledger::view::View;

/// Numbers by programme and measure.
pub type Numbers = BTreeMap<(String, Measure), i64>;

/// A month that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    /// It, as 2026-11.
    pub month: String,
    /// The day it was closed.
    pub closed_on: NaiveDate,
    /// Its numbers on that day.
    pub numbers: Numbers,
    /// What was found later, in the order of the days.
    pub adjustments: Vec<Adjustment>,
}

/// A difference that was found after closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// The programme's id.
    pub programme: String,
    /// What is counted.
    pub measure: Measure,
    /// The day it was found.
    pub on: NaiveDate,
    /// How much more, or less.
    pub difference: i64,
}

impl MonthReport {
    /// Whether the names behind each number are as many as it says, with those who are not named, and no part is more
    /// than its whole.
    pub fn adds_up(&self) -> bool {
        let named = |key: &(String, Measure)| self.people.get(key).map_or(0, Vec::len);
        let unnamed = |key: &(String, Measure)| self.unnamed.get(key).copied().unwrap_or(0);
        let fits = |(key, number): (&(String, Measure), &i64)| {
            let behind = (key.0.clone(), if key.1.is_money() { Measure::MonthPaidPersons } else { key.1 });
            let count = named(&behind) + unnamed(&behind);
            if key.1.is_money() { count > 0 } else { usize::try_from(*number) == Ok(count) }
        };
        let is_within = self.closed.as_ref().is_none_or(|closed| are_within(&closed.numbers));
        is_within && self.numbers.iter().all(fits)
    }
}

impl ClosedMonth {
    /// A number with all that was found later.
    pub fn corrected(&self, programme: &str, measure: Measure) -> i64 {
        let own = self.numbers.get(&(programme.to_owned(), measure)).copied().unwrap_or(0);
        let is_it = |one: &&Adjustment| one.programme == programme && one.measure == measure;
        own + self.adjustments.iter().filter(is_it).map(|one| one.difference).sum::<i64>()
    }

    /// The programmes and measures of which there is any number.
    fn keys(&self) -> BTreeSet<(String, Measure)> {
        let later = self.adjustments.iter().map(|one| (one.programme.clone(), one.measure));
        self.numbers.keys().cloned().chain(later).collect()
    }
}

/// What happened in a month or year.
#[derive(Clone, Debug)]
pub struct MonthReport {
    /// The month (2026-11) or year (2026).
    pub of: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// Whose they are, by programme and measure.
    pub people: BTreeMap<(String, Measure), Vec<CountedPerson>>,
    /// How many more are not named: they asked not to be kept in lists any more. They stay in the numbers.
    pub unnamed: BTreeMap<(String, Measure), usize>,
    /// The month as it was closed, where it was.
    pub closed: Option<ClosedMonth>,
}

/// A month or year as it is printed: numbers, nobody's name.
#[derive(Clone, Debug)]
pub struct MonthSheet {
    /// The month (2026-11) or year (2026).
    pub of: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// Whether they stand.
    pub state: SheetState,
    /// The programmes of which there is something and something may be told, in the order shown.
    pub programmes: Vec<Arc<Programme>>,
}

/// Whether the numbers of a printed month stand.
#[derive(Clone, Debug)]
pub enum SheetState {
    /// Counted as of today.
    Open,
    /// Closed, with what was found later.
    Closed(ClosedMonth),
    /// Of an office: the sum of its villages, with what was found later.
    Summed,
}

/// Somebody behind a number.
#[derive(Clone, PartialEq, Eq)]
pub struct CountedPerson {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// In fen, where it is money.
    pub fen: i64,
}

/// Without the name.
impl std::fmt::Debug for CountedPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CountedPerson({})", self.uid)
    }
}

/// What happened, with the money of each person: by programme and measure, by listed record.
type ByPerson = BTreeMap<(String, Measure), BTreeMap<i64, i64>>;

impl View {
    /// Every closed month, by month.
    pub fn closed_months(&self) -> Result<Vec<ClosedMonth>> {
        store::closed(self.conn())
    }

    /// What happened in a month (2026-11) or year (2026), with the names behind each number.
    ///
    /// # Errors
    /// `error-month` where it is neither.
    pub fn month_report(&self, of: &str) -> Result<MonthReport> {
        if first_day(of).is_none() && !is_year(of) {
            return Err(LedgerError::refused("error-month"));
        }
        let (by_person, hidden) = (happened_to(self.conn(), of)?, self.hidden()?);
        let keys: HashSet<i64> = by_person.values().flat_map(|people| people.keys().copied()).collect();
        let named = residents::named(self.conn(), &keys)?;
        let (mut people, mut unnamed) = (BTreeMap::new(), BTreeMap::new());
        for (key, of) in &by_person {
            let is_shown = |record: &i64| !hidden.contains(record) && named.contains_key(record);
            let mut rows: Vec<CountedPerson> = of
                .iter()
                .filter(|(record, _)| is_shown(record))
                .map(|(record, fen)| {
                    let who = &named[record];
                    let (uid, name, group) = (who.uid.clone(), who.name.clone(), who.group.clone());
                    CountedPerson { uid, name, group, fen: *fen }
                })
                .collect();
            rows.sort_by_cached_key(|row| {
                (crate::ledger::village::group_order(&row.group), row.name.clone(), row.uid.clone())
            });
            unnamed.insert(key.clone(), of.len() - rows.len());
            people.insert(key.clone(), rows);
        }
        for (key, number) in store::purged(self.conn(), of)?.into_iter().filter(|((_, measure), _)| !measure.is_money())
        {
            *unnamed.entry(key).or_insert(0) += usize::try_from(number).unwrap_or(0);
        }
        let closed = self.closed_months()?.into_iter().find(|closed| closed.month == of);
        Ok(MonthReport { of: of.to_owned(), numbers: numbers_of(self.conn(), of)?, people, unnamed, closed })
    }

    /// A month or year as it is printed.
    pub fn month_sheet(&self, of: &str) -> Result<MonthSheet> {
        let (numbers, state) = if self.level()? == Level::Village {
            let report = self.month_report(of)?;
            (report.numbers, report.closed.map_or(SheetState::Open, SheetState::Closed))
        } else {
            (self.office_month(of)?.corrected(), SheetState::Summed)
        };
        let has = |id: &str| {
            let later = match &state {
                SheetState::Closed(closed) => closed.keys().iter().any(|(programme, _)| programme == id),
                SheetState::Open | SheetState::Summed => false,
            };
            later || numbers.keys().any(|(programme, measure)| programme == id && measure.is_of_the_month())
        };
        let programmes =
            self.in_force()?.into_iter().filter(|programme| programme.may_be_told_of() && has(&programme.id)).collect();
        Ok(MonthSheet { of: of.to_owned(), numbers, state, programmes })
    }

    /// What happened in a month, in numbers.
    pub(in crate::ledger) fn month_numbers(&self, month: &str) -> Result<Numbers> {
        numbers_of(self.conn(), month)
    }

    /// What would be noted today as found later about closed months.
    pub fn pending_adjustments(&self, today: NaiveDate) -> Result<Vec<(String, Adjustment)>> {
        let mut found = Vec::new();
        for closed in self.closed_months()? {
            let now = self.month_numbers(&closed.month)?;
            let keys = closed.keys().into_iter().chain(now.keys().cloned()).collect::<BTreeSet<_>>();
            for (programme, measure) in keys.into_iter().filter(|(_, measure)| measure.is_of_the_month()) {
                let number = now.get(&(programme.clone(), measure)).copied().unwrap_or(0);
                let difference = number - closed.corrected(&programme, measure);
                if difference != 0 {
                    found.push((closed.month.clone(), Adjustment { programme, measure, on: today, difference }));
                }
            }
        }
        Ok(found)
    }
}

/// What happened in a month or year, in numbers; those who were deleted for good since stay counted.
pub(in crate::ledger) fn numbers_of(conn: &Connection, of: &str) -> Result<Numbers> {
    let mut numbers = numbers(&happened_to(conn, of)?);
    for (key, number) in store::purged(conn, of)? {
        *numbers.entry(key).or_default() += number;
    }
    Ok(numbers)
}

fn happened_to(conn: &Connection, of: &str) -> Result<ByPerson> {
    let links: HashMap<i64, i64> = same_person::listed_of_behind(conn)?;
    let mut found = ByPerson::new();
    for Happened { resident, programme, measure, fen } in store::happened(conn, of)? {
        let listed = links.get(&resident).copied().unwrap_or(resident);
        *found.entry((programme, measure)).or_default().entry(listed).or_default() += fen;
    }
    Ok(found)
}

/// Persons and fen: of two payments to one person, one person.
fn numbers(by_person: &ByPerson) -> Numbers {
    let mut numbers = Numbers::new();
    for ((programme, measure), people) in by_person {
        numbers.insert((programme.clone(), *measure), i64::try_from(people.len()).unwrap_or(i64::MAX));
        if *measure == Measure::MonthPaidPersons {
            numbers.insert((programme.clone(), Measure::MonthPaidFen), people.values().sum());
        }
    }
    numbers
}

/// Whether no part is more than its whole: nobody is told of what does not concern them.
pub fn are_within(numbers: &Numbers) -> bool {
    numbers.iter().all(|((programme, measure), number)| {
        let whole = measure.within().filter(|whole| !whole.is_of_the_village());
        let whole = whole.map(|whole| numbers.get(&(programme.clone(), whole)).copied().unwrap_or(0));
        whole.is_none_or(|whole| *number <= whole)
    })
}

/// The first day of a month written as 2026-11.
fn first_day(month: &str) -> Option<NaiveDate> {
    if month.len() == 7 { format!("{month}-01").parse().ok() } else { None }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last day of a month.
fn last_day(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(chrono::Months::new(1))?.pred_opt()
}

impl Ledger {
    /// Closes a month: its numbers stand from now on. On the month's last day the lists as they are that day are kept, too.
    ///
    /// # Errors
    /// `error-month`; `error-month-not-over` before its last day; `error-month-closed` where it was closed before.
    pub fn close_month(&mut self, month: &str, stamp: &Stamp) -> Result<Done> {
        let first = first_day(month).ok_or_else(|| LedgerError::refused("error-month"))?;
        let last = last_day(first).ok_or_else(|| LedgerError::refused("error-month"))?;
        if stamp.today < last {
            let message = Message::new("error-month-not-over").text("month", month).date("on", last);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        self.likely_date(stamp.today)?;
        if self.closed_months()?.iter().any(|closed| closed.month == month) {
            return Err(LedgerError::new(ErrorKind::Refused, Message::new("error-month-closed").text("month", month)));
        }
        let mut numbers = self.month_numbers(month)?;
        if month_of(stamp.today) == month {
            numbers.extend(self.counted_today(stamp.today)?);
        }
        let later = self.pending_adjustments(stamp.today)?;
        let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
        let note = Note { op: "month-close", note: month.to_owned(), count, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| {
            later.iter().try_for_each(|(month, one)| store::adjust(tx, month, one))?;
            store::close(tx, month, stamp.today, &numbers)
        })?;
        self.done(change, Vec::new())
    }

    /// Notes what was found later about closed months, before a file goes up.
    pub(in crate::ledger) fn note_adjustments(&mut self, stamp: &Stamp) -> Result<()> {
        let later = self.pending_adjustments(stamp.today)?;
        if later.is_empty() {
            return Ok(());
        }
        let count = i64::try_from(later.len()).unwrap_or(i64::MAX);
        let note = Note { op: "month-adjust", count, ..Note::default() };
        self.store
            .transact(stamp, note, |tx| later.iter().try_for_each(|(month, one)| store::adjust(tx, month, one)))?;
        Ok(())
    }
}
