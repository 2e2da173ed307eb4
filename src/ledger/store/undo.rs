//! Taking a change back: what stood before is put back, rows in reverse order, unless something stands there now that
//! came later. Nothing is ever removed through a cascade here: a row that others still point at is kept.

use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use serde_json::{Map, Value};

use crate::domain::message::Message;
use crate::domain::resident::FactKind;
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
    /// What stood here was deleted for good.
    purged: bool,
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
            // What was deleted for good stays so; the rest of the change is put back.
            if !row.purged && !revert_row(tx, &row, edited)? && kept.last().is_none_or(|k: &Kept| k.uid != row.uid) {
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
        "SELECT id, table_name, row_uid, kind, before, salt IS NULL AS purged FROM change_row \
         WHERE change_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = rows.query_map(params![change, below, BATCH], |row| {
        Ok(Noted {
            id: row.get("id")?,
            table: row.get("table_name")?,
            uid: row.get("row_uid")?,
            kind: row.get("kind")?,
            before: row.get("before")?,
            purged: row.get("purged")?,
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
        return refuse_or_keep(edited, changed_since((&recorded.table, column), value, after.get(column)));
    }
    if is_used(tx, recorded, now)? {
        return refuse_or_keep(edited, LedgerError::refused("error-undo-used"));
    }
    if edited == Edited::Keep && belongs_to_kept(tx, recorded, noted, now)? {
        return Ok(true);
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
            refuse_or_keep(edited, changed_since((&recorded.table, column), now, then))?;
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

/// Shows both values in words; numbers that mean something only inside the file are not shown.
fn changed_since((table, column): (&str, &str), now: &Value, then: Option<&Value>) -> LedgerError {
    let field = match (table, column) {
        // What people are called by is another word than what things are.
        ("campaign" | "holiday", "name") => "column-title".to_owned(),
        _ => format!("column-{}", column.replace('_', "-")),
    };
    let then = then.unwrap_or(&Value::Null);
    let message = match (shown((table, column), now), shown((table, column), then)) {
        (Some(now), Some(then)) => {
            let message = Message::new("error-undo-changed").word("field", field);
            with_value(with_value(message, "now", now), "then", then)
        }
        _ => Message::new("error-undo-changed-since").word("field", field),
    };
    LedgerError::new(ErrorKind::Refused, message)
}

/// A value as it may be shown: as it is, or as a word.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ledger) enum Shown {
    Text(String),
    Word(String),
}

/// Without the value.
impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(…)")
    }
}

fn with_value(message: Message, name: &'static str, value: Shown) -> Message {
    match value {
        Shown::Text(text) => message.text(name, text),
        Shown::Word(key) => message.word(name, key),
    }
}

pub(in crate::ledger::store) fn shown((table, column): (&str, &str), value: &Value) -> Option<Shown> {
    // That somebody did not want something is told nowhere.
    if value.as_str() == Some("declined") {
        return None;
    }
    let prefix = match (table, column) {
        ("appointment", "state") => "appointment",
        ("consent", "state") => "consent",
        ("session", "kind") => "session-kind",
        ("holiday", "kind") => "day-off",
        ("market_day", "calendar") => "market-calendar",
        // Yes or no: which field it is says enough.
        ("appointment", "asked_again" | "first" | "at_home" | "walked_in") => return None,
        (_, "sex") => "sex",
        (_, "standing") => "standing",
        (_, "outcome") => "outcome",
        (_, "holder") => "who",
        (_, "answer") => "answer",
        (_, "value") => {
            return value.as_str().map(|word| fact_word(word).unwrap_or_else(|| Shown::Text(word.to_owned())));
        }
        (_, "relation") => return value.as_i64().map(|code| Shown::Word(format!("relation-{code:02}"))),
        (_, column) if column.ends_with("_id") || column == "id" || column == "sorted" => return None,
        _ => {
            return match value {
                Value::String(text) => Some(Shown::Text(text.clone())),
                Value::Number(number) => Some(Shown::Text(number.to_string())),
                _ => None,
            };
        }
    };
    value.as_str().filter(|word| !word.is_empty()).map(|word| Shown::Word(format!("{prefix}-{word}")))
}

