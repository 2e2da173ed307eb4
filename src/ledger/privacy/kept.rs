//! What is kept and how long: for each purpose its number, its days, and what is due to be deleted.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::retention::Keeping;
use crate::ledger::error::Result;
use crate::ledger::store::{residents, retention as store};
use crate::ledger::view::View;

/// How long one thing is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepingRow {
    /// What.
    pub keeping: Keeping,
    /// Days since its end.
    pub days: u32,
    /// The paper that says so; none where it is the program's own number.
    pub source: Option<String>,
    /// How many there are whose time runs.
    pub ended: u64,
    /// How many of them are due.
    pub due: u64,
}

/// Something that is no longer needed.
#[derive(Clone, PartialEq, Eq)]
pub struct DueRow {
    /// What it is.
    pub keeping: Keeping,
    /// The table it lies in.
    pub(in crate::ledger) table: String,
    /// Its identity.
    pub uid: String,
    /// Whose it is: uid, name, bare name of the group; empty where it is nobody's.
    pub resident: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// A programme's id, or empty.
    pub programme: String,
    /// The day from which its time is counted.
    pub since: NaiveDate,
    /// The day since which it is due.
    pub due_on: NaiveDate,
}

/// Without the name.
impl std::fmt::Debug for DueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DueRow({} {} {})", self.keeping.as_str(), self.uid, self.due_on)
    }
}

/// A record that a rule keeps: nothing is done with it, and it is not deleted before.
#[derive(Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Bare name of the group.
    pub group: String,
    /// The last day.
    pub until: NaiveDate,
    /// The rule, in a few words.
    pub basis: String,
}

/// Without the name and what was typed.
impl std::fmt::Debug for HeldRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeldRow({} {})", self.uid, self.until)
    }
}

impl View {
    /// How long each thing is kept, and how much of it is due.
    pub fn keepings(&self, today: NaiveDate) -> Result<Vec<KeepingRow>> {
        let set = store::set_days(self.conn())?;
        let row = |keeping: &Keeping| {
            let (days, source) = match set.get(keeping) {
                Some((days, source)) => (*days, Some(source.clone())),
                None => (keeping.days(), None),
            };
            let (ended, due) = (store::count(self.conn(), *keeping)?, self.due_of(*keeping, days, today)?.len() as u64);
            Ok(KeepingRow { keeping: *keeping, days, source, ended, due })
        };
        Keeping::ALL.iter().map(row).collect()
    }

    /// What is no longer needed, kind by kind, the longest ago first; what a rule keeps is left out.
    pub fn due_for_deletion(&self, today: NaiveDate) -> Result<Vec<DueRow>> {
        let set = store::set_days(self.conn())?;
        let mut found = Vec::new();
        for keeping in Keeping::ALL {
            let days = set.get(keeping).map_or(keeping.days(), |(days, _)| *days);
            found.extend(self.due_of(*keeping, days, today)?);
        }
        Ok(found)
    }

    fn due_of(&self, keeping: Keeping, days: u32, today: NaiveDate) -> Result<Vec<DueRow>> {
        let ended = store::ended(self.conn(), keeping, today)?;
        let due: Vec<_> = ended.into_iter().filter(|one| keeping.due_on(one.since, days) <= today).collect();
        let records: HashSet<i64> = due.iter().filter_map(|one| one.resident).collect();
        let named: HashMap<i64, _> = residents::named(self.conn(), &records)?;
        let row = |one: store::Ended| {
            let who = one.resident.and_then(|record| named.get(&record));
            DueRow {
                keeping,
                table: one.row.table,
                uid: one.row.uid,
                resident: who.map_or_else(String::new, |who| who.uid.clone()),
                name: who.map_or_else(String::new, |who| who.name.clone()),
                group: who.map_or_else(String::new, |who| who.group.clone()),
                programme: one.programme,
                since: one.since,
                due_on: keeping.due_on(one.since, days),
            }
        };
        Ok(due.into_iter().map(row).collect())
    }

    /// Whom a rule keeps, the earliest end first.
    pub fn holds(&self) -> Result<Vec<HeldRow>> {
        let held = store::holds(self.conn())?;
        let named = residents::named(self.conn(), &held.iter().map(|one| one.resident).collect())?;
        let row = |one: store::Held| {
            let who = named.get(&one.resident)?;
            let (uid, name, group) = (who.uid.clone(), who.name.clone(), who.group.clone());
            Some(HeldRow { uid, name, group, until: one.until, basis: one.basis })
        };
        Ok(held.into_iter().filter_map(row).collect())
    }
}
