//! What the county may set: named values within the bounds that a programme states, nothing else.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::local_standard::LocalStandards;
use crate::domain::money::{read_yuan, yuan};
use crate::domain::programme::turn::DayOfYear;
use crate::domain::programme::{Bilingual, Kind, Programme};

/// The key of what a village's own notice is called.
pub(super) const TITLE: &str = "title";

/// What kind of value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalKind {
    /// Money in fen, written in yuan.
    Fen,
    /// A number of months.
    Months,
    /// A number of days.
    Days,
    /// Completed years of age.
    Age,
    /// A day of the year, such as 12-20.
    DayOfYear,
    /// A calendar day.
    Date,
    /// One of the words named.
    Choice,
    /// A few words.
    Text,
}

/// One value that the county may set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalDef {
    /// Its key within the programme.
    pub key: String,
    /// What kind of value it is.
    pub kind: LocalKind,
    /// What it is called.
    pub names: Bilingual,
    /// The least it may be: fen, months, days or years.
    pub min: Option<i64>,
    /// The most it may be.
    pub max: Option<i64>,
    /// The words to choose from.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What holds while nothing was set; none where nothing may be assumed.
    pub default: Option<String>,
}

impl LocalDef {
    /// Reads a value within the bounds.
    ///
    /// # Errors
    /// What was expected.
    pub fn read(&self, text: &str) -> Result<LocalValue, Expected> {
        let text = text.trim();
        let expected = || Expected { kind: self.kind, min: self.min, max: self.max, choices: self.choices.clone() };
        let within = |value: i64| {
            let fits = self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max);
            fits.then_some(LocalValue::Number(value)).ok_or_else(expected)
        };
        match self.kind {
            LocalKind::Fen => within(read_yuan(text).ok_or_else(expected)?),
            LocalKind::Months | LocalKind::Days | LocalKind::Age => within(text.parse().map_err(|_| expected())?),
            LocalKind::DayOfYear => DayOfYear::parse(text).map(LocalValue::Day).ok_or_else(expected),
            LocalKind::Date => text.parse().map(LocalValue::Date).map_err(|_| expected()),
            LocalKind::Choice => {
                let known = self.choices.iter().any(|choice| choice == text);
                if known { Ok(LocalValue::Word(text.to_owned())) } else { Err(expected()) }
            }
            LocalKind::Text => {
                let fits = !text.is_empty() && text.chars().count() <= 60 && !text.contains(char::is_control);
                if fits { Ok(LocalValue::Word(text.to_owned())) } else { Err(expected()) }
            }
        }
    }

    /// A value as it is kept: money in one way of writing, everything else as it was typed.
    pub fn kept(&self, text: &str) -> String {
        match (self.kind, self.read(text)) {
            (LocalKind::Fen, Ok(LocalValue::Number(fen))) => yuan(fen),
            _ => text.trim().to_owned(),
        }
    }

    /// A default must lie within the bounds itself, and a number must have bounds.
    pub(super) fn whole(&self) -> Result<(), String> {
        let counts = matches!(self.kind, LocalKind::Fen | LocalKind::Months | LocalKind::Days | LocalKind::Age);
        if counts && (self.min.is_none() || self.max.is_none()) {
            return Err(format!("local value {}: expected min and max", self.key));
        }
        match &self.default {
            Some(default) if self.read(default).is_err() => {
                Err(format!("local value {}: the default is out of bounds", self.key))
            }
            _ => Ok(()),
        }
    }
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalValue {
    /// Fen, months, days or years.
    Number(i64),
    /// A day of the year.
    Day(DayOfYear),
    /// A calendar day.
    Date(NaiveDate),
    /// A word chosen or typed.
    Word(String),
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its kind.
    pub kind: LocalKind,
    /// The least.
    pub min: Option<i64>,
    /// The most.
    pub max: Option<i64>,
    /// The words to choose from.
    pub choices: Vec<String>,
}

/// The county's values for one programme, or what holds while none was set.
pub(super) struct Resolve<'a> {
    programme: &'a str,
    defs: &'a [LocalDef],
    standards: &'a LocalStandards,
}

impl Resolve<'_> {
    fn value(&self, key: &str) -> Option<LocalValue> {
        let def = self.defs.iter().find(|def| def.key == key)?;
        // A value that lies outside the bounds, as of another version of the programme, is as good as none.
        let set = self.standards.get(self.programme, key).and_then(|set| def.read(&set.value).ok());
        set.or_else(|| def.default.as_ref().and_then(|text| def.read(text).ok()))
    }

    pub(super) fn number(&self, key: &str) -> Option<i64> {
        match self.value(key)? {
            LocalValue::Number(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn day(&self, key: &str) -> Option<DayOfYear> {
        match self.value(key)? {
            LocalValue::Day(day) => Some(day),
            _ => None,
        }
    }

    pub(super) fn word(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            LocalValue::Word(word) => Some(word),
            _ => None,
        }
    }
}

impl Programme {
    /// The values that the county sets, of which nothing may be assumed, and that nobody has entered yet.
    pub fn missing<'a>(&'a self, standards: &'a LocalStandards) -> impl Iterator<Item = &'a LocalDef> {
        let is_set = |def: &LocalDef| standards.get(&self.id, &def.key).is_some_and(|set| def.read(&set.value).is_ok());
        self.local.iter().filter(move |def| def.default.is_none() && !is_set(def))
    }

    /// Whether the ages that the county set leave somebody between them.
    pub fn has_ages_in_order(&self, standards: &LocalStandards) -> bool {
        let resolve = Resolve { programme: &self.id, defs: &self.local, standards };
        match (resolve.number("age_from"), resolve.number("age_to")) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        }
    }

    /// The programme as it holds where the county set these values.
    pub fn with(&self, standards: &LocalStandards) -> Self {
        let mut programme = self.clone();
        let resolve = Resolve { programme: &self.id, defs: &self.local, standards };
        programme.clauses.iter_mut().for_each(|clause| clause.resolve(&resolve));
        if let Some(title) = resolve.word(TITLE).filter(|_| self.kind == Kind::Notice) {
            programme.names = Bilingual { zh: title.clone(), en: title };
        }
        programme.repetition.resolve(&resolve);
        programme.steps.iter_mut().filter_map(|step| step.public_days.as_mut()).for_each(|days| days.resolve(&resolve));
        if let Some(amount) = &mut programme.amount {
            amount.resolve(&resolve);
        }
        programme
    }
}
