//! Two laptops of one village, edited apart from the same copy: joined with a review of just what both changed, undoable,
//! and nothing lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRng, TestRunner};
use rusqlite::Connection;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::{Command, Home, HouseholdEdit, ResidentEdit};
use xiangli::ledger::join::{Choice, JoinReport, Relation};
use xiangli::ledger::progress::Unwatched;
use xiangli::words::{Language, Words};

use crate::histories::{Step, step, take};
use crate::support::forge::behind_our_back;
use crate::support::program::number;
use crate::support::world::{ELDER, World, day, key, stamp};

/// A second laptop with a copy of the first one's ledger.
fn twin(world: World) -> (World, World) {
    let World { folder, ledger, today } = world;
    let path = ledger.path().to_owned();
    drop(ledger);
    let other = tempfile::tempdir().expect("a folder");
    std::fs::copy(&path, other.path().join("v.xlg")).expect("copied");
    let open = |path: &Path| Ledger::open(path, &key()).expect("it opens");
    let second = World { ledger: open(&other.path().join("v.xlg")), folder: other, today };
    (World { ledger: open(&path), folder, today }, second)
}

/// Closes a laptop's ledger; its file is what is carried over.
fn closed(world: World) -> (tempfile::TempDir, PathBuf) {
    let World { folder, ledger, .. } = world;
    let path = ledger.path().to_owned();
    drop(ledger);
    (folder, path)
}

fn join(world: &mut World, file: &Path, chosen: &[(&str, &str)]) -> JoinReport {
    let chosen = chosen.iter().map(|(uid, column)| ((*uid).to_owned(), (*column).to_owned())).collect();
    let stamp = stamp(world.today);
    let before = world.ledger.digest().expect("readable");
    let looked = world.ledger.look_at_join(file, &chosen, &stamp, &Unwatched).expect("looked at");
    assert_eq!(world.ledger.digest().expect("readable"), before, "looking writes nothing");
    let joined = world.ledger.join(file, &chosen, &stamp, &Unwatched).expect("joined").report;
    assert_eq!((&joined.taken, joined.conflicts.len()), (&looked.taken, looked.conflicts.len()));
    world.ledger.check().expect("sound");
    joined
}

fn tell(resident: &str, outcome: Outcome, on: &str) -> Command {
    Command::Record { resident: resident.to_owned(), programme: ELDER.into(), outcome, on: day(on) }
}

fn phone(resident: &str, phone: &str) -> Command {
    let edit = Box::new(ResidentEdit { phone: Some(phone.to_owned()), ..ResidentEdit::default() });
    Command::EditResident { resident: resident.to_owned(), edit, source: "本人说".into() }
}

#[test]
fn what_each_did_is_in_both_and_what_both_changed_is_shown() {
    let mut world = World::new();
    let people: Vec<String> =
        ["王秀英", "李梅", "张春"].iter().map(|name| world.person(name, "1950-03-01", Some(Residency::Here))).collect();
    let (mut here, mut there) = twin(world);
    here.run(tell(&people[0], Outcome::Told, "2026-11-20"));
    here.run(phone(&people[1], "19011111111"));
    let child = here.person("王小", "2024-05-01", Some(Residency::Here));
    there.run(tell(&people[2], Outcome::Booked, "2026-11-21"));
    there.run(phone(&people[1], "19022222222"));
    let old = there.person("王大", "1940-05-01", Some(Residency::Here));
    there.run(tell(&old, Outcome::Told, "2026-11-22"));
    there.run(Command::SetResidency {
        resident: people[0].clone(),
        residency: Residency::Away,
        source: "邻居".into(),
        on: day("2026-11-22"),
    });
    let before = here.ledger.digest().expect("readable");
    let (_folder, file) = closed(there);
    let report = join(&mut here, &file, &[]);
    assert_eq!(report.relation, Relation::Forked);
    let conflicts: Vec<(&str, &str)> =
        report.conflicts.iter().map(|conflict| (conflict.uid.as_str(), conflict.column.as_str())).collect();
    assert_eq!(conflicts, [(people[1].as_str(), "phone")]);
    let conflict = &report.conflicts[0];
    assert_eq!((conflict.name.as_str(), conflict.choice), ("李梅", Choice::Either));
    let words = Words::new(Language::Chinese);
    let said = [&conflict.ours, &conflict.theirs].map(|value| value.as_ref().map(|value| words.say(value)));
    assert_eq!(said, [Some("19011111111".to_owned()), Some("19022222222".to_owned())]);
    assert!(report.left.is_empty(), "{:?}", report.left);
    let row = |world: &World, uid: &str| world.ledger.resident(uid).expect("there");
    assert_eq!(row(&here, &people[1]).phone, "19011111111", "ours stays until somebody chooses");
    assert_eq!((row(&here, &child).name.as_str(), row(&here, &old).name.as_str()), ("王小", "王大"));
    assert_eq!(row(&here, &people[0]).facts.residency().map(|known| known.value), Some(Residency::Away));
    let list = here.ledger.list(ELDER, here.today).expect("a list");
    assert_eq!(list.counts.told, 2, "one told here and two there, of whom one is away by now");
    // One step, and it is taken back as one.
    here.run(Command::Undo);
    assert_eq!(here.ledger.digest().expect("readable"), before);
    let report = join(&mut here, &file, &[(&people[1], "phone")]);
    assert_eq!((report.conflicts.len(), row(&here, &people[1]).phone.as_str()), (1, "19022222222"));
    // Once more, nothing is left to do.
    let revision = here.ledger.revision().expect("one");
    let again = join(&mut here, &file, &[]);
    assert!(again.taken.is_empty() && here.ledger.revision().expect("one") == revision);
}

