//! What people here may have and have not been given yet: verdicts and amounts together, derived whenever it is read.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::application::{Application, Phase, warning};
use crate::domain::offer::State;
use crate::domain::programme::amount::YearAmount;
use crate::domain::programme::{Conditions, Kind, Programme, Repetition};
use crate::domain::rule::Holds;
use crate::ledger::applications::{ByPerson, turn_before};
use crate::ledger::error::Result;
use crate::ledger::lists::{ListRow, Walk};
use crate::ledger::progress::Unwatched;
use crate::ledger::store::candidates::Detail;
use crate::ledger::view::View;

/// What one person may have from one programme.
#[derive(Clone)]
pub struct Claim {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The household's uid.
    pub household_uid: String,
    /// The turn it is for.
    pub period: String,
    /// Where the offer stands.
    pub state: State,
    /// How far the application of this turn is, where there is one.
    pub phase: Option<Phase>,
    /// How much, where that follows from what is known: none where the authority or the county has still to say.
    pub amount: Option<YearAmount>,
    /// The last day to apply.
    pub deadline: Option<NaiveDate>,
    /// Days from the day asked for to the last one; negative where it is over.
    pub days_left: Option<i64>,
    /// 续领: the turn before was granted, and the papers need not be brought anew where nothing changed.
    pub renewal: bool,
    /// The year before, where it may still be applied for and this ledger knows of no application for it.
    pub earlier: Option<YearAmount>,
}

impl Claim {
    /// Whether it may still be applied for: nobody has yet, or it was refused or taken back, and it is not too late.
    pub fn is_open(&self) -> bool {
        let applied = matches!(self.phase, Some(Phase::UnderWay | Phase::Granted | Phase::Paid));
        !applied && self.days_left.is_none_or(|days| days >= 0)
    }

    /// The warning that is on: 60 (or as the programme says), 30 or 7 days before the last day, while it is open.
    pub fn warning(&self) -> Option<i64> {
        self.days_left.filter(|_| self.is_open()).and_then(|days| warning(days, self.programme.tell_days_before_end))
    }
}

/// What families here may receive and have not applied for. What is told to everybody of an age in the same words, such
/// as the award for the old, is no part of it: whether somebody may have it shows when they apply.
#[derive(Clone, Default)]
pub struct Unapplied {
    /// Whose it is, by last day, group and name.
    pub claims: Vec<Claim>,
    /// Households with such a claim.
    pub households: usize,
    /// Persons with such a claim.
    pub persons: usize,
    /// The amounts that are known, added up, in fen.
    pub fen: i64,
    /// Claims whose amount is not known: 金额未定.
    pub unknown: usize,
}

impl Unapplied {
    /// Those of these claims that are open.
    pub fn of(mut claims: Vec<Claim>) -> Self {
        claims.retain(|claim| claim.is_open() && claim.programme.conditions == Conditions::Asked);
        claims.sort_by_cached_key(|claim| {
            let group = crate::ledger::village::group_order(&claim.group);
            (claim.deadline.unwrap_or(NaiveDate::MAX), group, claim.name.clone(), claim.uid.clone())
        });
        let distinct = |of: fn(&Claim) -> &str| claims.iter().map(of).collect::<HashSet<_>>().len();
        Self {
            households: distinct(|claim| &claim.household_uid),
            persons: distinct(|claim| &claim.uid),
            fen: claims.iter().filter_map(|claim| claim.amount.map(|amount| amount.fen)).sum(),
            unknown: claims.iter().filter(|claim| claim.amount.is_none()).count(),
            claims,
        }
    }

    /// Those of it that are lost after a day.
    pub fn lost_after(&self, day: NaiveDate) -> Self {
        let by = |claim: &&Claim| claim.deadline.is_some_and(|deadline| deadline <= day);
        Self::of(self.claims.iter().filter(by).cloned().collect())
    }
}

impl View {
    /// Everybody who is eligible for a benefit on a day, with the amount; who declined, or asked not to be in lists any
    /// more, is not among them.
    pub fn claims(&self, as_of: NaiveDate) -> Result<Vec<Claim>> {
        let benefits = self.in_force()?.into_iter().filter(|programme| programme.kind == Kind::Benefit);
        self.claims_of(benefits.collect(), as_of)
    }

    /// The claims of a calendar year: of this one, those of today; of another one, those that stand at its end, and of
    /// what is applied for each half-year those of both.
    pub fn claims_in(&self, year: i32, today: NaiveDate) -> Result<Vec<Claim>> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|_| year != today.year());
        let (Some(summer), Some(end)) = (day(6, 30), day(12, 31)) else { return self.claims(today) };
        let of_halves = |programme: &Arc<Programme>| {
            programme.kind == Kind::Benefit && programme.repetition == Repetition::Semester
        };
        let halves: Vec<_> = self.in_force()?.into_iter().filter(of_halves).collect();
        let mut claims = self.claims(end)?;
        for programme in halves {
            claims.extend(self.claims_of(vec![programme], summer)?);
        }
        Ok(claims)
    }

    /// What families here may receive this year and have not applied for.
    pub fn unapplied(&self, as_of: NaiveDate) -> Result<Unapplied> {
        Ok(Unapplied::of(self.claims(as_of)?))
    }

    fn claims_of(&self, programmes: Vec<Arc<Programme>>, as_of: NaiveDate) -> Result<Vec<Claim>> {
        let applications = self.applications_by_person()?;
        let walk = Walk::new(programmes, as_of);
        let mut claims = Vec::new();
        walk.each(self, (Detail::Rows, &Unwatched), |found| {
            if found.holds == Holds::Yes && found.state != State::Declined {
                claims.push(claim(&walk.programmes[found.at], found.row()?, &applications, as_of));
            }
            Ok(())
        })?;
        Ok(claims)
    }
}

fn claim(programme: &Arc<Programme>, row: ListRow, applications: &ByPerson, as_of: NaiveDate) -> Claim {
    let own = applications.get(&(row.uid.clone(), programme.id.clone())).map(Vec::as_slice).unwrap_or_default();
    let of =
        |period: &str| own.iter().filter(|(of, _)| of == period).map(|(_, application)| application).max_by_key(alive);
    let before = turn_before(programme, &row.turn.name).and_then(|before| of(&before));
    let granted = before.is_some_and(|before| matches!(before.phase(), Phase::Granted | Phase::Paid));
    let known_before = before.is_some_and(|before| before.phase() != Phase::TakenBack);
    let earlier = row.facts.born.and_then(|born| programme.still_open_before(born.value, as_of));
    Claim {
        programme: programme.clone(),
        phase: of(&row.turn.name).map(Application::phase),
        amount: programme.amount_of(&row.facts, as_of),
        deadline: row.turn.apply_by,
        days_left: row.turn.apply_by.map(|deadline| (deadline - as_of).num_days()),
        renewal: granted,
        earlier: earlier.filter(|_| !known_before),
        uid: row.uid,
        name: row.name,
        group: row.group,
        household_uid: row.household_uid,
        period: row.turn.name,
        state: row.state,
    }
}

/// One that goes on outweighs one that was refused or taken back under another record.
fn alive(application: &&Application) -> bool {
    !matches!(application.phase(), Phase::Refused | Phase::TakenBack)
}
