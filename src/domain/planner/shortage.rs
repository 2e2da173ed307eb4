//! Why somebody has no session: which sessions are short together, and of how many seats. Judges a finished plan only.
//!
//! From a person who waits, go to the sessions they can come to, from these to those their people could change to, and so
//! on: in a plan that places as many as possible all of these are full, and of people who can come to none but these. That
//! is the proof that no other plan helps everybody (Hall's condition).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::answer::Why;
use super::instance::{Instance, Sex};
use super::model::{Agreed, Model};
use super::state::State;

/// A set of sessions.
type Bits = Vec<u64>;
/// The sessions that people can come to who have the same ones.
type Spans = Vec<(u32, u32)>;

pub(super) struct Reasons<'a> {
    instance: &'a Instance,
    model: &'a Model,
    at: &'a [u32],
    /// For each session those that are reached from it, itself too.
    reached: Vec<Bits>,
    /// How many wait, by where they can come.
    waiting: BTreeMap<Spans, u32>,
    known: BTreeMap<Bits, Rc<Shortage>>,
}

/// Sessions that are short together.
struct Shortage {
    sessions: u32,
    seats: u32,
    people: u32,
    short: u32,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(instance: &'a Instance, state: &'a State<'_>) -> Self {
        let (model, at) = (state.model, state.at.as_slice());
        let mut waiting = BTreeMap::new();
        for (person, place) in at.iter().enumerate() {
            if *place as usize == model.sessions() && !model.spans(person).is_empty() {
                *waiting.entry(model.spans(person).to_vec()).or_insert(0) += 1;
            }
        }
        let reached = if waiting.is_empty() { Vec::new() } else { closure(exchanges(model, at)) };
        Self { instance, model, at, reached, waiting, known: BTreeMap::new() }
    }

    pub(super) fn why(&mut self, person: usize) -> Why {
        match self.model.agreed[person] {
            Agreed::Missing => return Why::FixedMissing,
            Agreed::Impossible => return Why::FixedImpossible,
            Agreed::Full => return Why::FixedFull,
            Agreed::No | Agreed::Kept(_) => {}
        }
        if self.instance.sessions.is_empty() {
            return Why::NoSession;
        }
        self.full(person).unwrap_or_else(|| self.impossible(person))
    }

    fn impossible(&self, person: usize) -> Why {
        let mut person = self.instance.people[person].clone();
        person.sex = Some(Sex::Female);
        let any = self.instance.sessions.iter().any(|session| person.can_come_to(session));
        if any { Why::OnlyForWomen } else { Why::NoDayPossible }
    }

    fn full(&mut self, person: usize) -> Option<Why> {
        let places = || self.model.spans(person).iter().flat_map(|(first, end)| *first..*end);
        let date = |place: u32| self.instance.sessions[self.model.order[place as usize] as usize].date;
        let first_day = places().map(date).min()?;
        let last_day = places().map(date).max()?;
        let shortage = self.shortage(person);
        let Shortage { sessions, seats, people, short } = *shortage;
        let choices = self.model.choices(person);
        Some(Why::Full { choices, first_day, last_day, sessions, seats, people, short })
    }

    fn shortage(&mut self, person: usize) -> Rc<Shortage> {
        let set = self.set(self.model.spans(person));
        if let Some(shortage) = self.known.get(&set) {
            return Rc::clone(shortage);
        }
        let within = |spans: &[(u32, u32)]| spans.iter().flat_map(|(first, end)| *first..*end).all(|at| has(&set, at));
        let short: u32 = self.waiting.iter().filter(|(spans, _)| within(spans)).map(|(_, count)| count).sum();
        let mut shortage = Shortage { sessions: 0, seats: 0, people: short, short };
        for place in (0..self.model.sessions()).filter(|place| has(&set, *place as u32)) {
            shortage.sessions += 1;
            shortage.seats += self.model.seats[place];
        }
        for person in 0..self.model.people() {
            let inside = (self.at[person] as usize) < self.model.sessions() && has(&set, self.at[person]);
            let agreed = matches!(self.model.agreed[person], Agreed::Kept(_));
            shortage.seats -= u32::from(inside && agreed);
            shortage.people += u32::from(inside && !agreed);
        }
        let shortage = Rc::new(shortage);
        self.known.insert(set, Rc::clone(&shortage));
        shortage
    }

    /// Every session that is reached from those of the spans.
    fn set(&self, spans: &[(u32, u32)]) -> Bits {
        let mut set = vec![0; self.model.sessions().div_ceil(64)];
        for place in spans.iter().flat_map(|(first, end)| *first..*end) {
            if !has(&set, place) {
                unite(&mut set, &self.reached[place as usize]);
            }
        }
        set
    }
}

fn has(set: &[u64], place: u32) -> bool {
    set[place as usize / 64] >> (place % 64) & 1 == 1
}

fn unite(set: &mut [u64], other: &[u64]) {
    set.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
}

/// For each session those that somebody of it could change to, and itself.
fn exchanges(model: &Model, at: &[u32]) -> Vec<Bits> {
    let sessions = model.sessions();
    let mut sets = vec![vec![0_u64; sessions.div_ceil(64)]; sessions];
    let mut kinds: BTreeSet<(u32, &[(u32, u32)])> = BTreeSet::new();
    for (person, place) in at.iter().enumerate() {
        if (*place as usize) < sessions {
            kinds.insert((*place, model.spans(person)));
        }
    }
    for place in 0..sessions {
        sets[place][place / 64] |= 1 << (place % 64);
    }
    for (place, spans) in kinds {
        for to in spans.iter().flat_map(|(first, end)| *first..*end) {
            sets[place as usize][to as usize / 64] |= 1 << (to % 64);
        }
    }
    sets
}

/// Whatever can be reached in any number of steps (Warshall).
fn closure(mut sets: Vec<Bits>) -> Vec<Bits> {
    for middle in 0..sets.len() {
        let through = sets[middle].clone();
        sets.iter_mut().filter(|set| has(set, middle as u32)).for_each(|set| unite(set, &through));
    }
    sets
}