#[test]
fn joined_a_second_time_a_copy_brings_only_what_is_new_there() {
    let mut world = World::new();
    let who = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(phone(&who, "19000000000"));
    let (mut here, mut there) = twin(world);
    there.run(phone(&who, "19099999999"));
    let (folder, file) = closed(there);
    join(&mut here, &file, &[]);
    assert_eq!(here.ledger.resident(&who).expect("there").phone, "19099999999");
    // It was wrong: put right here. Later the other laptop goes on.
    here.run(phone(&who, "19000000000"));
    let mut there = World { ledger: Ledger::open(&file, &key()).expect("it opens"), folder, today: here.today };
    there.run(tell(&who, Outcome::Told, "2026-11-20"));
    let (_folder, file) = closed(there);
    let report = join(&mut here, &file, &[]);
    assert!(report.conflicts.is_empty() && report.taken.get("offer") == Some(&1), "{report:?}");
    assert_eq!(here.ledger.resident(&who).expect("there").phone, "19000000000", "what was put right stays");
    assert_eq!(join(&mut here, &file, &[]).relation, Relation::Behind);
}

#[test]
fn a_month_closed_on_both_laptops_stays_as_it_was_closed_here() {
    let mut world = World::new();
    let people: Vec<String> =
        ["王秀英", "李梅"].iter().map(|name| world.person(name, "1950-03-01", Some(Residency::Here))).collect();
    let (mut here, mut there) = twin(world);
    let attend =
        |who: &str| Command::Attend { resident: who.to_owned(), programme: ELDER.into(), on: day("2026-10-12") };
    let stamp = stamp(here.today);
    here.run(attend(&people[0]));
    here.ledger.close_month("2026-10", &stamp).expect("closed");
    there.run(attend(&people[1]));
    there.ledger.close_month("2026-10", &stamp).expect("closed there, too");
    let before = here.ledger.closed_months().expect("readable");
    let (_folder, file) = closed(there);
    join(&mut here, &file, &[]);
    assert_eq!(here.ledger.closed_months().expect("readable"), before, "a closed month is frozen");
    let later = here.ledger.pending_adjustments(here.today).expect("readable");
    assert_eq!(later.iter().map(|(_, one)| one.difference).collect::<Vec<_>>(), [1], "what came in is found later");
}

#[test]
fn what_they_took_away_and_entered_anew_stays() {
    let mut world = World::new();
    world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let assign = || Command::AssignContact { group: "1".into(), name: "张主任".into(), phone: String::new() };
    world.run(assign());
    let (mut here, mut there) = twin(world);
    there.run(Command::Undo);
    there.run(assign());
    let (_folder, file) = closed(there);
    here.run(Command::AssignContact { group: "1".into(), name: String::new(), phone: String::new() });
    join(&mut here, &file, &[]);
    let here_now = closed(here);
    assert!(rows(&here_now.1).keys().any(|(table, _)| table == "contact_person"), "the contact person is still known");
}

