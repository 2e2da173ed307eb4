//! What leaves: a file is written whole beside its place, read back, written down in the change log, and only then
//! given its name. Knows no format: who calls makes the bytes.
//!
//! Written down first and named afterwards, because of the two ways in which a power cut can tear that apart the one
//! where the record says too much is the one to choose; where the name cannot be given, the record is taken back.

use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::disclosure::{ALL_SEALED, Disclosure, FileFormat, PaperKind, Recipient, SEALED_FORMAT};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Unwatched;
use crate::ledger::store::undo::Edited;
use crate::ledger::store::{Note, disclosures};
use crate::ledger::view::View;
use crate::ledger::{Ledger, files};

/// A file in memory.
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people stand on it.
    pub rows: u64,
}

/// Where a file is to go.
#[derive(Clone, Debug)]
pub enum Out {
    /// This name, or nothing: another file is never written over.
    At(PathBuf),
    /// Into this folder under this name, or the next one that is free: 名单.pdf, 名单(2).pdf.
    In(PathBuf, String),
}

/// Whether anybody stands on what leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// People do: that is written down.
    People(Disclosure),
    /// Nobody does: a slip. No log knows of it.
    Nobody {
        /// The leaflet whose counter goes up, and by how many slips.
        counted: Option<(String, u32)>,
    },
}

/// A file that was handed out.
#[derive(Debug)]
pub struct HandedOut {
    /// Where it lies.
    pub path: PathBuf,
    /// What was written down; none for a slip.
    pub done: Option<Done>,
}

/// What left.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct DisclosureRow {
    /// Identity.
    pub uid: String,
    /// The day.
    pub on: NaiveDate,
    /// Which paper: a word of [`crate::domain::disclosure::PaperKind`].
    pub paper: String,
    /// pdf or xlsx.
    pub format: String,
    /// The programme's id, or empty.
    pub programme: String,
    /// An office's name, `person`, or empty for the village itself.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// The keys of its columns, separated by commas.
    pub columns: String,
    /// How many people.
    pub rows: u64,
}

/// Without recipient and purpose, which were typed.
impl std::fmt::Debug for DisclosureRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DisclosureRow({} {})", self.paper, self.on)
    }
}

impl View {
    /// What left, newest first.
    pub fn disclosures(&self, limit: u32) -> Result<Vec<DisclosureRow>> {
        disclosures::newest(self.conn(), limit)
    }

    /// How many slips of a leaflet were printed in the month of this day.
    pub fn slips_printed(&self, programme: &str, on: NaiveDate) -> Result<u64> {
        disclosures::slips(self.conn(), programme, &month(on))
    }

    /// How many slips of a leaflet were printed in the year of this day.
    pub fn slips_in_year(&self, programme: &str, on: NaiveDate) -> Result<u64> {
        disclosures::slips(self.conn(), programme, &on.format("%Y-").to_string())
    }
}

impl Ledger {
    /// Makes a file, writes down what leaves, and gives the file its name.
    ///
    /// # Errors
    /// Opened for looking only, purpose missing, a file of that name, a folder that cannot be written; nothing has left then.
    pub fn hand_out(
        &mut self,
        out: &Out,
        leaving: &Leaving,
        stamp: &Stamp,
        make: impl FnOnce(&View) -> Result<Made>,
    ) -> Result<HandedOut> {
        // Here, as a paper with nobody on it is no change and meets no other door.
        self.key.may_write()?;
        if let Leaving::People(about) = leaving
            && let Some(key) = about.problem()
        {
            return Err(LedgerError::refused(key));
        }
        let path = name_for(out)?;
        let made = make(self)?;
        let part = files::written(files::folder_of(&path), &files::stem(&path), &made.bytes)?;
        let done = match leaving {
            Leaving::People(about) => {
                let done = self.write_down(about, made.rows, stamp)?;
                if let Err(error) = files::place(part, &path) {
                    self.never_left(&done, stamp)?;
                    return Err(error);
                }
                Some(done)
            }
            Leaving::Nobody { counted } => {
                files::place(part, &path)?;
                if let Some((programme, slips)) = counted {
                    let slips = i64::from(*slips);
                    disclosures::count_slips(&self.store.conn, programme, &month(stamp.today), slips)?;
                }
                None
            }
        };
        Ok(HandedOut { path, done })
    }

    /// Refuses to let anything leave where the ledger is open for looking only.
    ///
    /// # Errors
    /// `error-looking-only`
    pub fn may_hand_out(&self) -> Result<()> {
        self.key.may_write()
    }

