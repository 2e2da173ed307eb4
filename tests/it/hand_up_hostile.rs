//! Files from outside, and sticks: changed, cut, replayed, forked; pulled out, full, read-only; a township killed while it
//! reads. Nothing that does not verify is taken, nothing that was taken is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;
use secrecy::SecretString;
use xiangli::domain::hand_up::{FileState, Profile};
use xiangli::domain::message::Say as _;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::sealed::start;
use xiangli::ledger::{NewVillage, VillageKind};
use xiangli::words::{Language, Words};

use crate::support::forge::{Stolen, behind_our_back, with_true_head};
use crate::support::offices::{Offices, TOWNSHIP, code, with_persons};
use crate::support::preload::full_disk;
use crate::support::program::{Village, bare_program, below, chance, number};
use crate::support::world::{day, key, stamp};

fn state_of(offices: &Offices, bytes: &[u8]) -> FileState {
    let file = offices.stick().join("changed.xlb");
    fs::write(&file, bytes).expect("written");
    offices.look(&[file])[0].state
}

#[test]
fn a_file_cut_anywhere_or_with_one_bit_changed_is_never_taken() {
    let mut offices = Offices::new(1, 60, &with_persons());
    let file = offices.hand_up(0);
    let whole = fs::read(&file).expect("readable");
    for length in (0..whole.len()).step_by(64) {
        let state = state_of(&offices, &whole[..length]);
        assert!(!state.is_read(), "{length} of {} bytes: {state:?}", whole.len());
    }
    let mut random = chance("flipped bits");
    let flips = number("XIANGLI_TEST_FLIPS", 5_000);
    let mut named = [0; 3];
    for _ in 0..flips {
        let (at, bit) = (below(&mut random, whole.len()), below(&mut random, 8));
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        match state_of(&offices, &bytes) {
            FileState::Damaged => named[0] += 1,
            FileState::Foreign => named[1] += 1,
            other => panic!("bit {bit} of byte {at}: {other:?}"),
        }
    }
    eprintln!("{flips} flipped bits: {} damaged, {} not sealed for us any more", named[0], named[1]);
    // Anything else, by the same door.
    for other in [vec![], b"PK\x03\x04".repeat(100), vec![0; 4096], b"age-encryption.org/v1\n-> X25519 ".to_vec()] {
        assert!(!state_of(&offices, &other).is_read());
    }
    let mut long = whole.clone();
    long.extend_from_slice(&[0; 10]);
    assert_eq!(state_of(&offices, &long), FileState::Damaged, "and nothing may follow");
    let looked = offices.look(&[offices.folder.path().to_path_buf(), offices.stick().join("missing.xlb")]);
    assert!(looked.iter().all(|file| !file.state.is_read()));
    assert_eq!(state_of(&offices, &whole), FileState::Accepted);
}

/// Changes the rows of a file, has the changed ones sealed, and looks whether the township takes them.
fn never_taken(offices: &mut Offices, seal: impl Fn(&[u8], &Offices) -> Vec<u8>) -> Result<(), String> {
    let file = offices.hand_up(0);
    let plain = offices.plain(&file);
    let lines: Vec<&str> = plain.lines().collect();
    let mut inner: Vec<String> = lines[1..lines.len() - 1].iter().map(|line| (*line).to_owned()).collect();
    let row = inner.iter_mut().skip(1).find(|line| line.contains("\"residents\"")).expect("the people are counted");
    *row = row.replacen("\"number\":", "\"number\":9", 1);
    let inner = inner.join("\n");
    assert!(!plain.contains(&inner), "something of it was changed");
    let sealed = seal(format!("{inner}\n").as_bytes(), offices);
    match state_of(offices, &sealed) {
        state if state.is_read() => Err(format!("a changed file is {state:?}")),
        _ => Ok(()),
    }
}

