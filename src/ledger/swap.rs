//! A new file in a ledger's place; the old one is moved aside and never removed.
//!
//! The order, so that a cut of power at any moment loses nothing: the old ledger is renamed to its name aside with
//! `.moving` behind, then SQLite's files beside it to where that name has them; the new one is given the ledger's name; then
//! `.moving` goes. Cut off before the new one has its name, the next opening puts the old one back; after, it ends what was begun.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::KeysFile;
use crate::ledger::lock::Lock;
use crate::ledger::sealed::{remove_side_files, side_files};

const ENDING: &str = ".xlg";
const MOVING: &str = ".moving";

/// What was renamed, so that it can be renamed back.
pub(in crate::ledger) struct Moved {
    /// Where the old ledger lies when all is done; none where there was none.
    pub(in crate::ledger) aside: Option<PathBuf>,
    renamed: Vec<(PathBuf, PathBuf)>,
}

impl Moved {
    /// The last first; what cannot be renamed back now is by [`put_right`].
    fn back(&self) {
        for (from, to) in self.renamed.iter().rev() {
            let _ = fs::rename(to, from);
        }
    }

    /// Takes back a file that was placed and could not be opened; never what lay there before.
    pub(in crate::ledger) fn undo(&self, ledger: &Path) {
        if self.aside.is_none() || self.renamed.iter().all(|(_, to)| to.is_file()) {
            let _ = fs::remove_file(ledger);
            remove_side_files(ledger);
        }
        self.back();
    }

    /// The new one lies there and opens.
    pub(in crate::ledger) fn end(&self) {
        if let Some(aside) = &self.aside {
            end(&files::with_ending(aside, MOVING), aside);
        }
    }
}

/// That the old one keeps its passing name harms nothing: the next opening gives it its own.
fn end(moving: &Path, aside: &Path) {
    if let Err(error) = files::rename(moving, aside) {
        tracing::warn!(%error, "a ledger that was moved aside keeps its passing name");
    }
}

/// Gives a whole file the name of a ledger, and moves aside what lay there; `stamp` names that.
///
/// # Errors
/// A file that is held, the disk: then the old one is in its place.
pub(in crate::ledger) fn put_in_place(part: TempPath, ledger: &Path, stamp: &Stamp) -> Result<Moved> {
    let moved = move_aside(ledger, stamp)?;
    files::place(part, ledger).inspect_err(|_| moved.undo(ledger))?;
    Ok(moved)
}

/// The ledger first: without it nothing opens, whereas a ledger without its log would open and lack the latest steps.
fn move_aside(ledger: &Path, stamp: &Stamp) -> Result<Moved> {
    let aside = free_aside(ledger, stamp);
    let main = (ledger.to_owned(), files::with_ending(&aside, MOVING));
    let beside = side_files(ledger).into_iter().zip(side_files(&aside));
    let there: Vec<_> = std::iter::once(main).chain(beside).filter(|(from, _)| !files::is_free(from)).collect();
    let has_main = there.first().is_some_and(|(from, _)| from == ledger);
    let mut moved = Moved { aside: has_main.then_some(aside), renamed: Vec::new() };
    for (from, to) in there {
        if let Err(error) = fs::rename(&from, &to) {
            moved.back();
            return Err(LedgerError::io(error, &from));
        }
        moved.renamed.push((from, to));
    }
    files::sync_folder(files::folder_of(ledger)).inspect_err(|_| moved.back())?;
    Ok(moved)
}

/// `v-aside-20261123-154500.xlg`, which is free with all that belongs to it.
fn free_aside(ledger: &Path, stamp: &Stamp) -> PathBuf {
    let named = format!("{}{}", prefix(ledger), stamp.at.format("%Y%m%d-%H%M%S"));
    let is_free = |path: &Path| {
        let others = side_files(path).into_iter().chain([files::with_ending(path, MOVING)]);
        std::iter::once(path.to_owned()).chain(others).all(|path| files::is_free(&path))
    };
    files::free_twin(|twin| files::folder_of(ledger).join(format!("{named}{twin}{ENDING}")), is_free)
}

fn prefix(ledger: &Path) -> String {
    format!("{}-aside-", files::stem(ledger))
}

/// Ledgers that were being moved aside when that was cut off, the latest first: their names sort as the instants do.
fn moving(ledger: &Path) -> Vec<PathBuf> {
    let prefix = prefix(ledger);
    let entries = fs::read_dir(files::folder_of(ledger)).into_iter().flatten().flatten();
    let is_one = |name: &String| name.starts_with(&prefix) && name.ends_with(&format!("{ENDING}{MOVING}"));
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(is_one).collect();
    names.sort();
    names.iter().rev().map(|name| files::folder_of(ledger).join(name)).collect()
}

/// Puts right what a cut left half done; only while the ledger's lock is held.
///
/// # Errors
/// A file that is held, the disk: it is tried again by the next opening.
pub(in crate::ledger) fn put_right(ledger: &Path) -> Result<()> {
    for moving in moving(ledger) {
        let aside = moving.with_extension("");
        if ledger.symlink_metadata().is_ok() {
            end(&moving, &aside);
            continue;
        }
        let beside = side_files(&aside).into_iter().zip(side_files(ledger));
        let beside = beside.filter(|(from, to)| !files::is_free(from) && files::is_free(to));
        // The ledger last: with its name it opens, and must not without its log.
        for (from, to) in beside.chain([(moving, ledger.to_owned())]) {
            files::rename(&from, &to).map_err(|error| LedgerError::io(error, &from))?;
        }
    }
    Ok(())
}

/// What there is of a ledger at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// The ledger, or where a cut left it while it was being replaced.
    There,
    /// Its keys file alone.
    Gone,
    /// Nothing.
    Nowhere,
}

/// Looks what there is.
pub fn whereabouts(path: &Path) -> Whereabouts {
    let ledger = files::real(path);
    if ledger.is_file() || !moving(&ledger).is_empty() {
        Whereabouts::There
    } else if KeysFile::path_of(&ledger).is_file() {
        Whereabouts::Gone
    } else {
        Whereabouts::Nowhere
    }
}

/// The ledger at a path by its true name, put back there where a cut had left it aside.
///
/// # Errors
/// `error-ledger-missing` where its keys file lies there alone; no such file; a program that is just replacing it; the disk.
pub fn ledger_at(path: &Path) -> Result<PathBuf> {
    let ledger = files::real(path);
    if !ledger.is_file() && !moving(&ledger).is_empty() {
        let _lock = Lock::take(&ledger)?;
        put_right(&ledger)?;
    }
    if ledger.is_file() {
        return Ok(ledger);
    }
    if whereabouts(&ledger) == Whereabouts::Gone {
        let message = Message::new("error-ledger-missing").text("path", ledger.display().to_string());
        return Err(LedgerError::new(ErrorKind::Damaged, message));
    }
    Err(LedgerError::io(std::io::ErrorKind::NotFound.into(), path))
}
