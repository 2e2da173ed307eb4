//! Looks through a zipped spreadsheet before anything parses it: what it is, and whether unpacking it would fill the
//! memory. Sizes are counted while unpacking, not believed.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use zip::ZipArchive;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::spreadsheet::{refuse, unreadable};

const MOST_ENTRIES: usize = 5_000;
const MOST_BYTES: u64 = 512 << 20;
/// Text that a spreadsheet library keeps in memory whole.
const MOST_KEPT_BYTES: u64 = 64 << 20;
/// Rosters pack 10 to 60 times; deflate can pack 1,000 times.
const MOST_RATIO: u64 = 200;
const RATIO_COUNTS_FROM: u64 = 4 << 20;
/// Between two angle brackets of XML.
const LONGEST_TOKEN: usize = 1 << 20;

/// What a zip file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger::exchange) enum Package {
    /// xlsx, or xlsm read without its macros.
    Excel,
    /// ods
    OpenDocument,
}

/// Tells what it is, or refuses it.
pub(in crate::ledger::exchange) fn scan(path: &Path) -> Result<Package> {
    let file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| unreadable("import-file-damaged"))?;
    if archive.len() > MOST_ENTRIES {
        return Err(bomb());
    }
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let package = match () {
        () if has("xl/workbook.xml") => Package::Excel,
        () if has("content.xml") => Package::OpenDocument,
        () if has("xl/workbook.bin") => return Err(refuse("import-file-is-xlsb", |m| m)),
        () => return Err(refuse("import-file-unknown", |m| m)),
    };
    let mut total = 0;
    for index in 0..archive.len() {
        total += unpack(&mut archive, index, total)?;
    }
    Ok(package)
}

/// Counts the bytes of one entry that a reader would unpack.
fn unpack(archive: &mut ZipArchive<BufReader<File>>, index: usize, before: u64) -> Result<u64> {
    let mut entry = archive.by_index(index).map_err(|_| unreadable("import-file-damaged"))?;
    let name = entry.name().map_err(|_| unreadable("import-file-damaged"))?.to_ascii_lowercase();
    if !(name.ends_with(".xml") || name.ends_with(".rels")) || name.starts_with("xl/externallinks/") {
        return Ok(0);
    }
    // Worksheets and a document's content are read as a stream, everything else is kept.
    let most = if name.contains("worksheets/") || name == "content.xml" { MOST_BYTES } else { MOST_KEPT_BYTES };
    let packed = entry.compressed_size().max(1);
    let (mut bytes, mut count, mut token) = (vec![0; 1 << 16], 0_u64, 0_usize);
    loop {
        let read = entry.read(&mut bytes).map_err(|_| unreadable("import-file-damaged"))?;
        let chunk = bytes.get(..read).unwrap_or_default();
        if read == 0 {
            return Ok(count);
        }
        count += read as u64;
        if count > most || before + count > MOST_BYTES || (count > RATIO_COUNTS_FROM && count / packed > MOST_RATIO) {
            return Err(bomb());
        }
        token = longest(token, chunk).ok_or_else(bomb)?;
    }
}

/// How far the last angle bracket lies behind, unless two lie too far apart.
fn longest(mut token: usize, chunk: &[u8]) -> Option<usize> {
    let mut rest = chunk;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        if token + at > LONGEST_TOKEN {
            return None;
        }
        token = 0;
        rest = rest.get(at + 1..)?;
    }
    token += rest.len();
    (token <= LONGEST_TOKEN).then_some(token)
}

fn bomb() -> LedgerError {
    refuse("import-file-unpacks-too-large", |m| m)
}
