//! The file of the month: looked at, sealed, read back, written down, named.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::disclosure::{PaperKind, SEALED_FORMAT};
use crate::domain::hand_up::manifest::VERSION;
use crate::domain::hand_up::{Entity, Field, From, Manifest, Shown};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::gather::{Gathered, month_of};
use crate::ledger::hand_up::invite::answer;
use crate::ledger::hand_up::own_keys::OwnKeys;
use crate::ledger::hand_up::package::{self, Kind, Sealed, Section};
use crate::ledger::hand_up::{EnrolledOffice, HandUpRow, file_name};
use crate::ledger::handouts::{DisclosureRow, free};
use crate::ledger::progress::{Part, Progress, Unwatched};
use crate::ledger::store::undo::Edited;
use crate::ledger::store::{Note, disclosures, hand_ups, history};
use crate::ledger::view::View;
use crate::ledger::{Ledger, files};

/// What would leave.
#[derive(Clone, Debug)]
pub struct HandUpPreview {
    /// For whom.
    pub office: EnrolledOffice,
    /// The number that the file will have.
    pub number: i64,
    /// The month whose numbers it brings.
    pub month: String,
    /// Its parts.
    pub sections: Vec<PreviewSection>,
    /// All of it.
    pub gathered: Gathered,
}

/// One part of what would leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewSection {
    /// What its rows are about.
    pub entity: Entity,
    /// Its columns and how each is shown.
    pub columns: Vec<(Field, Shown)>,
    /// How many rows.
    pub rows: usize,
}

/// A file that was handed up.
#[derive(Debug)]
pub struct HandedUp {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub number: i64,
    /// What left, as it was looked at.
    pub preview: HandUpPreview,
    /// What was written down.
    pub done: Done,
}

impl View {
    /// What a file made now would hold, row by row; nothing is written.
    ///
    /// # Errors
    /// `hand-up-not-enrolled` before an invite was answered; `hand-up-clock` where the clock stands before the last file.
    pub fn hand_up_preview(&self, today: NaiveDate, progress: &dyn Progress) -> Result<HandUpPreview> {
        let (office, files) = self.may_hand_up(today)?;
        let gathered = self.gather_hand_up(&office.profile, today, progress)?;
        let number = files.first().map_or(0, |last| last.number) + 1;
        let section = |entity: &Entity| PreviewSection {
            entity: *entity,
            columns: office.profile.columns(*entity).collect(),
            rows: gathered.of(*entity).len(),
        };
        let sections = Entity::ALL.iter().filter(|entity| office.profile.has(**entity)).map(section).collect();
        Ok(HandUpPreview { number, month: month_of(today), sections, gathered, office })
    }

    /// For whom a file may be made now, and the files so far.
    fn may_hand_up(&self, today: NaiveDate) -> Result<(EnrolledOffice, Vec<HandUpRow>)> {
        let office = self.office()?.ok_or_else(|| LedgerError::refused("hand-up-not-enrolled"))?;
        self.likely_date(today)?;
        Ok((office, self.hand_ups()?))
    }

    /// Seals what was looked at.
    fn seal_hand_up(&self, preview: &HandUpPreview, keys: &OwnKeys, stamp: &Stamp) -> Result<Sealed> {
        let section = |of: &PreviewSection| {
            Section::new(of.entity.as_str(), preview.gathered.of(of.entity).iter().map(|row| row.written()))
        };
        let sections = preview.sections.iter().map(section).collect::<Result<Vec<_>>>()?;
        let village = self.village()?;
        let manifest = Manifest {
            version: VERSION,
            app: env!("CARGO_PKG_VERSION").to_owned(),
            answer: answer(&village.code, &village.name, &preview.office.proof, keys)?,
            from: From { code: village.code, name: village.name, demo: village.is_demo },
            number: u64::try_from(preview.number).unwrap_or(0),
            previous: self.hand_ups()?.first().map(|last| last.digest.clone()).unwrap_or_default(),
            chain_head: history::chain_head(self.conn())?,
            revision: self.revision()?,
            made_on: stamp.today,
            month: preview.month.clone(),
            profile: preview.office.profile.clone(),
            sections: sections.iter().map(|section| section.head.clone()).collect(),
        };
        package::seal(Kind::HandUp, &manifest, &sections, keys, &preview.office.office.recipient)
    }
}

impl Ledger {
    /// Seals the file of the month into a folder, such as a stick: reads it back, writes down what left, and gives it its
    /// name.
    ///
    /// # Errors
    /// As [`View::hand_up_preview`]; the disk, cancelled. Then nothing has left, and the number is free again.
    pub fn hand_up(&mut self, folder: &Path, stamp: &Stamp, progress: &dyn Progress) -> Result<HandedUp> {
        if !folder.is_dir() {
            return Err(LedgerError::io(std::io::ErrorKind::NotFound.into(), folder));
        }
        self.may_hand_up(stamp.today)?;
        self.note_adjustments(stamp)?;
        let preview = self.hand_up_preview(stamp.today, &Part::new(progress, 0, 2))?;
        let keys = OwnKeys::of(&self.store)?;
        let sealed = self.seal_hand_up(&preview, &keys, stamp)?;
        let whose = format!("{}-hand-up", files::stem(self.path()));
        files::sweep_parts(folder, &whose);
        let part = files::written(folder, &whose, &sealed.bytes)?;
        if progress.at(2, 2).is_break() {
            return Err(LedgerError::cancelled());
        }
        let row = HandUpRow {
            uid: String::new(),
            number: preview.number,
            month: preview.month.clone(),
            made_on: stamp.today,
            digest: sealed.digest,
            revision: self.revision()?,
            rows: i64::try_from(preview.gathered.len()).unwrap_or(i64::MAX),
            accepted_on: None,
            accepted_rows: 0,
            refused: Default::default(),
        };
        let note = Note { op: "hand-up", note: row.month.clone(), count: row.rows, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| {
            hand_ups::insert(tx, &row)?;
            preview.sections.iter().try_for_each(|of| disclosures::insert(tx, &disclosed(of, &preview, stamp)))
        })?;
        let done = self.done(change, Vec::new())?;
        let path = free(folder, &file_name(&self.village()?.name, row.number, "xlb"));
        if let Err(error) = files::place(part, &path) {
            if let Some(change) = &done.change {
                self.revert("hand-up-failed", change.id, Edited::Keep, stamp, &Unwatched)?;
            }
            return Err(error);
        }
        Ok(HandedUp { path, number: row.number, preview, done })
    }
}

/// What is written down of a part that left.
fn disclosed(of: &PreviewSection, preview: &HandUpPreview, stamp: &Stamp) -> DisclosureRow {
    let columns: Vec<String> =
        of.columns.iter().map(|(field, shown)| format!("{}:{}", field.as_str(), shown.as_str())).collect();
    DisclosureRow {
        uid: String::new(),
        on: stamp.today,
        paper: PaperKind::HandUp.as_str().to_owned(),
        format: SEALED_FORMAT.to_owned(),
        programme: String::new(),
        recipient: preview.office.office.name.clone(),
        purpose: format!("{} {}", of.entity.as_str(), preview.month),
        columns: columns.join(","),
        rows: of.rows as u64,
    }
}
