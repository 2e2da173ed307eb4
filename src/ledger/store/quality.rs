//! Everybody present with all that is known of them, household by household: three walks, no row is looked up.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::domain::fact::{FactKind, FactValue, Known};
use crate::domain::partial_date::PartialDate;
use crate::domain::quality::Services;
use crate::domain::resident::{Facts, Sex, SourceId, Sourced};
use crate::ledger::error::Result;
use crate::ledger::quality::Member;
use crate::ledger::store::residents::{FactColumns, Sources, facts};
use crate::ledger::store::same_person;
use crate::ledger::store::sql_types::{date, partial_date, read, read_known};

/// Visits everybody present and listed, the members of a household one after the other.
pub(in crate::ledger) fn each(
    conn: &Connection,
    sources: &Sources,
    mut visit: impl FnMut(Member) -> Result<()>,
) -> Result<()> {
    let behind = same_person::listed_of_behind(conn)?;
    let mut known = known_of_all(conn)?;
    let withdrawn = withdrawn(conn, &behind)?;
    let mut statement = conn.prepare_cached(include_str!("sql/checked.sql"))?;
    let columns = FactColumns::of(&statement)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        if behind.contains_key(&id) {
            continue;
        }
        let facts = Facts { known: known.remove(&id).unwrap_or_default(), ..facts(row, &columns, sources)? };
        visit(Member {
            uid: row.get("uid")?,
            name: row.get("name")?,
            id_number: row.get("id_number")?,
            relation: row.get("relation")?,
            phone: row.get("phone")?,
            known_on: read(row, "known_on", date)?,
            facts,
            services: if withdrawn.contains(&id) { Services::Withdrawn } else { Services::Kept },
            household: row.get("household_uid")?,
            number: row.get("household_number")?,
            is_sorted: row.get("sorted")?,
            group: row.get("group_name")?,
        })?;
    }
    Ok(())
}

fn known_of_all(conn: &Connection) -> Result<HashMap<i64, Known>> {
    let mut statement =
        conn.prepare_cached("SELECT resident_id, kind, value, on_date, source_id FROM fact NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let mut known: HashMap<i64, Known> = HashMap::new();
    while let Some(row) = rows.next()? {
        let kind = read(row, 1, FactKind::from_word)?;
        let value = read(row, 2, |word| FactValue::from_word(kind, word))?;
        let fact = Sourced { value, source: SourceId(row.get(4)?), on: read(row, 3, date)? };
        known.entry(row.get(0)?).or_default().set(fact);
    }
    Ok(known)
}

/// Who withdrew the services, under whichever of their records.
fn withdrawn(conn: &Connection, behind: &HashMap<i64, i64>) -> Result<HashSet<i64>> {
    let mut statement =
        conn.prepare_cached("SELECT resident_id FROM consent WHERE state = 'withdrawn' AND purpose = 'services'")?;
    let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
    let mut found = HashSet::new();
    for id in rows {
        let id = id?;
        found.insert(behind.get(&id).copied().unwrap_or(id));
    }
    Ok(found)
}

/// Birth and sex of everybody present and listed.
pub(in crate::ledger) fn ages(
    conn: &Connection,
    mut visit: impl FnMut(Option<PartialDate>, Option<Sex>),
) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT born, sex FROM resident r WHERE standing = 'present' \
         AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(read_known(row, 0, partial_date)?, read_known(row, 1, Sex::from_word)?);
    }
    Ok(())
}
