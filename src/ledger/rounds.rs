//! Rounds through the village: planned by lane and house, on paper with a code a row, and noted afterwards, many people as
//! one change or row by row.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::domain::entry::{EntryAct, day_ahead};

use crate::domain::message::Message;
use crate::domain::offer::Outcome;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::Programme;
use crate::domain::resident::Standing;
use crate::domain::row_code::{ROWS, RowCode};
use crate::domain::worklist::{PutOff, Section};
use crate::ledger::children::Children;
use crate::ledger::command::NewTask;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists;
use crate::ledger::residents::{ResidentRow, not_ahead};
use crate::ledger::store::residents::Named;
use crate::ledger::store::{Tx, households, residents, rounds, same_person};
use crate::ledger::tasks;
use crate::ledger::view::View;
use crate::ledger::village::group_order;
use crate::ledger::worklist::TaskRow;

/// Records an outcome for everybody named, or for nobody: a round half noted would have to be looked through again.
///
/// # Errors
/// `error-nobody-ticked` for nobody; `error-some-refused` with how many cannot be noted: those who moved away or died,
/// and those of whom something later is known.
pub(in crate::ledger) fn record(
    tx: &mut Tx<'_>,
    programme: &Programme,
    people: &[String],
    outcome: Outcome,
    on: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    let people: BTreeSet<&String> = people.iter().collect();
    if people.is_empty() {
        return Err(LedgerError::refused("error-nobody-ticked"));
    }
    let mut refused = 0_i64;
    for uid in people {
        match lists::record(tx, programme, uid, outcome, on) {
            Err(error) if error.kind == ErrorKind::Refused => refused += 1,
            result => result?,
        }
    }
    match refused {
        0 => Ok(()),
        count => Err(LedgerError::new(ErrorKind::Refused, Message::new("error-some-refused").number("count", count))),
    }
}

/// A round on paper as it is planned: its rows in the order of the walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundPlan {
    /// Resident's uid and programme's id, row by row.
    pub rows: Vec<(String, String)>,
}

/// How far a round looks ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// What is due by the end of this week.
    #[default]
    ThisWeek,
    /// All that is on the worklist.
    All,
}

/// A round as it is printed: the households to call at, in the order of the walk.
#[derive(Clone, Debug)]
pub struct RoundSheet {
    /// Its uid.
    pub uid: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The households.
    pub stops: Vec<Stop>,
    /// Of the children on it, who heads their household.
    pub children: Children,
}

/// A household to call at.
#[derive(Clone)]
pub struct Stop {
    /// Bare name of the group.
    pub group: String,
    /// The household's number; empty for none.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
    /// The address; empty where unknown.
    pub address: String,
    /// Whom to speak to.
    pub people: Vec<StopPerson>,
}

/// Without the address.
impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stop({} people)", self.people.len())
    }
}

/// Somebody to speak to, and of what.
#[derive(Clone)]
pub struct StopPerson {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Birth, as far as it is known.
    pub born: Option<PartialDate>,
    /// Phone as given.
    pub phone: String,
    /// Each with its code.
    pub tasks: Vec<(RowCode, Arc<Programme>)>,
}

/// What a code stands for.
#[derive(Clone)]
pub struct RowOfRound {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The programme.
    pub programme: Arc<Programme>,
    /// The day the paper was made.
    pub made_on: NaiveDate,
}

impl View {
    /// The rows of a round through these groups and households, or through the whole village where none is named: by
    /// group, lane and house number.
    ///
    /// # Errors
    /// `error-round-empty` where there is nothing to do there, `error-round-long` for more rows than a paper may have.
    pub fn plan_round(&self, wanted: &RoundWish, today: NaiveDate) -> Result<RoundPlan> {
        let mut tasks = self.worklist(today)?;
        tasks.retain(|task| {
            let is_in_reach = wanted.reach == Reach::All || task.section < Section::Later;
            task.person().is_some() && is_in_reach && wanted.holds(task.group(), task.household_uid())
        });
        if tasks.is_empty() {
            return Err(LedgerError::refused("error-round-empty"));
        }
        if tasks.len() > usize::from(ROWS) {
            return Err(LedgerError::refused("error-round-long"));
        }
        let addresses = households::addresses(self.conn())?;
        tasks.sort_by_cached_key(|task| {
            let address = addresses.get(task.household_uid()).map_or("", String::as_str);
            let place = (group_order(task.group()), natural_order(address), natural_order(task.household()));
            (place, task.household_uid().to_owned(), task.uid().to_owned(), task.key())
        });
        let row = |task: &TaskRow| Some((task.uid().to_owned(), task.programme()?.id.clone()));
        Ok(RoundPlan { rows: tasks.iter().filter_map(row).collect() })
    }

