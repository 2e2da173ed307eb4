//! A damaged ledger beside the plain case: what was deleted for good and what was handed over stay so whichever way is
//! taken, a recovery that was cut off goes on from the file moved aside, and a clock that was set back misleads nobody.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use xiangli::domain::consent::{Channel, Purpose};
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::backups;
use xiangli::ledger::command::Agreed;
use xiangli::ledger::command::{Command, ResidentEdit};
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::recovery::{Condition, Findings, Way, look, recover};
use xiangli::ledger::restore::{Later, Restored};

use crate::support::program::FILE;
use crate::support::world::{World, day, key, stamp};

fn phone(resident: &str, phone: &str) -> Command {
    let edit = Box::new(ResidentEdit { phone: Some(phone.to_owned()), ..ResidentEdit::default() });
    Command::EditResident { resident: resident.to_owned(), edit, source: "本人说".into() }
}

fn back_up(world: &mut World) -> PathBuf {
    world.ledger.back_up(&stamp(world.today), &Unwatched).expect("a backup").path
}

fn way(path: &Path) -> Way {
    Way::with_key(path, &key())
}

fn found(path: &Path) -> Findings {
    look(&way(path), &Unwatched).expect("looked at")
}

fn recovered(path: &Path, backup: &Path, later: Later) -> Restored {
    recover(&way(path), backup, later, &stamp(day("2026-11-23")), &Unwatched).expect("recovered")
}

/// Whether a word can be read in the pages of a ledger.
fn holds(path: &Path, word: &str) -> bool {
    let copy = path.with_extension("looked");
    fs::copy(path, &copy).expect("copied");
    let conn = opened(&copy);
    let rows = conn
        .prepare("SELECT coalesce(before, '') FROM change_row")
        .and_then(|mut rows| rows.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>());
    rows.expect("readable").iter().any(|before| before.contains(word))
}

fn opened(path: &Path) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(path).expect("it opens");
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32))).expect("the key");
    conn
}

fn marks(path: &Path) -> HashSet<String> {
    let conn = opened(path);
    let rows = conn
        .prepare("SELECT mark FROM tombstone")
        .and_then(|mut rows| rows.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<_>>());
    rows.expect("readable")
}

/// The files of a ledger that was closed, without SQLite's own beside it.
fn close(world: World) -> (tempfile::TempDir, PathBuf) {
    let World { folder, ledger, .. } = world;
    drop(ledger);
    let path = folder.path().join(FILE);
    (folder, path)
}

