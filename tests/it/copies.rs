//! Promises P3, P4 and P5 for copies: one sealed file that another laptop opens, and nothing but whole ones.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;
use xiangli::domain::message::Say as _;
use xiangli::ledger::copy::copy_in;
use xiangli::ledger::error::{ErrorKind, LedgerError};
use xiangli::ledger::keys::{KeysFile, Unlock};
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::sealed::{open_with, start};
use xiangli::ledger::{Ledger, NewVillage};

use crate::support::world::{day, key, stamp, village};

const PASSPHRASE: &str = "老槐树下的 32 口井";

/// One started village and its copy on a stick, for all tests: scrypt is slow on purpose.
struct OnStick {
    _folder: TempDir,
    copy: PathBuf,
    bytes: Vec<u8>,
    code: PaperCode,
    head: String,
}

static ON_STICK: LazyLock<OnStick> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = stamp(day("2026-11-23"));
    let new = NewVillage { name: "柳河村*西?".into(), ..village() };
    let (ledger, code) =
        start(&folder.path().join("v.xlg"), &new, &SecretString::from(PASSPHRASE), None, &stamp).expect("it starts");
    let stick = folder.path().join("U盘 1");
    fs::create_dir(&stick).expect("a stick");
    let copy = ledger.copy_out(&stick, &stamp, &Unwatched).expect("a copy");
    assert_eq!(names(&stick), ["柳河村_西-20261123-090000.xlc"], "exactly one file");
    let again = ledger.copy_out(&stick, &stamp, &Unwatched).expect("another copy");
    assert_eq!(again.file_name().and_then(|name| name.to_str()), Some("柳河村_西-20261123-090000-2.xlc"));
    assert!(names(&folder.path().join("backups")).is_empty(), "no temporary file stays at home");
    let bytes = fs::read(&copy).expect("readable");
    let head = ledger.chain_head().expect("a head");
    OnStick { _folder: folder, copy, bytes, code: code.expect("a paper code"), head }
});

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable").flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn passphrase(text: &str) -> Unlock {
    Unlock::Passphrase(SecretString::from(text))
}

/// Bytes as a file that somebody brings, and a place where nothing may appear unless it is whole.
struct Brought {
    _folder: TempDir,
    file: PathBuf,
    home: PathBuf,
}

impl Brought {
    fn new(bytes: &[u8], name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, home) = (folder.path().join(name), folder.path().join("home"));
        fs::write(&file, bytes).expect("written");
        Self { _folder: folder, file, home }
    }

    fn open(&self) -> Result<Ledger, LedgerError> {
        copy_in(&self.file, &self.home.join("v.xlg"), &passphrase(PASSPHRASE), &Unwatched)
    }

    /// The error's key; nothing was written.
    fn refused(&self) -> String {
        let error = self.open().err().expect("not a whole copy");
        assert!(matches!(error.kind, ErrorKind::Damaged | ErrorKind::Refused), "{error:?}");
        assert!(!self.home.exists(), "nothing was written");
        error.message().key.to_string()
    }
}

/// Where the sealed pages begin.
fn pages_at(bytes: &[u8]) -> usize {
    56 + u32::from_le_bytes(*bytes[12..].first_chunk().expect("a length")) as usize
}

#[test]
fn a_copy_opens_elsewhere_by_passphrase_and_by_paper_code_and_keeps_both() {
    for with in [passphrase(PASSPHRASE), Unlock::PaperCode(ON_STICK.code.clone())] {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("another laptop").join("柳河.xlg");
        let ledger = copy_in(&ON_STICK.copy, &target, &with, &Unwatched).expect("it opens");
        assert_eq!(ledger.chain_head().expect("a head"), ON_STICK.head);
        assert_eq!(ledger.village().expect("a village").name, "柳河村*西?");
        assert_eq!(ledger.check().expect("sound"), 1);
        drop(ledger);
        let left = names(&folder.path().join("another laptop"));
        assert_eq!(left, ["柳河.xlg", "柳河.xlg.keys", "柳河.xlg.lock"]);
        let other = match with {
            Unlock::Passphrase(_) => Unlock::PaperCode(ON_STICK.code.clone()),
            Unlock::PaperCode(_) => passphrase(PASSPHRASE),
        };
        drop(open_with(&target, &other).expect("the other way in is valid too"));
    }
    assert_eq!(fs::read(&ON_STICK.copy).expect("readable"), ON_STICK.bytes, "the copy is as it was");
}

