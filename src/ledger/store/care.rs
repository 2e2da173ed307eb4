//! Care that was agreed to, its visits, and each look at the children.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::care::CareKind;
use crate::ledger::care::CareEdit;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;

/// One that has not ended, with the key of its row and of whom it is for.
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) key: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) edit: CareEdit,
}

/// Those of a kind that have not ended.
pub(in crate::ledger) fn of_kind(conn: &Connection, kind: CareKind) -> Result<Vec<Kept>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, resident_id, kind, helper, phone, agreed, agreed_by, agreed_on, next_on FROM care \
         WHERE kind = ?1 AND ended_on = '' ORDER BY id",
    )?;
    Ok(rows.query_map([kind.as_str()], kept)?.collect::<rusqlite::Result<_>>()?)
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let edit = CareEdit {
        resident: String::new(),
        kind: read(row, "kind", CareKind::from_word)?,
        helper: row.get("helper")?,
        phone: row.get("phone")?,
        agreed: row.get("agreed")?,
        agreed_by: row.get("agreed_by")?,
        agreed_on: read_known(row, "agreed_on", date)?,
        next_on: read_known(row, "next_on", date)?,
    };
    Ok(Kept { key: row.get("id")?, uid: row.get("uid")?, resident: row.get("resident_id")?, edit })
}

/// All of one record, those included that have ended: with the day of the end.
pub(in crate::ledger) fn of_record(conn: &Connection, resident: i64) -> Result<Vec<(Kept, Option<NaiveDate>)>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, resident_id, kind, helper, phone, agreed, agreed_by, agreed_on, next_on, ended_on FROM care \
         WHERE resident_id = ?1 ORDER BY agreed_on, id",
    )?;
    let rows = rows.query_map([resident], |row| Ok((kept(row)?, read_known(row, "ended_on", date)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every visit, by key of its care, the latest first.
pub(in crate::ledger) fn visits(conn: &Connection) -> Result<HashMap<i64, Vec<(NaiveDate, String)>>> {
    let mut rows =
        conn.prepare_cached("SELECT care_id, on_date, note FROM care_visit ORDER BY care_id, on_date DESC")?;
    let mut rows = rows.query([])?;
    let mut found: HashMap<i64, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get("care_id")?).or_default().push((read(row, "on_date", date)?, row.get("note")?));
    }
    Ok(found)
}

/// Writes one, over the one of the same kind that has not ended.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, resident: i64, new: &CareEdit, agreed_on: NaiveDate) -> Result<()> {
    let uid = tx.uid();
    let next = new.next_on.map(|day| day.to_string()).unwrap_or_default();
    tx.conn()
        .prepare_cached(
            "INSERT INTO care (uid, resident_id, kind, helper, phone, agreed, agreed_by, agreed_on, next_on) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (resident_id, kind) WHERE ended_on = '' \
             DO UPDATE SET helper = excluded.helper, phone = excluded.phone, agreed = excluded.agreed, \
             agreed_by = excluded.agreed_by, agreed_on = excluded.agreed_on, next_on = excluded.next_on",
        )?
        .execute(params![
            uid,
            resident,
            new.kind.as_str(),
            new.helper,
            new.phone,
            new.agreed,
            new.agreed_by,
            agreed_on.to_string(),
            next
        ])?;
    Ok(())
}

/// The key of one that has not ended.
pub(in crate::ledger) fn open(conn: &Connection, uid: &str) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached("SELECT id FROM care WHERE uid = ?1 AND ended_on = ''")?;
    Ok(rows.query_row([uid], |row| row.get(0)).optional()?)
}

/// Ends one.
pub(in crate::ledger) fn end(tx: &Tx<'_>, key: i64, on: NaiveDate) -> Result<()> {
    tx.conn().prepare_cached("UPDATE care SET ended_on = ?2 WHERE id = ?1")?.execute(params![key, on.to_string()])?;
    Ok(())
}

/// Notes a visit, over what was noted of the same day, and when the next is.
pub(in crate::ledger) fn visit(
    tx: &mut Tx<'_>,
    key: i64,
    (on, note): (NaiveDate, &str),
    next_on: Option<NaiveDate>,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO care_visit (uid, care_id, on_date, note) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (care_id, on_date) DO UPDATE SET note = excluded.note",
        )?
        .execute(params![uid, key, on.to_string(), note])?;
    set_next(tx, key, next_on)
}

/// When the next visit is; none for no day yet.
pub(in crate::ledger) fn set_next(tx: &Tx<'_>, key: i64, next_on: Option<NaiveDate>) -> Result<()> {
    let next = next_on.map(|day| day.to_string()).unwrap_or_default();
    tx.conn()
        .prepare_cached("UPDATE care SET next_on = ?2 WHERE id = ?1 AND next_on <> ?2")?
        .execute(params![key, next])?;
    Ok(())
}

/// Writes down that the children were looked at.
pub(in crate::ledger) fn insert_look(tx: &mut Tx<'_>, on: NaiveDate, shown: i64) -> Result<()> {
    let uid = tx.uid();
    tx.conn().prepare_cached("INSERT INTO care_look (uid, on_date, shown) VALUES (?1, ?2, ?3)")?.execute(params![
        uid,
        on.to_string(),
        shown
    ])?;
    Ok(())
}

/// How often the children were looked at, and the last day.
pub(in crate::ledger) fn looks(conn: &Connection) -> Result<(u64, Option<NaiveDate>)> {
    let mut rows =
        conn.prepare_cached("SELECT count(*) AS looks, coalesce(max(on_date), '') AS last FROM care_look")?;
    Ok(rows.query_row([], |row| {
        let looks: i64 = row.get("looks")?;
        Ok((u64::try_from(looks).unwrap_or(0), read_known(row, "last", date)?))
    })?)
}
