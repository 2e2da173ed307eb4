//! A damaged ledger on the command line: looking what there is, putting a backup in its place, a packet for whoever helps, and
//! the rehearsal of a backup.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use crate::cli::{Answer, Exit, Scene, secrets};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::packet::{sheet, write_packet};
use crate::ledger::progress::Unwatched;
use crate::ledger::recovery::{Condition, Way, look_alone, recover};
use crate::ledger::restore::Later;
use crate::words::Words;

/// What is done about a damaged ledger.
#[derive(Subcommand, Clone)]
pub enum Recover {
    /// Look what is wrong with the ledger and what there is to put it right; nothing is written
    Look {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Put the newest sound backup in the ledger's place; the damaged file is moved aside, never removed
    Restore {
        /// Carry over from the damaged file what can still be read and proved
        #[arg(long)]
        replay: bool,
        /// Another backup than the newest sound one
        #[arg(long, value_name = "FILE")]
        backup: Option<PathBuf>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Write one file for whoever helps: the ledger as it lies there, sealed, and what is wrong with it
    Packet {
        /// The folder, such as a stick
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Rehearse the newest backup: open and prove it under a passing name
    Rehearse {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

impl Recover {
    /// Whether it is done on an open ledger.
    pub(super) fn is_on_ledger(&self) -> bool {
        matches!(self, Self::Rehearse { .. })
    }

    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        match self {
            Self::Look { json } | Self::Restore { json, .. } | Self::Packet { json, .. } | Self::Rehearse { json } => {
                *json
            }
        }
    }
}

/// What is done beside the ledger, which may not open at all.
pub(super) fn without_ledger(act: &Recover, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Recover::Look { .. } => Some(look_at(scene)),
        Recover::Restore { replay, backup, .. } => {
            let later = if *replay { Later::Replay } else { Later::Leave };
            Some(restore(scene, later, backup.as_deref()))
        }
        Recover::Packet { to, .. } => Some(packet(scene, to)),
        Recover::Rehearse { .. } => None,
    }
}

/// What is done on an open ledger.
pub(super) fn run(ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let rehearsal = ledger.rehearse(&scene.clock.stamp(), &Unwatched)?;
    let document = json!({ "ok": rehearsal.held.is_some(), "rehearsal": rehearsal });
    let answer = Answer::new(&document, vec![scene.words.of(&rehearsal)]);
    Ok(Answer { exit: if rehearsal.held.is_some() { Exit::Done } else { Exit::Findings }, ..answer })
}

fn way(scene: &Scene) -> Result<Way> {
    Way::unlock(&scene.ledger, &secrets::unlock_own(scene)?)
}

fn look_at(scene: &Scene) -> Result<Answer> {
    let findings = look_alone(&way(scene)?, &Unwatched)?;
    let document = json!({ "ok": true, "findings": findings, "lost": findings.lost() });
    let mut said = lines(&findings.messages(), &scene.words);
    if findings.condition != Condition::Sound && findings.backup.is_some() {
        said.push(scene.words.text("cli-recover-look"));
    }
    let answer = Answer::new(&document, said);
    Ok(Answer { exit: if findings.condition == Condition::Sound { Exit::Done } else { Exit::Findings }, ..answer })
}

fn lines(messages: &[Message], words: &Words) -> Vec<String> {
    messages.iter().map(|message| words.say(message)).collect()
}

fn restore(scene: &Scene, later: Later, backup: Option<&Path>) -> Result<Answer> {
    let way = way(scene)?;
    let backup = match backup {
        Some(backup) => backup.to_owned(),
        None => {
            let found = look_alone(&way, &Unwatched)?.backup;
            found.ok_or_else(|| LedgerError::damaged("damage-no-backup"))?.path
        }
    };
    let restored = recover(&way, &backup, later, &scene.clock.stamp(), &Unwatched)?;
    let after = restored.ledger.overview()?;
    let messages = restored.messages(&after);
    let document = json!({
        "ok": true, "backup": backup, "before": restored.before, "after": after, "carried": restored.replayed,
        "moved_aside": restored.moved_aside,
    });
    Ok(Answer::new(&document, lines(&messages, &scene.words)))
}

/// The packet needs no key: whoever has forgotten the passphrase may still hand it to somebody.
fn packet(scene: &Scene, folder: &Path) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let text = lines(&sheet(None, &stamp), &scene.words).join("\n");
    let packet = write_packet(&scene.ledger, folder, &text, &stamp, &Unwatched)?;
    let document = json!({ "ok": true, "file": packet.path, "unread": packet.unread });
    Ok(Answer::new(&document, vec![scene.words.say(&packet.message())]))
}
