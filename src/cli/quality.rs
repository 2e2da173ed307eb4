//! What is missing or contradicts itself; and the people by age and sex.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::{Answer, Exit, with_rows};
use crate::clock::Clock;
use crate::domain::message::Message;
use crate::domain::pyramid::{Counted, Pyramid, label};
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::quality::{FindingRow, Quality};
use crate::words::Words;

/// Commands that look at the ledger as a whole.
#[derive(Subcommand, Clone)]
pub enum Whole {
    /// What is missing, contradictory or doubtful, with what mends it
    Quality {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// The people who live here by age and sex
    Pyramid {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

impl Whole {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Quality { json: true } | Self::Pyramid { json: true })
    }
}

/// Runs one.
pub(super) fn run(whole: &Whole, ledger: &Ledger, words: &Words, clock: &Clock) -> Result<Answer> {
    let today = clock.stamp().today;
    match whole {
        Whole::Quality { .. } => Ok(quality(&ledger.quality(today)?, words)),
        Whole::Pyramid { .. } => Ok(pyramid(&ledger.pyramid(today)?, words)),
    }
}

fn quality(found: &Quality, words: &Words) -> Answer {
    let counts: serde_json::Map<String, Value> =
        found.counts.iter().map(|(kind, count)| (kind.as_str().to_owned(), json!(count))).collect();
    let row = |row: &FindingRow| {
        json!({
            "kind": row.kind.as_str(),
            "severity": row.kind.severity().as_str(),
            "uid": row.uid,
            "name": row.name,
            "group": row.group,
            "household": row.household,
            "mend": row.mend.as_str(),
        })
    };
    let document = with_rows(&json!({ "counts": counts }), found.rows.iter().map(row));
    let mut lines = Vec::new();
    for (kind, count) in &found.counts {
        lines.push(format!("{}\t{count}", words.of(kind)));
        for row in found.rows.iter().filter(|row| row.kind == *kind) {
            let mend = words.text(&format!("mend-{}", row.mend.as_str()));
            let name = row.programme.as_ref().map_or(row.name.as_str(), |names| words.pick(names));
            lines.push(format!("\t{name}\t{}\t{}\t{mend}", row.group, row.household));
        }
    }
    if lines.is_empty() {
        lines.push(words.text("quality-none"));
    }
    Answer { exit: Exit::Done, document, lines }
}

fn pyramid(pyramid: &Pyramid, words: &Words) -> Answer {
    let counted = |ages: &str, counted: &Counted| json!({ "ages": ages, "male": counted.male, "female": counted.female, "unknown": counted.unknown });
    let rows = pyramid.bands.iter().enumerate().map(|(band, counts)| counted(&label(band), counts));
    let head = json!({ "total": pyramid.total(), "aside": pyramid.aside });
    let line = |ages: String, counts: Counted| {
        format!("{ages}\t{}\t{}\t{}\t{}", counts.male, counts.female, counts.unknown, counts.all())
    };
    let heading = ["pyramid-ages", "sex-male", "sex-female", "pyramid-unknown-sex", "pyramid-all"];
    let mut lines = vec![heading.map(|key| words.say(&Message::new(key))).join("\t")];
    lines.extend(pyramid.bands.iter().enumerate().map(|(band, counts)| line(label(band), *counts)));
    lines.push(line(words.text("pyramid-aside"), pyramid.aside));
    lines.push(line(words.text("pyramid-all"), pyramid.total()));
    Answer { exit: Exit::Done, document: with_rows(&head, rows), lines }
}
