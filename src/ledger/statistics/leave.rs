//! The folder of statistics: written whole beside its place, read back, written down in the change log, and only then given
//! its name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::disclosure::{PaperKind, STATISTICS_FORMAT, problem};
use crate::domain::message::Message;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::handouts::DisclosureRow;
use crate::ledger::progress::{Progress, Unwatched};
use crate::ledger::statistics::parquet::{COLUMNS, bytes};
use crate::ledger::statistics::{Place, StatisticsRow};
use crate::ledger::store::undo::Edited;
use crate::ledger::store::{Note, disclosures};
use crate::ledger::{Ledger, files};

/// The columns that the names of the folders say, and those of the files.
pub const ALL_COLUMNS: [&str; 8] =
    ["county", "township", "village", "month", COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[3]];

/// What a file is called in its folder.
const FILE: &str = "part.parquet";

/// For whom, and what for.
#[derive(Clone, Debug)]
pub struct For {
    /// The office; empty for this one itself.
    pub recipient: String,
    /// In a few words.
    pub purpose: String,
}

/// A folder of statistics that was written.
#[derive(Debug)]
pub struct WrittenStatistics {
    /// Where it lies.
    pub folder: PathBuf,
    /// How many files are in it.
    pub files: usize,
    /// All rows.
    pub rows: Vec<StatisticsRow>,
    /// What was written down.
    pub done: Done,
}

impl Ledger {
    /// Writes what may be published as Parquet, a file for each place and month, into a folder that appears whole or not at all.
    ///
    /// # Errors
    /// `statistics-folder-taken` where something is there that is no empty folder; `statistics-nothing` where there is no
    /// number yet; purpose or recipient missing or too long; the disk. Then nothing has left.
    pub fn write_statistics(&mut self, out: &Path, whom: &For, stamp: &Stamp) -> Result<WrittenStatistics> {
        self.write_statistics_watched(out, whom, stamp, &Unwatched)
    }

    /// The same, telling how far it is and stopping where it is no longer wanted: then nothing has left either.
    pub fn write_statistics_watched(
        &mut self,
        out: &Path,
        whom: &For,
        stamp: &Stamp,
        progress: &dyn Progress,
    ) -> Result<WrittenStatistics> {
        if let Some(key) = problem(&whom.recipient, &whom.purpose) {
            return Err(LedgerError::refused(key));
        }
        free(out)?;
        let rows = self.statistics(stamp.today)?;
        if rows.is_empty() {
            return Err(LedgerError::refused("statistics-nothing"));
        }
        let (above, whose) = (files::folder_of(out).to_owned(), format!("{}-statistics", files::stem(self.path())));
        files::sweep_parts(&above, &whose);
        let part = files::part_folder_in(&above, &whose)?;
        let parts = partitions(&rows);
        let count = parts.len();
        for (at, (folder, rows)) in parts.into_iter().enumerate() {
            if progress.at(at as u64, count as u64).is_break() {
                return Err(LedgerError::cancelled());
            }
            files::write_below(part.path(), &folder, FILE, &bytes(&rows)?)?;
        }
        let row = disclosed(whom, &rows, stamp);
        // The history counts people: there are none in it.
        let note = Note { op: "disclose", count: 1, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| disclosures::insert(tx, &row))?;
        let done = self.done(change, Vec::new())?;
        if let Err(error) = free(out).and_then(|()| files::place_folder(part, out)) {
            if let Some(change) = &done.change {
                self.revert("disclose-failed", change.id, Edited::Keep, stamp, &Unwatched)?;
            }
            return Err(error);
        }
        Ok(WrittenStatistics { folder: out.to_owned(), files: count, rows, done })
    }
}

/// Whether the folder may be made: nothing is there, or an empty folder.
fn free(out: &Path) -> Result<()> {
    if out.symlink_metadata().is_err() {
        return Ok(());
    }
    let is_empty = std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if is_empty && !out.is_symlink() {
        return Ok(());
    }
    let message = Message::new("statistics-folder-taken").text("path", out.display().to_string());
    Err(LedgerError::new(ErrorKind::Refused, message))
}

/// Rows by the folder of their file.
fn partitions(rows: &[StatisticsRow]) -> BTreeMap<PathBuf, Vec<&StatisticsRow>> {
    let mut found: BTreeMap<PathBuf, Vec<&StatisticsRow>> = BTreeMap::new();
    for row in rows {
        found.entry(folder_of(&row.place, &row.month)).or_default().push(row);
    }
    found
}

fn folder_of(place: &Place, month: &str) -> PathBuf {
    let parts =
        [("county", &*place.county), ("township", &place.township), ("village", &place.village), ("month", month)];
    parts.iter().map(|(key, value)| format!("{key}={value}")).collect()
}

/// What is written down.
fn disclosed(whom: &For, rows: &[StatisticsRow], stamp: &Stamp) -> DisclosureRow {
    DisclosureRow {
        uid: String::new(),
        on: stamp.today,
        paper: PaperKind::Statistics.as_str().to_owned(),
        format: STATISTICS_FORMAT.to_owned(),
        programme: String::new(),
        recipient: whom.recipient.trim().to_owned(),
        purpose: whom.purpose.trim().to_owned(),
        columns: ALL_COLUMNS.join(","),
        rows: rows.len() as u64,
    }
}
