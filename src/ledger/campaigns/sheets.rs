//! What the papers of a campaign are made of: slips, rosters, door lists, lists for the clinic. Who declined is not gathered,
//! nor that anybody did; for the door only masked names are.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::campaign::{AppointmentState, SessionKind};
use crate::domain::mask::MaskedName;
use crate::ledger::campaigns::{AppointmentRow, Campaign, SessionEdit};
use crate::ledger::children::Children;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::material::Material;
use crate::ledger::rounds::natural_order;
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// Which paper of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CampaignPaper {
    /// 通知单: a stub and a slip for everybody with a day ahead.
    Slips(SlipsFor),
    /// 签到表: who is expected, with a box to tick.
    Roster,
    /// 门口名单: what hangs at the door, masked.
    Door,
    /// 交给卫生院的名单: what the clinic needs to see people, and to answer who came.
    Clinic,
}

/// For whom slips are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SlipsFor {
    /// Everybody with a day ahead.
    #[default]
    Everybody,
    /// Only who is still to be told.
    ToTell,
}

/// A campaign with the people who stand on one paper of it.
#[derive(Clone)]
pub struct CampaignSheet {
    /// The campaign; of its appointments those on this paper, each with a session. How many declined is not in it.
    pub campaign: Campaign,
    /// Who looks after a group and their phone, by the group's bare name.
    pub contacts: HashMap<String, (String, String)>,
    /// Of its children, whose word sends them to the clinic and who heads their household.
    pub children: Children,
}

/// A campaign as it hangs at the door.
#[derive(Clone, Debug)]
pub struct DoorSheet {
    /// What it is called.
    pub name: String,
    /// Its sessions.
    pub sessions: Vec<DoorSession>,
}

/// A session as it hangs at the door.
#[derive(Clone, Debug)]
pub struct DoorSession {
    /// What it is.
    pub edit: SessionEdit,
    /// Where.
    pub place: String,
    /// Masked name and bare name of the group, in the order of the session.
    pub rows: Vec<(MaskedName, String)>,
}

impl CampaignSheet {
    /// The sessions with somebody on this paper: their places in the campaign, and who, in order.
    pub fn sessions(&self) -> Vec<(usize, Vec<&AppointmentRow>)> {
        let of = |at: usize| self.campaign.appointments.iter().filter(|row| row.session == Some(at)).collect();
        let all = (0..self.campaign.sessions.len()).map(|at| (at, of(at)));
        all.filter(|(_, rows): &(usize, Vec<&AppointmentRow>)| !rows.is_empty()).collect()
    }
}

impl View {
    /// Gathers a paper of a campaign, of one session or of all.
    ///
    /// # Errors
    /// No such campaign or session; `paper-nobody-appointed` where nobody would stand on it.
    pub(in crate::ledger) fn campaign_paper(
        &self,
        (campaign, session): (&str, Option<&str>),
        paper: CampaignPaper,
        on: NaiveDate,
    ) -> Result<Material> {
        let mut campaign = Campaign { declined: 0, ..self.campaign(campaign)? };
        if let Some(uid) = session {
            let is_it = |row: &AppointmentRow| row.session.is_some_and(|at| campaign.sessions[at].uid == uid);
            if campaign.session(uid).is_none() {
                return Err(LedgerError::refused("error-no-such-session"));
            }
            let rows = campaign.appointments.iter().filter(|row| is_it(row)).cloned().collect();
            campaign.appointments = rows;
        }
        let days: Vec<NaiveDate> = campaign.sessions.iter().map(|session| session.edit.on).collect();
        let stands = |row: &AppointmentRow| row.session.is_some_and(|at| stands_on(paper, row.state, (days[at], on)));
        campaign.appointments.retain(stands);
        match paper {
            CampaignPaper::Slips(_) => by_walk(&mut campaign),
            CampaignPaper::Door => at_the_door(&mut campaign),
            CampaignPaper::Roster | CampaignPaper::Clinic => by_session(&mut campaign),
        }
        if campaign.appointments.is_empty() {
            return Err(LedgerError::refused("paper-nobody-appointed"));
        }
        let (contacts, children) = (self.contacts()?, self.children(on)?);
        let sheet = Box::new(CampaignSheet { campaign, contacts, children });
        Ok(match paper {
            CampaignPaper::Slips(_) => Material::AppointmentSlips(sheet),
            CampaignPaper::Roster => Material::SessionRoster(sheet),
            CampaignPaper::Clinic => Material::ClinicList(sheet),
            CampaignPaper::Door => Material::DoorList(Box::new(masked(&sheet))),
        })
    }

    fn contacts(&self) -> Result<HashMap<String, (String, String)>> {
        let groups = self.groups()?.into_iter().filter(|group| !group.contact_phone.is_empty());
        Ok(groups.map(|group| (group.name, (group.contact, group.contact_phone))).collect())
    }
}

/// Whether somebody stands on a paper: on slips whoever is expected on a day that has not passed, elsewhere who has a seat.
fn stands_on(paper: CampaignPaper, state: AppointmentState, (day, today): (NaiveDate, NaiveDate)) -> bool {
    match paper {
        CampaignPaper::Slips(SlipsFor::Everybody) => state.is_expected() && day >= today,
        CampaignPaper::Slips(SlipsFor::ToTell) => state == AppointmentState::Planned && day >= today,
        CampaignPaper::Roster | CampaignPaper::Door | CampaignPaper::Clinic => state.takes_seat(),
    }
}

/// In the order in which slips are handed out: group, lane, house, household.
fn by_walk(campaign: &mut Campaign) {
    campaign.appointments.sort_by_cached_key(|row| {
        let of = &row.person;
        let place = (group_order(&of.group), natural_order(&of.address), natural_order(&of.household));
        (place, of.household_uid.clone(), row.number)
    });
}

/// Session by session, as people count groups and households: 2 before 10.
fn by_session(campaign: &mut Campaign) {
    campaign.appointments.sort_by_cached_key(|row| {
        let of = &row.person;
        (row.session, group_order(&of.group), natural_order(&of.household), row.number)
    });
}

/// Where the clinic goes from house to house, nothing hangs at a door; and only who was told of the day looks for it.
fn at_the_door(campaign: &mut Campaign) {
    let is_home = |at: usize| campaign.sessions[at].edit.kind == SessionKind::Home;
    let rows = campaign.appointments.iter().filter(|row| row.session.is_some_and(|at| !is_home(at)));
    let rows = rows.filter(|row| row.state != AppointmentState::Planned).cloned().collect();
    campaign.appointments = rows;
    by_session(campaign);
}

fn masked(sheet: &CampaignSheet) -> DoorSheet {
    let campaign = &sheet.campaign;
    let session = |(at, rows): (usize, Vec<&AppointmentRow>)| {
        let session = &campaign.sessions[at];
        let row = |row: &AppointmentRow| (MaskedName::of(&row.person.name), row.person.group.clone());
        let rows = rows.into_iter().map(row).collect();
        DoorSession { edit: session.edit.clone(), place: campaign.place(session).to_owned(), rows }
    };
    DoorSheet { name: campaign.edit.name.clone(), sessions: sheet.sessions().into_iter().map(session).collect() }
}
