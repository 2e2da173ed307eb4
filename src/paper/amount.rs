//! What a programme pays, as a slip says it: the county's values where it has set them, nothing guessed where it has
//! not. Not for one person: who is to be paid how much is for the authority to say.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::domain::programme::amount::{Amount, Fixed, Per, Sure};
use crate::domain::programme::{Num, Programme};
use crate::words::Words;

/// A sentence a case; none where nothing is paid.
pub fn amounts(programme: &Programme, on: NaiveDate, words: &Words) -> Vec<String> {
    match &programme.amount {
        None => Vec::new(),
        Some(Amount::Fixed(fixed)) => fixed_words(fixed, on, words).into_iter().collect(),
        Some(Amount::Cases(cases)) => {
            let case =
                |name: &str, text: String| words.say(&Message::new("labelled").text("label", name).text("value", text));
            let said =
                cases.iter().filter_map(|one| Some(case(words.pick(&one.names), fixed_words(&one.amount, on, words)?)));
            said.collect()
        }
        Some(Amount::ByAge(by)) => {
            let band = |from: i32, to: Option<i32>, fen: &Num| {
                let message = match to {
                    Some(to) => Message::new("paper-amount-ages").number("from", from).number("to", to),
                    None => Message::new("paper-amount-age").number("from", from),
                };
                words.say(&message.text("amount", of_county(fen, by.per, words)))
            };
            by.bands.iter().map(|one| band(one.from, one.to, &one.fen)).collect()
        }
        Some(Amount::Local(local)) => vec![of_county(&local.fen, local.per, words)],
        // One amount a value of a fact, which a slip for everybody does not ask: said at the counter.
        Some(Amount::ByFact(_)) => vec![words.text("paper-amount-by-case")],
        Some(Amount::ChildSubsidy) => {
            // For a child born this very day, as for every one born since the subsidy began.
            let first = programme.amounts(on, on).first().map(|amount| amount.fen);
            first.map(|fen| per(fen, Per::Year, words)).into_iter().collect()
        }
    }
}

fn fixed_words(fixed: &Fixed, on: NaiveDate, words: &Words) -> Option<String> {
    let step = fixed.steps.iter().rev().find(|step| step.from <= on)?;
    let amount = per(step.fen, fixed.per, words);
    let key = match fixed.sure {
        Sure::Sourced => return Some(amount),
        Sure::Unverified => "paper-amount-unverified",
        Sure::AtLeast => "paper-amount-at-least",
        Sure::Average => "paper-amount-average",
    };
    Some(words.say(&Message::new(key).text("amount", amount)))
}

fn of_county(fen: &Num, by: Per, words: &Words) -> String {
    fen.value().map_or_else(|| words.text("paper-amount-not-set"), |fen| per(fen.into(), by, words))
}

fn per(fen: i64, by: Per, words: &Words) -> String {
    let key = match by {
        Per::Month => "paper-per-month",
        Per::Semester => "paper-per-semester",
        Per::Year => "paper-per-year",
        Per::Once => "paper-per-once",
    };
    words.say(&Message::new(key).text("yuan", yuan(fen)))
}
