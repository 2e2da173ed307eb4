//! Whom a correction would leave with a day that is none for them. Counted before it is written: with their number it is
//! refused, so that nobody loses a day by the way, and the cadre gives them another first.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::SessionKind;
use crate::domain::message::{Message, Say as _};
use crate::domain::programme::Programme;
use crate::ledger::campaigns::SessionEdit;
use crate::ledger::campaigns::case::Case;
use crate::ledger::campaigns::entitled::Entitled;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists;
use crate::ledger::store::{Tx, appointments, campaigns as store, done, residents, village};
use crate::ledger::view::View;

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

/// Whether nobody is expected any more at a session that is corrected to a day that has passed.
///
/// # Errors
/// `error-session-past-people` with how many are.
pub(super) fn of_past_day(tx: &Tx<'_>, kept: &store::KeptSession, new: &SessionEdit) -> Result<()> {
    if new.on == kept.edit.on || new.on >= tx.today {
        return Ok(());
    }
    let rows = appointments::listed(tx.conn(), kept.campaign)?.rows;
    let count = rows.iter().filter(|row| row.session == Some(kept.id) && row.state.is_expected()).count();
    refused_unless_none(count, Message::new("error-session-past-people").number("count", count).date("on", new.on))
}

/// Whether something of a campaign is open to somebody on the day of one of its sessions, or may be. Who is not of this
/// village any more, or withdrew their consent, is left as they are.
pub(super) fn has_open(
    tx: &Tx<'_>,
    campaign: &str,
    (row, on): (&appointments::Kept, NaiveDate),
    in_force: &[Arc<Programme>],
) -> Result<bool> {
    let named = residents::named(tx.conn(), &HashSet::from([row.resident]))?;
    let Some(who) = named.get(&row.resident) else { return Ok(true) };
    match Case::of(tx, campaign, &who.uid, in_force) {
        Err(error) if error.kind == ErrorKind::Refused => Ok(true),
        case => Ok(case?.entitled.has_open(on)),
    }
}

impl View {
    /// How many of those who are expected at a session would have nothing open on another day: where it is corrected so,
    /// they wait.
    pub fn shut_out(&self, session: &str, on: NaiveDate) -> Result<usize> {
        let Some(kept) = store::find_session(self.conn(), session)? else { return Ok(0) };
        let Some(campaign) = store::find(self.conn(), &store::uid_of(self.conn(), kept.campaign)?)? else {
            return Ok(0);
        };
        let programmes = self.of_campaign(&campaign.edit)?;
        let all: Vec<&Programme> = programmes.iter().map(Arc::as_ref).collect();
        let mut rows = appointments::listed(self.conn(), kept.campaign)?.rows;
        rows.retain(|row| row.session == Some(kept.id) && row.state.is_expected());
        let mut count = 0;
        for person in self.people_of(&rows)?.values() {
            let done = done::done_of(self.conn(), &person.uid, &all)?;
            count += usize::from(!Entitled::new(&done, &all, &person.facts, &[on]).has_open(on));
        }
        Ok(count)
    }
}

/// Who has a day ahead in a campaign on which nothing is for them, as it stands now, by uid.
pub(super) fn for_nothing(tx: &Tx<'_>, kept: &store::Kept, in_force: &[Arc<Programme>]) -> Result<HashSet<String>> {
    let mut cases = expected(tx, kept, in_force)?;
    cases.retain(|case| case.for_them(case.day()).is_empty());
    Ok(cases.into_iter().map(|case| case.resident).collect())
}

/// Whether everybody with a day ahead in a campaign still comes for something, as it stands now. Who came for nothing before
/// is not in the way of a correction.
///
/// # Errors
/// `error-campaign-programme-people` with how many do not.
pub(super) fn of_campaign(
    tx: &Tx<'_>,
    kept: &store::Kept,
    before: &HashSet<String>,
    in_force: &[Arc<Programme>],
) -> Result<()> {
    let count = for_nothing(tx, kept, in_force)?.difference(before).count();
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
