//! The one definition of *due*. Tasks are derived from facts and offers every time they are read; none is stored, so
//! none can go stale.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::campaign::{AppointmentState, Asked};
use crate::domain::offer::{State, days_to_next_try};
use crate::domain::partial_date::turns;
use crate::domain::programme::clause::Age;
use crate::domain::programme::{AgeOn, Clause, Num, Programme, Tell, Turn};
use crate::domain::resident::{Facts, worded};
use crate::domain::rule::Holds;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Tell the person of the offer.
    Tell,
    /// Ask for the fact that is missing.
    Ask,
    /// Try again to reach the person.
    TryAgain,
    /// Papers that the village has in hand go on.
    HandOn,
    /// Written down by hand.
    Noted,
    /// A visit that was agreed on.
    Visit,
    /// Tell somebody of the day that is proposed for their check.
    TellDay,
    /// Ask whether they come on the day they were told of.
    AskDay,
    /// Ask somebody who missed their day once more.
    AskAgain,
}
worded!(TaskKind, "task" {
    Tell => "tell", Ask => "ask", TryAgain => "try_again", HandOn => "hand_on", Noted => "noted",
    Visit => "visit", TellDay => "tell_day", AskDay => "ask_day", AskAgain => "ask_again",
});

/// The section of the worklist a task stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Should have been done before today.
    Overdue,
    /// Today.
    Today,
    /// Until Sunday.
    ThisWeek,
    /// After this week.
    Later,
}
worded!(Section, "section" { Overdue => "overdue", Today => "today", ThisWeek => "this_week", Later => "later" });

/// A task with its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What is to be done.
    pub kind: TaskKind,
    /// The calendar day it should be done by.
    pub on: NaiveDate,
}

/// How a task written by hand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskEnd {
    /// It was done.
    Done,
    /// It is not needed any more.
    NotNeeded,
}
worded!(TaskEnd, "task-end" { Done => "done", NotNeeded => "not_needed" });

/// How a task was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOff {
    /// Not before this day.
    Until(NaiveDate),
    /// Not in this turn.
    ThisTurn,
}

/// What is known of a person's offer when its task is derived.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The verdict.
    pub holds: Holds,
    /// The state of the offer in this period.
    pub state: State,
    /// The day of the last outcome.
    pub outcome_on: Option<NaiveDate>,
    /// How often reaching the person was tried in vain.
    pub tries: u32,
    /// The day since which the answer can have been what it is: see [`since`].
    pub since: NaiveDate,
    /// How it was put off in this turn, where it was.
    pub put_off: Option<PutOff>,
    /// The day on which somebody who is away is expected back: what can wait is for the weeks at home.
    pub home_from: Option<NaiveDate>,
}

/// The first day on which a verdict of today could be given: the ledger knew the person, the birthday had come, the
/// last move was noted. Who turns 65 today is not late today.
pub fn since(programme: &Programme, facts: &Facts, known_on: NaiveDate) -> NaiveDate {
    let birthday = programme.clauses.iter().filter_map(|clause| match clause {
        Clause::Age(Age { min, on: AgeOn::VisitDay, .. }) => {
            turns(facts.born?.value.earliest(), min.as_ref().and_then(Num::value)?)
        }
        _ => None,
    });
    let moved = facts.residency().map(|residency| residency.on);
    birthday.chain(moved).chain([facts.standing.on]).fold(known_on, NaiveDate::max)
}

/// Days left for telling somebody who is new to the list, so that a roster imported late is not overdue at once.
const DAYS_TO_TELL_A_NEWCOMER: u64 = 7;

/// The task that follows, if any: whoever knows of it leaves none.
pub fn due(programme: &Programme, turn: &Turn, person: Standing) -> Option<Due> {
    // What is told by a notice to everybody is no task for each.
    if programme.tell == Tell::Notice {
        return None;
    }
    let kind = match (person.holds, person.state) {
        (Holds::Yes, State::ToTell) => TaskKind::Tell,
        (Holds::Unknown, State::ToTell) => TaskKind::Ask,
        (Holds::Yes | Holds::Unknown, State::Unreachable) => TaskKind::TryAgain,
        _ => return None,
    };
    let not_before = match person.put_off {
        None => NaiveDate::MIN,
        Some(PutOff::Until(day)) => day.min(turn.ends),
        Some(PutOff::ThisTurn) => return None,
    };
    if kind == TaskKind::TryAgain {
        let tried = person.outcome_on?;
        let wait = days_to_next_try(person.tries)?;
        return Some(Due { kind, on: not_before.max(tried + chrono::TimeDelta::days(wait)) });
    }
    let tell_by = turn.ends - chrono::TimeDelta::days(programme.tell_days_before_end);
    let newcomer = person.since + Days::new(DAYS_TO_TELL_A_NEWCOMER);
    let at_home = person.home_from.filter(|day| *day <= turn.ends).unwrap_or(NaiveDate::MIN);
    Some(Due { kind, on: not_before.max(at_home).max(tell_by.max(newcomer).max(turn.first).min(turn.ends)) })
}

