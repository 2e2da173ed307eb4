//! Programmes: who may have what, as typed data. They are compiled in from `assets/programmes/*.toml`; an unknown
//! key, clause or value is an error, so that no programme can be invented by editing a file.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::domain::resident::Residency;

/// What a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A free health check, voluntary.
    Check,
}

/// Whom a programme is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Each resident on their own.
    Resident,
}

/// Whether a programme is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In force as written.
    Current,
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

/// The day on which an age counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeOn {
    /// The day of the visit, that is, the day the list is made for.
    VisitDay,
    /// 31 December of the period: who turns that age within the year is in.
    YearEnd,
}

/// One condition. Each is answered yes, no or *unknown, ask*.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Clause {
    /// Living and of this village.
    Standing,
    /// Completed years of age within bounds, both included.
    Age {
        /// The youngest age.
        min: i32,
        /// The oldest age.
        max: Option<i32>,
        /// The day that counts.
        on: AgeOn,
    },
    /// Lives here for half a year or more, or is away.
    Residency {
        /// The residency asked for.
        is: Residency,
    },
}

/// How often it may be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Once from January to December.
    CalendarYear,
}

/// The repetition of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repetition {
    /// How often.
    pub every: Every,
    /// Who has not been told this many days before the end is due to be told.
    pub tell_days_before_end: i64,
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

/// A programme, as its file says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// How often.
    pub period: Repetition,
    /// Its conditions; all must hold.
    #[serde(rename = "clause")]
    pub clauses: Vec<Clause>,
    /// What to bring, what is done.
    pub visit: Visit,
    /// Where the rule comes from.
    pub source: Source,
}

/// One turn of a programme: what is offered, told and attended is counted within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The stored name, such as `2026`.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
}

impl Programme {
    /// Reads one programme; the error names line, key and what was expected.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The period that contains `day`.
    pub fn period_of(&self, day: NaiveDate) -> Period {
        let Every::CalendarYear = self.period.every;
        let year = day.year();
        Period {
            name: year.to_string(),
            first: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(day),
            last: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(day),
        }
    }

    /// A bound that every candidate's stored birth text obeys (text order, see
    /// [`crate::domain::partial_date::PartialDate`]): the latest possible day of birth. It only narrows what the
    /// rules look at; it decides nothing.
    pub fn born_no_later_than(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        let period = self.period_of(as_of);
        let latest = |min: i32, on: AgeOn| {
            let day = if on == AgeOn::YearEnd { period.last } else { as_of };
            // On 28 February the bound is the 28th, on 29 February the 29th; 1 March covers who was born on the 29th.
            let year = day.year() - min;
            NaiveDate::from_ymd_opt(year, day.month(), day.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        };
        self.clauses
            .iter()
            .filter_map(|c| if let Clause::Age { min, on, .. } = c { latest(*min, *on) } else { None })
            .min()
    }
}

/// The programmes compiled into this program, in the order shown.
pub fn compiled_in() -> Result<Vec<Programme>, (&'static str, toml::de::Error)> {
    const FILES: &[(&str, &str)] = &[("elder-check.toml", include_str!("../../assets/programmes/elder-check.toml"))];
    FILES.iter().map(|(file, text)| Programme::from_toml(text).map_err(|e| (*file, e))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_compiled_in_programme_reads() {
        let programmes = compiled_in().expect("all programme files are valid");
        assert!(programmes.iter().any(|p| p.id == "elder-check"));
    }

    #[test]
    fn an_error_names_the_line_and_the_key() {
        let text = include_str!("../../assets/programmes/elder-check.toml").replace("min = 65", "minimum = 65");
        let error = Programme::from_toml(&text).expect_err("an unknown key").to_string();
        assert!(error.contains("minimum") || error.contains("min"), "{error}");
        assert!(error.contains("line"), "{error}");
    }

    #[test]
    fn the_birth_bound_of_29_february_keeps_who_was_born_on_it() {
        let elder = compiled_in().expect("valid").remove(0);
        let bound = elder.born_no_later_than("2024-02-29".parse().expect("a date")).expect("an age clause");
        assert_eq!(bound.to_string(), "1959-03-01");
    }
}
