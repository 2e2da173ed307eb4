//! The lock beside a ledger, by which only one program has it open. Knows nothing of what is in the ledger.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::domain::message::{Message, Say as _};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;

/// Held while a ledger is open.
pub(in crate::ledger) struct Lock(File);

impl Lock {
    /// Takes the lock of the ledger at `path`.
    ///
    /// # Errors
    /// `error-already-open` where another program holds it; the disk.
    pub(in crate::ledger) fn take(path: &Path) -> Result<Self> {
        // However the path is spelled, it is the same lock.
        let beside = files::with_ending(&files::real(path), ".lock");
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&beside).map_err(|e| LedgerError::io(e, &beside))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => {
                Err(LedgerError::new(ErrorKind::Locked, Message::new("error-already-open")))
            }
            Err(TryLockError::Error(error)) => Err(LedgerError::io(error, &beside)),
        }
    }
}

impl Lock {
    /// The lock of a ledger whose medium takes no file: held beside others who only read; none where there is no such file,
    /// which whoever writes would have made.
    ///
    /// # Errors
    /// `error-already-open` where another program writes.
    pub(in crate::ledger) fn look(path: &Path) -> Result<Option<Self>> {
        let Ok(file) = File::open(files::with_ending(&files::real(path), ".lock")) else { return Ok(None) };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => {
                Err(LedgerError::new(ErrorKind::Locked, Message::new("error-already-open")))
            }
            // Some media know no locks; nobody writes there.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(Self(file))),
        }
    }
}

/// No ledger was made at `path`: its lock goes, unless somebody's ledger lies there and keeps it.
pub(in crate::ledger) fn not_needed(path: &Path, error: &LedgerError) {
    if error.message().key != "error-file-exists" {
        let _ = std::fs::remove_file(files::with_ending(path, ".lock"));
    }
}

/// Closing the file would not do: a program that this one is just starting still holds a copy of it for a moment.
impl Drop for Lock {
    fn drop(&mut self) {
        // Where it cannot be released now, it is when the file is closed.
        let _ = self.0.unlock();
    }
}
