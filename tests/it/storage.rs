//! Damage on the disk: whatever happened to the bytes of a ledger is noticed by opening or checking it, and what is no damage
//! is not called so.

use std::fs;
use std::path::Path;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::error::{ErrorKind, LedgerError};

use crate::support::program::{FILE, below, chance, memory_folder, number, uids};
use crate::support::world::{ELDER, World, day, key};

/// SQLCipher's page.
const PAGE: usize = 4096;

/// A ledger as it lies on the disk: the file, its write-ahead log, and its history.
#[derive(Clone)]
struct Lying {
    file: Vec<u8>,
    log: Vec<u8>,
    history: Vec<String>,
}

fn tell(world: &mut World, person: &str, ago: i64) {
    let on = day("2026-11-23") - chrono::TimeDelta::days(ago);
    world.run(Command::Record { resident: person.into(), programme: ELDER.into(), outcome: Outcome::Told, on });
}

/// A village of some people, some of them told.
fn people(world: &mut World, count: usize) -> Vec<String> {
    (0..count).map(|n| world.person(&format!("王秀{n}"), "1950-03-01", Some(Residency::Here))).collect()
}

/// What lies on the disk at this moment, as a kill would leave it.
fn lying(world: &World) -> Lying {
    let log = world.path().with_file_name("v.xlg-wal");
    let history = uids(&world.ledger);
    Lying { file: fs::read(world.path()).expect("readable"), log: fs::read(log).unwrap_or_default(), history }
}

/// A closed ledger: all of it in the file, no log.
fn closed() -> Lying {
    let mut world = World::new();
    let people = people(&mut world, 12);
    people.iter().for_each(|person| tell(&mut world, person, 3));
    let path = world.path();
    let history = uids(&world.ledger);
    let World { folder, ledger, .. } = world;
    drop(ledger);
    assert!(!path.with_file_name("v.xlg-wal").exists(), "closing leaves one file");
    let file = fs::read(&path).expect("readable");
    drop(folder);
    Lying { file, log: Vec::new(), history }
}

fn lay(folder: &Path, lying: &Lying) {
    let path = folder.join(FILE);
    let _ = fs::remove_file(path.with_file_name("v.xlg-shm"));
    let _ = fs::remove_file(path.with_file_name("v.xlg-wal"));
    fs::write(&path, &lying.file).expect("written");
    if !lying.log.is_empty() {
        fs::write(path.with_file_name("v.xlg-wal"), &lying.log).expect("written");
    }
}

/// Opens and checks what was laid out; its history, or why not.
fn opened(folder: &Path, lying: &Lying) -> Result<Vec<String>, LedgerError> {
    lay(folder, lying);
    let ledger = Ledger::open(&folder.join(FILE), &key())?;
    ledger.check()?;
    Ok(uids(&ledger))
}

/// Does `work` for each number below `count`, on all processors, each with a folder in memory.
fn spread(count: usize, work: impl Fn(&Path, usize) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let work = &work;
            scope.spawn(move || {
                let folder = memory_folder();
                (first..count).step_by(threads).for_each(|n| work(folder.path(), n));
            });
        }
    });
}

/// A way to open and check a file that was laid out: how it ended.
type Opener = fn(&Path, &Lying) -> Result<(), ErrorKind>;

/// As the program does it.
fn by_us(folder: &Path, lying: &Lying) -> Result<(), ErrorKind> {
    opened(folder, lying).map(drop).map_err(|error| error.kind)
}

/// As a program does it that keeps its data in plain SQLite: the suite must notice that this is not enough.
fn by_plain_sqlite(folder: &Path, lying: &Lying) -> Result<(), ErrorKind> {
    lay(folder, lying);
    let check = || {
        let conn = rusqlite::Connection::open(folder.join(FILE))?;
        conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
    };
    if check().is_ok_and(|said| said == "ok") { Ok(()) } else { Err(ErrorKind::Damaged) }
}

