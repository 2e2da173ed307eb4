//! 体检安排: campaigns, their sessions, and who comes when. What is written is in `edit` and `appoint`, what the planner
//! is asked in [`planning`]; here is what the pages show. Who said no is a number; of a result nothing is known.

mod appoint;
mod case;
pub mod clinic;
pub mod command;
mod edit;
mod entitled;
pub mod figures;
pub(in crate::ledger) mod follow;
mod held;
pub mod planning;
pub mod sentences;
pub mod sheets;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::campaign::{AppointmentState, Asked, Away, Days, SessionKind, Slot, Word};
use crate::domain::consent::{ConsentState, Purpose};
use crate::domain::offer::State;
use crate::domain::programme::Programme;
use crate::domain::resident::Residency;
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::ResidentRow;
use crate::ledger::rounds::natural_order;
use crate::ledger::store::{appointments, campaigns as store, consents, done, residents};
use crate::ledger::view::View;
use entitled::Entitled;

pub use crate::domain::campaign::AppointmentAct;

/// A campaign as it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignEdit {
    /// What it is called.
    pub name: String,
    /// The ids of its programmes.
    pub programmes: Vec<String>,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Where, unless a session says otherwise.
    pub place: String,
    /// What to bring; empty for what the programmes say.
    pub bring: String,
    /// How to prepare.
    pub prepare: String,
}

/// A session as it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionEdit {
    /// The day.
    pub on: NaiveDate,
    /// It begins.
    pub from: NaiveTime,
    /// It ends.
    pub to: NaiveTime,
    /// How many people.
    pub seats: u32,
    /// For whom.
    pub kind: SessionKind,
    /// Where; empty for the campaign's place.
    pub place: String,
    /// Who comes from the clinic, in a few words.
    pub staff: String,
}

/// A campaign to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// What it is.
    pub edit: CampaignEdit,
    /// Its sessions.
    pub sessions: Vec<SessionEdit>,
}

/// What happens to somebody's appointment.
#[derive(Clone, PartialEq, Eq)]
pub struct Appointed {
    /// The campaign's uid.
    pub campaign: String,
    /// The resident's uid.
    pub resident: String,
    /// What happens.
    pub act: AppointmentAct,
    /// Where they came, for [`AppointmentAct::Come`]; none for where they were expected.
    pub session: Option<String>,
    /// The true day of what was said, today or earlier; the day of coming is the session's.
    pub on: NaiveDate,
}

/// Somebody is given a day.
#[derive(Clone, PartialEq, Eq)]
pub struct Moved {
    /// The campaign's uid.
    pub campaign: String,
    /// The resident's uid.
    pub resident: String,
    /// The session's uid.
    pub session: String,
    /// Whether they wished for it themselves.
    pub word: Word,
    /// The day it is decided.
    pub on: NaiveDate,
}

/// What somebody said about their days, before one is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// They cannot come before this day.
    pub not_before: Option<NaiveDate>,
    /// They cannot come after this day.
    pub not_after: Option<NaiveDate>,
    /// An early day is wished.
    pub first: bool,
    /// The clinic is to come to them.
    pub at_home: bool,
}

/// A plan as the cadre took it: who comes when, all of it or nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Booking {
    /// The campaign's uid.
    pub campaign: String,
    /// Resident's uid and session's uid.
    pub rows: Vec<(String, String)>,
}

/// A campaign among others.
#[derive(Clone, Debug)]
pub struct CampaignSummary {
    /// Identity.
    pub uid: String,
    /// What it is.
    pub edit: CampaignEdit,
    /// Its programmes, as far as this program has them.
    pub programmes: Vec<Arc<Programme>>,
    /// How many sessions it has.
    pub sessions: usize,
    /// All their seats.
    pub seats: u64,
    /// How many people are expected or came.
    pub taken: u64,
    /// How many came.
    pub came: u64,
    /// The next session from today on.
    pub next: Option<NaiveDate>,
}

/// A session with its seats.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Identity.
    pub uid: String,
    /// What it is.
    pub edit: SessionEdit,
    /// How many seats are taken.
    pub taken: u32,
    /// How many of those have come.
    pub came: u32,
}

impl SessionRow {
    /// Seats that nobody has; below zero where more came than there were seats.
    pub fn free(&self) -> i64 {
        i64::from(self.edit.seats) - i64::from(self.taken)
    }

    /// What of it speaks for or against somebody.
    pub fn slot(&self) -> Slot {
        Slot { on: self.edit.on, kind: self.edit.kind, free: self.free() }
    }
}

