//! Files that appear whole or not at all: private temporary files, forced to disk, then renamed. Knows no format.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{NamedTempFile, PathPersistError, TempDir, TempPath};

use crate::ledger::error::{LedgerError, Result, is_in_use};

/// What a file is called until it is whole; the leading dot hides it, the ending lets a later run sweep it away.
const PART_PREFIX: &str = ".xiangli-";
const PART_RANDOM: usize = 8;
/// How often and after what a name is given once more where the new file is held.
const RENAMES: u32 = 20;
const BETWEEN_RENAMES: Duration = Duration::from_millis(50);

/// The folder a file lies in.
pub(in crate::ledger) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The one true spelling of a file's path, without links and relative steps, so that its lock and the files beside it
/// are the same for everybody. The file need not exist yet; where even its folder does not, the path as it is.
pub(in crate::ledger) fn real(path: &Path) -> PathBuf {
    let in_folder = |path: &Path| Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    // A link leads to where the file was also while that is being replaced.
    let by_link = || in_folder(&folder_of(path).join(std::fs::read_link(path).ok()?));
    let real = path.canonicalize().ok().or_else(by_link).or_else(|| in_folder(path));
    let real = real.unwrap_or_else(|| path.to_owned());
    // Windows spells drives with a mark that users do not know and that some programs refuse.
    match real.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(plain) if cfg!(windows) && plain.as_bytes().get(1) == Some(&b':') => PathBuf::from(plain),
        _ => real,
    }
}

/// A file's name without its ending; what a ledger's backups and unfinished files are called after.
pub(in crate::ledger) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A village's name as every stick's file system takes it.
pub(in crate::ledger) fn safe_name(name: &str) -> String {
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() || "-_()（）".contains(c) { c } else { '_' }).collect();
    let safe = safe.trim_matches('_');
    if safe.is_empty() { "village".to_owned() } else { safe.chars().take(50).collect() }
}

/// The same path with something added to the file name.
pub(in crate::ledger) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The first of `name("")`, `name("-2")`, `name("-3")` … that is free; where none is, the last, which placing then refuses.
pub(in crate::ledger) fn free_twin(name: impl Fn(&str) -> PathBuf, is_free: impl Fn(&Path) -> bool) -> PathBuf {
    let twins = std::iter::once(String::new()).chain((2..1000).map(|twin| format!("-{twin}")));
    twins.map(|twin| name(&twin)).find(|path| is_free(path)).unwrap_or_else(|| name("-1000"))
}

/// Whether nothing lies under a name, not even a link that leads nowhere.
pub(in crate::ledger) fn is_free(path: &Path) -> bool {
    path.symlink_metadata().is_err()
}

/// A new empty file that only its owner can read; gone again unless it is placed. `whose` tells, in the name, which
/// ledger it belongs to.
pub(in crate::ledger) fn part_in(folder: &Path, whose: &str) -> Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(PART_PREFIX)
        .rand_bytes(PART_RANDOM)
        .suffix(&part_ending(whose))
        .tempfile_in(folder)
        .map_err(|e| LedgerError::io(e, folder))
}

/// A new empty folder that only its owner can read; gone again with all in it unless it is placed.
pub(in crate::ledger) fn part_folder_in(folder: &Path, whose: &str) -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix(PART_PREFIX)
        .rand_bytes(PART_RANDOM)
        .suffix(&part_ending(whose))
        .tempdir_in(folder)
        .map_err(|e| LedgerError::io(e, folder))
}

fn part_ending(whose: &str) -> String {
    format!(".{whose}.part")
}

/// Removes what a killed run left half-written of one ledger; only while nobody else can be writing it.
pub(crate) fn sweep_parts(folder: &Path, whose: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ending = name.strip_prefix(PART_PREFIX).and_then(|rest| rest.get(PART_RANDOM..));
        if ending.is_some_and(|ending| ending.starts_with(&part_ending(whose))) {
            // What cannot be removed now is tried again by the next run.
            let _ = match entry.file_type() {
                Ok(kind) if kind.is_dir() => std::fs::remove_dir_all(entry.path()),
                _ => std::fs::remove_file(entry.path()),
            };
        }
    }
}

/// Bytes in a file without its name yet: forced to disk, read back from there and compared.
pub(in crate::ledger) fn written(folder: &Path, whose: &str, bytes: &[u8]) -> Result<TempPath> {
    let failed = |error| LedgerError::io(error, folder);
    let mut part = part_in(folder, whose)?;
    part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(failed)?;
    let part = part.into_temp_path();
    let mut back = Vec::with_capacity(bytes.len());
    File::open(&part).and_then(|mut file| file.read_to_end(&mut back)).map_err(failed)?;
    if back == bytes { Ok(part) } else { Err(failed(io::ErrorKind::InvalidData.into())) }
}

/// Writes a small file, whole and read back, in the place of another that it is a newer one of.
pub(crate) fn write_over(target: &Path, bytes: &[u8]) -> Result<()> {
    replace(written(folder_of(target), &stem(target), bytes)?, target)
}

