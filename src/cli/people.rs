//! Who lives where: entering, correcting, moving, splitting and joining, as in the window.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::cli::Answer;
use crate::cli::child::ChildReason;
use crate::cli::show::resident_json;
use crate::domain::id_card::IdNumber;
use crate::domain::message::{Message, Say};
use crate::domain::name::PersonName;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Residency, Sex, Standing};
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::Ledger;
use crate::ledger::command::{Command, Home, HouseholdEdit, Moved, NewResident, ResidentEdit, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::exchange::group::{Prefixes, bare};
use crate::words::Words;

/// Commands about people and households.
#[derive(Subcommand, Clone)]
pub enum People {
    /// Enter somebody
    Add {
        /// The name
        name: String,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        place: Place,
    },
    /// Correct what is known of somebody; an empty value says that it is not known
    Edit {
        /// Uid or id number
        resident: String,
        /// The name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        values: Values,
    },
    /// Move people to another household, or with --new into one of their own
    Move {
        /// Uids or id numbers
        #[arg(required = true)]
        residents: Vec<String>,
        #[command(flatten)]
        place: Place,
        /// The relation to the head there, of all who move
        #[arg(long)]
        relation: Option<String>,
        /// A household of their own
        #[arg(long)]
        new: bool,
    },
    /// Make two households one: everybody of the first moves into the second
    JoinHouseholds {
        /// Uid of the household that goes
        from: String,
        /// Uid of the household that stays
        into: String,
    },
    /// Show a household with its members, or correct its number, address or group
    Household {
        /// The household's uid
        household: String,
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        child: ChildReason,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Note that somebody moved away, died, or is back
    Standing {
        /// Uid or id number
        resident: String,
        /// present, moved_out or deceased
        standing: String,
        /// The day since which it is true (default: today)
        #[arg(long)]
        on: Option<NaiveDate>,
    },
}

/// What is known of somebody.
#[derive(Args, Clone, Default)]
pub struct Values {
    /// Id number
    #[arg(long)]
    id_number: Option<String>,
    /// Birth: 1961-03-09, 196103, 1961
    #[arg(long)]
    born: Option<String>,
    /// male or female
    #[arg(long)]
    sex: Option<String>,
    /// Relation to the head, in words or by GB/T 4761
    #[arg(long)]
    relation: Option<String>,
    /// Phone
    #[arg(long)]
    phone: Option<String>,
    /// here or away
    #[arg(long)]
    residency: Option<String>,
    /// Who says so (default: entered by hand)
    #[arg(long)]
    source: Option<String>,
}

/// Where somebody belongs.
#[derive(Args, Clone, Default)]
pub struct Place {
    /// The group
    #[arg(long)]
    group: Option<String>,
    /// The household's number within the group
    #[arg(long)]
    number: Option<String>,
    /// The address
    #[arg(long)]
    address: Option<String>,
    /// The uid of a household that is there
    #[arg(long, conflicts_with_all = ["group", "number", "address"])]
    into: Option<String>,
}

impl People {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        matches!(self, Self::Household { json: true, .. })
    }

    /// Whether it only reads.
    pub(super) fn is_read(&self) -> bool {
        matches!(self, Self::Household { place, .. } if !place.is_given())
    }
}

impl Place {
    fn is_given(&self) -> bool {
        self.group.is_some() || self.number.is_some() || self.address.is_some()
    }

    fn edit(&self) -> Result<HouseholdEdit> {
        let group = group(self.group.as_deref().unwrap_or_default())?;
        let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        Ok(HouseholdEdit { group, number: text(&self.number), address: text(&self.address) })
    }

    fn home(&self) -> Result<Home> {
        match &self.into {
            Some(uid) => Ok(Home::Household(uid.clone())),
            None => {
                let HouseholdEdit { group, number, .. } = self.edit()?;
                Ok(Home::Numbered { group, number })
            }
        }
    }
}

fn group(text: &str) -> Result<String> {
    let unusable = || LedgerError::refused("error-group-name");
    if text.trim().is_empty() { Ok(String::new()) } else { bare(text, Prefixes::One).ok_or_else(unusable) }
}

/// A value that cannot be read, as the sentence that says why.
fn refused(say: &impl Say) -> LedgerError {
    LedgerError::new(ErrorKind::Refused, say.message())
}

/// A value from the command line: absent, empty (not known), or read.
fn given<T>(text: Option<&String>, read: impl FnOnce(&str) -> Result<T>) -> Result<Option<Option<T>>> {
    match text.map(|text| text.trim()) {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(text) => read(text).map(|value| Some(Some(value))),
    }
}

impl Values {
    fn edit(&self, name: Option<&String>, today: NaiveDate) -> Result<ResidentEdit> {
        let name = name.map(|name| PersonName::parse(name).map_err(|wrong| refused(&wrong))).transpose()?;
        let id = |text: &str| IdNumber::parse(text, today).map(|id| id.number).map_err(|wrong| refused(&wrong));
        let residency = given(self.residency.as_ref(), |text| {
            Residency::from_word(text).ok_or_else(|| LedgerError::refused("cli-fact-value"))
        })?;
        Ok(ResidentEdit {
            name,
            id_number: given(self.id_number.as_ref(), id)?,
            born: given(self.born.as_ref(), |text| born(text, today))?,
            sex: given(self.sex.as_ref(), |text| {
                Sex::from_word(text).ok_or_else(|| LedgerError::refused("cli-value-unknown"))
            })?,
            relation: given(self.relation.as_ref(), relation)?,
            phone: self.phone.clone(),
            residency: residency.flatten().map(|residency| (residency, today)),
        })
    }
}

fn born(text: &str, today: NaiveDate) -> Result<PartialDate> {
    match WrittenDate::from_text(text, Decimals::AsTyped, today) {
        WrittenDate::Known(date) => Ok(date),
        WrittenDate::Unclear(unclear) => Err(refused(&unclear)),
        WrittenDate::Blank | WrittenDate::Ambiguous(_) => Err(LedgerError::refused("cli-value-unknown")),
    }
}

fn relation(text: &str) -> Result<Relation> {
    Relation::parse(text).ok_or_else(|| LedgerError::refused("cli-value-unknown"))
}

/// The command of a line.
pub(super) fn command(people: &People, ledger: &Ledger, today: NaiveDate, words: &Words) -> Result<Command> {
    let source = |values: &Values| values.source.clone().unwrap_or_else(|| words.text("ui-source-by-hand"));
    let uid = |resident: &String| ledger.resident(resident).map(|row| row.uid);
    match people {
        People::Add { name, values, place } => {
            let new = Box::new(new_resident(&values.edit(Some(name), today)?, source(values))?);
            Ok(Command::AddResident { new, home: place.home()? })
        }
        People::Edit { resident, name, values } => {
            let edit = Box::new(values.edit(name.as_ref(), today)?);
            Ok(Command::EditResident { resident: uid(resident)?, edit, source: source(values) })
        }
        People::Move { residents, place, relation: to, new } => {
            let to = given(to.as_ref(), relation)?.flatten();
            let moved = |resident| Ok(Moved { resident: uid(resident)?, relation: to });
            let home = if *new { Home::New(place.edit()?) } else { place.home()? };
            Ok(Command::Move { people: residents.iter().map(moved).collect::<Result<_>>()?, home })
        }
        People::JoinHouseholds { from, into } => Ok(Command::JoinHouseholds { from: from.clone(), into: into.clone() }),
        People::Household { household, place, .. } => {
            let known = ledger.household(household)?.row;
            let mut edit = place.edit()?;
            if place.group.is_none() {
                edit.group = known.group;
            }
            if place.number.is_none() {
                edit.number = known.number;
            }
            if place.address.is_none() {
                edit.address = known.address;
            }
            Ok(Command::EditHousehold { household: household.clone(), edit })
        }
        People::Standing { resident, standing, on } => {
            let standing = Standing::from_word(standing).ok_or_else(|| LedgerError::refused("cli-value-unknown"))?;
            Ok(Command::SetStanding { resident: uid(resident)?, standing, on: on.unwrap_or(today) })
        }
    }
}

fn new_resident(edit: &ResidentEdit, source: String) -> Result<NewResident> {
    let name = edit.name.clone().ok_or_else(|| LedgerError::refused("cli-value-unknown"))?;
    Ok(NewResident {
        name,
        id_number: edit.id_number.flatten(),
        sex: edit.sex.flatten(),
        born: edit.born.flatten(),
        relation: edit.relation.flatten(),
        phone: edit.phone.clone().unwrap_or_default(),
        residency: edit.residency.map(|(residency, _)| residency),
        source,
    })
}

/// A household with its members.
pub(super) fn show(people: &People, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    let People::Household { household, child, .. } = people else {
        return Err(LedgerError::refused("cli-unknown-line"));
    };
    let household = ledger.household(household)?;
    let row = &household.row;
    let sight = child.sight(ledger, stamp, household.members.iter().map(|one| (one.uid.as_str(), one.born())))?;
    let members: Vec<_> = household.members.iter().map(|member| resident_json(member, sight, words)).collect();
    let mut lines = vec![words.say(&Message::new("ui-household").text("number", row.number.clone()))];
    lines.extend(household.members.iter().map(|member| format!("{}  {}", member.uid, member.name)));
    let document = json!({
        "uid": row.uid, "group": row.group, "number": row.number, "address": row.address, "head": row.head,
        "people": row.people, "members": members,
    });
    Ok(Answer::new(&document, lines))
}
