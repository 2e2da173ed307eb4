//! What people agreed to, what they withdrew, and how many were not asked yet.

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::Answer;
use crate::cli::child::ChildReason;
use crate::cli::write::said;
use crate::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::command::{Agreed, Command, Stamp};
use crate::ledger::consents::{Asked, ConsentRow, Guarded};
use crate::ledger::error::Result;
use crate::words::Words;

/// Commands about consent.
#[derive(Subcommand, Clone)]
pub enum Consents {
    /// Note that somebody agreed or withdrew; without a purpose, what stands
    Consent(Box<OfPerson>),
    /// How many agreed, withdrew, and were not asked yet
    Consents {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Who, for what, and how.
#[derive(Args, Clone)]
pub struct OfPerson {
    /// Uid or id number
    resident: String,
    /// What it is for
    #[arg(value_enum, requires = "act")]
    purpose: Option<PurposeName>,
    /// Agreed or withdrew
    #[arg(value_enum)]
    act: Option<ActName>,
    /// The true day (default: today)
    #[arg(long)]
    on: Option<NaiveDate>,
    /// How it was said
    #[arg(long, value_enum, default_value_t = ChannelName::Signed)]
    channel: ChannelName,
    /// Who heard it, where it was said
    #[arg(long, default_value = "")]
    witness: String,
    /// Who agrees for a child under 14
    #[arg(long, requires = "guardian_relation")]
    guardian: Option<String>,
    /// What the guardian is to the child
    #[arg(long, value_enum, requires = "guardian")]
    guardian_relation: Option<RelationName>,
    #[command(flatten)]
    child: ChildReason,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

/// A purpose on the command line.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PurposeName {
    /// Kept in the lists and told of what there is
    Services,
    /// Checks and vaccinations arranged
    Health,
    /// A copy of the bank book handed in
    Account,
    /// Name and phone handed to the township clinic
    Clinic,
}

impl PurposeName {
    /// As the ledger knows it.
    pub(super) fn purpose(self) -> Purpose {
        match self {
            Self::Services => Purpose::Services,
            Self::Health => Purpose::Health,
            Self::Account => Purpose::Account,
            Self::Clinic => Purpose::Clinic,
        }
    }
}

/// What was said.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ActName {
    /// Agreed
    Give,
    /// Withdrew
    Withdraw,
}

/// How it was said.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChannelName {
    /// On the notice
    Signed,
    /// Before a witness
    Spoken,
}

/// What a guardian is to the child.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RelationName {
    /// Mother or father
    Parent,
    /// A grandparent
    Grandparent,
    /// Another guardian
    Other,
}

impl RelationName {
    fn relation(self) -> GuardianRelation {
        match self {
            Self::Parent => GuardianRelation::Parent,
            Self::Grandparent => GuardianRelation::Grandparent,
            Self::Other => GuardianRelation::Other,
        }
    }
}

impl Consents {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        match self {
            Self::Consent(of) => of.json,
            Self::Consents { json } => *json,
        }
    }
}

/// Runs one of them.
pub(super) fn run(act: &Consents, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    match act {
        Consents::Consents { .. } => overview(ledger, words),
        Consents::Consent(of) => match (of.purpose, of.act) {
            (Some(purpose), Some(act)) => {
                let command = command(of, purpose.purpose(), act, ledger, stamp.today)?;
                Ok(said(&ledger.run(&command, stamp)?, words))
            }
            _ => standing(of, ledger, words, stamp),
        },
    }
}

fn command(of: &OfPerson, purpose: Purpose, act: ActName, ledger: &Ledger, today: NaiveDate) -> Result<Command> {
    let (resident, on) = (ledger.resident(&of.resident)?.uid, of.on.unwrap_or(today));
    if act == ActName::Withdraw {
        return Ok(Command::WithdrawConsent { resident, purpose, on });
    }
    let channel = match of.channel {
        ChannelName::Signed => Channel::Signed,
        ChannelName::Spoken => Channel::Spoken,
    };
    let guardian = of.guardian.clone().zip(of.guardian_relation);
    let guardian = guardian.map(|(name, relation)| Guardian { name, relation: relation.relation() });
    let agreed = Box::new(Agreed { channel, witness: of.witness.clone(), guardian });
    Ok(Command::GiveConsent { resident, purpose, on, agreed })
}

/// What somebody agreed to; who agreed for a child, and who heard it, only once it is said why they are looked at.
fn standing(of: &OfPerson, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    let (resident, today) = (ledger.resident(&of.resident)?, stamp.today);
    let hidden = of.child.sight_of(ledger, stamp, &resident)?.hides(resident.born());
    let rows = ledger.consents(&resident, today)?;
    let row_json = |row: &ConsentRow| -> Value {
        let consent = row.consent.as_ref();
        let people = consent.filter(|_| !hidden);
        let guardian = people.and_then(|one| one.guardian.as_ref());
        json!({
            "purpose": row.purpose.as_str(),
            "state": consent.map_or("not_asked", |one| one.state.as_str()),
            "on": consent.map(|one| one.on.to_string()),
            "notice": consent.map(|one| one.notice),
            // Nobody need be heard or sign to withdraw.
            "channel": consent.filter(|one| one.state == ConsentState::Given).map(|one| one.channel.as_str()),
            "witness": people.map(|one| &one.witness),
            "guardian": guardian.map(|one| &one.name),
            "guardian_relation": guardian.map(|one| one.relation.as_str()),
            "ask_again": row.again.map(|again| again.as_str()),
            "needs_guardian": row.guarded == Guarded::ByGuardian,
        })
    };
    let lines = rows.iter().map(|row| format!("{}: {}", words.of(&row.purpose), state_words(row, words))).collect();
    let consents: Vec<Value> = rows.iter().map(row_json).collect();
    Ok(Answer::new(&json!({ "uid": resident.uid, "as_of": today.to_string(), "consents": consents }), lines))
}

fn state_words(row: &ConsentRow, words: &Words) -> String {
    let Some(consent) = &row.consent else { return words.text("consent-not-asked") };
    let stands = words.say(&Message::new("consent-on").word("state", state_key(consent)).date("on", consent.on));
    match row.again {
        Some(again) => format!("{stands} {}", words.of(&again)),
        None => stands,
    }
}

fn state_key(consent: &crate::domain::consent::Consent) -> String {
    format!("consent-{}", consent.state.as_str())
}

fn overview(ledger: &Ledger, words: &Words) -> Result<Answer> {
    let (mut purposes, mut lines) = (Vec::new(), Vec::new());
    for purpose in Purpose::ALL {
        let asked = ledger.asked(*purpose)?;
        let counts =
            |asked: &Asked| json!({ "given": asked.given, "withdrawn": asked.withdrawn, "not_asked": asked.not_asked });
        let group = |(name, asked): &(String, Asked)| json!({ "group": name, "counts": counts(asked) });
        let Asked { given, withdrawn, not_asked } = asked.all;
        purposes.push(json!({
            "purpose": purpose.as_str(),
            "counts": counts(&asked.all),
            "groups": asked.groups.iter().map(group).collect::<Vec<_>>(),
        }));
        let line = Message::new("cli-consents-line").text("purpose", words.of(purpose));
        let line = line.number("given", given).number("withdrawn", withdrawn).number("not_asked", not_asked);
        lines.push(words.say(&line));
    }
    Ok(Answer::new(&json!({ "purposes": purposes }), lines))
}
