//! The county's values.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::local_standard::{LocalStandard, LocalStandards};
use crate::domain::resident::SourceId;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// All of them. There are a few dozen at most.
pub(in crate::ledger) fn all(conn: &Connection) -> Result<LocalStandards> {
    let mut rows = conn.prepare_cached("SELECT programme, key, value, on_date, source_id FROM local_standard")?;
    let mut rows = rows.query([])?;
    let mut standards = LocalStandards::default();
    while let Some(row) = rows.next()? {
        let (programme, key): (String, String) = (row.get("programme")?, row.get("key")?);
        let source = SourceId(row.get("source_id")?);
        let standard = LocalStandard { value: row.get("value")?, source, on: read(row, "on_date", date)? };
        standards.set(&programme, &key, standard);
    }
    Ok(standards)
}

/// Writes a value, new or over the old one.
pub(in crate::ledger) fn put(
    tx: &mut Tx<'_>,
    (programme, key): (&str, &str),
    value: &str,
    on: NaiveDate,
    source: i64,
) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO local_standard (uid, programme, key, value, on_date, source_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (programme, key) DO UPDATE SET value = excluded.value, on_date = excluded.on_date, \
             source_id = excluded.source_id",
        )?
        .execute(params![uid, programme, key, value, on.to_string(), source])?;
    Ok(())
}

/// Takes a value away.
pub(in crate::ledger) fn remove(tx: &Tx<'_>, programme: &str, key: &str) -> Result<()> {
    let mut delete = tx.conn().prepare_cached("DELETE FROM local_standard WHERE programme = ?1 AND key = ?2")?;
    delete.execute(params![programme, key])?;
    Ok(())
}
