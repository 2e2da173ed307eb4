//! The numbers of a campaign. Each is a filter over its appointments, so that every number opens exactly its names; who said
//! no is a number of the campaign itself and no filter.

use crate::domain::campaign::AppointmentState;
use crate::domain::offer::State;
use crate::domain::resident::worded;
use crate::ledger::campaigns::{AppointmentRow, Campaign};
use crate::ledger::village::group_order;

/// A number, and who is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Told of their day, whatever came of it.
    Told,
    /// A day is proposed, and they are still to be told.
    ToTell,
    /// Told, and not answered yet.
    Unanswered,
    /// Agreed, and expected.
    Agreed,
    /// Came.
    Came,
    /// Did not come.
    Missed,
    /// Tried, and not reached.
    NotReached,
    /// Want to come and have no day.
    Waiting,
    /// Not this time.
    Out,
}
worded!(Figure, "campaign-figure" {
    Told => "told", ToTell => "to_tell", Unanswered => "unanswered", Agreed => "agreed", Came => "came",
    Missed => "missed", NotReached => "not_reached", Waiting => "waiting", Out => "out",
});

impl Figure {
    /// Whether somebody is behind it.
    pub fn holds(self, row: &AppointmentRow) -> bool {
        use AppointmentState as Is;
        let not_reached = row.offer == State::Unreachable && matches!(row.state, Is::Planned | Is::Waiting);
        match self {
            Self::Told => match row.state {
                Is::Invited | Is::Agreed | Is::Came | Is::Missed | Is::Out => true,
                Is::Waiting => row.offer.is_told(),
                Is::Planned | Is::Declined => false,
            },
            Self::ToTell => row.state == Is::Planned && !not_reached,
            Self::Unanswered => row.state == Is::Invited,
            Self::Agreed => row.state == Is::Agreed,
            Self::Came => row.state == Is::Came,
            Self::Missed => row.state == Is::Missed,
            Self::NotReached => not_reached,
            Self::Waiting => row.state == Is::Waiting,
            Self::Out => row.state == Is::Out,
        }
    }
}

/// The numbers of a session, a group, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Seats; none for a group.
    pub seats: Option<u64>,
    /// Seats that are taken, or were used.
    pub used: u64,
    /// A number for each of [`Figure::ALL`].
    pub figures: Vec<u64>,
}

impl Tally {
    fn of<'r>(rows: impl Iterator<Item = &'r AppointmentRow> + Clone, seats: Option<u64>) -> Self {
        let count = |holds: &dyn Fn(&AppointmentRow) -> bool| rows.clone().filter(|row| holds(row)).count() as u64;
        let figures = Figure::ALL.iter().map(|figure| count(&|row| figure.holds(row))).collect();
        Self { seats, used: count(&|row| row.state.takes_seat()), figures }
    }

    /// One of its numbers.
    pub fn figure(&self, figure: Figure) -> u64 {
        Figure::ALL.iter().position(|one| *one == figure).and_then(|at| self.figures.get(at)).copied().unwrap_or(0)
    }
}

/// The numbers of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// All of it.
    pub all: Tally,
    /// Session by session, in the campaign's order.
    pub sessions: Vec<Tally>,
    /// By bare name of the group, numbered ones first.
    pub groups: Vec<(String, Tally)>,
}

impl Campaign {
    /// Its numbers.
    pub fn report(&self) -> Report {
        let rows = self.appointments.as_slice();
        let seats = self.sessions.iter().map(|session| u64::from(session.edit.seats)).sum();
        let of_session = |(at, session): (usize, &crate::ledger::campaigns::SessionRow)| {
            let here = rows.iter().filter(move |row| row.session == Some(at));
            Tally::of(here, Some(u64::from(session.edit.seats)))
        };
        let mut groups: Vec<String> = rows.iter().map(|row| row.person.group.clone()).collect();
        groups.sort_by_cached_key(|group| group_order(group));
        groups.dedup();
        let of_group = |group: String| {
            let here = rows.iter().filter(|row| row.person.group == group);
            (group.clone(), Tally::of(here, None))
        };
        Report {
            all: Tally::of(rows.iter(), Some(seats)),
            sessions: self.sessions.iter().enumerate().map(of_session).collect(),
            groups: groups.into_iter().map(of_group).collect(),
        }
    }
}