/// Whether every one of these spoilt files is called damaged; the first that is not.
fn noticed(spoilt: usize, open: Opener, spoil: impl Fn(usize) -> (String, Lying) + Sync) -> Result<(), String> {
    let wrong = std::sync::Mutex::new(None);
    spread(spoilt, |folder, n| {
        let (what, spoilt) = spoil(n);
        let said = match open(folder, &spoilt) {
            Ok(()) => format!("not noticed: {what}"),
            Err(ErrorKind::Damaged) => return,
            Err(kind) => format!("called {kind:?}: {what}"),
        };
        wrong.lock().expect("none failed").get_or_insert(said);
    });
    wrong.into_inner().expect("none failed").map_or(Ok(()), Err)
}

fn all_noticed(spoilt: usize, spoil: impl Fn(usize) -> (String, Lying) + Sync) {
    noticed(spoilt, by_us, spoil).unwrap_or_else(|wrong| panic!("{wrong}"));
}

fn numbers(random: &mut ChaCha8Rng, count: usize, below_end: usize) -> Vec<usize> {
    (0..count).map(|_| below(random, below_end)).collect()
}

#[test]
fn every_flipped_bit_is_noticed() {
    let flips = number("XIANGLI_TEST_FLIPS", 4_000) as usize;
    bits_noticed(&closed(), flips, by_us).unwrap_or_else(|wrong| panic!("{wrong}"));
}

fn bits_noticed(sound: &Lying, flips: usize, open: Opener) -> Result<(), String> {
    let mut random = chance("bit flips");
    let flips = numbers(&mut random, flips, sound.file.len() * 8);
    noticed(flips.len(), open, |n| {
        let mut spoilt = sound.clone();
        spoilt.file[flips[n] / 8] ^= 1 << (flips[n] % 8);
        (format!("bit {} of {}", flips[n], sound.file.len() * 8), spoilt)
    })
}

#[test]
fn the_storage_suite_bites_where_pages_are_not_authenticated() {
    let folder = memory_folder();
    let path = folder.path().join(FILE);
    let plain = rusqlite::Connection::open(&path).expect("opens");
    let made = "CREATE TABLE resident (name TEXT, phone TEXT); WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 \
        FROM n WHERE i < 3000) INSERT INTO resident SELECT '王秀' || i, '1990000' || i FROM n;";
    plain.execute_batch(made).expect("written");
    plain.close().expect("closed");
    let sound = Lying { file: fs::read(&path).expect("readable"), log: Vec::new(), history: Vec::new() };
    let wrong = bits_noticed(&sound, 400, by_plain_sqlite).expect_err("plain SQLite notices all");
    assert!(wrong.starts_with("not noticed: bit"), "{wrong}");
}

#[test]
fn a_file_cut_short_anywhere_is_noticed() {
    let mut random = chance("cuts of the file");
    let sound = closed();
    let mut lengths = numbers(&mut random, 500, sound.file.len());
    lengths.extend((0..sound.file.len()).step_by(PAGE));
    lengths.extend([1, 15, 16, 17, 100, 1023, sound.file.len() - 1]);
    all_noticed(lengths.len(), |n| {
        let mut spoilt = sound.clone();
        spoilt.file.truncate(lengths[n]);
        (format!("cut to {} of {}", lengths[n], sound.file.len()), spoilt)
    });
}

#[test]
fn swapped_repeated_and_zeroed_pages_are_noticed() {
    let mut random = chance("pages");
    let sound = closed();
    let pages = sound.file.len() / PAGE;
    let others: Vec<usize> = (0..pages).map(|page| (page + 1 + below(&mut random, pages - 1)) % pages).collect();
    all_noticed(4 * pages, |n| {
        let (page, how) = (n % pages, n / pages);
        let (from, to) = (page * PAGE, others[page] * PAGE);
        let mut spoilt = sound.clone();
        match how {
            0 => spoilt.file[from..from + PAGE].fill(0),
            1 => spoilt.file[from..from + 512].fill(0),
            2 => spoilt.file.copy_within(from..from + PAGE, to),
            _ => {
                let (one, other) = (sound.file[from..from + PAGE].to_vec(), sound.file[to..to + PAGE].to_vec());
                spoilt.file[from..from + PAGE].copy_from_slice(&other);
                spoilt.file[to..to + PAGE].copy_from_slice(&one);
            }
        }
        (format!("page {page} and {}, way {how}", others[page]), spoilt)
    });
}

