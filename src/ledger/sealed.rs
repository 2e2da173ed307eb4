//! Starting and opening a ledger together with its keys file: both are there, or neither.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use tempfile::TempPath;

use crate::domain::message::{Message, Say as _};
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{KeysFile, LedgerKey, Unlock};
use crate::ledger::lock::Lock;
use crate::ledger::paper_code::PaperCode;
use crate::ledger::progress::{Progress, Unwatched};
use crate::ledger::{Ledger, NewVillage, carrier, check_village, store, swap};

/// Starts a village: keys file, ledger, paper code (none for a demo village). `seed` as in [`Ledger::create`].
///
/// # Errors
/// A bad village or passphrase, something that lies there already, the disk. Nothing half-made stays behind.
pub fn start(
    path: &Path,
    new: &NewVillage,
    passphrase: &SecretString,
    seed: Option<[u8; 32]>,
    stamp: &Stamp,
) -> Result<(Ledger, Option<PaperCode>)> {
    check_village(new)?;
    refuse_place(path)?;
    let folder = files::folder_of(path);
    std::fs::create_dir_all(folder).map_err(|e| LedgerError::io(e, folder))?;
    let path = &files::real(path);
    let (keys, key, code) = KeysFile::make(passphrase, new.kind)?;
    let lock = Lock::take(path)?;
    let placed = make_part(path, &key, new, seed, stamp).and_then(|part| place_both(part, &keys, path));
    if placed.is_err() {
        let _ = std::fs::remove_file(files::with_ending(path, ".lock"));
    }
    placed?;
    let ledger = Ledger::open_locked(path, &key, lock, &Unwatched).inspect_err(|_| remove_half_made(path))?;
    Ok((ledger, code))
}

/// Makes a whole ledger under a passing name: one that has its own name is whole, wherever the power was cut.
fn make_part(
    path: &Path,
    key: &LedgerKey,
    new: &NewVillage,
    seed: Option<[u8; 32]>,
    stamp: &Stamp,
) -> Result<TempPath> {
    let part = files::part_in(files::folder_of(path), &files::stem(path))?.into_temp_path();
    // Only its name is needed: the ledger makes its own file and overwrites none.
    std::fs::remove_file(&part).map_err(|e| LedgerError::io(e, path))?;
    let made = Ledger::create(&part, key, new, seed, stamp).and_then(Ledger::into_one_file);
    remove_side_files(&part);
    let _ = std::fs::remove_file(files::with_ending(&part, ".lock"));
    made.map(|()| part)
}

/// Gives a whole ledger and its keys their names, the ledger last. Nothing is overwritten.
pub(in crate::ledger) fn place_both(ledger: TempPath, keys: &KeysFile, path: &Path) -> Result<()> {
    keys.place(path)?;
    files::place(ledger, path).inspect_err(|error| {
        // A ledger that another program placed meanwhile is not ours to remove.
        if error.message().key == "error-file-exists" {
            let _ = std::fs::remove_file(KeysFile::path_of(path));
        } else {
            remove_half_made(path);
        }
    })
}

/// Opens a ledger by passphrase or paper code.
///
/// # Errors
/// `error-keys-missing`, `error-wrong-passphrase`, `error-wrong-paper-code`, `error-keys-do-not-fit`, and those of
/// [`Ledger::open`].
pub fn open_with(path: &Path, with: &Unlock) -> Result<Ledger> {
    open_watched(path, with, &Unwatched)
}

/// The same where somebody watches ([`Ledger::open_watched`]).
pub fn open_watched(path: &Path, with: &Unlock, progress: &dyn Progress) -> Result<Ledger> {
    Ledger::open_watched(path, &key_of(path, with)?, progress).map_err(|error| match error.message().key.as_ref() {
        // The envelope opened: the passphrase is right, so one of the two files is not what it was.
        "error-wrong-key-or-damaged" => LedgerError::damaged("error-keys-do-not-fit"),
        _ => error,
    })
}

/// The key of the ledger at `path`: slow on purpose, and all that [`open_with`] does before it touches the ledger.
pub fn key_of(path: &Path, with: &Unlock) -> Result<LedgerKey> {
    let path = &swap::ledger_at(path)?;
    // A spreadsheet has no keys file either: what it is helps more than what it lacks.
    store::reject_foreign(path)?;
    KeysFile::open(path)?.unlock(with)
}

/// SQLite's own files beside a ledger.
pub(in crate::ledger) fn side_files(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| files::with_ending(path, ending))
}

/// Takes them away, where what they hold is in the ledger or not wanted.
pub(in crate::ledger) fn remove_side_files(path: &Path) {
    for beside in side_files(path) {
        let _ = std::fs::remove_file(beside);
    }
}

/// Nothing of a ledger may lie where a new one goes: a stray journal would even be played into it. And that is a disk of this machine.
pub(in crate::ledger) fn refuse_place(path: &Path) -> Result<()> {
    refuse_ledger(path)?;
    let keys = KeysFile::path_of(path);
    if files::is_free(&keys) { Ok(()) } else { Err(parts_exist("error-ledger-parts-exist", &keys)) }
}

fn parts_exist(key: &'static str, found: &Path) -> LedgerError {
    LedgerError::new(ErrorKind::Refused, Message::new(key).text("path", found.display().to_string()))
}

/// The same for a copy, which may come where a whole keys file lies whose ledger is gone.
pub(in crate::ledger) fn refuse_place_of_copy(path: &Path) -> Result<()> {
    if KeysFile::open(path).is_ok() { refuse_ledger(path) } else { refuse_place(path) }
}

fn refuse_ledger(path: &Path) -> Result<()> {
    carrier::refuse(path)?;
    if !files::is_free(path) || swap::whereabouts(path) == swap::Whereabouts::There {
        return Err(parts_exist("error-ledger-exists", path));
    }
    match side_files(path).iter().find(|other| !files::is_free(other)) {
        Some(found) => Err(parts_exist("error-ledger-parts-exist", found)),
        None => Ok(()),
    }
}

/// Takes back a ledger that was just made and never used.
pub(in crate::ledger) fn remove_half_made(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal", ".lock", ".keys"] {
        let _ = std::fs::remove_file(files::with_ending(path, ending));
    }
}
