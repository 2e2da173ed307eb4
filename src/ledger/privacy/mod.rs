//! What is kept of people, how long, who looked at it, what was lost; and real deletion ([`purge`]). Sources: PIPL arts. 6,
//! 19, 31, 47, 54, 57; each function stands beside its article in the README.

pub mod command;
pub mod kept;
pub mod purge;
pub mod report;

use crate::domain::incident::Incident;
use crate::domain::look::LookReason;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::store::{incidents, looks, residents};
use crate::ledger::view::View;

/// A look at what is hidden until it is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct LookRow {
    /// When, RFC 3339.
    pub at: String,
    /// Who, as signed in on the laptop.
    pub by: String,
    /// The resident's uid.
    pub about: String,
    /// The resident's name; empty for who was deleted since.
    pub name: String,
    /// Why.
    pub reason: LookReason,
}

/// Without who and whom.
impl std::fmt::Debug for LookRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LookRow({})", self.reason.as_str())
    }
}

impl View {
    /// The newest looks at what is hidden: of one person, or of everybody.
    pub fn looks(&self, about: Option<&str>, limit: u32) -> Result<Vec<LookRow>> {
        looks::newest(self.conn(), about, limit)
    }

    /// How many looks there were in a year.
    pub fn looks_in_year(&self, year: i32) -> Result<u64> {
        looks::in_year(self.conn(), year)
    }

    /// Losses and leaks, the latest first.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        incidents::all(self.conn())
    }
}

impl Ledger {
    /// Writes down that somebody looks at what is hidden of a person, and why. Outside the history: no undo reaches it.
    ///
    /// # Errors
    /// `error-no-such-resident`; the disk.
    pub fn note_look(&mut self, resident: &str, why: LookReason, stamp: &Stamp) -> Result<()> {
        self.note_looks(&[resident], why, stamp)
    }

    /// The same of several people at once: of all of them, or of nobody.
    ///
    /// # Errors
    /// As [`Self::note_look`].
    pub fn note_looks(&mut self, people: &[&str], why: LookReason, stamp: &Stamp) -> Result<()> {
        for resident in people {
            if residents::brief(self.view.conn(), resident)?.is_none() {
                return Err(LedgerError::refused("error-no-such-resident"));
            }
        }
        looks::insert_together(&mut self.store.conn, (&stamp.at.to_rfc3339(), &stamp.by), people, why)
    }
}
