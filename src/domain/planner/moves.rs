//! The moves of the search: one person, a household, a group's share of a session, a whole session. Whoever is in the way
//! goes where the others came from. A move that would break a limit or lose somebody is taken back at once.

use super::chance::Chance;
use super::state::State;

/// A plan in the making and what has been moved since it was last agreed to.
pub(super) struct Search<'m> {
    pub(super) state: State<'m>,
    pub(super) chance: Chance,
    /// Everybody who can be moved.
    movable: Vec<u32>,
    journal: Vec<(u32, u32)>,
    block: Vec<u32>,
}

impl<'m> Search<'m> {
    pub(super) fn new(state: State<'m>, chance: Chance) -> Self {
        let movable = (0..state.model.people() as u32).filter(|person| state.can_move(*person)).collect();
        Self { state, chance, movable, journal: Vec::new(), block: Vec::new() }
    }

    /// Tries a move. False where it came to nothing and everything is as before.
    pub(super) fn step(&mut self) -> bool {
        self.journal.clear();
        let legal = self.propose().is_some();
        if !legal {
            self.take_back();
        }
        legal
    }

    /// Undoes the last step.
    pub(super) fn take_back(&mut self) {
        while let Some((person, from)) = self.journal.pop() {
            self.state.relocate(person, from);
        }
    }

    fn propose(&mut self) -> Option<()> {
        let person = self.chance.one_of(&self.movable)?;
        let from = self.state.at[person as usize];
        let to = self.target(person).filter(|to| *to != from)?;
        match self.chance.below(1000) {
            0..480 => self.move_one(person, from, to),
            480..960 => self.move_household(person, from, to),
            960..994 => self.move_share(person, from, to),
            _ => self.swap_sessions(from, to),
        }
    }

    /// A session the person can come to: any, or one where their household or group already is.
    fn target(&mut self, person: u32) -> Option<u32> {
        let model = self.state.model;
        let kind = self.chance.below(10);
        let mates = match kind {
            0..5 => {
                let choice = self.chance.below(model.choices(person as usize));
                return model.choice(person as usize, choice);
            }
            5..6 => model.households.members(model.households.of[person as usize] as usize),
            _ => model.groups.members(model.groups.of[person as usize] as usize),
        };
        let mate = self.chance.one_of(mates)?;
        let to = self.state.at[mate as usize];
        (to != self.state.none() && model.allows(person as usize, to)).then_some(to)
    }

    fn shift(&mut self, person: u32, to: u32) {
        self.journal.push((person, self.state.at[person as usize]));
        self.state.relocate(person, to);
    }

    fn move_one(&mut self, person: u32, from: u32, to: u32) -> Option<()> {
        self.shift(person, to);
        if self.state.over(to) <= 0 {
            return Some(());
        }
        let other = self.chance.one_of(&self.state.occupants[to as usize]).filter(|other| *other != person)?;
        if self.state.model.allows(other as usize, from) {
            self.shift(other, from);
            return Some(());
        }
        let model = self.state.model;
        let choice = self.chance.below(model.choices(other as usize));
        let elsewhere = model.choice(other as usize, choice).filter(|session| self.state.free(*session) > 0)?;
        self.shift(other, elsewhere);
        Some(())
    }

    fn move_household(&mut self, person: u32, from: u32, to: u32) -> Option<()> {
        self.gather_household(person, from);
        let block = std::mem::take(&mut self.block);
        let all = block.iter().all(|member| self.state.model.allows(*member as usize, to));
        if all {
            block.iter().for_each(|member| self.shift(*member, to));
        }
        self.block = block;
        if all { self.make_room(person, from, to, false) } else { None }
    }

    /// Moves those of the group at a session who can be moved to the other one.
    fn move_share(&mut self, person: u32, from: u32, to: u32) -> Option<()> {
        let model = self.state.model;
        let group = model.groups.of[person as usize];
        let ours = |member: &u32| model.groups.of[*member as usize] == group && model.allows(*member as usize, to);
        let mut block = std::mem::take(&mut self.block);
        block.clear();
        block.extend(self.state.occupants[from as usize].iter().copied().filter(ours));
        block.truncate(self.state.model.seats[to as usize] as usize);
        block.iter().for_each(|member| self.shift(*member, to));
        self.block = block;
        self.make_room(person, from, to, true)
    }

    /// The household's members who are at the session and can be moved.
    fn gather_household(&mut self, person: u32, at: u32) {
        let model = self.state.model;
        let members = model.households.members(model.households.of[person as usize] as usize);
        let here = |member: &u32| self.state.at[*member as usize] == at && self.state.can_move(*member);
        self.block.clear();
        self.block.extend(members.iter().copied().filter(here));
    }

    /// Sends households of others back where room has been made, until nobody is too many.
    fn make_room(&mut self, person: u32, from: u32, to: u32, by_group: bool) -> Option<()> {
        let model = self.state.model;
        let groups = &model.groups.of;
        let mut mate = None;
        let mut tries = 10 + 2 * self.state.over(to).max(0);
        while self.state.over(to) > 0 {
            tries -= 1;
            let other = self.chance.one_of(&self.state.occupants[to as usize]).filter(|_| tries > 0)?;
            let stays = if by_group {
                groups[other as usize] == groups[person as usize]
            } else {
                model.households.of[other as usize] == model.households.of[person as usize]
            };
            if stays || (by_group && mate.is_some_and(|mate| mate != groups[other as usize]) && tries % 4 != 0) {
                continue;
            }
            self.gather_household(other, to);
            if self.send_back(from, to, tries < 4) {
                mate = Some(groups[other as usize]);
            }
        }
        let fits = from == self.state.none() || self.state.over(from) <= 0;
        fits.then_some(())
    }

    /// Sends the gathered household from the one session to the other, whole or, in need, as many as have to go.
    fn send_back(&mut self, from: u32, to: u32, in_need: bool) -> bool {
        let over = self.state.over(to);
        let room = if from == self.state.none() { over } else { (-self.state.over(from)).max(0) };
        let block = std::mem::take(&mut self.block);
        let allowed = block.iter().all(|member| self.state.model.allows(*member as usize, from));
        let whole = block.len() as i64 <= room;
        let goes = allowed && (whole || in_need);
        if goes {
            let count = if whole { block.len() } else { room.min(over) as usize };
            block.iter().take(count).for_each(|member| self.shift(*member, from));
        }
        self.block = block;
        goes
    }

    /// Exchanges what two sessions hold, as far as limits allow.
    fn swap_sessions(&mut self, one: u32, other: u32) -> Option<()> {
        if one == self.state.none() {
            return None;
        }
        let (mut block, split) = (std::mem::take(&mut self.block), self.state.occupants[one as usize].len());
        block.clear();
        block.extend(&self.state.occupants[one as usize]);
        block.extend(&self.state.occupants[other as usize]);
        for (at, person) in block.iter().enumerate() {
            let to = if at < split { other } else { one };
            if self.state.model.allows(*person as usize, to) {
                self.shift(*person, to);
            }
        }
        self.block = block;
        (self.state.over(one) <= 0 && self.state.over(other) <= 0).then_some(())
    }
}
