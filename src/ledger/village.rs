//! The village, its groups and the sources of its facts, as they are shown.

use chrono::NaiveDate;

use crate::domain::area_code::{AreaCode, Level};

/// The village a ledger belongs to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Village {
    /// Identity outside the file.
    pub uid: String,
    /// 12-digit statistical area code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether its people are synthetic.
    pub is_demo: bool,
}

impl Village {
    /// What it is: a village, or the office above it.
    pub fn level(&self) -> Level {
        AreaCode::parse(&self.code).map_or(Level::Village, |code| code.level())
    }
}

/// Where facts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A file's name or a few words.
    pub title: String,
    /// The day it was read or said.
    pub noted_on: NaiveDate,
}

/// A village group.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct GroupRow {
    /// Identity outside the file.
    pub uid: String,
    /// Bare name: 3 for 3组; empty for those without a group.
    pub name: String,
    /// Who looks after it; empty for nobody.
    pub contact: String,
    /// The contact person's phone.
    pub contact_phone: String,
    /// Households with somebody present.
    pub households: i64,
    /// Residents present.
    pub residents: i64,
}

/// Groups with a number come first, in the order of the number; then names; then those without.
pub fn group_order(name: &str) -> (u8, u64, String) {
    match name.parse::<u64>() {
        Ok(number) => (0, number, String::new()),
        Err(_) if name.is_empty() => (2, 0, String::new()),
        Err(_) => (1, 0, name.to_owned()),
    }
}
