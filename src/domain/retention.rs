//! How long what is kept: for each purpose a number of days since its end, within bounds, and why. Sources: PIPL arts.
//! 19 and 47 (no longer than the purpose needs), 56 (three years for what proves how data was handled).

use chrono::{Days, NaiveDate};

use crate::domain::message::Message;
use crate::domain::resident::worded;

/// Something that is kept, and from what its time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Keeping {
    /// Days for check-ups: since the day itself.
    Appointment,
    /// Applications: since the answer, or since the person took them back.
    Application,
    /// What was said about the turn of a year gone by: since that day. What was said once for all stays.
    Offer,
    /// Calls to who is away, and what they asked for: since the call or the answer.
    Outreach,
    /// Tasks written by hand: since they ended.
    Task,
    /// Rounds on paper: since they were printed.
    Round,
    /// Care that was agreed to: since it ended.
    Care,
    /// How and before whom somebody agreed who has withdrawn: since the withdrawal. That they withdrew stays.
    Proof,
    /// People who moved away or died, with all that is kept of them: since that day.
    Gone,
}
worded!(Keeping, "keeping" {
    Appointment => "appointment", Application => "application", Offer => "offer", Outreach => "outreach", Task => "task",
    Round => "round", Care => "care", Proof => "proof", Gone => "gone",
});

/// Three years: what a proof of how data was handled is kept for at least (PIPL art. 56).
const THREE_YEARS: u32 = 1096;

impl Keeping {
    /// The days for which it is kept, unless a rule of the town or the archive says otherwise.
    pub fn days(self) -> u32 {
        match self {
            Self::Appointment => 90,
            Self::Application | Self::Offer | Self::Care => 731,
            Self::Outreach | Self::Task => 366,
            Self::Round => 180,
            Self::Proof | Self::Gone => THREE_YEARS,
        }
    }

    /// The fewest and the most days that a rule may say.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::Proof => (THREE_YEARS, 3_653),
            Self::Application | Self::Gone => (366, 3_653),
            Self::Appointment | Self::Offer | Self::Outreach | Self::Task | Self::Round | Self::Care => (30, 1_827),
        }
    }

    /// The day on which it is due: the first on which it is no longer needed.
    pub fn due_on(self, since: NaiveDate, days: u32) -> NaiveDate {
        since.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
    }

    /// What its time is counted from, and why it is kept so long.
    pub fn why(self) -> Message {
        Message::new(format!("keeping-why-{}", self.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_lies_within_its_bounds() {
        for keeping in Keeping::ALL {
            let (fewest, most) = keeping.bounds();
            assert!((fewest..=most).contains(&keeping.days()), "{keeping:?}");
        }
    }

    #[test]
    fn ninety_days_after_a_day_is_ninety_days_later() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(Keeping::Appointment.due_on(on("2026-11-23"), 90), on("2027-02-21"));
        assert_eq!(Keeping::Gone.due_on(NaiveDate::MAX, 90), NaiveDate::MAX);
    }
}
