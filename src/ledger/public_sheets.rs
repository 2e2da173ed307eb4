//! 公示 on the notice board: put up, and taken down again when its days are over.

use chrono::NaiveDate;

use crate::domain::programme::Programme;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::not_ahead;
use crate::ledger::store::{Tx, public_sheets as store};
use crate::ledger::view::View;

/// A sheet that hangs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HangingSheet {
    /// Identity.
    pub uid: String,
    /// The programme's id.
    pub programme: String,
    /// Since which day.
    pub put_up_on: NaiveDate,
    /// The last day it may hang.
    pub down_by: NaiveDate,
}

impl View {
    /// The sheets that hang, the one that comes down first before the others.
    pub fn public_sheets(&self) -> Result<Vec<HangingSheet>> {
        store::hanging(self.conn())
    }

    /// Those whose last day has come.
    pub fn sheets_to_take_down(&self, today: NaiveDate) -> Result<Vec<HangingSheet>> {
        let mut sheets = self.public_sheets()?;
        sheets.retain(|sheet| sheet.down_by <= today);
        Ok(sheets)
    }
}

pub(in crate::ledger) fn put_up(
    tx: &mut Tx<'_>,
    programme: &Programme,
    on: NaiveDate,
    down_by: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    if programme.public_days().is_none() {
        return Err(LedgerError::refused("paper-no-public-sheet"));
    }
    if down_by < on {
        return Err(LedgerError::refused("paper-down-before-up"));
    }
    store::put_up(tx, &programme.id, on, down_by)
}

pub(in crate::ledger) fn take_down(tx: &Tx<'_>, sheet: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    if store::take_down(tx, sheet, on)? { Ok(()) } else { Err(LedgerError::refused("paper-no-such-sheet")) }
}
