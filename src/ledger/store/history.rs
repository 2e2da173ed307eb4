//! Reading the change log: what was done, what is in effect, what can be taken back.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow};

/// Operations that put back or redo; they are never themselves the next thing to undo.
const TURNS: [&str; 2] = ["undo", "redo"];
/// Operations that no undo reaches: the beginning of the ledger.
const FINAL: [&str; 2] = ["init", "demo"];

/// The present revision: the id of the last change.
pub(in crate::ledger) fn revision(conn: &Connection) -> Result<i64> {
    Ok(conn.prepare_cached("SELECT coalesce(max(id), 0) FROM change")?.query_row([], |row| row.get(0))?)
}

/// The hash at the head of the chain, in hexadecimal.
pub(in crate::ledger) fn chain_head(conn: &Connection) -> Result<String> {
    let head: Option<String> =
        conn.query_row("SELECT hex(hash) FROM change ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).optional()?;
    Ok(head.unwrap_or_default())
}

/// Changes that are taken back at present. A change is, if one that is itself in effect undoes it.
fn taken_back(conn: &Connection) -> Result<HashSet<i64>> {
    let mut pairs = conn.prepare_cached("SELECT id, undoes FROM change WHERE undoes IS NOT NULL ORDER BY id DESC")?;
    let pairs = pairs.query_map([], |row| Ok((row.get::<_, i64>("id")?, row.get::<_, i64>("undoes")?)))?;
    let mut dead = HashSet::new();
    for pair in pairs {
        let (id, undoes) = pair?;
        if !dead.contains(&id) {
            dead.insert(undoes);
        }
    }
    Ok(dead)
}

/// Changes that record a decline, or take one back or put it back.
fn about_declines(conn: &Connection) -> Result<HashSet<i64>> {
    let mut ids = conn.prepare_cached(
        "WITH RECURSIVE declined (id) AS (SELECT id FROM change WHERE op = 'decline' \
         UNION SELECT c.id FROM declined d JOIN change c ON c.undoes = d.id) SELECT id FROM declined",
    )?;
    let ids = ids.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// The changes, the latest first. Who declined is told by no list: unless the history of one person is asked for,
/// such a change is called an answer and names nobody.
pub(in crate::ledger) fn changes(conn: &Connection, filter: &ChangeFilter) -> Result<Vec<ChangeRow>> {
    let mut rows = changes_in_full(conn, filter)?;
    if filter.about.is_none() {
        let declines = about_declines(conn)?;
        for row in rows.iter_mut().filter(|row| declines.contains(&row.id)) {
            (row.about, row.name) = (String::new(), String::new());
            if row.op == "decline" {
                row.op = "answer".to_owned();
            }
        }
    }
    Ok(rows)
}

/// The changes as they are, for naming the step that was just taken.
pub(in crate::ledger) fn changes_in_full(conn: &Connection, filter: &ChangeFilter) -> Result<Vec<ChangeRow>> {
    let dead = taken_back(conn)?;
    let mut rows = conn.prepare_cached(
        "SELECT c.id, c.uid, c.at, c.by, c.op, c.note, c.count, c.about, coalesce(r.name, '') AS name, u.uid AS undoes \
         FROM change c LEFT JOIN resident r ON r.uid = c.about LEFT JOIN change u ON u.id = c.undoes \
         WHERE (?1 = '' OR c.about = ?1) AND c.id < ?2 ORDER BY c.id DESC LIMIT ?3",
    )?;
    let before = filter.before.unwrap_or(i64::MAX);
    let rows =
        rows.query_map((filter.about.as_deref().unwrap_or(""), before, filter.limit), |row| change_row(row, &dead))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn change_row(row: &Row<'_>, dead: &HashSet<i64>) -> rusqlite::Result<ChangeRow> {
    let id: i64 = row.get("id")?;
    let op: String = row.get("op")?;
    Ok(ChangeRow {
        id,
        uid: row.get("uid")?,
        at: row.get("at")?,
        by: row.get("by")?,
        note: row.get("note")?,
        count: row.get("count")?,
        about: row.get("about")?,
        name: row.get("name")?,
        undoes: row.get("undoes")?,
        taken_back: dead.contains(&id),
        can_be_taken_back: !FINAL.contains(&op.as_str()) && !dead.contains(&id),
        op,
    })
}

/// The change that undo would take back: the latest in effect that is not itself an undo or redo.
pub(in crate::ledger) fn undo_target(conn: &Connection) -> Result<Option<i64>> {
    let dead = taken_back(conn)?;
    let mut rows = conn.prepare_cached("SELECT id, op FROM change ORDER BY id DESC")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (id, op): (i64, String) = (row.get("id")?, row.get("op")?);
        if FINAL.contains(&op.as_str()) {
            return Ok(None);
        }
        if !TURNS.contains(&op.as_str()) && !dead.contains(&id) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The undo that redo would take back: the latest in effect, if nothing else was done since.
pub(in crate::ledger) fn redo_target(conn: &Connection) -> Result<Option<i64>> {
    let dead = taken_back(conn)?;
    let mut rows = conn.prepare_cached("SELECT id, op FROM change ORDER BY id DESC")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (id, op): (i64, String) = (row.get("id")?, row.get("op")?);
        match op.as_str() {
            "undo" if !dead.contains(&id) => return Ok(Some(id)),
            "undo" | "redo" => {}
            _ if dead.contains(&id) => {}
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The change with this uid.
pub(in crate::ledger) fn find(conn: &Connection, uid: &str) -> Result<Option<i64>> {
    Ok(conn.prepare_cached("SELECT id FROM change WHERE uid = ?1")?.query_row([uid], |row| row.get(0)).optional()?)
}

/// Whether a change is in effect, and may be taken back at all.
pub(in crate::ledger) fn may_be_taken_back(conn: &Connection, id: i64) -> Result<bool> {
    let op: String = conn.query_row("SELECT op FROM change WHERE id = ?1", [id], |row| row.get(0))?;
    Ok(!FINAL.contains(&op.as_str()) && !taken_back(conn)?.contains(&id))
}

/// What a change says of itself: op, about, note, count.
pub(in crate::ledger) fn described(conn: &Connection, id: i64) -> Result<(String, String, String, i64)> {
    Ok(conn.query_row("SELECT op, about, note, count FROM change WHERE id = ?1", [id], |row| {
        Ok((row.get("op")?, row.get("about")?, row.get("note")?, row.get("count")?))
    })?)
}
