//! The data of children under 14 on the command line: left out until it is said why somebody looks, and then the look is
//! written down first, as in the window.

use std::path::Path;

use serde_json::Value;
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::sealed::open_with;

use super::cli_people::{batch, run};

const NUMBER: &str = "421399202305170020";
const PHONE: &str = "19000000003";
/// The day of birth, as documents and sentences tell it.
const DAYS: [&str; 4] = ["2023-05-17", "20230517", "5月17日", "05-17"];

/// A demo village with one child more, in a house with a grown-up; the child's uid, and the household's.
fn village(ledger: &Path) -> (String, String) {
    assert!(run(ledger, &["demo", "--residents", "30"], "").status.success());
    let grown = "add 王大山 --born 1960-05-05 --sex male --relation 户主 --phone 19000000001 --group 9 --number 1";
    let child = format!("add 王小苗 --id-number {NUMBER} --relation 孙女 --phone {PHONE} --group 9 --number 1");
    let answers = batch(ledger, &[grown, &child, "residents --search 王小苗 --json"]);
    let uid = answers[2]["rows"][0]["uid"].as_str().expect("a child").to_owned();
    let opened = open_with(ledger, &Unlock::Passphrase(DEMO_PASSPHRASE.into())).expect("it opens");
    let household = opened.resident(&uid).expect("there").household_uid;
    (uid, household)
}

fn tells(text: &str) -> Vec<&'static str> {
    [NUMBER, PHONE].into_iter().chain(DAYS).filter(|value| text.contains(value)).collect()
}

fn text(ledger: &Path, words: &[&str]) -> String {
    let output = run(ledger, words, "");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_childs_number_day_of_birth_and_phone_are_left_out_without_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    let (uid, household) = village(&ledger);
    let reads = [
        "residents --json".to_owned(),
        format!("residents --search {PHONE} --json"),
        "list child-check --json".to_owned(),
        format!("why {uid} --json"),
        format!("household {household} --json"),
        format!("consent {uid} --json"),
        "duplicates --json".to_owned(),
        "privacy looks --json".to_owned(),
    ];
    let lines: Vec<&str> = reads.iter().map(String::as_str).collect();
    let answers = batch(&ledger, &lines);
    for (line, answer) in lines.iter().zip(&answers) {
        assert!(answer["error"].is_null(), "{line}: {answer}");
        assert_eq!(tells(&answer.to_string()), [""; 0], "{line}: {answer}");
    }
    let row = &answers[1]["rows"][0];
    assert_eq!((row["name"].as_str(), row["born"].as_str()), (Some("王小苗"), Some("2023")), "the year is told");
    assert!(row["id_number"].is_null() && row["phone"].is_null(), "{row}");
    assert!(answers[2].to_string().contains(&uid), "the child is on the list");
    // Whoever is grown up stands there as before.
    assert!(answers[4].to_string().contains("19000000001") && answers[4].to_string().contains("1960-05-05"));
    assert!(answers[7]["rows"].as_array().is_some_and(Vec::is_empty), "nothing was shown, nothing noted");
    for words in [vec!["residents", "--search", "王小苗"], vec!["why", &uid], vec!["list", "child-check"]] {
        let said = text(&ledger, &words);
        assert!(said.contains("王小苗"), "{words:?}: {said}");
        assert_eq!(tells(&said), [""; 0], "{words:?}: {said}");
    }
}

#[test]
fn with_a_reason_the_childs_data_is_told_and_each_look_is_written_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    let (uid, _) = village(&ledger);
    let why = format!("why {uid} --json --child-reason guardian");
    let found = "residents --search 王大山 --json --child-reason duty";
    let answers = batch(
        &ledger,
        &["residents --search 王小苗 --json --child-reason service", &why, found, "privacy looks --json"],
    );
    let row = &answers[0]["rows"][0];
    assert_eq!((row["id_number"].as_str(), row["phone"].as_str()), (Some(NUMBER), Some(PHONE)));
    assert_eq!(row["born"], "2023-05-17");
    assert!(answers[1].to_string().contains("2023-05-17"));
    let looks = answers[3]["rows"].as_array().expect("rows");
    let looks: Vec<_> = looks.iter().map(|row| (row["about"].as_str(), row["reason"].as_str())).collect();
    let expected = [(Some(&*uid), Some("guardian")), (Some(&*uid), Some("service"))];
    assert_eq!(looks, expected, "the newest first, and none of who is grown up");
    let unknown = run(&ledger, &["residents", "--child-reason", "curious"], "");
    assert_eq!(unknown.status.code(), Some(2), "only a reason that there is");
}

#[test]
fn a_childs_copy_is_printed_only_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("demo.xlg");
    let (uid, _) = village(&ledger);
    let to = folder.path().join("本人信息.pdf");
    let to = to.to_str().expect("text");
    let away = format!("standing {uid} moved_out");
    let print = |paper: &str| format!("print {paper} {uid} --to {to}");
    let with = format!("{} --child-reason guardian", print("person"));
    let lines = [print("person"), away, print("move-slip"), with, "privacy looks --json".to_owned()];
    let answers = batch(&ledger, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    for refused in [&answers[0], &answers[2]] {
        assert_eq!(refused["exit"], 6, "{refused}");
    }
    assert_eq!(answers[3]["ok"], true, "{}", answers[3]);
    assert!(Path::new(to).exists());
    let looks: &Vec<Value> = answers[4]["rows"].as_array().expect("rows");
    assert_eq!((looks.len(), looks[0]["reason"].as_str()), (1, Some("guardian")));
}
