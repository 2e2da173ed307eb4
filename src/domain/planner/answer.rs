//! What is answered: who comes when, who does not and why, and what it costs. The words for people are made elsewhere.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::cost::{Cost, cost};
use super::instance::Instance;
use super::shortage;
use super::state::State;

/// Who comes when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Everybody who has a session, in the order of the people.
    pub assignments: Vec<Assignment>,
    /// Everybody who has none, in the order of the people.
    pub unplaced: Vec<Unplaced>,
    /// What the plan costs.
    pub cost: Cost,
}

/// One person's session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// The person's id.
    pub person: String,
    /// The session's id.
    pub session: String,
}

/// A person without a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// The person's id.
    pub person: String,
    /// Why they have none.
    pub why: Why,
}

/// Why a person has no session. JSON has the text of [`fmt::Display`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There are no sessions.
    NoSession,
    /// On every day of a session they cannot come.
    NoDayPossible,
    /// On the days they can come there are only sessions for women.
    OnlyForWomen,
    /// Every session they can come to is full of people who have no other one.
    Full {
        /// How many sessions they can come to.
        choices: u32,
        /// The day of the first of these.
        first_day: NaiveDate,
        /// The day of the last of these.
        last_day: NaiveDate,
        /// How many sessions are short together: those they can come to, and those where others could make way.
        sessions: u32,
        /// The seats of these that are not agreed by hand.
        seats: u32,
        /// How many people can come to none but these.
        people: u32,
        /// How many seats are short: people without seats.
        short: u32,
    },
    /// The session agreed with them does not exist.
    FixedMissing,
    /// The session agreed with them is on a day they cannot come, or only for women.
    FixedImpossible,
    /// The session agreed with them was full of others with whom it is agreed too.
    FixedFull,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSession => f.write_str("no_session"),
            Self::NoDayPossible => f.write_str("no_day_possible"),
            Self::OnlyForWomen => f.write_str("only_for_women"),
            Self::Full { choices, first_day, last_day, sessions, seats, people, short } => write!(
                f,
                "full choices={choices} first_day={first_day} last_day={last_day} sessions={sessions} seats={seats} \
                 people={people} short={short}"
            ),
            Self::FixedMissing => f.write_str("fixed_missing"),
            Self::FixedImpossible => f.write_str("fixed_impossible"),
            Self::FixedFull => f.write_str("fixed_full"),
        }
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The answer that a finished search stands for.
pub(super) fn of(instance: &Instance, state: &State<'_>) -> Plan {
    let mut reasons = shortage::Reasons::new(instance, state);
    let (mut assignments, mut unplaced) = (Vec::new(), Vec::new());
    for (at, person) in instance.people.iter().enumerate() {
        let id = person.id.clone();
        match state.model.order.get(state.at[at] as usize) {
            Some(session) => {
                let session = instance.sessions[*session as usize].id.clone();
                assignments.push(Assignment { person: id, session });
            }
            None => unplaced.push(Unplaced { person: id, why: reasons.why(at) }),
        }
    }
    let cost = cost(instance, &assignments);
    debug_assert_eq!(cost.total, state.cost, "the search counted wrongly");
    Plan { assignments, unplaced, cost }
}
