//! How the members of households and of groups are spread over the sessions. Counts only; knows no costs.

use super::model::{NOBODY, Units};

/// Units up to this size are counted by looking at their members, so that memory stays near linear in people.
const SMALL: usize = 12;
/// Below so many counts everything is counted in rows: that is faster.
const ALL_ROWS: usize = 1 << 21;

/// Numbers of members by unit and session.
#[derive(Clone)]
pub(super) struct Tally {
    /// Where the unit's row begins; [`NOBODY`] for a small unit.
    rows: Vec<u32>,
    counts: Vec<u32>,
    /// Distinct sessions of each unit.
    pub(super) sessions: Vec<u32>,
    /// Placed members of each unit.
    pub(super) placed: Vec<u32>,
}

impl Tally {
    pub(super) fn new(units: &Units, sessions: usize) -> Self {
        let all = units.len().saturating_mul(sessions) <= ALL_ROWS;
        let mut length = 0;
        let mut row = |unit: usize| {
            if !all && units.members(unit).len() <= SMALL {
                return NOBODY;
            }
            length += sessions;
            // A row that could not be addressed is done without.
            u32::try_from(length - sessions).unwrap_or(NOBODY)
        };
        let rows = (0..units.len()).map(&mut row).collect();
        Self { rows, counts: vec![0; length], sessions: vec![0; units.len()], placed: vec![0; units.len()] }
    }

    /// Whether another member than the person is at the session. `at` is where everybody is.
    pub(super) fn others(&self, units: &Units, person: usize, session: u32, at: &[u32]) -> bool {
        let unit = units.of[person] as usize;
        match self.rows[unit] {
            NOBODY => {
                units.members(unit).iter().any(|other| *other as usize != person && at[*other as usize] == session)
            }
            row => self.counts[(row + session) as usize] > u32::from(at[person] == session),
        }
    }

    /// How many members of the unit are at the session.
    pub(super) fn count(&self, units: &Units, unit: usize, session: u32, at: &[u32]) -> u32 {
        match self.rows[unit] {
            NOBODY => units.members(unit).iter().filter(|member| at[**member as usize] == session).count() as u32,
            row => self.counts[(row + session) as usize],
        }
    }

    /// Books the person out of the session where `at` still has them. Returns whether the unit has left it.
    pub(super) fn leave(&mut self, units: &Units, person: usize, session: u32, at: &[u32]) -> bool {
        let unit = units.of[person] as usize;
        let gone = !self.others(units, person, session, at);
        if self.rows[unit] != NOBODY {
            self.counts[(self.rows[unit] + session) as usize] -= 1;
        }
        self.placed[unit] -= 1;
        self.sessions[unit] -= u32::from(gone);
        gone
    }

    /// Books the person into the session where `at` does not have them yet. Returns whether the unit is new there.
    pub(super) fn enter(&mut self, units: &Units, person: usize, session: u32, at: &[u32]) -> bool {
        let unit = units.of[person] as usize;
        let new = !self.others(units, person, session, at);
        if self.rows[unit] != NOBODY {
            self.counts[(self.rows[unit] + session) as usize] += 1;
        }
        self.placed[unit] += 1;
        self.sessions[unit] += u32::from(new);
        new
    }
}
