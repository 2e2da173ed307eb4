//! An instance in numbers: who can come where as spans of sessions in order of days. No plan is made or judged here.

use std::collections::HashMap;

use super::cost::{DAY, DAY_FIRST};
use super::instance::{Instance, Person, Problem, Sex};

/// No person, no session.
pub(super) const NOBODY: u32 = u32::MAX;

/// Which household, or which group, everybody belongs to.
pub(super) struct Units {
    /// The unit of each person.
    pub(super) of: Vec<u32>,
    /// The members of all units, one unit after another.
    members: Vec<u32>,
    starts: Vec<u32>,
}

impl Units {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut of = Vec::new();
        for name in names {
            let next = known.len() as u32;
            of.push(*known.entry(name).or_insert(next));
        }
        let mut starts = vec![0; known.len() + 1];
        of.iter().for_each(|unit| starts[*unit as usize + 1] += 1);
        (1..starts.len()).for_each(|unit| starts[unit] += starts[unit - 1]);
        let mut next = starts.clone();
        let mut members = vec![0; of.len()];
        for (person, unit) in of.iter().enumerate() {
            members[next[*unit as usize] as usize] = person as u32;
            next[*unit as usize] += 1;
        }
        Self { of, members, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn members(&self, unit: usize) -> &[u32] {
        &self.members[self.starts[unit] as usize..self.starts[unit + 1] as usize]
    }
}

/// What came of an agreement by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreed {
    /// There is none.
    No,
    /// It is kept.
    Kept(u32),
    /// There is no such session.
    Missing,
    /// It breaks the person's own limits.
    Impossible,
    /// Others who stand first have its seats.
    Full,
}

/// An instance in numbers. Sessions stand in order: those for all, then those for women, each by day.
pub(super) struct Model {
    /// The place of each session in the instance.
    pub(super) order: Vec<u32>,
    pub(super) seats: Vec<u32>,
    /// Days since the first session.
    pub(super) day: Vec<u32>,
    /// Tenths that a day costs each person.
    pub(super) weight: Vec<u8>,
    pub(super) agreed: Vec<Agreed>,
    /// Where a person is at present without having agreed; [`NOBODY`] where that is nowhere or impossible.
    pub(super) keep: Vec<u32>,
    pub(super) households: Units,
    pub(super) groups: Units,
    /// How many sessions a group needs for so many placed.
    pub(super) needed: Vec<u32>,
    spans: Vec<(u32, u32)>,
    span_starts: Vec<u32>,
    /// For each person a bit for each session they may be sent to, and one for none; nothing where 64 bits are too few.
    masks: Vec<u64>,
}

/// The sessions in order with their dates.
struct Calendar {
    order: Vec<u32>,
    dates: Vec<chrono::NaiveDate>,
    /// How many are for all.
    common: usize,
}

impl Calendar {
    fn new(instance: &Instance) -> Self {
        let mut order: Vec<u32> = (0..instance.sessions.len() as u32).collect();
        order.sort_by_key(|at| {
            let session = &instance.sessions[*at as usize];
            (session.women_only, session.date, *at)
        });
        let dates = order.iter().map(|at| instance.sessions[*at as usize].date).collect();
        let common = order.iter().filter(|at| !instance.sessions[**at as usize].women_only).count();
        Self { order, dates, common }
    }

    /// The sessions a person can come to, as spans that neither touch nor overlap.
    fn spans(&self, person: &Person, spans: &mut Vec<(u32, u32)>) {
        self.spans_within(person, 0, self.common, spans);
        if person.sex == Some(Sex::Female) {
            self.spans_within(person, self.common, self.order.len(), spans);
        }
    }

    fn spans_within(&self, person: &Person, first: usize, end: usize, spans: &mut Vec<(u32, u32)>) {
        let dates = &self.dates[first..end];
        let from = person.not_before.map_or(0, |day| dates.partition_point(|date| *date < day));
        let until = person.not_after.map_or(dates.len(), |day| dates.partition_point(|date| *date <= day));
        let mut away: Vec<(usize, usize)> = person
            .away
            .iter()
            .map(|(go, back)| (dates.partition_point(|date| date < go), dates.partition_point(|date| date <= back)))
            .collect();
        away.sort_unstable();
        let mut at = from;
        for (go, back) in away.into_iter().chain([(until, until)]) {
            if at < go.min(until) {
                spans.push(((first + at) as u32, (first + go.min(until)) as u32));
            }
            at = at.max(back);
        }
    }
}

