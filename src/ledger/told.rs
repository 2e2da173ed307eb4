//! What one person was told and came to, and their appointments, under whichever record it was noted; never that something
//! was not wanted.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::{AppointmentState, Asked};
use crate::domain::offer::State;
use crate::domain::programme::Programme;
use crate::ledger::campaigns::Wish;
use crate::ledger::error::Result;
use crate::ledger::store::{appointments, campaigns, offers, residents, same_person};
use crate::ledger::view::View;

/// Something that a person was told, or came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRow {
    /// The programme.
    pub programme: Arc<Programme>,
    /// What: never [`State::Declined`].
    pub what: State,
    /// The turn, as of an offer; empty of what took place.
    pub period: String,
    /// The day.
    pub on: NaiveDate,
    /// Times tried in vain since last reached.
    pub tries: u32,
}

/// An appointment of a person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAppointment {
    /// The campaign's uid.
    pub campaign: String,
    /// What it is called.
    pub campaign_name: String,
    /// The day of the session; none while there is none.
    pub on: Option<NaiveDate>,
    /// Where it stands: neither declined nor not this time.
    pub state: AppointmentState,
    /// The day since which it stands so.
    pub since: NaiveDate,
    /// Whether they were asked again after a missed day.
    pub asked: Asked,
    /// What they wished of the day.
    pub wish: Wish,
    /// Whether they came without an appointment.
    pub walked_in: bool,
}

fn own(
    kept: &appointments::Kept,
    (campaign, campaign_name): (String, String),
    on: Option<NaiveDate>,
) -> OwnAppointment {
    let (not_before, not_after) = kept.wish;
    OwnAppointment {
        campaign,
        campaign_name,
        on,
        state: kept.state,
        since: kept.on,
        asked: kept.asked,
        wish: Wish { not_before, not_after, first: kept.first, at_home: kept.at_home },
        walked_in: kept.walked_in,
    }
}

impl View {
    /// A person's appointments, one a campaign, under whichever record; the earliest first.
    pub fn own_appointments(&self, uid: &str) -> Result<Vec<OwnAppointment>> {
        let Some(resident) = residents::brief(self.conn(), uid)? else { return Ok(Vec::new()) };
        // Of two records of one person, the appointment that went furthest, as on the campaign's own page.
        let mut furthest: BTreeMap<i64, appointments::Kept> = BTreeMap::new();
        for record in same_person::family(self.conn(), resident.id)? {
            for kept in appointments::of_resident(self.conn(), record)? {
                let kept = match furthest.remove(&kept.campaign) {
                    Some(known) => appointments::further(known, kept),
                    None => kept,
                };
                furthest.insert(kept.campaign, kept);
            }
        }
        // A no, and a not this time, are on no paper.
        furthest.retain(|_, kept| !matches!(kept.state, AppointmentState::Declined | AppointmentState::Out));
        let mut rows = Vec::new();
        for campaign in campaigns::all(self.conn())? {
            let Some(kept) = furthest.get(&campaign.id) else { continue };
            let sessions = campaigns::sessions(self.conn(), campaign.id)?;
            let session = sessions.iter().find(|session| Some(session.id) == kept.session);
            let on = session.map(|session| session.edit.on);
            rows.push(own(kept, (campaign.uid, campaign.edit.name), on));
        }
        rows.sort_by_key(|row| (row.on.is_none(), row.on));
        Ok(rows)
    }

    /// What a person was told and came to, under whichever record.
    pub(in crate::ledger) fn told(&self, uid: &str) -> Result<Vec<ToldRow>> {
        let Some(resident) = residents::brief(self.conn(), uid)? else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for record in same_person::family(self.conn(), resident.id)? {
            for said in offers::of(self.conn(), record)? {
                let programme = self.programmes().iter().find(|programme| programme.id == said.programme).cloned();
                let offers::Said { period, what, on, tries, .. } = said;
                rows.extend(programme.map(|programme| ToldRow { programme, what, period, on, tries }));
            }
        }
        rows.sort_by(|a, b| (a.on, &a.programme.id, a.what).cmp(&(b.on, &b.programme.id, b.what)));
        rows.dedup();
        Ok(rows)
    }
}
