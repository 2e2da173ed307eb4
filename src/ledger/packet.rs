//! A packet for whoever helps with a damaged ledger: one zip file with the ledger as it lies there, its log, its keys file
//! and a sheet that says in plain words what is wrong. Pages and keys stay sealed: nothing readable of people is in it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::files;
use crate::ledger::keys::KeysFile;
use crate::ledger::progress::Progress;
use crate::ledger::recovery::Findings;

const BLOCK: usize = 4096;
const CHUNK: usize = 1 << 20;
/// The sheet that says what is wrong.
const SHEET: &str = "README.txt";

/// A packet that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPacket {
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes of the ledger that the disk itself could not read; they are zero in the packet.
    pub unread: u64,
}

/// What the sheet in the packet says, sentence by sentence; `findings` where somebody looked before.
pub fn sheet(findings: Option<&Findings>, stamp: &Stamp) -> Vec<Message> {
    let mut messages = vec![
        Message::new("packet-title"),
        Message::new("packet-made")
            .text("when", stamp.at.format("%Y-%m-%d %H:%M").to_string())
            .text("version", env!("CARGO_PKG_VERSION")),
    ];
    messages.extend(findings.map(Findings::messages).unwrap_or_default());
    messages.push(Message::new("packet-holds"));
    messages.push(Message::new("packet-opens"));
    messages
}

/// Writes the packet of the ledger at `ledger` into `folder`: `xiangli-help-20261123-154500.zip`, read back and compared.
/// Never overwrites; what is damaged is copied as it is. `text` is what [`sheet`] says.
///
/// # Errors
/// No ledger there; the folder, its disk, cancelled: then `folder` is as it was.
pub fn write_packet(
    ledger: &Path,
    folder: &Path,
    text: &str,
    stamp: &Stamp,
    progress: &dyn Progress,
) -> Result<HelpPacket> {
    if !folder.is_dir() {
        return Err(LedgerError::io(io::ErrorKind::NotFound.into(), folder));
    }
    let ledger = files::real(ledger);
    let parts = parts(&ledger)?;
    let whose = format!("{}-help", files::stem(&ledger));
    files::sweep_parts(folder, &whose);
    let mut part = files::part_in(folder, &whose)?;
    let mut packing = Packing { folder, progress, done: 0, total: 2 * total(&parts), unread: 0 };
    let hashes = packing.write(part.as_file_mut(), &parts, text)?;
    part.as_file().sync_all().map_err(|e| LedgerError::io(e, folder))?;
    let part = part.into_temp_path();
    packing.compare(&part, &hashes)?;
    let target = free_name(folder, stamp);
    files::place(part, &target)?;
    Ok(HelpPacket { path: target, unread: packing.unread })
}

/// The files of the packet by their names in it: those that there are.
fn parts(ledger: &Path) -> Result<Vec<(&'static str, PathBuf)>> {
    let all = [
        ("ledger.xlg", ledger.to_owned()),
        ("ledger.xlg-wal", files::with_ending(ledger, "-wal")),
        ("ledger.xlg-journal", files::with_ending(ledger, "-journal")),
        ("ledger.xlg.keys", KeysFile::path_of(ledger)),
    ];
    let there: Vec<_> = all.into_iter().filter(|(_, path)| path.is_file()).collect();
    if there.is_empty() { Err(LedgerError::io(io::ErrorKind::NotFound.into(), ledger)) } else { Ok(there) }
}

