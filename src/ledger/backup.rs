//! Verified backups: sealed page copies in `backups/` beside the ledger, proved by reading all of them again.
//!
//! A backup has its final name only once it is on the disk and was found to be the whole ledger. Which old ones go is
//! decided by [`crate::domain::thinning`].

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use crate::domain::message::Say as _;
use crate::domain::thinning;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::LedgerKey;
use crate::ledger::medium::Reading;
use crate::ledger::progress::{Progress, Unwatched};
use crate::ledger::space;
use crate::ledger::store::{Access, connect, settings, snapshot, verify};
use crate::ledger::view::View;

/// How long a changed ledger may go without a backup while it is open, in minutes.
pub const MINUTES_OF_CHANGE: i64 = 30;

const SETTING: &str = "last-backup";
const ENDING: &str = ".xlg";
const INSTANT: &str = "%Y%m%dT%H%M%S";

/// A backup that was proved to be the whole ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// When it was made.
    pub at: DateTime<FixedOffset>,
    /// The revision it holds.
    pub revision: i64,
    /// Residents present in it.
    pub residents: i64,
    /// Where it lies.
    pub path: PathBuf,
}

/// A backup as its file name tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, Beijing time; for one made before a migration, when the ledger last changed.
    pub at: NaiveDateTime,
    /// The revision it holds.
    pub revision: i64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it was made before a migration; such a one is never thinned out.
    pub before_migration: bool,
}

/// What backups and copies are made from: a reading connection of its own, so that another thread can do the work while
/// the ledger goes on being used.
pub struct Source {
    pub(in crate::ledger) conn: Connection,
    pub(in crate::ledger) path: PathBuf,
    pub(in crate::ledger) key: LedgerKey,
    /// Whether nothing is written where the ledger lies.
    pub(in crate::ledger) is_only_read: bool,
}

/// A whole, proved page copy that has no name yet; gone when dropped.
pub(in crate::ledger) struct Snapshot {
    pub(in crate::ledger) part: TempPath,
    revision: i64,
}

impl Source {
    /// The source of the ledger at `path`; `reading` where and how it is read where its medium takes nothing.
    fn open(path: &Path, key: &LedgerKey, reading: Option<&Reading>) -> Result<Self> {
        let (file, access) = reading.map_or((path, Access::Read), Reading::lies);
        let (conn, is_only_read) = (connect(file, key, access)?, reading.is_some());
        Ok(Self { conn, path: path.to_owned(), key: key.clone(), is_only_read })
    }

    /// Makes a backup and thins out old ones. [`Ledger::remember_backup`] makes it known.
    ///
    /// # Errors
    /// Disk, cancelled, or a ledger that is damaged: then no backup is left, and the older ones stay.
    pub fn back_up(&self, stamp: &Stamp, progress: &dyn Progress) -> Result<Proved> {
        let snapshot = self.snapshot(progress)?;
        let (revision, residents) = (snapshot.revision, snapshot::residents_in(&snapshot.part, &self.key)?);
        let named = format!("{}-r{revision}", stamp.at.format(INSTANT));
        let path = place(snapshot.part, &self.path, &named)?;
        thin_out(&self.path, stamp.at.naive_local(), space::free_at(&folder(&self.path)))?;
        Ok(Proved { at: stamp.at, revision, residents, path })
    }

    /// A proved page copy in the backups folder, where the next start sweeps away what a killed run leaves.
    pub(in crate::ledger) fn snapshot(&self, progress: &dyn Progress) -> Result<Snapshot> {
        self.snapshot_into(new_part(&self.path)?, progress)
    }

    /// The same in a file that was made for it.
    pub(in crate::ledger) fn snapshot_into(&self, part: TempPath, progress: &dyn Progress) -> Result<Snapshot> {
        let expected = snapshot::take(&self.conn, &self.key, &part, progress)?;
        files::sync_file(&part)?;
        // Pages that read back badly are the copy's fault unless they are the ledger's own; a history that does not add up was
        // copied as it is.
        let differs = || match verify::pages_unread(&self.conn) {
            Ok(0) => LedgerError::damaged("error-backup-differs"),
            _ => LedgerError::damaged("error-ledger-damaged"),
        };
        let proved = snapshot::prove(&part, &self.key).map_err(|error| {
            let is_the_ledgers = error.message().key == "error-chain-broken";
            if error.is_damage() && !is_the_ledgers { differs() } else { error }
        })?;
        if proved != expected {
            return Err(differs());
        }
        Ok(Snapshot { part, revision: expected.revision })
    }
}

impl Ledger {
    /// What another thread makes backups and copies from.
    pub fn source_of_copies(&self) -> Result<Source> {
        // A backup is worth nothing without the keys; where they cannot be put back, a copy is refused, a backup is not.
        let _ = self.keys.keep();
        Source::open(&self.path, &self.key, self.reading.as_ref())
    }

    /// Makes a backup now, proves it, remembers it, and thins out old ones.
    ///
    /// # Errors
    /// As [`Source::back_up`].
    pub fn back_up(&mut self, stamp: &Stamp, progress: &dyn Progress) -> Result<Proved> {
        let proved = self.source_of_copies()?.back_up(stamp, progress)?;
        self.remember_backup(&proved)?;
        Ok(proved)
    }

