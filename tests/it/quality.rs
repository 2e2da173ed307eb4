//! The data-quality list: found by one walk, mended by one click, and the people by age.

use std::collections::BTreeMap;
use std::process::Command as Program;

use rusqlite::{Connection, params};
use xiangli::domain::disclosure::FileFormat;
use xiangli::domain::offer::Outcome;
use xiangli::domain::quality::{Kind, Mend, Severity};
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::{Command, Merge};
use xiangli::ledger::material::{ChartKind, PaperWish};
use xiangli::ledger::quality::{FindingRow, by_id_number};
use xiangli::paper::faces::Faces;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::world::{World, day};

/// An id number of the test county with the check character that fits.
fn id(digits: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn kinds(world: &World, uid: &str) -> Vec<Kind> {
    let found = world.ledger.quality(world.today).expect("read");
    found.rows.iter().filter(|row| row.uid == uid).map(|row| row.kind).collect()
}

/// Writes beside the log what no command would: an old or foreign ledger may hold it.
fn spoil(world: &World, sql: &str, uid: &str, value: &str) {
    let conn = Connection::open(world.ledger.path()).expect("opens");
    let hex: String = [7_u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_memory_security = OFF;")).expect("the key");
    conn.execute(sql, params![uid, value]).expect("written");
}

#[test]
fn one_click_mends_what_the_id_number_decides_and_is_one_step_of_undo() {
    let mut world = World::new();
    let uid = world.person("张建国", "1961-03-09", Some(Residency::Here));
    spoil(&world, "UPDATE resident SET id_number = ?2, sex = 'female' WHERE uid = ?1", &uid, &id("42139919630309001"));
    let found = kinds(&world, &uid);
    assert!(found.starts_with(&[Kind::BornAgainstId, Kind::SexAgainstId]), "{found:?}");
    let row = world.ledger.resident(&uid).expect("there");
    world.run(by_id_number(&row.uid, &row.id_number, "身份证").expect("a sound number"));
    let mended = kinds(&world, &uid);
    assert!(!mended.contains(&Kind::BornAgainstId) && !mended.contains(&Kind::SexAgainstId), "{mended:?}");
    world.run(Command::Undo);
    assert_eq!(kinds(&world, &uid), found);
}

#[test]
fn who_stands_behind_another_or_has_gone_is_not_looked_at() {
    let mut world = World::new();
    let one = world.person("张建国", "1961-03-09", None);
    let other = world.person("张建国", "1961", None);
    assert!(
        kinds(&world, &other).contains(&Kind::BornPartial) && kinds(&world, &one).contains(&Kind::ResidencyMissing)
    );
    assert_eq!(world.ledger.pyramid(world.today).expect("read").total().all(), 2);
    world.run(Command::Merge(Box::new(Merge { listed: one, behind: other.clone(), taken: Vec::new() })));
    assert_eq!(kinds(&world, &other), []);
    assert_eq!(world.ledger.pyramid(world.today).expect("read").total().all(), 1);
}

#[test]
fn counts_are_the_names_behind_them_and_come_in_order_of_severity() {
    let mut world = World::new();
    world.person("张建国", "1961", None);
    let found = world.ledger.quality(world.today).expect("read");
    let mut by_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    found.rows.iter().for_each(|row| *by_kind.entry(row.kind).or_default() += 1);
    assert!(found.counts.iter().all(|(kind, count)| by_kind.get(kind) == Some(count)));
    assert_eq!(found.counts.len(), by_kind.len());
    assert!(found.counts.is_sorted_by_key(|(kind, _)| (kind.severity(), *kind)));
    let of = |kind| found.rows.iter().find(|row: &&FindingRow| row.kind == kind);
    assert!(of(Kind::NoStandard).is_some_and(|row| row.mend == Mend::Standards));
    assert!(!format!("{:?}", found.rows).contains("张"), "nothing personal in Debug");
}

#[test]
fn the_printed_numbers_are_those_of_the_screen() {
    let mut world = World::new();
    world.person("张建国", "1961-03-09", Some(Residency::Here));
    world.person("王秀珍", "1961", None);
    let pyramid = world.ledger.pyramid(world.today).expect("read");
    let words = Words::new(Language::Chinese);
    for format in FileFormat::ALL {
        let order = Order { format: *format, ..Order::new(PaperWish::Pyramid, &words) };
        let content =
            order.content(&world.ledger.gather(&order.wish, world.today).expect("read"), &words).expect("made");
        let texts = content.texts(&words);
        let from = texts.iter().position(|text| text == "合计").expect("the head");
        let numbers: Vec<u64> = texts[from + 1..].iter().filter_map(|text| text.parse().ok()).collect();
        let rows = [pyramid.total(), pyramid.aside].into_iter().chain(pyramid.bands.iter().rev().copied());
        let expected: Vec<u64> = rows.flat_map(|of| [of.male, of.female, of.unknown, of.all()]).collect();
        assert_eq!(numbers, expected);
        let made = content.made(*format, &words, &Faces::new(None).expect("the face"));
        assert!(made.is_ok_and(|made| made.bytes.len() > 2_000));
    }
}

fn program(ledger: &std::path::Path, words: &[&str]) -> serde_json::Value {
    let mut program = Program::new(env!("CARGO_BIN_EXE_xiangli"));
    let output = program.arg("--ledger").arg(ledger).args(words).env("XIANGLI_TODAY", "2026-11-23").output();
    serde_json::from_slice(&output.expect("it runs").stdout).unwrap_or_default()
}

#[test]
fn the_demo_village_has_plausible_findings_and_its_bands_add_up_to_its_residents() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    program(&ledger, &["demo", "--residents", "900"]);
    let found = program(&ledger, &["quality", "--json"]);
    let rows = found["rows"].as_array().expect("rows");
    let contradictory = rows.iter().filter(|row| row["severity"] == Severity::Contradictory.as_str()).count();
    assert!(contradictory < 10 && rows.len() < 2_000, "{} of them contradictory: {contradictory}", found["counts"]);
    let sum: u64 = found["counts"].as_object().expect("counts").values().filter_map(|count| count.as_u64()).sum();
    assert_eq!(sum, rows.len() as u64);
    assert!(rows.iter().all(|row| row["mend"].as_str().is_some_and(|mend| !mend.is_empty())));

    let pyramid = program(&ledger, &["pyramid", "--json"]);
    let of = |counted: &serde_json::Value| -> u64 {
        ["male", "female", "unknown"].iter().filter_map(|sex| counted[*sex].as_u64()).sum()
    };
    let bands: u64 = pyramid["rows"].as_array().expect("bands").iter().map(of).sum();
    assert_eq!(
        (bands + of(&pyramid["aside"]), pyramid["rows"].as_array().map(Vec::len)),
        (of(&pyramid["total"]), Some(21))
    );
    let residents = program(&ledger, &["residents", "--json"]);
    let present = residents["rows"].as_array().expect("rows").iter().filter(|row| row["standing"] == "present").count();
    assert_eq!(of(&pyramid["total"]), present as u64);
}

#[test]
fn a_programme_s_months_add_up_to_who_was_told_and_its_ages_to_who_is_to_be_told() {
    let mut world = World::new();
    let people = ["张建国", "李桂英", "王秀珍"].map(|name| world.person(name, "1950-03-09", Some(Residency::Here)));
    for (uid, on) in people.iter().zip(["2026-09-30", "2026-10-01"]) {
        let (resident, programme, outcome) = (uid.clone(), "elder-check".to_owned(), Outcome::Told);
        world.run(Command::Record { resident, programme, outcome, on: day(on) });
    }
    let chart = world.ledger.programme_chart("elder-check", world.today).expect("counted");
    let told: Vec<u64> = chart.told.iter().map(|(_, told)| *told).collect();
    assert_eq!((chart.eligible, chart.told.len()), (3, 12));
    assert_eq!(told[8..], [0, 1, 2, 2], "August to November");
    assert_eq!((chart.to_tell.total().all(), chart.to_tell.bands[15].unknown), (1, 1));
    let words = Words::new(Language::Chinese);
    for kind in [ChartKind::Told, ChartKind::Ages] {
        let wish = PaperWish::Chart { programme: "elder-check".into(), kind };
        for format in FileFormat::ALL {
            let order = Order { format: *format, ..Order::new(wish.clone(), &words) };
            let gathered = world.ledger.gather(&order.wish, world.today).expect("read");
            let content = order.content(&gathered, &words).expect("made");
            assert!(!content.texts(&words).iter().any(|text| text.contains("张建国")), "numbers only");
        }
    }
}
