//! Who hands up to this office.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::store::hand_ups::{read_profile, write_profile};
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;
use crate::ledger::township::MemberRow;

/// What stands in the place of a secret that was used up: nobody's secret.
const USED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A member as it is kept, with the key of its row and the secret of its invite; empty once that was answered.
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) secret: String,
    pub(in crate::ledger) row: MemberRow,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<(String, Kept)> {
    let member = MemberRow {
        uid: row.get("uid")?,
        code: row.get("code")?,
        name: row.get("name")?,
        profile: crate::domain::hand_up::Profile::counts(),
        recipient: row.get("recipient")?,
        verifying: row.get("verifying")?,
        invited_on: read(row, "invited_on", date)?,
        enrolled_on: read_known(row, "enrolled_on", date)?,
        confirmed_on: read_known(row, "confirmed_on", date)?,
    };
    let secret: String = row.get("secret")?;
    let secret = if secret == USED { String::new() } else { secret };
    Ok((row.get("profile")?, Kept { id: row.get("id")?, secret, row: member }))
}

/// All of them, in the order of their codes.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<Vec<Kept>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, code, name, secret, profile, recipient, verifying, invited_on, enrolled_on, confirmed_on \
         FROM member ORDER BY code",
    )?;
    let rows = rows.query_map([], kept)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let with_profile = |(profile, kept): (String, Kept)| -> Result<Kept> {
        Ok(Kept { row: MemberRow { profile: read_profile(&profile)?, ..kept.row }, ..kept })
    };
    rows.into_iter().map(with_profile).collect()
}

/// Writes an invite over one that was made for the same code before: its keys stay until it answers the new one.
pub(in crate::ledger) fn invite(tx: &mut Tx<'_>, new: &MemberRow, secret: &str) -> Result<()> {
    let (uid, profile) = (tx.uid(), write_profile(&new.profile)?);
    tx.conn()
        .prepare_cached(
            "INSERT INTO member (uid, code, name, secret, profile, invited_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (code) DO UPDATE SET secret = excluded.secret, profile = excluded.profile, \
             invited_on = excluded.invited_on",
        )?
        .execute(params![uid, new.code, new.name, secret, profile, new.invited_on.to_string()])?;
    Ok(())
}

/// Writes the keys that a member answered with. Other keys than before are to be compared by phone anew; the secret of the
/// invite is used up, so that no copy of it brings other keys later.
pub(in crate::ledger) fn enrol(tx: &mut Tx<'_>, member: i64, keys: (&str, &str, &str), on: NaiveDate) -> Result<()> {
    let (name, recipient, verifying) = keys;
    tx.conn()
        .prepare_cached(
            "UPDATE member SET name = ?2, recipient = ?3, verifying = ?4, enrolled_on = ?5, secret = ?6, \
             confirmed_on = CASE WHEN recipient = ?3 AND verifying = ?4 THEN confirmed_on ELSE '' END WHERE id = ?1 \
             AND (name, recipient, verifying, secret) IS NOT (?2, ?3, ?4, ?6)",
        )?
        .execute(params![member, name, recipient, verifying, on.to_string(), USED])?;
    Ok(())
}

/// Notes that the number was compared by phone.
pub(in crate::ledger) fn confirm(tx: &Tx<'_>, code: &str, on: NaiveDate) -> Result<()> {
    let changed = tx
        .conn()
        .prepare_cached("UPDATE member SET confirmed_on = ?2 WHERE code = ?1 AND enrolled_on <> ''")?
        .execute(params![code, on.to_string()])?;
    if changed == 0 { Err(LedgerError::refused("township-not-answered")) } else { Ok(()) }
}
