//! The moves of the search: one person, a household, a group's share of a session, a whole session. Whoever is in the way
//! goes where the others came from. Proposes only what breaks no limit and loses nobody; does not judge costs.

use super::chance::Chance;
use super::exchange::Exchange;
use super::state::State;

/// Of a thousand moves those below this one make a household give way to those who wait.
const OUT: u32 = 100;
/// Those from there on up to this one exchange two sessions.
const SWAP: u32 = 106;
/// Those from there on up to this one move a group's share of a session.
const SHARE: u32 = 160;
/// Those from there on up to this one move a household; the others, one person.
const HOUSEHOLD: u32 = 550;
/// Of ten targets so many are any session, and the others up to the next number one where the household is, or the group.
const ANY: u32 = 6;
const HOME: u32 = 7;
/// More people than these are not moved at once, so that a step takes a bounded time.
const CROWD: usize = 200;

/// Makes proposals.
pub(super) struct Moves {
    /// Everybody who can be moved.
    movable: Vec<u32>,
    pub(super) exchange: Exchange,
    household: Vec<u32>,
}

impl Moves {
    pub(super) fn new(state: &State<'_>) -> Self {
        let movable = (0..state.model.people() as u32).filter(|person| state.can_move(*person)).collect();
        Self { movable, exchange: Exchange::new(state), household: Vec::new() }
    }

    /// Proposes an exchange that could be made; none where the attempt came to nothing.
    pub(super) fn propose(&mut self, state: &State<'_>, chance: &mut Chance) -> Option<()> {
        let person = chance.one_of(&self.movable)?;
        let from = state.at[person as usize];
        self.exchange.begin(from, from);
        let kind = chance.below(1000);
        if kind < OUT && from != state.none() {
            self.exchange.begin(from, state.none());
            self.move_out(state, chance, person)?;
        } else {
            let to = target(state, chance, person).filter(|to| *to != from)?;
            self.exchange.begin(from, to);
            if kind < SWAP {
                self.swap_sessions(state)?;
            } else if kind < SHARE {
                self.move_share(state, chance, person)?;
            } else if kind < HOUSEHOLD {
                self.move_household(state, chance, person)?;
            } else {
                self.move_one(state, chance, person)?;
            }
        }
        self.exchange.fits(state).then_some(())
    }

    /// Two sessions between which somebody could be moved; having none may be one of them.
    pub(super) fn sessions(&self, state: &State<'_>, chance: &mut Chance) -> Option<[u32; 2]> {
        let person = chance.one_of(&self.movable)?;
        let from = state.at[person as usize];
        target(state, chance, person).filter(|to| *to != from).map(|to| [from, to])
    }

    fn move_one(&mut self, state: &State<'_>, chance: &mut Chance, person: u32) -> Option<()> {
        self.exchange.there.push(person);
        if self.exchange.over(state) > 0 {
            let other = chance.one_of(&state.occupants[self.exchange.other as usize])?;
            if !state.model.allows(other as usize, self.exchange.one) {
                return None;
            }
            self.exchange.back.push(other);
        }
        Some(())
    }

    fn move_household(&mut self, state: &State<'_>, chance: &mut Chance, person: u32) -> Option<()> {
        self.gather(state, person, self.exchange.one);
        let to = self.exchange.other;
        if !self.household.iter().all(|member| state.model.allows(*member as usize, to)) {
            return None;
        }
        self.exchange.there.extend(&self.household);
        self.make_room(state, chance, person, false)
    }

    /// Moves those of the group at a session who can be moved to the other one.
    fn move_share(&mut self, state: &State<'_>, chance: &mut Chance, person: u32) -> Option<()> {
        let (model, to) = (state.model, self.exchange.other);
        let group = model.groups.of[person as usize];
        let ours = |member: &u32| model.groups.of[*member as usize] == group && model.allows(*member as usize, to);
        let here = state.occupants[self.exchange.one as usize].iter().copied();
        let seats = model.seats[to as usize] as usize;
        self.exchange.there.extend(here.filter(ours).take(seats.min(CROWD)));
        self.make_room(state, chance, person, true)
    }

    /// The household's members who are at the session and can be moved; in a crowd only this one.
    fn gather(&mut self, state: &State<'_>, person: u32, at: u32) {
        let households = &state.model.households;
        let household = households.of[person as usize];
        let (members, occupants) = (households.members(household as usize), &state.occupants[at as usize]);
        self.household.clear();
        if members.len().min(occupants.len()) > CROWD {
            self.household.push(person);
        } else if members.len() <= occupants.len() {
            let here = |member: &u32| state.at[*member as usize] == at && state.can_move(*member);
            self.household.extend(members.iter().copied().filter(here));
        } else {
            let ours = |occupant: &u32| households.of[*occupant as usize] == household;
            self.household.extend(occupants.iter().copied().filter(ours));
        }
    }

