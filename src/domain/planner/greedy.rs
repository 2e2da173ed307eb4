//! A first plan: households one after another, group by group, where they cost least. Leaves out whom the flow must place.

use super::ordered::Ordered;
use super::state::State;

/// Looks at so many possible sessions of a household at most, so that time stays near linear in people.
const LOOKED_AT: usize = 400;

/// Places as many of those who wait as come by easily.
pub(super) fn place(state: &mut State<'_>) {
    let mut open = Ordered::all(state.model.sessions());
    (0..state.none()).filter(|session| state.free(*session) == 0).for_each(|session| open.strike(session));
    for block in blocks(state) {
        match best(state, &mut open, &block) {
            Some(session) => enter(state, &mut open, &block, session),
            None => block.iter().for_each(|person| {
                if let Some(session) = best(state, &mut open, &[*person]) {
                    enter(state, &mut open, &[*person], session);
                }
            }),
        }
    }
}

fn enter(state: &mut State<'_>, open: &mut Ordered, block: &[u32], session: u32) {
    block.iter().for_each(|person| state.relocate(*person, session));
    if state.free(session) == 0 {
        open.strike(session);
    }
}

/// Those who wait by household; the most bound households of a group first, the largest of these first.
fn blocks(state: &State<'_>) -> Vec<Vec<u32>> {
    let (model, none) = (state.model, state.none());
    let waits = |person: &u32| state.at[*person as usize] == none && state.can_move(*person);
    let mut blocks: Vec<Vec<u32>> = (0..model.households.len())
        .map(|household| model.households.members(household).iter().copied().filter(waits).collect())
        .filter(|block: &Vec<u32>| !block.is_empty())
        .collect();
    blocks.sort_by_cached_key(|block| {
        let group = model.groups.of[block[0] as usize];
        let choices = block.iter().map(|person| model.choices(*person as usize)).min();
        (group, choices, std::cmp::Reverse(block.len()), block[0])
    });
    blocks
}

/// The cheapest session with room for the whole block.
fn best(state: &State<'_>, open: &mut Ordered, block: &[u32]) -> Option<u32> {
    let first = *block.first()?;
    let mut best: Option<(i64, u32)> = None;
    let mut looked_at = 0;
    for (start, end) in state.model.spans(first as usize) {
        let mut from = *start;
        while let Some(session) = open.within((from, *end)).filter(|_| looked_at < LOOKED_AT) {
            from = session + 1;
            looked_at += 1;
            let fits = state.free(session) as usize >= block.len()
                && block[1..].iter().all(|person| state.model.allows(*person as usize, session));
            let costs = || block.iter().map(|person| state.cost_of_entry(*person, session)).sum();
            if let Some(costs) = fits.then(costs).filter(|costs| best.is_none_or(|(least, _)| *costs < least)) {
                best = Some((costs, session));
            }
        }
    }
    best.map(|(_, session)| session)
}
