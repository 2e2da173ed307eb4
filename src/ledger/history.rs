//! The history of a ledger, a day or a person, as it is shown.

use chrono::NaiveDate;
use serde::Serialize;

/// Which changes to read.
#[derive(Clone, Debug)]
pub struct ChangeFilter {
    /// Only those about this uid, or that wrote a row of the person with it.
    pub about: Option<String>,
    /// Only those of this day, as it was on the clock of whoever did it.
    pub on: Option<NaiveDate>,
    /// Only those before this change id, for paging.
    pub before: Option<i64>,
    /// At most this many.
    pub limit: u32,
}

impl Default for ChangeFilter {
    fn default() -> Self {
        Self { about: None, on: None, before: None, limit: 200 }
    }
}

/// The days beside a day on which something was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaysAround {
    /// The last one before it.
    pub before: Option<NaiveDate>,
    /// The next one after it.
    pub after: Option<NaiveDate>,
}

/// One change.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// Its number within this file: the revision it made.
    #[serde(rename = "revision")]
    pub id: i64,
    /// Its identity everywhere.
    pub uid: String,
    /// The instant, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// What: a key of assets/words (`op-…`).
    pub op: String,
    /// A programme's id or a file's name.
    pub note: String,
    /// How many records the user would say it touched.
    pub count: i64,
    /// The uid of the resident concerned, or empty.
    pub about: String,
    /// The present name of the resident concerned, or empty.
    pub name: String,
    /// The present place of the household concerned, where it is about one that still is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<ChangedHome>,
    /// The uid of the change it takes back.
    pub undoes: Option<String>,
    /// Whether it is taken back at present.
    pub taken_back: bool,
    /// Whether it can be taken back at present.
    pub can_be_taken_back: bool,
}

/// The household that a change was about.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ChangedHome {
    /// Bare name of its group.
    pub group: String,
    /// Its number within the group; empty for 未分户.
    pub number: String,
}

/// Without names: changes may be logged.
impl std::fmt::Debug for ChangeRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChangeRow({} {} {})", self.id, self.op, self.uid)
    }
}
