//! The village's own record, read and written.

use crate::domain::one_line::one_line;
use crate::domain::resident::Field;
use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::not_ahead;
use crate::ledger::store::{Tx, village_record as store};
use crate::ledger::view::View;

impl View {
    /// The entries of a kind, the latest first.
    pub fn village_record(&self, kind: RecordKind) -> Result<Vec<Entry>> {
        store::all(self.conn(), kind)
    }
}

/// Writes an entry, new where it has no uid.
///
/// # Errors
/// `error-words-missing` where its first text is empty; a day ahead; `error-no-such-entry`.
pub(in crate::ledger) fn write(tx: &mut Tx<'_>, kind: RecordKind, entry: &Entry) -> Result<()> {
    not_ahead(tx, entry.on)?;
    let short = |text: &String| one_line(Field::Address, text).map_err(|_| LedgerError::refused("error-task-long"));
    let texts: Vec<String> = entry.texts.iter().map(short).collect::<Result<_>>()?;
    if texts.len() != kind.columns().len() || texts.first().is_none_or(String::is_empty) {
        return Err(LedgerError::refused("error-words-missing"));
    }
    found(store::put(tx, kind, &Entry { texts, ..entry.clone() })?)
}

/// Takes an entry away.
pub(in crate::ledger) fn remove(tx: &Tx<'_>, kind: RecordKind, uid: &str) -> Result<()> {
    found(store::remove(tx, kind, uid)?)
}

fn found(found: bool) -> Result<()> {
    if found { Ok(()) } else { Err(LedgerError::refused("error-no-such-entry")) }
}
