//! Programmes in the ledger: facts and the county's values change verdicts, lists and amounts; a list of facts is one
//! change; each turn depends on the person where it should.

use std::fs;

use xiangli::domain::message::Say as _;
use xiangli::domain::offer::{Outcome, State};
use xiangli::domain::programme::Kind;
use xiangli::domain::resident::{FactKind, FactValue, Residency, Sex};
use xiangli::domain::rule::Holds;
use xiangli::ledger::command::{Command, NewLocal, ResidentEdit};
use xiangli::ledger::facts::read_list;

use crate::support::world::{World, day};

fn fact(uid: &str, kind: FactKind, value: &str) -> Command {
    let value = FactValue::from_word(kind, value).expect("a value");
    Command::SetFact { resident: uid.into(), value, source: "本人说".into(), on: day("2026-11-20") }
}

fn local(programme: &str, key: &str, value: &str) -> Command {
    let (programme, key, value) = (programme.into(), key.into(), value.into());
    Command::SetLocal { programme, key, value, source: "县里2026年文件".into(), on: day("2026-01-01") }
}

fn verdict(world: &World, uid: &str, programme: &str) -> Holds {
    let row = world.ledger.resident(uid).expect("there");
    let whys = world.ledger.why(&row, world.today).expect("readable");
    whys.iter().find(|why| why.programme.id == programme).expect("listed").verdict.holds
}

fn a_woman(world: &mut World, born: &str) -> String {
    let uid = world.person("王秀英", born, Some(Residency::Here));
    let edit = ResidentEdit { sex: Some(Some(Sex::Female)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "户口簿".into() });
    uid
}

#[test]
fn an_answer_recorded_as_a_fact_settles_what_was_asked() {
    let mut world = World::new();
    let uid = world.person("王大山", "1966-12-31", Some(Residency::Away));
    assert_eq!(verdict(&world, &uid, "rural-award"), Holds::Unknown);
    assert_eq!(world.ledger.list("rural-award", world.today).expect("a list").counts.ask, 1);
    world.run(fact(&uid, FactKind::Registered, "here"));
    world.run(fact(&uid, FactKind::Registration, "rural"));
    assert_eq!(verdict(&world, &uid, "rural-award"), Holds::Yes);
    world.run(Command::Undo);
    assert_eq!(verdict(&world, &uid, "rural-award"), Holds::Unknown);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn nobody_is_asked_of_whom_nothing_speaks_for_it() {
    let mut world = World::new();
    let blank = world.person("钱问", "", None);
    world.person("孙三", "1990-05-05", None);
    for list in world.ledger.lists(world.today).expect("readable") {
        let asked = if ["women-check"].contains(&list.programme.id.as_str()) { 1 } else { 0 };
        assert_eq!(list.counts.ask, asked, "{}", list.programme.id);
    }
    assert_eq!(verdict(&world, &blank, "elder-check"), Holds::Unknown, "still unknown, only not asked");
}

#[test]
fn what_the_county_sets_changes_verdicts_and_amounts_and_can_be_taken_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1961-12-24", Some(Residency::Here));
    assert_eq!(verdict(&world, &uid, "elder-check"), Holds::No);
    world.run(local("elder-check", "age_on", "year_end"));
    assert_eq!(verdict(&world, &uid, "elder-check"), Holds::Yes);
    world.run(Command::Undo);
    assert_eq!(verdict(&world, &uid, "elder-check"), Holds::No);
    assert!(world.try_run(local("elder-check", "age_on", "birthday")).is_err(), "one of the words named");
    assert!(
        world.try_run(local("women-check", "interval_months", "12")).is_err(),
        "never more often than every 24 months"
    );
    assert!(world.try_run(local("women-check", "age_min", "20")).is_err(), "only what the programme names");
    let old = world.person("李老", "1940-01-01", Some(Residency::Here));
    world.run(fact(&old, FactKind::Registered, "here"));
    let amount = |world: &World| {
        let claims = world.ledger.claims(world.today).expect("readable");
        claims.iter().find(|claim| claim.programme.id == "elder-allowance").expect("eligible").amount
    };
    assert_eq!(amount(&world), None, "a missing amount is said, never guessed");
    world.run(local("elder-allowance", "fen_80", "50"));
    assert_eq!(amount(&world).map(|amount| amount.fen), Some(60_000));
    world.ledger.check().expect("the history adds up");
}

