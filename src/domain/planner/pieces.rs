//! Two or three sessions taken apart: the households they hold, and what can be done with each. Does not say what is best.

use super::chance::Chance;
use super::cost::{GROUP, HOUSEHOLD};
use super::model::Model;
use super::state::State;

/// So many sessions at most.
pub(super) const SESSIONS: usize = 3;
/// So many sets of them.
pub(super) const SETS: usize = 1 << SESSIONS;
/// Of so many ways at most one is chosen for a household.
pub(super) const CHOICES: usize = 31;
/// A larger household is not split anew: there are too many ways to.
const LARGE: usize = 8;
/// More people than these are not taken apart, so that a step takes a bounded time.
const CROWD: usize = 300;

/// Those of a household who are at the sessions and can be moved.
pub(super) struct Piece {
    /// The group of the household's first member, under which it is packed.
    pub(super) group: u32,
    /// Where its members stand among the movers, and where the next piece's do.
    pub(super) members: (usize, usize),
    /// Where its choices stand among all, and where the next piece's do.
    pub(super) choices: (usize, usize),
}

/// A way to share a piece's members out.
pub(super) struct Choice {
    /// In tenths, more than the cheapest way.
    pub(super) cost: i64,
    /// How many come to each session but the last, of which none are counted.
    pub(super) loads: [usize; SESSIONS],
    /// The sessions that members of the piece's group come to.
    pub(super) set: usize,
    /// Where the sessions of its members begin among the places.
    pub(super) places: usize,
}

/// Where a unit's other members are.
struct Rest {
    /// How many other sessions.
    elsewhere: i64,
    /// The sessions taken apart in which there are others who are not moved along.
    stay: usize,
}

/// The sessions taken apart.
pub(super) struct Pieces {
    /// By the seats there are for movers, fewest first.
    pub(super) sessions: Vec<u32>,
    /// Everybody at the sessions who can be moved, by group and household.
    pub(super) movers: Vec<u32>,
    pub(super) list: Vec<Piece>,
    pub(super) choices: Vec<Choice>,
    /// For each choice the sessions of the members, as numbers among those taken apart.
    pub(super) places: Vec<u8>,
    /// The order of people by group and household.
    rank: Vec<u32>,
    way: Vec<u8>,
    savings: Vec<(i64, usize)>,
}

