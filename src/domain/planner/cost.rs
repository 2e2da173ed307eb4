//! What a plan costs, counted from scratch in tenths. Knows nothing of how plans are made.

use std::collections::{HashMap, HashSet};

use serde::{Serialize, Serializer};

use super::answer::Assignment;
use super::instance::Instance;

/// A household session more than one, in tenths.
pub(super) const HOUSEHOLD: i64 = 200;
/// A group session more than needed, in tenths.
pub(super) const GROUP: i64 = 30;
/// A day of waiting, in tenths.
pub(super) const DAY: i64 = 1;
/// A day of waiting of those who should come first, in tenths.
pub(super) const DAY_FIRST: i64 = 3;

/// What a plan costs. All but the number of people in tenths; JSON has full units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// People without a session. Counts before all else and is not in the total.
    pub unplaced: usize,
    /// For households that come to more than one session.
    #[serde(serialize_with = "tenths")]
    pub households: i64,
    /// For groups spread over more sessions than their size asks for.
    #[serde(serialize_with = "tenths")]
    pub groups: i64,
    /// For days of waiting.
    #[serde(serialize_with = "tenths")]
    pub days: i64,
    /// The sum.
    #[serde(serialize_with = "tenths")]
    pub total: i64,
}

fn tenths<S: Serializer>(value: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(*value as f64 / 10.0)
}

/// What the assignments cost. Those that name no person or no session of the instance count for nothing.
pub fn cost(instance: &Instance, assignments: &[Assignment]) -> Cost {
    let sessions: HashMap<&str, usize> =
        instance.sessions.iter().enumerate().map(|(at, session)| (session.id.as_str(), at)).collect();
    let at: HashMap<&str, usize> = assignments
        .iter()
        .filter_map(|assignment| Some((&*assignment.person, *sessions.get(&*assignment.session)?)))
        .collect();
    let largest = instance.sessions.iter().map(|session| session.seats).max().unwrap_or(0).max(1) as usize;
    let start = instance.sessions.iter().map(|session| session.date).min();
    let mut cost = Cost::default();
    let mut households: HashMap<&str, HashSet<usize>> = HashMap::new();
    let mut groups: HashMap<&str, (usize, HashSet<usize>)> = HashMap::new();
    for person in &instance.people {
        let Some(session) = at.get(&*person.id).copied() else {
            cost.unplaced += 1;
            continue;
        };
        let days = start.map_or(0, |start| (instance.sessions[session].date - start).num_days());
        cost.days += days * if person.first { DAY_FIRST } else { DAY };
        households.entry(&person.household).or_default().insert(session);
        let group = groups.entry(&person.group).or_default();
        group.0 += 1;
        group.1.insert(session);
    }
    cost.households = households.values().map(|used| HOUSEHOLD * (used.len() as i64 - 1)).sum();
    cost.groups =
        groups.values().map(|(placed, used)| GROUP * used.len().saturating_sub(placed.div_ceil(largest)) as i64).sum();
    cost.total = cost.households + cost.groups + cost.days;
    cost
}
