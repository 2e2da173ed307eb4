//! Deleting for good: the rows go, what once stood in them goes out of the change log, and a mark of each stays, so that no
//! old backup and no other laptop brings it back. The chain of changes still verifies: its hashes cover commitments alone.

use std::collections::HashSet;

use chrono::NaiveDate;
use hmac::{Hmac, Mac as _};
use rusqlite::{Connection, params};
use sha2::Sha256;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hex::hex;
use crate::ledger::store::change_log::Recorded;
use crate::ledger::store::connection::has_table;
use crate::ledger::store::transact::Tx;

/// A row of a table of record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::ledger) struct RowId {
    pub(in crate::ledger) table: String,
    pub(in crate::ledger) uid: String,
}

/// The mark of a row: an HMAC of its uid, the same in every copy of this ledger.
fn mark(village: &str, uid: &str) -> Result<String> {
    let mac = Hmac::<Sha256>::new_from_slice(village.as_bytes());
    let mut mac = mac.map_err(|_| LedgerError::damaged("error-ledger-unexpected"))?;
    mac.update(uid.as_bytes());
    Ok(hex(&mac.finalize().into_bytes()))
}

fn village(conn: &Connection) -> Result<String> {
    Ok(conn.query_row("SELECT uid FROM village WHERE id = 1", [], |row| row.get(0))?)
}

/// Whether rows were deleted for good.
#[derive(Clone)]
pub(in crate::ledger) struct Marks {
    village: String,
    marks: HashSet<String>,
}

impl Marks {
    /// Of this ledger.
    pub(in crate::ledger) fn of(conn: &Connection) -> Result<Self> {
        // A ledger of an older program has none.
        if !has_table(conn, "tombstone")? {
            return Self::none_of(conn);
        }
        let mut rows = conn.prepare_cached("SELECT mark FROM tombstone")?;
        let marks = rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { village: village(conn)?, marks })
    }

    /// None yet, of the village of this ledger.
    pub(in crate::ledger) fn none_of(conn: &Connection) -> Result<Self> {
        Ok(Self { village: village(conn)?, marks: HashSet::new() })
    }

    /// Those that another file of this village's holds, as they stand there.
    pub(in crate::ledger) fn add_marks(&mut self, marks: impl IntoIterator<Item = String>) {
        self.marks.extend(marks);
    }

    /// A row that the log of another file says was deleted for good.
    pub(in crate::ledger) fn add_row(&mut self, uid: &str) -> Result<()> {
        self.marks.insert(mark(&self.village, uid)?);
        Ok(())
    }

    /// The marks that a row would have: of itself, and of its past alone.
    pub(in crate::ledger) fn made_of(&self, uid: &str) -> Result<[String; 2]> {
        Ok([mark(&self.village, uid)?, mark(&self.village, &of_history(uid))?])
    }

    /// Whether there are none.
    pub(in crate::ledger) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Whether a row with this uid was.
    pub(in crate::ledger) fn has(&self, uid: &str) -> Result<bool> {
        Ok(!self.marks.is_empty() && self.marks.contains(&mark(&self.village, uid)?))
    }

    /// Whether what stood in a row at any time was: the row itself, or its past.
    pub(in crate::ledger) fn has_past_of(&self, uid: &str) -> Result<bool> {
        Ok(self.has(uid)? || self.has(&of_history(uid))?)
    }

    /// Those that the other does not have.
    pub(in crate::ledger) fn beyond(mut self, other: &Self) -> Self {
        self.marks.retain(|mark| !other.marks.contains(mark));
        self
    }

    /// The rows that are still here although they were deleted elsewhere.
    pub(in crate::ledger) fn still_in(&self, conn: &Connection, tables: &[Recorded]) -> Result<Vec<RowId>> {
        let mut found = Vec::new();
        if self.is_empty() {
            return Ok(found);
        }
        for Recorded { table, .. } in tables {
            let mut rows = conn.prepare(&format!("SELECT uid FROM {table}"))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let uid: String = row.get("uid")?;
                if self.has(&uid)? {
                    found.push(RowId { table: table.clone(), uid });
                }
            }
        }
        Ok(found)
    }
}

