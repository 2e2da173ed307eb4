//! What people here may have and have not been given yet: verdicts and amounts together, derived whenever it is read.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::application::{Application, Phase, warning};
use crate::domain::offer::State;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::amount::{YearAmount, YearSpan};
use crate::domain::programme::{Conditions, Kind, Programme, Repetition};
use crate::domain::rule::Holds;
use crate::ledger::applications::turn_before;
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
    /// The least and the most, where only a part of the birth is known and the days it can mean differ.
    pub between: Option<YearSpan>,
    /// The last day to apply.
    pub deadline: Option<NaiveDate>,
    /// Days from today to the last one; negative where it is over.
    pub days_left: Option<i64>,
    /// Whether today is a day to apply.
    pub opening: Opening,
    /// 续领: the turn before was granted, and the papers need not be brought anew where nothing changed.
    pub renewal: bool,
}

/// Whether a day is one to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The year or turn has not begun.
    NotYet,
    /// It is.
    Now,
    /// The last day, or the turn, is over.
    Over,
}

impl Claim {
    /// The amount, or the least and the most it can be; none where nothing is known of it.
    pub fn worth(&self) -> Option<YearSpan> {
        self.amount.map(YearSpan::from).or(self.between)
    }

    /// The calendar year it is for, where its turn is one.
    pub fn year(&self) -> Option<i32> {
        self.period.parse().ok()
    }

    /// Whether it may still be applied for and nobody has yet. An application that was refused or taken back is an
    /// answer: it ends the reminders, and who wants to try again finds it on the person's page.
    pub fn is_open(&self) -> bool {
        self.phase.is_none() && self.opening == Opening::Now
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
    /// Persons with a claim whose amount is not known: 金额未定.
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
        let not_known = claims.iter().filter(|claim| claim.amount.is_none());
        Self {
            households: distinct(|claim| &claim.household_uid),
            persons: distinct(|claim| &claim.uid),
            fen: claims.iter().filter_map(|claim| claim.amount.map(|amount| amount.fen)).sum(),
            unknown: not_known.map(|claim| claim.uid.as_str()).collect::<HashSet<_>>().len(),
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
    pub fn claims(&self, today: NaiveDate) -> Result<Vec<Claim>> {
        let benefits = self.in_force()?.into_iter().filter(|programme| programme.kind == Kind::Benefit);
        self.claims_of(benefits.collect(), today, today)
    }

    /// The claims of a calendar year: of this one, those of today; of another one, whoever is eligible at its end, and
    /// of what is applied for each half-year those of both. What is open and how long is seen from today.
    pub fn claims_in(&self, year: i32, today: NaiveDate) -> Result<Vec<Claim>> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|_| year != today.year());
        let (Some(summer), Some(end)) = (day(6, 30), day(12, 31)) else { return self.claims(today) };
        let benefits = self.in_force()?.into_iter().filter(|programme| programme.kind == Kind::Benefit);
        let benefits: Vec<_> = benefits.collect();
        let by_halves = benefits.iter().filter(|programme| programme.repetition == Repetition::Semester);
        let halves: Vec<_> = by_halves.cloned().collect();
        let mut claims = self.claims_of(benefits, end, today)?;
        for programme in halves {
            claims.extend(self.claims_of(vec![programme], summer, today)?);
        }
        Ok(claims)
    }

    /// What families here may receive this year and have not applied for.
    pub fn unapplied(&self, as_of: NaiveDate) -> Result<Unapplied> {
        Ok(Unapplied::of(self.claims(as_of)?))
    }

    /// The same of one programme alone.
    pub fn unapplied_of(&self, programme: &Arc<Programme>, today: NaiveDate) -> Result<Unapplied> {
        Ok(Unapplied::of(self.claims_of(vec![programme.clone()], today, today)?))
    }

