//! A damaged ledger: the newest sound backup is found, what can still be read of the rest is carried over step by step and
//! proved, what was deleted for good stays so, and nothing is ever removed.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRng, TestRunner};
use tempfile::TempDir;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::{Proved, backups};
use xiangli::ledger::command::{Command, ResidentEdit};
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::recovery::{Condition, Findings, Way, look, recover};
use xiangli::ledger::restore::{Later, Restored};

use crate::histories::{step, take};
use crate::support::program::{FILE, copy_tree, memory_folder, number, uids};
use crate::support::world::{ELDER, World, day, key, stamp};

pub const PAGE: usize = 4096;

/// A ledger with a backup and steps after it, closed; what each of its steps left.
struct Scene {
    folder: TempDir,
    /// The step of the backup.
    backup: i64,
    uids: Vec<String>,
    /// Digest and chain head by step, from the backup's on.
    after: BTreeMap<i64, (String, String)>,
}

pub fn phone(resident: &str, phone: &str) -> Command {
    let edit = Box::new(ResidentEdit { phone: Some(phone.to_owned()), ..ResidentEdit::default() });
    Command::EditResident { resident: resident.to_owned(), edit, source: "本人说".into() }
}

pub fn tell(resident: &str) -> Command {
    Command::Record {
        resident: resident.to_owned(),
        programme: ELDER.into(),
        outcome: Outcome::Told,
        on: day("2026-11-20"),
    }
}

pub fn back_up(world: &mut World) -> Proved {
    let stamp = stamp(world.today);
    world.ledger.back_up(&stamp, &Unwatched).expect("a backup")
}

impl Scene {
    /// `before` steps, a backup, `later` steps, out of one random history.
    fn random(seed: u64, before: usize, later: usize) -> Self {
        let rng = TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &{
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&seed.to_le_bytes());
            bytes
        });
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let mut world = World::new();
        let mut people = Vec::new();
        let mut go = |world: &mut World, people: &mut Vec<String>| {
            let step = step().prop_map(|step| step).new_tree(&mut runner).expect("a step").current();
            take(world, people, step);
        };
        (0..before).for_each(|_| go(&mut world, &mut people));
        let backup = back_up(&mut world).revision;
        let mut after = BTreeMap::new();
        note(&world, &mut after);
        for _ in 0..later {
            go(&mut world, &mut people);
            note(&world, &mut after);
        }
        Self::closed(world, backup, after)
    }

    fn closed(world: World, backup: i64, after: BTreeMap<i64, (String, String)>) -> Self {
        let uids = uids(&world.ledger);
        let World { folder, ledger, .. } = world;
        drop(ledger);
        Self { folder, backup, uids, after }
    }

    /// A copy in memory with the ledger spoilt; its folder.
    fn spoilt(&self, spoil: impl FnOnce(&mut Vec<u8>)) -> TempDir {
        let folder = memory_folder();
        copy_tree(self.folder.path(), folder.path());
        let path = folder.path().join(FILE);
        let mut bytes = fs::read(&path).expect("readable");
        spoil(&mut bytes);
        fs::write(&path, bytes).expect("spoilt");
        folder
    }

    fn pages(&self) -> usize {
        fs::metadata(self.folder.path().join(FILE)).expect("there").len() as usize / PAGE
    }

    /// Asserts that what lies there is a true state of the history, no older than the backup; how many steps it has.
    #[track_caller]
    fn is_true_prefix(&self, restored: &Restored, what: &str) -> i64 {
        let ledger = &restored.ledger;
        ledger.check().unwrap_or_else(|error| panic!("{what}: {error}"));
        let revision = ledger.revision().expect("readable");
        assert_eq!(revision, self.backup + restored.replayed, "{what}");
        let (digest, head) = &self.after[&revision];
        assert_eq!(&ledger.digest().expect("readable"), digest, "{what}");
        assert_eq!(&ledger.chain_head().expect("readable"), head, "{what}");
        assert!(self.uids.starts_with(&uids(ledger)), "{what}");
        revision
    }
}

