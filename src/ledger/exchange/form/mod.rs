//! The township's own spreadsheet, filled in place: its cells are read to be bound, the bound ones are written, and every
//! other part of the file goes through byte for byte. Only xlsx; nothing here knows what is filled in.

mod package;
mod sheet_xml;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::ledger::error::Result;
use crate::ledger::exchange::spreadsheet::{Book, Merged, refuse};
use crate::ledger::hex::hex;
use crate::ledger::progress::Unwatched;

/// The last row and column of an xlsx sheet.
const LAST: At = At { row: 1_048_576, column: 16_384 };
/// Rows of a form that are looked at; a form is a page, not a roster.
const MOST_ROWS: u32 = 5_000;
/// Rows whose texts tell forms apart.
const SIGNED_ROWS: u32 = 40;

/// A cell's place, counted from 1: `B4` is row 4, column 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

impl At {
    /// Reads `B4`, `b4` or `$B$4`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at_checked(letters)?;
        if column.is_empty() || column.len() > 3 || row.len() > 7 || !row.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let column = column.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let at = Self { row: row.parse().ok()?, column };
        (at.row >= 1 && at.row <= LAST.row && at.column <= LAST.column).then_some(at)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        letters.reverse();
        write!(f, "{}{}", String::from_utf8_lossy(&letters), self.row)
    }
}

/// What is written into a cell.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Number(u64),
    /// A text; an empty one empties the cell.
    Text(String),
}

/// Without the value.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value(…)")
    }
}

/// One sheet of a form.
#[derive(Clone)]
pub struct FormSheet {
    /// Its name.
    pub name: String,
    /// The texts of its cells.
    pub cells: BTreeMap<At, String>,
    /// Cells with a formula.
    pub formulas: Vec<At>,
    /// Merged cells.
    merged: Vec<Merged>,
}

impl FormSheet {
    /// The cell that stands for this one: of merged cells, the first.
    pub fn first_of(&self, at: At) -> At {
        let (row, column) = (at.row - 1, at.column - 1);
        let is_in = |one: &&Merged| {
            (one.rows.0..=one.rows.1).contains(&row) && (one.columns.0..=one.columns.1).contains(&column)
        };
        let first = |one: &Merged| At { row: one.rows.0 + 1, column: one.columns.0 + 1 };
        self.merged.iter().find(is_in).map_or(at, first)
    }

    /// What a cell is about: the nearest words to its left, else above.
    pub fn head_of(&self, at: At) -> String {
        let left = (1..at.column).rev().map(|column| At { column, ..at });
        let above = (1..at.row).rev().map(|row| At { row, ..at });
        let is_words = |text: &&String| text.chars().any(char::is_alphabetic);
        left.chain(above).find_map(|one| self.cells.get(&one).filter(is_words)).cloned().unwrap_or_default()
    }

    /// Whether something may be written there without losing what is the form's own.
    pub fn is_free(&self, at: At) -> bool {
        self.first_of(at) == at && !self.formulas.contains(&at)
    }

    /// How many cells below and with this one are free and empty: the room for a column. The end of a sheet is far.
    pub fn room_below(&self, at: At) -> usize {
        let is_used = |row: u32| {
            let one = At { row, ..at };
            row > at.row && (self.cells.contains_key(&one) || !self.is_free(one))
        };
        let last = self.cells.keys().chain(&self.formulas).map(|one| one.row).max().unwrap_or(at.row);
        let last = self.merged.iter().map(|one| one.rows.1 + 1).max().unwrap_or(last).max(last);
        (at.row..=last).find(|row| is_used(*row)).map_or(usize::MAX, |row| (row - at.row) as usize)
    }
}

/// A form that was looked at.
#[derive(Clone)]
pub struct Form {
    /// The file's name.
    pub file: String,
    /// Its sheets.
    pub sheets: Vec<FormSheet>,
    /// Tells forms apart: the same blank next month has the same one, whatever numbers and days stand in it.
    pub signature: String,
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// Anything but xlsx; a file that is damaged, hostile or has a password.
    pub fn open(path: &Path) -> Result<Self> {
        let parts = package::sheets(path)?;
        let mut book = Book::open(path)?;
        let mut sheets = Vec::new();
        for (name, xml) in parts {
            let Some(index) = book.sheets().iter().position(|known| *known == name) else { continue };
            let mut cells = BTreeMap::new();
            book.rows(index, &Unwatched, &mut |row| {
                if row.number > MOST_ROWS {
                    return Err(refuse("township-form-is-long", |m| m.number("most", i64::from(MOST_ROWS))));
                }
                for (column, cell) in row.filled() {
                    let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
                    cells.insert(At { row: row.number, column }, cell.text().into_owned());
                }
                Ok(std::ops::ControlFlow::Continue(()))
            })?;
            let merged = book.merged(index)?;
            sheets.push(FormSheet { name, cells, formulas: sheet_xml::formulas(&xml)?, merged });
        }
        if sheets.is_empty() {
            return Err(refuse("township-form-no-sheet", |m| m));
        }
        let signature = signature(&sheets);
        Ok(Self { file: book.file_name(), sheets, signature })
    }

    /// The sheet of this name; the first where none is said.
    pub fn sheet(&self, name: &str) -> Option<usize> {
        if name.is_empty() { Some(0) } else { self.sheets.iter().position(|sheet| sheet.name == name) }
    }
}

/// Over the names of the sheets and the words at their top, digits left out.
fn signature(sheets: &[FormSheet]) -> String {
    let mut hash = Sha256::new();
    for sheet in sheets {
        hash.update(sheet.name.as_bytes());
        hash.update([0]);
        for (at, text) in sheet.cells.iter().filter(|(at, _)| at.row <= SIGNED_ROWS) {
            let words: String = text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect();
            if words.chars().any(char::is_alphabetic) && !sheet.formulas.contains(at) {
                hash.update(at.to_string().as_bytes());
                hash.update(words.as_bytes());
                hash.update([0]);
            }
        }
    }
    hex(&hash.finalize()[..16])
}

/// A cell to be filled.
#[derive(Clone, Debug)]
pub struct Fill {
    /// The place of its sheet.
    pub sheet: usize,
    /// The cell.
    pub at: At,
    /// The cell whose style it takes where it has none: the head of its column.
    pub like: At,
    /// What is written.
    pub value: Value,
}

/// The form's file with these cells filled; the file itself stays as it is.
///
/// # Errors
/// Those of reading; a form that has changed since it was looked at.
pub fn filled(path: &Path, form: &Form, fills: &[Fill]) -> Result<Vec<u8>> {
    let mut by_sheet: BTreeMap<&str, Vec<&Fill>> = BTreeMap::new();
    for fill in fills {
        if let Some(sheet) = form.sheets.get(fill.sheet) {
            by_sheet.entry(&sheet.name).or_default().push(fill);
        }
    }
    package::rewritten(path, &mut |name, xml| {
        let fills = by_sheet.remove(name).unwrap_or_default();
        let mut edits = sheet_xml::Edits::new();
        for fill in &fills {
            let edit = sheet_xml::Edit { value: fill.value.clone(), like: fill.like };
            edits.entry(fill.at.row).or_default().insert(fill.at.column, edit);
        }
        if edits.is_empty() && sheet_xml::formulas(xml)?.is_empty() {
            return Ok(None);
        }
        let wanted: Vec<At> = fills.iter().map(|fill| fill.like).collect();
        let styles = sheet_xml::styles(xml, &wanted)?;
        sheet_xml::filled(xml, edits, &styles).map(Some)
    })
}

#[cfg(test)]
mod tests;
