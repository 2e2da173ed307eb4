//! What a programme pays by birth alone. Needs a ledger only for what the county set, and does without where there is none.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::{Answer, Scene, secrets};
use crate::domain::local_standard::LocalStandards;
use crate::domain::message::Message;
use crate::domain::money::yuan_between;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::amount::{Sure, YearSpan};
use crate::domain::programme::{Programme, compiled_in};
use crate::ledger::error::{LedgerError, Result};
use crate::words::Words;

/// Reads a birth of which the day or the month may be missing.
pub(super) fn birth(text: &str) -> std::result::Result<PartialDate, &'static str> {
    PartialDate::try_from(text.to_owned())
}

/// Answers without a ledger, unless the county sets something of this programme and there is one.
pub(super) fn run(id: &str, born: PartialDate, scene: &Scene) -> Result<Answer> {
    let all = compiled_in().map_err(|_| LedgerError::damaged("error-programme-file"))?;
    let found = all.into_iter().find(|programme| programme.id == id);
    let programme = found.ok_or_else(|| LedgerError::refused("error-no-such-programme"))?;
    let standards = if !programme.local.is_empty() && scene.ledger.is_file() {
        secrets::open(scene)?.local_standards()?
    } else {
        LocalStandards::default()
    };
    Ok(answer(&programme.with(&standards), born, &scene.words, scene.clock.stamp().today))
}

/// The amounts of a programme as it holds with the county's values.
pub(super) fn answer(programme: &Programme, born: PartialDate, words: &Words, today: NaiveDate) -> Answer {
    let amounts = programme.amounts_between(born, today);
    let row = |amount: &YearSpan| {
        json!({
            "year": amount.year,
            "fen": amount.exact().map(|amount| amount.fen),
            "from_fen": amount.least,
            "to_fen": amount.most,
            "apply_by": amount.apply_by.map(|day| day.to_string()),
            "sure": amount.sure == Sure::Sourced,
        })
    };
    let line = |amount: &YearSpan| {
        let message = Message::new("cli-amount-line").text("year", amount.year.to_string());
        words
            .say(&message.text("yuan", between(*amount, words)).text("by", super::benefits::by(amount.apply_by, words)))
    };
    let mut lines: Vec<String> = amounts.iter().map(line).collect();
    if lines.is_empty() {
        lines.push(words.text("cli-no-amount"));
    }
    if amounts.iter().any(|amount| amount.exact().is_none()) {
        lines.push(words.text("cli-amount-birth"));
    }
    Answer::new(&Value::Array(amounts.iter().map(row).collect()), lines)
}

/// An amount in yuan, or the least and the most it can be.
pub(super) fn between(span: YearSpan, words: &Words) -> String {
    let key = if span.sure == Sure::Average { "cli-yuan-average" } else { "cli-yuan" };
    words.say(&Message::new(key).text("yuan", yuan_between(span.least, span.most)))
}
