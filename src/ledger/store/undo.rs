//! Taking a change back: what stood before is put back, rows in reverse order, unless something stands there now that
//! came later. Nothing is ever removed through a cascade here: a row that others still point at is kept.

use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use serde_json::{Map, Value};

use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::store::change_log::Recorded;
use crate::ledger::store::transact::Tx;

/// What to do with a row that was edited since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Edited {
    /// Refuse the whole, showing both values.
    Refuse,
    /// Leave the row as it is and list it.
    Keep,
}

/// A row that was left as it is because it was edited, or is used, since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) table: String,
    pub(in crate::ledger) uid: String,
}

struct Noted {
    id: i64,
    table: String,
    uid: String,
    kind: String,
    before: Option<String>,
}

/// Rows read from the log at a time, so that taking back a large import needs little memory.
const BATCH: i64 = 5_000;

/// Puts back what stood before `change`.
pub(in crate::ledger) fn revert(
    tx: &mut Tx<'_>,
    change: i64,
    edited: Edited,
    progress: &dyn Progress,
) -> Result<Vec<Kept>> {
    tx.conn().execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let total: i64 =
        tx.conn().query_row("SELECT count(*) FROM change_row WHERE change_id = ?1", [change], |r| r.get(0))?;
    let (mut kept, mut done, mut below) = (Vec::new(), 0, i64::MAX);
    loop {
        let rows = noted_below(tx.conn(), change, below)?;
        let Some(last) = rows.last() else { return Ok(kept) };
        below = last.id;
        for row in rows {
            if !revert_row(tx, &row, edited)? && kept.last().is_none_or(|k: &Kept| k.uid != row.uid) {
                kept.push(Kept { table: row.table, uid: row.uid });
            }
            done += 1;
        }
        if let ControlFlow::Break(()) = progress.at(done, total.unsigned_abs()) {
            return Err(LedgerError::cancelled());
        }
    }
}

