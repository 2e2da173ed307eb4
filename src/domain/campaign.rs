//! 体检安排: what a session is, where an appointment stands and what may follow. Offered, not obeyed: who said no is out of
//! sight, who missed is asked again once, and nothing is kept of a result.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::resident::{Sex, worded};

/// Whom a session is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Whoever is invited.
    #[default]
    Everybody,
    /// Women only.
    Women,
    /// 上门: the clinic goes from house to house, to those who cannot come.
    Home,
}
worded!(SessionKind, "session-kind" { Everybody => "everybody", Women => "women", Home => "home" });

impl SessionKind {
    /// Whether somebody of this sex may come; where it is not known, not to what is for women only.
    pub fn is_for(self, sex: Option<Sex>) -> bool {
        self != Self::Women || sex == Some(Sex::Female)
    }
}

/// The most people of one session: more than any clinic sees in a day.
pub const MOST_SEATS: u32 = 2_000;

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// 排好了: a day is proposed, and the person does not know of it yet.
    Planned,
    /// 已通知: the person was told of the day and has not answered.
    Invited,
    /// 答应了: the person agreed to the day.
    Agreed,
    /// 待排: wants to come and has no day yet: another day was wished, or there was no seat.
    Waiting,
    /// 来了
    Came,
    /// 没来
    Missed,
    /// 这次不排: not this time. No answer to the offer itself.
    Out,
    /// 本人不需要: finished. A number, never a list.
    Declined,
}
worded!(AppointmentState, "appointment" {
    Planned => "planned", Invited => "invited", Agreed => "agreed", Waiting => "waiting", Came => "came",
    Missed => "missed", Out => "out", Declined => "declined",
});

impl AppointmentState {
    /// Whether a seat is kept for it.
    pub fn takes_seat(self) -> bool {
        matches!(self, Self::Planned | Self::Invited | Self::Agreed | Self::Came)
    }

    /// Whether the person is still expected on the day.
    pub fn is_expected(self) -> bool {
        matches!(self, Self::Planned | Self::Invited | Self::Agreed)
    }

    /// Whether the person still waits for, or has, a day ahead.
    pub fn is_open(self) -> bool {
        self.is_expected() || self == Self::Waiting
    }
}

/// What happens to an appointment, apart from its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppointmentAct {
    /// Told of the day.
    Invite,
    /// Agreed to it.
    Agree,
    /// Another day is wished, and none is chosen yet.
    Wait,
    /// Tried to tell, not reached.
    Unreached,
    /// Not this time.
    StayOut,
    /// Does not want it.
    Decline,
    /// Came.
    Come,
    /// Was expected and did not come.
    Miss,
    /// Is asked again after having missed a day.
    AskAgain,
    /// Had been ticked by mistake.
    Untick,
}
worded!(AppointmentAct, "appointment-act" {
    Invite => "invite", Agree => "agree", Wait => "wait", Unreached => "unreached", StayOut => "stay_out",
    Decline => "decline", Come => "come", Miss => "miss", AskAgain => "ask_again", Untick => "untick",
});

/// Whether somebody who missed a day was asked again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// Once only, so far.
    #[default]
    Once,
    /// After a missed day, too; that is the end of it.
    Again,
}

/// Why something cannot happen to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no day yet that could be agreed to or missed.
    NoDay,
    /// The person came already.
    HasCome,
    /// The person was asked again before: once is enough.
    AskedBefore,
    /// That does not follow from where it stands.
    NotNow,
}

impl Unfit {
    /// The sentence's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoDay => "error-appointment-no-day",
            Self::HasCome => "error-appointment-has-come",
            Self::AskedBefore => "error-appointment-asked-before",
            Self::NotNow => "error-appointment-not-now",
        }
    }
}

/// Where it stands after something happened.
///
/// # Errors
/// What cannot follow.
pub fn after(state: AppointmentState, asked: Asked, act: AppointmentAct) -> Result<AppointmentState, Unfit> {
    use AppointmentAct as Act;
    use AppointmentState as Is;
    match (act, state) {
        (Act::Come, _) => Ok(Is::Came),
        (Act::Untick, Is::Came) => Ok(Is::Agreed),
        (_, Is::Came) => Err(Unfit::HasCome),
        (Act::Decline, _) => Ok(Is::Declined),
        (Act::Invite, Is::Planned | Is::Invited) => Ok(Is::Invited),
        (Act::Invite, Is::Agreed) => Ok(Is::Agreed),
        (Act::Agree, Is::Planned | Is::Invited | Is::Agreed) => Ok(Is::Agreed),
        (Act::Invite | Act::Agree | Act::Miss, Is::Waiting) => Err(Unfit::NoDay),
        (Act::Unreached, Is::Planned | Is::Waiting) => Ok(state),
        (Act::Wait, Is::Planned | Is::Invited | Is::Agreed | Is::Waiting | Is::Out) => Ok(Is::Waiting),
        (Act::StayOut, Is::Planned | Is::Invited | Is::Agreed | Is::Waiting | Is::Missed | Is::Out) => Ok(Is::Out),
        // Nobody misses a day that they were not told of: they wait for another one.
        (Act::Miss, Is::Planned) => Ok(Is::Waiting),
        (Act::Miss, Is::Invited | Is::Agreed | Is::Missed) => Ok(Is::Missed),
        (Act::AskAgain, Is::Missed) if asked == Asked::Again => Err(Unfit::AskedBefore),
        (Act::AskAgain, Is::Missed) => Ok(Is::Waiting),
        _ => Err(Unfit::NotNow),
    }
}

/// Whether the person themselves wished for the day they are moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// They did: agreed.
    Given,
    /// It is the village's proposal: they are still to be told.
    Asked,
}

