//! What goes on and what ends when somebody leaves the village: for the slip that they take along, and for the family
//! after a death.

use chrono::NaiveDate;
use std::sync::Arc;

use crate::domain::application::Phase;
use crate::domain::consent::needs_guardian;
use crate::domain::mask::MaskedName;
use crate::domain::offer::State;
use crate::domain::programme::{Kind, Programme};
use crate::domain::resident::{Facts, Sourced, Standing};
use crate::domain::rule::{self, Holds};
use crate::ledger::applications::ApplicationRow;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::Why;
use crate::ledger::residents::ResidentRow;
use crate::ledger::told::ToldRow;
use crate::ledger::view::View;

/// Somebody who moved away for good or died, with what was under way.
pub struct Departure {
    /// The record.
    pub row: ResidentRow,
    /// Who of the same household moved on the same day; a child's name masked, for the slip may be somebody else's.
    pub along: Vec<String>,
    /// Services that took place, the earliest first.
    pub services: Vec<ToldRow>,
    /// Applications that are under way, granted or paid.
    pub applications: Vec<ApplicationRow>,
    /// What they might have, were they still here: to be asked for at the new place, or, after a death, to be ended where
    /// it was paid.
    pub eligible: Vec<Arc<Programme>>,
}

/// No value of a person.
impl std::fmt::Debug for Departure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Departure({})", self.row.uid)
    }
}

impl Departure {
    /// Benefits that may have been paid until now: those the ledger knows of, and those a person like them may have.
    pub fn to_end(&self) -> Vec<&Arc<Programme>> {
        let known = self.applications.iter().filter(|row| row.application.phase() != Phase::UnderWay);
        let mut all: Vec<&Arc<Programme>> = known.map(|row| &row.programme).collect();
        for programme in self.eligible.iter().filter(|programme| programme.kind == Kind::Benefit) {
            if all.iter().all(|known| known.id != programme.id) {
                all.push(programme);
            }
        }
        all.dedup_by(|a, b| a.id == b.id);
        all
    }
}

impl View {
    /// What goes on and what ends for somebody who has left. What was withdrawn is no part of it.
    ///
    /// # Errors
    /// There is no such person, or they are here.
    pub fn departure(&self, uid: &str, today: NaiveDate) -> Result<Departure> {
        let row = self.resident(uid)?;
        let standing = row.facts.standing;
        if standing.value == Standing::Present {
            return Err(LedgerError::refused("error-has-not-left"));
        }
        let whys = self.why(&row, today)?;
        let kept = |id: &str| whys.iter().any(|why| why.programme.id == id && why.withdrawn.is_none());
        let mut applications = self.applications_of(uid)?;
        applications.retain(|one| {
            let ended = matches!(one.application.phase(), Phase::Refused | Phase::TakenBack);
            kept(&one.programme.id) && !ended
        });
        let mut services = self.told(uid)?;
        services.retain(|one| one.what == State::Been && kept(&one.programme.id));
        let eligible = whys.iter().filter(|why| why.withdrawn.is_none() && why.programme.may_be_told_of());
        let eligible = eligible.filter(|why| held(why, standing.on));
        let along = self.members(&row.household_uid)?.into_iter().filter(|member| {
            member.uid != row.uid
                && (member.facts.standing.value, member.facts.standing.on) == (standing.value, standing.on)
        });
        Ok(Departure {
            along: along.map(|member| name_on_slip(&member, today)).collect(),
            eligible: eligible.map(|why| why.programme.clone()).collect(),
            services,
            applications,
            row,
        })
    }
}

fn name_on_slip(member: &ResidentRow, today: NaiveDate) -> String {
    match needs_guardian(member.born(), today) {
        true => MaskedName::of(&member.name).as_str().to_owned(),
        false => member.name.clone(),
    }
}

/// Whether the programme held for them on the day they left, had they stayed.
fn held(why: &Why, left: NaiveDate) -> bool {
    let standing = Sourced { value: Standing::Present, ..why.facts.standing };
    rule::verdict(&why.programme, &Facts { standing, ..why.facts }, left).holds == Holds::Yes
}
