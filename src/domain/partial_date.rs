//! A day of which the day, or the month, may be unknown: rosters often give only `1961.3` or `1961`.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A year, a month of a year, or a full date. Stored as `1961`, `1961-03` or `1961-03-09`, so that comparing the
/// texts compares the earliest days they can mean.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// Only the year is known.
    Year(i32),
    /// Year and month are known.
    Month(i32, u32),
    /// The whole date is known.
    Day(NaiveDate),
}

impl PartialDate {
    /// Reads the stored form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year_text = parts.next()?;
        let year: i32 = (year_text.len() == 4).then(|| year_text.parse().ok())??;
        let Some(month) = parts.next() else { return NaiveDate::from_ymd_opt(year, 1, 1).map(|_| Self::Year(year)) };
        let month: u32 = (month.len() == 2).then(|| month.parse().ok())??;
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let Some(day) = parts.next() else { return Some(Self::Month(year, first.month())) };
        let day: u32 = (day.len() == 2).then(|| day.parse().ok())??;
        if parts.next().is_some() {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self::Day)
    }

    /// The first day it can mean.
    pub fn earliest(self) -> NaiveDate {
        match self {
            Self::Year(y) => NaiveDate::from_ymd_opt(y, 1, 1).unwrap_or_default(),
            Self::Month(y, m) => NaiveDate::from_ymd_opt(y, m, 1).unwrap_or_default(),
            Self::Day(day) => day,
        }
    }

    /// The last day it can mean.
    pub fn latest(self) -> NaiveDate {
        match self {
            Self::Year(y) => NaiveDate::from_ymd_opt(y, 12, 31).unwrap_or_default(),
            Self::Month(y, m) => {
                let (y, m) = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
                NaiveDate::from_ymd_opt(y, m, 1).and_then(|d| d.pred_opt()).unwrap_or_default()
            }
            Self::Day(day) => day,
        }
    }

    /// The whole date, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        if let Self::Day(day) = self { Some(day) } else { None }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(y) | Self::Month(y, _) => y,
            Self::Day(day) => day.year(),
        }
    }

    /// Whether both can be the same day.
    pub fn agrees_with(self, other: Self) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a date of the form 1961, 1961-03 or 1961-03-09")
    }
}

/// Completed years of age (周岁) on a day. Who is born on 29 February completes a year on 1 March in common years,
/// the day on which (month, day) is no longer before the birthday.
pub fn age_on(born: NaiveDate, day: NaiveDate) -> i32 {
    day.year() - born.year() - i32::from((day.month(), day.day()) < (born.month(), born.day()))
}

/// The first day on which somebody born on `born` has completed `years` years.
pub fn turns(born: NaiveDate, years: i32) -> Option<NaiveDate> {
    let year = born.year() + years;
    NaiveDate::from_ymd_opt(year, born.month(), born.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn reads_and_writes_all_three_forms() {
        for text in ["1961", "1961-03", "1961-03-09"] {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for text in ["", "61", "1961-3", "1961-13", "1961-02-30", "1961-02-28-1", "一九六一"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_age_is_completed_on_the_birthday() {
        assert_eq!(age_on(day("1961-11-23"), day("2026-11-22")), 64);
        assert_eq!(age_on(day("1961-11-23"), day("2026-11-23")), 65);
        assert_eq!(turns(day("1961-11-23"), 65), Some(day("2026-11-23")));
    }

    #[test]
    fn who_is_born_on_29_february_completes_a_year_on_1_march_in_common_years() {
        assert_eq!(age_on(day("1960-02-29"), day("2025-02-28")), 64);
        assert_eq!(age_on(day("1960-02-29"), day("2025-03-01")), 65);
        assert_eq!(turns(day("1960-02-29"), 65), Some(day("2025-03-01")));
        assert_eq!(turns(day("1960-02-29"), 64), Some(day("2024-02-29")));
    }
}
