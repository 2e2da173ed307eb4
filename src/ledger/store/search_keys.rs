//! The search keys: kept in step with `resident` by one follower of the change log, read by ranges.
//!
//! [`follow`] is called for every change before its commit, so that no command, import, undo or cascade can forget it.
//! Keys derive from a resident's row alone; what stood before comes from the log.

use std::ops::ControlFlow;

use rusqlite::{Connection, Statement, Transaction, params};

use crate::domain::resident::Standing;
use crate::domain::search_key::{Keyed, Kind, keys};
use crate::domain::search_query::{Place, Probe};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::read;

/// Keys sorted and written at a time: bounds the memory, and sorted runs are several times faster to insert.
const RUN: usize = 1_200_000;

/// Residents read at a time.
const BATCH: i64 = 50_000;

/// From so many residents on, a change that touches half of the ledger has all keys made anew: that is faster.
const LARGE: i64 = 10_000;

/// Brings the keys in step with what this change did to residents.
pub(in crate::ledger) fn follow(conn: &Connection, change: i64) -> Result<()> {
    let count = touched(conn, change)?;
    if count == 0 {
        return Ok(());
    }
    if count >= LARGE && count >= residents(conn)? / 2 {
        return rebuild(conn);
    }
    let old = Rows { sql: include_str!("sql/keyed_before_change.sql"), change, count };
    write_runs(conn, "DELETE FROM search_key WHERE key = ?1 AND resident_id = ?2", &old)?;
    let new = Rows { sql: include_str!("sql/keyed_of_change.sql"), change, count };
    write_runs(conn, INSERT, &new)
}

/// A resident touched twice comes twice.
const INSERT: &str = "INSERT OR IGNORE INTO search_key (key, resident_id) VALUES (?1, ?2)";

/// Makes all keys anew.
pub(in crate::ledger) fn rebuild(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM search_key", [])?;
    let count = residents(conn)?;
    write_runs(conn, INSERT, &Rows { sql: include_str!("sql/keyed_of_all.sql"), change: 0, count })
}

fn residents(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT count(*) FROM resident", [], |row| row.get(0))?)
}

/// How many noted rows of residents may change keys.
fn touched(conn: &Connection, change: i64) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM change_row WHERE change_id = ?1 AND table_name = 'resident' \
             AND (kind <> 'update' OR before LIKE '%\"name\":%' OR before LIKE '%\"id_number\":%' OR before LIKE '%\"phone\":%')",
        )?
        .query_row([change], |row| row.get(0))?)
}

/// A query that yields the key material of residents by rising number of a log row or resident, a batch at a time.
struct Rows {
    sql: &'static str,
    change: i64,
    count: i64,
}

impl Rows {
    fn visit(&self, conn: &Connection, mut visit: impl FnMut(i64, &Keyed) -> Result<()>) -> Result<()> {
        let mut statement = conn.prepare_cached(self.sql)?;
        let mut after: i64 = 0;
        loop {
            let mut rows = statement.query(params![self.change, after, BATCH])?;
            let mut seen = 0;
            while let Some(row) = rows.next()? {
                let (name, id_number, phone) = (row.get("name")?, row.get("id_number")?, row.get("phone")?);
                visit(row.get("id")?, &Keyed { name, id_number, phone })?;
                (after, seen) = (row.get("at")?, seen + 1);
            }
            if seen < BATCH {
                return Ok(());
            }
        }
    }
}

/// Writes the keys of the residents, in sorted runs of whole kinds: each run is appended or merged in one pass.
fn write_runs(conn: &Connection, sql: &str, rows: &Rows) -> Result<()> {
    let people = usize::try_from(rows.count).unwrap_or(usize::MAX).max(1);
    let kinds_a_run = (RUN / people).clamp(1, Kind::ALL.len());
    let mut write = conn.prepare_cached(sql)?;
    for kinds in Kind::ALL.chunks(kinds_a_run) {
        let mut run = Run::default();
        rows.visit(conn, |id, keyed| {
            run.add(kinds, id, keyed);
            if run.keys.len() >= RUN { run.execute(&mut write) } else { Ok(()) }
        })?;
        run.execute(&mut write)?;
    }
    Ok(())
}

