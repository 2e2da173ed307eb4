//! What commands are about, and what they did.

use chrono::NaiveDate;

use crate::domain::consent::{Channel, Guardian};
use crate::domain::id_card::IdNumber;
use crate::domain::name::PersonName;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{FactValue, Residency, Sex};

/// A task written by hand.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTask {
    /// In a few words.
    pub what: String,
    /// By when.
    pub due_on: NaiveDate,
    /// About whom, by uid; none for nobody in particular.
    pub resident: Option<String>,
}

/// How somebody agreed.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Signed or said.
    pub channel: Channel,
    /// Who heard it, where it was said.
    pub witness: String,
    /// Who agreed for a child.
    pub guardian: Option<Guardian>,
}

/// A value that the county set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLocal {
    /// The programme's id.
    pub programme: String,
    /// The key, one of those the programme names.
    pub key: String,
    /// The value as written.
    pub value: String,
    /// The paper it stands in.
    pub source: String,
    /// The day since which it holds.
    pub on: NaiveDate,
}

/// A fact of a list.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFact {
    /// The resident's uid.
    pub resident: String,
    /// The kind and its value.
    pub value: FactValue,
    /// The day it was true.
    pub on: NaiveDate,
}

/// A person to be entered; values are already checked.
#[derive(Clone)]
pub struct NewResident {
    /// Normal form of the name, and as written.
    pub name: PersonName,
    /// The checked id number.
    pub id_number: Option<IdNumber>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Birth, where known.
    pub born: Option<PartialDate>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Phone as given.
    pub phone: String,
    /// Whether the person lives here.
    pub residency: Option<Residency>,
    /// Who says so.
    pub source: String,
}

/// Where somebody belongs.
#[derive(Clone, PartialEq, Eq)]
pub enum Home {
    /// The household with this uid.
    Household(String),
    /// The household with this number in the group, made if it is new; an empty number means the group's 未分户.
    Numbered {
        /// The group's bare name; empty where unknown.
        group: String,
        /// The number; empty where unknown.
        number: String,
    },
    /// A household of their own; refused where the group already has one with this number.
    New(HouseholdEdit),
}

/// What is said of a household.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HouseholdEdit {
    /// The group's bare name; empty where unknown.
    pub group: String,
    /// The number within the group; empty where it has none.
    pub number: String,
    /// The address; empty where unknown.
    pub address: String,
}

/// Corrections of what is known of somebody: `None` leaves a value as it is, `Some(None)` says that it is not known.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResidentEdit {
    /// The name.
    pub name: Option<PersonName>,
    /// The id number; it decides birth and sex.
    pub id_number: Option<Option<IdNumber>>,
    /// Birth; refused where there is an id number that says otherwise.
    pub born: Option<Option<PartialDate>>,
    /// Sex; refused likewise.
    pub sex: Option<Option<Sex>>,
    /// Relation to the head.
    pub relation: Option<Option<Relation>>,
    /// Phone as given; empty for none.
    pub phone: Option<String>,
    /// Whether the person lives here, and since which day that is known.
    pub residency: Option<(Residency, NaiveDate)>,
}

/// Somebody who moves.
#[derive(Clone, PartialEq, Eq)]
pub struct Moved {
    /// The resident's uid.
    pub resident: String,
    /// The relation to the head of the new household; none where it is not known there.
    pub relation: Option<Relation>,
}

/// Two records that are one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Merge {
    /// The uid of the record that stays listed.
    pub listed: String,
    /// The uid of the record that will stand behind it.
    pub behind: String,
    /// What is taken from the one behind; all else stays as the listed one has it.
    pub taken: Vec<Taken>,
}

/// A value that can be chosen when two records are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Taken {
    /// The name.
    Name,
    /// The id number, with the birth and sex it decides; the two records exchange their numbers.
    IdNumber,
    /// Birth, where the listed one has no id number.
    Born,
    /// Sex, likewise.
    Sex,
    /// The phone.
    Phone,
    /// Whether the person lives here.
    Residency,
    /// The household, with the relation to its head. Asked by itself, never dragged along.
    Household,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The new revision of the ledger.
    pub revision: i64,
    /// The change, or none where nothing was different.
    pub change: Option<crate::ledger::history::ChangeRow>,
    /// Names of the residents whose rows were kept because they were edited since.
    pub kept: Vec<KeptRow>,
}

/// A row that taking back left as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRow {
    /// The table's key of assets/words (`record-resident` …).
    pub record: String,
    /// Its uid.
    pub uid: String,
    /// What it is called: a resident's name, a group's name; may be empty.
    pub name: String,
}

/// Without the name: rows may be logged.
impl std::fmt::Debug for KeptRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptRow({} {})", self.record, self.uid)
    }
}
