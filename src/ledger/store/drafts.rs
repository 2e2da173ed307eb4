//! Drafts of open forms; outside the change log.

use rusqlite::{Connection, params};

use crate::ledger::drafts::Draft;
use crate::ledger::error::Result;

/// All drafts, the latest first.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<Vec<Draft>> {
    let mut rows =
        conn.prepare_cached("SELECT form, about, value, kept_at FROM draft ORDER BY kept_at DESC, form, about")?;
    let rows = rows.query_map([], |row| {
        Ok(Draft {
            form: row.get("form")?,
            about: row.get("about")?,
            value: row.get("value")?,
            kept_at: row.get("kept_at")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a draft in the place of the one before.
pub(in crate::ledger) fn put(conn: &Connection, form: &str, about: &str, value: &str, at: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO draft (form, about, value, kept_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (form, about) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at",
    )?
    .execute(params![form, about, value, at])?;
    Ok(())
}

/// Throws a draft away.
pub(in crate::ledger) fn remove(conn: &Connection, form: &str, about: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE form = ?1 AND about = ?2")?.execute([form, about])?;
    Ok(())
}
