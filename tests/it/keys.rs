//! Promise P7 and the keys file: two ways in, nothing half-made, a damaged file told apart from a wrong passphrase.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use secrecy::SecretString;
use tempfile::TempDir;
use xiangli::domain::consent::Purpose;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::ledger::command::{Command, Stamp};
use xiangli::ledger::error::{ErrorKind, LedgerError};
use xiangli::ledger::handouts::{Made, Out};
use xiangli::ledger::keys::{self, DEMO_PASSPHRASE, KeysFile, Role, Unlock};
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::passphrase::check_passphrase;
use xiangli::ledger::privacy::report::PrivacyPaper;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::sealed::{open_with, start};
use xiangli::ledger::sections::Section;
use xiangli::ledger::{Ledger, NewVillage, VillageKind};
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::program::{TODAY, Village};
use crate::support::world::{day, key, stamp, village};

const PASSPHRASE: &str = "柳河村的老槐树 2026";

/// scrypt is slow on purpose: one started village serves all tests that only read.
struct Started {
    folder: TempDir,
    path: PathBuf,
    code: PaperCode,
}

static STARTED: LazyLock<Started> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("柳河 村").join("v.xlg");
    let (ledger, code) =
        start(&path, &village(), &secret(PASSPHRASE), None, &stamp(day("2026-11-23"))).expect("it starts");
    drop(ledger);
    Started { folder, path, code: code.expect("a real village has a paper code") }
});

/// A copy of the started village that a test may spoil.
fn spoilable() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    fs::copy(&STARTED.path, &path).expect("copied");
    fs::copy(KeysFile::path_of(&STARTED.path), KeysFile::path_of(&path)).expect("copied");
    (folder, path)
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn passphrase(text: &str) -> Unlock {
    Unlock::Passphrase(secret(text))
}

fn said(error: &LedgerError) -> String {
    error.message().key.to_string()
}

#[track_caller]
fn refused<T>(result: Result<T, LedgerError>, kind: ErrorKind, key: &str) {
    let error = result.err().expect("an error");
    assert_eq!((error.kind, said(&error).as_str()), (kind, key));
}

#[test]
fn a_ledger_opens_by_passphrase_and_by_paper_code_and_by_nothing_else() {
    let (_folder, path) = spoilable();
    drop(open_with(&path, &passphrase(&format!("{PASSPHRASE}\r\n"))).expect("a file's line end does not count"));
    let typed = PaperCode::parse(&STARTED.code.to_string().to_lowercase().replace('-', " ")).expect("readable");
    drop(open_with(&path, &Unlock::PaperCode(typed)).expect("the paper code opens it"));
    refused(open_with(&path, &passphrase("柳河村的老槐树 2025")), ErrorKind::Damaged, "error-wrong-passphrase");
    let other = PaperCode::random().expect("random");
    refused(open_with(&path, &Unlock::PaperCode(other)), ErrorKind::Damaged, "error-wrong-paper-code");
}

