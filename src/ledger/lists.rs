//! Service lists: everybody a programme concerns, with verdict, state and reasons; and what is recorded about them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::offer::{Outcome, Recorded, Stands, State, Unfit};
use crate::domain::programme::narrow::Narrow;
use crate::domain::programme::{Programme, Status, Turn};
use crate::domain::resident::{Facts, Standing};
use crate::domain::rule::{self, Holds, Verdict};
use crate::ledger::consents;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::progress::{Progress, Unwatched};
use crate::ledger::residents::{ResidentRow, brief, not_ahead, not_before_birth};
use crate::ledger::store::candidates::{self, Detail, Person};
use crate::ledger::store::{Tx, done, offers, residents, same_person, village};
use crate::ledger::view::View;

/// The numbers of one list. `told` includes all that follows telling; the headline is told ÷ eligible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Verdict yes, for the period, told or not.
    pub eligible: u64,
    /// Verdict unknown: something must be asked first.
    pub ask: u64,
    /// Eligible and told, in whatever way it ended.
    pub told: u64,
    /// Eligible, with a day agreed.
    pub booked: u64,
    /// Eligible, with an application under way.
    pub applied: u64,
    /// Eligible, and the check took place.
    pub been: u64,
    /// Eligible, and what was applied for is granted or paid.
    pub done: u64,
    /// Eligible, does not want it. A number, never a list.
    pub declined: u64,
}

impl Counts {
    fn add(&mut self, holds: Holds, state: State) {
        match holds {
            Holds::No => {}
            Holds::Unknown => self.ask += u64::from(state != State::Declined),
            Holds::Yes => {
                self.eligible += 1;
                self.told += u64::from(state.is_told());
                self.booked += u64::from(state == State::Booked);
                self.applied += u64::from(state == State::Applied);
                self.been += u64::from(state == State::Been);
                self.done += u64::from(state == State::Done);
                self.declined += u64::from(state == State::Declined);
            }
        }
    }
}

/// One person on a list.
#[derive(Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The resident's uid.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Id number, or empty.
    pub id_number: String,
    /// Phone as given.
    pub phone: String,
    /// Bare name of the group.
    pub group: String,
    /// The group's contact person, or empty.
    pub contact: String,
    /// The household's number; empty for 未分户.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
    /// The day this ledger first knew the person.
    pub known_on: NaiveDate,
    /// The facts the verdict was made from; reasons follow from them by [`rule::verdict`].
    pub facts: Facts,
    /// The verdict: yes or unknown; *no* is not listed.
    pub holds: Holds,
    /// The turn in which the person stands.
    pub turn: Turn,
    /// Where the offer stands; declined is not listed.
    pub state: State,
    /// The day of the last outcome, or of the application.
    pub outcome_on: Option<NaiveDate>,
    /// Times tried in vain.
    pub tries: u32,
}

/// Without any value: rows may end up in a log.
impl std::fmt::Debug for ListRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListRow({})", self.uid)
    }
}

/// A service list as of a day.
#[derive(Clone, Debug)]
pub struct List {
    /// The programme, as it holds with the county's values.
    pub programme: Arc<Programme>,
    /// The turn counted; where it depends on the person, the calendar year.
    pub period: Turn,
    /// The day it is made for.
    pub as_of: NaiveDate,
    /// Its numbers.
    pub counts: Counts,
    /// Its rows: to tell and ask first, then the other states in their order; who declined is counted, not listed.
    pub rows: Vec<ListRow>,
}

/// The headline of one list.
#[derive(Clone, Debug)]
pub struct ListSummary {
    /// The programme, as it holds with the county's values.
    pub programme: Arc<Programme>,
    /// The turn counted; where it depends on the person, the calendar year.
    pub period: Turn,
    /// Its numbers.
    pub counts: Counts,
    /// The next last day for somebody who is eligible and not told yet; else that of the turn.
    pub deadline: Option<NaiveDate>,
}

