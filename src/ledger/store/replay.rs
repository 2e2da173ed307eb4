//! Carrying the readable rest of a damaged ledger's log over to a backup of it: the very changes, number by number and hash
//! by hash, so that the head is that of the last change that could be carried.
//!
//! The log holds what stood *before* a write. What stood *after* is derived: walking each row backwards from what stands in
//! it today, and where that cannot be read, from what a later change says stood before it. A value counts only where the
//! commitment of its write says so, which a page of another age cannot forge. A change of which one value is not known ends
//! the carrying over: half a change is none.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::{Map, Value};

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::store::change_log::{Noted, Past, Recorded, commitment, recorded};
use crate::ledger::store::purge::{self, Marks};
use crate::ledger::store::undo::{current, insert, object, to_sql};
use crate::ledger::store::verify::after_text;
use crate::ledger::store::wreck::Wreck;
use crate::ledger::store::{history, migrate, search_keys, verify};

type Fields = Map<String, Value>;

/// What stood in a row right after a write.
enum After {
    /// No row.
    Gone,
    /// The whole row.
    Row(Fields),
    /// The changed columns.
    Columns(Fields),
    /// Nobody knows any more: it was deleted for good since, and stays so.
    Erased,
}

/// The changes of a damaged ledger since a backup of it, as far as they can be carried over.
pub(in crate::ledger) struct Rest {
    changes: Vec<(Past, Vec<After>)>,
    /// Marks of what was deleted for good in the damaged file, whether or not its change is carried over.
    pub(in crate::ledger) marks: Marks,
    /// The number of the damaged file's last change, where it can be read.
    pub(in crate::ledger) last: Option<i64>,
}

impl Rest {
    /// How many changes it holds.
    pub(in crate::ledger) fn count(&self) -> i64 {
        self.changes.len() as i64
    }

    /// The number of its last change and its instant.
    pub(in crate::ledger) fn until(&self) -> Option<(i64, &str)> {
        self.changes.last().map(|(past, _)| (past.id, past.at.as_str()))
    }

    fn head(&self) -> Option<&[u8]> {
        self.changes.last().map(|(past, _)| past.hash.as_slice())
    }
}

/// What of the log of `wreck` directly follows the last change of `backup`.
pub(in crate::ledger) fn rest(wreck: &mut Wreck, backup: &Connection, progress: &dyn Progress) -> Result<Rest> {
    let mut marks = Marks::none_of(backup)?;
    wreck.add_marks(&mut marks);
    let last = wreck.revision();
    // A file that an older program wrote last has columns of its own: nothing of it can be carried.
    let is_of_today = wreck.schema_version() == Some(migrate::VERSION);
    let changes = if is_of_today { following(wreck, backup, last, progress)? } else { Vec::new() };
    for noted in changes.iter().flat_map(|past| &past.rows) {
        // One whose past alone went, and which was taken away and put back before that, stays.
        if noted.kind == "delete" && noted.salt.is_none() && !marks.has_past_of(&noted.uid)? {
            marks.add_row(&noted.uid)?;
        }
    }
    // Only where the log was read to its end is what stands in a row today what its last noted write left.
    let is_whole = last.is_some() && last == changes.last().map(|past| past.id);
    let mut afters = afters(wreck, (&changes, is_whole), progress)?;
    let until = carried(&changes, &afters, &Marks::of(backup)?)?;
    let mut carried = Vec::with_capacity(until);
    for (past, afters) in changes.into_iter().zip(afters.drain(..)).take(until) {
        let known = afters.into_iter().map(|after| after.ok_or_else(broken)).collect::<Result<_>>()?;
        carried.push((past, known));
    }
    Ok(Rest { changes: carried, marks, last })
}

fn broken() -> LedgerError {
    LedgerError::damaged("error-chain-broken")
}

/// The changes after the backup's last one, up to the first that cannot be read or does not follow.
fn following(wreck: &mut Wreck, backup: &Connection, last: Option<i64>, progress: &dyn Progress) -> Result<Vec<Past>> {
    let common = history::revision(backup)?;
    let mut previous: Vec<u8> =
        backup.query_row("SELECT hash FROM change WHERE id = ?1", [common], |row| row.get(0))?;
    let mut row = last_row(backup)?;
    // Gone on from another change, it is no continuation of this backup: nothing of it follows.
    let mut found: Vec<Past> = Vec::new();
    let total = last.map_or(0, |last| (last - common).max(0).unsigned_abs());
    while let Some(past) = wreck.change(common + 1 + found.len() as i64, row, &previous) {
        if progress.at(found.len() as u64, 2 * total).is_break() {
            return Err(LedgerError::cancelled());
        }
        previous.clone_from(&past.hash);
        row = past.rows.last().map_or(row, |noted| noted.id);
        found.push(past);
    }
    Ok(found)
}

