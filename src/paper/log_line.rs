//! One line of the log of what was handed out, in words; nothing is read here.

use std::sync::Arc;

use crate::domain::disclosure::{PaperKind, Recipient, SEALED_FORMAT, STATISTICS_FORMAT};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::handouts::DisclosureRow;
use crate::words::Words;

/// The day, which paper of which programme, how many people, for whom and what for.
pub fn log_line(words: &Words, programmes: &[Arc<Programme>], row: &DisclosureRow) -> String {
    let paper = PaperKind::from_word(&row.paper).map_or_else(|| row.paper.clone(), |paper| words.of(&paper));
    let has_rows = row.format == SEALED_FORMAT || row.format == STATISTICS_FORMAT;
    // The parts of a hand-up file name their columns: `application.name:plain`.
    let names_people = row.columns.split(',').any(|column| column.contains(".person:") || column.contains(".name:"));
    let key = match (has_rows, names_people) {
        (true, false) => "paper-log-line-rows",
        _ => "paper-log-line",
    };
    let of = programmes.iter().find(|programme| programme.id == row.programme);
    let message = Message::new(key)
        .date("on", row.on)
        .text("paper", paper)
        .text("programme", of.map_or(row.programme.as_str(), |programme| words.pick(&programme.names)))
        .number("rows", row.rows)
        .text("recipient", words.say(&Recipient::from_text(&row.recipient).message()))
        .text("purpose", row.purpose.clone());
    words.say(&message)
}
