//! Appointments, written. What is said about a day is also what is said about the offer: told, booked, declined, came stand
//! in the service lists by the same step, so that the two never disagree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::{
    AppointmentAct, AppointmentState, Asked, Conflict, Unfit, Word, after, is_open_on, moved as moved_to,
};
use crate::domain::message::{Message, Say as _};
use crate::domain::offer::Outcome;
use crate::domain::programme::Programme;
use crate::ledger::campaigns::case::Case;
use crate::ledger::campaigns::edit::{campaign, session, taken};
use crate::ledger::campaigns::{Appointed, Booking, Moved, Wish};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists::{self, of_this_village};
use crate::ledger::residents::not_ahead;
use crate::ledger::store::{Tx, appointments, campaigns as store, offers, same_person};

/// Does something to an appointment.
///
/// # Errors
/// What cannot follow from where it stands; a day ahead.
pub(in crate::ledger) fn act(tx: &mut Tx<'_>, new: &Appointed, in_force: &[Arc<Programme>]) -> Result<()> {
    not_ahead(tx, new.on)?;
    let case = Case::of(tx, &new.campaign, &new.resident, in_force)?;
    let old = case.or_new(new.on);
    if new.act == AppointmentAct::Come {
        return come(tx, &case, old, new.session.as_deref());
    }
    if case.kept.is_none()
        && matches!(new.act, AppointmentAct::AskAgain | AppointmentAct::Untick | AppointmentAct::Miss)
    {
        return Err(unfit(Unfit::NotNow));
    }
    let day = case.day();
    if let (AppointmentAct::Miss, Some(day)) = (new.act, day) {
        not_ahead(tx, day)?;
    }
    let state = after(old.state, old.asked, new.act).map_err(unfit)?;
    // Nobody is told of a day, or agrees to it, once it is over; what was said before it may be noted later.
    if matches!(new.act, AppointmentAct::Invite | AppointmentAct::Agree) && day.is_some_and(|day| day < new.on) {
        return Err(conflict(Conflict::Past));
    }
    let was_open = case.kept.as_ref().is_some_and(|kept| kept.state.is_open());
    if state.is_open() && !was_open && new.act != AppointmentAct::Untick {
        not_elsewhere(tx, &case, &appointments::elsewhere(tx.conn(), case.campaign.id)?)?;
    }
    match new.act {
        AppointmentAct::Invite => drop(case.say(tx, Outcome::Told, new.on)?),
        AppointmentAct::Wait | AppointmentAct::StayOut => {
            case.say(tx, Outcome::Told, new.on)?;
            case.unbook(tx, new.on, None)?;
        }
        AppointmentAct::Miss => case.unbook(tx, new.on, None)?,
        AppointmentAct::Agree => drop(case.say(tx, Outcome::Booked, new.on)?),
        // Who knows of it is not looked for again: there is nothing that could be noted.
        AppointmentAct::Unreached if case.say(tx, Outcome::Unreachable, new.on)? == 0 => {
            return Err(LedgerError::refused("error-appointment-reached-before"));
        }
        AppointmentAct::Decline => drop(case.say(tx, Outcome::Declined, new.on)?),
        AppointmentAct::Untick => {
            return untick(tx, case, old, new.on);
        }
        AppointmentAct::AskAgain | AppointmentAct::Come | AppointmentAct::Unreached => {}
    }
    let keeps_day = state.takes_seat() || state == AppointmentState::Missed;
    let asked = if new.act == AppointmentAct::AskAgain { Asked::Again } else { old.asked };
    let session = old.session.filter(|_| keeps_day);
    let on = if state == old.state { old.on } else { new.on };
    case.put(tx, &appointments::Kept { state, session, asked, on, ..old })
}

/// Somebody came: where they were expected, to another session, or without an appointment.
fn come(tx: &mut Tx<'_>, case: &Case<'_>, old: appointments::Kept, at: Option<&str>) -> Result<()> {
    let session = match at {
        Some(uid) => Some(case.sessions.iter().find(|session| session.uid == uid).ok_or_else(no_session)?),
        None => case.session(old.session),
    };
    let session = session.ok_or_else(|| unfit(Unfit::NoDay))?;
    let on = session.edit.on;
    not_ahead(tx, on)?;
    let has_come = old.state == AppointmentState::Came;
    // Who is ticked at another session after all comes for the same there.
    let programmes = if has_come { case.came_for(on) } else { case.wanted(Some(on)) };
    if programmes.is_empty() {
        return Err(LedgerError::refused("error-campaign-not-for"));
    }
    if has_come && case.day() != Some(on) {
        let tick = appointments::ticked(tx.conn(), &old)?;
        visits_back(tx, case, &old, tick.as_ref())?;
    }
    for programme in programmes {
        lists::attend(tx, programme, &case.resident, on)?;
    }
    let walked_in = case.kept.is_none() || old.walked_in;
    let state = AppointmentState::Came;
    case.put(tx, &appointments::Kept { state, session: Some(session.id), walked_in, on, ..old })
}