#[test]
fn random_bytes_of_any_length_are_no_ledger() {
    let mut random = chance("random bytes");
    let files: Vec<Vec<u8>> = (0..60)
        .map(|n| {
            let mut bytes = vec![0; n * 211];
            random.fill_bytes(&mut bytes);
            bytes
        })
        .collect();
    all_noticed(files.len(), |n| {
        (format!("{} bytes", files[n].len()), Lying { file: files[n].clone(), log: Vec::new(), history: Vec::new() })
    });
}

/// Three moments of one ledger, closed and opened again between them, each with the log of changes since.
fn three_ages() -> Vec<Lying> {
    let mut world = World::new();
    let people = people(&mut world, 4);
    let mut ages = Vec::new();
    for age in 0..3 {
        world = world.restart();
        people.iter().for_each(|person| tell(&mut world, person, 9 - 2 * age));
        world.person(&format!("李四{age}"), "1948", None);
        ages.push(lying(&world));
    }
    ages
}

#[test]
fn a_file_beside_the_log_of_another_age_is_noticed() {
    let ages = three_ages();
    let folder = memory_folder();
    for (file, log) in [(0, 1), (0, 2), (1, 2), (1, 0), (2, 0), (2, 1)] {
        let mixed = Lying { file: ages[file].file.clone(), ..ages[log].clone() };
        match opened(folder.path(), &mixed) {
            Err(error) => assert_eq!(error.kind, ErrorKind::Damaged, "file {file}, log {log}"),
            // Where the log holds every page that differs, nothing is wrong with the result.
            Ok(found) => assert_eq!(found, ages[log].history, "file {file}, log {log}"),
        }
    }
    for age in &ages {
        assert_eq!(opened(folder.path(), age).expect("file and log of one age"), age.history);
    }
}

#[test]
fn a_log_cut_at_any_byte_leaves_a_prefix_of_the_history() {
    let mut world = World::new();
    let people = people(&mut world, 3);
    world = world.restart();
    let start = uids(&world.ledger).len();
    people.iter().for_each(|person| tell(&mut world, person, 2));
    let whole = lying(&world);
    let cuts: Vec<usize> = (0..=whole.log.len()).step_by(97).collect();
    let found = std::sync::Mutex::new(vec![0; cuts.len()]);
    spread(cuts.len(), |folder, n| {
        let mut cut = whole.clone();
        cut.log.truncate(cuts[n]);
        let history = opened(folder, &cut).unwrap_or_else(|error| panic!("cut at {}: {error}", cuts[n]));
        assert!(whole.history.starts_with(&history) && history.len() >= start, "cut at {}", cuts[n]);
        found.lock().expect("no other failed")[n] = history.len();
    });
    let found = found.into_inner().expect("none failed");
    assert!(found.is_sorted(), "a longer log never holds less");
    assert_eq!((found[0], opened(memory_folder().path(), &whole).expect("sound")), (start, whole.history));
}

#[test]
fn pages_torn_while_the_log_was_moved_into_the_file_are_no_damage() {
    let mut world = World::new();
    let people = people(&mut world, 3);
    world = world.restart();
    people.iter().for_each(|person| tell(&mut world, person, 2));
    let mut torn = lying(&world);
    // The last change touched the page of the newest row of the change log: the log holds it, the file's is half old.
    let covered = covered_pages(&torn.log);
    for page in &covered {
        let from = (page - 1) * PAGE;
        torn.file.resize(torn.file.len().max(from + PAGE), 0);
        torn.file[from + 512..from + 1024].fill(0x5A);
    }
    assert!(covered.len() > 3);
    assert_eq!(opened(memory_folder().path(), &torn).expect("the log holds the good pages"), torn.history);
}

