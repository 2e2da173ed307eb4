//! A damaged ledger beside the plain case: what was deleted for good and what was handed over stay so whichever way is
//! taken, a recovery that was cut off is put right, a clock that was set back misleads nobody; the packet
//! for whoever helps, the command line, and the rehearsal of a backup.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::Value;
use xiangli::domain::consent::{Channel, Purpose};
use xiangli::domain::message::Say as _;
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::{Proved, backups};
use xiangli::ledger::command::{Agreed, Command};
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::keys::Unlock;
use xiangli::ledger::packet::write_packet;
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::recovery::{Condition, Way, look, look_alone};
use xiangli::ledger::restore::{Later, restore_by_key};
use xiangli::ledger::sealed::start;

use crate::damage::{PAGE, back_up, files, found, phone, recovered_from, tell};
use crate::support::program::{FILE, Village};
use crate::support::world::{World, day, key, stamp, village as new_village};

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
    let early = back_up(&mut world).path;
    assert!(holds(&early, "周会计"));
    // Entered and deleted for good since: no row of it is in the early backup.
    let later = world.person("赵银花", "1947-03-01", None);
    world.today = day("2026-01-05");
    // Kept where no thinning out takes it away.
    let with_both = world.folder.path().join("kept.xlg");
    fs::copy(back_up(&mut world).path, &with_both).expect("copied");
    let stamp = stamp(world.today);
    world.ledger.purge_person(&later, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    let due = world.ledger.due_for_deletion(world.today).expect("readable");
    let chosen: BTreeSet<String> = due.into_iter().map(|row| row.uid).collect();
    assert!(!chosen.is_empty());
    world.ledger.purge_due(&chosen, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    let (folder, path) = close(world);
    let before = marks(&path);
    let restored = recovered_from(folder.path(), &early, Later::Leave);
    restored.ledger.check().expect("the history adds up");
    assert!(restored.ledger.resident(&later).is_err());
    drop(restored);
    assert!(!holds(&path, "周会计"), "its past does not come back");
    assert!(marks(&path).is_superset(&before), "every mark is kept");
    // So a backup from between them brings nobody back either.
    let restored = recovered_from(folder.path(), &with_both, Later::Leave);
    assert!(restored.ledger.resident(&later).is_err(), "deleted for good");
    restored.ledger.check().expect("the history adds up");
}

#[test]
fn a_recovery_that_was_cut_off_is_put_right_before_anybody_looks() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let digest = world.ledger.digest().expect("readable");
    let (_folder, path) = close(world);
    let stem = path.file_stem().expect("a name").display().to_string();
    fs::rename(&path, path.with_file_name(format!("{stem}-aside-20261122-090000.xlg.moving"))).expect("moved");
    let findings = look_alone(&Way::with_key(&path, &key()), &Unwatched).expect("looked");
    assert_eq!((findings.condition, findings.later), (Condition::Sound, Some(1)));
    assert_eq!(Ledger::open(&path, &key()).expect("it opens").digest().expect("readable"), digest);
}

#[test]
fn a_damaged_copy_that_was_handed_over_stays_one_that_only_reads() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let backup = back_up(&mut world).path;
    // As handing over leaves it.
    world.ledger.set_local_setting("handed-over", "2026-11-23").expect("remembered");
    let (folder, path) = close(world);
    let sound = fs::read(&path).expect("readable");
    let (mut stays, mut tried) = (0, 0);
    // The first page alone is what a connection needs; spoilt further on, it opens and does not read.
    for page in 1..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 600] ^= 0x10;
        fs::write(&path, &bytes).expect("spoilt");
        let restored = recovered_from(folder.path(), &backup, Later::Leave);
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
    let first = back_up(&mut world).path;
    world.run(phone(&uid, "19011111111"));
    let second = back_up(&mut world).path;
    let revision = world.ledger.revision().expect("readable");
    let (folder, path) = close(world);
    let name = second.file_name().expect("a name").to_string_lossy().replace("20261123", "20261120");
    fs::rename(&second, second.with_file_name(&name)).expect("renamed");
    assert_eq!(backups(&path).expect("readable")[0].path, first);
    fs::write(&path, vec![3; 9000]).expect("spoilt");
    let backup = found(folder.path()).backup.expect("sound");
    assert_eq!((backup.revision, backup.path.file_name()), (revision, Some(name.as_ref())));
}

