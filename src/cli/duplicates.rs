//! Who was entered twice: the pairs worth a look, and what is decided about them.

use std::collections::BTreeMap;

use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::Answer;
use crate::cli::child::ChildReason;
use crate::cli::show::resident_json;
use crate::domain::duplicate::{Evidence, THRESHOLD};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::command::{Command, Merge, Stamp, Taken};
use crate::ledger::duplicates::{MOST_PAIRS, Pair};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Unwatched;
use crate::words::Words;

/// Commands about people entered twice.
#[derive(Subcommand, Clone)]
pub enum Twice {
    /// Pairs of records that may be one person, the best first, with points and reasons
    Duplicates {
        /// At most this many
        #[arg(long, default_value_t = MOST_PAIRS)]
        limit: usize,
        #[command(flatten)]
        child: ChildReason,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Two records are one person: the first stays listed, the second stands behind it
    Merge {
        /// Uid or id number of the record that stays listed
        listed: String,
        /// Uid or id number of the record that will stand behind it
        behind: String,
        /// What is taken from the second
        #[arg(long, value_enum, value_delimiter = ',')]
        take: Vec<TakeName>,
    },
    /// They are two people after all: both are listed again
    Unmerge {
        /// Uid of the record that stands behind another
        behind: String,
    },
    /// Two records look alike and are two people
    NotSame {
        /// Uid or id number
        one: String,
        /// Uid or id number
        other: String,
    },
}

/// A value that can be taken from the record behind.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TakeName {
    /// The name
    Name,
    /// The id number, with birth and sex
    IdNumber,
    /// Birth
    Born,
    /// Sex
    Sex,
    /// The phone
    Phone,
    /// Whether the person lives here
    Residency,
    /// The household, with the relation to its head
    Household,
}

impl TakeName {
    fn taken(self) -> Taken {
        match self {
            Self::Name => Taken::Name,
            Self::IdNumber => Taken::IdNumber,
            Self::Born => Taken::Born,
            Self::Sex => Taken::Sex,
            Self::Phone => Taken::Phone,
            Self::Residency => Taken::Residency,
            Self::Household => Taken::Household,
        }
    }
}

impl Twice {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Duplicates { json: true, .. })
    }
}

/// The command of a line that writes.
pub(super) fn command(twice: &Twice, ledger: &Ledger) -> Result<Command> {
    let uid = |text: &str| ledger.resident(text).map(|row| row.uid);
    Ok(match twice {
        Twice::Duplicates { .. } => return Err(LedgerError::refused("cli-unknown-line")),
        Twice::Merge { listed, behind, take } => {
            let taken = take.iter().map(|take| take.taken()).collect();
            Command::Merge(Box::new(Merge { listed: uid(listed)?, behind: uid(behind)?, taken }))
        }
        Twice::Unmerge { behind } => Command::Unmerge { behind: behind.clone() },
        Twice::NotSame { one, other } => Command::NotSame { one: uid(one)?, other: uid(other)? },
    })
}

/// The pairs.
pub(super) fn show(
    limit: usize,
    child: ChildReason,
    ledger: &mut Ledger,
    (words, stamp): (&Words, &Stamp),
) -> Result<Answer> {
    let found = ledger.duplicates(limit, &Unwatched)?;
    let people = found.pairs.iter().flat_map(|pair| [&pair.one, &pair.other]);
    let people: BTreeMap<&str, _> = people.map(|row| (row.uid.as_str(), row.born())).collect();
    let sight = child.sight(ledger, stamp, people)?;
    let reason = |evidence: &Evidence| json!({ "reason": words.of(evidence), "points": evidence.points() });
    let pair_json = |pair: &Pair| -> Value {
        json!({
            "points": pair.score.points,
            "reasons": pair.score.reasons.iter().map(reason).collect::<Vec<_>>(),
            "one": resident_json(&pair.one, sight, words),
            "other": resident_json(&pair.other, sight, words),
        })
    };
    let line = |pair: &Pair| {
        let reasons: Vec<String> = pair.score.reasons.iter().map(|evidence| words.of(evidence)).collect();
        let (one, other) = (&pair.one, &pair.other);
        format!("{}  {} {}  {} {}  {}", pair.score.points, one.uid, one.name, other.uid, other.name, reasons.join(", "))
    };
    let mut lines: Vec<String> = found.pairs.iter().map(line).collect();
    lines.push(
        words.say(&Message::new("duplicates-found").number("count", found.pairs.len()).number("points", THRESHOLD)),
    );
    let pairs: Vec<Value> = found.pairs.iter().map(pair_json).collect();
    Ok(Answer::new(&json!({ "threshold": THRESHOLD, "has_more": found.has_more, "rows": pairs }), lines))
}
