//! Who looked at what is hidden. Outside the change log, and never taken back.

use rusqlite::{Connection, Row, params};

use crate::domain::look::LookReason;
use crate::ledger::error::Result;
use crate::ledger::privacy::LookRow;
use crate::ledger::store::sql_types::read;

/// Writes a look down.
fn insert(conn: &Connection, (at, by): (&str, &str), about: &str, why: LookReason) -> Result<()> {
    conn.prepare_cached("INSERT INTO access_log (at, by, about, purpose) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at, by, about, why.as_str()])?;
    Ok(())
}

/// Writes a look at several people down; within a transaction, where it is to be all of it or nothing.
pub(in crate::ledger) fn insert_all(
    conn: &Connection,
    who: (&str, &str),
    about: &[&str],
    why: LookReason,
) -> Result<()> {
    about.iter().try_for_each(|about| insert(conn, who, about, why))
}

/// The same in a transaction of its own.
pub(in crate::ledger) fn insert_together(
    conn: &mut Connection,
    who: (&str, &str),
    about: &[&str],
    why: LookReason,
) -> Result<()> {
    let tx = conn.transaction()?;
    insert_all(&tx, who, about, why)?;
    Ok(tx.commit()?)
}

/// The newest ones, of one person or of everybody. Who was deleted since has no name.
pub(in crate::ledger) fn newest(conn: &Connection, about: Option<&str>, limit: u32) -> Result<Vec<LookRow>> {
    let mut rows = conn.prepare_cached(
        "SELECT a.at, a.by, a.about, a.purpose, coalesce(r.name, '') AS name FROM access_log a \
         LEFT JOIN resident r ON r.uid = a.about WHERE ?1 IS NULL OR a.about = ?1 ORDER BY a.id DESC LIMIT ?2",
    )?;
    let rows = rows.query_map(params![about, limit], look)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn look(row: &Row<'_>) -> rusqlite::Result<LookRow> {
    Ok(LookRow {
        at: row.get("at")?,
        by: row.get("by")?,
        about: row.get("about")?,
        name: row.get("name")?,
        reason: read(row, "purpose", LookReason::from_word)?,
    })
}

/// How many there were in a year.
pub(in crate::ledger) fn in_year(conn: &Connection, year: i32) -> Result<u64> {
    let sql = "SELECT count(*) FROM access_log WHERE substr(at, 1, 4) = ?1";
    let count: i64 = conn.query_row(sql, [year.to_string()], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Removes those of before a day.
pub(in crate::ledger) fn remove_before(conn: &Connection, day: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM access_log WHERE substr(at, 1, 10) < ?1")?.execute([day])?;
    Ok(())
}