/// What was noted by the tick goes, and the appointment stands as it did before; what was noted by hand stays.
fn untick(tx: &mut Tx<'_>, case: Case<'_>, old: appointments::Kept, on: NaiveDate) -> Result<()> {
    let tick = appointments::ticked(tx.conn(), &old)?;
    visits_back(tx, &case, &old, tick.as_ref())?;
    // Without the tick there is nothing left of who came without an appointment.
    if old.walked_in {
        return appointments::delete(tx, old.id);
    }
    // Where nothing is known, they were expected here.
    let before = tick.and_then(|tick| Some((tick.before?, tick.session)));
    let (was, had) = before.unwrap_or((AppointmentState::Agreed, old.session));
    // Their session may be gone since, or its seats given to others: then they wait.
    let (state, session) = match had.map(|id| case.session(Some(id))) {
        Some(None) if was.is_expected() => (AppointmentState::Waiting, None),
        Some(None) => (was, None),
        Some(Some(at)) if was.is_expected() && old.session != had && is_full(tx, at)? => {
            (AppointmentState::Waiting, None)
        }
        _ => (was, had),
    };
    case.put(tx, &appointments::Kept { state, session, on, ..old.clone() })?;
    if was != AppointmentState::Agreed || state != AppointmentState::Waiting {
        return Ok(());
    }
    // They agreed to a day that is not theirs any more. Of one that is gone nothing is known but that it was near this one.
    let session = had.filter(|id| case.session(Some(*id)).is_some()).or(old.session);
    Case { kept: Some(appointments::Kept { state: was, session, ..old }), ..case }.unbook(tx, on, None)
}

/// The visits that a tick noted on the day of the appointment go, under whichever record; what was noted by hand stays.
fn visits_back(
    tx: &Tx<'_>,
    case: &Case<'_>,
    row: &appointments::Kept,
    tick: Option<&appointments::Ticked>,
) -> Result<()> {
    let Some(day) = case.day() else { return Ok(()) };
    for record in same_person::family(tx.conn(), case.key)? {
        for programme in &case.programmes {
            let service = (record, programme.id.as_str(), day);
            let by_hand = tick.map(|tick| appointments::was_before(tx.conn(), (row, tick), service));
            if !by_hand.transpose()?.unwrap_or_default() {
                offers::unattend(tx, record, &programme.id, day)?;
            }
        }
    }
    Ok(())
}

fn is_full(tx: &Tx<'_>, session: &store::KeptSession) -> Result<bool> {
    Ok(taken(tx, session.campaign, session.id)? >= i64::from(session.edit.seats))
}

/// Gives somebody a day, or another one.
///
/// # Errors
/// What speaks against it and cannot be overcome: see [`Conflict::is_hard`].
pub(in crate::ledger) fn move_to(tx: &mut Tx<'_>, new: &Moved, in_force: &[Arc<Programme>]) -> Result<()> {
    not_ahead(tx, new.on)?;
    let case = Case::of(tx, &new.campaign, &new.resident, in_force)?;
    let to = case.sessions.iter().find(|session| session.uid == new.session).ok_or_else(no_session)?;
    let old = case.or_new(new.on);
    let state = moved_to(old.state, new.word).map_err(unfit)?;
    let stays = old.session == Some(to.id) && old.state.takes_seat();
    if !stays && is_full(tx, to)? {
        return Err(conflict(Conflict::Full));
    }
    fits(tx, &case, to, &appointments::elsewhere(tx.conn(), case.campaign.id)?)?;
    case.unbook(tx, new.on, (new.word == Word::Given).then_some(to.edit.on))?;
    let kept = appointments::Kept { session: Some(to.id), state, on: new.on, ..old };
    case.put(tx, &kept)?;
    if new.word == Word::Given {
        let case = Case { kept: Some(kept), ..case };
        case.say(tx, Outcome::Booked, new.on)?;
    }
    Ok(())
}

/// Who has a place in another campaign for the same programme.
type Elsewhere = HashMap<i64, appointments::Elsewhere>;

/// Whether somebody may be planned for a session at all.
fn fits(tx: &Tx<'_>, case: &Case<'_>, to: &store::KeptSession, elsewhere: &Elsewhere) -> Result<()> {
    if to.edit.on < tx.today {
        return Err(conflict(Conflict::Past));
    }
    if !to.edit.kind.is_for(case.sex) {
        return Err(conflict(Conflict::WomenOnly));
    }
    if !is_open_on(to.edit.on, &case.entitled.open(), tx.today) {
        return Err(conflict(Conflict::NotEntitled));
    }
    not_elsewhere(tx, case, elsewhere)
}

