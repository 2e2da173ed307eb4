//! ods as a stream: repeated rows and cells are counted, never multiplied into memory.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::spreadsheet::{Deliver, MOST_COLUMNS, Merged, check_column, refuse, unreadable};

const MOST_SHEETS: usize = 200;
const MOST_MERGED: usize = 200_000;
/// The same person on so many rows is no roster.
const MOST_REPEATS: u32 = 10_000;
const LONGEST_TEXT: usize = 1 << 16;

/// An ods file that `zip_scan` has passed.
pub(super) struct Ods {
    path: PathBuf,
    sheets: Vec<String>,
}

enum Found<'a> {
    Table(String),
    Row(&'a Row),
    Merged(Merged),
}

type Take<'a> = dyn FnMut(usize, Found<'_>) -> Result<ControlFlow<()>> + 'a;

impl Ods {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut sheets = Vec::new();
        walk(path, &mut |_, found| {
            if let Found::Table(name) = found {
                sheets.push(name);
            }
            if sheets.len() > MOST_SHEETS {
                return Err(refuse("import-too-many-sheets", |m| m.number("most", MOST_SHEETS as i64)));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if sheets.is_empty() {
            return Err(unreadable("import-file-damaged"));
        }
        Ok(Self { path: path.to_owned(), sheets })
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(super) fn merged(&self, wanted: usize) -> Result<Vec<Merged>> {
        let mut all = Vec::new();
        walk(&self.path, &mut |sheet, found| {
            if let (Found::Merged(merged), true) = (found, sheet == wanted && all.len() < MOST_MERGED) {
                all.push(merged);
            }
            Ok(if sheet > wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(all)
    }

    pub(super) fn rows(&self, wanted: usize, deliver: &mut Deliver<'_>) -> Result<()> {
        walk(&self.path, &mut |sheet, found| match found {
            Found::Row(row) if sheet == wanted => deliver(row, u64::from(row.number), 0),
            _ if sheet > wanted => Ok(ControlFlow::Break(())),
            _ => Ok(ControlFlow::Continue(())),
        })
    }
}

/// Where the walk stands within the document.
#[derive(Default)]
struct Place {
    tables: usize,
    in_table: bool,
    next_row: u32,
    repeat_row: u32,
    column: usize,
    cell: Option<OpenCell>,
    row: Row,
    merged: Vec<Merged>,
}

#[derive(Default)]
struct OpenCell {
    repeat: usize,
    number: Option<f64>,
    truth: Option<bool>,
    value: Option<String>,
    text: String,
    /// Depth of comments and drawings, whose text is not the cell's.
    aside: u32,
}

fn walk(path: &Path, take: &mut Take<'_>) -> Result<()> {
    let damaged = || unreadable("import-file-damaged");
    let file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
    let content = archive.by_name("content.xml").map_err(|_| damaged())?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, content));
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut place) = (Vec::new(), Place::default());
    loop {
        buffer.clear();
        let flow = match reader.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(tag) => place.start(&tag, take)?,
            Event::End(tag) => place.end(tag.name().as_ref(), take)?,
            Event::Text(text) => place.text(&text.xml10_content()),
            Event::CData(text) => place.text(&text.xml10_content()),
            Event::GeneralRef(name) => match (name.resolve_char_ref(), name.xml10_content().as_ref()) {
                (Ok(Some(c)), _) => place.text(c.encode_utf8(&mut [0; 4])),
                (_, "amp") => place.text("&"),
                (_, "lt") => place.text("<"),
                (_, "gt") => place.text(">"),
                (_, "quot") => place.text("\""),
                (_, "apos") => place.text("'"),
                _ => ControlFlow::Continue(()),
            },
            Event::Eof => return Ok(()),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

impl Place {
    fn start(&mut self, tag: &BytesStart<'_>, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        match tag.name().as_ref() {
            "table:table" if !self.in_table => {
                self.in_table = true;
                self.next_row = 0;
                self.tables += 1;
                let name = attribute(tag, "table:name").unwrap_or_default();
                return take(self.tables - 1, Found::Table(name));
            }
            "table:table-row" if self.in_table => {
                self.repeat_row = count(tag, "table:number-rows-repeated");
                self.row.restart(self.next_row.saturating_add(1));
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" if self.in_table => self.open_cell(tag),
            "office:annotation" | "draw:frame" | "draw:custom-shape" => {
                if let Some(cell) = &mut self.cell {
                    cell.aside += 1;
                }
            }
            "text:s" => return Ok(self.text(" ")),
            "text:line-break" => return Ok(self.text("\n")),
            "text:p" if self.cell.as_ref().is_some_and(|cell| !cell.text.is_empty()) => return Ok(self.text("\n")),
            "manifest:encryption-data" => return Err(refuse("import-file-has-password", |m| m)),
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) {
        let (rows, columns) = (count(tag, "table:number-rows-spanned"), count(tag, "table:number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let (row, column) = (self.next_row, self.column as u32);
            let last = (row.saturating_add(rows - 1), column.saturating_add(columns - 1));
            self.merged.push(Merged { rows: (row, last.0), columns: (column, last.1) });
        }
        let truth = attribute(tag, "office:boolean-value").map(|value| value.eq_ignore_ascii_case("true"));
        self.cell = Some(OpenCell {
            repeat: count(tag, "table:number-columns-repeated") as usize,
            number: attribute(tag, "office:value").and_then(|value| value.parse().ok()),
            truth,
            value: attribute(tag, "office:date-value").or_else(|| attribute(tag, "office:string-value")),
            ..OpenCell::default()
        });
    }

    fn text(&mut self, text: &str) -> ControlFlow<()> {
        if let Some(cell) = &mut self.cell
            && cell.aside == 0
            && cell.text.len() + text.len() <= LONGEST_TEXT
        {
            cell.text.push_str(text);
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, name: &str, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        match name {
            "table:table" => self.in_table = false,
            "table:table-cell" | "table:covered-table-cell" if self.in_table => self.close_cell()?,
            "table:table-row" if self.in_table => return self.close_row(take),
            "office:annotation" | "draw:frame" | "draw:custom-shape" => {
                if let Some(cell) = &mut self.cell {
                    cell.aside = cell.aside.saturating_sub(1);
                }
            }
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn close_cell(&mut self) -> Result<()> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = cell.value.as_deref().filter(|value| !value.is_empty()).unwrap_or(&cell.text);
        let empty = cell.number.is_none() && cell.truth.is_none() && text.trim().is_empty();
        if !empty {
            check_column("", self.next_row, self.column.saturating_add(cell.repeat - 1))?;
            for column in self.column..self.column + cell.repeat {
                match (cell.number, cell.truth) {
                    (Some(number), _) => self.row.put_number(column, number),
                    (None, Some(truth)) => self.row.put_bool(column, truth),
                    (None, None) => self.row.put_text(column, text),
                }
            }
        }
        self.column = self.column.saturating_add(cell.repeat).min(MOST_COLUMNS * 100);
        Ok(())
    }

    fn close_row(&mut self, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        for merged in std::mem::take(&mut self.merged) {
            if take(self.tables - 1, Found::Merged(merged))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let first = self.next_row;
        self.next_row = first.saturating_add(self.repeat_row);
        if self.row.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.repeat_row > MOST_REPEATS {
            return Err(refuse("import-file-unpacks-too-large", |m| m));
        }
        for repeat in 0..self.repeat_row {
            self.row.number = first.saturating_add(repeat).saturating_add(1);
            if take(self.tables - 1, Found::Row(&self.row))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
