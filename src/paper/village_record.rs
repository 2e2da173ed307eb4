//! 办事指南, 群众意见 and 常用电话 as they hang on the notice board or go into a spreadsheet.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::message::Message;
use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::error::{LedgerError, Result};
use crate::paper::block::{Cell, Column, Table};
use crate::paper::sheet::Listing;
use crate::words::Words;

/// The list of a kind.
///
/// # Errors
/// `paper-record-own` for what stays with the village, `paper-record-empty` where nothing is written down yet.
pub fn listing(kind: RecordKind, entries: &[Entry], on: NaiveDate, words: &Words) -> Result<Listing> {
    if !kind.is_printed() {
        return Err(LedgerError::refused("paper-record-own"));
    }
    if entries.is_empty() {
        return Err(LedgerError::refused("paper-record-empty"));
    }
    let head =
        |(at, label): (usize, &&str)| Column { head: words.text(label), width: if at == 0 { 16.0 } else { 10.0 } };
    let columns = kind.labels().iter().enumerate().map(head).collect();
    let rows = entries.iter().map(|entry| entry.texts.iter().cloned().map(Cell::Text).collect()).collect();
    let title = Message::new("record-title").text("what", words.of(&kind)).number("year", on.year());
    Ok(Listing { title: words.say(&title), above: Vec::new(), table: Table { columns, rows }, below: Vec::new() })
}
