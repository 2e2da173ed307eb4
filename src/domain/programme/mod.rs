//! Programmes: who may have what, as typed data. They are compiled in from `assets/programmes/*.toml`; an unknown
//! key, clause or value is an error that names file, line, field and what was expected, so that no programme can be
//! invented by editing a file.

pub mod amount;
pub mod clause;
pub mod file;
pub mod local;
pub mod narrow;
pub mod turn;

use chrono::NaiveDate;
use serde::Deserialize;

pub use amount::Amount;
pub use clause::{AgeOn, Clause, Num};
pub use file::FileError;
pub use local::LocalDef;
pub use turn::{Repetition, Turn};

use crate::domain::message::{Message, Say};
use crate::domain::resident::worded;

/// What a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A free health check, voluntary.
    Check,
    /// A vaccination, voluntary.
    Vaccine,
    /// Money or vouchers that are applied for.
    Benefit,
    /// Help that is agreed on with the person.
    Care,
    /// A slip printed on the person's own request: nobody is listed and nothing is kept.
    Leaflet,
    /// Something told to everybody of an age range.
    Notice,
}
worded!(Kind, "programme-kind" {
    Check => "check", Vaccine => "vaccine", Benefit => "benefit", Care => "care", Leaflet => "leaflet", Notice => "notice",
});

/// Whom a programme is for, and so who is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Each resident on their own.
    Resident,
    /// A child: a parent or guardian is spoken to.
    Child,
    /// A student: the person, or a parent or guardian.
    Student,
}

/// Whether a programme is in force, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Status {
    /// In force as written.
    Current,
    /// The county sets what matters: nothing of that is shown before it is entered.
    Local,
    /// 待核实: not confirmed for the present year.
    Unverified,
    /// No longer in force.
    Ended {
        /// The day by which it had ended.
        by: NaiveDate,
    },
}

impl Say for Status {
    fn message(&self) -> Message {
        match self {
            Self::Current => Message::new("status-current"),
            Self::Local => Message::new("status-local"),
            Self::Unverified => Message::new("status-unverified"),
            Self::Ended { by } => Message::new("status-ended").date("by", *by),
        }
    }
}

/// How people are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tell {
    /// Each by name: whoever was not told becomes a task.
    #[default]
    Each,
    /// By a notice in the same words for everybody: no task a person.
    Notice,
}

/// Whether all that decides is asked of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conditions {
    /// Who fulfils the clauses may have it, as far as the village can know.
    #[default]
    Asked,
    /// The clauses only say whom to tell: the rest is told to everybody in the same words and asked of nobody. Nobody
    /// is counted as missing money before they apply.
    Told,
}

/// What the village may put up or write down about who takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publicity {
    /// What the steps say.
    #[default]
    Usual,
    /// Nothing, ever: no sheet on the board, and no roster tells who applied or was told. Who is bereaved is nobody's
    /// business.
    None,
}

/// The same words in both languages of the program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese, as a cadre would say it.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What a person should know before coming.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// What to bring and how to prepare.
    pub bring: Bilingual,
    /// What is done there.
    pub content: Bilingual,
}

/// Who has a step in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The person, or a parent or guardian.
    Person,
    /// The village committee.
    Village,
    /// The township.
    Township,
    /// The county.
    County,
    /// The school.
    School,
}
worded!(Who, "who" {
    Person => "person", Village => "village", Township => "township", County => "county", School => "school",
});

/// One step of an application.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who has it in hand.
    pub who: Who,
    /// What is done.
    pub what: Bilingual,
    /// 公示: for how many days a masked sheet hangs on the village's board. Absent where none does.
    pub public_days: Option<Num>,
}

/// A paper to bring.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawDocument")]
pub struct Document {
    /// What an application ticks it off by: kebab-case, unique within the programme. `account` is the copy of a bank
    /// book, which the village takes only where the person agreed to that.
    pub key: String,
    /// What it is called.
    pub names: Bilingual,
}

/// The key of the copy of a bank book among the papers.
pub const ACCOUNT: &str = "account";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    key: String,
    zh: String,
    en: String,
}

impl TryFrom<RawDocument> for Document {
    type Error = String;

