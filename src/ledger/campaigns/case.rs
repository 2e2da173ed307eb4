//! Somebody's appointment with what it takes to write it, and what it says in the service lists.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::{AppointmentState, Asked};
use crate::domain::offer::{Outcome, State};
use crate::domain::programme::Programme;
use crate::domain::resident::Sex;
use crate::ledger::campaigns::edit::campaign;
use crate::ledger::campaigns::entitled::Entitled;
use crate::ledger::consents;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::lists::{self, of_this_village};
use crate::ledger::store::{Tx, appointments, campaigns as store, done, residents, same_person, village};

/// Somebody's appointment in a campaign, with what it takes to write it.
pub(super) struct Case<'p> {
    pub(super) campaign: store::Kept,
    pub(super) sessions: Vec<store::KeptSession>,
    pub(super) programmes: Vec<&'p Programme>,
    pub(super) resident: String,
    /// As it is kept; none while there is none.
    pub(super) kept: Option<appointments::Kept>,
    /// The key of the record.
    pub(super) key: i64,
    pub(super) sex: Option<Sex>,
    pub(super) entitled: Entitled,
}

impl<'p> Case<'p> {
    pub(super) fn of(tx: &Tx<'_>, campaign_uid: &str, resident: &str, in_force: &'p [Arc<Programme>]) -> Result<Self> {
        let campaign = campaign(tx, campaign_uid)?;
        let key = of_this_village(tx, resident)?;
        let has = |programme: &&Arc<Programme>| campaign.edit.programmes.contains(&programme.id);
        let programmes: Vec<&Programme> = in_force.iter().filter(has).map(Arc::as_ref).collect();
        for programme in &programmes {
            consents::still_agreed(tx, key, programme.kind)?;
        }
        let sessions = store::sessions(tx.conn(), campaign.id)?;
        let mut days: Vec<NaiveDate> = sessions.iter().map(|session| session.edit.on).collect();
        days.dedup();
        let family = same_person::family(tx.conn(), key)?;
        let kept = appointments::of_person(tx.conn(), campaign.id, &family)?;
        let row = residents::get(tx.conn(), resident, &village::sources(tx.conn())?)?;
        let row = row.ok_or_else(|| LedgerError::refused("error-no-such-resident"))?;
        let done = done::done_of(tx.conn(), resident, &programmes)?;
        let entitled = Entitled::new(&done, &programmes, &row.facts, &days);
        let resident = resident.to_owned();
        Ok(Self { campaign, sessions, programmes, resident, kept, key, sex: row.sex(), entitled })
    }

    pub(super) fn session(&self, id: Option<i64>) -> Option<&store::KeptSession> {
        self.sessions.iter().find(|session| Some(session.id) == id)
    }

