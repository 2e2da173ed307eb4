//! Applications with their papers and payments, and whether a copy of the bank book may be taken.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::application::{AccountConsent, Answer, Application};
use crate::domain::consent::Purpose;
use crate::domain::programme::Who;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;

/// Where an application is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::ledger) struct At {
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) programme: String,
    pub(in crate::ledger) period: String,
}

const COLUMNS: &str = "resident_id, programme, period, began_on, holder, holder_on, answer, answer_on, fen, taken_back";

fn application(row: &Row<'_>) -> rusqlite::Result<(At, Application)> {
    let at = At { resident: row.get("resident_id")?, programme: row.get("programme")?, period: row.get("period")? };
    let answer = read_known(row, "answer", Answer::from_word)?;
    let application = Application {
        began_on: read(row, "began_on", date)?,
        holder: read(row, "holder", Who::from_word)?,
        holder_on: read(row, "holder_on", date)?,
        answer: answer.zip(read_known(row, "answer_on", date)?),
        fen: row.get("fen")?,
        taken_back: read_known(row, "taken_back", date)?,
        documents: Default::default(),
        payments: Default::default(),
    };
    Ok((at, application))
}

/// The applications of one record, in the order of programmes and turns.
pub(in crate::ledger) fn of(conn: &Connection, resident: i64) -> Result<Vec<(At, Application)>> {
    let sql = format!("SELECT {COLUMNS} FROM application WHERE resident_id = ?1 ORDER BY programme, period");
    let mut rows = conn.prepare_cached(&sql)?;
    let mut found = rows.query_map([resident], application)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for (at, application) in &mut found {
        with_parts(conn, at, application)?;
    }
    Ok(found)
}

fn with_parts(conn: &Connection, at: &At, into: &mut Application) -> Result<()> {
    let key = params![at.resident, at.programme, at.period];
    let mut papers = conn.prepare_cached(
        "SELECT document, on_date FROM application_document WHERE resident_id = ?1 AND programme = ?2 AND period = ?3",
    )?;
    let mut papers = papers.query(key)?;
    while let Some(row) = papers.next()? {
        into.documents.insert(row.get("document")?, read(row, "on_date", date)?);
    }
    let mut payments = conn
        .prepare_cached("SELECT on_date, fen FROM payment WHERE resident_id = ?1 AND programme = ?2 AND period = ?3")?;
    let mut payments = payments.query(key)?;
    while let Some(row) = payments.next()? {
        into.payments.insert(read(row, "on_date", date)?, row.get("fen")?);
    }
    Ok(())
}

/// All applications with their papers and payments.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<HashMap<At, Application>> {
    let sql = format!("SELECT {COLUMNS} FROM application");
    let mut rows = conn.prepare_cached(&sql)?;
    let mut found = rows.query_map([], application)?.collect::<rusqlite::Result<HashMap<_, _>>>()?;
    let at = |row: &Row<'_>| -> rusqlite::Result<At> {
        Ok(At { resident: row.get("resident_id")?, programme: row.get("programme")?, period: row.get("period")? })
    };
    let mut papers =
        conn.prepare_cached("SELECT resident_id, programme, period, document, on_date FROM application_document")?;
    let mut papers = papers.query([])?;
    while let Some(row) = papers.next()? {
        if let Some(application) = found.get_mut(&at(row)?) {
            application.documents.insert(row.get("document")?, read(row, "on_date", date)?);
        }
    }
    let mut payments = conn.prepare_cached("SELECT resident_id, programme, period, on_date, fen FROM payment")?;
    let mut payments = payments.query([])?;
    while let Some(row) = payments.next()? {
        if let Some(application) = found.get_mut(&at(row)?) {
            application.payments.insert(read(row, "on_date", date)?, row.get("fen")?);
        }
    }
    Ok(found)
}

