//! Facts that rules read: noted one by one, or from a list; each with its source and the day it was true.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::resident::{FactKind, FactValue};
use crate::domain::typed_day::read_day;
use crate::ledger::command::NewFact;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
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

/// Writes a fact over one that is not of a later day.
pub(in crate::ledger) fn set(tx: &mut Tx<'_>, uid: &str, value: FactValue, source: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    let source = village::source(tx, named(source)?)?;
    match residents::fact_day(tx.conn(), resident.id, value.kind)?.filter(|known| *known > on) {
        Some(known) => Err(LedgerError::new(ErrorKind::Refused, Message::new("error-fact-newer").date("on", known))),
        None => residents::put_fact(tx, resident.id, value.kind, value.as_str(), on, source),
    }
}

/// Writes all facts of a list as one change; what is known of a later day stays.
pub(in crate::ledger) fn import(tx: &mut Tx<'_>, rows: &[NewFact], source: &str) -> Result<()> {
    let source = village::source(tx, named(source)?)?;
    for row in rows {
        not_ahead(tx, row.on)?;
        let resident = brief(tx, &row.resident)?;
        if residents::fact_day(tx.conn(), resident.id, row.value.kind)?.is_none_or(|known| known <= row.on) {
            residents::put_fact(tx, resident.id, row.value.kind, row.value.as_str(), row.on, source)?;
        }
    }
    Ok(())
}

/// A list of facts that was read and looked at.
pub struct FactList {
    /// What can be written.
    pub facts: Vec<NewFact>,
    /// Lines that cannot.
    pub problems: Vec<FactProblem>,
    /// Lines passed over because the ledger, or another line, knows the same of a later day.
    pub older: usize,
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
    let mut list = FactList { facts: Vec::new(), problems: Vec::new(), older: 0 };
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
    if !headed {
        return Err(LedgerError::refused("cli-facts-header"));
    }
    keep_latest(view, &mut list)?;
    Ok(list)
}

/// Of several lines about one thing the one of the latest day stays, and the lower of those of one day.
fn keep_latest(view: &View, list: &mut FactList) -> Result<()> {
    let read = list.facts.len();
    let mut latest: HashMap<(String, FactKind), NewFact> = HashMap::new();
    for fact in std::mem::take(&mut list.facts) {
        let key = (fact.resident.clone(), fact.value.kind);
        if latest.get(&key).is_none_or(|known| known.on <= fact.on) {
            latest.insert(key, fact);
        }
    }
    for (_, fact) in latest {
        if view.fact_day(&fact.resident, fact.value.kind)?.is_none_or(|known| known <= fact.on) {
            list.facts.push(fact);
        }
    }
    list.facts.sort_by(|a, b| (&a.resident, a.value.kind).cmp(&(&b.resident, b.value.kind)));
    list.older = read - list.facts.len();
    Ok(())
}

fn fact_of(view: &View, cells: &[String], today: NaiveDate) -> Result<std::result::Result<NewFact, &'static str>> {
    let [id_number, kind, value, on] = cells else { return Ok(Err("cli-facts-header")) };
    let Some(kind) = FactKind::from_word(kind) else { return Ok(Err("cli-fact-kind")) };
    let Some(value) = FactValue::from_word(kind, value) else { return Ok(Err("cli-fact-value")) };
    // As Excel writes it back, too: 2026/3/5.
    let on = if on.is_empty() { Some(today) } else { read_day(on, today).ok() };
    let Some(on) = on.filter(|on: &NaiveDate| *on <= today) else { return Ok(Err("cli-facts-date")) };
    match view.listed_uid_of(id_number)? {
        Some(resident) => Ok(Ok(NewFact { resident, value, on })),
        None => Ok(Err("cli-facts-person")),
    }
}