    /// Makes a backup unless the last one still holds everything: on close, and before anything far-reaching.
    ///
    /// # Errors
    /// As [`Source::back_up`].
    pub fn back_up_if_changed(&mut self, stamp: &Stamp, progress: &dyn Progress) -> Result<Option<Proved>> {
        let last = self.last_backup()?;
        if last.is_some_and(|last| self.view.revision().is_ok_and(|revision| revision == last.revision)) {
            return Ok(None);
        }
        self.back_up(stamp, progress).map(Some)
    }

    /// Remembers a backup that another thread proved; one of another ledger, which was closed meanwhile, is not ours.
    pub fn remember_backup(&mut self, proved: &Proved) -> Result<()> {
        if !is_backup_of(&self.path, &proved.path) {
            return Ok(());
        }
        let json = serde_json::to_string(proved).map_err(|_| LedgerError::damaged("error-ledger-unexpected"))?;
        settings::set(&self.store.conn, SETTING, &json)
    }

    /// The last backup that was proved and is still there.
    pub fn last_backup(&self) -> Result<Option<Proved>> {
        let last = last_proved(&self.view)?;
        // A ledger that came from another laptop remembers that one's backup, which does not lie beside this one.
        Ok(last.filter(|last| is_backup_of(&self.path, &last.path) && last.path.is_file()))
    }

    /// Closes the ledger, with a backup if something changed since the last. The ledger is closed in any case.
    ///
    /// # Errors
    /// As [`Source::back_up`].
    pub fn close(mut self, stamp: &Stamp) -> Result<Option<Proved>> {
        if self.medium_fault().is_some() {
            return Ok(None);
        }
        self.back_up_if_changed(stamp, &Unwatched)
    }
}

/// Minutes until a backup is due of a ledger at `revision`: 0 where it is due now, none where nothing changed since the
/// last one.
pub fn minutes_to_backup(last: Option<&Proved>, now: DateTime<FixedOffset>, revision: i64) -> Option<i64> {
    let Some(last) = last else { return Some(0) };
    let passed = (now - last.at).num_minutes();
    // A clock that was set back must not put backups off for years.
    let left = if now < last.at { 0 } else { (MINUTES_OF_CHANGE - passed).max(0) };
    (revision != last.revision).then_some(left)
}

/// What a ledger remembers of its last proved backup; the file may have been taken away since.
pub fn last_proved(view: &View) -> Result<Option<Proved>> {
    Ok(view.local_setting(SETTING)?.and_then(|json| serde_json::from_str(&json).ok()))
}

/// The same by a bare connection.
pub(in crate::ledger) fn remembered(conn: &Connection) -> Result<Option<Proved>> {
    Ok(settings::get(conn, SETTING)?.and_then(|json| serde_json::from_str(&json).ok()))
}

/// The backups of the ledger at `path`, the newest first.
pub fn backups(path: &Path) -> Result<Vec<BackupFile>> {
    let folder = folder(path);
    let entries = match std::fs::read_dir(&folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|e| LedgerError::io(e, &folder))?,
    };
    let stem = files::stem(path);
    let mut found: Vec<BackupFile> = entries.flatten().filter_map(|entry| read_name(&stem, &entry)).collect();
    found.sort_by(|a, b| (b.at, b.revision, &b.path).cmp(&(a.at, a.revision, &a.path)));
    Ok(found)
}

/// Keeps what an older file held before its schema is changed. Asks no clock: it is named after the last change.
pub(in crate::ledger) fn before_migration(path: &Path, key: &LedgerKey, progress: &dyn Progress) -> Result<PathBuf> {
    let source = Source::open(path, key, None)?;
    let version = snapshot::schema_version(&source.conn)?;
    let at = DateTime::parse_from_rfc3339(&snapshot::last_change_at(&source.conn)?)
        .map_err(|_| LedgerError::damaged("error-ledger-unexpected"))?;
    let expected = snapshot::summary(&source.conn)?;
    let named = format!("{}-r{}-schema{version}", at.format(INSTANT), expected.revision);
    // Bringing up may have been stopped after it: such backups are never thinned out, and one is enough.
    let there = folder(path).join(format!("{}-{named}{ENDING}", files::stem(path)));
    if there.is_file() && snapshot::prove(&there, key).is_ok_and(|found| found == expected) {
        return Ok(there);
    }
    place(source.snapshot(progress)?.part, path, &named)
}

/// Removes what a killed run left half-written; only while the ledger's lock is held and nobody works yet.
pub(in crate::ledger) fn sweep(ledger: &Path) {
    let whose = files::stem(ledger);
    files::sweep_parts(&folder(ledger), &whose);
    files::sweep_parts(files::folder_of(ledger), &whose);
}

fn folder(ledger: &Path) -> PathBuf {
    files::folder_of(ledger).join("backups")
}

