//! The yearly check for the elderly, end to end in the ledger: who is on the list, what is said, what is due.

use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::domain::rule::{self, Holds};
use xiangli::domain::worklist::{Section, TaskKind};
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::lists::Counts;

use crate::support::world::{ELDER, World, day};

fn record(uid: &str, outcome: Outcome, on: &str) -> Command {
    Command::Record { resident: uid.into(), programme: ELDER.into(), outcome, on: day(on) }
}

fn counts(world: &World) -> Counts {
    world.ledger.list(ELDER, world.today).expect("readable").counts
}

fn state(world: &World, uid: &str) -> Option<State> {
    let list = world.ledger.list(ELDER, world.today).expect("readable");
    list.rows.iter().find(|row| row.uid == uid).map(|row| row.state)
}

#[test]
fn told_over_eligible_counts_booked_been_and_declined_as_told() {
    let mut world = World::new();
    let people: Vec<_> = (0..6)
        .map(|n| {
            world.person(
                &format!("王秀{}", "一二三四五六".chars().nth(n).unwrap()),
                "1950-03-01",
                Some(Residency::Here),
            )
        })
        .collect();
    world.person("李小", "1990-01-01", Some(Residency::Here));
    world.person("赵去", "1950-01-01", Some(Residency::Away));
    let asked = world.person("钱问", "1950-01-01", None);
    for (uid, outcome) in people.iter().zip([Outcome::Told, Outcome::Booked, Outcome::Declined, Outcome::Unreachable]) {
        world.run(record(uid, outcome, "2026-11-20"));
    }
    world.run(Command::Attend { resident: people[4].clone(), programme: ELDER.into(), on: day("2026-05-06") });
    assert_eq!(
        counts(&world),
        Counts { eligible: 6, ask: 1, told: 4, booked: 1, been: 1, declined: 1, ..Counts::default() }
    );
    assert_eq!(state(&world, &people[2]), None, "who declined is a number, not a name");
    assert_eq!(state(&world, &people[3]), Some(State::Unreachable));
    assert_eq!(state(&world, &people[4]), Some(State::Been));
    world.run(Command::SetResidency {
        resident: asked,
        residency: Residency::Here,
        source: "邻居说".into(),
        on: day("2026-11-23"),
    });
    assert_eq!((counts(&world).eligible, counts(&world).ask), (7, 0));
}

#[test]
fn the_summary_and_the_list_count_the_same() {
    let mut world = World::new();
    for n in 0..20 {
        let residency = [Some(Residency::Here), Some(Residency::Away), None][n % 3];
        let uid = world.person("王秀英", &format!("{}", 1950 + n), residency);
        if n % 4 == 0 {
            world.run(record(&uid, Outcome::Declined, "2026-11-20"));
        }
    }
    let summary = world.ledger.lists(world.today).expect("readable").remove(0);
    let list = world.ledger.list(ELDER, world.today).expect("readable");
    assert_eq!(summary.counts, list.counts);
    let listed = |holds| list.rows.iter().filter(|row| row.holds == holds).count() as u64;
    assert_eq!(listed(Holds::Yes), list.counts.eligible - list.counts.declined);
    assert_eq!(listed(Holds::Unknown), list.counts.ask);
}

#[test]
fn every_listed_row_carries_the_facts_its_reasons_follow_from() {
    let mut world = World::new();
    world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let list = world.ledger.list(ELDER, world.today).expect("readable");
    let sources = world.ledger.sources().expect("readable");
    let verdict = rule::verdict(&list.programme, &list.rows[0].facts, list.as_of);
    assert_eq!(verdict.holds, Holds::Yes);
    for reason in verdict.reasons {
        let source = reason.source.and_then(|id| sources.get(&id)).expect("every fact has a source");
        assert_eq!(source.title, "入户登记");
    }
}

#[test]
fn the_dead_and_those_who_moved_are_on_no_list_and_leave_no_task() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    assert!(!world.ledger.worklist(world.today).expect("readable").is_empty());
    world.run(Command::SetStanding { resident: uid.clone(), standing: Standing::Deceased, on: day("2026-11-22") });
    assert_eq!(counts(&world), Counts::default());
    assert!(world.ledger.worklist(world.today).expect("readable").is_empty());
    assert!(world.try_run(record(&uid, Outcome::Told, "2026-11-23")).is_err());
    let row = world.ledger.resident(&uid).expect("still in the book");
    assert_eq!(world.ledger.why(&row, world.today).expect("readable")[0].verdict.holds, Holds::No);
}

