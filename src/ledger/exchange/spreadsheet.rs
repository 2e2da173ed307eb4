//! Any spreadsheet as sheets of rows, read as a stream within hard limits. The kind of a file is told by its content.

use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::delimited::Delimited;
use crate::ledger::exchange::ods::Ods;
use crate::ledger::exchange::xls::Xls;
use crate::ledger::exchange::xlsx::Xlsx;
use crate::ledger::progress::Progress;

/// Columns a roster may have; a cell beyond them is refused.
pub const MOST_COLUMNS: usize = 500;
/// Rows with something in them that a file may have.
pub const MOST_ROWS: u64 = 1_200_000;
/// Bytes of a file that are read at all.
const MOST_BYTES: u64 = 400 << 20;

/// What visits rows: whether to go on, or a failure.
pub type Visit<'a> = dyn FnMut(&Row) -> Result<ControlFlow<()>> + 'a;

/// A rectangle of merged cells, counted from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
}

/// An opened file.
pub struct Book {
    path: PathBuf,
    kind: Kind,
}

enum Kind {
    Delimited(Delimited),
    Xlsx(Box<Xlsx>),
    Ods(Ods),
    Xls(Xls),
}

impl Book {
    /// Opens a spreadsheet after looking at it: xlsx, xls (and et), ods, or delimited text in UTF-8, UTF-16 or GB18030.
    ///
    /// # Errors
    /// The file cannot be read, is none of these, is damaged, has a password, or is larger than any roster.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
        let length = file.metadata().map_err(|e| LedgerError::io(e, path))?.len();
        if length > MOST_BYTES {
            return Err(refuse("import-file-too-large", |m| m.number("mb", (length >> 20) as i64)));
        }
        let mut start = Vec::new();
        file.by_ref().take(4096).read_to_end(&mut start).map_err(|e| LedgerError::io(e, path))?;
        let kind = match start.as_slice() {
            [] => return Err(refuse("import-file-empty", |m| m)),
            [0x50, 0x4b, ..] => open_zip(path)?,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Kind::Xls(Xls::open(path, length)?),
            text if looks_like_markup(text) => return Err(refuse("import-file-is-web-page", |m| m)),
            _ => Kind::Delimited(Delimited::open(path)?),
        };
        Ok(Self { path: path.to_owned(), kind })
    }

    /// The file's name, which becomes the title of the source.
    pub fn file_name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The names of its sheets in order; delimited text has one, without a name.
    pub fn sheets(&self) -> &[String] {
        match &self.kind {
            Kind::Delimited(text) => text.sheets(),
            Kind::Xlsx(book) => book.sheets(),
            Kind::Ods(book) => book.sheets(),
            Kind::Xls(book) => book.sheets(),
        }
    }

    /// Whether numbers and dates may have become text on the way: true of delimited text alone.
    pub fn is_delimited(&self) -> bool {
        matches!(self.kind, Kind::Delimited(_))
    }

    /// The merged cells of a sheet, where the kind of file tells them.
    pub fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>> {
        match &mut self.kind {
            Kind::Delimited(_) => Ok(Vec::new()),
            Kind::Xlsx(book) => book.merged(sheet),
            Kind::Ods(book) => book.merged(sheet),
            Kind::Xls(book) => Ok(book.merged(sheet)),
        }
    }

    /// Visits the rows of a sheet that have something in them, hidden ones too, in order.
    ///
    /// # Errors
    /// The file is damaged or exceeds the limits, the visitor fails, or `progress` breaks off.
    pub fn rows(&mut self, sheet: usize, progress: &dyn Progress, visit: &mut Visit<'_>) -> Result<()> {
        let mut seen = 0_u64;
        let mut last = 0;
        let mut guarded = |row: &Row, done: u64, total: u64| {
            seen += 1;
            if seen > MOST_ROWS {
                return Err(refuse("import-too-many-rows", |m| m.number("most", MOST_ROWS as i64)));
            }
            if row.number <= last {
                return Err(unreadable("import-file-damaged"));
            }
            last = row.number;
            if seen % 512 == 1 && progress.at(done, total).is_break() {
                return Err(LedgerError::cancelled());
            }
            visit(row)
        };
        match &mut self.kind {
            Kind::Delimited(text) => text.rows(&mut guarded),
            Kind::Xlsx(book) => book.rows(sheet, &mut guarded),
            Kind::Ods(book) => book.rows(sheet, &mut guarded),
            Kind::Xls(book) => book.rows(sheet, &mut guarded),
        }
    }
}

/// What a reader calls for each row: the row, how far it is and how far it has to go.
pub(super) type Deliver<'a> = dyn FnMut(&Row, u64, u64) -> Result<ControlFlow<()>> + 'a;

fn open_zip(path: &Path) -> Result<Kind> {
    use crate::ledger::exchange::zip_scan::{Package, scan};
    Ok(match scan(path)? {
        Package::Excel => Kind::Xlsx(Box::new(Xlsx::open(path)?)),
        Package::OpenDocument => Kind::Ods(Ods::open(path)?),
    })
}

fn looks_like_markup(start: &[u8]) -> bool {
    let text: String = String::from_utf8_lossy(start).chars().filter(|c| !c.is_whitespace()).take(400).collect();
    let text = text.trim_start_matches('\u{feff}').to_ascii_lowercase();
    text.starts_with("<!doctype")
        || text.starts_with("<html")
        || text.starts_with("<?xml")
        || text.starts_with("<table")
}

/// A refusal by one of the limits.
pub(super) fn refuse(key: &'static str, args: impl FnOnce(Message) -> Message) -> LedgerError {
    LedgerError::new(ErrorKind::Refused, args(Message::new(key)))
}

/// A file that cannot be read as what it says it is.
pub(super) fn unreadable(key: &'static str) -> LedgerError {
    LedgerError::new(ErrorKind::Disk, Message::new(key))
}

/// Refuses a cell far outside every roster.
pub(super) fn check_column(sheet: &str, row: u32, column: usize) -> Result<()> {
    if column < MOST_COLUMNS {
        return Ok(());
    }
    Err(refuse("import-far-cell", |m| {
        m.text("sheet", sheet).text("cell", format!("{}{}", column_letters(column), u64::from(row) + 1))
    }))
}

/// A, B … Z, AA … for a column counted from 0.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}
