//! A medium that takes nothing: the ledger opens for reading alone, what lies there is not changed, a log beside it is read as
//! well, and it is written again as soon as that is possible.

use std::path::Path;
use std::process::{Command as Process, Output, Stdio};

use serde_json::Value;
use xiangli::domain::offer::Outcome;
use xiangli::ledger::command::Command;
use xiangli::ledger::copy::copy_in;
use xiangli::ledger::keys::Unlock;
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::progress::Unwatched;

use crate::support::preload::full_disk;
use crate::support::program::{Batch, FILE, Village, bare_program, copy_tree};
use crate::support::replay::read_folder;
use crate::support::world::{ELDER, day, stamp};

/// The program where the village's folder is on such a medium.
fn on(village: &Village, kind: &str, words: &[&str]) -> Process {
    let mut process = village.program(words);
    process.env("LD_PRELOAD", full_disk()).env("FULL_DIR", village.data());
    process.env("FULL_AFTER", "0").env("FULL_KIND", kind);
    process
}

fn run(mut process: Process) -> Output {
    process.stdin(Stdio::null()).output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn people(output: &Output) -> usize {
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    document["rows"].as_array().expect("rows").len()
}

/// What is wrong where the program, started by `on`, may only read the village and says so by these words.
fn is_only_read(village: &Village, on: impl Fn(&[&str]) -> Process, words: &str) -> Result<(), String> {
    let before = read_folder(&village.data());
    let says = |output: &Output| said(output).contains(words) && said(output).lines().count() == 1;
    let output = run(on(&["residents", "--json"]));
    if output.status.code() != Some(0) || people(&output) != 12 || !says(&output) {
        return Err(format!("read with {:?}: {}", output.status.code(), said(&output)));
    }
    let output = run(on(&["check"]));
    if output.status.code() != Some(0) {
        return Err(format!("checked with {:?}: {}", output.status.code(), said(&output)));
    }
    let output = run(on(&["tell", ELDER, &village.people[0]]));
    if output.status.code() != Some(5) || !says(&output) {
        return Err(format!("a step was not refused: {:?} {}", output.status.code(), said(&output)));
    }
    if read_folder(&village.data()) == before { Ok(()) } else { Err("something was changed".to_owned()) }
}

#[test]
fn a_write_protected_medium_is_read_and_a_step_is_refused_with_what_to_do() {
    let village = Village::new();
    let protected = |words: &[&str]| on(&village, "protected", words);
    is_only_read(&village, protected, "cannot be written").unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(run(village.program(["tell", ELDER, &village.people[0]])).status.success(), "it can be written again");
}

/// The same where the machine's table of what is mounted calls the village's disk a network drive.
fn on_network(village: &Village, mut process: Process) -> Process {
    use std::os::unix::fs::MetadataExt as _;

    let device = village.data().metadata().expect("there").dev();
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    let mounts = village.beside("mounts");
    std::fs::write(&mounts, format!("22 1 {major}:{minor} / /far rw - nfs4 office:/village rw\n")).expect("written");
    process.env("LD_PRELOAD", full_disk()).env("FULL_MOUNTS", mounts);
    process
}

#[test]
fn a_ledger_on_a_network_drive_is_only_read_and_none_is_made_there() {
    let village = Village::new();
    let far = |words: &[&str]| on_network(&village, village.program(words));
    is_only_read(&village, far, "network drive").unwrap_or_else(|wrong| panic!("{wrong}"));
    let stick = village.beside("stick");
    std::fs::create_dir(&stick).expect("made");
    let output = run(far(&["copy-out", &stick.to_string_lossy()]));
    assert_eq!(output.status.code(), Some(0), "a copy goes out of it: {}", said(&output));
    let before = read_folder(&village.data());
    std::fs::write(village.beside("pass"), "柳河村的老槐树 2026").expect("written");
    let mut init = on_network(&village, bare_program(&village.beside(".")));
    init.env("XIANGLI_PASSPHRASE_FILE", village.beside("pass")).arg("--ledger").arg(village.data().join("new.xlg"));
    init.args(["init", "--village", "421399100201", "--name", "柳河村", "--paper-code"])
        .arg(village.beside("new-code"));
    let output = run(init);
    assert!(output.status.code() == Some(5) && said(&output).contains("network drive"), "{}", said(&output));
    assert!(read_folder(&village.data()) == before, "nothing was made beside the village's own");
}

#[test]
fn the_suite_of_media_bites_on_one_that_takes_what_it_should_not() {
    let village = Village::new();
    let wrong = is_only_read(&village, |words| village.program(words), "cannot be written");
    assert!(wrong.as_ref().is_err_and(|wrong| wrong.starts_with("read with Some(0)")), "nothing is said: {wrong:?}");
    // It says that it is protected while it is opened, and takes a step nevertheless.
    let open_for_steps = |words: &[&str]| match words[0] {
        "tell" => village.program(words),
        _ => on(&village, "protected", words),
    };
    let wrong = is_only_read(&village, open_for_steps, "cannot be written");
    assert!(wrong.as_ref().is_err_and(|wrong| wrong.starts_with("a step was not refused")), "{wrong:?}");
}

#[test]
fn a_full_disk_is_read_and_a_step_is_refused_with_what_to_do() {
    let village = Village::new();
    let output = run(on(&village, "any", &["residents", "--json"]));
    assert_eq!((output.status.code(), people(&output)), (Some(0), 12), "{}", said(&output));
    assert!(said(&output).contains("disk is full") && said(&output).lines().count() == 1, "{}", said(&output));
    let mut batch = Batch::start(on(&village, "any", &["batch"]));
    batch.say(&[format!("tell {ELDER} {}", village.people[0]), "residents --json".to_owned(), "undo".to_owned()]);
    let (answers, _) = batch.rest();
    let exits: Vec<_> = answers.iter().map(|answer| answer["exit"].as_i64()).collect();
    assert_eq!(exits, [Some(5), None, Some(5)], "{answers:?}");
    assert!(village.open().expect("it opens").check().is_ok());
}

#[test]
fn a_copy_goes_to_a_stick_where_the_ledgers_own_medium_takes_nothing() {
    let (village, head) = with_a_log();
    let before = read_folder(&village.data());
    for kind in ["protected", "any"] {
        let stick = village.beside(kind);
        std::fs::create_dir(&stick).expect("made");
        let output = run(on(&village, kind, &["copy-out", &stick.to_string_lossy()]));
        assert_eq!(output.status.code(), Some(0), "{kind}: {}", said(&output));
        let files = read_folder(&stick);
        assert!(files.len() == 1 && files.keys().all(|name| name.ends_with(".xlc")), "{:?}", files.keys());
        let copy = stick.join(files.keys().next().expect("a copy"));
        let code = std::fs::read_to_string(village.beside("code")).expect("readable");
        let with = Unlock::PaperCode(PaperCode::parse(&code).expect("a code"));
        let ledger = copy_in(&copy, &stick.join("v.xlg"), &with, &Unwatched).expect("it opens on another laptop");
        assert!(ledger.check().is_ok());
        assert_eq!(ledger.overview().expect("readable").residents, 12);
        assert_eq!(ledger.revision().expect("readable"), head, "what lay in the log went along");
        // On a disk that is merely full what is there already may be written over, as steps of the log are brought into the ledger.
        let (mut before, mut after) = (before.clone(), read_folder(&village.data()));
        if kind == "any" {
            before.remove(FILE).zip(after.remove(FILE)).expect("the ledger is there");
        }
        assert!(after == before, "nothing was changed");
    }
    let left = village.open().expect("it opens");
    assert_eq!(left.revision().expect("readable"), head);
    left.check().expect("all of it is there");
}

#[test]
fn where_the_stick_is_full_as_well_the_stick_is_named() {
    let (village, _) = with_a_log();
    let stick = village.data().join("stick");
    std::fs::create_dir(&stick).expect("made");
    for kind in ["protected", "any"] {
        let output = run(on(&village, kind, &["copy-out", &stick.to_string_lossy()]));
        let said = said(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(5), 1), "{kind}: {said}");
        assert!(said.contains(&*stick.to_string_lossy()), "{kind}: {said}");
        assert_eq!(read_folder(&stick).len(), 0, "{kind}");
    }
}