    /// A round as it is printed; the newest where no uid is given. Who died, moved away or asked not to be kept in lists
    /// since is no longer on it.
    ///
    /// # Errors
    /// `error-no-round` where there is none.
    pub fn round_sheet(&self, uid: Option<&str>) -> Result<RoundSheet> {
        let newest = rounds::newest(self.conn(), None)?;
        let round = newest.filter(|round| uid.is_none_or(|uid| uid == round.uid));
        let round = round.ok_or_else(|| LedgerError::refused("error-no-round"))?;
        let hidden = self.hidden()?;
        let links = same_person::listed_of_behind(self.conn())?;
        let mut rows = rounds::rows(self.conn(), round.id)?;
        rows.iter_mut().for_each(|row| row.resident = links.get(&row.resident).copied().unwrap_or(row.resident));
        rows.retain(|row| !hidden.contains(&row.resident));
        let mut keys: Vec<i64> = Vec::new();
        rows.iter().map(|row| row.resident).for_each(|key| {
            if keys.last() != Some(&key) {
                keys.push(key);
            }
        });
        let people = residents::by_keys(self.conn(), &keys, &self.sources()?)?;
        let programmes = self.in_force()?;
        let mut stops: Vec<Stop> = Vec::new();
        for (key, person) in keys.iter().zip(people) {
            if person.facts.standing.value != Standing::Present {
                continue;
            }
            let of = rows.iter().filter(|row| row.resident == *key);
            let code = |row: &rounds::RoundRow| {
                let programme = programmes.iter().find(|programme| programme.id == row.programme)?;
                Some((RowCode::new(round.id, row.number)?, programme.clone()))
            };
            let tasks = of.filter_map(code).collect();
            let ResidentRow { uid, name, phone, group, household, address, household_uid, .. } = person;
            let person = StopPerson { uid, name, born: person.facts.born.map(|born| born.value), phone, tasks };
            match stops.last_mut().filter(|stop| stop.household_uid == household_uid) {
                Some(stop) => stop.people.push(person),
                None => stops.push(Stop { group, household, household_uid, address, people: vec![person] }),
            }
        }
        // By the day it was made: printed again later, it masks no one less.
        Ok(RoundSheet { uid: round.uid, made_on: round.made_on, stops, children: self.children(round.made_on)? })
    }

    /// Every household's address, by its uid; those without one are not in it.
    pub fn addresses(&self) -> Result<HashMap<String, String>> {
        households::addresses(self.conn())
    }

    /// What a code stands for: of the rounds that may have printed it, the newest.
    ///
    /// # Errors
    /// `error-entry-unknown` where no paper has it.
    pub fn row_of_round(&self, code: RowCode) -> Result<RowOfRound> {
        let unknown = || LedgerError::refused("error-entry-unknown");
        let round = rounds::newest(self.conn(), Some(code.round()))?.ok_or_else(unknown)?;
        let rows = rounds::rows(self.conn(), round.id)?;
        let row = rows.into_iter().find(|row| row.number == code.row()).ok_or_else(unknown)?;
        let listed = same_person::listed_of_behind(self.conn())?.get(&row.resident).copied().unwrap_or(row.resident);
        let named = residents::named(self.conn(), &HashSet::from([listed]))?.remove(&listed).ok_or_else(unknown)?;
        let (Named { uid, name, group, .. }, made_on) = (named, round.made_on);
        Ok(RowOfRound { uid, name, group, programme: self.programme(&row.programme)?, made_on })
    }