/// Who has no key can seal, as everybody knows for whom; nothing of it is taken. Who has the village's own key is the
/// village to everybody: the suite notices what then gets through.
#[test]
fn the_suite_of_hand_up_files_bites_where_whoever_changed_one_can_sign_for_the_village() {
    let mut offices = Offices::new(1, 60, &with_persons());
    let by = |whose: fn(&Offices) -> &Ledger| {
        move |lines: &[u8], offices: &Offices| {
            let to = Stolen::of(offices.township.path()).recipient;
            Stolen::of(whose(offices).path()).package("xiangli-hand-up 1", &with_true_head(lines), &to)
        }
    };
    never_taken(&mut offices, by(|offices| &offices.township)).expect("signed by anybody else");
    let wrong = never_taken(&mut offices, by(|offices| &offices.villages[0]));
    assert!(wrong.as_ref().is_err_and(|wrong| wrong.starts_with("a changed file is ")), "{wrong:?}");
}

#[test]
fn replayed_old_and_forked_files_are_named_and_change_nothing() {
    let mut offices = Offices::new(1, 60, &with_persons());
    let first = offices.hand_up(0);
    let ten = vec![first.clone(); 10];
    let read = offices.receive(&ten);
    assert_eq!(read.files[0].state, FileState::Accepted);
    assert!(read.files[1..].iter().all(|file| file.state == FileState::Same && file.rows.new == 0));
    // Two laptops: the ledger's folder is copied, and both go on.
    let other = offices.folder.path().join("other");
    fs::create_dir(&other).expect("made");
    let path = offices.villages[0].path().to_owned();
    drop(offices.villages.remove(0));
    fs::copy(&path, other.join("v.xlg")).expect("copied");
    offices.villages.push(Ledger::open(&path, &key()).expect("it opens"));
    let second = offices.hand_up(0);
    let third = offices.hand_up(0);
    let mut twin = Ledger::open(&other.join("v.xlg"), &key()).expect("it opens");
    let all = ResidentFilter { limit: 1, ..ResidentFilter::default() };
    let resident = twin.residents(&all).expect("people")[0].uid.clone();
    twin.run(&Command::RemoveResident { resident }, &offices.stamp).expect("edited apart");
    let forked = twin.hand_up(&offices.stick(), &offices.stamp, &Unwatched).expect("handed up").path;
    // A second township from the same copy reads them in another order.
    let beside = offices.folder.path().join("beside");
    fs::create_dir(&beside).expect("made");
    let town = offices.township.back_up(&offices.stamp, &Unwatched).expect("a copy").path;
    fs::copy(town, beside.join("v.xlg")).expect("copied");
    let read = offices.receive(&[third.clone(), second.clone(), forked.clone()]);
    let states: Vec<FileState> = read.files.iter().map(|file| file.state).collect();
    assert_eq!(states, [FileState::Gap, FileState::Older, FileState::Fork]);
    let coverage = offices.township.coverage(offices.stamp.today).expect("readable");
    assert_eq!((&coverage.rows[0].gaps, coverage.rows[0].file.as_ref().map(|file| file.number)), (&vec![], Some(3)));
    let hash = offices.township.received_hash().expect("a hash");
    assert!(
        offices.township.history(&ChangeFilter { limit: 1, ..ChangeFilter::default() }).expect("readable")[0].op
            == "receive"
    );
    let mut beside = Ledger::open(&beside.join("v.xlg"), &key()).expect("it opens");
    for files in [vec![forked.clone()], vec![second, third]] {
        beside.receive(&files, &offices.stamp, &Unwatched).expect("read");
    }
    assert_eq!(beside.received_hash().expect("a hash"), hash, "whichever laptop's file came first");
    // Each laptop gets a receipt of its own file, and knows the other's for a stranger.
    let receipts: Vec<PathBuf> = offices.receive(&[forked]).receipts;
    let taken: Vec<bool> = receipts.iter().map(|receipt| twin.take_receipt(receipt, &offices.stamp).is_ok()).collect();
    assert_eq!(taken.iter().filter(|taken| **taken).count(), 1, "{receipts:?}");
}

