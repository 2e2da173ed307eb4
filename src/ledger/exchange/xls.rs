//! xls (BIFF 8 and 5, which WPS also writes as et): cells are read where they lie, strings are kept once. The usual
//! library copies a string for every cell that shows it and reserves what the file claims, so a small file can fill
//! the memory; this reader needs no more than the file's own size.

use std::collections::HashMap;
use std::path::Path;

use encoding_rs::{Encoding, GBK};

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::compound::{Compound, u16_at, u32_at};
use crate::ledger::exchange::spreadsheet::{Deliver, Merged, check_column, refuse, unreadable};
use crate::ledger::exchange::xls_strings::{Strings, read_sst, short_string, text_of};

const MOST_BYTES: u64 = 48 << 20;
const MOST_SHEETS: usize = 200;

/// An xls file in memory.
pub(super) struct Xls {
    stream: Vec<u8>,
    names: Vec<String>,
    sheets: Vec<Sheet>,
    strings: Strings,
    dates: Vec<bool>,
    offset_1904: f64,
    encoding: Option<&'static Encoding>,
}

#[derive(Default)]
struct Sheet {
    /// Row and column, and where the record with the cell begins; sorted.
    cells: Vec<(u16, u16, u32)>,
    merged: Vec<Merged>,
}

/// What the workbook's first substream says.
#[derive(Default)]
struct Globals {
    sheets: Vec<(u32, String)>,
    formats: HashMap<u16, bool>,
    styles: Vec<u16>,
    strings: Strings,
    offset_1904: f64,
    /// The code page of BIFF 5, whose strings have no Unicode.
    encoding: Option<&'static Encoding>,
}

/// A record: kind, where it begins, its data.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) at: usize,
    pub(super) data: &'a [u8],
}

/// The record that begins here.
pub(super) fn record_at(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let length = usize::from(u16_at(stream, at + 2)?);
    Some(Record { kind: u16_at(stream, at)?, at, data: stream.get(at + 4..at + 4 + length)? })
}

/// The records from here on.
pub(super) fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        let record = record_at(stream, at)?;
        at += 4 + record.data.len();
        Some(record)
    })
}

impl Xls {
    pub(super) fn open(path: &Path, length: u64) -> Result<Self> {
        if length > MOST_BYTES {
            return Err(refuse("import-file-too-large", |m| m.number("mb", (length >> 20) as i64)));
        }
        let file = std::fs::read(path).map_err(|e| LedgerError::io(e, path))?;
        let compound = Compound::read(&file).ok_or_else(|| unreadable("import-file-damaged"))?;
        if compound.has("EncryptedPackage") {
            return Err(refuse("import-file-has-password", |m| m));
        }
        let stream = match (compound.stream("Workbook"), compound.stream("Book")) {
            (Some(stream), _) | (None, Some(stream)) => stream,
            (None, None) => return Err(refuse("import-file-unknown", |m| m)),
        };
        drop(compound);
        drop(file);
        let globals = read_globals(&stream)?;
        let mut book = Self {
            names: globals.sheets.iter().map(|(_, name)| name.clone()).collect(),
            sheets: Vec::new(),
            dates: globals.styles.iter().map(|format| is_date_format(*format, &globals.formats)).collect(),
            strings: globals.strings,
            offset_1904: globals.offset_1904,
            encoding: globals.encoding,
            stream,
        };
        for (at, _) in &globals.sheets {
            let sheet = book.read_sheet(*at as usize);
            book.sheets.push(sheet);
        }
        Ok(book)
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.names
    }

    pub(super) fn merged(&self, sheet: usize) -> Vec<Merged> {
        self.sheets.get(sheet).map(|sheet| sheet.merged.clone()).unwrap_or_default()
    }

