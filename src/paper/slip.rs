//! Slips: a leaflet's says where to go and what to bring, and nothing about anybody; a notice's has a stub that stays.
//! Names and phones are written on them by hand.

use chrono::{Datelike, NaiveDate};

use crate::domain::message::Message;
use crate::domain::programme::{Kind, Programme, Status};
use crate::ledger::village::Village;
use crate::paper::amount::amounts;
use crate::paper::block::{Block, Format, Print, Slot};
use crate::paper::frame;
use crate::words::Words;

/// The slip of a leaflet, one on a page of A5: somebody asked for it, and it counts as one.
pub fn leaflet(programme: &Programme, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = words.pick(&programme.names).to_owned();
    let mut blocks = vec![Block::Title(title.clone())];
    blocks.extend(what_to_know(programme, words));
    blocks.push(Block::Text(words.text("paper-voluntary")));
    blocks.push(Block::Write(words.text("paper-write-clinic")));
    blocks.push(Block::Write(words.text("paper-write-phone")));
    frame(Format::A5, title, blocks, around)
}

/// The notice of a programme: a stub to sign and keep, and the slip that is given away; two on a page of A4.
pub fn told(programme: &Programme, around: (&Village, NaiveDate, &Words)) -> Print {
    let (village, on, words) = around;
    let name = words.pick(&programme.names).to_owned();
    let write = |key: &str| Block::Write(words.text(key));
    let stub = vec![
        Block::Heading(words.text("paper-stub")),
        Block::Text(name.clone()),
        write("paper-write-name"),
        write("paper-write-told-on"),
        write("paper-write-told-by"),
        write("paper-write-signed"),
        Block::Small(words.text("paper-stub-kept")),
    ];
    let mut slip = vec![Block::Heading(words.say(&Message::new("paper-told-title").text("programme", name.clone())))];
    slip.push(write("paper-write-to"));
    slip.extend(what_to_know(programme, words));
    let amounts = amounts(programme, on, words);
    if !amounts.is_empty() {
        let label = if programme.kind == Kind::Notice { "paper-amount-to-pay" } else { "paper-amount" };
        slip.push(Block::Pair(words.text(label), amounts.join("\n")));
    }
    slip.extend(deadline(programme, on, words));
    slip.push(Block::Text(words.text(free_choice(programme.kind))));
    slip.push(write("paper-write-phone"));
    slip.push(Block::Small(words.say(&Message::new("paper-told-by").text("village", village.name.clone()))));
    let slot = Block::Slot(Slot { share: 2, parts: vec![(1.0, stub), (2.2, slip)] });
    frame(Format::A4, name, vec![slot.clone(), slot], around)
}

fn what_to_know(programme: &Programme, words: &Words) -> Vec<Block> {
    let pair = |key: &str, text: &str| Block::Pair(words.text(key), text.to_owned());
    let mut blocks = Vec::new();
    if let Some(visit) = &programme.visit {
        blocks.push(pair("paper-what", words.pick(&visit.content)));
        blocks.push(pair("paper-bring", words.pick(&visit.bring)));
    }
    if let Some(note) = &programme.note {
        blocks.push(pair("paper-who", words.pick(note)));
    }
    if !programme.documents.is_empty() {
        let papers: Vec<&str> = programme.documents.iter().map(|document| words.pick(&document.names)).collect();
        blocks.push(pair("paper-documents", &words.list(&papers)));
    }
    if let Some(first) = programme.steps.first() {
        blocks.push(pair("paper-how", words.pick(&first.what)));
    }
    if programme.status == Status::Local {
        blocks.push(Block::Small(words.text("paper-county-sets")));
    }
    if programme.status == Status::Unverified {
        blocks.push(Block::Small(words.of(&programme.status)));
    }
    blocks
}

/// Nobody is pressed: one comes to a check or stays away, one applies for money or does not.
fn free_choice(kind: Kind) -> &'static str {
    match kind {
        Kind::Benefit => "paper-voluntary-benefit",
        _ => "paper-voluntary",
    }
}

/// The last day, with what the county set; for a child born this year the year of the birth stays open a year longer.
fn deadline(programme: &Programme, on: NaiveDate, words: &Words) -> Option<Block> {
    let last = programme.common_turn(on).apply_by?;
    let text = if programme.turn_is_common() {
        words.date(last)
    } else {
        let year = on.year();
        words.say(
            &Message::new("paper-by-born")
                .date("on", last)
                .text("year", year.to_string())
                .text("next", (year + 1).to_string()),
        )
    };
    Some(Block::Pair(words.text("paper-by"), text))
}
