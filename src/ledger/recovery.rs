//! A damaged ledger: what is wrong with it, the newest backup that is sound, and how much of what came later can be carried
//! over from what can still be read. Looking writes nothing; [`recover`] puts the backup in the ledger's place.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use serde::Serialize;

use crate::domain::message::{Message, Say};
use crate::ledger::backup::{BackupFile, backups};
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{KeysFile, LedgerKey, Unlock};
use crate::ledger::lock::Lock;
use crate::ledger::progress::{Part, Progress};
use crate::ledger::restore::{self, Later, Restored};
use crate::ledger::store::wreck::{Found, Wreck};
use crate::ledger::store::{Access, connect, history, replay, snapshot};
use crate::ledger::swap;

/// The errors that tell of damage to the ledger itself, not to another file.
const DAMAGE: [&str; 7] = [
    "error-chain-broken",
    "error-empty-file",
    "error-keys-do-not-fit",
    "error-ledger-damaged",
    "error-ledger-missing",
    "error-ledger-unreadable",
    "error-wrong-key-or-damaged",
];

impl LedgerError {
    /// Whether it says that the ledger itself is damaged.
    pub fn is_damage(&self) -> bool {
        self.kind == ErrorKind::Damaged && DAMAGE.contains(&self.message().key.as_ref())
    }
}

/// Where a ledger lies, and its key: what every step of a recovery needs. Shows nothing.
#[derive(Clone)]
pub struct Way {
    path: PathBuf,
    key: LedgerKey,
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Way(…)")
    }
}

impl Way {
    /// The way to the ledger at this path, by passphrase or paper code; slow on purpose.
    ///
    /// # Errors
    /// A missing or damaged keys file; a wrong passphrase or paper code.
    pub fn unlock(path: &Path, with: &Unlock) -> Result<Self> {
        let path = files::real(path);
        let key = KeysFile::open(&path)?.unlock(with)?;
        Ok(Self { path, key })
    }

    /// The same for who has the key in hand.
    pub fn with_key(path: &Path, key: &LedgerKey) -> Self {
        Self { path: files::real(path), key: key.clone() }
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// What is wrong with a ledger file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "pages")]
pub enum Condition {
    /// Nothing: all of it was read and proved.
    Sound,
    /// There is no file.
    Missing,
    /// Nothing of it can be read: its beginning is damaged.
    Unreadable,
    /// The key opens neither it nor any of its backups: the keys file is most likely another ledger's. Else all of them begin badly,
    /// or the ledger does and the backups are those of one that lay here before.
    OtherKeys,
    /// So many of its pages cannot be read.
    Pages(u64),
    /// Every page can be read, but the history contradicts what stands there.
    Content,
}

impl Say for Condition {
    fn message(&self) -> Message {
        match self {
            Self::Sound => Message::new("damage-sound"),
            Self::Missing => Message::new("damage-missing"),
            Self::Unreadable => Message::new("damage-unreadable"),
            Self::OtherKeys => Message::new("damage-other-keys"),
            Self::Pages(pages) => Message::new("damage-pages").number("pages", *pages as i64),
            Self::Content => Message::new("damage-content"),
        }
    }
}

/// The newest backup that was read whole and proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SoundBackup {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, Beijing time.
    pub at: NaiveDateTime,
    /// The last step it holds.
    pub revision: i64,
    /// Residents present in it.
    pub residents: i64,
}

/// What can be carried over from the damaged file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// So many steps.
    pub steps: i64,
    /// The instant of the last one.
    pub until: DateTime<FixedOffset>,
}

/// What was found. Holds no value of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// What is wrong.
    pub condition: Condition,
    /// The newest backup that is sound; none where there is none.
    pub backup: Option<SoundBackup>,
    /// Newer backups that are damaged themselves.
    pub damaged_backups: usize,
    /// Steps that the damaged file has beyond the backup; none where that cannot be told.
    pub later: Option<i64>,
    /// What of those can be carried over; none where nothing can.
    pub carried: Option<Carried>,
}

