//! Privacy: what is kept and how long, and deletion for good: gone from every page of the file, from the history, from what
//! is typed, and not brought back by an old backup or another laptop.

use std::collections::BTreeSet;

use rusqlite::{Connection, MAIN_DB};
use xiangli::domain::consent::{Channel, Purpose};
use xiangli::domain::incident::{DataKind, Incident, IncidentKind, Told};
use xiangli::domain::kept::Use;
use xiangli::domain::look::LookReason;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::domain::retention::Keeping;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::{Agreed, Command, ResidentEdit};
use xiangli::ledger::keys::Unlock;
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::privacy::command::PrivacyCommand;
use xiangli::ledger::privacy::purge::{OldBackups, Purged};
use xiangli::ledger::privacy::report::PrivacyPaper;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::restore::restore;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::program::{TODAY, Village};
use crate::support::world::{ELDER, World, day, key, stamp};

const NAME: &str = "欧阳桂兰";

/// A ledger's file as it is, without the program around it.
pub fn open(path: &std::path::Path) -> Connection {
    let conn = Connection::open(path).expect("opens");
    let hex: String = [7_u8; 32].iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_memory_security = OFF;")).expect("the key");
    conn
}

/// Every page of it once unsealed, the free ones included.
pub fn pages(path: &std::path::Path) -> Vec<u8> {
    open(path).serialize(MAIN_DB).expect("all pages").to_vec()
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn purge(world: &mut World, uid: &str) -> Purged {
    let stamp = stamp(world.today);
    world.ledger.purge_person(uid, OldBackups::Keep, &stamp, &Unwatched).expect("deleted")
}

/// Somebody of whom there is something in most tables, with an earlier name and phone in the history.
fn known(world: &mut World, came: &str) -> String {
    let uid = world.person(NAME, "1950-03-01", Some(Residency::Here));
    let edit = ResidentEdit { phone: Some("19900001234".into()), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "入户登记".into() });
    let edit = ResidentEdit { phone: Some("19900005678".into()), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "入户登记".into() });
    world.run(Command::Record {
        resident: uid.clone(),
        programme: ELDER.into(),
        outcome: Outcome::Told,
        on: world.today,
    });
    world.run(Command::Attend { resident: uid.clone(), programme: ELDER.into(), on: day(came) });
    let stamp = stamp(world.today);
    world.ledger.keep_draft("resident", &uid, "{\"phone\":\"19900009999\"}", &stamp).expect("kept");
    world.ledger.keep_draft("note", "", &format!("{{\"what\":\"问问{NAME}\"}}"), &stamp).expect("kept");
    uid
}

#[test]
fn what_was_deleted_for_good_is_in_no_page_of_the_file_and_the_history_still_adds_up() {
    let mut world = World::new();
    let uid = known(&mut world, "2026-10-12");
    let other = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let texts = [NAME, "19900001234", "19900005678", "19900009999", "1950-03-01"];
    let before = pages(&world.path());
    let log = std::fs::read(world.path().with_extension("xlg-wal")).unwrap_or_default();
    assert!(!log.is_empty(), "the newest of it lies in the write-ahead log");
    let purged = purge(&mut world, &uid);
    assert!(purged.rows >= 4 && purged.log_emptied, "{purged:?}");
    assert!(!purged.old_backups.is_empty(), "one was made before");
    let after = pages(&world.path());
    for text in texts {
        assert!(holds(&before, text) || text == "19900009999", "{text} was there");
        assert!(!holds(&after, text), "a page still holds {text}");
    }
    assert!(holds(&after, "李秀英"));
    let log = std::fs::metadata(world.path().with_extension("xlg-wal")).map_or(0, |meta| meta.len());
    assert_eq!(log, 0);
    world.ledger.check().expect("the history adds up");
    assert!(world.ledger.drafts().expect("readable").is_empty());
    let filter = ResidentFilter { search: NAME.into(), limit: 5, ..ResidentFilter::default() };
    assert!(world.ledger.search(&filter).expect("readable").is_empty());
    // The newest backup holds it no more; older ones do, and go where that is wished.
    let backups = xiangli::ledger::backup::backups(&world.path()).expect("readable");
    assert!(!holds(&pages(&backups[0].path), NAME));
    assert!(backups[1..].iter().any(|backup| holds(&pages(&backup.path), NAME)));
    let stamp = stamp(world.today);
    let purged = world.ledger.purge_person(&other, OldBackups::Remove, &stamp, &Unwatched).expect("deleted");
    assert!(purged.old_backups.is_empty());
    assert_eq!(xiangli::ledger::backup::backups(&world.path()).expect("readable").len(), 1);
}