/// Whether somebody has no place in another campaign for the same programme: each of two would keep them out of the other.
fn not_elsewhere(tx: &Tx<'_>, case: &Case<'_>, elsewhere: &Elsewhere) -> Result<()> {
    let family = same_person::family(tx.conn(), case.key)?;
    match family.iter().find_map(|record| elsewhere.get(record).filter(|other| other.until >= tx.today)) {
        None => Ok(()),
        Some(other) => {
            let message = Message::new("error-other-campaign").text("name", other.name.clone());
            Err(LedgerError::new(ErrorKind::Refused, message))
        }
    }
}

/// Two people change their days, full or not. It is done on the word of both, and both have agreed then.
///
/// # Errors
/// One of them has no day, has come, or may not be at the other's.
pub(in crate::ledger) fn swap(
    tx: &mut Tx<'_>,
    (campaign, on): (&str, NaiveDate),
    (one, other): (&str, &str),
    in_force: &[Arc<Programme>],
) -> Result<()> {
    not_ahead(tx, on)?;
    let (one, other) = (Case::of(tx, campaign, one, in_force)?, Case::of(tx, campaign, other, in_force)?);
    let day = |case: &Case<'_>| case.kept.clone().filter(|kept| kept.state.is_expected() && kept.session.is_some());
    let (Some(mine), Some(theirs)) = (day(&one), day(&other)) else { return Err(unfit(Unfit::NoDay)) };
    let elsewhere = appointments::elsewhere(tx.conn(), one.campaign.id)?;
    for (case, kept, to) in [(one, mine.clone(), theirs.session), (other, theirs, mine.session)] {
        let session = case.session(to).ok_or_else(no_session)?;
        fits(tx, &case, session, &elsewhere)?;
        case.unbook(tx, on, Some(session.edit.on))?;
        let kept = appointments::Kept { session: to, state: AppointmentState::Agreed, on, ..kept };
        appointments::update(tx, &kept)?;
        let case = Case { kept: Some(kept), ..case };
        case.say(tx, Outcome::Booked, on)?;
    }
    Ok(())
}

/// Adds somebody by hand: they wait for a day. Nobody is told by it. Who stays out or declined comes back by their own word.
///
/// # Errors
/// `error-appointment-not-now` for who is in the campaign already, `error-campaign-not-for` where it has nothing for them,
/// `error-other-campaign` for who has a place in another one.
pub(in crate::ledger) fn add(
    tx: &mut Tx<'_>,
    (campaign, resident): (&str, &str),
    in_force: &[Arc<Programme>],
) -> Result<()> {
    let case = Case::of(tx, campaign, resident, in_force)?;
    let is_over = |kept: &appointments::Kept| matches!(kept.state, AppointmentState::Declined | AppointmentState::Out);
    if !case.kept.as_ref().is_none_or(is_over) {
        return Err(unfit(Unfit::NotNow));
    }
    if case.for_them(None).is_empty() {
        return Err(LedgerError::refused("error-campaign-not-for"));
    }
    not_elsewhere(tx, &case, &appointments::elsewhere(tx.conn(), case.campaign.id)?)?;
    case.want_again(tx)?;
    let old = case.or_new(tx.today);
    case.put(tx, &appointments::Kept { state: AppointmentState::Waiting, session: None, on: tx.today, ..old })
}

/// Notes what somebody said about their days; who had no appointment waits for one.
///
/// # Errors
/// `error-campaign-dates` where the days are reversed; `error-other-campaign` for who would wait in two campaigns.
pub(in crate::ledger) fn wish(
    tx: &mut Tx<'_>,
    (campaign, resident): (&str, &str),
    wish: &Wish,
    in_force: &[Arc<Programme>],
) -> Result<()> {
    if matches!((wish.not_before, wish.not_after), (Some(from), Some(to)) if from > to) {
        return Err(LedgerError::refused("error-campaign-dates"));
    }
    let case = Case::of(tx, campaign, resident, in_force)?;
    if case.kept.is_none() {
        not_elsewhere(tx, &case, &appointments::elsewhere(tx.conn(), case.campaign.id)?)?;
    }
    let old = case.or_new(tx.today);
    let (first, at_home) = (wish.first, wish.at_home);
    case.put(tx, &appointments::Kept { wish: (wish.not_before, wish.not_after), first, at_home, ..old })
}