/// Where it stands after it was given another day.
///
/// # Errors
/// Who came, or does not want it, is not moved; who missed is asked again first.
pub fn moved(state: AppointmentState, word: Word) -> Result<AppointmentState, Unfit> {
    match (state, word) {
        (AppointmentState::Came, _) => Err(Unfit::HasCome),
        (AppointmentState::Missed | AppointmentState::Declined, _) => Err(Unfit::NotNow),
        (_, Word::Given) => Ok(AppointmentState::Agreed),
        (_, Word::Asked) => Ok(AppointmentState::Planned),
    }
}

/// What speaks against a day for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// The day has passed.
    Past,
    /// Every seat is taken.
    Full,
    /// Women only.
    WomenOnly,
    /// On that day none of the campaign's programmes is for the person: too young, or seen too recently.
    NotEntitled,
    /// The person is to be visited at home, or the session is one of visits.
    OtherWay,
    /// The person has a day in another campaign for the same programme.
    OtherCampaign,
    /// The person is away on that day.
    Away,
    /// The person said they cannot come on that day.
    NotTheirDay,
}
worded!(Conflict, "conflict" {
    Past => "past", Full => "full", WomenOnly => "women_only", NotEntitled => "not_entitled",
    OtherWay => "other_way", OtherCampaign => "other_campaign", Away => "away", NotTheirDay => "not_their_day",
});

impl Conflict {
    /// Whether it cannot be overcome by what the person says: the rest is shown, and the cadre decides with them.
    pub fn is_hard(self) -> bool {
        matches!(self, Self::Past | Self::Full | Self::WomenOnly | Self::NotEntitled | Self::OtherCampaign)
    }
}

/// What of a session speaks for or against somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The day.
    pub on: NaiveDate,
    /// Whom it is for.
    pub kind: SessionKind,
    /// Seats that nobody has yet.
    pub free: i64,
}

/// What of a person speaks for or against days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Days of sessions with the programmes that are open on them, by their place among the campaign's.
    pub open: Vec<(NaiveDate, usize)>,
    /// Away until the day before this one; none where the person is at home.
    pub away_until: Option<Away>,
    /// The first and last day on which the person can come, as they said.
    pub wish: (Option<NaiveDate>, Option<NaiveDate>),
    /// Whether the clinic is to come to them.
    pub at_home: bool,
    /// Their day in another campaign for the same programme, or that campaign's last while they have none.
    pub other_until: Option<NaiveDate>,
}

/// How long somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// Expected back on this day.
    Until(NaiveDate),
    /// Nobody knows.
    Unknown,
}

impl Days {
    /// Whether the person is away on a day.
    pub fn is_away(&self, on: NaiveDate) -> bool {
        match self.away_until {
            None => false,
            Some(Away::Unknown) => true,
            Some(Away::Until(back)) => on < back,
        }
    }

    /// What speaks against a session, the gravest first.
    pub fn conflicts(&self, slot: &Slot, today: NaiveDate) -> Vec<Conflict> {
        let (from, to) = self.wish;
        let outside = from.is_some_and(|from| slot.on < from) || to.is_some_and(|to| slot.on > to);
        let all = [
            (slot.on < today, Conflict::Past),
            (slot.free <= 0, Conflict::Full),
            (!slot.kind.is_for(self.sex), Conflict::WomenOnly),
            (!is_open_on(slot.on, &self.open, today), Conflict::NotEntitled),
            (self.other_until.is_some_and(|until| until >= today), Conflict::OtherCampaign),
            ((slot.kind == SessionKind::Home) != self.at_home, Conflict::OtherWay),
            (self.is_away(slot.on), Conflict::Away),
            (outside, Conflict::NotTheirDay),
        ];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, conflict)| conflict).collect()
    }
}

/// Of days with the programmes open on them, those on which all of the person's are; where there is none, all days.
pub fn open_days(open: &[(NaiveDate, usize)]) -> Vec<NaiveDate> {
    let mut programmes: Vec<usize> = open.iter().map(|(_, programme)| *programme).collect();
    programmes.sort_unstable();
    programmes.dedup();
    let mut days: Vec<NaiveDate> = open.iter().map(|(on, _)| *on).collect();
    days.sort_unstable();
    days.dedup();
    let has_all = |on: &NaiveDate| programmes.iter().all(|programme| open.contains(&(*on, *programme)));
    let whole: Vec<NaiveDate> = days.iter().copied().filter(has_all).collect();
    if whole.is_empty() { days } else { whole }
}

/// Whether somebody may come on a day: one rule for what is planned, given by hand and shown. Only the days ahead are
/// compared with it, for a day that has passed serves nobody any more.
pub fn is_open_on(on: NaiveDate, open: &[(NaiveDate, usize)], today: NaiveDate) -> bool {
    let counting: Vec<_> = open.iter().copied().filter(|(day, _)| *day > today || *day == on).collect();
    open_days(&counting).contains(&on)
}

/// Reads a time as people type it: 8:00, 08：30, 8点半, 8点, 0830.
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(['：', '点', '时'], ":").replace('半', "30").replace('分', "");
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour.to_owned(), "0".to_owned()),
        Some((hour, minute)) => (hour.to_owned(), minute.to_owned()),
        None if text.len() == 4 && text.is_ascii() => (text[..2].to_owned(), text[2..].to_owned()),
        None => (text, "0".to_owned()),
    };
    let number = |text: &str| if text.len() <= 2 { text.parse().ok() } else { None };
    NaiveTime::from_hms_opt(number(&hour)?, number(&minute)?, 0)
}

#[cfg(test)]
#[path = "campaign_tests.rs"]
mod tests;
