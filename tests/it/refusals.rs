//! What cannot be opened: the real program says one sentence, ends with the right number, and leaves every byte as it was.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command as Process, Output, Stdio};

use crate::support::program::{FILE, Village, bare_program, memory_folder};
use crate::support::replay::read_folder;

/// One sentence on stderr, nothing on stdout, this exit code.
#[track_caller]
fn refused(output: &Output, code: i32, says: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(says) && said.trim().lines().count() == 1, "{said:?} says {says:?}");
    assert!(output.stdout.is_empty());
}

/// Runs the program and asserts that it changed nothing in the village's folder, its lock aside.
#[track_caller]
fn refused_untouched(village: &Village, mut process: Process, code: i32, says: &str) {
    let files = || {
        let mut files = read_folder(&village.data());
        files.remove(&format!("{FILE}.lock"));
        files
    };
    let before = files();
    refused(&process.stdin(Stdio::null()).output().expect("it starts"), code, says);
    assert!(files() == before, "nothing was written");
}

#[test]
fn a_file_that_is_no_ledger_is_called_what_it_is() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters");
    let plain = memory_folder();
    let database = rusqlite::Connection::open(plain.path().join("plain")).expect("opens");
    database.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1);").expect("written");
    database.close().expect("closed");
    let read = |path: &Path| fs::read(path).expect("readable");
    let files = [
        (Vec::new(), "empty"),
        (read(&plain.path().join("plain")), "another program's data file"),
        (read(&tests.join("a_clean.xlsx")), "a spreadsheet"),
        (read(&tests.join("e_legacy.xls")), "a spreadsheet"),
        (b"%PDF-1.7 and so on".to_vec(), "not a Xiangli ledger"),
        (b"\x89PNG\r\n\x1a\n and so on".to_vec(), "not a Xiangli ledger"),
    ];
    for (bytes, says) in files {
        let village = Village::new();
        fs::write(village.path(), bytes).expect("written");
        refused_untouched(&village, village.program(["check"]), 4, says);
        // Such a file lies alone, as a rule, without any keys beside it.
        fs::remove_file(village.data().join(format!("{FILE}.keys"))).expect("removed");
        refused_untouched(&village, village.program(["residents"]), 4, says);
    }
}

#[test]
fn other_bytes_are_damage_or_the_wrong_key() {
    let village = Village::new();
    fs::write(village.path(), b"name,id_number\nnobody,none\n".repeat(300)).expect("written");
    refused_untouched(&village, village.program(["check"]), 4, "");
    fs::remove_file(village.data().join(format!("{FILE}.keys"))).expect("removed");
    refused_untouched(&village, village.program(["check"]), 4, "keys file");
}

#[test]
fn no_file_at_all_is_said() {
    let village = Village::new();
    fs::remove_file(village.path()).expect("removed");
    refused_untouched(&village, village.program(["check"]), 4, "is not in its place");
    fs::remove_file(format!("{}.keys", village.path().display())).expect("removed");
    refused_untouched(&village, village.program(["check"]), 5, "");
}

#[test]
fn a_wrong_passphrase_and_another_ledgers_paper_code_open_nothing() {
    let village = Village::new();
    fs::write(village.beside("wrong"), "柳河村的老槐树 2025\n").expect("written");
    let mut process = village.program(["residents"]);
    process.env_remove("XIANGLI_PAPER_CODE_FILE").env("XIANGLI_PASSPHRASE_FILE", village.beside("wrong"));
    refused_untouched(&village, process, 4, "Wrong passphrase");
    let other = xiangli::ledger::paper_code::PaperCode::random().expect("random");
    fs::write(village.beside("code"), other.to_string()).expect("written");
    refused_untouched(&village, village.program(["residents"]), 4, "another ledger");
}

#[test]
fn without_a_passphrase_it_stays_locked() {
    let village = Village::new();
    let mut process = village.program(["residents"]);
    process.env_remove("XIANGLI_PAPER_CODE_FILE");
    refused_untouched(&village, process, 3, "");
}

#[test]
fn a_newer_keys_file_is_refused() {
    let village = Village::new();
    let keys = village.data().join(format!("{FILE}.keys"));
    let text = fs::read_to_string(&keys).expect("readable");
    let newer = text.replace("\"version\": 1", "\"version\": 3");
    assert_ne!(text, newer);
    fs::write(&keys, newer).expect("written");
    refused_untouched(&village, village.program(["check"]), 6, "newer");
}

#[test]
fn a_ledger_that_is_open_elsewhere_is_not_opened_twice() {
    let village = Village::new();
    let open = village.open().expect("it opens");
    let before = open.digest().expect("readable");
    for words in [["check"], ["undo"], ["batch"], ["residents"], ["worklist"]] {
        refused(&village.run(words), 3, "another window");
    }
    assert_eq!(open.digest().expect("readable"), before);
    drop(open);
    assert!(village.run(["check"]).status.success(), "it opens when the other one is closed");
}

/// A user who may not write, whoever runs the tests: files are given away where that is root, who may everything.
fn as_somebody_without_rights(process: &mut Process, folder: &Path) {
    const NOBODY: u32 = 65534;
    if !is_root() {
        return;
    }
    let give = |path: &Path| std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
    give(folder);
    for name in read_folder(folder).into_keys() {
        give(&folder.join(name));
    }
    process.uid(NOBODY).gid(NOBODY);
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    memory_folder().path().metadata().expect("a folder").uid() == 0
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("one's own file");
}

/// The outcome of these words where neither the folder nor a file in it may be written.
fn in_read_only_folder(village: &Village, words: &[&str]) -> Option<Output> {
    let data = village.data();
    set_mode(village.beside(".").as_path(), 0o755);
    set_mode(&village.beside("code"), 0o644);
    for name in read_folder(&data).into_keys() {
        set_mode(&data.join(name), 0o444);
    }
    set_mode(&data, 0o555);
    let mut process = village.program(words);
    as_somebody_without_rights(&mut process, &data);
    process
        .stdin(Stdio::null())
        .output()
        .map_err(|error| eprintln!("skipped, no other user can be taken: {error}"))
        .ok()
}

#[test]
fn a_read_only_folder_is_said_and_nothing_is_written() {
    for (words, code) in [(["undo"], 5), (["check"], 0), (["residents"], 0)] {
        let village = Village::new();
        let before = read_folder(&village.data());
        let Some(output) = in_read_only_folder(&village, &words) else { return };
        set_mode(&village.data(), 0o755);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains("written") && said.trim().lines().count() == 1, "{said}");
        assert_eq!(output.stdout.is_empty(), code != 0);
        assert!(read_folder(&village.data()) == before, "nothing was written");
    }
}

#[test]
fn a_village_cannot_be_started_where_one_lies() {
    let village = Village::new();
    fs::write(village.beside("pass"), "柳河村的老槐树 2026").expect("written");
    let start = || {
        let mut process = bare_program(&village.beside("."));
        process.env("XIANGLI_PASSPHRASE_FILE", village.beside("pass")).arg("--ledger").arg(village.path());
        process.args(["init", "--village", "421399100201", "--name", "柳河村", "--paper-code"]);
        process.arg(village.beside("new-code"));
        process
    };
    refused_untouched(&village, start(), 6, "");
    assert!(!village.beside("new-code").exists(), "no paper code of a village that was not started");
}