#[test]
fn a_copy_is_refused_where_something_lies_and_with_a_wrong_passphrase() {
    let brought = Brought::new(&ON_STICK.bytes, "a.xlc");
    let wrong = copy_in(&brought.file, &brought.home.join("v.xlg"), &passphrase("another village"), &Unwatched);
    assert_eq!(wrong.err().expect("an error").message().key, "error-wrong-passphrase");
    assert!(!brought.home.exists());
    fs::create_dir(&brought.home).expect("made");
    for name in ["v.xlg", "v.xlg.keys", "v.xlg-wal"] {
        fs::write(brought.home.join(name), b"mine").expect("written");
        let error = brought.open().err().expect("occupied");
        assert_eq!(error.kind, ErrorKind::Refused);
        assert_eq!(names(&brought.home), [name]);
        assert_eq!(fs::read(brought.home.join(name)).expect("still there"), b"mine");
        fs::remove_file(brought.home.join(name)).expect("removed");
    }
}

#[test]
fn a_copy_cut_short_anywhere_is_refused_and_nothing_is_written() {
    let bytes = &ON_STICK.bytes;
    let pages = pages_at(bytes);
    let lengths = (0..pages + 64).step_by(64).chain((pages..bytes.len()).step_by(10_007)).chain([1, 8, 23, 24, 55, 56]);
    for length in lengths.chain([bytes.len() - 1]) {
        let key = Brought::new(&bytes[..length], "a.xlc").refused();
        let expected = if length == 0 { "error-empty-file" } else { "error-copy-cut" };
        assert_eq!(key, expected, "cut after {length}");
    }
    let longer = [bytes.as_slice(), b"x"].concat();
    assert_eq!(Brought::new(&longer, "a.xlc").refused(), "error-copy-damaged");
}

#[test]
fn every_flipped_bit_is_noticed_and_nothing_is_written() {
    let bytes = &ON_STICK.bytes;
    let pages = pages_at(bytes);
    let spread = (0..200).map(|step| pages + step * (bytes.len() - pages) / 200);
    let mut flipped = bytes.clone();
    for at in (0..80).chain((80..pages).step_by(13)).chain(spread) {
        flipped[at] ^= 1 << (at % 8);
        let key = Brought::new(&flipped, "a.xlc").refused();
        flipped[at] = bytes[at];
        let expected: &[&str] = match at {
            0..8 => &["error-not-a-copy"],
            8..12 => &["error-copy-newer", "error-copy-damaged"],
            12..24 => &["error-copy-cut", "error-copy-damaged"],
            _ => &["error-copy-damaged"],
        };
        assert!(expected.contains(&key.as_str()), "byte {at}: {key}");
    }
}

#[test]
fn huge_lengths_and_other_files_are_refused_with_a_sentence_each() {
    let mut huge = ON_STICK.bytes.clone();
    huge[16..24].fill(0xFF);
    assert_eq!(Brought::new(&huge, "a.xlc").refused(), "error-copy-damaged");
    huge[16..24].copy_from_slice(&(1u64 << 40).to_le_bytes());
    assert_eq!(Brought::new(&huge, "a.xlc").refused(), "error-copy-cut");
    let mut keys = ON_STICK.bytes.clone();
    keys[12..16].fill(0xFF);
    assert_eq!(Brought::new(&keys, "a.xlc").refused(), "error-copy-damaged");
    let mut newer = ON_STICK.bytes.clone();
    newer[8] = 2;
    assert_eq!(Brought::new(&newer, "a.xlc").refused(), "error-copy-newer");
    assert_eq!(Brought::new(b"PK\x03\x04 a spreadsheet", "a.xlsx").refused(), "error-not-a-copy");
    assert_eq!(Brought::new(&ON_STICK.bytes[pages_at(&ON_STICK.bytes)..], "v.xlg").refused(), "error-copy-is-ledger");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("v.xlg");
    let not_there = copy_in(&folder.path().join("no.xlc"), &target, &passphrase(PASSPHRASE), &Unwatched);
    assert_eq!(not_there.err().expect("an error").kind, ErrorKind::Disk);
    let a_folder = copy_in(folder.path(), &target, &passphrase(PASSPHRASE), &Unwatched);
    assert_eq!(a_folder.err().expect("an error").message().key, "error-not-a-copy");
}

struct StopAfter(AtomicU32);

