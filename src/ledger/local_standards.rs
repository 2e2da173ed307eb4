//! Local standards: what the county set, entered from the town's paper with its source and the day since which it holds.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::facts::named;
use crate::ledger::store::{Tx, local_standards, village};

/// Enters a value within the programme's bounds; an empty one takes it away.
///
/// # Errors
/// `error-no-such-local` for a key that the programme does not name, `error-local-value` outside the bounds,
/// `error-local-ahead` for a day to come, `error-local-ages` where the ages leave nobody between them.
pub(in crate::ledger) fn set(
    tx: &mut Tx<'_>,
    programme: &Programme,
    key: &str,
    value: &str,
    source: &str,
    on: NaiveDate,
) -> Result<()> {
    set_one(tx, programme, key, value, source, on)?;
    fits_together(tx, programme)
}

/// The same without a look at the programme's other values, of which some may still be to come.
pub(in crate::ledger) fn set_one(
    tx: &mut Tx<'_>,
    programme: &Programme,
    key: &str,
    value: &str,
    source: &str,
    on: NaiveDate,
) -> Result<()> {
    let def = programme.local.iter().find(|def| def.key == key);
    let def = def.ok_or_else(|| LedgerError::refused("error-no-such-local"))?;
    let value = value.trim();
    if value.is_empty() {
        return local_standards::remove(tx, &programme.id, key);
    }
    def.read(value).map_err(|_| LedgerError::refused("error-local-value"))?;
    // One value stands at a time: one of next year would end this year's today.
    if on > tx.today {
        return Err(LedgerError::new(ErrorKind::Refused, Message::new("error-local-ahead").date("on", on)));
    }
    let source = village::source(tx, named(source)?)?;
    local_standards::put(tx, (&programme.id, key), &def.kept(value), on, source)
}

/// Whether what stands of a programme goes together.
///
/// # Errors
/// `error-local-ages`
pub(in crate::ledger) fn fits_together(tx: &Tx<'_>, programme: &Programme) -> Result<()> {
    match programme.has_ages_in_order(&local_standards::all(tx.conn())?) {
        true => Ok(()),
        false => Err(LedgerError::refused("error-local-ages")),
    }
}
