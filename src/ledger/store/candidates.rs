//! Whom a programme may concern, with facts and where the offer stands. Read by position: there may be a million.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, Statement, params};

use crate::domain::offer::{Been, Outcome, Recorded, State};
use crate::domain::programme::Period;
use crate::domain::resident::Facts;
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::ListRow;
use crate::ledger::store::residents::{self, FactColumns, Sources, facts};
use crate::ledger::store::sql_types::{date, read, read_if_any};
use crate::ledger::store::{offers, same_person};

/// How much of each candidate is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ledger) enum Detail {
    /// Facts and state, for counting; the row must not be asked for.
    Counts,
    /// All that a list shows.
    Rows,
}

/// Visits everybody a programme may concern: present, born no later than `born_by`, with facts and offer.
pub(in crate::ledger) fn each(
    conn: &Connection,
    detail: Detail,
    (programme, period): (&str, &Period),
    born_by: Option<NaiveDate>,
    sources: &Sources,
    mut visit: impl FnMut(Facts, &dyn Fn() -> Result<ListRow>, State) -> Result<()>,
) -> Result<()> {
    let mut rows = conn.prepare_cached(match detail {
        Detail::Counts => include_str!("sql/candidates_counted.sql"),
        Detail::Rows => include_str!("sql/candidates.sql"),
    })?;
    let born_by = born_by.map_or_else(|| "9999".to_owned(), |day| day.to_string());
    let (fact, outcome, been) = (FactColumns::of(&rows)?, rows.column_index("outcome")?, rows.column_index("been")?);
    let (id, families) = (rows.column_index("id")?, same_person::families(conn)?);
    let list = if detail == Detail::Rows { Some(ListColumns::of(&rows)?) } else { None };
    let mut rows =
        rows.query(params![programme, period.name, born_by, period.first.to_string(), period.last.to_string()])?;
    while let Some(row) = rows.next()? {
        let been = if row.get(been)? { Been::Yes } else { Been::No };
        let mut state = State::of(read_if_any(row, outcome, Outcome::from_word)?, been);
        let mut together = None;
        if !families.is_empty()
            && let Some(behind) = families.get(&row.get(id)?)
        {
            let said = together_of(conn, row.get(id)?, behind, programme, period)?;
            state = State::of(said.0.map(|said| said.outcome), said.1);
            together = Some(said.0);
        }
        let facts = facts(row, &fact, sources)?;
        let in_full = || match &list {
            Some(list) => {
                let mut full = list_row(row, list, facts, state)?;
                if let Some(said) = together {
                    full.outcome_on = said.map(|said| said.on);
                    full.tries = said.map_or(0, |said| said.tries);
                }
                Ok(full)
            }
            None => Err(LedgerError::damaged("error-ledger-unexpected")),
        };
        visit(facts, &in_full, state)?;
    }
    Ok(())
}

/// What was said and done under all records of one person.
fn together_of(
    conn: &Connection,
    listed: i64,
    behind: &[i64],
    programme: &str,
    period: &Period,
) -> Result<(Option<Recorded>, Been)> {
    let (mut said, mut been) = (Vec::new(), Been::No);
    for record in behind.iter().copied().chain([listed]) {
        said.extend(offers::get(conn, record, programme, &period.name)?);
        if offers::been(conn, record, programme, period)? {
            been = Been::Yes;
        }
    }
    Ok((Recorded::of_one_person(said), been))
}

/// Where the columns of a list stand.
struct ListColumns {
    uid: usize,
    name: usize,
    id_number: usize,
    phone: usize,
    group: usize,
    contact: usize,
    household: usize,
    household_uid: usize,
    known_on: usize,
    outcome_on: usize,
    tries: usize,
}

impl ListColumns {
    fn of(statement: &Statement<'_>) -> rusqlite::Result<Self> {
        let at = |name| statement.column_index(name);
        Ok(Self {
            uid: at("uid")?,
            name: at("name")?,
            id_number: at("id_number")?,
            phone: at("phone")?,
            group: at("group_name")?,
            contact: at("contact")?,
            household: at("household_number")?,
            household_uid: at("household_uid")?,
            known_on: at("known_on")?,
            outcome_on: at("outcome_on")?,
            tries: at("tries")?,
        })
    }
}

fn list_row(row: &Row<'_>, at: &ListColumns, facts: Facts, state: State) -> rusqlite::Result<ListRow> {
    Ok(ListRow {
        uid: row.get(at.uid)?,
        name: row.get(at.name)?,
        id_number: row.get(at.id_number)?,
        phone: row.get(at.phone)?,
        group: row.get(at.group)?,
        contact: row.get(at.contact)?,
        household: row.get(at.household)?,
        household_uid: row.get(at.household_uid)?,
        known_on: read(row, at.known_on, date)?,
        facts,
        holds: Holds::Unknown,
        state,
        outcome_on: read_if_any(row, at.outcome_on, date)?,
        tries: row.get(at.tries)?,
    })
}

/// The state of one person's offer, under all of their records.
pub(in crate::ledger) fn offer_state(conn: &Connection, uid: &str, programme: &str, period: &Period) -> Result<State> {
    let Some(resident) = residents::brief(conn, uid)? else { return Ok(State::ToTell) };
    let family = same_person::family(conn, resident.id)?;
    let (said, been) = together_of(conn, resident.id, family.get(1..).unwrap_or_default(), programme, period)?;
    Ok(State::of(said.map(|said| said.outcome), been))
}
