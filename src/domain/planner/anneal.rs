//! Simulated annealing from a plan that places all who can be placed. Where to go is chance; where to stop is counted.

use super::chance::Chance;
use super::model::Model;
use super::moves::Moves;
use super::repack::Repack;
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
/// Up to so many people every step forward is noted and sessions are packed anew; beyond, that would cost more than the steps.
const FEW: usize = 2000;
/// In one of so many steps two sessions are packed anew: that takes about as long as all the other steps together.
const PACK: u32 = 100;
/// But in one of so many for each session, where these are more: among many, two seldom have to do with each other.
const PACK_MANY: u32 = 8;
/// Costs are changed by chance for that, by less than so many times the temperature: otherwise it would always be the same.
const NOISE: f64 = 3.0;
/// At last so many times three sessions are packed.
const TRIPLES: usize = 30;

/// What suits the size.
pub(super) fn moves_by_size(model: &Model) -> u64 {
    let people = model.people() as u64;
    (people * 200_000).min(24_000_000).max(people * 100)
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

/// Once from hot to cold. `state` becomes the best that was met.
fn search<'m>(state: &mut State<'m>, chance: &mut Chance, budget: u64) {
    let few = state.model.people() <= FEW;
    let mut walk = Walk { now: state.clone(), moves: Moves::new(state), repack: few.then(|| Repack::new(state)) };
    // The same for every budget: the ratio of one stage to the one before.
    let ratio = root(COLD / HOT, STAGES);
    let (mut temperature, mut looked_at) = (HOT, 0);
    for stage in 1..=STAGES {
        while looked_at < budget * stage / STAGES {
            looked_at += walk.step(chance, temperature);
            if few && walk.now.cost < state.cost {
                state.become_like(&walk.now);
            }
        }
        if walk.now.cost < state.cost {
            state.become_like(&walk.now);
        }
        temperature *= ratio;
    }
    if budget > 0 {
        walk.finish(state, chance);
    }
}

/// A plan that changes by chance.
struct Walk<'m> {
    now: State<'m>,
    moves: Moves,
    repack: Option<Repack>,
}

impl<'m> Walk<'m> {
    /// Changes the plan or lets it be. Returns how many people were looked at.
    fn step(&mut self, chance: &mut Chance, temperature: f64) -> u64 {
        let every = PACK.max(PACK_MANY * self.now.none());
        if let Some(repack) = self.repack.as_mut().filter(|_| chance.below(every) == 0) {
            let Some(sessions) = pair(&self.now, &self.moves, chance) else { return 1 };
            let worse = (temperature * chance.tolerance()) as i64;
            return repack.make(&mut self.now, &sessions, ((temperature * NOISE) as u32, worse), chance);
        }
        let proposed = self.moves.propose(&self.now, chance);
        let exchange = &mut self.moves.exchange;
        if proposed.is_some() {
            let worse = exchange.cost(&self.now);
            if worse <= 0 || worse as f64 <= temperature * chance.tolerance() {
                let expected = self.now.cost + worse;
                exchange.make(&mut self.now);
                debug_assert_eq!(self.now.cost, expected, "an exchange was judged wrongly");
            }
        }
        1 + exchange.people()
    }

    /// Packs the best plan's sessions anew, three at a time.
    fn finish(&mut self, best: &mut State<'m>, chance: &mut Chance) {
        let Some(repack) = &mut self.repack else { return };
        for (person, at) in best.at.iter().enumerate() {
            self.now.relocate(person as u32, *at);
        }
        for _ in 0..TRIPLES {
            if let Some(sessions) = draw::<3>(&self.now, chance) {
                repack.make(&mut self.now, &sessions, (0, 0), chance);
            }
        }
        if self.now.cost < best.cost {
            best.become_like(&self.now);
        }
    }
}

/// Any two sessions, or two that share people: the one finds what nobody would look for, the other finds more among many.
fn pair(state: &State<'_>, moves: &Moves, chance: &mut Chance) -> Option<[u32; 2]> {
    if chance.below(2) == 0 { draw(state, chance) } else { moves.sessions(state, chance) }
}

/// Different sessions, of which having none may be one; nothing where the draw came to nothing.
fn draw<const COUNT: usize>(state: &State<'_>, chance: &mut Chance) -> Option<[u32; COUNT]> {
    let sessions = [(); COUNT].map(|()| chance.below(state.none() + 1));
    let twice = (1..COUNT).any(|at| sessions[..at].contains(&sessions[at]));
    let nobody = sessions.contains(&state.none()) && state.occupants[state.none() as usize].is_empty();
    (!twice && !nobody).then_some(sessions)
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
