//! Residents and the facts about them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row, Statement, params};

use crate::domain::fact::Known;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{FactKind, FactValue, Facts, Sex, SourceId, Sourced, Standing};
use crate::ledger::command::{NewResident, ResidentEdit};
use crate::ledger::error::Result;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::sql_types::{date, partial_date, read, read_known, unreadable};
use crate::ledger::store::transact::Tx;
use crate::ledger::village::Source;

/// Identity and standing of one resident, for commands.
#[derive(Clone)]
pub(in crate::ledger) struct Brief {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) household: i64,
    pub(in crate::ledger) id_number: String,
    pub(in crate::ledger) standing: Standing,
}

/// The resident with this uid.
pub(in crate::ledger) fn brief(conn: &Connection, uid: &str) -> Result<Option<Brief>> {
    let mut rows = conn.prepare_cached("SELECT id, household_id, id_number, standing FROM resident WHERE uid = ?1")?;
    let found = rows.query_row([uid], |row| {
        Ok(Brief {
            id: row.get("id")?,
            household: row.get("household_id")?,
            id_number: row.get("id_number")?,
            standing: read(row, "standing", Standing::from_word)?,
        })
    });
    Ok(found.optional()?)
}

/// The uid of the resident with this uid or id number.
pub(in crate::ledger) fn find_uid(conn: &Connection, uid_or_id_number: &str) -> Result<Option<String>> {
    if uid_or_id_number.is_empty() {
        return Ok(None);
    }
    // Two looks: for one with OR the whole table would be read, as the index of id numbers leaves out who has none.
    let mut rows = conn.prepare_cached("SELECT uid FROM resident WHERE uid = ?1")?;
    if let Some(uid) = rows.query_row([uid_or_id_number], |row| row.get(0)).optional()? {
        return Ok(Some(uid));
    }
    Ok(uid_by_id_number(conn, uid_or_id_number)?.map(|(_, uid)| uid))
}

/// The key and uid of the resident with this id number.
pub(in crate::ledger) fn uid_by_id_number(conn: &Connection, id_number: &str) -> Result<Option<(i64, String)>> {
    let mut rows = conn.prepare_cached("SELECT id, uid FROM resident WHERE id_number = ?1 AND id_number <> ''")?;
    Ok(rows.query_row([id_number], |row| Ok((row.get("id")?, row.get("uid")?))).optional()?)
}

/// A new resident; returns the key and the uid.
pub(in crate::ledger) fn insert(
    tx: &mut Tx<'_>,
    household: i64,
    new: &NewResident,
    source: i64,
) -> Result<(i64, String)> {
    let (uid, today) = (tx.uid(), tx.today.to_string());
    let name = new.name.as_str();
    let written = if new.name.written() == name { "" } else { new.name.written() };
    tx.conn().prepare_cached(include_str!("sql/insert_resident.sql"))?.execute(params![
        uid,
        household,
        name,
        written,
        new.id_number.as_ref().map_or("", |id| id.as_str()),
        new.sex.map_or("", Sex::as_str),
        new.born.map_or_else(String::new, |born| born.to_string()),
        new.relation.map_or(0, |relation| relation.code()),
        new.phone,
        Standing::Present.as_str(),
        today,
        source,
        today,
    ])?;
    let id = tx.conn().last_insert_rowid();
    if let Some(residency) = new.residency {
        put_fact(tx, id, FactKind::Residency, residency.as_str(), tx.today, source)?;
    }
    Ok((id, uid))
}

/// Writes a fact, new or over the old one.
pub(in crate::ledger) fn put_fact(
    tx: &mut Tx<'_>,
    resident: i64,
    kind: FactKind,
    value: &str,
    on: NaiveDate,
    source: i64,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO fact (uid, resident_id, kind, value, on_date, source_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (resident_id, kind) DO UPDATE SET value = excluded.value, on_date = excluded.on_date, \
             source_id = excluded.source_id",
        )?
        .execute(params![uid, resident, kind.as_str(), value, on.to_string(), source])?;
    Ok(())
}

