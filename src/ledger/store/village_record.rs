//! The village's own record: four tables that are alike, each with a day and a few texts.

use rusqlite::{Connection, params_from_iter};

use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// The entries of a kind, the latest first.
pub(in crate::ledger) fn all(conn: &Connection, kind: RecordKind) -> Result<Vec<Entry>> {
    let columns = kind.columns();
    let sql =
        format!("SELECT uid, on_date, {} FROM {} ORDER BY on_date DESC, id DESC", columns.join(", "), kind.table());
    let mut rows = conn.prepare_cached(&sql)?;
    let rows = rows.query_map([], |row| {
        let texts = columns.iter().map(|column| row.get(*column)).collect::<rusqlite::Result<_>>()?;
        Ok(Entry { uid: row.get("uid")?, on: read(row, "on_date", date)?, texts })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes an entry, new or over the one with its uid; false where there is none of that uid.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, kind: RecordKind, entry: &Entry) -> Result<bool> {
    let columns = kind.columns();
    let is_new = entry.uid.is_empty();
    let uid = if is_new { tx.uid() } else { entry.uid.clone() };
    let values = [uid, entry.on.to_string()].into_iter().chain(entry.texts.iter().cloned());
    let sql = if is_new {
        let places: Vec<String> = (3..columns.len() + 3).map(|at| format!("?{at}")).collect();
        let (table, names) = (kind.table(), columns.join(", "));
        format!("INSERT INTO {table} (uid, on_date, {names}) VALUES (?1, ?2, {})", places.join(", "))
    } else {
        let sets = columns.iter().zip(3..).map(|(column, at)| format!("{column} = ?{at}"));
        format!("UPDATE {} SET on_date = ?2, {} WHERE uid = ?1", kind.table(), sets.collect::<Vec<_>>().join(", "))
    };
    Ok(tx.conn().prepare_cached(&sql)?.execute(params_from_iter(values))? > 0)
}

/// Takes an entry away; false where there is none of that uid.
pub(in crate::ledger) fn remove(tx: &Tx<'_>, kind: RecordKind, uid: &str) -> Result<bool> {
    let sql = format!("DELETE FROM {} WHERE uid = ?1", kind.table());
    Ok(tx.conn().prepare_cached(&sql)?.execute([uid])? > 0)
}