    /// Writes down that all of the ledger left, sealed. The copy is wanted most where the ledger's own medium takes nothing, or
    /// is damaged: where it cannot be written down, none is answered and the copy counts all the same.
    pub fn note_sealed(&mut self, paper: PaperKind, stamp: &Stamp) -> Option<Done> {
        // Tried beside it first, as a change that finds no room touches the log.
        let takes_something = self.medium_fault().is_none() && self.try_out_medium().is_ok();
        if !takes_something || self.handed_over().is_ok_and(|on| on.is_some()) {
            return None;
        }
        let noted = self.write_sealed(paper, stamp);
        noted.inspect_err(|error| tracing::warn!(%error, "what left sealed could not be written down")).ok()
    }

    pub(in crate::ledger) fn write_sealed(&mut self, paper: PaperKind, stamp: &Stamp) -> Result<Done> {
        let recipient = match paper {
            PaperKind::HandOver => Recipient::Successor,
            PaperKind::HelpPacket => Recipient::Helper,
            _ => Recipient::Holder,
        };
        let rows = u64::try_from(self.overview()?.residents).unwrap_or(0);
        self.write_row(
            DisclosureRow {
                uid: String::new(),
                on: stamp.today,
                paper: paper.as_str().to_owned(),
                format: SEALED_FORMAT.to_owned(),
                programme: String::new(),
                recipient: recipient.as_text().to_owned(),
                purpose: paper.as_str().to_owned(),
                columns: ALL_SEALED.to_owned(),
                rows,
            },
            stamp,
        )
    }

    /// Writes down that rows to be mended were written to `out`, with these columns. What cannot be written down does not stay
    /// there: the file goes again.
    ///
    /// # Errors
    /// Opened for looking only, handed over; the disk.
    pub fn note_rejected(&mut self, out: &Path, rows: u64, columns: &[&str], stamp: &Stamp) -> Result<Done> {
        let noted = self.write_row(
            DisclosureRow {
                uid: String::new(),
                on: stamp.today,
                paper: PaperKind::Rejected.as_str().to_owned(),
                format: FileFormat::Xlsx.as_str().to_owned(),
                programme: String::new(),
                recipient: Recipient::Village.as_text().to_owned(),
                purpose: PaperKind::Rejected.as_str().to_owned(),
                columns: columns.join(","),
                rows,
            },
            stamp,
        );
        if noted.is_err() {
            std::fs::remove_file(out).map_err(|error| LedgerError::io(error, out))?;
        }
        noted
    }

    fn write_down(&mut self, about: &Disclosure, rows: u64, stamp: &Stamp) -> Result<Done> {
        self.write_row(
            DisclosureRow {
                uid: String::new(),
                on: stamp.today,
                paper: about.paper.as_str().to_owned(),
                format: about.format.as_str().to_owned(),
                programme: about.programme.clone(),
                recipient: about.recipient.as_text().trim().to_owned(),
                purpose: about.purpose.trim().to_owned(),
                columns: about.columns.join(","),
                rows,
            },
            stamp,
        )
    }

    fn write_row(&mut self, row: DisclosureRow, stamp: &Stamp) -> Result<Done> {
        let rows = row.rows;
        let count = i64::try_from(rows).unwrap_or(i64::MAX);
        let note = Note { op: "disclose", note: row.programme.clone(), count, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| disclosures::insert(tx, &row))?;
        self.done(change, Vec::new())
    }

    /// The file got no name: what was written down is taken back.
    pub(in crate::ledger) fn never_left(&mut self, done: &Done, stamp: &Stamp) -> Result<()> {
        if let Some(change) = &done.change {
            self.revert("disclose-failed", change.id, Edited::Keep, stamp, &Unwatched)?;
        }
        Ok(())
    }

    /// Takes slips that were misprints off the counter.
    ///
    /// # Errors
    /// Opened for looking only; the disk.
    pub fn uncount_slips(&mut self, programme: &str, slips: u32, on: NaiveDate) -> Result<()> {
        self.key.may_write()?;
        disclosures::count_slips(&self.store.conn, programme, &month(on), -i64::from(slips))
    }
}

fn name_for(out: &Out) -> Result<PathBuf> {
    let path = match out {
        Out::At(path) => path.clone(),
        Out::In(folder, name) => free(folder, name),
    };
    if path.symlink_metadata().is_ok() {
        return Err(LedgerError::io(Io::AlreadyExists.into(), &path));
    }
    Ok(path)
}

/// A name in a folder that no file has.
pub fn free(folder: &Path, name: &str) -> PathBuf {
    // A folder has no ending.
    let (stem, ending) = name.rfind('.').map_or((name, ""), |dot| name.split_at(dot));
    let first = folder.join(name);
    let numbered = (2..1000).map(|number| folder.join(format!("{stem}({number}){ending}")));
    std::iter::once(first.clone()).chain(numbered).find(|path| files::is_free(path)).unwrap_or(first)
}

fn month(on: NaiveDate) -> String {
    on.format("%Y-%m").to_string()
}
