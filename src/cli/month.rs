//! Months: what happened, with the names behind it; closing; the township's sums.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::print::hand_out;
use crate::cli::{Answer, Scene};
use crate::domain::area_code::Level;
use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::material::PaperWish;
use crate::ledger::months::{Adjustment, MonthReport, Numbers};
use crate::paper::order::Order;
use crate::words::Words;

/// Commands about months.
#[derive(Subcommand, Clone)]
pub enum Months {
    /// Close a month: its numbers stand, later corrections get a date
    Close {
        /// The month, as 2026-11
        month: String,
        /// Somebody looked at the calendar: today's date is right
        #[arg(long)]
        date_is_right: bool,
    },
    /// What happened in a month (2026-11) or year (2026), with the names behind each number
    Show {
        /// The month or year
        of: String,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// The report of a month or year as .pdf with a chart, or as .xlsx; numbers only
    Report {
        /// The month or year
        of: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

impl Months {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        matches!(self, Self::Show { json: true, .. })
    }
}

/// Does one of them.
pub(super) fn run(act: &Months, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Months::Close { month, date_is_right } => {
            if *date_is_right {
                ledger.confirm_date(scene.clock.stamp().today)?;
            }
            let done = ledger.close_month(month, &scene.clock.stamp())?;
            let line = Message::new("cli-month-closed").text("month", month.clone());
            Ok(Answer::new(&json!({ "ok": true, "revision": done.revision }), vec![scene.words.say(&line)]))
        }
        Months::Show { of, .. } if ledger.level()? != Level::Village => office(of, ledger, scene),
        Months::Show { of, .. } => show(&ledger.month_report(of)?, &scene.words),
        Months::Report { of, to } => {
            let order = Order::new(PaperWish::Month(of.clone()), &scene.words);
            hand_out(ledger, scene, order, to)
        }
    }
}

fn numbers_json(numbers: &Numbers) -> Value {
    let mut found = serde_json::Map::new();
    for ((programme, measure), number) in numbers {
        let of = found.entry(programme.clone()).or_insert_with(|| json!({}));
        of[measure.as_str()] = json!(number);
    }
    Value::Object(found)
}

fn adjustment_json(one: &Adjustment) -> Value {
    json!({
        "programme": one.programme, "measure": one.measure.as_str(), "on": one.on, "difference": one.difference,
    })
}

/// A number with its unit: money in yuan.
fn number(measure: Measure, number: i64) -> String {
    if measure.is_money() { yuan(number) } else { number.to_string() }
}

fn line(key: &(String, Measure), value: i64, words: &Words) -> String {
    let message = Message::new("month-line")
        .text("programme", key.0.clone())
        .text("what", words.of(&key.1))
        .text("number", number(key.1, value));
    words.say(&message)
}

fn show(report: &MonthReport, words: &Words) -> Result<Answer> {
    let mut lines: Vec<String> = report.numbers.iter().map(|(key, value)| line(key, *value, words)).collect();
    let people: Vec<Value> = report
        .people
        .iter()
        .map(|((programme, measure), rows)| {
            let unnamed = report.unnamed.get(&(programme.clone(), *measure)).copied().unwrap_or(0);
            let rows: Vec<Value> =
                rows.iter().map(|row| json!({ "uid": row.uid, "name": row.name, "fen": row.fen })).collect();
            json!({ "programme": programme, "measure": measure.as_str(), "rows": rows, "unnamed": unnamed })
        })
        .collect();
    let closed = report.closed.as_ref().map(|closed| {
        json!({
            "closed_on": closed.closed_on, "numbers": numbers_json(&closed.numbers),
            "adjustments": closed.adjustments.iter().map(adjustment_json).collect::<Vec<_>>(),
        })
    });
    if let Some(closed) = &report.closed {
        lines.push(words.say(&Message::new("month-closed").date("on", closed.closed_on)));
    }
    let document = json!({ "ok": true, "of": report.of, "numbers": numbers_json(&report.numbers), "people": people, "closed": closed });
    Ok(Answer::new(&document, lines))
}

fn office(month: &str, ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let of = ledger.office_month(month)?;
    let lines = of.sums.iter().map(|(key, value)| line(key, *value, &scene.words)).collect();
    let row = |row: &crate::ledger::township::months::MemberMonth| {
        json!({
            "code": row.member.code, "name": row.member.name, "state": row.state.as_str(),
            "numbers": numbers_json(&row.numbers),
            "adjustments": row.adjustments.iter().map(adjustment_json).collect::<Vec<_>>(),
        })
    };
    let document = json!({
        "ok": true, "month": of.month, "rows": of.rows.iter().map(row).collect::<Vec<_>>(),
        "sums": numbers_json(&of.sums), "later": numbers_json(&of.later), "adds_up": of.adds_up(),
    });
    Ok(Answer::new(&document, lines))
}
