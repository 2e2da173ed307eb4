//! The command line about money: what may be had by birth alone, who may have what, how applications go, what was paid.

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::support::program::{Batch, Village, bare_program};

const CHILD: &str = "child-subsidy";

/// What a command says to people, line by line.
fn lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// Runs a batch; each command with its answer.
fn batch(village: &Village, lines: &[&str]) -> Vec<Value> {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    Batch::whole(village.program(["batch"]), &lines).0
}

/// The lines about the child.
fn of_child(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).filter(|line| line.contains("王小宝")).collect()
}

/// The rows about one person.
fn rows_of<'v>(document: &'v Value, uid: &str) -> Vec<&'v Value> {
    document["rows"].as_array().expect("rows").iter().filter(|row| row["uid"] == uid).collect()
}

/// Where there is no ledger at all.
fn nowhere(folder: &Path, words: &[&str]) -> Output {
    let mut program = bare_program(folder);
    program.arg("--ledger").arg(folder.join("none.xlg")).args(words).stdin(Stdio::null()).output().expect("it ends")
}

/// A village with a family whose child was born in 2025, and the child's uid.
fn family() -> (Village, String) {
    let village = Village::new();
    let answers = batch(
        &village,
        &[
            "add 王大山 --born 1990-05-05 --sex male --relation 户主 --group 9 --number 1",
            "add 王小宝 --born 2025-03-14 --relation 儿子 --group 9 --number 1",
            "residents --search 王小宝 --json",
        ],
    );
    let uid = answers[2]["rows"][0]["uid"].as_str().expect("a uid").to_owned();
    assert_eq!(batch(&village, &[&format!("fact {uid} registered here --source 户口簿")])[0]["ok"], true);
    (village, uid)
}

#[test]
fn amounts_and_kinds_of_fact_need_no_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    let amount = |born: &str| lines(&nowhere(folder.path(), &["amount", CHILD, "--born", born]));
    assert_eq!(
        amount("2024-07"),
        [
            "2025: 3,600 yuan, apply by 31 Dec 2025",
            "2026: 3,600 yuan, apply by 31 Dec 2026",
            "2027: 2,100 yuan, apply by 31 Dec 2027",
        ]
    );
    let year = amount("2024");
    assert_eq!(year[2], "2027: 300–3,600 yuan, apply by 31 Dec 2027", "{year:?}");
    assert!(year[3].contains("give the full date"), "{year:?}");
    let json = nowhere(folder.path(), &["amount", CHILD, "--born", "2024", "--json"]);
    let rows: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(
        rows[2],
        json!({
            "year": 2027, "fen": null, "from_fen": 30_000, "to_fen": 360_000,
            "apply_by": "2027-12-31", "sure": true,
        })
    );
    assert!(nowhere(folder.path(), &["facts", "kinds"]).status.success());
    assert!(lines(&nowhere(folder.path(), &["amount", "elder-allowance", "--born", "1940"]))[0].contains("No amount"));
    assert_eq!(nowhere(folder.path(), &["amount", "rice", "--born", "1940"]).status.code(), Some(6));
    assert_eq!(nowhere(folder.path(), &["amount", CHILD, "--born", "2024-7"]).status.code(), Some(2));
    for words in [["benefits", "--year", "1999"], ["benefits", "--year", "2101"], ["totals", "1999", "--json"]] {
        let refused = nowhere(folder.path(), &words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("2000..=2100"), "it says which years there are");
    }
}