/// Forces a file's bytes to disk.
pub(in crate::ledger) fn sync_file(path: &Path) -> Result<()> {
    let file = File::options().read(true).write(true).open(path).map_err(|e| LedgerError::io(e, path))?;
    file.sync_all().map_err(|e| LedgerError::io(e, path))
}

/// Gives a whole file its name; never overwrites another.
pub(in crate::ledger) fn place(part: TempPath, target: &Path) -> Result<()> {
    if let Err(failed) = patiently(part, |part| part.persist_noclobber(target), part_held) {
        // Some sticks know neither way of renaming without overwriting; then looking first is the best there is.
        let taken = failed.error.kind() == io::ErrorKind::AlreadyExists || target.symlink_metadata().is_ok();
        if taken {
            return Err(LedgerError::io(io::ErrorKind::AlreadyExists.into(), target));
        }
        failed.path.persist(target).map_err(|e| LedgerError::io(e.error, target))?;
    }
    settle(target)
}

/// On Windows whatever looks for viruses holds a new file for a moment, and it cannot be renamed meanwhile.
fn patiently<T, E>(
    first: T,
    rename: impl Fn(T) -> std::result::Result<(), E>,
    held: impl Fn(E) -> std::result::Result<T, E>,
) -> std::result::Result<(), E> {
    let mut renamed = rename(first);
    for _ in 0..RENAMES {
        let Err(error) = renamed else { return Ok(()) };
        let again = held(error)?;
        std::thread::sleep(BETWEEN_RENAMES);
        renamed = rename(again);
    }
    renamed
}

/// In use, or ERROR_ACCESS_DENIED.
fn is_held(error: &io::Error) -> bool {
    is_in_use(error) || (cfg!(windows) && error.raw_os_error() == Some(5))
}

fn part_held(error: PathPersistError) -> std::result::Result<TempPath, PathPersistError> {
    if is_held(&error.error) { Ok(error.path) } else { Err(error) }
}

/// Writes a file into a folder below another, both made where they are missing: forced to disk, read back and compared.
pub(in crate::ledger) fn write_below(above: &Path, folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let inside = above.join(folder);
    std::fs::create_dir_all(&inside).map_err(|e| LedgerError::io(e, &inside))?;
    place(written(&inside, name, bytes)?, &inside.join(name))?;
    // The names of the folders themselves have to reach the disk, too.
    let up = inside.ancestors().skip(1).take_while(|path| path.starts_with(above));
    up.into_iter().try_for_each(sync_folder)
}

/// Gives a whole folder its name; in the place of an empty one, but of nothing else.
pub(in crate::ledger) fn place_folder(part: TempDir, target: &Path) -> Result<()> {
    if target.is_dir() {
        // Fails where something is in it.
        std::fs::remove_dir(target).map_err(|e| LedgerError::io(e, target))?;
    }
    rename(part.path(), target).map_err(|e| LedgerError::io(e, target))?;
    // It has another name now: nothing is left to be removed.
    let _ = part.keep();
    sync_folder(folder_of(target))
}

/// Gives a file or folder another name; on Windows once it is no longer held.
pub(in crate::ledger) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently((), |()| std::fs::rename(from, to), |error| if is_held(&error) { Ok(()) } else { Err(error) })
}

/// Puts a whole file in another's place, in one step.
pub(in crate::ledger) fn replace(part: TempPath, target: &Path) -> Result<()> {
    patiently(part, |part| part.persist(target), part_held).map_err(|e| LedgerError::io(e.error, target))?;
    settle(target)
}

/// Forces a file's new name to disk: that of its folder; on Windows, where a file's names are forced with it, the file.
fn settle(target: &Path) -> Result<()> {
    if !cfg!(windows) {
        return sync_folder(folder_of(target));
    }
    // It lies there, and its bytes were forced before: somebody who looks at it already is no reason to say that it does not.
    if let Err(error) = sync_file(target) {
        tracing::warn!(%error, "a new name was not forced to disk");
    }
    Ok(())
}

/// Forces a rename to disk. Windows forces folders only for who may write to the whole disk; some sticks refuse it.
pub(in crate::ledger) fn sync_folder(folder: &Path) -> Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|handle| handle.sync_all()) {
        Err(e) if !matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Err(LedgerError::io(e, folder))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_name_is_given_again_as_long_as_the_file_is_held_and_not_where_something_else_is_wrong() {
        let tried = Cell::new(0);
        let rename = |error: i32, times: u32| {
            tried.set(0);
            let held = |error| if error == 32 { Ok(()) } else { Err(error) };
            let once = |()| {
                tried.set(tried.get() + 1);
                if tried.get() > times { Ok(()) } else { Err(error) }
            };
            (patiently((), once, held), tried.get())
        };
        assert_eq!(rename(32, 2), (Ok(()), 3));
        assert_eq!(rename(28, 2), (Err(28), 1));
    }
}