    fn claims_of(&self, programmes: Vec<Arc<Programme>>, as_of: NaiveDate, today: NaiveDate) -> Result<Vec<Claim>> {
        let applications = self.applications_by_person()?;
        let walk = Walk::new(programmes, as_of);
        let mut claims = Vec::new();
        walk.each(self, (Detail::Rows, &Unwatched), |found| {
            if found.holds == Holds::Yes && found.state != State::Declined {
                let programme = &walk.programmes[found.at];
                let row = found.row()?;
                let own = applications.get(&(row.uid.clone(), programme.id.clone())).map(Vec::as_slice);
                let own = Own(own.unwrap_or_default());
                let present = claim(programme, row, &own, (as_of, today));
                claims.extend(earlier(&present.1, &present.0, &own, (as_of, today)));
                claims.push(present.0);
            }
            Ok(())
        })?;
        Ok(claims)
    }
}

/// The applications of one person to one programme.
struct Own<'a>(&'a [(String, Application)]);

impl Own<'_> {
    fn phase(&self, period: &str) -> Option<Phase> {
        let of = self.0.iter().filter(|(of, _)| of == period).map(|(_, application)| application);
        of.max_by_key(alive).map(Application::phase)
    }
}

/// The claim of the turn, and what is known of the birth.
fn claim(
    programme: &Arc<Programme>,
    row: ListRow,
    own: &Own<'_>,
    (as_of, today): (NaiveDate, NaiveDate),
) -> (Claim, Option<PartialDate>) {
    let before = turn_before(programme, &row.turn.name).and_then(|before| own.phase(&before));
    let opening = match row.turn.apply_by.unwrap_or(row.turn.last) {
        _ if today < as_of => Opening::NotYet,
        last if last < today => Opening::Over,
        _ => Opening::Now,
    };
    let span = programme.span_of(&row.facts, as_of);
    let claim = Claim {
        programme: programme.clone(),
        phase: own.phase(&row.turn.name),
        amount: span.and_then(YearSpan::exact),
        between: span.filter(|span| span.exact().is_none()),
        deadline: row.turn.apply_by,
        days_left: row.turn.apply_by.map(|deadline| (deadline - today).num_days()),
        opening,
        renewal: matches!(before, Some(Phase::Granted | Phase::Paid)),
        uid: row.uid,
        name: row.name,
        group: row.group,
        household_uid: row.household_uid,
        period: row.turn.name,
        state: row.state,
    };
    (claim, row.facts.born.map(|born| born.value))
}

/// The claim of the year before, where it may be applied for beside that of the year: a row of its own. Where it stands
/// follows from its own application; what was said this year was said about both.
fn earlier(
    born: &Option<PartialDate>,
    present: &Claim,
    own: &Own<'_>,
    (as_of, today): (NaiveDate, NaiveDate),
) -> Option<Claim> {
    let amount = present.programme.still_open_before((*born)?, as_of)?;
    let deadline = amount.apply_by?;
    let period = amount.year.to_string();
    let phase = own.phase(&period);
    let said = if matches!(present.state, State::Applied | State::Done) { State::Told } else { present.state };
    let opening = match (amount.year > today.year(), deadline < today) {
        (true, _) => Opening::NotYet,
        (false, true) => Opening::Over,
        (false, false) => Opening::Now,
    };
    Some(Claim {
        state: match phase {
            Some(Phase::UnderWay) => State::Applied,
            Some(Phase::Granted | Phase::Paid) => State::Done,
            Some(Phase::Refused) if !said.is_told() => State::Told,
            _ => said,
        },
        phase,
        amount: Some(amount),
        between: None,
        deadline: Some(deadline),
        days_left: Some((deadline - today).num_days()),
        opening,
        renewal: false,
        period,
        ..present.clone()
    })
}

/// One that goes on outweighs one that was refused or taken back under another record.
fn alive(application: &&Application) -> bool {
    !matches!(application.phase(), Phase::Refused | Phase::TakenBack)
}
