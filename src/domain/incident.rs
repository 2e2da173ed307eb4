//! A loss or a leak: what was lost, which kinds of data were in it, who must be told. Source: PIPL art. 57.

use chrono::NaiveDate;

use crate::domain::resident::worded;

/// What was lost, or got out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncidentKind {
    /// The laptop.
    Laptop,
    /// A stick with a copy, a backup or a file for the township.
    Stick,
    /// Something printed.
    Paper,
    /// A file that was exported, or sent to the wrong people.
    File,
    /// Somebody saw what was not for them.
    Seen,
}
worded!(IncidentKind, "incident-kind" {
    Laptop => "laptop", Stick => "stick", Paper => "paper", File => "file", Seen => "seen",
});

/// A kind of data, as somebody concerned would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DataKind {
    /// Names, sex, birth, household and address.
    Register,
    /// Id numbers.
    IdNumber,
    /// Phone numbers.
    Phone,
    /// Benefits applied for and paid.
    Benefits,
    /// Days for health checks. Never a result: none is kept.
    Checks,
    /// Data of children under 14.
    Children,
}
worded!(DataKind, "data-kind" {
    Register => "register", IdNumber => "id-number", Phone => "phone", Benefits => "benefits", Checks => "checks",
    Children => "children",
});

/// Whoever must be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Told {
    /// The township.
    Township,
    /// The office for cyberspace affairs (网信部门), which protects personal data (PIPL arts. 57, 60).
    Office,
    /// The people concerned. May be left out where what was done keeps harm from them; who decides is the office.
    People,
}
worded!(Told, "told" { Township => "township", Office => "office", People => "people" });

/// Whether what was lost can be read by whoever has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readable {
    /// Sealed: without passphrase or paper code nobody reads it.
    Sealed,
    /// In plain sight.
    Plain,
}

impl IncidentKind {
    /// A laptop that was locked and a stick with sealed files give nothing away; paper and exported files do.
    pub fn readable(self) -> Readable {
        match self {
            Self::Laptop | Self::Stick => Readable::Sealed,
            Self::Paper | Self::File | Self::Seen => Readable::Plain,
        }
    }
}

/// A loss or leak, as it is written down. No names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Identity; empty for one that is new.
    pub uid: String,
    /// What was lost.
    pub kind: IncidentKind,
    /// The day it happened or was found.
    pub on: NaiveDate,
    /// In a few words.
    pub what: String,
    /// The kinds of data in it.
    pub data: Vec<DataKind>,
    /// How many people it concerns.
    pub people: u32,
    /// Who was told, and when.
    pub told: Vec<(Told, NaiveDate)>,
}

impl Incident {
    /// Who was not told yet, the township first.
    pub fn still_to_tell(&self) -> Vec<Told> {
        Told::ALL.iter().copied().filter(|who| self.told.iter().all(|(told, _)| told != who)).collect()
    }
}
