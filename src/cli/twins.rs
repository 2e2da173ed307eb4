//! Who is known in two villages.

use serde_json::{Value, json};

use crate::cli::{Answer, Scene};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::township::twins::{Twin, Verdict};

/// Shows them, and how many different persons applied to each programme.
pub(super) fn show(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let twins = ledger.twins()?;
    let line = |twin: &Twin| {
        let verdict = twin.verdict.map_or_else(|| scene.words.text("twin-open"), |verdict| scene.words.of(&verdict));
        let message = Message::new("twin-line")
            .text("name", twin.one.name.clone())
            .text("one", twin.one.village.clone())
            .text("other", twin.other.village.clone())
            .text("why", scene.words.of(&twin.likeness))
            .text("verdict", verdict);
        scene.words.say(&message)
    };
    let row = |twin: &Twin| -> Value {
        json!({
            "one": twin.one.key, "other": twin.other.key, "name": twin.one.name, "likeness": twin.likeness.as_str(),
            "villages": [twin.one.village, twin.other.village], "verdict": twin.verdict.map(Verdict::as_str),
        })
    };
    let mut lines: Vec<String> = twins.iter().map(line).collect();
    lines.push(scene.words.text("twin-rule"));
    let document = json!({
        "ok": true, "rows": twins.iter().map(row).collect::<Vec<_>>(), "applicants": ledger.different_applicants()?,
    });
    Ok(Answer::new(&document, lines))
}

/// Remembers what was decided.
pub(super) fn judge(one: &str, other: &str, verdict: Verdict, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    ledger.judge_twin(one, other, verdict, &scene.clock.stamp())?;
    Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.of(&verdict)]))
}
