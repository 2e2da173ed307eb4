//! Promises P3 and P5 for backups: proved before they are named, whole or not there, sealed, thinned out.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::{Proved, backups, last_proved, minutes_to_backup, thin_out};
use xiangli::ledger::command::{Command, Stamp};
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::progress::{Progress, Unwatched};

use crate::support::world::{World, key, stamp};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).map(|entries| entries.flatten().collect()).unwrap_or_else(|_| Vec::new());
    let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn later(stamp: &Stamp, minutes: i64) -> Stamp {
    Stamp { at: stamp.at + TimeDelta::minutes(minutes), ..stamp.clone() }
}

fn is_due(ledger: &Ledger, now: &Stamp) -> bool {
    let last = ledger.last_backup().expect("readable");
    minutes_to_backup(last.as_ref(), now.at, ledger.revision().expect("readable")) == Some(0)
}

struct StopAfter(AtomicU32);

impl Progress for StopAfter {
    fn at(&self, _done: u64, _total: u64) -> ControlFlow<()> {
        if self.0.fetch_sub(1, Ordering::Relaxed) == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_backup_is_named_after_instant_and_revision_and_opens_as_the_same_ledger() {
    let mut world = World::new();
    world.person("张三", "1950-03-02", None);
    let stamp = stamp(world.today);
    let proved = world.ledger.back_up(&stamp, &Unwatched).expect("a backup");
    assert_eq!(names(&world.folder.path().join("backups")), ["v-20261123T090000-r2.xlg"]);
    assert_eq!((proved.revision, proved.residents), (2, 1));
    assert_eq!(world.ledger.last_backup().expect("readable"), Some(proved.clone()));
    assert_eq!(last_proved(&world.ledger).expect("readable"), Some(proved.clone()));
    let head = world.ledger.chain_head().expect("a head");
    let elsewhere = world.folder.path().join("elsewhere.xlg");
    fs::copy(&proved.path, &elsewhere).expect("copied");
    let restored = Ledger::open(&elsewhere, &key()).expect("it opens");
    assert_eq!(restored.chain_head().expect("a head"), head);
    assert_eq!(restored.check().expect("sound"), 2);
    assert_eq!(restored.last_backup().expect("readable"), None, "it remembers no backup beside it");
    let bytes = fs::read(&proved.path).expect("readable");
    assert!(!bytes.windows(6).any(|w| w == "张三".as_bytes()) && !bytes.starts_with(b"SQLite"));
}

#[test]
fn a_backup_is_due_after_half_an_hour_of_change_and_on_close_if_changed() {
    let mut world = World::new();
    let now = stamp(world.today);
    assert!(is_due(&world.ledger, &now), "there is none yet");
    world.ledger.back_up(&now, &Unwatched).expect("a backup");
    let half_an_hour = later(&now, 30);
    assert!(!is_due(&world.ledger, &half_an_hour), "nothing changed");
    world.person("张三", "1950-03-02", None);
    assert!(!is_due(&world.ledger, &later(&now, 29)));
    assert!(is_due(&world.ledger, &half_an_hour));
    assert!(is_due(&world.ledger, &later(&now, -600)), "the clock was set back");
    let World { folder, ledger, .. } = world;
    let path = ledger.path().to_owned();
    assert!(ledger.close(&half_an_hour).expect("closed").is_some());
    let ledger = Ledger::open(&path, &key()).expect("it opens again");
    assert!(ledger.close(&later(&now, 600)).expect("closed").is_none(), "nothing changed since");
    assert_eq!(backups(&path).expect("readable").len(), 2);
    assert_eq!(names(&folder.path().join("backups")).len(), 2);
    fs::remove_dir_all(folder.path().join("backups")).expect("removed");
    let ledger = Ledger::open(&path, &key()).expect("it opens again");
    assert!(is_due(&ledger, &now), "the backup was taken away");
}

#[test]
fn a_backup_that_is_stopped_or_fails_leaves_nothing_behind_and_the_older_ones_stay() {
    let mut world = World::new();
    let now = stamp(world.today);
    world.ledger.back_up(&now, &Unwatched).expect("a backup");
    let folder = world.folder.path().join("backups");
    let before = names(&folder);
    for told in [0, 1] {
        let stopped = world.ledger.back_up(&later(&now, 1), &StopAfter(AtomicU32::new(told)));
        // The second time it is told, a small ledger is copied already.
        if let Err(error) = stopped {
            assert_eq!((told, error.kind), (0, ErrorKind::Cancelled));
            assert_eq!(names(&folder), before);
        }
    }
    let before = names(&folder);
    assert_eq!(before.len(), 2);
    for left in [".xiangli-abcdefgh.v.part", ".xiangli-abcdefgh.v.part-journal", ".xiangli-abcdefgh.a.v.part"] {
        fs::write(folder.join(left), b"half").expect("written");
    }
    let world = world.restart();
    // A killed run's remains are swept away; another ledger's are not ours.
    let stays = [&[".xiangli-abcdefgh.a.v.part".to_owned()], before.as_slice()].concat();
    assert_eq!(names(&folder), stays);
    fs::remove_dir_all(&folder).expect("removed");
    fs::write(&folder, b"in the way").expect("written");
    let mut world = world;
    let error = world.ledger.back_up(&later(&now, 2), &Unwatched).expect_err("no folder");
    assert_eq!(error.kind, ErrorKind::Disk);
    assert_eq!(world.ledger.check().expect("sound"), 1);
}

#[test]
fn a_backup_made_while_the_ledger_is_written_to_holds_one_revision_whole() {
    let mut world = World::new();
    for index in 0..30 {
        world.person(&format!("王{}", char::from_u32(0x4E00 + index).expect("a letter")), "1950-03-02", None);
    }
    let source = world.ledger.source_of_copies().expect("a source");
    let now = stamp(world.today);
    let proved = std::thread::scope(|scope| {
        let job = scope.spawn(move || source.back_up(&now, &Unwatched));
        for index in 30..90 {
            world.person(&format!("王{}", char::from_u32(0x4E00 + index).expect("a letter")), "1950-03-02", None);
        }
        job.join().expect("no panic").expect("a backup")
    });
    assert_eq!(proved.residents + 1, proved.revision);
    world.ledger.remember_backup(&proved).expect("remembered");
    let kept = Ledger::open(&proved.path, &key()).expect("it opens");
    assert_eq!(kept.check().expect("sound"), proved.revision as u64);
    assert_eq!(world.ledger.check().expect("sound"), 91);
}

#[test]
fn two_backups_within_a_second_both_stay_and_a_neighbour_ledger_keeps_its_own() {
    let mut world = World::new();
    let now = stamp(world.today);
    world.ledger.back_up(&now, &Unwatched).expect("a backup");
    world.ledger.back_up(&now, &Unwatched).expect("another");
    let neighbour = world.folder.path().join("v-20261123T090000-r1.xlg");
    assert!(backups(&neighbour).expect("readable").is_empty());
    let found = backups(&world.path()).expect("readable");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|file| file.revision == 1 && file.bytes > 0 && !file.before_migration));
}