/// Writes an application with its papers and payments over what stood there.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, at: &At, old: Option<&Application>, new: &Application) -> Result<()> {
    let uid = tx.uid();
    let answer = new.answer.map_or("", |(answer, _)| answer.as_str());
    let day = |on: Option<NaiveDate>| on.map(|on| on.to_string()).unwrap_or_default();
    tx.conn()
        .prepare_cached(
            "INSERT INTO application (uid, resident_id, programme, period, began_on, holder, holder_on, answer, \
             answer_on, fen, taken_back) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
             ON CONFLICT (resident_id, programme, period) DO UPDATE SET began_on = excluded.began_on, \
             holder = excluded.holder, holder_on = excluded.holder_on, answer = excluded.answer, \
             answer_on = excluded.answer_on, fen = excluded.fen, taken_back = excluded.taken_back",
        )?
        .execute(params![
            uid,
            at.resident,
            at.programme,
            at.period,
            new.began_on.to_string(),
            new.holder.as_str(),
            new.holder_on.to_string(),
            answer,
            day(new.answer.map(|(_, on)| on)),
            new.fen,
            day(new.taken_back),
        ])?;
    put_documents(tx, at, old, new)?;
    put_payments(tx, at, old, new)
}

fn put_documents(tx: &mut Tx<'_>, at: &At, old: Option<&Application>, new: &Application) -> Result<()> {
    let stood = old.map(|old| old.documents.clone()).unwrap_or_default();
    for key in stood.keys().filter(|key| stood.get(*key) != new.documents.get(*key)) {
        tx.conn()
            .prepare_cached(
                "DELETE FROM application_document \
                 WHERE resident_id = ?1 AND programme = ?2 AND period = ?3 AND document = ?4",
            )?
            .execute(params![at.resident, at.programme, at.period, key])?;
    }
    for (key, on) in new.documents.iter().filter(|(key, on)| stood.get(*key) != Some(*on)) {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO application_document (uid, resident_id, programme, period, document, on_date) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![uid, at.resident, at.programme, at.period, key, on.to_string()])?;
    }
    Ok(())
}

fn put_payments(tx: &mut Tx<'_>, at: &At, old: Option<&Application>, new: &Application) -> Result<()> {
    let stood = old.map(|old| old.payments.clone()).unwrap_or_default();
    for on in stood.keys().filter(|on| !new.payments.contains_key(on)) {
        tx.conn()
            .prepare_cached(
                "DELETE FROM payment WHERE resident_id = ?1 AND programme = ?2 AND period = ?3 AND on_date = ?4",
            )?
            .execute(params![at.resident, at.programme, at.period, on.to_string()])?;
    }
    for (on, fen) in new.payments.iter().filter(|(on, _)| !stood.contains_key(on)) {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO payment (uid, resident_id, programme, period, on_date, fen) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![uid, at.resident, at.programme, at.period, on.to_string(), fen])?;
    }
    Ok(())
}

/// Whether the person with these records agreed that the village takes a copy of the bank book, to the notice in force, and
/// did not withdraw.
pub(in crate::ledger) fn account_consent(conn: &Connection, family: &[i64]) -> Result<AccountConsent> {
    let mut rows = conn.prepare_cached(
        "SELECT purpose, state, notice FROM consent WHERE resident_id = ?1 AND purpose IN ('account', 'services')",
    )?;
    let mut consent = AccountConsent::Absent;
    for record in family {
        let mut rows = rows.query([record])?;
        while let Some(row) = rows.next()? {
            match (row.get::<_, String>("purpose")?.as_str(), row.get::<_, String>("state")?.as_str()) {
                // Who withdrew the services withdrew this, too.
                (_, "withdrawn") => return Ok(AccountConsent::Absent),
                ("account", _) if row.get::<_, u32>("notice")? >= Purpose::Account.notice() => {
                    consent = AccountConsent::Given;
                }
                _ => {}
            }
        }
    }
    Ok(consent)
}

/// The records of those who asked not to be kept in lists any more.
pub(in crate::ledger) fn withdrawn(conn: &Connection) -> Result<Vec<i64>> {
    let mut rows =
        conn.prepare_cached("SELECT resident_id FROM consent WHERE purpose = 'services' AND state = 'withdrawn'")?;
    let rows = rows.query_map([], |row| row.get("resident_id"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
