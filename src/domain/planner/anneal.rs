//! Simulated annealing from a plan that places all who can be placed. Where to go is chance; where to stop is counted.

use super::chance::Chance;
use super::model::Model;
use super::moves::Moves;
use super::state::State;

/// The temperature falls in so many steps.
const STAGES: u64 = 100;
/// What the search begins with and ends with, in tenths of a unit.
const HOT: f64 = 40.0;
const COLD: f64 = 2.0;
/// For each time this much work a person the search is made once, with its share: as good on average, and seldom far off.
const ONCE: u64 = 15_000;
/// But not more often than this.
const OFTEN: u64 = 4;
/// Up to so many people every step forward is noted; beyond, that would cost more than the steps.
const FEW: usize = 2000;

/// What suits the size.
pub(super) fn moves_by_size(model: &Model) -> u64 {
    let people = model.people() as u64;
    (people * 160_000).min(24_000_000).max(people * 100)
}

/// Makes the plan better; so many people are looked at in exchanges.
pub(super) fn improve(state: &mut State<'_>, seed: u64, budget: u64) {
    let mut chance = Chance::new(seed);
    let times = (budget / (ONCE * state.model.people() as u64).max(1)).clamp(1, OFTEN);
    let begin = (times > 1).then(|| state.clone());
    search(state, &mut chance, budget / times);
    for _ in 1..times {
        let Some(mut other) = begin.clone() else { return };
        search(&mut other, &mut chance, budget / times);
        if other.cost < state.cost {
            state.become_like(&other);
        }
    }
}

/// Once from hot to cold.
fn search(state: &mut State<'_>, chance: &mut Chance, budget: u64) {
    let mut now = state.clone();
    let mut moves = Moves::new(&now);
    let always = state.model.people() <= FEW;
    // The same for every budget: the ratio of one stage to the one before.
    let ratio = root(COLD / HOT, STAGES);
    let (mut temperature, mut looked_at) = (HOT, 0);
    for stage in 1..=STAGES {
        while looked_at < budget * stage / STAGES {
            let proposed = moves.propose(&now, chance);
            looked_at += 1 + moves.exchange.people();
            if proposed.is_none() {
                continue;
            }
            let worse = moves.exchange.cost(&now);
            if worse <= 0 || worse as f64 <= temperature * chance.tolerance() {
                let expected = now.cost + worse;
                moves.exchange.make(&mut now);
                debug_assert_eq!(now.cost, expected, "an exchange was judged wrongly");
                if always && now.cost < state.cost {
                    state.become_like(&now);
                }
            }
        }
        if now.cost < state.cost {
            state.become_like(&now);
        }
        temperature *= ratio;
    }
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