/// Writes a plan: all of it or nothing. Who is moved from a day they know of is to be told again.
///
/// # Errors
/// `error-plan-stale` where a seat is taken, or a day lost, since it was made.
pub(in crate::ledger) fn book(tx: &mut Tx<'_>, booking: &Booking, in_force: &[Arc<Programme>]) -> Result<()> {
    let kept = campaign(tx, &booking.campaign)?;
    let today = tx.today;
    let people: BTreeSet<&String> = booking.rows.iter().map(|(resident, _)| resident).collect();
    if booking.rows.is_empty() {
        return Err(LedgerError::refused("error-plan-empty"));
    }
    if people.len() < booking.rows.len() {
        return Err(LedgerError::refused("error-plan-stale"));
    }
    let mut filled = BTreeSet::new();
    let elsewhere = appointments::elsewhere(tx.conn(), kept.id)?;
    for (resident, uid) in &booking.rows {
        let case = Case::of(tx, &booking.campaign, resident, in_force)?;
        let to = session(tx, uid)?;
        if to.campaign != kept.id || to.edit.on <= today {
            return Err(LedgerError::refused("error-plan-stale"));
        }
        let old = case.or_new(today);
        if old.session == Some(to.id) && old.state.takes_seat() {
            continue;
        }
        // What they have said since the plan was made outweighs it.
        if matches!(old.state, AppointmentState::Agreed | AppointmentState::Out) {
            return Err(LedgerError::refused("error-plan-stale"));
        }
        let state = moved_to(old.state, Word::Asked).map_err(|_| LedgerError::refused("error-plan-stale"))?;
        fits(tx, &case, &to, &elsewhere)?;
        case.put(tx, &appointments::Kept { session: Some(to.id), state, on: today, ..old })?;
        filled.insert(to.id);
    }
    within_seats(tx, kept.id, &filled)
}

/// Whether none of these sessions has more people than seats.
fn within_seats(tx: &Tx<'_>, campaign: i64, of: &BTreeSet<i64>) -> Result<()> {
    let mut taken: BTreeMap<i64, u64> = BTreeMap::new();
    for row in appointments::listed(tx.conn(), campaign)?.rows.iter().filter(|row| row.state.takes_seat()) {
        if let Some(session) = row.session {
            *taken.entry(session).or_default() += 1;
        }
    }
    let over = store::sessions(tx.conn(), campaign)?
        .into_iter()
        .filter(|session| of.contains(&session.id))
        .any(|session| taken.get(&session.id).is_some_and(|taken| *taken > u64::from(session.edit.seats)));
    if over { Err(LedgerError::refused("error-plan-stale")) } else { Ok(()) }
}

/// The same happens to many appointments, as when slips were handed over: all of them or none.
pub(in crate::ledger) fn act_many(
    tx: &mut Tx<'_>,
    (campaign, act, on): (&str, AppointmentAct, NaiveDate),
    people: &[String],
    in_force: &[Arc<Programme>],
) -> Result<()> {
    if people.is_empty() {
        return Err(LedgerError::refused("error-nobody-ticked"));
    }
    let people: BTreeSet<&String> = people.iter().collect();
    for resident in people {
        let (campaign, resident) = (campaign.to_owned(), resident.clone());
        let one = Appointed { campaign, resident, act, session: None, on };
        self::act(tx, &one, in_force)?;
    }
    Ok(())
}

/// Takes away a proposal that nobody was told of, as if it had not been made.
///
/// # Errors
/// The person knows of it: then what they say decides.
pub(in crate::ledger) fn drop_proposal(tx: &Tx<'_>, campaign_uid: &str, resident: &str) -> Result<()> {
    let key = of_this_village(tx, resident)?;
    let kept = campaign(tx, campaign_uid)?;
    let family = same_person::family(tx.conn(), key)?;
    let row = appointments::of_person(tx.conn(), kept.id, &family)?;
    match row.filter(|row| matches!(row.state, AppointmentState::Planned | AppointmentState::Waiting)) {
        Some(row) => appointments::delete(tx, row.id),
        None => Err(unfit(Unfit::NotNow)),
    }
}

/// The history's word for what happens.
pub(in crate::ledger) fn op(act: AppointmentAct) -> &'static str {
    match act {
        AppointmentAct::Invite => "appointment-invite",
        AppointmentAct::Agree => "appointment-agree",
        AppointmentAct::Wait => "appointment-wait",
        AppointmentAct::Unreached => "unreachable",
        AppointmentAct::StayOut => "appointment-out",
        AppointmentAct::Decline => "decline",
        AppointmentAct::Come => "appointment-came",
        AppointmentAct::Miss => "appointment-missed",
        AppointmentAct::AskAgain => "appointment-ask-again",
        AppointmentAct::Untick => "appointment-untick",
    }
}

fn no_session() -> LedgerError {
    LedgerError::refused("error-no-such-session")
}

fn unfit(why: Unfit) -> LedgerError {
    LedgerError::refused(why.key())
}

fn conflict(of: Conflict) -> LedgerError {
    let message = Message::new("error-session-conflict").said("why", vec![of.message()]);
    LedgerError::new(ErrorKind::Refused, message)
}
