//! Papers about how personal data is handled: the impact assessment, the yearly check, the rules for children's data, the
//! card for an emergency, the report of a loss. Numbers of the ledger filled in, nobody's name. Sources: PIPL arts. 31, 51,
//! 54–57; domain.md §6.

use chrono::NaiveDate;

use crate::domain::incident::{Incident, Readable, Told};
use crate::domain::message::Message;
use crate::ledger::privacy::kept::{KeepingRow, UseRow};
use crate::ledger::privacy::report::{PrivacyPaper, PrivacyReport};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::words::Words;

/// The paper.
pub fn print(paper: &PrivacyPaper, report: &PrivacyReport, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = match paper {
        PrivacyPaper::Assessment => words.text("assessment-title"),
        PrivacyPaper::YearCheck(year) => words.say(&Message::new("year-check-title").text("year", year.to_string())),
        PrivacyPaper::ChildRules => words.text("child-rules-title"),
        PrivacyPaper::EmergencyCard => words.text("emergency-title"),
        PrivacyPaper::Incident(_) => words.text("incident-title"),
    };
    let mut blocks = vec![Block::Title(title.clone())];
    blocks.extend(match paper {
        PrivacyPaper::Assessment => assessment(report, words),
        PrivacyPaper::YearCheck(_) => year_check(report, words),
        PrivacyPaper::ChildRules => child_rules(report, words),
        PrivacyPaper::EmergencyCard => emergency(report, words),
        PrivacyPaper::Incident(_) => report.incidents.iter().flat_map(|of| incident(of, words)).collect(),
    });
    frame(if *paper == PrivacyPaper::EmergencyCard { Format::A5 } else { Format::A4 }, title, blocks, around)
}

fn heading(key: &str, words: &Words) -> Block {
    Block::Heading(words.text(key))
}

fn text(key: &str, words: &Words) -> Block {
    Block::Text(words.text(key))
}

fn items<const N: usize>(keys: [&str; N], words: &Words) -> [Block; N] {
    keys.map(|key| Block::Item(words.text(key)))
}

fn write<const N: usize>(keys: [&str; N], words: &Words) -> [Block; N] {
    keys.map(|key| Block::Write(words.text(key)))
}

fn people(report: &PrivacyReport, words: &Words) -> Block {
    let line = Message::new("assessment-people").number("people", report.residents).number("children", report.children);
    Block::Text(words.say(&line))
}

fn table<const N: usize>(heads: [(&str, f32); N], rows: Vec<[String; N]>, words: &Words) -> Block {
    let columns = heads.map(|(key, width)| Column { head: words.text(key), width }).to_vec();
    let rows = rows.into_iter().map(|row| row.map(Cell::Text).to_vec()).collect();
    Block::Table(Table { columns, rows })
}

/// What is kept, for what, on which ground.
fn uses(report: &PrivacyReport, words: &Words) -> Block {
    let row = |UseRow { of, people }: &UseRow| {
        let sensitive = if of.is_sensitive() { "yes-word" } else { "no-word" };
        let kinds = words.text(&format!("use-kinds-{}", of.as_str()));
        [words.of(of), kinds, words.of(&of.ground()), words.text(sensitive), people.to_string()]
    };
    let heads = [
        ("column-use", 7.0),
        ("column-kinds", 13.0),
        ("column-ground", 6.0),
        ("column-sensitive", 4.0),
        ("column-people", 3.0),
    ];
    table(heads, report.uses.iter().map(row).collect(), words)
}

/// How long.
fn keepings(report: &PrivacyReport, words: &Words) -> Block {
    let row = |of: &KeepingRow| {
        let days = words.say(&Message::new("keeping-days").number("days", of.days));
        [words.of(&of.keeping), days, words.say(&of.keeping.why()), of.due.to_string()]
    };
    let heads =
        [("column-kept-what", 8.0), ("column-kept-days", 5.0), ("column-kept-since", 15.0), ("column-kept-due", 4.0)];
    table(heads, report.keepings.iter().map(row).collect(), words)
}

fn assessment(report: &PrivacyReport, words: &Words) -> Vec<Block> {
    let mut blocks = vec![
        Block::Small(words.text("assessment-about")),
        heading("assessment-what", words),
        people(report, words),
        uses(report, words),
        heading("assessment-need", words),
    ];
    blocks.extend(items(["assessment-need-1", "assessment-need-2", "assessment-need-3"], words));
    blocks.push(heading("assessment-risk", words));
    let risks = ["loss", "look", "paper", "press", "wrong"];
    let row = |risk: &&str| {
        let what = words.text(&format!("assessment-risk-{risk}"));
        let (effect, guard) = (format!("assessment-effect-{risk}"), format!("assessment-guard-{risk}"));
        [what, words.text(&effect), words.text(&guard), String::new()]
    };
    let heads = [("column-risk", 8.0), ("column-effect", 8.0), ("column-guard", 14.0), ("column-left", 4.0)];
    blocks.push(table(heads, risks.iter().map(row).collect(), words));
    blocks.extend([heading("assessment-kept", words), keepings(report, words), heading("assessment-end", words)]);
    blocks.extend(write(["assessment-opinion", "assessment-by", "assessment-date"], words));
    blocks.push(Block::Small(words.text("assessment-keep")));
    blocks
}

