//! What an import asks of residents and changes in them.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::id_card::IdNumber;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{FactKind, Residency, Sex, Standing};
use crate::ledger::error::Result;
use crate::ledger::exchange::matching::{Known, KnownResident};
use crate::ledger::households::Sorted;
use crate::ledger::store::sql_types::{read, read_known};
use crate::ledger::store::transact::Tx;
use crate::ledger::store::{residents, same_person};

/// Those whom the ledger knows.
pub(in crate::ledger) struct KnownIn<'a>(pub(in crate::ledger) &'a Connection);

impl Known for KnownIn<'_> {
    fn by_id(&self, id: &IdNumber) -> Result<Option<KnownResident>> {
        let mut rows = self
            .0
            .prepare_cached(concat!(include_str!("sql/known.sql"), " WHERE r.id_number = ?1 AND r.id_number <> ''"))?;
        let found = rows.query_row([id.as_str()], known).optional()?;
        found.map(|found| self.listed(found)).transpose()
    }

    fn by_name(&self, name: &str) -> Result<Vec<KnownResident>> {
        let mut rows = self
            .0
            .prepare_cached(concat!(include_str!("sql/known.sql"), " WHERE r.name = ?1 ORDER BY r.id LIMIT 100"))?;
        let found = rows.query_map([name], known)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut people: Vec<KnownResident> = Vec::with_capacity(found.len());
        for person in found {
            let person = self.listed(person)?;
            if !people.iter().any(|known| known.key == person.key) {
                people.push(person);
            }
        }
        Ok(people)
    }
}

impl KnownIn<'_> {
    /// Who is known under a record that stands behind another is the listed one, with the name and number by which they
    /// were found: both are theirs, and neither contradicts a roster.
    fn listed(&self, found: KnownResident) -> Result<KnownResident> {
        if !same_person::is_behind(self.0, found.key)? {
            return Ok(found);
        }
        let listed = same_person::listed_of_behind(self.0)?.get(&found.key).copied().unwrap_or(found.key);
        let mut rows = self.0.prepare_cached(concat!(include_str!("sql/known.sql"), " WHERE r.id = ?1"))?;
        let listed = rows.query_row([listed], known)?;
        Ok(KnownResident { name: found.name, id: found.id.or(listed.id), ..listed })
    }
}

fn known(row: &Row<'_>) -> rusqlite::Result<KnownResident> {
    let residency = match row.get_ref("residency")?.as_str_or_null().map_err(rusqlite::Error::from)? {
        None => None,
        Some(_) => Some(read(row, "residency", Residency::from_word)?),
    };
    Ok(KnownResident {
        key: row.get("id")?,
        uid: row.get("uid")?,
        name: row.get("name")?,
        id: read_known(row, "id_number", IdNumber::from_stored)?,
        sex: read_known(row, "sex", Sex::from_word)?,
        born: read_known(row, "born", PartialDate::parse)?,
        group: row.get("group_name")?,
        household_key: row.get("household_id")?,
        household: row.get("household_number")?,
        sorted: if row.get("sorted")? { Sorted::Yes } else { Sorted::No },
        address: row.get("address")?,
        relation: row.get("relation")?,
        phone: row.get("phone")?,
        residency,
        standing: read(row, "standing", Standing::from_word)?,
    })
}

/// Everybody who is listed here, but for those whose registration is known to be elsewhere.
pub(in crate::ledger) fn everybody(conn: &Connection) -> Result<Vec<KnownResident>> {
    let mut rows = conn.prepare_cached(concat!(
        include_str!("sql/known.sql"),
        " WHERE r.standing = 'present' AND NOT EXISTS (SELECT 1 FROM same_person s WHERE s.behind_id = r.id) \
         AND NOT EXISTS (SELECT 1 FROM fact e WHERE e.resident_id = r.id AND e.kind = 'registered' \
         AND e.value = 'elsewhere') ORDER BY g.name, h.number, r.id"
    ))?;
    Ok(rows.query_map([], known)?.collect::<rusqlite::Result<_>>()?)
}

/// Whether nobody is known at all, so that nobody need be looked for.
pub(in crate::ledger) fn is_empty(conn: &Connection) -> Result<bool> {
    Ok(conn.query_row("SELECT NOT EXISTS (SELECT 1 FROM resident)", [], |row| row.get(0))?)
}

/// What a value from a roster may take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Over {
    /// Only a gap: whatever was meanwhile written stays.
    Nothing,
    /// What is known too: the user ticked it.
    Known,
}

