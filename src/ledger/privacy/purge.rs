//! Real deletion: rows, what stood in them at any time, search keys and drafts; then the write-ahead log is emptied and a
//! backup is made that no longer has them. What somebody counted for in months gone by stays a number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;

use crate::domain::message::{Message, Say as _};
use crate::domain::retention::Keeping;
use crate::ledger::backup::{self, BackupFile};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::months::{self, Numbers};
use crate::ledger::privacy::kept::DueRow;
use crate::ledger::progress::Progress;
use crate::ledger::store::purge::{self as store, Marks, RowId};
use crate::ledger::store::{Note, Tx, looks, months as happened, residents, retention, same_person};
use crate::ledger::{Ledger, files};

/// For how long looks at what is hidden are kept, in months (PIPL art. 56).
const LOOKS_KEPT: u32 = 36;

/// Why something goes for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person, or who speaks for them, asked.
    Asked,
    /// Its time is over.
    Due,
    /// It was deleted for good before, and came back with an old backup or from another laptop.
    Before,
}

impl Why {
    fn op(self) -> &'static str {
        match self {
            Self::Asked => "purge",
            Self::Due => "purge-due",
            Self::Before => "purge-again",
        }
    }
}

/// What goes for good.
#[derive(Clone, Copy)]
struct What<'a> {
    rows: &'a [RowId],
    /// Rows that stay and whose past goes.
    proofs: &'a [RowId],
    /// Rows of which goes what stood there until a day.
    past: (&'a [RowId], NaiveDate),
    /// Marks of what went elsewhere, which are kept here from now on.
    marks: Option<&'a Marks>,
}

impl<'a> What<'a> {
    fn is_something(&self) -> bool {
        !self.rows.is_empty() || !self.proofs.is_empty() || !self.past.0.is_empty() || self.marks.is_some()
    }

    fn of(rows: &'a [RowId]) -> Self {
        Self { rows, proofs: &[], past: (&[], NaiveDate::MIN), marks: None }
    }
}

/// What becomes of backups that still hold what was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldBackups {
    /// They stay until their time is over.
    Keep,
    /// They go, once the new one is proved.
    Remove,
}

/// Tells how far it is and no longer stops: what is gone must be gone from the newest backup, too.
struct Onward<'a>(&'a dyn Progress);

impl Progress for Onward<'_> {
    fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
        let _ = self.0.at(done, total);
        ControlFlow::Continue(())
    }
}

/// What deleting came to.
#[derive(Debug)]
pub struct Purged {
    /// What was written down; none where nothing was there.
    pub done: Option<Done>,
    /// Rows that are gone, or whose past is.
    pub rows: usize,
    /// Backups that still hold what was deleted.
    pub old_backups: Vec<BackupFile>,
    /// Whether the write-ahead log could be emptied at once; else it is when the ledger is closed.
    pub log_emptied: bool,
    /// Whether a backup without what was deleted was made.
    pub is_backed_up: bool,
}

impl Purged {
    /// What is said of it.
    pub fn message(&self) -> Message {
        if !self.is_backed_up {
            return Message::new("purged-no-backup").number("rows", self.rows);
        }
        Message::new("purged").number("rows", self.rows).number("backups", self.old_backups.len())
    }
}

