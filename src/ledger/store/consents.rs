//! What people agreed to and withdrew, as it stands.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, params};

use crate::domain::consent::{Channel, Consent, ConsentState, Guardian, GuardianRelation, Purpose, Withdrawn};
use crate::ledger::error::Result;
use crate::ledger::store::same_person;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// What one record says.
pub(in crate::ledger) fn of(conn: &Connection, resident: i64) -> Result<Vec<Consent>> {
    let mut rows = conn.prepare_cached(
        "SELECT purpose, state, notice, on_date, channel, witness, guardian, guardian_relation \
         FROM consent WHERE resident_id = ?1",
    )?;
    let rows = rows.query_map([resident], consent)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn consent(row: &Row<'_>) -> rusqlite::Result<Consent> {
    let name: String = row.get("guardian")?;
    let guardian = match name.is_empty() {
        true => None,
        false => Some(Guardian { name, relation: read(row, "guardian_relation", GuardianRelation::from_word)? }),
    };
    Ok(Consent {
        purpose: read(row, "purpose", Purpose::from_word)?,
        state: read(row, "state", ConsentState::from_word)?,
        notice: row.get("notice")?,
        on: read(row, "on_date", date)?,
        channel: read(row, "channel", Channel::from_word)?,
        witness: row.get("witness")?,
        guardian,
    })
}

/// What all records of the person say that this record is of.
pub(in crate::ledger) fn of_person(conn: &Connection, resident: i64) -> Result<Vec<Consent>> {
    let mut all = Vec::new();
    for record in same_person::family(conn, resident)? {
        all.extend(of(conn, record)?);
    }
    Ok(all)
}

/// Writes what was said, new or over what stood before.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, resident: i64, new: &Consent) -> Result<()> {
    let uid = tx.uid();
    let guardian = new.guardian.as_ref().map_or(("", ""), |one| (one.name.as_str(), one.relation.as_str()));
    tx.conn()
        .prepare_cached(
            "INSERT INTO consent (uid, resident_id, purpose, state, notice, on_date, channel, witness, guardian, \
             guardian_relation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
             ON CONFLICT (resident_id, purpose) DO UPDATE SET state = excluded.state, notice = excluded.notice, \
             on_date = excluded.on_date, channel = excluded.channel, witness = excluded.witness, \
             guardian = excluded.guardian, guardian_relation = excluded.guardian_relation",
        )?
        .execute(params![
            uid,
            resident,
            new.purpose.as_str(),
            new.state.as_str(),
            new.notice,
            new.on.to_string(),
            new.channel.as_str(),
            new.witness,
            guardian.0,
            guardian.1,
        ])?;
    Ok(())
}

/// Takes away what a record says of a purpose.
pub(in crate::ledger) fn remove(tx: &Tx<'_>, resident: i64, purpose: Purpose) -> Result<()> {
    let mut delete = tx.conn().prepare_cached("DELETE FROM consent WHERE resident_id = ?1 AND purpose = ?2")?;
    delete.execute(params![resident, purpose.as_str()])?;
    Ok(())
}

/// What the person withdrew that this record is of.
pub(in crate::ledger) fn withdrawn_of(conn: &Connection, resident: i64) -> Result<Withdrawn> {
    let mut withdrawn = Withdrawn::default();
    let all = of_person(conn, resident)?;
    all.iter().filter(|one| one.state == ConsentState::Withdrawn).for_each(|one| withdrawn.add(one.purpose));
    Ok(withdrawn)
}

/// What stands for a purpose, by the key of the listed record: a withdrawal of any record counts, and whoever withdrew
/// the services is asked for nothing else, even where they never agreed to it; who agreed to an older notice has not been
/// asked.
pub(in crate::ledger) fn standing(conn: &Connection, purpose: Purpose) -> Result<HashMap<i64, ConsentState>> {
    let mut rows = conn.prepare_cached(
        "SELECT resident_id, state, notice FROM consent WHERE purpose = ?1 \
         UNION ALL SELECT resident_id, state, notice FROM consent WHERE purpose = ?2 AND state = ?3",
    )?;
    let withdrew = [purpose.as_str(), Purpose::Services.as_str(), ConsentState::Withdrawn.as_str()];
    let mut rows = rows.query(withdrew)?;
    let listed = same_person::listed_of_behind(conn)?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        let (record, state) = (row.get::<_, i64>("resident_id")?, read(row, "state", ConsentState::from_word)?);
        let Some(state) = purpose.standing(state, row.get("notice")?) else { continue };
        let stands = found.entry(listed.get(&record).copied().unwrap_or(record)).or_insert(state);
        if state == ConsentState::Withdrawn {
            *stands = state;
        }
    }
    Ok(found)
}

/// The keys of the listed records for whose purpose a guardian agreed; a withdrawal of any record counts here, too.
pub(in crate::ledger) fn by_guardian(conn: &Connection, purpose: Purpose) -> Result<HashSet<i64>> {
    let standing = standing(conn, purpose)?;
    let listed = same_person::listed_of_behind(conn)?;
    let mut rows =
        conn.prepare_cached("SELECT resident_id FROM consent WHERE purpose = ?1 AND state = ?2 AND guardian <> ''")?;
    let rows = rows.query_map([purpose.as_str(), ConsentState::Given.as_str()], |row| row.get::<_, i64>(0))?;
    let mut found = HashSet::new();
    for record in rows {
        let record = record?;
        let key = listed.get(&record).copied().unwrap_or(record);
        if standing.get(&key) == Some(&ConsentState::Given) {
            found.insert(key);
        }
    }
    Ok(found)
}

/// The same by the uid of the listed record.
pub(in crate::ledger) fn standing_by_uid(conn: &Connection, purpose: Purpose) -> Result<HashMap<String, ConsentState>> {
    let standing = standing(conn, purpose)?;
    let mut rows = conn.prepare_cached(
        "SELECT r.id, r.uid FROM consent c JOIN resident r ON r.id = c.resident_id \
         UNION SELECT r.id, r.uid FROM same_person s JOIN resident r ON r.id = s.listed_id",
    )?;
    let mut rows = rows.query([])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Some(state) = standing.get(&row.get("id")?) {
            found.insert(row.get("uid")?, *state);
        }
    }
    Ok(found)
}

/// The key and group of everybody who lives here, records behind others left out.
pub(in crate::ledger) fn people(conn: &Connection, mut each: impl FnMut(i64, &str)) -> Result<()> {
    let mut rows = conn.prepare_cached(
        "SELECT r.id, g.name AS group_name FROM resident r JOIN household h ON h.id = r.household_id \
         JOIN village_group g ON g.id = h.group_id WHERE r.standing = 'present' \
         AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id) ORDER BY g.id, h.id, r.id",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get("id")?, row.get_ref("group_name")?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}
