//! What is kept, since when, and how long it may be.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::retention::Keeping;
use crate::ledger::error::Result;
use crate::ledger::store::purge::RowId;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Something whose time runs.
pub(in crate::ledger) struct Ended {
    pub(in crate::ledger) row: RowId,
    /// Whose it is; none of a round.
    pub(in crate::ledger) resident: Option<i64>,
    /// A programme's id, or empty.
    pub(in crate::ledger) programme: String,
    /// The day from which its time is counted.
    pub(in crate::ledger) since: NaiveDate,
}

/// Every row whose time runs, with the table it lies in. Of people whose time is stopped by a rule there is none.
fn statement(keeping: Keeping) -> (&'static str, &'static str) {
    match keeping {
        Keeping::Appointment => (
            "appointment",
            "SELECT a.uid, a.resident_id, '' AS programme, coalesce(s.on_date, c.last_on) AS since FROM appointment a \
             JOIN campaign c ON c.id = a.campaign_id LEFT JOIN session s ON s.id = a.session_id",
        ),
        // What goes on (granted once for all, or for the year that runs) is needed: else it would be offered again.
        Keeping::Application => (
            "application",
            "SELECT uid, resident_id, programme, max(taken_back, answer_on, coalesce((SELECT max(on_date) FROM payment p \
             WHERE (p.resident_id, p.programme, p.period) = (a.resident_id, a.programme, a.period)), '')) AS since \
             FROM application a WHERE taken_back <> '' OR answer = 'refused' \
             OR (answer <> '' AND period GLOB '[12][0-9][0-9][0-9]')",
        ),
        Keeping::Offer => (
            "offer",
            "SELECT uid, resident_id, programme, on_date AS since FROM offer WHERE period GLOB '[12][0-9][0-9][0-9]'",
        ),
        Keeping::Outreach => {
            ("contact_try", "SELECT uid, resident_id, '' AS programme, on_date AS since FROM contact_try")
        }
        Keeping::Task => {
            ("task", "SELECT uid, resident_id, '' AS programme, ended_on AS since FROM task WHERE ended <> ''")
        }
        Keeping::Round => ("round", "SELECT uid, NULL AS resident_id, '' AS programme, made_on AS since FROM round"),
        Keeping::Care => {
            ("care", "SELECT uid, resident_id, '' AS programme, ended_on AS since FROM care WHERE ended_on <> ''")
        }
        Keeping::Proof => (
            "consent",
            "SELECT uid, resident_id, '' AS programme, on_date AS since FROM consent c WHERE state = 'withdrawn' \
             AND EXISTS (SELECT 1 FROM change_row x WHERE x.row_uid = c.uid AND x.before IS NOT NULL)",
        ),
        // Records behind others go with the listed one; an application that is under way is finished first.
        Keeping::Gone => (
            "resident",
            "SELECT uid, id AS resident_id, '' AS programme, standing_on AS since FROM resident r \
             WHERE standing <> 'present' AND NOT EXISTS (SELECT 1 FROM same_person s WHERE s.behind_id = r.id) \
             AND NOT EXISTS (SELECT 1 FROM application a WHERE a.resident_id = r.id AND a.answer = '' AND a.taken_back = '')",
        ),
    }
}

/// All that has ended before a day, the longest ago first.
pub(in crate::ledger) fn ended(conn: &Connection, keeping: Keeping, before: NaiveDate) -> Result<Vec<Ended>> {
    let (table, sql) = statement(keeping);
    let mut found = read_ended(conn, table, sql, before)?;
    if keeping == Keeping::Outreach {
        let sql = "SELECT uid, resident_id, '' AS programme, answered_on AS since FROM request WHERE answered_on <> ''";
        found.extend(read_ended(conn, "request", sql, before)?);
    }
    found.sort_by(|a, b| (a.since, &a.row).cmp(&(b.since, &b.row)));
    Ok(found)
}

