//! A round through the village is noted as one change or not at all; local values come as one change.

use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::command::{Command, NewLocal};

use crate::support::world::{World, day};

fn elders() -> (World, Vec<String>) {
    let mut world = World::new();
    let names = ["王一", "王二", "王三"];
    let folks = names.map(|name| world.person(name, "1950-03-01", Some(Residency::Here)));
    (world, folks.to_vec())
}

#[test]
fn a_round_is_one_change_with_its_count_and_is_refused_whole_where_somebody_left() {
    let (mut world, folks) = elders();
    let list = world.ledger.list("elder-check", day("2026-11-23")).expect("a list");
    // One of them twice: that counts once.
    let people: Vec<String> = folks.iter().chain(folks.first()).cloned().collect();
    let told = |people: &[String]| Command::RecordMany {
        people: people.to_vec(),
        programme: "elder-check".to_owned(),
        outcome: Outcome::Told,
        on: day("2026-11-22"),
    };
    let gone =
        Command::SetStanding { resident: people[2].clone(), standing: Standing::MovedOut, on: day("2026-11-20") };
    world.run(gone);
    let before = world.ledger.digest().expect("a digest");
    world.try_run(told(&people)).expect_err("one of them left");
    assert_eq!(world.ledger.digest().expect("a digest"), before, "nobody was noted");
    world.try_run(told(&[])).expect_err("nobody chosen");
    let done = world.try_run(told(&people[..2])).expect("told");
    assert_eq!(done.change.map(|change| (change.op, change.count)), Some(("tell".to_owned(), 2)));
    let after = world.ledger.list("elder-check", day("2026-11-23")).expect("a list").counts;
    assert_eq!(after.told, list.counts.told + 2);
    world.try_run(Command::Undo).expect("undone");
    assert_eq!(world.ledger.digest().expect("a digest"), before);
}

#[test]
fn local_values_come_as_one_change_or_not_at_all() {
    let mut world = World::new();
    let value = |key: &str, value: &str| NewLocal {
        programme: "elder-allowance".to_owned(),
        key: key.to_owned(),
        value: value.to_owned(),
        source: "镇里文件".to_owned(),
        on: day("2026-01-01"),
    };
    let before = world.ledger.digest().expect("a digest");
    world
        .try_run(Command::SetLocals { values: vec![value("fen_80", "100"), value("fen_90", "99999")] })
        .expect_err("bounds");
    assert_eq!(world.ledger.digest().expect("a digest"), before);
    world.try_run(Command::SetLocals { values: vec![value("fen_80", "100"), value("fen_90", "200")] }).expect("set");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("local.json");
    assert_eq!(world.ledger.export_local_to(&file).expect("written"), 2);
    world.ledger.export_local_to(&file).expect_err("another file is never written over");
    world.try_run(Command::Undo).expect("undone");
    let found = world.ledger.look_at_local(&file, day("2026-11-23")).expect("read");
    assert!(found.refused.is_empty());
    assert_eq!(found.values, [value("fen_80", "100"), value("fen_90", "200")]);
}
