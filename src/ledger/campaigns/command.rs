//! What can be done to campaigns, in the user's words, and what the history calls it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::AppointmentAct;
use crate::domain::programme::Programme;
use crate::domain::schedule::MarketDays;
use crate::ledger::campaigns::clinic::{self, AnswerTaken};
use crate::ledger::campaigns::{
    Appointed, Booking, CampaignEdit, Moved, NewCampaign, SessionEdit, Wish, appoint, edit,
};
use crate::ledger::error::Result;
use crate::ledger::holidays::{self, HolidayTable};
use crate::ledger::store::{Note, Tx};

/// One action on a campaign: one step of undo.
#[derive(Clone)]
pub enum CampaignCommand {
    /// Start one with its sessions.
    Start(Box<NewCampaign>),
    /// Correct it.
    Edit {
        /// Its uid.
        campaign: String,
        /// The new values, all of them.
        edit: Box<CampaignEdit>,
    },
    /// Remove it, where nobody has come.
    Remove {
        /// Its uid.
        campaign: String,
    },
    /// Add sessions.
    AddSessions {
        /// The campaign's uid.
        campaign: String,
        /// Them.
        sessions: Vec<SessionEdit>,
    },
    /// Correct a session; who knew of another day is told again.
    EditSession {
        /// Its uid.
        session: String,
        /// The new values, all of them.
        edit: Box<SessionEdit>,
    },
    /// Take a session away; who was expected waits for another day.
    RemoveSession {
        /// Its uid.
        session: String,
    },
    /// Take a plan.
    Book(Box<Booking>),
    /// Something happens to an appointment.
    Appoint(Box<Appointed>),
    /// The same happens to many.
    AppointMany {
        /// The campaign's uid.
        campaign: String,
        /// The residents' uids.
        people: Vec<String>,
        /// What happens.
        act: AppointmentAct,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Somebody is given a day.
    Move(Box<Moved>),
    /// Two people change their days, on the word of both.
    Swap {
        /// The campaign's uid.
        campaign: String,
        /// The one's uid.
        one: String,
        /// The other's uid.
        other: String,
        /// The day it was agreed.
        on: NaiveDate,
    },
    /// What somebody said about their days.
    SetWish {
        /// The campaign's uid.
        campaign: String,
        /// The resident's uid.
        resident: String,
        /// What they said.
        wish: Box<Wish>,
    },
    /// Somebody is added by hand, and waits for a day.
    Add {
        /// The campaign's uid.
        campaign: String,
        /// The resident's uid.
        resident: String,
    },
    /// Take away a proposal that nobody was told of.
    DropProposal {
        /// The campaign's uid.
        campaign: String,
        /// The resident's uid.
        resident: String,
    },
    /// Take the clinic's answer.
    TakeAnswer(Box<AnswerTaken>),
    /// Take the tables of public holidays.
    SetHolidays(Box<HolidayTable>),
    /// Say on which days the market is held; none for no market.
    SetMarket(Option<MarketDays>),
}

/// Does one of them.
pub(in crate::ledger) fn write(tx: &mut Tx<'_>, command: &CampaignCommand, in_force: &[Arc<Programme>]) -> Result<()> {
    use CampaignCommand as C;
    match command {
        C::Start(new) => edit::start(tx, new, in_force),
        C::Edit { campaign, edit: new } => edit::edit(tx, campaign, new, in_force),
        C::Remove { campaign } => edit::remove(tx, campaign, in_force),
        C::AddSessions { campaign, sessions } => edit::add_sessions(tx, campaign, sessions),
        C::EditSession { session, edit: new } => edit::edit_session(tx, session, new, in_force),
        C::RemoveSession { session } => edit::remove_session(tx, session, in_force),
        C::Book(booking) => appoint::book(tx, booking, in_force),
        C::Appoint(new) => appoint::act(tx, new, in_force),
        C::AppointMany { campaign, people, act, on } => appoint::act_many(tx, (campaign, *act, *on), people, in_force),
        C::Move(new) => appoint::move_to(tx, new, in_force),
        C::Swap { campaign, one, other, on } => appoint::swap(tx, (campaign, *on), (one, other), in_force),
        C::SetWish { campaign, resident, wish } => appoint::wish(tx, (campaign, resident), wish, in_force),
        C::Add { campaign, resident } => appoint::add(tx, (campaign, resident), in_force),
        C::DropProposal { campaign, resident } => appoint::drop_proposal(tx, campaign, resident),
        C::TakeAnswer(answer) => clinic::take(tx, answer, in_force),
        C::SetHolidays(table) => holidays::set(tx, table),
        C::SetMarket(days) => holidays::set_market(tx, days.as_ref()),
    }
}

impl CampaignCommand {
    /// What the history calls it: the word, whom it is about, how many.
    pub(in crate::ledger) fn note(&self) -> Note {
        let (op, about, count) = match self {
            Self::Start(_) => ("campaign-start", "", 1),
            Self::Edit { campaign, .. } => ("campaign-edit", campaign.as_str(), 1),
            Self::Remove { campaign } => ("campaign-remove", campaign.as_str(), 1),
            Self::AddSessions { campaign, sessions } => ("session-add", campaign.as_str(), sessions.len()),
            Self::EditSession { .. } => ("session-edit", "", 1),
            Self::RemoveSession { .. } => ("session-remove", "", 1),
            Self::Book(booking) => ("plan-book", booking.campaign.as_str(), booking.rows.len()),
            Self::Appoint(new) => (appoint::op(new.act), new.resident.as_str(), 1),
            Self::AppointMany { act, people, .. } => (appoint::op(*act), "", people.len()),
            Self::Move(new) => ("appointment-move", new.resident.as_str(), 1),
            Self::Swap { one, .. } => ("appointment-swap", one.as_str(), 2),
            Self::SetWish { resident, .. } => ("appointment-wish", resident.as_str(), 1),
            Self::Add { resident, .. } => ("appointment-add", resident.as_str(), 1),
            Self::DropProposal { resident, .. } => ("appointment-drop", resident.as_str(), 1),
            Self::TakeAnswer(answer) => ("clinic-answer", answer.campaign.as_str(), answer.rows.len()),
            Self::SetHolidays(table) => ("holidays", "", table.days.len()),
            Self::SetMarket(_) => ("market", "", 1),
        };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Note { op, about: about.to_owned(), note: String::new(), count, undoes: None }
    }
}
