//! The sealed package: what a hand-up file (`*.xlb`) and a receipt (`*.xlr`) look like.
//!
//! Outside it is an age file (age-encryption.org/v1) for one X25519 recipient; the standard `age` program opens it with the
//! recipient's identity. Inside is UTF-8 text, line by line:
//!
//! | line | what |
//! |---|---|
//! | 1 | `xiangli-hand-up 1` or `xiangli-receipt 1` |
//! | 2 | the head: one JSON object of at most 64 KiB; `sections` in it tells name, rows, bytes and SHA-256 of each section |
//! | … | the sections, in that order: one JSON object a line |
//! | last | `signature ` and an Ed25519 signature in hexadecimal |
//!
//! The signature is over `xiangli-hand-up 1`, the recipient for whom it is sealed and the SHA-256 of all lines before it, a
//! line each: a file cannot be sealed anew for somebody else. age does not say who sealed a file; the signature does.

use std::io::{Read as _, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::domain::hand_up::SectionHead;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::own_keys::{self, OwnKeys};
use crate::ledger::hex::hex;

/// No package is larger, in bytes; what is larger is not read.
pub(in crate::ledger) const LARGEST: u64 = 48 << 20;
const LARGEST_HEAD: usize = 64 << 10;
/// The header of an age file for one recipient has some 200 bytes.
const LARGEST_HEADER: usize = 2 << 10;
/// A section of a village has a few thousand rows.
const MOST_ROWS: u64 = 200_000;
/// A line of a section; longer ones are hostile.
const LONGEST_LINE: usize = 4 << 10;
const SIGNATURE: &str = "signature ";

/// What a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Kind {
    HandUp,
    Receipt,
}

impl Kind {
    fn first_line(self) -> &'static str {
        match self {
            Self::HandUp => "xiangli-hand-up 1",
            Self::Receipt => "xiangli-receipt 1",
        }
    }

    /// The first line without its version.
    fn name(self) -> &'static str {
        self.first_line().trim_end_matches('1')
    }
}

/// Why a package cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Unreadable {
    /// Sealed for somebody else.
    Foreign,
    /// Cut short or changed.
    Damaged,
    /// Of a newer program.
    Newer,
    /// No package of this kind.
    Other,
}

impl Unreadable {
    /// Its key of assets/words.
    pub(in crate::ledger) fn key(self) -> &'static str {
        match self {
            Self::Foreign => "hand-up-foreign",
            Self::Damaged => "hand-up-damaged",
            Self::Newer => "hand-up-newer",
            Self::Other => "hand-up-other",
        }
    }
}

/// One section to be written.
pub(in crate::ledger) struct Section {
    pub(in crate::ledger) head: SectionHead,
    lines: Vec<u8>,
}

impl Section {
    /// A section of these rows.
    pub(in crate::ledger) fn new<R: Serialize>(name: &str, rows: impl IntoIterator<Item = R>) -> Result<Self> {
        let (mut lines, mut count) = (Vec::new(), 0);
        for row in rows {
            serde_json::to_writer(&mut lines, &row).map_err(|_| not_made())?;
            lines.push(b'\n');
            count += 1;
        }
        let (bytes, sha256) = (lines.len() as u64, hex(&Sha256::digest(&lines)));
        Ok(Self { head: SectionHead { name: name.to_owned(), rows: count, bytes, sha256 }, lines })
    }
}

fn not_made() -> LedgerError {
    LedgerError::damaged("hand-up-not-made")
}

/// A package in memory.
pub(in crate::ledger) struct Sealed {
    pub(in crate::ledger) bytes: Vec<u8>,
    /// SHA-256 over what is signed, in hexadecimal.
    pub(in crate::ledger) digest: String,
}

/// Seals a package. `head` must name the sections as they are.
pub(in crate::ledger) fn seal(
    kind: Kind,
    head: &impl Serialize,
    sections: &[Section],
    keys: &OwnKeys,
    to: &str,
) -> Result<Sealed> {
    let recipient = own_keys::recipient(to).ok_or_else(not_made)?;
    let mut text = format!("{}\n", kind.first_line()).into_bytes();
    serde_json::to_writer(&mut text, head).map_err(|_| not_made())?;
    text.push(b'\n');
    for section in sections {
        text.extend_from_slice(&section.lines);
    }
    let digest = hex(&Sha256::digest(&text));
    let signature = keys.sign(&signed(kind, to, &digest));
    text.extend_from_slice(format!("{SIGNATURE}{signature}\n").as_bytes());
    let recipient: &dyn age::Recipient = &recipient;
    let sealer = age::Encryptor::with_recipients(std::iter::once(recipient)).map_err(|_| not_made())?;
    let mut bytes = Vec::with_capacity(text.len() + 1024);
    let written = sealer.wrap_output(&mut bytes).and_then(|mut writer| {
        writer.write_all(&text)?;
        writer.finish().map(drop)
    });
    written.map_err(|_| not_made())?;
    Ok(Sealed { bytes, digest })
}

fn signed(kind: Kind, to: &str, digest: &str) -> String {
    format!("{}\n{to}\n{digest}\n", kind.first_line())
}

/// An opened package: nothing of it counts before its signature was verified.
pub(in crate::ledger) struct Opened {
    kind: Kind,
    text: Vec<u8>,
    /// Where the head lies, and where the sections begin and end.
    head: std::ops::Range<usize>,
    sections: std::ops::Range<usize>,
    signature: String,
    /// SHA-256 over what is signed, in hexadecimal.
    pub(in crate::ledger) digest: String,
}