#[test]
fn a_backup_of_any_older_version_is_sound() {
    for version in 1..=7 {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("backups")).expect("made");
        let backup = folder.path().join(format!("backups/v-20261123T090000-r9-schema{version}.xlg"));
        fs::copy(format!("tests/ledgers/v{version}.xlg"), &backup).expect("copied");
        let findings = found(folder.path());
        let sound = findings.backup.unwrap_or_else(|| panic!("version {version} is sound"));
        assert_eq!(findings.damaged_backups, 0);
        let restored = recovered_from(folder.path(), &backup, Later::Leave);
        assert_eq!(restored.ledger.overview().expect("readable").residents, sound.residents, "version {version}");
    }
}

#[test]
fn a_row_beside_the_log_that_has_no_place_does_not_give_up_the_changes() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let backup = back_up(&mut world).path;
    world.run(phone(&uid, "19011111111"));
    let head = world.ledger.chain_head().expect("readable");
    let (folder, path) = close(world);
    let conn = opened(&path);
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON; \
         INSERT INTO access_log (at, by, about, purpose) VALUES ('2026-11-23', 'x', 'x', '')",
    )
    .expect("a row that no rule allows");
    drop(conn);
    let restored = recovered_from(folder.path(), &backup, Later::Replay);
    assert_eq!((restored.replayed, restored.ledger.chain_head().expect("readable")), (1, head));
    drop(restored);
    Ledger::open(&path, &key()).expect("it opens").check().expect("sound");
}

