//! A plan in the making: who is where, and what that costs, kept up with every move. Decides nothing itself.

use super::cost::{GROUP, HOUSEHOLD};
use super::model::{Agreed, Model, NOBODY};
use super::tally::Tally;

/// A plan in the making. The session after the last one stands for none, and has room for all.
#[derive(Clone)]
pub(super) struct State<'m> {
    pub(super) model: &'m Model,
    /// The session of each person.
    pub(super) at: Vec<u32>,
    /// How many are at each session, those who cannot be moved too.
    pub(super) load: Vec<u32>,
    /// Who can be moved, by session.
    pub(super) occupants: Vec<Vec<u32>>,
    /// Where each person stands among the occupants; [`NOBODY`] for who cannot be moved.
    slot: Vec<u32>,
    pub(super) households: Tally,
    pub(super) groups: Tally,
    /// In tenths.
    pub(super) cost: i64,
}

impl<'m> State<'m> {
    /// Only who has agreed by hand has a place.
    pub(super) fn new(model: &'m Model) -> Self {
        let none = model.sessions();
        let mut state = Self {
            model,
            at: vec![none as u32; model.people()],
            load: vec![0; none + 1],
            occupants: vec![Vec::new(); none + 1],
            slot: vec![NOBODY; model.people()],
            households: Tally::new(&model.households, none),
            groups: Tally::new(&model.groups, none),
            cost: 0,
        };
        for person in 0..model.people() {
            state.load[none] += 1;
            match model.agreed[person] {
                Agreed::Kept(session) => state.relocate(person as u32, session),
                // Who can come nowhere is not among those who wait.
                _ if model.spans(person).is_empty() => {}
                _ => state.unlock(person as u32),
            }
        }
        state
    }

    /// The session that stands for none.
    pub(super) fn none(&self) -> u32 {
        self.model.sessions() as u32
    }

    pub(super) fn free(&self, session: u32) -> u32 {
        if session == self.none() {
            return NOBODY;
        }
        self.model.seats[session as usize].saturating_sub(self.load[session as usize])
    }

    pub(super) fn can_move(&self, person: u32) -> bool {
        self.slot[person as usize] != NOBODY
    }

    /// Takes over where everybody is, to be answered; moves no longer start from here.
    pub(super) fn become_like(&mut self, other: &Self) {
        self.at.copy_from_slice(&other.at);
        self.cost = other.cost;
    }

    fn unlock(&mut self, person: u32) {
        let occupants = &mut self.occupants[self.at[person as usize] as usize];
        self.slot[person as usize] = occupants.len() as u32;
        occupants.push(person);
    }

    fn lock(&mut self, person: u32) {
        let occupants = &mut self.occupants[self.at[person as usize] as usize];
        let slot = std::mem::replace(&mut self.slot[person as usize], NOBODY);
        occupants.swap_remove(slot as usize);
        if let Some(last) = occupants.get(slot as usize) {
            self.slot[*last as usize] = slot;
        }
    }

    /// From now on nobody moves who is where they were before.
    pub(super) fn lock_kept(&mut self) {
        for person in 0..self.at.len() {
            if self.at[person] == self.model.keep[person] && self.can_move(person as u32) {
                self.lock(person as u32);
            }
        }
    }

    /// Moves a person; seats are not looked at, since a swap needs one seat too many for a moment.
    pub(super) fn relocate(&mut self, person: u32, to: u32) {
        let from = self.at[person as usize];
        if from == to {
            return;
        }
        let movable = self.can_move(person);
        if movable {
            self.lock(person);
        }
        self.load[from as usize] -= 1;
        self.load[to as usize] += 1;
        self.change_cost(person as usize, from, to);
        self.at[person as usize] = to;
        if movable {
            self.unlock(person);
        }
    }

    fn change_cost(&mut self, person: usize, from: u32, to: u32) {
        let model = self.model;
        let (household, group) = (model.households.of[person] as usize, model.groups.of[person] as usize);
        let before = self.unit_cost(household, group);
        if from != self.none() {
            self.households.leave(&model.households, person, from, &self.at);
            self.groups.leave(&model.groups, person, from, &self.at);
            self.cost -= model.day_cost(person, from);
        }
        if to != self.none() {
            self.households.enter(&model.households, person, to, &self.at);
            self.groups.enter(&model.groups, person, to, &self.at);
            self.cost += model.day_cost(person, to);
        }
        self.cost += self.unit_cost(household, group) - before;
    }

    fn unit_cost(&self, household: usize, group: usize) -> i64 {
        let split = self.households.sessions[household].saturating_sub(1);
        let needed = self.model.needed[self.groups.placed[group] as usize];
        let spread = self.groups.sessions[group].saturating_sub(needed);
        i64::from(split) * HOUSEHOLD + i64::from(spread) * GROUP
    }

    /// What it would cost to bring so many who wait, this one among them, to the session.
    pub(super) fn cost_of_entry(&self, person: u32, session: u32) -> i64 {
        let (person, model) = (person as usize, self.model);
        let household = model.households.of[person] as usize;
        let strange = !self.households.others(&model.households, person, session, &self.at);
        let split = strange && self.households.sessions[household] > 0;
        let new = !self.groups.others(&model.groups, person, session, &self.at);
        let group = model.groups.of[person] as usize;
        let spread = new && self.groups.sessions[group] >= model.needed[self.groups.placed[group] as usize + 1];
        model.day_cost(person, session) + i64::from(split) * HOUSEHOLD + i64::from(spread) * GROUP
    }
}
