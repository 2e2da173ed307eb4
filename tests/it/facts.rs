//! Facts: the latest day counts, whatever order they come in; leaflets keep nobody.

use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::{FactKind, FactValue, Residency};
use xiangli::ledger::command::{Command, NewFact};
use xiangli::ledger::error::ErrorKind;

use crate::support::world::{World, day};

fn relief(word: &str) -> FactValue {
    FactValue::from_word(FactKind::Relief, word).expect("a value")
}

fn known(world: &World, uid: &str) -> &'static str {
    let row = world.ledger.resident(uid).expect("there");
    row.facts.known.get(FactKind::Relief).map_or("", |fact| fact.value.as_str())
}

#[test]
fn what_is_known_of_a_later_day_is_not_overwritten_by_an_earlier_one() {
    let mut world = World::new();
    let resident = world.person("王秀英", "1950-05-05", Some(Residency::Here));
    let set = |value, on| Command::SetFact {
        resident: resident.clone(),
        value: relief(value),
        source: "乡里名单".into(),
        on: day(on),
    };
    world.run(set("dibao", "2026-06-01"));
    let refused = world.try_run(set("none", "2020-01-01")).expect_err("older");
    assert_eq!(refused.kind, ErrorKind::Refused);
    let row = |value, on| NewFact { resident: resident.clone(), value: relief(value), on: day(on) };
    let rows = vec![row("none", "2025-12-31"), row("tekun", "2026-07-01"), row("none", "2026-06-30")];
    world.run(Command::ImportFacts { rows, source: "县里名单".into() });
    assert_eq!(known(&world, &resident), "tekun");
    world.run(set("dibao", "2026-07-01"));
    assert_eq!(known(&world, &resident), "dibao", "of the same day the later entry stands");
}

#[test]
fn somebody_a_list_of_today_calls_here_may_be_away_since_february() {
    let mut world = World::new();
    let resident = world.person("王秀英", "1950-05-05", Some(Residency::Here));
    let on = day("2026-02-20");
    world.run(Command::SetResidency {
        resident: resident.clone(),
        residency: Residency::Away,
        source: "邻居说".into(),
        on,
    });
    let row = world.ledger.resident(&resident).expect("there");
    let fact = row.facts.known.get(FactKind::Residency).expect("known");
    assert_eq!((row.residency(), fact.on), (Some(Residency::Away), on));
}

#[test]
fn nobody_is_noted_for_a_leaflet_or_for_what_has_ended() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1990-05-05", Some(Residency::Here));
    let before = world.ledger.digest().expect("readable");
    for programme in ["pre-pregnancy", "pre-marriage", "folic-acid", "exam-points"] {
        let (resident, programme, on) = (uid.clone(), programme.to_owned(), world.today);
        let told =
            Command::Record { resident: resident.clone(), programme: programme.clone(), outcome: Outcome::Told, on };
        let many = Command::RecordMany {
            people: vec![resident.clone()],
            programme: programme.clone(),
            outcome: Outcome::Told,
            on,
        };
        for command in [told, many, Command::Attend { resident, programme, on }] {
            assert_eq!(world.try_run(command).expect_err("nobody is noted").kind, ErrorKind::Refused);
        }
    }
    assert_eq!(world.ledger.digest().expect("readable"), before);
}
