//! Campaigns, what they are for, and their sessions.

use chrono::NaiveTime;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::campaign::SessionKind;
use crate::ledger::campaigns::{CampaignEdit, SessionEdit};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// A campaign as it is kept, with the key of its row.
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) edit: CampaignEdit,
}

/// A session as it is kept, with the keys of its row and of its campaign's.
pub(in crate::ledger) struct KeptSession {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) campaign: i64,
    pub(in crate::ledger) edit: SessionEdit,
}

/// Every campaign, the latest first.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<Vec<Kept>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, name, first_on, last_on, place, bring, prepare FROM campaign ORDER BY last_on DESC, id DESC",
    )?;
    let mut found: Vec<Kept> = rows.query_map([], kept)?.collect::<rusqlite::Result<_>>()?;
    for campaign in &mut found {
        campaign.edit.programmes = programmes(conn, campaign.id)?;
    }
    Ok(found)
}

/// The one with this uid.
pub(in crate::ledger) fn find(conn: &Connection, uid: &str) -> Result<Option<Kept>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, name, first_on, last_on, place, bring, prepare FROM campaign WHERE uid = ?1",
    )?;
    let Some(mut campaign) = rows.query_row([uid], kept).optional()? else { return Ok(None) };
    campaign.edit.programmes = programmes(conn, campaign.id)?;
    Ok(Some(campaign))
}

/// The uid of a campaign.
pub(in crate::ledger) fn uid_of(conn: &Connection, id: i64) -> Result<String> {
    Ok(conn.prepare_cached("SELECT uid FROM campaign WHERE id = ?1")?.query_row([id], |row| row.get(0))?)
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let edit = CampaignEdit {
        name: row.get("name")?,
        programmes: Vec::new(),
        first: read(row, "first_on", date)?,
        last: read(row, "last_on", date)?,
        place: row.get("place")?,
        bring: row.get("bring")?,
        prepare: row.get("prepare")?,
    };
    Ok(Kept { id: row.get("id")?, uid: row.get("uid")?, edit })
}

fn programmes(conn: &Connection, campaign: i64) -> Result<Vec<String>> {
    let mut rows =
        conn.prepare_cached("SELECT programme FROM campaign_programme WHERE campaign_id = ?1 ORDER BY programme")?;
    Ok(rows.query_map([campaign], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Writes a new campaign, without sessions; the key of its row and its uid.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, new: &CampaignEdit) -> Result<(i64, String)> {
    let (uid, today) = (tx.uid(), tx.today);
    tx.conn()
        .prepare_cached(
            "INSERT INTO campaign (uid, name, first_on, last_on, place, bring, prepare, made_on) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            uid,
            new.name,
            new.first.to_string(),
            new.last.to_string(),
            new.place,
            new.bring,
            new.prepare,
            today.to_string()
        ])?;
    let id = tx.conn().last_insert_rowid();
    put_programmes(tx, id, &new.programmes)?;
    Ok((id, uid))
}

/// Writes other values over a campaign.
pub(in crate::ledger) fn update(tx: &mut Tx<'_>, id: i64, new: &CampaignEdit) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "UPDATE campaign SET name = ?2, first_on = ?3, last_on = ?4, place = ?5, bring = ?6, prepare = ?7 \
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            new.name,
            new.first.to_string(),
            new.last.to_string(),
            new.place,
            new.bring,
            new.prepare
        ])?;
    for old in programmes(tx.conn(), id)?.iter().filter(|old| !new.programmes.contains(old)) {
        tx.conn()
            .prepare_cached("DELETE FROM campaign_programme WHERE campaign_id = ?1 AND programme = ?2")?
            .execute(params![id, old])?;
    }
    put_programmes(tx, id, &new.programmes)
}

fn put_programmes(tx: &mut Tx<'_>, campaign: i64, programmes: &[String]) -> Result<()> {
    for programme in programmes {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO campaign_programme (uid, campaign_id, programme) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (campaign_id, programme) DO NOTHING",
            )?
            .execute(params![uid, campaign, programme])?;
    }
    Ok(())
}

/// Removes a campaign with its sessions and appointments.
pub(in crate::ledger) fn delete(tx: &Tx<'_>, id: i64) -> Result<()> {
    // Appointments first: they point at sessions, which go with the campaign.
    tx.conn().prepare_cached("DELETE FROM appointment WHERE campaign_id = ?1")?.execute([id])?;
    tx.conn().prepare_cached("DELETE FROM campaign WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The sessions of a campaign, in the order of their days.
pub(in crate::ledger) fn sessions(conn: &Connection, campaign: i64) -> Result<Vec<KeptSession>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, campaign_id, on_date, from_time, to_time, seats, kind, place, staff FROM session \
         WHERE campaign_id = ?1 ORDER BY on_date, from_time, id",
    )?;
    Ok(rows.query_map([campaign], session)?.collect::<rusqlite::Result<_>>()?)
}

/// The session with this uid.
pub(in crate::ledger) fn find_session(conn: &Connection, uid: &str) -> Result<Option<KeptSession>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, uid, campaign_id, on_date, from_time, to_time, seats, kind, place, staff FROM session WHERE uid = ?1",
    )?;
    Ok(rows.query_row([uid], session).optional()?)
}

fn session(row: &Row<'_>) -> rusqlite::Result<KeptSession> {
    let edit = SessionEdit {
        on: read(row, "on_date", date)?,
        from: read(row, "from_time", time)?,
        to: read(row, "to_time", time)?,
        seats: row.get("seats")?,
        kind: read(row, "kind", SessionKind::from_word)?,
        place: row.get("place")?,
        staff: row.get("staff")?,
    };
    Ok(KeptSession { id: row.get("id")?, uid: row.get("uid")?, campaign: row.get("campaign_id")?, edit })
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, TIME).ok()
}

/// How times are kept.
const TIME: &str = "%H:%M";

/// Writes a new session; its uid.
pub(in crate::ledger) fn insert_session(tx: &mut Tx<'_>, campaign: i64, new: &SessionEdit) -> Result<String> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO session (uid, campaign_id, on_date, from_time, to_time, seats, kind, place, staff) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            uid,
            campaign,
            new.on.to_string(),
            new.from.format(TIME).to_string(),
            new.to.format(TIME).to_string(),
            new.seats,
            new.kind.as_str(),
            new.place,
            new.staff
        ])?;
    Ok(uid)
}

/// Writes other values over a session.
pub(in crate::ledger) fn update_session(tx: &Tx<'_>, id: i64, new: &SessionEdit) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "UPDATE session SET on_date = ?2, from_time = ?3, to_time = ?4, seats = ?5, kind = ?6, place = ?7, \
             staff = ?8 WHERE id = ?1",
        )?
        .execute(params![
            id,
            new.on.to_string(),
            new.from.format(TIME).to_string(),
            new.to.format(TIME).to_string(),
            new.seats,
            new.kind.as_str(),
            new.place,
            new.staff
        ])?;
    Ok(())
}

/// Removes a session that nobody has a day in any more.
pub(in crate::ledger) fn delete_session(tx: &Tx<'_>, id: i64) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM session WHERE id = ?1")?.execute([id])?;
    Ok(())
}
