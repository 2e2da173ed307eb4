//! Tasks written by hand, and tasks of the worklist that were put off.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::worklist::{PutOff, TaskEnd};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;

/// A task that is open.
pub(in crate::ledger) struct Open {
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) what: String,
    pub(in crate::ledger) due_on: NaiveDate,
    pub(in crate::ledger) made_on: NaiveDate,
    pub(in crate::ledger) resident: Option<i64>,
}

/// Those that are open.
pub(in crate::ledger) fn open(conn: &Connection) -> Result<Vec<Open>> {
    let mut rows = conn.prepare_cached(
        "SELECT uid, what, due_on, made_on, resident_id FROM task WHERE ended = '' ORDER BY due_on, id",
    )?;
    let rows = rows.query_map([], |row| {
        Ok(Open {
            uid: row.get("uid")?,
            what: row.get("what")?,
            due_on: read(row, "due_on", date)?,
            made_on: read(row, "made_on", date)?,
            resident: row.get("resident_id")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One of a record, open or ended.
pub(in crate::ledger) struct Written {
    pub(in crate::ledger) what: String,
    pub(in crate::ledger) due_on: NaiveDate,
    pub(in crate::ledger) made_on: NaiveDate,
    pub(in crate::ledger) ended: Option<(TaskEnd, NaiveDate)>,
}

/// All about one record, the earliest first.
pub(in crate::ledger) fn about(conn: &Connection, resident: i64) -> Result<Vec<Written>> {
    let mut rows = conn.prepare_cached(
        "SELECT what, due_on, made_on, ended, ended_on FROM task WHERE resident_id = ?1 ORDER BY made_on, id",
    )?;
    let rows = rows.query_map([resident], |row| {
        let (how, on) = (read_known(row, "ended", TaskEnd::from_word)?, read_known(row, "ended_on", date)?);
        Ok(Written {
            what: row.get("what")?,
            due_on: read(row, "due_on", date)?,
            made_on: read(row, "made_on", date)?,
            ended: how.zip(on),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a new one.
pub(in crate::ledger) fn insert(
    tx: &mut Tx<'_>,
    what: &str,
    due_on: NaiveDate,
    resident: Option<i64>,
    made_on: NaiveDate,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO task (uid, what, due_on, resident_id, made_on) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![uid, what, due_on.to_string(), resident, made_on.to_string()])?;
    Ok(())
}

/// Ends one; false where none of that uid is open.
pub(in crate::ledger) fn end(tx: &Tx<'_>, uid: &str, how: TaskEnd, on: NaiveDate) -> Result<bool> {
    let mut update =
        tx.conn().prepare_cached("UPDATE task SET ended = ?2, ended_on = ?3 WHERE uid = ?1 AND ended = ''")?;
    Ok(update.execute(params![uid, how.as_str(), on.to_string()])? > 0)
}

/// Gives one another day; false where none of that uid is open.
pub(in crate::ledger) fn put_to(tx: &Tx<'_>, uid: &str, due_on: NaiveDate) -> Result<bool> {
    let mut update = tx.conn().prepare_cached("UPDATE task SET due_on = ?2 WHERE uid = ?1 AND ended = ''")?;
    Ok(update.execute(params![uid, due_on.to_string()])? > 0)
}

/// What was put off, by record, programme and turn.
pub(in crate::ledger) type PutOffs = HashMap<(i64, String, String), PutOff>;

/// All that was put off.
pub(in crate::ledger) fn put_offs(conn: &Connection) -> Result<PutOffs> {
    let mut rows = conn.prepare_cached("SELECT resident_id, programme, period, until FROM put_off")?;
    let mut rows = rows.query([])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        let until = read_known(row, "until", date)?.map_or(PutOff::ThisTurn, PutOff::Until);
        found.insert((row.get("resident_id")?, row.get("programme")?, row.get("period")?), until);
    }
    Ok(found)
}

/// Something of one record that was put off to a day.
pub(in crate::ledger) struct PutOffTo {
    pub(in crate::ledger) programme: String,
    pub(in crate::ledger) period: String,
    pub(in crate::ledger) until: NaiveDate,
    /// The day this was decided.
    pub(in crate::ledger) on: NaiveDate,
}

/// What of one record was put off to a day; what was put aside for the whole turn is left out.
pub(in crate::ledger) fn put_off_to(conn: &Connection, resident: i64) -> Result<Vec<PutOffTo>> {
    let mut rows = conn.prepare_cached(
        "SELECT programme, period, until, on_date FROM put_off WHERE resident_id = ?1 AND until <> '' \
         ORDER BY on_date, programme, period",
    )?;
    let rows = rows.query_map([resident], |row| {
        Ok(PutOffTo {
            programme: row.get("programme")?,
            period: row.get("period")?,
            until: read(row, "until", date)?,
            on: read(row, "on_date", date)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts a task off, or further off.
pub(in crate::ledger) fn put_off(
    tx: &mut Tx<'_>,
    resident: i64,
    (programme, period): (&str, &str),
    how: PutOff,
    on: NaiveDate,
) -> Result<()> {
    let uid = tx.uid();
    let until = match how {
        PutOff::Until(day) => day.to_string(),
        PutOff::ThisTurn => String::new(),
    };
    tx.conn()
        .prepare_cached(
            "INSERT INTO put_off (uid, resident_id, programme, period, until, on_date) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (resident_id, programme, period) DO UPDATE SET until = excluded.until, on_date = excluded.on_date",
        )?
        .execute(params![uid, resident, programme, period, until, on.to_string()])?;
    Ok(())
}