impl Over {
    fn known(self) -> bool {
        self == Self::Known
    }
}

/// Changes the phone; whether anything changed.
pub(in crate::ledger) fn set_phone(tx: &Tx<'_>, resident: i64, phone: &str, over: Over) -> Result<bool> {
    let mut update = tx
        .conn()
        .prepare_cached("UPDATE resident SET phone = ?1 WHERE id = ?2 AND phone <> ?1 AND (?3 OR phone = '')")?;
    Ok(update.execute(params![phone, resident, over.known()])? > 0)
}

/// Changes the relation to the head; whether anything changed.
pub(in crate::ledger) fn set_relation(tx: &Tx<'_>, resident: i64, relation: Relation, over: Over) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE resident SET relation = ?1 WHERE id = ?2 AND relation <> ?1 AND (?3 OR relation = 0)",
    )?;
    Ok(update.execute(params![relation.code(), resident, over.known()])? > 0)
}

/// Changes the sex; whether anything changed.
pub(in crate::ledger) fn set_sex(tx: &Tx<'_>, resident: i64, sex: Sex, source: i64, over: Over) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE resident SET sex = ?1, source_id = ?2 WHERE id = ?3 AND sex <> ?1 AND (?4 OR sex = '')",
    )?;
    Ok(update.execute(params![sex.as_str(), source, resident, over.known()])? > 0)
}

/// Changes the birth date; whether anything changed.
pub(in crate::ledger) fn set_born(
    tx: &Tx<'_>,
    resident: i64,
    born: PartialDate,
    source: i64,
    over: Over,
) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE resident SET born = ?1, source_id = ?2 WHERE id = ?3 AND born <> ?1 AND (?4 OR born = '')",
    )?;
    Ok(update.execute(params![born.to_string(), source, resident, over.known()])? > 0)
}

/// Gives the id number, with the birth and sex that it decides; whether anything changed.
pub(in crate::ledger) fn set_id_number(
    tx: &Tx<'_>,
    resident: i64,
    id: &IdNumber,
    source: i64,
    over: Over,
) -> Result<bool> {
    let born = id.born().map(|day| PartialDate::Day(day).to_string());
    let changed = tx
        .conn()
        .prepare_cached(
            "UPDATE resident SET id_number = ?1, born = coalesce(?2, born), sex = coalesce(?3, sex), source_id = ?4 \
             WHERE id = ?5 AND id_number <> ?1 AND (?6 OR id_number = '')",
        )?
        .execute(params![id.as_str(), born, id.sex().map(Sex::as_str), source, resident, over.known()])?;
    Ok(changed > 0)
}

/// Says whether a resident lives here, as of today; whether anything changed.
pub(in crate::ledger) fn set_residency(
    tx: &mut Tx<'_>,
    resident: i64,
    residency: Residency,
    source: i64,
    over: Over,
) -> Result<bool> {
    let known: bool = tx
        .conn()
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM fact WHERE resident_id = ?1 AND kind = ?2)")?
        .query_row(params![resident, FactKind::Residency.as_str()], |row| row.get(0))?;
    if known && over == Over::Nothing {
        return Ok(false);
    }
    let today = tx.today;
    residents::put_fact(tx, resident, FactKind::Residency, residency.as_str(), today, source)?;
    Ok(true)
}

/// Moves a resident to a household; whether they lived in another.
pub(in crate::ledger) fn move_to(tx: &Tx<'_>, resident: i64, household: i64) -> Result<bool> {
    let mut update =
        tx.conn().prepare_cached("UPDATE resident SET household_id = ?1 WHERE id = ?2 AND household_id <> ?1")?;
    Ok(update.execute(params![household, resident])? > 0)
}

/// Changes the address of a household, never of a group's 未分户; whether anything changed.
pub(in crate::ledger) fn set_address(tx: &Tx<'_>, household: i64, address: &str, over: Over) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE household SET address = ?1 WHERE id = ?2 AND sorted = 1 AND address <> ?1 AND (?3 OR address = '')",
    )?;
    Ok(update.execute(params![address, household, over.known()])? > 0)
}

/// Gives a household without a number one, unless another of its group has it; whether anything changed.
pub(in crate::ledger) fn fill_household_number(tx: &Tx<'_>, household: i64, number: &str) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE household SET number = ?1 WHERE id = ?2 AND sorted = 1 AND number = '' AND NOT EXISTS \
         (SELECT 1 FROM household other WHERE other.group_id = household.group_id AND other.number = ?1)",
    )?;
    Ok(update.execute(params![number, household])? > 0)
}
