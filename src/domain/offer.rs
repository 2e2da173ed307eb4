//! Where an offer stands. Offered, not obeyed: *declined* is a finished, respected outcome and carries no reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::resident::worded;

/// What is recorded about one person, one programme and one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已告知
    Told,
    /// 已约
    Booked,
    /// 本人不需要: ends the reminders, is shown as a number only.
    Declined,
    /// 暂时联系不上: tried again later.
    Unreachable,
}
worded!(Outcome, "outcome" { Told => "told", Booked => "booked", Declined => "declined", Unreachable => "unreachable" });

/// Where a person stands in a service list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has told them yet.
    ToTell,
    /// Tried, not reached yet.
    Unreachable,
    /// Told.
    Told,
    /// A day is agreed.
    Booked,
    /// An application for this period is under way.
    Applied,
    /// The check took place in this period.
    Been,
    /// What was applied for is granted or paid.
    Done,
    /// Does not want it.
    Declined,
}
worded!(State, "state" {
    ToTell => "to_tell", Unreachable => "unreachable", Told => "told", Booked => "booked",
    Applied => "applied", Been => "been", Done => "done", Declined => "declined",
});

impl Outcome {
    /// What recording it is called in the history.
    pub fn op(self) -> &'static str {
        match self {
            Self::Told => "tell",
            Self::Booked => "book",
            Self::Declined => "decline",
            Self::Unreachable => "unreachable",
        }
    }
}

impl State {
    /// The state that an outcome, a service and an application make together. What was granted outweighs a service that
    /// took place, that outweighs an application under way, and that what was said; who was refused knows of it.
    pub fn of(outcome: Option<Outcome>, been: Been, filed: Option<Stage>) -> Self {
        match (filed, been, outcome) {
            (Some(Stage::Done), _, _) => Self::Done,
            (_, Been::Yes, _) => Self::Been,
            (Some(Stage::UnderWay), _, _) => Self::Applied,
            (_, _, Some(Outcome::Told)) => Self::Told,
            (_, _, Some(Outcome::Booked)) => Self::Booked,
            (_, _, Some(Outcome::Declined)) => Self::Declined,
            (Some(Stage::Refused), _, None | Some(Outcome::Unreachable)) => Self::Told,
            (None, _, Some(Outcome::Unreachable)) => Self::Unreachable,
            (None, _, None) => Self::ToTell,
        }
    }

    /// Whether the person knows of it: all do but who is still to be told or was not reached.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::ToTell | Self::Unreachable)
    }
}

/// How far an application is that was not taken back; the later one counts where a person has several for one turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The authority said no: what was said before counts again.
    Refused,
    /// Somebody has the papers in hand.
    UnderWay,
    /// Granted, or paid.
    Done,
}

/// An application for one turn, as far as it decides where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    /// How far it is.
    pub stage: Stage,
    /// The day since which it is: of the answer, else of the beginning.
    pub on: NaiveDate,
}

/// Where an offer stands, and since when that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The state.
    pub state: State,
    /// The day of what was said last, or of the application.
    pub on: Option<NaiveDate>,
    /// Times tried in vain since last reached.
    pub tries: u32,
}

impl Stands {
    /// What follows for one turn from what was said, whether the service took place, and an application.
    pub fn of(said: Option<Recorded>, been: Been, filed: Option<Filed>) -> Self {
        let state = State::of(said.map(|said| said.outcome), been, filed.map(|filed| filed.stage));
        let (said_on, filed_on) = (said.map(|said| said.on), filed.map(|filed| filed.on));
        let on = if matches!(state, State::Applied | State::Done) { filed_on } else { said_on.or(filed_on) };
        Self { state, on, tries: said.map_or(0, |said| said.tries) }
    }
}

/// What is recorded about one person, programme and period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What was said.
    pub outcome: Outcome,
    /// The true day.
    pub on: NaiveDate,
    /// Times tried in vain since last reached.
    pub tries: u32,
}

/// Why something is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Something is known of a later day.
    LaterKnown(Recorded),
    /// Who has been told, has agreed on a day or has declined is not looked for again.
    Reached(Recorded),
}

impl Recorded {
    /// What stands for a person of whom there are several records: the latest that was said. On the same day what ends
    /// the reminders counts; who was reached is not looked for again because another record says otherwise.
    pub fn of_one_person(records: impl IntoIterator<Item = Self>) -> Option<Self> {
        let weight = |outcome| match outcome {
            Outcome::Unreachable => 0,
            Outcome::Told => 1,
            Outcome::Booked => 2,
            Outcome::Declined => 3,
        };
        let reached = |record: &Self| record.outcome != Outcome::Unreachable;
        records.into_iter().max_by_key(|record| (reached(record), record.on, weight(record.outcome)))
    }

    /// What stands after something was said. A later day outweighs an earlier one; an earlier *told* still ends an
    /// *unreachable*; nothing said turns back into a reminder.
    pub fn after(old: Option<Self>, outcome: Outcome, on: NaiveDate) -> Result<Self, Unfit> {
        let tries = u32::from(outcome == Outcome::Unreachable);
        match (old, outcome) {
            (Some(old), Outcome::Unreachable) if old.outcome == Outcome::Unreachable => {
                Ok(Self { outcome, on: on.max(old.on), tries: old.tries + u32::from(on != old.on) })
            }
            (Some(old), Outcome::Unreachable) => Err(Unfit::Reached(old)),
            (Some(old), _) if on < old.on && old.outcome != Outcome::Unreachable => Err(Unfit::LaterKnown(old)),
            _ => Ok(Self { outcome, on, tries }),
        }
    }
}

/// Whether the service took place in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Been {
    /// It did.
    Yes,
    /// It did not.
    No,
}

/// Days until the next try after so many tries in vain; after the last one it rests until the next period.
pub fn days_to_next_try(tries: u32) -> Option<i64> {
    match tries {
        0 => Some(0),
        1 => Some(3),
        2 => Some(7),
        3 => Some(14),
        _ => None,
    }
}