/// Deletes rows with all that hangs on them, households that nobody is left in included, and leaves a mark of each. What
/// stood in them leaves the log when the change is written ([`scrub`]).
pub(in crate::ledger) fn erase(tx: &mut Tx<'_>, rows: &[RowId]) -> Result<usize> {
    // A household may be named before the people in it.
    tx.conn().execute_batch("PRAGMA defer_foreign_keys = ON")?;
    for row in rows.iter().filter(|row| row.table == "resident") {
        forget_beside(tx.conn(), &row.uid)?;
        // A link between two records is no one's own: it goes before them.
        tx.conn()
            .prepare_cached(
                "DELETE FROM same_person WHERE behind_id = (SELECT id FROM resident WHERE uid = ?1) \
             OR listed_id = (SELECT id FROM resident WHERE uid = ?1)",
            )?
            .execute([&row.uid])?;
    }
    for row in rows {
        let table = tx.recorded().iter().find(|recorded| recorded.table == row.table);
        let table = table.ok_or_else(|| LedgerError::damaged("error-ledger-unexpected"))?;
        let sql = format!("DELETE FROM {} WHERE uid = ?1", table.table);
        tx.conn().prepare_cached(&sql)?.execute([&row.uid])?;
    }
    empty_homes(tx)?;
    let (village, gone) = (village(tx.conn())?, deleted_now(tx.conn())?);
    for RowId { uid, .. } in &gone {
        leave_mark(tx, &mark(&village, uid)?)?;
    }
    tx.erases = true;
    Ok(gone.len())
}

/// Typed but unsaved forms in which the person stands: by identity, name or number.
pub(in crate::ledger::store) fn forget_beside(conn: &Connection, resident: &str) -> Result<()> {
    let mut delete = conn.prepare_cached(
        "DELETE FROM draft WHERE EXISTS (SELECT 1 FROM resident r WHERE r.uid = ?1 AND (draft.about = r.uid \
         OR instr(draft.value, r.uid) > 0 OR instr(draft.value, r.name) > 0 \
         OR (r.name_written <> '' AND instr(draft.value, r.name_written) > 0) \
         OR (r.id_number <> '' AND instr(draft.value, r.id_number) > 0)))",
    )?;
    delete.execute([resident])?;
    Ok(())
}

/// Households whose last member goes in this change: an address is a person's, too.
fn empty_homes(tx: &Tx<'_>) -> Result<()> {
    tx.conn().execute(
        "DELETE FROM household WHERE sorted = 1 AND NOT EXISTS (SELECT 1 FROM resident r WHERE r.household_id = household.id) \
         AND id IN (SELECT json_extract(before, '$.household_id') FROM change_row \
         WHERE change_id = current_change() AND table_name = 'resident' AND kind = 'delete')",
        [],
    )?;
    Ok(())
}

