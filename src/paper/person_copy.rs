//! 本人信息: all that is kept of one person, for that person. That something was not wanted stands on no paper, this one
//! included; the paper says so to everybody, so that nobody reads anything from it.

mod beside;
mod rest;

use chrono::NaiveDate;

use crate::domain::application::Phase;
use crate::domain::consent::{Consent, ConsentState};
use crate::domain::fact::FactKind;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::domain::programme::Programme;
use crate::domain::resident::SourceId;
use crate::ledger::applications::ApplicationRow;
use crate::ledger::consents::ConsentRow;
use crate::ledger::history::ChangeRow;
use crate::ledger::lists::Why;
use crate::ledger::person_file::PersonFile;
use crate::ledger::residents::ResidentRow;
use crate::ledger::told::ToldRow;
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::{frame, group_words, period_words};
use crate::words::Words;

/// The keys of what stands on it.
pub const KEYS: [&str; 16] = [
    "name",
    "id_number",
    "sex",
    "born",
    "relation",
    "group",
    "household",
    "address",
    "phone",
    "facts",
    "consents",
    "programmes",
    "told",
    "appointments",
    "applications",
    "history",
];

/// The copy.
pub fn print(file: &PersonFile, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = words.say(&Message::new("paper-person-title").text("name", file.row.name.clone()));
    let mut blocks = vec![Block::Title(title.clone()), Block::Small(words.text("paper-person-about"))];
    blocks.push(Block::Heading(words.text("paper-person-record")));
    blocks.extend(record(&file.row, file, words));
    blocks.extend(rest::others(file, words));
    blocks.push(Block::Heading(words.text("paper-person-consents")));
    blocks.extend(file.consents.iter().map(|row| consent(row, words)));
    blocks.push(Block::Heading(words.text("paper-person-programmes")));
    for why in &file.whys {
        blocks.extend(programme(why, file, words));
    }
    let told = file.told.iter().map(|row| told(row, words)).collect();
    blocks.extend(part("paper-person-told", told, words));
    let appointments = file.appointments.iter().flat_map(|row| rest::appointment(row, words)).collect();
    blocks.extend(part("paper-person-appointments", appointments, words));
    let applications = file.applications.iter().flat_map(|row| application(row, words)).collect();
    blocks.extend(part("paper-person-applications", applications, words));
    blocks.extend(beside::parts(file, words));
    blocks.extend(rest::parts(file, words));
    blocks.push(Block::Heading(words.text("paper-person-history")));
    blocks.push(history(&file.history, words));
    blocks.push(Block::Text(words.text("paper-person-rights")));
    frame(Format::A4, title, blocks, around)
}

/// A part with its head; nothing where it is empty.
fn part(head: &str, blocks: Vec<Block>, words: &Words) -> Vec<Block> {
    if blocks.is_empty() {
        return blocks;
    }
    [vec![Block::Heading(words.text(head))], blocks].concat()
}

/// A label and what is said; nothing where nothing is.
fn pair(label: &str, value: String, words: &Words) -> Option<Block> {
    (!value.is_empty()).then(|| Block::Pair(words.text(label), value))
}

fn day(on: Option<NaiveDate>, words: &Words) -> String {
    on.map(|on| words.date(on)).unwrap_or_default()
}

/// What is said, and its day.
fn on_day(said: String, on: NaiveDate, words: &Words) -> String {
    words.say(&Message::new("consent-on").text("state", said).date("on", on))
}

fn labelled(label: String, value: String, words: &Words) -> String {
    words.say(&Message::new("labelled").text("label", label).text("value", value))
}

/// A programme, and its turn where it has several.
fn turn_words(programme: &Programme, period: &str, words: &Words) -> String {
    let name = words.pick(&programme.names).to_owned();
    match period_words(words, programme, period) {
        turn if turn.is_empty() => name,
        turn => words.say(&Message::new("paper-person-turn").text("name", name).text("turn", turn)),
    }
}

fn record(row: &ResidentRow, file: &PersonFile, words: &Words) -> Vec<Block> {
    let facts = &row.facts;
    let born = facts.born.map(|born| born.value.to_string()).unwrap_or_default();
    let sex = facts.sex.map(|sex| words.of(&sex.value)).unwrap_or_default();
    let relation = match row.relation {
        0 => String::new(),
        code => words.text(&format!("relation-{code:02}")),
    };
    let values = [
        ("field-name", row.name.clone()),
        ("paper-person-name-written", row.name_written.clone()),
        ("field-id_number", row.id_number.clone()),
        ("field-sex", sex),
        ("field-born", born),
        ("field-relation", relation),
        ("field-group", group_words(words, &row.group)),
        ("field-household_number", row.household.clone()),
        ("field-address", row.address.clone()),
        ("field-phone", row.phone.clone()),
        ("paper-person-standing", on_day(words.of(&facts.standing.value), facts.standing.on, words)),
        ("paper-person-known-on", words.date(row.known_on)),
    ];
    let mut blocks: Vec<Block> = values.into_iter().filter_map(|(key, value)| pair(key, value, words)).collect();
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
    // Where an offer stands is told by what was said and by the applications: not a word here, so that nobody reads from
    // a missing one what was not wanted.
    let verdict = words.of(&why.verdict.holds);
    let line = Message::new("labelled").text("label", name).text("value", verdict);
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
    let said = match &row.consent {
        Some(consent) => consent_words(consent, words),
        None => words.text("paper-person-not-asked"),
    };
    Block::Text(words.say(&Message::new("labelled").text("label", words.of(&row.purpose)).text("value", said)))
}