fn note(world: &World, after: &mut BTreeMap<i64, (String, String)>) {
    let ledger = &world.ledger;
    let state = (ledger.digest().expect("readable"), ledger.chain_head().expect("readable"));
    after.insert(ledger.revision().expect("readable"), state);
}

pub fn way(folder: &Path) -> Way {
    Way::with_key(&folder.join(FILE), &key())
}

pub fn found(folder: &Path) -> Findings {
    look(&way(folder), &Unwatched).expect("looked at")
}

fn recovered(folder: &Path, later: Later) -> Restored {
    recovered_from(folder, &found(folder).backup.expect("a sound backup").path, later)
}

pub fn recovered_from(folder: &Path, backup: &Path, later: Later) -> Restored {
    recover(&way(folder), backup, later, &stamp(day("2026-11-23")), &Unwatched).expect("recovered")
}

pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in [folder.to_owned(), folder.join("backups")] {
        for entry in fs::read_dir(folder).expect("readable").flatten().filter(|entry| entry.path().is_file()) {
            let is_ours = !entry.path().to_string_lossy().ends_with(".lock");
            if is_ours {
                found.insert(entry.path(), fs::read(entry.path()).expect("readable"));
            }
        }
    }
    found
}

#[test]
fn whichever_page_is_damaged_the_backup_with_the_readable_rest_is_a_true_state_of_the_history() {
    let scenes = number("XIANGLI_TEST_DAMAGE", 2);
    let (mut pages, mut whole, mut some, mut none) = (0, 0, 0, 0);
    for seed in 0..scenes {
        let scene = Scene::random(seed, 12, 14);
        let last = *scene.after.keys().last().expect("steps");
        for page in 0..scene.pages() {
            let folder = scene.spoilt(|bytes| bytes[page * PAGE + 600] ^= 0x10);
            let before = files(folder.path());
            let findings = found(folder.path());
            assert_eq!(files(folder.path()), before, "looking writes nothing");
            let what = format!("seed {seed}, page {page} of {}: {findings:?}", scene.pages());
            assert_ne!(findings.condition, Condition::Sound, "{what}");
            let restored = recovered(folder.path(), Later::Replay);
            let revision = scene.is_true_prefix(&restored, &what);
            // What was said beforehand is what came.
            assert_eq!(findings.carried.as_ref().map_or(0, |carried| carried.steps), restored.replayed, "{what}");
            let aside = restored.moved_aside.clone().expect("moved aside");
            assert_eq!(fs::read(aside).expect("aside"), before[&folder.path().join(FILE)], "kept as it was: {what}");
            pages += 1;
            match revision {
                all if all == last => whole += 1,
                nothing if nothing == scene.backup => none += 1,
                _ => some += 1,
            }
        }
    }
    eprintln!("{pages} damaged pages: all steps came back {whole} times, some {some}, none {none}");
    assert!(whole * 2 > pages, "most damage hits what is not needed, or what can be told otherwise");
    assert!(some + none > 0, "some damage hits what only one page held");
}

#[test]
fn whatever_reads_a_damaged_page_calls_it_damage() {
    let scene = Scene::random(3, 10, 6);
    let mut met = 0;
    for page in 1..scene.pages() {
        let folder = scene.spoilt(|bytes| bytes[page * PAGE + 600] ^= 0x10);
        let opened = Ledger::open(&folder.path().join(FILE), &key());
        let read = opened.and_then(|ledger| {
            ledger.overview()?;
            ledger.history(&xiangli::ledger::history::ChangeFilter::default())?;
            ledger.list(ELDER, day("2026-11-23"))?;
            ledger.digest()
        });
        let Err(error) = read else { continue };
        assert!(error.is_damage(), "page {page}: {}", error.message().key);
        met += 1;
    }
    assert!(met > 10, "{met}");
}

