//! A campaign in the demo village, under way today: a session this morning, others ahead, and most people still to be
//! planned, so that everything about one can be tried at once.

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta};

use super::Filler;
use crate::domain::campaign::{AppointmentState, Asked, SessionKind};
use crate::domain::offer::Outcome;
use crate::ledger::campaigns::{CampaignEdit, SessionEdit};
use crate::ledger::error::Result;
use crate::ledger::store::{appointments, campaigns};

/// The programme of the campaign.
pub(super) const PROGRAMME: &str = "elder-check";
/// Larger demo villages are for measuring, and have none.
const MOST_RESIDENTS: usize = 10_000;
/// Seats of a session.
const SEATS: u32 = 24;
/// Days from today to each session.
const DAYS: [i64; 5] = [0, 2, 4, 7, 9];

impl Filler<'_, '_> {
    /// The campaign, for those who were told of the check this year or agreed to it.
    pub(super) fn campaign(&mut self) -> Result<()> {
        let people = std::mem::take(&mut self.elders);
        if self.plan.residents > MOST_RESIDENTS || people.is_empty() {
            return Ok(());
        }
        let last_of_year = NaiveDate::from_ymd_opt(self.today.year(), 12, 31).unwrap_or(self.today);
        let days: Vec<NaiveDate> =
            DAYS.iter().map(|days| self.today + TimeDelta::days(*days)).filter(|on| *on <= last_of_year).collect();
        let Some((first, last)) = days.first().zip(days.last()) else { return Ok(()) };
        let edit = CampaignEdit {
            name: "老年人体检（演示）".to_owned(),
            programmes: vec![PROGRAMME.to_owned()],
            first: *first,
            last: *last,
            place: "柳河村卫生室".to_owned(),
            bring: "身份证、医保卡".to_owned(),
            prepare: "早上不要吃饭，平时吃的降压药照常吃".to_owned(),
        };
        let (campaign, _) = campaigns::insert(self.tx, &edit)?;
        for on in &days {
            campaigns::insert_session(self.tx, campaign, &session(*on))?;
        }
        let sessions = campaigns::sessions(self.tx.conn(), campaign)?;
        let mut told = 0;
        let mut agreed = 0;
        for (resident, outcome) in people {
            let (at, state) = match outcome {
                Outcome::Booked => (0, AppointmentState::Agreed),
                _ => (1, AppointmentState::Invited),
            };
            let taken = if at == 0 { &mut agreed } else { &mut told };
            let Some(session) = sessions.get(at).filter(|_| *taken < SEATS - 4) else { continue };
            *taken += 1;
            let kept = appointments::Kept {
                id: 0,
                uid: String::new(),
                campaign,
                resident,
                session: Some(session.id),
                state,
                on: self.today,
                asked: Asked::Once,
                first: false,
                at_home: false,
                walked_in: false,
                wish: (None, None),
            };
            appointments::insert(self.tx, &kept)?;
        }
        Ok(())
    }
}

fn session(on: NaiveDate) -> SessionEdit {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    SessionEdit {
        on,
        from: hour(8),
        to: hour(11),
        seats: SEATS,
        kind: SessionKind::Everybody,
        place: String::new(),
        staff: "镇卫生院".to_owned(),
    }
}
