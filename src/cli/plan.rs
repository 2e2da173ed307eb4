//! The planner by itself, for measuring it: an instance in, a plan out. Needs no ledger.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::Answer;
use crate::domain::message::Message;
use crate::domain::planner::{self, Budget, Instance};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::words::Words;

/// What `plan` is told.
#[derive(Args, Clone)]
pub struct PlanArgs {
    /// Sessions and people, as JSON
    instance: PathBuf,
    /// Another seed, another plan
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// The longest instance that is read: a million people take about 150 MB.
const LONGEST: u64 = 256 << 20;

/// Reads an instance, plans it, answers.
pub(super) fn run(args: &PlanArgs, words: &Words) -> Result<Answer> {
    let instance = read(&args.instance)?;
    let plan = planner::plan(&instance, args.seed, Budget::default()).map_err(|error| unclear(&error.to_string()))?;
    let counted =
        Message::new("cli-planned").number("placed", plan.assignments.len()).number("left", plan.unplaced.len());
    let lines = vec![words.say(&counted.text("cost", format!("{:.1}", plan.cost.total as f64 / 10.0)))];
    Ok(Answer::new(&json!(plan), lines))
}

fn read(path: &Path) -> Result<Instance> {
    let failed = |error| LedgerError::io(error, path);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(unclear("> 256 MiB"));
    }
    // A list would be read as the object's values in their order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(unclear("1:1"));
    }
    // The place alone: what stands there may be somebody's.
    serde_json::from_slice(&bytes).map_err(|error| unclear(&format!("{}:{}", error.line(), error.column())))
}

fn unclear(what: &str) -> LedgerError {
    LedgerError::new(ErrorKind::Refused, Message::new("error-plan-instance").text("what", what))
}