/// The number of the last noted write.
fn last_row(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT coalesce(max(id), 0) FROM change_row", [], |row| row.get(0))?)
}

/// Where a noted write stands: the change and the row of it, counted from 0.
type At = (usize, usize);

/// What stood after each write of each change; none where it cannot be told.
fn afters(
    wreck: &mut Wreck,
    (changes, is_whole): (&[Past], bool),
    progress: &dyn Progress,
) -> Result<Vec<Vec<Option<After>>>> {
    let mut found: Vec<Vec<Option<After>>> =
        changes.iter().map(|past| past.rows.iter().map(|_| None).collect()).collect();
    let Some(tables) = wreck.recorded() else { return Ok(found) };
    let tables: HashMap<&str, &Recorded> = tables.iter().map(|table| (table.table.as_str(), table)).collect();
    let mut rows: BTreeMap<(&str, &str), Vec<At>> = BTreeMap::new();
    for (change, past) in changes.iter().enumerate() {
        for (row, noted) in past.rows.iter().enumerate() {
            rows.entry((&noted.table, &noted.uid)).or_default().push((change, row));
        }
    }
    let total = rows.len() as u64;
    for (done, ((table, uid), places)) in rows.into_iter().enumerate() {
        if progress.at(total + done as u64, 2 * total).is_break() {
            return Err(LedgerError::cancelled());
        }
        let Some(table) = tables.get(table) else { continue };
        let notes: Vec<&Noted> = places.iter().map(|(change, row)| &changes[*change].rows[*row]).collect();
        let now = wreck.current(table, uid).map(State::of);
        for ((change, row), after) in places.into_iter().zip(walk(table, &notes, now, is_whole)?) {
            found[change][row] = after;
        }
    }
    Ok(found)
}

/// What is known of a row between two writes.
enum State {
    /// It is not there.
    Gone,
    /// These of its columns; `whole` where all of them.
    There { fields: Fields, whole: bool },
}

impl State {
    fn of(row: Option<Fields>) -> Self {
        row.map_or(Self::Gone, |fields| Self::There { fields, whole: true })
    }

    fn unknown() -> Self {
        Self::There { fields: Fields::new(), whole: false }
    }
}

/// What stood after each of these writes of one row, in their order. Where what stands there today does not fit the last
/// one, a later write is hidden in the damage, and today's value tells nothing.
fn walk(table: &Recorded, notes: &[&Noted], now: Option<State>, is_whole: bool) -> Result<Vec<Option<After>>> {
    if let Some(now) = now {
        let found = walk_from(table, notes, now, is_whole)?;
        if found.last().is_some_and(Option::is_some) {
            return Ok(found);
        }
    }
    walk_from(table, notes, State::unknown(), false)
}

fn walk_from(table: &Recorded, notes: &[&Noted], now: State, is_whole: bool) -> Result<Vec<Option<After>>> {
    let (mut found, mut state, mut is_deleted) = (Vec::with_capacity(notes.len()), now, false);
    // What a delete took away is written in the log itself; what stands there today no commitment of the row proves as a whole.
    let mut is_known = is_whole;
    for noted in notes.iter().rev() {
        let before = noted.before.as_deref().map(object).transpose()?;
        found.push(match noted.salt {
            Some(_) => after(table, noted, before.as_ref(), &state)?,
            None => erased(noted, &state, is_known, is_deleted),
        });
        is_deleted |= noted.kind == "delete";
        is_known |= noted.kind == "delete" && before.is_some();
        state = match (noted.kind.as_str(), before, state) {
            ("insert", _, _) => State::Gone,
            ("delete", Some(fields), _) => State::There { fields, whole: true },
            ("update", Some(before), State::There { mut fields, whole }) => {
                fields.extend(before);
                State::There { fields, whole }
            }
            _ => State::unknown(),
        };
    }
    found.reverse();
    Ok(found)
}

/// What stood after a write, where enough is known and its commitment says so.
fn after(table: &Recorded, noted: &Noted, before: Option<&Fields>, state: &State) -> Result<Option<After>> {
    let fields = match (noted.kind.as_str(), state) {
        ("delete", _) => None,
        ("insert", State::There { fields, whole: true }) => Some(fields),
        ("update", State::There { fields, .. })
            if before.is_some_and(|before| before.keys().all(|column| fields.contains_key(column))) =>
        {
            Some(fields)
        }
        _ => return Ok(None),
    };
    let text = after_text(table, &noted.kind, before, fields)?;
    let salt = noted.salt.as_deref().unwrap_or_default();
    let made = commitment(salt, &table.table, &noted.uid, noted.before.as_deref(), text.as_deref());
    if made != noted.commitment {
        return Ok(None);
    }
    Ok(Some(match fields {
        None => After::Gone,
        Some(fields) if noted.kind == "insert" => After::Row(fields.clone()),
        Some(fields) => {
            let is_changed = |column: &String| before.is_some_and(|before| before.contains_key(column));
            let changed = fields.iter().filter(|(column, _)| is_changed(column));
            After::Columns(changed.map(|(column, value)| (column.clone(), value.clone())).collect())
        }
    }))
}

