//! A medium that takes nothing, or may not: a full disk, a protected stick, a disk that fails, any stick or network drive. The
//! ledger is then opened for reading alone, and it is tried now and then whether something can be written again. Nothing of what
//! lies there is changed: a log beside the ledger is read in a private copy, sealed as it is.

use std::fs::Metadata;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::domain::message::{Message, Say};
use crate::ledger::Ledger;
use crate::ledger::carrier::Carrier;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{LedgerKey, random_bytes};
use crate::ledger::keys_guard::KeysGuard;
use crate::ledger::lock::Lock;
use crate::ledger::progress::Unwatched;
use crate::ledger::store::{Access, Store, connect, migrate, snapshot};
use crate::ledger::view::View;

/// So many bytes must find room before the medium counts as one that can be written.
const TRIED_BYTES: usize = 256 << 10;

/// Why the medium of a ledger takes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediumFault {
    /// The disk is full.
    Full,
    /// The folder or the medium may not be written.
    Protected,
    /// Writing fails otherwise: the medium is damaged, or was pulled out.
    Failing,
    /// It is a stick: a ledger that is worked in does not belong there ([`crate::ledger::carrier`]).
    Carried,
    /// It is a network drive, where a broken connection leaves half of a step ([`crate::ledger::carrier`]).
    Network,
}

impl MediumFault {
    /// Whether it may pass by itself: a stick stays a stick, and a network drive one.
    pub fn may_pass(self) -> bool {
        !matches!(self, Self::Carried | Self::Network)
    }

    /// The key of the sentence that refuses a step.
    fn key(self) -> &'static str {
        match self {
            Self::Full => "error-ledger-disk-full",
            Self::Protected => "error-ledger-read-only",
            Self::Failing => "error-ledger-failing",
            Self::Carried => "error-ledger-on-stick",
            Self::Network => "error-ledger-on-network",
        }
    }

    /// The refusal of a step that was not written.
    pub fn error(self) -> LedgerError {
        LedgerError::new(ErrorKind::Disk, Message::new(self.key()))
    }
}

/// That everything can be looked at and nothing written, and what to do next.
impl Say for MediumFault {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Full => "medium-full",
            Self::Protected => "medium-protected",
            Self::Failing => "medium-failing",
            Self::Carried => "medium-carried",
            Self::Network => "medium-network",
        })
    }
}

impl LedgerError {
    /// What is wrong with the ledger's medium, where that is why a step was not written.
    pub fn medium(&self) -> Option<MediumFault> {
        let key = self.message().key;
        let all = [
            MediumFault::Full,
            MediumFault::Protected,
            MediumFault::Failing,
            MediumFault::Carried,
            MediumFault::Network,
        ];
        all.into_iter().find(|fault| fault.key() == key)
    }

    /// What a failure to write something beside the ledger, or the ledger itself, says of the medium.
    fn says(&self) -> Option<MediumFault> {
        match self.message().key.as_ref() {
            "error-disk-full" => Some(MediumFault::Full),
            "error-no-permission" => Some(MediumFault::Protected),
            _ => self.medium(),
        }
    }

    /// The same where it was a write that failed, for whatever reason.
    fn of_file(&self) -> MediumFault {
        self.says().unwrap_or(MediumFault::Failing)
    }
}

/// How a ledger is read whose medium takes nothing.
pub(in crate::ledger) struct Reading {
    fault: MediumFault,
    /// The file that is read: the ledger itself, or a private copy.
    file: PathBuf,
    access: Access,
    /// The copy; gone with this.
    _copy: Option<PrivateCopy>,
}

/// A folder with a copy, and the lock by which [`sweep`] sees that somebody still reads it. The lock is let go first.
struct PrivateCopy {
    _lock: Lock,
    folder: TempDir,
}

const PREFIX: &str = ".xiangli-read-";
const COPY: &str = "ledger.xlg";

impl PrivateCopy {
    fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir();
        let folder = folder.map_err(|e| LedgerError::io(e, &std::env::temp_dir()))?;
        sweep(folder.path());
        Ok(Self { _lock: Lock::take(&folder.path().join(COPY))?, folder })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(COPY)
    }
}

