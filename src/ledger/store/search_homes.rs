//! The people of households and groups that were searched for.

use rusqlite::{Connection, params};

use crate::ledger::error::Result;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::residents::{Sources, resident_row};
use crate::ledger::village::group_order;

/// The names of all groups, numbered ones first. There are few.
pub(in crate::ledger) fn groups(conn: &Connection) -> Result<Vec<String>> {
    let mut rows = conn.prepare_cached("SELECT name FROM village_group WHERE name <> ''")?;
    let mut names = rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    names.sort_by_cached_key(|name| group_order(name));
    Ok(names)
}

/// The listed people of a group, or of its households with a number, however that is written; household by household.
pub(in crate::ledger) fn members(
    conn: &Connection,
    group: &str,
    numbers: &[String],
    limit: u32,
    sources: &Sources,
) -> Result<Vec<ResidentRow>> {
    let mut found = Vec::new();
    for home in homes(conn, group, numbers, limit)? {
        let left = (limit as usize).saturating_sub(found.len());
        if left == 0 {
            break;
        }
        let mut rows = conn.prepare_cached(concat!(
            include_str!("sql/residents.sql"),
            " WHERE r.household_id = ?1 AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
            " ORDER BY r.relation = 0, r.relation, r.id LIMIT ?2"
        ))?;
        let rows = rows.query_map(params![home, left as i64], |row| resident_row(row, sources))?;
        found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// Households of a group: those with a number, or the first ones.
fn homes(conn: &Connection, group: &str, numbers: &[String], limit: u32) -> Result<Vec<i64>> {
    if numbers.is_empty() {
        let mut rows = conn.prepare_cached(
            "SELECT h.id FROM village_group g CROSS JOIN household h INDEXED BY household_by_group ON h.group_id = g.id \
             WHERE g.name = ?1 ORDER BY h.sorted DESC, h.id LIMIT ?2",
        )?;
        let rows = rows.query_map(params![group, limit], |row| row.get(0))?;
        return Ok(rows.collect::<rusqlite::Result<_>>()?);
    }
    let mut homes = Vec::new();
    for number in numbers {
        // The index is named: the planner would rather walk all households of a group.
        let mut rows = conn.prepare_cached(
            "SELECT h.id FROM village_group g CROSS JOIN household h INDEXED BY household_by_number \
             ON h.group_id = g.id AND h.number = ?2 WHERE g.name = ?1 ORDER BY h.id LIMIT ?3",
        )?;
        let rows = rows.query_map(params![group, number, limit], |row| row.get(0))?;
        homes.extend(rows.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    Ok(homes)
}
