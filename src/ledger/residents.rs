//! Residents: how they are read, entered, corrected and removed.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{FactKind, Facts, Residency, Sex, Standing};
use crate::ledger::command::NewResident;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::store::{Tx, households, residents, village};

/// A resident with what is known.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentRow {
    /// Identity outside the file.
    pub uid: String,
    /// Normal form of the name.
    pub name: String,
    /// The name as written, where that differs.
    pub name_written: String,
    /// Id number, or empty.
    pub id_number: String,
    /// Phone as given.
    pub phone: String,
    /// GB/T 4761-2008 code of the relation to the head; 0 unknown.
    pub relation: u8,
    /// Bare name of the group.
    pub group: String,
    /// The household's number; empty for 未分户.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
    /// The household's address.
    pub address: String,
    /// The day this ledger first knew the person.
    pub known_on: NaiveDate,
    /// Birth, sex, standing and residency with their sources.
    pub facts: Facts,
}

/// Without any value: rows may end up in a log.
impl std::fmt::Debug for ResidentRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResidentRow({})", self.uid)
    }
}

/// Which residents to read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResidentFilter {
    /// Name, pinyin, initials, id tail, phone; empty for all.
    pub search: String,
    /// Only this group (bare name).
    pub group: Option<String>,
    /// At most this many.
    pub limit: u32,
}

pub(in crate::ledger) fn brief(tx: &Tx<'_>, uid: &str) -> Result<residents::Brief> {
    residents::brief(tx.conn(), uid)?.ok_or_else(|| LedgerError::refused("error-no-such-resident"))
}

/// A date that lies ahead cannot be the day something happened.
pub(in crate::ledger) fn not_ahead(tx: &Tx<'_>, on: NaiveDate) -> Result<()> {
    if on <= tx.today {
        return Ok(());
    }
    Err(LedgerError::new(ErrorKind::Refused, Message::new("error-date-ahead").date("on", on)))
}

pub(in crate::ledger) fn add(tx: &mut Tx<'_>, new: &NewResident) -> Result<()> {
    check(tx, new)?;
    let source = village::source(tx, &new.source)?;
    let group = village::group(tx, &new.group)?;
    let household = households::household(tx, group, &new.household)?;
    let (_, uid) = residents::insert(tx, household, &with_id_facts(new), source)?;
    tx.note.about = uid;
    Ok(())
}

/// The id number decides birth and sex.
fn with_id_facts(new: &NewResident) -> NewResident {
    let mut new = new.clone();
    if let Some(id) = &new.id_number {
        new.born = id.born().map(PartialDate::Day).or(new.born);
        new.sex = id.sex().or(new.sex);
    }
    new
}

fn check(tx: &Tx<'_>, new: &NewResident) -> Result<()> {
    if let Some(id) = &new.id_number
        && residents::uid_by_id_number(tx.conn(), id.as_str())?.is_some()
    {
        return Err(LedgerError::refused("error-id-known"));
    }
    match new.born {
        Some(born) if born.earliest() > tx.today => Err(LedgerError::refused("error-born-ahead")),
        _ => Ok(()),
    }
}

pub(in crate::ledger) fn set_residency(
    tx: &mut Tx<'_>,
    uid: &str,
    residency: Residency,
    source: &str,
    on: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    let source = village::source(tx, source)?;
    residents::put_fact(tx, resident.id, FactKind::Residency, residency.as_str(), on, source)
}

pub(in crate::ledger) fn set_born(tx: &mut Tx<'_>, uid: &str, born: PartialDate, source: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    if born.earliest() > tx.today {
        return Err(LedgerError::refused("error-born-ahead"));
    }
    if !resident.id_number.is_empty() {
        return Err(LedgerError::refused("error-born-from-id"));
    }
    let source = village::source(tx, source)?;
    residents::set_born(tx, resident.id, born, source)
}

pub(in crate::ledger) fn set_standing(tx: &mut Tx<'_>, uid: &str, standing: Standing, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let resident = brief(tx, uid)?;
    residents::set_standing(tx, resident.id, standing, on)
}

pub(in crate::ledger) fn remove(tx: &mut Tx<'_>, uid: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    residents::delete(tx, resident.id)
}

/// The sex shown for a row, where known.
impl ResidentRow {
    /// Sex, where known.
    pub fn sex(&self) -> Option<Sex> {
        self.facts.sex.map(|sex| sex.value)
    }

    /// Birth, where known.
    pub fn born(&self) -> Option<PartialDate> {
        self.facts.born.map(|born| born.value)
    }

    /// Whether the person lives here, where known.
    pub fn residency(&self) -> Option<Residency> {
        self.facts.residency.map(|residency| residency.value)
    }
}
