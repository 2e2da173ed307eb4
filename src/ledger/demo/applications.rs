//! Applications in the demo village, so that every step of one can be looked at.

use chrono::NaiveDate;

use super::Filler;
use crate::domain::application::{AccountConsent, Act, Application};
use crate::domain::programme::{ACCOUNT, Kind, Programme};
use crate::domain::resident::Facts;
use crate::ledger::error::Result;
use crate::ledger::store::applications::{self, At};

/// Whether somebody applies for a programme at the village, step by step.
pub(super) fn is_applied_for(programme: &Programme) -> bool {
    programme.kind == Kind::Benefit && !programme.steps.is_empty()
}

impl Filler<'_, '_> {
    /// An application that has come some way: begun, handed on, granted or paid.
    pub(super) fn applied(
        &mut self,
        resident: i64,
        (programme, facts): (&Programme, &Facts),
        since: NaiveDate,
    ) -> Result<()> {
        let mut on = self.maker.dice.day(since, self.today);
        let turn = programme.turn(facts, &[], on);
        let papers = programme.documents.iter().map(|document| document.key.clone()).filter(|key| key != ACCOUNT);
        let mut acts = vec![Act::Begin(papers.collect())];
        let handed_on = programme.steps.iter().skip(1).map(|_| Act::HandOn);
        let far = self.maker.dice.below(4);
        acts.extend(handed_on.take(if far == 1 { 1 } else { usize::MAX }));
        let fen = programme.amount_of(facts, self.today).map_or(0, |amount| amount.fen);
        acts.extend((far > 1).then_some(Act::Grant(fen)));
        acts.extend((far > 2 && fen > 0).then_some(Act::Paid(fen)));
        let mut application: Option<Application> = None;
        for act in acts.iter().take(if far == 0 { 1 } else { acts.len() }) {
            // The demo's own steps fit; one that does not is simply not taken.
            if let Ok(next) = Application::after(application.as_ref(), programme, act, on, AccountConsent::Absent) {
                application = Some(next);
            }
            on = self.maker.dice.day(on, self.today);
        }
        let at = At { resident, programme: programme.id.clone(), period: turn.name };
        application.map_or(Ok(()), |new| applications::put(self.tx, &at, None, &new))
    }
}