/// The day for which a fact is known.
pub(in crate::ledger) fn fact_day(conn: &Connection, resident: i64, kind: FactKind) -> Result<Option<NaiveDate>> {
    let mut rows = conn.prepare_cached("SELECT on_date FROM fact WHERE resident_id = ?1 AND kind = ?2")?;
    Ok(rows.query_row(params![resident, kind.as_str()], |row| read(row, 0, date)).optional()?)
}

/// Corrects the birth date.
pub(in crate::ledger) fn set_born(tx: &Tx<'_>, resident: i64, born: PartialDate, source: i64) -> Result<()> {
    tx.conn().execute(
        "UPDATE resident SET born = ?1, source_id = ?2 WHERE id = ?3 AND born <> ?1",
        params![born.to_string(), source, resident],
    )?;
    Ok(())
}

/// Writes the values that an edit names, each where it differs. An id number brings the birth and sex it decides.
pub(in crate::ledger) fn edit(tx: &Tx<'_>, resident: i64, edit: &ResidentEdit) -> Result<()> {
    if let Some(name) = &edit.name {
        let written = if name.written() == name.as_str() { "" } else { name.written() };
        set(tx, resident, "name", &name.as_str())?;
        set(tx, resident, "name_written", &written)?;
    }
    if let Some(id) = &edit.id_number {
        set(tx, resident, "id_number", &id.as_ref().map_or("", |id| id.as_str()))?;
        if let Some(born) = id.as_ref().and_then(|id| id.born()) {
            set(tx, resident, "born", &born.to_string())?;
        }
        if let Some(sex) = id.as_ref().and_then(|id| id.sex()) {
            set(tx, resident, "sex", &sex.as_str())?;
        }
    }
    if let Some(born) = edit.born {
        set(tx, resident, "born", &born.map_or_else(String::new, |born| born.to_string()))?;
    }
    if let Some(sex) = edit.sex {
        set(tx, resident, "sex", &sex.map_or("", Sex::as_str))?;
    }
    if let Some(relation) = edit.relation {
        set_relation(tx, resident, relation)?;
    }
    if let Some(phone) = &edit.phone {
        set(tx, resident, "phone", phone)?;
    }
    Ok(())
}

/// Writes one column, where it differs.
fn set(tx: &Tx<'_>, resident: i64, column: &'static str, value: &dyn rusqlite::ToSql) -> Result<()> {
    let sql = format!("UPDATE resident SET {column} = ?1 WHERE id = ?2 AND {column} IS NOT ?1");
    tx.conn().prepare_cached(&sql)?.execute(params![value, resident])?;
    Ok(())
}

/// Says how somebody is related to the head of the household; none where it is not known.
pub(in crate::ledger) fn set_relation(tx: &Tx<'_>, resident: i64, relation: Option<Relation>) -> Result<()> {
    set(tx, resident, "relation", &relation.map_or(0, |relation| relation.code()))
}

/// Says where birth, sex and id number are known from.
pub(in crate::ledger) fn set_source(tx: &Tx<'_>, resident: i64, source: i64) -> Result<()> {
    set(tx, resident, "source_id", &source)
}

/// Moves somebody to a household; returns the one they lived in, where that was another.
pub(in crate::ledger) fn move_to(tx: &Tx<'_>, resident: i64, household: i64) -> Result<Option<i64>> {
    let before: i64 = tx
        .conn()
        .prepare_cached("SELECT household_id FROM resident WHERE id = ?1")?
        .query_row([resident], |row| row.get(0))?;
    set(tx, resident, "household_id", &household)?;
    Ok((before != household).then_some(before))
}

/// Changes the standing.
pub(in crate::ledger) fn set_standing(tx: &Tx<'_>, resident: i64, standing: Standing, on: NaiveDate) -> Result<()> {
    tx.conn().execute(
        "UPDATE resident SET standing = ?1, standing_on = ?2 WHERE id = ?3 AND (standing <> ?1 OR standing_on <> ?2)",
        params![standing.as_str(), on.to_string(), resident],
    )?;
    Ok(())
}