#[test]
fn who_was_screened_is_due_again_after_the_countys_interval() {
    let mut world = World::new();
    let uid = a_woman(&mut world, "1980-01-01");
    let attend = Command::Attend { resident: uid.clone(), programme: "women-check".into(), on: day("2026-05-05") };
    world.run(attend);
    let state =
        |world: &World| world.ledger.list("women-check", world.today).expect("a list").rows.first().map(|r| r.state);
    assert_eq!(state(&world), Some(State::Been), "done, in this year's list");
    world.today = day("2028-11-23");
    assert_eq!(verdict(&world, &uid, "women-check"), Holds::No);
    world.run(local("women-check", "interval_months", "24"));
    assert_eq!(verdict(&world, &uid, "women-check"), Holds::Yes);
}

#[test]
fn a_childs_offer_belongs_to_the_visit_it_was_about() {
    let mut world = World::new();
    let uid = world.person("王小宝", "2026-08-20", Some(Residency::Here));
    let on = world.today;
    world.run(Command::Record { resident: uid.clone(), programme: "child-check".into(), outcome: Outcome::Told, on });
    let row = |world: &World| world.ledger.list("child-check", world.today).expect("a list").rows.remove(0);
    let first = row(&world);
    assert_eq!((first.turn.name.as_str(), first.state), ("m3", State::Told));
    assert_eq!(first.turn.apply_by, Some(day("2026-12-05")));
    world.today = day("2027-02-10");
    let next = row(&world);
    assert_eq!((next.turn.name.as_str(), next.state), ("m6", State::ToTell));
}

#[test]
fn who_loses_this_years_child_subsidy_is_seen_with_the_day() {
    let mut world = World::new();
    for born in ["2022-06-01", "2023-12-09", "2024-07-15", "2026-03-01"] {
        let uid = world.person("王小宝", born, None);
        world.run(fact(&uid, FactKind::Registered, "here"));
    }
    let summary = world.ledger.lists(world.today).expect("readable");
    let subsidy = summary.iter().find(|list| list.programme.id == "child-subsidy").expect("shipped");
    assert_eq!((subsidy.counts.eligible, subsidy.deadline), (3, Some(day("2026-12-31"))));
    let claims = world.ledger.claims(world.today).expect("readable");
    let mut claims: Vec<_> = claims.iter().filter(|claim| claim.programme.id == "child-subsidy").collect();
    claims.sort_by_key(|claim| claim.deadline);
    let last = claims.last().expect("three");
    assert_eq!(last.deadline, Some(day("2027-12-31")), "born this year: next year will do");
    assert_eq!(claims.iter().filter_map(|claim| claim.amount).map(|amount| amount.fen).sum::<i64>(), 3 * 360_000);
}

#[test]
fn a_list_of_facts_is_one_change_and_says_which_lines_it_could_not_use() {
    let mut world = World::new();
    let file = world.folder.path().join("facts.csv");
    let uid = world.person("王秀英", "1950-03-01", None);
    let known = xiangli::domain::id_card::IdNumber::parse("421399195003010029", world.today).expect("an id").number;
    let edit = ResidentEdit { id_number: Some(Some(known)), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "身份证".into() });
    let lines = "id_number,kind,value,on\n421399195003010029,registered,here,2026-11-01\n421399195003010029,relief,dibao,\n\
                 421399195003010029,relief,rich,\n421399195003010029,religion,none,\n421399199003010022,relief,dibao,\n\
                 421399195003010029,study,none,2030-01-01\n";
    fs::write(&file, lines).expect("written");
    let list = read_list(&world.ledger, &file, world.today).expect("a list");
    let keys: Vec<_> = list.problems.iter().map(|problem| problem.key).collect();
    assert_eq!(keys, ["cli-fact-value", "cli-fact-kind", "cli-facts-person", "cli-facts-date"]);
    assert_eq!(list.problems[0].line, 4);
    let before = world.ledger.revision().expect("a number");
    world.run(Command::ImportFacts { rows: list.facts, source: "乡里名单".into() });
    assert_eq!(world.ledger.revision().expect("a number"), before + 1);
    let facts = world.ledger.resident(&uid).expect("there").facts;
    assert_eq!(facts.known.get(FactKind::Relief).map(|fact| fact.value.as_str()), Some("dibao"));
    world.run(Command::Undo);
    assert!(world.ledger.resident(&uid).expect("there").facts.known.get(FactKind::Relief).is_none());
    fs::write(&file, "身份证号,kind\n1,2\n").expect("written");
    assert!(read_list(&world.ledger, &file, world.today).is_err());
}

