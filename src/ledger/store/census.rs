//! Who lives where, counted: one pass over two indexes instead of a look at every person.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::census::{Home, RollHome};
use crate::ledger::error::Result;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::residents::{Sources, resident_row};

/// What changes have touched of who lives where.
pub(in crate::ledger) enum Touched {
    /// Nothing of it.
    Nothing,
    /// These households, or only the names of groups.
    Homes(HashSet<i64>),
    /// So much that all are counted anew faster.
    Much,
}

/// The households whose count changes after this one may have altered; at most so many are followed.
pub(in crate::ledger) fn touched_since(conn: &Connection, change: i64, most: usize) -> Result<Touched> {
    let mut rows = conn.prepare_cached(include_str!("sql/homes_touched.sql"))?;
    let mut rows = rows.query(params![change, most as i64 + 1])?;
    let (mut homes, mut seen) = (HashSet::new(), 0);
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen > most {
            return Ok(Touched::Much);
        }
        homes.extend(row.get::<_, Option<i64>>(0)?);
        homes.extend(row.get::<_, Option<i64>>(1)?);
    }
    Ok(if seen == 0 { Touched::Nothing } else { Touched::Homes(homes) })
}

/// One household with somebody listed in it, counted.
pub(in crate::ledger) fn home(conn: &Connection, id: i64) -> Result<Option<Home>> {
    let mut rows = conn.prepare_cached(&format!(
        "SELECT h.id, h.group_id, h.number, h.sorted, count(*) AS listed, count(*) FILTER (WHERE r.standing = 'present') \
         AS present FROM household h JOIN resident r ON r.household_id = h.id WHERE h.id = ?1 AND {LISTED} GROUP BY h.id"
    ))?;
    let home = rows.query_row([id], |row| {
        Ok(Home {
            id: row.get("id")?,
            group: row.get("group_id")?,
            number: row.get_ref("number")?.as_str()?.parse().unwrap_or(u64::MAX),
            is_sorted: row.get("sorted")?,
            present: row.get("present")?,
            listed: row.get("listed")?,
        })
    });
    Ok(home.optional()?)
}

/// The households with somebody listed in them, in no order.
pub(in crate::ledger) fn homes(conn: &Connection) -> Result<Vec<Home>> {
    let mut people: HashMap<i64, (u32, u32)> = HashMap::new();
    let mut rows = conn.prepare_cached(
        "SELECT household_id, standing = 'present', count(*) FROM resident GROUP BY household_id, standing",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (household, count): (i64, u32) = (row.get(0)?, row.get(2)?);
        let counted = people.entry(household).or_default();
        counted.0 += if row.get(1)? { count } else { 0 };
        counted.1 += count;
    }
    let mut behind = conn.prepare_cached(
        "SELECT r.household_id, r.standing = 'present' FROM same_person b JOIN resident r ON r.id = b.behind_id",
    )?;
    let mut behind = behind.query([])?;
    while let Some(row) = behind.next()? {
        if let Some(counted) = people.get_mut(&row.get(0)?) {
            counted.0 -= u32::from(row.get::<_, bool>(1)?);
            counted.1 -= 1;
        }
    }
    let mut homes = Vec::with_capacity(people.len());
    let mut rows = conn.prepare_cached("SELECT id, group_id, number, sorted FROM household")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let Some((present, listed)) = people.get(&id).copied().filter(|(_, listed)| *listed > 0) else { continue };
        let number = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?.parse().unwrap_or(u64::MAX);
        homes.push(Home { id, group: row.get(1)?, number, is_sorted: row.get(3)?, present, listed });
    }
    Ok(homes)
}

/// Key and name of every group.
pub(in crate::ledger) fn groups(conn: &Connection) -> Result<Vec<(i64, String)>> {
    let mut rows = conn.prepare_cached("SELECT id, name FROM village_group")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const LISTED: &str = "NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)";

/// A household as it stands on the roll.
pub(in crate::ledger) fn head(conn: &Connection, home: i64, people: usize) -> Result<Option<RollHome>> {
    let mut rows = conn.prepare_cached(
        "SELECT g.name AS group_name, h.number, h.address, h.uid FROM household h \
         JOIN village_group g ON g.id = h.group_id WHERE h.id = ?1",
    )?;
    let head = rows.query_row([home], |row| {
        let (group, number) = (row.get("group_name")?, row.get("number")?);
        Ok(RollHome { group, number, address: row.get("address")?, uid: row.get("uid")?, people })
    });
    Ok(head.optional()?)
}

/// Some of the members of a household: so many, from so far on.
pub(in crate::ledger) fn members(
    conn: &Connection,
    home: i64,
    (limit, offset): (usize, usize),
    sources: &Sources,
) -> Result<Vec<ResidentRow>> {
    let sql = format!(
        "{} WHERE r.household_id = ?1 AND {LISTED} ORDER BY r.relation = 0, r.relation, r.id LIMIT ?2 OFFSET ?3",
        include_str!("sql/residents.sql")
    );
    let mut rows = conn.prepare_cached(&sql)?;
    let rows = rows.query_map(params![home, limit as i64, offset as i64], |row| resident_row(row, sources))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// In which household somebody is, and how many members stand before.
pub(in crate::ledger) fn place(conn: &Connection, uid: &str) -> Result<Option<(i64, usize)>> {
    let sql = format!(
        "SELECT p.household_id, (SELECT count(*) FROM resident r WHERE r.household_id = p.household_id AND {LISTED} \
         AND (r.relation = 0, r.relation, r.id) < (p.relation = 0, p.relation, p.id)) FROM resident p WHERE p.uid = ?1"
    );
    let mut rows = conn.prepare_cached(&sql)?;
    let found = rows.query_row([uid], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?))).optional()?;
    Ok(found.map(|(home, before)| (home, usize::try_from(before).unwrap_or(0))))
}
