//! Sheets on the notice board: one row a sheet, its programme and its days. Never who stands on it.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::ledger::error::Result;
use crate::ledger::public_sheets::HangingSheet;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Those that hang, the one that comes down first before the others.
pub(in crate::ledger) fn hanging(conn: &Connection) -> Result<Vec<HangingSheet>> {
    let mut rows = conn.prepare_cached(
        "SELECT uid, programme, put_up_on, down_by FROM public_sheet WHERE taken_down = '' ORDER BY down_by, programme",
    )?;
    let mut rows = rows.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(HangingSheet {
            uid: row.get("uid")?,
            programme: row.get("programme")?,
            put_up_on: read(row, "put_up_on", date)?,
            down_by: read(row, "down_by", date)?,
        });
    }
    Ok(found)
}

/// Writes one down; one of the same day is the same sheet, with another last day.
pub(in crate::ledger) fn put_up(tx: &mut Tx<'_>, programme: &str, on: NaiveDate, down_by: NaiveDate) -> Result<()> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached(
            "INSERT INTO public_sheet (uid, programme, put_up_on, down_by) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (programme, put_up_on) DO UPDATE SET down_by = excluded.down_by, taken_down = ''",
        )?
        .execute(params![uid, programme, on.to_string(), down_by.to_string()])?;
    Ok(())
}

/// Notes that one was taken down; false where none of that uid hangs.
pub(in crate::ledger) fn take_down(tx: &Tx<'_>, uid: &str, on: NaiveDate) -> Result<bool> {
    let mut update =
        tx.conn().prepare_cached("UPDATE public_sheet SET taken_down = ?2 WHERE uid = ?1 AND taken_down = ''")?;
    Ok(update.execute(params![uid, on.to_string()])? > 0)
}