/// Days in which papers that the village has in hand go on.
const DAYS_TO_HAND_ON: u64 = 5;

/// The task of papers that the village has had since a day.
pub fn hand_on(since: NaiveDate) -> Due {
    Due { kind: TaskKind::HandOn, on: since + Days::new(DAYS_TO_HAND_ON) }
}

/// Days after which a task written by hand rests: whatever nobody could act on must not stand there for ever.
const DAYS_UNTIL_IT_RESTS: u64 = 60;

/// The task written by hand for a day; none any more where it has stood there long enough.
pub fn noted(due_on: NaiveDate, today: NaiveDate) -> Option<Due> {
    (today <= due_on + Days::new(DAYS_UNTIL_IT_RESTS)).then_some(Due { kind: TaskKind::Noted, on: due_on })
}

/// The visit agreed on for a day; it rests like what is written by hand.
pub fn visit(next_on: NaiveDate, today: NaiveDate) -> Option<Due> {
    noted(next_on, today).map(|due| Due { kind: TaskKind::Visit, ..due })
}

/// Days before the day of a check by which people are told of it, and by which they have answered.
const DAYS_TO_TELL_A_DAY: u64 = 5;
const DAYS_TO_ANSWER: u64 = 2;
/// Days after a missed day until the one more time that is asked.
const DAYS_TO_ASK_AGAIN: u64 = 3;

/// The task that an appointment leaves, if any: after its day nobody is told or asked any more, and who missed it is
/// asked again once, as long as the campaign has days.
pub fn appointment(state: AppointmentState, asked: Asked, on: NaiveDate, today: NaiveDate) -> Option<Due> {
    let (kind, on) = match state {
        AppointmentState::Planned if on >= today => (TaskKind::TellDay, on - Days::new(DAYS_TO_TELL_A_DAY)),
        AppointmentState::Invited if on >= today => (TaskKind::AskDay, on - Days::new(DAYS_TO_ANSWER)),
        AppointmentState::Missed if asked == Asked::Once => (TaskKind::AskAgain, on + Days::new(DAYS_TO_ASK_AGAIN)),
        _ => return None,
    };
    // What was planned late is not overdue at once.
    let on = if kind == TaskKind::AskAgain { on } else { on.max(today) };
    Some(Due { kind, on })
}

