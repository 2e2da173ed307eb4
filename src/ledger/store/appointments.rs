//! Appointments: one per person and campaign.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter};

use crate::domain::campaign::{AppointmentState, Asked};
use crate::domain::consent::{ConsentState, Purpose};
use crate::domain::resident::Standing;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;
use crate::ledger::store::{consents, residents, same_person};

/// An appointment as it is kept.
#[derive(Clone)]
pub(in crate::ledger) struct Kept {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) campaign: i64,
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) session: Option<i64>,
    pub(in crate::ledger) state: AppointmentState,
    pub(in crate::ledger) on: NaiveDate,
    pub(in crate::ledger) asked: Asked,
    pub(in crate::ledger) first: bool,
    pub(in crate::ledger) at_home: bool,
    pub(in crate::ledger) walked_in: bool,
    pub(in crate::ledger) wish: (Option<NaiveDate>, Option<NaiveDate>),
}

const COLUMNS: &str = "id, uid, campaign_id, resident_id, session_id, state, on_date, asked_again, first, at_home, \
     walked_in, not_before, not_after";

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let asked: bool = row.get("asked_again")?;
    Ok(Kept {
        id: row.get("id")?,
        uid: row.get("uid")?,
        campaign: row.get("campaign_id")?,
        resident: row.get("resident_id")?,
        session: row.get("session_id")?,
        state: read(row, "state", AppointmentState::from_word)?,
        on: read(row, "on_date", date)?,
        asked: if asked { Asked::Again } else { Asked::Once },
        first: row.get("first")?,
        at_home: row.get("at_home")?,
        walked_in: row.get("walked_in")?,
        wish: (read_known(row, "not_before", date)?, read_known(row, "not_after", date)?),
    })
}

/// All of a campaign.
pub(in crate::ledger) fn of_campaign(conn: &Connection, campaign: i64) -> Result<Vec<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM appointment WHERE campaign_id = ?1 ORDER BY id");
    let mut rows = conn.prepare_cached(&sql)?;
    Ok(rows.query_map([campaign], kept)?.collect::<rusqlite::Result<_>>()?)
}

/// All of one record, over the campaigns.
pub(in crate::ledger) fn of_resident(conn: &Connection, resident: i64) -> Result<Vec<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM appointment WHERE resident_id = ?1 ORDER BY id");
    let mut rows = conn.prepare_cached(&sql)?;
    Ok(rows.query_map([resident], kept)?.collect::<rusqlite::Result<_>>()?)
}

/// The appointment of one person in a campaign, of all the records that there are of them: the one that went furthest.
pub(in crate::ledger) fn of_person(conn: &Connection, campaign: i64, family: &[i64]) -> Result<Option<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM appointment WHERE campaign_id = ?1 AND resident_id = ?2");
    let mut rows = conn.prepare_cached(&sql)?;
    let mut found = Vec::new();
    for record in family {
        found.extend(rows.query_row([campaign, *record], kept).optional()?);
    }
    Ok(found.into_iter().reduce(further))
}

/// Writes a new one; the key of its row.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, new: &Kept) -> Result<i64> {
    let uid = Value::from(tx.uid());
    let values = [new.campaign.into(), new.resident.into(), uid].into_iter().chain(values(new));
    tx.conn()
        .prepare_cached(
            "INSERT INTO appointment (campaign_id, resident_id, uid, session_id, state, on_date, asked_again, first, \
             at_home, walked_in, not_before, not_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params_from_iter(values))?;
    Ok(tx.conn().last_insert_rowid())
}

