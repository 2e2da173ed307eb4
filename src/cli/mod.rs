//! The command line: the same commands and reads as the window, for scripts, tests and service desks.
//!
//! May use `ledger`, `words`, `clap`; never a window. Sentences go to stderr, results to stdout.

mod amount;
mod applications;
mod args;
mod batch;
mod benefits;
mod campaign;
mod campaign_file;
mod child;
mod consent;
mod duplicates;
mod escrow;
mod form;
mod hand_up;
mod import;
mod join;
mod manual;
mod month;
mod people;
mod plan;
mod print;
mod privacy;
mod quality;
mod reconcile;
mod recover;
mod secrets;
mod show;
mod statistics;
mod tasks;
mod township;
mod twins;
mod village;
mod write;

pub use args::{Act, Args, Lang, Renderer};

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::clock::Clock;
use crate::domain::message::Say as _;
use crate::domain::shipped::{self, Part};
use crate::ledger::Ledger;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::words::Words;

/// What the program answers to whoever started it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: done, with rejected rows or findings.
    Findings,
    /// 3: locked, or open elsewhere.
    Locked,
    /// 4: damaged, or the wrong key.
    Damaged,
    /// 5: cannot read or write.
    Disk,
    /// 6: refused by a rule.
    Refused,
}

impl Exit {
    /// The number for the operating system; 2 (usage) is given by the argument parser.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Locked => 3,
            Self::Damaged => 4,
            Self::Disk => 5,
            Self::Refused => 6,
        }
    }

    fn of(error: &LedgerError) -> Self {
        match error.kind {
            ErrorKind::Locked => Self::Locked,
            ErrorKind::Damaged => Self::Damaged,
            ErrorKind::Disk => Self::Disk,
            ErrorKind::Refused | ErrorKind::Cancelled => Self::Refused,
        }
    }
}

/// What a command line runs in.
pub struct Scene {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// The words to answer with.
    pub words: Words,
    /// The clock.
    pub clock: Clock,
}

/// What a command answers: a document for `--json`, lines for people.
struct Answer {
    exit: Exit,
    /// JSON text.
    document: String,
    lines: Vec<String>,
}

impl Answer {
    fn new(document: &Value, lines: Vec<String>) -> Self {
        Self { exit: Exit::Done, document: document.to_string(), lines }
    }
}

/// A document whose `rows` are made one by one: a county's list has 150,000, and as values they would fill gigabytes.
fn with_rows(head: &Value, rows: impl Iterator<Item = Value>) -> String {
    let mut text = head.to_string();
    text.pop();
    // A head without anything in it is no reason for a comma.
    text.push_str(if text.ends_with('{') { "\"rows\":[" } else { ",\"rows\":[" });
    for (at, row) in rows.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&row.to_string());
    }
    text.push_str("]}");
    text
}

/// Runs one command and writes its answer; errors are one sentence on stderr.
pub fn run(act: &Act, scene: &Scene) -> Exit {
    if matches!(act, Act::Batch) {
        return finish(batch::run(scene), scene);
    }
    let answer = answer(act, scene);
    finish(answer.and_then(|answer| print(act, &answer)), scene)
}

fn finish(result: Result<Exit>, scene: &Scene) -> Exit {
    result.unwrap_or_else(|error| {
        tracing::warn!(%error, "refused");
        let sentence = scene.words.say(&error.message());
        // Nothing sensible is left to do where stderr itself is gone.
        let _ = writeln!(std::io::stderr(), "{sentence}");
        Exit::of(&error)
    })
}

fn answer(act: &Act, scene: &Scene) -> Result<Answer> {
    match act {
        Act::Init { village, name, paper_code } => village::init(scene, village, name, paper_code.as_deref()),
        Act::Demo { residents, seed } => village::demo(scene, *residents, *seed),
        Act::CopyIn { file } => village::copy_in(scene, file),
        Act::Restore { file, .. } => village::restore(scene, file),
        Act::Passphrase => village::passphrase(scene),
        Act::PaperCode { paper_code } => village::paper_code(scene, paper_code.as_deref()),
        act => match without_ledger(act, scene) {
            Some(answer) => answer,
            None => {
                let mut ledger = secrets::open(scene)?;
                let answer = on_ledger(act, &mut ledger, scene)?;
                note_medium(&ledger, scene);
                Ok(answer)
            }
        },
    }
}

