//! Everybody who is listed, as far as two records are compared. Read by position: there may be a million.

use rusqlite::Connection;

use crate::domain::duplicate::Person;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::Sex;
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::read_known;

/// Visits everybody listed, by key.
pub(in crate::ledger) fn each(conn: &Connection, mut visit: impl FnMut(i64, &Person<'_>) -> Result<()>) -> Result<()> {
    let mut statement = conn.prepare_cached(include_str!("sql/compared.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let person = Person {
            name: text(1)?,
            id_number: text(2)?,
            sex: read_known(row, 3, Sex::from_word)?,
            born: read_known(row, 4, PartialDate::parse)?,
            relation: row.get(5)?,
            household: row.get(7)?,
            group: row.get(8)?,
            phone: text(6)?,
        };
        visit(row.get(0)?, &person)?;
    }
    Ok(())
}

/// How many records there are; those behind another are few.
pub(in crate::ledger) fn count(conn: &Connection) -> Result<u64> {
    let mut count = conn.prepare_cached("SELECT count(*) FROM resident")?;
    let count: i64 = count.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