#[test]
fn a_forgotten_passphrase_is_replaced_by_means_of_the_paper_code() {
    let (folder, path) = spoilable();
    let by_code = Unlock::PaperCode(STARTED.code.clone());
    refused(
        KeysFile::change_passphrase(&path, &by_code, &secret("short")),
        ErrorKind::Refused,
        "error-passphrase-short",
    );
    KeysFile::change_passphrase(&path, &by_code, &secret("new words for the village")).expect("changed");
    drop(open_with(&path, &passphrase("new words for the village")).expect("the new one opens it"));
    refused(open_with(&path, &passphrase(PASSPHRASE)), ErrorKind::Damaged, "error-wrong-passphrase");
    drop(open_with(&path, &by_code).expect("the paper code stays valid"));
    let renewed = KeysFile::renew_paper_code(&path, &passphrase("new words for the village")).expect("renewed");
    drop(open_with(&path, &Unlock::PaperCode(renewed)).expect("the new paper code opens it"));
    refused(open_with(&path, &by_code), ErrorKind::Damaged, "error-wrong-paper-code");
    let before = fs::read(KeysFile::path_of(&path)).expect("readable");
    let wrong = KeysFile::change_passphrase(&path, &passphrase(PASSPHRASE), &secret("yet another one"));
    refused(wrong, ErrorKind::Damaged, "error-wrong-passphrase");
    assert_eq!(fs::read(KeysFile::path_of(&path)).expect("readable"), before);
    let names: Vec<_> = fs::read_dir(folder.path()).expect("readable").flatten().map(|e| e.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part")), "{names:?}");
}

#[test]
fn a_missing_damaged_newer_or_foreign_keys_file_is_told_apart_from_a_wrong_passphrase() {
    let (_folder, path) = spoilable();
    let keys = KeysFile::path_of(&path);
    let whole = fs::read(&keys).expect("readable");
    let open = || open_with(&path, &passphrase(PASSPHRASE));
    fs::remove_file(&keys).expect("removed");
    refused(open(), ErrorKind::Damaged, "error-keys-missing");
    for length in (0..whole.len() - 2).step_by(7) {
        fs::write(&keys, &whole[..length]).expect("written");
        refused(open(), ErrorKind::Damaged, "error-keys-damaged");
    }
    fs::write(&keys, vec![b' '; 65 << 10]).expect("written");
    refused(open(), ErrorKind::Damaged, "error-keys-damaged");
    let text = String::from_utf8(whole.clone()).expect("JSON");
    fs::write(&keys, text.replace("\"version\": 1", "\"version\": 3, \"more\": []")).expect("written");
    refused(open(), ErrorKind::Refused, "error-keys-newer");
    let (_other, other) = spoilable();
    fs::remove_file(&other).expect("removed");
    drop(Ledger::create(&other, &key(), &village(), None, &stamp(day("2026-11-23"))).expect("another ledger"));
    refused(open_with(&other, &passphrase(PASSPHRASE)), ErrorKind::Damaged, "error-keys-do-not-fit");
}

#[test]
fn the_own_keys_file_of_an_open_ledger_is_put_back_where_another_ones_lies_there_or_none() {
    let (folder, path) = spoilable();
    let file = KeysFile::path_of(&path);
    let own = fs::read(&file).expect("readable");
    let other = folder.path().join("other.xlg");
    let now = stamp(day("2026-11-23"));
    drop(start(&other, &village(), &secret("山下有条小河弯弯绕绕"), None, &now).expect("another ledger"));
    let strange = fs::read(KeysFile::path_of(&other)).expect("readable");
    let open = || open_with(&path, &passphrase(PASSPHRASE)).expect("it opens");
    // A copy made, or a backup, or the ledger put away: each looks first.
    let ledger = open();
    fs::write(&file, &strange).expect("another village's folder was copied over this one");
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).expect("made");
    ledger.copy_out(&stick, &now, &Unwatched).expect("a copy, with the right keys in it");
    assert_eq!(fs::read(&file).expect("there"), own);
    let aside = path.with_file_name(format!("{}-aside", file.file_name().expect("a name").display()));
    assert_eq!(fs::read(&aside).expect("what lay there is kept"), strange);
    for damage in [None, Some(&strange[..40]), Some(&strange[..])] {
        match damage {
            None => fs::remove_file(&file).expect("removed"),
            Some(bytes) => fs::write(&file, bytes).expect("written"),
        }
        ledger.source_of_copies().expect("a backup's source");
        assert_eq!(fs::read(&file).expect("there"), own);
    }
    fs::remove_file(&file).expect("removed");
    drop(ledger);
    open().check().expect("it opens again");
    // What was changed meanwhile is what is put back, and a newer program's file is left alone.
    let ledger = open();
    KeysFile::change_passphrase(&path, &passphrase(PASSPHRASE), &secret("河边三棵柳树 2027")).expect("changed");
    ledger.keep_keys().expect("seen");
    fs::remove_file(&file).expect("removed");
    drop(ledger);
    let ledger = open_with(&path, &passphrase("河边三棵柳树 2027")).expect("the new one opens it");
    let text = fs::read_to_string(&file).expect("JSON");
    let newer = text.replace("\"version\": 1", "\"version\": 3, \"more\": []");
    fs::write(&file, &newer).expect("written");
    drop(ledger);
    assert_eq!(fs::read_to_string(&file).expect("there"), newer);
    // Nor are keys laid beside a ledger that is another one by now.
    fs::write(&file, &text).expect("written");
    let ledger = open_with(&path, &passphrase("河边三棵柳树 2027")).expect("it opens");
    for ending in ["", ".keys"] {
        let (from, to) = (format!("{}{ending}", other.display()), format!("{}{ending}", path.display()));
        fs::rename(from, to).expect("another ledger took its place");
    }
    drop(ledger);
    assert_eq!(fs::read(&file).expect("there"), strange);
}