#[test]
fn an_earlier_day_entered_later_does_not_overwrite_what_is_known_since() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(record(&uid, Outcome::Told, "2026-11-20"));
    assert!(world.try_run(record(&uid, Outcome::Unreachable, "2026-11-10")).is_err());
    assert!(world.try_run(record(&uid, Outcome::Told, "2026-11-24")).is_err(), "tomorrow has not happened");
    assert_eq!(state(&world, &uid), Some(State::Told));
    let other = world.person("李秀英", "1950-03-01", Some(Residency::Here));
    world.run(record(&other, Outcome::Unreachable, "2026-11-20"));
    world.run(record(&other, Outcome::Told, "2026-11-18"));
    assert_eq!(state(&world, &other), Some(State::Told), "told once, however often not reached after");
}

#[test]
fn a_task_follows_from_what_is_known_and_leaves_when_it_is_done() {
    let mut world = World::new();
    let tell = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let ask = world.person("钱问", "1950-01-01", None);
    let kinds = |world: &World| {
        let tasks = world.ledger.worklist(world.today).expect("readable");
        let tasks = tasks.iter().filter(|task| task.programme().is_some_and(|programme| programme.id == ELDER));
        tasks.map(|task| (task.uid().to_owned(), task.due.kind, task.section)).collect::<Vec<_>>()
    };
    let later = Section::Later;
    assert_eq!(kinds(&world), [(tell.clone(), TaskKind::Tell, later), (ask.clone(), TaskKind::Ask, later)]);
    world.run(record(&tell, Outcome::Unreachable, "2026-11-20"));
    assert_eq!(kinds(&world)[0], (tell.clone(), TaskKind::TryAgain, Section::Today));
    world.run(record(&tell, Outcome::Declined, "2026-11-23"));
    world.run(Command::SetResidency {
        resident: ask,
        residency: Residency::Away,
        source: "家人说".into(),
        on: world.today,
    });
    assert!(kinds(&world).is_empty());
}

#[test]
fn saying_the_same_twice_is_one_change() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    assert!(world.run(record(&uid, Outcome::Told, "2026-11-23")).change.is_some());
    assert!(world.run(record(&uid, Outcome::Told, "2026-11-23")).change.is_none());
}

#[test]
fn a_birth_date_is_noted_only_where_no_id_number_decides_it() {
    let mut world = World::new();
    let uid = world.person("王秀英", "", Some(Residency::Here));
    assert_eq!(counts(&world).ask, 1);
    let born = PartialDate::parse("1950-03-01").expect("a date");
    world.run(Command::SetBorn { resident: uid.clone(), born, source: "看了户口簿".into() });
    assert_eq!(counts(&world).eligible, 1);
    let ahead = PartialDate::parse("2030-01-01").expect("a date");
    assert!(world.try_run(Command::SetBorn { resident: uid, born: ahead, source: "看了户口簿".into() }).is_err());
}

#[test]
fn who_turns_65_today_has_a_week_to_be_told() {
    let mut world = World::new();
    world.today = day("2026-01-05");
    world.person("王秀英", "1961-11-23", Some(Residency::Here));
    world.today = day("2026-11-23");
    let mut tasks = world.ledger.worklist(world.today).expect("readable");
    tasks.retain(|task| task.programme().is_some_and(|programme| programme.id == ELDER));
    let task = tasks.remove(0);
    assert_eq!((task.due.on, task.section), (day("2026-11-30"), Section::Later));
}

#[test]
fn nothing_said_turns_back_into_a_reminder() {
    let mut world = World::new();
    for outcome in [Outcome::Told, Outcome::Booked, Outcome::Declined] {
        let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
        world.run(record(&uid, outcome, "2026-11-20"));
        let told = counts(&world).told;
        assert!(world.try_run(record(&uid, Outcome::Unreachable, "2026-11-22")).is_err());
        assert_eq!(counts(&world).told, told);
    }
}

#[test]
fn the_history_names_nobody_who_declined_but_the_persons_own_does() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(record(&uid, Outcome::Declined, "2026-11-23"));
    world.run(Command::Undo);
    world.run(Command::Redo);
    let all = world.ledger.history(&Default::default()).expect("readable");
    let named: Vec<_> = all.iter().filter(|change| change.name == "王秀英").map(|change| change.op.as_str()).collect();
    assert_eq!(named, ["add-resident"], "neither the decline nor its undo and redo name anybody");
    assert!(all.iter().all(|change| change.op != "decline"));
    let own = ChangeFilter { about: Some(uid), ..ChangeFilter::default() };
    assert!(world.ledger.history(&own).expect("readable").iter().any(|change| change.op == "decline"));
}