#[test]
fn benefits_applications_and_totals_read_as_they_always_did() {
    let (village, uid) = family();
    let begin = |period: &str| format!("application begin {uid} {CHILD} --period {period} --paper birth-certificate");
    let step = |what: &str| format!("application {what} {uid} {CHILD}");
    assert_eq!(
        of_child(&lines(&village.run(["benefits"]))),
        [
            "王小宝  Child subsidy 2025: 3,600 yuan, apply by 31 Dec 2026",
            "王小宝  Child subsidy 2026: 3,600 yuan, apply by 31 Dec 2026",
        ]
    );
    let answers = batch(
        &village,
        &[
            "benefits --json",
            &begin("2024"),
            &begin("2025"),
            &step("hand-on"),
            &step("hand-on"),
            &format!("{} granted --yuan 3600", step("answer")),
            &format!("{} 3600", step("paid")),
            "benefits --json",
        ],
    );
    assert_eq!(answers[0]["unapplied"], json!({ "fen": 720_000, "persons": 1, "households": 1, "unknown": 0 }));
    let claim = rows_of(&answers[0], &uid)[0];
    assert_eq!(
        *claim,
        json!({
            "programme": CHILD, "uid": uid, "period": "2025", "state": "to_tell", "fen": 360_000,
            "from_fen": 360_000, "to_fen": 360_000, "sure": true, "deadline": "2026-12-31",
            "days_left": claim["days_left"], "open": true, "warning": 60, "application": null, "renewal": false,
            "conditions": "asked",
        })
    );
    assert_eq!(answers[1]["exit"], 6, "2024 is nobody's: {}", answers[1]);
    assert!(answers[2..7].iter().all(|answer| answer["ok"] == true), "{answers:?}");
    assert_eq!(answers[7]["unapplied"]["fen"], 360_000, "2026 is still open");
    assert_eq!(rows_of(&answers[7], &uid)[0]["application"], "paid");

    assert_eq!(
        lines(&village.run(["application", "show", &uid])),
        ["王小宝  Child subsidy 2025: paid, now with the county, paid 3,600 yuan"]
    );
    assert_eq!(
        lines(&village.run(["totals", "2026"])),
        ["Child subsidy: 1 person, 3,600 yuan", "All together: 1 person, 3,600 yuan"]
    );
    assert_eq!(lines(&village.run(["totals", "2025"])), ["All together: 0 people, 0 yuan"]);
}

#[test]
fn the_lists_say_why_a_programme_has_none_and_a_task_says_of_what_and_by_when() {
    let (village, _) = family();
    let lists = lines(&village.run(["lists"]));
    let of = |name: &str| lists.iter().find(|line| line.starts_with(name)).expect("a line").clone();
    assert!(of("Bonus points").contains("ended (by"), "{lists:?}");
    assert!(of("Free folic acid").contains("a slip on request, no list"), "{lists:?}");
    assert!(of("Residents' medical insurance").contains("(local values not set yet)"), "{lists:?}");
    assert!(of("Child subsidy").ends_with("apply by 31 Dec 2026"), "{lists:?}");
    let tasks = lines(&village.run(["worklist"]));
    let of_child = tasks.iter().find(|line| line.contains("王小宝") && line.contains("Child subsidy"));
    assert!(of_child.is_some_and(|line| line.ends_with("apply by 31 Dec 2026")), "{tasks:?}");
    assert!(tasks.iter().all(|line| !line.contains("overdue")));
}

#[test]
fn what_is_told_to_everybody_of_an_age_is_nobody_s_missing_money() {
    let village = Village::new();
    let uid = &village.people[3];
    for (kind, value) in [("registered", "here"), ("registration", "rural")] {
        assert!(village.run(["fact", uid, kind, value, "--source", "hukou"]).status.success());
    }
    let answer = &batch(&village, &["benefits --json"])[0];
    let told: Vec<_> = rows_of(answer, uid).into_iter().filter(|row| row["programme"] == "special-aid").collect();
    assert!(!told.is_empty());
    assert!(told.iter().all(|row| row["conditions"] == "told" && row["open"] == false), "{told:?}");
    let sum = |rows: &[Value]| -> i64 {
        rows.iter().filter(|row| row["conditions"] == "asked").filter_map(|row| row["fen"].as_i64()).sum()
    };
    assert_eq!(answer["fen"].as_i64(), Some(sum(answer["rows"].as_array().expect("rows"))));
    let all = lines(&village.run(["benefits"]));
    assert!(all.iter().any(|line| line.ends_with("everybody of the age is told, the person applies")), "{all:?}");
}

#[test]
fn the_bank_book_is_asked_for_and_who_withdraws_the_services_is_in_no_list_of_money() {
    let (village, uid) = family();
    let apply = format!("application begin {uid} {CHILD} --paper account");
    let agree = format!("consent {uid} account give --guardian 王大山 --guardian-relation parent");
    let answers = batch(&village, &[&apply, &agree, &apply, "undo", &format!("consent {uid} services withdraw")]);
    assert_eq!(answers[0]["ok"], false, "the village takes no copy unasked");
    assert!(answers[1..].iter().all(|answer| answer["ok"] == true), "{answers:?}");
    let answers = batch(&village, &["benefits --json", "application show --json", "totals 2026 --json", &apply]);
    assert_eq!((rows_of(&answers[0], &uid).len(), &answers[0]["unapplied"]["persons"]), (0, &json!(0)));
    assert_eq!((&answers[1]["rows"], &answers[2]["rows"]), (&json!([]), &json!([])));
    assert_eq!(answers[3]["exit"], 6, "and applies for nothing: {}", answers[3]);
    assert!(of_child(&lines(&village.run(["benefits"]))).is_empty());
}
