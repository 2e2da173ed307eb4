//! A disk that fills up at any point of the work: what does not fit is said to be unsaved, what was acknowledged stays, and
//! when there is space again the same commands go through.

use std::process::Command as Process;

use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::support::preload::full_disk;
use crate::support::program::{Batch, Village, acknowledged, bare_program, below, chance, mix, number, pick, uids};

/// Does a write need space only where a file grows, or always?
const KINDS: [&str; 2] = ["grow", "any"];

fn on_full_disk(mut process: Process, village: &Village, after: usize, kind: &str) -> Process {
    process.env("LD_PRELOAD", full_disk()).env("FULL_DIR", village.data());
    process.env("FULL_AFTER", after.to_string()).env("FULL_KIND", kind);
    process
}

/// Every answer is a success, a refusal by a rule, or the sentence about the disk; whether the last was among them.
fn met_the_end(answers: &[Value]) -> Result<bool, String> {
    let failed: Vec<_> = answers.iter().filter(|answer| answer["ok"] == false).collect();
    for answer in &failed {
        let (exit, error) = (answer["exit"].as_i64(), answer["error"].as_str().unwrap_or_default());
        if !(exit == Some(6) || exit == Some(5) && error.contains("free some space")) {
            return Err(format!("another sentence: {answer}"));
        }
    }
    Ok(failed.iter().any(|answer| answer["exit"] == 5))
}

/// What came of work on a disk that fills up: whether its end was met while writing, and whether before the first step.
struct Filled {
    met: bool,
    unopened: bool,
}

/// Works on a disk that takes so many bytes, and then where there is space again; what is wrong with what is left.
fn fill_up(random: &mut ChaCha8Rng, after: usize, kind: &str) -> Result<Filled, String> {
    let village = Village::new();
    let lines = mix(random, &village.people, 12);
    let before = village.history();
    let (answers, code) = Batch::whole(on_full_disk(village.program(["batch"]), &village, after, kind), &lines);
    if answers.is_empty() {
        return Err(format!("it is not even opened for reading alone: {code:?}"));
    }
    let said: Vec<_> = answers.iter().filter_map(acknowledged).collect();
    let filled = Filled { unopened: said.is_empty(), met: met_the_end(&answers)? };
    let kept = [before, said].concat();
    let ledger = village.open().map_err(|error| format!("does not open: {error}"))?;
    ledger.check().map_err(|error| format!("is not sound: {error}"))?;
    let found = uids(&ledger);
    if found != kept {
        return Err(format!("{} changes, of {} acknowledged", found.len(), kept.len()));
    }
    drop(ledger);
    goes_on(&village, &lines).map(|()| filled)
}

#[test]
fn a_disk_that_fills_up_loses_nothing_acknowledged_and_the_work_goes_on() {
    let mut random = chance("full disk");
    let points = number("XIANGLI_TEST_FULL", 300) as usize;
    let (mut met, mut unopened) = (0, 0);
    for point in 0..points {
        let (after, kind) = (below(&mut random, 600_000 * point / points + 1), *pick(&mut random, &KINDS));
        let filled = fill_up(&mut random, after, kind).unwrap_or_else(|wrong| panic!("{after} bytes, {kind}: {wrong}"));
        unopened += usize::from(filled.unopened);
        met += usize::from(filled.met);
    }
    eprintln!("{points} points: {met} met the end while writing, {unopened} before the first step");
    assert!(met > points / 3 && unopened > 0, "the disk fills up amid the work");
}

/// There is space again: nothing of the same work is refused for want of it.
fn goes_on(village: &Village, lines: &[String]) -> Result<(), String> {
    // All of the work may have been done; of these two, one is new.
    let fact = |value: &str| format!("fact {} residency {value} --source 本人说", village.people[0]);
    let lines = [lines, &[fact("away"), fact("here")]].concat();
    let (answers, _) = Batch::whole(village.program(["batch"]), &lines);
    if answers.len() != lines.len() || met_the_end(&answers)? {
        return Err("there is space again, and it does not go on".to_owned());
    }
    if answers.iter().all(|answer| acknowledged(answer).is_none()) {
        return Err("there is space again, and nothing was written".to_owned());
    }
    let ledger = village.open().map_err(|error| format!("does not open any more: {error}"))?;
    ledger.check().map(drop).map_err(|error| format!("is not sound any more: {error}"))
}

#[test]
fn the_suite_of_full_disks_bites_on_a_disk_that_says_it_took_what_did_not_fit() {
    let mut random = chance("a full disk that lies");
    let wrong: Vec<_> =
        [20_000, 60_000, 100_000].into_iter().filter_map(|after| fill_up(&mut random, after, "liar").err()).collect();
    eprintln!("{wrong:?}");
    assert_eq!(wrong.len(), 3, "each is noticed: by the program, which says that the file is damaged, or afterwards");
}

#[test]
fn one_command_on_a_full_disk_ends_with_the_sentence_and_number_5() {
    let village = Village::new();
    let before = village.history();
    let mut tell = on_full_disk(village.program(["tell", "elder-check"]), &village, 15_000, "grow");
    let output = tell.arg(&village.people[0]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("free some space") && said.trim().lines().count() == 1, "{said}");
    assert_eq!(village.history(), before);
}

#[test]
fn a_village_that_does_not_fit_is_not_half_started() {
    let village = Village::new();
    std::fs::write(village.beside("pass"), "柳河村的老槐树 2026").expect("written");
    let start = || {
        let mut process = bare_program(&village.beside("."));
        process.env("XIANGLI_PASSPHRASE_FILE", village.beside("pass"));
        process.arg("--ledger").arg(village.data().join("new.xlg"));
        process.args(["init", "--village", "421399100201", "--name", "柳河村"]);
        process
    };
    for after in [0, 600, 1_300, 5_000, 60_000, 180_000, 250_000] {
        let output = on_full_disk(start(), &village, after, "grow").output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            assert!(after >= 180_000, "it cannot have fitted into {after} bytes");
            return;
        }
        assert_eq!(output.status.code(), Some(5), "{after} bytes: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{after} bytes: {said}");
        let left: Vec<_> = std::fs::read_dir(village.data()).expect("readable").flatten().collect();
        assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().contains("new")), "{after}: {left:?}");
    }
    assert!(start().output().expect("it starts").status.success(), "there is space again");
}