fn noted_below(conn: &Connection, change: i64, below: i64) -> Result<Vec<Noted>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, table_name, row_uid, kind, before FROM change_row \
         WHERE change_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = rows.query_map(params![change, below, BATCH], |row| {
        Ok(Noted {
            id: row.get("id")?,
            table: row.get("table_name")?,
            uid: row.get("row_uid")?,
            kind: row.get("kind")?,
            before: row.get("before")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the row was put back; `false` means it was kept.
fn revert_row(tx: &Tx<'_>, noted: &Noted, edited: Edited) -> Result<bool> {
    let recorded = tx
        .recorded()
        .iter()
        .find(|r| r.table == noted.table)
        .ok_or_else(|| LedgerError::damaged("error-chain-broken"))?;
    let now = current(tx.conn(), recorded, &noted.uid)?;
    match (noted.kind.as_str(), now) {
        ("delete", None) => insert(tx.conn(), recorded, &parsed(noted)?).map(|()| true),
        ("update", Some(now)) => revert_update(tx.conn(), recorded, noted, &now, edited),
        ("insert", Some(now)) => revert_insert(tx, recorded, noted, &now, edited),
        ("insert", None) if edited == Edited::Keep => Ok(true),
        _ => refuse_or_keep(edited, LedgerError::refused("error-undo-gone")),
    }
}

fn revert_insert(
    tx: &Tx<'_>,
    recorded: &Recorded,
    noted: &Noted,
    now: &Map<String, Value>,
    edited: Edited,
) -> Result<bool> {
    let after = after_of(tx.conn(), noted, now)?;
    if let Some((column, value)) = now.iter().find(|(column, value)| after.get(*column) != Some(value)) {
        return refuse_or_keep(edited, changed_since(column, value, after.get(column)));
    }
    if is_used(tx, recorded, now)? {
        return refuse_or_keep(edited, LedgerError::refused("error-undo-used"));
    }
    let sql = format!("DELETE FROM {} WHERE uid = ?1", recorded.table);
    tx.conn().prepare_cached(&sql)?.execute([&noted.uid])?;
    Ok(true)
}

fn revert_update(
    conn: &Connection,
    recorded: &Recorded,
    noted: &Noted,
    now: &Map<String, Value>,
    edited: Edited,
) -> Result<bool> {
    let before = parsed(noted)?;
    let after = after_of(conn, noted, now)?;
    let mut whole = true;
    for (column, value) in &before {
        let (now, then) = (now.get(column).unwrap_or(&Value::Null), after.get(column));
        if then != Some(now) {
            refuse_or_keep(edited, changed_since(column, now, then))?;
            whole = false;
            continue;
        }
        let known = recorded.columns.iter().find(|c| *c == column);
        let column = known.ok_or_else(|| LedgerError::damaged("error-chain-broken"))?;
        let sql = format!("UPDATE {} SET \"{column}\" = ?1 WHERE uid = ?2", recorded.table);
        conn.prepare_cached(&sql)?.execute(params![to_sql(value), noted.uid])?;
    }
    Ok(whole)
}

fn refuse_or_keep(edited: Edited, refusal: LedgerError) -> Result<bool> {
    match edited {
        Edited::Refuse => Err(refusal),
        Edited::Keep => Ok(false),
    }
}

fn changed_since(column: &str, now: &Value, then: Option<&Value>) -> LedgerError {
    let shown = |value: Option<&Value>| match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let message = Message::new("error-undo-changed")
        .word("field", format!("column-{}", column.replace('_', "-")))
        .text("now", shown(Some(now)))
        .text("then", shown(then));
    LedgerError::new(ErrorKind::Refused, message)
}

/// What stood in the row right after the noted write: today's values, walked backwards over what came later.
fn after_of(conn: &Connection, noted: &Noted, now: &Map<String, Value>) -> Result<Map<String, Value>> {
    let mut after = now.clone();
    let mut later = conn.prepare_cached(
        "SELECT before FROM change_row WHERE row_uid = ?1 AND id > ?2 AND table_name = ?3 AND before IS NOT NULL ORDER BY id DESC",
    )?;
    let mut later = later.query(params![noted.uid, noted.id, noted.table])?;
    while let Some(row) = later.next()? {
        let text: String = row.get("before")?;
        after.extend(object(&text)?);
    }
    Ok(after)
}

/// Whether other rows still point at this one. Children written by the same change are already gone: they came later.
fn is_used(tx: &Tx<'_>, recorded: &Recorded, now: &Map<String, Value>) -> Result<bool> {
    let Some(id) = now.get("id").and_then(Value::as_i64) else { return Ok(false) };
    for child in tx.recorded() {
        let mut keys =
            tx.conn().prepare_cached("SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE \"table\" = ?2")?;
        let columns = keys.query_map([&child.table, &recorded.table], |row| row.get::<_, String>(0))?;
        for column in columns {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {} WHERE \"{}\" = ?1)", child.table, column?);
            if tx.conn().prepare_cached(&sql)?.query_row([id], |row| row.get(0))? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The row as it stands, every column.
pub(in crate::ledger::store) fn current(
    conn: &Connection,
    recorded: &Recorded,
    uid: &str,
) -> Result<Option<Map<String, Value>>> {
    let pairs: Vec<String> = recorded.columns.iter().map(|c| format!("'{c}', \"{c}\"")).collect();
    let sql = format!("SELECT json_object({}) FROM {} WHERE uid = ?1", pairs.join(", "), recorded.table);
    let text: Option<String> = conn.prepare_cached(&sql)?.query_row([uid], |row| row.get(0)).optional()?;
    text.map(|text| object(&text)).transpose()
}

fn insert(conn: &Connection, recorded: &Recorded, row: &Map<String, Value>) -> Result<()> {
    let columns: Vec<String> = recorded.columns.iter().map(|c| format!("\"{c}\"")).collect();
    let marks: Vec<String> = (1..=columns.len()).map(|i| format!("?{i}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", recorded.table, columns.join(", "), marks.join(", "));
    let values = recorded.columns.iter().map(|c| to_sql(row.get(c).unwrap_or(&Value::Null)));
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn parsed(noted: &Noted) -> Result<Map<String, Value>> {
    object(noted.before.as_deref().ok_or_else(|| LedgerError::refused("error-undo-purged"))?)
}

/// The columns of a noted row.
pub(in crate::ledger::store) fn object(text: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(text).map_err(|_| LedgerError::damaged("error-chain-broken"))
}

fn to_sql(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(b) => Sql::Integer(i64::from(*b)),
        Value::Number(n) => n.as_i64().map_or_else(|| n.as_f64().map_or(Sql::Null, Sql::Real), Sql::Integer),
        Value::String(text) => Sql::Text(text.clone()),
        other => Sql::Text(other.to_string()),
    }
}

/// What a kept row is called: a person's or a group's name, a source's title; empty where it has none or is gone.
pub(in crate::ledger) fn name_of(conn: &Connection, kept: &Kept) -> Result<String> {
    let sql = match kept.table.as_str() {
        "resident" => "SELECT name FROM resident WHERE uid = ?1",
        "fact" => "SELECT r.name FROM fact x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "offer" => "SELECT r.name FROM offer x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "service" => "SELECT r.name FROM service x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "household" => "SELECT number FROM household WHERE uid = ?1",
        "village_group" => "SELECT name FROM village_group WHERE uid = ?1",
        "source" => "SELECT title FROM source WHERE uid = ?1",
        _ => return Ok(String::new()),
    };
    Ok(conn.query_row(sql, [&kept.uid], |row| row.get(0)).optional()?.unwrap_or_default())
}
