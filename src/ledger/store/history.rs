//! Reading the change log: what was done, what is in effect, what can be taken back.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow, ChangedHome, DaysAround};

/// Operations that put back or redo; they are never themselves the next thing to undo.
const TURNS: [&str; 2] = ["undo", "redo"];
/// Operations that no undo reaches: the beginning of the ledger.
const FINAL: [&str; 2] = ["init", "demo"];
/// What happened outside, or for good: a paper that left is not called back by taking its record away, and one that could not be
/// written has not left because its record is put back. Undo and redo pass over both.
const OUTSIDE: [&str; 18] = [
    "disclose",
    "disclose-failed",
    "look-care",
    "invite",
    "hand-up",
    "hand-up-failed",
    "receipt",
    "month-close",
    "month-adjust",
    "escrow-deposit",
    "escrow-withdraw",
    "escrow-answer",
    "escrow-open",
    "receive",
    "identity",
    "purge",
    "purge-due",
    "purge-again",
];

/// The present revision: the id of the last change.
pub(in crate::ledger) fn revision(conn: &Connection) -> Result<i64> {
    Ok(conn.prepare_cached("SELECT coalesce(max(id), 0) FROM change")?.query_row([], |row| row.get(0))?)
}

/// Whether nothing was changed since a revision but the notes of what left or was looked at.
pub(in crate::ledger) fn is_compared_still(conn: &Connection, since: i64) -> Result<bool> {
    let mut rows = conn.prepare_cached(
        "SELECT max(id) >= ?1 AND NOT EXISTS (SELECT 1 FROM change WHERE id > ?1 \
         AND op NOT IN ('disclose', 'disclose-failed', 'look-care')) FROM change",
    )?;
    Ok(rows.query_row([since], |row| row.get::<_, Option<bool>>(0))?.unwrap_or(since == 0))
}

