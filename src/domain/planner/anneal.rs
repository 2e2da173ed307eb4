//! Simulated annealing from a plan that places all who can be placed. Where to go is chance; where to stop is counted.

use super::chance::Chance;
use super::model::Model;
use super::moves::Search;
use super::state::State;

/// The temperature falls in so many steps.
const STAGES: u64 = 200;
/// What the search begins with and ends with, in tenths of a unit.
const HOT: f64 = 60.0;
const COLD: f64 = 1.5;

/// What suits the size.
pub(super) fn moves_by_size(model: &Model) -> u64 {
    let people = model.people() as u64;
    (people * 30_000).min(8_000_000).max(people * 40)
}

/// Makes the plan better with so many moves of people.
pub(super) fn improve(state: &mut State<'_>, seed: u64, budget: u64) {
    let mut search = Search::new(state.clone(), Chance::new(seed));
    let start = search.state.moves;
    let small = state.model.people() <= 2000;
    let mut best = search.state.cost;
    let mut temperature = HOT;
    // The same for every budget: the ratio of one stage to the one before.
    let ratio = root(COLD / HOT, STAGES);
    for stage in 1..=STAGES {
        let end = start + budget * stage / STAGES;
        let mut idle = 0;
        while search.state.moves < end && idle < 1000 {
            let before = search.state.cost;
            if !search.step() {
                idle += 1;
                continue;
            }
            idle = 0;
            let worse = search.state.cost - before;
            if worse > 0 && worse as f64 > temperature * search.chance.tolerance() {
                search.take_back();
            } else if small && search.state.cost < best {
                best = search.state.cost;
                state.at.copy_from_slice(&search.state.at);
            }
        }
        if !small && search.state.cost < best {
            best = search.state.cost;
            state.at.copy_from_slice(&search.state.at);
        }
        temperature *= ratio;
    }
    state.cost = best;
}

/// The n-th root of a number in 0..1 by halving: `powf` may differ between systems.
fn root(number: f64, n: u64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        let power = (0..n).fold(1.0, |power, _| power * middle);
        if power < number { low = middle } else { high = middle }
    }
    high
}
