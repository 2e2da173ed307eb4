//! Whom a correction would leave with a day that is none for them. Counted before it is written: with their number it is
//! refused, so that nobody loses a day by the way, and the cadre gives them another first.

use std::sync::Arc;

use crate::domain::campaign::SessionKind;
use crate::domain::message::{Message, Say as _};
use crate::domain::programme::Programme;
use crate::ledger::campaigns::SessionEdit;
use crate::ledger::campaigns::case::Case;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists;
use crate::ledger::store::{Tx, appointments, campaigns as store, residents, village};

/// Whether everybody expected at a session may still come to it where it is corrected to another kind.
///
/// # Errors
/// `error-session-kind-people` with how many may not.
pub(super) fn of_session(tx: &Tx<'_>, kept: &store::KeptSession, new: &SessionEdit) -> Result<()> {
    if new.kind == kept.edit.kind {
        return Ok(());
    }
    let rows = appointments::listed(tx.conn(), kept.campaign)?.rows;
    let here = rows.into_iter().filter(|row| row.session == Some(kept.id) && row.state.is_expected());
    let here: Vec<appointments::Kept> = here.collect();
    let keys: Vec<i64> = here.iter().map(|row| row.resident).collect();
    let people = residents::by_keys(tx.conn(), &keys, &village::sources(tx.conn())?)?;
    let is_home = |kind| kind == SessionKind::Home;
    let is_another_way = is_home(new.kind) != is_home(kept.edit.kind);
    let leaves = |(row, sex): (&appointments::Kept, _)| {
        !new.kind.is_for(sex) || is_another_way && is_home(new.kind) != row.at_home
    };
    let people = people.iter().map(|person| person.sex());
    let count = here.iter().zip(people).filter(|one| leaves(*one)).count();
    let message =
        Message::new("error-session-kind-people").number("count", count).said("kind", vec![new.kind.message()]);
    refused_unless_none(count, message)
}

/// Whether everybody with a day ahead in a campaign still comes for something, as it stands now.
///
/// # Errors
/// `error-campaign-programme-people` with how many do not.
pub(super) fn of_campaign(tx: &Tx<'_>, kept: &store::Kept, in_force: &[Arc<Programme>]) -> Result<()> {
    let cases = expected(tx, kept, in_force)?;
    let count = cases.iter().filter(|case| case.for_them(case.day()).is_empty()).count();
    refused_unless_none(count, Message::new("error-campaign-programme-people").number("count", count))
}

/// Whoever agreed to a day is no longer booked for a programme that is taken out of the campaign.
pub(super) fn unbook(tx: &mut Tx<'_>, kept: &store::Kept, out: &[String], in_force: &[Arc<Programme>]) -> Result<()> {
    for case in expected(tx, kept, in_force)? {
        let Some(day) = case.day().filter(|_| case.has_agreed()) else { continue };
        for programme in case.for_them(Some(day)).into_iter().filter(|programme| out.contains(&programme.id)) {
            lists::unbook(tx, programme, &case.resident, (tx.today, day), None)?;
        }
    }
    Ok(())
}

/// Whoever is expected on a day ahead.
fn expected<'p>(tx: &Tx<'_>, kept: &store::Kept, in_force: &'p [Arc<Programme>]) -> Result<Vec<Case<'p>>> {
    let rows = appointments::listed(tx.conn(), kept.id)?.rows;
    let rows: Vec<_> = rows.into_iter().filter(|row| row.state.is_expected()).collect();
    let named = residents::named(tx.conn(), &rows.iter().map(|row| row.resident).collect())?;
    let mut cases = Vec::new();
    for who in rows.iter().filter_map(|row| named.get(&row.resident)) {
        match Case::of(tx, &kept.uid, &who.uid, in_force) {
            Err(error) if error.kind == ErrorKind::Refused => {}
            case => cases.push(case?),
        }
    }
    cases.retain(|case| case.day().is_some_and(|on| on >= tx.today));
    Ok(cases)
}

fn refused_unless_none(count: usize, message: Message) -> Result<()> {
    if count == 0 { Ok(()) } else { Err(LedgerError::new(ErrorKind::Refused, message)) }
}
