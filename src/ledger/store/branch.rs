//! Two copies of one ledger that were edited apart: up to which change they are the same, which rows each touched since, and
//! what stood there before. Reads only; which rows are one although both made them is decided by what tables hold unique.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use serde_json::Value;

use crate::domain::join::Fields;
use crate::ledger::error::Result;
use crate::ledger::store::change_log::Recorded;
use crate::ledger::store::history;
use crate::ledger::store::undo::{current, object, to_sql};

/// The last change that two ledgers share; 0 where they share none.
pub(in crate::ledger) fn common(one: &Connection, other: &Connection) -> Result<i64> {
    let hash = |conn: &Connection, id: i64| -> Result<Option<Vec<u8>>> {
        let mut rows = conn.prepare_cached("SELECT hash FROM change WHERE id = ?1")?;
        Ok(rows.query_row([id], |row| row.get(0)).optional()?)
    };
    let is_same = |id: i64| -> Result<bool> {
        let (one, other) = (hash(one, id)?, hash(other, id)?);
        Ok(one.is_some() && one == other)
    };
    // Each hash covers all before it: where one is the same, so are those before.
    let (mut same, mut differs) = (0, history::revision(one)?.min(history::revision(other)?) + 1);
    while differs - same > 1 {
        let middle = same + (differs - same) / 2;
        if is_same(middle)? {
            same = middle;
        } else {
            differs = middle;
        }
    }
    Ok(same)
}

/// The last change of another ledger up to which it was joined before, by a join that is in effect.
pub(in crate::ledger) fn joined_before(own: &Connection, there: &Connection) -> Result<Option<i64>> {
    let mut joins =
        own.prepare_cached("SELECT id, note FROM change WHERE op = 'join' AND note <> '' ORDER BY id DESC")?;
    let mut joins = joins.query([])?;
    let mut latest = None;
    while let Some(row) = joins.next()? {
        let note: String = row.get("note")?;
        let Some((id, head)) = note.split_once(' ') else { continue };
        let Ok(id) = id.parse::<i64>() else { continue };
        let mut same = there.prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE id = ?1 AND hex(hash) = ?2)")?;
        let is_theirs: bool = same.query_row(params![id, head], |row| row.get(0))?;
        if is_theirs && !history::is_taken_back(own, row.get("id")?)? {
            latest = latest.max(Some(id));
        }
    }
    Ok(latest)
}

/// A row that was touched since.
pub(in crate::ledger) struct Touched {
    pub(in crate::ledger) uid: String,
    /// As it stood at the last shared change.
    pub(in crate::ledger) base: Option<Fields<Value>>,
    /// As it stands.
    pub(in crate::ledger) now: Option<Fields<Value>>,
}

/// The rows of a table that were touched since a change, in the order in which they were first.
pub(in crate::ledger) fn touched(conn: &Connection, table: &Recorded, since: i64) -> Result<Vec<Touched>> {
    let mut uids = conn.prepare_cached(
        "SELECT row_uid FROM change_row WHERE change_id > ?1 AND table_name = ?2 GROUP BY row_uid ORDER BY min(id)",
    )?;
    let uids = uids.query_map(params![since, table.table], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for uid in uids.collect::<rusqlite::Result<Vec<_>>>()? {
        let now: Option<Fields<Value>> = current(conn, table, &uid)?.map(|row| row.into_iter().collect());
        let base = base(conn, table, (&uid, since), now.clone())?;
        if base != now {
            found.push(Touched { uid, base, now });
        }
    }
    Ok(found)
}

/// Walks a row back to what it was.
fn base(
    conn: &Connection,
    table: &Recorded,
    (uid, since): (&str, i64),
    now: Option<Fields<Value>>,
) -> Result<Option<Fields<Value>>> {
    let mut rows = conn.prepare_cached(
        "SELECT kind, before FROM change_row WHERE row_uid = ?1 AND table_name = ?2 AND change_id > ?3 ORDER BY id DESC",
    )?;
    let mut rows = rows.query(params![uid, table.table, since])?;
    let mut row_then = now;
    while let Some(row) = rows.next()? {
        let (kind, before): (String, Option<String>) = (row.get("kind")?, row.get("before")?);
        let before = before.map(|text| object(&text)).transpose()?;
        row_then = match (kind.as_str(), before) {
            ("insert", _) | (_, None) => None,
            ("delete", Some(before)) => Some(before.into_iter().collect()),
            (_, Some(before)) => row_then.map(|mut fields| {
                fields.extend(before);
                fields
            }),
        };
    }
    Ok(row_then)
}

/// What of a table's layout joining needs.
pub(in crate::ledger) struct Layout {
    pub(in crate::ledger) table: Recorded,
    /// Whether `id` is a number of this file alone.
    pub(in crate::ledger) numbered: bool,
    /// Columns that hold such a number of another table.
    pub(in crate::ledger) points_at: Vec<(String, String)>,
    /// Columns that no two rows share, where the condition holds.
    unique: Vec<(Vec<String>, String)>,
}

/// Rows that are one although nothing in the file forbids two of them: a group's 未分户, a house by its number, a source.
const ALSO_ONE: [(&str, &[&str], &str); 4] = [
    ("household", &["group_id"], "sorted = 0"),
    ("household", &["group_id", "number"], "sorted = 1 AND number <> ''"),
    ("source", &["title", "noted_on"], "1"),
    ("contact_person", &["name", "phone"], "1"),
];

/// The layouts of all tables of record, those that others point at first.
pub(in crate::ledger) fn layouts(conn: &Connection, recorded: &[Recorded]) -> Result<Vec<Layout>> {
    let mut waiting: Vec<Layout> = recorded.iter().map(|table| layout(conn, table)).collect::<Result<_>>()?;
    let mut sorted: Vec<Layout> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|of| of.table.table.clone()).collect();
        let is_free =
            |of: &Layout| of.points_at.iter().all(|(_, parent)| *parent == of.table.table || !names.contains(parent));
        // No circle of references is laid out; were there one, its first table would go first.
        let next = waiting.iter().position(is_free).unwrap_or(0);
        sorted.push(waiting.remove(next));
    }
    Ok(sorted)
}

