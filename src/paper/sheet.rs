//! A titled table, as a PDF or as an xlsx with the same rows.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, Workbook, XlsxError};

use crate::domain::disclosure::FileFormat;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Format, Print, Table};
use crate::paper::faces::Faces;
use crate::paper::{frame, layout, pdf};
use crate::words::Words;

/// The longest text a cell of a spreadsheet may hold, with room to spare.
const LONGEST_CELL: usize = 30_000;

/// A list that is handed out.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its title.
    pub title: String,
    /// Sentences above the table.
    pub above: Vec<String>,
    /// Its rows.
    pub table: Table,
    /// Sentences below it.
    pub below: Vec<String>,
}

impl Listing {
    /// As a paper; lying where its columns need the room.
    pub fn print(&self, village: &Village, on: NaiveDate, words: &Words) -> Print {
        let wide: f32 = self.table.columns.iter().map(|column| column.width).sum();
        let mut blocks = vec![Block::Title(self.title.clone())];
        blocks.extend(self.above.iter().cloned().map(Block::Small));
        blocks.push(Block::Space(4.0));
        blocks.push(Block::Table(self.table.clone()));
        blocks.extend(self.below.iter().cloned().map(Block::Text));
        let format = if wide > 62.0 { Format::A4Wide } else { Format::A4 };
        frame(format, self.title.clone(), blocks, (village, on, words))
    }

    /// The bytes of a file.
    pub fn bytes(
        &self,
        how: FileFormat,
        village: &Village,
        on: NaiveDate,
        words: &Words,
        faces: &Faces,
    ) -> Result<Vec<u8>> {
        match how {
            FileFormat::Pdf => print_bytes(&self.print(village, on, words), on, words, faces),
            FileFormat::Xlsx => self.xlsx(on).map_err(|_| LedgerError::refused("paper-failed")),
        }
    }

    /// Every cell a text: an id number or a phone as a number would lose digits. A box to tick is an empty cell.
    fn xlsx(&self, on: NaiveDate) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let day = ExcelDateTime::from_ymd(u16::try_from(on.year()).unwrap_or(2000), on.month() as u8, on.day() as u8)?;
        book.set_properties(&DocProperties::new().set_title(&self.title).set_creation_datetime(&day));
        let (text, bold) = (Look::new().set_num_format("@").set_text_wrap(), Look::new().set_bold().set_text_wrap());
        let page = book.add_worksheet();
        for (at, column) in (0_u16..).zip(&self.table.columns) {
            page.write_string_with_format(0, at, &column.head, &bold)?;
            page.set_column_width(at, f64::from(column.width) * 2.2)?;
        }
        for (line, row) in (1_u32..).zip(&self.table.rows) {
            for (at, cell) in (0_u16..).zip(row) {
                let shown: String = match cell {
                    Cell::Text(text) => text.chars().take(LONGEST_CELL).collect(),
                    Cell::Tick => String::new(),
                };
                page.write_string_with_format(line, at, &shown, &text)?;
            }
        }
        page.set_freeze_panes(1, 0)?;
        page.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
        page.set_header(format!("&C{}", self.title.replace('&', "&&")));
        book.save_to_buffer()
    }
}

/// The bytes of a paper as a PDF.
pub fn print_bytes(print: &Print, on: NaiveDate, words: &Words, faces: &Faces) -> Result<Vec<u8>> {
    let pages = layout::pages(print, faces, words);
    pdf::bytes(&pages, &pdf::About { title: &print.title, language: words.language().code(), on }, faces)
}