impl Pieces {
    pub(super) fn new(model: &Model) -> Self {
        let mut order: Vec<u32> = (0..model.people() as u32).collect();
        order.sort_by_key(|person| (home(model, *person), model.households.of[*person as usize], *person));
        let mut rank = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, person)| rank[*person as usize] = at as u32);
        Self {
            sessions: Vec::new(),
            movers: Vec::new(),
            list: Vec::new(),
            choices: Vec::new(),
            places: Vec::new(),
            rank,
            way: Vec::new(),
            savings: Vec::new(),
        }
    }

    /// Takes the sessions apart; none where they hold nobody or too many.
    pub(super) fn take(&mut self, state: &State<'_>, sessions: &[u32]) -> Option<()> {
        self.sessions.clear();
        self.sessions.extend(sessions);
        self.sessions.sort_by_key(|session| seats(state, *session));
        self.movers.clear();
        sessions.iter().for_each(|session| self.movers.extend(&state.occupants[*session as usize]));
        if self.movers.is_empty() || self.movers.len() > CROWD {
            return None;
        }
        self.movers.sort_unstable_by_key(|person| self.rank[*person as usize]);
        self.list.clear();
        self.choices.clear();
        self.places.clear();
        let household = |person: &u32| state.model.households.of[*person as usize];
        let mut first = 0;
        while let Some(one) = self.movers.get(first).copied() {
            let others = self.movers[first..].iter().take_while(|other| household(other) == household(&one));
            let members = (first, first + others.count());
            let begin = self.choices.len();
            self.choose(state, members);
            self.list.push(Piece { group: home(state.model, one), members, choices: (begin, self.choices.len()) });
            first = members.1;
        }
        Some(())
    }

    /// How many movers the session can hold. Those who wait stay as many.
    pub(super) fn seats(&self, state: &State<'_>, at: usize) -> usize {
        self.sessions.get(at).map_or(0, |session| seats(state, *session))
    }

    /// Whether the next piece is packed under another group.
    pub(super) fn ends_group(&self, at: usize) -> bool {
        self.list.get(at + 1).is_none_or(|next| next.group != self.list[at].group)
    }

    /// Makes sessions dearer or cheaper for each piece, by less than so much.
    pub(super) fn disturb(&mut self, noise: u32, chance: &mut Chance) {
        for piece in &self.list {
            let more = [(); SESSIONS].map(|()| i64::from(chance.below(noise)));
            for choice in &mut self.choices[piece.choices.0..piece.choices.1] {
                choice.cost += more[self.places[choice.places] as usize];
            }
        }
    }

    /// What can be done with the household of these movers.
    fn choose(&mut self, state: &State<'_>, members: (usize, usize)) {
        let begin = self.choices.len();
        let rest = self.rest_of_household(state, members);
        self.way.clear();
        let now = self.movers[members.0..members.1].iter().map(|person| number(&self.sessions, state, *person) as u8);
        self.way.extend(now);
        let split = rest.elsewhere > 0 || self.way.iter().any(|at| *at != self.way[0]);
        self.add(state, members, begin, &rest);
        for at in 0..self.sessions.len() {
            let allowed = |person: &u32| state.model.allows(*person as usize, self.sessions[at]);
            if self.movers[members.0..members.1].iter().all(allowed) {
                self.way.fill(at as u8);
                self.add(state, members, begin, &rest);
            }
        }
        // Among three sessions only who is split anyway: there would be too many ways.
        if members.1 - members.0 <= LARGE && (split || self.sessions.len() == 2) {
            for one in 0..self.sessions.len() {
                (one + 1..self.sessions.len()).for_each(|other| self.split(state, members, (one, other), begin, &rest));
            }
        }
        let least = self.choices[begin..].iter().map(|choice| choice.cost).min().unwrap_or(0);
        self.choices[begin..].iter_mut().for_each(|choice| choice.cost -= least);
    }

    /// Every number of members in one session and the others in the other one; who saves most by it first.
    fn split(
        &mut self,
        state: &State<'_>,
        (first, end): (usize, usize),
        (one, other): (usize, usize),
        begin: usize,
        rest: &Rest,
    ) {
        let (here, there) = (self.sessions[one], self.sessions[other]);
        self.savings.clear();
        let (mut least, mut most) = (0, 0);
        for (member, person) in self.movers[first..end].iter().enumerate() {
            let may = |session| state.model.allows(*person as usize, session);
            let saving = match (may(here), may(there)) {
                (false, false) => return,
                (true, false) => i64::MIN,
                (false, true) => i64::MAX,
                (true, true) => day(state, *person, here) - day(state, *person, there),
            };
            least += usize::from(saving == i64::MIN);
            most += usize::from(saving < i64::MAX);
            self.savings.push((saving, member));
        }
        self.savings.sort_unstable();
        for count in least.max(1)..=most.min(end - first - 1) {
            self.way.fill(other as u8);
            self.savings[..count].iter().for_each(|(_, member)| self.way[*member] = one as u8);
            self.add(state, (first, end), begin, rest);
        }
    }

    /// Adds the way as a choice.
    fn add(&mut self, state: &State<'_>, (first, end): (usize, usize), begin: usize, rest: &Rest) {
        let known = |choice: &Choice| self.places[choice.places..choice.places + end - first] == self.way[..];
        if self.choices.len() - begin >= CHOICES || self.choices[begin..].iter().any(known) {
            return;
        }
        let model = state.model;
        let (mut set, mut all, mut loads, mut cost) = (0, 0, [0; SESSIONS], 0);
        for (person, at) in self.movers[first..end].iter().zip(&self.way) {
            let session = self.sessions[*at as usize];
            let group = model.groups.of[*person as usize];
            loads[*at as usize] += 1;
            cost += day(state, *person, session);
            all |= usize::from(session != state.none()) << at;
            if group == home(model, *person) {
                set |= 1 << at;
            } else if session != state.none() {
                // Of another group than the household's: judged as if the others of it stayed where they are.
                let count = state.groups.count(&model.groups, group as usize, session, &state.at);
                cost += if count > u32::from(state.at[*person as usize] == session) { 0 } else { GROUP };
            }
        }
        let sessions = rest.elsewhere + i64::from((all | rest.stay).count_ones());
        cost += (sessions - 1).max(0) * HOUSEHOLD;
        loads[self.sessions.len() - 1] = 0;
        self.choices.push(Choice { cost, loads, set, places: self.places.len() });
        self.places.extend(&self.way);
    }

    fn rest_of_household(&self, state: &State<'_>, (first, end): (usize, usize)) -> Rest {
        let (units, tally) = (&state.model.households, &state.households);
        let unit = units.of[self.movers[first] as usize] as usize;
        let count = |session| tally.count(units, unit, session, &state.at);
        self.rest(state, tally.sessions[unit], count, self.movers[first..end].iter())
    }

    /// What each set of sessions costs the group whose last mover stands before `end`, in tenths more than the cheapest.
    pub(super) fn group_costs(&self, state: &State<'_>, group: u32, end: usize) -> [i64; SETS] {
        let (model, unit) = (state.model, group as usize);
        let needed = i64::from(model.needed[state.groups.placed[unit] as usize]);
        let movers = self.movers[..end].iter().rev().take_while(|person| home(model, **person) == group);
        let ours = movers.filter(|person| model.groups.of[**person as usize] == group);
        let count = |session| state.groups.count(&model.groups, unit, session, &state.at);
        let rest = self.rest(state, state.groups.sessions[unit], count, ours);
        let none = self.sessions.iter().position(|session| *session == state.none()).map_or(0, |at| 1 << at);
        let costs: [i64; SETS] = std::array::from_fn(|set| {
            let here = ((set | rest.stay) & !none).count_ones();
            (rest.elsewhere + i64::from(here) - needed).max(0) * GROUP
        });
        let least = costs.into_iter().min().unwrap_or(0);
        costs.map(|cost| cost - least)
    }

    fn rest<'a>(
        &self,
        state: &State<'_>,
        sessions: u32,
        count: impl Fn(u32) -> u32,
        movers: impl Iterator<Item = &'a u32>,
    ) -> Rest {
        let mut moved = [0; SESSIONS];
        movers.for_each(|person| moved[number(&self.sessions, state, *person)] += 1);
        let mut rest = Rest { elsewhere: i64::from(sessions), stay: 0 };
        for (at, session) in self.sessions.iter().enumerate().filter(|(_, session)| **session != state.none()) {
            let count = count(*session);
            rest.elsewhere -= i64::from(count > 0);
            rest.stay |= usize::from(count > moved[at]) << at;
        }
        rest
    }
}

/// The group of the first member of the person's household.
fn home(model: &Model, person: u32) -> u32 {
    let household = model.households.of[person as usize] as usize;
    model.groups.of[model.households.members(household)[0] as usize]
}

/// Which of the sessions the person is at.
fn number(sessions: &[u32], state: &State<'_>, person: u32) -> usize {
    sessions.iter().position(|session| *session == state.at[person as usize]).unwrap_or(0)
}

fn seats(state: &State<'_>, session: u32) -> usize {
    let here = state.occupants[session as usize].len();
    if session == state.none() { here } else { here + state.free(session) as usize }
}

fn day(state: &State<'_>, person: u32, session: u32) -> i64 {
    if session == state.none() { 0 } else { state.model.day_cost(person as usize, session) }
}