fn layout(conn: &Connection, table: &Recorded) -> Result<Layout> {
    let sql: String = conn
        .prepare_cached("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1")?
        .query_row([&table.table], |row| row.get(0))?;
    let numbered = sql.contains("AUTOINCREMENT");
    let mut points_at = Vec::new();
    for column in &table.columns {
        if let Some(parent) = numbered_parent(conn, &table.table, column)? {
            points_at.push((column.clone(), parent));
        }
    }
    let mut unique = unique_indexes(conn, &table.table)?;
    let pk = columns(conn, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", &table.table)?;
    if !numbered && !pk.is_empty() {
        unique.push((pk, "1".to_owned()));
    }
    let also = ALSO_ONE.iter().filter(|(of, _, _)| *of == table.table);
    unique.extend(also.map(|(_, columns, condition)| {
        (columns.iter().map(|column| (*column).to_owned()).collect(), (*condition).to_owned())
    }));
    Ok(Layout { table: table.clone(), numbered, points_at, unique })
}

fn columns(conn: &Connection, sql: &str, of: &str) -> Result<Vec<String>> {
    let mut rows = conn.prepare_cached(sql)?;
    let rows = rows.query_map([of], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The table whose number a column holds, through as many tables as it takes.
fn numbered_parent(conn: &Connection, table: &str, column: &str) -> Result<Option<String>> {
    let (mut table, mut column) = (table.to_owned(), column.to_owned());
    for _ in 0..4 {
        let mut rows = conn.prepare_cached(
            "SELECT \"table\" AS parent, coalesce(\"to\", 'id') AS there FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2",
        )?;
        let next: Option<(String, String)> =
            rows.query_row(params![table, column], |row| Ok((row.get("parent")?, row.get("there")?))).optional()?;
        match next {
            None => return Ok(None),
            Some((parent, there)) if there == "id" => return Ok(Some(parent)),
            Some((parent, there)) => (table, column) = (parent, there),
        }
    }
    Ok(None)
}

fn unique_indexes(conn: &Connection, table: &str) -> Result<Vec<(Vec<String>, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT i.name AS name, coalesce(s.sql, '') AS sql FROM pragma_index_list(?1) i \
         LEFT JOIN main.sqlite_schema s ON s.name = i.name WHERE i.\"unique\" = 1",
    )?;
    let rows = rows.query_map([table], |row| Ok((row.get("name")?, row.get("sql")?)))?;
    let mut found = Vec::new();
    for (name, sql) in rows.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
        let columns = columns(conn, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", &name)?;
        let condition = sql.split_once(" WHERE ").map_or("1", |(_, condition)| condition).to_owned();
        if columns != ["uid"] {
            found.push((columns, condition));
        }
    }
    Ok(found)
}

/// The row here that is the same as one there though it has another uid: it has what must be unique. `there` has numbers of
/// this file already.
pub(in crate::ledger) fn twin(conn: &Connection, layout: &Layout, there: &Fields<Value>) -> Result<Option<String>> {
    for (columns, condition) in &layout.unique {
        let asks: Vec<String> = columns.iter().enumerate().map(|(at, c)| format!("\"{c}\" IS ?{}", at + 1)).collect();
        let values: Vec<Sql> = columns.iter().map(|column| to_sql(there.get(column).unwrap_or(&Value::Null))).collect();
        let sql = format!("SELECT uid FROM {} WHERE {} AND ({condition})", layout.table.table, asks.join(" AND "));
        let found: Option<String> =
            conn.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0)).optional()?;
        if found.is_some() && holds(conn, condition, there)? {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether a condition on the columns of a row holds for these values.
fn holds(conn: &Connection, condition: &str, row: &Fields<Value>) -> Result<bool> {
    if condition == "1" {
        return Ok(true);
    }
    let columns: Vec<String> = row.keys().enumerate().map(|(at, c)| format!("?{} AS \"{c}\"", at + 1)).collect();
    let sql = format!("SELECT EXISTS (SELECT 1 FROM (SELECT {}) WHERE {condition})", columns.join(", "));
    Ok(conn.prepare_cached(&sql)?.query_row(params_from_iter(row.values().map(to_sql)), |row| row.get(0))?)
}

/// The number here of a row with this uid.
pub(in crate::ledger) fn number_of(conn: &Connection, table: &str, uid: &str) -> Result<Option<i64>> {
    let sql = format!("SELECT id FROM {table} WHERE uid = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([uid], |row| row.get(0)).optional()?)
}

/// The uid there of a row with this number.
pub(in crate::ledger) fn uid_of(conn: &Connection, table: &str, number: i64) -> Result<Option<String>> {
    let sql = format!("SELECT uid FROM {table} WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([number], |row| row.get(0)).optional()?)
}

/// Rows there by table and uid, and the uid here of the row that each became.
pub(in crate::ledger) type Became = HashMap<(String, String), String>;

/// Names of tables with how many rows.
pub(in crate::ledger) type Tally = BTreeMap<String, usize>;
