//! What one person was told and came to, under whichever record it was noted; never that something was not wanted.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::offer::State;
use crate::domain::programme::Programme;
use crate::ledger::error::Result;
use crate::ledger::store::{offers, residents, same_person};
use crate::ledger::view::View;

/// Something that a person was told, or came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRow {
    /// The programme.
    pub programme: Arc<Programme>,
    /// What: never [`State::Declined`].
    pub what: State,
    /// The day.
    pub on: NaiveDate,
}

impl View {
    /// What a person was told and came to, under whichever record.
    pub(in crate::ledger) fn told(&self, uid: &str) -> Result<Vec<ToldRow>> {
        let Some(resident) = residents::brief(self.conn(), uid)? else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for record in same_person::family(self.conn(), resident.id)? {
            for (id, what, on) in offers::of(self.conn(), record)? {
                let programme = self.programmes().iter().find(|programme| programme.id == id).cloned();
                rows.extend(programme.map(|programme| ToldRow { programme, what, on }));
            }
        }
        rows.sort_by(|a, b| (a.on, &a.programme.id, a.what).cmp(&(b.on, &b.programme.id, b.what)));
        rows.dedup();
        Ok(rows)
    }
}
