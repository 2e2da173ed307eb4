//! Offers and services: what was said, and that somebody came.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::offer::{Outcome, Recorded, State};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// The offer as it stands.
pub(in crate::ledger) fn get(
    conn: &Connection,
    resident: i64,
    programme: &str,
    period: &str,
) -> Result<Option<Recorded>> {
    let mut rows = conn.prepare_cached(
        "SELECT outcome, on_date, tries FROM offer WHERE resident_id = ?1 AND programme = ?2 AND period = ?3",
    )?;
    let found = rows.query_row(params![resident, programme, period], |row| {
        Ok(Recorded {
            outcome: read(row, "outcome", Outcome::from_word)?,
            on: read(row, "on_date", date)?,
            tries: row.get("tries")?,
        })
    });
    Ok(found.optional()?)
}

/// Something that one record was told, or that took place.
pub(in crate::ledger) struct Said {
    pub(in crate::ledger) programme: String,
    /// The turn; empty of what took place.
    pub(in crate::ledger) period: String,
    pub(in crate::ledger) what: State,
    pub(in crate::ledger) on: NaiveDate,
    /// Times tried in vain since last reached.
    pub(in crate::ledger) tries: u32,
}

/// What one record was told and what took place. That something was not wanted is not told.
pub(in crate::ledger) fn of(conn: &Connection, resident: i64) -> Result<Vec<Said>> {
    let mut rows = conn.prepare_cached(
        "SELECT programme, period, outcome, on_date, tries FROM offer WHERE resident_id = ?1 AND outcome <> 'declined' \
         UNION ALL SELECT programme, '', 'been', on_date, 0 FROM service WHERE resident_id = ?1",
    )?;
    let rows = rows.query_map([resident], |row| {
        Ok(Said {
            programme: row.get("programme")?,
            period: row.get("period")?,
            // Each outcome is called as the state is that it leads to.
            what: read(row, "outcome", State::from_word)?,
            on: read(row, "on_date", date)?,
            tries: row.get("tries")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes the offer, new or over the old one.
pub(in crate::ledger) fn put(
    tx: &mut Tx<'_>,
    resident: i64,
    programme: &str,
    period: &str,
    new: Recorded,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO offer (uid, resident_id, programme, period, outcome, on_date, tries) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (resident_id, programme, period) \
             DO UPDATE SET outcome = excluded.outcome, on_date = excluded.on_date, tries = excluded.tries",
        )?
        .execute(params![uid, resident, programme, period, new.outcome.as_str(), new.on.to_string(), new.tries])?;
    Ok(())
}

/// Notes that a service took place; the same day twice is once.
pub(in crate::ledger) fn attend(tx: &mut Tx<'_>, resident: i64, programme: &str, on: NaiveDate) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO service (uid, resident_id, programme, on_date) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (resident_id, programme, on_date) DO NOTHING",
        )?
        .execute(params![uid, resident, programme, on.to_string()])?;
    Ok(())
}

/// Takes away that a service took place on a day, as when the wrong person was ticked.
pub(in crate::ledger) fn unattend(tx: &Tx<'_>, resident: i64, programme: &str, on: NaiveDate) -> Result<()> {
    tx.conn()
        .prepare_cached("DELETE FROM service WHERE resident_id = ?1 AND programme = ?2 AND on_date = ?3")?
        .execute(params![resident, programme, on.to_string()])?;
    Ok(())
}
