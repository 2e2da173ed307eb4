//! What the planner is asked about a campaign, and what it proposes: who comes when and why, who is left over and why.
//! Nothing is booked here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::{AppointmentState, Away, SessionKind, open_days};
use crate::domain::offer::State;
use crate::domain::planner::{self, Budget, Cost, Explanation, Ground, Instance, Person, Plan, Problem, Session, Why};
use crate::domain::programme::Programme;
use crate::domain::resident::Sex;
use crate::domain::rule::Holds;
use crate::ledger::campaigns::{AppointmentRow, Booking, Campaign, SessionRow, away};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::{ListRow, Walk};
use crate::ledger::progress::Unwatched;
use crate::ledger::rounds::natural_order;
use crate::ledger::store::candidates::Detail;
use crate::ledger::store::{appointments, campaigns as store, residents};
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// Somebody who is given a day.
#[derive(Clone, Debug)]
pub struct ProposedRow {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The household's number.
    pub household: String,
    /// The place of the session among the campaign's.
    pub session: usize,
    /// What it means for them.
    pub step: Step,
    /// What speaks for the day.
    pub grounds: Vec<Ground>,
}

/// What a proposal means for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Has another day now.
    Moved,
    /// Has no day yet.
    New,
    /// Stays.
    Stays,
    /// Has agreed to the day, and stays.
    Agreed,
}

/// Somebody without a day.
#[derive(Clone, Debug)]
pub struct LeftRow {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The household's number.
    pub household: String,
    /// Why.
    pub why: LeftWhy,
}

/// Why somebody has no day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftWhy {
    /// Away, and nobody knows until when.
    AwayUnknown,
    /// Away until after the last session that is for them.
    AwayUntil(NaiveDate),
    /// On none of the days that they named is there a session for them.
    Wish,
    /// To be visited at home, and there is no session of visits on a day that is for them.
    NoVisit,
    /// Has a day in another campaign for the same programme.
    OtherCampaign(String),
    /// Nothing is known to be for them, and something may be: it must be asked first.
    AskFirst,
    /// As the planner says.
    Planner(Why),
}

/// A plan to be looked at.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The campaign it is for.
    pub campaign: Campaign,
    /// By session, group and household.
    pub placed: Vec<ProposedRow>,
    /// By group and household.
    pub left: Vec<LeftRow>,
    /// What it costs, as the planner counts.
    pub cost: Cost,
    /// The seed it was made with.
    pub seed: u64,
}

impl Proposal {
    /// How many of the placed are of a kind.
    pub fn count(&self, step: Step) -> usize {
        self.placed.iter().filter(|row| row.step == step).count()
    }

    /// What is written where the cadre takes it: who is new, and who is moved.
    pub fn booking(&self) -> Booking {
        let moves = self.placed.iter().filter(|row| matches!(row.step, Step::New | Step::Moved));
        let row = |row: &ProposedRow| (row.uid.clone(), self.campaign.sessions[row.session].uid.clone());
        Booking { campaign: self.campaign.uid.clone(), rows: moves.map(row).collect() }
    }
}

/// Somebody who may be planned.
struct Candidate {
    uid: String,
    name: String,
    group: String,
    household: String,
    household_uid: String,
    sex: Option<Sex>,
    /// Days on which the rule holds.
    open: Vec<NaiveDate>,
    away: Option<Away>,
}

impl View {
    /// A proposal for the sessions of a campaign that lie ahead: what was agreed stays, who has a day keeps it unless that
    /// keeps somebody else out, and whoever is entitled is given one.
    ///
    /// # Errors
    /// `error-campaign-nothing-ahead` where no session lies ahead.
    pub fn propose(&self, uid: &str, seed: u64, today: NaiveDate) -> Result<Proposal> {
        let campaign = self.campaign(uid)?;
        let mut days: Vec<NaiveDate> = campaign.sessions.iter().map(|session| session.edit.on).collect();
        days.retain(|on| *on > today);
        days.dedup();
        if days.is_empty() {
            return Err(LedgerError::refused("error-campaign-nothing-ahead"));
        }
        let mut candidates = self.candidates(&campaign.programmes, &days)?;
        // A no to the campaign holds for all of it, in the next turn of its programmes too.
        let declined = self.declined(uid)?;
        candidates.retain(|candidate| !declined.contains(&candidate.uid));
        let elsewhere = self.elsewhere(uid, today)?;
        let mut sorted = Sorted::default();
        for candidate in candidates {
            sorted.take(candidate, &campaign, &elsewhere, today);
        }
        sorted.hold(&campaign, today);
        let Sorted { people, mut left, names, reserved, .. } = sorted;
        let (mut placed, mut cost) = (Vec::new(), Cost::default());
        for home in [false, true] {
            let instance = instance(&campaign, (&people, &reserved), home, today);
            let plan = planner::plan(&instance, seed, Budget::default()).map_err(unplannable)?;
            cost = sum(cost, plan.cost);
            answer(&campaign, &instance, &plan, &names, (&mut placed, &mut left));
        }
        let order = |group: &str, household: &str| (group_order(group), natural_order(household));
        placed.sort_by_cached_key(|row| (row.session, order(&row.group, &row.household), row.uid.clone()));
        left.sort_by_cached_key(|row| (order(&row.group, &row.household), row.uid.clone()));
        Ok(Proposal { campaign, placed, left, cost, seed })
    }

