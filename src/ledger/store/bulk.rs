//! Many rows at once: the same statements as for one, without the reading before.

use chrono::NaiveDate;
use rusqlite::params;

use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{Sex, Standing};
use crate::ledger::error::Result;
use crate::ledger::store::transact::Tx;

/// A resident to be written as it is; its values are known to be right, and its id number to be new.
pub(in crate::ledger) struct NewRow<'a> {
    pub(in crate::ledger) household: i64,
    pub(in crate::ledger) name: &'a str,
    /// Empty where it is the normal form.
    pub(in crate::ledger) written: &'a str,
    pub(in crate::ledger) id_number: &'a str,
    pub(in crate::ledger) sex: Option<Sex>,
    pub(in crate::ledger) born: Option<PartialDate>,
    pub(in crate::ledger) relation: u8,
    pub(in crate::ledger) phone: &'a str,
    pub(in crate::ledger) standing: Standing,
    pub(in crate::ledger) standing_on: NaiveDate,
    pub(in crate::ledger) source: i64,
    pub(in crate::ledger) known_on: NaiveDate,
}

/// Writes a resident and returns its key.
pub(in crate::ledger) fn resident(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<i64> {
    let uid = tx.uid();
    tx.conn().prepare_cached(include_str!("sql/insert_resident.sql"))?.execute(params![
        uid,
        new.household,
        new.name,
        new.written,
        new.id_number,
        new.sex.map_or("", Sex::as_str),
        new.born.map_or_else(String::new, |born| born.to_string()),
        new.relation,
        new.phone,
        new.standing.as_str(),
        new.standing_on.to_string(),
        new.source,
        new.known_on.to_string(),
    ])?;
    Ok(tx.conn().last_insert_rowid())
}

/// Writes a source of this day.
pub(in crate::ledger) fn source(tx: &mut Tx<'_>, title: &str, noted_on: NaiveDate) -> Result<i64> {
    let uid = tx.uid();
    tx.conn().execute(
        "INSERT INTO source (uid, title, noted_on) VALUES (?1, ?2, ?3)",
        params![uid, title, noted_on.to_string()],
    )?;
    Ok(tx.conn().last_insert_rowid())
}
