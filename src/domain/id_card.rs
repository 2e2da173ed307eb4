//! Resident identity numbers (GB 11643-1999) and the other documents a villager may hold.

use std::fmt;

/// A number that has been checked. `Debug` shows no digit of it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdNumber(String);

impl IdNumber {
    /// The normal form: 18 characters, upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The birth date it contains.
    pub fn born(&self) -> Option<chrono::NaiveDate> {
        None
    }

    /// The sex it contains.
    pub fn sex(&self) -> Option<crate::domain::resident::Sex> {
        None
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(…)")
    }
}