/// Keys to be written or removed in their order; their text lies in one block.
#[derive(Default)]
struct Run {
    text: String,
    keys: Vec<(usize, usize, i64)>,
}

impl Run {
    fn add(&mut self, kinds: &[Kind], id: i64, keyed: &Keyed) {
        for kind in kinds {
            keys(*kind, keyed, |key| {
                let start = self.text.len();
                self.text.push(kind.letter());
                self.text.push_str(key);
                self.keys.push((start, self.text.len(), id));
            });
        }
    }

    fn execute(&mut self, statement: &mut Statement<'_>) -> Result<()> {
        let Self { text, keys } = self;
        keys.sort_unstable_by(|a, b| (&text[a.0..a.1], a.2).cmp(&(&text[b.0..b.1], b.2)));
        for (start, end, id) in keys.drain(..) {
            statement.execute(params![&text[start..end], id])?;
        }
        text.clear();
        Ok(())
    }
}

/// Visits the keys in a probe's range in their order, with the residents they belong to, until told to stop.
pub(in crate::ledger) fn scan(
    conn: &Connection,
    probe: &Probe,
    mut visit: impl FnMut(&str, i64) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let (sql, letter) = match probe.place {
        Place::Keys(kind) => {
            ("SELECT key, resident_id FROM search_key WHERE key >= ?1 AND key < ?2 ORDER BY key", Some(kind.letter()))
        }
        Place::Names => ("SELECT name, id FROM resident WHERE name >= ?1 AND name < ?2 ORDER BY name", None),
        Place::IdNumbers => (
            "SELECT id_number, id FROM resident WHERE id_number >= ?1 AND id_number < ?2 AND id_number <> '' \
             ORDER BY id_number",
            None,
        ),
    };
    let from: String = letter.into_iter().chain(probe.prefix.chars()).collect();
    let to: String = from.chars().chain([char::MAX]).collect();
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([&from, &to])?;
    while let Some(row) = rows.next()? {
        let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let key = letter.map_or(Some(key), |letter| key.strip_prefix(letter)).unwrap_or(key);
        if visit(key, row.get(1)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Keeps what is read together as of one moment, until it is dropped; none where the caller already does so.
pub(in crate::ledger) fn snapshot(conn: &Connection) -> Result<Option<Transaction<'_>>> {
    Ok(if conn.is_autocommit() { Some(conn.unchecked_transaction()?) } else { None })
}

/// What a candidate is judged by besides its key.
pub(in crate::ledger) struct Candidate {
    pub(in crate::ledger) name: String,
    pub(in crate::ledger) group: i64,
}

/// The name and group of a resident.
pub(in crate::ledger) fn candidate(conn: &Connection, id: i64) -> Result<Candidate> {
    let mut rows = conn.prepare_cached(
        "SELECT r.name, h.group_id FROM resident r CROSS JOIN household h ON h.id = r.household_id WHERE r.id = ?1",
    )?;
    Ok(rows.query_row([id], |row| Ok(Candidate { name: row.get("name")?, group: row.get("group_id")? }))?)
}

/// The key of the group with this name.
pub(in crate::ledger) fn group(conn: &Connection, name: &str) -> Result<Option<i64>> {
    use rusqlite::OptionalExtension as _;
    let mut rows = conn.prepare_cached("SELECT id FROM village_group WHERE name = ?1")?;
    Ok(rows.query_row([name], |row| row.get(0)).optional()?)
}

/// What the keys of the members of a group are made from, with their standing; at most `limit`.
pub(in crate::ledger) fn of_group(conn: &Connection, group: i64, limit: u32) -> Result<Vec<(i64, Standing, Keyed)>> {
    let mut rows = conn.prepare_cached(
        "SELECT r.id, r.name, r.id_number, r.phone, r.standing FROM household h CROSS JOIN resident r \
         ON r.household_id = h.id WHERE h.group_id = ?1 LIMIT ?2",
    )?;
    let rows = rows.query_map(params![group, limit], |row| {
        let keyed = Keyed { name: row.get("name")?, id_number: row.get("id_number")?, phone: row.get("phone")? };
        Ok((row.get("id")?, read(row, "standing", Standing::from_word)?, keyed))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
#[path = "search_keys_tests.rs"]
mod tests;
