//! Taking the demo village off this computer: its own files and nothing else, and never those of a real village.

use std::io::ErrorKind as Io;
use std::path::Path;

use secrecy::SecretString;

use crate::ledger::VillageKind;
use crate::ledger::backup;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{DEMO_PASSPHRASE, KeysFile};
use crate::ledger::lock::Lock;
use crate::ledger::sealed::side_files;

/// Removes the demo village at `path` with its backups; nobody else may have it open. Cut off half-way, it can be called
/// again: what tells that it is a demo goes last.
///
/// # Errors
/// `error-not-a-demo` for anything that is not one, or that its well-known passphrase does not open; that of a ledger
/// which is open elsewhere; the disk.
pub fn remove(path: &Path) -> Result<()> {
    let path = &files::real(path);
    let keys = KeysFile::open(path)?;
    let proves = || keys.unlock_with_passphrase(&SecretString::from(DEMO_PASSPHRASE)).is_ok();
    if keys.kind() != VillageKind::Demo || !proves() {
        return Err(LedgerError::refused("error-not-a-demo"));
    }
    let lock = Lock::take(path)?;
    backup::sweep(path);
    for file in backup::backups(path)? {
        gone(&file.path)?;
    }
    for beside in side_files(path) {
        gone(&beside)?;
    }
    gone(path)?;
    gone(&KeysFile::path_of(path))?;
    drop(lock);
    // A lock that stays behind locks nobody out.
    let _ = gone(&files::with_ending(path, ".lock"));
    files::sync_folder(files::folder_of(path))
}

/// Removes a file that may have gone already.
fn gone(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != Io::NotFound => Err(LedgerError::io(error, path)),
        _ => Ok(()),
    }
}
