//! Copies: a whole ledger with its keys file as one sealed file, out to a stick and in again on another laptop.
//!
//! The file, `*.xlc`, numbers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `89 58 4C 43 0D 0A 1A 0A`: "XLC", and line ends that a careless transfer would change |
//! | 4 | version: 1 |
//! | 4 | length of the keys file, at most 64 KiB |
//! | 8 | length of the ledger's pages |
//! | 32 | SHA-256 over the 24 bytes before it, the keys file and the pages |
//! | | the keys file, as beside a ledger |
//! | | the ledger: sealed pages, journal mode DELETE |
//!
//! Nothing of it is readable but the sizes and the names of algorithms. It opens by the passphrase and the paper code
//! that were valid when it was made.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::TempPath;

use crate::domain::message::Say as _;
use crate::ledger::Ledger;
use crate::ledger::backup::{Snapshot, Source};
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::{KeysFile, LARGEST_KEYS_FILE, LedgerKey, Unlock};
use crate::ledger::lock::Lock;
use crate::ledger::medium::MediumFault;
use crate::ledger::progress::{Part, Progress, Unwatched};
use crate::ledger::sealed::{refuse_place_of_copy, remove_half_made};
use crate::ledger::store::{snapshot, verify, village};

const MAGIC: &[u8; 8] = b"\x89XLC\r\n\x1a\n";
const VERSION: u32 = 1;
const HEAD: usize = 24;
const HASH: usize = 32;
const ENDING: &str = ".xlc";
const CHUNK: usize = 1 << 20;

/// Lengths as the file's head gives them, checked against the file's own.
struct Head {
    bytes: [u8; HEAD],
    hash: [u8; HASH],
    keys_length: u64,
    pages_length: u64,
}

impl Ledger {
    /// Writes one sealed copy of everything into `folder`, verified by reading it again; where it lies. That it left is for
    /// [`Ledger::note_sealed`], as the copy may be made beside the ledger.
    ///
    /// # Errors
    /// As [`Source::copy_out`].
    pub fn copy_out(&self, folder: &Path, stamp: &Stamp, progress: &dyn Progress) -> Result<PathBuf> {
        self.source_of_copies()?.copy_out(folder, stamp, progress)
    }
}

impl Source {
    /// Writes one sealed copy of everything into `folder`: `柳河村-20261123-154500.xlc`. Never overwrites.
    ///
    /// # Errors
    /// A missing or foreign keys file, the disk, cancelled: then `folder` is as it was.
    pub fn copy_out(&self, folder: &Path, stamp: &Stamp, progress: &dyn Progress) -> Result<PathBuf> {
        if !folder.is_dir() {
            return Err(LedgerError::io(io::ErrorKind::NotFound.into(), folder));
        }
        self.key.may_write()?;
        let keys = KeysFile::open(&self.path)?;
        keys.refuse_others(&self.key)?;
        let name = village::village(&self.conn)?.name;
        let whose = format!("{}-copy", files::stem(&self.path));
        files::sweep_parts(folder, &whose);
        let first = Part::new(progress, 0, 3);
        // Where the ledger's own medium takes nothing, its pages are proved where the copy goes: now it is wanted most.
        let there = || self.snapshot_in(folder, &whose, &first);
        let here = || match self.snapshot(&first) {
            Err(error) if error.kind == ErrorKind::Disk || is_other_than_read(&error) => there(),
            made => made,
        };
        let snapshot = if self.is_only_read { there() } else { here() }?;
        let part = write(folder, &whose, &keys.bytes()?, &snapshot.part, &Part::new(progress, 1, 3))?;
        let mut reread = open(&part)?;
        let head = read_head(&mut reread, &part)?;
        let same = keys_and_pages(&mut reread, &part, &head, &mut io::sink(), &Part::new(progress, 2, 3))?;
        if same != keys.bytes()? {
            return Err(LedgerError::damaged("error-copy-differs"));
        }
        drop(reread);
        let target = free_name(folder, &files::safe_name(&name), stamp);
        files::place(part, &target)?;
        Ok(target)
    }

    fn is_read_whole(&self) -> bool {
        verify::pages_unread(&self.conn).is_ok_and(|unread| unread == 0)
    }

    /// A snapshot on the medium that a copy goes to: what fails there is not the ledger's.
    fn snapshot_in(&self, folder: &Path, whose: &str, progress: &dyn Progress) -> Result<Snapshot> {
        let part = files::part_in(folder, whose)?.into_temp_path();
        self.snapshot_into(part, progress).map_err(|error| match error.medium() {
            Some(MediumFault::Full) => LedgerError::io(io::ErrorKind::StorageFull.into(), folder),
            Some(_) => LedgerError::io(io::ErrorKind::Other.into(), folder),
            None if error.message().key == "error-ledger-unreadable" && self.is_read_whole() => {
                LedgerError::io(io::ErrorKind::Other.into(), folder)
            }
            None if is_other_than_read(&error) => LedgerError::damaged("error-copy-differs"),
            None => error,
        })
    }
}