/// The pages that a write-ahead log holds: after 32 bytes, frames of 24 bytes and a page, the number first.
fn covered_pages(log: &[u8]) -> Vec<usize> {
    let number = |frame: &[u8]| u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]) as usize;
    log[32..].chunks_exact(24 + PAGE).map(number).filter(|page| *page > 1).collect()
}

#[test]
fn a_newer_ledger_is_refused_and_stays_as_it_is() {
    let folder = memory_folder();
    lay(folder.path(), &closed());
    let path = folder.path().join(FILE);
    let newer = rusqlite::Connection::open(&path).expect("opens");
    newer
        .execute_batch(&format!("PRAGMA key = \"x'{}'\"; PRAGMA user_version = 99;", "07".repeat(32)))
        .expect("written");
    newer.close().expect("closed");
    let before = fs::read(&path).expect("readable");
    let error = Ledger::open(&path, &key()).err().expect("an error");
    assert_eq!((error.kind, error.message().key.as_ref()), (ErrorKind::Refused, "error-newer-ledger"));
    assert!(fs::read(&path).expect("readable") == before, "not a byte of it changed");
    let beside = ["v.xlg-wal", "v.xlg-journal"].map(|name| path.with_file_name(name).exists());
    assert_eq!(beside, [false, false], "nothing was laid beside it");
}

#[test]
fn another_programs_sealed_file_is_no_ledger() {
    let folder = memory_folder();
    let path = folder.path().join(FILE);
    let other = rusqlite::Connection::open(&path).expect("opens");
    let made = format!("PRAGMA key = \"x'{}'\"; CREATE TABLE t (a); PRAGMA application_id = 5;", "07".repeat(32));
    other.execute_batch(&made).expect("written");
    other.close().expect("closed");
    let before = fs::read(&path).expect("readable");
    let error = Ledger::open(&path, &key()).err().expect("an error");
    assert_eq!((error.kind, error.message().key.as_ref()), (ErrorKind::Damaged, "error-not-a-ledger"));
    assert!(fs::read(&path).expect("readable") == before);
}

/// A folder below, its whole path so many bytes long: Chinese, spaces, and names as long as names may be.
fn deep_below(folder: &Path, bytes: usize) -> std::path::PathBuf {
    let mut deep = folder.join("柳河村 的 台账");
    while deep.as_os_str().len() + 60 < bytes {
        deep = deep.join("folder of 2026 with a long name".repeat(2));
    }
    let rest = bytes.saturating_sub(deep.as_os_str().len() + 1).max(1);
    deep.join("x".repeat(rest))
}

#[test]
fn a_ledger_lies_under_long_chinese_and_spaced_paths_or_says_that_it_cannot() {
    let folder = memory_folder();
    let stamp = crate::support::world::stamp(day("2026-11-23"));
    let village = crate::support::world::village();
    let unwatched = &xiangli::ledger::progress::Unwatched;
    let path = deep_below(folder.path(), 300).join("村 台账.xlg");
    let mut ledger = Ledger::create(&path, &key(), &village, None, &stamp).expect("a new ledger");
    let backup = ledger.back_up(&stamp, unwatched).expect("a backup").path;
    assert!(backup.as_os_str().len() > 300 && backup.to_string_lossy().chars().count() > 260);
    drop(ledger);
    for path in [&path, &backup] {
        Ledger::open(path, &key()).expect("it opens").check().expect("sound");
    }
    let beyond = deep_below(folder.path(), 700).join(FILE);
    let error = Ledger::create(&beyond, &key(), &village, None, &stamp).err().expect("SQLite takes 512 bytes");
    assert_eq!(error.message().key, "error-ledger-too-deep");
    let left = beyond.parent().map_or(0, |parent| fs::read_dir(parent).map_or(0, Iterator::count));
    assert_eq!(left, 0, "nothing half-made stays behind");
}
