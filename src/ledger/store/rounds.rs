//! Rounds on paper and their rows.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::row_code::ROUNDS;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// A round.
pub(in crate::ledger) struct Round {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) made_on: NaiveDate,
}

/// A row of a round: who, and for which programme.
pub(in crate::ledger) struct RoundRow {
    pub(in crate::ledger) number: u16,
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) programme: String,
}

/// Writes a new round with its rows, in their order; its uid.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, made_on: NaiveDate, rows: &[(i64, String)]) -> Result<String> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO round (uid, made_on) VALUES (?1, ?2)")?
        .execute(params![uid, made_on.to_string()])?;
    let round = tx.conn().last_insert_rowid();
    for (number, (resident, programme)) in rows.iter().enumerate() {
        let row = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO round_row (uid, round_id, number, resident_id, programme) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row, round, number as i64, resident, programme])?;
    }
    Ok(uid)
}

/// The newest round; or, of those whose number is alike modulo [`ROUNDS`], the newest.
pub(in crate::ledger) fn newest(conn: &Connection, alike: Option<u8>) -> Result<Option<Round>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, made_on FROM round WHERE ?1 IS NULL OR id % ?2 = ?1 ORDER BY id DESC LIMIT 1",
    )?;
    let round = rows.query_row(params![alike, ROUNDS], |row| {
        Ok(Round { id: row.get("id")?, uid: row.get("uid")?, made_on: read(row, "made_on", date)? })
    });
    Ok(round.optional()?)
}

/// The rows of a round, in their order.
pub(in crate::ledger) fn rows(conn: &Connection, round: i64) -> Result<Vec<RoundRow>> {
    let mut rows = conn
        .prepare_cached("SELECT number, resident_id, programme FROM round_row WHERE round_id = ?1 ORDER BY number")?;
    let rows = rows.query_map([round], |row| {
        Ok(RoundRow { number: row.get("number")?, resident: row.get("resident_id")?, programme: row.get("programme")? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where one record stood on rounds, the earliest first: the day of the round, the place on its paper, the programme.
pub(in crate::ledger) fn of_record(conn: &Connection, resident: i64) -> Result<Vec<(NaiveDate, u16, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT o.made_on, r.number, r.programme FROM round_row r JOIN round o ON o.id = r.round_id \
         WHERE r.resident_id = ?1 ORDER BY o.id, r.number",
    )?;
    let rows =
        rows.query_map([resident], |row| Ok((read(row, "made_on", date)?, row.get("number")?, row.get("programme")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