/// The answer for one person and one programme, whether listed or not.
#[derive(Clone, Debug)]
pub struct Why {
    /// The programme, as it holds with the county's values.
    pub programme: Arc<Programme>,
    /// The turn counted; where it depends on the person, the calendar year.
    pub period: Turn,
    /// The facts, with the last service of this programme.
    pub facts: Facts,
    /// The verdict with its reasons.
    pub verdict: Verdict,
    /// Where the offer stands.
    pub state: State,
    /// The day on which the person asked not to be in this programme's lists any more: then they are in none, and only
    /// their own page says so.
    pub withdrawn: Option<NaiveDate>,
}

/// What a walk finds for one person and one programme.
pub(in crate::ledger) struct Found<'a> {
    /// The programme's place.
    pub(in crate::ledger) at: usize,
    pub(in crate::ledger) holds: Holds,
    pub(in crate::ledger) turn: &'a Turn,
    pub(in crate::ledger) state: State,
    stands: Stands,
    facts: &'a Facts,
    person: &'a Person<'a>,
}

impl Found<'_> {
    /// The row that a list shows.
    pub(in crate::ledger) fn row(&self) -> Result<ListRow> {
        Ok(ListRow {
            facts: *self.facts,
            holds: self.holds,
            turn: self.turn.clone(),
            state: self.state,
            outcome_on: self.stands.on,
            tries: self.stands.tries,
            ..self.person.row()?
        })
    }
}

/// Programmes on one day, made ready for everybody who lives here.
pub(in crate::ledger) struct Walk {
    pub(in crate::ledger) programmes: Vec<Arc<Programme>>,
    narrows: Vec<Narrow>,
    turns: Vec<Turn>,
    as_of: NaiveDate,
}

impl Walk {
    pub(in crate::ledger) fn new(programmes: Vec<Arc<Programme>>, as_of: NaiveDate) -> Self {
        let narrows = programmes.iter().map(|programme| programme.narrow(as_of)).collect();
        let turns = programmes.iter().map(|programme| programme.common_turn(as_of)).collect();
        Self { programmes, narrows, turns, as_of }
    }

    /// Visits whoever is eligible or worth asking, programme by programme; who is not concerned, or asked not to be
    /// in lists any more, is passed over.
    pub(in crate::ledger) fn each(
        &self,
        view: &View,
        (detail, progress): (Detail, &dyn Progress),
        mut visit: impl FnMut(&Found<'_>) -> Result<()>,
    ) -> Result<()> {
        // One programme narrows the query; of many, each narrows for itself.
        let everybody = Narrow::default();
        let bounds = if let [narrow] = self.narrows.as_slice() { narrow } else { &everybody };
        if bounds.nobody {
            return Ok(());
        }
        let programmes: Vec<&Programme> = self.programmes.iter().map(Arc::as_ref).collect();
        let mut services = Vec::new();
        let sources = view.sources()?;
        candidates::each(view.conn(), (detail, bounds), &programmes, &sources, progress, |person| {
            let mut facts = *person.facts;
            for (at, programme) in programmes.iter().enumerate() {
                let is_withdrawn = person.done.withdrawn.from(programme.kind).is_some();
                if !is_withdrawn && self.narrows[at].keeps(&facts) {
                    self.meet(at, person, &mut facts, &mut services, &mut visit)?;
                }
            }
            Ok(())
        })
    }

    fn meet(
        &self,
        at: usize,
        person: &Person<'_>,
        facts: &mut Facts,
        services: &mut Vec<NaiveDate>,
        visit: &mut impl FnMut(&Found<'_>) -> Result<()>,
    ) -> Result<()> {
        let programme = &self.programmes[at];
        person.done.services_of(at, services);
        let own = (!programme.turn_is_common()).then(|| programme.turn(facts, services, self.as_of));
        let turn = own.as_ref().unwrap_or(&self.turns[at]);
        facts.last_service = turn.last_before(services);
        let holds = rule::holds(programme, facts, self.as_of);
        if holds == Holds::No || holds == Holds::Unknown && !programme.is_worth_asking(facts, self.as_of) {
            return Ok(());
        }
        let stands = person.done.stands(at, turn, services);
        visit(&Found { at, holds, turn, state: stands.state, stands, facts, person })
    }
}

/// By state, what is known before what is to be asked, then by group; each group's name is read once.
fn in_order(rows: &mut [ListRow]) {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.group.as_str()).collect();
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.sort_by_cached_key(|name| crate::ledger::village::group_order(name));
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    rows.sort_by_cached_key(|row| (row.state, row.holds == Holds::Unknown, places.get(row.group.as_str()).copied()));
}

impl View {
    /// The headline numbers of every programme, by one walk through all residents.
    pub fn lists(&self, as_of: NaiveDate) -> Result<Vec<ListSummary>> {
        self.lists_watched(as_of, &Unwatched)
    }

