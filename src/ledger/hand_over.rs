//! 交接: the whole ledger sealed for a new laptop or a successor. From then on this copy is only read, until somebody says
//! that the packet never arrived; two copies that both go on are a fork, which `join` mends.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::disclosure::PaperKind;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::store::settings;
use crate::ledger::view::{Overview, View};

/// Where the day of handing over is remembered: on this device alone, so that the packet does not bring it along.
pub(in crate::ledger) const HANDED_OVER: &str = "handed-over";

/// A packet that was written.
#[derive(Debug)]
pub struct HandedOver {
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it, to be compared on the other laptop.
    pub overview: Overview,
}

/// What the printed check list says.
#[derive(Clone, Debug)]
pub struct HandOverSheet {
    /// What is handed over, to be compared on the other laptop.
    pub overview: Overview,
    /// The number of the last file that went up; none before the first.
    pub last_hand_up: Option<i64>,
    /// The township's name, where its invite was answered.
    pub office: Option<String>,
}

impl View {
    /// The day on which this copy was handed over; none where it is the one that is written.
    pub fn handed_over(&self) -> Result<Option<NaiveDate>> {
        Ok(settings::get(self.conn(), HANDED_OVER)?.and_then(|day| day.parse().ok()))
    }

    /// What the printed check list says.
    pub(in crate::ledger) fn hand_over_sheet(&self) -> Result<HandOverSheet> {
        Ok(HandOverSheet {
            overview: self.overview()?,
            last_hand_up: self.hand_ups()?.first().map(|file| file.number),
            office: self.office()?.map(|of| of.office.name),
        })
    }
}

impl Ledger {
    /// Writes the packet, verified by reading it again, and makes this copy one that is only read.
    ///
    /// # Errors
    /// As [`Ledger::copy_out`]; then what was written down of it is taken back. `error-handed-over` where it was handed over before.
    pub fn hand_over(&mut self, folder: &Path, stamp: &Stamp, progress: &dyn Progress) -> Result<HandedOver> {
        if self.handed_over()?.is_some() {
            return Err(LedgerError::refused("error-handed-over"));
        }
        // Where nothing can be written this copy would go on, and so would the one in the packet.
        if let Some(fault) = self.medium_fault() {
            return Err(fault.error());
        }
        self.key.may_write()?;
        if progress.at(0, 1).is_break() {
            return Err(LedgerError::cancelled());
        }
        // Written down first, so that the packet knows of itself and both laptops hold the same.
        let noted = self.write_sealed(PaperKind::HandOver, stamp)?;
        let overview = self.overview()?;
        let path = match self.copy_out(folder, stamp, progress) {
            Ok(path) => path,
            Err(error) => {
                self.never_left(&noted, stamp)?;
                return Err(error);
            }
        };
        self.mark_handed_over(stamp.today).inspect_err(|_| drop(std::fs::remove_file(&path)))?;
        Ok(HandedOver { path, overview })
    }

    /// Marks this copy as one that is only read from a day on.
    pub(in crate::ledger) fn mark_handed_over(&mut self, on: NaiveDate) -> Result<()> {
        self.set_local_setting(HANDED_OVER, &on.to_string())
    }

    /// Goes on writing here: the packet never arrived.
    pub fn take_hand_over_back(&mut self) -> Result<()> {
        self.key.may_write()?;
        settings::remove(&self.store.conn, HANDED_OVER)
    }
}