    /// The codes of the newest round, by the listed record's uid and the programme.
    pub(in crate::ledger) fn codes(&self) -> Result<HashMap<(String, String), RowCode>> {
        let Some(round) = rounds::newest(self.conn(), None)? else { return Ok(HashMap::new()) };
        let rows = rounds::rows(self.conn(), round.id)?;
        let links = same_person::listed_of_behind(self.conn())?;
        let listed = |record: i64| links.get(&record).copied().unwrap_or(record);
        let named = residents::named(self.conn(), &rows.iter().map(|row| listed(row.resident)).collect())?;
        let code = |row: rounds::RoundRow| {
            let uid = named.get(&listed(row.resident))?.uid.clone();
            Some(((uid, row.programme), RowCode::new(round.id, row.number)?))
        };
        Ok(rows.into_iter().filter_map(code).collect())
    }
}

/// What a round goes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundWish {
    /// These groups, by their bare names.
    pub groups: Vec<String>,
    /// These households, by uid.
    pub households: Vec<String>,
    /// How far ahead it looks.
    pub reach: Reach,
}

impl RoundWish {
    fn holds(&self, group: &str, household: &str) -> bool {
        let nothing = self.groups.is_empty() && self.households.is_empty();
        nothing || self.groups.iter().any(|of| of == group) || self.households.iter().any(|of| of == household)
    }
}

/// Words and numbers as people count them: 2号 before 10号.
pub(in crate::ledger) fn natural_order(text: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = Vec::new();
    let mut words = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            parts.push((std::mem::take(&mut words), digits.parse().unwrap_or(u64::MAX)));
            digits.clear();
        }
        words.push(c);
    }
    parts.push((words, 0));
    parts
}

/// The lane of an address and the house's number in it: 柳河村1组12号 → 柳河村1组 and 12.
pub fn lane_of(address: &str) -> (String, u64) {
    let end = address.trim_end_matches(|c: char| !c.is_ascii_digit());
    let lane = end.trim_end_matches(|c: char| c.is_ascii_digit());
    match end[lane.len()..].parse() {
        Ok(number) => (lane.to_owned(), number),
        Err(_) => (address.to_owned(), 0),
    }
}

/// Writes a round down, so that its codes can be typed in.
pub(in crate::ledger) fn make(tx: &mut Tx<'_>, plan: &RoundPlan) -> Result<()> {
    if plan.rows.is_empty() {
        return Err(LedgerError::refused("error-round-empty"));
    }
    if plan.rows.len() > usize::from(ROWS) {
        return Err(LedgerError::refused("error-round-long"));
    }
    let row = |(uid, programme): &(String, String)| Ok((lists::of_this_village(tx, uid)?, programme.clone()));
    let rows: Vec<(i64, String)> = plan.rows.iter().map(row).collect::<Result<_>>()?;
    let today = tx.today;
    rounds::insert(tx, today, &rows)?;
    Ok(())
}

/// What the change log calls an entry.
pub(in crate::ledger) fn op(act: EntryAct) -> &'static str {
    match act {
        EntryAct::Said(outcome) => outcome.op(),
        EntryAct::Came => "attend",
        EntryAct::PutOff(_) => "put-off",
    }
}

/// Days until what a note says is looked at again, where it names no day.
const DAYS_TO_A_NOTE: u64 = 3;

/// Enters a row of a round: what came of it, and what the note says is still to be done.
pub(in crate::ledger) fn enter(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    (act, note): (EntryAct, &str),
    on: NaiveDate,
) -> Result<()> {
    match act {
        EntryAct::Said(outcome) => lists::record(tx, programme, uid, outcome, on)?,
        EntryAct::Came => lists::attend(tx, programme, uid, on)?,
        EntryAct::PutOff(day) => return tasks::put_off(tx, programme, uid, PutOff::Until(day), on),
    }
    if note.trim().is_empty() {
        return Ok(());
    }
    let due_on = day_ahead(note, tx.today).unwrap_or(tx.today + Days::new(DAYS_TO_A_NOTE));
    tasks::write(tx, &NewTask { what: note.to_owned(), due_on, resident: Some(uid.to_owned()) })
}
