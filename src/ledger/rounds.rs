//! What is noted after a round through the village: the same about many people, as one change.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::offer::Outcome;
use crate::domain::programme::Programme;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists;
use crate::ledger::residents::not_ahead;
use crate::ledger::store::Tx;

/// Records an outcome for everybody named, or for nobody: a round half noted would have to be looked through again.
///
/// # Errors
/// `error-nobody-ticked` for nobody; `error-some-refused` with how many cannot be noted: those who moved away or died,
/// and those of whom something later is known.
pub(in crate::ledger) fn record(
    tx: &mut Tx<'_>,
    programme: &Programme,
    people: &[String],
    outcome: Outcome,
    on: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    let people: BTreeSet<&String> = people.iter().collect();
    if people.is_empty() {
        return Err(LedgerError::refused("error-nobody-ticked"));
    }
    let mut refused = 0_i64;
    for uid in people {
        match lists::record(tx, programme, uid, outcome, on) {
            Err(error) if error.kind == ErrorKind::Refused => refused += 1,
            result => result?,
        }
    }
    match refused {
        0 => Ok(()),
        count => Err(LedgerError::new(ErrorKind::Refused, Message::new("error-some-refused").number("count", count))),
    }
}
