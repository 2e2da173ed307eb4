//! The roll of everybody: nobody missing, nobody twice, every line where it is said to be, and the counts true.

use std::collections::HashSet;

use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::Ledger;
use xiangli::ledger::census::RollRow;
use xiangli::ledger::command::{Command, Home, Merge, Moved};
use xiangli::ledger::demo::{self, Plan};
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::view::View;

use crate::support::world::{World, day, key, stamp};

fn filled() -> World {
    let (folder, today) = (tempfile::tempdir().expect("a folder"), day("2026-11-23"));
    let path = folder.path().join("v.xlg");
    let ledger = Ledger::create(&path, &key(), &demo::village(), Some([1; 32]), &stamp(today)).expect("a new ledger");
    let mut world = World { folder, ledger, today };
    let plan = Plan { residents: 700, seed: 5 };
    world.ledger.fill_demo(plan, &stamp(today), &Unwatched).expect("people");
    world
}

fn people(world: &World, group: Option<&str>) -> Vec<String> {
    let roll = world.ledger.roll(group).expect("a roll");
    let rows = world.ledger.roll_rows(&roll, 0..roll.lines()).expect("rows");
    assert_eq!(rows.len(), roll.lines());
    let uids = rows.iter().filter_map(|row| match row {
        RollRow::Person(person) => Some(person.uid.clone()),
        RollRow::Home(_) => None,
    });
    uids.collect()
}

#[test]
fn everybody_is_on_the_roll_once_and_every_line_can_be_read_by_itself() {
    let world = filled();
    let all = ResidentFilter { limit: u32::MAX, ..ResidentFilter::default() };
    let known: HashSet<String> = world.ledger.residents(&all).expect("rows").into_iter().map(|row| row.uid).collect();
    let listed = people(&world, None);
    assert_eq!(listed.len(), known.len());
    assert_eq!(listed.into_iter().collect::<HashSet<_>>(), known);

    let roll = world.ledger.roll(None).expect("a roll");
    let rows = world.ledger.roll_rows(&roll, 0..roll.lines()).expect("rows");
    for line in (0..roll.lines()).step_by(7) {
        let alone = world.ledger.roll_rows(&roll, line..line + 3).expect("rows");
        assert_eq!(alone[..], rows[line..(line + 3).min(rows.len())], "line {line}");
        if let RollRow::Person(person) = &rows[line] {
            assert_eq!(world.ledger.roll_line(&roll, &person.uid).expect("a line"), Some(line));
        }
    }
    assert!(world.ledger.roll_rows(&roll, roll.lines()..roll.lines() + 9).expect("none").is_empty());
    assert!(people(&world, Some("99")).is_empty());
}

#[test]
fn the_counts_follow_every_change_and_its_taking_back() {
    let mut world = filled();
    let size = |world: &World| {
        let overview = world.ledger.overview().expect("an overview");
        let groups = world.ledger.groups().expect("groups");
        assert_eq!(groups.iter().map(|group| group.residents).sum::<i64>(), overview.residents);
        (overview.residents, people(world, None).len())
    };
    let (present, listed) = size(&world);
    let uids = people(&world, None);
    let here = |world: &World, uid: &str| {
        world.ledger.resident(uid).expect("somebody").facts.standing.value == Standing::Present
    };
    let mut of = uids.iter().filter(|uid| here(&world, uid));
    let (one, other) = (of.next().expect("one").clone(), of.next().expect("another").clone());
    world.run(Command::SetStanding { resident: one.clone(), standing: Standing::MovedOut, on: world.today });
    assert_eq!(size(&world), (present - 1, listed));
    world.run(Command::Undo);
    assert_eq!(size(&world), (present, listed));
    let merge = Merge { listed: one, behind: other, taken: Vec::new() };
    world.run(Command::Merge(Box::new(merge)));
    assert_eq!(size(&world), (present - 1, listed - 1), "a record behind another is not on the roll");
    world.run(Command::Undo);
    assert_eq!(size(&world), (present, listed));
}

/// All that is counted, by the ledger that followed every change and by a reader that counts anew.
fn assert_counted_alike(world: &World, after: &str) {
    let fresh = world.ledger.reader().expect("a reader");
    assert_eq!(world.ledger.overview().expect("counted"), fresh.overview().expect("counted"), "after {after}");
    let groups = |view: &View| {
        let groups = view.groups().expect("groups").into_iter();
        groups.map(|group| (group.name, group.households, group.residents)).collect::<Vec<_>>()
    };
    assert_eq!(groups(&world.ledger), groups(&fresh), "after {after}");
    let roll = fresh.roll(None).expect("a roll");
    let rows = fresh.roll_rows(&roll, 0..roll.lines()).expect("rows");
    let followed = world.ledger.roll(None).expect("a roll");
    assert_eq!(world.ledger.roll_rows(&followed, 0..followed.lines()).expect("rows"), rows, "after {after}");
}

#[test]
fn what_is_followed_change_by_change_is_what_would_be_counted_anew() {
    let mut world = filled();
    assert_counted_alike(&world, "the beginning");
    let uids = people(&world, None);
    let of = |at: usize| uids[at * 13 % uids.len()].clone();
    let today = world.today;
    let homes = world.ledger.roll(None).expect("a roll");
    let rows = world.ledger.roll_rows(&homes, 0..homes.lines()).expect("rows");
    let home_of = |at: usize| match rows.iter().find(|row| matches!(row, RollRow::Person(p) if p.uid == of(at))) {
        Some(RollRow::Person(person)) => person.household_uid.clone(),
        _ => panic!("somebody"),
    };
    let moved = |at: usize| vec![Moved { resident: of(at), relation: None }];
    let commands = [
        Command::SetStanding { resident: of(1), standing: Standing::Deceased, on: today },
        Command::Move { people: moved(2), home: Home::Household(home_of(9)) },
        Command::Move { people: moved(3), home: Home::Numbered { group: "新组".into(), number: "1".into() } },
        Command::RemoveResident { resident: of(4) },
        Command::Merge(Box::new(Merge { listed: of(5), behind: of(6), taken: Vec::new() })),
        Command::Unmerge { behind: of(6) },
        Command::RenameGroup { group: "新组".into(), name: "0组".into() },
        Command::SetResidency { resident: of(7), residency: Residency::Away, source: "入户登记".into(), on: today },
    ];
    let count = commands.len();
    for (step, command) in commands.into_iter().enumerate() {
        world.run(command);
        assert_counted_alike(&world, &format!("step {step}"));
    }
    for step in 0..count {
        world.run(Command::Undo);
        assert_counted_alike(&world, &format!("undo {step}"));
    }
    for step in 0..count {
        world.run(Command::Redo);
        assert_counted_alike(&world, &format!("redo {step}"));
    }
}