    /// Whoever one of the programmes is for on one of the days, by uid.
    fn candidates(&self, programmes: &[Arc<Programme>], days: &[NaiveDate]) -> Result<Vec<Candidate>> {
        let home_from = self.home_from()?;
        let mut found: BTreeMap<String, (ListRow, Vec<(NaiveDate, usize)>)> = BTreeMap::new();
        for on in days {
            let walk = Walk::new(programmes.to_vec(), *on);
            walk.each(self, (Detail::Rows, &Unwatched), |one| {
                let is_over = matches!(one.state, State::Been | State::Done | State::Declined);
                if one.holds == Holds::Yes && !is_over {
                    let row = one.row()?;
                    let entry = found.entry(row.uid.clone()).or_insert_with(|| (row, Vec::new()));
                    entry.1.push((*on, one.at));
                }
                Ok(())
            })?;
        }
        let candidate = |(row, open): (ListRow, Vec<(NaiveDate, usize)>)| Candidate {
            sex: row.facts.sex.map(|sex| sex.value),
            away: away(row.facts.residency().map(|known| known.value), home_from.get(&row.uid).copied()),
            open: open_days(&open),
            uid: row.uid,
            name: row.name,
            group: row.group,
            household: row.household,
            household_uid: row.household_uid,
        };
        Ok(found.into_values().map(candidate).collect())
    }

    fn declined(&self, uid: &str) -> Result<HashSet<String>> {
        let Some(kept) = store::find(self.conn(), uid)? else { return Ok(HashSet::new()) };
        let keys = appointments::listed(self.conn(), kept.id)?.declined;
        Ok(residents::named(self.conn(), &keys)?.into_values().map(|who| who.uid).collect())
    }

    /// Who has a day in another campaign for the same programme, by uid, with that campaign's name.
    fn elsewhere(&self, uid: &str, today: NaiveDate) -> Result<HashMap<String, String>> {
        let Some(kept) = store::find(self.conn(), uid)? else { return Ok(HashMap::new()) };
        let mut all = appointments::elsewhere(self.conn(), kept.id)?;
        all.retain(|_, other| other.until >= today);
        let named = residents::named(self.conn(), &all.keys().copied().collect())?;
        let row = |(key, other): (i64, appointments::Elsewhere)| Some((named.get(&key)?.uid.clone(), other.name));
        Ok(all.into_iter().filter_map(row).collect())
    }
}

/// What is shown of somebody in a proposal.
struct Shown {
    name: String,
    group: String,
    household: String,
    is_agreed: bool,
    now: Option<usize>,
}

/// Candidates as the planner takes them, and who is left out before it is asked.
#[derive(Default)]
struct Sorted {
    people: Vec<(Person, bool)>,
    left: Vec<LeftRow>,
    names: HashMap<String, Shown>,
    seen: BTreeSet<String>,
    /// The sessions of seats that somebody has whom the planner cannot put there: nobody else gets them.
    reserved: Vec<usize>,
}