/// A village as a power cut leaves it, with its last steps in a log beside the ledger, and the number of the last.
fn with_a_log() -> (Village, i64) {
    let village = Village::new();
    let mut ledger = village.open().expect("it opens");
    for resident in &village.people[..2] {
        let (resident, programme) = (resident.clone(), ELDER.to_owned());
        let told = Command::Record { resident, programme, outcome: Outcome::Told, on: day("2026-11-20") };
        ledger.run(&told, &stamp(day("2026-11-23"))).expect("told");
    }
    // As a power cut leaves it.
    let left = Village::new();
    std::fs::remove_dir_all(left.data()).expect("removed");
    copy_tree(&village.data(), &left.data());
    std::fs::copy(village.beside("code"), left.beside("code")).expect("copied");
    let head = ledger.revision().expect("readable");
    (left, head)
}

#[test]
fn what_lies_in_the_log_beside_a_ledger_that_cannot_be_written_is_read_and_stays_there() {
    let (left, head) = with_a_log();
    let temporary = left.beside("temporary");
    std::fs::create_dir(&temporary).expect("made");
    let before = read_folder(&left.data());
    assert!(before["v.xlg-wal"].len() > 1000);
    for kind in ["protected", "any"] {
        let mut process = on(&left, kind, &["log", "--json", "--limit", "1"]);
        process.env("TMPDIR", &temporary);
        let output = run(process);
        assert_eq!(output.status.code(), Some(0), "{kind}: {}", said(&output));
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(document.to_string().contains(&format!("\"revision\":{head}")), "{kind}: {document}");
        if kind == "protected" {
            assert!(read_folder(&left.data()) == before, "nothing was changed");
        }
    }
    assert_eq!(left.open().expect("it opens").revision().expect("readable"), head);
    assert_eq!(private_copies(&temporary), 0, "the private copy is gone");
}

