//! The command line gives a ledger another passphrase and another paper code, and the old ones open nothing any more.

use std::fs;
use std::process::Output;

use crate::support::program::{PASSPHRASE, Village, bare_program};

const NEXT: &str = "河边三棵柳树 2027";

/// The program with a passphrase instead of the paper code.
fn by_passphrase(village: &Village, passphrase: &str, words: &[&str]) -> Output {
    let file = village.beside("typed");
    fs::write(&file, passphrase).expect("written");
    let mut process = village.program(words);
    process.env_remove("XIANGLI_PAPER_CODE_FILE").env("XIANGLI_PASSPHRASE_FILE", file);
    process.env("XIANGLI_NEW_PASSPHRASE_FILE", village.beside("next"));
    process.output().expect("it starts")
}

#[test]
fn a_changed_passphrase_opens_the_ledger_and_the_old_one_no_longer() {
    let village = Village::new();
    fs::write(village.beside("next"), "short").expect("written");
    let keys = fs::read(village.data().join("v.xlg.keys")).expect("readable");
    assert_eq!(by_passphrase(&village, PASSPHRASE, &["passphrase"]).status.code(), Some(6));
    fs::write(village.beside("next"), NEXT).expect("written");
    assert_eq!(by_passphrase(&village, "柳河村的老槐树 2025", &["passphrase"]).status.code(), Some(4));
    let open = village.open().expect("it opens");
    assert_eq!(by_passphrase(&village, PASSPHRASE, &["passphrase"]).status.code(), Some(3), "open elsewhere");
    drop(open);
    assert_eq!(fs::read(village.data().join("v.xlg.keys")).expect("readable"), keys, "nothing was changed");
    let changed = by_passphrase(&village, PASSPHRASE, &["passphrase"]);
    assert!(changed.status.success(), "{}", String::from_utf8_lossy(&changed.stderr));
    assert!(!String::from_utf8_lossy(&changed.stdout).contains(NEXT));
    assert!(by_passphrase(&village, NEXT, &["check"]).status.success());
    assert_eq!(by_passphrase(&village, PASSPHRASE, &["check"]).status.code(), Some(4));
    assert!(village.run(["check"]).status.success(), "the paper code stays valid");
}

#[test]
fn a_renewed_paper_code_opens_the_ledger_and_the_old_one_no_longer() {
    let village = Village::new();
    let sheet = village.beside("sheet");
    fs::write(&sheet, "something").expect("written");
    let words = ["paper-code".as_ref(), "--paper-code".as_ref(), sheet.as_os_str()];
    assert_eq!(village.run(words).status.code(), Some(5), "nothing is overwritten");
    assert!(village.run(["check"]).status.success(), "the old one is still valid");
    fs::remove_file(&sheet).expect("removed");
    let renewed = village.run(words);
    assert!(renewed.status.success(), "{}", String::from_utf8_lossy(&renewed.stderr));
    assert_eq!(village.run(["check"]).status.code(), Some(4));
    let code = fs::read_to_string(&sheet).expect("readable");
    assert!(!String::from_utf8_lossy(&renewed.stdout).contains(code.trim()));
    fs::write(village.beside("code"), &code).expect("written");
    assert!(village.run(["check"]).status.success());
    let shown = String::from_utf8(village.run(["paper-code"]).stdout).expect("text");
    fs::write(village.beside("code"), shown.trim().rsplit(' ').next().expect("the code")).expect("written");
    assert!(village.run(["check"]).status.success(), "{shown}");
}

#[test]
fn a_demo_village_keeps_its_keys_and_a_batch_changes_none() {
    let village = Village::new();
    let demo = village.beside("demo.xlg");
    let run = |words: &[&str]| {
        let mut process = bare_program(&village.data());
        process.arg("--ledger").arg(&demo).args(words).output().expect("it starts")
    };
    assert!(run(&["demo", "--residents", "5"]).status.success());
    for words in [&["passphrase"], &["paper-code"]] {
        assert_eq!(run(words).status.code(), Some(6));
    }
    let lines = ["passphrase".to_owned(), "paper-code".to_owned()];
    let (answers, _) = crate::support::program::Batch::whole(village.program(["batch"]), &lines);
    assert!(answers.iter().all(|answer| answer["ok"] == false) && answers.len() == 2);
}