impl Findings {
    /// Steps that are lost even when all that can be read is carried over; none where that cannot be told.
    pub fn lost(&self) -> Option<i64> {
        let carried = self.carried.as_ref().map_or(0, |carried| carried.steps);
        self.later.map(|later| (later - carried).max(0))
    }

    /// All of it in words, one sentence each.
    pub fn messages(&self) -> Vec<Message> {
        let mut messages = vec![self.condition.message()];
        if matches!(self.condition, Condition::Sound | Condition::OtherKeys) {
            return messages;
        }
        messages.extend(self.passed_over());
        let Some(backup) = &self.backup else {
            messages.push(Message::new("damage-no-backup"));
            return messages;
        };
        messages.push(backup.message());
        messages.push(self.later_message());
        messages.extend(self.carried_message());
        messages
    }

    /// That newer backups are damaged, or all of them; none where none is.
    pub fn passed_over(&self) -> Option<Message> {
        let key = if self.backup.is_some() { "damage-backups-damaged" } else { "damage-backups-all-damaged" };
        (self.damaged_backups > 0).then(|| Message::new(key).number("count", self.damaged_backups as i64))
    }

    /// What the backup lacks.
    pub fn later_message(&self) -> Message {
        match self.later {
            None => Message::new("damage-later-unknown"),
            Some(0) => Message::new("damage-later-none"),
            Some(later) => Message::new("damage-later").number("steps", later),
        }
    }

    /// What can be carried over, and what cannot; none where nothing came later.
    pub fn carried_message(&self) -> Option<Message> {
        if self.later == Some(0) {
            return None;
        }
        let Some(carried) = &self.carried else { return Some(Message::new("damage-carried-none")) };
        let until = carried.until.format("%Y-%m-%d %H:%M").to_string();
        Some(match self.lost() {
            Some(0) => Message::new("damage-carried-all").number("steps", carried.steps).text("until", until),
            Some(lost) => {
                Message::new("damage-carried").number("steps", carried.steps).text("until", until).number("lost", lost)
            }
            None => Message::new("damage-carried-unknown").number("steps", carried.steps).text("until", until),
        })
    }
}

impl Say for SoundBackup {
    fn message(&self) -> Message {
        Message::new("damage-backup")
            .text("when", self.at.format("%Y-%m-%d %H:%M").to_string())
            .number("residents", self.residents)
            .number("revision", self.revision)
    }
}

/// Looks what is wrong with a ledger and what there is to put it right: every backup from the newest on is read whole until
/// one is sound. Nothing is written.
///
/// # Errors
/// Who may only look; a folder of backups that cannot be read; cancelled.
pub fn look(way: &Way, progress: &dyn Progress) -> Result<Findings> {
    way.key.may_write()?;
    let (mut wreck, condition) = condition(way);
    let files = backups(&way.path)?;
    let (backup, damaged_backups) = newest_sound(way, &files, &Part::new(progress, 0, 2))?;
    let condition = match condition {
        Condition::Unreadable if backup.is_none() && opens_none(&files, &way.key) => Condition::OtherKeys,
        other => other,
    };
    let mut findings = Findings { condition, backup, damaged_backups, later: None, carried: None };
    if let (Some(backup), Some(wreck)) = (&findings.backup, &mut wreck) {
        let conn = connect(&backup.path, &way.key, Access::Still)?;
        let rest = replay::rest(wreck, &conn, &Part::new(progress, 1, 2))?;
        findings.later = rest.last.map(|last| (last - backup.revision).max(rest.count()));
        let until = rest.until().and_then(|(_, at)| DateTime::parse_from_rfc3339(at).ok());
        findings.carried = until.map(|until| Carried { steps: rest.count(), until });
    }
    Ok(findings)
}

