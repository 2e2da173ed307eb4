//! What is printed or written for people: blocks become pages and a PDF, tables become an xlsx. Takes plain read models,
//! never a ledger; what may not stand on a paper has no column here. May use `ledger`'s read models, `domain`, `words`.

mod amount;
pub mod block;
pub mod campaign;
pub mod chart;
mod child;
pub mod consent_notice;
pub mod correction;
pub mod faces;
pub mod form;
pub mod hand_over;
pub mod layout;
mod lines;
pub mod log_line;
pub mod manual;
pub mod month;
pub mod move_slip;
pub mod order;
pub mod pdf;
pub mod person_copy;
pub mod privacy;
pub mod public_sheet;
pub mod roster;
pub mod round;
pub mod self_check;
pub mod sheet;
pub mod slip;
pub mod village_record;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::programme::turn::Repetition;
use crate::ledger::village::Village;
use crate::words::Words;
use block::{Block, Format, Print};

/// A paper of a village, made on a day: its foot says both, its head says where the people are invented.
pub fn frame(
    format: Format,
    title: String,
    blocks: Vec<Block>,
    (village, on, words): (&Village, NaiveDate, &Words),
) -> Print {
    let footer = words.say(&Message::new("paper-footer").text("village", village.name.clone()).date("on", on));
    let mark = village.is_demo.then(|| words.text("paper-demo"));
    Print { format, title, footer, mark, blocks }
}

/// What a turn of a programme is called; nothing where there is but one.
pub fn period_words(words: &Words, programme: &Programme, name: &str) -> String {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year = |key: &'static str, year: &str| words.say(&Message::new(key).text("year", year));
    if let Repetition::Points(points) = &programme.repetition
        && let Some(point) = points.iter().find(|point| point.name == name)
    {
        return words.pick(&point.names).to_owned();
    }
    match (&programme.repetition, name.split_once('-')) {
        (_, None) if is_year(name) => year("lists-period-year", name),
        (_, Some((of, "spring"))) => year("period-spring", of),
        (_, Some((of, "autumn"))) => year("period-autumn", of),
        (_, Some((_, to))) if is_year(to) => year("period-school-year", name),
        (Repetition::Doses(_), None) => words.say(&Message::new("period-dose").text("dose", name)),
        (Repetition::Once(_), _) => String::new(),
        _ => name.to_owned(),
    }
}

/// What a group is called.
pub fn group_words(words: &Words, name: &str) -> String {
    if name.is_empty() {
        words.text("group-none")
    } else if name.bytes().all(|b| b.is_ascii_digit()) {
        words.say(&Message::new("group-numbered").text("name", name))
    } else {
        name.to_owned()
    }
}
