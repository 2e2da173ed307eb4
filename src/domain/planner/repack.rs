//! Packs two or three sessions anew: the cheapest way to share their households out, found at once. Where single moves no
//! longer help because everything is full, this still does. Does not decide which sessions.
//!
//! A table over the seats taken, filled household by household and, within a group, over the sessions it has come to: the
//! knapsack of Bellman (1957). Exact but for households of several groups, for groups of whom some wait, and for which
//! members are split off: the true cost decides.

use super::chance::Chance;
use super::pieces::{Pieces, SESSIONS, SETS};
use super::state::State;

/// In the table, costs stand above so many bits, and below them what was chosen last: so the least of two has its way along.
const BITS: u32 = 8;
const CODE: i32 = (1 << BITS) - 1;
/// What cannot be reached. Twice as much can still be counted.
const NEVER: i32 = (i32::MAX / 2) & !CODE;
/// Sessions that differ by more tenths than these are not packed: the table could not hold it.
const DEAREST: i64 = 1 << 21;
/// Nor do larger tables.
const CELLS: usize = 2_000_000;
/// So many cells are filled in the time in which the search looks at one person.
const AT_ONCE: u64 = 25;
/// And so many movers are made ready in it.
const READY: u64 = 3;

/// Sizes of a table. The seats taken in the last session follow from those in the others.
#[derive(Clone, Copy)]
struct Shape {
    columns: usize,
    /// For one set of sessions.
    cells: usize,
    /// For all.
    size: usize,
}

/// Packs.
pub(super) struct Repack {
    pieces: Pieces,
    table: Vec<i32>,
    shape: Shape,
    /// For each mover which of the sessions they come to.
    to: Vec<u8>,
    was: Vec<u32>,
}

impl Repack {
    pub(super) fn new(state: &State<'_>) -> Self {
        let shape = Shape { columns: 1, cells: 1, size: 1 };
        Self { pieces: Pieces::new(state.model), table: Vec::new(), shape, to: Vec::new(), was: Vec::new() }
    }

    /// Packs the sessions as is cheapest after costs were changed by chance, by less than `noise`; lets it be where the
    /// plan would cost over `worse` more. Returns how much work that was, in people looked at.
    pub(super) fn make(
        &mut self,
        state: &mut State<'_>,
        sessions: &[u32],
        (noise, worse): (u32, i64),
        chance: &mut Chance,
    ) -> u64 {
        if self.pieces.take(state, sessions).is_none() {
            return 1;
        }
        self.pieces.disturb(noise, chance);
        let work = 1 + self.pieces.movers.len() as u64 / READY;
        let Some(groups) = self.measure(state, noise, chance) else { return work };
        let filled = self.fill(&groups);
        if self.trace(state, &groups).is_some() {
            self.settle(state, worse);
        }
        work + filled / AT_ONCE
    }

    /// Fixes the table's shape and what sets of sessions cost each group; none where the table cannot hold it.
    fn measure(&mut self, state: &State<'_>, noise: u32, chance: &mut Chance) -> Option<Vec<[i64; SETS]>> {
        let pieces = &self.pieces;
        let most = pieces.movers.len();
        let rows = pieces.seats(state, 0).min(most) + 1;
        let columns = if pieces.sessions.len() < SESSIONS { 1 } else { pieces.seats(state, 1).min(most) + 1 };
        let cells = rows * columns;
        self.shape = Shape { columns, cells, size: cells << pieces.sessions.len() };
        let mut groups = Vec::new();
        let mut dearest = 0;
        for (at, piece) in pieces.list.iter().enumerate() {
            dearest +=
                pieces.choices[piece.choices.0..piece.choices.1].iter().map(|choice| choice.cost).max().unwrap_or(0);
            if pieces.ends_group(at) {
                let costs = pieces.group_costs(state, piece.group, piece.members.1);
                groups.push(costs.map(|cost| cost + i64::from(chance.below(noise / 2 + 1))));
                dearest += groups.last().and_then(|costs| costs.iter().max()).copied().unwrap_or(0);
            }
        }
        let length = cells * (1 + groups.len()) + self.shape.size * pieces.list.len();
        if length > CELLS || dearest > DEAREST {
            return None;
        }
        self.table.resize(length.max(self.table.len()), NEVER);
        Some(groups)
    }