    fn try_from(raw: RawDocument) -> Result<Self, String> {
        let is_kebab = raw.key.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()));
        if !is_kebab {
            return Err(format!("documents: expected a key in kebab-case, found {:?}", raw.key));
        }
        Ok(Self { key: raw.key, names: Bilingual { zh: raw.zh, en: raw.en } })
    }
}

/// Where a programme's rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document.
    pub title: String,
    /// Where it was read.
    pub address: String,
    /// The day it was last checked.
    pub checked: NaiveDate,
}

/// The days between which a programme is in force; absent where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// The ages within which it is worth asking for a missing fact. It decides whom to ask, never who may have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The youngest age in completed years.
    pub from_age: i32,
    /// The oldest.
    pub to_age: i32,
}

/// A programme, as its file says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "file::File")]
pub struct Programme {
    /// The id used in the ledger and on the command line.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Whom it is for.
    pub subject: Subject,
    /// Whether it is in force.
    pub status: Status,
    /// Its name.
    pub names: Bilingual,
    /// The days between which it is in force.
    pub in_force: InForce,
    /// Its conditions; all must hold.
    pub clauses: Vec<Clause>,
    /// Whom to ask for what is missing.
    pub ask: Option<Ask>,
    /// How people are told.
    pub tell: Tell,
    /// Whether its clauses are all of its conditions.
    pub conditions: Conditions,
    /// What the village may put up.
    pub publicity: Publicity,
    /// Who has not been told this many days before the end is due to be told.
    pub tell_days_before_end: i64,
    /// How often it may be had.
    pub repetition: Repetition,
    /// What is paid.
    pub amount: Option<Amount>,
    /// Papers to bring.
    pub documents: Vec<Document>,
    /// From the person to the payment.
    pub steps: Vec<Step>,
    /// What the authority decides, and the village does not.
    pub authority_decides: Vec<Bilingual>,
    /// What the county may set.
    pub local: Vec<LocalDef>,
    /// What to bring, what is done.
    pub visit: Option<Visit>,
    /// What else is to be said about it.
    pub note: Option<Bilingual>,
    /// Where the rule comes from.
    pub sources: Vec<Source>,
}

impl Programme {
    /// Whether it is in force on a day.
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        let ended = matches!(self.status, Status::Ended { .. });
        !ended && self.in_force.from.is_none_or(|from| from <= on) && self.in_force.to.is_none_or(|to| on <= to)
    }

    /// For how many days the village hangs a masked sheet; none where it hangs none.
    pub fn public_days(&self) -> Option<u64> {
        let village = self.steps.iter().find(|step| step.who == Who::Village)?;
        let days = village.public_days.as_ref().filter(|_| self.publicity == Publicity::Usual)?.value()?;
        u64::try_from(days).ok().filter(|days| *days > 0)
    }

    /// Whether its numbers, or its name beside a person's, may stand on a paper: not where nothing may be told of it, nor
    /// where it is care that somebody asked for.
    pub fn may_be_told_of(&self) -> bool {
        self.publicity != Publicity::None && self.kind != Kind::Care
    }

    /// Whether people are listed at all: for a leaflet nobody is.
    pub fn lists_people(&self) -> bool {
        self.kind != Kind::Leaflet
    }
}

/// The files compiled in, in the order shown: what lapses first, then what everybody knows, then the rest.
macro_rules! files {
    ($($id:literal),+ $(,)?) => {
        &[$((concat!($id, ".toml"), include_str!(concat!("../../../assets/programmes/", $id, ".toml")))),+]
    };
}

/// The programmes compiled into this program, in the order shown.
pub fn compiled_in() -> Result<Vec<Programme>, FileError> {
    const FILES: &[(&str, &str)] = files![
        "elder-check",
        "women-check",
        "child-check",
        "hpv",
        "child-subsidy",
        "rural-award",
        "special-aid",
        "only-child-fee",
        "elder-allowance",
        "pension-subsidy",
        "retirement-award",
        "medical-insurance",
        "boarder-aid",
        "student-aid",
        "yulu",
        "college-grant",
        "school-aid",
        "left-behind",
        "pairing",
        "loan",
        "house-repair",
        "pre-marriage",
        "pre-pregnancy",
        "folic-acid",
        "notice",
        "exam-points",
    ];
    FILES.iter().map(|(file, text)| Programme::from_toml(file, text)).collect()
}

#[cfg(test)]
mod tests;