#[test]
fn a_packet_for_help_holds_the_files_as_they_are_and_nothing_readable() {
    let village = Village::new();
    let stick = village.beside("stick");
    fs::create_dir(&stick).expect("a stick");
    let mut bytes = fs::read(village.path()).expect("readable");
    bytes[5 * PAGE + 9] ^= 1;
    fs::write(village.path(), &bytes).expect("spoilt");
    let write = || write_packet(&village.path(), &stick, "坏了一页\n打不开", &stamp(day("2026-11-23")), &Unwatched);
    let packet = write().expect("written");
    assert!(packet.path.ends_with("xiangli-help-20261123-090000.zip") && packet.unread == 0);
    let first = fs::read(&packet.path).expect("readable");
    let mut zip = zip::ZipArchive::new(fs::File::open(&packet.path).expect("there")).expect("a zip");
    let mut part = |name: &str| {
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).expect("in it"), &mut read).expect("whole");
        read
    };
    assert_eq!(part("ledger.xlg"), bytes);
    assert_eq!(part("ledger.xlg.keys"), fs::read(village.data().join(format!("{FILE}.keys"))).expect("keys"));
    assert_eq!(String::from_utf8(part("README.txt")).expect("text"), "\u{FEFF}坏了一页\r\n打不开\r\n");
    for word in ["王秀", "柳河村", "入户登记", crate::support::program::PASSPHRASE] {
        assert!(!first.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    // A second one is another file.
    assert!(write().expect("written").path.ends_with("xiangli-help-20261123-090000-2.zip"));
    assert_eq!(fs::read(&packet.path).expect("there"), first);
    let gone = write_packet(&village.path(), &stick.join("gone"), "", &stamp(day("2026-11-23")), &Unwatched);
    assert_eq!(gone.expect_err("no folder").kind, ErrorKind::Disk);
    assert_eq!(fs::read(village.path()).expect("there"), bytes, "the ledger stays as it is");
}

#[test]
fn the_command_line_looks_recovers_and_packs() {
    let village = Village::new();
    let run = |words: &[&str]| {
        let output = village.run(words);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code(), document, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let mut ledger = village.open().expect("it opens");
    ledger.back_up(&stamp(day("2026-11-23")), &Unwatched).expect("a backup");
    for uid in &village.people[..3] {
        ledger.run(&tell(uid), &stamp(day("2026-11-23"))).expect("told");
    }
    let head = ledger.chain_head().expect("readable");
    drop(ledger);
    let (code, said, _) = run(&["recover", "look", "--json"]);
    assert_eq!((code, &said["findings"]["condition"]["is"]), (Some(0), &Value::from("sound")));
    let mut bytes = fs::read(village.path()).expect("readable");
    // The last page is of a table's end or an index; wherever it is, the village is damaged.
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    fs::write(village.path(), bytes).expect("spoilt");
    let (code, _, told) = run(&["check"]);
    assert_eq!(code, Some(4));
    assert!(told.contains("recover look"), "{told}");
    let (code, said, _) = run(&["recover", "look", "--json"]);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(said["findings"]["condition"]["is"], "pages");
    assert_eq!(said["findings"]["later"], 3);
    let text = village.run(["recover", "look"]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("is sound") && text.contains("recover restore"), "{text}");
    let stick = village.beside("stick");
    fs::create_dir(&stick).expect("a stick");
    let to = stick.to_str().expect("text");
    let (code, said, _) = run(&["recover", "packet", "--to", to, "--json"]);
    assert_eq!(code, Some(0));
    assert!(Path::new(said["file"].as_str().expect("a path")).is_file());
    let carried = run(&["recover", "look", "--json"]).1["findings"]["carried"]["steps"].as_i64().unwrap_or(0);
    let (code, said, told) = run(&["recover", "restore", "--replay", "--json"]);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(said["carried"], carried);
    assert!(Path::new(said["moved_aside"].as_str().expect("a path")).is_file());
    assert_eq!(run(&["check"]).0, Some(0));
    if carried == 3 {
        assert_eq!(village.open().expect("it opens").chain_head().expect("readable"), head);
    }
    let (code, said, _) = run(&["recover", "rehearse", "--json"]);
    assert_eq!((code, &said["rehearsal"]["held"]["residents"]), (Some(0), &Value::from(12)));
    let (code, _, told) = run(&["recover", "packet", "--to", "/gone/away"]);
    assert_eq!((code, told.trim().lines().count()), (Some(5), 1), "{told}");
    assert!(run(&["recover", "restore", "--backup", "/gone/away"]).2.contains("not found"));
}

#[test]
fn a_rehearsal_opens_the_backup_as_a_restoring_would_and_says_when_it_does_not_fit() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let today = stamp(world.today);
    assert_eq!(world.ledger.rehearse(&today, &Unwatched).expect_err("none").message().key, "error-no-backup");
    assert!(!world.ledger.is_rehearsal_due(world.today).expect("readable"));
    let revision = back_up(&mut world).revision;
    world.run(tell(&uid));
    assert!(!world.ledger.is_rehearsal_due(world.today).expect("readable"), "it was proved today");
    let tomorrow = world.today.succ_opt().expect("a day");
    assert!(world.ledger.is_rehearsal_due(tomorrow).expect("readable"));
    let before = files(world.folder.path());
    let rehearsal = world.ledger.rehearse(&stamp(tomorrow), &Unwatched).expect("rehearsed");
    let held = rehearsal.held.expect("it opens");
    assert_eq!((held.revision, held.residents), (revision, 1));
    assert_eq!(world.ledger.last_rehearsal().expect("readable"), Some(rehearsal));
    assert!(!world.ledger.is_rehearsal_due(tomorrow + chrono::TimeDelta::days(6)).expect("readable"));
    assert!(world.ledger.is_rehearsal_due(tomorrow + chrono::TimeDelta::days(7)).expect("readable"));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&files(world.folder.path())), names(&before), "nothing is left of it");
    // A damaged one, and one that is of another history.
    let backup = backups(world.ledger.path()).expect("readable")[0].path.clone();
    let sound = fs::read(&backup).expect("readable");
    let mut bytes = sound.clone();
    bytes[4 * PAGE] ^= 1;
    fs::write(&backup, bytes).expect("spoilt");
    let rehearsal = world.ledger.rehearse(&today, &Unwatched).expect("rehearsed");
    assert_eq!((rehearsal.held, rehearsal.message().key.as_ref()), (None, "rehearsal-failed"));
    let mut other = World::new();
    other.person("李梅", "1950-03-01", None);
    let stranger = back_up(&mut other).revision;
    assert_eq!(stranger, revision);
    let theirs = backups(other.ledger.path()).expect("readable")[0].path.clone();
    fs::copy(theirs, &backup).expect("copied");
    assert_eq!(world.ledger.rehearse(&today, &Unwatched).expect("rehearsed").held, None, "another history");
    fs::write(&backup, sound).expect("back");
    assert!(world.ledger.rehearse(&today, &Unwatched).expect("rehearsed").held.is_some());
}