/// Removes a resident and, through cascades that the log notes, all that was said about them.
pub(in crate::ledger) fn delete(tx: &Tx<'_>, resident: i64) -> Result<()> {
    tx.conn().execute("DELETE FROM resident WHERE id = ?1", [resident])?;
    Ok(())
}

/// The sources a row's facts are told with.
pub(in crate::ledger) type Sources = HashMap<SourceId, Source>;

/// Where the columns of facts stand in a statement: looking names up for each of a million rows would cost more than
/// reading them.
pub(super) struct FactColumns {
    born: usize,
    sex: usize,
    standing: usize,
    standing_on: usize,
    source_id: usize,
}

impl FactColumns {
    pub(super) fn of(statement: &Statement<'_>) -> rusqlite::Result<Self> {
        let at = |name| statement.column_index(name);
        Ok(Self {
            born: at("born")?,
            sex: at("sex")?,
            standing: at("standing")?,
            standing_on: at("standing_on")?,
            source_id: at("source_id")?,
        })
    }
}

pub(super) fn facts(row: &Row<'_>, at: &FactColumns, sources: &Sources) -> rusqlite::Result<Facts> {
    let own = SourceId(row.get(at.source_id)?);
    let standing_on = read(row, at.standing_on, date)?;
    let noted_on = sources.get(&own).map_or(standing_on, |source| source.noted_on);
    let born = read_known(row, at.born, partial_date)?;
    let sex = read_known(row, at.sex, Sex::from_word)?;
    let standing = Sourced { value: read(row, at.standing, Standing::from_word)?, source: own, on: standing_on };
    Ok(Facts {
        born: born.map(|value| Sourced { value, source: own, on: noted_on }),
        sex: sex.map(|value| Sourced { value, source: own, on: noted_on }),
        ..Facts::new(standing)
    })
}

/// The facts of one resident, as the statements for single people write them together: kind, value, day and source of
/// each on a line.
fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let mut known = Known::default();
    let text: Option<String> = row.get("known")?;
    for line in text.as_deref().unwrap_or_default().lines() {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or_default();
        let (kind, value, on, source) = (next(), next(), next(), next());
        let value = FactKind::from_word(kind).and_then(|kind| FactValue::from_word(kind, value));
        let (Some(value), Some(on), Ok(source)) = (value, date(on), source.parse()) else {
            return Err(unreadable(row.as_ref().column_index("known")?));
        };
        known.set(Sourced { value, source: SourceId(source), on });
    }
    Ok(known)
}

pub(super) fn resident_row(row: &Row<'_>, sources: &Sources) -> rusqlite::Result<ResidentRow> {
    Ok(ResidentRow {
        uid: row.get("uid")?,
        name: row.get("name")?,
        name_written: row.get("name_written")?,
        id_number: row.get("id_number")?,
        phone: row.get("phone")?,
        relation: row.get("relation")?,
        group: row.get("group_name")?,
        household: row.get("household_number")?,
        household_uid: row.get("household_uid")?,
        address: row.get("address")?,
        known_on: read(row, "known_on", date)?,
        facts: Facts { known: known(row)?, ..facts(row, &FactColumns::of(row.as_ref())?, sources)? },
    })
}

/// One resident with facts.
pub(in crate::ledger) fn get(conn: &Connection, uid: &str, sources: &Sources) -> Result<Option<ResidentRow>> {
    let mut rows = conn.prepare_cached(concat!(include_str!("sql/residents.sql"), " WHERE r.uid = ?1"))?;
    Ok(rows.query_row([uid], |row| resident_row(row, sources)).optional()?)
}