#[test]
fn a_value_that_has_no_place_here_is_shown_and_the_others_are_taken() {
    let mut world = World::new();
    let who = world.person("王秀英", "", Some(Residency::Here));
    let (mut here, mut there) = twin(world);
    let number = xiangli::domain::id_card::IdNumber::from_stored("421399193503010026").expect("a number");
    let numbered = |resident: &str, phone: &str| {
        let edit =
            ResidentEdit { id_number: Some(Some(number)), phone: Some(phone.to_owned()), ..ResidentEdit::default() };
        Command::EditResident { resident: resident.to_owned(), edit: Box::new(edit), source: "本人说".into() }
    };
    let other = here.person("李梅", "", Some(Residency::Here));
    here.run(numbered(&other, ""));
    there.run(numbered(&who, "19099999999"));
    let (_folder, file) = closed(there);
    let report = join(&mut here, &file, &[]);
    assert_eq!(here.ledger.resident(&who).expect("there").phone, "19099999999");
    let conflict = report.conflicts.iter().find(|conflict| conflict.column == "id_number").expect("shown");
    assert_eq!((conflict.uid.as_str(), conflict.name.as_str()), (who.as_str(), "王秀英"));
}

#[test]
fn what_both_entered_is_one_and_not_two() {
    let mut world = World::new();
    let person = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let (mut here, mut there) = twin(world);
    let home =
        |number: &str| Home::New(HouseholdEdit { group: "7".into(), number: number.into(), address: String::new() });
    for world in [&mut here, &mut there] {
        world.run(tell(&person, Outcome::Told, "2026-11-20"));
        let moved = xiangli::ledger::command::Moved { resident: person.clone(), relation: None };
        world.run(Command::Move { people: vec![moved], home: home("12") });
    }
    there.run(tell(&person, Outcome::Booked, "2026-11-22"));
    let (_folder, file) = closed(there);
    let report = join(&mut here, &file, &[]);
    let groups = here.ledger.groups().expect("groups");
    assert_eq!(groups.iter().filter(|group| group.name == "7").count(), 1);
    assert_eq!(here.ledger.overview().expect("readable").households, 1);
    // Told here, told and booked there: two answers to one question, shown and not mixed.
    assert_eq!(report.conflicts.iter().map(|conflict| conflict.record.as_str()).collect::<Vec<_>>(), ["record-offer"]);
    // A row as a whole is told by what differs in it.
    let (conflict, words) = (&report.conflicts[0], Words::new(Language::Chinese));
    assert_eq!(conflict.programme, ELDER);
    let said = [&conflict.ours, &conflict.theirs].map(|value| words.say(value.as_ref().expect("to be shown")));
    assert!(said[0].contains("已告知") && said[1].contains("2026-11-22"), "{said:?}");
}

#[test]
fn who_was_removed_on_one_laptop_and_told_on_the_other_stays_and_is_named() {
    let mut world = World::new();
    let (one, other) =
        (world.person("王秀英", "1950", None), world.person("李梅", "1951-03-01", Some(Residency::Here)));
    let (mut here, mut there) = twin(world);
    there.run(Command::RemoveResident { resident: one.clone() });
    here.run(tell(&one, Outcome::Told, "2026-11-20"));
    here.run(Command::RemoveResident { resident: other.clone() });
    there.run(tell(&other, Outcome::Told, "2026-11-20"));
    let (_folder, file) = closed(there);
    let report = join(&mut here, &file, &[]);
    assert!(here.ledger.resident(&one).is_ok(), "they did not know what was said to her here");
    assert_eq!(report.conflicts.iter().map(|conflict| conflict.uid.as_str()).collect::<Vec<_>>(), [one.as_str()]);
    assert_eq!(report.conflicts[0].choice, Choice::OursStays);
    assert!(here.ledger.resident(&other).is_err() && report.left.get("offer") == Some(&1), "{report:?}");
}

