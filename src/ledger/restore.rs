//! Putting a backup in a ledger's place: proved first, the old file moved aside and never removed.
//!
//! The copy is made and proved under a passing name, and so is all that has to hold of the ledger: what was deleted for good since
//! goes from it, a copy that was handed over only reads. Then it takes the ledger's place ([`swap`]), whole or not at all.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tempfile::TempPath;

use crate::domain::message::{Message, Say as _};
use crate::ledger::Ledger;
use crate::ledger::carrier;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::hand_over::HANDED_OVER;
use crate::ledger::keys::{KeysFile, LedgerKey, Unlock};
use crate::ledger::lock::Lock;
use crate::ledger::progress::{Part, Progress, Unwatched};
use crate::ledger::sealed::remove_side_files;
use crate::ledger::store::purge::Marks;
use crate::ledger::store::replay::{self, Rest};
use crate::ledger::store::wreck::Wreck;
use crate::ledger::store::{Access, connect, migrate, reject_foreign, settings, snapshot};
use crate::ledger::swap;
use crate::ledger::view::{Overview, View};

const CHUNK: usize = 1 << 20;

/// A backup that was put in its ledger's place.
pub struct Restored {
    /// The ledger as the backup holds it, open.
    pub ledger: Ledger,
    /// What the old file held, if it could still be read.
    pub before: Option<Overview>,
    /// Where the old file lies now; none where there was no file.
    pub moved_aside: Option<PathBuf>,
    /// How many changes were carried over from the old file.
    pub replayed: i64,
}

impl Restored {
    /// What is said of it: what the old file held, what `after` holds, and where the old file lies.
    pub fn messages(&self, after: &Overview) -> Vec<Message> {
        let held = |key: &'static str, held: &Overview| {
            Message::new(key).number("revision", held.revision).number("residents", held.residents)
        };
        let before = match &self.before {
            Some(before) => held("cli-restore-before", before),
            None => Message::new("cli-restore-before-unread"),
        };
        let mut messages = vec![before];
        if self.replayed > 0 {
            messages.push(held("restored-carried", after).number("steps", self.replayed));
        } else {
            messages.push(held("cli-restore-after", after));
        }
        if let Some(aside) = &self.moved_aside {
            messages.push(Message::new("cli-restore-aside").text("path", aside.display().to_string()));
        }
        messages
    }
}

/// What becomes of what the old file holds beyond the backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// It stays in the old file.
    Leave,
    /// As much of its log as can be read and proved is carried over.
    Replay,
}

/// Puts `backup` in the place of `ledger`, whose keys file opens both. All of the backup is read before anything is
/// touched; `stamp` names the file moved aside.
///
/// # Errors
/// Who may only look; a ledger that is open elsewhere; a missing or damaged keys file; a wrong passphrase or paper code; a backup that is
/// damaged, of another ledger, or no backup; the disk; cancelled. Then the old file is in its place.
pub fn restore(
    backup: &Path,
    ledger: &Path,
    with: &Unlock,
    stamp: &Stamp,
    progress: &dyn Progress,
) -> Result<Restored> {
    let ledger = files::real(ledger);
    refuse_unfit(backup, &ledger)?;
    let keys = KeysFile::open(&ledger)?;
    let lock = Lock::take(&ledger)?;
    let key = keys.unlock(with)?;
    put_in_place(backup, &ledger, (&key, lock), Later::Leave, stamp, progress)
}

/// The same for who has the key in hand, and with a choice of what becomes of the rest of the old file.
///
/// # Errors
/// As [`restore`], but for the keys.
pub fn restore_by_key(
    backup: &Path,
    ledger: &Path,
    key: &LedgerKey,
    later: Later,
    stamp: &Stamp,
    progress: &dyn Progress,
) -> Result<Restored> {
    let ledger = files::real(ledger);
    refuse_unfit(backup, &ledger)?;
    let lock = Lock::take(&ledger)?;
    put_in_place(backup, &ledger, (key, lock), later, stamp, progress)
}

