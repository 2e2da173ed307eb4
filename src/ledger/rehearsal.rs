//! Rehearsing a restoring: the newest backup is copied to a passing name, read whole, opened as the program opens a ledger,
//! and compared with what this ledger knows of that step. The copy goes again; only that it was done is remembered.

use std::path::PathBuf;

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

/// What a backup that opens is to this ledger.
enum Found {
    /// A state that it was in.
    Ours(Held),
    /// A state of the same village on a way that was left when an older backup was put back.
    LeftBehind,
}

/// The change by which a village was started: no two have the same.
const FIRST: i64 = 1;

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
    /// Rehearses the newest backup of the way this ledger has gone, while the ledger goes on being used. [`Ledger::remember_rehearsal`] makes it known.
    ///
    /// # Errors
    /// `error-no-backup` where there is none; no room for the copy, cancelled: then nothing is known of the backup. A
    /// backup that does not open is no error but what was to be found out.
    pub fn rehearse(&self, stamp: &Stamp, progress: &dyn Progress) -> Result<Rehearsal> {
        for file in backups(&self.path)?.into_iter().filter(|file| !file.before_migration) {
            let held = match self.held_by(&file, progress) {
                Ok(Found::Ours(held)) => Some(held),
                // It opens, and holds what was left when an older one was put back: the next is asked.
                Ok(Found::LeftBehind) => continue,
                Err(error) if error.kind == ErrorKind::Damaged => None,
                Err(error) => return Err(error),
            };
            return Ok(Rehearsal { at: stamp.at, backup_at: file.at, backup: file.path, held });
        }
        Err(LedgerError::refused("error-no-backup"))
    }

    fn held_by(&self, file: &BackupFile, progress: &dyn Progress) -> Result<Found> {
        let part = proved_copy(&file.path, &self.path, &self.key, progress)?;
        let read = View::open(&part, &self.key).and_then(|view| Ok((view.overview()?, view.chain_head()?)));
        let read =
            read.and_then(|read| Ok((read, history::hash_of(&connect(&part, &self.key, Access::Still)?, FIRST)?)));
        remove_side_files(&part);
        let ((overview, head), begun) = read?;
        let held = Held { revision: overview.revision, residents: overview.residents };
        let knows = |revision, hash| Ok::<_, LedgerError>(history::hash_of(&self.conn, revision)?.as_ref() == hash);
        let remembered = backup::remembered(&self.conn)?.filter(|last| last.path == file.path);
        match remembered {
            Some(last) if (last.revision, last.residents) != (held.revision, held.residents) => {}
            _ if knows(held.revision, Some(&head))? => return Ok(Found::Ours(held)),
            None if begun.is_some() && knows(FIRST, begun.as_ref())? => return Ok(Found::LeftBehind),
            _ => {}
        }
        Err(LedgerError::damaged("error-backup-differs"))
    }
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