/// Somebody's appointment.
#[derive(Clone)]
pub struct AppointmentRow {
    /// Identity.
    pub uid: String,
    /// Its number on lists for the clinic.
    pub number: i64,
    /// Where it stands; never declined.
    pub state: AppointmentState,
    /// The day since which it stands so.
    pub on: NaiveDate,
    /// Whether they were asked again after a missed day.
    pub asked: Asked,
    /// The place of its session among those of the campaign.
    pub session: Option<usize>,
    /// What was said about days.
    pub wish: Wish,
    /// Whether they came without an appointment.
    pub walked_in: bool,
    /// Who.
    pub person: ResidentRow,
    /// What speaks for or against days.
    pub days: Days,
    /// The places of the campaign's programmes that they come or came for on their day; without one, on any. What they
    /// declined is not among them, nor what took place before.
    pub programmes: Vec<usize>,
    /// The days of sessions on which something is for them, been to or not.
    pub sure: Vec<NaiveDate>,
    /// The days on which nothing more is known than that something may be: it must be asked first.
    pub unclear: Vec<NaiveDate>,
    /// Where the offer stands, over those programmes.
    pub offer: State,
    /// What stands for handing name and phone to the clinic; none where nobody has asked yet.
    pub clinic: Option<ConsentState>,
}

impl AppointmentRow {
    /// Whether something is for them on the day of a session, or may be.
    pub fn may_come_on(&self, on: NaiveDate) -> bool {
        self.sure.contains(&on) || self.unclear.contains(&on)
    }
}

/// Without any value.
impl std::fmt::Debug for AppointmentRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AppointmentRow({} {:?})", self.uid, self.state)
    }
}

/// A campaign with all that its pages show.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Identity.
    pub uid: String,
    /// What it is.
    pub edit: CampaignEdit,
    /// Its programmes, as far as this program has them.
    pub programmes: Vec<Arc<Programme>>,
    /// Its sessions, in the order of their days.
    pub sessions: Vec<SessionRow>,
    /// Its appointments by session, group and household; nobody who declined, died, moved away or asked not to be in lists.
    pub appointments: Vec<AppointmentRow>,
    /// How many do not want it. A number, never a list.
    pub declined: u64,
    /// The year of each session's day of which the holidays are not known.
    pub unknown_years: Vec<i32>,
}

impl Campaign {
    /// Where a session is held.
    pub fn place<'a>(&'a self, session: &'a SessionRow) -> &'a str {
        if session.edit.place.is_empty() { &self.edit.place } else { &session.edit.place }
    }

    /// The appointment of somebody.
    pub fn of(&self, resident: &str) -> Option<&AppointmentRow> {
        self.appointments.iter().find(|row| row.person.uid == resident)
    }

    /// The session with this uid.
    pub fn session(&self, uid: &str) -> Option<&SessionRow> {
        self.sessions.iter().find(|session| session.uid == uid)
    }
}

impl View {
    /// Every campaign, the latest first.
    pub fn campaigns(&self, today: NaiveDate) -> Result<Vec<CampaignSummary>> {
        let mut rows = Vec::new();
        for kept in store::all(self.conn())? {
            let sessions = store::sessions(self.conn(), kept.id)?;
            let appointments = appointments::listed(self.conn(), kept.id)?.rows;
            let of =
                |holds: fn(AppointmentState) -> bool| appointments.iter().filter(|row| holds(row.state)).count() as u64;
            rows.push(CampaignSummary {
                programmes: self.of_campaign(&kept.edit)?,
                seats: sessions.iter().map(|session| u64::from(session.edit.seats)).sum(),
                taken: of(AppointmentState::takes_seat),
                came: of(|state| state == AppointmentState::Came),
                next: sessions.iter().map(|session| session.edit.on).find(|on| *on >= today),
                sessions: sessions.len(),
                uid: kept.uid,
                edit: kept.edit,
            });
        }
        Ok(rows)
    }

    pub(in crate::ledger) fn of_campaign(&self, edit: &CampaignEdit) -> Result<Vec<Arc<Programme>>> {
        let has = |programme: &Arc<Programme>| edit.programmes.contains(&programme.id);
        Ok(self.in_force()?.into_iter().filter(has).collect())
    }

