//! 迁移告知单: what somebody who moves away takes along, for the people at the new place. It is theirs to hand on; no id
//! number, no phone, nothing of what was not wanted, and nothing of programmes of which nothing may be told.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::programme::Publicity;
use crate::ledger::applications::ApplicationRow;
use crate::ledger::departure::Departure;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Format, Print};
use crate::paper::{frame, group_words, period_words};
use crate::words::Words;

/// The keys of what stands on it.
pub const KEYS: [&str; 9] = ["name", "sex", "born", "group", "moved-on", "along", "told", "applications", "programmes"];

/// The slip.
pub fn print(departure: &Departure, around: (&Village, NaiveDate, &Words)) -> Print {
    let (village, _, words) = around;
    let row = &departure.row;
    let pair = |key: &str, value: String| (!value.is_empty()).then(|| Block::Pair(words.text(key), value));
    let title = words.say(&Message::new("paper-move-title").text("name", row.name.clone()));
    let mut blocks = vec![Block::Title(title.clone()), Block::Write(words.text("paper-move-to"))];
    blocks.extend(pair("field-name", row.name.clone()));
    blocks.extend(pair("field-sex", row.sex().map(|sex| words.of(&sex)).unwrap_or_default()));
    blocks.extend(pair("field-born", row.born().map(|born| born.to_string()).unwrap_or_default()));
    let from = format!("{} {}", village.name, group_words(words, &row.group));
    blocks.extend(pair("paper-move-from", from.trim().to_owned()));
    blocks.extend(pair("paper-move-on", words.date(row.facts.standing.on)));
    blocks.extend(pair("paper-move-along", words.list(&departure.along)));
    blocks.extend(part("paper-move-services", services(departure, words), words));
    blocks.extend(part("paper-move-applications", applications(departure, words), words));
    let names: Vec<&str> = departure.eligible.iter().map(|programme| words.pick(&programme.names)).collect();
    let eligible = if names.is_empty() { Vec::new() } else { vec![Block::Text(words.list(&names))] };
    blocks.extend(part("paper-move-eligible", eligible, words));
    blocks.push(Block::Small(words.text("paper-move-own")));
    blocks.push(Block::Write(words.text("paper-write-phone")));
    blocks.push(Block::Write(words.text("paper-move-seal")));
    frame(Format::A4, title, blocks, around)
}

fn part(head: &str, blocks: Vec<Block>, words: &Words) -> Vec<Block> {
    if blocks.is_empty() {
        return blocks;
    }
    std::iter::once(Block::Heading(words.text(head))).chain(blocks).collect()
}

fn services(departure: &Departure, words: &Words) -> Vec<Block> {
    let line = |name: &str, on: NaiveDate| {
        Block::Text(words.say(&Message::new("labelled").text("label", name).text("value", words.date(on))))
    };
    let services = departure.services.iter().filter(|row| row.programme.publicity != Publicity::None);
    services.map(|row| line(words.pick(&row.programme.names), row.on)).collect()
}

fn applications(departure: &Departure, words: &Words) -> Vec<Block> {
    let line = |row: &ApplicationRow| {
        let turn = period_words(words, &row.programme, &row.period);
        let name = format!("{} {turn}", words.pick(&row.programme.names));
        let phase = words.of(&row.application.phase());
        Block::Text(words.say(&Message::new("labelled").text("label", name.trim()).text("value", phase)))
    };
    let told = |row: &&ApplicationRow| row.programme.publicity != Publicity::None;
    departure.applications.iter().filter(told).map(line).collect()
}