fn year_check(report: &PrivacyReport, words: &Words) -> Vec<Block> {
    let count = |key: &'static str, count: u64| Block::Tick(words.say(&Message::new(key).number("count", count)));
    let mut blocks = vec![Block::Small(words.text("year-check-about")), heading("year-check-agreed", words)];
    let row = |(purpose, asked): &(crate::domain::consent::Purpose, crate::ledger::consents::Asked)| {
        [words.of(purpose), asked.given.to_string(), asked.withdrawn.to_string(), asked.not_asked.to_string()]
    };
    let heads = [("column-purpose", 12.0), ("column-given", 5.0), ("column-withdrawn", 5.0), ("column-not-asked", 5.0)];
    blocks.push(table(heads, report.asked.iter().map(row).collect(), words));
    blocks.push(heading("year-check-left", words));
    blocks.push(left_table(report, words));
    let due: u64 = report.keepings.iter().map(|of| of.due).sum();
    blocks.extend([
        heading("year-check-kept", words),
        count("year-check-due", due),
        count("year-check-purges", report.purges),
        count("year-check-holds", report.holds as u64),
        heading("year-check-children", words),
        people(report, words),
        count("year-check-looks", report.looks),
        heading("year-check-incidents", words),
        count("year-check-lost", report.incidents.len() as u64),
        count("year-check-untold", report.incidents.iter().filter(|of| !of.still_to_tell().is_empty()).count() as u64),
        heading("year-check-by-hand", words),
    ]);
    let ticks = [
        "year-check-passphrase",
        "year-check-paper-code",
        "year-check-stick",
        "year-check-prints",
        "year-check-training",
    ];
    blocks.extend(ticks.map(|key| Block::Tick(words.text(key))));
    blocks.extend(write(["year-check-mend", "assessment-by", "assessment-date"], words));
    blocks
}

/// What left in the year, by paper and recipient.
fn left_table(report: &PrivacyReport, words: &Words) -> Block {
    let mut by: std::collections::BTreeMap<(String, String), (u64, u64)> = std::collections::BTreeMap::new();
    for row in &report.left {
        let recipient = crate::domain::disclosure::Recipient::from_text(&row.recipient);
        let key = (words.text(&format!("paper-kind-{}", row.paper)), words.say(&recipient.message()));
        let (times, rows) = by.entry(key).or_default();
        (*times, *rows) = (*times + 1, *rows + row.rows);
    }
    let rows = by.into_iter().map(|((paper, to), (times, rows))| [paper, to, times.to_string(), rows.to_string()]);
    let heads = [("column-paper", 10.0), ("column-to", 10.0), ("column-how-often", 4.0), ("column-rows-left", 4.0)];
    table(heads, rows.collect(), words)
}

fn child_rules(report: &PrivacyReport, words: &Words) -> Vec<Block> {
    let mut blocks = vec![Block::Small(words.text("child-rules-about")), people(report, words)];
    let rules = [
        "child-rule-agree",
        "child-rule-what",
        "child-rule-hidden",
        "child-rule-why",
        "child-rule-print",
        "child-rule-out",
        "child-rule-own",
        "child-rule-kept",
        "child-rule-rights",
        "child-rule-check",
    ];
    blocks.extend(items(rules, words));
    blocks.extend(write(["child-rules-person", "notice-contact", "assessment-date"], words));
    blocks
}

fn emergency(report: &PrivacyReport, words: &Words) -> Vec<Block> {
    let mut blocks = vec![text("emergency-about", words)];
    let steps = ["emergency-1", "emergency-2", "emergency-3", "emergency-4", "emergency-5"];
    blocks.extend(steps.map(|key| Block::Tick(words.text(key))));
    blocks.push(heading("emergency-call", words));
    for phone in report.phones.iter().take(6) {
        let [what, rest @ ..] = phone.as_slice() else { continue };
        blocks.push(Block::Pair(what.clone(), rest.join("  ")));
    }
    blocks.extend(write(["emergency-town", "emergency-office"], words));
    blocks
}

fn incident(of: &Incident, words: &Words) -> Vec<Block> {
    let pair = |key: &str, text: String| Block::Pair(words.text(key), text);
    let data: Vec<String> = of.data.iter().map(|kind| words.of(kind)).collect();
    let mut blocks = vec![
        pair("incident-when", words.say(&Message::new("day").date("on", of.on))),
        pair("incident-kind", words.of(&of.kind)),
        pair("incident-what", if of.what.is_empty() { words.text("nothing-written") } else { of.what.clone() }),
        pair("incident-data", data.join(&words.text("list-comma"))),
        pair("incident-people", words.say(&Message::new("people-count").number("count", of.people))),
        pair(
            "incident-readable",
            words.text(match of.kind.readable() {
                Readable::Sealed => "incident-sealed",
                Readable::Plain => "incident-plain",
            }),
        ),
        heading("incident-effect", words),
    ];
    blocks.extend(write(["incident-harm", "incident-done"], words));
    blocks.push(heading("incident-told", words));
    for who in Told::ALL {
        let told = of.told.iter().find(|(told, _)| told == who);
        blocks.push(match told {
            Some((_, on)) => Block::Pair(words.of(who), words.say(&Message::new("day").date("on", *on))),
            None => Block::Write(words.of(who)),
        });
    }
    blocks.push(Block::Small(words.text("incident-law")));
    blocks.extend(write(["assessment-by", "assessment-date"], words));
    blocks
}
