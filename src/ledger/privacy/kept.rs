//! What is kept and how long: for each purpose its number, its days, and what is due to be deleted.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::fact::FactKind;
use crate::domain::kept::Use;
use crate::domain::programme::{Programme, Status};
use crate::domain::retention::Keeping;
use crate::ledger::error::Result;
use crate::ledger::store::{candidates, received, residents, retention as store};
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

/// For what something is kept, and about how many people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseRow {
    /// For what.
    pub of: Use,
    /// People about whom something is kept for it.
    pub people: u64,
}

/// Something that is no longer needed.
#[derive(Clone, PartialEq, Eq)]
pub struct DueRow {
    /// What it is.
    pub keeping: Keeping,
    /// The table it lies in, or lay in.
    pub table: String,
    /// Its identity.
    pub uid: String,
    /// Whose it is: the uid; empty where it is nobody's, or somebody's whom a village named.
    pub resident: String,
    /// The name, of whom a village named as its file shows it.
    pub name: String,
    /// Bare name of the group; empty of whom a village named.
    pub group: String,
    /// The village that named them; else empty.
    pub village: String,
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

/// How many days each thing is kept in this ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDays(HashMap<Keeping, u32>);

impl KeptDays {
    /// The village's own number, else the program's.
    pub fn of(&self, keeping: Keeping) -> u32 {
        self.0.get(&keeping).copied().unwrap_or(keeping.days())
    }
}

impl View {
    /// How many days each thing is kept.
    pub fn kept_days(&self) -> Result<KeptDays> {
        let set = store::set_days(self.conn())?;
        Ok(KeptDays(set.into_iter().map(|(keeping, (days, _))| (keeping, days)).collect()))
    }

    /// For what this ledger keeps something, and about how many people.
    pub fn uses(&self) -> Result<Vec<UseRow>> {
        let row = |of: Use| Ok(UseRow { of, people: store::people(self.conn(), of)? });
        Use::of(self.level()?).map(row).collect()
    }

    /// How long each thing is kept that a ledger of this level keeps, and how much of it is due.
    pub fn keepings(&self, today: NaiveDate) -> Result<Vec<KeepingRow>> {
        let (set, kinds) = (store::set_days(self.conn())?, self.kinds_asked_for(today)?);
        let row = |keeping: Keeping| {
            let (days, source) = match set.get(&keeping) {
                Some((days, source)) => (*days, Some(source.clone())),
                None => (keeping.days(), None),
            };
            let over = store::Over { by: keeping.ended_by(today, days), today, kinds: &kinds };
            let ended = store::count(self.conn(), keeping, &over)?;
            Ok(KeepingRow { keeping, days, source, ended, due: self.over(keeping, &over)?.len() as u64 })
        };
        Keeping::of(self.level()?).map(row).collect()
    }

    /// What is no longer needed, kind by kind, the longest ago first; what a rule keeps is left out.
    pub fn due_for_deletion(&self, today: NaiveDate) -> Result<Vec<DueRow>> {
        let (kept, kinds) = (self.kept_days()?, self.kinds_asked_for(today)?);
        let mut found = Vec::new();
        for keeping in Keeping::of(self.level()?) {
            let days = kept.of(keeping);
            let over = store::Over { by: keeping.ended_by(today, days), today, kinds: &kinds };
            found.extend(self.due_of(keeping, days, &over)?);
        }
        Ok(found)
    }

    /// The last day on which values were corrected or rows taken away that are due in the history.
    pub(in crate::ledger) fn past_is_due_by(&self, today: NaiveDate) -> Result<NaiveDate> {
        Ok(Keeping::Past.ended_by(today, self.kept_days()?.of(Keeping::Past)))
    }

    /// The kinds of fact that are needed: what a programme asks for that has not ended for good, and what lists, calls and
    /// rosters read of everybody.
    fn kinds_asked_for(&self, today: NaiveDate) -> Result<HashSet<FactKind>> {
        let programmes = self.in_force()?;
        let is_over = |of: &Programme| {
            matches!(of.status, Status::Ended { .. }) || of.in_force.to.is_some_and(|last| last < today)
        };
        let open: Vec<&Programme> = programmes.iter().map(AsRef::as_ref).filter(|of| !is_over(of)).collect();
        let mut kinds = candidates::kinds(&open);
        kinds.extend([FactKind::Residency, FactKind::Registered]);
        Ok(kinds)
    }

    /// What is over: of services, those alone of which no turn to come is reckoned.
    fn over(&self, keeping: Keeping, over: &store::Over<'_>) -> Result<Vec<store::Ended>> {
        let mut found = store::ended(self.conn(), keeping, over)?;
        if keeping == Keeping::Service {
            let programmes = self.in_force()?;
            let of = |id: &str| programmes.iter().find(|programme| programme.id == id);
            found.retain(|one| {
                let until = of(&one.programme).map(|programme| programme.service_counts_until(one.since));
                until.is_none_or(|until| until.is_some_and(|until| until <= over.today))
            });
        }
        Ok(found)
    }

    fn due_of(&self, keeping: Keeping, days: u32, over: &store::Over<'_>) -> Result<Vec<DueRow>> {
        let due = self.over(keeping, over)?;
        let records: HashSet<i64> = due.iter().filter_map(|one| one.resident).collect();
        let named: HashMap<i64, _> = residents::named(self.conn(), &records)?;
        let row = |one: store::Ended| {
            let who = one.resident.and_then(|record| named.get(&record));
            let there = received::named(self.conn(), &one.row)?.unwrap_or_default();
            Ok(DueRow {
                keeping,
                table: one.row.table,
                uid: one.row.uid,
                resident: who.map_or_else(String::new, |who| who.uid.clone()),
                name: who.map_or(there.0, |who| who.name.clone()),
                group: who.map_or_else(String::new, |who| who.group.clone()),
                village: there.1,
                programme: one.programme,
                since: one.since,
                due_on: keeping.due_on(one.since, days),
            })
        };
        due.into_iter().map(row).collect()
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
