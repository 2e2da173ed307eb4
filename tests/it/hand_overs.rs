//! The hand-over: a packet and its list, an old laptop that only reads, a new one that goes on.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::Value;

use crate::support::program::Village;

fn named(folder: &std::path::Path, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

#[test]
fn after_the_hand_over_the_new_laptop_writes_and_the_old_one_reads() {
    let village = Village::new();
    let stick = village.beside("stick");
    fs::create_dir(&stick).expect("made");
    let stick_text = stick.to_string_lossy().into_owned();
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let handed = village.run(["hand-over", "--to", &stick_text]);
    assert!(handed.status.success(), "{}", said(&handed));
    let (packet, list) = (named(&stick, "xlc"), named(&stick, "pdf"));
    assert_eq!((packet.len(), list.len()), (1, 1));
    let text = std::process::Command::new("pdftotext").arg(&list[0]).arg("-").output().expect("poppler-utils");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("12 people"), "{text}");
    // The old laptop: everything is read, nothing is written, and it says why.
    let tell = ["tell", "elder-check", village.people[0].as_str()];
    let refused = village.run(tell);
    assert_eq!(refused.status.code(), Some(6));
    assert!(said(&refused).contains("handed over"), "{}", said(&refused));
    assert!(village.run(["residents", "--json"]).status.success());
    assert_eq!(village.run(["hand-over", "--to", &stick_text]).status.code(), Some(6), "not handed over twice");
    // The new one goes on.
    let new = village.beside("new/v.xlg");
    let run = |words: &[&str]| {
        let mut process = crate::support::program::bare_program(&village.beside("."));
        process.env("XIANGLI_PAPER_CODE_FILE", village.beside("code")).arg("--ledger").arg(&new);
        process.args(words).stdin(Stdio::null()).output().expect("it starts")
    };
    let opened = run(&["copy-in", &packet[0].to_string_lossy()]);
    assert!(opened.status.success(), "{}", said(&opened));
    assert!(run(&tell).status.success());
    // The old one was taken back by mistake and goes on, too: that is a fork, and it is joined.
    assert!(village.run(["hand-over", "--take-back"]).status.success());
    assert!(village.run(["tell", "elder-check", village.people[1].as_str()]).status.success());
    let old = village.path().to_string_lossy().into_owned();
    let joined = run(&["join", &old, "--json"]);
    assert!(joined.status.success(), "{}", said(&joined));
    let joined: Value = serde_json::from_slice(&joined.stdout).expect("JSON");
    assert_eq!((joined["relation"].as_str(), joined["taken"]["offer"].as_i64()), (Some("forked"), Some(1)));
    let list: Value = serde_json::from_slice(&run(&["list", "elder-check", "--json"]).stdout).expect("JSON");
    assert_eq!(list["counts"]["told"].as_i64(), Some(2));
}
