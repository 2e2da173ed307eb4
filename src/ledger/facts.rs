//! Facts that rules read: noted one by one, or from a list; each with its source and the day it was true.

use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;

use crate::domain::resident::{FactKind, FactValue};
use crate::ledger::command::NewFact;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::progress::Unwatched;
use crate::ledger::residents::{brief, not_ahead};
use crate::ledger::store::{Tx, residents, village};
use crate::ledger::view::View;

/// A source needs a few words, so that a reason can name it.
pub(in crate::ledger) fn named(source: &str) -> Result<&str> {
    let source = source.trim();
    if source.is_empty() { Err(LedgerError::refused("error-no-source")) } else { Ok(source) }
}

pub(in crate::ledger) fn set(tx: &mut Tx<'_>, uid: &str, value: FactValue, source: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    let source = village::source(tx, named(source)?)?;
    residents::put_fact(tx, resident.id, value.kind, value.as_str(), on, source)
}

/// Writes all facts of a list as one change.
pub(in crate::ledger) fn import(tx: &mut Tx<'_>, rows: &[NewFact], source: &str) -> Result<()> {
    let source = village::source(tx, named(source)?)?;
    for row in rows {
        not_ahead(tx, row.on)?;
        let resident = brief(tx, &row.resident)?;
        residents::put_fact(tx, resident.id, row.value.kind, row.value.as_str(), row.on, source)?;
    }
    Ok(())
}

/// A list of facts that was read and looked at.
pub struct FactList {
    /// What can be written.
    pub facts: Vec<NewFact>,
    /// Lines that cannot.
    pub problems: Vec<FactProblem>,
}

/// A line that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactProblem {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong: a key of assets/words.
    pub key: &'static str,
}

/// The columns of a list of facts, in this order.
const COLUMNS: [&str; 4] = ["id_number", "kind", "value", "on"];

/// Reads a list of facts about people of this ledger; writes nothing. An empty day is today.
///
/// # Errors
/// Where the file cannot be read, or `cli-facts-header` where its first line names other columns.
pub fn read_list(view: &View, path: &Path, today: NaiveDate) -> Result<FactList> {
    let mut book = Book::open(path)?;
    let mut list = FactList { facts: Vec::new(), problems: Vec::new() };
    let mut headed = false;
    book.rows(0, &Unwatched, &mut |row| {
        let cells: Vec<String> = (0..COLUMNS.len()).map(|at| row.cell(at).text().trim().to_owned()).collect();
        if !headed {
            headed = cells.iter().map(String::as_str).eq(COLUMNS);
            return if headed { Ok(ControlFlow::Continue(())) } else { Err(LedgerError::refused("cli-facts-header")) };
        }
        if row.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        match fact_of(view, &cells, today)? {
            Ok(fact) => list.facts.push(fact),
            Err(key) => list.problems.push(FactProblem { line: row.number, key }),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if headed { Ok(list) } else { Err(LedgerError::refused("cli-facts-header")) }
}

fn fact_of(view: &View, cells: &[String], today: NaiveDate) -> Result<std::result::Result<NewFact, &'static str>> {
    let [id_number, kind, value, on] = cells else { return Ok(Err("cli-facts-header")) };
    let Some(kind) = FactKind::from_word(kind) else { return Ok(Err("cli-fact-kind")) };
    let Some(value) = FactValue::from_word(kind, value) else { return Ok(Err("cli-fact-value")) };
    let on = if on.is_empty() { Some(today) } else { on.parse().ok() };
    let Some(on) = on.filter(|on: &NaiveDate| *on <= today) else { return Ok(Err("cli-facts-date")) };
    match view.uid_of(id_number)? {
        Some(resident) => Ok(Ok(NewFact { resident, value, on })),
        None => Ok(Err("cli-facts-person")),
    }
}