    /// The same, telling how many of the residents have been looked at.
    pub fn lists_watched(&self, as_of: NaiveDate, progress: &dyn Progress) -> Result<Vec<ListSummary>> {
        let walk = Walk::new(self.in_force()?, as_of);
        let mut counted = vec![(Counts::default(), None::<NaiveDate>); walk.programmes.len()];
        walk.each(self, (Detail::Counts, progress), |found| {
            let (counts, deadline) = &mut counted[found.at];
            counts.add(found.holds, found.state);
            if found.holds == Holds::Yes && !found.state.is_told() {
                *deadline = deadline.iter().copied().chain(found.turn.apply_by).min();
            }
            Ok(())
        })?;
        let Walk { programmes, turns, .. } = walk;
        let summaries = programmes.into_iter().zip(turns).zip(counted).map(|((programme, period), (counts, next))| {
            let deadline = next.or(period.apply_by);
            ListSummary { programme, period, counts, deadline }
        });
        Ok(summaries.collect())
    }

    /// One programme's list.
    pub fn list(&self, programme: &str, as_of: NaiveDate) -> Result<List> {
        let walk = Walk::new(vec![self.programme(programme)?], as_of);
        let (mut counts, mut rows) = (Counts::default(), Vec::new());
        walk.each(self, (Detail::Rows, &Unwatched), |found| {
            counts.add(found.holds, found.state);
            if found.state != State::Declined {
                rows.push(found.row()?);
            }
            Ok(())
        })?;
        in_order(&mut rows);
        let programme = self.programme(programme)?;
        let period = programme.common_turn(as_of);
        Ok(List { programme, period, as_of, counts, rows })
    }

