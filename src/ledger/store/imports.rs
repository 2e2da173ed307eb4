//! What an import asks of residents and changes in them.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::id_card::IdNumber;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Residency, Sex, Standing};
use crate::ledger::error::Result;
use crate::ledger::exchange::matching::{Known, KnownResident, Sorted};
use crate::ledger::store::sql_types::{read, read_known};
use crate::ledger::store::transact::Tx;

/// Those whom the ledger knows.
pub(in crate::ledger) struct KnownIn<'a>(pub(in crate::ledger) &'a Connection);

impl Known for KnownIn<'_> {
    fn by_id(&self, id: &IdNumber) -> Result<Option<KnownResident>> {
        let mut rows = self
            .0
            .prepare_cached(concat!(include_str!("sql/known.sql"), " WHERE r.id_number = ?1 AND r.id_number <> ''"))?;
        Ok(rows.query_row([id.as_str()], known).optional()?)
    }

    fn by_name(&self, name: &str) -> Result<Vec<KnownResident>> {
        let mut rows = self
            .0
            .prepare_cached(concat!(include_str!("sql/known.sql"), " WHERE r.name = ?1 ORDER BY r.id LIMIT 100"))?;
        let rows = rows.query_map([name], known)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
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

/// Whether nobody is known at all, so that nobody need be looked for.
pub(in crate::ledger) fn is_empty(conn: &Connection) -> Result<bool> {
    Ok(conn.query_row("SELECT NOT EXISTS (SELECT 1 FROM resident)", [], |row| row.get(0))?)
}

/// Changes the phone.
pub(in crate::ledger) fn set_phone(tx: &Tx<'_>, resident: i64, phone: &str) -> Result<()> {
    let mut update = tx.conn().prepare_cached("UPDATE resident SET phone = ?1 WHERE id = ?2 AND phone <> ?1")?;
    update.execute(params![phone, resident])?;
    Ok(())
}

/// Changes the relation to the head.
pub(in crate::ledger) fn set_relation(tx: &Tx<'_>, resident: i64, relation: Relation) -> Result<()> {
    let mut update = tx.conn().prepare_cached("UPDATE resident SET relation = ?1 WHERE id = ?2 AND relation <> ?1")?;
    update.execute(params![relation.code(), resident])?;
    Ok(())
}

/// Changes the sex.
pub(in crate::ledger) fn set_sex(tx: &Tx<'_>, resident: i64, sex: Sex, source: i64) -> Result<()> {
    let mut update =
        tx.conn().prepare_cached("UPDATE resident SET sex = ?1, source_id = ?2 WHERE id = ?3 AND sex <> ?1")?;
    update.execute(params![sex.as_str(), source, resident])?;
    Ok(())
}

/// Gives the id number, with the birth and sex that it decides.
pub(in crate::ledger) fn set_id_number(tx: &Tx<'_>, resident: i64, id: &IdNumber, source: i64) -> Result<()> {
    let born = id.born().map(|day| PartialDate::Day(day).to_string());
    tx.conn()
        .prepare_cached(
            "UPDATE resident SET id_number = ?1, born = coalesce(?2, born), sex = coalesce(?3, sex), source_id = ?4 \
             WHERE id = ?5",
        )?
        .execute(params![id.as_str(), born, id.sex().map(Sex::as_str), source, resident])?;
    Ok(())
}

/// Moves a resident to a household.
pub(in crate::ledger) fn move_to(tx: &Tx<'_>, resident: i64, household: i64) -> Result<()> {
    let mut update =
        tx.conn().prepare_cached("UPDATE resident SET household_id = ?1 WHERE id = ?2 AND household_id <> ?1")?;
    update.execute(params![household, resident])?;
    Ok(())
}

/// Changes the address of a household, never of a group's 未分户.
pub(in crate::ledger) fn set_address(tx: &Tx<'_>, household: i64, address: &str) -> Result<()> {
    let mut update =
        tx.conn().prepare_cached("UPDATE household SET address = ?1 WHERE id = ?2 AND sorted = 1 AND address <> ?1")?;
    update.execute(params![address, household])?;
    Ok(())
}

/// Whether a household has an address.
pub(in crate::ledger) fn has_address(tx: &Tx<'_>, household: i64) -> Result<bool> {
    let mut rows = tx.conn().prepare_cached("SELECT address <> '' FROM household WHERE id = ?1")?;
    Ok(rows.query_row([household], |row| row.get(0))?)
}