/// What stood after a write whose values left the log: the row itself where it stays and no later write of it can be hidden
/// in the damage, nothing where it went.
fn erased(noted: &Noted, state: &State, is_known: bool, is_deleted: bool) -> Option<After> {
    match state {
        _ if noted.kind == "delete" => Some(After::Gone),
        State::There { fields, whole: true } if is_known => Some(After::Row(fields.clone())),
        // Whatever it was, a later change takes the row away.
        _ => is_deleted.then_some(After::Erased),
    }
}

/// How many of the changes are carried over: up to the first of which something is not known, and never so that what was
/// deleted for good would stand there without the change that deleted it.
fn carried(changes: &[Past], afters: &[Vec<Option<After>>], known: &Marks) -> Result<usize> {
    let unknown = afters.iter().position(|rows| rows.iter().any(Option::is_none));
    let mut until = unknown.unwrap_or(changes.len());
    let marked = marked(changes, afters);
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, past) in changes.iter().enumerate() {
        for noted in past.rows.iter().filter(|noted| noted.salt.is_none()) {
            if known.has_past_of(&noted.uid)? {
                continue;
            }
            let marks = known.made_of(&noted.uid)?;
            let by = marks.iter().filter_map(|mark| marked.get(mark.as_str())).min();
            open.push((at, by.copied().unwrap_or(usize::MAX)));
        }
    }
    while let Some((at, _)) = open.iter().filter(|(at, by)| *at < until && until <= *by).min() {
        until = *at;
    }
    Ok(until)
}

/// Which change left which mark of something deleted for good.
fn marked<'a>(changes: &[Past], afters: &'a [Vec<Option<After>>]) -> HashMap<&'a str, usize> {
    let mut found = HashMap::new();
    for (at, (past, rows)) in changes.iter().zip(afters).enumerate() {
        for (noted, after) in past.rows.iter().zip(rows).filter(|(noted, _)| noted.table == "tombstone") {
            if let Some(After::Row(fields)) = after
                && noted.kind == "insert"
                && let Some(mark) = fields.get("mark").and_then(Value::as_str)
            {
                found.insert(mark, at);
            }
        }
    }
    found
}

/// Writes the changes onto the backup they follow, and proves all of it. Nothing is noted: the log comes along.
pub(in crate::ledger) fn apply(
    conn: &mut Connection,
    rest: &Rest,
    wreck: &mut Wreck,
    progress: &dyn Progress,
) -> Result<()> {
    let tables = recorded(conn)?;
    let tx = conn.transaction()?;
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let (marks_before, last_row) = (Marks::of(&tx)?, last_row(&tx)?);
    for (done, (past, afters)) in rest.changes.iter().enumerate() {
        if progress.at(done as u64, rest.changes.len() as u64).is_break() {
            return Err(LedgerError::cancelled());
        }
        write_change(&tx, past, afters, &tables)?;
    }
    // What stood earlier in rows that stay and whose past went for good since leaves the backup's part of the log.
    purge::scrub_marked(&tx, &Marks::of(&tx)?.beyond(&marks_before), last_row)?;
    search_keys::rebuild(&tx)?;
    carry_beside(&tx, wreck)?;
    tx.commit()?;
    verify::check_content(conn)?;
    let head: Vec<u8> = conn.query_row("SELECT hash FROM change ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
    if rest.head().is_none_or(|expected| expected == head) { Ok(()) } else { Err(broken()) }
}

fn write_change(conn: &Connection, past: &Past, afters: &[After], tables: &[Recorded]) -> Result<()> {
    let erases = past.op.starts_with("purge");
    for (noted, after) in past.rows.iter().zip(afters) {
        let table = tables.iter().find(|table| table.table == noted.table).ok_or_else(broken)?;
        if erases && noted.table == "resident" && noted.kind == "delete" {
            purge::forget_beside(conn, &noted.uid)?;
        }
        write_row(conn, table, &noted.uid, after)?;
    }
    conn.prepare_cached(
        "INSERT INTO change (id, uid, at, by, op, about, note, count, undoes, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        past.id, past.uid, past.at, past.by, past.op, past.about, past.note, past.count, past.undoes, past.hash
    ])?;
    for noted in &past.rows {
        conn.prepare_cached(
            "INSERT INTO change_row (id, change_id, table_name, row_uid, kind, before, salt, commitment) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            noted.id,
            past.id,
            noted.table,
            noted.uid,
            noted.kind,
            noted.before,
            noted.salt,
            noted.commitment
        ])?;
    }
    // What once stood in a row that went for good leaves the part of the log that the backup has, too.
    if erases { purge::scrub(conn, past.id) } else { Ok(()) }
}