#[test]
fn a_copy_that_went_on_is_taken_and_one_that_is_behind_or_a_strangers_is_named() {
    let mut world = World::new();
    let person = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let (mut here, there) = twin(world);
    let stamp = stamp(here.today);
    let (_behind, behind) = closed(there);
    let looked = here.ledger.join(&behind, &BTreeSet::new(), &stamp, &Unwatched).expect("nothing to do");
    assert!(looked.done.is_none() && looked.report.relation == Relation::Behind);
    let World { folder, ledger, today } = here;
    let (mut here, mut there) = twin(World { folder, ledger, today });
    there.run(tell(&person, Outcome::Told, "2026-11-20"));
    let (_folder, ahead) = closed(there);
    assert_eq!(join(&mut here, &ahead, &[]).relation, Relation::Ahead);
    let (_folder, stranger) = closed(World::new());
    let key_of = |error: xiangli::ledger::error::LedgerError| error.message().key.to_string();
    let refused = here.ledger.join(&stranger, &BTreeSet::new(), &stamp, &Unwatched).expect_err("a stranger");
    assert_eq!(key_of(refused), "error-join-stranger");
    let own = here.path();
    let refused = here.ledger.join(&own, &BTreeSet::new(), &stamp, &Unwatched).expect_err("itself");
    assert_eq!(key_of(refused), "error-join-itself");
    let junk = here.folder.path().join("junk.xlg");
    std::fs::write(&junk, vec![7; 9000]).expect("written");
    assert!(here.ledger.join(&junk, &BTreeSet::new(), &stamp, &Unwatched).is_err());
    let left = std::fs::read_dir(here.folder.path()).expect("readable").flatten();
    let left: Vec<_> = left.filter(|entry| entry.file_name().to_string_lossy().contains("join")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Every row of record by table and uid, numbers of other rows as their uids.
type Rows = BTreeMap<(String, String), BTreeMap<String, String>>;

fn rows(path: &Path) -> Rows {
    let conn = Connection::open(path).expect("opens");
    let hex: String = [7_u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_memory_security = OFF;")).expect("the key");
    let list = |sql: &str| -> Vec<Vec<String>> {
        let mut rows = conn.prepare(sql).expect("valid");
        let columns = rows.column_count();
        let rows =
            rows.query_map([], |row| (0..columns).map(|at| row.get::<_, String>(at)).collect()).expect("readable");
        rows.map(|row| row.expect("a row")).collect()
    };
    let outside = "'change', 'change_row', 'draft', 'local_setting', 'own_key', 'search_key', 'slip_counter'";
    let tables = list(&format!(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ({outside})"
    ));
    let mut found = Rows::new();
    for table in tables.iter().map(|row| &row[0]) {
        let columns = list(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<&String> = columns.iter().map(|row| &row[0]).filter(|column| *column != "id").collect();
        let value = |column: &&String| {
            let parent = list(&format!(
                "SELECT \"table\" FROM pragma_foreign_key_list('{table}') WHERE \"from\" = '{column}' AND coalesce(\"to\", 'id') = 'id'"
            ));
            match parent.first() {
                Some(parent) => format!("coalesce((SELECT p.uid FROM {} p WHERE p.id = t.{column}), '')", parent[0]),
                None if column.ends_with("resident_id") => {
                    format!("(SELECT p.uid FROM resident p WHERE p.id = t.{column})")
                }
                None => format!("CAST(t.\"{column}\" AS TEXT)"),
            }
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        for row in list(&format!("SELECT {} FROM {table} t", values.join(", "))) {
            let row: BTreeMap<String, String> = columns.iter().map(|column| (*column).clone()).zip(row).collect();
            found.insert((table.clone(), row["uid"].clone()), row);
        }
    }
    found
}

fn open_again(world: World) -> (Rows, World) {
    let World { folder, ledger, today } = world;
    let path = ledger.path().to_owned();
    drop(ledger);
    let rows = rows(&path);
    (rows, World { ledger: Ledger::open(&path, &key()).expect("it opens"), folder, today })
}

/// What the source with this uid is called.
fn title<'a>(rows: &'a Rows, uid: Option<&String>) -> Option<&'a String> {
    rows.get(&("source".to_owned(), uid?.clone()))?.get("title")
}

/// What they did is here, or is named: row by row. What is not.
fn nothing_of_theirs_is_lost(
    base: &Rows,
    before: &Rows,
    theirs: &Rows,
    after: &Rows,
    report: &JoinReport,
) -> Result<(), String> {
    let named: BTreeSet<&str> = report.conflicts.iter().map(|conflict| conflict.uid.as_str()).collect();
    for (key, row) in theirs.iter().filter(|(key, row)| base.get(*key) != Some(*row)) {
        let is_named = named.contains(key.1.as_str()) || report.left.contains_key(&key.0);
        let is_twin = |other: &BTreeMap<String, String>| {
            row.iter()
                .all(|(column, value)| column == "uid" || column.ends_with("_id") || other.get(column) == Some(value))
        };
        let same = after.iter().filter(|(of, _)| of.0 == key.0).any(|(_, other)| is_twin(other));
        let joined = after.get(key).is_some_and(|now| {
            now.iter().all(|(column, value)| {
                // Two entries of one source are one after the joining.
                let is_same_source =
                    column == "source_id" && title(after, Some(value)) == title(theirs, row.get(column));
                let ours = before.get(key).and_then(|row| row.get(column));
                row.get(column) == Some(value) || ours == Some(value) || is_same_source
            })
        });
        let has_conflict_of_table =
            report.conflicts.iter().any(|conflict| conflict.record == format!("record-{}", key.0.replace('_', "-")));
        if !(is_named || same || joined || has_conflict_of_table) {
            return Err(format!("theirs is lost: {key:?}: {report:?}"));
        }
    }
    // And what was here is here, but for what they took away and nobody here touched.
    for (key, row) in before {
        let gone_there = base.contains_key(key) && !theirs.contains_key(key);
        if !after.contains_key(key) && !gone_there {
            return Err(format!("ours is lost: {key:?}"));
        }
        let untouched = base.get(key) == theirs.get(key) || !theirs.contains_key(key);
        if untouched && after.get(key).is_some_and(|now| now != row) {
            return Err(format!("ours was changed though they did not touch it: {key:?}"));
        }
    }
    Ok(())
}

/// What both laptops share, and what each did since.
type Histories = (Vec<Step>, Vec<Step>, Vec<Step>);

/// Joins two histories, with somebody at the joined file before it is looked at. How many rows were taken and how many
/// differences shown; or what is wrong.
fn joined((shared, ours, theirs): Histories, fault: impl Fn(&Path)) -> Result<(usize, usize), String> {
    let mut world = World::new();
    let mut people = Vec::new();
    let run = |world: &mut World, people: &mut Vec<String>, steps: Vec<Step>| {
        steps.into_iter().for_each(|step| take(world, people, step));
    };
    run(&mut world, &mut people, shared);
    let (base, world) = open_again(world);
    let (mut here, mut there) = twin(world);
    run(&mut here, &mut people.clone(), ours);
    run(&mut there, &mut people, theirs);
    let (_folder, file) = closed(there);
    let theirs = rows(&file);
    let (before, mut here) = open_again(here);
    let digest = here.ledger.digest().expect("readable");
    let report = join(&mut here, &file, &[]);
    fault(&here.path());
    let (after, mut here) = open_again(here);
    nothing_of_theirs_is_lost(&base, &before, &theirs, &after, &report)?;
    let again = join(&mut here, &file, &[]);
    if !again.taken.is_empty() {
        return Err(format!("joined again, something is new: {again:?}"));
    }
    if !report.taken.is_empty() {
        here.try_run(Command::Undo).map_err(|error| format!("cannot be undone: {error}"))?;
        if here.ledger.digest().expect("readable") != digest {
            return Err("not the same after undoing".to_owned());
        }
    }
    Ok((report.taken.values().sum(), report.conflicts.len()))
}

#[test]
fn the_suite_of_joins_bites_where_a_row_of_theirs_or_ours_is_not_there_afterwards() {
    let histories = || {
        let told = |who| Step::Record(who, Outcome::Told, 3);
        (vec![Step::Add(1), Step::Contact(1)], vec![Step::Add(2), Step::Contact(2)], vec![Step::Add(3), told(0)])
    };
    assert!(joined(histories(), |_| {}).expect("without the fault").0 > 1);
    for (fault, says) in [
        ("DELETE FROM offer", "theirs is lost: (\"offer\""),
        ("DELETE FROM resident WHERE id = (SELECT max(id) FROM resident)", "theirs is lost: (\"resident\""),
        (
            "DELETE FROM contact_person WHERE id = (SELECT max(id) FROM contact_person)",
            "ours is lost: (\"contact_person\"",
        ),
        (
            "UPDATE contact_person SET phone = '19900009999'",
            "ours was changed though they did not touch it: (\"contact_person\"",
        ),
        (
            "INSERT INTO village_group (uid, name) VALUES ('0192f0c1-0000-7000-8000-000000000001', '九组')",
            "not the same after undoing",
        ),
    ] {
        let wrong = joined(histories(), |path| {
            let conn = behind_our_back(path);
            conn.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
            assert!(conn.execute(fault, []).unwrap_or_else(|error| panic!("{fault}: {error}")) > 0);
        });
        let wrong = wrong.expect_err(fault);
        assert!(wrong.starts_with(says), "{fault}: {wrong}");
    }
}

#[test]
fn random_histories_joined_lose_nothing_and_are_taken_back_as_one() {
    let runs = number("XIANGLI_TEST_JOINS", 40);
    let seed = number("XIANGLI_TEST_SEED", 20_261_123);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(prop::test_runner::RngAlgorithm::ChaCha, &bytes),
    );
    let steps = (
        prop::collection::vec(step(), 1..15),
        prop::collection::vec(step(), 1..20),
        prop::collection::vec(step(), 1..20),
    );
    let (mut conflicts, mut taken) = (0, 0);
    for _ in 0..runs {
        let histories = steps.new_tree(&mut runner).expect("steps").current();
        let came = joined(histories, |_| {}).unwrap_or_else(|wrong| panic!("{wrong}"));
        taken += came.0;
        conflicts += came.1;
    }
    eprintln!("{runs} pairs of histories: {taken} rows taken, {conflicts} differences shown");
    assert!(runs < 40 || taken > 40 && conflicts > 0);
}
