//! Campaigns and sessions, written: what cannot be is refused with a sentence, and nobody's appointment is lost with a
//! session.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::campaign::{AppointmentState, MOST_SEATS};
use crate::domain::message::Message;
use crate::domain::one_line::one_line;
use crate::domain::programme::{Kind, Programme, Status};
use crate::domain::resident::Field;
use crate::domain::schedule::LONGEST;
use crate::ledger::campaigns::case::unbook_all;
use crate::ledger::campaigns::held;
use crate::ledger::campaigns::{CampaignEdit, NewCampaign, SessionEdit};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::store::{Tx, appointments, campaigns as store};

/// The most sessions of one campaign.
const MOST_SESSIONS: usize = 400;

/// Starts a campaign.
///
/// # Errors
/// No name, no programme, a leaflet, dates reversed, no session, a session outside the period or without seats.
pub(in crate::ledger) fn start(tx: &mut Tx<'_>, new: &NewCampaign, programmes: &[Arc<Programme>]) -> Result<()> {
    let edit = checked(&new.edit, programmes)?;
    if new.sessions.is_empty() {
        return Err(LedgerError::refused("error-campaign-no-sessions"));
    }
    let (id, uid) = store::insert(tx, &edit)?;
    tx.note.about = uid;
    put_sessions(tx, id, &edit, &new.sessions)
}

/// Corrects a campaign.
///
/// # Errors
/// As for a new one; `error-campaign-sessions-outside` where sessions would lie outside its days, and
/// `error-campaign-programme-people` where somebody with a day would come for nothing.
pub(in crate::ledger) fn edit(
    tx: &mut Tx<'_>,
    uid: &str,
    edit: &CampaignEdit,
    programmes: &[Arc<Programme>],
) -> Result<()> {
    let kept = campaign(tx, uid)?;
    let edit = checked(edit, programmes)?;
    let sessions = store::sessions(tx.conn(), kept.id)?;
    if sessions.iter().any(|session| session.edit.on < edit.first || session.edit.on > edit.last) {
        return Err(LedgerError::refused("error-campaign-sessions-outside"));
    }
    let out: Vec<String> = kept.edit.programmes.iter().filter(|id| !edit.programmes.contains(id)).cloned().collect();
    if out.is_empty() {
        return store::update(tx, kept.id, &edit);
    }
    let before = held::for_nothing(tx, &kept, programmes)?;
    held::unbook(tx, &kept, &out, programmes)?;
    store::update(tx, kept.id, &edit)?;
    held::of_campaign(tx, &kept, &before, programmes)
}

/// Removes a campaign with its sessions and appointments; nobody is booked for it any more.
///
/// # Errors
/// `error-campaign-took-place` where somebody came.
pub(in crate::ledger) fn remove(tx: &mut Tx<'_>, uid: &str, programmes: &[Arc<Programme>]) -> Result<()> {
    let kept = campaign(tx, uid)?;
    let all = appointments::of_campaign(tx.conn(), kept.id)?;
    if all.iter().any(|row| row.state == AppointmentState::Came) {
        return Err(LedgerError::refused("error-campaign-took-place"));
    }
    unbook_all(tx, uid, &all.iter().collect::<Vec<_>>(), programmes)?;
    store::delete(tx, kept.id)
}

/// Adds sessions.
pub(in crate::ledger) fn add_sessions(tx: &mut Tx<'_>, uid: &str, new: &[SessionEdit]) -> Result<()> {
    let kept = campaign(tx, uid)?;
    if new.is_empty() {
        return Err(LedgerError::refused("error-campaign-no-sessions"));
    }
    put_sessions(tx, kept.id, &kept.edit, new)
}