    /// Sends households of others back where room has been made, until nobody is too many.
    fn make_room(&mut self, state: &State<'_>, chance: &mut Chance, person: u32, by_group: bool) -> Option<()> {
        let (groups, households) = (&state.model.groups.of, &state.model.households.of);
        let mut mate = None;
        let mut tries = 10 + 2 * self.exchange.over(state).max(0);
        while self.exchange.over(state) > 0 {
            tries -= 1;
            let other = chance.one_of(&state.occupants[self.exchange.other as usize]).filter(|_| tries > 0)? as usize;
            let units = if by_group { groups } else { households };
            let strange = by_group && tries % 4 != 0 && mate.is_some_and(|mate| mate != groups[other]);
            if units[other] == units[person as usize] || strange || !self.may_come_back(state, other, tries < 4) {
                continue;
            }
            self.gather(state, other as u32, self.exchange.other);
            if self.send_back(state, tries < 4) {
                mate = Some(groups[other]);
            }
        }
        Some(())
    }

    /// Whether it is worth looking at this one's whole household.
    fn may_come_back(&self, state: &State<'_>, person: usize, in_need: bool) -> bool {
        let (model, tally) = (state.model, &state.households);
        let household = model.households.of[person] as usize;
        let count = || tally.count(&model.households, household, self.exchange.other, &state.at);
        model.allows(person, self.exchange.one) && (in_need || i64::from(count()) <= self.exchange.room(state))
    }

    /// Sends the gathered household back, whole or, in need, as many as have to go.
    fn send_back(&mut self, state: &State<'_>, in_need: bool) -> bool {
        let (over, room) = (self.exchange.over(state), self.exchange.room(state));
        let whole = self.household.len() as i64 <= room;
        let to = self.exchange.one;
        let fresh = |member: &u32| state.model.allows(*member as usize, to) && !self.exchange.back.contains(member);
        let goes = (whole || in_need) && self.household.iter().all(fresh);
        if goes {
            let count = if whole { self.household.len() } else { room.min(over).max(0) as usize };
            self.exchange.back.extend(self.household.iter().take(count));
        }
        goes
    }

    /// Sends a household away for others who wait, so many as it had seats.
    fn move_out(&mut self, state: &State<'_>, chance: &mut Chance, person: u32) -> Option<()> {
        let (model, from, none) = (state.model, self.exchange.one, state.none());
        if state.occupants[none as usize].is_empty() {
            return None;
        }
        self.gather(state, person, from);
        if !self.household.iter().all(|member| model.allows(*member as usize, none)) {
            return None;
        }
        self.exchange.there.extend(&self.household);
        for _ in 0..10 {
            let other = chance.one_of(&state.occupants[none as usize])?;
            self.gather(state, other, none);
            self.household.retain(|member| model.allows(*member as usize, from));
            let left = model.households.of[other as usize] == model.households.of[person as usize];
            let fits = self.household.len() as i64 <= self.exchange.over(state);
            if left || !fits || self.household.iter().any(|member| self.exchange.back.contains(member)) {
                continue;
            }
            self.exchange.back.extend(&self.household);
            if self.exchange.over(state) == 0 {
                return Some(());
            }
        }
        None
    }

    /// Exchanges what two sessions hold, as far as limits allow.
    fn swap_sessions(&mut self, state: &State<'_>) -> Option<()> {
        let (one, other) = (self.exchange.one, self.exchange.other);
        let people = state.occupants[one as usize].len() + state.occupants[other as usize].len();
        if one == state.none() || people > CROWD {
            return None;
        }
        let movers = |from: u32, to: u32| {
            state.occupants[from as usize].iter().filter(move |person| state.model.allows(**person as usize, to))
        };
        self.exchange.there.extend(movers(one, other));
        self.exchange.back.extend(movers(other, one));
        Some(())
    }
}

/// A session the person can come to: any, or one where their household or group already is.
fn target(state: &State<'_>, chance: &mut Chance, person: u32) -> Option<u32> {
    let model = state.model;
    let kind = chance.below(10);
    if kind < ANY {
        let choice = chance.below(model.choices(person as usize));
        return model.choice(person as usize, choice);
    }
    let units = if kind < HOME { &model.households } else { &model.groups };
    let mate = chance.one_of(units.members(units.of[person as usize] as usize))?;
    let to = state.at[mate as usize];
    (to != state.none() && model.allows(person as usize, to)).then_some(to)
}
