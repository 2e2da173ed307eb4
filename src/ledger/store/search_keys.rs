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

/// Residents whose keys are made and written together, kind by kind: bounds the memory, and sorted runs are several
/// times faster to write than keys as they come.
const PEOPLE: usize = 1_000_000;

/// Keys sorted at a time.
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
    write_keys(conn, DELETE, include_str!("sql/keyed_before_change.sql"), change)?;
    write_keys(conn, INSERT, include_str!("sql/keyed_of_change.sql"), change)
}

const DELETE: &str = "DELETE FROM search_key WHERE key = ?1 AND resident_id = ?2";

/// A resident touched twice comes twice.
const INSERT: &str = "INSERT OR IGNORE INTO search_key (key, resident_id) VALUES (?1, ?2)";

/// Makes all keys anew.
pub(in crate::ledger) fn rebuild(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM search_key", [])?;
    write_keys(conn, INSERT, include_str!("sql/keyed_of_all.sql"), 0)
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

/// Writes or removes the keys of all residents whom a query yields, by rising number `at` of a log row or resident.
fn write_keys(conn: &Connection, write: &str, read: &str, change: i64) -> Result<()> {
    let (mut read, mut write) = (conn.prepare_cached(read)?, conn.prepare_cached(write)?);
    let (mut people, mut after) = (People::default(), 0);
    loop {
        let seen = people.read(&mut read, change, &mut after)?;
        if seen < BATCH || people.members.len() >= PEOPLE {
            people.write(&mut write)?;
        }
        if seen < BATCH {
            return Ok(());
        }
    }
}

/// What the keys of many residents are made from, their text in one block.
#[derive(Default)]
struct People {
    text: String,
    members: Vec<Member>,
}

/// One resident: where name, id number and phone end in the text, beginning where the one before ends.
struct Member {
    id: i64,
    ends: [usize; 3],
}

impl People {
    /// Reads the next batch; returns how many there were.
    fn read(&mut self, statement: &mut Statement<'_>, change: i64, after: &mut i64) -> Result<i64> {
        let index = |name| statement.column_index(name);
        // Looked up once: by name for every row it would cost as much as making the keys.
        let (at, id) = (index("at")?, index("id")?);
        let texts = [index("name")?, index("id_number")?, index("phone")?];
        let mut rows = statement.query(params![change, *after, BATCH])?;
        let mut seen = 0;
        while let Some(row) = rows.next()? {
            let mut ends = [0; 3];
            for (end, column) in ends.iter_mut().zip(texts) {
                self.text.push_str(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?);
                *end = self.text.len();
            }
            self.members.push(Member { id: row.get(id)?, ends });
            (*after, seen) = (row.get(at)?, seen + 1);
        }
        Ok(seen)
    }

    /// Writes or removes the keys in sorted runs of whole kinds: each run is appended or merged in one pass.
    fn write(&mut self, statement: &mut Statement<'_>) -> Result<()> {
        let kinds_a_run = (RUN / self.members.len().max(1)).clamp(1, Kind::ALL.len());
        for kinds in Kind::ALL.chunks(kinds_a_run) {
            let (mut run, mut start) = (Run::default(), 0);
            for Member { id, ends: [name, id_number, phone] } in &self.members {
                let keyed = Keyed {
                    name: &self.text[start..*name],
                    id_number: &self.text[*name..*id_number],
                    phone: &self.text[*id_number..*phone],
                };
                run.add(kinds, *id, keyed);
                start = *phone;
            }
            run.execute(statement)?;
        }
        self.text.clear();
        self.members.clear();
        Ok(())
    }
}

/// Keys to be written or removed in their order; their text lies in one block.
#[derive(Default)]
struct Run {
    text: String,
    keys: Vec<Slot>,
}

/// One key: its first bytes, which decide most comparisons without a look at the text, where it lies, and whose it is.
struct Slot {
    head: u128,
    start: usize,
    end: usize,
    id: i64,
}

impl Slot {
    fn new(text: &str, start: usize, id: i64) -> Self {
        let mut head = [0; 16];
        let bytes = &text.as_bytes()[start..];
        let length = bytes.len().min(head.len());
        head[..length].copy_from_slice(&bytes[..length]);
        Self { head: u128::from_be_bytes(head), start, end: text.len(), id }
    }
}

impl Run {
    fn add(&mut self, kinds: &[Kind], id: i64, keyed: Keyed<'_>) {
        let Self { text, keys: slots } = self;
        keys(kinds, keyed, |kind, key| {
            let start = text.len();
            text.push(kind.letter());
            text.push_str(key);
            slots.push(Slot::new(text, start, id));
        });
    }

    fn execute(self, statement: &mut Statement<'_>) -> Result<()> {
        let Self { text, mut keys } = self;
        keys.sort_unstable_by(|a, b| {
            let order = a.head.cmp(&b.head);
            order.then_with(|| text[a.start..a.end].cmp(&text[b.start..b.end])).then(a.id.cmp(&b.id))
        });
        for slot in keys {
            statement.execute((&text[slot.start..slot.end], slot.id))?;
        }
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

/// Shows what the keys of a resident are made from.
pub(in crate::ledger) fn keyed(conn: &Connection, id: i64, visit: impl FnOnce(Keyed<'_>)) -> Result<()> {
    let mut rows = conn.prepare_cached("SELECT name, id_number, phone FROM resident WHERE id = ?1")?;
    let mut rows = rows.query([id])?;
    if let Some(row) = rows.next()? {
        let text = |column| -> Result<&str> { Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?) };
        visit(Keyed { name: text("name")?, id_number: text("id_number")?, phone: text("phone")? });
    }
    Ok(())
}

/// The key of the group with this name.
pub(in crate::ledger) fn group(conn: &Connection, name: &str) -> Result<Option<i64>> {
    use rusqlite::OptionalExtension as _;
    let mut rows = conn.prepare_cached("SELECT id FROM village_group WHERE name = ?1")?;
    Ok(rows.query_row([name], |row| row.get(0)).optional()?)
}

/// Visits the members of a group with their standing and what their keys are made from; at most `limit`.
pub(in crate::ledger) fn of_group(
    conn: &Connection,
    group: i64,
    limit: u32,
    mut visit: impl FnMut(i64, Standing, Keyed<'_>),
) -> Result<()> {
    let mut rows = conn.prepare_cached(
        "SELECT r.id, r.name, r.id_number, r.phone, r.standing FROM household h CROSS JOIN resident r \
         ON r.household_id = h.id WHERE h.group_id = ?1 LIMIT ?2",
    )?;
    let mut rows = rows.query(params![group, limit])?;
    while let Some(row) = rows.next()? {
        let text = |column| -> Result<&str> { Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?) };
        let keyed = Keyed { name: text("name")?, id_number: text("id_number")?, phone: text("phone")? };
        visit(row.get("id")?, read(row, "standing", Standing::from_word)?, keyed);
    }
    Ok(())
}

#[cfg(test)]
#[path = "search_keys_tests.rs"]
mod tests;
