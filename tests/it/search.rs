//! Search: the right people, the best first, with the reason; whatever is typed.

use xiangli::domain::id_card::IdNumber;
use xiangli::domain::message::Message;
use xiangli::domain::name::PersonName;
use xiangli::domain::resident::Standing;
use xiangli::ledger::command::{Command, Home, NewResident};
use xiangli::ledger::residents::ResidentFilter;

use crate::support::world::World;

fn enter(world: &mut World, name: &str, group: &str, id_number: &str, phone: &str) -> String {
    let new = NewResident {
        name: PersonName::parse(name).expect("a name"),
        id_number: IdNumber::from_stored(id_number),
        sex: None,
        born: None,
        relation: None,
        phone: phone.into(),
        residency: None,
        source: "入户登记".into(),
    };
    world
        .run(Command::AddResident {
            new: Box::new(new),
            home: Home::Numbered { group: group.into(), number: String::new() },
        })
        .change
        .expect("a change")
        .about
}

fn filter(text: &str, limit: u32) -> ResidentFilter {
    ResidentFilter { search: text.into(), group: None, limit }
}

fn names(world: &World, text: &str) -> Vec<String> {
    world.ledger.residents(&filter(text, 20)).expect("found").into_iter().map(|row| row.name).collect()
}

fn village() -> World {
    let mut world = World::new();
    for (name, group, id_number, phone) in [
        ("王秀英", "1", "421399195503121040", "19012345678"),
        ("王英", "1", "", ""),
        ("汪秀芳", "2", "", "0719-2345678"),
        ("单秀英", "2", "", ""),
        ("解绿", "3", "", ""),
        ("吕布", "3", "", ""),
        ("卢布", "3", "", ""),
        ("阿依古丽·买买提", "3", "", ""),
        ("李\u{30000}", "3", "", ""),
    ] {
        enter(&mut world, name, group, id_number, phone);
    }
    world
}

#[test]
fn the_best_hits_come_first_and_say_why() {
    let world = village();
    assert_eq!(names(&world, "秀英"), ["单秀英", "王秀英"]);
    assert_eq!(names(&world, "wangxiuying"), ["王秀英"]);
    assert_eq!(names(&world, "wang"), ["汪秀芳", "王秀英", "王英"]);
    assert_eq!(names(&world, "wxy"), ["王秀英"]);
    assert_eq!(names(&world, "chanxy"), ["单秀英"]);
    assert_eq!(names(&world, "lv"), ["吕布", "解绿"]);
    assert_eq!(names(&world, "lu"), ["卢布", "吕布", "解绿"]);
    assert_eq!(names(&world, "1040"), ["王秀英"]);
    assert_eq!(names(&world, "5678"), ["汪秀芳", "王秀英"]);
    assert_eq!(names(&world, "买买提"), ["阿依古丽·买买提"]);
    assert_eq!(names(&world, "李\u{30000}"), ["李\u{30000}"]);
    assert_eq!(names(&world, "王x"), ["王秀英"]);
    let hit = world.ledger.search(&filter("1040", 5)).expect("found").remove(0);
    assert_eq!(hit.why, Message::new("search-why-id-tail"));
}

#[test]
fn who_moved_away_comes_after_who_is_here() {
    let mut world = village();
    let wang = world.ledger.residents(&filter("汪秀芳", 1)).expect("found").remove(0);
    world.run(Command::SetStanding { resident: wang.uid, standing: Standing::MovedOut, on: world.today });
    assert_eq!(names(&world, "wang"), ["王秀英", "王英", "汪秀芳"]);
}

#[test]
fn search_keeps_to_the_group_and_the_limit() {
    let world = village();
    let hits = |text: &str, group: &str, limit| {
        let filter = ResidentFilter { search: text.into(), group: Some(group.into()), limit };
        world.ledger.residents(&filter).expect("found").into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(hits("xiu", "2", 20), ["单秀英", "汪秀芳"]);
    assert_eq!(hits("wang", "1", 1), ["王秀英"]);
    assert_eq!(hits("wang", "9", 20), [""; 0]);
    assert_eq!(world.ledger.residents(&filter("wang", 2)).expect("found").len(), 2);
}

#[test]
fn what_is_undone_is_no_longer_found_and_found_again_after_redo() {
    let mut world = village();
    enter(&mut world, "赵云", "1", "", "");
    world.run(Command::Undo);
    assert_eq!(names(&world, "zy"), [""; 0]);
    world.run(Command::Redo);
    assert_eq!(names(&world, "zy"), ["赵云"]);
    let world = world.restart();
    assert_eq!(names(&world, "zhaoyun"), ["赵云"]);
}

#[test]
fn signs_that_mean_something_to_a_database_mean_nothing() {
    let world = village();
    for text in ["%", "_", "王%", "w*", "' OR 1=1 --", "王_英", "\"", "[王]", "\\"] {
        let found = names(&world, text);
        assert!(text.starts_with('w') || found.is_empty(), "{text}: {found:?}");
    }
}