#[test]
fn a_backup_of_another_ledger_is_never_remembered_as_ones_own() {
    let (mut world, other) = (World::new(), World::new());
    let now = stamp(world.today);
    let foreign = other.ledger.source_of_copies().expect("a source").back_up(&now, &Unwatched).expect("a backup");
    world.ledger.remember_backup(&foreign).expect("nothing to do");
    assert_eq!(last_proved(&world.ledger).expect("readable"), None);
    // A neighbour in the same folder, whose backups lie in the same place.
    let mine = world.ledger.back_up(&now, &Unwatched).expect("a backup");
    let neighbours = mine.path.with_file_name("w-20261123T090000-r1.xlg");
    fs::copy(&mine.path, &neighbours).expect("copied");
    world.ledger.remember_backup(&Proved { path: neighbours, ..mine.clone() }).expect("nothing to do");
    assert_eq!(world.ledger.last_backup().expect("readable"), Some(mine));
}

#[test]
fn many_backups_are_thinned_out_and_the_newest_stay() {
    let mut world = World::new();
    let start = stamp(world.today);
    for day in 0..24 {
        for hour in [0, 6] {
            world.ledger.back_up(&later(&start, day * 1440 + hour * 60), &Unwatched).expect("a backup");
        }
    }
    let found = backups(&world.path()).expect("readable");
    // 2 days whole (5 with the bound), 14 days, and the weeks before.
    assert!((15..=24).contains(&found.len()), "{}", found.len());
    assert_eq!(found[0].at, (start.at + TimeDelta::minutes(23 * 1440 + 360)).naive_local());
    assert!(world.ledger.last_backup().expect("readable").is_some());
}

#[test]
fn backups_keep_within_a_tenth_of_the_free_disk_and_the_last_ones_stay_whatever_is_free() {
    let mut world = World::new();
    let start = stamp(world.today);
    for half_hour in 0..12 {
        world.ledger.back_up(&later(&start, half_hour * 30), &Unwatched).expect("a backup");
    }
    let (path, now) = (world.path(), later(&start, 360).at.naive_local());
    let found = || backups(&path).expect("readable");
    let before_migration = world.folder.path().join("backups/v-20260101T090000-r1-schema6.xlg");
    fs::copy(&found()[0].path, &before_migration).expect("copied");
    let all = found();
    let bytes = |count: usize| all.iter().take(count).map(|file| file.bytes).sum::<u64>();
    for free in [None, Some(10 * bytes(13))] {
        thin_out(&path, now, free).expect("nothing to do");
        assert_eq!(found(), all, "{free:?}");
    }
    // Room for six, and for the one before the migration.
    let share = bytes(6) + all[12].bytes;
    thin_out(&path, now, Some(10 * share - bytes(13))).expect("thinned out");
    assert_eq!(found(), [&all[..6], &all[12..]].concat(), "the oldest went");
    thin_out(&path, now, Some(0)).expect("thinned out");
    assert_eq!(found(), [&all[..3], &all[12..]].concat(), "the last three and the one before a migration stay");
    assert_eq!(world.ledger.last_backup().expect("readable").map(|last| last.path), Some(all[0].path.clone()));
    let newest = Ledger::open(&all[0].path, &key()).expect("it opens");
    newest.check().expect("sound");
}

#[test]
fn undo_needs_no_backup() {
    let mut world = World::new();
    world.person("张三", "1950-03-02", None);
    world.run(Command::Undo);
    assert!(backups(&world.path()).expect("readable").is_empty());
}

#[cfg(unix)]
#[test]
fn backups_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = World::new();
    let proved = world.ledger.back_up(&stamp(world.today), &Unwatched).expect("a backup");
    let mode = fs::metadata(&proved.path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
