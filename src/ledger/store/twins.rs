//! Persons that villages' files name, and what was decided of two who seem to be one.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::ledger::error::Result;
use crate::ledger::store::received::uid_of;
use crate::ledger::store::sql_types::read;
use crate::ledger::store::transact::Tx;
use crate::ledger::township::twins::{NamedThere, Verdict};

/// Everybody who is named in the newest file of a village, once a village.
pub(in crate::ledger) fn named(conn: &Connection) -> Result<Vec<NamedThere>> {
    let mut rows = conn.prepare_cached(
        "SELECT m.code || '|' || p.person AS key, m.name AS village, p.name AS name, p.id_number AS id_number, \
         p.born AS born FROM (SELECT member_id, person, name, id_number, born FROM received_application \
         UNION SELECT member_id, person, name, id_number, born FROM received_appointment) p \
         JOIN member m ON m.id = p.member_id ORDER BY key",
    )?;
    let rows = rows.query_map([], |row| {
        Ok(NamedThere {
            key: row.get("key")?,
            village: row.get("village")?,
            name: row.get("name")?,
            id_number: row.get("id_number")?,
            born: row.get("born")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who applied for what: programme and person.
pub(in crate::ledger) fn applicants(conn: &Connection) -> Result<Vec<(String, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT DISTINCT a.programme AS programme, m.code || '|' || a.person AS key FROM received_application a \
         JOIN member m ON m.id = a.member_id ORDER BY programme, key",
    )?;
    let rows = rows.query_map([], |row| Ok((row.get("programme")?, row.get("key")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What was decided, by the two.
pub(in crate::ledger) fn verdicts(conn: &Connection) -> Result<HashMap<(String, String), Verdict>> {
    let mut rows = conn.prepare_cached("SELECT one, other, verdict FROM received_twin")?;
    let rows = rows
        .query_map([], |row| Ok(((row.get("one")?, row.get("other")?), read(row, "verdict", Verdict::from_word)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Decides it.
pub(in crate::ledger) fn judge(tx: &Tx<'_>, (one, other): (&str, &str), verdict: Verdict, on: NaiveDate) -> Result<()> {
    let uid = uid_of(&["twin", one, other]);
    tx.conn()
        .prepare_cached(
            "INSERT INTO received_twin (uid, one, other, verdict, on_date) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (one, other) DO UPDATE SET verdict = excluded.verdict, on_date = excluded.on_date",
        )?
        .execute(params![uid, one, other, verdict.as_str(), on.to_string()])?;
    Ok(())
}