#[test]
fn a_backup_of_a_damaged_ledger_says_that_the_ledger_is_damaged() {
    let scene = Scene::random(3, 10, 6);
    let mut met = 0;
    for page in (1..scene.pages()).step_by(3) {
        let folder = scene.spoilt(|bytes| bytes[page * PAGE + 600] ^= 0x10);
        let Ok(mut ledger) = Ledger::open(&folder.path().join(FILE), &key()) else { continue };
        let Err(error) = ledger.back_up(&stamp(day("2026-11-23")), &Unwatched) else { continue };
        // "The backup does not fit, try again" would send somebody in circles.
        assert!(error.is_damage(), "page {page}: {}", error.message().key);
        met += 1;
    }
    assert!(met > 3, "{met}");
}

#[test]
fn two_damaged_pages_and_a_file_cut_short_lose_no_more_than_what_they_held() {
    let scene = Scene::random(77, 10, 12);
    let pages = scene.pages();
    for first in (1..pages).step_by(5) {
        let second = 1 + (first * 7 + 3) % (pages - 1);
        let folder = scene.spoilt(|bytes| {
            bytes[first * PAGE..first * PAGE + PAGE].fill(0);
            bytes[second * PAGE + 99] ^= 1;
        });
        scene.is_true_prefix(&recovered(folder.path(), Later::Replay), &format!("pages {first} and {second}"));
    }
    for kept in [1, 2, pages / 2, pages - 1] {
        let folder = scene.spoilt(|bytes| bytes.truncate(kept * PAGE));
        scene.is_true_prefix(&recovered(folder.path(), Later::Replay), &format!("{kept} pages left"));
    }
}

#[test]
fn a_file_whose_beginning_is_gone_gives_the_backup_alone_and_says_so() {
    let scene = Scene::random(5, 8, 4);
    let folder = scene.spoilt(|bytes| bytes[..PAGE].fill(9));
    let findings = found(folder.path());
    assert_eq!((findings.condition, findings.later, findings.carried.clone()), (Condition::Unreadable, None, None));
    let said: Vec<_> = findings.messages().into_iter().map(|message| message.key.into_owned()).collect();
    assert_eq!(said, ["damage-unreadable", "damage-backup", "damage-later-unknown", "damage-carried-none"]);
    let restored = recovered(folder.path(), Later::Replay);
    assert_eq!(scene.is_true_prefix(&restored, "no beginning"), scene.backup);
    drop(restored);
    // Nothing there at all: the same way.
    fs::remove_file(folder.path().join(FILE)).expect("removed");
    let findings = found(folder.path());
    assert_eq!(findings.condition, Condition::Missing);
    assert_eq!(recovered(folder.path(), Later::Replay).moved_aside, None);
}

#[test]
fn without_carrying_over_the_steps_after_the_backup_are_named_and_left() {
    let scene = Scene::random(6, 8, 6);
    let later = *scene.after.keys().last().expect("steps") - scene.backup;
    assert!(later > 0);
    let pages = scene.pages();
    let folder = scene.spoilt(|bytes| bytes[(pages - 1) * PAGE + 8] ^= 1);
    assert_eq!(found(folder.path()).later, Some(later));
    let restored = recovered(folder.path(), Later::Leave);
    assert_eq!(scene.is_true_prefix(&restored, "left"), scene.backup);
}

#[test]
fn a_damaged_newer_backup_is_passed_over_for_an_older_one() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let first = back_up(&mut world).revision;
    let mut after = BTreeMap::new();
    note(&world, &mut after);
    world.run(tell(&uid));
    note(&world, &mut after);
    back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    note(&world, &mut after);
    let scene = Scene::closed(world, first, after);
    let folder = scene.spoilt(|bytes| bytes[2 * PAGE + 5] ^= 1);
    let newest = backups(&folder.path().join(FILE)).expect("readable")[0].path.clone();
    let mut bytes = fs::read(&newest).expect("readable");
    bytes[3 * PAGE] ^= 1;
    fs::write(&newest, &bytes).expect("spoilt");
    let findings = found(folder.path());
    assert_eq!((findings.damaged_backups, findings.backup.as_ref().expect("the older").revision), (1, first));
    scene.is_true_prefix(&recovered(folder.path(), Later::Replay), "the older one");
    assert_eq!(fs::read(&newest).expect("still there"), bytes, "a damaged backup is not removed either");
    // Neither is sound: that is said, and nothing is touched.
    for file in backups(&folder.path().join(FILE)).expect("readable") {
        fs::write(&file.path, vec![3; 9000]).expect("spoilt");
    }
    fs::write(folder.path().join(FILE), vec![3; 9000]).expect("spoilt");
    let findings = found(folder.path());
    // Other keys would look just so: the sentence names both.
    assert_eq!((findings.backup, findings.condition), (None, Condition::OtherKeys));
}