/// The rows that the change being written has deleted.
fn deleted_now(conn: &Connection) -> Result<Vec<RowId>> {
    let mut rows = conn.prepare_cached(
        "SELECT table_name, row_uid FROM change_row WHERE change_id = current_change() AND kind = 'delete' ORDER BY id",
    )?;
    let rows = rows.query_map([], |row| Ok(RowId { table: row.get("table_name")?, uid: row.get("row_uid")? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes out of the log what stood in the rows that a change deleted, at any time.
pub(in crate::ledger) fn scrub(conn: &Connection, change: i64) -> Result<()> {
    conn.execute(
        "UPDATE change_row SET before = NULL, salt = NULL WHERE (before IS NOT NULL OR salt IS NOT NULL) \
         AND EXISTS (SELECT 1 FROM change_row gone WHERE gone.change_id = ?1 AND gone.kind = 'delete' \
         AND gone.row_uid = change_row.row_uid AND gone.table_name = change_row.table_name) \
         AND row_uid IN (SELECT row_uid FROM change_row WHERE change_id = ?1 AND kind = 'delete')",
        [change],
    )?;
    Ok(())
}

/// Takes out of the log what stood in a row earlier; the row itself stays, and a mark says that its past went.
pub(in crate::ledger) fn scrub_history(tx: &mut Tx<'_>, row: &RowId) -> Result<()> {
    let village = village(tx.conn())?;
    leave_mark(tx, &mark(&village, &of_history(&row.uid))?)?;
    let mut update = tx
        .conn()
        .prepare_cached("UPDATE change_row SET before = NULL, salt = NULL WHERE row_uid = ?1 AND table_name = ?2")?;
    update.execute([&row.uid, &row.table])?;
    Ok(())
}

/// Takes out of the log what stood in a row until a day, whether the row is there or not; what came later stays, and a mark
/// says that its past went. What goes is always the oldest, so that the rest is still derived from what stands there.
pub(in crate::ledger) fn scrub_past(tx: &mut Tx<'_>, row: &RowId, by: NaiveDate) -> Result<()> {
    let village = village(tx.conn())?;
    leave_mark(tx, &mark(&village, &of_history(&row.uid))?)?;
    let mut update = tx.conn().prepare_cached(
        "UPDATE change_row SET before = NULL, salt = NULL WHERE row_uid = ?1 AND table_name = ?2 AND id <= \
         (SELECT max(x.id) FROM change_row x JOIN change c ON c.id = x.change_id WHERE x.row_uid = ?1 \
         AND x.table_name = ?2 AND substr(c.at, 1, 10) <= ?3)",
    )?;
    update.execute(params![row.uid, row.table, by.to_string()])?;
    Ok(())
}

/// Keeps marks that came from elsewhere, and takes out of the log what they say went for good: the past of a row that stays,
/// and what a row was that had been taken away before.
pub(in crate::ledger) fn keep_marks(tx: &mut Tx<'_>, marks: &Marks) -> Result<()> {
    let mut sorted: Vec<&String> = marks.marks.iter().collect();
    sorted.sort();
    for mark in sorted {
        leave_mark(tx, mark)?;
    }
    let before: i64 = tx.conn().query_row(
        "SELECT coalesce(max(id), 0) FROM change_row WHERE change_id < current_change()",
        [],
        |row| row.get(0),
    )?;
    scrub_marked(tx.conn(), marks, before)
}

/// Takes out of the log, up to one noted write, what stood at any time in rows of which marks say that it went for good.
pub(in crate::ledger::store) fn scrub_marked(conn: &Connection, marks: &Marks, last_row: i64) -> Result<()> {
    if marks.is_empty() {
        return Ok(());
    }
    let mut uids = conn.prepare("SELECT DISTINCT row_uid FROM change_row WHERE salt IS NOT NULL AND id <= ?1")?;
    let uids = uids.query_map([last_row], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut scrub = conn.prepare("UPDATE change_row SET before = NULL, salt = NULL WHERE row_uid = ?1 AND id <= ?2")?;
    for uid in uids {
        if marks.has_past_of(&uid)? {
            scrub.execute(params![uid, last_row])?;
        }
    }
    Ok(())
}

/// Whose past went, and not the row itself.
fn of_history(uid: &str) -> String {
    format!("history {uid}")
}

fn leave_mark(tx: &mut Tx<'_>, mark: &str) -> Result<()> {
    let (uid, on) = (tx.uid(), tx.today.to_string());
    let mut insert = tx
        .conn()
        .prepare_cached("INSERT INTO tombstone (uid, mark, on_date) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    insert.execute(params![uid, mark, on])?;
    Ok(())
}

/// The rows of a person: every record that is of them.
pub(in crate::ledger) fn uids_of(conn: &Connection, records: &[i64]) -> Result<Vec<RowId>> {
    let mut rows = conn.prepare_cached("SELECT uid FROM resident WHERE id = ?1")?;
    let uid = |record: &i64| {
        let uid = rows.query_row([record], |row| row.get(0))?;
        Ok(RowId { table: "resident".to_owned(), uid })
    };
    records.iter().map(uid).collect()
}

/// Adds to what is counted of people who are gone.
pub(in crate::ledger) fn add_number(
    tx: &mut Tx<'_>,
    (of, programme, measure): (&str, &str, &str),
    number: i64,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO purged_number (uid, of, programme, measure, number) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (of, programme, measure) DO UPDATE SET number = number + excluded.number",
        )?
        .execute(params![uid, of, programme, measure, number])?;
    Ok(())
}