/// A medium gave back other pages than were written to it.
fn is_other_than_read(error: &LedgerError) -> bool {
    error.message().key == "error-backup-differs"
}

/// Takes the sealed pages out of a copy, verified, into a new file; the keys file in it is not looked at.
///
/// # Errors
/// A file that is no copy, cut short, damaged or newer; the disk; cancelled.
pub(in crate::ledger) fn unpack(file: &Path, target: &Path, progress: &dyn Progress) -> Result<()> {
    let mut source = open(file)?;
    let head = read_head(&mut source, file)?;
    let mut part = files::part_in(files::folder_of(target), &files::stem(target))?;
    keys_and_pages(&mut source, file, &head, part.as_file_mut(), progress)?;
    part.as_file().sync_all().map_err(|e| LedgerError::io(e, target))?;
    files::place(part.into_temp_path(), target)
}

/// Opens a copy on this laptop: verifies all of it, then places ledger and keys file at `target`, where nothing may be but the keys
/// of a ledger that is gone, which are kept under another name.
///
/// # Errors
/// Something at `target`; a file that is no copy, cut short, damaged or newer; a wrong passphrase or paper code; the
/// disk; cancelled. Then nothing was written.
pub fn copy_in(file: &Path, target: &Path, with: &Unlock, progress: &dyn Progress) -> Result<Ledger> {
    refuse_place_of_copy(target)?;
    let mut source = open(file)?;
    let head = read_head(&mut source, file)?;
    let folder = files::folder_of(target);
    let new_folder = !folder.exists();
    let result = (|| {
        std::fs::create_dir_all(folder).map_err(|e| LedgerError::io(e, folder))?;
        let mut part = files::part_in(folder, &files::stem(target))?;
        let keys = keys_and_pages(&mut source, file, &head, part.as_file_mut(), progress)?;
        part.as_file().sync_all().map_err(|e| LedgerError::io(e, target))?;
        let part = part.into_temp_path();
        let keys = KeysFile::parse(&keys)?;
        let key = keys.unlock(with)?;
        prove(&part, &key)?;
        let target = &files::real(target);
        // From here on nobody else starts, restores or opens one there.
        let lock = Lock::take(target)?;
        refuse_place_of_copy(target)?;
        let placed = place_and_open(part, &keys, &key, target);
        if placed.is_err() {
            let _ = std::fs::remove_file(files::with_ending(target, ".lock"));
        }
        Ok(Ledger { lock: Some(lock), ..placed? })
    })();
    if result.is_err() && new_folder {
        // Only an empty folder goes.
        let _ = std::fs::remove_dir(folder);
    }
    result
}

fn prove(part: &Path, key: &LedgerKey) -> Result<()> {
    let proved = snapshot::prove(part, key).map_err(|error| match error.message().key.as_ref() {
        "error-wrong-key-or-damaged" | "error-ledger-damaged" => damaged(),
        _ => error,
    });
    proved.map(drop)
}

/// The keys first. Where the ledger does not come to lie there and open, the place is as it was.
fn place_and_open(part: TempPath, keys: &KeysFile, key: &LedgerKey, target: &Path) -> Result<Ledger> {
    let aside = keys.place_over(target)?;
    let opened = files::place(part, target).and_then(|()| Ledger::open_held(target, key, &Unwatched));
    opened.inspect_err(|_| {
        remove_half_made(target);
        if let Some(aside) = &aside {
            let _ = files::rename(aside, &KeysFile::path_of(target));
        }
    })
}

fn damaged() -> LedgerError {
    LedgerError::damaged("error-copy-damaged")
}

fn open(path: &Path) -> Result<File> {
    let file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
    let meta = file.metadata().map_err(|e| LedgerError::io(e, path))?;
    if meta.is_file() { Ok(file) } else { Err(LedgerError::damaged("error-not-a-copy")) }
}