impl Progress for StopAfter {
    fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
        assert!(done <= total && total > 0, "{done} of {total}");
        if self.0.fetch_sub(1, Ordering::Relaxed) == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn stopping_at_any_moment_leaves_no_file_on_the_stick_or_at_home() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("v.xlg");
    let ledger = copy_in(&ON_STICK.copy, &home, &passphrase(PASSPHRASE), &Unwatched).expect("it opens");
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).expect("made");
    let stamp = stamp(day("2026-11-24"));
    let mut told = 0;
    while let Err(error) = ledger.copy_out(&stick, &stamp, &StopAfter(AtomicU32::new(told))) {
        assert_eq!(error.kind, ErrorKind::Cancelled);
        assert!(names(&stick).is_empty() && names(&folder.path().join("backups")).is_empty());
        told += 1;
    }
    assert!(told >= 4, "asked {told} times");
    assert_eq!(names(&stick).len(), 1);
    let brought = Brought::new(&ON_STICK.bytes, "a.xlc");
    let target = brought.home.join("v.xlg");
    let stopped = copy_in(&brought.file, &target, &passphrase(PASSPHRASE), &StopAfter(AtomicU32::new(0)));
    assert_eq!(stopped.err().expect("stopped").kind, ErrorKind::Cancelled);
    assert!(!brought.home.exists());
}

#[test]
fn a_ledger_without_its_keys_or_with_anothers_makes_no_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    let now = stamp(day("2026-11-23"));
    let ledger = Ledger::create(&path, &key(), &village(), None, &now).expect("a ledger");
    let stick = folder.path().join("stick");
    let no_stick = ledger.copy_out(&stick, &now, &Unwatched).expect_err("no such folder");
    assert_eq!(no_stick.message().key, "error-no-such-file");
    fs::create_dir(&stick).expect("made");
    let without = ledger.copy_out(&stick, &now, &Unwatched).expect_err("no keys file");
    assert_eq!(without.message().key, "error-keys-missing");
    let length = pages_at(&ON_STICK.bytes);
    fs::write(KeysFile::path_of(&path), &ON_STICK.bytes[56..length]).expect("written");
    let foreign = ledger.copy_out(&stick, &now, &Unwatched).expect_err("another ledger's keys");
    assert_eq!(foreign.message().key, "error-keys-changed");
    assert!(!foreign.is_damage(), "the ledger is sound: the page of damage would advise closing it");
    assert!(names(&stick).is_empty());
}

/// Run with `XIANGLI_TEST_SMALL_DISK` naming an empty folder on a file system of about 1 MB (a small tmpfs).
#[cfg(unix)]
#[test]
#[ignore = "needs a small disk"]
fn a_full_disk_stops_copies_and_backups_with_a_sentence_and_nothing_stays() {
    let small = PathBuf::from(std::env::var_os("XIANGLI_TEST_SMALL_DISK").expect("a small disk"));
    let folder = tempfile::tempdir().expect("a folder");
    let opened = |name: &str| {
        let home = folder.path().join(name).join("v.xlg");
        copy_in(&ON_STICK.copy, &home, &passphrase(PASSPHRASE), &Unwatched).expect("it opens")
    };
    let (ledger, mut backed_up) = (opened("a"), opened("b"));
    fs::create_dir(small.join("backups")).expect("made");
    std::os::unix::fs::symlink(small.join("backups"), folder.path().join("b").join("backups")).expect("linked");
    let now = stamp(day("2026-11-24"));
    for left in [0, 8_000, 40_000, 100_000] {
        fill(&small, left);
        let target = small.join("v.xlg");
        let failures = [
            ledger.copy_out(&small, &now, &Unwatched).err(),
            copy_in(&ON_STICK.copy, &target, &passphrase(PASSPHRASE), &Unwatched).err(),
            backed_up.back_up(&now, &Unwatched).err(),
        ];
        for failure in failures {
            let failure = failure.expect("no room");
            assert_eq!(failure.kind, ErrorKind::Disk);
            assert!(failure.message().key.ends_with("disk-full"), "{left}: {failure:?}");
        }
        assert_eq!(names(&small), ["backups", "fill"]);
        assert!(names(&small.join("backups")).is_empty());
    }
    fs::remove_file(small.join("fill")).expect("removed");
    backed_up.back_up(&now, &Unwatched).expect("there is room again");
    fs::remove_dir_all(small.join("backups")).expect("removed");
}

/// Fills a disk but for some bytes.
#[cfg(unix)]
fn fill(disk: &Path, left: u64) {
    use std::io::Write as _;
    let path = disk.join("fill");
    let mut file = fs::File::create(&path).expect("made");
    while file.write_all(&[0; 4096]).is_ok() {}
    let size = file.metadata().expect("there").len();
    file.set_len(size.saturating_sub(left)).expect("shortened");
}

#[test]
fn nothing_personal_is_readable_in_a_copy() {
    let bytes = &ON_STICK.bytes;
    for secret in ["柳河村", PASSPHRASE, "测试", "SQLite format", "421399"] {
        assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
    }
}
