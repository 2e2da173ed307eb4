//! 本人信息: all that is kept of one person, for that person. That something was not wanted stands on no paper, this one
//! included.

use chrono::NaiveDate;

use crate::domain::consent::ConsentState;
use crate::domain::fact::FactKind;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::domain::offer::State;
use crate::domain::resident::SourceId;
use crate::domain::rule::Holds;
use crate::ledger::applications::ApplicationRow;
use crate::ledger::consents::ConsentRow;
use crate::ledger::history::ChangeRow;
use crate::ledger::lists::Why;
use crate::ledger::material::PersonFile;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::{frame, group_words};
use crate::words::Words;

/// The copy.
pub fn print(file: &PersonFile, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = words.say(&Message::new("paper-person-title").text("name", file.row.name.clone()));
    let mut blocks = vec![Block::Title(title.clone()), Block::Small(words.text("paper-person-about"))];
    blocks.push(Block::Heading(words.text("paper-person-record")));
    blocks.extend(record(file, words));
    blocks.push(Block::Heading(words.text("paper-person-consents")));
    blocks.extend(file.consents.iter().map(|row| consent(row, words)));
    blocks.push(Block::Heading(words.text("paper-person-programmes")));
    for why in &file.whys {
        blocks.extend(programme(why, file, words));
    }
    if !file.applications.is_empty() {
        blocks.push(Block::Heading(words.text("paper-person-applications")));
        blocks.extend(file.applications.iter().map(|row| application(row, words)));
    }
    blocks.push(Block::Heading(words.text("paper-person-history")));
    blocks.push(history(&file.history, words));
    blocks.push(Block::Text(words.text("paper-person-rights")));
    frame(Format::A4, title, blocks, around)
}

fn record(file: &PersonFile, words: &Words) -> Vec<Block> {
    let row = &file.row;
    let facts = &row.facts;
    let born = facts.born.map(|born| born.value.to_string()).unwrap_or_default();
    let sex = facts.sex.map(|sex| words.of(&sex.value)).unwrap_or_default();
    let values = [
        ("field-name", row.name.clone()),
        ("field-id_number", row.id_number.clone()),
        ("field-sex", sex),
        ("field-born", born),
        ("field-group", group_words(words, &row.group)),
        ("field-household_number", row.household.clone()),
        ("field-address", row.address.clone()),
        ("field-phone", row.phone.clone()),
        ("paper-person-standing", words.of(&facts.standing.value)),
        ("paper-person-known-on", words.date(row.known_on)),
    ];
    let mut blocks: Vec<Block> = values
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Block::Pair(words.text(key), value))
        .collect();
    for kind in FactKind::ALL {
        let Some(fact) = facts.known.get(*kind) else { continue };
        let message = Message::new("paper-person-fact")
            .text("value", words.of(&fact.value))
            .text("source", source(file, fact.source))
            .date("on", fact.on);
        blocks.push(Block::Pair(words.of(kind), words.say(&message)));
    }
    blocks
}

fn source(file: &PersonFile, id: SourceId) -> String {
    file.sources.get(&id).map(|source| source.title.clone()).unwrap_or_default()
}

fn programme(why: &Why, file: &PersonFile, words: &Words) -> Vec<Block> {
    let name = words.pick(&why.programme.names).to_owned();
    let message = match (why.verdict.holds, why.state) {
        // Not a word of what was not wanted.
        (Holds::No | Holds::Unknown, _) | (_, State::Declined) => {
            Message::new("paper-person-verdict").text("verdict", words.of(&why.verdict.holds))
        }
        (Holds::Yes, state) => Message::new("paper-person-stands")
            .text("verdict", words.of(&why.verdict.holds))
            .text("state", words.of(&state)),
    };
    let line = Message::new("labelled").text("label", name).text("value", words.say(&message));
    let mut blocks = vec![Block::Text(words.say(&line))];
    for reason in &why.verdict.reasons {
        let from = reason.source.map(|id| source(file, id)).unwrap_or_default();
        let line = Message::new("paper-person-reason")
            .text("clause", words.say(&reason.clause))
            .text("holds", words.of(&reason.holds))
            .text("fact", words.say(&reason.fact))
            .text("source", from);
        blocks.push(Block::Small(words.say(&line)));
    }
    blocks
}

fn consent(row: &ConsentRow, words: &Words) -> Block {
    let said = row.consent.as_ref().map(|consent| {
        // Nobody need sign or hear a withdrawal.
        let key = match consent.state {
            ConsentState::Given => "paper-person-consent",
            ConsentState::Withdrawn => "consent-on",
        };
        let message = Message::new(key).text("state", words.of(&consent.state)).date("on", consent.on);
        match consent.state {
            ConsentState::Given => words.say(&message.text("channel", words.of(&consent.channel))),
            ConsentState::Withdrawn => words.say(&message),
        }
    });
    let said = said.unwrap_or_else(|| words.text("paper-person-not-asked"));
    Block::Text(words.say(&Message::new("labelled").text("label", words.of(&row.purpose)).text("value", said)))
}

fn application(row: &ApplicationRow, words: &Words) -> Block {
    let message = Message::new("paper-person-application")
        .text("period", row.period.clone())
        .date("on", row.application.began_on)
        .text("phase", words.of(&row.application.phase()))
        .text("yuan", yuan(row.application.payments.values().sum()));
    Block::Pair(words.pick(&row.programme.names).to_owned(), words.say(&message))
}

fn history(changes: &[ChangeRow], words: &Words) -> Block {
    let column = |key: &str, width| Column { head: words.text(key), width };
    let columns =
        vec![column("paper-column-when", 8.0), column("paper-column-who", 6.0), column("paper-column-what", 16.0)];
    let row = |change: &ChangeRow| {
        let when = change.at.chars().take(16).collect::<String>().replace('T', " ");
        [when, change.by.clone(), words.text(&format!("op-{}", change.op))].map(Cell::Text).to_vec()
    };
    Block::Table(Table { columns, rows: changes.iter().map(row).collect() })
}