/// Whether a file lies where this ledger's backups do and is called after it, not after a neighbour.
pub(in crate::ledger) fn is_backup_of(ledger: &Path, file: &Path) -> bool {
    let named = file.file_name().and_then(|name| read_file_name(&files::stem(ledger), &name.to_string_lossy()));
    named.is_some() && file.parent() == Some(&folder(ledger))
}

fn new_part(ledger: &Path) -> Result<TempPath> {
    let folder = folder(ledger);
    std::fs::create_dir_all(&folder).map_err(|e| LedgerError::io(e, &folder))?;
    Ok(files::part_in(&folder, &files::stem(ledger))?.into_temp_path())
}

/// Gives a proved copy its final name, which is free.
fn place(part: TempPath, ledger: &Path, named: &str) -> Result<PathBuf> {
    let (folder, stem) = (folder(ledger), files::stem(ledger));
    let path = files::free_twin(|twin| folder.join(format!("{stem}-{named}{twin}{ENDING}")), files::is_free);
    files::place(part, &path)?;
    Ok(path)
}

/// A file of the backups folder, where it is one of this ledger's.
fn read_name(stem: &str, entry: &std::fs::DirEntry) -> Option<BackupFile> {
    let (at, revision, before_migration) = read_file_name(stem, &entry.file_name().into_string().ok()?)?;
    let meta = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some(BackupFile { path: entry.path(), at, revision, bytes: meta.len(), before_migration })
}

/// `STEM-20261123T154500-r12.xlg`, with `-schema1` before a migration and `-2` for a second one within a second: when,
/// which revision, whether before a migration.
fn read_file_name(stem: &str, name: &str) -> Option<(NaiveDateTime, i64, bool)> {
    let rest = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(ENDING)?;
    let mut parts = rest.split('-');
    let at = NaiveDateTime::parse_from_str(parts.next()?, INSTANT).ok()?;
    let revision = parts.next()?.strip_prefix('r')?.parse().ok()?;
    Some((at, revision, parts.next().is_some_and(|part| part.starts_with("schema"))))
}

/// Removes the backups of the ledger at `path` that newer ones stand for, and those for which its disk, of which `free` bytes
/// are free, has no room; where that is not known, none for want of it. Those before a migration stay.
///
/// # Errors
/// The folder cannot be read.
pub fn thin_out(path: &Path, now: NaiveDateTime, free: Option<u64>) -> Result<()> {
    let (fixed, mut found): (Vec<_>, Vec<_>) = backups(path)?.into_iter().partition(|file| file.before_migration);
    let bytes_of = |files: &[BackupFile]| files.iter().map(|file| file.bytes).sum::<u64>();
    let before = bytes_of(&found);
    let gone = thinning::superseded(&instants(&found), now);
    remove(&mut found, &gone);
    if let Some(free) = free {
        let freed = before - bytes_of(&found);
        let bytes: Vec<u64> = found.iter().map(|file| file.bytes).collect();
        let room = thinning::Room { free: free.saturating_add(freed), fixed: bytes_of(&fixed) };
        let gone = thinning::beyond_room(&instants(&found), &bytes, room);
        remove(&mut found, &gone);
    }
    files::sync_folder(&folder(path))
}

fn instants(found: &[BackupFile]) -> Vec<thinning::Made> {
    found.iter().map(|file| thinning::Made { at: file.at, revision: file.revision }).collect()
}

/// Removes these of them. One that cannot be removed now is still there, and tried again after the next backup.
fn remove(found: &mut Vec<BackupFile>, gone: &[usize]) {
    let is_gone = |index: usize, file: &BackupFile| gone.contains(&index) && std::fs::remove_file(&file.path).is_ok();
    let all = std::mem::take(found).into_iter().enumerate();
    found.extend(all.filter(|(index, file)| !is_gone(*index, file)).map(|(_, file)| file));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verified_backup_is_made_before_an_older_ledger_is_migrated() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("v.xlg");
        let key = LedgerKey::from_bytes([7; 32]);
        // Made by the program of version 1, and kept as it was.
        let older = || std::fs::copy("tests/ledgers/v1.xlg", &path).expect("copied");
        older();
        let ledger = Ledger::open(&path, &key).expect("it is migrated");
        let found = backups(ledger.path()).expect("readable");
        let names: Vec<_> = found.iter().filter_map(|file| file.path.file_name()?.to_str()).collect();
        assert_eq!(names, ["v-20261123T090000-r9-schema1.xlg"]);
        assert!(found[0].before_migration);
        let kept = connect(&found[0].path, &key, Access::Still).expect("it opens");
        assert_eq!(snapshot::schema_version(&kept).expect("a number"), 1);
        drop(ledger);
        // Where the backup cannot be made, nothing is migrated.
        older();
        std::fs::remove_dir_all(folder.path().join("backups")).expect("removed");
        std::fs::write(folder.path().join("backups"), b"in the way").expect("written");
        let error = Ledger::open(&path, &key).err().expect("no backup, no migration");
        assert_eq!(error.message().key, "error-file-exists");
        let untouched = connect(&path, &key, Access::Read).expect("it opens");
        assert_eq!(snapshot::schema_version(&untouched).expect("a number"), 1);
    }
}
