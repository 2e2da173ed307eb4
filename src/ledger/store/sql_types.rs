//! How the domain's words are bound and read.

use chrono::NaiveDate;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Error, Row, RowIndex};

use crate::domain::partial_date::PartialDate;

/// Reads a column with a function that may not know the text; an unknown one means a damaged or foreign row.
pub(super) fn read<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    read: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let index = column.idx(row.as_ref())?;
    let text = row.get_ref(index)?.as_str().map_err(|_| unreadable(index))?;
    read(text).ok_or_else(|| unreadable(index))
}

/// Reads a column in which '' stands for unknown.
pub(super) fn read_known<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    read(row, column, |text| if text.is_empty() { Some(None) } else { parse(text).map(Some) })
}

/// Reads a calendar day. There may be millions: no text is split.
pub(in crate::ledger) fn date(text: &str) -> Option<NaiveDate> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let digits = |from: usize, to: usize| {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0, |number: u32, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(digits(0, 4)?).ok()?, digits(5, 7)?, digits(8, 10)?)
}

/// Reads a birth: the same, or a year or a month.
pub(super) fn partial_date(text: &str) -> Option<PartialDate> {
    if text.len() == 10 { date(text).map(PartialDate::Day) } else { PartialDate::parse(text) }
}

pub(super) fn unreadable(index: usize) -> Error {
    Error::FromSqlConversionFailure(index, Type::Text, Box::new(FromSqlError::InvalidType))
}
