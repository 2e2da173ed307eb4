use super::*;
use AppointmentAct as Act;
use AppointmentState as Is;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn invited_then_agreed_then_come_or_missed_and_asked_again_once() {
    let steps = [(Is::Planned, Act::Invite, Is::Invited), (Is::Invited, Act::Agree, Is::Agreed)];
    for (from, act, to) in steps {
        assert_eq!(after(from, Asked::Once, act), Ok(to));
    }
    assert_eq!(after(Is::Agreed, Asked::Once, Act::Miss), Ok(Is::Missed));
    assert_eq!(after(Is::Planned, Asked::Once, Act::Miss), Ok(Is::Waiting), "nobody told them of the day");
    assert_eq!(after(Is::Missed, Asked::Once, Act::AskAgain), Ok(Is::Waiting));
    assert_eq!(after(Is::Missed, Asked::Again, Act::AskAgain), Err(Unfit::AskedBefore));
    assert_eq!(after(Is::Came, Asked::Once, Act::Untick), Ok(Is::Agreed));
}

#[test]
fn whoever_comes_has_come_whatever_was_said_before() {
    for state in Is::ALL {
        assert_eq!(after(*state, Asked::Once, Act::Come), Ok(Is::Came));
    }
}

#[test]
fn who_came_can_only_be_unticked_and_a_no_leads_nowhere_but_to_coming() {
    for act in Act::ALL.iter().filter(|act| !matches!(act, Act::Come | Act::Untick)) {
        assert_eq!(after(Is::Came, Asked::Once, *act), Err(Unfit::HasCome));
    }
    for act in Act::ALL.iter().filter(|act| !matches!(act, Act::Come | Act::Decline)) {
        assert_eq!(after(Is::Declined, Asked::Once, *act), Err(Unfit::NotNow), "{act:?}");
    }
    assert_eq!(moved(Is::Declined, Word::Given), Err(Unfit::NotNow));
    assert_eq!(moved(Is::Out, Word::Given), Ok(Is::Agreed));
    assert_eq!(moved(Is::Agreed, Word::Asked), Ok(Is::Planned), "they are told of the other day first");
}

#[test]
fn without_a_day_nothing_can_be_agreed_to() {
    for act in [Act::Invite, Act::Agree, Act::Miss] {
        assert_eq!(after(Is::Waiting, Asked::Once, act), Err(Unfit::NoDay));
    }
}

#[test]
fn what_speaks_against_a_day_is_named_the_gravest_first() {
    let today = day("2026-11-23");
    let days = Days {
        sex: Some(Sex::Male),
        open: vec![(day("2026-12-07"), 0)],
        away_until: Some(Away::Until(day("2026-12-08"))),
        wish: (Some(day("2026-12-10")), None),
        at_home: false,
        other_until: None,
    };
    let slot = Slot { on: day("2026-12-07"), kind: SessionKind::Women, free: 0 };
    assert_eq!(
        days.conflicts(&slot, today),
        [Conflict::Full, Conflict::WomenOnly, Conflict::Away, Conflict::NotTheirDay]
    );
    let free = Days { open: vec![(day("2026-12-10"), 0)], ..days };
    assert_eq!(free.conflicts(&Slot { on: day("2026-12-10"), kind: SessionKind::Everybody, free: 1 }, today), []);
    let home = Slot { on: day("2026-12-10"), kind: SessionKind::Home, free: 1 };
    assert_eq!(free.conflicts(&home, today), [Conflict::OtherWay]);
    let unknown = Days { away_until: Some(Away::Unknown), ..free };
    assert_eq!(unknown.conflicts(&Slot { kind: SessionKind::Everybody, ..home }, today), [Conflict::Away]);
}

#[test]
fn a_time_is_read_as_people_type_it() {
    for (text, time) in [
        ("8:00", "08:00"),
        ("08：30", "08:30"),
        ("8点半", "08:30"),
        ("8点", "08:00"),
        ("0830", "08:30"),
        ("14", "14:00"),
    ] {
        assert_eq!(read_time(text).map(|time| time.format("%H:%M").to_string()).as_deref(), Some(time), "{text}");
    }
    for text in ["", "25:00", "8:61", "早上", "8:00:00", "123456"] {
        assert_eq!(read_time(text), None, "{text}");
    }
}

#[test]
fn a_day_that_has_passed_keeps_nobody_off_the_days_ahead() {
    let (both, ahead) = (day("2026-12-07"), day("2026-12-14"));
    let open = [(both, 0), (both, 1), (ahead, 1)];
    assert!(!is_open_on(ahead, &open, day("2026-12-01")), "on the seventh both can be done");
    assert!(is_open_on(ahead, &open, both), "today is no day ahead");
    assert!(is_open_on(ahead, &open, day("2026-12-08")));
    assert!(is_open_on(both, &open, both), "who walks in today comes for all that is open");
}