fn total(parts: &[(&'static str, PathBuf)]) -> u64 {
    parts.iter().filter_map(|(_, path)| path.metadata().ok()).map(|meta| meta.len()).sum()
}

type Hashes = Vec<(&'static str, Vec<u8>)>;

/// A packet being written.
struct Packing<'a> {
    folder: &'a Path,
    progress: &'a dyn Progress,
    done: u64,
    total: u64,
    unread: u64,
}

impl Packing<'_> {
    fn failed(&self, error: impl Into<io::Error>) -> LedgerError {
        LedgerError::io(error.into(), self.folder)
    }

    fn step(&mut self, bytes: u64) -> Result<()> {
        self.done += bytes;
        if self.progress.at(self.done, self.total).is_break() { Err(LedgerError::cancelled()) } else { Ok(()) }
    }

    fn write(&mut self, file: &mut File, parts: &[(&'static str, PathBuf)], text: &str) -> Result<Hashes> {
        let mut zip = ZipWriter::new(file);
        // Sealed pages do not shrink.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
        let stored = stored.unix_permissions(0o600);
        // Windows' editor knows by the mark how the sheet is written.
        let sheet = format!("\u{FEFF}{}\r\n", text.replace('\n', "\r\n"));
        zip.start_file(SHEET, stored).map_err(|e| self.failed(e))?;
        zip.write_all(sheet.as_bytes()).map_err(|e| self.failed(e))?;
        let mut hashes = vec![(SHEET, Sha256::digest(sheet.as_bytes()).to_vec())];
        for (name, path) in parts {
            zip.start_file(*name, stored).map_err(|e| self.failed(e))?;
            hashes.push((name, self.copy(path, &mut zip)?));
        }
        zip.finish().map_err(|e| self.failed(e))?;
        Ok(hashes)
    }

    /// Copies a file; a block that the disk cannot read is zero.
    fn copy(&mut self, path: &Path, out: &mut dyn Write) -> Result<Vec<u8>> {
        let mut source = File::open(path).map_err(|e| LedgerError::io(e, path))?;
        let length = source.metadata().map_err(|e| LedgerError::io(e, path))?.len();
        let (mut hash, mut at, mut buffer) = (Sha256::new(), 0, vec![0; CHUNK]);
        while at < length {
            let wanted = usize::try_from(length - at).unwrap_or(CHUNK).min(CHUNK);
            let bytes = &mut buffer[..wanted];
            if read_at(&mut source, at, bytes).is_err() {
                self.unread += by_blocks(&mut source, at, bytes);
            }
            hash.update(&*bytes);
            out.write_all(bytes).map_err(|e| self.failed(e))?;
            at += wanted as u64;
            self.step(wanted as u64)?;
        }
        Ok(hash.finalize().to_vec())
    }

    /// Reads it back from the disk.
    fn compare(&mut self, part: &Path, hashes: &Hashes) -> Result<()> {
        let file = File::open(part).map_err(|e| self.failed(e))?;
        let mut zip = ZipArchive::new(io::BufReader::new(file)).map_err(|e| self.failed(e))?;
        let mut buffer = vec![0; CHUNK];
        for (name, expected) in hashes {
            let mut entry = zip.by_name(name).map_err(|e| self.failed(e))?;
            let mut hash = Sha256::new();
            loop {
                let read = entry.read(&mut buffer).map_err(|e| self.failed(e))?;
                if read == 0 {
                    break;
                }
                hash.update(&buffer[..read]);
                self.step(read as u64)?;
            }
            if hash.finalize().as_slice() != expected {
                return Err(self.failed(io::ErrorKind::InvalidData));
            }
        }
        Ok(())
    }
}

fn read_at(source: &mut File, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(bytes)
}

/// Reads block by block; how many bytes could not be.
fn by_blocks(source: &mut File, at: u64, bytes: &mut [u8]) -> u64 {
    let mut unread = 0;
    for (index, block) in bytes.chunks_mut(BLOCK).enumerate() {
        if read_at(source, at + (index * BLOCK) as u64, block).is_err() {
            block.fill(0);
            unread += block.len() as u64;
        }
    }
    unread
}

fn free_name(folder: &Path, stamp: &Stamp) -> PathBuf {
    let named = stamp.at.format("%Y%m%d-%H%M%S");
    files::free_twin(|twin| folder.join(format!("xiangli-help-{named}{twin}.zip")), files::is_free)
}

impl HelpPacket {
    /// What is said of it.
    pub fn message(&self) -> Message {
        let path = self.path.display().to_string();
        match self.unread {
            0 => Message::new("packet-written").text("path", path),
            unread => Message::new("packet-written-unread").text("path", path).number("bytes", unread as i64),
        }
    }
}
