//! Households: moving, splitting, joining, numbers and heads; every step one step of undo, and nobody is ever lost.

use xiangli::domain::relation::Relation;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::ledger::command::{Command, Home, HouseholdEdit, Moved, ResidentEdit};
use xiangli::ledger::households::Sorted;

use crate::support::world::{World, day};

fn relation(code: u8) -> Option<Relation> {
    Relation::from_code(code)
}

/// Three people of one household in group 1, number 1: the head, a son, a daughter-in-law.
fn family(world: &mut World) -> Vec<String> {
    ["王大山", "王小山", "李秀娟"].map(|name| world.person(name, "1970-05-05", Some(Residency::Here))).to_vec()
}

fn household(world: &World, uid: &str) -> String {
    world.ledger.resident(uid).expect("there").household_uid
}

fn own(number: &str) -> Home {
    Home::New(HouseholdEdit { group: "1".into(), number: number.into(), address: "塆上5号".into() })
}

fn moved(uid: &str, code: u8) -> Moved {
    Moved { resident: uid.into(), relation: relation(code) }
}

#[test]
fn a_household_is_split_and_joined_again_and_every_step_is_one_step_back() {
    let mut world = World::new();
    let people = family(&mut world);
    let start = world.ledger.digest().expect("readable");
    world.run(Command::Move { people: vec![moved(&people[1], 2), moved(&people[2], 12)], home: own("7") });
    let (old, new) = (household(&world, &people[0]), household(&world, &people[1]));
    let split = world.ledger.household(&new).expect("there");
    assert_eq!((split.row.number.as_str(), split.row.head.as_str(), split.row.people), ("7", "王小山", 2));
    assert_eq!((split.members.len(), split.row.sorted), (2, Sorted::Yes));
    assert_eq!(world.ledger.households("1", "", 10).expect("readable").len(), 2);
    assert_eq!(world.ledger.households("1", "7", 10).expect("readable").len(), 1);
    assert_eq!(world.ledger.households("1", "王小", 10).expect("readable").len(), 1);

    world.run(Command::JoinHouseholds { from: old.clone(), into: new.clone() });
    let joined = world.ledger.household(&new).expect("there");
    assert_eq!(joined.row.people, 3);
    assert!(world.ledger.household(&old).is_err(), "the other household is gone");
    world.run(Command::Undo);
    assert_eq!(world.ledger.household(&old).expect("back").row.people, 1);
    world.run(Command::Undo);
    assert_eq!(world.ledger.digest().expect("readable"), start);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn the_last_to_leave_takes_the_household_along() {
    let mut world = World::new();
    let people = family(&mut world);
    let old = household(&world, &people[0]);
    let all = people.iter().map(|uid| moved(uid, 99)).collect();
    world.run(Command::Move { people: all, home: Home::Numbered { group: "3".into(), number: "2".into() } });
    assert!(world.ledger.household(&old).is_err());
    assert_eq!(world.ledger.overview().expect("readable").households, 1);
    world.run(Command::Undo);
    assert_eq!(world.ledger.household(&old).expect("back").members.len(), 3);
}

#[test]
fn a_number_belongs_to_one_household_of_a_group() {
    let mut world = World::new();
    let people = family(&mut world);
    let old = household(&world, &people[0]);
    assert!(world.try_run(Command::Move { people: vec![moved(&people[1], 2)], home: own("1") }).is_err());
    world.run(Command::Move { people: vec![moved(&people[1], 2)], home: own("2") });
    let edit =
        |group: &str, number: &str| HouseholdEdit { group: group.into(), number: number.into(), ..Default::default() };
    assert!(world.try_run(Command::EditHousehold { household: old.clone(), edit: edit("1", "2") }).is_err());
    world.run(Command::EditHousehold { household: old.clone(), edit: edit("4", "2") });
    assert_eq!(world.ledger.household(&old).expect("there").row.group, "4");
    assert!(world.try_run(Command::RenameGroup { group: "4".into(), name: "1".into() }).is_err());
    world.run(Command::RenameGroup { group: "4".into(), name: "塆上".into() });
    assert_eq!(world.ledger.household(&old).expect("there").row.group, "塆上");
}

#[test]
fn another_head_changes_the_relations_of_one_household_in_one_step() {
    let mut world = World::new();
    let people = family(&mut world);
    let home = household(&world, &people[0]);
    let relations =
        vec![(people[0].clone(), relation(51)), (people[1].clone(), relation(2)), (people[2].clone(), relation(12))];
    world.run(Command::SetRelations { household: home.clone(), relations });
    assert_eq!(world.ledger.household(&home).expect("there").row.head, "王小山");
    let stranger = vec![(world.person("张三", "1960", None), relation(20))];
    world.run(Command::Move { people: vec![moved(&stranger[0].0, 2)], home: own("9") });
    assert!(world.try_run(Command::SetRelations { household: home, relations: stranger }).is_err());
}

#[test]
fn what_is_corrected_is_written_and_nothing_else() {
    let mut world = World::new();
    let people = family(&mut world);
    let edit = ResidentEdit {
        phone: Some("19012345678".into()),
        residency: Some((Residency::Away, day("2026-02-20"))),
        ..ResidentEdit::default()
    };
    let command =
        Command::EditResident { resident: people[1].clone(), edit: Box::new(edit), source: "本人说".into() };
    world.run(command.clone());
    let row = world.ledger.resident(&people[1]).expect("there");
    assert_eq!(
        (row.phone.as_str(), row.residency(), row.name.as_str()),
        ("19012345678", Some(Residency::Away), "王小山")
    );
    assert!(world.run(command).change.is_none(), "the same again is no step");
    let id = xiangli::domain::id_card::IdNumber::from_stored("421399195003010029");
    let with_id = ResidentEdit { id_number: Some(id), ..ResidentEdit::default() };
    let edit = |uid: &str, edit: &ResidentEdit| Command::EditResident {
        resident: uid.into(),
        edit: Box::new(edit.clone()),
        source: "身份证".into(),
    };
    world.run(edit(&people[1], &with_id));
    assert_eq!(world.ledger.resident(&people[1]).expect("there").born().expect("known").to_string(), "1950-03-01");
    assert!(world.try_run(edit(&people[0], &with_id)).is_err(), "a number belongs to one person");
    let born = ResidentEdit { born: Some(None), ..ResidentEdit::default() };
    assert!(world.try_run(edit(&people[1], &born)).is_err(), "the number decides");
    world.run(Command::SetStanding {
        resident: people[1].clone(),
        standing: Standing::Deceased,
        on: day("2026-11-01"),
    });
    world.ledger.check().expect("the history adds up");
}

#[test]
fn a_draft_is_kept_over_a_restart_and_is_no_step() {
    let mut world = World::new();
    let revision = world.ledger.revision().expect("readable");
    let stamp = crate::support::world::stamp(world.today);
    world.ledger.keep_draft("resident", "", "{\"name\":\"王\"}", &stamp).expect("kept");
    world.ledger.keep_draft("resident", "", "{\"name\":\"王秀\"}", &stamp).expect("kept");
    let mut world = world.restart();
    let drafts = world.ledger.drafts().expect("readable");
    assert_eq!((drafts.len(), drafts[0].value.as_str()), (1, "{\"name\":\"王秀\"}"));
    assert_eq!(world.ledger.revision().expect("readable"), revision);
    world.ledger.drop_draft("resident", "").expect("gone");
    assert!(world.ledger.drafts().expect("readable").is_empty());
    world.ledger.check().expect("sound");
}