impl Ledger {
    /// Deletes a person for good, under all their records.
    ///
    /// # Errors
    /// `error-no-such-resident`; `error-purge-held` where a rule keeps the record; what backups can fail by: then nothing
    /// was deleted.
    pub fn purge_person(
        &mut self,
        uid: &str,
        old: OldBackups,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<Purged> {
        let conn = self.view.conn();
        let resident = residents::brief(conn, uid)?.ok_or_else(|| LedgerError::refused("error-no-such-resident"))?;
        let family = same_person::family(conn, resident.id)?;
        let held = retention::holds(conn)?.into_iter().find(|held| family.contains(&held.resident));
        if let Some(held) = held.filter(|held| held.until > stamp.today) {
            let message = Message::new("error-purge-held").date("until", held.until).text("basis", held.basis);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        let rows = store::uids_of(conn, &family)?;
        self.purge(What::of(&rows), Why::Asked, old, stamp, progress)
    }

    /// Deletes for good what was looked at in the list of what is due; what is no longer due is passed over.
    ///
    /// # Errors
    /// As [`Ledger::purge_person`].
    pub fn purge_due(
        &mut self,
        chosen: &BTreeSet<String>,
        old: OldBackups,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<Purged> {
        let due = self.view.due_for_deletion(stamp.today)?;
        let (mut rows, mut proofs, mut past) = (Vec::new(), Vec::new(), Vec::new());
        for DueRow { keeping, table, uid, resident, .. } in due.into_iter().filter(|row| chosen.contains(&row.uid)) {
            match keeping {
                Keeping::Proof => proofs.push(RowId { table, uid }),
                Keeping::Past => past.push(RowId { table, uid }),
                Keeping::Gone => {
                    let record = residents::brief(self.view.conn(), &resident)?;
                    let record = record.ok_or_else(|| LedgerError::refused("error-no-such-resident"))?;
                    let family = same_person::family(self.view.conn(), record.id)?;
                    rows.extend(store::uids_of(self.view.conn(), &family)?);
                }
                _ => rows.push(RowId { table, uid }),
            }
        }
        let past = (past.as_slice(), self.view.past_is_due_by(stamp.today)?);
        self.purge(What { rows: &rows, proofs: &proofs, past, marks: None }, Why::Due, old, stamp, progress)
    }

    /// Deletes again what was deleted for good before and is here once more, and keeps every mark that is new here: also of
    /// a row that is not here, which an older backup or another laptop would bring back.
    pub(in crate::ledger) fn purge_again(
        &mut self,
        marks: &Marks,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<usize> {
        let (rows, marks) = self.known_to(marks)?;
        let what = What { marks: marks.as_ref(), ..What::of(&rows) };
        Ok(self.purge(what, Why::Before, OldBackups::Keep, stamp, progress)?.rows)
    }

    /// The same in a file that is to take a ledger's place and has no name yet: a backup of it would be of nothing.
    pub(in crate::ledger) fn purge_before_named(&mut self, marks: &Marks, stamp: &Stamp) -> Result<()> {
        let (rows, marks) = self.known_to(marks)?;
        let what = What { marks: marks.as_ref(), ..What::of(&rows) };
        if what.is_something() {
            self.erase_for_good(&what, Why::Before, stamp)?;
        }
        Ok(())
    }

    /// What marks name and is here, and the marks that are new here.
    fn known_to(&self, marks: &Marks) -> Result<(Vec<RowId>, Option<Marks>)> {
        let rows = marks.still_in(&self.store.conn, self.store.recorded())?;
        let marks = marks.clone().beyond(&Marks::of(&self.store.conn)?);
        Ok((rows, Some(marks).filter(|marks| !marks.is_empty())))
    }

    fn purge(
        &mut self,
        what: What<'_>,
        why: Why,
        old: OldBackups,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<Purged> {
        if !what.is_something() {
            return Ok(Purged { done: None, rows: 0, old_backups: Vec::new(), log_emptied: true, is_backed_up: true });
        }
        self.back_up_if_changed(stamp, progress)?;
        let (gone, change) = self.erase_for_good(&what, why, stamp)?;
        let emptied = self.store.move_log_into_file().is_ok();
        let done = change.map(|change| self.done(Some(change), Vec::new())).transpose()?;
        // The rows are gone: a backup that cannot be made is said, and the older ones then stay whatever was wished.
        let proved = self.back_up(stamp, &Onward(progress)).inspect_err(|error| {
            tracing::warn!(error = ?error.message().key, "no backup after deleting for good");
        });
        let mut old_backups = older(&self.path, proved.as_ref().ok().map(|proved| proved.path.as_path()))?;
        if let (OldBackups::Remove, Ok(proved)) = (old, &proved) {
            old_backups.retain(|backup| std::fs::remove_file(&backup.path).is_err());
            files::sync_folder(files::folder_of(&proved.path))?;
        }
        let log_emptied = emptied && self.store.move_log_into_file().is_ok();
        Ok(Purged { done, rows: gone, old_backups, log_emptied, is_backed_up: proved.is_ok() })
    }

    /// How many rows went, and by which change.
    fn erase_for_good(&mut self, what: &What<'_>, why: Why, stamp: &Stamp) -> Result<(usize, Option<i64>)> {
        let count = i64::try_from(what.rows.len() + what.proofs.len() + what.past.0.len()).unwrap_or(i64::MAX);
        let note = Note { op: why.op(), count, ..Note::default() };
        self.store.transact(stamp, note, |tx| {
            if why == Why::Due {
                remove_old_looks(tx)?;
            }
            let gone = erase_and_keep_numbers(tx, what.rows)?;
            what.proofs.iter().try_for_each(|row| store::scrub_history(tx, row))?;
            what.past.0.iter().try_for_each(|row| store::scrub_past(tx, row, what.past.1))?;
            what.marks.map_or(Ok(()), |marks| store::keep_marks(tx, marks))?;
            Ok(gone + what.proofs.len() + what.past.0.len())
        })
    }
}

fn older(ledger: &Path, newest: Option<&Path>) -> Result<Vec<BackupFile>> {
    Ok(backup::backups(ledger)?
        .into_iter()
        .filter(|backup| newest.is_none_or(|newest| backup.path != newest))
        .collect())
}

/// Looks at what is hidden whose time is over go with whatever else is due.
fn remove_old_looks(tx: &Tx<'_>) -> Result<()> {
    let oldest = tx.today.checked_sub_months(chrono::Months::new(LOOKS_KEPT)).unwrap_or(NaiveDate::MIN);
    looks::remove_before(tx.conn(), &oldest.to_string())
}

/// Erases rows; the numbers of months and years gone by stay as they were.
fn erase_and_keep_numbers(tx: &mut Tx<'_>, rows: &[RowId]) -> Result<usize> {
    let uids: Vec<&str> = rows.iter().map(|row| row.uid.as_str()).collect();
    let times = happened::times_of(tx.conn(), &uids)?;
    let count = |tx: &Tx<'_>| -> Result<BTreeMap<String, Numbers>> {
        times.iter().map(|of| Ok((of.clone(), months::numbers_of(tx.conn(), of)?))).collect()
    };
    let before = count(tx)?;
    let gone = store::erase(tx, rows)?;
    let after = count(tx)?;
    for (of, numbers) in before {
        for ((programme, measure), number) in numbers {
            let left = after.get(&of).and_then(|now| now.get(&(programme.clone(), measure))).copied().unwrap_or(0);
            if number != left {
                store::add_number(tx, (&of, &programme, measure.as_str()), number - left)?;
            }
        }
    }
    Ok(gone)
}