#[test]
fn undo_passes_over_what_was_deleted_for_good() {
    let mut world = World::new();
    let other = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let uid = known(&mut world, "2026-10-12");
    purge(&mut world, &uid);
    let mut steps = 0;
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
        steps += 1;
    }
    assert_eq!(steps, 1, "of two people one is left whose step can be taken back");
    assert!(world.ledger.resident(&other).is_err() && world.ledger.resident(&uid).is_err());
    world.run(Command::Redo);
    assert!(world.ledger.resident(&other).is_ok());
    world.ledger.check().expect("the history adds up");
}

#[test]
fn months_keep_their_numbers_and_name_nobody_who_is_gone() {
    use xiangli::domain::hand_up::Measure;
    let mut world = World::new();
    let uid = known(&mut world, "2026-10-12");
    let stamp = stamp(world.today);
    world.ledger.close_month("2026-10", &stamp).expect("closed");
    purge(&mut world, &uid);
    assert!(world.ledger.pending_adjustments(world.today).expect("readable").is_empty());
    for of in ["2026-10", "2026"] {
        let (report, key) =
            (world.ledger.month_report(of).expect("a report"), (ELDER.to_owned(), Measure::MonthChecked));
        assert_eq!((report.numbers[&key], report.unnamed[&key]), (1, 1), "{of}");
        assert!(report.people.get(&key).is_none_or(Vec::is_empty));
    }
}

