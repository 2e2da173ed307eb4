//! Service lists: everybody a programme concerns, with verdict, state and reasons; and what is recorded about them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::offer::{Outcome, Recorded, State, Unfit};
use crate::domain::programme::{Period, Programme};
use crate::domain::resident::{Facts, Standing};
use crate::domain::rule::{self, Holds, Verdict};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::residents::{ResidentRow, brief, not_ahead};
use crate::ledger::store::candidates::{self, Detail};
use crate::ledger::store::{Tx, offers, same_person};
use crate::ledger::view::View;

/// The numbers of one list. `told` includes booked, been and declined; the headline is told ÷ eligible.
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
    /// Eligible, and the check took place.
    pub been: u64,
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
                self.been += u64::from(state == State::Been);
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
    /// Where the offer stands; declined is not listed.
    pub state: State,
    /// The day of the last outcome.
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
    /// The programme.
    pub programme: Arc<Programme>,
    /// The period counted.
    pub period: Period,
    /// The day it is made for.
    pub as_of: NaiveDate,
    /// Its numbers.
    pub counts: Counts,
    /// Its rows: to tell and ask first, then told, booked, been; who declined is counted, not listed.
    pub rows: Vec<ListRow>,
}

/// The headline of one list.
#[derive(Clone, Debug)]
pub struct ListSummary {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The period counted.
    pub period: Period,
    /// Its numbers.
    pub counts: Counts,
}

/// The answer for one person and one programme, whether listed or not.
#[derive(Clone, Debug)]
pub struct Why {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The period counted.
    pub period: Period,
    /// The verdict with its reasons.
    pub verdict: Verdict,
    /// Where the offer stands.
    pub state: State,
}

impl View {
    /// The headline numbers of every programme.
    pub fn lists(&self, as_of: NaiveDate) -> Result<Vec<ListSummary>> {
        let programmes = self.programmes().to_vec();
        programmes
            .into_iter()
            .map(|programme| {
                let (period, mut counts) = (programme.period_of(as_of), Counts::default());
                self.each_candidate(Detail::Counts, &programme, as_of, |holds, state, _| {
                    counts.add(holds, state);
                    Ok(())
                })?;
                Ok(ListSummary { programme, period, counts })
            })
            .collect()
    }

    /// One programme's list.
    pub fn list(&self, programme: &str, as_of: NaiveDate) -> Result<List> {
        let programme = self.programme(programme)?;
        let (mut counts, mut rows) = (Counts::default(), Vec::new());
        self.each_candidate(Detail::Rows, &programme, as_of, |holds, state, row| {
            counts.add(holds, state);
            if holds != Holds::No && state != State::Declined {
                rows.push(ListRow { holds, ..row()? });
            }
            Ok(())
        })?;
        rows.sort_by_cached_key(|row| {
            (row.state, row.holds == Holds::Unknown, crate::ledger::village::group_order(&row.group))
        });
        let period = programme.period_of(as_of);
        Ok(List { programme, period, as_of, counts, rows })
    }

    /// What every programme says about one person, and why.
    pub fn why(&self, resident: &ResidentRow, as_of: NaiveDate) -> Result<Vec<Why>> {
        let answer = |programme: &Arc<Programme>| {
            let period = programme.period_of(as_of);
            let state = candidates::offer_state(self.conn(), &resident.uid, &programme.id, &period)?;
            let verdict = rule::verdict(programme, &resident.facts, as_of);
            Ok(Why { programme: programme.clone(), period, verdict, state })
        };
        self.programmes().iter().map(answer).collect()
    }

    /// Visits everybody the programme may concern with the verdict; SQL narrows, the rules decide.
    pub(in crate::ledger) fn each_candidate(
        &self,
        detail: Detail,
        programme: &Programme,
        as_of: NaiveDate,
        mut visit: impl FnMut(Holds, State, &dyn Fn() -> Result<ListRow>) -> Result<()>,
    ) -> Result<()> {
        let (period, sources) = (programme.period_of(as_of), self.sources()?);
        let born_by = programme.born_no_later_than(as_of);
        candidates::each(self.conn(), detail, (&programme.id, &period), born_by, &sources, |facts, row, state| {
            visit(rule::holds(programme, &facts, as_of), state, row)
        })
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
    let resident = of_this_village(tx, uid)?;
    not_ahead(tx, on)?;
    let period = programme.period_of(on).name;
    // What was said to the person under another record counts; what is written stays with this one.
    let family = same_person::family(tx.conn(), resident)?;
    let known = family.iter().map(|record| offers::get(tx.conn(), *record, &programme.id, &period));
    let known: Vec<Option<Recorded>> = known.collect::<Result<_>>()?;
    let own = known.first().copied().flatten();
    Recorded::after(Recorded::of_one_person(known.into_iter().flatten()), outcome, on).map_err(unfit)?;
    let new = Recorded::after(own, outcome, on).map_err(unfit)?;
    offers::put(tx, resident, &programme.id, &period, new)
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
    let resident = of_this_village(tx, uid)?;
    not_ahead(tx, on)?;
    offers::attend(tx, resident, &programme.id, on)
}

fn of_this_village(tx: &Tx<'_>, uid: &str) -> Result<i64> {
    let resident = brief(tx, uid)?;
    match resident.standing {
        Standing::Present => Ok(resident.id),
        Standing::MovedOut | Standing::Deceased => Err(LedgerError::refused("error-not-present")),
    }
}
