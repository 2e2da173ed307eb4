//! People who have a session at present: they stay, and move only where that places somebody more, as few as possible.
//!
//! Cheapest augmenting paths, where leaving the present session costs one and going back to it gives one: after each of
//! them the number of those moved is the least for the number placed (Ford and Fulkerson 1962; label correcting).

use std::collections::{BTreeMap, VecDeque};

use super::model::NOBODY;
use super::ordered::Ordered;
use super::state::State;

/// Puts people where they are at present, those who stand first first.
pub(super) fn place_kept(state: &mut State<'_>) {
    for person in 0..state.model.people() {
        let keep = state.model.keep[person];
        if keep != NOBODY && state.free(keep) > 0 {
            state.relocate(person as u32, keep);
        }
    }
}

/// Places who could not be placed while everybody stayed.
pub(super) fn place_more(state: &mut State<'_>) {
    if state.model.keep.iter().all(|keep| *keep == NOBODY) {
        return;
    }
    while let Some(path) = Labels::new(state).cheapest_path(state) {
        path.into_iter().for_each(|(person, to)| state.relocate(person, to));
    }
}

/// How many more must be moved to have a seat free in each session.
struct Labels {
    moved: Vec<i32>,
    /// Who comes to the session if somebody of it gives way.
    via: Vec<u32>,
    queue: VecDeque<u32>,
    /// For each number, the sessions that may still cost more than it.
    dearer: BTreeMap<i32, Ordered>,
}

impl Labels {
    fn new(state: &State<'_>) -> Self {
        let sessions = state.model.sessions();
        let mut labels = Self {
            moved: vec![i32::MAX; sessions],
            via: vec![NOBODY; sessions],
            queue: VecDeque::new(),
            dearer: BTreeMap::new(),
        };
        state.occupants[sessions].iter().for_each(|person| labels.reach(state, *person, 0));
        while let Some(session) = labels.queue.pop_front() {
            let moved = labels.moved[session as usize];
            for person in &state.occupants[session as usize] {
                let leaves = i32::from(state.model.keep[*person as usize] == session);
                labels.reach(state, *person, moved + leaves);
            }
        }
        labels
    }

    /// What can be reached if this person goes elsewhere and so many have been moved by then.
    fn reach(&mut self, state: &State<'_>, person: u32, moved: i32) {
        let keep = state.model.keep[person as usize];
        if keep != NOBODY && keep != state.at[person as usize] {
            self.lower(keep, moved - 1, person);
        }
        let mut dearer = self.dearer.remove(&moved).unwrap_or_else(|| Ordered::all(state.model.sessions()));
        for span in state.model.spans(person as usize) {
            while let Some(session) = dearer.within(*span) {
                dearer.strike(session);
                self.lower(session, moved, person);
            }
        }
        self.dearer.insert(moved, dearer);
    }

    fn lower(&mut self, session: u32, moved: i32, via: u32) {
        if self.moved[session as usize] > moved {
            self.moved[session as usize] = moved;
            self.via[session as usize] = via;
            self.queue.push_back(session);
        }
    }

    /// Who goes where, from the free seat back to the one who waits.
    fn cheapest_path(&self, state: &State<'_>) -> Option<Vec<(u32, u32)>> {
        let reached = |session: &u32| self.moved[*session as usize] < i32::MAX && state.free(*session) > 0;
        let mut to = (0..state.none()).filter(reached).min_by_key(|session| self.moved[*session as usize])?;
        let mut path = Vec::new();
        while to != state.none() {
            let person = self.via[to as usize];
            path.push((person, to));
            to = state.at[person as usize];
        }
        Some(path)
    }
}
