//! Facts, the county's values, amounts and what may be claimed.

use std::path::Path;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::amount;
use crate::cli::applications::{self, Step};
use crate::cli::{Answer, Exit, Scene};
use crate::domain::application::Phase;
use crate::domain::fact::FactKind;
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::amount::Sure;
use crate::domain::programme::{Conditions, LocalDef, Programme};
use crate::domain::resident::FactValue;
use crate::ledger::Ledger;
use crate::ledger::benefits::{Claim, Unapplied};
use crate::ledger::command::{Command, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::facts::{FactProblem, read_list};
use crate::ledger::local_file::{LocalFile, Refused};
use crate::words::Words;

/// Commands about benefits and what they rest on.
#[derive(Subcommand, Clone)]
pub enum Dues {
    /// What somebody born on a day may have from a programme, year by year
    Amount {
        /// The programme's id
        programme: String,
        /// The day of birth, or its month, or its year: 2024-07-15, 2024-07, 2024
        #[arg(long, value_parser = amount::birth)]
        born: PartialDate,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// What people here may have this year, with the last day to apply
    Benefits {
        /// The calendar year (default: this one)
        #[arg(long, value_parser = clap::value_parser!(i32).range(2000..=2100))]
        year: Option<i32>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// An application, step by step
    Application {
        #[command(subcommand)]
        step: Step,
    },
    /// What was paid in a calendar year, by programme, with the people behind each number
    Totals {
        /// The calendar year
        #[arg(value_parser = clap::value_parser!(i32).range(2000..=2100))]
        year: i32,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Kinds of fact, or a list of facts
    Facts {
        #[command(subcommand)]
        act: Facts,
    },
    /// What the county set
    Local {
        #[command(subcommand)]
        act: Local,
    },
}

/// Commands about facts.
#[derive(Subcommand, Clone)]
pub enum Facts {
    /// Which kinds there are, and the values of each
    Kinds {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Write a list of facts as one change: id_number,kind,value,on
    Import {
        /// The list: csv or a spreadsheet
        file: std::path::PathBuf,
        /// Who says so
        #[arg(long)]
        source: String,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Commands about what the county set.
#[derive(Subcommand, Clone)]
pub enum Local {
    /// Enter a value from the town's paper; an empty one takes it away
    Set {
        /// The programme's id
        programme: String,
        /// The key, as local show names it
        key: String,
        /// The value: yuan, months, a day 12-20, a word
        value: String,
        /// The paper
        #[arg(long)]
        source: String,
        /// The day since which it holds (default: today)
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Write what is set into a new small file for another village
    Export {
        /// The file
        file: std::path::PathBuf,
    },
    /// Take over the values of another village's file as one change; nothing where one of them is refused
    Import {
        /// The file
        file: std::path::PathBuf,
    },
    /// What may be set, and what is
    Show {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

impl Dues {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Amount { json, .. } | Self::Benefits { json, .. } | Self::Totals { json, .. } => *json,
            Self::Application { step } => step.json(),
            Self::Facts { act: Facts::Kinds { json } | Facts::Import { json, .. } } => *json,
            Self::Local { act: Local::Show { json } } => *json,
            Self::Local { act: Local::Set { .. } | Local::Export { .. } | Local::Import { .. } } => false,
        }
    }
}

/// Runs what needs no ledger; none where one is needed.
pub(super) fn without_ledger(act: &Dues, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Dues::Amount { programme, born, .. } => Some(amount::run(programme, *born, scene)),
        Dues::Facts { act: Facts::Kinds { .. } } => Some(Ok(kinds(&scene.words))),
        _ => None,
    }
}

/// Runs one of them.
pub(super) fn run(act: &Dues, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    match act {
        Dues::Amount { programme, born, .. } => {
            Ok(amount::answer(&*ledger.programme(programme)?, *born, words, stamp.today))
        }
        Dues::Benefits { year, .. } => benefits(ledger, words, *year, stamp.today),
        Dues::Application { step } => applications::run(step, ledger, words, stamp),
        Dues::Totals { year, .. } => applications::totals(ledger, words, *year),
        Dues::Facts { act: Facts::Kinds { .. } } => Ok(kinds(words)),
        Dues::Facts { act: Facts::Import { file, source, .. } } => import(ledger, words, file, source, stamp),
        Dues::Local { act: Local::Show { .. } } => show(ledger, words),
        Dues::Local { act: Local::Export { file } } => export_local(ledger, words, file),
        Dues::Local { act: Local::Import { file } } => import_local(ledger, words, file, stamp),
        Dues::Local { act: Local::Set { programme, key, value, source, on } } => {
            let command = Command::SetLocal {
                programme: programme.clone(),
                key: key.clone(),
                value: value.clone(),
                source: source.clone(),
                on: on.unwrap_or(stamp.today),
            };
            Ok(super::write::said(&ledger.run(&command, stamp)?, words))
        }
    }
}

/// The fact that two words name.
pub(super) fn fact(kind: &str, value: &str) -> Result<FactValue> {
    let kind = FactKind::from_word(kind).ok_or_else(|| LedgerError::refused("cli-fact-kind"))?;
    FactValue::from_word(kind, value).ok_or_else(|| LedgerError::refused("cli-fact-value"))
}

pub(super) fn by(apply_by: Option<NaiveDate>, words: &Words) -> String {
    let on = |day| words.say(&Message::new("cli-by").date("on", day));
    apply_by.map_or_else(|| words.text("cli-no-deadline"), on)
}

/// Whether who fulfils the clauses may have it; of what is told to everybody of an age nobody is said to miss it.
fn is_asked(claim: &Claim) -> bool {
    claim.programme.conditions == Conditions::Asked
}

fn benefits(ledger: &Ledger, words: &Words, year: Option<i32>, today: NaiveDate) -> Result<Answer> {
    use chrono::Datelike as _;
    let year = year.unwrap_or(today.year());
    let claims = ledger.claims_in(year, today)?;
    let row = |claim: &Claim| {
        json!({
            "programme": claim.programme.id,
            "uid": claim.uid,
            "period": claim.period,
            "state": claim.state.as_str(),
            "fen": claim.amount.map(|amount| amount.fen),
            "from_fen": claim.worth().map(|span| span.least),
            "to_fen": claim.worth().map(|span| span.most),
            "sure": claim.worth().map(|span| span.sure == Sure::Sourced),
            "deadline": claim.deadline.map(|day| day.to_string()),
            "days_left": claim.days_left,
            "open": claim.is_open() && is_asked(claim),
            "conditions": if is_asked(claim) { "asked" } else { "told" },
            "warning": claim.warning(),
            "application": claim.phase.map(Phase::as_str),
            "renewal": claim.renewal,
        })
    };
    let line = |claim: &Claim| {
        let turn = claim.year().map(|year| format!(" {year}")).unwrap_or_default();
        let name = format!("{}  {}{turn}", claim.name, words.pick(&claim.programme.names));
        let yuan = claim.worth().map_or_else(|| words.text("cli-not-set"), |span| amount::between(span, words));
        let message = Message::new("cli-benefit-line").text("name", name);
        let by = if is_asked(claim) { by(claim.deadline, words) } else { words.text("cli-benefit-told") };
        words.say(&message.text("yuan", yuan).text("by", by))
    };
    let lines = claims.iter().map(line).collect();
    let asked = claims.iter().filter(|claim| is_asked(claim));
    let total: i64 = asked.filter_map(|claim| claim.amount.map(|amount| amount.fen)).sum();
    let open = Unapplied::of(claims.clone());
    let head = json!({
        "year": year,
        "fen": total,
        "unapplied": {
            "fen": open.fen, "persons": open.persons, "households": open.households, "unknown": open.unknown,
        },
    });
    Ok(Answer { exit: Exit::Done, document: super::with_rows(&head, claims.iter().map(row)), lines })
}

fn kinds(words: &Words) -> Answer {
    let value = |kind: FactKind, word: &str| {
        let shown = FactValue::from_word(kind, word).map(|value| words.of(&value));
        json!({ "value": word, "name": shown })
    };
    let row = |kind: &FactKind| {
        let values: Vec<&str> = kind.values().iter().map(|(word, _)| *word).collect();
        let named: Vec<Value> = values.iter().map(|word| value(*kind, word)).collect();
        json!({ "kind": kind.as_str(), "name": words.of(kind), "values": values, "named": named })
    };
    let line = |kind: &FactKind| {
        let values: Vec<&str> = kind.values().iter().map(|(word, _)| *word).collect();
        format!("{}  {}  {}", kind.as_str(), words.of(kind), values.join(" | "))
    };
    let lines = FactKind::ALL.iter().map(line).collect();
    Answer::new(&Value::Array(FactKind::ALL.iter().map(row).collect()), lines)
}

fn import(ledger: &mut Ledger, words: &Words, file: &Path, source: &str, stamp: &Stamp) -> Result<Answer> {
    let list = read_list(ledger, file, stamp.today)?;
    let (read, written) = (list.facts.len() + list.problems.len() + list.older, list.facts.len());
    let done = if list.facts.is_empty() {
        None
    } else {
        Some(ledger.run(&Command::ImportFacts { rows: list.facts, source: source.to_owned() }, stamp)?)
    };
    let problem = |problem: &FactProblem| json!({ "line": problem.line, "problem": words.text(problem.key) });
    let head = Message::new("cli-facts-imported").number("rows", read).number("written", written);
    let mut lines = vec![words.say(&head.number("rejected", list.problems.len()))];
    if list.older > 0 {
        lines.push(words.say(&Message::new("cli-facts-older").number("count", list.older)));
    }
    lines.extend(list.problems.iter().map(|problem| {
        words.say(&Message::new("cli-facts-line").number("line", problem.line).word("problem", problem.key))
    }));
    let change = done.as_ref().and_then(|done| done.change.as_ref());
    let document = json!({
        "ok": true,
        "rows": read,
        "written": written,
        "older": list.older,
        "change": change.map(|change| &change.uid),
        "rejected": list.problems.iter().map(problem).collect::<Vec<_>>(),
    });
    let exit = if list.problems.is_empty() { Exit::Done } else { Exit::Findings };
    Ok(Answer { exit, document: document.to_string(), lines })
}

fn export_local(ledger: &Ledger, words: &Words, file: &Path) -> Result<Answer> {
    let count = ledger.export_local_to(file)?;
    let line = words.say(&Message::new("cli-local-written").number("count", count as u64));
    Ok(Answer::new(&json!({ "ok": true, "values": count }), vec![line]))
}

/// All of a file that holds nothing wrong, or nothing: a script cannot look at it first.
fn import_local(ledger: &mut Ledger, words: &Words, file: &Path, stamp: &Stamp) -> Result<Answer> {
    let LocalFile { values, refused } = ledger.look_at_local(file, stamp.today)?;
    if refused.is_empty() {
        return Ok(super::write::said(&ledger.run(&Command::SetLocals { values }, stamp)?, words));
    }
    let line = |one: &Refused| {
        let message = Message::new("cli-local-refused").number("number", one.number as u64);
        words.say(&message.text("name", one.name.clone()).word("problem", one.problem.key()))
    };
    let row =
        |one: &Refused| json!({ "number": one.number, "name": one.name, "problem": words.text(one.problem.key()) });
    let document = json!({ "ok": false, "values": 0, "refused": refused.iter().map(row).collect::<Vec<_>>() });
    let lines = refused.iter().map(line).collect();
    Ok(Answer { exit: Exit::Findings, document: document.to_string(), lines })
}

fn show(ledger: &Ledger, words: &Words) -> Result<Answer> {
    let (standards, sources) = (ledger.local_standards()?, ledger.sources()?);
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for programme in ledger.programmes() {
        for def in &programme.local {
            let set = standards.get(&programme.id, &def.key);
            let title = set.and_then(|set| sources.get(&set.source)).map(|source| source.title.as_str());
            rows.push(json!({
                "programme": programme.id,
                "key": def.key,
                "name": words.pick(&def.names),
                "min": def.min,
                "max": def.max,
                "choices": def.choices,
                "default": def.default,
                "value": set.map(|set| set.value.as_str()),
                "source": title,
                "on": set.map(|set| set.on.to_string()),
            }));
            lines.push(local_line(programme, def, set.map(|set| set.value.as_str()), words));
        }
    }
    Ok(Answer::new(&json!({ "rows": rows }), lines))
}

fn local_line(programme: &Programme, def: &LocalDef, value: Option<&str>, words: &Words) -> String {
    let value = value.or(def.default.as_deref()).map_or_else(|| words.text("cli-not-set"), str::to_owned);
    format!("{}  {}  {}  {value}", programme.id, def.key, words.pick(&def.names))
}