/// The hash at the head of the chain, in hexadecimal.
pub(in crate::ledger) fn chain_head(conn: &Connection) -> Result<String> {
    let head: Option<String> =
        conn.query_row("SELECT hex(hash) FROM change ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).optional()?;
    Ok(head.unwrap_or_default())
}

/// The hash of a change, in hexadecimal; none where there is no such change.
pub(in crate::ledger) fn hash_of(conn: &Connection, change: i64) -> Result<Option<String>> {
    Ok(conn.query_row("SELECT hex(hash) FROM change WHERE id = ?1", [change], |row| row.get(0)).optional()?)
}

/// How many changes there were since one, but for what was written down about handing up itself.
pub(in crate::ledger) fn told_since(conn: &Connection, since: i64) -> Result<i64> {
    let mut rows = conn.prepare_cached(
        "SELECT count(*) FROM change WHERE id > ?1 AND op NOT IN ('hand-up', 'hand-up-failed', 'receipt', 'enrol')",
    )?;
    Ok(rows.query_row([since], |row| row.get(0))?)
}

/// Whether a change is taken back at present: one that is itself in effect undoes it. Only what undoes it is looked at,
/// never the whole log.
pub(in crate::ledger::store) fn is_taken_back(conn: &Connection, change: i64) -> Result<bool> {
    let mut undoing = conn.prepare_cached("SELECT id FROM change WHERE undoes = ?1 ORDER BY id")?;
    let mut undone_by = |change: i64| -> Result<Vec<i64>> {
        Ok(undoing.query_map([change], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    // All that undoes it, and what undoes that; each later than what it undoes, so the latest can be decided first.
    let mut chain: Vec<(i64, i64)> = Vec::new();
    let mut open = vec![change];
    while let Some(at) = open.pop() {
        for by in undone_by(at)? {
            chain.push((by, at));
            open.push(by);
        }
    }
    chain.sort_unstable_by_key(|(by, _)| std::cmp::Reverse(*by));
    let mut dead = HashSet::new();
    for (by, undoes) in chain {
        if !dead.contains(&by) {
            dead.insert(undoes);
        }
    }
    Ok(dead.contains(&change))
}

/// Whether all that a change did concerned what was deleted for good since: nothing of it can be put back.
fn is_gone(conn: &Connection, change: i64) -> Result<bool> {
    let mut rows = conn.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM change_row WHERE change_id = ?1 AND salt IS NOT NULL) \
         AND EXISTS (SELECT 1 FROM change_row WHERE change_id = ?1)",
    )?;
    Ok(rows.query_row([change], |row| row.get(0))?)
}

/// What names nobody outside the history of whom it is about, and what it is called there: that somebody wants nothing,
/// withdrew, was refused or took an application back is nobody else's to read in a list.
const QUIET: [(&str, &str); 5] = [
    ("decline", "answer"),
    ("appointment-out", "answer"),
    ("consent-withdraw", "consent"),
    ("apply-refuse", "apply"),
    ("apply-take-back", "apply"),
];

fn quiet(op: &str) -> Option<&'static str> {
    QUIET.iter().find(|(of, _)| *of == op).map(|(_, called)| *called)
}

/// Whether a change is such a one, or takes one back or puts it back.
fn is_quiet(conn: &Connection, change: i64) -> Result<bool> {
    let mut rows = conn.prepare_cached("SELECT op, undoes FROM change WHERE id = ?1")?;
    let mut at = Some(change);
    while let Some(id) = at {
        let (op, undoes): (String, Option<i64>) =
            rows.query_row([id], |row| Ok((row.get("op")?, row.get("undoes")?)))?;
        if quiet(&op).is_some() {
            return Ok(true);
        }
        at = undoes;
    }
    Ok(false)
}

/// The days beside this one on which something was done; told by the days alone, as a clock that once stood wrong leaves
/// later changes with earlier days.
pub(in crate::ledger) fn days_around(conn: &Connection, on: NaiveDate) -> Result<DaysAround> {
    let day = |sql: &str| -> Result<Option<NaiveDate>> {
        let day: Option<String> = conn.prepare_cached(sql)?.query_row([on.to_string()], |row| row.get("day"))?;
        Ok(day.and_then(|day| day.parse().ok()))
    };
    Ok(DaysAround {
        before: day("SELECT max(substr(at, 1, 10)) AS day FROM change WHERE substr(at, 1, 10) < ?1")?,
        after: day("SELECT min(substr(at, 1, 10)) AS day FROM change WHERE substr(at, 1, 10) > ?1")?,
    })
}

/// The changes, the latest first. Who declined is told by no list, nor who withdrew, was refused or took an application
/// back: such a change has a plain name and names nobody, but in the history of whom it is about.
pub(in crate::ledger) fn changes(conn: &Connection, filter: &ChangeFilter) -> Result<Vec<ChangeRow>> {
    let mut rows = changes_in_full(conn, filter)?;
    for row in rows.iter_mut().filter(|row| filter.about.as_deref() != Some(row.about.as_str())) {
        if !is_quiet(conn, row.id)? {
            continue;
        }
        (row.about, row.name) = (String::new(), String::new());
        if let Some(called) = quiet(&row.op) {
            row.op = called.to_owned();
        }
    }
    Ok(rows)
}

/// The changes as they are, for naming the step that was just taken.
pub(in crate::ledger) fn changes_in_full(conn: &Connection, filter: &ChangeFilter) -> Result<Vec<ChangeRow>> {
    let (about, before) = (filter.about.as_deref().unwrap_or(""), filter.before.unwrap_or(i64::MAX));
    let day = filter.on.map_or_else(String::new, |on| on.to_string());
    // Statements of their own: one with OR would walk the whole log for the few steps of one person or day.
    let narrowed = match (about.is_empty(), day.is_empty()) {
        (true, true) => "c.about >= ?1 AND ?3 = ''",
        (true, false) => "c.about >= ?1 AND substr(c.at, 1, 10) = ?3",
        (false, true) => concat!("c.id IN (", include_str!("sql/changes_of.sql"), ") AND ?3 = ''"),
        (false, false) => concat!("c.id IN (", include_str!("sql/changes_of.sql"), ") AND substr(c.at, 1, 10) = ?3"),
    };
    let mut rows = conn.prepare_cached(&format!(
        "SELECT c.id, c.uid, c.at, c.by, c.op, c.note, c.count, c.about, coalesce(r.name, '') AS name, u.uid AS undoes, \
         g.name AS home_group, h.number AS home_number \
         FROM change c LEFT JOIN resident r ON r.uid = c.about LEFT JOIN change u ON u.id = c.undoes \
         LEFT JOIN household h ON h.uid = c.about LEFT JOIN village_group g ON g.id = h.group_id \
         WHERE {narrowed} AND c.id < ?2 ORDER BY c.id DESC LIMIT ?4"
    ))?;
    let rows = rows.query_map((about, before, day, filter.limit), change_row)?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<ChangeRow>>>()?;
    for row in &mut rows {
        row.taken_back = is_taken_back(conn, row.id)?;
        row.can_be_taken_back = is_undoable(&row.op) && !row.taken_back && !is_gone(conn, row.id)?;
    }
    Ok(rows)
}

/// A change, but for whether it is taken back.
fn change_row(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        id: row.get("id")?,
        uid: row.get("uid")?,
        at: row.get("at")?,
        by: row.get("by")?,
        op: row.get("op")?,
        note: row.get("note")?,
        count: row.get("count")?,
        about: row.get("about")?,
        name: row.get("name")?,
        home: home(row)?,
        undoes: row.get("undoes")?,
        taken_back: false,
        can_be_taken_back: false,
    })
}