#[test]
fn a_clock_that_is_years_off_is_said_and_a_stick_that_cannot_be_written_is_no_loss() {
    let mut offices = Offices::new(1, 60, &Profile::counts());
    let (stick, today) = (offices.stick(), offices.stamp.clone());
    offices.stamp = stamp(day("2036-11-23"));
    let error = offices.villages[0].hand_up(&stick, &offices.stamp, &Unwatched).expect_err("ten years later?");
    assert_eq!(error.message().key, "date-far-ahead");
    offices.villages[0].confirm_date(offices.stamp.today).expect("somebody says so, wrongly");
    let file = offices.hand_up(0);
    offices.stamp = today;
    let read = offices.receive(&[file]);
    let said = Words::new(Language::Chinese).say(&read.files[0].message);
    assert!(read.files[0].state == FileState::Accepted && said.contains("比今天还晚"), "{said}");
    let error = offices.villages[0].hand_up(&stick, &offices.stamp, &Unwatched).expect_err("the clock was set right");
    assert_eq!(error.message().key, "hand-up-clock");
    // Somebody looked at the calendar: it goes on.
    offices.villages[0].confirm_date(offices.stamp.today).expect("said");
    offices.hand_up(0);
    let gone = stick.join("gone");
    let error = offices.villages[0].hand_up(&gone, &stamp(day("2036-12-01")), &Unwatched).expect_err("no stick");
    assert_eq!(error.message().key, "error-no-such-file");
    assert_eq!(offices.villages[0].hand_ups().expect("readable").len(), 2);
    let months = stamp(day("2099-01-31"));
    let error = offices.villages[0].close_month("2098-12", &months).expect_err("nobody would believe that");
    assert_eq!(error.message().key, "date-far-ahead");
}

#[test]
fn whoever_has_an_old_invite_or_makes_one_takes_nobodys_place() {
    let mut offices = Offices::new(1, 60, &Profile::counts());
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    offices.township.confirm_member(&code(0), &stamp).expect("compared by phone");
    let genuine = offices.hand_up(0);
    // Another ledger answers a copy of the invite that was used, and hands up by it.
    let invite = fs::read_dir(&stick).expect("readable").flatten().map(|entry| entry.path());
    let invite =
        invite.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "xli")).expect("an invite");
    let mut strangers = Offices::apart(1, 60);
    let theirs = strangers.stick();
    strangers.villages[0].enrol(&invite, &theirs, &stamp).expect("an invite like any other to them");
    let forged = strangers.hand_up(0);
    let read = offices.receive(std::slice::from_ref(&forged));
    assert_eq!(read.files[0].state, FileState::UnknownSender);
    let answer = fs::read_dir(&theirs).expect("readable").flatten().map(|entry| entry.path());
    let answer =
        answer.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "xla")).expect("an answer");
    let error = offices.township.enrol(&answer, &stick, &stamp).expect_err("the secret is used up");
    assert_eq!(error.message().key, "invite-answer-used");
    let read = offices.receive(&[genuine]);
    assert_eq!(read.files[0].state, FileState::Accepted);
    assert!(offices.township.invited().expect("readable")[0].confirmed_on.is_some());
    // An office that is not above the village, or another one above it, is not answered.
    let mut elsewhere = Offices::apart(0, 0);
    let other = stick.join("other.xli");
    elsewhere.township.invite(&code(0), &Profile::counts(), &other, &stamp).expect("it invites");
    let error = offices.villages[0].enrol(&other, &stick, &stamp).expect_err("other keys of the same code");
    assert_eq!(error.message().key, "invite-other-office");
    offices.villages[0].leave_office(&stamp).expect("left");
    offices.villages[0].enrol(&other, &stick, &stamp).expect("answered now");
}