/// The section of a day, seen from today; weeks end on Sunday.
pub fn section(due: NaiveDate, today: NaiveDate) -> Section {
    let days_to_sunday = 6 - u64::from(today.weekday().num_days_from_monday());
    if due < today {
        Section::Overdue
    } else if due == today {
        Section::Today
    } else if due <= today + Days::new(days_to_sunday) {
        Section::ThisWeek
    } else {
        Section::Later
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::local_standard::LocalStandards;
    use crate::domain::programme::compiled_in;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn task(holds: Holds, state: State, tries: u32, known: &str) -> Option<Due> {
        let elder = compiled_in().expect("valid").remove(0).with(&LocalStandards::default());
        let turn = elder.common_turn(day("2026-11-23"));
        let outcome_on = Some(day("2026-11-20"));
        due(
            &elder,
            &turn,
            Standing { holds, state, outcome_on, tries, since: day(known), put_off: None, home_from: None },
        )
    }

    #[test]
    fn a_roster_imported_late_is_not_overdue_at_once() {
        let new = task(Holds::Yes, State::ToTell, 0, "2026-11-23").expect("a task");
        assert_eq!((new.kind, new.on), (TaskKind::Tell, day("2026-11-30")));
        let old = task(Holds::Yes, State::ToTell, 0, "2026-01-05").expect("a task");
        assert_eq!(old.on, day("2026-11-01"));
    }

    #[test]
    fn whoever_knows_of_it_leaves_no_task() {
        for state in [State::Told, State::Booked, State::Applied, State::Been, State::Done, State::Declined] {
            assert_eq!(task(Holds::Yes, state, 0, "2026-01-05"), None);
        }
        assert_eq!(task(Holds::No, State::ToTell, 0, "2026-01-05"), None);
    }

    #[test]
    fn who_was_not_reached_is_tried_again_in_3_7_and_14_days_and_then_rests() {
        let next = |tries| task(Holds::Yes, State::Unreachable, tries, "2026-01-05").map(|d| d.on.to_string());
        assert_eq!(next(1).as_deref(), Some("2026-11-23"));
        assert_eq!(next(2).as_deref(), Some("2026-11-27"));
        assert_eq!(next(3).as_deref(), Some("2026-12-04"));
        assert_eq!(next(4), None);
    }

    #[test]
    fn what_is_put_off_comes_back_on_its_day_and_what_is_not_needed_rests_for_the_turn() {
        let elder = compiled_in().expect("valid").remove(0).with(&LocalStandards::default());
        let turn = elder.common_turn(day("2026-11-23"));
        let task = |put_off| {
            let (holds, state, since) = (Holds::Yes, State::ToTell, day("2026-01-05"));
            due(&elder, &turn, Standing { holds, state, outcome_on: None, tries: 0, since, put_off, home_from: None })
        };
        let until = |text: &str| task(Some(PutOff::Until(day(text)))).map(|due| due.on);
        assert_eq!(until("2026-12-05"), Some(day("2026-12-05")));
        assert_eq!(until("2026-09-01"), Some(day("2026-11-01")), "never before its own day");
        assert_eq!(until("2027-03-01"), Some(turn.ends), "the turn's end is the latest");
        assert_eq!(task(Some(PutOff::ThisTurn)), None);
    }

    #[test]
    fn what_can_wait_for_the_weeks_at_home_does() {
        let elder = compiled_in().expect("valid").remove(0).with(&LocalStandards::default());
        let turn = elder.common_turn(day("2026-11-23"));
        let on = |home: &str| {
            let (holds, state, since, home_from) = (Holds::Yes, State::ToTell, day("2026-01-05"), Some(day(home)));
            let person = Standing { holds, state, outcome_on: None, tries: 0, since, put_off: None, home_from };
            due(&elder, &turn, person).map(|due| due.on)
        };
        assert_eq!(on("2026-12-20"), Some(day("2026-12-20")));
        assert_eq!(on("2027-01-30"), Some(day("2026-11-01")), "after the turn's end it does not wait");
    }

    #[test]
    fn a_task_written_by_hand_rests_after_sixty_days() {
        assert_eq!(noted(day("2026-09-24"), day("2026-11-23")).map(|due| due.kind), Some(TaskKind::Noted));
        assert_eq!(noted(day("2026-09-23"), day("2026-11-23")), None);
    }

    #[test]
    fn an_appointment_is_told_then_asked_about_and_a_missed_one_asked_again_once() {
        let today = day("2026-11-23");
        let task = |state, asked, on: &str| appointment(state, asked, day(on), today).map(|due| (due.kind, due.on));
        let (once, again) = (Asked::Once, Asked::Again);
        assert_eq!(task(AppointmentState::Planned, once, "2026-12-07"), Some((TaskKind::TellDay, day("2026-12-02"))));
        assert_eq!(task(AppointmentState::Planned, once, "2026-11-25"), Some((TaskKind::TellDay, today)));
        assert_eq!(task(AppointmentState::Planned, once, "2026-11-20"), None, "that day has passed");
        assert_eq!(task(AppointmentState::Invited, once, "2026-12-07"), Some((TaskKind::AskDay, day("2026-12-05"))));
        assert_eq!(task(AppointmentState::Missed, once, "2026-11-20"), Some((TaskKind::AskAgain, today)));
        assert_eq!(task(AppointmentState::Missed, again, "2026-11-20"), None);
        for state in
            [AppointmentState::Agreed, AppointmentState::Waiting, AppointmentState::Came, AppointmentState::Out]
        {
            assert_eq!(task(state, once, "2026-12-07"), None);
        }
    }

    #[test]
    fn a_week_ends_on_sunday() {
        let monday = day("2026-11-23");
        assert_eq!(section(day("2026-11-22"), monday), Section::Overdue);
        assert_eq!(section(monday, monday), Section::Today);
        assert_eq!(section(day("2026-11-29"), monday), Section::ThisWeek);
        assert_eq!(section(day("2026-11-30"), monday), Section::Later);
    }
}
