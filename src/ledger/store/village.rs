//! The village, its groups, contact persons and sources.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::resident::SourceId;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;
use crate::ledger::village::{GroupRow, Source, Village};

/// The one row of the village.
pub(in crate::ledger) fn village(conn: &Connection) -> Result<Village> {
    Ok(conn.prepare_cached("SELECT uid, code, name, kind FROM village")?.query_row([], |row| {
        Ok(Village {
            uid: row.get("uid")?,
            code: row.get("code")?,
            name: row.get("name")?,
            is_demo: row.get::<_, String>("kind")? == "demo",
        })
    })?)
}

/// Writes the village; the first thing in a new ledger.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, code: &str, name: &str, kind: &str) -> Result<()> {
    let uid = tx.uid();
    tx.conn().execute(
        "INSERT INTO village (id, uid, code, name, kind) VALUES (1, ?1, ?2, ?3, ?4)",
        params![uid, code, name, kind],
    )?;
    Ok(())
}

/// The group with this name, made if it is new.
pub(in crate::ledger) fn group(tx: &mut Tx<'_>, name: &str) -> Result<i64> {
    let found = tx
        .conn()
        .prepare_cached("SELECT id FROM village_group WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let uid = tx.uid();
    tx.conn().execute("INSERT INTO village_group (uid, name) VALUES (?1, ?2)", params![uid, name])?;
    Ok(tx.conn().last_insert_rowid())
}

/// A source with this title and day, made if it is new.
pub(in crate::ledger) fn source(tx: &mut Tx<'_>, title: &str) -> Result<i64> {
    let today = tx.today.to_string();
    let found = tx
        .conn()
        .prepare_cached("SELECT id FROM source WHERE title = ?1 AND noted_on = ?2 ORDER BY id LIMIT 1")?
        .query_row(params![title, today], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let uid = tx.uid();
    tx.conn().execute("INSERT INTO source (uid, title, noted_on) VALUES (?1, ?2, ?3)", params![uid, title, today])?;
    Ok(tx.conn().last_insert_rowid())
}

/// All sources by key. There are few: one a roster, one a kind of visit.
pub(in crate::ledger) fn sources(conn: &Connection) -> Result<HashMap<SourceId, Source>> {
    let mut rows = conn.prepare_cached("SELECT id, title, noted_on FROM source")?;
    let rows = rows.query_map([], |row| {
        Ok((SourceId(row.get("id")?), Source { title: row.get("title")?, noted_on: read(row, "noted_on", date)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All groups with their contact person; how many households and residents each has was counted before.
pub(in crate::ledger) fn groups(conn: &Connection, counted: &HashMap<&str, (i64, i64)>) -> Result<Vec<GroupRow>> {
    let mut rows = conn.prepare_cached(include_str!("sql/groups.sql"))?;
    let rows = rows.query_map([], |row| {
        let name: String = row.get("name")?;
        let (households, residents) = counted.get(name.as_str()).copied().unwrap_or_default();
        let (contact, contact_phone) = (row.get("contact")?, row.get("contact_phone")?);
        Ok(GroupRow { uid: row.get("uid")?, name, contact, contact_phone, households, residents })
    })?;
    let mut groups = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    groups.sort_by_cached_key(|group| crate::ledger::village::group_order(&group.name));
    Ok(groups)
}

/// The contact person with this name, made if new, with this phone.
pub(in crate::ledger) fn contact(tx: &mut Tx<'_>, name: &str, phone: &str) -> Result<i64> {
    let found = tx
        .conn()
        .prepare_cached("SELECT id FROM contact_person WHERE name = ?1 ORDER BY id LIMIT 1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        tx.conn().execute("UPDATE contact_person SET phone = ?1 WHERE id = ?2 AND phone <> ?1", params![phone, id])?;
        return Ok(id);
    }
    let uid = tx.uid();
    tx.conn()
        .execute("INSERT INTO contact_person (uid, name, phone) VALUES (?1, ?2, ?3)", params![uid, name, phone])?;
    Ok(tx.conn().last_insert_rowid())
}

/// Says who looks after a group.
pub(in crate::ledger) fn assign(tx: &Tx<'_>, group: i64, contact: Option<i64>) -> Result<()> {
    tx.conn().execute(
        "UPDATE village_group SET contact_person_id = ?1 WHERE id = ?2 AND contact_person_id IS NOT ?1",
        params![contact, group],
    )?;
    Ok(())
}

/// Gives a group another name; `false` where another group has it, or the group is not there.
pub(in crate::ledger) fn rename(tx: &Tx<'_>, group: &str, name: &str) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE village_group SET name = ?2 WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM village_group WHERE name = ?2)",
    )?;
    Ok(update.execute(params![group, name])? > 0)
}
