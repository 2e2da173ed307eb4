//! Why somebody comes to the session they come to, as far as the finished plan shows it. Plans nothing.

use std::collections::HashMap;

use super::answer::{Plan, Why};
use super::instance::{Instance, Person, Session};

/// What can be said about a person's place in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// They have one, on these grounds, the most binding first. There is always one.
    Placed {
        /// The session's id.
        session: String,
        /// What speaks for it.
        grounds: Vec<Ground>,
    },
    /// They have none.
    Unplaced(Why),
}

/// What speaks for a person's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// It was agreed with them by hand.
    Agreed,
    /// They were there before.
    Kept,
    /// They can come to no other.
    OnlyOne,
    /// So many others of their household come too.
    WithHousehold(usize),
    /// So many others of their group come too.
    WithGroup(usize),
    /// It is on the first day they can come.
    FirstDay,
    /// On every earlier day they can come, all seats are taken.
    FirstFreeDay,
    /// None of these: so the plan as a whole costs least.
    Balance,
}

/// What the plan says about a person; none for who is not in it.
pub fn explain(instance: &Instance, plan: &Plan, person: &str) -> Option<Explanation> {
    if let Some(unplaced) = plan.unplaced.iter().find(|unplaced| unplaced.person == person) {
        return Some(Explanation::Unplaced(unplaced.why.clone()));
    }
    let at: HashMap<&str, &str> = plan.assignments.iter().map(|at| (&*at.person, &*at.session)).collect();
    let id = *at.get(person)?;
    let person = instance.people.iter().find(|one| one.id == person)?;
    let session = instance.sessions.iter().find(|session| session.id == id)?;
    let mut grounds = bound(instance, person, session);
    grounds.extend(together(instance, &at, person, session));
    grounds.extend(early(instance, &at, person, session));
    if grounds.is_empty() {
        grounds.push(Ground::Balance);
    }
    Some(Explanation::Placed { session: id.to_owned(), grounds })
}

fn bound(instance: &Instance, person: &Person, session: &Session) -> Vec<Ground> {
    if person.fixed.as_ref() == Some(&session.id) {
        return vec![Ground::Agreed];
    }
    let only = instance.sessions.iter().filter(|session| person.can_come_to(session)).count() == 1;
    let kept = person.keep.as_ref() == Some(&session.id);
    [(kept, Ground::Kept), (only, Ground::OnlyOne)]
        .into_iter()
        .filter_map(|(is, ground)| is.then_some(ground))
        .collect()
}

fn together(instance: &Instance, at: &HashMap<&str, &str>, person: &Person, session: &Session) -> Vec<Ground> {
    let others = || {
        let here = |other: &&Person| other.id != person.id && at.get(&*other.id) == Some(&&*session.id);
        instance.people.iter().filter(here)
    };
    let household = others().filter(|other| other.household == person.household).count();
    let group = others().filter(|other| other.group == person.group).count();
    let grounds = [(household, Ground::WithHousehold(household)), (group, Ground::WithGroup(group))];
    grounds.into_iter().filter_map(|(count, ground)| (count > 0).then_some(ground)).collect()
}

fn early(instance: &Instance, at: &HashMap<&str, &str>, person: &Person, session: &Session) -> Option<Ground> {
    let earlier: Vec<&Session> =
        instance.sessions.iter().filter(|one| one.date < session.date && person.can_come_to(one)).collect();
    if earlier.is_empty() {
        return Some(Ground::FirstDay);
    }
    let taken = |one: &&Session| at.values().filter(|id| **id == one.id).count() >= one.seats as usize;
    earlier.iter().all(taken).then_some(Ground::FirstFreeDay)
}
