//! The command line enters, corrects, moves, splits and joins as the window does, and says what is wrong in one sentence.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub fn run(ledger: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xiangli"))
        .arg("--ledger")
        .arg(ledger)
        .args(words)
        .env("XIANGLI_TODAY", "2026-11-23")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
    child.wait_with_output().expect("it ends")
}

/// The answers of a batch, one JSON document a line.
pub fn batch(ledger: &Path, lines: &[&str]) -> Vec<Value> {
    let output = run(ledger, &["batch"], &(lines.join("\n") + "\n"));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("one document a line")).collect()
}

#[test]
fn a_family_is_entered_split_joined_and_taken_back_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    assert!(run(&ledger, &["demo", "--residents", "30"], "").status.success());
    let add = "add 王大山 --born 1960-05-05 --sex male --relation 户主 --phone 19000000001 --group 9 --number 1";
    let son = "add 王小山 --born 1990 --relation 儿子 --residency away --group 9组 --number 1";
    let found = "residents --search 王小山 --json";
    let answers = batch(&ledger, &[add, son, found]);
    let row = &answers[2]["rows"][0];
    assert_eq!((row["group"].as_str(), row["residency"].as_str()), (Some("9"), Some("away")), "{answers:?}");
    let uid = row["uid"].as_str().expect("a uid").to_owned();

    let edit = format!("edit {uid} --phone 19000000002 --born 1990-06-01 --source 本人说");
    let split = format!("move {uid} --new --group 9 --number 2 --relation 户主");
    let wrong = format!("edit {uid} --id-number 421399199006010010");
    let answers = batch(&ledger, &[&edit, &split, &wrong, found]);
    assert_eq!(answers[1]["op"], "split-household");
    assert_eq!(answers[2]["ok"], false, "the last digit is wrong: {}", answers[2]);
    let row = &answers[3]["rows"][0];
    assert_eq!((row["household"].as_str(), row["phone"].as_str()), (Some("2"), Some("19000000002")));
    assert_eq!(row["born"], "1990-06-01");

    let answers = batch(&ledger, &["undo", "undo", found, "check"]);
    let row = &answers[2]["rows"][0];
    assert_eq!((row["household"].as_str(), row["born"].as_str()), (Some("1"), Some("1990")));
    assert_eq!(answers[3]["ok"], true);
}

#[test]
fn residents_are_all_told_and_fewer_only_with_the_number_of_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    assert!(run(&ledger, &["demo", "--residents", "130"], "").status.success());
    let told = |words: &str| batch(&ledger, &[words]).remove(0);
    let counts = |told: &Value| (told["rows"].as_array().map_or(0, Vec::len), told["total"].as_u64().unwrap_or(0));
    let all = counts(&told("residents --json"));
    assert!(all.0 >= 130 && all.0 as u64 == all.1, "{all:?}");
    assert_eq!(counts(&told("residents --limit 5 --json")), (5, all.1));
    let found = counts(&told("residents --search 王 --json"));
    assert!(found.1 > 1 && found.0 as u64 == found.1);
    assert_eq!(counts(&told("residents --search 王 --limit 1 --json")), (1, found.1));
}

#[test]
fn the_manual_is_printed_without_a_ledger_and_takes_no_file_s_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("使用说明.pdf");
    let words = ["manual", "--to", to.to_str().expect("text")];
    assert!(run(&folder.path().join("none.xlg"), &words, "").status.success());
    let printed = std::fs::read(&to).expect("written");
    assert!(printed.starts_with(b"%PDF-"));
    // The same day makes the same bytes: two packings of one version are equal.
    std::fs::remove_file(&to).expect("removed");
    assert!(run(&folder.path().join("none.xlg"), &words, "").status.success());
    assert_eq!(std::fs::read(&to).expect("written"), printed);
    assert_eq!(run(&folder.path().join("none.xlg"), &words, "").status.code(), Some(5));
    assert!(!folder.path().join("none.xlg").exists());
}
