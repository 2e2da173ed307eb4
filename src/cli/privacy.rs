//! What is kept and how long, real deletion, who looked, what was lost.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::write::said;
use crate::cli::{Answer, Exit, Scene, secrets};
use crate::domain::incident::{DataKind, Incident, IncidentKind, Told};
use crate::domain::look::LookReason;
use crate::domain::message::Message;
use crate::domain::retention::Keeping;
use crate::ledger::Ledger;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::keys::KeysFile;
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ledger::privacy::kept::{DueRow, HeldRow, KeepingRow, UseRow};
use crate::ledger::privacy::purge::{OldBackups, Purged};
use crate::ledger::progress::Unwatched;
use crate::words::Words;

/// Commands about it.
#[derive(Subcommand, Clone)]
pub enum Privacy {
    /// How long each thing is kept, and how much of it is due to be deleted
    Kept {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// What is due to be deleted, row by row
    Due {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Delete a person for good, with all that is kept of them: no undo
    Delete {
        /// Uid or id number
        resident: String,
        #[command(flatten)]
        how: How,
    },
    /// Delete for good what is due: no undo
    DeleteDue {
        /// Only of these kinds
        #[arg(value_parser = Keeping::from_name)]
        keeping: Vec<Keeping>,
        #[command(flatten)]
        how: How,
    },
    /// Say how long something is kept, by a rule of the town or the archive
    Keep {
        /// What
        #[arg(value_parser = Keeping::from_name)]
        keeping: Keeping,
        /// Days since its end; without it, the program's own number
        days: Option<u32>,
        /// The paper it stands in
        #[arg(long, default_value = "")]
        source: String,
    },
    /// A rule keeps a record until a day: nothing is done with it, and it is not deleted before
    Hold {
        /// Uid or id number
        resident: String,
        /// The last day
        #[arg(long)]
        until: NaiveDate,
        /// The rule, in a few words
        #[arg(long)]
        basis: String,
    },
    /// The rule no longer holds
    Release {
        /// Uid or id number
        resident: String,
    },
    /// Write down that hidden data of a child is looked at, and why
    Look {
        /// Uid or id number
        resident: String,
        /// Why
        #[arg(value_parser = LookReason::from_name)]
        reason: LookReason,
    },
    /// Who looked at hidden data, when and why
    Looks {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Give the ledger a passphrase for who may only look
    Looking {
        /// Take it away
        #[arg(long)]
        remove: bool,
    },
    /// Write down a loss or leak
    Incident(Box<NewIncident>),
    /// Somebody was told of a loss or leak
    Told {
        /// The incident's uid
        incident: String,
        /// Who
        #[arg(value_parser = Told::from_name)]
        who: Told,
        /// The true day (default: today)
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Losses and leaks
    Incidents {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// How something is deleted.
#[derive(Args, Clone, Copy)]
pub struct How {
    /// Backups that still hold it go, too, once a new one is proved
    #[arg(long)]
    old_backups: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

/// A loss or leak.
#[derive(Args, Clone)]
pub struct NewIncident {
    /// What was lost
    #[arg(value_parser = IncidentKind::from_name)]
    kind: IncidentKind,
    /// The kinds of data in it
    #[arg(long, required = true, value_delimiter = ',', value_parser = DataKind::from_name)]
    data: Vec<DataKind>,
    /// How many people it concerns
    #[arg(long)]
    people: u32,
    /// In a few words; no names
    #[arg(long, default_value = "")]
    what: String,
    /// The day it happened or was found (default: today)
    #[arg(long)]
    on: Option<NaiveDate>,
}

/// A word of the domain on the command line.
macro_rules! named {
    ($($name:ident),+) => {$(
        impl $name {
            pub(super) fn from_name(text: &str) -> std::result::Result<Self, String> {
                let names = || Self::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
                Self::from_word(text).ok_or_else(names)
            }
        }
    )+};
}
named!(Keeping, LookReason, IncidentKind, DataKind, Told);

impl Privacy {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        match self {
            Self::Kept { json } | Self::Due { json } | Self::Looks { json } | Self::Incidents { json } => *json,
            Self::Delete { how, .. } | Self::DeleteDue { how, .. } => how.json,
            _ => false,
        }
    }
}

/// What needs no open ledger: its ways in are changed.
pub(super) fn without_ledger(act: &Privacy, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Privacy::Looking { remove } => Some(looking(*remove, scene)),
        _ => None,
    }
}

fn looking(remove: bool, scene: &Scene) -> Result<Answer> {
    let with = secrets::unlock(scene)?;
    let new = if remove { None } else { Some(secrets::next_passphrase(scene)?) };
    KeysFile::set_looking(&scene.ledger, &with, new.as_ref())?;
    let key = if remove { "cli-looking-removed" } else { "cli-looking-set" };
    Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text(key)]))
}

/// Runs one of them.
pub(super) fn run(act: &Privacy, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let (stamp, words) = (scene.clock.stamp(), &scene.words);
    let old = |how: &How| if how.old_backups { OldBackups::Remove } else { OldBackups::Keep };
    match act {
        Privacy::Kept { .. } => kept(ledger, words, stamp.today),
        Privacy::Due { .. } => due(ledger, words, stamp.today),
        Privacy::Looks { .. } => looks(ledger, words),
        Privacy::Incidents { .. } => incidents(ledger, words),
        Privacy::Delete { resident, how } => {
            let uid = ledger.resident(resident)?.uid;
            Ok(purged(&ledger.purge_person(&uid, old(how), &stamp, &Unwatched)?, words))
        }
        Privacy::DeleteDue { keeping, how } => {
            let rows = ledger.due_for_deletion(stamp.today)?;
            let rows = rows.into_iter().filter(|row| keeping.is_empty() || keeping.contains(&row.keeping));
            let chosen: BTreeSet<String> = rows.map(|row| row.uid).collect();
            Ok(purged(&ledger.purge_due(&chosen, old(how), &stamp, &Unwatched)?, words))
        }
        Privacy::Looking { remove } => looking(*remove, scene),
        Privacy::Look { resident, reason } => {
            let uid = ledger.resident(resident)?.uid;
            ledger.note_look(&uid, *reason, &stamp)?;
            Ok(Answer::new(&json!({ "ok": true }), vec![words.text("cli-look-noted")]))
        }
        act => match command(act, ledger, stamp.today)? {
            Some(command) => Ok(said(&ledger.run(&Command::Privacy(command), &stamp)?, words)),
            None => Ok(Answer::new(&json!({ "ok": true }), Vec::new())),
        },
    }
}

/// None for what only reads or deletes.
fn command(act: &Privacy, ledger: &Ledger, today: NaiveDate) -> Result<Option<PrivacyCommand>> {
    Ok(Some(match act {
        Privacy::Keep { keeping, days, source } => {
            PrivacyCommand::SetRetention { keeping: *keeping, days: *days, source: source.clone() }
        }
        Privacy::Hold { resident, until, basis } => {
            PrivacyCommand::Hold { resident: ledger.resident(resident)?.uid, until: *until, basis: basis.clone() }
        }
        Privacy::Release { resident } => PrivacyCommand::Release { resident: ledger.resident(resident)?.uid },
        Privacy::Told { incident, who, on } => {
            PrivacyCommand::ToldOfIncident { incident: incident.clone(), who: *who, on: on.unwrap_or(today) }
        }
        Privacy::Incident(new) => PrivacyCommand::WriteIncident(Box::new(Incident {
            uid: String::new(),
            kind: new.kind,
            on: new.on.unwrap_or(today),
            what: new.what.clone(),
            data: new.data.clone(),
            people: new.people,
            told: Vec::new(),
        })),
        _ => return Ok(None),
    }))
}

fn kept(ledger: &Ledger, words: &Words, today: NaiveDate) -> Result<Answer> {
    let (rows, holds) = (ledger.keepings(today)?, ledger.holds()?);
    let row_json = |row: &KeepingRow| json!({ "keeping": row.keeping.as_str(), "days": row.days, "source": row.source, "ended": row.ended, "due": row.due });
    let held_json = |row: &HeldRow| json!({ "uid": row.uid, "name": row.name, "group": row.group, "until": row.until.to_string(), "basis": row.basis });
    let line = |row: &KeepingRow| {
        let line = Message::new("cli-kept-line").text("keeping", words.of(&row.keeping)).number("days", row.days);
        words.say(&line.number("ended", row.ended).number("due", row.due))
    };
    let use_json = |row: &UseRow| {
        let keepings: Vec<&str> = row.of.keepings().iter().map(|keeping| keeping.as_str()).collect();
        json!({ "use": row.of.as_str(), "people": row.people, "keepings": keepings })
    };
    let document = json!({
        "uses": ledger.uses()?.iter().map(use_json).collect::<Vec<_>>(),
        "keepings": rows.iter().map(row_json).collect::<Vec<_>>(),
        "holds": holds.iter().map(held_json).collect::<Vec<_>>(),
    });
    Ok(Answer::new(&document, rows.iter().map(line).collect()))
}

fn due(ledger: &Ledger, words: &Words, today: NaiveDate) -> Result<Answer> {
    let rows = ledger.due_for_deletion(today)?;
    let row_json = |row: &DueRow| -> Value {
        json!({
            "uid": row.uid, "keeping": row.keeping.as_str(), "resident": row.resident, "name": row.name,
            "group": row.group, "village": row.village, "programme": row.programme, "since": row.since.to_string(), "due_on": row.due_on.to_string(),
        })
    };
    let line = |row: &DueRow| {
        let line = Message::new("cli-due-line").text("keeping", words.of(&row.keeping)).text("name", row.name.clone());
        words.say(&line.date("since", row.since).date("due", row.due_on))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    if lines.is_empty() {
        lines.push(words.text("nothing-due"));
    }
    let document = json!({ "rows": rows.iter().map(row_json).collect::<Vec<_>>() });
    Ok(Answer { exit: if rows.is_empty() { Exit::Done } else { Exit::Findings }, ..Answer::new(&document, lines) })
}

fn purged(purged: &Purged, words: &Words) -> Answer {
    let mut lines = vec![words.say(&purged.message())];
    if !purged.log_emptied {
        lines.push(words.text("purged-log-later"));
    }
    let document = json!({
        "ok": true, "rows": purged.rows, "old_backups": purged.old_backups.len(), "log_emptied": purged.log_emptied,
        "change": purged.done.as_ref().and_then(|done| done.change.as_ref()).map(|change| &change.uid),
    });
    Answer::new(&document, lines)
}

/// So many are shown.
const SHOWN: u32 = 1_000;

fn looks(ledger: &Ledger, words: &Words) -> Result<Answer> {
    let rows = ledger.looks(None, SHOWN)?;
    let line = |row: &crate::ledger::privacy::LookRow| {
        let line = Message::new("look-line").text("at", row.at.get(..16).unwrap_or(&row.at).replace('T', " "));
        words.say(&line.text("by", row.by.clone()).text("name", row.name.clone()).text("reason", words.of(&row.reason)))
    };
    let rows_json = rows.iter().map(|row| {
        json!({ "at": row.at, "by": row.by, "about": row.about, "name": row.name, "reason": row.reason.as_str() })
    });
    let document = json!({ "rows": rows_json.collect::<Vec<_>>() });
    Ok(Answer::new(&document, rows.iter().map(line).collect()))
}

fn incidents(ledger: &Ledger, words: &Words) -> Result<Answer> {
    let rows = ledger.incidents()?;
    let line = |row: &Incident| {
        let line = Message::new("incident-line").date("on", row.on).text("kind", words.of(&row.kind));
        words.say(&line.number("people", row.people).number("open", row.still_to_tell().len()))
    };
    let row_json = |row: &Incident| {
        json!({
            "uid": row.uid, "kind": row.kind.as_str(), "on": row.on.to_string(), "what": row.what, "people": row.people,
            "data": row.data.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "told": row.told.iter().map(|(who, on)| (who.as_str().to_owned(), json!(on.to_string()))).collect::<serde_json::Map<_, _>>(),
        })
    };
    let document = json!({ "rows": rows.iter().map(row_json).collect::<Vec<_>>() });
    Ok(Answer::new(&document, rows.iter().map(line).collect()))
}