fn put_in_place(
    backup: &Path,
    ledger: &Path,
    (key, lock): (&LedgerKey, Lock),
    later: Later,
    stamp: &Stamp,
    progress: &dyn Progress,
) -> Result<Restored> {
    key.may_write()?;
    swap::put_right(ledger)?;
    let steps = if later == Later::Replay { 3 } else { 1 };
    let part = proved_copy(backup, ledger, key, &Part::new(progress, 0, steps))?;
    let rest = match later {
        Later::Leave => None,
        Later::Replay => replayed(&part, ledger, key, progress)?,
    };
    let (replayed, marks) = rest.map_or((0, None), |rest| (rest.count(), Some(rest.marks)));
    // Looked at only now: closing the last connection moves its log into the file.
    let old = View::open_if_there(ledger, key);
    let before = old.as_ref().and_then(|view| view.overview().ok());
    let handed_over = old.as_ref().and_then(|view| view.handed_over().ok());
    let marks = marks.or_else(|| old.as_ref().and_then(|view| Marks::of(view.conn()).ok()));
    drop(old);
    let held = Held {
        // What does not open as a whole, or not whole enough for that, still tells what can be read of it.
        handed_over: handed_over.unwrap_or_else(|| handed_over_of_wreck(ledger, key)),
        marks: marks.or_else(|| marks_of_wreck(&part, ledger, key)),
        later,
    };
    made_ready(&part, ledger, key, &held, stamp)?;
    let moved = swap::put_in_place(part, ledger, stamp)?;
    let mut opened = Ledger::open_held(ledger, key, &Unwatched).inspect_err(|_| moved.undo(ledger))?;
    opened.lock = Some(lock);
    moved.end();
    Ok(Restored { ledger: opened, before, moved_aside: moved.aside, replayed })
}

/// What has to hold of a backup before it takes a ledger's place.
struct Held {
    /// What was deleted for good.
    marks: Option<Marks>,
    /// The day on which the ledger was handed over.
    handed_over: Option<NaiveDate>,
    later: Later,
}

/// Makes that hold, in the file that has no name yet: cut off, there is no ledger of which it does not.
fn made_ready(part: &Path, ledger: &Path, key: &LedgerKey, held: &Held, stamp: &Stamp) -> Result<()> {
    let mut conn = connect(part, key, Access::Write)?;
    migrate::bring_up(&mut conn)?;
    snapshot::into_one_file(conn)?;
    let mut ready = Ledger::open_held(part, key, &Unwatched)?;
    ready.remember_put_back(ledger)?;
    if held.later == Later::Leave {
        carry_what_happened(&ready, ledger, key);
    }
    if let Some(marks) = &held.marks {
        ready.purge_before_named(marks, stamp)?;
    }
    if let Some(on) = held.handed_over {
        ready.mark_handed_over(on)?;
    }
    ready.into_one_file()?;
    remove_side_files(part);
    files::sync_file(part)
}

/// Carries the readable rest of the old file's log over to a proved copy of the backup, before anything is touched.
fn replayed(part: &Path, ledger: &Path, key: &LedgerKey, progress: &dyn Progress) -> Result<Option<Rest>> {
    let Ok(mut wreck) = Wreck::open(ledger, key) else { return Ok(None) };
    let mut conn = connect(part, key, Access::Write)?;
    migrate::bring_up(&mut conn)?;
    let rest = replay::rest(&mut wreck, &conn, &Part::new(progress, 1, 3))?;
    replay::apply(&mut conn, &rest, &mut wreck, &Part::new(progress, 2, 3))?;
    snapshot::into_one_file(conn)?;
    remove_side_files(part);
    Ok(Some(rest))
}

/// Carries over from the old file what no going back makes undone. What cannot be read of it is no reason not to open.
fn carry_what_happened(ready: &Ledger, old: &Path, key: &LedgerKey) {
    let carried =
        Wreck::open(old, key).and_then(|mut wreck| replay::carry_what_happened(&ready.store.conn, &mut wreck));
    if carried.is_err() {
        tracing::warn!("nothing could be read of what was being typed in the old file");
    }
}