#[test]
fn the_backup_alone_keeps_every_mark_and_drops_the_past_that_went_for_good() {
    let mut world = World::new();
    world.today = day("2023-01-05");
    let uid = world.person("李秀英", "1949-03-01", None);
    let agreed = Box::new(Agreed { channel: Channel::Spoken, witness: "周会计".into(), guardian: None });
    let (resident, purpose, on) = (uid.clone(), Purpose::Services, world.today);
    world.run(Command::GiveConsent { resident: resident.clone(), purpose, on, agreed });
    world.run(Command::WithdrawConsent { resident, purpose, on });
    let early = back_up(&mut world);
    assert!(holds(&early, "周会计"));
    // Entered and deleted for good since: no row of it is in the early backup.
    let later = world.person("赵银花", "1947-03-01", None);
    world.today = day("2026-01-05");
    // Kept where no thinning out takes it away.
    let with_both = world.folder.path().join("kept.xlg");
    fs::copy(back_up(&mut world), &with_both).expect("copied");
    let stamp = stamp(world.today);
    world.ledger.purge_person(&later, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    let due = world.ledger.due_for_deletion(world.today).expect("readable");
    let chosen: BTreeSet<String> = due.into_iter().map(|row| row.uid).collect();
    assert!(!chosen.is_empty());
    world.ledger.purge_due(&chosen, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    let (_folder, path) = close(world);
    let before = marks(&path);
    let restored = recovered(&path, &early, Later::Leave);
    restored.ledger.check().expect("the history adds up");
    assert!(restored.ledger.resident(&later).is_err());
    drop(restored);
    assert!(!holds(&path, "周会计"), "its past does not come back");
    assert!(marks(&path).is_superset(&before), "every mark is kept");
    // So a backup from between them brings nobody back either.
    let restored = recovered(&path, &with_both, Later::Leave);
    assert!(restored.ledger.resident(&later).is_err(), "deleted for good");
    restored.ledger.check().expect("the history adds up");
}

#[test]
fn a_recovery_that_was_cut_off_goes_on_from_the_file_moved_aside() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let backup = back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let (digest, head) = (world.ledger.digest().expect("readable"), world.ledger.chain_head().expect("readable"));
    let (_folder, path) = close(world);
    let aside =
        path.with_file_name(format!("{}-aside-20261122-090000.xlg", path.file_stem().expect("a name").display()));
    fs::rename(&path, &aside).expect("moved");
    fs::write(path.with_extension("xlg.keys"), b"there").expect("written");
    let findings = found(&path);
    assert_eq!((findings.condition, findings.later, findings.lost()), (Condition::AsideSound, Some(1), Some(0)));
    let restored = recovered(&path, &backup, Later::Replay);
    assert_eq!((restored.replayed, restored.moved_aside.as_deref()), (1, Some(aside.as_path())));
    assert_eq!(restored.ledger.digest().expect("readable"), digest);
    assert_eq!(restored.ledger.chain_head().expect("readable"), head);
}

#[test]
fn a_damaged_copy_that_was_handed_over_stays_one_that_only_reads() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let backup = back_up(&mut world);
    // As handing over leaves it.
    world.ledger.set_local_setting("handed-over", "2026-11-23").expect("remembered");
    let (_folder, path) = close(world);
    let sound = fs::read(&path).expect("readable");
    let (mut stays, mut tried) = (0, 0);
    // The first page alone is what a connection needs; spoilt further on, it opens and does not read.
    for page in 1..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 600] ^= 0x10;
        fs::write(&path, &bytes).expect("spoilt");
        let restored = recovered(&path, &backup, Later::Leave);
        let is_kept = restored.ledger.handed_over().expect("readable").is_some();
        assert!(restored.ledger.resident(&uid).is_ok());
        drop(restored);
        stays += usize::from(is_kept);
        tried += 1;
    }
    eprintln!("{stays} of {tried}");
    assert!(stays * 10 > tried * 8, "{stays} of {tried}");
}

#[test]
fn a_clock_that_was_set_back_does_not_hide_the_backup_with_the_most_steps() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let first = back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let second = back_up(&mut world);
    let revision = world.ledger.revision().expect("readable");
    let (_folder, path) = close(world);
    let name = second.file_name().expect("a name").to_string_lossy().replace("20261123", "20261120");
    fs::rename(&second, second.with_file_name(&name)).expect("renamed");
    assert_eq!(backups(&path).expect("readable")[0].path, first);
    fs::write(&path, vec![3; 9000]).expect("spoilt");
    let backup = found(&path).backup.expect("sound");
    assert_eq!((backup.revision, backup.path.file_name()), (revision, Some(name.as_ref())));
}

#[test]
fn a_backup_of_any_older_version_is_sound() {
    for version in 1..=6 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("v.xlg");
        fs::create_dir(folder.path().join("backups")).expect("made");
        let backup = folder.path().join(format!("backups/v-20261123T090000-r9-schema{version}.xlg"));
        fs::copy(format!("tests/ledgers/v{version}.xlg"), &backup).expect("copied");
        let findings = found(&path);
        let sound = findings.backup.unwrap_or_else(|| panic!("version {version} is sound"));
        assert_eq!(findings.damaged_backups, 0);
        let restored = recovered(&path, &backup, Later::Leave);
        assert_eq!(restored.ledger.overview().expect("readable").residents, sound.residents, "version {version}");
    }
}

#[test]
fn a_row_beside_the_log_that_has_no_place_does_not_give_up_the_changes() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let backup = back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let head = world.ledger.chain_head().expect("readable");
    let (_folder, path) = close(world);
    let conn = opened(&path);
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON; \
         INSERT INTO access_log (at, by, about, purpose) VALUES ('2026-11-23', 'x', 'x', '')",
    )
    .expect("a row that no rule allows");
    drop(conn);
    let restored = recovered(&path, &backup, Later::Replay);
    assert_eq!((restored.replayed, restored.ledger.chain_head().expect("readable")), (1, head));
    drop(restored);
    Ledger::open(&path, &key()).expect("it opens").check().expect("sound");
}
