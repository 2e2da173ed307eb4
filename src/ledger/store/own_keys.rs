//! The keys by which a ledger signs and is sealed for. Outside the change log: no secret belongs in a history.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::error::Result;

/// The age identity and the seed of the signing key.
pub(in crate::ledger) fn get(conn: &Connection) -> Result<Option<(String, String)>> {
    let mut rows = conn.prepare_cached("SELECT sealing, signing FROM own_key WHERE id = 1")?;
    Ok(rows.query_row([], |row| Ok((row.get("sealing")?, row.get("signing")?))).optional()?)
}

/// Keeps them, where there are none.
pub(in crate::ledger) fn put(conn: &Connection, sealing: &str, signing: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO own_key (id, sealing, signing) VALUES (1, ?1, ?2) ON CONFLICT (id) DO NOTHING")?
        .execute(params![sealing, signing])?;
    Ok(())
}