fn home(row: &Row<'_>) -> rusqlite::Result<Option<ChangedHome>> {
    let group: Option<String> = row.get("home_group")?;
    group.map(|group| Ok(ChangedHome { group, number: row.get("home_number")? })).transpose()
}

/// The change that undo would take back: the latest in effect that is not itself an undo or redo.
pub(in crate::ledger) fn undo_target(conn: &Connection) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached("SELECT id, op FROM change ORDER BY id DESC")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (id, op): (i64, String) = (row.get("id")?, row.get("op")?);
        if FINAL.contains(&op.as_str()) {
            return Ok(None);
        }
        let passed_over = TURNS.contains(&op.as_str()) || OUTSIDE.contains(&op.as_str());
        if !passed_over && !is_taken_back(conn, id)? && !is_gone(conn, id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn is_undoable(op: &str) -> bool {
    !FINAL.contains(&op) && !OUTSIDE.contains(&op)
}

/// The undo that redo would take back: the latest in effect, if nothing else was done since.
pub(in crate::ledger) fn redo_target(conn: &Connection) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached("SELECT id, op FROM change ORDER BY id DESC")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (id, op): (i64, String) = (row.get("id")?, row.get("op")?);
        match op.as_str() {
            "undo" if !is_taken_back(conn, id)? && !is_gone(conn, id)? => return Ok(Some(id)),
            "undo" | "redo" => {}
            outside if OUTSIDE.contains(&outside) => {}
            _ if is_taken_back(conn, id)? || is_gone(conn, id)? => {}
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
    Ok(is_undoable(&op) && !is_taken_back(conn, id)? && !is_gone(conn, id)?)
}

/// What a change says of itself: op, about, note, count.
pub(in crate::ledger) fn described(conn: &Connection, id: i64) -> Result<(String, String, String, i64)> {
    Ok(conn.query_row("SELECT op, about, note, count FROM change WHERE id = ?1", [id], |row| {
        Ok((row.get("op")?, row.get("about")?, row.get("note")?, row.get("count")?))
    })?)
}

/// How many steps of deletion for good there were in a year.
pub(in crate::ledger) fn purges_in(conn: &Connection, year: i32) -> Result<u64> {
    let mut rows = conn.prepare_cached(
        "SELECT count(*) FROM change WHERE op IN ('purge', 'purge-due', 'purge-again') AND substr(at, 1, 4) = ?1",
    )?;
    let count: i64 = rows.query_row([year.to_string()], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
