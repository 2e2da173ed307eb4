//! The files of tests/corpus that the program itself makes; all people in them are made up.

use std::fs;
use std::path::Path;

use secrecy::SecretString;
use xiangli::domain::hand_up::Profile;
use xiangli::domain::row_code::RowCode;
use xiangli::ledger::keys::KeysFile;
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::sealed::start;

use crate::support::offices::{Offices, code, with_persons};
use crate::support::world::{day, stamp, village};

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    fs::read(path).expect("readable")
}

fn without_ends(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().collect();
    let inner = &lines[1..lines.len() - 1];
    // The head, and the first rows: what a file says of itself is made true when it is read.
    inner.iter().take(60).map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

/// Reader, name, bytes.
pub fn made() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let mut offices = Offices::new(1, 20, &with_persons());
    let answer = fs::read_dir(offices.stick()).expect("readable").flatten().map(|entry| entry.path());
    let answer = answer.into_iter().find(|path| path.extension().is_some_and(|e| e == "xla")).expect("an answer");
    let file = offices.hand_up(0);
    let receipts = offices.receive(std::slice::from_ref(&file)).receipts;
    let invite = offices.stick().join("i.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &offices.stamp).expect("invited");
    let mut made = vec![
        ("invite", "invite", read(&invite)),
        ("answer", "answer", read(answer)),
        ("hand_up", "counts-and-persons", without_ends(&offices.plain(&file))),
        ("hand_up", "sealed", read(&file)[..2_000].to_vec()),
        ("receipt", "sealed", read(&receipts[0])),
        ("paper_code", "made", PaperCode::random().expect("random").to_string().into_bytes()),
        ("row_code", "made", RowCode::new(3, 17).expect("a row").to_string().into_bytes()),
    ];
    made.extend(of_keys());
    made
}

/// A keys file, and a copy cut short behind it.
fn of_keys() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, stamp) = (folder.path().join("v.xlg"), stamp(day("2026-11-23")));
    let (ledger, _) =
        start(&path, &village(), &SecretString::from("柳河村的老槐树 2026"), None, &stamp).expect("started");
    let copy = ledger.copy_out(folder.path(), &stamp, &Unwatched).expect("a copy");
    vec![("keys_file", "keys", read(KeysFile::path_of(&path))), ("copy", "cut", read(copy)[..6_000].to_vec())]
}
