//! Everything that can be done to a ledger, in the user's words, and who does it when.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::offer::Outcome;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{Residency, Sex, Standing};

/// Who does it, when. The ledger asks no clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The instant, in Beijing time.
    pub at: DateTime<FixedOffset>,
    /// The calendar day that counts as today.
    pub today: NaiveDate,
    /// Who, as signed in on the laptop.
    pub by: String,
}

/// One user action: one transaction, one name in the history, one step of undo.
#[derive(Clone)]
pub enum Command {
    /// Record what was said to somebody about a programme.
    Record {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// What was said.
        outcome: Outcome,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// The person came and had the check.
    Attend {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Note whether somebody lives here or is away.
    SetResidency {
        /// The resident's uid.
        resident: String,
        /// Here or away.
        residency: Residency,
        /// Who says so: a few words.
        source: String,
        /// The day it was true.
        on: NaiveDate,
    },
    /// Note a birth date that was missing or wrong; refused where the id number says otherwise.
    SetBorn {
        /// The resident's uid.
        resident: String,
        /// The date, perhaps without day or month.
        born: PartialDate,
        /// Who says so.
        source: String,
    },
    /// Moved away for good, died, or came back into the lists.
    SetStanding {
        /// The resident's uid.
        resident: String,
        /// The new standing.
        standing: Standing,
        /// The day since which it is true.
        on: NaiveDate,
    },
    /// Enter a person by hand.
    AddResident(Box<NewResident>),
    /// Remove somebody entered by mistake, with all that was noted about them.
    RemoveResident {
        /// The resident's uid.
        resident: String,
    },
    /// Say who looks after a group.
    AssignContact {
        /// The group's name.
        group: String,
        /// The contact person's name; empty for nobody.
        name: String,
        /// The contact person's phone.
        phone: String,
    },
    /// Write a roster that was looked at, with what was decided for its rows, as one step.
    Import(std::sync::Arc<crate::ledger::imports::ImportPlan>),
    /// Take back the latest change in effect.
    Undo,
    /// Put back what was undone last, if nothing was done since.
    Redo,
    /// Take back one change by its uid, keeping and listing the rows edited since.
    TakeBack {
        /// The change's uid.
        change: String,
    },
}

/// A person to be entered; values are already checked.
#[derive(Clone)]
pub struct NewResident {
    /// Normal form of the name, and as written.
    pub name: crate::domain::name::PersonName,
    /// The checked id number.
    pub id_number: Option<crate::domain::id_card::IdNumber>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Birth, where known.
    pub born: Option<PartialDate>,
    /// The group's bare name; empty where unknown.
    pub group: String,
    /// The household's number within the group; empty where unknown.
    pub household: String,
    /// Relation to the head.
    pub relation: Option<crate::domain::relation::Relation>,
    /// Phone as given.
    pub phone: String,
    /// Whether the person lives here.
    pub residency: Option<Residency>,
    /// Who says so.
    pub source: String,
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