#[test]
fn steps_that_still_lie_in_the_log_beside_the_file_are_carried_over() {
    let mut world = World::new();
    let people: Vec<String> = (0..6).map(|n| world.person(&format!("王秀{n}"), "1950-03-01", None)).collect();
    let backup = back_up(&mut world).revision;
    let mut world = world.restart();
    let mut after = BTreeMap::new();
    note(&world, &mut after);
    for uid in &people {
        world.run(tell(uid));
        note(&world, &mut after);
    }
    // As a power cut leaves it: the steps lie in the log alone.
    let left = memory_folder();
    copy_tree(world.folder.path(), left.path());
    let log = |folder: &TempDir| folder.path().join(format!("{FILE}-wal"));
    let kept = fs::read(log(&left)).expect("a log");
    assert!(!kept.is_empty());
    let lying = Scene { folder: left, ..Scene::closed(world, backup, after) };
    let (mut whole, mut tried) = (0, 0);
    for page in (1..lying.pages()).step_by(3) {
        let folder = lying.spoilt(|bytes| bytes[page * PAGE + 50] ^= 4);
        let findings = found(folder.path());
        assert_eq!(fs::read(log(&folder)).expect("a log"), kept, "looking leaves the log as it is");
        // What the log has anew is no damage.
        if findings.condition == Condition::Sound {
            continue;
        }
        let restored = recovered(folder.path(), Later::Replay);
        lying.is_true_prefix(&restored, &format!("page {page}"));
        tried += 1;
        whole += usize::from(restored.replayed == people.len() as i64);
    }
    assert!(whole * 2 > tried && tried > 10, "{whole} of {tried}");
}

/// Whether the file moved aside still tells what was deleted for good.
fn are_marks_readable(path: &Path, restored: &Restored) -> bool {
    let aside = restored.moved_aside.as_ref().expect("moved aside");
    let copy = path.with_extension("looked");
    fs::copy(aside, &copy).expect("copied");
    let conn = rusqlite::Connection::open(&copy).expect("it opens");
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32))).expect("the key");
    let count = conn.query_row("SELECT count(mark) FROM tombstone NOT INDEXED", [], |row| row.get::<_, i64>(0));
    count.is_ok_and(|count| count > 0)
}

#[test]
fn what_was_deleted_for_good_since_the_backup_does_not_come_back() {
    let mut world = World::new();
    let stay = world.person("王秀英", "1950-03-01", None);
    let gone = world.person("李金花", "1948-03-01", None);
    back_up(&mut world);
    let early = backups(world.ledger.path()).expect("readable")[0].path.clone();
    world.run(tell(&gone));
    let later = world.person("赵银花", "1947-03-01", None);
    world.run(phone(&later, "19022222222"));
    world.run(phone(&stay, "19011111111"));
    for uid in [&gone, &later] {
        let stamp = stamp(world.today);
        world.ledger.purge_person(uid, OldBackups::Keep, &stamp, &Unwatched).expect("deleted");
    }
    world.run(tell(&stay));
    let (digest, head) = (world.ledger.digest().expect("readable"), world.ledger.chain_head().expect("readable"));
    // The backups that were made around the deletion are gone: only the early one knows who was there.
    for file in backups(world.ledger.path()).expect("readable").iter().filter(|file| file.path != early) {
        fs::remove_file(&file.path).expect("removed");
    }
    let scene = Scene::closed(world, 0, BTreeMap::new());
    let (mut whole, mut partly) = (0, 0);
    for page in 1..scene.pages() {
        let folder = scene.spoilt(|bytes| bytes[page * PAGE + 321] ^= 2);
        let restored = recovered(folder.path(), Later::Replay);
        let ledger = &restored.ledger;
        ledger.check().unwrap_or_else(|error| panic!("page {page}: {error}"));
        if ledger.chain_head().expect("readable") == head {
            assert_eq!(ledger.digest().expect("readable"), digest, "page {page}");
            whole += 1;
        } else {
            partly += 1;
        }
        assert!(ledger.resident(&later).is_err(), "page {page}: entered and deleted since");
        // Where the marks themselves cannot be read, nobody knows any more; else they hold.
        let has_come_back = ledger.resident(&gone).is_ok();
        assert!(!has_come_back || !are_marks_readable(&folder.path().join(FILE), &restored), "page {page}");
        if !has_come_back {
            drop(restored);
            let bytes = files(folder.path());
            let opened = &bytes[&folder.path().join(FILE)];
            assert!(!opened.windows(9).any(|window| window == "李金花".as_bytes()));
        }
    }
    eprintln!("{whole} times all came back, {partly} times less");
    assert!(whole > partly);
}

