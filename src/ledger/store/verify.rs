//! Proving the change log: every hash of the chain, and every commitment against what stood before and after.

use rusqlite::Connection;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hex::hex;
use crate::ledger::store::change_log::{Noted, Past, Recorded, chain_hash, commitment, recorded};
use crate::ledger::store::purge::Marks;
use crate::ledger::store::undo::{current, object};

/// Every page, every reference, the whole history: the number of changes proved. For a file without a write-ahead log.
pub(super) fn check(conn: &Connection) -> Result<u64> {
    if pages_authenticate(conn)? { check_content(conn) } else { Err(LedgerError::damaged("error-ledger-damaged")) }
}

/// Whether every page of the file itself authenticates. After a cut of power some may not although nothing is lost: see
/// [`Store::check`](super::Store::check).
pub(super) fn pages_authenticate(conn: &Connection) -> Result<bool> {
    Ok(pages_unread(conn)? == 0)
}

/// How many pages of the file itself do not authenticate.
pub(in crate::ledger) fn pages_unread(conn: &Connection) -> Result<u64> {
    let mut pages = conn.prepare("PRAGMA cipher_integrity_check")?;
    let (mut rows, mut count) = (pages.query([])?, 0);
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Every reference and the whole history: the number of changes proved.
pub(in crate::ledger) fn check_content(conn: &Connection) -> Result<u64> {
    let sound: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let mut dangling = conn.prepare("PRAGMA foreign_key_check")?;
    if sound != "ok" || dangling.query([])?.next()?.is_some() {
        return Err(LedgerError::damaged("error-ledger-damaged"));
    }
    verify(conn)
}

/// Recomputes the chain and the commitments; the number of changes, or the error that it does not add up.
fn verify(conn: &Connection) -> Result<u64> {
    let (changes, marks) = (verify_chain(conn)?, Marks::of(conn)?);
    for table in recorded(conn)? {
        verify_table(conn, &table, &marks)?;
    }
    Ok(changes)
}

fn verify_chain(conn: &Connection) -> Result<u64> {
    let mut changes =
        conn.prepare("SELECT id, uid, at, by, op, about, note, count, undoes, hash FROM change ORDER BY id")?;
    let mut rows = changes.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        let past = Past::read(row)?;
        if chain_hash(conn, past.id, &past.head())? != past.hash {
            return Err(broken());
        }
        seen += 1;
    }
    Ok(seen)
}

fn broken() -> LedgerError {
    LedgerError::damaged("error-chain-broken")
}

/// Walks each row of a table backwards from today and recomputes what was committed to.
fn verify_table(conn: &Connection, table: &Recorded, marks: &Marks) -> Result<()> {
    let mut rows = conn.prepare(
        "SELECT id, table_name, row_uid, kind, before, salt, commitment FROM change_row INDEXED BY change_row_by_row \
         WHERE table_name = ?1 ORDER BY row_uid, id",
    )?;
    let mut rows = rows.query([&table.table])?;
    let mut history: Vec<Noted> = Vec::new();
    while let Some(row) = rows.next()? {
        let noted = Noted::read(row)?;
        if history.last().is_some_and(|last| last.uid != noted.uid) {
            verify_row(conn, table, &history, marks)?;
            history.clear();
        }
        history.push(noted);
    }
    verify_row(conn, table, &history, marks)
}

fn verify_row(conn: &Connection, table: &Recorded, history: &[Noted], marks: &Marks) -> Result<()> {
    let Some(last) = history.last() else { return Ok(()) };
    let mut state = current(conn, table, &last.uid)?;
    for noted in history.iter().rev() {
        // Where a value was deleted for good, what stood before it can no longer be derived; the chain still holds. That it
        // was deleted for good and not merely taken out of the log, a mark says.
        let Some(salt) = &noted.salt else { return if marks.has_past_of(&last.uid)? { Ok(()) } else { Err(broken()) } };
        let before = noted.before.as_deref().map(object).transpose()?;
        let after = after_text(table, &noted.kind, before.as_ref(), state.as_ref())?;
        let expected = commitment(salt, &table.table, &noted.uid, noted.before.as_deref(), after.as_deref());
        if expected != noted.commitment {
            return Err(broken());
        }
        state = match (noted.kind.as_str(), state, before) {
            ("update", Some(mut state), Some(before)) => {
                state.extend(before);
                Some(state)
            }
            ("delete", _, before) => before,
            _ => None,
        };
    }
    Ok(())
}

/// What the trigger wrote as *after*: the whole row, the changed columns, or nothing.
pub(super) fn after_text(
    table: &Recorded,
    kind: &str,
    before: Option<&Map<String, Value>>,
    state: Option<&Map<String, Value>>,
) -> Result<Option<String>> {
    if kind == "delete" {
        return if state.is_none() { Ok(None) } else { Err(broken()) };
    }
    let state = state.ok_or_else(broken)?;
    let changed = |column: &&String| kind == "insert" || before.is_some_and(|b| b.contains_key(column.as_str()));
    let pairs: Vec<String> = table
        .columns
        .iter()
        .filter(changed)
        .map(|column| format!("\"{column}\":{}", state.get(column).unwrap_or(&Value::Null)))
        .collect();
    Ok(Some(format!("{{{}}}", pairs.join(","))))
}

/// SHA-256 over every row of every table of record, in the order of their uids, in hexadecimal. Two ledgers with the
/// same digest hold the same records, whatever their histories.
pub(in crate::ledger) fn digest(conn: &Connection) -> Result<String> {
    let mut hash = Sha256::new();
    for Recorded { table, columns } in recorded(conn)? {
        hash.update(table.as_bytes());
        let pairs: Vec<String> = columns.iter().map(|c| format!("'{c}', \"{c}\"")).collect();
        let mut rows = conn.prepare(&format!("SELECT json_object({}) FROM {table} ORDER BY uid", pairs.join(", ")))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    Ok(hex(&hash.finalize()))
}
