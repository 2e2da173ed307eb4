//! How the domain's words are bound and read.

use chrono::NaiveDate;
use rusqlite::types::{FromSqlError, Type, ValueRef};
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

/// Reads a column that may be NULL.
pub(super) fn read_if_any<T>(
    row: &Row<'_>,
    column: usize,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    if row.get_ref(column)? == ValueRef::Null { Ok(None) } else { read(row, column, parse).map(Some) }
}

/// Reads a calendar day.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    PartialDate::parse(text)?.day()
}

fn unreadable(index: usize) -> Error {
    Error::FromSqlConversionFailure(index, Type::Text, Box::new(FromSqlError::InvalidType))
}
