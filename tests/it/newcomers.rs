//! Who comes of age soon: shown before the day, so that papers are ready in January.

use xiangli::domain::resident::{FactKind, FactValue, Residency};
use xiangli::ledger::command::Command;

use crate::support::world::{ELDER, World, day};

fn registered(world: &mut World, uid: &str) {
    for (kind, word) in [(FactKind::Registered, "here"), (FactKind::Registration, "rural")] {
        let value = FactValue::from_word(kind, word).expect("a value");
        let on = world.today;
        world.run(Command::SetFact { resident: uid.into(), value, source: "户口簿".into(), on });
    }
}

#[test]
fn who_turns_60_next_year_is_named_before_january() {
    let mut world = World::new();
    let people = ["1966-12-31", "1967-01-01", "1967-12-31", "1968-01-01"].map(|born| {
        let uid = world.person("王秀英", born, Some(Residency::Here));
        registered(&mut world, &uid);
        (born, uid)
    });
    let coming = world.ledger.newcomers("rural-award", world.today).expect("readable");
    let found: Vec<_> = coming.iter().map(|one| (one.row.uid.as_str(), one.from)).collect();
    let mut expected = vec![(people[1].1.as_str(), day("2027-01-01")), (people[2].1.as_str(), day("2027-01-01"))];
    expected.sort_unstable();
    assert_eq!(found, expected, "who turned 60 this year is on the list already, who does in 2028 is not yet named");
}

#[test]
fn who_reaches_an_age_on_the_day_is_named_with_the_birthday() {
    let mut world = World::new();
    let soon = world.person("李小芳", "1961-12-24", Some(Residency::Here));
    world.person("王秀英", "1961-11-23", Some(Residency::Here));
    world.person("刘秀娜", "1963-01-01", Some(Residency::Here));
    let coming = world.ledger.newcomers(ELDER, world.today).expect("readable");
    assert_eq!(coming.len(), 1);
    assert_eq!((coming[0].row.uid.as_str(), coming[0].from), (soon.as_str(), day("2026-12-24")));
    assert!(world.ledger.newcomers("child-subsidy", world.today).expect("readable").is_empty());
}

#[test]
fn who_must_still_be_asked_something_is_named_too() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1967-05-01", Some(Residency::Here));
    let coming = world.ledger.newcomers("rural-award", world.today).expect("readable");
    assert_eq!(coming.iter().map(|one| one.row.uid.as_str()).collect::<Vec<_>>(), [uid.as_str()]);
}
