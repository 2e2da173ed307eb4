//! One line of the log of what was handed out, in words; nothing is read here.

use std::sync::Arc;

use crate::domain::disclosure::{PaperKind, Recipient};
use crate::domain::hand_up::profile::{Entity, Field, Shown};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::handouts::DisclosureRow;
use crate::paper::campaign::slips;
use crate::paper::{move_slip, person_copy};
use crate::words::Words;

/// What left, part by part.
pub struct LogLine {
    /// The paper and the programme it is of.
    pub paper: String,
    /// For whom.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// What of each stands in it.
    pub fields: String,
    /// How many people, or rows where nobody is named.
    pub rows: String,
}

/// The parts of a line.
pub fn parts(words: &Words, programmes: &[Arc<Programme>], row: &DisclosureRow) -> LogLine {
    let paper = PaperKind::from_word(&row.paper);
    let name = paper.map_or_else(|| row.paper.clone(), |paper| words.of(&paper));
    let of = programmes.iter().find(|programme| programme.id == row.programme);
    let programme = of.map_or(row.programme.as_str(), |programme| words.pick(&programme.names));
    let key = if names_nobody(paper, row) { "left-rows-nobody" } else { "left-rows" };
    LogLine {
        paper: format!("{name}  {programme}").trim().to_owned(),
        recipient: words.say(&Recipient::from_text(&row.recipient).message()),
        purpose: purpose(words, paper, row),
        fields: fields(words, paper, row),
        rows: words.say(&Message::new(key).number("count", row.rows)),
    }
}

/// The day, which paper of which programme, for whom and what for, how many people, and what of each.
pub fn log_line(words: &Words, programmes: &[Arc<Programme>], row: &DisclosureRow) -> String {
    let LogLine { paper, recipient, purpose, fields, rows } = parts(words, programmes, row);
    let line = Message::new("paper-log-line").date("on", row.on).text("paper", paper).text("recipient", recipient);
    words.say(&line.text("purpose", purpose).text("rows", rows).text("fields", fields))
}

/// Whether its rows are no people: numbers, or what a profile lets leave without a name.
fn names_nobody(paper: Option<PaperKind>, row: &DisclosureRow) -> bool {
    // The parts of a hand-up file name their columns: `application.name:plain`.
    let names_people = || row.columns.split(',').any(|column| column.contains(".person:") || column.contains(".name:"));
    match paper {
        Some(PaperKind::Statistics | PaperKind::Escrow) => true,
        Some(PaperKind::HandUp) => !names_people(),
        _ => false,
    }
}

/// What was typed, or the words of what the program itself wrote down.
fn purpose(words: &Words, paper: Option<PaperKind>, row: &DisclosureRow) -> String {
    let text = row.purpose.as_str();
    match paper {
        Some(PaperKind::HandUp) => {
            let part = text.split_once(' ').and_then(|(entity, month)| Some((Entity::from_word(entity)?, month)));
            part.map_or_else(|| text.to_owned(), |(entity, month)| format!("{month} {}", words.of(&entity)))
        }
        Some(PaperKind::Escrow) => words.text(&format!("op-{text}")),
        Some(PaperKind::Rejected | PaperKind::Copy | PaperKind::HandOver | PaperKind::HelpPacket) => {
            words.text(&format!("left-purpose-{text}"))
        }
        _ => text.to_owned(),
    }
}

/// What of each stands in it. What was written down without, as these papers were once, has what such a paper always has.
fn fields(words: &Words, paper: Option<PaperKind>, row: &DisclosureRow) -> String {
    let usual: &[&str] = match paper {
        Some(PaperKind::PersonCopy) => &person_copy::KEYS,
        Some(PaperKind::MoveSlip) => &move_slip::KEYS,
        Some(PaperKind::AppointmentSlips) => &slips::KEYS,
        Some(PaperKind::Escrow) => &[crate::domain::disclosure::KEY_SEALED],
        _ => &[],
    };
    let written: Vec<&str> = row.columns.split(',').filter(|key| !key.is_empty()).collect();
    let keys = if written.is_empty() { usual } else { &written };
    let fields: Vec<String> = keys.iter().map(|key| field(words, paper, key)).collect();
    if fields.is_empty() { words.text("left-no-fields") } else { words.list(&fields) }
}

fn field(words: &Words, paper: Option<PaperKind>, key: &str) -> String {
    if let Some((name, shown)) = key.split_once(':')
        && let Some(of) = Field::from_word(name)
    {
        let name = words.say(&of.heading());
        let is_masked = Shown::from_word(shown) == Some(Shown::Masked);
        return if is_masked { words.say(&Message::new("left-field-masked").text("field", name)) } else { name };
    }
    match paper {
        Some(PaperKind::Statistics) => words.text(&format!("statistics-field-{key}")),
        _ => words.text(&format!("paper-column-{key}")),
    }
}