#[test]
fn every_list_counts_what_it_lists_and_leaflets_list_nobody() {
    let mut world = World::new();
    for n in 0..40 {
        let residency = [Some(Residency::Here), Some(Residency::Away), None][n % 3];
        let uid = a_woman(&mut world, &format!("{}-06-15", 1940 + 2 * n));
        if let Some(residency) = residency {
            world.run(Command::SetResidency {
                resident: uid.clone(),
                residency,
                source: "走访".into(),
                on: world.today,
            });
        }
        world.run(fact(&uid, FactKind::Registered, ["here", "elsewhere"][n % 2]));
        world.run(fact(&uid, FactKind::Study, ["none", "primary", "senior"][n % 3]));
        if n % 4 == 0 {
            world.run(fact(&uid, FactKind::Relief, "dibao"));
        }
    }
    for summary in world.ledger.lists(world.today).expect("readable") {
        let list = world.ledger.list(&summary.programme.id, world.today).expect("a list");
        assert_eq!(list.counts, summary.counts, "{}", summary.programme.id);
        let listed = |holds| list.rows.iter().filter(|row| row.holds == holds).count() as u64;
        assert_eq!((listed(Holds::Yes), listed(Holds::Unknown)), (list.counts.eligible, list.counts.ask));
        if summary.programme.kind == Kind::Leaflet {
            assert_eq!(list.rows.len(), 0);
        }
    }
}

#[test]
fn a_value_of_the_county_counts_from_its_day_and_ages_stay_in_order() {
    let mut world = World::new();
    let refusal = |world: &mut World, command| {
        world.try_run(command).err().map(|error| error.message().key.to_string()).unwrap_or_default()
    };
    let (programme, key, value) = ("elder-allowance".into(), "fen_80".into(), "100".into());
    let next_year = Command::SetLocal { programme, key, value, source: "县里文件".into(), on: day("2027-01-01") };
    assert_eq!(refusal(&mut world, next_year.clone()), "error-local-ahead");
    let revision = world.ledger.revision().expect("readable");
    assert!(world.ledger.local_standards().expect("readable").is_empty(), "this year's value is what it was");
    world.today = day("2027-01-01");
    world.run(next_year);
    assert_eq!(world.ledger.revision().expect("readable"), revision + 1);

    world.run(local("notice", "age_from", "60"));
    assert_eq!(refusal(&mut world, local("notice", "age_to", "50")), "error-local-ages");
    world.run(local("notice", "age_to", "70"));
    assert_eq!(refusal(&mut world, local("notice", "age_from", "71")), "error-local-ages");
    // Both at once, from another village's file, may pass each other.
    let one = |key: &str, value: &str| NewLocal {
        programme: "notice".into(),
        key: key.into(),
        value: value.into(),
        source: "县里文件".into(),
        on: day("2026-01-01"),
    };
    world.run(Command::SetLocals { values: vec![one("age_from", "75"), one("age_to", "80")] });
    let crossed = vec![one("age_from", "90"), one("age_to", "85")];
    assert_eq!(refusal(&mut world, Command::SetLocals { values: crossed }), "error-local-ages");
}

#[test]
fn money_of_the_county_is_read_as_money_is_read_everywhere() {
    let mut world = World::new();
    world.run(local("elder-allowance", "fen_80", "１００元"));
    let standards = world.ledger.local_standards().expect("readable");
    assert_eq!(standards.get("elder-allowance", "fen_80").map(|set| set.value.as_str()), Some("100"));
}

#[test]
fn nobody_is_told_and_nobody_comes_before_they_are_born() {
    let mut world = World::new();
    let uid = world.person("王小宝", "2026-03-05", Some(Residency::Here));
    let in_part = world.person("李小宝", "2026-03", Some(Residency::Here));
    let came =
        |uid: &str, on: &str| Command::Attend { resident: uid.into(), programme: "child-check".into(), on: day(on) };
    for command in [
        came(&uid, "2026-03-04"),
        came(&in_part, "2026-02-28"),
        Command::Record {
            resident: uid.clone(),
            programme: "child-check".into(),
            outcome: Outcome::Told,
            on: day("2026-03-04"),
        },
    ] {
        let error = world.try_run(command).expect_err("refused");
        assert_eq!(error.message().key, "error-before-birth");
    }
    world.run(came(&uid, "2026-03-05"));
    world.run(came(&in_part, "2026-03-01"));
}
