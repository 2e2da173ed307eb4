//! Local standards: what the county set, entered from the town's paper with its source and the day since which it holds.

use chrono::NaiveDate;

use crate::domain::programme::Programme;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::facts::named;
use crate::ledger::store::{Tx, local_standards, village};

/// Enters a value within the programme's bounds; an empty one takes it away.
///
/// # Errors
/// `error-no-such-local` for a key that the programme does not name, `error-local-value` outside the bounds.
pub(in crate::ledger) fn set(
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
    let source = village::source(tx, named(source)?)?;
    local_standards::put(tx, (&programme.id, key), value, on, source)
}
