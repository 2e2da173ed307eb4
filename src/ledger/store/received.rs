//! What came up: files, their numbers, and the rows of persons of each member's newest file. Every uid here is made of what
//! the row says, so that reading the same files in another order gives the same rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, Row as SqlRow, params, params_from_iter};

use crate::domain::hand_up::chain::current;
use crate::domain::hand_up::row::Wrong;
use crate::domain::hand_up::{Entity, Field, Link, Measure, Row};
use crate::ledger::error::Result;
use crate::ledger::hex::digest_of;
use crate::ledger::months::Adjustment;
use crate::ledger::store::purge::{Marks, RowId};
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ledger) struct File {
    pub(in crate::ledger) id: i64,
    pub(in crate::ledger) link: Link,
    pub(in crate::ledger) month: String,
    pub(in crate::ledger) made_on: NaiveDate,
    pub(in crate::ledger) read_on: NaiveDate,
    pub(in crate::ledger) rows: i64,
    pub(in crate::ledger) demo: bool,
}

/// An identity made of what something is.
pub(in crate::ledger) fn uid_of(parts: &[&str]) -> String {
    let digest = digest_of(parts);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// The files of every member, by the member's key.
pub(in crate::ledger) fn files(conn: &Connection) -> Result<BTreeMap<i64, Vec<File>>> {
    let mut rows = conn.prepare_cached(
        "SELECT id, member_id, number, digest, previous, month, made_on, read_on, rows, demo FROM received \
         ORDER BY member_id, number, digest",
    )?;
    let mut rows = rows.query([])?;
    let mut found: BTreeMap<i64, Vec<File>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get("member_id")?).or_default().push(file(row)?);
    }
    Ok(found)
}

fn file(row: &SqlRow<'_>) -> rusqlite::Result<File> {
    let number: i64 = row.get("number")?;
    let number = u64::try_from(number).unwrap_or(0);
    Ok(File {
        id: row.get("id")?,
        link: Link { number, digest: row.get("digest")?, previous: row.get("previous")? },
        month: row.get("month")?,
        made_on: read(row, "made_on", date)?,
        read_on: read(row, "read_on", date)?,
        rows: row.get("rows")?,
        demo: row.get("demo")?,
    })
}

/// The file whose numbers and rows stand for a member.
pub(in crate::ledger) fn newest(files: &[File]) -> Option<&File> {
    let links: Vec<Link> = files.iter().map(|file| file.link.clone()).collect();
    current(&links).and_then(|link| files.iter().find(|file| file.link == *link))
}

/// Writes a file; the key of its row.
pub(in crate::ledger) fn insert(tx: &Tx<'_>, member: i64, new: &File) -> Result<i64> {
    let uid = uid_of(&["received", &new.link.digest]);
    tx.conn()
        .prepare_cached(
            "INSERT INTO received (uid, member_id, number, digest, previous, month, made_on, read_on, rows, demo) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            uid,
            member,
            i64::try_from(new.link.number).unwrap_or(i64::MAX),
            new.link.digest,
            new.link.previous,
            new.month,
            new.made_on.to_string(),
            new.read_on.to_string(),
            new.rows,
            new.demo,
        ])?;
    Ok(tx.conn().last_insert_rowid())
}

/// Writes the numbers of a file, and the rows of it that could not be taken.
pub(in crate::ledger) fn insert_parts(
    tx: &Tx<'_>,
    (file, digest): (i64, &str),
    counts: &[Row],
    refused: &[(Entity, String, Wrong)],
) -> Result<()> {
    let mut count = tx.conn().prepare_cached(
        "INSERT INTO received_count (uid, received_id, month, programme, measure, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for row in counts {
        let values = [Field::CountMonth, Field::CountProgramme, Field::CountMeasure].map(|field| row.text(field));
        let uid = uid_of(&["count", digest, values[0], values[1], values[2]]);
        count.execute(params![uid, file, values[0], values[1], values[2], row.number(Field::CountNumber)])?;
    }
    let mut refusal = tx.conn().prepare_cached(
        "INSERT INTO received_refusal (uid, received_id, section, row_key, wrong) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (entity, key, wrong) in refused {
        let uid = uid_of(&["refusal", digest, entity.as_str(), key]);
        refusal.execute(params![uid, file, entity.as_str(), key, wrong.as_str()])?;
    }
    Ok(())
}