#[test]
fn every_flipped_bit_of_the_keys_file_is_damage_and_never_a_wrong_passphrase() {
    let (_folder, path) = spoilable();
    let keys = KeysFile::path_of(&path);
    let whole = fs::read(&keys).expect("readable");
    for at in 0..whole.len() - 1 {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&keys, &flipped).expect("written");
        match KeysFile::open(&path) {
            Ok(_) => assert!(whole[at].is_ascii_whitespace(), "byte {at} is not covered"),
            Err(error) => assert!(matches!(said(&error).as_str(), "error-keys-damaged" | "error-keys-newer"), "{at}"),
        }
    }
}

#[test]
fn starting_over_something_refuses_and_a_failed_start_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("v.xlg");
    let begin = |new: &NewVillage, words: &str| start(&path, new, &secret(words), None, &stamp(day("2026-11-23")));
    refused(begin(&village(), "1234567"), ErrorKind::Refused, "error-passphrase-short");
    let nameless = NewVillage { name: "  ".into(), ..village() };
    refused(begin(&nameless, PASSPHRASE), ErrorKind::Refused, "error-village-name");
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 0);
    for (ending, key) in
        [("", "error-ledger-exists"), (".keys", "error-ledger-parts-exist"), ("-wal", "error-ledger-parts-exist")]
    {
        let occupied = folder.path().join(format!("v.xlg{ending}"));
        fs::write(&occupied, b"mine").expect("written");
        refused(begin(&village(), PASSPHRASE), ErrorKind::Refused, key);
        assert_eq!(fs::read(&occupied).expect("still there"), b"mine");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        fs::remove_file(&occupied).expect("removed");
    }
    // The ledger cannot be made where its lock is held by another program: the keys file goes again.
    let lock = fs::File::create(folder.path().join("v.xlg.lock")).expect("made");
    lock.try_lock().expect("free");
    refused(begin(&village(), PASSPHRASE), ErrorKind::Locked, "error-already-open");
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1, "only the other program's lock");
}

#[test]
fn a_demo_village_opens_with_the_known_passphrase_and_has_no_paper_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.xlg");
    let demo = NewVillage { kind: VillageKind::Demo, ..village() };
    let (ledger, code) =
        start(&path, &demo, &secret(DEMO_PASSPHRASE), Some([1; 32]), &stamp(day("2026-11-23"))).expect("it starts");
    drop(ledger);
    assert!(code.is_none());
    let keys = KeysFile::open(&path).expect("readable");
    assert_eq!(keys.kind(), VillageKind::Demo);
    let code = PaperCode::random().expect("random");
    refused(keys.unlock_with_paper_code(&code), ErrorKind::Damaged, "error-wrong-paper-code");
    drop(open_with(&path, &passphrase(DEMO_PASSPHRASE)).expect("it opens"));
}

#[test]
fn easy_passphrases_are_refused_with_the_reason() {
    for (text, key) in [
        ("", "error-passphrase-short"),
        ("口令口令口令口", "error-passphrase-short"),
        ("1234567\r\n", "error-passphrase-short"),
        ("19580412", "error-passphrase-digits"),
        ("19912345678", "error-passphrase-digits"),
        ("aaaaaaaa", "error-passphrase-easy"),
        ("abababab", "error-passphrase-easy"),
        ("abcdefgh", "error-passphrase-easy"),
        ("PassWord", "error-passphrase-easy"),
    ] {
        refused(check_passphrase(&secret(text)), ErrorKind::Refused, key);
    }
    refused(check_passphrase(&secret(&"长".repeat(1001))), ErrorKind::Refused, "error-passphrase-long");
    for text in ["柳河村老槐树下的井", "correct horse battery", "3组的水渠98米", "839105726481", DEMO_PASSPHRASE]
    {
        check_passphrase(&secret(text)).expect("good enough");
    }
}