/// Corrects a session. Who knew of the day, and it is another now, is told again; who has nothing on the new day waits.
///
/// # Errors
/// `error-session-seats-taken` for fewer seats than are taken, `error-session-took-place` for another day after somebody
/// came or missed it, `error-session-kind-people` for a kind that is not for everybody who is expected there,
/// `error-session-past-people` for a day that has passed while somebody is.
pub(in crate::ledger) fn edit_session(
    tx: &mut Tx<'_>,
    uid: &str,
    new: &SessionEdit,
    programmes: &[Arc<Programme>],
) -> Result<()> {
    let kept = session(tx, uid)?;
    let campaign = campaign_of(tx, kept.campaign)?;
    let new = session_checked(new, &campaign.edit)?;
    let rows = appointments::of_campaign(tx.conn(), kept.campaign)?;
    let here = |row: &&appointments::Kept| row.session == Some(kept.id);
    let taken = taken(tx, kept.campaign, kept.id)?;
    if i64::from(new.seats) < taken {
        let message = Message::new("error-session-seats-taken").number("taken", taken);
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    let is_another = new.on != kept.edit.on || new.from != kept.edit.from;
    if new.on != kept.edit.on && rows.iter().filter(here).any(|row| took_place(row.state)) {
        return Err(LedgerError::refused("error-session-took-place"));
    }
    held::of_session(tx, &kept, &new)?;
    held::of_past_day(tx, &kept, &new)?;
    let told_again: Vec<_> = rows.iter().filter(here).filter(|row| is_another && row.state.is_expected()).collect();
    unbook_all(tx, &campaign.uid, &told_again, programmes)?;
    store::update_session(tx, kept.id, &new)?;
    let today = tx.today;
    for row in told_again {
        let stays = new.on == kept.edit.on || held::has_open(tx, &campaign.uid, (row, new.on), programmes)?;
        let (state, session) = match stays {
            true => (AppointmentState::Planned, row.session),
            false => (AppointmentState::Waiting, None),
        };
        appointments::update(tx, &appointments::Kept { state, session, on: today, ..row.clone() })?;
    }
    Ok(())
}

/// Takes a session away; who was expected there waits for another day.
///
/// # Errors
/// `error-session-took-place` where somebody came or was missed.
pub(in crate::ledger) fn remove_session(tx: &mut Tx<'_>, uid: &str, programmes: &[Arc<Programme>]) -> Result<()> {
    let kept = session(tx, uid)?;
    let rows = appointments::of_campaign(tx.conn(), kept.campaign)?;
    let here: Vec<_> = rows.into_iter().filter(|row| row.session == Some(kept.id)).collect();
    if here.iter().any(|row| took_place(row.state)) {
        return Err(LedgerError::refused("error-session-took-place"));
    }
    let campaign = store::uid_of(tx.conn(), kept.campaign)?;
    unbook_all(tx, &campaign, &here.iter().collect::<Vec<_>>(), programmes)?;
    for row in here {
        let state = if row.state.is_expected() { AppointmentState::Waiting } else { row.state };
        appointments::update(tx, &appointments::Kept { session: None, state, on: tx.today, ..row })?;
    }
    store::delete_session(tx, kept.id)
}

/// How many seats of a session are taken.
pub(super) fn taken(tx: &Tx<'_>, campaign: i64, session: i64) -> Result<i64> {
    let rows = appointments::listed(tx.conn(), campaign)?.rows;
    let here = rows.iter().filter(|row| row.session == Some(session) && row.state.takes_seat());
    Ok(i64::try_from(here.count()).unwrap_or(i64::MAX))
}

pub(super) fn campaign(tx: &Tx<'_>, uid: &str) -> Result<store::Kept> {
    store::find(tx.conn(), uid)?.ok_or_else(|| LedgerError::refused("error-no-such-campaign"))
}

pub(super) fn session(tx: &Tx<'_>, uid: &str) -> Result<store::KeptSession> {
    store::find_session(tx.conn(), uid)?.ok_or_else(|| LedgerError::refused("error-no-such-session"))
}

pub(super) fn campaign_of(tx: &Tx<'_>, id: i64) -> Result<store::Kept> {
    campaign(tx, &store::uid_of(tx.conn(), id)?)
}

fn took_place(state: AppointmentState) -> bool {
    matches!(state, AppointmentState::Came | AppointmentState::Missed)
}

fn put_sessions(tx: &mut Tx<'_>, campaign: i64, edit: &CampaignEdit, new: &[SessionEdit]) -> Result<()> {
    if store::sessions(tx.conn(), campaign)?.len() + new.len() > MOST_SESSIONS {
        return Err(LedgerError::refused("error-campaign-many-sessions"));
    }
    for session in new {
        let session = session_checked(session, edit)?;
        store::insert_session(tx, campaign, &session)?;
    }
    Ok(())
}

fn checked(edit: &CampaignEdit, programmes: &[Arc<Programme>]) -> Result<CampaignEdit> {
    let short = |text: &str| one_line(Field::Phone, text).map_err(|_| LedgerError::refused("error-away-long"));
    let long = |text: &str| one_line(Field::Address, text).map_err(|_| LedgerError::refused("error-task-long"));
    let name = short(&edit.name)?;
    if name.is_empty() {
        return Err(LedgerError::refused("error-campaign-name"));
    }
    if edit.first > edit.last {
        return Err(LedgerError::refused("error-campaign-dates"));
    }
    if (edit.last - edit.first).num_days() > LONGEST || !is_near(edit.first) {
        return Err(LedgerError::refused("error-campaign-long"));
    }
    if edit.programmes.is_empty() {
        return Err(LedgerError::refused("error-campaign-no-programme"));
    }
    for id in &edit.programmes {
        let programme = programmes.iter().find(|programme| programme.id == *id);
        let programme = programme.ok_or_else(|| LedgerError::refused("error-no-such-programme"))?;
        match (programme.kind, programme.status) {
            (Kind::Leaflet, _) => return Err(LedgerError::refused("error-campaign-leaflet")),
            (_, Status::Ended { by }) => {
                return Err(LedgerError::new(ErrorKind::Refused, Message::new("error-programme-ended").date("by", by)));
            }
            (Kind::Check | Kind::Vaccine, _) => {}
            _ => return Err(LedgerError::refused("error-campaign-no-check")),
        }
    }
    let mut ids = edit.programmes.clone();
    ids.sort_unstable();
    ids.dedup();
    Ok(CampaignEdit {
        name,
        programmes: ids,
        first: edit.first,
        last: edit.last,
        place: long(&edit.place)?,
        bring: long(&edit.bring)?,
        prepare: long(&edit.prepare)?,
    })
}

/// Years that the ledger can write as four digits.
fn is_near(on: NaiveDate) -> bool {
    (2000..=2200).contains(&on.year())
}

fn session_checked(new: &SessionEdit, campaign: &CampaignEdit) -> Result<SessionEdit> {
    let short = |text: &str| one_line(Field::Phone, text).map_err(|_| LedgerError::refused("error-away-long"));
    let long = |text: &str| one_line(Field::Address, text).map_err(|_| LedgerError::refused("error-task-long"));
    if new.seats == 0 || new.seats > MOST_SEATS {
        return Err(LedgerError::new(
            ErrorKind::Refused,
            Message::new("error-session-seats").number("most", MOST_SEATS),
        ));
    }
    if new.to <= new.from {
        return Err(LedgerError::refused("error-session-times"));
    }
    if new.on < campaign.first || new.on > campaign.last {
        let message = Message::new("error-session-outside").date("on", new.on);
        return Err(LedgerError::new(
            ErrorKind::Refused,
            message.date("first", campaign.first).date("last", campaign.last),
        ));
    }
    Ok(SessionEdit { place: long(&new.place)?, staff: short(&new.staff)?, ..new.clone() })
}
