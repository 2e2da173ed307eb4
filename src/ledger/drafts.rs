//! Drafts: what is typed into an open form, kept so that a power cut or a locked window costs no typing. No record of
//! anybody: outside the history, and gone when the form is saved or thrown away.

use crate::ledger::Ledger;
use crate::ledger::command::{Command, Done, Stamp};
use crate::ledger::error::Result;
use crate::ledger::store::drafts;
use crate::ledger::view::View;

/// A form that was being filled in. Holds personal data: no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form.
    pub form: String,
    /// The uid of whom or what it is about; empty where that is new.
    pub about: String,
    /// What was typed: JSON of the form's own making.
    pub value: String,
    /// When it was kept, RFC 3339.
    pub kept_at: String,
}

impl View {
    /// All drafts, the latest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        drafts::all(self.conn())
    }
}

impl Ledger {
    /// Keeps what is typed, in the place of what was kept for the same form before.
    pub fn keep_draft(&mut self, form: &str, about: &str, value: &str, stamp: &Stamp) -> Result<()> {
        drafts::put(&self.store.conn, form, about, value, &stamp.at.to_rfc3339())
    }

    /// Saves a form: its command and the end of its draft are one transaction, so that nothing that was saved is ever
    /// offered again. Refused as the command itself; the draft then stays.
    pub fn save_form(&mut self, command: &Command, (form, about): (&str, &str), stamp: &Stamp) -> Result<Done> {
        self.write_with(command, stamp, |tx| drafts::remove(tx.conn(), form, about))
    }

    /// Throws a draft away; none is no error.
    pub fn drop_draft(&mut self, form: &str, about: &str) -> Result<()> {
        drafts::remove(&self.store.conn, form, about)
    }
}
