//! A maximum flow from people to sessions: who waits and can be placed is placed, others give way where they have another
//! day. Whoever is where they were before does not give way here. Edges are never listed: spans stand for them.
//!
//! Dinic's phases. Within a phase every session is struck off once it leads nowhere, and the next one left is found
//! through [`Ordered`], so that a phase takes time near linear in people.

use super::model::NOBODY;
use super::ordered::Ordered;
use super::state::State;

/// Places everybody who can be placed without moving those who are where they were before.
pub(super) fn place_all_who_can(state: &mut State<'_>) {
    while let Some(mut phase) = Phase::new(state) {
        let waiting = state.occupants[state.model.sessions()].clone();
        let placed = waiting.into_iter().filter(|person| phase.augment(state, *person)).count();
        if placed == 0 {
            return;
        }
    }
}

/// The sessions by distance from those who wait.
struct Phase {
    /// The distance of each session; [`NOBODY`] where it is not reached in time.
    level: Vec<u32>,
    /// The sessions of each level, ascending.
    layers: Vec<Vec<u32>>,
    /// Those of each layer that may still lead to a free seat.
    open: Vec<Ordered>,
    /// How many occupants of each session have been tried.
    tried: Vec<u32>,
    /// The occupants of each session when the phase began.
    occupants: Vec<Vec<u32>>,
}

impl Phase {
    /// None where no free seat can be reached.
    fn new(state: &State<'_>) -> Option<Self> {
        let sessions = state.model.sessions();
        let mut level = vec![NOBODY; sessions];
        let mut layers: Vec<Vec<u32>> = Vec::new();
        let mut unseen = Ordered::all(sessions);
        let mut occupants = vec![Vec::new(); sessions];
        let mut people: Vec<u32> = state.occupants[sessions].clone();
        loop {
            let mut layer = Vec::new();
            for span in people.iter().flat_map(|person| state.model.spans(*person as usize)) {
                while let Some(session) = unseen.within(*span) {
                    unseen.strike(session);
                    level[session as usize] = layers.len() as u32;
                    layer.push(session);
                }
            }
            if layer.is_empty() {
                return None;
            }
            layer.sort_unstable();
            let arrived = layer.iter().any(|session| state.free(*session) > 0);
            people.clear();
            for session in &layer {
                let all = state.occupants[*session as usize].iter().copied();
                occupants[*session as usize] = all.filter(|person| may_leave(state, *person, *session)).collect();
                people.extend(&occupants[*session as usize]);
            }
            layers.push(layer);
            if arrived {
                let open = layers.iter().map(|layer| Ordered::all(layer.len())).collect();
                return Some(Self { level, layers, open, tried: vec![0; sessions], occupants });
            }
        }
    }

    /// Places one who waits along a shortest path of this phase, if there still is one.
    fn augment(&mut self, state: &mut State<'_>, waiting: u32) -> bool {
        // The people of the path; each goes to the session that the next one leaves.
        let mut path = vec![(waiting, NOBODY)];
        while let Some((person, _)) = path.last().copied() {
            let layer = path.len() - 1;
            let Some(session) = self.next_session(state, person, layer) else {
                // This one leads nowhere: the session they would leave goes on with its next occupant.
                path.pop();
                continue;
            };
            path[layer].1 = session;
            if state.free(session) > 0 && layer + 1 == self.layers.len() {
                path.iter().rev().for_each(|(person, to)| state.relocate(*person, *to));
                return true;
            }
            match self.next_occupant(session, layer) {
                Some(occupant) => path.push((occupant, NOBODY)),
                None => self.strike(session),
            }
        }
        false
    }

    fn next_session(&mut self, state: &State<'_>, person: u32, layer: usize) -> Option<u32> {
        let sessions = self.layers.get(layer)?;
        for (first, end) in state.model.spans(person as usize) {
            let place = sessions.partition_point(|session| session < first) as u32;
            let found = self.open[layer].next(place) as usize;
            if let Some(session) = sessions.get(found).filter(|session| *session < end) {
                return Some(*session);
            }
        }
        None
    }

    /// An occupant not tried yet; in the last layer nobody, since the path would become too long.
    fn next_occupant(&mut self, session: u32, layer: usize) -> Option<u32> {
        if layer + 1 >= self.layers.len() {
            return None;
        }
        let tried = &mut self.tried[session as usize];
        let occupant = self.occupants[session as usize].get(*tried as usize).copied();
        *tried += 1;
        occupant
    }

    fn strike(&mut self, session: u32) {
        let layer = self.level[session as usize] as usize;
        if let Ok(place) = self.layers[layer].binary_search(&session) {
            self.open[layer].strike(place as u32);
        }
    }
}

/// Whether the flow may move an occupant: not where they are where they were before.
fn may_leave(state: &State<'_>, person: u32, session: u32) -> bool {
    state.model.keep[person as usize] != session
}
