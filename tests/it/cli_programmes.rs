//! The command line about programmes: amounts, facts, the county's values, claims; and the deadlines of lists.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(ledger: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xiangli"))
        .arg("--ledger")
        .arg(ledger)
        .args(words)
        .env("XIANGLI_TODAY", "2026-11-23")
        .output()
        .expect("it ends")
}

fn json_of(ledger: &Path, words: &[&str]) -> Value {
    let output = run(ledger, words);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn amounts_facts_and_the_countys_values_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    assert!(run(&ledger, &["demo", "--residents", "60"]).status.success());

    let amount = json_of(&ledger, &["amount", "child-subsidy", "--born", "2024-01-31", "--json"]);
    let rows: Vec<Value> =
        amount.as_array().expect("a list").iter().map(|r| json!([r["year"], r["fen"], r["apply_by"]])).collect();
    let expected = [
        json!([2025, 360_000, "2025-12-31"]),
        json!([2026, 360_000, "2026-12-31"]),
        json!([2027, 30_000, "2027-12-31"]),
    ];
    assert_eq!(rows, expected);
    assert_eq!(json_of(&ledger, &["amount", "child-subsidy", "--born", "2021-12-31", "--json"]), json!([]));

    let kinds = json_of(&ledger, &["facts", "kinds", "--json"]);
    let registered = kinds.as_array().expect("a list").iter().find(|kind| kind["kind"] == "registered");
    assert_eq!(registered.expect("a kind")["values"], json!(["here", "elsewhere"]));

    let list = json_of(&ledger, &["list", "elder-check", "--json"]);
    let row = &list["rows"][0];
    assert_eq!(row["deadline"], "2026-12-31");
    let uid = row["uid"].as_str().expect("a uid").to_owned();
    assert!(run(&ledger, &["fact", &uid, "relief", "dibao", "--source", "乡里名单"]).status.success());
    assert_eq!(run(&ledger, &["fact", &uid, "relief", "rich", "--source", "乡里名单"]).status.code(), Some(6));
    assert_eq!(run(&ledger, &["fact", &uid, "pregnancy", "yes", "--source", "乡里名单"]).status.code(), Some(6));

    assert!(
        run(&ledger, &["local", "set", "elder-allowance", "fen_80", "50", "--source", "县里文件"]).status.success()
    );
    assert_eq!(
        run(&ledger, &["local", "set", "women-check", "interval_months", "12", "--source", "县里文件"]).status.code(),
        Some(6)
    );
    let shown = json_of(&ledger, &["local", "show", "--json"]);
    let set = shown["rows"].as_array().expect("rows").iter().find(|row| row["key"] == "fen_80").expect("named");
    assert_eq!((set["value"].as_str(), set["source"].as_str()), (Some("50"), Some("县里文件")));
    let amount = json_of(&ledger, &["amount", "elder-allowance", "--born", "1940-01-01", "--json"]);
    assert_eq!(amount[0]["fen"], 60_000);

    let lists = json_of(&ledger, &["lists", "--json"]);
    assert_eq!(lists["lists"].as_array().expect("lists").len(), 26);
    let benefits = json_of(&ledger, &["benefits", "--json"]);
    assert!(benefits["rows"].as_array().expect("rows").iter().all(|row| row["state"] != "declined"));
    let why = json_of(&ledger, &["why", &uid, "--json"]);
    assert!(why["programmes"].as_array().expect("programmes").iter().all(|p| p.get("deadline").is_some()));
    assert!(run(&ledger, &["check"]).status.success());
}
