//! Links between records of one person, what stood before they were made, and pairs that are two people.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::{Map, Value, json};

use crate::ledger::command::Taken;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::store::residents;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Columns of a resident that a merge may write over, and a later un-merge puts back. References stand as uids.
const COLUMNS: &[&str] =
    &["name", "name_written", "id_number", "born", "sex", "phone", "relation", "household", "source"];

/// The fact that a merge may write over.
const RESIDENCY: &str = "residency";

/// What stood in a record, by field, as JSON.
pub(in crate::ledger) struct Kept(HashMap<&'static str, Value>);

impl Kept {
    /// What stands in a record now.
    pub(in crate::ledger) fn of(tx: &Tx<'_>, resident: i64) -> Result<Self> {
        let mut row = tx.conn().prepare_cached(
            "SELECT r.name, r.name_written, r.id_number, r.born, r.sex, r.phone, r.relation, h.uid AS household, \
             s.uid AS source FROM resident r JOIN household h ON h.id = r.household_id \
             JOIN source s ON s.id = r.source_id WHERE r.id = ?1",
        )?;
        let mut values: HashMap<&'static str, Value> = row.query_row([resident], |row| {
            let value = |column: &'static str| -> rusqlite::Result<(&'static str, Value)> {
                let value = match column {
                    "relation" => json!(row.get::<_, i64>(column)?),
                    _ => json!(row.get::<_, String>(column)?),
                };
                Ok((column, value))
            };
            COLUMNS.iter().map(|column| value(column)).collect()
        })?;
        values.insert(RESIDENCY, residency(tx.conn(), resident)?);
        Ok(Self(values))
    }
}

/// The fact of a record as it stands; nothing where it has none.
fn residency(conn: &Connection, resident: i64) -> Result<Value> {
    let mut row = conn.prepare_cached(
        "SELECT json_object('value', f.value, 'on_date', f.on_date, 'source', s.uid) \
         FROM fact f JOIN source s ON s.id = f.source_id WHERE f.resident_id = ?1 AND f.kind = ?2",
    )?;
    let text: Option<String> = row.query_row(params![resident, RESIDENCY], |row| row.get(0)).optional()?;
    text.map_or(Ok(Value::Null), |text| parsed(&text))
}

fn parsed(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|_| LedgerError::damaged("error-ledger-unexpected"))
}

/// Whether a record stands behind another.
pub(in crate::ledger) fn is_behind(conn: &Connection, resident: i64) -> Result<bool> {
    Ok(link_of(conn, resident)?.is_some())
}

/// Whether a record is linked on either side.
pub(in crate::ledger) fn is_linked(conn: &Connection, resident: i64) -> Result<bool> {
    let mut rows =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM same_person WHERE behind_id = ?1 OR listed_id = ?1)")?;
    Ok(rows.query_row([resident], |row| row.get(0))?)
}

/// The link by which a record stands behind another.
pub(in crate::ledger) fn link_of(conn: &Connection, behind: i64) -> Result<Option<i64>> {
    let mut rows = conn.prepare_cached("SELECT id FROM same_person WHERE behind_id = ?1")?;
    Ok(rows.query_row([behind], |row| row.get(0)).optional()?)
}

