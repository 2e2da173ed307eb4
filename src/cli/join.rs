//! Joining two copies of one ledger that were edited apart.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::{Answer, Exit, Scene};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::join::{JoinConflict, JoinReport};
use crate::ledger::progress::Unwatched;
use crate::words::Words;

/// Looks at it, or does it.
pub(super) fn run(
    file: &Path,
    only_look: bool,
    theirs: &[String],
    ledger: &mut Ledger,
    scene: &Scene,
) -> Result<Answer> {
    let chosen: BTreeSet<(String, String)> = theirs.iter().map(|text| field(text)).collect();
    let stamp = scene.clock.stamp();
    let (report, change) = if only_look {
        (ledger.look_at_join(file, &chosen, &stamp, &Unwatched)?, None)
    } else {
        let joined = ledger.join(file, &chosen, &stamp, &Unwatched)?;
        (joined.report, joined.done.and_then(|done| done.change).map(|change| change.uid))
    };
    let words = &scene.words;
    let mut lines = vec![words.say(&summary(&report, words))];
    lines.extend(report.conflicts.iter().map(|conflict| conflict_line(conflict, words)));
    let document = json!({
        "ok": true, "relation": report.relation.as_str(), "common": report.common, "here": report.here,
        "there": report.there, "taken": report.taken, "left": report.left, "change": change,
        "conflicts": report.conflicts.iter().map(|conflict| conflict_json(conflict, words)).collect::<Vec<_>>(),
    });
    let is_clear = report.conflicts.is_empty() && report.left.is_empty();
    Ok(Answer { exit: if is_clear { Exit::Done } else { Exit::Findings }, ..Answer::new(&document, lines) })
}

/// A field as it is written on the command line: its row's uid, and the column where it is one.
fn field(text: &str) -> (String, String) {
    let (uid, column) = text.split_once(':').unwrap_or((text, ""));
    (uid.to_owned(), column.to_owned())
}

fn summary(report: &JoinReport, words: &Words) -> Message {
    Message::new("join-summary")
        .text("relation", words.of(&report.relation))
        .number("there", report.there)
        .number("here", report.here)
        .number("taken", report.taken.values().sum::<usize>())
        .number("conflicts", report.conflicts.len())
        .number("left", report.left.values().sum::<usize>())
}

fn conflict_line(conflict: &JoinConflict, words: &Words) -> String {
    let record = words.text(&conflict.record);
    let message = match (&conflict.ours, &conflict.theirs) {
        (Some(ours), Some(theirs)) => {
            Message::new("join-conflict").text("ours", words.say(ours)).text("theirs", words.say(theirs))
        }
        _ => Message::new("join-conflict-row"),
    };
    words.say(&message.text("record", record).text("name", conflict.name.clone()))
}

fn conflict_json(conflict: &JoinConflict, words: &Words) -> Value {
    let said = |message: &Option<Message>| message.as_ref().map(|message| words.say(message));
    json!({
        "record": conflict.record, "uid": conflict.uid, "name": conflict.name, "column": conflict.column,
        "ours": said(&conflict.ours), "theirs": said(&conflict.theirs),
    })
}
