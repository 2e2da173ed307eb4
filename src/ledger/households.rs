//! Households: who moves where, which of them become one or two, their numbers and addresses; and how they are read.
//! Whom the law or a rule concerns is decided elsewhere.

use crate::domain::relation::Relation;
use crate::ledger::command::{Home, HouseholdEdit, Moved};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::{ResidentRow, brief};
use crate::ledger::store::{Tx, households, residents, village};
use crate::ledger::view::View;

/// A household as it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct HouseholdRow {
    /// Identity outside the file.
    pub uid: String,
    /// Bare name of the group.
    pub group: String,
    /// The number within the group; empty where it has none.
    pub number: String,
    /// The address; empty where unknown.
    pub address: String,
    /// The name of the head, or of the first member where no head is known; empty where nobody lives there.
    pub head: String,
    /// How many are present.
    pub people: u32,
    /// Whether it is one, or a group's people whose household is not known.
    pub sorted: Sorted,
}

/// Whether a household is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// A household.
    Yes,
    /// 未分户: the people of a group whose household is not known.
    No,
}

/// Without any value: rows may end up in a log.
impl std::fmt::Debug for HouseholdRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HouseholdRow({})", self.uid)
    }
}

/// A household with everybody in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// The household.
    pub row: HouseholdRow,
    /// Its members, the head first; those who moved away or died too.
    pub members: Vec<ResidentRow>,
}

impl View {
    /// One household with its members, at most 5,000 of them.
    pub fn household(&self, uid: &str) -> Result<Household> {
        let row = households::get(self.conn(), uid)?.ok_or_else(no_such_household)?;
        Ok(Household { row, members: self.members(uid)? })
    }

    /// Households of a group whose number or head begins with `typed`, by number; those that everybody has left too.
    pub fn households(&self, group: &str, typed: &str, limit: u32) -> Result<Vec<HouseholdRow>> {
        households::of_group(self.conn(), group, typed, limit)
    }
}

fn no_such_household() -> LedgerError {
    LedgerError::refused("error-no-such-household")
}

fn key(tx: &Tx<'_>, uid: &str) -> Result<i64> {
    households::key(tx.conn(), uid)?.ok_or_else(no_such_household)
}

/// The key of a home, made where it is new.
pub(in crate::ledger) fn at(tx: &mut Tx<'_>, home: &Home) -> Result<i64> {
    match home {
        Home::Household(uid) => key(tx, uid),
        Home::Numbered { group, number } => {
            let group = village::group(tx, group)?;
            households::household(tx, group, number)
        }
        Home::New(edit) => {
            let group = village::group(tx, &edit.group)?;
            number_is_free(tx, group, &edit.number, None)?;
            households::insert(tx, group, &edit.number, &edit.address, Sorted::Yes)
        }
    }
}

fn number_is_free(tx: &Tx<'_>, group: i64, number: &str, but: Option<i64>) -> Result<()> {
    if number.is_empty() {
        return Ok(());
    }
    match households::with_number(tx.conn(), group, number)? {
        Some(other) if Some(other) != but => Err(LedgerError::refused("error-household-number-known")),
        _ => Ok(()),
    }
}

/// Moves people; a household that nobody is left in goes with the same step.
pub(in crate::ledger) fn relocate(tx: &mut Tx<'_>, people: &[Moved], home: &Home) -> Result<()> {
    if people.is_empty() {
        return Err(LedgerError::refused("error-nobody-chosen"));
    }
    let household = at(tx, home)?;
    let mut left = Vec::new();
    for moved in people {
        let resident = brief(tx, &moved.resident)?;
        if let Some(before) = residents::move_to(tx, resident.id, household)? {
            residents::set_relation(tx, resident.id, moved.relation)?;
            left.push(before);
        }
    }
    left.sort_unstable();
    left.dedup();
    for before in left {
        households::remove_if_empty(tx, before)?;
    }
    tx.note.about = if let [one] = people { one.resident.clone() } else { households::uid(tx.conn(), household)? };
    Ok(())
}

/// Everybody of one household moves into another; their relations to its head are asked later, where it has one.
pub(in crate::ledger) fn join(tx: &mut Tx<'_>, from: &str, into: &str) -> Result<()> {
    let (from, to) = (key(tx, from)?, key(tx, into)?);
    if from == to {
        return Err(LedgerError::refused("error-same-household"));
    }
    households::move_all(tx, from, to)?;
    households::keep_address(tx, from, to)?;
    households::remove_if_empty(tx, from)
}

/// Corrects a household; a group's 未分户 has neither number nor address.
pub(in crate::ledger) fn edit(tx: &mut Tx<'_>, uid: &str, edit: &HouseholdEdit) -> Result<()> {
    let household = key(tx, uid)?;
    if households::get(tx.conn(), uid)?.is_some_and(|row| row.sorted == Sorted::No) {
        return Err(LedgerError::refused("error-unsorted-household"));
    }
    let group = village::group(tx, &edit.group)?;
    number_is_free(tx, group, &edit.number, Some(household))?;
    households::update(tx, household, group, edit)
}

/// Says how members are related to the head.
pub(in crate::ledger) fn set_relations(
    tx: &mut Tx<'_>,
    uid: &str,
    relations: &[(String, Option<Relation>)],
) -> Result<()> {
    let household = key(tx, uid)?;
    for (resident, relation) in relations {
        let resident = brief(tx, resident)?;
        if resident.household != household {
            return Err(LedgerError::refused("error-not-in-household"));
        }
        residents::set_relation(tx, resident.id, *relation)?;
    }
    Ok(())
}

/// Gives a group another name, which no other group may have.
pub(in crate::ledger) fn rename_group(tx: &mut Tx<'_>, group: &str, name: &str) -> Result<()> {
    if name.is_empty() || group.is_empty() {
        return Err(LedgerError::refused("error-group-name"));
    }
    if !village::rename(tx, group, name)? {
        return Err(LedgerError::refused("error-group-known"));
    }
    Ok(())
}