/// The same where no program has the ledger open, which nobody can then open meanwhile.
///
/// # Errors
/// As [`look`]; `error-already-open` where another program has it open.
pub fn look_alone(way: &Way, progress: &dyn Progress) -> Result<Findings> {
    let lock = Lock::take(&way.path);
    match lock {
        Err(error) if error.kind == ErrorKind::Locked => Err(error),
        // A medium that takes no lock is looked at without one.
        lock => {
            if lock.is_ok() {
                swap::put_right(&way.path)?;
            }
            let found = look(way, progress);
            drop(lock);
            found
        }
    }
}

fn condition(way: &Way) -> (Option<Wreck>, Condition) {
    if !way.path.is_file() {
        return (None, Condition::Missing);
    }
    let Ok(mut wreck) = Wreck::open(&way.path, &way.key) else { return (None, Condition::Unreadable) };
    let condition = match wreck.look() {
        Found::Sound => Condition::Sound,
        Found::Pages(pages) => Condition::Pages(pages),
        Found::Content => Condition::Content,
    };
    (Some(wreck), condition)
}

/// The newest backup that is sound, and how many newer ones are not.
fn newest_sound(way: &Way, files: &[BackupFile], progress: &dyn Progress) -> Result<(Option<SoundBackup>, usize)> {
    for (damaged, file) in files.iter().enumerate() {
        if progress.at(damaged as u64, files.len() as u64).is_break() {
            return Err(LedgerError::cancelled());
        }
        match sound(file, &way.key) {
            Ok((found, head)) => {
                let (later, passed) = gone_on(way, (&found, &head), &files[damaged + 1..], progress)?;
                return Ok((Some(later.unwrap_or(found)), damaged + passed));
            }
            Err(error) if error.kind == ErrorKind::Cancelled => return Err(error),
            Err(_) => {}
        }
    }
    Ok((None, files.len()))
}

/// Whether there are backups, and a key opens none of them.
fn opens_none(files: &[BackupFile], key: &LedgerKey) -> bool {
    let is_another_ones = |file: &BackupFile| {
        let opened = connect(&file.path, key, Access::Still);
        opened.is_err_and(|error| error.message().key == "error-wrong-key-or-damaged")
    };
    !files.is_empty() && files.iter().all(is_another_ones)
}

/// A backup with an earlier date that goes on from this one all the same, as a clock that was set back leaves it: the one
/// with the most steps, and how many such are damaged.
fn gone_on(
    way: &Way,
    (from, head): (&SoundBackup, &str),
    files: &[BackupFile],
    progress: &dyn Progress,
) -> Result<(Option<SoundBackup>, usize)> {
    let mut further: Vec<&BackupFile> = files.iter().filter(|file| file.revision > from.revision).collect();
    further.sort_by_key(|file| std::cmp::Reverse(file.revision));
    let mut passed = 0;
    for (at, file) in further.iter().enumerate() {
        if progress.at(at as u64, further.len() as u64).is_break() {
            return Err(LedgerError::cancelled());
        }
        let Ok((found, _)) = sound(file, &way.key) else {
            passed += 1;
            continue;
        };
        let conn = connect(&found.path, &way.key, Access::Still)?;
        if history::hash_of(&conn, from.revision)?.is_some_and(|hash| hash == head) {
            return Ok((Some(found), passed));
        }
    }
    Ok((None, passed))
}

/// A backup that was read whole, and the head of its history.
fn sound(file: &BackupFile, key: &LedgerKey) -> Result<(SoundBackup, String)> {
    let proved = snapshot::prove(&file.path, key)?;
    let residents = snapshot::residents_in(&file.path, key)?;
    let (path, at, revision) = (file.path.clone(), file.at, proved.revision);
    let found = SoundBackup { path, at, revision, residents };
    Ok((found, proved.chain_head))
}

/// Puts a backup in the ledger's place, with or without the readable rest of the damaged file; that one is moved aside.
///
/// # Errors
/// As [`restore::restore`]: then the damaged file is in its place.
pub fn recover(way: &Way, backup: &Path, later: Later, stamp: &Stamp, progress: &dyn Progress) -> Result<Restored> {
    restore::restore_by_key(backup, &way.path, &way.key, later, stamp, progress)
}
