//! Residents: how they are read, entered, corrected and removed.

use chrono::NaiveDate;

use crate::domain::id_card::IdNumber;
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{FactKind, Facts, Residency, Sex, Standing};
use crate::ledger::command::{Home, NewResident, ResidentEdit};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::households;
use crate::ledger::store::{Tx, residents, same_person, village};

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

pub(in crate::ledger) fn add(tx: &mut Tx<'_>, new: &NewResident, home: &Home) -> Result<()> {
    if let Some(id) = &new.id_number {
        not_known(tx, id, None)?;
    }
    if let Some(born) = new.born {
        born_not_ahead(tx, born)?;
    }
    let source = village::source(tx, &new.source)?;
    let household = households::at(tx, home)?;
    let (_, uid) = residents::insert(tx, household, &with_id_facts(new), source)?;
    tx.note.about = uid;
    Ok(())
}

/// Corrects what is known; what an id number decides is not contradicted.
pub(in crate::ledger) fn edit(tx: &mut Tx<'_>, uid: &str, edit: &ResidentEdit, source: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    let id_decides = match &edit.id_number {
        Some(id) => id.is_some(),
        None => !resident.id_number.is_empty(),
    };
    if id_decides && (edit.born.is_some() || edit.sex.is_some()) {
        return Err(LedgerError::refused("error-born-from-id"));
    }
    if let Some(Some(id)) = &edit.id_number {
        not_known(tx, id, Some(uid))?;
    }
    if let Some(Some(born)) = edit.born {
        born_not_ahead(tx, born)?;
    }
    if let Some((_, on)) = edit.residency {
        not_ahead(tx, on)?;
    }
    residents::edit(tx, resident.id, edit)?;
    let sourced = edit.id_number.is_some() || edit.born.is_some() || edit.sex.is_some();
    if sourced || edit.residency.is_some() {
        let source = village::source(tx, source)?;
        if sourced {
            residents::set_source(tx, resident.id, source)?;
        }
        if let Some((residency, on)) = edit.residency {
            note_residency(tx, resident.id, residency, on, source)?;
        }
    }
    Ok(())
}

/// An id number belongs to one record.
fn not_known(tx: &Tx<'_>, id: &IdNumber, but: Option<&str>) -> Result<()> {
    match residents::uid_by_id_number(tx.conn(), id.as_str())? {
        Some((_, uid)) if Some(uid.as_str()) != but => Err(LedgerError::refused("error-id-known")),
        _ => Ok(()),
    }
}

/// Nothing is said to somebody, or done for them, before they are born; of what is known in part, the earliest day.
///
/// # Errors
/// `error-before-birth`
pub(in crate::ledger) fn not_before_birth(tx: &Tx<'_>, uid: &str, on: NaiveDate) -> Result<()> {
    let row = residents::get(tx.conn(), uid, &village::sources(tx.conn())?)?;
    match row.and_then(|row| row.born()).filter(|born| on < born.earliest()) {
        Some(born) => {
            let message = Message::new("error-before-birth").date("on", on).text("born", born.to_string());
            Err(LedgerError::new(ErrorKind::Refused, message))
        }
        None => Ok(()),
    }
}

fn born_not_ahead(tx: &Tx<'_>, born: PartialDate) -> Result<()> {
    if born.earliest() > tx.today { Err(LedgerError::refused("error-born-ahead")) } else { Ok(()) }
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
    note_residency(tx, resident.id, residency, on, source)
}

/// `on` is since when, not when it was heard: whom a list of today called here may well be away since February.
fn note_residency(tx: &mut Tx<'_>, resident: i64, residency: Residency, on: NaiveDate, source: i64) -> Result<()> {
    residents::put_fact(tx, resident, FactKind::Residency, residency.as_str(), on, source)
}

pub(in crate::ledger) fn set_born(tx: &mut Tx<'_>, uid: &str, born: PartialDate, source: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    born_not_ahead(tx, born)?;
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
    if same_person::is_linked(tx.conn(), resident.id)? {
        return Err(LedgerError::refused("error-linked"));
    }
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
        self.facts.residency().map(|residency| residency.value)
    }
}
