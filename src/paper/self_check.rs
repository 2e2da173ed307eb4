//! 村级自查表: five points, what the ledger knows filled in, the rest to be written by hand. For the village itself.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::ledger::self_check::SelfCheck;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::words::Words;

/// The sheet.
pub fn print(check: &SelfCheck, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = words.text("paper-kind-self-check");
    let mut blocks = vec![Block::Title(title.clone()), Block::Small(words.text("self-check-about"))];
    let count = |key: &'static str, counted: usize, of: usize| {
        Block::Text(words.say(&Message::new(key).number("count", counted as u64).number("of", of as u64)))
    };
    let point = |key: &str| Block::Heading(words.text(key));
    let write = |key: &str| Block::Write(words.text(key));
    blocks.extend([
        point("self-check-team"),
        count("self-check-contacts", check.looked_after, check.groups),
        count("self-check-trainings", check.trainings, 0),
        write("self-check-team-write"),
        point("self-check-notices"),
        count("self-check-hanging", check.hanging, check.overdue),
        count("self-check-phones", check.phones, 0),
        point("self-check-place"),
        count("self-check-services", check.services, 0),
        write("self-check-place-write"),
        point("self-check-delivered"),
        Block::Table(delivered(check, words)),
        point("self-check-service"),
        count("self-check-feedback", check.feedback, check.answered),
        count("self-check-findings", check.findings, 0),
        write("self-check-service-write"),
        write("self-check-by"),
    ]);
    frame(Format::A4, title, blocks, around)
}

fn delivered(check: &SelfCheck, words: &Words) -> Table {
    let column = |key: &str, width| Column { head: words.text(key), width };
    let columns = vec![
        column("paper-column-programme", 22.0),
        column("lists-eligible", 7.0),
        column("lists-told", 7.0),
        column("lists-done", 7.0),
    ];
    let row = |(programme, counts): &(std::sync::Arc<crate::domain::programme::Programme>, _)| {
        let counts: &crate::ledger::lists::Counts = counts;
        let numbers = [counts.eligible, counts.told, counts.been + counts.done].map(|n| Cell::Text(n.to_string()));
        std::iter::once(Cell::Text(words.pick(&programme.names).to_owned())).chain(numbers).collect()
    };
    Table { columns, rows: check.programmes.iter().map(row).collect() }
}
