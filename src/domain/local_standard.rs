//! Local standards: the values that the county set, entered from the town's paper. A missing one is said, never guessed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::resident::SourceId;

/// One value as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalStandard {
    /// The value as written; its programme says how it is read.
    pub value: String,
    /// The paper it stands in.
    pub source: SourceId,
    /// The day since which it holds.
    pub on: NaiveDate,
}

/// All values of a village, by programme and key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalStandards(BTreeMap<(String, String), LocalStandard>);

impl LocalStandards {
    /// Notes a value.
    pub fn set(&mut self, programme: &str, key: &str, standard: LocalStandard) {
        self.0.insert((programme.to_owned(), key.to_owned()), standard);
    }

    /// The value that was entered.
    pub fn get(&self, programme: &str, key: &str) -> Option<&LocalStandard> {
        self.0.get(&(programme.to_owned(), key.to_owned()))
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
