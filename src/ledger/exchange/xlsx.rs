//! xlsx through calamine, cell by cell. The library's panics on damaged files end here as a sentence.

use std::cell::Cell;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, XlsxError};

use crate::ledger::error::Result;
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::spreadsheet::{Deliver, Merged, check_column, refuse, unreadable};

const MOST_SHEETS: usize = 200;
const MOST_MERGED: usize = 200_000;

/// An xlsx file that `zip_scan` has passed.
pub(super) struct Xlsx {
    book: calamine::Xlsx<BufReader<File>>,
    sheets: Vec<String>,
    offset_1904: f64,
}

impl Xlsx {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let book: calamine::Xlsx<BufReader<File>> =
            shielded(|| calamine::open_workbook(path).map_err(|e: XlsxError| failure(&e)))?;
        let worksheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
        if sheets.len() > MOST_SHEETS {
            return Err(refuse("import-too-many-sheets", |m| m.number("most", MOST_SHEETS as i64)));
        }
        let offset_1904 = if book.has_1904_epoch() { 1462.0 } else { 0.0 };
        Ok(Self { book, sheets, offset_1904 })
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(super) fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>> {
        let Self { book, sheets, .. } = self;
        let Some(name) = sheets.get(sheet) else { return Ok(Vec::new()) };
        let found = shielded(|| book.merge_cells_by_sheet_name(name).map_err(|e| failure(&e)))?;
        let merged = |d: &calamine::Dimensions| Merged { rows: (d.start.0, d.end.0), columns: (d.start.1, d.end.1) };
        Ok(found.iter().take(MOST_MERGED).map(merged).collect())
    }

    pub(super) fn rows(&mut self, sheet: usize, deliver: &mut Deliver<'_>) -> Result<()> {
        let Self { book, sheets, offset_1904 } = self;
        let Some(name) = sheets.get(sheet) else { return Ok(()) };
        shielded(|| {
            let mut cells = match book.worksheet_cells_reader(name) {
                Ok(cells) => cells,
                // A chart or dialog in a sheet's place has no rows.
                Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
                Err(error) => return Err(failure(&error)),
            };
            let total = u64::from(cells.dimensions().end.0.min(1 << 20)) + 1;
            let mut row = Row::default();
            while let Some(cell) = cells.next_cell().map_err(|e| failure(&e))? {
                let (line, column) = cell.get_position();
                if row.number != line.saturating_add(1) {
                    let next = line.saturating_add(1);
                    if !row.is_empty() && deliver(&row, u64::from(line), total)?.is_break() {
                        return Ok(());
                    }
                    row.restart(next);
                }
                put(&mut row, name, column as usize, cell.get_value(), *offset_1904)?;
            }
            if !row.is_empty() {
                let _: ControlFlow<()> = deliver(&row, total, total)?;
            }
            Ok(())
        })
    }
}

fn put(row: &mut Row, sheet: &str, column: usize, value: &DataRef<'_>, offset_1904: f64) -> Result<()> {
    if matches!(value, DataRef::Empty | DataRef::Error(_)) {
        return Ok(());
    }
    if let DataRef::String(text) = value
        && text.trim().is_empty()
    {
        return Ok(());
    }
    check_column(sheet, row.number.saturating_sub(1), column)?;
    match value {
        DataRef::Int(number) => row.put_number(column, *number as f64),
        DataRef::Float(number) => row.put_number(column, *number),
        DataRef::String(text) => row.put_text(column, text),
        DataRef::SharedString(text) => row.put_text(column, text),
        DataRef::Bool(value) => row.put_bool(column, *value),
        DataRef::DateTime(date) => put_date(row, column, date, offset_1904),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => row.put_text(column, text),
        DataRef::Error(_) | DataRef::Empty => {}
    }
    Ok(())
}

/// Puts a cell formatted as a date; a format such as `0年` over a small or long number is no date.
pub(super) fn put_date(row: &mut Row, column: usize, date: &ExcelDateTime, offset_1904: f64) {
    let serial = date.as_f64() + offset_1904;
    if (1.0..200_000.0).contains(&serial) {
        row.put_date(column, serial)
    } else {
        row.put_number(column, date.as_f64())
    }
}

thread_local! {
    static SHIELDED: Cell<bool> = const { Cell::new(false) };
}

/// A panic that ends as a sentence is not told a second time with a trace of calls.
fn silence_shielded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !SHIELDED.get() {
                before(info);
            }
        }));
    });
}

/// Runs library code so that a panic in it becomes an error: the file is damaged in a way nobody thought of.
pub(super) fn shielded<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    silence_shielded_panics();
    let outer = SHIELDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    SHIELDED.set(outer);
    result.unwrap_or_else(|_| Err(unreadable("import-file-damaged")))
}

fn failure(error: &XlsxError) -> crate::ledger::error::LedgerError {
    match error {
        XlsxError::Password => refuse("import-file-has-password", |m| m),
        _ => unreadable("import-file-damaged"),
    }
}
