//! Ledgers of every version so far open, are brought up, and are then as if laid out anew; their history still adds up.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;

use rusqlite::Connection;
use xiangli::domain::care::CareKind;
use xiangli::domain::consent::Purpose;
use xiangli::domain::offer::State;
use xiangli::domain::resident::{FactKind, FactValue};
use xiangli::ledger::command::Command;
use xiangli::ledger::demo::Plan;
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::{Ledger, NewVillage, VillageKind};

use crate::support::forge::behind_our_back;
use crate::support::world::{ELDER, World, day, key, stamp};

/// The sealed file of another version, copied to a folder of its own.
fn golden(version: &str) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    fs::copy(format!("tests/ledgers/{version}.xlg"), &path).expect("kept in tests/ledgers");
    let ledger = Ledger::open(&path, &key()).expect("an older ledger opens");
    World { folder, ledger, today: day("2026-11-23") }
}

/// Every table and index, its statement without comments and line breaks.
fn schema(path: &Path) -> BTreeMap<String, String> {
    let conn = Connection::open(path).expect("opens");
    let hex: String = [7_u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_memory_security = OFF;")).expect("the key");
    let mut rows = conn.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").expect("readable");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("readable");
    let plain = |sql: String| {
        let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
        let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        words.join(" ").replace("( ", "(").replace(" )", ")")
    };
    rows.map(|row| row.expect("a row")).map(|(name, sql)| (name, plain(sql))).collect()
}

#[test]
fn a_ledger_of_version_1_is_brought_up_with_all_that_is_in_it() {
    let mut world = golden("v1");
    world.ledger.check().expect("its history still adds up");
    let overview = world.ledger.overview().expect("readable");
    assert_eq!((overview.residents, overview.revision), (2, 9), "one of three moved away; eight steps and an undo");
    let list = world.ledger.list(ELDER, world.today).expect("a list");
    assert_eq!(list.rows.iter().filter(|row| row.state == State::Been).count(), 1);
    let backups = fs::read_dir(world.folder.path().join("backups")).expect("a backup was made before").count();
    assert!(backups > 0);
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

#[test]
fn a_ledger_of_version_2_is_brought_up_with_its_facts_and_merges() {
    let mut world = golden("v2");
    world.ledger.check().expect("its history still adds up: the table of facts was laid out anew");
    let list = world.ledger.list(ELDER, world.today).expect("a list");
    let been: Vec<_> = list.rows.iter().filter(|row| row.state == State::Been).collect();
    assert_eq!(been.len(), 1, "two records of her are one person");
    let uid = been[0].uid.clone();
    let value = FactValue::from_word(FactKind::Registered, "here").expect("a value");
    world.run(Command::SetFact { resident: uid, value, source: "户口簿".into(), on: world.today });
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
    world.ledger.check().expect("and the history adds up");
}

#[test]
fn a_ledger_of_version_3_is_brought_up_with_its_applications_and_consents() {
    let mut world = golden("v3");
    world.ledger.check().expect("its history still adds up");
    let year = world.ledger.benefit_year(2026).expect("readable");
    assert_eq!((year.persons, year.fen), (1, 360_000));
    let list = world.ledger.list(ELDER, world.today).expect("a list");
    assert_eq!(list.rows.iter().filter(|row| row.state == State::Been).count(), 1);
    assert_eq!(world.ledger.asked(Purpose::Services).expect("readable").all.given, 1);
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

#[test]
fn a_ledger_of_version_4_is_brought_up_with_its_tasks_rounds_and_care() {
    let mut world = golden("v4");
    world.ledger.check().expect("its history still adds up");
    assert_eq!(world.ledger.care(CareKind::Pairing).expect("readable").len(), 1);
    assert_eq!(world.ledger.outreach().expect("readable").len(), 1);
    assert_eq!(world.ledger.noted_tasks().expect("readable").len(), 1);
    assert!(!world.ledger.round_sheet(None).expect("a round").stops.is_empty());
    assert!(world.ledger.campaigns(world.today).expect("readable").is_empty());
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

#[test]
fn a_ledger_of_version_5_is_brought_up_with_its_campaigns() {
    let mut world = golden("v5");
    world.ledger.check().expect("its history still adds up");
    let campaigns = world.ledger.campaigns(world.today).expect("readable");
    assert_eq!(campaigns.len(), 1);
    assert!(world.ledger.hand_ups().expect("readable").is_empty());
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

#[test]
fn a_ledger_of_version_6_is_brought_up_with_its_office_its_files_and_its_months() {
    let mut world = golden("v6");
    world.ledger.check().expect("its history still adds up");
    assert_eq!(world.ledger.hand_ups().expect("readable").len(), 1);
    assert_eq!(world.ledger.closed_months().expect("readable").len(), 1);
    assert!(world.ledger.incidents().expect("readable").is_empty());
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

#[test]
fn a_ledger_of_version_7_opens_with_what_privacy_wrote() {
    let mut world = golden("v7");
    world.ledger.check().expect("its history still adds up");
    assert_eq!(
        (world.ledger.overview().expect("readable").residents, world.ledger.hand_ups().expect("readable").len()),
        (4, 1)
    );
    assert_eq!(world.ledger.incidents().expect("readable").remove(0).still_to_tell().len(), 2);
    assert_eq!(
        (world.ledger.holds().expect("readable").len(), world.ledger.looks_in_year(2026).expect("readable")),
        (1, 1)
    );
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "what the older program did can be taken back");
}

/// Whoever watches, and at which sight of it has enough.
struct Watch {
    seen: Mutex<Vec<(u64, u64)>>,
    enough: usize,
}

impl Progress for Watch {
    fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
        let mut seen = self.seen.lock().expect("one thread");
        seen.push((done, total));
        if seen.len() > self.enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn bringing_up_is_watched_and_can_be_stopped_at_every_step_with_the_old_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    fs::copy("tests/ledgers/v1.xlg", &path).expect("kept in tests/ledgers");
    // What it holds: the version of its schema, too, and the history that all of it is proved by.
    let look = || {
        let conn = behind_our_back(&path);
        let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
        let head: Vec<u8> = conn
            .query_row("SELECT hash FROM change ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
            .expect("a history");
        let counts = ["resident", "household", "change", "change_row", "offer"]
            .map(|table| number(&format!("SELECT count(*) FROM {table}")));
        (schema(&path), number("PRAGMA user_version"), counts, head)
    };
    let (before, mut parts) = (look(), [0, 0]);
    for enough in 0.. {
        let watch = Watch { seen: Mutex::default(), enough };
        let opened = Ledger::open_watched(&path, &key(), &watch);
        let seen = watch.seen.into_inner().expect("one thread");
        assert!(seen.is_sorted() && seen.iter().all(|(done, total)| done <= total), "{seen:?}");
        let in_backup = seen.iter().filter(|(done, total)| done * 2 < *total).count();
        parts = [parts[0].max(in_backup), parts[1].max(seen.len() - in_backup)];
        match opened {
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::Cancelled);
                assert_eq!(look(), before);
            }
            Ok(ledger) => {
                assert!(parts[0] > 0 && parts[1] == 6, "a backup and six steps are seen: {parts:?}");
                ledger.check().expect("its history still adds up");
                let kept = fs::read_dir(folder.path().join("backups")).expect("a backup was made before").count();
                assert_eq!(kept, 1, "one backup, however often it was stopped");
                break;
            }
        }
    }
}

#[test]
fn a_ledger_that_was_brought_up_equals_a_fresh_one() {
    for version in ["v1", "v2", "v3", "v4", "v5", "v6", "v7"] {
        is_as_fresh(version, |_| {}).unwrap_or_else(|wrong| panic!("{version}: {wrong}"));
    }
}

/// Brings up a copy of a golden ledger at which somebody was; what is then wrong with it.
fn is_as_fresh(version: &str, fault: impl Fn(&Path)) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    fs::copy(format!("tests/ledgers/{version}.xlg"), &path).expect("kept in tests/ledgers");
    fault(&path);
    let open = || Ledger::open(&path, &key()).map_err(|error| format!("does not open: {error}"));
    let ledger = open()?;
    ledger.check().map_err(|error| format!("does not add up: {error}"))?;
    drop(ledger);
    let World { folder: _fresh, ledger, .. } = World::new();
    let fresh = ledger.path().to_owned();
    drop(ledger);
    if schema(&path) != schema(&fresh) {
        return Err("is not laid out as a fresh one".to_owned());
    }
    let mut again = open()?;
    for turn in [Command::Undo, Command::Redo] {
        again.run(&turn, &stamp(day("2026-11-23"))).map_err(|error| format!("does not work on: {error}"))?;
    }
    Ok(())
}

#[test]
fn the_suite_of_versions_bites_where_a_row_was_changed_or_a_step_is_missing() {
    for (fault, says) in [
        ("UPDATE resident SET phone = '19900009999'", "does not open: Damaged: Message(error-chain-broken)"),
        ("PRAGMA user_version = 7", "is not laid out as a fresh one"),
        ("CREATE TABLE left_over (a INTEGER) STRICT", "is not laid out as a fresh one"),
    ] {
        let wrong = is_as_fresh("v6", |path| behind_our_back(path).execute_batch(fault).expect("done"));
        let wrong = wrong.expect_err(fault);
        assert!(wrong.starts_with(says), "{fault}: {wrong}");
    }
}

/// A village of so many people as a ledger of version 6 would hold it: the last step adds tables and nothing else.
fn large_of_version_6(residents: usize) -> World {
    let (folder, today) = (tempfile::tempdir().expect("a folder"), day("2026-11-23"));
    let path = folder.path().join("v.xlg");
    let new = NewVillage { code: "421399100201".into(), name: "柳河村".into(), kind: VillageKind::Demo };
    let mut ledger = Ledger::create(&path, &key(), &new, Some([1; 32]), &stamp(today)).expect("a new ledger");
    ledger.fill_demo(Plan { residents, seed: 7 }, &stamp(today), &Unwatched).expect("people");
    drop(ledger);
    let conn = behind_our_back(&path);
    let step = include_str!("../../src/ledger/store/migrations/7.sql");
    for table in step.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split_whitespace().next()) {
        conn.execute_batch(&format!("DROP TABLE {table}")).expect("it was there");
    }
    conn.execute_batch("PRAGMA user_version = 6").expect("written");
    drop(conn);
    let begun = std::time::Instant::now();
    let ledger = Ledger::open(&path, &key()).expect("it is brought up");
    eprintln!("{residents} residents brought up, with the backup before, in {:?}", begun.elapsed());
    // Optimised it is a fraction of that.
    assert!(begun.elapsed().as_secs() < if cfg!(debug_assertions) { 120 } else { 30 });
    World { folder, ledger, today }
}

#[test]
fn a_village_of_3000_is_brought_up_at_once() {
    let world = large_of_version_6(3_000);
    assert!(world.ledger.overview().expect("readable").residents > 2_900);
    world.ledger.check().expect("its history still adds up");
}

#[test]
#[ignore = "50,000 people take minutes to be made up"]
fn a_ledger_of_50_000_is_brought_up_within_half_a_minute() {
    large_of_version_6(50_000).ledger.check().expect("its history still adds up");
}