/// The bytes of a package file.
///
/// # Errors
/// The disk; a file that is larger than any package.
pub(in crate::ledger) fn read(path: &Path) -> Result<std::result::Result<Vec<u8>, Unreadable>> {
    let io = |e| LedgerError::io(e, path);
    let file = std::fs::File::open(path).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        return Ok(Err(Unreadable::Other));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(io)?;
    Ok(if bytes.len() as u64 > LARGEST { Err(Unreadable::Other) } else { Ok(bytes) })
}

/// Whether the header of an age file is as short as one for a single recipient: a long one, which takes age minutes to read,
/// is hostile.
pub(in crate::ledger) fn has_small_header(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(LARGEST_HEADER)];
    start.windows(4).any(|line| line == b"\n---")
}

/// Opens a package.
pub(in crate::ledger) fn open(kind: Kind, bytes: &[u8], keys: &OwnKeys) -> std::result::Result<Opened, Unreadable> {
    if !bytes.starts_with(b"age-encryption.org/v1") {
        return Err(if bytes.len() < 200 { Unreadable::Damaged } else { Unreadable::Other });
    }
    if !has_small_header(bytes) {
        return Err(Unreadable::Damaged);
    }
    let opener = age::Decryptor::new_buffered(bytes).map_err(|_| Unreadable::Damaged)?;
    if opener.is_scrypt() {
        return Err(Unreadable::Other);
    }
    let identity: &dyn age::Identity = &keys.sealing;
    let mut reader = opener.decrypt(std::iter::once(identity)).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => Unreadable::Foreign,
        _ => Unreadable::Damaged,
    })?;
    let mut text = Vec::with_capacity(bytes.len());
    reader.read_to_end(&mut text).map_err(|_| Unreadable::Damaged)?;
    parts(kind, text)
}

fn parts(kind: Kind, text: Vec<u8>) -> std::result::Result<Opened, Unreadable> {
    let line_end = |from: usize| {
        let end = text.get(from..)?.iter().take(LARGEST_HEAD + 1).position(|byte| *byte == b'\n')?;
        Some(from + end)
    };
    let first = line_end(0).ok_or(Unreadable::Damaged)?;
    if &text[..first] != kind.first_line().as_bytes() {
        let is_ours = text.starts_with(kind.name().as_bytes());
        return Err(if is_ours { Unreadable::Newer } else { Unreadable::Other });
    }
    let head = first + 1..line_end(first + 1).ok_or(Unreadable::Damaged)?;
    let body = text.strip_suffix(b"\n").ok_or(Unreadable::Damaged)?;
    let last = body.iter().rposition(|byte| *byte == b'\n').ok_or(Unreadable::Damaged)? + 1;
    if last <= head.end {
        return Err(Unreadable::Damaged);
    }
    let signature = std::str::from_utf8(&body[last..]).ok().and_then(|line| line.strip_prefix(SIGNATURE));
    let signature = signature.ok_or(Unreadable::Damaged)?.to_owned();
    let (sections, digest) = (head.end + 1..last, hex(&Sha256::digest(&text[..last])));
    Ok(Opened { kind, text, head, sections, signature, digest })
}

/// What every version's head tells.
#[derive(serde::Deserialize)]
struct Preamble {
    version: u32,
}

impl Opened {
    /// The head.
    pub(in crate::ledger) fn head<T: DeserializeOwned>(&self, newest: u32) -> std::result::Result<T, Unreadable> {
        let text = &self.text[self.head.clone()];
        let preamble: Preamble = serde_json::from_slice(text).map_err(|_| Unreadable::Damaged)?;
        if preamble.version > newest {
            return Err(Unreadable::Newer);
        }
        serde_json::from_slice(text).map_err(|_| Unreadable::Damaged)
    }

    /// Whether whoever has this key signed it for this recipient.
    pub(in crate::ledger) fn is_signed_by(&self, verifying: &str, to: &str) -> bool {
        own_keys::is_signed(&signed(self.kind, to, &self.digest), &self.signature, verifying)
    }

    /// The lines of each section, once they are what the head says: rows, bytes and SHA-256.
    pub(in crate::ledger) fn sections(&self, heads: &[SectionHead]) -> std::result::Result<Vec<Vec<&str>>, Unreadable> {
        let mut rest = &self.text[self.sections.clone()];
        let mut found = Vec::with_capacity(heads.len());
        for head in heads {
            let length = usize::try_from(head.bytes).ok().filter(|length| *length <= rest.len());
            let (bytes, after) = rest.split_at(length.ok_or(Unreadable::Damaged)?);
            rest = after;
            // Counted before a list of them is made: millions of empty lines would fill memory.
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            if lines != head.rows || lines > MOST_ROWS || hex(&Sha256::digest(bytes)) != head.sha256 {
                return Err(Unreadable::Damaged);
            }
            let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Damaged)?;
            let lines: Vec<&str> = text.split_inclusive('\n').map(|line| line.trim_end_matches('\n')).collect();
            if lines.len() as u64 != head.rows || lines.iter().any(|line| line.len() > LONGEST_LINE) {
                return Err(Unreadable::Damaged);
            }
            found.push(lines);
        }
        if rest.is_empty() { Ok(found) } else { Err(Unreadable::Damaged) }
    }
}

#[cfg(test)]
impl Section {
    /// A section of these bytes, whatever they are, that says of itself what is true.
    pub(in crate::ledger) fn raw(name: &str, lines: Vec<u8>) -> Self {
        let rows = lines.iter().filter(|byte| **byte == b'\n').count() as u64;
        let (bytes, sha256) = (lines.len() as u64, hex(&Sha256::digest(&lines)));
        Self { head: SectionHead { name: name.to_owned(), rows, bytes, sha256 }, lines }
    }
}