fn write_row(conn: &Connection, table: &Recorded, uid: &str, after: &After) -> Result<()> {
    match after {
        After::Erased => Ok(()),
        After::Gone => {
            let sql = format!("DELETE FROM {} WHERE uid = ?1", table.table);
            conn.prepare_cached(&sql)?.execute([uid])?;
            Ok(())
        }
        After::Row(row) if current(conn, table, uid)?.is_none() => insert(conn, table, row),
        After::Row(fields) | After::Columns(fields) => {
            let known: Vec<(&String, &Value)> =
                fields.iter().filter(|(column, _)| table.columns.contains(column)).collect();
            let sets: Vec<String> =
                known.iter().enumerate().map(|(at, (c, _))| format!("\"{c}\" = ?{}", at + 1)).collect();
            let sql = format!("UPDATE {} SET {} WHERE uid = ?{}", table.table, sets.join(", "), known.len() + 1);
            let values = known.iter().map(|(_, value)| to_sql(value)).chain([Sql::Text(uid.to_owned())]);
            conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
            Ok(())
        }
    }
}

/// What is asked of the old file, from the last look that the backup knows on, and how it is written.
type Beside = (&'static str, &'static str);

const OWN_KEYS: Beside = (
    "SELECT id, sealing, signing FROM own_key WHERE ?1 = ?1",
    "INSERT INTO own_key (id, sealing, signing) VALUES (?1, ?2, ?3) \
     ON CONFLICT (id) DO UPDATE SET sealing = excluded.sealing, signing = excluded.signing",
);
const SLIPS: Beside = (
    "SELECT programme, month, printed FROM slip_counter WHERE ?1 = ?1",
    "INSERT INTO slip_counter (programme, month, printed) VALUES (?1, ?2, ?3) \
     ON CONFLICT (programme, month) DO UPDATE SET printed = max(printed, excluded.printed)",
);
const LOOKS: Beside = (
    "SELECT at, by, about, purpose FROM access_log WHERE id > ?1 ORDER BY id",
    "INSERT INTO access_log (at, by, about, purpose) VALUES (?1, ?2, ?3, ?4)",
);
const DRAFTS: Beside = (
    "SELECT form, about, value, kept_at FROM draft WHERE ?1 = ?1",
    "INSERT INTO draft (form, about, value, kept_at) VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (form, about) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at",
);

/// What stands outside the log and would be missed where the log is carried over, too. What of it cannot be read stays as the
/// backup has it.
fn carry_beside(conn: &Connection, wreck: &mut Wreck) -> Result<()> {
    carry(conn, wreck, &[OWN_KEYS, SLIPS, LOOKS, DRAFTS])
}

/// What no going back makes undone: slips that were printed, looks at what is hidden, and what was being typed.
pub(in crate::ledger) fn carry_what_happened(conn: &Connection, wreck: &mut Wreck) -> Result<()> {
    carry(conn, wreck, &[SLIPS, LOOKS, DRAFTS])
}

fn carry(conn: &Connection, wreck: &mut Wreck, beside: &[Beside]) -> Result<()> {
    let last_look: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM access_log", [], |row| row.get(0))?;
    for (question, write) in beside {
        let rows = wreck.read(|there| {
            let mut rows = there.prepare(question)?;
            let columns = rows.column_count();
            let rows = rows.query_map([last_look], |row| (0..columns).map(|at| row.get(at)).collect())?;
            Ok(rows.collect::<rusqlite::Result<Vec<Vec<Sql>>>>()?)
        });
        for row in rows.unwrap_or_default() {
            // One row that has no place here is no reason to give up all the changes.
            if conn.prepare_cached(write)?.execute(params_from_iter(row)).is_err() {
                tracing::warn!("a row beside the log was not carried over");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_whose_past_went_for_good_is_taken_as_it_stands_only_where_the_log_was_read_to_its_end() {
        let table = Recorded { table: "consent".into(), columns: vec!["uid".into(), "kept".into()] };
        let noted = |kind: &str| Noted {
            id: 1,
            table: "consent".into(),
            uid: "u".into(),
            kind: kind.into(),
            before: None,
            salt: None,
            commitment: Vec::new(),
        };
        let (insert, update) = (noted("insert"), noted("update"));
        let now = || Some(State::of(object("{\"uid\":\"u\",\"kept\":\"now\"}").ok()));
        for notes in [vec![&insert], vec![&insert, &update]] {
            let last = |is_whole| walk(&table, &notes, now(), is_whole).expect("walked").pop().flatten();
            assert!(matches!(last(true), Some(After::Row(_))));
            assert!(last(false).is_none(), "a later write may be hidden in the damage");
        }
    }
}