fn read_ended(conn: &Connection, table: &str, sql: &str, before: NaiveDate) -> Result<Vec<Ended>> {
    let mut rows = conn.prepare_cached(&format!(
        "SELECT uid, resident_id, programme, since FROM ({sql}) t WHERE since <> '' AND since <= ?1 \
         AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.resident_id = t.resident_id AND h.held_until > ?2)"
    ))?;
    let rows = rows.query_map(params![before.to_string(), before.to_string()], |row| {
        Ok(Ended {
            row: RowId { table: table.to_owned(), uid: row.get("uid")? },
            resident: row.get("resident_id")?,
            programme: row.get("programme")?,
            since: read(row, "since", date)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many rows of a table there are.
pub(in crate::ledger) fn count(conn: &Connection, keeping: Keeping) -> Result<u64> {
    let (_, sql) = statement(keeping);
    let count: i64 = conn.query_row(&format!("SELECT count(*) FROM ({sql})"), [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Days that a rule of the town or the archive says, with the paper it stands in.
pub(in crate::ledger) fn set_days(conn: &Connection) -> Result<HashMap<Keeping, (u32, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT t.keeping, t.kept_days, s.title FROM retention t JOIN source s ON s.id = t.source_id",
    )?;
    let rows = rows.query_map([], |row| {
        Ok((read(row, "keeping", Keeping::from_word)?, (row.get("kept_days")?, row.get("title")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes how long something is kept.
pub(in crate::ledger) fn put_days(tx: &mut Tx<'_>, keeping: Keeping, days: u32, source: i64) -> Result<()> {
    let (uid, on) = (tx.uid(), tx.today.to_string());
    tx.conn()
        .prepare_cached(
            "INSERT INTO retention (uid, keeping, kept_days, on_date, source_id) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (keeping) DO UPDATE SET kept_days = excluded.kept_days, on_date = excluded.on_date, \
             source_id = excluded.source_id",
        )?
        .execute(params![uid, keeping.as_str(), days, on, source])?;
    Ok(())
}

/// Takes that away: the program's own number of days holds again.
pub(in crate::ledger) fn remove_days(tx: &Tx<'_>, keeping: Keeping) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM retention WHERE keeping = ?1")?.execute([keeping.as_str()])?;
    Ok(())
}

/// Whose deletion a rule stops: until when, by which rule.
pub(in crate::ledger) struct Held {
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) until: NaiveDate,
    pub(in crate::ledger) basis: String,
    /// The day this was written down.
    pub(in crate::ledger) on: NaiveDate,
}

/// All of them, the earliest end first.
pub(in crate::ledger) fn holds(conn: &Connection) -> Result<Vec<Held>> {
    let mut rows = conn
        .prepare_cached("SELECT resident_id, held_until, basis, on_date FROM hold ORDER BY held_until, resident_id")?;
    let rows = rows.query_map([], |row| {
        Ok(Held {
            resident: row.get("resident_id")?,
            until: read(row, "held_until", date)?,
            basis: row.get("basis")?,
            on: read(row, "on_date", date)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes that a rule stops the deletion of a record.
pub(in crate::ledger) fn put_hold(tx: &mut Tx<'_>, resident: i64, until: NaiveDate, basis: &str) -> Result<()> {
    let (uid, on) = (tx.uid(), tx.today.to_string());
    tx.conn()
        .prepare_cached(
            "INSERT INTO hold (uid, resident_id, held_until, basis, on_date) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (resident_id) DO UPDATE SET held_until = excluded.held_until, basis = excluded.basis, \
             on_date = excluded.on_date",
        )?
        .execute(params![uid, resident, until.to_string(), basis, on])?;
    Ok(())
}

/// Takes that away.
pub(in crate::ledger) fn remove_hold(tx: &Tx<'_>, resident: i64) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM hold WHERE resident_id = ?1")?.execute([resident])?;
    Ok(())
}
