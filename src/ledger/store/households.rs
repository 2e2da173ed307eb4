//! Households.

use rusqlite::params;

use crate::ledger::error::Result;
use crate::ledger::store::transact::Tx;

/// The household with this number in the group, made if new; an empty number means the group's 未分户.
pub(in crate::ledger) fn household(tx: &mut Tx<'_>, group: i64, number: &str) -> Result<i64> {
    let sorted = !number.is_empty();
    // The index is named: the planner would rather walk all households of a group in the order of their keys.
    let mut rows = tx.conn().prepare_cached(
        "SELECT min(id) FROM household INDEXED BY household_by_number \
         WHERE group_id = ?1 AND number = ?2 AND sorted = ?3",
    )?;
    let found: Option<i64> = rows.query_row(params![group, number, sorted], |row| row.get(0))?;
    drop(rows);
    match found {
        Some(id) => Ok(id),
        None => insert(tx, group, number, "", sorted_word(sorted)),
    }
}

/// Whether a household is a real one or the group's 未分户.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ledger) enum Sorted {
    Yes,
    No,
}

fn sorted_word(sorted: bool) -> Sorted {
    if sorted { Sorted::Yes } else { Sorted::No }
}

/// A new household.
pub(in crate::ledger) fn insert(
    tx: &mut Tx<'_>,
    group: i64,
    number: &str,
    address: &str,
    sorted: Sorted,
) -> Result<i64> {
    let uid = tx.uid();
    tx.conn()
        .prepare_cached("INSERT INTO household (uid, group_id, number, address, sorted) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![uid, group, number, address, sorted == Sorted::Yes])?;
    Ok(tx.conn().last_insert_rowid())
}
