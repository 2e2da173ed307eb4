//! For which of a campaign's programmes somebody may come, session day by session day: the rule decides each day by itself,
//! so that a birthday, a visit window and the least time since the last check need no limits of their own.

use chrono::NaiveDate;

use crate::domain::campaign::AppointmentState;
use crate::domain::offer::State;
use crate::domain::programme::Programme;
use crate::domain::resident::Facts;
use crate::domain::rule::{self, Holds};
use crate::ledger::store::done::Done;

/// One programme on one day.
#[derive(Clone, Copy)]
struct Cell {
    on: NaiveDate,
    programme: usize,
    holds: Holds,
    state: State,
}

/// Somebody's programmes by day.
pub(super) struct Entitled {
    cells: Vec<Cell>,
}

impl Entitled {
    /// Asks every programme for every day.
    pub(super) fn new(done: &Done, programmes: &[&Programme], facts: &Facts, days: &[NaiveDate]) -> Self {
        let (mut cells, mut services) = (Vec::new(), Vec::new());
        for (programme, of) in programmes.iter().enumerate() {
            done.services_of(programme, &mut services);
            for on in days {
                let turn = of.turn(facts, &services, *on);
                let facts = Facts { last_service: turn.last_before(&services), ..*facts };
                let state = done.stands(programme, &turn, &services).state;
                cells.push(Cell { on: *on, programme, holds: rule::holds(of, &facts, *on), state });
            }
        }
        Self { cells }
    }

    /// Which programme is open on which day.
    pub(super) fn open(&self) -> Vec<(NaiveDate, usize)> {
        self.cells.iter().filter(|cell| cell.is_open()).map(|cell| (cell.on, cell.programme)).collect()
    }

    /// The programmes that are for the person on a day, been to or not; without a day, on any. What must be asked first
    /// counts where nothing is known to hold.
    pub(super) fn programmes(&self, on: Option<NaiveDate>) -> Vec<usize> {
        let of = |wanted: Holds| {
            let cells = self.cells.iter().filter(|cell| on.is_none_or(|on| cell.on == on) && cell.holds == wanted);
            let mut found: Vec<usize> = cells.map(|cell| cell.programme).collect();
            found.dedup();
            found
        };
        let sure = of(Holds::Yes);
        if sure.is_empty() { of(Holds::Unknown) } else { sure }
    }

    /// Where the offer stands over these programmes: what is still to be told outweighs what was.
    pub(super) fn offer(&self, on: Option<NaiveDate>) -> State {
        self.of(on).map(|cell| cell.state).min().unwrap_or(State::ToTell)
    }

    /// How an appointment ends where none of these programmes is open any more: declined where all were.
    pub(super) fn end(&self, on: Option<NaiveDate>) -> Option<AppointmentState> {
        let is_open = self.of(on).next().is_none() || self.of(on).any(|cell| !cell.is_over());
        let is_declined = self.of(on).all(|cell| cell.state == State::Declined);
        let end = if is_declined { AppointmentState::Declined } else { AppointmentState::Out };
        (!is_open).then_some(end)
    }

    /// The cells of the programmes that are for the person on a day; without a day, of any.
    fn of(&self, on: Option<NaiveDate>) -> impl Iterator<Item = &Cell> {
        let programmes = self.programmes(on);
        let cells = self.cells.iter().filter(move |cell| programmes.contains(&cell.programme));
        cells.filter(move |cell| on.is_none_or(|on| cell.on == on))
    }
}

impl Cell {
    /// Known to hold, and neither done nor declined.
    fn is_open(&self) -> bool {
        self.holds == Holds::Yes && !self.is_over()
    }

    fn is_over(&self) -> bool {
        matches!(self.state, State::Been | State::Done | State::Declined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(states: &[State]) -> Option<AppointmentState> {
        let on = NaiveDate::default();
        let cell = |(programme, state): (usize, &State)| Cell { on, programme, holds: Holds::Yes, state: *state };
        Entitled { cells: states.iter().enumerate().map(cell).collect() }.end(Some(on))
    }

    #[test]
    fn an_appointment_ends_only_where_none_of_its_programmes_is_wanted_any_more() {
        assert_eq!(end(&[State::Declined, State::Declined]), Some(AppointmentState::Declined));
        assert_eq!(end(&[State::Declined, State::Been]), Some(AppointmentState::Out));
        for open in [State::ToTell, State::Unreachable, State::Told, State::Booked] {
            assert_eq!(end(&[State::Declined, open]), None, "{open:?}");
        }
        assert_eq!(end(&[]), None);
    }
}
