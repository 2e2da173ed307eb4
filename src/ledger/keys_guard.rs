//! The keys file beside an open ledger: where another one was put there, or it is gone, the ledger's own is put back. Closed
//! without it, the ledger and all of its backups would stay sealed for good.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::domain::message::Say as _;
use crate::ledger::error::Result;
use crate::ledger::files;
use crate::ledger::keys::{KeysFile, LedgerKey};

/// Knows the keys file that fits, as it was last seen, and the ledger beside it.
pub(in crate::ledger) struct KeysGuard {
    ledger: PathBuf,
    key: LedgerKey,
    file: Option<Identity>,
    seen: RefCell<Option<KeysFile>>,
}

/// Which file lies under a name, however it is called.
#[cfg(unix)]
type Identity = (u64, u64);
/// On Windows no other file can take the name of one that is open.
#[cfg(not(unix))]
type Identity = ();

fn identity(path: &Path) -> Option<Identity> {
    let meta = path.metadata().ok()?;
    #[cfg(unix)]
    return Some((std::os::unix::fs::MetadataExt::dev(&meta), std::os::unix::fs::MetadataExt::ino(&meta)));
    #[cfg(not(unix))]
    return meta.is_file().then_some(());
}

impl KeysGuard {
    /// Of the ledger that is open for writing at this path, whose key this is. Where no fitting file lies there, there is nothing to
    /// guard.
    pub(in crate::ledger) fn new(ledger: &Path, key: &LedgerKey) -> Self {
        let seen = KeysFile::open(ledger).ok().filter(|keys| keys.fits(key));
        Self { ledger: ledger.to_owned(), key: key.clone(), file: identity(ledger), seen: RefCell::new(seen) }
    }

    /// Of a ledger that is only read: beside it nothing is written.
    pub(in crate::ledger) fn none(ledger: &Path, key: &LedgerKey) -> Self {
        Self { ledger: ledger.to_owned(), key: key.clone(), file: None, seen: RefCell::default() }
    }

    /// Looks whether it lies there still, and puts it back where it does not; what lies in its place is kept under another name.
    ///
    /// # Errors
    /// A file that cannot be read now or is a newer program's, which may be right all the same; the disk.
    pub(in crate::ledger) fn keep(&self) -> Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        let mut seen = self.seen.borrow_mut();
        match KeysFile::open(&self.ledger) {
            Ok(there) if there.fits(&self.key) => {
                // It may have got another envelope since.
                *seen = Some(there);
                return Ok(());
            }
            Err(error) if !matches!(error.message().key.as_ref(), "error-keys-missing" | "error-keys-damaged") => {
                return Err(error);
            }
            _ => {}
        }
        let Some(own) = seen.as_ref() else { return Ok(()) };
        // With the ledger gone or another one in its place the keys are not this one's to mend.
        if identity(&self.ledger) != self.file {
            return Ok(());
        }
        own.put_back(&self.ledger)?;
        tracing::warn!("the ledger's own keys file was put back: another one lay there, or none");
        Ok(())
    }
}

impl KeysFile {
    /// Puts this file beside its ledger again; what lies there is kept under another name.
    fn put_back(&self, ledger: &Path) -> Result<()> {
        let target = Self::path_of(ledger);
        let part = self.write_part(&target)?;
        keep_aside(&target)?;
        files::replace(part, &target)
    }

    /// Puts this file beside `ledger`, where the keys of one that is gone may lie; those are kept under the name that is returned.
    pub(in crate::ledger) fn place_over(&self, ledger: &Path) -> Result<Option<PathBuf>> {
        let target = Self::path_of(ledger);
        if files::is_free(&target) {
            self.place(ledger)?;
            return Ok(None);
        }
        let part = self.write_part(&target)?;
        let aside = keep_aside(&target)?;
        files::replace(part, &target)?;
        Ok(aside)
    }
}

/// Gives what lies in the place of a keys file a second name, forced to disk, under which it stays; none where nothing lies there or
/// it cannot be read, which is no reason to leave it there.
fn keep_aside(target: &Path) -> Result<Option<PathBuf>> {
    if !target.is_file() {
        return Ok(None);
    }
    let aside = files::free_twin(|twin| files::with_ending(target, &format!("-aside{twin}")), files::is_free);
    if std::fs::hard_link(target, &aside).is_ok() {
        return Ok(Some(aside));
    }
    match std::fs::copy(target, &aside) {
        Ok(_) => files::sync_file(&aside).map(|()| Some(aside)),
        Err(error) => {
            let _ = std::fs::remove_file(&aside);
            tracing::warn!(%error, "what lay in the place of the keys file cannot be read");
            Ok(None)
        }
    }
}

impl Drop for KeysGuard {
    fn drop(&mut self) {
        if let Err(error) = self.keep() {
            tracing::warn!(error = ?error.message().key, "the ledger's own keys file could not be put back");
        }
    }
}
