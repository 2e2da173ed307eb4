//! A new file in a ledger's place; the old one is moved aside and never removed.
//!
//! The order, so that a cut of power at any moment loses nothing: the old ledger is renamed to its name aside with
//! `.moving` behind, then SQLite's files beside it to where that name has them; the new one is given the ledger's name; then
//! `.moving` goes. Cut off before the new one has its name, the next opening puts the old one back; after, it ends what was begun.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
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
const INSTANT: &str = "%Y%m%d-%H%M%S";
const INSTANT_LENGTH: usize = "20261123-154500".len();

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

    /// Takes back a file that was placed and could not be opened; never what lay there before, and no log without its ledger.
    pub(in crate::ledger) fn undo(&self, ledger: &Path) {
        if self.renamed.iter().all(|(_, to)| to.is_file()) {
            let _ = fs::remove_file(ledger);
            remove_side_files(ledger);
            self.back();
        }
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
    files::place(part, ledger).inspect_err(|_| moved.back())?;
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
    let named = format!("{}{}", prefix(ledger), stamp.at.format(INSTANT));
    let is_free = |path: &Path| {
        let others = side_files(path).into_iter().chain([files::with_ending(path, MOVING)]);
        std::iter::once(path.to_owned()).chain(others).all(|path| files::is_free(&path))
    };
    files::free_twin(|twin| files::folder_of(ledger).join(format!("{named}{twin}{ENDING}")), is_free)
}

fn prefix(ledger: &Path) -> String {
    format!("{}-aside-", files::stem(ledger))
}

/// Ledgers that were being moved aside when that was cut off, the latest first.
fn moving(ledger: &Path) -> Vec<PathBuf> {
    let (folder, prefix) = (files::folder_of(ledger), prefix(ledger));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<_> = names.filter_map(|name| Some((named_after(&name, &prefix)?, name))).collect();
    found.sort();
    found.iter().rev().map(|(_, name)| folder.join(name)).collect()
}

/// When the ledger was moved that has this passing name, and which of that instant it is.
fn named_after(name: &str, prefix: &str) -> Option<(NaiveDateTime, u32)> {
    let rest = name.strip_prefix(prefix)?.strip_suffix(MOVING)?.strip_suffix(ENDING)?;
    let (at, twin) = (rest.get(..INSTANT_LENGTH)?, rest.get(INSTANT_LENGTH..)?);
    let twin = if twin.is_empty() { 1 } else { twin.strip_prefix('-')?.parse().ok()? };
    Some((NaiveDateTime::parse_from_str(at, INSTANT).ok()?, twin))
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
        let beside: Vec<_> = beside.filter(|(from, _)| !files::is_free(from)).collect();
        if beside.iter().any(|(_, to)| !files::is_free(to)) {
            // No cut leaves it so: whose log is whose cannot be told, and nothing is touched.
            continue;
        }
        // The ledger last: with its name it opens, and must not without its log.
        for (from, to) in beside.into_iter().chain([(moving, ledger.to_owned())]) {
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn stamp() -> Stamp {
        let at = DateTime::parse_from_rfc3339("2026-11-23T09:00:00+08:00").expect("an instant");
        Stamp { at, today: at.date_naive(), by: String::new() }
    }

    fn lie(folder: &Path) -> Vec<(String, String)> {
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let read = |name: String| (name.clone(), fs::read_to_string(folder.join(name)).expect("readable"));
        let mut files: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().map(name).map(read).collect();
        files.sort();
        files
    }

    #[test]
    fn what_was_placed_and_does_not_open_goes_and_all_is_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = folder.path().join("v.xlg");
        fs::write(&ledger, "old").expect("written");
        fs::write(folder.path().join("v.xlg-wal"), "its log").expect("written");
        let before = lie(folder.path());
        let part = || {
            let part = files::part_in(folder.path(), "v").expect("a part").into_temp_path();
            fs::write(&part, "new").expect("written");
            part
        };
        let moved = put_in_place(part(), &ledger, &stamp()).expect("placed");
        fs::write(folder.path().join("v.xlg-wal"), "a log of the new one").expect("written");
        moved.undo(&ledger);
        assert_eq!(lie(folder.path()), before);
        // Were the old one gone from where it was moved, its log would not be laid beside the new one.
        let moved = put_in_place(part(), &ledger, &stamp()).expect("placed");
        moved.end();
        let after = lie(folder.path());
        moved.undo(&ledger);
        assert_eq!(lie(folder.path()), after);
    }

    #[test]
    fn a_log_that_may_be_anothers_is_joined_to_nothing_and_names_alike_are_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = folder.path().join("v.xlg");
        let write = |name: &str| fs::write(folder.path().join(name), name).expect("written");
        for name in ["v-aside-20261123-090000.xlg.moving", "v-aside-20261123-090000.xlg-wal", "v.xlg-wal"] {
            write(name);
        }
        write("v-aside-x-aside-20261123-090000.xlg.moving");
        let before = lie(folder.path());
        put_right(&ledger).expect("nothing to do");
        assert_eq!(lie(folder.path()), before);
        fs::remove_file(folder.path().join("v.xlg-wal")).expect("removed");
        write("v-aside-20261123-090000-2.xlg.moving");
        put_right(&ledger).expect("put right");
        assert_eq!(fs::read_to_string(&ledger).expect("there"), "v-aside-20261123-090000-2.xlg.moving", "the latest");
    }
}
