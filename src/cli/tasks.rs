//! The day's work: the worklist, tasks by hand, a round on paper and what came of it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::print::hand_out;
use crate::cli::write::said;
use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::entry::{Entry, EntryAct};
use crate::domain::message::Message;
use crate::domain::rule;
use crate::domain::worklist::{PutOff, TaskEnd};
use crate::ledger::Ledger;
use crate::ledger::command::{Command, NewTask};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::material::PaperWish;
use crate::ledger::rounds::{Reach, RoundWish};
use crate::ledger::worklist::{About, TaskFilter, TaskRow, day_words, visit_words};
use crate::paper::group_words;
use crate::paper::order::Order;
use crate::words::Words;

/// Commands about the day's work.
#[derive(Subcommand, Clone)]
pub enum Tasks {
    /// What is to be done
    Worklist(Wanted),
    /// A task written by hand
    Task {
        #[command(subcommand)]
        act: TaskAct,
    },
    /// Put off what the worklist asks about somebody and a programme
    PutOff {
        /// Uid or id number
        resident: String,
        /// The programme's id
        programme: String,
        /// Until this day (default: not needed in this turn)
        #[arg(long)]
        until: Option<NaiveDate>,
    },
    /// Print a round with a code a line, to be typed in with `enter`
    Round {
        /// Where to: a name ending in .pdf or .xlsx that no file has
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Only this group; may be given several times
        #[arg(long)]
        group: Vec<String>,
        /// Only this household, by uid; may be given several times
        #[arg(long)]
        household: Vec<String>,
        /// What is due later, too
        #[arg(long)]
        all: bool,
    },
    /// Enter a line of a round's paper: "A7K2M 1", "B2MC4 x 周五再去"
    Enter {
        /// Code, sign and what else is to be done
        line: String,
        /// The true day (default: today)
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Only say what it would do
        #[arg(long)]
        dry_run: bool,
    },
}

/// Whose tasks.
#[derive(Args, Clone)]
pub struct Wanted {
    /// Only this group
    #[arg(long)]
    group: Option<String>,
    /// Only the groups that this contact person looks after
    #[arg(long)]
    contact: Option<String>,
    /// As of this day (default: today)
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

/// What happens to a task written by hand.
#[derive(Subcommand, Clone)]
pub enum TaskAct {
    /// Write one down
    Add {
        /// In a few words
        what: String,
        /// By when (default: today)
        #[arg(long)]
        due: Option<NaiveDate>,
        /// About whom: uid or id number
        #[arg(long)]
        resident: Option<String>,
    },
    /// It is done
    Done {
        /// Its uid
        task: String,
        /// The true day (default: today)
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// It is not needed any more
    NotNeeded {
        /// Its uid
        task: String,
    },
    /// Another day
    PutTo {
        /// Its uid
        task: String,
        /// The new day
        due: NaiveDate,
    },
}

impl Tasks {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Worklist(Wanted { json: true, .. }))
    }
}

/// Runs one of them.
pub(super) fn run(act: &Tasks, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let (words, stamp) = (&scene.words, scene.clock.stamp());
    let command = match act {
        Tasks::Worklist(wanted) => return worklist(ledger, words, wanted, stamp.today),
        Tasks::Round { out, group, household, all } => {
            let reach = if *all { Reach::All } else { Reach::ThisWeek };
            let wish = RoundWish { groups: group.clone(), households: household.clone(), reach };
            let plan = ledger.plan_round(&wish, stamp.today)?;
            ledger.run(&Command::MakeRound(Box::new(plan)), &stamp)?;
            return hand_out(ledger, scene, Order::new(PaperWish::Round, words), out);
        }
        Tasks::Enter { line, on, dry_run } => {
            let entry = Entry::parse(line, stamp.today).map_err(|problem| LedgerError::refused(problem.key()))?;
            let row = ledger.row_of_round(entry.code)?;
            if *dry_run {
                return Ok(would(&row.name, words.pick(&row.programme.names), &entry, words));
            }
            let (resident, programme) = (row.uid, row.programme.id.clone());
            Command::Enter { resident, programme, act: entry.act, note: entry.note, on: on.unwrap_or(stamp.today) }
        }
        Tasks::PutOff { resident, programme, until } => {
            let resident = ledger.resident(resident)?.uid;
            let how = until.map_or(PutOff::ThisTurn, PutOff::Until);
            Command::PutOff { resident, programme: programme.clone(), how, on: stamp.today }
        }
        Tasks::Task { act } => by_hand(act, ledger, stamp.today)?,
    };
    Ok(said(&ledger.run(&command, &stamp)?, words))
}