    /// One campaign, whole.
    ///
    /// # Errors
    /// `error-no-such-campaign`
    pub fn campaign(&self, uid: &str) -> Result<Campaign> {
        let kept = store::find(self.conn(), uid)?.ok_or_else(|| LedgerError::refused("error-no-such-campaign"))?;
        let programmes = self.of_campaign(&kept.edit)?;
        let sessions = store::sessions(self.conn(), kept.id)?;
        let appointments::Listed { rows, declined } = appointments::listed(self.conn(), kept.id)?;
        let places: HashMap<i64, usize> = sessions.iter().enumerate().map(|(at, session)| (session.id, at)).collect();
        let mut days: Vec<NaiveDate> = sessions.iter().map(|session| session.edit.on).collect();
        days.dedup();
        let people = self.people_of(&rows)?;
        let all: Vec<&Programme> = programmes.iter().map(Arc::as_ref).collect();
        let facts = Facts {
            clinic: consents::standing(self.conn(), Purpose::Clinic)?,
            home_from: self.home_from()?,
            elsewhere: appointments::elsewhere(self.conn(), kept.id)?,
        };
        let mut found = Vec::new();
        for row in rows {
            let Some(person) = people.get(&row.resident) else { continue };
            let done = done::done_of(self.conn(), &person.uid, &all)?;
            let entitled = Entitled::new(&done, &all, &person.facts, &days);
            found.push(appointment(&row, person.clone(), &entitled, (&places, &sessions), &facts));
        }
        found.sort_by_cached_key(|row| {
            let place = crate::ledger::village::group_order(&row.person.group);
            (row.session.is_none(), row.session, place, natural_order(&row.person.household), row.number)
        });
        let count = |at: usize, holds: &dyn Fn(AppointmentState) -> bool| {
            let here = found.iter().filter(|row| row.session == Some(at) && holds(row.state)).count();
            u32::try_from(here).unwrap_or(u32::MAX)
        };
        let sessions = sessions.into_iter().enumerate().map(|(at, session)| SessionRow {
            uid: session.uid,
            edit: session.edit,
            taken: count(at, &AppointmentState::takes_seat),
            came: count(at, &|state| state == AppointmentState::Came),
        });
        let sessions: Vec<SessionRow> = sessions.collect();
        let unknown_years = self.unknown_years(&days)?;
        let (appointments, declined) = (found, declined.len() as u64);
        Ok(Campaign { uid: kept.uid, edit: kept.edit, programmes, sessions, appointments, declined, unknown_years })
    }

    fn people_of(&self, rows: &[appointments::Kept]) -> Result<HashMap<i64, ResidentRow>> {
        let keys: Vec<i64> = rows.iter().map(|row| row.resident).collect();
        let people = residents::by_keys(self.conn(), &keys, &self.sources()?)?;
        Ok(keys.into_iter().zip(people).collect())
    }
}

/// What is known of people beside their appointments.
struct Facts {
    clinic: HashMap<i64, ConsentState>,
    home_from: HashMap<String, NaiveDate>,
    /// Who has a place in another campaign for the same programme.
    elsewhere: HashMap<i64, appointments::Elsewhere>,
}

/// How long somebody is away, where they are.
fn away(residency: Option<Residency>, back: Option<NaiveDate>) -> Option<Away> {
    match (residency, back) {
        (Some(Residency::Away), Some(back)) => Some(Away::Until(back)),
        (Some(Residency::Away), None) => Some(Away::Unknown),
        _ => None,
    }
}

fn appointment(
    kept: &appointments::Kept,
    person: ResidentRow,
    entitled: &Entitled,
    (places, sessions): (&HashMap<i64, usize>, &[store::KeptSession]),
    facts: &Facts,
) -> AppointmentRow {
    let session = kept.session.and_then(|id| places.get(&id).copied());
    let on = session.map(|at| sessions[at].edit.on);
    AppointmentRow {
        uid: kept.uid.clone(),
        number: kept.id,
        state: kept.state,
        on: kept.on,
        asked: kept.asked,
        session,
        wish: Wish { not_before: kept.wish.0, not_after: kept.wish.1, first: kept.first, at_home: kept.at_home },
        walked_in: kept.walked_in,
        days: Days {
            sex: person.sex(),
            open: entitled.open(),
            away_until: away(person.residency(), facts.home_from.get(&person.uid).copied()),
            wish: kept.wish,
            at_home: kept.at_home,
            other_until: facts.elsewhere.get(&kept.resident).map(|other| other.until),
        },
        programmes: entitled.shown(on, kept.state),
        sure: entitled.days(Holds::Yes),
        unclear: entitled.days(Holds::Unknown),
        offer: entitled.offer(on),
        clinic: facts.clinic.get(&kept.resident).copied(),
        person,
    }
}