#[test]
fn a_backup_of_what_was_left_when_an_older_one_was_put_back_is_no_alarm() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let older = back_up(&mut world);
    world.run(tell(&uid));
    let later = stamp(world.today.succ_opt().expect("a day"));
    let newer = world.ledger.back_up(&later, &Unwatched).expect("a backup");
    assert!(newer.revision > older.revision);
    let (folder, path) = close(world);
    let today = day("2026-11-25");
    let mut ledger = restored_by(&path, &older.path, today);
    let is_right = |ledger: &mut Ledger, proved: &Proved| {
        let rehearsal = ledger.rehearse(&stamp(today), &Unwatched).expect("rehearsed");
        assert_eq!(rehearsal.backup, proved.path);
        assert_eq!(rehearsal.held.expect("it opens").revision, proved.revision);
    };
    is_right(&mut ledger, &older);
    // Going on from there, and back once more.
    ledger.run(&phone(&uid, "19011111111"), &stamp(today)).expect("done");
    is_right(&mut ledger, &older);
    let branch = ledger.back_up(&stamp(today), &Unwatched).expect("a backup");
    is_right(&mut ledger, &branch);
    drop(ledger);
    let mut ledger = restored_by(&path, &older.path, today);
    is_right(&mut ledger, &older);
    // A ledger that lost its latest steps some other way is behind its own newest backup: that is no way that was left.
    ledger.run(&tell(&uid), &stamp(today)).expect("done");
    let last = ledger.back_up(&stamp(today.succ_opt().expect("a day")), &Unwatched).expect("a backup");
    let behind = [path.clone(), path.with_extension("xlg-wal"), path.with_extension("xlg-shm")];
    drop(ledger);
    behind.iter().for_each(|file| drop(fs::remove_file(file)));
    fs::copy(&older.path, &path).expect("an old file, put there by hand");
    let rehearsal =
        Ledger::open(&path, &key()).expect("it opens").rehearse(&stamp(today), &Unwatched).expect("rehearsed");
    assert_eq!((rehearsal.backup, rehearsal.held), (last.path, None));
    drop(folder);
}

fn restored_by(path: &Path, backup: &Path, today: chrono::NaiveDate) -> Ledger {
    let later = Later::Leave;
    restore_by_key(backup, path, &key(), later, &stamp(today), &Unwatched).expect("put back").ledger
}

#[test]
fn a_keys_file_of_another_ledger_is_called_that_and_not_damage_of_the_whole() {
    let village = Village::new();
    village.open().expect("it opens").back_up(&stamp(day("2026-11-23")), &Unwatched).expect("a backup");
    let keys = village.data().join(format!("{FILE}.keys"));
    let other = village.beside("other.xlg");
    let passphrase = SecretString::from("山下有条小河弯弯绕绕");
    drop(start(&other, &new_village(), &passphrase, None, &stamp(day("2026-11-23"))).expect("another ledger"));
    fs::copy(format!("{}.keys", other.display()), &keys).expect("mixed up");
    let way = Way::unlock(&village.path(), &Unlock::Passphrase(passphrase)).expect("a key");
    let findings = look(&way, &Unwatched).expect("looked");
    assert_eq!((findings.condition, &findings.backup), (Condition::OtherKeys, &None));
    let said: Vec<_> = findings.messages().iter().map(|message| message.key.to_string()).collect();
    assert_eq!(said, ["damage-other-keys"]);
    // A ledger without a backup that begins badly may be either.
    fs::remove_dir_all(village.data().join("backups")).expect("removed");
    assert_eq!(look(&way, &Unwatched).expect("looked").condition, Condition::Unreadable);
}