/// What was deleted for good, as far as a file tells that does not open as a whole.
fn marks_of_wreck(part: &Path, ledger: &Path, key: &LedgerKey) -> Option<Marks> {
    let mut wreck = Wreck::open(ledger, key).ok()?;
    let backup = connect(part, key, Access::Frozen).ok()?;
    let mut marks = Marks::none_of(&backup).ok()?;
    wreck.add_marks(&mut marks);
    Some(marks)
}

/// When a copy was handed over, as far as a file tells that does not open as a whole: it stays one that only reads.
fn handed_over_of_wreck(ledger: &Path, key: &LedgerKey) -> Option<NaiveDate> {
    Wreck::open(ledger, key).ok()?.read(|conn| settings::get(conn, HANDED_OVER))??.parse().ok()
}

/// A copy to be brought in, or the ledger itself, is no backup.
fn refuse_unfit(backup: &Path, ledger: &Path) -> Result<()> {
    carrier::refuse(ledger)?;
    if !backup.is_file() {
        return Err(LedgerError::io(std::io::ErrorKind::NotFound.into(), backup));
    }
    reject_foreign(backup)?;
    if backup.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlc")) {
        return Err(LedgerError::refused("error-restore-is-copy"));
    }
    if files::real(backup) == ledger {
        return Err(LedgerError::refused("error-restore-itself"));
    }
    // What is in a log beside it would be lost without a word.
    if files::with_ending(backup, "-wal").metadata().is_ok_and(|meta| meta.len() > 0) {
        return Err(LedgerError::refused("error-restore-has-log"));
    }
    Ok(())
}

/// The backup beside the ledger under a passing name, all of it read.
pub(in crate::ledger) fn proved_copy(
    backup: &Path,
    ledger: &Path,
    key: &LedgerKey,
    progress: &dyn Progress,
) -> Result<TempPath> {
    let mut source = File::open(backup).map_err(|e| unread(e, backup))?;
    let length = source.metadata().map_err(|e| unread(e, backup))?.len();
    let mut part = files::part_in(files::folder_of(ledger), &files::stem(ledger))?;
    let (mut buffer, mut done) = (vec![0; CHUNK], 0);
    loop {
        if progress.at(done, length).is_break() {
            return Err(LedgerError::cancelled());
        }
        let read = source.read(&mut buffer).map_err(|e| unread(e, backup))?;
        if read == 0 {
            break;
        }
        part.write_all(&buffer[..read]).map_err(|e| LedgerError::io(e, ledger))?;
        done += read as u64;
    }
    part.as_file().sync_all().map_err(|e| LedgerError::io(e, ledger))?;
    let part = part.into_temp_path();
    let proved = snapshot::prove(&part, key);
    // A file that was moved aside says that it has a log; looking for it leaves one.
    remove_side_files(&part);
    proved.map_err(|error| match (error.kind, error.message().key.as_ref()) {
        (ErrorKind::Damaged, "error-wrong-key-or-damaged") => LedgerError::damaged("error-restore-does-not-fit"),
        (ErrorKind::Damaged, _) => LedgerError::damaged("error-restore-damaged"),
        _ => error,
    })?;
    Ok(part)
}

/// A backup that is there and that the disk does not give back is as bad as a damaged one; one that is gone is another matter.
fn unread(error: std::io::Error, backup: &Path) -> LedgerError {
    if error.kind() == std::io::ErrorKind::NotFound {
        return LedgerError::io(error, backup);
    }
    let message = Message::new("error-restore-unread").text("path", backup.display().to_string());
    LedgerError::new(ErrorKind::Damaged, message)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_backup_that_the_disk_does_not_give_back_is_damaged_and_one_that_is_gone_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ledger, key) = (folder.path().join("v.xlg"), LedgerKey::from_bytes([7; 32]));
        let said = |backup: &str| {
            let error = proved_copy(Path::new(backup), &ledger, &key, &Unwatched).expect_err("it is not read");
            (error.kind, error.message().key.into_owned())
        };
        // Its first page belongs to nobody: reading it is refused as a bad disk refuses.
        assert_eq!(said("/proc/self/mem"), (ErrorKind::Damaged, "error-restore-unread".to_owned()));
        assert_eq!(said("/gone/away.xlg"), (ErrorKind::Disk, "error-no-such-file".to_owned()));
    }
}