/// The word for a value of a fact; the value of a local standard has none.
fn fact_word(word: &str) -> Option<Shown> {
    let values = FactKind::ALL.iter().flat_map(|kind| kind.values());
    values.into_iter().find(|(value, _)| *value == word).map(|(_, key)| Shown::Word((*key).to_owned()))
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

/// A reference of one table to another: the columns there and here.
struct Reference {
    child: Vec<String>,
    parent: Vec<String>,
}

impl Reference {
    /// All references of a table to another; with `action`, those alone that go that way when the other row goes.
    fn of(conn: &Connection, child: &str, parent: &str, action: &str) -> Result<Vec<Self>> {
        let mut rows = conn.prepare_cached(
            "SELECT id, \"from\", \"to\" FROM pragma_foreign_key_list(?1) \
             WHERE \"table\" = ?2 AND on_delete LIKE ?3 ORDER BY id, seq",
        )?;
        let mut rows = rows.query(params![child, parent, action])?;
        let mut found: Vec<(i64, Self)> = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get("id")?;
            if found.last().is_none_or(|(last, _)| *last != id) {
                found.push((id, Self { child: Vec::new(), parent: Vec::new() }));
            }
            if let Some((_, reference)) = found.last_mut() {
                reference.child.push(row.get("from")?);
                reference.parent.push(row.get("to")?);
            }
        }
        Ok(found.into_iter().map(|(_, reference)| reference).collect())
    }
}

/// A condition that columns have the values that other columns of a row have; the values begin at `?1`.
fn matching(columns: &[String], values_of: &[String], row: &Map<String, Value>) -> (String, Vec<Sql>) {
    let conditions: Vec<String> =
        columns.iter().enumerate().map(|(at, column)| format!("c.\"{column}\" = ?{}", at + 1)).collect();
    let values = values_of.iter().map(|column| to_sql(row.get(column).unwrap_or(&Value::Null)));
    (conditions.join(" AND "), values.collect())
}

