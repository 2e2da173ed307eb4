//! People working away: what belongs to it, each try to reach them, what they asked for.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::partial_date::PartialDate;
use crate::ledger::error::Result;
use crate::ledger::outreach::{Reached, Request};
use crate::ledger::store::sql_types::{date, partial_date, read, read_known};
use crate::ledger::store::transact::Tx;

/// What belongs to being away, as it is kept.
#[derive(Clone, Default)]
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) place: String,
    pub(in crate::ledger) back_by: Option<NaiveDate>,
    pub(in crate::ledger) contact: String,
    pub(in crate::ledger) times: String,
    pub(in crate::ledger) speaker: Option<i64>,
    pub(in crate::ledger) agreed_on: Option<NaiveDate>,
}

/// Somebody who is away.
pub(in crate::ledger) struct AwayNow {
    /// The record.
    pub resident: i64,
    /// The phone.
    pub phone: String,
    /// Birth, as far as it is known.
    pub born: Option<PartialDate>,
    /// Since when it is known.
    pub since: NaiveDate,
}

/// Who is away and lives in the village otherwise, records behind others left out: key, phone, since when that is known.
pub(in crate::ledger) fn away(conn: &Connection) -> Result<Vec<AwayNow>> {
    let mut rows = conn.prepare_cached(
        "SELECT r.id, r.phone, r.born, f.on_date FROM fact f JOIN resident r ON r.id = f.resident_id \
         WHERE f.kind = 'residency' AND f.value = 'away' AND r.standing = 'present' \
         AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
    )?;
    let rows = rows.query_map([], |row| {
        let born = read_known(row, "born", partial_date)?;
        Ok(AwayNow { resident: row.get("id")?, phone: row.get("phone")?, born, since: read(row, "on_date", date)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is kept of everybody.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<HashMap<i64, Kept>> {
    let mut rows =
        conn.prepare_cached("SELECT resident_id, place, back_by, contact, times, speaker_id, agreed_on FROM away")?;
    let rows = rows.query_map([], |row| {
        let kept = Kept {
            place: row.get("place")?,
            back_by: read_known(row, "back_by", date)?,
            contact: row.get("contact")?,
            times: row.get("times")?,
            speaker: row.get("speaker_id")?,
            agreed_on: read_known(row, "agreed_on", date)?,
        };
        Ok((row.get("resident_id")?, kept))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes what belongs to somebody's being away, over what stood there.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, resident: i64, new: &Kept) -> Result<()> {
    let uid = tx.uid();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    tx.conn()
        .prepare_cached(
            "INSERT INTO away (uid, resident_id, place, back_by, contact, times, speaker_id, agreed_on) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (resident_id) DO UPDATE SET place = excluded.place, \
             back_by = excluded.back_by, contact = excluded.contact, times = excluded.times, \
             speaker_id = excluded.speaker_id, agreed_on = excluded.agreed_on",
        )?
        .execute(params![
            uid,
            resident,
            new.place,
            day(new.back_by),
            new.contact,
            new.times,
            new.speaker,
            day(new.agreed_on)
        ])?;
    Ok(())
}

/// Every try, by key, the latest first.
pub(in crate::ledger) fn tries(conn: &Connection) -> Result<HashMap<i64, Vec<(NaiveDate, Reached)>>> {
    let mut rows = conn
        .prepare_cached("SELECT resident_id, on_date, reached FROM contact_try ORDER BY resident_id, on_date DESC")?;
    let mut rows = rows.query([])?;
    let mut found: HashMap<i64, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let of = found.entry(row.get("resident_id")?).or_default();
        of.push((read(row, "on_date", date)?, read(row, "reached", Reached::from_word)?));
    }
    Ok(found)
}

/// Notes a try; of one day the last word counts.
pub(in crate::ledger) fn put_try(tx: &mut Tx<'_>, resident: i64, on: NaiveDate, reached: Reached) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO contact_try (uid, resident_id, on_date, reached) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (resident_id, on_date) DO UPDATE SET reached = excluded.reached",
        )?
        .execute(params![uid, resident, on.to_string(), reached.as_str()])?;
    Ok(())
}

/// Every request, by key, the latest first.
pub(in crate::ledger) fn requests(conn: &Connection) -> Result<HashMap<i64, Vec<Request>>> {
    let mut rows = conn.prepare_cached(
        "SELECT resident_id, uid, what, on_date, answer, answered_on FROM request ORDER BY resident_id, on_date DESC, id DESC",
    )?;
    let mut rows = rows.query([])?;
    let mut found: HashMap<i64, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get("resident_id")?).or_default().push(Request {
            uid: row.get("uid")?,
            what: row.get("what")?,
            on: read(row, "on_date", date)?,
            answer: row.get("answer")?,
            answered_on: read_known(row, "answered_on", date)?,
        });
    }
    Ok(found)
}

/// Writes down what was asked for.
pub(in crate::ledger) fn insert_request(tx: &mut Tx<'_>, resident: i64, what: &str, on: NaiveDate) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO request (uid, resident_id, what, on_date) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![uid, resident, what, on.to_string()])?;
    Ok(())
}

/// Writes the answer down; false where there is no such request.
pub(in crate::ledger) fn answer(tx: &Tx<'_>, uid: &str, answer: &str, on: NaiveDate) -> Result<bool> {
    let mut update = tx.conn().prepare_cached("UPDATE request SET answer = ?2, answered_on = ?3 WHERE uid = ?1")?;
    Ok(update.execute(params![uid, answer, on.to_string()])? > 0)
}