#[test]
fn what_was_being_typed_and_looks_at_what_is_hidden_come_along() {
    let mut world = World::new();
    let uid = world.person("王小英", "2018-03-01", None);
    back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let stamp = stamp(world.today);
    world.ledger.keep_draft("resident", &uid, "{\"typed\":1}", &stamp).expect("kept");
    world.ledger.note_look(&uid, xiangli::domain::look::LookReason::ALL[0], &stamp).expect("noted");
    let looks = world.ledger.looks(None, 10).expect("readable").len();
    let scene = Scene::closed(world, 0, BTreeMap::new());
    let pages = scene.pages();
    // With the backup alone, too.
    for later in [Later::Replay, Later::Leave] {
        let mut came = 0;
        for page in 1..pages {
            let folder = scene.spoilt(|bytes| bytes[page * PAGE + 17] ^= 2);
            let restored = recovered(folder.path(), later);
            let has_both = restored.ledger.drafts().expect("readable").len() == 1
                && restored.ledger.looks(None, 10).expect("readable").len() == looks;
            came += usize::from(has_both);
        }
        assert!(came * 3 > pages * 2, "{came} of {pages}");
    }
}

struct Stop(std::sync::atomic::AtomicU32);

impl Progress for Stop {
    fn at(&self, _done: u64, _total: u64) -> ControlFlow<()> {
        match self.0.fetch_sub(1, std::sync::atomic::Ordering::Relaxed) {
            0 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn a_recovery_stopped_at_any_moment_leaves_everything_as_it_was() {
    let scene = Scene::random(9, 6, 6);
    let folder = scene.spoilt(|bytes| bytes[3 * PAGE + 5] ^= 1);
    let backup = found(folder.path()).backup.expect("sound").path;
    let before = files(folder.path());
    let mut stopped = 0;
    for after in 0..200 {
        let stop = Stop(after.into());
        match recover(&way(folder.path()), &backup, Later::Replay, &stamp(day("2026-11-23")), &stop) {
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::Cancelled, "{error}");
                assert_eq!(files(folder.path()), before, "stopped at {after}");
                stopped += 1;
            }
            Ok(restored) => {
                scene.is_true_prefix(&restored, "not stopped");
                break;
            }
        }
    }
    assert!(stopped > 3, "{stopped}");
}

#[test]
fn findings_hold_no_value_of_a_person() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    back_up(&mut world);
    world.run(phone(&uid, "19011111111"));
    let scene = Scene::closed(world, 0, BTreeMap::new());
    let folder = scene.spoilt(|bytes| bytes[2 * PAGE + 7] ^= 1);
    let findings = found(folder.path());
    let text = format!("{findings:?}{}", serde_json::to_string(&findings).expect("JSON"));
    for word in ["王秀英", "19011111111", "1950-03-01"] {
        assert!(!text.contains(word));
    }
    assert_eq!(format!("{:?}", way(folder.path())), "Way(…)");
    assert!(Ledger::open(&folder.path().join(FILE), &key()).is_ok() || findings.condition != Condition::Sound);
}
