//! What is asked: sessions, people and their limits, and what makes no sense in them. Nothing is planned here.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// Sessions and the people who shall come to them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// The sessions, in any order.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// The people; where seats are short, agreements of those who stand first count first.
    #[serde(default)]
    pub people: Vec<Person>,
}

/// One morning of check-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What tells it from the others.
    pub id: String,
    /// Its day.
    pub date: NaiveDate,
    /// How many can come.
    pub seats: u32,
    /// Whether only women can come.
    #[serde(default, deserialize_with = "or_default")]
    pub women_only: bool,
}

/// A person who shall come. Holds personal data: no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What tells them from the others.
    pub id: String,
    /// Their household; the empty text is one like any other.
    #[serde(default, deserialize_with = "or_default")]
    pub household: String,
    /// Their group; the empty text is one like any other.
    #[serde(default, deserialize_with = "or_default")]
    pub group: String,
    /// Their sex, where known.
    #[serde(default, deserialize_with = "sex")]
    pub sex: Option<Sex>,
    /// Whether they should come early.
    #[serde(default, deserialize_with = "or_default")]
    pub first: bool,
    /// The first day they can come.
    #[serde(default)]
    pub not_before: Option<NaiveDate>,
    /// The last day they can come.
    #[serde(default)]
    pub not_after: Option<NaiveDate>,
    /// When they are away, first and last day included.
    #[serde(default, deserialize_with = "or_default")]
    pub away: Vec<(NaiveDate, NaiveDate)>,
    /// The session agreed with them by hand: that one or none.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The session they have at present without having agreed: moved only where that places somebody more.
    #[serde(default)]
    pub keep: Option<String>,
}

/// Sex, as far as sessions ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// What makes no sense in an instance. Names nobody but by id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// Two sessions cannot be told apart.
    #[error("two sessions have the id {0:?}")]
    SessionTwice(String),
    /// Two people cannot be told apart.
    #[error("two people have the id {0:?}")]
    PersonTwice(String),
    /// The first possible day is after the last one.
    #[error("person {0:?} can come neither before nor after: not_before is later than not_after")]
    WindowReversed(String),
    /// An absence ends before it begins.
    #[error("person {0:?} is away until a day before the first one")]
    AwayReversed(String),
    /// More than can be counted.
    #[error("too many sessions or people")]
    TooLarge,
}

/// A missing value as JSON writes it: null.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Any usual writing of the sex; what is not known is no error, it only keeps from sessions for women.
fn sex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Sex>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    Ok(match text.trim().to_lowercase().as_str() {
        "female" | "f" | "woman" | "女" | "女性" => Some(Sex::Female),
        "male" | "m" | "man" | "男" | "男性" => Some(Sex::Male),
        _ => None,
    })
}

impl Instance {
    /// Refuses what no plan could be made for.
    pub(super) fn check(&self) -> Result<(), Problem> {
        // Places are counted in 32 bits, and the last number means nobody.
        if self.people.len().max(self.sessions.len()) >= i32::MAX as usize {
            return Err(Problem::TooLarge);
        }
        if let Some(id) = twice(self.sessions.iter().map(|session| session.id.as_str())) {
            return Err(Problem::SessionTwice(id));
        }
        if let Some(id) = twice(self.people.iter().map(|person| person.id.as_str())) {
            return Err(Problem::PersonTwice(id));
        }
        self.people.iter().try_for_each(Person::check)
    }
}

/// The first text that comes a second time.
fn twice<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = HashSet::new();
    texts.into_iter().find(|text| !seen.insert(*text)).map(str::to_owned)
}

impl Person {
    fn check(&self) -> Result<(), Problem> {
        if self.not_before.zip(self.not_after).is_some_and(|(first, last)| first > last) {
            return Err(Problem::WindowReversed(self.id.clone()));
        }
        if self.away.iter().any(|(first, last)| first > last) {
            return Err(Problem::AwayReversed(self.id.clone()));
        }
        Ok(())
    }

    /// Whether the person's own limits let them come to the session; seats are not looked at.
    pub fn can_come_to(&self, session: &Session) -> bool {
        let date = session.date;
        let away = self.away.iter().any(|(first, last)| (*first..=*last).contains(&date));
        let too_early = self.not_before.is_some_and(|first| date < first);
        let too_late = self.not_after.is_some_and(|last| date > last);
        !away && !too_early && !too_late && (!session.women_only || self.sex == Some(Sex::Female))
    }
}
