//! The office above, and the files handed up to it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::hand_up::{Profile, row::Wrong};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::invite::Office;
use crate::ledger::hand_up::{EnrolledOffice, HandUpRow};
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;

/// The office above.
pub(in crate::ledger) fn office(conn: &Connection) -> Result<Option<EnrolledOffice>> {
    let mut rows = conn.prepare_cached(
        "SELECT code, name, recipient, verifying, profile, proof, enrolled_on FROM office WHERE id = 1",
    )?;
    let found = rows.query_row([], |row| {
        let office = Office {
            code: row.get("code")?,
            name: row.get("name")?,
            recipient: row.get("recipient")?,
            verifying: row.get("verifying")?,
        };
        let (profile, proof): (String, String) = (row.get("profile")?, row.get("proof")?);
        Ok((office, profile, proof, read(row, "enrolled_on", date)?))
    });
    let Some((office, profile, proof, enrolled_on)) = found.optional()? else { return Ok(None) };
    Ok(Some(EnrolledOffice { office, profile: read_profile(&profile)?, proof, enrolled_on }))
}

pub(super) fn read_profile(text: &str) -> Result<Profile> {
    serde_json::from_str(text).map_err(|_| LedgerError::damaged("error-ledger-damaged"))
}

pub(super) fn write_profile(profile: &Profile) -> Result<String> {
    serde_json::to_string(profile).map_err(|_| LedgerError::damaged("error-ledger-damaged"))
}

/// Takes the office above away.
pub(in crate::ledger) fn remove_office(tx: &Tx<'_>) -> Result<()> {
    tx.conn().execute("DELETE FROM office WHERE id = 1", [])?;
    Ok(())
}

/// Writes the office above over the one that was.
pub(in crate::ledger) fn put_office(tx: &mut Tx<'_>, new: &EnrolledOffice) -> Result<()> {
    let (uid, profile) = (tx.uid(), write_profile(&new.profile)?);
    let office = &new.office;
    tx.conn()
        .prepare_cached(
            "INSERT INTO office (id, uid, code, name, recipient, verifying, profile, proof, enrolled_on) \
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET code = excluded.code, \
             name = excluded.name, recipient = excluded.recipient, verifying = excluded.verifying, \
             profile = excluded.profile, proof = excluded.proof, enrolled_on = excluded.enrolled_on",
        )?
        .execute(params![
            uid,
            office.code,
            office.name,
            office.recipient,
            office.verifying,
            profile,
            new.proof,
            new.enrolled_on.to_string()
        ])?;
    Ok(())
}

fn hand_up(row: &Row<'_>) -> rusqlite::Result<HandUpRow> {
    Ok(HandUpRow {
        uid: row.get("uid")?,
        number: row.get("number")?,
        month: row.get("month")?,
        made_on: read(row, "made_on", date)?,
        digest: row.get("digest")?,
        revision: row.get("revision")?,
        rows: row.get("rows")?,
        accepted_on: read_known(row, "accepted_on", date)?,
        accepted_rows: row.get("accepted_rows")?,
        refused: BTreeMap::new(),
    })
}

/// All files, the newest first, with what the township refused of each.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<Vec<HandUpRow>> {
    let mut rows = conn.prepare_cached(
        "SELECT uid, number, month, made_on, digest, revision, rows, accepted_on, accepted_rows FROM hand_up \
         ORDER BY number DESC",
    )?;
    let mut found = rows.query_map([], hand_up)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut refused = conn.prepare_cached(
        "SELECT r.wrong AS wrong, count(*) AS rows FROM hand_up_refusal r JOIN hand_up h ON h.id = r.hand_up_id \
         WHERE h.uid = ?1 GROUP BY r.wrong",
    )?;
    for file in &mut found {
        let rows = refused
            .query_map([&file.uid], |row| Ok((read(row, "wrong", Wrong::from_word)?, row.get::<_, i64>("rows")?)))?;
        file.refused = rows.collect::<rusqlite::Result<_>>()?;
    }
    Ok(found)
}

/// Writes down a file that is about to leave.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, new: &HandUpRow) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO hand_up (uid, number, month, made_on, digest, revision, rows) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![uid, new.number, new.month, new.made_on.to_string(), new.digest, new.revision, new.rows])?;
    Ok(())
}

/// Writes what a receipt says of a file.
pub(in crate::ledger) fn accept(
    tx: &mut Tx<'_>,
    file: &str,
    (on, rows): (NaiveDate, i64),
    refused: &[(String, String, Wrong)],
) -> Result<()> {
    let id: i64 =
        tx.conn().prepare_cached("SELECT id FROM hand_up WHERE uid = ?1")?.query_row([file], |row| row.get(0))?;
    tx.conn()
        .prepare_cached("UPDATE hand_up SET accepted_on = ?2, accepted_rows = ?3 WHERE id = ?1")?
        .execute(params![id, on.to_string(), rows])?;
    for (section, key, wrong) in refused {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO hand_up_refusal (uid, hand_up_id, section, row_key, wrong) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![uid, id, section, key, wrong.as_str()])?;
    }
    Ok(())
}
