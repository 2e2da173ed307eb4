//! The keys file beside an open ledger: where another one was put there, or it is gone, the ledger's own is put back. Closed
//! without it, the ledger and all of its backups would stay sealed for good.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::domain::message::Say as _;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{KeysFile, LedgerKey};

/// Knows the keys file that fits, as it was last seen.
pub(in crate::ledger) struct KeysGuard {
    ledger: PathBuf,
    key: LedgerKey,
    seen: RefCell<Option<KeysFile>>,
}

impl KeysGuard {
    /// Of the ledger at this path, whose key this is. Where no fitting file lies there, there is nothing to guard.
    pub(in crate::ledger) fn new(ledger: &Path, key: &LedgerKey) -> Self {
        let guard = Self { ledger: ledger.to_owned(), key: key.clone(), seen: RefCell::default() };
        guard.seen.replace(guard.lies_there());
        guard
    }

    /// Looks whether it lies there still, and puts it back where it does not; what lies in its place is kept under another name.
    ///
    /// # Errors
    /// The disk.
    pub(in crate::ledger) fn keep(&self) -> Result<()> {
        let there = self.lies_there();
        if there.is_some() {
            // It may have got another envelope since.
            self.seen.replace(there);
            return Ok(());
        }
        let seen = self.seen.borrow();
        let Some(own) = seen.as_ref() else { return Ok(()) };
        own.put_back(&self.ledger)?;
        tracing::warn!("the ledger's own keys file was put back: another one lay there, or none");
        Ok(())
    }

    fn lies_there(&self) -> Option<KeysFile> {
        KeysFile::open(&self.ledger).ok().filter(|keys| keys.fits(&self.key))
    }
}

impl KeysFile {
    /// Puts this file beside its ledger again; what lies there is kept under another name.
    pub(in crate::ledger) fn put_back(&self, ledger: &Path) -> Result<()> {
        let target = Self::path_of(ledger);
        let part = self.write_part(&target)?;
        if target.is_file() {
            let aside = Self::free_aside(&target);
            std::fs::copy(&target, &aside).map_err(|e| LedgerError::io(e, &aside))?;
        }
        files::replace(part, &target)
    }

    /// Gives the keys file of a ledger that is gone another name, which is returned; none where there is none.
    pub(in crate::ledger) fn set_aside(ledger: &Path) -> Result<Option<PathBuf>> {
        let target = Self::path_of(ledger);
        if files::is_free(&target) {
            return Ok(None);
        }
        let aside = Self::free_aside(&target);
        files::rename(&target, &aside).map_err(|e| LedgerError::io(e, &target))?;
        Ok(Some(aside))
    }

    fn free_aside(keys: &Path) -> PathBuf {
        files::free_twin(|twin| files::with_ending(keys, &format!("-aside{twin}")), files::is_free)
    }
}

impl Drop for KeysGuard {
    fn drop(&mut self) {
        if let Err(error) = self.keep() {
            tracing::warn!(error = ?error.message().key, "the ledger's own keys file could not be put back");
        }
    }
}
