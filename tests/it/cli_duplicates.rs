//! The command line finds who was entered twice, merges, takes apart, and notes that two are two.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(ledger: &Path, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_xiangli"))
        .arg("--ledger")
        .arg(ledger)
        .args(words)
        .env("XIANGLI_TODAY", "2026-11-23")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

#[test]
fn a_pair_is_found_merged_taken_apart_and_noted_as_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    run(&ledger, &["demo", "--residents", "20"]);
    run(&ledger, &["add", "王秀珍", "--born", "1960-05-08", "--sex", "female", "--group", "9", "--number", "1"]);
    run(&ledger, &["add", "王秀贞", "--born", "1960-08-05", "--phone", "19000000001", "--group", "9", "--number", "1"]);
    let pairs = run(&ledger, &["duplicates", "--json"]);
    let pair = &pairs["rows"][0];
    assert_eq!((pairs["rows"].as_array().map(Vec::len), pairs["threshold"].as_i64()), (Some(1), Some(17)), "{pairs}");
    let sum: i64 = pair["reasons"].as_array().expect("reasons").iter().filter_map(|r| r["points"].as_i64()).sum();
    assert_eq!(pair["points"].as_i64(), Some(sum));

    let uid = |which: &str| pair[which]["uid"].as_str().expect("a uid").to_owned();
    let (one, other) = (uid("one"), uid("other"));
    run(&ledger, &["merge", &one, &other, "--take", "born,phone"]);
    let found = run(&ledger, &["residents", "--search", "王秀珍", "--json"]);
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(1), "{found}");
    assert!(run(&ledger, &["duplicates", "--json"])["rows"].as_array().is_some_and(Vec::is_empty));
    run(&ledger, &["unmerge", &other]);
    assert_eq!(run(&ledger, &["duplicates", "--json"]), pairs);
    run(&ledger, &["not-same", &one, &other]);
    assert!(run(&ledger, &["duplicates", "--json"])["rows"].as_array().is_some_and(Vec::is_empty));
}