    /// The day of the appointment, where it has one.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.session(self.kept.as_ref()?.session).map(|session| session.edit.on)
    }

    /// As it is kept, or new: wants to come and has no day yet.
    pub(super) fn or_new(&self, on: NaiveDate) -> appointments::Kept {
        self.kept.clone().unwrap_or(appointments::Kept {
            id: 0,
            uid: String::new(),
            campaign: self.campaign.id,
            resident: self.key,
            session: None,
            state: AppointmentState::Waiting,
            on,
            asked: Asked::Once,
            first: false,
            at_home: false,
            walked_in: false,
            wish: (None, None),
        })
    }

    pub(super) fn put(&self, tx: &mut Tx<'_>, new: &appointments::Kept) -> Result<()> {
        if new.id == 0 {
            appointments::insert(tx, new)?;
            return Ok(());
        }
        appointments::update(tx, new)
    }

    /// The programmes that are for the person on their day; without one, on any.
    pub(super) fn for_them(&self, day: Option<NaiveDate>) -> Vec<&'p Programme> {
        self.entitled.programmes(day).into_iter().map(|at| self.programmes[at]).collect()
    }

    /// What the person wants who agrees to a day or comes on it: a no to one programme is not overwritten by another one.
    pub(super) fn wanted(&self, day: Option<NaiveDate>) -> Vec<&'p Programme> {
        self.entitled.wanted(day).into_iter().map(|at| self.programmes[at]).collect()
    }

    /// What somebody came for who is noted to have come, and on another day now.
    pub(super) fn came_for(&self, day: NaiveDate) -> Vec<&'p Programme> {
        let of = self.entitled.shown(Some(day), AppointmentState::Came);
        of.into_iter().map(|at| self.programmes[at]).collect()
    }

    /// What is said about the day is said about its programmes; of how many of them it was news.
    pub(super) fn say(&self, tx: &mut Tx<'_>, outcome: Outcome, on: NaiveDate) -> Result<usize> {
        let mut said = 0;
        for (programme, of) in self.meant(tx, outcome, on)? {
            let state = lists::state_in(tx, programme, &self.resident, of)?;
            // What is known already is not said twice, and telling takes nothing back.
            let is_known = match outcome {
                Outcome::Told => state.is_told(),
                Outcome::Unreachable => state.is_told(),
                Outcome::Booked => state == State::Booked,
                Outcome::Declined => state == State::Declined,
            };
            if !is_known && !matches!(state, State::Been | State::Done) {
                lists::record_in(tx, programme, &self.resident, outcome, (on, of))?;
                said += 1;
            }
        }
        Ok(said)
    }

    /// About which programmes something is said, each with a day of the turn that is meant: of the appointment's day; without
    /// one, of every turn in which a session is still to come; where none is, of the turn in which it is said.
    fn meant(&self, tx: &Tx<'_>, outcome: Outcome, on: NaiveDate) -> Result<Vec<(&'p Programme, NaiveDate)>> {
        let of = |day| if outcome == Outcome::Booked { self.wanted(day) } else { self.for_them(day) };
        if let Some(day) = self.day() {
            return Ok(of(Some(day)).into_iter().map(|programme| (programme, day)).collect());
        }
        let (mut meant, mut turns) = (Vec::new(), BTreeSet::new());
        let days = self.sessions.iter().map(|session| session.edit.on).filter(|day| *day >= tx.today);
        for day in days {
            for programme in of(Some(day)) {
                let turn = lists::turn_on(tx, programme, &self.resident, day)?.name;
                if turns.insert((programme.id.as_str(), turn)) {
                    meant.push((programme, day));
                }
            }
        }
        if meant.is_empty() {
            meant = of(None).into_iter().map(|programme| (programme, on)).collect();
        }
        Ok(meant)
    }

    /// Who is back by their own word is told of what they had declined: in the turns of all sessions ahead where they declined
    /// the campaign, else only where nothing else is open for them any more.
    pub(super) fn want_again(&self, tx: &mut Tx<'_>) -> Result<()> {
        let is_declined = self.kept.as_ref().is_some_and(|kept| kept.state == AppointmentState::Declined);
        if !is_declined && self.entitled.open().iter().any(|(day, _)| *day >= tx.today) {
            return Ok(());
        }
        for (programme, of) in self.meant(tx, Outcome::Booked, tx.today)? {
            if lists::state_in(tx, programme, &self.resident, of)? == State::Declined {
                lists::record_in(tx, programme, &self.resident, Outcome::Told, (tx.today, of))?;
            }
        }
        Ok(())
    }

    /// A day that the person agreed to is not theirs any more: of its programmes they are told, and on no day. What the
    /// service list knows besides stays, and so does what counts for a new day of the same turn.
    pub(super) fn unbook(&self, tx: &mut Tx<'_>, on: NaiveDate, instead: Option<NaiveDate>) -> Result<()> {
        let Some(day) = self.day().filter(|_| self.has_agreed()) else { return Ok(()) };
        for programme in self.for_them(Some(day)) {
            lists::unbook(tx, programme, &self.resident, (on, day), instead)?;
        }
        Ok(())
    }

    pub(super) fn has_agreed(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.state == AppointmentState::Agreed)
    }
}

/// The days of these appointments of a campaign are given up, as [`Case::unbook`] does for one. Who is not of this village
/// any more, or withdrew their consent, is left as they are: of them nothing is written; nor of the second appointment of
/// somebody with two records, for the first still counts.
pub(super) fn unbook_all(
    tx: &mut Tx<'_>,
    campaign: &str,
    rows: &[&appointments::Kept],
    in_force: &[Arc<Programme>],
) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let counted: HashSet<i64> =
        appointments::listed(tx.conn(), first.campaign)?.rows.into_iter().map(|row| row.id).collect();
    let named = residents::named(tx.conn(), &rows.iter().map(|row| row.resident).collect())?;
    for row in rows.iter().filter(|row| counted.contains(&row.id)) {
        let Some(who) = named.get(&row.resident) else { continue };
        match Case::of(tx, campaign, &who.uid, in_force) {
            Err(error) if error.kind == ErrorKind::Refused => {}
            case => Case { kept: Some((*row).clone()), ..case? }.unbook(tx, tx.today, None)?,
        }
    }
    Ok(())
}
