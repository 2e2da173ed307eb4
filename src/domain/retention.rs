//! How long what is kept: for each purpose a number of days since its end, within bounds, and why. Sources: PIPL arts.
//! 19 and 47 (no longer than the purpose needs), 56 (three years for what proves how data was handled).

use chrono::{Days, NaiveDate};

use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::domain::resident::worded;

/// Something that is kept, and from what its time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Keeping {
    /// Days for check-ups: since the day itself.
    Appointment,
    /// Applications: since the answer, or since the person took them back.
    Application,
    /// Attendance at checks and vaccinations: since that day, and never while a turn to come is reckoned from it.
    Service,
    /// What was said about the turn of a year gone by: since that day. What was said once for all stays.
    Offer,
    /// Tasks of the worklist that were put off: since the day until which, or on which that was decided for the turn.
    PutOff,
    /// What belongs to being away: since the person is back.
    Away,
    /// Calls to who is away, and what they asked for: since the call or the answer.
    Outreach,
    /// Tasks written by hand: since they ended.
    Task,
    /// Rounds on paper: since they were printed.
    Round,
    /// Care that was agreed to: since it ended.
    Care,
    /// What is known of somebody and no programme asks for any more: since the day it was true. What is asked for is needed
    /// as long as the person lives here.
    Fact,
    /// Values that were corrected, and rows that were taken away: since then. They stand in the history alone.
    Past,
    /// How and before whom somebody agreed who has withdrawn: since the withdrawal. That they withdrew stays.
    Proof,
    /// People who moved away or died, with all that is kept of them: since that day.
    Gone,
    /// At an office, applications that were handed up: since the last that was said of one that ended; of one under way, since
    /// the village's newest file. And whether two of two villages are one, once neither is named.
    ReceivedApplication,
    /// At an office, days for checks that were handed up: since the day itself.
    ReceivedAppointment,
}
worded!(Keeping, "keeping" {
    Appointment => "appointment", Application => "application", Service => "service", Offer => "offer",
    PutOff => "put-off", Away => "away", Outreach => "outreach", Task => "task", Round => "round", Care => "care",
    Fact => "fact", Past => "past", Proof => "proof", Gone => "gone", ReceivedApplication => "received-application",
    ReceivedAppointment => "received-appointment",
});

/// Three years: what a proof of how data was handled is kept for at least (PIPL art. 56).
const THREE_YEARS: u32 = 1096;

/// What an office keeps: nobody lives there, and its own history is of what was handed up to it.
const OF_OFFICE: [Keeping; 3] = [Keeping::ReceivedApplication, Keeping::ReceivedAppointment, Keeping::Past];

impl Keeping {
    /// What a ledger of this level keeps, in the order shown.
    pub fn of(level: Level) -> impl Iterator<Item = Self> {
        let is_kept = move |of: &Self| match level {
            Level::Village => *of == Self::Past || !OF_OFFICE.contains(of),
            Level::Township | Level::County => OF_OFFICE.contains(of),
        };
        Self::ALL.iter().copied().filter(is_kept)
    }

    /// The days for which it is kept, unless a rule of the town or the archive says otherwise.
    pub fn days(self) -> u32 {
        match self {
            Self::Appointment | Self::ReceivedAppointment => 90,
            Self::Application | Self::ReceivedApplication | Self::Offer | Self::Care => 731,
            Self::Outreach | Self::Task | Self::Away | Self::PutOff | Self::Fact => 366,
            Self::Round => 180,
            Self::Proof | Self::Gone | Self::Service | Self::Past => THREE_YEARS,
        }
    }

    /// The fewest and the most days that a rule may say.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::Proof => (THREE_YEARS, 3_653),
            Self::Application | Self::ReceivedApplication | Self::Gone | Self::Service | Self::Past => (366, 3_653),
            // What was decided for a turn holds to its end, and no turn with an end is longer than a year.
            Self::PutOff | Self::Fact => (366, 1_827),
            // A village hands days up again for two months after they are over.
            Self::ReceivedAppointment => (90, 1_827),
            Self::Appointment | Self::Offer | Self::Outreach | Self::Task | Self::Round | Self::Care | Self::Away => {
                (30, 1_827)
            }
        }
    }

    /// The day on which it is due: the first on which it is no longer needed.
    pub fn due_on(self, since: NaiveDate, days: u32) -> NaiveDate {
        since.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
    }

    /// The last day since which something may have ended that is due on a day.
    pub fn ended_by(self, today: NaiveDate, days: u32) -> NaiveDate {
        today.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
    }

    /// What its time is counted from, and why it is kept so long.
    pub fn why(self) -> Message {
        Message::new(format!("keeping-why-{}", self.as_str()))
    }
}

/// How long that many days are, as people say it: in years where they come to whole ones, give or take a leap day.
pub fn long(days: u32) -> Message {
    let years = days / 365;
    let over = days.checked_sub(years * 365 + years / 4);
    match over {
        Some(0 | 1) if years > 0 => Message::new("keeping-years").number("years", years),
        _ => Message::new("keeping-days").number("days", days),
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
    fn an_office_keeps_what_was_handed_up_and_a_village_all_else() {
        let office: Vec<Keeping> = Keeping::of(Level::Township).collect();
        assert_eq!(office, [Keeping::Past, Keeping::ReceivedApplication, Keeping::ReceivedAppointment]);
        assert!(Keeping::of(Level::Village).all(|of| of == Keeping::Past || !office.contains(&of)));
        assert_eq!(Keeping::of(Level::Village).count() + office.len(), Keeping::ALL.len() + 1);
    }

    #[test]
    fn whole_years_are_said_as_years_and_all_else_as_days() {
        let years = |of: u32| Message::new("keeping-years").number("years", of);
        for (days, of) in [(365, 1), (366, 1), (731, 2), (1_096, 3), (1_461, 4), (1_827, 5), (3_653, 10)] {
            assert_eq!(long(days), years(of), "{days}");
        }
        for days in [0, 1, 30, 90, 364, 367, 732, 1_000, 1_460, 3_640] {
            assert_eq!(long(days), Message::new("keeping-days").number("days", days), "{days}");
        }
    }

    #[test]
    fn ninety_days_after_a_day_is_ninety_days_later() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(Keeping::Appointment.due_on(on("2026-11-23"), 90), on("2027-02-21"));
        assert_eq!(Keeping::Gone.due_on(NaiveDate::MAX, 90), NaiveDate::MAX);
    }
}