#[test]
fn an_old_backup_does_not_bring_back_what_was_deleted_for_good() {
    let village = Village::new();
    let mut ledger = village.open().expect("it opens");
    let (gone, stays, stamp) = (&village.people[0], &village.people[1], stamp(day(TODAY)));
    let backup = ledger.back_up(&stamp, &Unwatched).expect("made").path;
    ledger.purge_person(gone, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    drop(ledger);
    let code = std::fs::read_to_string(village.beside("code")).expect("readable");
    let unlock = Unlock::PaperCode(PaperCode::parse(&code).expect("a code"));
    let restored = restore(&backup, &village.path(), &unlock, &stamp, &Unwatched).expect("restored");
    assert!(restored.ledger.resident(gone).is_err(), "deleted again");
    assert!(restored.ledger.resident(stays).is_ok());
    restored.ledger.check().expect("the history adds up");
}

#[test]
fn another_laptop_does_not_bring_back_what_was_deleted_for_good() {
    let mut world = World::new();
    let uid = known(&mut world, "2026-10-12");
    let other = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let stamp = stamp(world.today);
    let backup = world.ledger.back_up(&stamp, &Unwatched).expect("made").path;
    let there = world.folder.path().join("other/v.xlg");
    std::fs::create_dir_all(there.parent().expect("a folder")).expect("made");
    std::fs::copy(&backup, &there).expect("copied");
    let mut second = Ledger::open(&there, &key()).expect("it opens");
    // Here one is deleted, there the same one is told and another is deleted.
    purge(&mut world, &uid);
    let tell = Command::Record {
        resident: uid.clone(),
        programme: "flu-vaccine".into(),
        outcome: Outcome::Told,
        on: world.today,
    };
    let _ = second.run(&tell, &stamp);
    second.purge_person(&other, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    drop(second);
    let joined = world.ledger.join(&there, &BTreeSet::new(), &stamp, &Unwatched).expect("joined");
    assert!(joined.report.conflicts.is_empty(), "{:?}", joined.report);
    assert!(world.ledger.resident(&uid).is_err() && world.ledger.resident(&other).is_err());
    let bytes = pages(&world.path());
    assert!(!holds(&bytes, NAME) && !holds(&bytes, "李秀英"));
    world.ledger.check().expect("the history adds up");
}

#[test]
fn what_people_counted_for_is_counted_once_where_two_laptops_each_deleted_one() {
    let mut world = World::new();
    let uid = known(&mut world, "2026-10-12");
    let other = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    world.run(Command::Attend { resident: other.clone(), programme: ELDER.into(), on: day("2026-10-13") });
    let stamp = stamp(world.today);
    let backup = world.ledger.back_up(&stamp, &Unwatched).expect("made").path;
    let there = world.folder.path().join("other/v.xlg");
    std::fs::create_dir_all(there.parent().expect("a folder")).expect("made");
    std::fs::copy(&backup, &there).expect("copied");
    let mut second = Ledger::open(&there, &key()).expect("it opens");
    purge(&mut world, &uid);
    second.purge_person(&other, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    drop(second);
    let joined = world.ledger.join(&there, &BTreeSet::new(), &stamp, &Unwatched).expect("joined");
    assert!(joined.report.conflicts.is_empty(), "{:?}", joined.report);
    let report = world.ledger.month_report("2026-10").expect("a report");
    let checked = (ELDER.to_owned(), xiangli::domain::hand_up::Measure::MonthChecked);
    assert_eq!((report.numbers[&checked], report.unnamed[&checked]), (2, 2));
}

#[test]
fn what_is_due_is_listed_with_its_day_and_goes_for_good() {
    let mut world = World::new();
    world.today = day("2023-03-01");
    let gone = known(&mut world, "2023-02-12");
    world.run(Command::SetStanding { resident: gone.clone(), standing: Standing::MovedOut, on: world.today });
    let stays = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    world.today = day("2026-02-28");
    assert!(
        world.ledger.due_for_deletion(world.today).expect("readable").iter().all(|row| row.keeping != Keeping::Gone)
    );
    world.today = day("2026-03-01");
    let due = world.ledger.due_for_deletion(world.today).expect("readable");
    let row = due.iter().find(|row| row.keeping == Keeping::Gone).expect("three years");
    assert_eq!((row.uid.as_str(), row.since, row.due_on), (gone.as_str(), day("2023-03-01"), day("2026-03-01")));
    // A rule of the archive says longer.
    let keep = |days| {
        Command::Privacy(PrivacyCommand::SetRetention {
            keeping: Keeping::Gone, days, source: "县档案局通知".into()
        })
    };
    world.run(keep(Some(2_000)));
    assert!(
        world.ledger.due_for_deletion(world.today).expect("readable").iter().all(|row| row.keeping != Keeping::Gone)
    );
    for (days, source, key) in [(10, "通知", "error-retention-bounds"), (1_200, " ", "error-retention-source")] {
        let error = world.try_run(Command::Privacy(PrivacyCommand::SetRetention {
            keeping: Keeping::Gone,
            days: Some(days),
            source: source.into(),
        }));
        assert_eq!(error.expect_err("refused").message().key, key);
    }
    world.run(keep(None));
    let chosen: BTreeSet<String> = due.into_iter().map(|row| row.uid).collect();
    let stamp = stamp(world.today);
    let purged = world.ledger.purge_due(&chosen, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    assert!(purged.rows > 0 && world.ledger.resident(&gone).is_err() && world.ledger.resident(&stays).is_ok());
    assert!(world.ledger.due_for_deletion(world.today).expect("readable").is_empty());
    assert!(!holds(&pages(&world.path()), NAME));
}

#[test]
fn proof_of_consent_goes_three_years_after_the_withdrawal_and_that_it_was_withdrawn_stays() {
    let mut world = World::new();
    world.today = day("2023-01-05");
    let uid = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let agreed = Box::new(Agreed { channel: Channel::Spoken, witness: "周会计".into(), guardian: None });
    let (resident, purpose, on) = (uid.clone(), Purpose::Services, world.today);
    world.run(Command::GiveConsent { resident: resident.clone(), purpose, on, agreed });
    world.run(Command::WithdrawConsent { resident, purpose, on });
    world.today = day("2026-01-05");
    let due = world.ledger.due_for_deletion(world.today).expect("readable");
    assert_eq!(due.iter().map(|row| row.keeping).collect::<Vec<_>>(), [Keeping::Proof]);
    assert!(holds(&pages(&world.path()), "周会计"));
    let chosen = due.into_iter().map(|row| row.uid).collect();
    let stamp = stamp(world.today);
    world.ledger.purge_due(&chosen, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    assert!(!holds(&pages(&world.path()), "周会计"));
    assert!(world.ledger.withdrawn(&uid).expect("readable").hides(xiangli::domain::programme::Kind::Check));
    world.ledger.check().expect("the history adds up");
}

#[test]
fn a_record_that_a_rule_keeps_is_used_for_nothing_and_not_deleted_before() {
    let mut world = World::new();
    let uid = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let hold = |until| {
        Command::Privacy(PrivacyCommand::Hold {
            resident: uid.clone(),
            until: day(until),
            basis: "会计档案管理办法".into(),
        })
    };
    let past = world.try_run(hold("2026-11-23")).expect_err("not ahead");
    assert_eq!(past.message().key, "error-hold-until");
    world.run(hold("2036-12-31"));
    assert!(world.ledger.list(ELDER, world.today).expect("a list").rows.is_empty(), "it is in no list");
    assert_eq!(world.ledger.holds().expect("readable").len(), 1);
    let stamp = stamp(world.today);
    let error = world.ledger.purge_person(&uid, OldBackups::Keep, &stamp, &Unwatched).expect_err("kept");
    assert_eq!(error.message().key, "error-purge-held");
    world.run(Command::Privacy(PrivacyCommand::Release { resident: uid.clone() }));
    purge(&mut world, &uid);
    assert!(world.ledger.holds().expect("readable").is_empty());
}

#[test]
fn each_look_at_a_child_stays_written_down() {
    let mut world = World::new();
    let uid = world.person("李小雨", "2020-05-01", None);
    let stamp = stamp(world.today);
    world.ledger.note_look(&uid, LookReason::Guardian, &stamp).expect("noted");
    while world.ledger.next_turns().expect("readable").0.is_some() {
        world.run(Command::Undo);
    }
    let looks = world.ledger.looks(None, 5).expect("readable");
    assert_eq!(
        (looks.len(), looks[0].reason, world.ledger.looks_in_year(2026).expect("readable")),
        (1, LookReason::Guardian, 1)
    );
    assert!(world.ledger.note_look("nobody", LookReason::Duty, &stamp).is_err());
}

#[test]
fn a_loss_is_written_down_with_whom_it_concerns_and_who_was_told() {
    let mut world = World::new();
    let new = Incident {
        uid: String::new(),
        kind: IncidentKind::Paper,
        on: world.today,
        what: "赶集时丢了一张走访单".into(),
        data: vec![DataKind::Register, DataKind::Phone],
        people: 40,
        told: Vec::new(),
    };
    let without = Incident { data: Vec::new(), ..new.clone() };
    let error =
        world.try_run(Command::Privacy(PrivacyCommand::WriteIncident(Box::new(without)))).expect_err("of what?");
    assert_eq!(error.message().key, "error-incident-data");
    world.run(Command::Privacy(PrivacyCommand::WriteIncident(Box::new(new.clone()))));
    let written = world.ledger.incidents().expect("readable").remove(0);
    assert_eq!((written.people, &written.data, written.still_to_tell().len()), (40, &new.data, 3));
    let (incident, on) = (written.uid.clone(), world.today);
    world.run(Command::Privacy(PrivacyCommand::ToldOfIncident { incident, who: Told::Township, on }));
    let written = world.ledger.incidents().expect("readable").remove(0);
    assert_eq!((written.still_to_tell(), written.what), (vec![Told::Office, Told::People], new.what));
    world.run(Command::Undo);
    assert_eq!(world.ledger.incidents().expect("readable").remove(0).still_to_tell().len(), 3);
}

#[test]
fn the_printed_papers_have_the_ledgers_numbers_and_nobodys_name() {
    let mut world = World::new();
    let uid = world.person(NAME, "1950-03-01", Some(Residency::Here));
    world.person("李小雨", "2020-05-01", None);
    let agreed = Box::new(Agreed { channel: Channel::Spoken, witness: "周会计".into(), guardian: None });
    let (purpose, on) = (Purpose::Services, world.today);
    world.run(Command::GiveConsent { resident: uid, purpose, on, agreed });
    let new = Incident {
        uid: String::new(),
        kind: IncidentKind::Stick,
        on,
        what: "赶集时丢了U盘".into(),
        data: vec![DataKind::Register],
        people: 2,
        told: Vec::new(),
    };
    world.run(Command::Privacy(PrivacyCommand::WriteIncident(Box::new(new))));
    let incident = world.ledger.incidents().expect("readable").remove(0).uid;
    let papers = [
        (PrivacyPaper::Assessment, "现有2人，其中不满14岁的孩子1人。"),
        (PrivacyPaper::YearCheck(2026), "今年：1起"),
        (PrivacyPaper::ChildRules, "现有2人，其中不满14岁的孩子1人。"),
        (PrivacyPaper::EmergencyCard, "马上打电话告诉乡镇；能找回的先找，纸质的追回来。"),
        (PrivacyPaper::Incident(incident), "赶集时丢了U盘"),
    ];
    for language in [Language::Chinese, Language::English] {
        let words = Words::new(language);
        for (paper, says) in &papers {
            let order = Order::new(PaperWish::Privacy(paper.clone()), &words);
            let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
            let texts = order.content(&gathered, &words).expect("made").texts(&words).join("\n");
            assert!(language == Language::English || texts.contains(says), "{paper:?}: {texts}");
            assert!([NAME, "李小雨", "周会计"].iter().all(|name| !texts.contains(name)), "{paper:?}");
            assert!(!texts.contains("assessment-") && !texts.contains("year-check-"), "every key has its words");
        }
    }
}

/// Columns that are keys or say only when and whence something was entered.
fn is_plain_key(column: &str) -> bool {
    matches!(column, "id" | "uid") || column.ends_with("_id")
}

#[test]
fn no_column_about_a_person_is_missing_from_what_the_page_says_is_kept() {
    let conn = Connection::open_in_memory().expect("memory");
    conn.execute_batch(&std::fs::read_to_string("schema.sql").expect("the schema")).expect("valid");
    let named: BTreeSet<(String, String)> = Use::ALL
        .iter()
        .flat_map(|of| of.columns().iter())
        .flat_map(|(table, columns)| columns.iter().map(|column| ((*table).to_owned(), (*column).to_owned())))
        .collect();
    let tables = texts(&conn, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    let points_at = |table: &str| texts(&conn, &format!("SELECT \"table\" FROM pragma_foreign_key_list('{table}')"));
    // Whoever points at a person, or at what points at one, tells of a person.
    // At an office, whom villages named are nobody's record here.
    let mut about: BTreeSet<String> =
        ["resident", "household", "received_application", "received_appointment", "received_twin"]
            .map(str::to_owned)
            .into();
    for _ in 0..4 {
        let more =
            tables.iter().filter(|table| points_at(table).iter().any(|to| about.contains(to) && to != "household"));
        about.extend(more.cloned().collect::<Vec<_>>());
    }
    let mut there = BTreeSet::new();
    for table in &about {
        let columns = texts(&conn, &format!("SELECT name FROM pragma_table_info('{table}')"));
        there.extend(columns.into_iter().filter(|column| !is_plain_key(column)).map(|column| (table.clone(), column)));
    }
    assert_eq!(named, there);
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut rows = conn.prepare(sql).expect("a statement");
    rows.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a text")).collect()
}