    pub(super) fn rows(&self, sheet: usize, deliver: &mut Deliver<'_>) -> Result<()> {
        let (Some(cells), Some(name)) = (self.sheets.get(sheet).map(|s| &s.cells), self.names.get(sheet)) else {
            return Ok(());
        };
        let total = cells.last().map_or(0, |(row, ..)| u64::from(*row) + 1);
        let mut row = Row::default();
        for same in cells.chunk_by(|a, b| a.0 == b.0) {
            let line = u32::from(same.first().map_or(0, |cell| cell.0));
            row.restart(line + 1);
            for (_, column, at) in same {
                check_column(name, line, usize::from(*column))?;
                if let Some(record) = record_at(&self.stream, *at as usize) {
                    self.put(&mut row, usize::from(*column), record);
                }
            }
            if !row.is_empty() && deliver(&row, u64::from(line), total)?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn read_sheet(&self, from: usize) -> Sheet {
        let mut sheet = Sheet::default();
        let mut depth = 0;
        for record in records(&self.stream, from) {
            match record.kind {
                0x0809 => depth += 1,
                0x000a if depth <= 1 => break,
                0x000a => depth -= 1,
                // A chart inside the sheet has cells of its own.
                _ if depth > 1 => {}
                0x00e5 => read_merged(record.data, &mut sheet.merged),
                0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006 => {
                    if let (Some(row), Some(column)) = (u16_at(record.data, 0), u16_at(record.data, 2)) {
                        sheet.cells.push((row, column, record.at as u32));
                    }
                }
                _ => {}
            }
        }
        if !sheet.cells.is_sorted() {
            sheet.cells.sort_unstable();
        }
        sheet
    }

    fn put(&self, row: &mut Row, column: usize, record: Record<'_>) {
        let data = record.data;
        let style = u16_at(data, 4).unwrap_or(0);
        match record.kind {
            0x0203 => self.put_number(row, column, style, f64_at(data, 6)),
            0x027e => self.put_number(row, column, style, u32_at(data, 6).map(rk)),
            0x00fd => {
                let index = u32_at(data, 6).unwrap_or(u32::MAX);
                row.put_text(column, self.strings.get(index as usize));
            }
            0x0204 | 0x00d6 => row.put_text(column, &text_of(data, 6, self.encoding)),
            0x0205 if data.get(7) == Some(&0) => row.put_bool(column, data.get(6) == Some(&1)),
            0x00bd => {
                for (i, pair) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    self.put_number(row, column + i, u16_at(pair, 0).unwrap_or(0), u32_at(pair, 2).map(rk));
                }
            }
            0x0006 => self.put_formula(row, column, style, record),
            _ => {}
        }
    }

    fn put_formula(&self, row: &mut Row, column: usize, style: u16, record: Record<'_>) {
        let Some(result) = record.data.get(6..14) else { return };
        match (result, u16_at(result, 6)) {
            ([0, ..], Some(0xffff)) => {
                let next = records(&self.stream, record.at).skip(1).take(4).find(|record| record.kind == 0x0207);
                if let Some(string) = next {
                    row.put_text(column, &text_of(string.data, 0, self.encoding));
                }
            }
            ([1, _, value, ..], Some(0xffff)) => row.put_bool(column, *value == 1),
            (_, Some(0xffff)) => {}
            _ => self.put_number(row, column, style, f64_at(result, 0)),
        }
    }

    fn put_number(&self, row: &mut Row, column: usize, style: u16, number: Option<f64>) {
        let Some(number) = number else { return };
        let serial = number + self.offset_1904;
        if self.dates.get(usize::from(style)) == Some(&true) && (1.0..200_000.0).contains(&serial) {
            row.put_date(column, serial);
        } else {
            row.put_number(column, number);
        }
    }
}

fn read_globals(stream: &[u8]) -> Result<Globals> {
    let mut globals = Globals::default();
    let mut unicode = true;
    let mut code_page = None;
    for record in records(stream, 0) {
        let data = record.data;
        match record.kind {
            0x0809 => unicode = u16_at(data, 0) != Some(0x0500),
            0x002f if u16_at(data, 0) != Some(0) => return Err(refuse("import-file-has-password", |m| m)),
            0x0042 => code_page = u16_at(data, 0),
            0x0022 if u16_at(data, 0) == Some(1) => globals.offset_1904 = 1462.0,
            0x041e if unicode => {
                globals.formats.insert(u16_at(data, 0).unwrap_or(0), is_date_code(&text_of(data, 2, None)));
            }
            0x041e => {
                let code: String = data.get(3..).unwrap_or_default().iter().map(|b| char::from(*b)).collect();
                globals.formats.insert(u16_at(data, 0).unwrap_or(0), is_date_code(&code));
            }
            0x00e0 => globals.styles.push(u16_at(data, 2).unwrap_or(0)),
            // Only worksheets; the byte tells charts and macros apart.
            0x0085 if data.get(5) == Some(&0) => {
                let encoding = (!unicode).then(|| encoding_of(code_page));
                let name = short_string(data, 6, encoding);
                globals.sheets.push((u32_at(data, 0).unwrap_or(0), name));
            }
            0x00fc => globals.strings = read_sst(stream, record).ok_or_else(|| unreadable("import-file-damaged"))?,
            0x000a => break,
            _ => {}
        }
    }
    if globals.sheets.len() > MOST_SHEETS {
        return Err(refuse("import-too-many-sheets", |m| m.number("most", MOST_SHEETS as i64)));
    }
    // Several sheets at one place would be read again and again.
    let mut places: Vec<u32> = globals.sheets.iter().map(|(at, _)| *at).collect();
    places.sort_unstable();
    places.dedup();
    if globals.sheets.is_empty() || places.len() < globals.sheets.len() {
        return Err(unreadable("import-file-damaged"));
    }
    globals.encoding = (!unicode).then(|| encoding_of(code_page));
    Ok(globals)
}

fn encoding_of(code_page: Option<u16>) -> &'static Encoding {
    match code_page {
        Some(950) => encoding_rs::BIG5,
        Some(1252) => encoding_rs::WINDOWS_1252,
        _ => GBK,
    }
}

fn read_merged(data: &[u8], merged: &mut Vec<Merged>) {
    for corners in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let at = |i| u32::from(u16_at(corners, i).unwrap_or(0));
        merged.push(Merged { rows: (at(0), at(2)), columns: (at(4), at(6)) });
    }
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// The 30 high bits of a float, or an integer; perhaps in hundredths.
fn rk(word: u32) -> f64 {
    let number = if word & 2 == 0 { f64::from_bits(u64::from(word & !3) << 32) } else { f64::from((word as i32) >> 2) };
    if word & 1 == 1 { number / 100.0 } else { number }
}

/// Built-in date formats, those of Chinese programs (27–36, 50–58) included; else what the format's code says.
fn is_date_format(format: u16, codes: &HashMap<u16, bool>) -> bool {
    codes.get(&format).copied().unwrap_or(matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58))
}

/// Whether a format code shows a day, a month or a year, outside quotes and brackets.
fn is_date_code(code: &str) -> bool {
    let (mut quoted, mut bracket, mut plain) = (false, false, String::new());
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' => bracket = false,
            '\\' | '_' | '*' => drop(chars.next()),
            c if !quoted && !bracket => plain.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    !plain.contains("general") && !plain.contains(['0', '#']) && plain.contains(['y', 'd', 'm', '年', '月', '日', 'h'])
}