fn read_head(file: &mut File, path: &Path) -> Result<Head> {
    let io = |e| LedgerError::io(e, path);
    let length = file.metadata().map_err(io)?.len();
    let mut all = Vec::with_capacity(HEAD + HASH);
    file.take((HEAD + HASH) as u64).read_to_end(&mut all).map_err(io)?;
    let magic = &all[..all.len().min(MAGIC.len())];
    if all.is_empty() {
        return Err(LedgerError::damaged("error-empty-file"));
    }
    if !MAGIC.starts_with(magic) {
        let ledger = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlg"));
        return Err(LedgerError::damaged(if ledger { "error-copy-is-ledger" } else { "error-not-a-copy" }));
    }
    let (Some(bytes), Some(hash)) = (all.first_chunk::<HEAD>(), all.last_chunk::<HASH>()) else {
        return Err(LedgerError::damaged("error-copy-cut"));
    };
    if all.len() < HEAD + HASH {
        return Err(LedgerError::damaged("error-copy-cut"));
    }
    let number = |at: usize, length: usize| {
        bytes[at..at + length].iter().rev().fold(0u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let (version, keys_length, pages_length) = (number(8, 4), number(12, 4), number(16, 8));
    if version > u64::from(VERSION) {
        return Err(LedgerError::refused("error-copy-newer"));
    }
    if version == 0 || keys_length > LARGEST_KEYS_FILE || pages_length == 0 {
        return Err(damaged());
    }
    match pages_length.checked_add(keys_length + (HEAD + HASH) as u64) {
        Some(whole) if whole == length => Ok(Head { bytes: *bytes, hash: *hash, keys_length, pages_length }),
        Some(whole) if whole > length => Err(LedgerError::damaged("error-copy-cut")),
        _ => Err(damaged()),
    }
}

/// Reads what follows the head: the keys file is returned, the pages go to `pages`. Nothing of it counts before the
/// hash is right, which it is when this returns.
fn keys_and_pages(
    file: &mut File,
    path: &Path,
    head: &Head,
    pages: &mut dyn Write,
    progress: &dyn Progress,
) -> Result<Vec<u8>> {
    let mut keys = Vec::new();
    (&*file).take(head.keys_length).read_to_end(&mut keys).map_err(|e| LedgerError::io(e, path))?;
    let mut hash = Sha256::new();
    hash.update(head.bytes);
    hash.update(&keys);
    let read = pump(file, pages, head.pages_length, &mut hash, path, progress)?;
    if read != head.pages_length || hash.finalize().as_slice() != head.hash {
        return Err(damaged());
    }
    Ok(keys)
}

/// Moves up to `length` bytes, hashing them; how many there were.
fn pump(
    from: &mut dyn Read,
    to: &mut dyn Write,
    length: u64,
    hash: &mut Sha256,
    path: &Path,
    progress: &dyn Progress,
) -> Result<u64> {
    let mut buffer = vec![0; CHUNK];
    let mut done = 0;
    loop {
        if progress.at(done, length).is_break() {
            return Err(LedgerError::cancelled());
        }
        let wanted = usize::try_from(length - done).unwrap_or(CHUNK).min(CHUNK);
        let read = match from.read(&mut buffer[..wanted]) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other.map_err(|e| LedgerError::io(e, path))?,
        };
        if read == 0 {
            return Ok(done);
        }
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read]).map_err(|e| LedgerError::io(e, path))?;
        done += read as u64;
    }
}

fn write(folder: &Path, whose: &str, keys: &[u8], pages: &Path, progress: &dyn Progress) -> Result<TempPath> {
    let io = |e| LedgerError::io(e, folder);
    let mut source = open(pages)?;
    let length = source.metadata().map_err(|e| LedgerError::io(e, pages))?.len();
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(MAGIC);
    head[8..12].copy_from_slice(&VERSION.to_le_bytes());
    head[12..16].copy_from_slice(&(keys.len() as u32).to_le_bytes());
    head[16..].copy_from_slice(&length.to_le_bytes());
    let mut hash = Sha256::new();
    hash.update(head);
    hash.update(keys);
    let mut part = files::part_in(folder, whose)?;
    let file = part.as_file_mut();
    let begun = file.write_all(&head).and_then(|()| file.write_all(&[0; HASH])).and_then(|()| file.write_all(keys));
    begun.map_err(io)?;
    if pump(&mut source, file, length, &mut hash, folder, progress)? != length {
        return Err(LedgerError::damaged("error-copy-differs"));
    }
    let hash = hash.finalize();
    let ended = file.seek(SeekFrom::Start(HEAD as u64)).and_then(|_| file.write_all(&hash));
    ended.and_then(|()| file.sync_all()).map_err(io)?;
    Ok(part.into_temp_path())
}

fn free_name(folder: &Path, village: &str, stamp: &Stamp) -> PathBuf {
    let named = stamp.at.format("%Y%m%d-%H%M%S");
    files::free_twin(|twin| folder.join(format!("{village}-{named}{twin}{ENDING}")), files::is_free)
}
