//! Rehearsing a restoring: the newest backup is copied to a passing name, read whole, opened as the program opens a ledger,
//! and compared with what this ledger knows of that step. The copy goes again; only that it was done is remembered.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::message::{Message, Say};
use crate::domain::rehearsal::{Ended, is_due};
use crate::ledger::Ledger;
use crate::ledger::backup::{self, BackupFile, Source, backups};
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::restore::proved_copy;
use crate::ledger::sealed::remove_side_files;
use crate::ledger::store::{Access, connect, history, settings};
use crate::ledger::view::View;

const SETTING: &str = "last-rehearsal";

/// The backups that lay there when one was last put in this ledger's place: what of them is another way was left, and is no sign of
/// a ledger that lost its latest steps.
const PUT_BACK: &str = "put-back";

/// The change by which a village was started: no two have the same.
const FIRST: i64 = 1;

/// How the rehearsal of a backup ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// When it was rehearsed.
    pub at: DateTime<FixedOffset>,
    /// When the backup was made.
    pub backup_at: NaiveDateTime,
    /// Where the backup lies.
    pub backup: PathBuf,
    /// What was found in it; none where it did not open or holds something else.
    pub held: Option<Held>,
}

/// What a backup was found to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The last step.
    pub revision: i64,
    /// Residents present.
    pub residents: i64,
}

impl Say for Rehearsal {
    fn message(&self) -> Message {
        let when = self.backup_at.format("%Y-%m-%d %H:%M").to_string();
        match self.held {
            None => Message::new("rehearsal-failed").text("when", when),
            Some(held) => Message::new("rehearsal-passed")
                .text("when", when)
                .number("residents", held.residents)
                .number("revision", held.revision),
        }
    }
}

impl Source {
    /// Rehearses the newest backup but for those that were left behind when an older one was put back, while the ledger goes on
    /// being used. [`Ledger::remember_rehearsal`] makes it known.
    ///
    /// # Errors
    /// `error-no-backup` where there is none; no room for the copy, cancelled: then nothing is known of the backup. A
    /// backup that does not open is no error but what was to be found out.
    pub fn rehearse(&self, stamp: &Stamp, progress: &dyn Progress) -> Result<Rehearsal> {
        let there = settings::get(&self.conn, PUT_BACK)?;
        let there: Vec<String> = there.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let is_left = |file: &BackupFile| there.contains(&name_of(file)) && self.was_left(file).unwrap_or(false);
        let newest = backups(&self.path)?.into_iter().find(|file| !file.before_migration && !is_left(file));
        let newest = newest.ok_or_else(|| LedgerError::refused("error-no-backup"))?;
        let held = match self.held_by(&newest, progress) {
            Ok(held) => Some(held),
            Err(error) if error.kind == ErrorKind::Damaged => None,
            Err(error) => return Err(error),
        };
        Ok(Rehearsal { at: stamp.at, backup_at: newest.at, backup: newest.path, held })
    }

    /// Whether a backup is one of this village, and of a state that is none of this ledger's.
    fn was_left(&self, file: &BackupFile) -> Result<bool> {
        let backup = connect(&file.path, &self.key, Access::Still)?;
        let begun = history::hash_of(&backup, FIRST)?;
        let is_same = |revision| {
            Ok::<_, LedgerError>(history::hash_of(&backup, revision)? == history::hash_of(&self.conn, revision)?)
        };
        Ok(begun.is_some() && is_same(FIRST)? && !is_same(file.revision)?)
    }

    fn held_by(&self, file: &BackupFile, progress: &dyn Progress) -> Result<Held> {
        let part = proved_copy(&file.path, &self.path, &self.key, progress)?;
        let overview = View::open(&part, &self.key).and_then(|view| Ok((view.overview()?, view.chain_head()?)));
        remove_side_files(&part);
        let (overview, head) = overview?;
        let held = Held { revision: overview.revision, residents: overview.residents };
        let known = history::hash_of(&self.conn, held.revision)?;
        let remembered = backup::remembered(&self.conn)?.filter(|last| last.path == file.path);
        let is_same = known.is_some_and(|known| known == head)
            && remembered.is_none_or(|last| (last.revision, last.residents) == (held.revision, held.residents));
        if is_same { Ok(held) } else { Err(LedgerError::damaged("error-backup-differs")) }
    }
}

fn name_of(file: &BackupFile) -> String {
    file.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Ledger {
    /// Rehearses the newest backup now and remembers how it ended.
    ///
    /// # Errors
    /// As [`Source::rehearse`].
    pub fn rehearse(&mut self, stamp: &Stamp, progress: &dyn Progress) -> Result<Rehearsal> {
        let rehearsal = self.source_of_copies()?.rehearse(stamp, progress)?;
        self.remember_rehearsal(&rehearsal)?;
        Ok(rehearsal)
    }

    /// Remembers that this one, which has no name yet, is put in the place of `ledger`.
    pub(in crate::ledger) fn remember_put_back(&mut self, ledger: &Path) -> Result<()> {
        let there: Vec<String> = backups(ledger).unwrap_or_default().iter().map(name_of).collect();
        let json = serde_json::to_string(&there).map_err(|_| LedgerError::damaged("error-ledger-unexpected"))?;
        self.set_local_setting(PUT_BACK, &json)
    }

    /// Remembers a rehearsal that another thread did.
    pub fn remember_rehearsal(&mut self, rehearsal: &Rehearsal) -> Result<()> {
        let json = serde_json::to_string(rehearsal).map_err(|_| LedgerError::damaged("error-ledger-unexpected"))?;
        settings::set(&self.store.conn, SETTING, &json)
    }

    /// The last rehearsal of a backup that lies beside this ledger; one that came with a copy is not this laptop's.
    pub fn last_rehearsal(&self) -> Result<Option<Rehearsal>> {
        let last: Option<Rehearsal> =
            self.view.local_setting(SETTING)?.and_then(|json| serde_json::from_str(&json).ok());
        Ok(last.filter(|last| backup::is_backup_of(&self.path, &last.backup)))
    }

    /// Whether one is due on a day.
    pub fn is_rehearsal_due(&self, today: NaiveDate) -> Result<bool> {
        let made: Vec<NaiveDate> = backups(&self.path)?.iter().map(|file| file.at.date()).collect();
        Ok(is_due(self.last_rehearsal()?.as_ref().map(Rehearsal::ended), &made, today))
    }
}

impl Rehearsal {
    /// The day and how it ended.
    pub fn ended(&self) -> (NaiveDate, Ended) {
        (self.at.date_naive(), if self.held.is_some() { Ended::Well } else { Ended::Badly })
    }
}
