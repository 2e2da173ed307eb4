//! Losses and leaks.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::incident::{DataKind, Incident, IncidentKind, Told};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::transact::Tx;

const COLUMNS: &str = "uid, kind, on_date, what, fields, people, told_town, told_office, told_people";

/// All of them, the latest first.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<Vec<Incident>> {
    let mut rows = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM incident ORDER BY on_date DESC, id DESC"))?;
    let rows = rows.query_map([], incident)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    let fields: String = row.get("fields")?;
    let days = [(Told::Township, 6), (Told::Office, 7), (Told::People, 8)];
    let mut told: Vec<(Told, NaiveDate)> = Vec::new();
    for (who, at) in days {
        if let Some(on) = read_known(row, at, date)? {
            told.push((who, on));
        }
    }
    Ok(Incident {
        uid: row.get("uid")?,
        kind: read(row, "kind", IncidentKind::from_word)?,
        on: read(row, "on_date", date)?,
        what: row.get("what")?,
        data: fields.split(',').filter_map(DataKind::from_word).collect(),
        people: row.get("people")?,
        told,
    })
}

/// Writes one, new where it has no uid.
pub(in crate::ledger) fn put(tx: &mut Tx<'_>, of: &Incident) -> Result<()> {
    let uid = if of.uid.is_empty() { tx.uid() } else { of.uid.clone() };
    let fields: Vec<&str> = of.data.iter().map(|kind| kind.as_str()).collect();
    let day =
        |who: Told| of.told.iter().find(|(told, _)| *told == who).map_or_else(String::new, |(_, on)| on.to_string());
    tx.conn()
        .prepare_cached(
            "INSERT INTO incident (uid, kind, on_date, what, fields, people, told_town, told_office, told_people) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
             ON CONFLICT (uid) DO UPDATE SET kind = excluded.kind, on_date = excluded.on_date, what = excluded.what, \
             fields = excluded.fields, people = excluded.people, told_town = excluded.told_town, \
             told_office = excluded.told_office, told_people = excluded.told_people",
        )?
        .execute(params![
            uid,
            of.kind.as_str(),
            of.on.to_string(),
            of.what,
            fields.join(","),
            of.people,
            day(Told::Township),
            day(Told::Office),
            day(Told::People),
        ])?;
    Ok(())
}