impl Model {
    pub(super) fn new(instance: &Instance) -> Result<Self, Problem> {
        instance.check()?;
        let calendar = Calendar::new(instance);
        let sessions = calendar.order.iter().map(|at| &instance.sessions[*at as usize]);
        let largest = sessions.clone().map(|session| session.seats).max().unwrap_or(0).max(1) as usize;
        // More seats than people are as good as one for each, and their sum can be counted.
        let seats = sessions.map(|session| session.seats.min(instance.people.len() as u32)).collect();
        let start = calendar.dates.iter().min().copied();
        let since = |date: chrono::NaiveDate| start.map_or(0, |start| (date - start).num_days() as u32);
        let people = &instance.people;
        let mut model = Self {
            day: calendar.dates.iter().map(|date| since(*date)).collect(),
            weight: people.iter().map(|person| if person.first { DAY_FIRST } else { DAY } as u8).collect(),
            agreed: vec![Agreed::No; people.len()],
            keep: vec![NOBODY; people.len()],
            households: Units::new(people.iter().map(|person| person.household.as_str())),
            groups: Units::new(people.iter().map(|person| person.group.as_str())),
            needed: (0..=people.len()).map(|placed| placed.div_ceil(largest) as u32).collect(),
            spans: Vec::new(),
            span_starts: vec![0],
            masks: Vec::new(),
            order: calendar.order.clone(),
            seats,
        };
        model.settle_agreements(instance);
        for (person, agreed) in people.iter().zip(&model.agreed) {
            // Who has agreed to a day has no other one.
            if *agreed == Agreed::No {
                calendar.spans(person, &mut model.spans);
            }
            model.span_starts.push(model.spans.len() as u32);
        }
        model.settle_keeps(instance);
        model.fill_masks();
        Ok(model)
    }

    fn settle_agreements(&mut self, instance: &Instance) {
        let places = self.places(instance);
        let mut taken = vec![0; self.seats.len()];
        for (at, person) in instance.people.iter().enumerate() {
            let Some(fixed) = &person.fixed else { continue };
            self.agreed[at] = match places.get(fixed.as_str()).copied() {
                None => Agreed::Missing,
                Some(place) if !person.can_come_to(&instance.sessions[self.order[place as usize] as usize]) => {
                    Agreed::Impossible
                }
                Some(place) if taken[place as usize] == self.seats[place as usize] => Agreed::Full,
                Some(place) => {
                    taken[place as usize] += 1;
                    Agreed::Kept(place)
                }
            };
        }
    }

    fn settle_keeps(&mut self, instance: &Instance) {
        let places = self.places(instance);
        for (at, person) in instance.people.iter().enumerate() {
            let place = person.keep.as_ref().and_then(|keep| places.get(keep.as_str())).copied();
            if let Some(place) = place.filter(|place| self.allows(at, *place)) {
                self.keep[at] = place;
            }
        }
    }

    /// Few sessions are asked for so often that looking through spans would be slow.
    fn fill_masks(&mut self) {
        let bits = self.sessions() as u32 + 1;
        if bits <= u64::BITS {
            let bit = |person, at| u64::from(self.allows(person, at)) << at;
            let mask = |person| (0..bits).map(|at| bit(person, at)).sum();
            self.masks = (0..self.people()).map(mask).collect();
        }
    }

    /// Where each session stands in the order.
    fn places<'a>(&self, instance: &'a Instance) -> HashMap<&'a str, u32> {
        let id = |at: &u32| instance.sessions[*at as usize].id.as_str();
        self.order.iter().enumerate().map(|(place, at)| (id(at), place as u32)).collect()
    }

    pub(super) fn people(&self) -> usize {
        self.agreed.len()
    }

    pub(super) fn sessions(&self) -> usize {
        self.seats.len()
    }

    /// Where the person can come to, as spans of sessions; nothing for those who have agreed by hand.
    pub(super) fn spans(&self, person: usize) -> &[(u32, u32)] {
        &self.spans[self.span_starts[person] as usize..self.span_starts[person + 1] as usize]
    }

    /// Whether the search may send the person to the session, or to none ([`Model::sessions`] itself): not those who had
    /// a place before.
    pub(super) fn allows(&self, person: usize, session: u32) -> bool {
        if let Some(mask) = self.masks.get(person) {
            return mask >> session & 1 == 1;
        }
        if session as usize == self.sessions() {
            return self.keep[person] == NOBODY;
        }
        self.spans(person).iter().any(|(first, end)| (*first..*end).contains(&session))
    }

    /// How many sessions the person can come to.
    pub(super) fn choices(&self, person: usize) -> u32 {
        self.spans(person).iter().map(|(first, end)| end - first).sum()
    }

    /// The session that is so many further on among those the person can come to.
    pub(super) fn choice(&self, person: usize, mut further: u32) -> Option<u32> {
        for (first, end) in self.spans(person) {
            if further < end - first {
                return Some(first + further);
            }
            further -= end - first;
        }
        None
    }

    /// What the day of a session costs the person, in tenths.
    pub(super) fn day_cost(&self, person: usize, session: u32) -> i64 {
        i64::from(self.day[session as usize]) * i64::from(self.weight[person])
    }
}
