//! What stood in a row before and after each noted write: today's values, walked backwards over the change log.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::{Map, Value};

use crate::ledger::error::Result;
use crate::ledger::store::change_log::Recorded;
use crate::ledger::store::undo::{current, object};

/// A row of a table of record, with the columns that matter.
#[derive(Clone)]
pub(in crate::ledger) struct Watched {
    recorded: Recorded,
    uid: String,
}

impl Watched {
    /// The row with this uid.
    pub(in crate::ledger) fn new(table: &str, columns: &[&str], uid: &str) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { recorded: Recorded { table: table.to_owned(), columns }, uid: uid.to_owned() }
    }
}

/// What stood in a row at a time.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ledger) enum Stood {
    /// There was no such row.
    Nothing,
    /// These columns.
    Row(Map<String, Value>),
    /// What was deleted for good since.
    Erased,
}

/// One noted write.
pub(in crate::ledger) struct Step {
    /// Its place in the log.
    pub(in crate::ledger) place: i64,
    /// The change it belongs to.
    pub(in crate::ledger) change: i64,
    pub(in crate::ledger) before: Stood,
    pub(in crate::ledger) after: Stood,
}

/// A noted write as it is read.
struct Noted {
    place: i64,
    change: i64,
    kind: String,
    before: Option<String>,
}

impl Stood {
    /// What stood there before a write, seen from what stood there after it.
    fn before(&self, noted: &Noted) -> Result<Self> {
        Ok(match (noted.kind.as_str(), &noted.before) {
            ("insert", _) => Self::Nothing,
            // Only what was deleted for good leaves such a write without its values.
            (_, None) => Self::Erased,
            ("delete", Some(whole)) => Self::Row(object(whole)?),
            (_, Some(changed)) => match self {
                Self::Row(after) => {
                    let mut before = after.clone();
                    before.extend(object(changed)?);
                    Self::Row(before)
                }
                Self::Nothing | Self::Erased => Self::Erased,
            },
        })
    }
}

/// The writes about a row that came after a place in the log, the latest first.
fn noted(conn: &Connection, row: &Watched, after: i64) -> Result<Vec<Noted>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, change_id, kind, before FROM change_row \
         WHERE row_uid = ?1 AND table_name = ?2 AND id > ?3 ORDER BY id DESC",
    )?;
    let rows = rows.query_map(params![row.uid, row.recorded.table, after], |noted| {
        Ok(Noted {
            place: noted.get("id")?,
            change: noted.get("change_id")?,
            kind: noted.get("kind")?,
            before: noted.get("before")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn now(conn: &Connection, row: &Watched) -> Result<Stood> {
    Ok(current(conn, &row.recorded, &row.uid)?.map_or(Stood::Nothing, Stood::Row))
}

/// Every write about a row, the latest first.
pub(in crate::ledger) fn steps(conn: &Connection, row: &Watched) -> Result<Vec<Step>> {
    let mut after = now(conn, row)?;
    let mut steps = Vec::new();
    for noted in noted(conn, row, 0)? {
        let before = after.before(&noted)?;
        steps.push(Step { place: noted.place, change: noted.change, before: before.clone(), after });
        after = before;
    }
    Ok(steps)
}

/// What stood in a row right after a place in the log.
pub(in crate::ledger) fn stood_at(conn: &Connection, row: &Watched, place: i64) -> Result<Stood> {
    noted(conn, row, place)?.iter().try_fold(now(conn, row)?, |after, noted| after.before(noted))
}

/// The uid of a row by its key, also of one that is gone; none where what stood in it was deleted for good.
pub(in crate::ledger) fn uid_of(conn: &Connection, table: &str, key: i64) -> Result<Option<String>> {
    let here = format!("SELECT uid FROM {table} WHERE id = ?1");
    let here: Option<String> = conn.prepare_cached(&here)?.query_row([key], |row| row.get(0)).optional()?;
    if here.is_some() {
        return Ok(here);
    }
    let mut gone = conn.prepare_cached(
        "SELECT row_uid FROM change_row WHERE table_name = ?1 AND kind = 'delete' AND before IS NOT NULL \
         AND json_extract(before, '$.id') = ?2 ORDER BY id DESC LIMIT 1",
    )?;
    Ok(gone.query_row(params![table, key], |row| row.get(0)).optional()?)
}

/// The uids of a record's facts, those included that a step about the person, a merge or an undo took away again. Of a whole
/// roster all rows are read only where it was merged with the record, or taken back after the record came and left it.
pub(in crate::ledger) fn facts_of(conn: &Connection, record: i64, uid: &str) -> Result<Vec<String>> {
    let mut rows = conn.prepare_cached(
        "SELECT uid FROM fact WHERE resident_id = ?2 \
         UNION SELECT row_uid FROM change_row WHERE change_id IN ( \
         SELECT id FROM change WHERE about = ?1 AND about <> '' \
         UNION SELECT x.change_id FROM same_person m JOIN change_row x ON x.row_uid = m.uid \
         WHERE ?2 IN (m.behind_id, m.listed_id) \
         UNION SELECT id FROM change WHERE undoes IS NOT NULL \
         AND id > (SELECT min(change_id) FROM change_row WHERE row_uid = ?1 AND table_name = 'resident') \
         AND id NOT IN (SELECT change_id FROM change_row \
         WHERE row_uid = ?1 AND table_name = 'resident' AND kind = 'delete') \
         ) AND table_name = 'fact' AND kind = 'delete' AND before IS NOT NULL \
         AND json_extract(before, '$.resident_id') = ?2",
    )?;
    let rows = rows.query_map(params![uid, record], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When a change was made, by whom, and its uid.
pub(in crate::ledger) fn made(conn: &Connection, change: i64) -> Result<(String, String, String)> {
    let mut rows = conn.prepare_cached("SELECT at, by, uid FROM change WHERE id = ?1")?;
    Ok(rows.query_row([change], |row| Ok((row.get("at")?, row.get("by")?, row.get("uid")?)))?)
}