/// How many private copies lie in a folder of temporary files.
fn private_copies(temporary: &Path) -> usize {
    let entries = std::fs::read_dir(temporary).expect("readable").flatten();
    let mine = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".xiangli-read-"));
    entries.map(|entry| entry.path()).filter(|path| mine(path) && path.join("ledger.xlg").is_file()).count()
}

#[test]
fn a_private_copy_whose_reader_was_killed_is_swept_away_and_one_that_is_read_is_not() {
    let (village, _) = with_a_log();
    let temporary = village.beside("temporary");
    std::fs::create_dir(&temporary).expect("made");
    let reading = |words: &[&str]| {
        let mut process = on(&village, "protected", words);
        process.env("TMPDIR", &temporary);
        process
    };
    let mut readers: Vec<Batch> = (0..2).map(|_| Batch::start(reading(&["batch"]))).collect();
    for reader in &mut readers {
        reader.say(&["residents --json".to_owned()]);
        assert!(reader.answer().is_some());
    }
    assert_eq!(private_copies(&temporary), 2, "each has its own");
    let mut killed = readers.pop().expect("two").child;
    killed.kill().and_then(|()| killed.wait()).expect("killed");
    assert_eq!(private_copies(&temporary), 2, "a killed one leaves it");
    // What only looks like one, and leads elsewhere, is nobody's to sweep.
    let elsewhere = village.beside("elsewhere");
    std::fs::create_dir(&elsewhere).and_then(|()| std::fs::write(elsewhere.join("ledger.xlg"), b"mine")).expect("made");
    let link = temporary.join(".xiangli-read-link");
    std::os::unix::fs::symlink(&elsewhere, &link).expect("linked");
    assert!(run(reading(&["residents"])).status.success());
    assert_eq!(
        read_folder(&elsewhere).into_keys().collect::<Vec<_>>(),
        ["ledger.xlg"],
        "not even a lock was made there"
    );
    std::fs::remove_file(&link).expect("removed");
    assert_eq!(private_copies(&temporary), 1, "it is gone, and the one that is read is still there");
    readers.pop().expect("one").rest();
    assert_eq!(private_copies(&temporary), 0);
}