    /// What every programme says about one person, and why. For leaflets nobody is listed.
    pub fn why(&self, resident: &ResidentRow, as_of: NaiveDate) -> Result<Vec<Why>> {
        let programmes: Vec<Arc<Programme>> = self.in_force()?.into_iter().filter(|p| p.lists_people()).collect();
        let all: Vec<&Programme> = programmes.iter().map(Arc::as_ref).collect();
        let said = done::done_of(self.conn(), &resident.uid, &all)?;
        let mut services = Vec::new();
        let mut whys = Vec::new();
        for (at, programme) in programmes.iter().enumerate() {
            said.services_of(at, &mut services);
            let period = programme.turn(&resident.facts, &services, as_of);
            let facts = Facts { last_service: period.last_before(&services), ..resident.facts };
            let state = said.stands(at, &period, &services).state;
            let verdict = rule::verdict(programme, &facts, as_of);
            let withdrawn = said.withdrawn.from(programme.kind);
            whys.push(Why { programme: programme.clone(), period, facts, verdict, state, withdrawn });
        }
        Ok(whys)
    }
}

/// Records what was said, as [`Recorded::after`] decides.
pub(in crate::ledger) fn record(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    outcome: Outcome,
    on: NaiveDate,
) -> Result<()> {
    record_in(tx, programme, uid, outcome, (on, on))
}

/// The same for the turn in which another day lies: what is said in December about a day in January counts there.
pub(in crate::ledger) fn record_in(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    outcome: Outcome,
    (on, of): (NaiveDate, NaiveDate),
) -> Result<()> {
    names_people(programme)?;
    let resident = of_this_village(tx, uid)?;
    consents::still_agreed(tx, resident, programme.kind)?;
    not_ahead(tx, on)?;
    not_before_birth(tx, uid, on)?;
    let period = turn_on(tx, programme, uid, of)?.name;
    // What was said to the person under another record counts; what is written stays with this one.
    let family = same_person::family(tx.conn(), resident)?;
    let known = family.iter().map(|record| offers::get(tx.conn(), *record, &programme.id, &period));
    let known: Vec<Option<Recorded>> = known.collect::<Result<_>>()?;
    let own = known.first().copied().flatten();
    Recorded::after(Recorded::of_one_person(known.into_iter().flatten()), outcome, on).map_err(unfit)?;
    let new = Recorded::after(own, outcome, on).map_err(unfit)?;
    offers::put(tx, resident, &programme.id, &period, new)
}

/// The day that was agreed to is given up: who was booked in its turn is told, under every record, unless the day
/// `instead` lies in the same turn. Never refused: where something else is known, that stays.
pub(in crate::ledger) fn unbook(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    (on, of): (NaiveDate, NaiveDate),
    instead: Option<NaiveDate>,
) -> Result<()> {
    let period = turn_on(tx, programme, uid, of)?.name;
    let stays = instead.map(|instead| turn_on(tx, programme, uid, instead)).transpose()?;
    if stays.is_some_and(|turn| turn.name == period) || state_in(tx, programme, uid, of)? != State::Booked {
        return Ok(());
    }
    let resident = of_this_village(tx, uid)?;
    for record in same_person::family(tx.conn(), resident)? {
        let booked = offers::get(tx.conn(), record, &programme.id, &period)?;
        if let Some(old) = booked.filter(|old| old.outcome == Outcome::Booked) {
            let told = Recorded { outcome: Outcome::Told, on: on.max(old.on), tries: 0 };
            offers::put(tx, record, &programme.id, &period, told)?;
        }
    }
    Ok(())
}

/// Where an offer stands in the turn in which a day lies.
pub(in crate::ledger) fn state_in(tx: &Tx<'_>, programme: &Programme, uid: &str, of: NaiveDate) -> Result<State> {
    let said = done::done_of(tx.conn(), uid, &[programme])?;
    let mut services = Vec::new();
    said.services_of(0, &mut services);
    Ok(said.stands(0, &turn_on(tx, programme, uid, of)?, &services).state)
}

/// The turn in which somebody stands on a day.
pub(in crate::ledger) fn turn_on(tx: &Tx<'_>, programme: &Programme, uid: &str, on: NaiveDate) -> Result<Turn> {
    if programme.turn_is_common() {
        return Ok(programme.common_turn(on));
    }
    let sources = village::sources(tx.conn())?;
    let row = residents::get(tx.conn(), uid, &sources)?;
    let row = row.ok_or_else(|| LedgerError::refused("error-no-such-resident"))?;
    let said = done::done_of(tx.conn(), uid, &[programme])?;
    let mut services = Vec::new();
    said.services_of(0, &mut services);
    Ok(programme.turn(&row.facts, &services, on))
}

fn unfit(why: Unfit) -> LedgerError {
    let (key, old) = match why {
        Unfit::LaterKnown(old) => ("error-later-known", old),
        Unfit::Reached(old) => ("error-reached", old),
    };
    let word = format!("outcome-{}", old.outcome.as_str());
    LedgerError::new(ErrorKind::Refused, Message::new(key).date("on", old.on).word("outcome", word))
}

/// Records that somebody came.
pub(in crate::ledger) fn attend(tx: &mut Tx<'_>, programme: &Programme, uid: &str, on: NaiveDate) -> Result<()> {
    names_people(programme)?;
    let resident = of_this_village(tx, uid)?;
    consents::still_agreed(tx, resident, programme.kind)?;
    not_ahead(tx, on)?;
    not_before_birth(tx, uid, on)?;
    offers::attend(tx, resident, &programme.id, on)
}

/// Of a leaflet nothing is kept about anybody, and what has ended is not noted any more.
fn names_people(programme: &Programme) -> Result<()> {
    match programme.status {
        _ if !programme.lists_people() => Err(LedgerError::refused("error-programme-leaflet")),
        Status::Ended { by } => {
            Err(LedgerError::new(ErrorKind::Refused, Message::new("error-programme-ended").date("by", by)))
        }
        _ => Ok(()),
    }
}

/// Whoever lives here, by uid.
pub(in crate::ledger) fn of_this_village(tx: &Tx<'_>, uid: &str) -> Result<i64> {
    let resident = brief(tx, uid)?;
    match resident.standing {
        Standing::Present => Ok(resident.id),
        Standing::MovedOut | Standing::Deceased => Err(LedgerError::refused("error-not-present")),
    }
}
