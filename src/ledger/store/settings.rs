//! What this device remembers. Outside the change log.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::error::Result;

/// The remembered value.
pub(in crate::ledger) fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    Ok(conn
        .prepare_cached("SELECT value FROM local_setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Forgets a value.
pub(in crate::ledger) fn remove(conn: &Connection, key: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM local_setting WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// Remembers a value.
pub(in crate::ledger) fn set(conn: &Connection, key: &str, value: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO local_setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, value])?;
    Ok(())
}