fn by_hand(act: &TaskAct, ledger: &Ledger, today: NaiveDate) -> Result<Command> {
    Ok(match act {
        TaskAct::Add { what, due, resident } => {
            let resident = resident.as_ref().map(|of| ledger.resident(of).map(|row| row.uid)).transpose()?;
            Command::WriteTask(Box::new(NewTask { what: what.clone(), due_on: due.unwrap_or(today), resident }))
        }
        TaskAct::Done { task, on } => {
            Command::EndTask { task: task.clone(), how: TaskEnd::Done, on: on.unwrap_or(today) }
        }
        TaskAct::NotNeeded { task } => Command::EndTask { task: task.clone(), how: TaskEnd::NotNeeded, on: today },
        TaskAct::PutTo { task, due } => Command::PutTaskTo { task: task.clone(), due_on: *due },
    })
}

/// Name, task and sign, before anything is written.
fn would(name: &str, programme: &str, entry: &Entry, words: &Words) -> Answer {
    let act = act_words(entry.act, words);
    let line = format!("{name}  {programme}  {act}");
    Answer::new(&json!({ "name": name, "programme": programme, "act": act }), vec![line])
}

fn act_words(act: EntryAct, words: &Words) -> String {
    match act {
        EntryAct::Said(outcome) => words.of(&outcome),
        EntryAct::Came => words.text("state-been"),
        EntryAct::PutOff(day) => words.say(&Message::new("round-put-off").date("on", day)),
    }
}

fn worklist(ledger: &Ledger, words: &Words, wanted: &Wanted, today: NaiveDate) -> Result<Answer> {
    let today = wanted.as_of.unwrap_or(today);
    let filter = TaskFilter { group: wanted.group.clone(), contact: wanted.contact.clone() };
    let tasks = ledger.worklist_of(&filter, today)?;
    let lines = tasks.iter().map(|task| line(task, words)).collect();
    let document = with_rows(&json!({ "as_of": today.to_string() }), tasks.iter().map(|task| row(task, today, words)));
    Ok(Answer { exit: Exit::Done, document, lines })
}

/// What was written by hand leaves in no document: the row alone.
fn row(task: &TaskRow, today: NaiveDate, words: &Words) -> Value {
    json!({
        "code": task.code.map(|code| code.to_string()).unwrap_or_default(),
        "uid": task.uid(),
        "name": task.name(),
        "group": task.group(),
        "household": task.household(),
        "kind": task.due.kind.as_str(),
        "programme": task.programme().map(|programme| programme.id.as_str()).unwrap_or_default(),
        "due": task.due.on.to_string(),
        "deadline": task.deadline().map(|day| day.to_string()),
        "section": task.section.as_str(),
        "why": why(task, today, words),
    })
}

/// Why it is there, clause by clause.
fn why(task: &TaskRow, today: NaiveDate, words: &Words) -> Vec<String> {
    match &task.about {
        About::Offer { programme, person } => {
            let verdict = rule::verdict(programme, &person.facts, today);
            verdict.reasons.iter().map(|reason| words.say(&reason.clause)).collect()
        }
        About::Papers(row) => {
            vec![words.say(&Message::new("worklist-papers-since").date("on", row.application.holder_on))]
        }
        About::Noted(task) => vec![words.say(&Message::new("worklist-noted-on").date("on", task.made_on))],
        About::Visit(care) => vec![words.say(&visit_words(care))],
        About::Day(day) => vec![words.say(&day_words(day))],
    }
}

fn line(task: &TaskRow, words: &Words) -> String {
    let what = match &task.about {
        About::Noted(task) => task.what.clone(),
        About::Visit(care) => words.say(&visit_words(care)),
        About::Day(day) => words.say(&day_words(day)),
        _ => task.programme().map(|programme| words.pick(&programme.names).to_owned()).unwrap_or_default(),
    };
    let by = task.deadline().map(|by| words.say(&Message::new("cli-by").date("on", by)));
    let group = if task.uid().is_empty() { String::new() } else { group_words(words, task.group()) };
    let code = task.code.map(|code| code.to_string()).unwrap_or_default();
    let uid = match &task.about {
        About::Noted(task) => task.uid.clone(),
        _ => String::new(),
    };
    let parts = [words.of(&task.section), words.of(&task.due.kind), what, task.name().to_owned(), group];
    let parts = parts.into_iter().chain(by).chain([code, uid]).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("  ")
}
