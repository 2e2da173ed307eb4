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

    /// The days on which a programme is for the person, been to or not, or on which nothing more than that may be known.
    pub(super) fn days(&self, holds: Holds) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.cells.iter().map(|cell| cell.on).collect();
        days.sort_unstable();
        days.dedup();
        let is_one = |on: &NaiveDate| self.of(Some(*on)).next().is_some_and(|cell| cell.holds == holds);
        days.into_iter().filter(is_one).collect()
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

    /// Of these programmes, what somebody who agrees to a day or comes on it wants: what is open. Where nothing is, they changed
    /// their mind about what they declined; else all of them.
    pub(super) fn wanted(&self, on: Option<NaiveDate>) -> Vec<usize> {
        self.first_of(on, &[|state| !is_over(state), |state| state == State::Declined])
    }

    /// Of these programmes, what is shown and printed of an appointment: what they came for, or still come for. What they
    /// declined stays out of sight as long as there is anything else.
    pub(super) fn shown(&self, on: Option<NaiveDate>, state: AppointmentState) -> Vec<usize> {
        let of_state: fn(State) -> bool = match state {
            AppointmentState::Came => |state| matches!(state, State::Been | State::Done),
            _ => |state| !is_over(state),
        };
        self.first_of(on, &[of_state, |state| state != State::Declined])
    }

    /// Of the programmes of a day those that fit the first of these that any fits; all where none does.
    fn first_of(&self, on: Option<NaiveDate>, choices: &[fn(State) -> bool]) -> Vec<usize> {
        let all = self.programmes(on);
        let fit = |fits: &fn(State) -> bool| {
            let has = |at: &usize| self.of(on).any(|cell| cell.programme == *at && fits(cell.state));
            all.iter().copied().filter(has).collect::<Vec<usize>>()
        };
        let found = choices.iter().map(fit).find(|found| !found.is_empty());
        found.unwrap_or(all)
    }

    /// Whether one of these programmes is still open on a day, or may be.
    pub(super) fn has_open(&self, on: NaiveDate) -> bool {
        self.of(Some(on)).any(|cell| !is_over(cell.state))
    }

    /// Where the offer stands over these programmes: what is still to be told outweighs what was.
    pub(super) fn offer(&self, on: Option<NaiveDate>) -> State {
        self.of(on).map(|cell| cell.state).min().unwrap_or(State::ToTell)
    }

    /// How an appointment ends where none of these programmes is open any more: declined where all were.
    pub(super) fn end(&self, on: Option<NaiveDate>) -> Option<AppointmentState> {
        let is_open = self.of(on).next().is_none() || self.of(on).any(|cell| !is_over(cell.state));
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
        self.holds == Holds::Yes && !is_over(self.state)
    }
}

fn is_over(state: State) -> bool {
    matches!(state, State::Been | State::Done | State::Declined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Option<NaiveDate> = Some(NaiveDate::MIN);

    fn entitled(states: &[State]) -> Entitled {
        let on = NaiveDate::MIN;
        let cell = |(programme, state): (usize, &State)| Cell { on, programme, holds: Holds::Yes, state: *state };
        Entitled { cells: states.iter().enumerate().map(cell).collect() }
    }

    fn end(states: &[State]) -> Option<AppointmentState> {
        entitled(states).end(ON)
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
    #[test]
    fn what_was_declined_is_wanted_again_only_where_nothing_else_is_open() {
        let wanted = |states: &[State]| entitled(states).wanted(ON);
        assert_eq!(wanted(&[State::Declined, State::Told, State::Been, State::ToTell]), [1, 3]);
        assert_eq!(wanted(&[State::Declined, State::Been]), [0], "they changed their mind at the door");
        assert_eq!(wanted(&[State::Been, State::Been]), [0, 1]);
    }

    #[test]
    fn what_was_declined_is_shown_of_nobody_who_comes_for_something_else() {
        let shown = |state, states: &[State]| entitled(states).shown(ON, state);
        assert_eq!(shown(AppointmentState::Agreed, &[State::Declined, State::Booked, State::Been]), [1]);
        assert_eq!(shown(AppointmentState::Came, &[State::Declined, State::Been, State::Told]), [1]);
        assert_eq!(shown(AppointmentState::Came, &[State::Declined, State::Told]), [1]);
        assert_eq!(shown(AppointmentState::Waiting, &[State::Declined, State::Been]), [1]);
    }
}
