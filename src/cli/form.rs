//! `form`: the township's own spreadsheet, its cells bound once and filled every month.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::{Answer, Scene, with_rows};
use crate::domain::form_word::{FormWord, TextWord};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::exchange::form::At;
use crate::ledger::forms::{BoundForm, may_be_counted};
use crate::ledger::handouts::Out;
use crate::ledger::sections::Section;
use crate::ledger::view::View;
use crate::paper::form::{FormContent, FormOrder, content, made};
use crate::paper::roster::RosterColumn;
use crate::words::Words;

/// Commands about the township's form.
#[derive(Subcommand, Clone)]
pub enum Forms {
    /// The words that a cell may be bound to
    Fields {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Bind cells, such as B4=count.elder-check.told; B4= takes it away; without any, say what is bound
    Bind {
        /// The form, an xlsx file
        file: PathBuf,
        /// CELL=WORD
        cells: Vec<String>,
        /// The sheet; the first one where it is not said
        #[arg(long, default_value = "")]
        sheet: String,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Fill the bound cells of a form into a new file
    Fill {
        /// The form, an xlsx file; it stays as it is
        file: PathBuf,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The day it is made for
        #[arg(long)]
        as_of: Option<NaiveDate>,
        /// The office it goes to
        #[arg(long)]
        recipient: Option<String>,
        /// What for
        #[arg(long)]
        purpose: Option<String>,
    },
}

impl Forms {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Fields { json: true } | Self::Bind { json: true, .. })
    }
}

/// Runs one.
pub(super) fn run(act: &Forms, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let (words, stamp) = (&scene.words, scene.clock.stamp());
    match act {
        Forms::Fields { .. } => Ok(fields(ledger, words)),
        Forms::Bind { file, cells, sheet, .. } => bind(ledger, words, (file, sheet), cells),
        Forms::Fill { file, out, as_of, recipient, purpose } => {
            let usual = FormOrder::new(words);
            let order = FormOrder {
                recipient: recipient.clone().unwrap_or(usual.recipient),
                purpose: purpose.clone().unwrap_or(usual.purpose),
            };
            fill(ledger, words, (file, out), &order, (as_of.unwrap_or(stamp.today), &stamp))
        }
    }
}

/// Every word with its meaning.
fn fields(view: &View, words: &Words) -> Answer {
    let mut all: Vec<(FormWord, String)> = Vec::new();
    all.extend(
        TextWord::ALL.map(|word| (FormWord::Text(word), words.text(&format!("township-form-text-{}", word.as_str())))),
    );
    all.push((FormWord::Residents, words.text("township-form-residents")));
    all.push((FormWord::Households, words.text("township-form-households")));
    for programme in view.programmes().iter().filter(|programme| may_be_counted(programme)) {
        for section in Section::ALL {
            let meaning = format!("{} {}", words.pick(&programme.names), words.text(section.key()));
            let (id, section) = (programme.id.clone(), section.as_str().to_owned());
            all.push((FormWord::Count { programme: id, section }, meaning));
        }
    }
    let columns: Vec<&str> = RosterColumn::ALL
        .iter()
        .filter(|column| **column != RosterColumn::Tick)
        .map(|column| column.as_str())
        .collect();
    let rows = all.iter().map(|(word, meaning)| json!({ "word": word.to_string(), "meaning": meaning }));
    let mut lines: Vec<String> = all.iter().map(|(word, meaning)| format!("{word}\t{meaning}")).collect();
    lines.push(words.say(&Message::new("cli-form-columns").text("columns", columns.join(", "))));
    Answer { document: with_rows(&json!({ "columns": columns }), rows), ..Answer::new(&json!({}), lines) }
}

fn bind(ledger: &mut Ledger, words: &Words, (file, sheet): (&Path, &str), cells: &[String]) -> Result<Answer> {
    let mut bound = ledger.form(file)?;
    let sheet = bound.form.sheet(sheet).ok_or_else(|| LedgerError::refused("township-form-no-such-sheet"))?;
    for said in cells {
        let (at, word) = said
            .split_once('=')
            .and_then(|(cell, word)| Some((At::parse(cell.trim())?, word.trim())))
            .ok_or_else(|| wrong(said))?;
        if word.is_empty() {
            let first = bound.form.sheets.get(sheet).map_or(at, |found| found.first_of(at));
            bound.bindings.remove(&(sheet, first));
            continue;
        }
        let word = FormWord::parse(word).ok_or_else(|| wrong(said))?;
        let place = ledger.may_bind(&bound.form, (sheet, at), &word)?;
        bound.bindings.insert(place, word);
    }
    if !cells.is_empty() {
        ledger.remember_form(&bound.form.signature, &bound.bindings)?;
    }
    Ok(told(&bound, words))
}

fn wrong(said: &str) -> LedgerError {
    LedgerError::new(ErrorKind::Refused, Message::new("cli-form-wrong").text("said", said))
}

fn told(bound: &BoundForm, words: &Words) -> Answer {
    let name = |sheet: usize| bound.form.sheets.get(sheet).map_or("", |found| found.name.as_str());
    let row = |((sheet, at), word): (&(usize, At), &FormWord)| -> Value {
        json!({ "sheet": name(*sheet), "cell": at.to_string(), "word": word.to_string() })
    };
    let mut lines: Vec<String> =
        bound.bindings.iter().map(|((sheet, at), word)| format!("{}!{at}\t{word}", name(*sheet))).collect();
    if lines.is_empty() {
        lines.push(words.text("township-form-nothing-bound"));
    }
    let document = with_rows(&json!({ "file": bound.form.file }), bound.bindings.iter().map(row));
    Answer { document, ..Answer::new(&json!({}), lines) }
}

fn fill(
    ledger: &mut Ledger,
    words: &Words,
    (file, out): (&Path, &Path),
    order: &FormOrder,
    (on, stamp): (NaiveDate, &Stamp),
) -> Result<Answer> {
    let bound = ledger.form(file)?;
    let facts = ledger.form_facts(&bound.bindings, on)?;
    let content: FormContent = content(&bound, &facts, order, words)?;
    let leaving = order.leaving(&bound.bindings);
    let handed = ledger.hand_out(&Out::At(out.to_owned()), &leaving, stamp, |_| made(file, &bound, &content))?;
    let path = handed.path.display().to_string();
    let said = Message::new("cli-form-filled").text("path", path.clone()).number("cells", bound.bindings.len() as u64);
    let mut lines = vec![words.say(&said.number("people", content.people))];
    if content.left_out > 0 {
        lines.push(words.say(&Message::new("paper-left-out").number("count", content.left_out)));
    }
    let answer = json!({ "ok": true, "path": path, "people": content.people, "left_out": content.left_out });
    Ok(Answer::new(&answer, lines))
}