/// What stands, with its day, and how, before whom and by whom it was said. Nobody need sign or hear a withdrawal.
fn consent_words(consent: &Consent, words: &Words) -> String {
    let state = words.of(&consent.state);
    if consent.state == ConsentState::Withdrawn {
        return words.say(&Message::new("consent-on").text("state", state).date("on", consent.on));
    }
    let given = Message::new("paper-person-consent").text("state", state).date("on", consent.on);
    let given = given.text("channel", words.of(&consent.channel)).number("notice", u64::from(consent.notice));
    let mut said = words.say(&given);
    if let Some(guardian) = &consent.guardian {
        let by = Message::new("consent-guardian-is").text("relation", words.of(&guardian.relation));
        said = format!("{said} {}", words.say(&by.text("name", guardian.name.clone())));
    }
    if !consent.witness.is_empty() {
        let by = Message::new("labelled").text("label", words.text("consent-witness"));
        said = format!("{said} {}", words.say(&by.text("value", consent.witness.clone())));
    }
    said
}

fn told(row: &ToldRow, words: &Words) -> Block {
    let mut said = on_day(words.of(&row.what), row.on, words);
    if row.tries > 0 {
        let tries = words.say(&Message::new("paper-person-tries").number("count", row.tries));
        said = format!("{said} {tries}");
    }
    let name = turn_words(&row.programme, &row.period, words);
    Block::Text(labelled(name, said, words))
}

/// How it stands, and below it the papers in hand and the payments, each with its day.
fn application(row: &ApplicationRow, words: &Words) -> Vec<Block> {
    let kept = &row.application;
    let message = Message::new("paper-person-application")
        .text("period", period_words(words, &row.programme, &row.period))
        .date("on", kept.began_on)
        .text("phase", words.of(&kept.phase()))
        .text("yuan", yuan(kept.payments.values().sum()));
    let mut blocks = vec![Block::Pair(words.pick(&row.programme.names).to_owned(), words.say(&message))];
    let small =
        |label: String, value: String, on: NaiveDate| Block::Small(labelled(label, on_day(value, on, words), words));
    blocks.push(small(words.text("paper-person-holder"), words.of(&kept.holder), kept.holder_on));
    if let Some((answer, on)) = kept.answer {
        let granted = Message::new("paper-person-yuan").text("yuan", yuan(kept.fen));
        let said = if kept.fen > 0 { words.say(&granted) } else { words.of(&answer) };
        blocks.push(small(words.text("paper-person-answer"), said, on));
    }
    for (key, on) in &kept.documents {
        let paper = row.programme.documents.iter().find(|paper| paper.key == *key);
        let name = paper.map_or_else(|| key.clone(), |paper| words.pick(&paper.names).to_owned());
        blocks.push(small(words.text("paper-person-document"), name, *on));
    }
    for (on, fen) in &kept.payments {
        let paid = words.say(&Message::new("paper-person-yuan").text("yuan", yuan(*fen)));
        blocks.push(small(words.text("paper-person-paid"), paid, *on));
    }
    if let Some(on) = kept.taken_back {
        blocks.push(small(words.text("paper-person-application-state"), words.of(&Phase::TakenBack), on));
    }
    blocks
}

/// When, as it was on the clock of whoever did it.
fn instant(at: &str) -> String {
    at.chars().take(16).collect::<String>().replace('T', " ")
}

fn table<const N: usize>(heads: [(&str, f32); N], rows: Vec<[String; N]>, words: &Words) -> Block {
    let columns = heads.map(|(key, width)| Column { head: words.text(key), width }).to_vec();
    Block::Table(Table { columns, rows: rows.into_iter().map(|row| row.map(Cell::Text).to_vec()).collect() })
}

fn history(changes: &[ChangeRow], words: &Words) -> Block {
    let row = |change: &ChangeRow| [instant(&change.at), change.by.clone(), words.text(&format!("op-{}", change.op))];
    let heads = [("paper-column-when", 8.0), ("paper-column-who", 6.0), ("paper-column-what", 16.0)];
    table(heads, changes.iter().map(row).collect(), words)
}
