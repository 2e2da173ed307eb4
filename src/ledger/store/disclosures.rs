//! What left: one row a paper, newest first. And the counter of slips, which no log knows.

use rusqlite::{Connection, params};

use crate::ledger::error::Result;
use crate::ledger::handouts::DisclosureRow;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Writes one down.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, row: &DisclosureRow) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO disclosure (uid, on_date, paper, format, programme, recipient, purpose, columns, rows) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            uid,
            row.on.to_string(),
            row.paper,
            row.format,
            row.programme,
            row.recipient,
            row.purpose,
            row.columns,
            i64::try_from(row.rows).unwrap_or(i64::MAX),
        ])?;
    Ok(())
}

/// The newest ones.
pub(in crate::ledger) fn newest(conn: &Connection, limit: u32) -> Result<Vec<DisclosureRow>> {
    read_rows(conn, "1", (limit, ""))
}

/// Those of a year, newest first.
pub(in crate::ledger) fn of_year(conn: &Connection, year: i32) -> Result<Vec<DisclosureRow>> {
    read_rows(conn, "substr(on_date, 1, 4) = ?2", (u32::MAX, &year.to_string()))
}

fn read_rows(conn: &Connection, which: &str, (limit, year): (u32, &str)) -> Result<Vec<DisclosureRow>> {
    let mut rows = conn.prepare_cached(&format!(
        "SELECT uid, on_date, paper, format, programme, recipient, purpose, columns, rows FROM disclosure \
         WHERE {which} AND ?2 IS NOT NULL ORDER BY id DESC LIMIT ?1"
    ))?;
    let mut rows = rows.query(params![limit, year])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let count: i64 = row.get("rows")?;
        found.push(DisclosureRow {
            uid: row.get("uid")?,
            on: read(row, "on_date", date)?,
            paper: row.get("paper")?,
            format: row.get("format")?,
            programme: row.get("programme")?,
            recipient: row.get("recipient")?,
            purpose: row.get("purpose")?,
            columns: row.get("columns")?,
            rows: u64::try_from(count).unwrap_or(0),
        });
    }
    Ok(found)
}

/// Counts slips that were printed in a month (2026-11), or fewer where some were misprints; never below none.
pub(in crate::ledger) fn count_slips(conn: &Connection, programme: &str, month: &str, slips: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO slip_counter (programme, month, printed) VALUES (?1, ?2, max(?3, 0)) \
         ON CONFLICT (programme, month) DO UPDATE SET printed = max(printed + ?3, 0)",
    )?
    .execute(params![programme, month, slips])?;
    Ok(())
}

/// How many slips were printed in a month (2026-11) or in a year (2026).
pub(in crate::ledger) fn slips(conn: &Connection, programme: &str, time: &str) -> Result<u64> {
    let printed: i64 = conn
        .prepare_cached(
            "SELECT coalesce(sum(printed), 0) FROM slip_counter WHERE programme = ?1 AND month LIKE ?2 || '%'",
        )?
        .query_row([programme, time], |row| row.get(0))?;
    Ok(u64::try_from(printed).unwrap_or(0))
}
