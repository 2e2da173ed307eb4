//! Households.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::ledger::command::HouseholdEdit;
use crate::ledger::error::Result;
use crate::ledger::households::{HouseholdRow, Sorted};
use crate::ledger::store::sql_types::{partial_date, read_known};
use crate::ledger::store::transact::Tx;

/// The household with this number in the group, made if new; an empty number means the group's 未分户.
pub(in crate::ledger) fn household(tx: &mut Tx<'_>, group: i64, number: &str) -> Result<i64> {
    let sorted = !number.is_empty();
    // The index is named: the planner would rather walk all households of a group in the order of their keys.
    let mut rows = tx.conn().prepare_cached(
        "SELECT min(id) FROM household INDEXED BY household_by_number \
         WHERE group_id = ?1 AND number = ?2 AND sorted = ?3",
    )?;
    let found: Option<i64> = rows.query_row(params![group, number, sorted], |row| row.get(0))?;
    drop(rows);
    match found {
        Some(id) => Ok(id),
        None => insert(tx, group, number, "", sorted_word(sorted)),
    }
}

fn sorted_word(sorted: bool) -> Sorted {
    if sorted { Sorted::Yes } else { Sorted::No }
}

/// A new household.
pub(in crate::ledger) fn insert(
    tx: &mut Tx<'_>,
    group: i64,
    number: &str,
    address: &str,
    sorted: Sorted,
) -> Result<i64> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO household (uid, group_id, number, address, sorted) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![uid, group, number, address, sorted == Sorted::Yes])?;
    Ok(tx.conn().last_insert_rowid())
}

/// The key of the household with this uid.
pub(in crate::ledger) fn key(conn: &Connection, uid: &str) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached("SELECT id FROM household WHERE uid = ?1")?;
    Ok(rows.query_row([uid], |row| row.get(0)).optional()?)
}

/// The uid of the household with this key.
pub(in crate::ledger) fn uid(conn: &Connection, household: i64) -> Result<String> {
    let mut rows = conn.prepare_cached("SELECT uid FROM household WHERE id = ?1")?;
    Ok(rows.query_row([household], |row| row.get(0))?)
}

/// The household of the group with this number.
pub(in crate::ledger) fn with_number(conn: &Connection, group: i64, number: &str) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached(
        "SELECT min(id) FROM household INDEXED BY household_by_number \
         WHERE group_id = ?1 AND number = ?2 AND sorted = 1",
    )?;
    Ok(rows.query_row(params![group, number], |row| row.get(0))?)
}

/// Writes number, address and group, where they differ.
pub(in crate::ledger) fn update(tx: &Tx<'_>, household: i64, group: i64, edit: &HouseholdEdit) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "UPDATE household SET group_id = ?1, number = ?2, address = ?3 \
             WHERE id = ?4 AND (group_id <> ?1 OR number <> ?2 OR address <> ?3)",
        )?
        .execute(params![group, edit.number, edit.address, household])?;
    Ok(())
}

/// Moves everybody of one household into another, whose head theirs is not: only those already there keep a relation.
pub(in crate::ledger) fn move_all(tx: &Tx<'_>, from: i64, to: i64) -> Result<()> {
    tx.conn()
        .prepare_cached("UPDATE resident SET household_id = ?2, relation = 0 WHERE household_id = ?1")?
        .execute(params![from, to])?;
    Ok(())
}

/// Gives a household without an address that of another.
pub(in crate::ledger) fn keep_address(tx: &Tx<'_>, from: i64, to: i64) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "UPDATE household SET address = (SELECT address FROM household WHERE id = ?1) \
             WHERE id = ?2 AND sorted = 1 AND address = '' \
             AND (SELECT address FROM household WHERE id = ?1) <> ''",
        )?
        .execute(params![from, to])?;
    Ok(())
}

/// Removes a household that no record is in any more, nor would be again once two records are taken apart; a group's
/// 未分户 stays.
pub(in crate::ledger) fn remove_if_empty(tx: &Tx<'_>, household: i64) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "DELETE FROM household WHERE id = ?1 AND sorted = 1 \
             AND NOT EXISTS (SELECT 1 FROM resident WHERE household_id = ?1) \
             AND NOT EXISTS (SELECT 1 FROM same_person_before b \
                             WHERE b.field = 'household' AND b.before = json_quote(household.uid))",
        )?
        .execute([household])?;
    Ok(())
}

/// One household.
pub(in crate::ledger) fn get(conn: &Connection, uid: &str) -> Result<Option<HouseholdRow>> {
    let mut rows = conn.prepare_cached(concat!(include_str!("sql/households.sql"), " WHERE h.uid = ?1"))?;
    Ok(rows.query_row([uid], household_row).optional()?)
}

/// Households of a group whose number or head begins so; those that everybody has left too, for their number is taken.
pub(in crate::ledger) fn of_group(
    conn: &Connection,
    group: &str,
    typed: &str,
    limit: u32,
) -> Result<Vec<HouseholdRow>> {
    let mut rows = conn.prepare_cached(concat!(
        include_str!("sql/households.sql"),
        " WHERE g.name = ?1 AND (people > 0 OR h.sorted = 1) AND (substr(h.number, 1, length(?2)) = ?2 OR substr(head, 1, length(?2)) = ?2)",
        " ORDER BY h.sorted DESC, h.number = '', length(h.number), h.number, h.id LIMIT ?3"
    ))?;
    let rows = rows.query_map(params![group, typed, limit], household_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn household_row(row: &Row<'_>) -> rusqlite::Result<HouseholdRow> {
    let sorted = if row.get("sorted")? { Sorted::Yes } else { Sorted::No };
    Ok(HouseholdRow {
        uid: row.get("uid")?,
        group: row.get("group_name")?,
        number: row.get("number")?,
        address: row.get("address")?,
        head: row.get("head")?,
        people: row.get("people")?,
        sorted,
    })
}

/// Every household's address, by uid.
pub(in crate::ledger) fn addresses(conn: &Connection) -> Result<HashMap<String, String>> {
    let mut rows = conn.prepare_cached("SELECT uid, address FROM household WHERE address <> ''")?;
    let rows = rows.query_map([], |row| Ok((row.get("uid")?, row.get("address")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who is written down as the head of a household.
pub(in crate::ledger) struct HeadRow {
    /// The household's uid.
    pub household_uid: String,
    /// The resident's key.
    pub resident: i64,
    /// The name.
    pub name: String,
    /// Phone as given.
    pub phone: String,
    /// Birth, as far as it is known.
    pub born: Option<PartialDate>,
}

/// The heads who are here, those of 未分户 left out: they head nobody else there.
pub(in crate::ledger) fn heads(conn: &Connection) -> Result<Vec<HeadRow>> {
    let mut rows = conn.prepare_cached(
        "SELECT h.uid AS household_uid, r.id, r.name, r.phone, r.born FROM resident r \
         JOIN household h ON h.id = r.household_id WHERE r.relation = ?1 AND r.standing = 'present' AND h.sorted = 1 \
         AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id) ORDER BY r.id",
    )?;
    let rows = rows.query_map([Relation::HEAD.code()], |row| {
        Ok(HeadRow {
            household_uid: row.get("household_uid")?,
            resident: row.get("id")?,
            name: row.get("name")?,
            phone: row.get("phone")?,
            born: read_known(row, "born", partial_date)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