impl Sorted {
    fn take(
        &mut self,
        candidate: Candidate,
        campaign: &Campaign,
        elsewhere: &HashMap<String, String>,
        today: NaiveDate,
    ) {
        let row = campaign.of(&candidate.uid);
        self.seen.insert(candidate.uid.clone());
        if row.is_some_and(|row| !is_replanned(row, campaign, today)) {
            return;
        }
        let ahead = row.and_then(|row| session_ahead(row, campaign, today));
        let kind = |at: usize| campaign.sessions[at].edit.kind;
        let agreed = ahead.filter(|_| row.is_some_and(|row| row.state == AppointmentState::Agreed));
        if let Some(name) = elsewhere.get(&candidate.uid) {
            return self.leave(&candidate, LeftWhy::OtherCampaign(name.clone()), ahead);
        }
        if agreed.is_some_and(|at| !kind(at).is_for(candidate.sex)) {
            return self.leave(&candidate, LeftWhy::Planner(Why::FixedImpossible), ahead);
        }
        // Who agreed to a day stays on it, whichever way they wished to be seen.
        let at_home = match agreed {
            Some(at) => is_way(kind(at), true),
            None => row.is_some_and(|row| row.wish.at_home),
        };
        let slots = campaign.sessions.iter().filter(|session| is_ahead_and(session, at_home, today));
        let days: Vec<NaiveDate> = slots.map(|session| session.edit.on).collect();
        let possible = |on: &&NaiveDate| agreed.is_some() || is_possible(&candidate, row, **on);
        if !days.iter().any(|on| possible(&on)) {
            let why = why_none(&candidate, row, (at_home, &days));
            return self.leave(&candidate, why, ahead);
        }
        let impossible = days.iter().filter(|on| !possible(on)).map(|on| (*on, *on)).collect();
        let stays = |at: &usize| {
            let on = campaign.sessions[*at].edit.on;
            is_way(kind(*at), at_home) && kind(*at).is_for(candidate.sex) && possible(&&on)
        };
        let keep = ahead.filter(|_| agreed.is_none()).filter(stays);
        if agreed.or(keep).is_none() {
            // They shall have another day; until they have it, nobody gets this one.
            self.reserved.extend(ahead);
        }
        let session = |at: Option<usize>| at.map(|at| campaign.sessions[at].uid.clone());
        let is_alone = candidate.household.is_empty();
        let person = Person {
            id: candidate.uid.clone(),
            household: if is_alone { candidate.uid.clone() } else { candidate.household_uid.clone() },
            group: candidate.group.clone(),
            sex: planner_sex(candidate.sex),
            first: row.is_some_and(|row| row.wish.first),
            away: impossible,
            fixed: session(agreed),
            keep: session(keep),
            ..Person::default()
        };
        self.people.push((person, at_home));
        let Candidate { uid, name, group, household, .. } = candidate;
        self.names.insert(uid, Shown { name, group, household, is_agreed: agreed.is_some(), now: ahead });
    }

    /// Who is no candidate any more: a day ahead is theirs until somebody decides, and who waits is left with the reason.
    fn hold(&mut self, campaign: &Campaign, today: NaiveDate) {
        for row in campaign.appointments.iter().filter(|row| !self.seen.contains(&row.person.uid)).collect::<Vec<_>>() {
            match session_ahead(row, campaign, today) {
                Some(at) if row.state.is_expected() => self.keep(row, campaign, at),
                _ if row.state == AppointmentState::Waiting => self.left.push(left_waiting(row, today)),
                _ => {}
            }
        }
    }

    fn keep(&mut self, row: &AppointmentRow, campaign: &Campaign, at: usize) {
        let session = &campaign.sessions[at];
        let uid = row.person.uid.clone();
        let person = Person {
            id: uid.clone(),
            household: uid.clone(),
            group: row.person.group.clone(),
            sex: planner_sex(row.person.sex()),
            fixed: Some(session.uid.clone()),
            ..Person::default()
        };
        if !session.edit.kind.is_for(row.person.sex()) {
            self.reserved.push(at);
        }
        self.people.push((person, is_way(session.edit.kind, true)));
        let of = &row.person;
        let (name, group, household) = (of.name.clone(), of.group.clone(), of.household.clone());
        let is_agreed = row.state == AppointmentState::Agreed;
        self.names.insert(uid, Shown { name, group, household, is_agreed, now: Some(at) });
    }

    /// Leaves somebody over; the day that they have is theirs until somebody decides.
    fn leave(&mut self, candidate: &Candidate, why: LeftWhy, ahead: Option<usize>) {
        self.reserved.extend(ahead);
        let (uid, name) = (candidate.uid.clone(), candidate.name.clone());
        let (group, household) = (candidate.group.clone(), candidate.household.clone());
        self.left.push(LeftRow { uid, name, group, household, why });
    }
}

/// Somebody who waits, and for whom nothing is open on any day ahead as far as is known.
fn left_waiting(row: &AppointmentRow, today: NaiveDate) -> LeftRow {
    let of = &row.person;
    let is_unclear = row.unclear.iter().any(|on| *on > today);
    let why = if is_unclear { LeftWhy::AskFirst } else { LeftWhy::Planner(Why::NoDayPossible) };
    let (uid, name) = (of.uid.clone(), of.name.clone());
    LeftRow { uid, name, group: of.group.clone(), household: of.household.clone(), why }
}

/// Whether somebody with an appointment is planned at all: not who came, was missed, stays out, or is expected today.
fn is_replanned(row: &AppointmentRow, campaign: &Campaign, today: NaiveDate) -> bool {
    match row.state {
        AppointmentState::Waiting => true,
        state if state.is_expected() => session_ahead(row, campaign, today).is_some(),
        _ => false,
    }
}

fn session_ahead(row: &AppointmentRow, campaign: &Campaign, today: NaiveDate) -> Option<usize> {
    row.session.filter(|at| campaign.sessions[*at].edit.on > today)
}

