//! Who comes to which check-up session: places as many people as the limits allow, households whole, groups together,
//! early days first. Pure and repeatable: no file, no clock, no chance but the seed; knows no resident and no ledger.
//!
//! A maximum flow settles how many can come; annealing settles who comes when, with moves that never lose anybody, some of
//! which pack two sessions anew as well as they can be. Sources: Dinic (1970) for the flow; Kirkpatrick, Gelatt and
//! Vecchi (1983) for annealing; Bellman (1957) for packing; Charon and Hudry (1993) for costs changed by chance.

mod anneal;
mod answer;
mod chance;
mod cost;
mod exchange;
mod flow;
mod greedy;
mod ground;
mod instance;
mod keeping;
mod model;
mod moves;
mod ordered;
mod pieces;
mod repack;
mod shortage;
mod state;
mod tally;

pub use answer::{Assignment, Plan, Unplaced, Why};
pub use cost::{Cost, cost};
pub use ground::{Explanation, Ground, explain};
pub use instance::{Instance, Person, Problem, Session, Sex};

use model::Model;
use state::State;

/// How much work the search may do: a count of people looked at, never a time, so that it ends alike on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Budget {
    /// As much as suits the size: about a second for a few hundred people, and little per head for very many.
    #[default]
    BySize,
    /// So many people looked at, over and over; 0 gives the first plan that places all who can be placed.
    Moves(u64),
}

impl Budget {
    fn moves(self, model: &Model) -> u64 {
        match self {
            Self::BySize => anneal::moves_by_size(model),
            Self::Moves(moves) => moves,
        }
    }
}

/// The plan for an instance. The same instance, seed and budget give the same plan.
pub fn plan(instance: &Instance, seed: u64, budget: Budget) -> Result<Plan, Problem> {
    let model = Model::new(instance)?;
    let mut state = State::new(&model);
    keeping::place_kept(&mut state);
    greedy::place(&mut state);
    flow::place_all_who_can(&mut state);
    keeping::place_more(&mut state);
    state.lock_kept();
    anneal::improve(&mut state, seed, budget.moves(&model));
    Ok(answer::of(instance, &state))
}
