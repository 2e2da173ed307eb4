//! 交接清单: what the one who hands over and the one who takes over tick off together. Nobody's name but theirs, by hand.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::ledger::hand_over::HandOverSheet;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::words::Words;

/// The steps, each with a box.
const STEPS: [&str; 7] = [
    "hand-over-step-packet",
    "hand-over-step-open",
    "hand-over-step-compare",
    "hand-over-step-code",
    "hand-over-step-passphrase",
    "hand-over-step-stop",
    "hand-over-step-office",
];

/// The sheet.
pub fn print(sheet: &HandOverSheet, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = words.text("hand-over-title");
    let about = Message::new("hand-over-about")
        .number("residents", sheet.overview.residents)
        .number("households", sheet.overview.households)
        .number("revision", sheet.overview.revision);
    let last = match sheet.last_hand_up {
        Some(number) => Message::new("hand-over-last").number("number", number),
        None => Message::new("hand-over-none"),
    };
    let office = sheet.office.clone().unwrap_or_else(|| words.text("hand-over-no-office"));
    let column = |key: &str, width| Column { head: words.text(key), width };
    let columns = vec![column("hand-over-what", 40.0), column("hand-over-done", 6.0)];
    let step = |key: &&str| {
        vec![Cell::Text(words.say(&Message::new((*key).to_owned()).text("office", office.clone()))), Cell::Tick]
    };
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Text(words.say(&about)),
        Block::Text(words.say(&last)),
        Block::Table(Table { columns, rows: STEPS.iter().map(step).collect() }),
        Block::Space(6.0),
        Block::Write(words.text("hand-over-from")),
        Block::Write(words.text("hand-over-to")),
        Block::Write(words.text("hand-over-witness")),
    ];
    frame(Format::A4, title, blocks, around)
}
