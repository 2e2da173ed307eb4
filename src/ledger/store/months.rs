//! What happened in a month, row by row, and the numbers of closed months.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::hand_up::Measure;
use crate::ledger::error::Result;
use crate::ledger::months::{Adjustment, ClosedMonth, Numbers};
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Something that happened to a record in a month: what is counted, of which programme, and how many fen where it is money.
pub(in crate::ledger) struct Happened {
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) programme: String,
    pub(in crate::ledger) measure: Measure,
    pub(in crate::ledger) fen: i64,
}

/// All that happened on days beginning with this text: a month (2026-11) or a year (2026).
pub(in crate::ledger) fn happened(conn: &Connection, days: &str) -> Result<Vec<Happened>> {
    let mut rows = conn.prepare_cached(
        "SELECT resident_id, programme, 'month_checked' AS measure, 0 AS fen FROM service \
         WHERE on_date GLOB ?1 || '-*' \
         UNION ALL SELECT resident_id, programme, 'month_began', 0 FROM application \
         WHERE began_on GLOB ?1 || '-*' AND taken_back = '' \
         UNION ALL SELECT resident_id, programme, 'month_granted', fen FROM application \
         WHERE answer = 'granted' AND answer_on GLOB ?1 || '-*' \
         UNION ALL SELECT resident_id, programme, 'month_paid_persons', fen FROM payment WHERE on_date GLOB ?1 || '-*'",
    )?;
    let rows = rows.query_map([days], |row| {
        Ok(Happened {
            resident: row.get("resident_id")?,
            programme: row.get("programme")?,
            measure: read(row, "measure", Measure::from_word)?,
            fen: row.get("fen")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The months and years in which something happened to these residents, or to whom these applications and services are of.
pub(in crate::ledger) fn times_of(conn: &Connection, uids: &[&str]) -> Result<BTreeSet<String>> {
    let uids = serde_json::to_string(uids).unwrap_or_default();
    let mut rows = conn.prepare_cached(
        "WITH gone (uid) AS (SELECT value FROM json_each(?1)), \
         one (id) AS (SELECT r.id FROM gone g JOIN resident r ON r.uid = g.uid \
         UNION SELECT a.resident_id FROM gone g JOIN application a ON a.uid = g.uid \
         UNION SELECT s.resident_id FROM gone g JOIN service s ON s.uid = g.uid) \
         SELECT on_date AS day FROM service WHERE resident_id IN (SELECT id FROM one) \
         UNION SELECT began_on FROM application WHERE resident_id IN (SELECT id FROM one) \
         UNION SELECT answer_on FROM application WHERE resident_id IN (SELECT id FROM one) \
         UNION SELECT on_date FROM payment WHERE resident_id IN (SELECT id FROM one)",
    )?;
    let mut rows = rows.query([uids])?;
    let mut times = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let day: String = row.get("day")?;
        times.extend([4, 7].iter().filter_map(|end| day.get(..*end).map(str::to_owned)));
    }
    Ok(times)
}

/// What people who were deleted for good counted for in a month or year.
pub(in crate::ledger) fn purged(conn: &Connection, of: &str) -> Result<Numbers> {
    let mut rows = conn.prepare_cached("SELECT programme, measure, number FROM purged_number WHERE of = ?1")?;
    let rows = rows.query_map([of], |row| {
        Ok(((row.get("programme")?, read(row, "measure", Measure::from_word)?), row.get("number")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every closed month with its numbers and what was found later, by month.
pub(in crate::ledger) fn closed(conn: &Connection) -> Result<Vec<ClosedMonth>> {
    let mut months = conn.prepare_cached("SELECT id, month, closed_on FROM closed_month ORDER BY month")?;
    let found = months.query_map([], |row| {
        let month = ClosedMonth {
            month: row.get("month")?,
            closed_on: read(row, "closed_on", date)?,
            numbers: BTreeMap::new(),
            adjustments: Vec::new(),
        };
        Ok((row.get::<_, i64>("id")?, month))
    })?;
    let found = found.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut counts =
        conn.prepare_cached("SELECT programme, measure, number FROM closed_count WHERE closed_month_id = ?1")?;
    let mut later = conn.prepare_cached(
        "SELECT programme, measure, on_date, difference FROM month_adjustment WHERE closed_month_id = ?1 \
         ORDER BY on_date, programme, measure",
    )?;
    let with_parts = |(id, month): (i64, ClosedMonth)| -> Result<ClosedMonth> {
        let numbers = counts.query_map([id], |row| {
            Ok(((row.get("programme")?, read(row, "measure", Measure::from_word)?), row.get("number")?))
        })?;
        let numbers = numbers.collect::<rusqlite::Result<_>>()?;
        let adjustments = later.query_map([id], |row| {
            Ok(Adjustment {
                programme: row.get("programme")?,
                measure: read(row, "measure", Measure::from_word)?,
                on: read(row, "on_date", date)?,
                difference: row.get("difference")?,
            })
        })?;
        Ok(ClosedMonth { numbers, adjustments: adjustments.collect::<rusqlite::Result<_>>()?, ..month })
    };
    found.into_iter().map(with_parts).collect()
}

/// Closes a month with its numbers.
pub(in crate::ledger) fn close(
    tx: &mut Tx<'_>,
    month: &str,
    on: NaiveDate,
    numbers: &BTreeMap<(String, Measure), i64>,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO closed_month (uid, month, closed_on) VALUES (?1, ?2, ?3)")?
        .execute(params![uid, month, on.to_string()])?;
    let id = tx.conn().last_insert_rowid();
    for ((programme, measure), number) in numbers {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO closed_count (uid, closed_month_id, programme, measure, number) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![uid, id, programme, measure.as_str(), number])?;
    }
    Ok(())
}

/// Notes what was found later about a closed month; what was found on one day is one difference, and none where it comes
/// to nothing.
pub(in crate::ledger) fn adjust(tx: &mut Tx<'_>, month: &str, new: &Adjustment) -> Result<()> {
    let (uid, measure, on) = (tx.uid(), new.measure.as_str(), new.on.to_string());
    let gone = tx
        .conn()
        .prepare_cached(
            "DELETE FROM month_adjustment WHERE programme = ?2 AND measure = ?3 AND on_date = ?4 AND difference = -?5 \
             AND closed_month_id = (SELECT id FROM closed_month WHERE month = ?1)",
        )?
        .execute(params![month, new.programme, measure, on, new.difference])?;
    if gone > 0 {
        return Ok(());
    }
    tx.conn()
        .prepare_cached(
            "INSERT INTO month_adjustment (uid, closed_month_id, programme, measure, on_date, difference) \
             SELECT ?1, id, ?3, ?4, ?5, ?6 FROM closed_month WHERE month = ?2 \
             ON CONFLICT (closed_month_id, programme, measure, on_date) \
             DO UPDATE SET difference = difference + excluded.difference",
        )?
        .execute(params![uid, month, new.programme, measure, on, new.difference])?;
    Ok(())
}