#[test]
fn nothing_secret_is_readable_in_debug_output_or_beside_the_envelopes() {
    let keys = KeysFile::open(&STARTED.path).expect("readable");
    let unlock = passphrase(PASSPHRASE);
    let shown = format!("{keys:?} {unlock:?} {:?} {:?}", STARTED.code, keys::LedgerKey::from_bytes([5; 32]));
    assert!(!shown.contains(PASSPHRASE) && !shown.contains("0505"), "{shown}");
    assert!(!shown.contains(&STARTED.code.to_string()[..4]), "{shown}");
    let text = fs::read_to_string(KeysFile::path_of(&STARTED.path)).expect("readable");
    assert!(!text.contains("柳河") && !text.contains(&STARTED.code.to_string().replace('-', "")));
    assert!(STARTED.folder.path().exists());
}

#[cfg(unix)]
#[test]
fn ledger_and_keys_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    for path in [STARTED.path.clone(), KeysFile::path_of(&STARTED.path)] {
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn who_may_only_look_reads_everything_and_writes_prints_and_copies_nothing() {
    let village = Village::new();
    let (own, looking) = (secret(PASSPHRASE), secret("只看的人 2026"));
    let refused =
        KeysFile::set_looking(&village.path(), &Unlock::Passphrase(own.clone()), Some(&own)).expect_err("the same");
    assert_eq!(refused.message().key, "error-looking-same");
    KeysFile::set_looking(&village.path(), &Unlock::Passphrase(own.clone()), Some(&looking)).expect("set");
    assert_eq!(village.open().expect("the cadre's opens").role(), Role::Cadre);
    let mut ledger = open_with(&village.path(), &Unlock::Passphrase(looking.clone())).expect("it opens");
    assert_eq!(ledger.role(), Role::Looking);
    let today = stamp(day(TODAY));
    let programme = "elder-check".to_owned();
    let tell =
        Command::Record { resident: village.people[0].clone(), programme, outcome: Outcome::Told, on: today.today };
    let key = |error: LedgerError| error.message().key.to_string();
    assert_eq!(key(ledger.run(&tell, &today).expect_err("writes")), "error-looking-only");
    assert_eq!(
        key(ledger.copy_out(village.beside(".").as_path(), &today, &Unwatched).expect_err("copies")),
        "error-looking-only"
    );
    assert!(!ledger.list("elder-check", today.today).expect("reads").rows.is_empty());
    prints_nothing(&mut ledger, &village, &today);
    drop(ledger);
    let with = Unlock::Passphrase(looking);
    assert_eq!(
        key(KeysFile::change_passphrase(&village.path(), &with, &secret("新的老槐树 2027")).expect_err("ways in")),
        "error-looking-only"
    );
    assert_eq!(key(KeysFile::renew_paper_code(&village.path(), &with).expect_err("ways in")), "error-looking-only");
    KeysFile::set_looking(&village.path(), &Unlock::Passphrase(own), None).expect("taken away");
    assert!(open_with(&village.path(), &with).is_err());
}

/// Neither a list of people nor a paper with nobody on it, whose printing is no change; and no slip is counted.
fn prints_nothing(ledger: &mut Ledger, village: &Village, today: &Stamp) {
    let words = Words::new(Language::English);
    let papers = [
        PaperWish::Roster { programme: "elder-check".into(), section: Section::Eligible },
        PaperWish::Person(village.people[0].clone()),
        PaperWish::Slip { programme: "folic-acid".into() },
        PaperWish::ToldSlip { programme: "elder-check".into() },
        PaperWish::ConsentNotice(Purpose::Services),
        PaperWish::Pyramid,
        PaperWish::Privacy(PrivacyPaper::ChildRules),
        PaperWish::SelfCheck,
    ];
    for wish in papers {
        let (order, out) = (Order::new(wish, &words), village.beside("paper.pdf"));
        let made = |_: &_| -> xiangli::ledger::error::Result<Made> { panic!("{:?} was made", order.wish) };
        let error = ledger.hand_out(&Out::At(out.clone()), &order.leaving(), today, made).expect_err("prints");
        assert_eq!(error.message().key, "error-looking-only", "{:?}", order.wish);
        assert!(!out.exists());
    }
    let error = ledger.uncount_slips("folic-acid", 1, today.today).expect_err("writes");
    assert_eq!(error.message().key, "error-looking-only");
    assert_eq!(ledger.slips_printed("folic-acid", today.today).expect("read"), 0);
}
