//! What people here may have and have not been given yet: verdicts and amounts together, derived whenever it is read.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::offer::State;
use crate::domain::programme::amount::YearAmount;
use crate::domain::programme::{Kind, Programme};
use crate::domain::rule::Holds;
use crate::ledger::error::Result;
use crate::ledger::lists::Walk;
use crate::ledger::store::candidates::Detail;
use crate::ledger::view::View;

/// What one person may have from one programme.
#[derive(Clone)]
pub struct Claim {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The resident's uid.
    pub uid: String,
    /// The name.
    pub name: String,
    /// The turn it is for.
    pub period: String,
    /// Where the offer stands.
    pub state: State,
    /// How much, where that follows from what is known: none where the authority or the county has still to say.
    pub amount: Option<YearAmount>,
    /// The last day to apply.
    pub deadline: Option<NaiveDate>,
}

impl View {
    /// Everybody who is eligible for a benefit on a day, with the amount; who declined is not among them.
    pub fn claims(&self, as_of: NaiveDate) -> Result<Vec<Claim>> {
        let benefits = self.in_force()?.into_iter().filter(|programme| programme.kind == Kind::Benefit).collect();
        let walk = Walk::new(benefits, as_of);
        let mut claims = Vec::new();
        walk.each(self, Detail::Rows, |found| {
            if found.holds == Holds::Yes && found.state != State::Declined {
                let (programme, row) = (&walk.programmes[found.at], found.row()?);
                claims.push(Claim {
                    programme: programme.clone(),
                    amount: programme.amount_of(&row.facts, as_of),
                    uid: row.uid,
                    name: row.name,
                    period: row.turn.name,
                    state: row.state,
                    deadline: row.turn.apply_by,
                });
            }
            Ok(())
        })?;
        Ok(claims)
    }
}
