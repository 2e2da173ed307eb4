//! What can go wrong at the ledger's door, in kinds a user can act on. No value of a person is in any of them.

use std::io;
use std::path::Path;

use crate::domain::message::{Message, Say};

/// The kinds that differ in what the user does next; the command line maps each to an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The ledger is locked, or another program has it open.
    Locked,
    /// Wrong key, or a file that is damaged or no ledger.
    Damaged,
    /// The disk or folder cannot be read or written.
    Disk,
    /// A rule refuses it.
    Refused,
    /// The user stopped it.
    Cancelled,
}

/// A failure, with the sentence to show.
#[derive(Debug, thiserror::Error)]
#[error("{kind:?}: {message:?}")]
pub struct LedgerError {
    /// What the user can do about it.
    pub kind: ErrorKind,
    message: Message,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Short for a result of the ledger.
pub type Result<T> = std::result::Result<T, LedgerError>;

impl Say for LedgerError {
    fn message(&self) -> Message {
        self.message.clone()
    }
}

impl LedgerError {
    /// An error of a kind with its sentence.
    pub fn new(kind: ErrorKind, message: Message) -> Self {
        Self { kind, message, source: None }
    }

    /// A rule refuses it.
    pub fn refused(key: &'static str) -> Self {
        Self::new(ErrorKind::Refused, Message::new(key))
    }

    /// The user stopped it; nothing was written.
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, Message::new("error-cancelled"))
    }

    /// The ledger, or a file that came with it, is damaged.
    pub fn damaged(key: &'static str) -> Self {
        Self::new(ErrorKind::Damaged, Message::new(key))
    }

    /// A file or folder could not be read or written.
    pub fn io(error: io::Error, path: &Path) -> Self {
        let key = match error.kind() {
            _ if is_in_use(&error) => "error-file-in-use",
            io::ErrorKind::NotFound => "error-no-such-file",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "error-no-permission",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "error-disk-full"
            }
            io::ErrorKind::AlreadyExists => "error-file-exists",
            _ => "error-disk",
        };
        let message = Message::new(key).text("path", path.display().to_string());
        Self { kind: ErrorKind::Disk, message, source: Some(Box::new(error)) }
    }
}

/// On Windows a program may keep others away from a file: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
pub(in crate::ledger) fn is_in_use(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// SQLite's extended codes of a disk that could be read and does not take what is written: IOERR_WRITE, _FSYNC, _DIR_FSYNC,
/// _TRUNCATE, _SHMSIZE.
const WRITING: [i32; 5] = [10 | 3 << 8, 10 | 4 << 8, 10 | 5 << 8, 10 | 6 << 8, 10 | 19 << 8];

/// The same of a disk that does not give back what was written: IOERR_READ, _SHORT_READ, _CORRUPTFS. Trying again is no help.
const READING: [i32; 3] = [10 | 1 << 8, 10 | 2 << 8, 10 | 33 << 8];

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let extended = error.sqlite_error().map_or(0, |error| error.extended_code);
        let (kind, key) = match error.sqlite_error_code() {
            Some(Code::SystemIoFailure) if WRITING.contains(&extended) => (ErrorKind::Disk, "error-ledger-failing"),
            Some(Code::SystemIoFailure) if READING.contains(&extended) => {
                (ErrorKind::Damaged, "error-ledger-unreadable")
            }
            Some(Code::DiskFull) => (ErrorKind::Disk, "error-ledger-disk-full"),
            Some(Code::ReadOnly | Code::PermissionDenied) => (ErrorKind::Disk, "error-ledger-read-only"),
            Some(Code::CannotOpen | Code::SystemIoFailure) => (ErrorKind::Disk, "error-ledger-io"),
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => (ErrorKind::Damaged, "error-ledger-damaged"),
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => {
                (ErrorKind::Locked, "error-ledger-busy")
            }
            Some(Code::OperationInterrupted) => (ErrorKind::Cancelled, "error-cancelled"),
            Some(Code::ConstraintViolation) => (ErrorKind::Refused, "error-contradicts"),
            _ => (ErrorKind::Damaged, "error-ledger-unexpected"),
        };
        // rusqlite's own text may quote a statement, never a bound value; it is kept for the log alone.
        Self { kind, message: Message::new(key), source: Some(Box::new(error)) }
    }
}

impl From<crate::domain::resident::Invalid> for LedgerError {
    fn from(invalid: crate::domain::resident::Invalid) -> Self {
        Self::new(ErrorKind::Refused, invalid.problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_does_not_give_back_what_was_written_is_damage() {
        for (code, key, is_damage) in [
            (266, "error-ledger-unreadable", true),
            (522, "error-ledger-unreadable", true),
            (8458, "error-ledger-unreadable", true),
            (778, "error-ledger-failing", false),
            (10, "error-ledger-io", false),
        ] {
            let error = LedgerError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
            assert_eq!((error.message().key.as_ref(), error.is_damage()), (key, is_damage));
        }
    }
}