/// Writes other values over one; nothing where they are the same.
pub(in crate::ledger) fn update(tx: &Tx<'_>, new: &Kept) -> Result<()> {
    tx.conn()
        .prepare_cached(
            "UPDATE appointment SET session_id = ?2, state = ?3, on_date = ?4, asked_again = ?5, first = ?6, \
             at_home = ?7, walked_in = ?8, not_before = ?9, not_after = ?10 WHERE id = ?1 \
             AND (session_id, state, on_date, asked_again, first, at_home, walked_in, not_before, not_after) \
             IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params_from_iter([Value::from(new.id)].into_iter().chain(values(new))))?;
    Ok(())
}

/// What can change of one, from `session_id` to `not_after`.
fn values(of: &Kept) -> [Value; 9] {
    let day = |day: Option<NaiveDate>| Value::from(day.map(|day| day.to_string()).unwrap_or_default());
    [
        of.session.into(),
        of.state.as_str().to_owned().into(),
        of.on.to_string().into(),
        (of.asked == Asked::Again).into(),
        of.first.into(),
        of.at_home.into(),
        of.walked_in.into(),
        day(of.wish.0),
        day(of.wish.1),
    ]
}

/// What the change log knows of a tick.
pub(in crate::ledger) struct Ticked {
    /// The place in the log from which on it stands.
    since: i64,
    /// Where the appointment stood before; none where it was made by the tick, or the log does not know any more.
    pub(in crate::ledger) before: Option<AppointmentState>,
    /// Its session then.
    pub(in crate::ledger) session: Option<i64>,
}

/// How somebody who came was ticked: of an update the log has what it changed.
pub(in crate::ledger) fn ticked(conn: &Connection, row: &Kept) -> Result<Option<Ticked>> {
    let mut tick = conn.prepare_cached(
        "SELECT id, json_extract(before, '$.state') AS state FROM change_row \
         WHERE table_name = 'appointment' AND row_uid = ?1 \
         AND (kind = 'insert' OR json_type(before, '$.state') IS NOT NULL) ORDER BY id DESC LIMIT 1",
    )?;
    let found: Option<(i64, Option<String>)> =
        tick.query_row([&row.uid], |row| Ok((row.get("id")?, row.get("state")?))).optional()?;
    let Some((since, state)) = found else { return Ok(None) };
    let mut moved = conn.prepare_cached(
        "SELECT json_extract(before, '$.session_id') AS session FROM change_row \
         WHERE table_name = 'appointment' AND row_uid = ?1 AND id >= ?2 \
         AND json_type(before, '$.session_id') IS NOT NULL ORDER BY id LIMIT 1",
    )?;
    let session: Option<Option<i64>> = moved.query_row((&row.uid, since), |row| row.get("session")).optional()?;
    let before =
        state.as_deref().and_then(AppointmentState::from_word).filter(|state| *state != AppointmentState::Came);
    Ok(Some(Ticked { since, before, session: session.unwrap_or(row.session) }))
}

/// Whether a service stood there before the tick: noted by hand, and not by it. What was undone and redone is back under the
/// same name, so only the latest of its inserts says where it comes from.
pub(in crate::ledger) fn was_before(
    conn: &Connection,
    (row, tick): (&Kept, &Ticked),
    (resident, programme, on): (i64, &str, NaiveDate),
) -> Result<bool> {
    let mut noted = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM service s JOIN change_row x ON x.id = (SELECT max(id) FROM change_row \
         WHERE row_uid = s.uid AND table_name = 'service' AND kind = 'insert') \
         WHERE s.resident_id = ?1 AND s.programme = ?2 AND s.on_date = ?3 AND x.id < ?5 \
         AND x.change_id NOT IN (SELECT change_id FROM change_row WHERE row_uid = ?4 AND id >= ?5))",
    )?;
    let on = on.to_string();
    Ok(noted.query_row(rusqlite::params![resident, programme, on, row.uid, tick.since], |row| row.get(0))?)
}