/// Whether the row is part of something that came with the same change and will be kept, because it was edited or
/// others point at it since: a person who stays keeps the facts that came with them. The whole is listed, not its parts.
fn belongs_to_kept(tx: &Tx<'_>, recorded: &Recorded, noted: &Noted, now: &Map<String, Value>) -> Result<bool> {
    for owner in tx.recorded() {
        for reference in Reference::of(tx.conn(), &recorded.table, &owner.table, "CASCADE")? {
            let (condition, values) = matching(&reference.parent, &reference.child, now);
            let sql = format!("SELECT uid FROM {} c WHERE {condition}", owner.table);
            let uid: Option<String> =
                tx.conn().prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0)).optional()?;
            if let Some(uid) = uid
                && stays(tx, owner, uid, noted)?
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether an owner that the same change inserted was edited since, or is pointed at by rows of other changes.
fn stays(tx: &Tx<'_>, owner: &Recorded, uid: String, noted: &Noted) -> Result<bool> {
    let inserted = "SELECT id FROM change_row WHERE row_uid = ?1 AND kind = 'insert' \
                    AND change_id = (SELECT change_id FROM change_row WHERE id = ?2)";
    let inserted: Option<i64> =
        tx.conn().prepare_cached(inserted)?.query_row(params![uid, noted.id], |row| row.get(0)).optional()?;
    // An owner who was there before the change stays anyway: what the change added to them goes by itself.
    let Some(at) = inserted else { return Ok(false) };
    let Some(now) = current(tx.conn(), owner, &uid)? else { return Ok(true) };
    let as_inserted =
        Noted { id: at, table: owner.table.clone(), uid, kind: "insert".into(), before: None, purged: false };
    if after_of(tx.conn(), &as_inserted, &now)? != now {
        return Ok(true);
    }
    for child in tx.recorded() {
        for reference in Reference::of(tx.conn(), &child.table, &owner.table, "%")? {
            let (condition, mut values) = matching(&reference.child, &reference.parent, &now);
            values.push(Sql::Integer(noted.id));
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {} c WHERE {condition} AND NOT EXISTS (SELECT 1 FROM change_row x \
                 WHERE x.row_uid = c.uid AND x.kind = 'insert' \
                 AND x.change_id = (SELECT change_id FROM change_row WHERE id = ?{})))",
                child.table,
                values.len()
            );
            if tx.conn().prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether other rows still point at this one. Children written by the same change are already gone: they came later.
pub(in crate::ledger::store) fn is_used(tx: &Tx<'_>, recorded: &Recorded, now: &Map<String, Value>) -> Result<bool> {
    for child in tx.recorded() {
        for reference in Reference::of(tx.conn(), &child.table, &recorded.table, "%")? {
            let (condition, values) = matching(&reference.child, &reference.parent, now);
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {} c WHERE {condition})", child.table);
            if tx.conn().prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))? {
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

pub(in crate::ledger::store) fn insert(conn: &Connection, recorded: &Recorded, row: &Map<String, Value>) -> Result<()> {
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

pub(in crate::ledger::store) fn to_sql(value: &Value) -> Sql {
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
        "consent" => "SELECT r.name FROM consent x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "service" => "SELECT r.name FROM service x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "application" | "application_document" | "payment" => {
            let sql =
                format!("SELECT r.name FROM {} x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1", kept.table);
            return Ok(conn.query_row(&sql, [&kept.uid], |row| row.get(0)).optional()?.unwrap_or_default());
        }
        "appointment" => "SELECT r.name FROM appointment x JOIN resident r ON r.id = x.resident_id WHERE x.uid = ?1",
        "campaign" => "SELECT name FROM campaign WHERE uid = ?1",
        "session" => "SELECT on_date FROM session WHERE uid = ?1",
        "holiday" => "SELECT on_date FROM holiday WHERE uid = ?1",
        "household" => "SELECT number FROM household WHERE uid = ?1",
        "village_group" => "SELECT name FROM village_group WHERE uid = ?1",
        "local_standard" => "SELECT programme || ' ' || key FROM local_standard WHERE uid = ?1",
        "source" => "SELECT title FROM source WHERE uid = ?1",
        _ => return Ok(String::new()),
    };
    Ok(conn.query_row(sql, [&kept.uid], |row| row.get(0)).optional()?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::message::Say as _;

    use super::*;

    fn said(of: (&str, &str), now: &str, then: &str) -> Message {
        changed_since(of, &json!(now), Some(&json!(then))).message()
    }

    #[test]
    fn a_conflict_is_said_in_words_and_that_somebody_said_no_is_not_said() {
        for (table, column, now, then, prefix) in [
            ("appointment", "state", "agreed", "invited", "appointment"),
            ("session", "kind", "women", "home", "session-kind"),
            ("holiday", "kind", "off", "work", "day-off"),
            ("market_day", "calendar", "lunar", "week", "market-calendar"),
            ("consent", "state", "given", "withdrawn", "consent"),
        ] {
            let words = Message::new("error-undo-changed").word("field", format!("column-{column}"));
            let words = words.word("now", format!("{prefix}-{now}")).word("then", format!("{prefix}-{then}"));
            assert_eq!(said((table, column), now, then), words, "{table}");
        }
        for of in [("appointment", "state"), ("offer", "outcome")] {
            let words = Message::new("error-undo-changed-since").word("field", format!("column-{}", of.1));
            assert_eq!(said(of, "declined", "told"), words);
            assert_eq!(said(of, "told", "declined"), words);
        }
        let name = Message::new("error-undo-changed").word("field", "column-title".to_owned());
        assert_eq!(said(("campaign", "name"), "春", "夏"), name.text("now", "春").text("then", "夏"));
    }
}