    /// Fills the table: after each piece for all sets of sessions, and after each group for all of them together. Returns
    /// how many cells were looked at.
    fn fill(&mut self, groups: &[[i64; SETS]]) -> u64 {
        let Shape { columns, cells, size } = self.shape;
        self.table[..cells].fill(NEVER);
        self.table[0] = 0;
        let (mut start, mut length, mut filled) = (0, cells, 0);
        let mut groups = groups.iter();
        for (at, piece) in self.pieces.list.iter().enumerate() {
            let (before, after) = self.table[start..].split_at_mut(length);
            after[..size].fill(NEVER);
            let choices = &self.pieces.choices[piece.choices.0..piece.choices.1];
            for (which, choice) in choices.iter().enumerate() {
                for (set, from) in before.chunks(cells).enumerate() {
                    let to = &mut after[(set | choice.set) * cells..][..cells];
                    relax(from, to, columns, choice.loads, packed(choice.cost, which * SETS + set));
                }
            }
            filled += choices.len() * length;
            (start, length) = (start + length, size);
            if let Some(costs) = groups.as_slice().first().filter(|_| self.pieces.ends_group(at)) {
                let (before, after) = self.table[start..].split_at_mut(size);
                after[..cells].fill(NEVER);
                for (set, from) in before.chunks(cells).enumerate() {
                    relax(from, &mut after[..cells], columns, [0; SESSIONS], packed(costs[set], set));
                }
                groups.next();
                (start, length) = (start + size, cells);
            }
        }
        filled as u64
    }

    /// Follows the cheapest way back through the table; none where there is none.
    fn trace(&mut self, state: &State<'_>, groups: &[[i64; SETS]]) -> Option<()> {
        let Shape { cells, size, .. } = self.shape;
        let mut start = cells * groups.len() + size * self.pieces.list.len();
        let mut cell = self.cheapest(state, start)?;
        let mut set = 0;
        self.to.clear();
        self.to.resize(self.pieces.movers.len(), 0);
        for (at, piece) in self.pieces.list.iter().enumerate().rev() {
            if self.pieces.ends_group(at) {
                set = (self.table[start + cell] & CODE) as usize;
                start -= size;
            }
            let code = (self.table[start + set * cells + cell] & CODE) as usize;
            start -= if at == 0 || self.pieces.ends_group(at - 1) { cells } else { size };
            let choice = self.pieces.choices.get(piece.choices.0 + code / SETS)?;
            set = code % SETS;
            cell -= choice.loads[0] * self.shape.columns + choice.loads[1];
            let places = &self.pieces.places[choice.places..];
            self.to[piece.members.0..piece.members.1].iter_mut().zip(places).for_each(|(to, place)| *to = *place);
        }
        Some(())
    }

    /// The cell of the cheapest plan in which the last session has seats enough too.
    fn cheapest(&self, state: &State<'_>, start: usize) -> Option<usize> {
        let last = self.pieces.seats(state, self.pieces.sessions.len() - 1);
        let movers = self.pieces.movers.len();
        let taken = |cell: &usize| cell / self.shape.columns + cell % self.shape.columns;
        let end = &self.table[start..start + self.shape.cells];
        (0..end.len())
            .filter(|cell| end[*cell] < NEVER && (taken(cell)..=taken(cell) + last).contains(&movers))
            .min_by_key(|cell| end[*cell])
    }

    /// Moves everybody where the table says, and back again where that costs too much.
    fn settle(&mut self, state: &mut State<'_>, worse: i64) {
        let most = state.cost + worse;
        let pieces = &self.pieces;
        self.was.clear();
        self.was.extend(pieces.movers.iter().map(|person| state.at[*person as usize]));
        let to = |(person, to): (&u32, &u8)| state.relocate(*person, pieces.sessions[*to as usize]);
        pieces.movers.iter().zip(&self.to).for_each(to);
        if state.cost > most {
            pieces.movers.iter().zip(&self.was).for_each(|(person, was)| state.relocate(*person, *was));
        }
    }
}

fn packed(cost: i64, code: usize) -> i32 {
    ((cost as i32) << BITS) | code as i32
}

/// Notes whatever is cheaper if so many seats more are taken at a cost.
fn relax(from: &[i32], to: &mut [i32], columns: usize, loads: [usize; SESSIONS], more: i32) {
    let relax = |from: &[i32], to: &mut [i32]| {
        from.iter().zip(to).for_each(|(from, to)| *to = (*to).min((*from & !CODE) + more));
    };
    if columns == 1 && loads[1] == 0 {
        let to = to.get_mut(loads[0]..).unwrap_or_default();
        return relax(from, to);
    }
    for (from, to) in from.chunks(columns).zip(to.chunks_mut(columns).skip(loads[0])) {
        relax(from, to.get_mut(loads[1]..).unwrap_or_default());
    }
}
