//! Histories: whatever was done, undoing all of it gives back what was there, cascades included; also after a restart.

use proptest::prelude::*;
use xiangli::domain::offer::Outcome;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;

use crate::support::forge::behind_our_back;
use crate::support::world::{ELDER, World, day};

/// A step of a random history; people are picked by number among those entered so far.
#[derive(Clone, Debug)]
pub enum Step {
    Add(u32),
    Record(usize, Outcome, u32),
    Attend(usize, u32),
    Residency(usize, Residency),
    Born(usize, i32),
    Standing(usize, Standing),
    Remove(usize),
    Contact(u32),
    Undo,
    Redo,
}

pub fn step() -> impl Strategy<Value = Step> {
    let outcome =
        prop_oneof![Just(Outcome::Told), Just(Outcome::Booked), Just(Outcome::Declined), Just(Outcome::Unreachable)];
    let residency = prop_oneof![Just(Residency::Here), Just(Residency::Away)];
    let standing = prop_oneof![Just(Standing::Present), Just(Standing::MovedOut), Just(Standing::Deceased)];
    prop_oneof![
        4 => (0u32..1000).prop_map(Step::Add),
        4 => (any::<usize>(), outcome, 0u32..20).prop_map(|(who, outcome, ago)| Step::Record(who, outcome, ago)),
        2 => (any::<usize>(), 0u32..20).prop_map(|(who, ago)| Step::Attend(who, ago)),
        2 => (any::<usize>(), residency).prop_map(|(who, residency)| Step::Residency(who, residency)),
        1 => (any::<usize>(), 1930i32..2020).prop_map(|(who, year)| Step::Born(who, year)),
        1 => (any::<usize>(), standing).prop_map(|(who, standing)| Step::Standing(who, standing)),
        1 => any::<usize>().prop_map(Step::Remove),
        1 => (0u32..5).prop_map(Step::Contact),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

/// Does one step; what the rules refuse is refused and changes nothing.
pub fn take(world: &mut World, people: &mut Vec<String>, step: Step) {
    let ago = |days: u32| day("2026-11-23") - chrono::TimeDelta::days(i64::from(days));
    let who = |n: usize| people.get(n % people.len().max(1)).cloned().unwrap_or_default();
    let programme = || ELDER.to_owned();
    let command = match step {
        Step::Add(n) => {
            people.push(world.person(&format!("王秀{}", char::from_u32(0x4E00 + n).unwrap_or('英')), "1950", None));
            return;
        }
        Step::Record(n, outcome, days) => {
            Command::Record { resident: who(n), programme: programme(), outcome, on: ago(days) }
        }
        Step::Attend(n, days) => Command::Attend { resident: who(n), programme: programme(), on: ago(days) },
        Step::Residency(n, residency) => {
            Command::SetResidency { resident: who(n), residency, source: "本人说".into(), on: ago(1) }
        }
        Step::Born(n, year) => {
            Command::SetBorn { resident: who(n), born: PartialDate::Year(year), source: "本人说".into() }
        }
        Step::Standing(n, standing) => Command::SetStanding { resident: who(n), standing, on: ago(0) },
        Step::Remove(n) => Command::RemoveResident { resident: who(n) },
        Step::Contact(n) => {
            Command::AssignContact { group: n.to_string(), name: "张主任".into(), phone: String::new() }
        }
        Step::Undo => Command::Undo,
        Step::Redo => Command::Redo,
    };
    let before = world.ledger.digest().expect("readable");
    if world.try_run(command).is_err() {
        assert_eq!(world.ledger.digest().expect("readable"), before, "what is refused changes nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_returns_every_table_to_its_start(steps in prop::collection::vec(step(), 1..40)) {
        undone_to_the_start(steps, |_| {}).map_err(TestCaseError::fail)?;
    }
}

/// Takes the steps, lets somebody at the file, closes, opens, undoes everything; what is then not as it was.
fn undone_to_the_start(steps: Vec<Step>, fault: impl Fn(&std::path::Path)) -> Result<(), String> {
    let mut world = World::new();
    let digest = |world: &World| world.ledger.digest().map_err(|error| error.to_string());
    let sound = |world: &World| world.ledger.check().map(drop).map_err(|error| format!("does not add up: {error}"));
    let start = digest(&world)?;
    let mut people = Vec::new();
    steps.into_iter().for_each(|step| take(&mut world, &mut people, step));
    sound(&world)?;
    fault(&world.path());
    let end = digest(&world)?;
    let mut world = world.restart();
    if digest(&world)? != end {
        return Err("not the same after a restart".to_owned());
    }
    while world.ledger.next_turns().map_err(|error| error.to_string())?.0.is_some() {
        world.try_run(Command::Undo).map_err(|error| format!("cannot be undone: {error}"))?;
    }
    if digest(&world)? != start {
        return Err("not the same after undoing everything".to_owned());
    }
    sound(&world)
}

#[test]
fn the_suite_of_histories_bites_where_a_table_is_written_beside_the_history() {
    let steps = || vec![Step::Add(1), Step::Add(2), Step::Record(0, Outcome::Told, 3), Step::Contact(1)];
    undone_to_the_start(steps(), |_| {}).expect("without the fault");
    // As if the triggers of one table had been forgotten: its rows change, and the history knows nothing of it.
    for (fault, says) in [
        (
            "INSERT INTO village_group (uid, name) VALUES ('0192f0c1-0000-7000-8000-000000000001', '九组')",
            "not the same after undoing everything",
        ),
        ("UPDATE resident SET phone = '19900009999'", "does not add up"),
    ] {
        let wrong = undone_to_the_start(steps(), |path| {
            let conn = behind_our_back(path);
            assert!(conn.execute(fault, []).unwrap_or_else(|error| panic!("{fault}: {error}")) > 0);
        });
        let wrong = wrong.expect_err(fault);
        assert!(wrong.starts_with(says), "{fault}: {wrong}");
    }
}

#[test]
fn removing_somebody_takes_along_what_was_said_and_undo_brings_all_of_it_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let record =
        |outcome| Command::Record { resident: uid.clone(), programme: ELDER.into(), outcome, on: day("2026-11-20") };
    world.run(record(Outcome::Told));
    world.run(Command::Attend { resident: uid.clone(), programme: ELDER.into(), on: day("2026-11-22") });
    let before = world.ledger.digest().expect("readable");
    world.run(Command::RemoveResident { resident: uid.clone() });
    assert!(world.ledger.resident(&uid).is_err());
    world.run(Command::Undo);
    assert_eq!(world.ledger.digest().expect("readable"), before);
}

#[test]
fn redo_survives_a_restart_and_ends_where_something_else_was_done() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let tell = Command::Record {
        resident: uid.clone(),
        programme: ELDER.into(),
        outcome: Outcome::Told,
        on: day("2026-11-23"),
    };
    world.run(tell.clone());
    let told = world.ledger.digest().expect("readable");
    world.run(Command::Undo);
    let mut world = world.restart();
    world.run(Command::Redo);
    assert_eq!(world.ledger.digest().expect("readable"), told);
    assert!(world.try_run(Command::Redo).is_err(), "nothing is left to redo");
    world.run(Command::Undo);
    world.person("李四", "1980", None);
    assert!(world.try_run(Command::Redo).is_err(), "something else was done since");
}

#[test]
fn an_older_change_can_be_taken_back_and_what_came_later_is_kept_and_listed() {
    let mut world = World::new();
    let first = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let changes = world.ledger.history(&Default::default()).expect("readable");
    let added = changes.first().expect("a change").uid.clone();
    let second = world.person("李四", "1951", None);
    world.run(Command::Record {
        resident: first.clone(),
        programme: ELDER.into(),
        outcome: Outcome::Told,
        on: day("2026-11-23"),
    });
    let mut world = world.restart();
    let before = world.ledger.list(ELDER, world.today).expect("readable").counts;
    let done = world.run(Command::TakeBack { change: added });
    let names: Vec<_> = done.kept.iter().map(|kept| (kept.record.as_str(), kept.name.as_str())).collect();
    assert!(names.contains(&("record-resident", "王秀英")), "{names:?}");
    assert!(world.ledger.resident(&first).is_ok() && world.ledger.resident(&second).is_ok());
    let after = world.ledger.list(ELDER, world.today).expect("readable").counts;
    assert_eq!(
        (after.eligible, after.told),
        (before.eligible, before.told),
        "who is kept keeps the facts that came along"
    );
    assert!(done.change.is_none(), "all of it is used since, so nothing was changed");
}

#[test]
fn a_clock_that_once_stood_wrong_hides_no_other_day() {
    let mut world = World::new();
    for (on, people) in [("2026-11-10", 5_u32), ("2009-01-01", 12), ("2026-11-12", 4)] {
        world.today = day(on);
        for n in 0..people {
            world.person(&format!("王{}", char::from_u32(0x4E00 + n).expect("a character")), "1950", None);
        }
    }
    let of = |on: &str| {
        let filter = ChangeFilter { on: Some(day(on)), ..Default::default() };
        world.ledger.history(&filter).expect("readable").len()
    };
    assert_eq!(["2026-11-10", "2009-01-01", "2026-11-12"].map(of), [5, 12, 4]);
    let around = world.ledger.days_around(day("2026-11-12")).expect("readable");
    assert_eq!(around.before, Some(day("2026-11-10")), "the day before, not the day of the change before");
}
