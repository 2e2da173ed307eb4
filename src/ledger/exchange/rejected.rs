//! Rows that could not be taken, as an xlsx to be mended and imported again: the cells as they stood, as text, with the
//! reason beside each. The file is read a second time, so that nothing of it need be kept in memory.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::domain::resident::Field;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::layout::{Layout, SheetLayout, Use};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::exchange::staging::{Incoming, RowKey};
use crate::ledger::files;
use crate::ledger::progress::Progress;

/// The longest text a cell of a spreadsheet may hold, with room to spare.
const LONGEST_CELL: usize = 30_000;

/// A row to be mended.
pub struct ToMend<'a> {
    /// What could be read of it: fills in what it leaves to the rows above.
    pub incoming: Option<&'a Incoming>,
    /// What is wrong, in the user's language.
    pub reason: String,
}

/// The words of the file.
pub struct Words<'a> {
    /// The heading of the column of reasons.
    pub reason: &'a str,
    /// The name of a sheet that has none.
    pub sheet: &'a str,
}

/// Writes the rows to a new file that only its owner can read, whole or not at all; list by list as they stood: lists side by side on one sheet become a page each.
///
/// # Errors
/// Something at `out`, the roster itself too: it is not touched. Reading the roster again, or writing `out`, fails.
pub fn write(
    book: &mut Book,
    layout: &Layout,
    rows: &HashMap<RowKey, ToMend<'_>>,
    out: &Path,
    words: &Words<'_>,
    progress: &dyn Progress,
) -> Result<()> {
    if out.symlink_metadata().is_ok() {
        return Err(LedgerError::io(ErrorKind::AlreadyExists.into(), out));
    }
    let mut workbook = Workbook::new();
    let mut names: Vec<String> = Vec::new();
    let failed = |error: XlsxError| match error {
        XlsxError::IoError(error) => LedgerError::io(error, out),
        _ => LedgerError::io(std::io::Error::other("xlsx"), out),
    };
    let lists = (0_u16..).zip(&layout.sheets);
    for (list, sheet) in lists.filter(|(list, _)| rows.keys().any(|key| key.list == *list)) {
        let page = workbook.add_worksheet();
        let name = page_name(if sheet.name.is_empty() { words.sheet } else { &sheet.name }, &names);
        page.set_name(&name).map_err(failed)?;
        names.push(name);
        heading(page, sheet, words).map_err(failed)?;
        let mut line = 1;
        book.rows(sheet.sheet, progress, &mut |row| {
            if let Some(mend) = rows.get(&RowKey { list, row: row.number }) {
                one(page, line, sheet, row, mend).map_err(failed)?;
                line += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    let mut part = files::part_in(files::folder_of(out), &files::stem(out))?;
    workbook.save_to_writer(part.as_file_mut()).map_err(failed)?;
    part.as_file().sync_all().map_err(|e| LedgerError::io(e, out))?;
    files::place(part.into_temp_path(), out)
}

/// The keys of what stands in such a file: what the roster's columns hold, and the reasons.
pub fn column_keys(layout: &Layout) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = Vec::new();
    for column in layout.sheets.iter().flat_map(columns) {
        let key = match column.used {
            Use::Field(Field::HouseholdNumber) => "household",
            Use::Field(field) => field.as_str(),
            Use::Clue(_) => Field::Residency.as_str(),
            Use::Remark | Use::Dropped | Use::Never => continue,
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    // What the ledger does not keep stands in it as it stood in the roster.
    let has_others = layout.sheets.iter().flat_map(columns).any(|one| matches!(one.used, Use::Remark | Use::Dropped));
    keys.extend(has_others.then_some("others"));
    keys.push("reason");
    keys
}

/// A name that a spreadsheet allows, the same as in the roster where it can be: it may name the group.
fn page_name(wanted: &str, taken: &[String]) -> String {
    let plain: String =
        wanted.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(26).collect();
    let plain = if plain.is_empty() { "1".to_owned() } else { plain };
    let free = |name: &String| !taken.iter().any(|known| known.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| format!("{plain}({number})"));
    std::iter::once(plain.clone()).chain(numbered).find(free).unwrap_or(plain)
}

/// Columns of the never-list are not written again, not even into a file to be mended.
fn columns(sheet: &SheetLayout) -> impl Iterator<Item = &crate::ledger::exchange::layout::Column> {
    sheet.columns.iter().filter(|column| column.used != Use::Never)
}

fn heading(page: &mut Worksheet, sheet: &SheetLayout, words: &Words<'_>) -> std::result::Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    let mut last = 0;
    for (at, column) in columns(sheet).enumerate() {
        page.write_string_with_format(0, at as u16, &*column.title, &bold)?;
        last = at as u16 + 1;
    }
    page.write_string_with_format(0, last, words.reason, &bold)?;
    page.set_column_width(last, 60)?;
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn one(
    page: &mut Worksheet,
    line: u32,
    sheet: &SheetLayout,
    row: &Row,
    mend: &ToMend<'_>,
) -> std::result::Result<(), XlsxError> {
    // As text: a number typed as a number would lose its digits once more, a formula must stay a text.
    let text = Format::new().set_num_format("@");
    let mut last = 0;
    for (at, column) in columns(sheet).enumerate() {
        let own = row.cell(column.index).text();
        let shown =
            if own.is_empty() { inherited(column.used, mend.incoming).unwrap_or_default() } else { own.into_owned() };
        let shown: String = shown.chars().take(LONGEST_CELL).collect();
        page.write_string_with_format(line, at as u16, &shown, &text)?;
        last = at as u16 + 1;
    }
    let wrapped = Format::new().set_text_wrap();
    page.write_string_with_format(line, last, mend.reason.chars().take(LONGEST_CELL).collect::<String>(), &wrapped)?;
    Ok(())
}

/// What stood in merged cells or in the rows above, which are not in the file to be mended.
fn inherited(used: Use, incoming: Option<&Incoming>) -> Option<String> {
    let person = incoming?;
    let text = match used {
        Use::Field(Field::Group) => person.group.as_deref(),
        Use::Field(Field::HouseholdNumber) => person.household.as_deref(),
        Use::Field(Field::Head) => person.head.as_deref(),
        _ => None,
    };
    text.map(str::to_owned)
}
