//! Public holidays and market days: read from a small table, kept, and asked when sessions are laid out.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::schedule::{Calendar, DayOff, Holiday, MarketDays};
use crate::domain::typed_day::read_full;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::progress::Unwatched;
use crate::ledger::store::{Tx, holidays as store};
use crate::ledger::view::View;

/// The table of a year, or of several, as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HolidayTable {
    /// Its days.
    pub days: BTreeMap<NaiveDate, Holiday>,
    /// Lines that are no day.
    pub unread: Vec<u32>,
}

impl HolidayTable {
    /// The years it is about.
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.days.keys().map(NaiveDate::year).collect();
        years.dedup();
        years
    }
}

impl View {
    /// The days on which nothing is planned.
    pub fn calendar(&self) -> Result<Calendar> {
        Ok(Calendar { holidays: store::all(self.conn())?, market: store::market(self.conn())? })
    }

    /// Of these days, the years of which no table is there.
    pub(in crate::ledger) fn unknown_years(&self, days: &[NaiveDate]) -> Result<Vec<i32>> {
        let calendar = self.calendar()?;
        let mut years: Vec<i32> = days.iter().map(NaiveDate::year).filter(|year| !calendar.knows(*year)).collect();
        years.sort_unstable();
        years.dedup();
        Ok(years)
    }
}

/// Most days of a table: several years of them.
const MOST: usize = 2_000;

/// Reads a table: a day in the first column, 休 or 班 in the second, its name in the third. Writes nothing.
///
/// # Errors
/// The file cannot be read; `error-holidays-none` where it holds no day.
pub fn read_table(path: &Path) -> Result<HolidayTable> {
    let mut book = Book::open(path)?;
    let mut table = HolidayTable::default();
    book.rows(0, &Unwatched, &mut |row| {
        let text = |at| row.cell(at).text().trim().to_owned();
        let (on, kind, name) = (text(0), text(1), text(2));
        let kind = match kind.as_str() {
            "休" | "放假" | "休息" | "off" => Some(DayOff::Off),
            "班" | "上班" | "调休上班" | "work" => Some(DayOff::Work),
            _ => None,
        };
        // Days with a year only: the table is about a year to come.
        match (read_full(&on), kind) {
            (Some(day), Some(kind)) => {
                table.days.insert(day, Holiday { kind, name: name.chars().take(20).collect() });
            }
            // The head is no day, and needs none.
            _ if row.number == 1 => {}
            _ => table.unread.push(row.number),
        }
        match table.days.len() + table.unread.len() > MOST {
            true => Err(LedgerError::refused("error-holidays-many")),
            false => Ok(ControlFlow::Continue(())),
        }
    })?;
    if table.days.is_empty() {
        return Err(LedgerError::refused("error-holidays-none"));
    }
    Ok(table)
}

/// Writes the tables of the years that it is about over those that are there.
pub(in crate::ledger) fn set(tx: &mut Tx<'_>, table: &HolidayTable) -> Result<()> {
    for year in table.years() {
        let of_year = table.days.iter().filter(|(on, _)| on.year() == year);
        let days = of_year.map(|(on, row)| (*on, row.clone())).collect();
        store::put_year(tx, year, &days)?;
    }
    Ok(())
}

/// Writes the market days; none takes them away.
pub(in crate::ledger) fn set_market(tx: &mut Tx<'_>, days: Option<&MarketDays>) -> Result<()> {
    store::put_market(tx, days)
}
