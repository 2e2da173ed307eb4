//! Applications, step by step, and what they brought in a year.

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::Answer;
use crate::domain::application::Act;
use crate::domain::message::{Message, Say as _};
use crate::domain::money::{read_yuan, yuan};
use crate::ledger::Ledger;
use crate::ledger::applications::{ApplicationRow, PaidPerson, YearOfProgramme};
use crate::ledger::command::{Command, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::paper::period_words;
use crate::words::Words;

/// What happens to an application.
#[derive(Subcommand, Clone)]
pub enum Step {
    /// The person applies
    #[command(alias = "apply")]
    Begin {
        #[command(flatten)]
        of: Of,
        /// A paper in hand, by its key; may be given several times
        #[arg(long = "paper", value_name = "KEY")]
        papers: Vec<String>,
        /// Keep the papers of the year before, where that was granted and nothing changed
        #[arg(long)]
        renew: bool,
    },
    /// A paper is there
    Tick {
        #[command(flatten)]
        of: Of,
        /// The paper's key
        paper: String,
    },
    /// A paper is not there after all
    Untick {
        #[command(flatten)]
        of: Of,
        /// The paper's key
        paper: String,
    },
    /// The papers go on to the next step
    HandOn(Of),
    /// The papers come back to the step before
    SetBack(Of),
    /// The authority answered
    Answer {
        #[command(flatten)]
        of: Of,
        /// What it said; of a refusal no reason is kept
        answer: Said,
        /// Granted for the turn, in yuan
        #[arg(long, value_parser = fen)]
        yuan: Option<i64>,
    },
    /// Money came
    Paid {
        #[command(flatten)]
        of: Of,
        /// So much, in yuan
        #[arg(value_parser = fen, value_name = "YUAN")]
        fen: i64,
    },
    /// The payment noted for that day was a mistake
    NotPaid(Of),
    /// The person takes it back
    TakeBack(Of),
    /// All applications, or those of one person
    Show {
        /// Uid or id number
        resident: Option<String>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Whose application to what, when.
#[derive(Args, Clone)]
pub struct Of {
    /// Uid or id number
    resident: String,
    /// The programme's id
    programme: String,
    /// The turn (default: to begin, the present one; else the latest that was applied for)
    #[arg(long)]
    period: Option<String>,
    /// The true day (default: today)
    #[arg(long)]
    on: Option<NaiveDate>,
}

/// An answer of the authority.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Said {
    /// Granted
    Granted,
    /// Refused
    Refused,
}

fn fen(text: &str) -> std::result::Result<i64, String> {
    read_yuan(text).ok_or_else(|| "expected yuan such as 3600 or 3,600.50".to_owned())
}

impl Step {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Show { json: true, .. })
    }
}

pub(super) fn run(step: &Step, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    if let Step::Show { resident, .. } = step {
        return show(ledger, words, resident.as_deref());
    }
    let (of, act) = act(step, ledger, stamp.today)?;
    let resident = ledger.resident(&of.resident)?.uid;
    let period = match (&act, &of.period) {
        (_, Some(period)) => Some(period.clone()),
        (Act::Begin(_), None) => None,
        (_, None) => latest(ledger, &resident, &of.programme)?,
    };
    let on = of.on.unwrap_or(stamp.today);
    let command = Command::Apply { resident, programme: of.programme.clone(), period, act, on };
    Ok(super::write::said(&ledger.run(&command, stamp)?, words))
}

fn act<'s>(step: &'s Step, ledger: &Ledger, today: NaiveDate) -> Result<(&'s Of, Act)> {
    Ok(match step {
        Step::Begin { of, papers, renew } => {
            let mut papers = papers.clone();
            if *renew {
                let (programme, on) = (ledger.programme(&of.programme)?, of.on.unwrap_or(today));
                let period = of.period.clone().unwrap_or_else(|| programme.common_turn(on).name);
                papers.extend(ledger.papers_kept(&ledger.resident(&of.resident)?.uid, &of.programme, &period)?);
            }
            (of, Act::Begin(papers))
        }
        Step::Tick { of, paper } => (of, Act::Tick(paper.clone())),
        Step::Untick { of, paper } => (of, Act::Untick(paper.clone())),
        Step::HandOn(of) => (of, Act::HandOn),
        Step::SetBack(of) => (of, Act::SetBack),
        Step::Answer { of, answer: Said::Granted, yuan } => (of, Act::Grant(yuan.unwrap_or(0))),
        Step::Answer { of, answer: Said::Refused, .. } => (of, Act::Refuse),
        Step::Paid { of, fen } => (of, Act::Paid(*fen)),
        Step::NotPaid(of) => (of, Act::NotPaid),
        Step::TakeBack(of) => (of, Act::TakeBack),
        Step::Show { .. } => return Err(LedgerError::refused("error-application-not-begun")),
    })
}

