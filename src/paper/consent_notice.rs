//! 告知书+同意书: what somebody agrees to, for one purpose, and where they sign. Nobody's name is printed on it. Its
//! sentences are in `notices.ftl`; how long what is kept is the ledger's own. Source: PIPL arts. 13–17, 29–31; domain.md §6.

use chrono::NaiveDate;

use crate::domain::consent::Purpose;
use crate::domain::message::Message;
use crate::domain::retention::{self, Keeping};
use crate::ledger::privacy::kept::KeptDays;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Format, Print};
use crate::paper::frame;
use crate::words::Words;

/// The notice of a purpose, and below it the place to sign: one page of A4.
pub fn print((purpose, kept): (Purpose, &KeptDays), around: (&Village, NaiveDate, &Words)) -> Print {
    let (village, _, words) = around;
    let of = words.of(&purpose);
    let title = words.text("notice-title");
    let version = Message::new("notice-version").number("version", u64::from(purpose.notice()));
    let who = Message::new("notice-who-village").text("village", village.name.clone());
    let pair = |key: &str, text: String| Block::Pair(words.text(key), text);
    let write = |key: &str| Block::Write(words.text(key));
    let mut blocks = vec![
        Block::Title(title.clone()),
        Block::Heading(words.say(&Message::new("notice-for").text("purpose", of.clone()))),
        Block::Small(words.say(&version)),
        pair("notice-who", words.say(&who)),
        write("notice-contact"),
        pair("notice-why", words.text(&format!("notice-why-{}", purpose.as_str()))),
        pair("notice-kinds", words.text(&format!("notice-kinds-{}", purpose.as_str()))),
        pair("notice-how", words.text(how(purpose))),
    ];
    if purpose == Purpose::Clinic {
        blocks.push(write("notice-clinic"));
    }
    blocks.extend([
        pair("notice-sensitive", words.text(&format!("notice-sensitive-{}", purpose.as_str()))),
        pair("notice-kept", kept_words(kept, words)),
        pair("notice-rights", words.text("notice-rights-words")),
        Block::Text(words.text("notice-free")),
        Block::Text(words.text("notice-child")),
        Block::Space(8.0),
        Block::Heading(words.say(&Message::new("notice-agree").text("purpose", of.clone()))),
    ]);
    let lines = ["notice-person", "notice-sign", "notice-guardian", "notice-relation", "notice-witness", "notice-date"];
    blocks.extend(lines.map(write));
    frame(Format::A4, format!("{title} {of}"), blocks, around)
}

/// The days that this village keeps, not those that the program has where nobody says otherwise.
fn kept_words(kept: &KeptDays, words: &Words) -> String {
    let of = |keeping: Keeping| words.say(&retention::long(kept.of(keeping)));
    let message = Message::new("notice-kept-words").text("appointment", of(Keeping::Appointment));
    let message = message.text("application", of(Keeping::Application)).text("proof", of(Keeping::Proof));
    words.say(&message)
}

fn how(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Services | Purpose::Health => "notice-how-here",
        Purpose::Account => "notice-how-account",
        Purpose::Clinic => "notice-how-clinic",
    }
}