fn is_ahead_and(session: &SessionRow, at_home: bool, today: NaiveDate) -> bool {
    session.edit.on > today && is_way(session.edit.kind, at_home)
}

fn is_way(kind: SessionKind, at_home: bool) -> bool {
    (kind == SessionKind::Home) == at_home
}

fn is_wished(row: Option<&AppointmentRow>, on: NaiveDate) -> bool {
    let wish = row.map(|row| &row.wish);
    let from = wish.and_then(|wish| wish.not_before);
    let to = wish.and_then(|wish| wish.not_after);
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

fn is_possible(candidate: &Candidate, row: Option<&AppointmentRow>, on: NaiveDate) -> bool {
    let is_there = match candidate.away {
        None => true,
        Some(Away::Until(back)) => back <= on,
        Some(Away::Unknown) => false,
    };
    is_there && candidate.open.contains(&on) && is_wished(row, on)
}

fn why_none(candidate: &Candidate, row: Option<&AppointmentRow>, (at_home, days): (bool, &[NaiveDate])) -> LeftWhy {
    let open: Vec<NaiveDate> = days.iter().copied().filter(|on| candidate.open.contains(on)).collect();
    match candidate.away {
        _ if days.is_empty() && at_home => LeftWhy::NoVisit,
        Some(Away::Unknown) => LeftWhy::AwayUnknown,
        Some(Away::Until(back)) if !open.is_empty() && open.iter().all(|on| *on < back) => LeftWhy::AwayUntil(back),
        _ if !open.is_empty() && !open.iter().any(|on| is_wished(row, *on)) => LeftWhy::Wish,
        _ => LeftWhy::Planner(Why::NoDayPossible),
    }
}

fn planner_sex(sex: Option<Sex>) -> Option<planner::Sex> {
    sex.map(|sex| match sex {
        Sex::Male => planner::Sex::Male,
        Sex::Female => planner::Sex::Female,
    })
}

/// The sessions ahead of one way of being seen, and the people who are seen that way.
fn instance(
    campaign: &Campaign,
    (people, reserved): (&[(Person, bool)], &[usize]),
    home: bool,
    today: NaiveDate,
) -> Instance {
    let sessions = campaign.sessions.iter().enumerate().filter(|(_, session)| is_ahead_and(session, home, today));
    let taken = |at: usize| reserved.iter().filter(|reserved| **reserved == at).count() as u32;
    let sessions = sessions.map(|(at, session)| Session {
        id: session.uid.clone(),
        date: session.edit.on,
        seats: session.edit.seats.saturating_sub(taken(at)),
        women_only: session.edit.kind == SessionKind::Women,
    });
    let people = people.iter().filter(|(_, at_home)| *at_home == home).map(|(person, _)| person.clone());
    Instance { sessions: sessions.collect(), people: people.collect() }
}

fn answer(
    campaign: &Campaign,
    instance: &Instance,
    plan: &Plan,
    names: &HashMap<String, Shown>,
    (placed, left): (&mut Vec<ProposedRow>, &mut Vec<LeftRow>),
) {
    let places: HashMap<&str, usize> =
        campaign.sessions.iter().enumerate().map(|(at, session)| (session.uid.as_str(), at)).collect();
    for one in &plan.assignments {
        let (Some(shown), Some(at)) = (names.get(&one.person), places.get(one.session.as_str())) else { continue };
        let grounds = match planner::explain(instance, plan, &one.person) {
            Some(Explanation::Placed { grounds, .. }) => grounds,
            _ => Vec::new(),
        };
        let step = match shown.now {
            _ if shown.is_agreed => Step::Agreed,
            None => Step::New,
            Some(now) if now == *at => Step::Stays,
            Some(_) => Step::Moved,
        };
        let (uid, name) = (one.person.clone(), shown.name.clone());
        let (group, household) = (shown.group.clone(), shown.household.clone());
        placed.push(ProposedRow { uid, name, group, household, session: *at, step, grounds });
    }
    for one in &plan.unplaced {
        let Some(shown) = names.get(&one.person) else { continue };
        let (uid, name) = (one.person.clone(), shown.name.clone());
        let (group, household) = (shown.group.clone(), shown.household.clone());
        left.push(LeftRow { uid, name, group, household, why: LeftWhy::Planner(one.why.clone()) });
    }
}

fn sum(one: Cost, other: Cost) -> Cost {
    Cost {
        unplaced: one.unplaced + other.unplaced,
        households: one.households + other.households,
        groups: one.groups + other.groups,
        days: one.days + other.days,
        total: one.total + other.total,
    }
}

/// A campaign's own sessions and people make no such instance.
fn unplannable(_: Problem) -> LedgerError {
    LedgerError::refused("error-plan-failed")
}