/// Residents of one group, or of all where it is none, household by household.
pub(in crate::ledger) fn page(
    conn: &Connection,
    group: Option<&str>,
    limit: u32,
    sources: &Sources,
) -> Result<Vec<ResidentRow>> {
    let mut rows = conn.prepare_cached(concat!(
        include_str!("sql/residents_by_household.sql"),
        " WHERE (?1 IS NULL OR g.name = ?1)",
        " AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
        " ORDER BY g.id, h.sorted DESC, h.id, r.relation = 0, r.relation, r.id LIMIT ?2"
    ))?;
    let rows = rows.query_map(params![group, limit], |row| resident_row(row, sources))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The members of one household.
pub(in crate::ledger) fn members(
    conn: &Connection,
    household_uid: &str,
    sources: &Sources,
) -> Result<Vec<ResidentRow>> {
    let mut rows = conn.prepare_cached(concat!(
        include_str!("sql/residents.sql"),
        " WHERE h.uid = ?1 AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
        " ORDER BY r.relation = 0, r.relation, r.id LIMIT 5000"
    ))?;
    let rows = rows.query_map([household_uid], |row| resident_row(row, sources))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Residents by key, in the order given.
pub(in crate::ledger) fn by_keys(conn: &Connection, keys: &[i64], sources: &Sources) -> Result<Vec<ResidentRow>> {
    let mut statement = conn.prepare_cached(concat!(include_str!("sql/residents.sql"), " WHERE r.id = ?1"))?;
    let rows = keys.iter().map(|key| statement.query_row([key], |row| resident_row(row, sources)));
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many residents are present.
pub(in crate::ledger) fn present(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM resident r WHERE standing = 'present' \
             AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)",
        )?
        .query_row([], |row| row.get(0))?)
}

/// What is shown of somebody beside what it is about.
#[derive(Clone)]
pub struct Named {
    /// The uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Whether the person lives here.
    pub standing: Standing,
    /// Bare name of the group.
    pub group: String,
    /// The household's number; empty for 未分户.
    pub household: String,
    /// The household's uid.
    pub household_uid: String,
}

/// The same of these records, by key: one query, however many they are.
pub(in crate::ledger) fn named(conn: &Connection, records: &HashSet<i64>) -> Result<HashMap<i64, Named>> {
    let keys = serde_json::to_string(records).unwrap_or_default();
    let mut rows = conn.prepare_cached(
        "SELECT r.id, r.uid, r.name, r.standing, g.name AS group_name, h.number, h.uid AS household_uid \
         FROM json_each(?1) k JOIN resident r ON r.id = k.value \
         JOIN household h ON h.id = r.household_id JOIN village_group g ON g.id = h.group_id",
    )?;
    let rows = rows.query_map([keys], |row| {
        let named = Named {
            uid: row.get("uid")?,
            name: row.get("name")?,
            standing: read(row, "standing", Standing::from_word)?,
            group: row.get("group_name")?,
            household: row.get("number")?,
            household_uid: row.get("household_uid")?,
        };
        Ok((row.get("id")?, named))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many people are present, and how many of them are younger than `years` as far as is known.
pub(in crate::ledger) fn counted_by_age(conn: &Connection, today: NaiveDate, years: u32) -> Result<(u64, u64)> {
    let born_after = today.checked_sub_months(chrono::Months::new(12 * years)).unwrap_or(NaiveDate::MIN);
    let mut rows = conn.prepare_cached(
        "SELECT count(*) AS people, coalesce(sum(born <> '' AND \
         CASE length(born) WHEN 4 THEN born || '-12-31' WHEN 7 THEN born || '-31' ELSE born END > ?1), 0) AS young \
         FROM resident r WHERE standing = 'present' AND NOT EXISTS (SELECT 1 FROM same_person s WHERE s.behind_id = r.id)",
    )?;
    Ok(rows.query_row([born_after.to_string()], |row| {
        Ok((row.get::<_, i64>("people")?.unsigned_abs(), row.get::<_, i64>("young")?.unsigned_abs()))
    })?)
}
