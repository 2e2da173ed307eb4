//! The conditions of a programme. Each is answered yes, no or *unknown, ask*; none reads the children of a person.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::fact::{FactKind, one_of};
use crate::domain::programme::local::Resolve;
use crate::domain::resident::Sex;

/// A number of the rule, or one that the county sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a whole number or { local = \"key\" }")]
pub enum Num {
    /// As the rule says.
    Fixed(i32),
    /// Set by the county.
    Local(LocalNum),
}

/// A number that the county sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalNum {
    /// The key of the programme's `[[local]]`.
    pub local: String,
    /// What the county set, or the stated default; none while it is not known.
    #[serde(skip)]
    pub value: Option<i32>,
}

impl Num {
    /// The number, where it is known.
    pub fn value(&self) -> Option<i32> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Local(local) => local.value,
        }
    }

    /// The key of the county's value.
    pub fn local_key(&self) -> Option<&str> {
        match self {
            Self::Fixed(_) => None,
            Self::Local(local) => Some(&local.local),
        }
    }

    pub(super) fn resolve(&mut self, with: &Resolve<'_>) {
        if let Self::Local(local) = self {
            local.value = with.number(&local.local).and_then(|value| i32::try_from(value).ok());
        }
    }
}

/// The day on which an age counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeOn {
    /// The day of the visit, that is, the day the list is made for.
    VisitDay,
    /// The last day of that day's month: who turns that age within the month is in.
    MonthEnd,
    /// 31 December of that day's year: who turns that age within the year is in.
    YearEnd,
    /// Set by the county: one of the others.
    Local(String),
}

impl AgeOn {
    /// Reads a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "visit_day" => Self::VisitDay,
            "month_end" => Self::MonthEnd,
            "year_end" => Self::YearEnd,
            _ => return None,
        })
    }

    /// The day that counts; none while the county has not said.
    pub fn day(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        use chrono::Datelike as _;
        match self {
            Self::VisitDay => Some(as_of),
            Self::MonthEnd => super::turn::month_end(as_of),
            Self::YearEnd => NaiveDate::from_ymd_opt(as_of.year(), 12, 31),
            Self::Local(_) => None,
        }
    }
}

/// Completed years of age within bounds, both included.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// The youngest age.
    pub min: Option<Num>,
    /// The oldest age.
    pub max: Option<Num>,
    /// The day that counts.
    pub on: AgeOn,
    /// The county's key for [`Age::on`], where it set one; kept so that the reason can say so.
    #[serde(skip)]
    pub on_key: Option<String>,
}

/// Born within days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Born {
    /// The first day of birth.
    pub from: Option<NaiveDate>,
    /// The last day of birth.
    pub to: Option<NaiveDate>,
}

/// A fact of this kind is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactIs {
    /// The kind.
    pub kind: FactKind,
    /// The values, as [`one_of`] packs them.
    pub any_of: u16,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Living and of this village.
    Standing,
    /// Age on a day.
    Age(Age),
    /// Birth within days.
    Born(Born),
    /// Sex.
    Sex(Sex),
    /// A fact.
    Fact(FactIs),
    /// No service of this programme in the months before the present turn.
    LastServiceOlderThan(Num),
    /// The child subsidy's formula still pays something on the day.
    Claim,
    /// One of several sets of conditions holds.
    Any(Vec<Vec<Clause>>),
}

/// A clause as the file says it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Raw {
    Standing,
    Age(Age),
    Born(Born),
    Sex(Sex),
    Residency(Vec<String>),
    Registered(Vec<String>),
    Registration(Vec<String>),
    Certificate(Vec<String>),
    Disability(Vec<String>),
    Study(Vec<String>),
    Boarding(Vec<String>),
    Relief(Vec<String>),
    Declared,
    LastServiceOlderThan(Num),
    Claim,
    Any(Vec<Vec<Raw>>),
}

impl Raw {
    pub(super) fn read(self, programme: &str) -> Result<Clause, String> {
        let (kind, words) = match self {
            Self::Standing => return Ok(Clause::Standing),
            Self::Age(age) => return Ok(Clause::Age(age)),
            Self::Born(born) => return Ok(Clause::Born(born)),
            Self::Sex(sex) => return Ok(Clause::Sex(sex)),
            Self::LastServiceOlderThan(months) => return Ok(Clause::LastServiceOlderThan(months)),
            Self::Claim => return Ok(Clause::Claim),
            Self::Any(sets) => {
                let set =
                    |set: Vec<Self>| set.into_iter().map(|raw| raw.read(programme)).collect::<Result<Vec<_>, _>>();
                return Ok(Clause::Any(sets.into_iter().map(set).collect::<Result<_, _>>()?));
            }
            Self::Declared => {
                let kind = FactKind::declared(programme).ok_or("declared: this programme asks no declaration")?;
                (kind, vec!["yes".to_owned()])
            }
            Self::Residency(words) => (FactKind::Residency, words),
            Self::Registered(words) => (FactKind::Registered, words),
            Self::Registration(words) => (FactKind::Registration, words),
            Self::Certificate(words) => (FactKind::OnlyChildCertificate, words),
            Self::Disability(words) => (FactKind::Disability, words),
            Self::Study(words) => (FactKind::Study, words),
            Self::Boarding(words) => (FactKind::Boarding, words),
            Self::Relief(words) => (FactKind::Relief, words),
        };
        let any_of = one_of(kind, words.iter().map(String::as_str)).filter(|set| *set != 0);
        let any_of = any_of.ok_or_else(|| {
            let values: Vec<&str> = kind.values().iter().map(|(word, _)| *word).collect();
            format!("{}: expected some of {}", kind.as_str(), values.join(", "))
        })?;
        Ok(Clause::Fact(FactIs { kind, any_of }))
    }
}

impl Clause {
    /// The keys of the county's values it reads.
    pub fn local_keys<'c>(&'c self, keys: &mut Vec<&'c str>) {
        match self {
            Self::Age(Age { min, max, on, on_key }) => {
                keys.extend(min.as_ref().and_then(Num::local_key));
                keys.extend(max.as_ref().and_then(Num::local_key));
                keys.extend(on_key.as_deref());
                if let AgeOn::Local(key) = on {
                    keys.push(key);
                }
            }
            Self::LastServiceOlderThan(months) => keys.extend(months.local_key()),
            Self::Any(sets) => sets.iter().flatten().for_each(|clause| clause.local_keys(keys)),
            Self::Standing | Self::Born(_) | Self::Sex(_) | Self::Fact(_) | Self::Claim => {}
        }
    }

    pub(super) fn resolve(&mut self, with: &Resolve<'_>) {
        match self {
            Self::Age(Age { min, max, on, on_key }) => {
                min.iter_mut().chain(max).for_each(|num| num.resolve(with));
                let key = match on {
                    AgeOn::Local(key) => Some(key.clone()),
                    _ => on_key.clone(),
                };
                if let Some(key) = key {
                    *on = with
                        .word(&key)
                        .and_then(|word| AgeOn::from_word(&word))
                        .unwrap_or_else(|| AgeOn::Local(key.clone()));
                    *on_key = Some(key);
                }
            }
            Self::LastServiceOlderThan(months) => months.resolve(with),
            Self::Any(sets) => sets.iter_mut().flatten().for_each(|clause| clause.resolve(with)),
            Self::Standing | Self::Born(_) | Self::Sex(_) | Self::Fact(_) | Self::Claim => {}
        }
    }
}