/// Says that nothing can be written, where something could still be read.
fn note_medium(ledger: &Ledger, scene: &Scene) {
    if let Some(fault) = ledger.medium_fault() {
        let _ = writeln!(std::io::stderr(), "{}", scene.words.of(&fault));
    }
}

/// The answer of a command that needs no ledger.
fn without_ledger(act: &Act, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Act::Dues(act) => benefits::without_ledger(act, scene),
        Act::Plan(args) => Some(plan::run(args, &scene.words)),
        Act::Licences { .. } => Some(Ok(licences())),
        Act::Manual { to } => Some(manual::write(to, scene)),
        Act::Upward(act) => hand_up::without_ledger(act, scene),
        Act::Escrow(act) => escrow::without_ledger(act, scene),
        Act::Privacy(act) => privacy::without_ledger(act, scene),
        Act::Recover(act) => recover::without_ledger(act, scene),
        _ => None,
    }
}

fn licences() -> Answer {
    let parts: Vec<Part> = shipped::parts().collect();
    let line = |part: &Part| format!("{} {} · {} · {}", part.name, part.version, part.licence, part.source);
    let lines = parts.iter().map(line).collect();
    Answer::new(&json!({ "ok": true, "parts": parts }), lines)
}

/// A command on an open ledger; also each line of a batch.
fn on_ledger(act: &Act, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Act::Check => village::check(ledger, scene),
        Act::CopyOut { folder } => village::copy_out(ledger, folder, scene),
        Act::Import(args) => import::run(args, ledger, scene),
        Act::Reconcile(args) => reconcile::run(args, ledger, scene),
        Act::Log { .. } | Act::Residents { .. } | Act::Lists { .. } | Act::List { .. } | Act::Why { .. } => {
            show::run(act, ledger, scene)
        }
        Act::Form(act) => form::run(act, ledger, scene),
        Act::Tasks(act) => tasks::run(act, ledger, scene),
        Act::Campaign(act) => campaign::run(act, ledger, scene),
        Act::Plan(args) => plan::run(args, &scene.words),
        Act::Licences { .. } => Ok(licences()),
        Act::Manual { to } => manual::write(to, scene),
        Act::People(people) if people.is_read() => people::show(people, ledger, &scene.words, &scene.clock.stamp()),
        Act::Twice(duplicates::Twice::Duplicates { limit, child, .. }) => {
            duplicates::show(*limit, *child, ledger, (&scene.words, &scene.clock.stamp()))
        }
        Act::Whole(whole) => quality::run(whole, ledger, &scene.words, &scene.clock),
        Act::Papers(papers) => print::run(papers, ledger, scene),
        Act::Consents(act) => consent::run(act, ledger, &scene.words, &scene.clock.stamp()),
        Act::Upward(act) => hand_up::run(act, ledger, scene),
        Act::Month(act) => month::run(act, ledger, scene),
        Act::Escrow(act) => escrow::run(act, ledger, scene),
        Act::Privacy(act) => privacy::run(act, ledger, scene),
        Act::Recover(_) => recover::run(ledger, scene),
        Act::Dues(act) => benefits::run(act, ledger, &scene.words, &scene.clock.stamp()),
        act => write::run(act, ledger, scene),
    }
}

fn print(act: &Act, answer: &Answer) -> Result<Exit> {
    let mut out = std::io::stdout().lock();
    let written = if act.json() {
        writeln!(out, "{}", answer.document)
    } else {
        answer.lines.iter().try_for_each(|line| writeln!(out, "{}", printable(line)))
    };
    match written.and_then(|()| out.flush()) {
        Ok(()) => Ok(answer.exit),
        // Whoever reads has closed the pipe: they have what they wanted.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(answer.exit),
        Err(error) => Err(LedgerError::io(error, "stdout".as_ref())),
    }
}

/// Without control characters: a name from a hostile file must not drive the terminal.
fn printable(line: &str) -> String {
    line.chars().filter(|c| *c == '\t' || !c.is_control()).collect()
}