/// Takes one away, as if it had never been proposed.
pub(in crate::ledger) fn delete(tx: &Tx<'_>, id: i64) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM appointment WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Somebody's place in another campaign for one of the same programmes.
pub(in crate::ledger) struct Elsewhere {
    /// That campaign's name.
    pub(in crate::ledger) name: String,
    /// Their day there, or the campaign's last where they have none: after it, nobody is held up by it.
    pub(in crate::ledger) until: NaiveDate,
}

/// Who waits for or has a day in another campaign for one of the same programmes, under whichever record, by the key of
/// the record that is listed: the latest.
pub(in crate::ledger) fn elsewhere(conn: &Connection, campaign: i64) -> Result<HashMap<i64, Elsewhere>> {
    let mut rows = conn.prepare_cached(
        "SELECT a.resident_id AS resident, c.name AS name, coalesce(s.on_date, c.last_on) AS until FROM appointment a \
         JOIN campaign c ON c.id = a.campaign_id LEFT JOIN session s ON s.id = a.session_id \
         WHERE a.campaign_id <> ?1 AND a.state IN ('planned', 'invited', 'agreed', 'waiting') \
         AND EXISTS (SELECT 1 FROM campaign_programme p JOIN campaign_programme own ON own.programme = p.programme \
         WHERE p.campaign_id = a.campaign_id AND own.campaign_id = ?1) ORDER BY until",
    )?;
    let rows = rows.query_map([campaign], |row| {
        Ok((row.get("resident")?, Elsewhere { name: row.get("name")?, until: read(row, "until", date)? }))
    })?;
    let links = same_person::listed_of_behind(conn)?;
    let mut found = HashMap::new();
    for row in rows {
        let (record, other): (i64, Elsewhere) = row?;
        found.insert(links.get(&record).copied().unwrap_or(record), other);
    }
    Ok(found)
}

/// The appointments of a campaign that count.
pub(in crate::ledger) struct Listed {
    /// Each with the key of the record that is listed; none of who declined.
    pub(in crate::ledger) rows: Vec<Kept>,
    /// The keys of who declined: to be counted, and not to be asked again.
    pub(in crate::ledger) declined: HashSet<i64>,
}

/// Which appointments count: nobody who died or moved away, nobody who asked not to be in lists of checks; of two records
/// of one person, the appointment that went furthest. Pages and the rules for seats ask here alike.
pub(in crate::ledger) fn listed(conn: &Connection, campaign: i64) -> Result<Listed> {
    let links = same_person::listed_of_behind(conn)?;
    let mut of_person: HashMap<i64, Kept> = HashMap::new();
    for row in of_campaign(conn, campaign)? {
        let key = links.get(&row.resident).copied().unwrap_or(row.resident);
        let row = Kept { resident: key, ..row };
        let row = match of_person.remove(&key) {
            Some(known) => further(known, row),
            None => row,
        };
        of_person.insert(key, row);
    }
    let keys: HashSet<i64> = of_person.keys().copied().collect();
    let named = residents::named(conn, &keys)?;
    let shut = withdrawn(conn)?;
    let counts = |key: &i64| !shut.contains(key) && named.get(key).is_some_and(|who| who.standing == Standing::Present);
    let all = of_person.into_values().filter(|row| counts(&row.resident));
    let (declined, mut rows): (Vec<Kept>, Vec<Kept>) = all.partition(|row| row.state == AppointmentState::Declined);
    let declined = declined.into_iter().map(|row| row.resident).collect();
    rows.sort_by_key(|row| row.id);
    Ok(Listed { rows, declined })
}

/// Who asked not to be kept in lists, or not for checks.
fn withdrawn(conn: &Connection) -> Result<HashSet<i64>> {
    let mut shut = HashSet::new();
    for purpose in [Purpose::Services, Purpose::Health] {
        let standing = consents::standing(conn, purpose)?;
        shut.extend(standing.into_iter().filter(|(_, state)| *state == ConsentState::Withdrawn).map(|(key, _)| key));
    }
    Ok(shut)
}

/// Of two records of one person, the appointment that went further; else the older one.
pub(in crate::ledger) fn further(one: Kept, other: Kept) -> Kept {
    let rank = |of: &Kept| (weight(of.state), Reverse(of.id));
    if rank(&one) < rank(&other) { other } else { one }
}

/// How far an appointment went: coming outweighs a no, that outweighs what was agreed, that what is proposed.
fn weight(state: AppointmentState) -> u8 {
    match state {
        AppointmentState::Came => 7,
        AppointmentState::Declined => 6,
        AppointmentState::Agreed => 5,
        AppointmentState::Invited => 4,
        AppointmentState::Planned => 3,
        AppointmentState::Waiting => 2,
        AppointmentState::Missed => 1,
        AppointmentState::Out => 0,
    }
}