/// Takes away copies of `mine`'s owner whose reader was killed. One that is just being made has no file yet, and is locked when it
/// has.
fn sweep(mine: &Path) {
    let (Ok(entries), Ok(mine)) = (std::fs::read_dir(std::env::temp_dir()), mine.metadata()) else { return };
    for entry in entries.flatten() {
        // Of a link this is the link's own.
        let is_ours = entry.metadata().is_ok_and(|meta| meta.is_dir() && has_one_owner(&meta, &mine));
        let copy = entry.path().join(COPY);
        let is_one = is_ours && entry.file_name().to_string_lossy().starts_with(PREFIX) && copy.is_file();
        if is_one && Lock::take(&copy).is_ok() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// In a folder for everybody's temporary files somebody else's may hold traps; on Windows each has a folder of their own.
#[cfg(unix)]
fn has_one_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn has_one_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

impl Reading {
    /// Another connection.
    pub(in crate::ledger) fn view(&self, key: &LedgerKey) -> Result<View> {
        View::open_by(&self.file, key, self.access)
    }

    /// The file that is read, and how.
    pub(in crate::ledger) fn lies(&self) -> (&Path, Access) {
        (&self.file, self.access)
    }

    /// What is wrong with the medium.
    pub(in crate::ledger) fn fault(&self) -> MediumFault {
        self.fault
    }

    /// Reads the ledger where it lies where nothing waits in a log beside it, else in a copy.
    fn of(path: &Path, key: &LedgerKey, fault: MediumFault) -> Result<Self> {
        if !snapshot::has_log(path) {
            let conn = connect(path, key, Access::Frozen)?;
            if !migrate::is_behind(&conn)? {
                return Ok(Self { fault, file: path.to_owned(), access: Access::Frozen, _copy: None });
            }
        }
        Self::copied(path, key, fault)
    }

    fn copied(path: &Path, key: &LedgerKey, fault: MediumFault) -> Result<Self> {
        let copy = PrivateCopy::new()?;
        let file = copy.file();
        for ending in ["", "-wal"] {
            let (from, to) = (files::with_ending(path, ending), files::with_ending(&file, ending));
            if from.is_file() {
                std::fs::copy(&from, &to).map_err(|e| LedgerError::io(e, &to))?;
                writable(&to)?;
            }
        }
        let mut conn = connect(&file, key, Access::Write)?;
        migrate::bring_up(&mut conn)?;
        Ok(Self { fault, file, access: Access::Read, _copy: Some(copy) })
    }
}

/// A copy of what may only be read may only be read itself.
fn writable(file: &Path) -> Result<()> {
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    #[cfg(not(unix))]
    let permissions = {
        let mut permissions = file.metadata().map_err(|e| LedgerError::io(e, file))?.permissions();
        permissions.set_readonly(false);
        permissions
    };
    std::fs::set_permissions(file, permissions).map_err(|e| LedgerError::io(e, file))
}

/// Whether something of some size can be written beside a ledger; it is taken away again.
fn try_out(ledger: &Path) -> Result<()> {
    let folder = files::folder_of(ledger);
    let mut part = files::part_in(folder, &files::stem(ledger))?;
    let bytes = random_bytes::<64>()?.repeat(TRIED_BYTES / 64);
    let written = part.write_all(&bytes).and_then(|()| part.as_file().sync_all());
    written.map_err(|e| LedgerError::io(e, folder))
}

impl Ledger {
    /// Opens a ledger for reading alone, where `failed` to open for writing because of its medium.
    ///
    /// # Errors
    /// `failed` itself where the medium is not why; open elsewhere; damaged; no room for a private copy.
    pub(in crate::ledger) fn open_for_reading(path: &Path, key: &LedgerKey, failed: LedgerError) -> Result<Self> {
        if failed.kind != ErrorKind::Disk || !path.is_file() {
            return Err(failed);
        }
        let path = files::real(path);
        let fault = match (try_out(&path), failed.says()) {
            (Err(error), _) => error.of_file(),
            // Something can be written after all, only not the ledger: its file is protected.
            (Ok(()), Some(fault)) => fault,
            (Ok(()), None) => return Err(failed),
        };
        Self::read_alone(&path, key, (fault, Some(failed)))
    }

    /// Opens a ledger that lies on a stick or a network drive for reading alone.
    pub(in crate::ledger) fn open_carried(path: &Path, key: &LedgerKey, on: Carrier) -> Result<Self> {
        Self::read_alone(path, key, (on.fault(), None))
    }

    fn read_alone(path: &Path, key: &LedgerKey, (fault, failed): (MediumFault, Option<LedgerError>)) -> Result<Self> {
        let lock = Lock::look(path)?;
        let reading = Reading::of(path, key, fault).map_err(|error| failed.unwrap_or(error))?;
        let store = Store::reading(connect(&reading.file, key, reading.access)?, random_bytes()?, key.role(), fault)?;
        let (view, keys) = (reading.view(key)?, KeysGuard::none(path, key));
        tracing::warn!(?fault, "the ledger is opened for reading alone");
        Ok(Self { store, view, path: path.to_owned(), key: key.clone(), reading: Some(reading), keys, lock })
    }

    /// Why this ledger is open for reading alone; none where it is open for writing.
    pub fn medium_fault(&self) -> Option<MediumFault> {
        self.reading.as_ref().map(Reading::fault)
    }

    /// Tries whether the medium takes something again, and leaves the ledger as it is open.
    ///
    /// # Errors
    /// Why it does not.
    pub fn try_out_medium(&self) -> Result<()> {
        if let Some(fault) = self.medium_fault().filter(|fault| !fault.may_pass()) {
            return Err(fault.error());
        }
        try_out(&self.path).map_err(|error| error.of_file().error())
    }

    /// Tries whether the medium takes something again. A ledger that was opened for reading alone is then open for writing,
    /// and whoever reads it on another thread needs a new [`Ledger::reader`].
    ///
    /// # Errors
    /// Why it still does not: then everything is as it was.
    pub fn try_medium(&mut self) -> Result<()> {
        self.try_out_medium()?;
        if self.reading.is_none() {
            return self.store.try_writing();
        }
        self.lock = None;
        match Self::open_alone(&self.path, &self.key, &Unwatched) {
            Ok(open) => {
                *self = open;
                Ok(())
            }
            Err(error) => {
                self.lock = Lock::look(&self.path)?;
                Err(error)
            }
        }
    }
}
