//! Commands that change the ledger by one named step.

use serde_json::json;

use crate::cli::args::{Act, Record};
use crate::cli::benefits::fact;
use crate::cli::{Answer, Exit, Scene, duplicates, people};
use crate::domain::message::Message;
use crate::domain::offer::Outcome;
use crate::domain::resident::{FactKind, Residency};
use crate::ledger::Ledger;
use crate::ledger::command::{Command, Done};
use crate::ledger::error::Result;
use crate::words::Words;

/// Runs one command and says what it did.
pub(super) fn run(act: &Act, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let command = command(act, ledger, stamp.today, &scene.words)?;
    let done = ledger.run(&command, &stamp)?;
    Ok(said(&done, &scene.words))
}

fn command(act: &Act, ledger: &Ledger, today: chrono::NaiveDate, words: &Words) -> Result<Command> {
    let record = |record: &Record, outcome| -> Result<Command> {
        let resident = ledger.resident(&record.resident)?.uid;
        let (programme, on) = (record.programme.clone(), record.on.unwrap_or(today));
        Ok(Command::Record { resident, programme, outcome, on })
    };
    match act {
        Act::Tell(it) => record(it, Outcome::Told),
        Act::Decline(it) => record(it, Outcome::Declined),
        Act::Unreachable(it) => record(it, Outcome::Unreachable),
        Act::Attend(it) => {
            let resident = ledger.resident(&it.resident)?.uid;
            Ok(Command::Attend { resident, programme: it.programme.clone(), on: it.on.unwrap_or(today) })
        }
        Act::Fact { resident, kind, value, source, on } => {
            let value = fact(kind, value)?;
            let resident = ledger.resident(resident)?.uid;
            let (source, on) = (source.clone(), on.unwrap_or(today));
            Ok(match Residency::from_word(value.as_str()).filter(|_| value.kind == FactKind::Residency) {
                Some(residency) => Command::SetResidency { resident, residency, source, on },
                None => Command::SetFact { resident, value, source, on },
            })
        }
        Act::People(people) => people::command(people, ledger, today, words),
        Act::Twice(twice) => duplicates::command(twice, ledger),
        Act::Redo => Ok(Command::Redo),
        Act::TakeBack { change } => Ok(Command::TakeBack { change: change.clone() }),
        _ => Ok(Command::Undo),
    }
}

/// What a change did, as a document and as lines; kept rows are findings.
pub(super) fn said(done: &Done, words: &Words) -> Answer {
    let kept: Vec<_> = done
        .kept
        .iter()
        .map(|kept| json!({"record": words.text(&kept.record), "uid": kept.uid, "name": kept.name}))
        .collect();
    let document = json!({
        "ok": true,
        "revision": done.revision,
        "change": done.change.as_ref().map(|change| &change.uid),
        "op": done.change.as_ref().map(|change| &change.op),
        "kept": kept,
    });
    let mut lines = vec![match &done.change {
        None => words.text("cli-nothing-changed"),
        Some(change) => {
            let op = words.text(&format!("op-{}", change.op));
            words.say(&Message::new("cli-saved").text("op", op).text("uid", change.uid.clone()))
        }
    }];
    lines.extend(done.kept.iter().map(|kept| {
        words.say(&Message::new("cli-kept").word("record", kept.record.clone()).text("name", kept.name.clone()))
    }));
    let exit = if done.kept.is_empty() { Exit::Done } else { Exit::Findings };
    Answer { exit, document: document.to_string(), lines }
}
