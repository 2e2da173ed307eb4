//! Passphrase forgotten, paper code lost: mended through the township by two persons, written down on both sides.

use std::fs;
use std::process::Stdio;

use secrecy::SecretString;
use xiangli::domain::hand_up::Profile;
use xiangli::domain::message::Say as _;
use xiangli::ledger::error::LedgerError;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::keys::Unlock;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::sealed::open_with;

use crate::support::offices::{Offices, code};
use crate::support::program::{Village, bare_program};

fn ops(ledger: &xiangli::ledger::Ledger) -> Vec<String> {
    let all = ChangeFilter { limit: 20, ..ChangeFilter::default() };
    ledger.history(&all).expect("readable").into_iter().map(|change| change.op).collect()
}

#[test]
fn a_forgotten_passphrase_is_mended_through_the_township_by_two_persons() {
    let mut offices = Offices::apart(0, 0);
    let village = Village::new();
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    let invite = stick.join("a.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &stamp).expect("invited");
    let (request, answer) = (stick.join("ask.json"), stick.join("answer.json"));
    // Without a deposit there is nothing to ask for.
    let error =
        xiangli::ledger::escrow::request(&village.path(), "柳河村", &request).expect_err("nothing was left there");
    assert_eq!(error.message().key, "escrow-none");
    let mut ledger = village.open().expect("it opens");
    ledger.enrol(&invite, &stick, &stamp).expect("answered");
    ledger.deposit(&stamp).expect("left with the township");
    let revision = ledger.revision().expect("one");
    drop(ledger);
    xiangli::ledger::escrow::request(&village.path(), "柳河村", &request).expect("asked, with no way in");
    let key = |error: LedgerError| error.message().key.to_string();
    for by in [["张三", "张三"], ["张三", " "], ["", ""]] {
        assert_eq!(
            key(offices.township.answer_escrow(&request, &answer, by, &stamp).expect_err("one")),
            "escrow-two-persons"
        );
    }
    assert!(!answer.exists());
    assert_eq!(
        key(xiangli::ledger::escrow::request(&village.path(), " ", &answer).expect_err("whose?")),
        "escrow-whose"
    );
    let over =
        xiangli::ledger::escrow::request(&village.path(), "柳河村", &village.path()).expect_err("a ledger lies there");
    assert_eq!(over.message().key, "error-file-exists");
    assert!(village.open().is_ok(), "nothing is written over");
    let once = offices.township.answer_escrow(&request, &answer, ["张三", "李四"], &stamp).expect("two persons");
    assert_eq!(ops(&offices.township)[0], "escrow-answer");
    assert!(
        offices.township.disclosures(5).expect("readable").iter().any(|row| row.recipient == "柳河村（张三、李四）")
    );
    let text = fs::read_to_string(&answer).expect("readable");
    assert!(!text.contains(&once.to_string()), "the code is on paper alone");
    // Another township cannot open it.
    let mut other = Offices::apart(0, 0);
    let stranger = other.township.answer_escrow(&request, &stick.join("x"), ["张三", "李四"], &stamp);
    assert_eq!(key(stranger.expect_err("another key")), "escrow-not-ours");
    // Back in the village: the answer, the code from paper, another passphrase.
    fs::write(village.beside("once"), once.to_string()).expect("written");
    fs::write(village.beside("next"), "新的老槐树 2027").expect("written");
    let run = |code: &str, words: &[&str]| {
        let mut process = bare_program(&village.beside("."));
        process
            .env("XIANGLI_PAPER_CODE_FILE", village.beside(code))
            .env("XIANGLI_NEW_PASSPHRASE_FILE", village.beside("next"));
        process.arg("--ledger").arg(village.path()).args(words);
        process.stdin(Stdio::null()).output().expect("it starts")
    };
    let answer_text = answer.to_string_lossy().into_owned();
    let new_code = village.beside("new-code").to_string_lossy().into_owned();
    let wrong = run("code", &["escrow", "open", &answer_text, "--paper-code", &new_code]);
    assert!(!wrong.status.success() && !village.beside("new-code").exists(), "the old paper code is not the one");
    let opened = run("once", &["escrow", "open", &answer_text, "--paper-code", &new_code]);
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    assert!(!run("code", &["check"]).status.success(), "the lost paper code opens nothing any more");
    assert!(run("new-code", &["check"]).status.success());
    assert!(!run("once", &["check"]).status.success(), "the code opens no ledger");
    let again = run("once", &["escrow", "open", &answer_text]);
    assert!(!again.status.success(), "an answer opens once");
    let ledger = village.open().expect("it opens");
    assert_eq!((ops(&ledger)[0].as_str(), ledger.revision().expect("one")), ("escrow-open", revision + 1));
    assert!(!ledger.has_deposit().expect("readable"), "what opened it is gone, until it is put there again");
    // What is no request is named.
    let junk = stick.join("junk");
    fs::write(&junk, "{}").expect("written");
    assert_eq!(
        key(offices.township.answer_escrow(&junk, &answer, ["张三", "李四"], &stamp).expect_err("junk")),
        "escrow-other"
    );
    let mut ledger = ledger;
    ledger.deposit(&stamp).expect("put there again");
    drop(ledger);
    let taken_out = run("new-code", &["escrow", "withdraw"]);
    assert!(taken_out.status.success());
    // A copy that was handed over keeps its ways in as they are.
    let mut ledger = village.open().expect("it opens");
    ledger.deposit(&stamp).expect("once more");
    ledger.hand_over(&stick, &stamp, &xiangli::ledger::progress::Unwatched).expect("handed over");
    let error = ledger.withdraw_deposit(&stamp).expect_err("it only reads");
    assert_eq!((key(error).as_str(), ledger.has_deposit().expect("readable")), ("error-handed-over", true));
    ledger.take_hand_over_back().expect("taken back");
    ledger.withdraw_deposit(&stamp).expect("and goes on");
    drop(ledger);
    assert!(xiangli::ledger::escrow::request(&village.path(), "柳河村", &request).is_err());
}

#[test]
fn a_ledger_that_was_handed_over_is_opened_through_the_township_and_stays_as_it_is() {
    let mut offices = Offices::apart(0, 0);
    let village = Village::new();
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    let invite = stick.join("a.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &stamp).expect("invited");
    let mut ledger = village.open().expect("it opens");
    ledger.enrol(&invite, &stick, &stamp).expect("answered");
    ledger.deposit(&stamp).expect("left with the township");
    ledger.hand_over(&stick, &stamp, &Unwatched).expect("handed over");
    let revision = ledger.revision().expect("one");
    drop(ledger);
    let (request, answer) = (stick.join("ask.json"), stick.join("answer.json"));
    xiangli::ledger::escrow::request(&village.path(), "柳河村", &request).expect("asked");
    let once = offices.township.answer_escrow(&request, &answer, ["张三", "李四"], &stamp).expect("two persons");
    let next = SecretString::from("新的老槐树 2027");
    let (ledger, code) =
        xiangli::ledger::escrow::open(&village.path(), (&answer, &once), &next, &stamp).expect("it opens");
    assert_eq!(ledger.revision().expect("one"), revision, "nothing is written");
    drop(ledger);
    // The new code is one that opens, not one that was lost on the way.
    open_with(&village.path(), &Unlock::PaperCode(code)).expect("by the new code");
}