/// The turn of the latest application of somebody to a programme.
fn latest(ledger: &Ledger, uid: &str, programme: &str) -> Result<Option<String>> {
    let rows = ledger.applications_of(uid)?;
    let of = rows.into_iter().filter(|row| row.programme.id == programme);
    Ok(of.max_by_key(|row| (row.application.began_on, row.period.clone())).map(|row| row.period))
}

fn show(ledger: &Ledger, words: &Words, resident: Option<&str>) -> Result<Answer> {
    let rows = match resident {
        Some(resident) => ledger.applications_of(&ledger.resident(resident)?.uid)?,
        None => ledger.applications()?,
    };
    let lines = rows.iter().map(|row| line(row, words)).collect();
    let document = json!({ "rows": rows.iter().map(document).collect::<Vec<_>>() });
    Ok(Answer::new(&document, lines))
}

fn document(row: &ApplicationRow) -> Value {
    let application = &row.application;
    let missing: Vec<_> = application.missing(&row.programme).iter().map(|document| document.key.clone()).collect();
    let payment = |(on, fen): (&NaiveDate, &i64)| json!({ "on": on.to_string(), "fen": fen });
    json!({
        "programme": row.programme.id,
        "uid": row.uid,
        "period": row.period,
        "phase": application.phase().as_str(),
        "holder": application.holder.as_str(),
        "holder_on": application.holder_on.to_string(),
        "began_on": application.began_on.to_string(),
        "answer": application.answer.map(|(answer, _)| answer.as_str()),
        "answer_on": application.answer.map(|(_, on)| on.to_string()),
        "fen": application.fen,
        "taken_back": application.taken_back.map(|on| on.to_string()),
        "papers": application.documents.keys().collect::<Vec<_>>(),
        "missing": missing,
        "payments": application.payments.iter().map(payment).collect::<Vec<_>>(),
        "paid_fen": application.paid_fen(),
    })
}

fn line(row: &ApplicationRow, words: &Words) -> String {
    let period = period_words(words, &row.programme, &row.period);
    let message = Message::new("cli-application-line")
        .text("name", row.name.clone())
        .text("programme", format!("{} {period}", words.pick(&row.programme.names)).trim())
        .text("phase", words.say(&row.application.phase().message()))
        .text("holder", words.say(&row.application.holder.message()));
    words.say(&message.text("yuan", yuan(row.application.paid_fen())))
}

pub(super) fn totals(ledger: &Ledger, words: &Words, year: i32) -> Result<Answer> {
    let of = ledger.benefit_year(year)?;
    let person = |person: &PaidPerson| json!({ "uid": person.uid, "fen": person.fen });
    let row = |of: &YearOfProgramme| {
        let people: Vec<_> = of.people.iter().map(person).collect();
        json!({ "programme": of.programme.id, "persons": of.persons(), "unnamed": of.unnamed, "fen": of.fen, "people": people })
    };
    let rows: Vec<_> = of.programmes.iter().map(row).collect();
    let document = json!({ "year": year, "persons": of.persons, "unnamed": of.unnamed, "fen": of.fen, "rows": rows });
    let said = |name: String, (persons, unnamed): (usize, usize), fen: i64| {
        let message = Message::new("cli-total-line").text("name", name).number("persons", persons);
        words.say(&message.number("unnamed", unnamed).text("yuan", yuan(fen)))
    };
    let mut lines: Vec<String> = of
        .programmes
        .iter()
        .map(|of| said(words.pick(&of.programme.names).into(), (of.persons(), of.unnamed), of.fen))
        .collect();
    lines.push(said(words.text("cli-total-all"), (of.persons, of.unnamed), of.fen));
    Ok(Answer::new(&document, lines))
}
