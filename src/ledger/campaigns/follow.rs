//! What is noted in the service lists, outside a campaign, is true of the days there, too: in the same step, who does not
//! want it or has been leaves their seat to others, and is on no slip and no list for the door.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::AppointmentState;
use crate::domain::programme::Programme;
use crate::ledger::campaigns::case::Case;
use crate::ledger::campaigns::edit::campaign_of;
use crate::ledger::error::{ErrorKind, Result};
use crate::ledger::lists::of_this_village;
use crate::ledger::store::{Tx, appointments, same_person};

/// After something was noted of a programme: ends the open appointments for it of somebody for whom nothing of the
/// campaign is open any more; who came on the day of their session has come to it.
pub(in crate::ledger) fn follow(
    tx: &mut Tx<'_>,
    (resident, programme): (&str, &Programme),
    came_on: Option<NaiveDate>,
    in_force: &[Arc<Programme>],
) -> Result<()> {
    let key = of_this_village(tx, resident)?;
    let mut campaigns = Vec::new();
    for record in same_person::family(tx.conn(), key)? {
        campaigns.extend(appointments::of_resident(tx.conn(), record)?.into_iter().map(|row| row.campaign));
    }
    for campaign in campaigns {
        let campaign = campaign_of(tx, campaign)?;
        if !campaign.edit.programmes.contains(&programme.id) {
            continue;
        }
        match Case::of(tx, &campaign.uid, resident, in_force) {
            // Of who withdrew their consent nothing is written; their seat is free already.
            Err(error) if error.kind == ErrorKind::Refused => {}
            case => follow_one(tx, &case?, came_on)?,
        }
    }
    Ok(())
}

fn follow_one(tx: &mut Tx<'_>, case: &Case<'_>, came_on: Option<NaiveDate>) -> Result<()> {
    let Some(kept) = case.kept.clone().filter(|kept| kept.state.is_open()) else { return Ok(()) };
    let day = case.day();
    if let Some(on) = came_on.filter(|on| day == Some(*on)) {
        return case.put(tx, &appointments::Kept { state: AppointmentState::Came, on, ..kept });
    }
    match case.entitled.end(day) {
        Some(state) => case.put(tx, &appointments::Kept { state, session: None, on: tx.today, ..kept }),
        None => Ok(()),
    }
}
