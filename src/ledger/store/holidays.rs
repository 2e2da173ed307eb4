//! Public holidays and the village's market days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::schedule::{DayOff, Holiday, MarketCalendar, MarketDays};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Every day of the yearly tables.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<BTreeMap<NaiveDate, Holiday>> {
    let mut rows = conn.prepare_cached("SELECT on_date, kind, name FROM holiday ORDER BY on_date")?;
    let rows = rows.query_map([], |row| {
        let holiday = Holiday { kind: read(row, "kind", DayOff::from_word)?, name: row.get("name")? };
        Ok((read(row, "on_date", date)?, holiday))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes the table of a year over the one that is there.
pub(in crate::ledger) fn put_year(tx: &mut Tx<'_>, year: i32, days: &BTreeMap<NaiveDate, Holiday>) -> Result<()> {
    let old: Vec<NaiveDate> = all(tx.conn())?.into_keys().filter(|day| chrono::Datelike::year(day) == year).collect();
    for gone in old.iter().filter(|day| !days.contains_key(day)) {
        tx.conn().prepare_cached("DELETE FROM holiday WHERE on_date = ?1")?.execute([gone.to_string()])?;
    }
    for (on, row) in days {
        let uid = tx.uid();
        tx.conn()
            .prepare_cached(
                "INSERT INTO holiday (uid, on_date, kind, name) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (on_date) \
                 DO UPDATE SET kind = excluded.kind, name = excluded.name \
                 WHERE (kind, name) IS NOT (excluded.kind, excluded.name)",
            )?
            .execute(params![uid, on.to_string(), row.kind.as_str(), row.name])?;
    }
    Ok(())
}

/// The village's market days, where it has any.
pub(in crate::ledger) fn market(conn: &Connection) -> Result<Option<MarketDays>> {
    let mut rows = conn.prepare_cached("SELECT calendar, days FROM market_day")?;
    let found = rows.query_row([], |row| {
        let calendar = read(row, "calendar", MarketCalendar::from_word)?;
        read(row, "days", |text| MarketDays::read(calendar, text))
    });
    Ok(found.optional()?)
}

/// Writes them; none takes them away.
pub(in crate::ledger) fn put_market(tx: &mut Tx<'_>, new: Option<&MarketDays>) -> Result<()> {
    let Some(days) = new else {
        tx.conn().prepare_cached("DELETE FROM market_day")?.execute([])?;
        return Ok(());
    };
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO market_day (id, uid, calendar, days) VALUES (1, ?1, ?2, ?3) ON CONFLICT (id) \
             DO UPDATE SET calendar = excluded.calendar, days = excluded.days",
        )?
        .execute(params![uid, days.calendar.as_str(), days.written()])?;
    Ok(())
}
