//! An exchange of people between two sessions, judged before it is made. Knows nothing of why it is proposed.

use super::cost::{GROUP, HOUSEHOLD};
use super::model::Units;
use super::state::State;
use super::tally::Tally;

/// People who go from one session to another, and people who come back for them. One of the two may stand for none.
#[derive(Default)]
pub(super) struct Exchange {
    pub(super) one: u32,
    pub(super) other: u32,
    /// From the one to the other.
    pub(super) there: Vec<u32>,
    /// From the other to the one.
    pub(super) back: Vec<u32>,
    households: Net,
    groups: Net,
}

/// How many more of each unit go there than come back.
#[derive(Default)]
struct Net {
    net: Vec<i32>,
    touched: Vec<u32>,
}

impl Net {
    fn add(&mut self, unit: u32, count: i32) {
        if self.net[unit as usize] == 0 {
            self.touched.push(unit);
        }
        self.net[unit as usize] += count;
    }

    /// The next unit of which not as many come back as go, and how many more go. Forgets it.
    fn next(&mut self) -> Option<(usize, i32)> {
        while let Some(unit) = self.touched.pop() {
            let net = std::mem::take(&mut self.net[unit as usize]);
            if net != 0 {
                return Some((unit as usize, net));
            }
        }
        None
    }
}

impl Exchange {
    pub(super) fn new(state: &State<'_>) -> Self {
        let net = |units: &Units| Net { net: vec![0; units.len()], touched: Vec::new() };
        Self { households: net(&state.model.households), groups: net(&state.model.groups), ..Self::default() }
    }

    pub(super) fn begin(&mut self, one: u32, other: u32) {
        (self.one, self.other) = (one, other);
        self.there.clear();
        self.back.clear();
    }

    /// How many people it moves.
    pub(super) fn people(&self) -> u64 {
        (self.there.len() + self.back.len()) as u64
    }

    /// How many too many would be at the other session.
    pub(super) fn over(&self, state: &State<'_>) -> i64 {
        self.there.len() as i64 - self.back.len() as i64 - room(state, self.other)
    }

    /// How many more could come back.
    pub(super) fn room(&self, state: &State<'_>) -> i64 {
        self.there.len() as i64 - self.back.len() as i64 + room(state, self.one)
    }

    /// Whether there are seats for all, and nobody loses theirs without another getting one.
    pub(super) fn fits(&self, state: &State<'_>) -> bool {
        !self.there.is_empty() && self.over(state) <= 0 && self.room(state) >= 0
    }

    /// How much more the plan would cost.
    pub(super) fn cost(&mut self, state: &State<'_>) -> i64 {
        let model = state.model;
        let mut cost = 0;
        for (people, sign) in [(&self.there, 1), (&self.back, -1)] {
            for person in people {
                self.households.add(model.households.of[*person as usize], sign);
                self.groups.add(model.groups.of[*person as usize], sign);
                let day = |session| if session == state.none() { 0 } else { model.day_cost(*person as usize, session) };
                cost += i64::from(sign) * (day(self.other) - day(self.one));
            }
        }
        cost + self.households_cost(state) + self.groups_cost(state)
    }

    fn households_cost(&mut self, state: &State<'_>) -> i64 {
        let mut splits = 0;
        while let Some((unit, net)) = self.households.next() {
            let change = change(state, &state.model.households, &state.households, self.one, self.other, (unit, net));
            let before = i64::from(state.households.sessions[unit]);
            splits += (before + change - 1).max(0) - (before - 1).max(0);
        }
        HOUSEHOLD * splits
    }

    fn groups_cost(&mut self, state: &State<'_>) -> i64 {
        let mut more = 0;
        while let Some((unit, net)) = self.groups.next() {
            let change = change(state, &state.model.groups, &state.groups, self.one, self.other, (unit, net));
            let before = i64::from(state.groups.sessions[unit]);
            let placed = state.groups.placed[unit];
            let come = i32::from(self.one == state.none()) - i32::from(self.other == state.none());
            let needed = |placed: u32| i64::from(state.model.needed[placed as usize]);
            let after = before + change - needed(placed.wrapping_add_signed(come * net));
            more += after.max(0) - (before - needed(placed)).max(0);
        }
        GROUP * more
    }

    /// Makes the exchange.
    pub(super) fn make(&self, state: &mut State<'_>) {
        self.there.iter().for_each(|person| state.relocate(*person, self.other));
        self.back.iter().for_each(|person| state.relocate(*person, self.one));
    }
}

/// The free seats of a session; there is no more of having none.
fn room(state: &State<'_>, session: u32) -> i64 {
    if session == state.none() { 0 } else { i64::from(state.free(session)) }
}

/// How many sessions more a unit has if so many more of it go from the one to the other.
fn change(state: &State<'_>, units: &Units, tally: &Tally, one: u32, other: u32, (unit, net): (usize, i32)) -> i64 {
    let at = |session: u32, more: i32| {
        if session == state.none() {
            return 0;
        }
        let count = tally.count(units, unit, session, &state.at) as i32;
        i64::from(count + more > 0) - i64::from(count > 0)
    };
    at(one, -net) + at(other, net)
}