#[test]
fn a_header_that_takes_minutes_to_read_is_damaged_at_once() {
    let offices = Offices::new(1, 0, &Profile::counts());
    let mut bytes = b"age-encryption.org/v1\n".to_vec();
    for _ in 0..20_000 {
        bytes.extend_from_slice(
            b"-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        );
    }
    bytes.extend_from_slice(b"--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
    let begun = std::time::Instant::now();
    assert_eq!(state_of(&offices, &bytes), FileState::Damaged);
    assert!(begun.elapsed().as_secs() < 5);
}

/// A village that the program can open, enrolled with the township of `offices`.
fn enrolled_program(offices: &mut Offices) -> Village {
    let village = Village::new();
    let invite = offices.stick().join("a.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &offices.stamp).expect("invited");
    let mut ledger = village.open().expect("it opens");
    ledger.enrol(&invite, &offices.stick(), &offices.stamp).expect("answered");
    village
}

fn named(stick: &Path, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(stick).expect("readable").flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

#[test]
fn a_stick_pulled_out_or_full_at_any_byte_has_no_file_that_does_not_verify() {
    let mut offices = Offices::apart(0, 0);
    let village = enrolled_program(&mut offices);
    let stick = offices.stick().join("usb");
    fs::create_dir(&stick).expect("made");
    let run = |after: usize, kind: &str| {
        let mut process = village.program(["hand-up", "--to"]);
        process.arg(&stick).env("LD_PRELOAD", full_disk()).env("FULL_DIR", &stick);
        process.env("FULL_AFTER", after.to_string()).env("FULL_KIND", kind);
        process.stdin(Stdio::null()).output().expect("it starts")
    };
    assert!(run(1 << 20, "yank").status.success(), "it fits");
    let whole = fs::metadata(&named(&stick, "xlb")[0]).expect("there").len() as usize;
    let points = number("XIANGLI_TEST_YANKS", 300) as usize;
    let (mut failed, mut made) = (0, 1);
    for point in 0..points {
        let output = run(whole * point / points, if point % 3 == 0 { "grow" } else { "yank" });
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.trim().lines().count(), usize::from(!output.status.success()), "{said}");
        failed += usize::from(!output.status.success());
        made += usize::from(output.status.success());
        let files = named(&stick, "xlb");
        assert_eq!(files.len(), made, "no file under its name that was not said to be one");
    }
    assert!(failed > points * 9 / 10, "{failed} failed, {made} made");
    // A file's length differs a little each time: that it goes on is shown where there is room again.
    assert!(run(1 << 20, "yank").status.success(), "it fits again");
    made += 1;
    let looked = offices.look(&named(&stick, "xlb"));
    assert!(looked.iter().all(|file| file.state.is_read()));
    let mut ledger = village.open().expect("it opens");
    ledger.check().expect("sound");
    assert_eq!(ledger.hand_ups().expect("readable").len(), made, "a number that failed was given again");
    ledger.run(&Command::Undo, &stamp(day("2026-11-23"))).expect("and all else goes on");
}

#[test]
fn a_township_killed_while_it_reads_twenty_files_reads_them_again_to_the_same_state() {
    let mut offices = Offices::apart(20, 60);
    // A township that the program can open by its paper code.
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, code_file) = (folder.path().join("data/t.xlg"), folder.path().join("code"));
    let new = NewVillage { code: TOWNSHIP.into(), name: "安居镇".into(), kind: VillageKind::Real };
    let passphrase = SecretString::from("安居镇的老槐树 2026");
    let (township, paper) = start(&ledger, &new, &passphrase, None, &offices.stamp).expect("started");
    fs::write(&code_file, paper.expect("a code").to_string()).expect("written");
    offices.township = township;
    for village in 0..20 {
        offices.enrol(village, &with_persons());
    }
    let files: Vec<PathBuf> = (0..20).map(|village| offices.hand_up(village)).collect();
    let empty = tempfile::tempdir().expect("a folder");
    drop(std::mem::replace(&mut offices.township, Offices::apart(0, 0).township));
    let receive = || {
        let mut process = bare_program(folder.path());
        process.env("XIANGLI_PAPER_CODE_FILE", &code_file).arg("--ledger").arg(&ledger);
        process.args(["township", "receive", "--json"]).args(&files).stdin(Stdio::null()).stdout(Stdio::piped());
        process.stderr(Stdio::null());
        process
    };
    let fresh = empty.path().join("t.xlg");
    fs::copy(&ledger, &fresh).expect("copied");
    fs::copy(ledger.with_extension("xlg.keys"), empty.path().join("t.xlg.keys")).ok();
    let begun = Instant::now();
    let whole = receive().output().expect("it runs");
    let took = begun.elapsed();
    let hash_of = |output: &[u8]| -> String {
        let document: serde_json::Value = serde_json::from_slice(output).expect("JSON");
        document["state_hash"].as_str().expect("a hash").to_owned()
    };
    let expected = hash_of(&whole.stdout);
    let mut random = chance("killed township");
    let kills = number("XIANGLI_TEST_RECEIVE_KILLS", 20);
    for _ in 0..kills {
        for stale in ["t.xlg-wal", "t.xlg-shm"] {
            let _ = fs::remove_file(ledger.with_file_name(stale));
        }
        fs::copy(&fresh, &ledger).expect("as before");
        let mut child = receive().spawn().expect("it starts");
        let micros = random.next_u64() % u64::try_from(took.as_micros()).expect("short");
        std::thread::sleep(Duration::from_micros(micros));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let again = receive().output().expect("it runs");
        assert_eq!(hash_of(&again.stdout), expected, "killed after {micros} µs");
    }
}

/// A township and the files of two laptops of its one village, not read yet.
fn files_of_two_laptops(random: &mut ChaCha8Rng) -> (Offices, Vec<PathBuf>) {
    let mut offices = Offices::new(1, 80, &with_persons());
    let mut files = vec![offices.hand_up(0)];
    let other = offices.folder.path().join("other");
    fs::create_dir(&other).expect("made");
    let path = offices.villages[0].path().to_owned();
    drop(offices.villages.remove(0));
    fs::copy(&path, other.join("v.xlg")).expect("copied");
    offices.villages.push(Ledger::open(&path, &key()).expect("it opens"));
    let mut twin = Ledger::open(&other.join("v.xlg"), &key()).expect("it opens");
    for month in 1..4 {
        offices.stamp = stamp(day(&format!("2027-0{month}-20")));
        for laptop in [&mut offices.villages[0], &mut twin] {
            let all = ResidentFilter { limit: 80, ..ResidentFilter::default() };
            let people = laptop.residents(&all).expect("people");
            let resident = people[below(random, people.len())].uid.clone();
            laptop.run(&Command::RemoveResident { resident }, &offices.stamp).expect("edited apart");
            let stick = offices.folder.path().join("stick");
            files.push(laptop.hand_up(&stick, &offices.stamp, &Unwatched).expect("handed up").path);
        }
    }
    (offices, files)
}

/// The states of a township to which this was done before it read the files in so many random orders, some of them often.
fn states_after(random: &mut ChaCha8Rng, orders: u64, fault: impl Fn(&Path)) -> BTreeSet<String> {
    let (mut offices, files) = files_of_two_laptops(random);
    let township = offices.township.path().to_owned();
    let fresh = offices.folder.path().join("fresh.xlg");
    drop(std::mem::replace(&mut offices.township, Offices::apart(0, 0).township));
    fs::copy(&township, &fresh).expect("copied");
    let mut hashes = BTreeSet::new();
    for run in 0..orders {
        let path = offices.folder.path().join(format!("t{run}.xlg"));
        fs::copy(&fresh, &path).expect("copied");
        fault(&path);
        offices.township = Ledger::open(&path, &key()).expect("it opens");
        let mut order = files.clone();
        for at in (1..order.len()).rev() {
            order.swap(at, below(random, at + 1));
        }
        // One by one, some together, some of them again.
        while !order.is_empty() {
            let some: Vec<PathBuf> = order.drain(..1 + below(random, order.len())).collect();
            offices.receive(&some);
            offices.receive(&[files[below(random, files.len())].clone()]);
        }
        assert!(offices.receive(&files).done.is_none(), "all of them were read");
        hashes.insert(offices.township.received_hash().expect("a hash"));
    }
    hashes
}

#[test]
fn files_of_two_laptops_read_in_any_order_and_often_give_one_state() {
    let mut random = chance("orders of reading");
    assert_eq!(states_after(&mut random, number("XIANGLI_TEST_ORDERS", 30), |_| {}).len(), 1);
}

/// As if a row that is read remembered how many were read before it.
#[test]
fn the_suite_of_orders_bites_where_a_row_depends_on_what_was_read_before() {
    let mut random = chance("orders that matter");
    let states = states_after(&mut random, 6, |path| {
        let trigger = "CREATE TRIGGER by_order AFTER INSERT ON received BEGIN \
            UPDATE received SET rows = (SELECT count(*) FROM received) WHERE id = new.id; END";
        behind_our_back(path).execute_batch(trigger).expect("done");
    });
    assert!(states.len() > 1, "{states:?}");
}
