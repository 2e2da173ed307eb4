//! The schema and the numbered steps to it from older ones.

use rusqlite::Connection;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::{Progress, Unwatched};

/// The schema as it is now, and the data dictionary.
const SCHEMA: &str = include_str!("../../../schema.sql");

/// The steps from version 1 on: `STEPS[0]` leads from 1 to 2. A step adds tables or lays one out anew with the same
/// columns, never adds a column to a table of record: the history's commitments cover whole rows.
const STEPS: &[&str] = &[
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
    include_str!("migrations/5.sql"),
    include_str!("migrations/6.sql"),
    include_str!("migrations/7.sql"),
];

/// The version that this program reads and writes.
pub(in crate::ledger) const VERSION: u32 = 1 + STEPS.len() as u32;

/// Lays out a new file.
pub(in crate::ledger) fn create(conn: &mut Connection) -> Result<()> {
    let tx = conn.transaction()?;
    tx.execute_batch(SCHEMA)?;
    Ok(tx.commit()?)
}

/// Whether an older file needs steps before it can be used.
pub(in crate::ledger) fn is_behind(conn: &Connection) -> Result<bool> {
    let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(version < VERSION)
}

/// Brings a copy up where it is behind: what may be done without a backup.
pub(in crate::ledger) fn bring_up(copy: &mut Connection) -> Result<()> {
    if is_behind(copy)? { migrate(copy, &Unwatched) } else { Ok(()) }
}

/// Brings an older file up in one transaction; the caller has made a verified backup before.
///
/// # Errors
/// The disk, damage, cancelled: then the file is as it was.
pub(in crate::ledger) fn migrate(conn: &mut Connection, progress: &dyn Progress) -> Result<()> {
    let tx = conn.transaction()?;
    let version: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let steps = &STEPS[(version.saturating_sub(1) as usize).min(STEPS.len())..];
    for (done, step) in steps.iter().enumerate() {
        if progress.at(done as u64, steps.len() as u64).is_break() {
            return Err(LedgerError::cancelled());
        }
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(tx.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_carries_the_version_of_the_last_step() {
        let mut conn = Connection::open_in_memory().expect("memory");
        create(&mut conn).expect("the schema is valid");
        let version: u32 = conn.query_row("PRAGMA user_version", [], |r| r.get(0)).expect("a number");
        assert_eq!(version, VERSION);
        assert!(!is_behind(&conn).expect("readable"));
    }
}