/// What could not be taken of a file.
pub(in crate::ledger) fn refused(conn: &Connection, file: i64) -> Result<Vec<(String, String, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT section, row_key, wrong FROM received_refusal WHERE received_id = ?1 ORDER BY section, row_key",
    )?;
    let rows = rows.query_map([file], |row| Ok((row.get("section")?, row.get("row_key")?, row.get("wrong")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The values of a row about a person, in the order of its table.
pub(in crate::ledger) type Values = Vec<Sql>;

/// The numbers of a file of one month, by programme and measure.
pub(in crate::ledger) fn counts_of(
    conn: &Connection,
    file: i64,
    month: &str,
) -> Result<BTreeMap<(String, Measure), i64>> {
    let mut rows = conn.prepare_cached(
        "SELECT programme, measure, number FROM received_count WHERE received_id = ?1 AND month = ?2",
    )?;
    let rows = rows.query_map([&file as &dyn rusqlite::ToSql, &month], |row| {
        Ok(((row.get("programme")?, read(row, "measure", Measure::from_word)?), row.get("number")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The months of which a file says anything.
pub(in crate::ledger) fn months_of(conn: &Connection, file: i64) -> Result<Vec<String>> {
    let mut rows = conn.prepare_cached("SELECT DISTINCT month FROM received_count WHERE received_id = ?1")?;
    let rows = rows.query_map([file], |row| row.get("month"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a member's newest file says was found later about a month.
pub(in crate::ledger) fn adjustments(conn: &Connection, member: i64, month: &str) -> Result<Vec<Adjustment>> {
    let mut rows = conn.prepare_cached(
        "SELECT programme, measure, on_date, difference FROM received_adjustment WHERE member_id = ?1 AND month = ?2 \
         ORDER BY on_date, programme, measure",
    )?;
    let rows = rows.query_map([&member as &dyn rusqlite::ToSql, &month], |row| {
        Ok(Adjustment {
            programme: row.get("programme")?,
            measure: read(row, "measure", Measure::from_word)?,
            on: read(row, "on_date", date)?,
            difference: row.get("difference")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The table in which rows of persons are kept, and its columns in the order of the fields of their rows.
struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    fields: Vec<Field>,
}

fn table(entity: Entity) -> Table {
    let name = match entity {
        Entity::Appointment => "received_appointment",
        Entity::Adjustment => "received_adjustment",
        Entity::Application | Entity::Count => "received_application",
    };
    let fields: Vec<Field> = Field::of(entity).collect();
    Table { name, columns: fields.iter().map(|field| field.name()).collect(), fields }
}

/// The rows of one kind that are kept of a member's newest file, each as its uid and all its values.
pub(in crate::ledger) fn kept(conn: &Connection, member: i64, entity: Entity) -> Result<BTreeMap<String, Values>> {
    let Table { name, columns, .. } = table(entity);
    let sql = format!("SELECT uid, {} FROM {name} WHERE member_id = ?1", columns.join(", "));
    let mut rows = conn.prepare_cached(&sql)?;
    let rows = rows.query_map([member], |row| {
        let values = columns.iter().map(|column| row.get(*column)).collect::<rusqlite::Result<Vec<Sql>>>()?;
        Ok((row.get("uid")?, values))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The name of a person in a received row that is there, and the village that named them.
pub(in crate::ledger) fn named(conn: &Connection, row: &RowId) -> Result<Option<(String, String)>> {
    if !matches!(row.table.as_str(), "received_application" | "received_appointment") {
        return Ok(None);
    }
    let mut rows = conn.prepare_cached(&format!(
        "SELECT p.name AS name, CASE m.name WHEN '' THEN m.code ELSE m.name END AS village \
         FROM {} p JOIN member m ON m.id = p.member_id WHERE p.uid = ?1",
        row.table
    ))?;
    Ok(rows.query_row([&row.uid], |row| Ok((row.get("name")?, row.get("village")?))).optional()?)
}

/// The identity of a row about a person.
pub(in crate::ledger) fn row_uid(member_code: &str, row: &Row) -> String {
    uid_of(&[row.entity().as_str(), member_code, &row.key()])
}

/// The values of a row in the order of its table.
pub(in crate::ledger) fn values(row: &Row) -> Values {
    use crate::domain::hand_up::profile::Content;
    let value = |field: Field| match field.content() {
        Content::Number => Sql::from(row.number(field)),
        _ => Sql::from(row.text(field).to_owned()),
    };
    Field::of(row.entity()).map(value).collect()
}

/// Makes the rows about persons of a member those of its newest file; what was deleted for good here stays away.
pub(in crate::ledger) fn replace(tx: &Tx<'_>, (member, code): (i64, &str), entity: Entity, rows: &[Row]) -> Result<()> {
    let old = kept(tx.conn(), member, entity)?;
    let (mut new, marks) = (BTreeMap::<String, Values>::new(), Marks::of(tx.conn())?);
    for row in rows {
        let uid = row_uid(code, row);
        if !marks.has(&uid)? {
            new.insert(uid, values(row));
        }
    }
    let Table { name, columns, fields } = table(entity);
    let mut delete = tx.conn().prepare_cached(&format!("DELETE FROM {name} WHERE uid = ?1"))?;
    for uid in old.keys().filter(|uid| !new.contains_key(*uid)) {
        delete.execute([uid])?;
    }
    let marks: Vec<String> = (0..fields.len()).map(|at| format!("?{}", at + 3)).collect();
    let sql =
        format!("INSERT INTO {name} (uid, member_id, {}) VALUES (?1, ?2, {})", columns.join(", "), marks.join(", "));
    let sets: Vec<String> = columns.iter().zip(&marks).map(|(column, mark)| format!("{column} = {mark}")).collect();
    let update = format!("UPDATE {name} SET {} WHERE uid = ?1 AND member_id = ?2", sets.join(", "));
    let (mut insert, mut update) = (tx.conn().prepare_cached(&sql)?, tx.conn().prepare_cached(&update)?);
    for (uid, values) in new {
        let is_same = old.get(&uid).is_some_and(|old| *old == values);
        let write = if old.contains_key(&uid) { &mut update } else { &mut insert };
        if !is_same {
            let head = [Sql::from(uid), Sql::from(member)];
            write.execute(params_from_iter(head.into_iter().chain(values)))?;
        }
    }
    Ok(())
}

/// Every row that was received, as text without local ids and days of reading, in an order of its own.
pub(in crate::ledger) fn each_line(conn: &Connection, mut each: impl FnMut(&str)) -> Result<()> {
    let lines = [
        "SELECT json_array(r.uid, m.code, r.number, r.digest, r.previous, r.month, r.made_on, r.rows, r.demo) \
         FROM received r JOIN member m ON m.id = r.member_id ORDER BY r.uid",
        "SELECT json_array(c.uid, r.digest, c.month, c.programme, c.measure, c.number) FROM received_count c \
         JOIN received r ON r.id = c.received_id ORDER BY c.uid",
        "SELECT json_array(a.uid, m.code, a.person, a.name, a.id_number, a.born, a.phone, a.programme, a.period, a.phase, \
         a.began_on, a.fen, a.paid_fen) FROM received_application a JOIN member m ON m.id = a.member_id ORDER BY a.uid",
        "SELECT json_array(a.uid, m.code, a.person, a.name, a.id_number, a.born, a.phone, a.programme, a.on_date, a.state) \
         FROM received_appointment a JOIN member m ON m.id = a.member_id ORDER BY a.uid",
        "SELECT json_array(a.uid, m.code, a.month, a.programme, a.measure, a.on_date, a.difference) \
         FROM received_adjustment a JOIN member m ON m.id = a.member_id ORDER BY a.uid",
        "SELECT json_array(f.uid, r.digest, f.section, f.row_key, f.wrong) FROM received_refusal f \
         JOIN received r ON r.id = f.received_id ORDER BY f.uid",
    ];
    for sql in lines {
        let mut rows = conn.prepare_cached(sql)?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        }
    }
    Ok(())
}
