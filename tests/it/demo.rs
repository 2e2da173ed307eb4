//! The demo village: the same for the same seed, plausible, synthetic, alive on any day.

use std::collections::HashSet;
use std::ops::ControlFlow;

use xiangli::domain::id_card::IdNumber;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::domain::worklist::Section;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::demo::{self, Plan};
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};

use crate::support::world::{ELDER, day, key, stamp, village};

pub fn filled(plan: Plan, today: &str) -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = stamp(day(today));
    let path = folder.path().join("demo.xlg");
    let mut ledger =
        Ledger::create(&path, &key(), &demo::village(), Some(demo::uid_seed(plan.seed)), &stamp).expect("a new ledger");
    ledger.fill_demo(plan, &stamp, &Unwatched).expect("filled");
    (folder, ledger)
}

fn all(ledger: &Ledger) -> Vec<ResidentRow> {
    ledger.residents(&ResidentFilter { limit: 1_000_000, ..ResidentFilter::default() }).expect("readable")
}

pub const PLAN: Plan = Plan { residents: demo::RESIDENTS, seed: 7 };

#[test]
fn the_same_seed_on_the_same_day_makes_the_same_village() {
    let digest = |plan| filled(plan, "2026-11-23").1.digest().expect("readable");
    let small = Plan { residents: 250, seed: 1 };
    assert_eq!(digest(small), digest(small));
    assert_ne!(digest(small), digest(Plan { seed: 2, ..small }));
}

#[test]
fn everybody_is_synthetic_and_nobody_twice() {
    let (_folder, ledger) = filled(PLAN, "2026-11-23");
    let people = all(&ledger);
    assert_eq!(people.len(), PLAN.residents);
    let mut seen = HashSet::new();
    for person in &people {
        assert!(seen.insert(person.uid.clone()));
        assert!(person.phone.is_empty() || (person.phone.len() == 11 && person.phone.starts_with("19")));
        if person.id_number.is_empty() {
            continue;
        }
        let id = IdNumber::from_stored(&person.id_number).expect("a right check digit");
        assert!(person.id_number.starts_with("421399") && seen.insert(person.id_number.clone()));
        assert_eq!((id.sex(), id.born()), (person.sex(), person.born().and_then(|born| born.day())));
        assert!(id.born() <= Some(day("2026-11-23")));
    }
}

#[test]
fn it_is_a_plausible_village_with_many_elders_many_away_and_some_unknown() {
    let (_folder, ledger) = filled(Plan { residents: 3_000, seed: 3 }, "2026-11-23");
    let people = all(&ledger);
    let share = |of: &dyn Fn(&&ResidentRow) -> bool| people.iter().filter(of).count() * 100 / people.len();
    let born_by = |year| move |p: &&ResidentRow| p.born().is_some_and(|born| born.year() <= year);
    assert!((18..=36).contains(&share(&born_by(1961))), "65 and over: {}", share(&born_by(1961)));
    let away = share(&|p| p.residency() == Some(Residency::Away));
    assert!((18..=32).contains(&away), "away: {away}");
    let unknown = share(&|p| p.residency().is_none());
    assert!((4..=8).contains(&unknown), "unknown: {unknown}");
    for (what, found) in [
        ("without an id number", people.iter().filter(|p| p.id_number.is_empty()).count()),
        ("with a dot", people.iter().filter(|p| p.name.contains('·')).count()),
        ("written otherwise", people.iter().filter(|p| !p.name_written.is_empty()).count()),
        ("not sorted into a household", people.iter().filter(|p| p.household.is_empty()).count()),
        ("gone", people.iter().filter(|p| p.facts.standing.value != Standing::Present).count()),
        ("with a year of birth only", people.iter().filter(|p| p.born().is_some_and(|b| b.day().is_none())).count()),
    ] {
        assert!(found >= 3 && found < people.len() / 10, "{what}: {found}");
    }
    let groups: Vec<String> = ledger.groups().expect("readable").into_iter().map(|group| group.name).collect();
    assert_eq!(groups, ["1", "2", "3", "4", "5", "6", "7", "8", "柳树塆", "老屋塆"]);
    assert!(ledger.groups().expect("readable").iter().all(|group| !group.contact.is_empty()));
}

#[test]
fn its_list_and_worklist_are_alive_on_any_day_of_the_year() {
    for today in ["2026-11-23", "2026-06-15", "2026-03-02", "2026-01-01"] {
        let (_folder, ledger) = filled(PLAN, today);
        let list = ledger.list(ELDER, day(today)).expect("readable");
        let counts = list.counts;
        assert!(counts.eligible > 100 && counts.ask > 3, "{today}: {counts:?}");
        assert!(counts.told > counts.been && counts.been > 10 && counts.declined > 0, "{today}: {counts:?}");
        let tasks = ledger.worklist(day(today)).expect("readable");
        let sections: HashSet<Section> = tasks.iter().map(|task| task.section).collect();
        let expected = if today == "2026-01-01" { 2 } else { 4 };
        assert!(sections.len() >= expected, "{today}: {sections:?}");
    }
}

#[test]
fn it_proves_sound_and_its_filling_cannot_be_undone() {
    let (_folder, mut ledger) = filled(Plan { residents: 400, seed: 5 }, "2026-11-23");
    ledger.check().expect("sound");
    let refused = ledger.run(&Command::Undo, &stamp(day("2026-11-23"))).expect_err("nothing to undo");
    assert_eq!(refused.kind, ErrorKind::Refused);
    let hits = ledger.search(&ResidentFilter { search: "w".into(), group: None, limit: 10 }).expect("found");
    assert_eq!(hits.len(), 10);
}

struct Impatient;

impl Progress for Impatient {
    fn at(&self, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
}

#[test]
fn only_an_empty_demo_village_is_filled_and_cancelling_leaves_it_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = stamp(day("2026-11-23"));
    let mut real = Ledger::create(&folder.path().join("r.xlg"), &key(), &village(), None, &stamp).expect("a ledger");
    assert!(real.fill_demo(PLAN, &stamp, &Unwatched).is_err());
    let mut ledger =
        Ledger::create(&folder.path().join("d.xlg"), &key(), &demo::village(), None, &stamp).expect("a ledger");
    let large = Plan { residents: 20_000, seed: 1 };
    let stopped = ledger.fill_demo(large, &stamp, &Impatient).expect_err("stopped");
    assert_eq!((stopped.kind, all(&ledger).len()), (ErrorKind::Cancelled, 0));
    assert!(ledger.fill_demo(Plan { residents: 0, seed: 1 }, &stamp, &Unwatched).is_err());
    ledger.fill_demo(Plan { residents: 10, seed: 1 }, &stamp, &Unwatched).expect("filled");
    assert!(ledger.fill_demo(PLAN, &stamp, &Unwatched).is_err());
}