/// The uid of the record listed for this one, and the uids of those right behind it.
pub(in crate::ledger) fn around(conn: &Connection, uid: &str) -> Result<(Option<String>, Vec<String>)> {
    let mut listed = conn.prepare_cached(
        "SELECT l.uid FROM resident r JOIN same_person s ON s.behind_id = r.id JOIN resident l ON l.id = s.listed_id \
         WHERE r.uid = ?1",
    )?;
    let listed = listed.query_row([uid], |row| row.get(0)).optional()?;
    let mut behind = conn.prepare_cached(
        "SELECT b.uid FROM resident r JOIN same_person s ON s.listed_id = r.id JOIN resident b ON b.id = s.behind_id \
         WHERE r.uid = ?1 ORDER BY s.id",
    )?;
    let behind = behind.query_map([uid], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok((listed, behind))
}

/// The listed record at the end of the links, for every record that stands behind one. There are few.
pub(in crate::ledger) fn listed_of_behind(conn: &Connection) -> Result<HashMap<i64, i64>> {
    let mut rows = conn.prepare_cached("SELECT behind_id, listed_id FROM same_person")?;
    let pairs = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let direct: HashMap<i64, i64> = pairs.collect::<rusqlite::Result<_>>()?;
    let last = |behind: i64| {
        // No more steps than links: a circle cannot be made, and would end here.
        let mut at = behind;
        for _ in 0..direct.len() {
            match direct.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        at
    };
    Ok(direct.keys().map(|behind| (*behind, last(*behind))).collect())
}

/// The records behind each listed one, however many links away.
pub(in crate::ledger) fn families(conn: &Connection) -> Result<HashMap<i64, Vec<i64>>> {
    let mut families: HashMap<i64, Vec<i64>> = HashMap::new();
    for (behind, listed) in listed_of_behind(conn)? {
        families.entry(listed).or_default().push(behind);
    }
    Ok(families)
}

/// All records of the person that this record is of, itself first.
pub(in crate::ledger) fn family(conn: &Connection, resident: i64) -> Result<Vec<i64>> {
    let mut rows = conn.prepare_cached(
        "WITH RECURSIVE up (id) AS (SELECT ?1 UNION SELECT s.listed_id FROM up JOIN same_person s ON s.behind_id = up.id), \
         all_of (id) AS (SELECT id FROM up UNION SELECT s.behind_id FROM all_of a JOIN same_person s ON s.listed_id = a.id) \
         SELECT id FROM all_of ORDER BY id <> ?1, id",
    )?;
    let rows = rows.query_map([resident], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The links among records: who stands behind, behind whom, since when.
pub(in crate::ledger) fn links_among(conn: &Connection, records: &[i64]) -> Result<Vec<(i64, i64, NaiveDate)>> {
    let keys = serde_json::to_string(records).unwrap_or_default();
    let mut rows = conn.prepare_cached(
        "SELECT behind_id, listed_id, linked_on FROM same_person \
         WHERE behind_id IN (SELECT value FROM json_each(?1)) ORDER BY id",
    )?;
    let rows = rows
        .query_map([keys], |row| Ok((row.get("behind_id")?, row.get("listed_id")?, read(row, "linked_on", date)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A new link; returns its key.
pub(in crate::ledger) fn insert(tx: &mut Tx<'_>, listed: i64, behind: i64) -> Result<i64> {
    let (uid, today) = (tx.uid(), tx.today.to_string());
    tx.conn()
        .prepare_cached("INSERT INTO same_person (uid, behind_id, listed_id, linked_on) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![uid, behind, listed, today])?;
    Ok(tx.conn().last_insert_rowid())
}

/// Removes a link, with what it remembers.
pub(in crate::ledger) fn remove(tx: &Tx<'_>, link: i64) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM same_person WHERE id = ?1")?.execute([link])?;
    Ok(())
}

/// Writes a value of the record behind into the listed one. The two exchange id numbers, so that both are still found.
pub(in crate::ledger) fn take(tx: &mut Tx<'_>, (listed, behind): (i64, i64), taken: Taken) -> Result<()> {
    match taken {
        Taken::Name => copy(tx, (listed, behind), "name = b.name, name_written = b.name_written"),
        Taken::Born => copy(tx, (listed, behind), "born = b.born, source_id = b.source_id"),
        Taken::Sex => copy(tx, (listed, behind), "sex = b.sex, source_id = b.source_id"),
        Taken::Phone => copy(tx, (listed, behind), "phone = b.phone"),
        Taken::Household => copy(tx, (listed, behind), "household_id = b.household_id, relation = b.relation"),
        Taken::IdNumber => {
            let (ours, theirs) = (id_number(tx.conn(), listed)?, id_number(tx.conn(), behind)?);
            copy(tx, (listed, behind), "born = b.born, sex = b.sex, source_id = b.source_id")?;
            set_id_numbers(tx, &[(listed, theirs), (behind, ours)])
        }
        Taken::Residency => {
            let fact = residency(tx.conn(), behind)?;
            put_residency(tx, listed, &fact)
        }
    }
}

fn copy(tx: &Tx<'_>, (listed, behind): (i64, i64), columns: &str) -> Result<()> {
    let sql = format!("UPDATE resident SET {columns} FROM resident b WHERE b.id = ?2 AND resident.id = ?1");
    tx.conn().prepare_cached(&sql)?.execute([listed, behind])?;
    Ok(())
}

/// Gives several records their numbers: first all are emptied, so that none is ever there twice.
fn set_id_numbers(tx: &Tx<'_>, numbers: &[(i64, String)]) -> Result<()> {
    let mut update =
        tx.conn().prepare_cached("UPDATE resident SET id_number = ?2 WHERE id = ?1 AND id_number <> ?2")?;
    for (resident, _) in numbers {
        update.execute(params![resident, ""])?;
    }
    for (resident, number) in numbers {
        update.execute(params![resident, number])?;
    }
    Ok(())
}

fn put_residency(tx: &mut Tx<'_>, resident: i64, fact: &Value) -> Result<()> {
    let text = |name: &str| fact.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (Some(value), Some(on)) = (
        crate::domain::resident::Residency::from_word(&text("value")),
        crate::ledger::store::sql_types::date(&text("on_date")),
    ) else {
        tx.conn()
            .prepare_cached("DELETE FROM fact WHERE resident_id = ?1 AND kind = ?2")?
            .execute(params![resident, RESIDENCY])?;
        return Ok(());
    };
    let source = key_of(tx.conn(), "source", &text("source"))?;
    let Some(source) = source else { return Ok(()) };
    residents::put_fact(tx, resident, crate::domain::resident::FactKind::Residency, value.as_str(), on, source)
}

fn key_of(conn: &Connection, table: &str, uid: &str) -> Result<Option<i64>> {
    let sql = format!("SELECT id FROM {table} WHERE uid = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([uid], |row| row.get(0)).optional()?)
}

/// Remembers what stood in a record before a merge, as far as the merge wrote over it.
pub(in crate::ledger) fn remember(tx: &mut Tx<'_>, link: i64, resident: i64, before: &Kept) -> Result<()> {
    let now = Kept::of(tx, resident)?;
    for field in COLUMNS.iter().chain([&RESIDENCY]) {
        let (then, now) = (before.0.get(field), now.0.get(field));
        if then == now {
            continue;
        }
        let uid = tx.uid();
        let text = then.unwrap_or(&Value::Null).to_string();
        tx.conn()
            .prepare_cached(
                "INSERT INTO same_person_before (uid, link_id, resident_id, field, before) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![uid, link, resident, field, text])?;
    }
    Ok(())
}

/// Puts back what a link remembers. What a later link wrote over again stays until that one is taken away, too: from now
/// on that one remembers it. A household or source that is gone meanwhile stays gone.
pub(in crate::ledger) fn put_back(tx: &mut Tx<'_>, link: i64) -> Result<()> {
    let (mut numbers, mut homeless) = (Vec::new(), None);
    for (resident, field, before) in remembered(tx.conn(), link)? {
        if hand_on(tx, link, resident, &field, &before)? {
            continue;
        }
        let text = before.as_str().unwrap_or_default();
        match field.as_str() {
            "id_number" => numbers.push((resident, text.to_owned())),
            RESIDENCY => put_residency(tx, resident, &before)?,
            "household" if !set_reference(tx, resident, "household", text)? => homeless = Some(resident),
            "household" => {}
            "source" => _ = set_reference(tx, resident, "source", text)?,
            // The relation is that to the head of a household, and goes with it.
            "relation" if homeless == Some(resident) => {}
            "relation" => set_column(tx, resident, "relation", &before.as_i64().unwrap_or(0))?,
            column => match COLUMNS.iter().find(|known| **known == column) {
                Some(column) => set_column(tx, resident, column, &text)?,
                None => return Err(LedgerError::damaged("error-ledger-unexpected")),
            },
        }
    }
    numbers.into_iter().try_for_each(|(resident, number)| give_back(tx, resident, &number))
}

/// Gives what stood before this link to the next later one that wrote over the same field; whether there is one.
fn hand_on(tx: &Tx<'_>, link: i64, resident: i64, field: &str, before: &Value) -> Result<bool> {
    let mut update = tx.conn().prepare_cached(
        "UPDATE same_person_before SET before = ?4 WHERE resident_id = ?2 AND field = ?3 AND link_id = \
         (SELECT min(link_id) FROM same_person_before WHERE resident_id = ?2 AND field = ?3 AND link_id > ?1)",
    )?;
    Ok(update.execute(params![link, resident, field, before.to_string()])? > 0)
}

/// Gives a number back to the record it stood in. Another record of the person that has it takes the one that stands
/// there now; where somebody else has it, it stays theirs.
fn give_back(tx: &Tx<'_>, resident: i64, number: &str) -> Result<()> {
    match residents::uid_by_id_number(tx.conn(), number)? {
        None => set_id_numbers(tx, &[(resident, number.to_owned())]),
        Some((holder, _)) if holder != resident && family(tx.conn(), resident)?.contains(&holder) => {
            let ours = id_number(tx.conn(), resident)?;
            set_id_numbers(tx, &[(resident, number.to_owned()), (holder, ours)])
        }
        Some(_) => Ok(()),
    }
}

fn id_number(conn: &Connection, resident: i64) -> Result<String> {
    let mut rows = conn.prepare_cached("SELECT id_number FROM resident WHERE id = ?1")?;
    Ok(rows.query_row([resident], |row| row.get(0))?)
}

fn remembered(conn: &Connection, link: i64) -> Result<Vec<(i64, String, Value)>> {
    let mut rows = conn.prepare_cached(
        "SELECT resident_id, field, before FROM same_person_before WHERE link_id = ?1 ORDER BY resident_id, field",
    )?;
    let mut rows = rows.query([link])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get("resident_id")?, row.get("field")?, parsed(&row.get::<_, String>("before")?)?));
    }
    Ok(found)
}

fn set_column(tx: &Tx<'_>, resident: i64, column: &str, value: &dyn rusqlite::ToSql) -> Result<()> {
    let sql = format!("UPDATE resident SET {column} = ?1 WHERE id = ?2 AND {column} IS NOT ?1");
    tx.conn().prepare_cached(&sql)?.execute(params![value, resident])?;
    Ok(())
}

/// Whether what is meant is still there.
fn set_reference(tx: &Tx<'_>, resident: i64, table: &str, uid: &str) -> Result<bool> {
    match key_of(tx.conn(), table, uid)? {
        Some(key) => set_column(tx, resident, &format!("{table}_id"), &key).map(|()| true),
        None => Ok(false),
    }
}

/// What was edited in this change is no longer put back by any link.
pub(in crate::ledger) fn forget_edited(conn: &Connection, change: i64) -> Result<()> {
    let linked: bool =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM same_person_before)")?.query_row([], |row| row.get(0))?;
    if !linked {
        return Ok(());
    }
    let mut rows = conn.prepare_cached(
        "SELECT r.id, 'resident' AS what, c.before FROM change_row c JOIN resident r ON r.uid = c.row_uid \
         JOIN same_person_before m ON m.resident_id = r.id \
         WHERE c.change_id = ?1 AND c.table_name = 'resident' AND c.kind = 'update' \
         UNION SELECT f.resident_id, f.kind, NULL FROM change_row c JOIN fact f ON f.uid = c.row_uid \
         WHERE c.change_id = ?1 AND c.table_name = 'fact'",
    )?;
    let mut edited: Vec<(i64, String)> = Vec::new();
    let mut rows = rows.query([change])?;
    while let Some(row) = rows.next()? {
        let (resident, what): (i64, String) = (row.get("id")?, row.get("what")?);
        match row.get::<_, Option<String>>("before")? {
            None => edited.push((resident, what)),
            Some(before) => {
                let columns: Map<String, Value> = serde_json::from_str(&before).unwrap_or_default();
                let fields = columns.keys().map(|column| column.strip_suffix("_id").unwrap_or(column).to_owned());
                edited.extend(fields.map(|field| (resident, field)));
            }
        }
    }
    let mut forget = conn.prepare_cached("DELETE FROM same_person_before WHERE resident_id = ?1 AND field = ?2")?;
    for (resident, field) in edited {
        for field in [field.as_str()].iter().chain(said_with(&field)) {
            forget.execute(params![resident, field])?;
        }
    }
    Ok(())
}

/// Fields that are said together with an edited one, though their value may have stayed the same: who moves is given the
/// relation to the head over there, and a number decides birth and sex.
fn said_with(field: &str) -> &'static [&'static str] {
    match field {
        "name" => &["name_written"],
        "name_written" => &["name"],
        "id_number" => &["born", "sex", "source"],
        "born" | "sex" => &["source"],
        "household" => &["relation"],
        _ => &[],
    }
}

/// Notes a pair as two people; the same pair twice is once.
pub(in crate::ledger) fn insert_not_same(tx: &mut Tx<'_>, one: i64, other: i64) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO not_same (uid, one_id, other_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![uid, one.min(other), one.max(other)])?;
    Ok(())
}

/// A pair that is merged is one person after all.
pub(in crate::ledger) fn forget_not_same(tx: &Tx<'_>, one: i64, other: i64) -> Result<()> {
    tx.conn()
        .prepare_cached("DELETE FROM not_same WHERE one_id = ?1 AND other_id = ?2")?
        .execute(params![one.min(other), one.max(other)])?;
    Ok(())
}

/// All pairs noted as two people, by key.
pub(in crate::ledger) fn not_same(conn: &Connection) -> Result<std::collections::HashSet<(i64, i64)>> {
    let mut rows = conn.prepare_cached("SELECT one_id, other_id FROM not_same")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
