//! Secrets: after a day's work no name, number, phone or passphrase is readable on the disk outside of what was exported
//! on purpose; no image of the memory is left by a crash, no socket is opened, and every file is its owner's alone.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use crate::support::program::{Batch, PASSPHRASE, Village};
use crate::support::replay::read_folder;

/// A name, an id number and a phone that nobody has, and what is typed of nobody else.
const CANARIES: [&str; 5] = ["欧阳金丝雀", "421399195003010045", "19917391739", "金丝雀巷7号", PASSPHRASE];

/// A text as bytes in the ways in which programs write texts.
fn ways(text: &str) -> Vec<Vec<u8>> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let mut ways =
        vec![text.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), hex, gb.into_owned()];
    ways.extend((!text.is_ascii()).then(|| escaped.into_bytes()));
    ways
}

/// The files below a folder in which a canary is readable, but those of what was exported.
fn hits(folder: &Path, exported: &[&str]) -> Vec<String> {
    let needles: Vec<(&str, Vec<u8>)> =
        CANARIES.iter().flat_map(|canary| ways(canary).into_iter().map(move |way| (*canary, way))).collect();
    let mut hits = Vec::new();
    for (name, bytes) in read_folder(folder) {
        if exported.iter().any(|declared| name.starts_with(declared)) {
            continue;
        }
        let found = needles.iter().find(|(_, way)| bytes.windows(way.len()).any(|window| window == way));
        hits.extend(found.map(|(canary, _)| format!("{name} holds {canary}")));
    }
    hits
}

/// A village at work with the canaries in it; everything the program wrote lies below its folder. What was handed in or
/// exported on purpose: the roster, the passphrase's file, the sheets.
struct Day {
    village: Village,
}

const DECLARED: [&str; 4] = ["roster.csv", "passphrase", "code", "exports/"];

impl Day {
    fn program(&self, words: &[&str]) -> Process {
        let mut process = self.village.program(words);
        let temp = self.village.beside("temp");
        fs::create_dir_all(&temp).expect("made");
        process.env("TMPDIR", temp).current_dir(self.village.beside("."));
        process
    }

    fn run(&self, words: &[&str]) {
        let output = self.program(words).stdin(Stdio::null()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {said}");
        assert!(!CANARIES.iter().any(|canary| said.contains(canary)), "{words:?} names nobody on stderr");
    }

    fn worked() -> Self {
        let day = Self { village: Village::new() };
        let roster = "组,户号,姓名,身份证号,联系电话,家庭住址\n\
            3组,101,欧阳金丝雀,421399195003010045,19917391739,金丝雀巷7号\n3组,2,欧阳大山,12345,1,x\n";
        fs::write(day.village.beside("roster.csv"), roster).expect("written");
        fs::create_dir(day.village.beside("exports")).expect("made");
        // Ends with 1: a row was rejected.
        let import =
            day.program(&["import", "roster.csv", "--rejected", "exports/mend.xlsx"]).output().expect("it runs");
        assert_eq!(import.status.code(), Some(1), "{}", String::from_utf8_lossy(&import.stderr));
        let of = CANARIES[1];
        for words in [
            &["tell", "elder-check", of][..],
            &["undo"],
            &["tell", "elder-check", of],
            &["task", "add", "问问欧阳金丝雀修路的事", "--due", "2026-11-27"],
            &["residents", "--search", "欧阳金丝雀"],
            &["print", "roster", "elder-check", "--to", "exports/roster.pdf"],
            &["print", "person", of, "--to", "exports/person.pdf"],
            &["copy-out", "exports"],
            &["duplicates", "--json"],
            &["check"],
        ] {
            day.run(words);
        }
        day
    }
}

#[test]
fn after_a_days_work_nobody_is_readable_on_the_disk_but_in_what_was_exported() {
    let day = Day::worked();
    let ledger = day.village.open().expect("it opens");
    let filter = xiangli::ledger::residents::ResidentFilter { limit: 100, ..Default::default() };
    let all = ledger.residents(&filter).expect("readable");
    assert!(all.iter().any(|row| row.name == "欧阳金丝雀"), "who is searched for is in it");
    drop(ledger);
    assert_eq!(hits(&day.village.beside("."), &DECLARED), Vec::<String>::new());
    // Killed amid its work, too: what lies there then is looked at as it is.
    let mut batch = Batch::start(day.program(&["batch"]));
    batch.say(&["fact 421399195003010045 residency away --source 欧阳金丝雀说".to_owned(), "undo".to_owned()]);
    assert!(batch.answer().is_some());
    batch.child.kill().expect("it can be killed");
    drop(batch.rest());
    assert_eq!(hits(&day.village.beside("."), &DECLARED), Vec::<String>::new());
    // And somebody deleted for good is gone from what goes on being written.
    day.run(&["privacy", "delete", "421399195003010045", "--old-backups"]);
    assert_eq!(hits(&day.village.beside("."), &DECLARED), Vec::<String>::new());
}

#[test]
fn the_search_for_secrets_bites_wherever_one_is_left_behind() {
    let village = Village::new();
    let folder = village.beside(".");
    let declared = ["passphrase", "code"];
    assert_eq!(hits(&folder, &declared), Vec::<String>::new());
    let log = village.beside("home/share/xiangli/log/xiangli.2026-11-23.log");
    fs::create_dir_all(log.parent().expect("a folder")).expect("made");
    for (file, bytes) in [
        (log, "WARN could not save 欧阳金丝雀\n".as_bytes().to_vec()),
        (village.beside("temp.tmp"), "欧阳金丝雀".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (village.data().join("v.xlg-journal"), b"\0\x00421399195003010045\0".to_vec()),
        (village.data().join("core.1234"), encoding_rs::GB18030.encode("金丝雀巷7号").0.into_owned()),
        (village.data().join("draft.json"), b"{\"name\":\"\\u6b27\\u9633\\u91d1\\u4e1d\\u96c0\"}".to_vec()),
        (village.beside("history"), PASSPHRASE.as_bytes().to_vec()),
    ] {
        fs::write(&file, bytes).expect("written");
        assert_eq!(hits(&folder, &declared).len(), 1, "{}", file.display());
        fs::remove_file(file).expect("removed");
    }
}

#[test]
fn every_file_of_a_ledger_is_for_its_owner_alone_while_it_is_open_and_afterwards() {
    let village = Village::new();
    let modes = || {
        let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        let files = read_folder(&village.data()).into_keys();
        files.map(|name| (mode(village.data().join(&name)), name)).collect::<Vec<_>>()
    };
    let mut batch = Batch::start(village.program(["batch"]));
    batch.say(&[format!("tell elder-check {}", village.people[0])]);
    assert!(batch.answer().is_some());
    let open = modes();
    assert!(open.iter().any(|(_, name)| name.ends_with("-wal")), "{open:?}");
    drop(batch.rest());
    assert!(village.run(["privacy", "delete", village.people[1].as_str()]).status.success());
    let closed = modes();
    assert!(closed.iter().any(|(_, name)| name.starts_with("backups/")), "{closed:?}");
    assert!(open.iter().chain(&closed).all(|(mode, _)| *mode == 0o600), "{open:?} {closed:?}");
}

/// Where the system would write an image of the memory into the program's folder: one is asked for, and none comes.
#[test]
#[cfg(target_os = "linux")]
fn a_crash_leaves_no_image_of_the_memory() {
    let village = Village::new();
    let work = village.beside("work");
    fs::create_dir(&work).expect("made");
    let mut process = Process::new("sh");
    process.args(["-c", "ulimit -c unlimited 2>/dev/null; exec \"$@\"", "sh"]);
    let inner = village.program(["batch"]);
    process.arg(inner.get_program()).args(inner.get_args()).current_dir(&work);
    for (name, value) in inner.get_envs() {
        value.map(|value| process.env(name, value));
    }
    let mut batch = Batch::start(process);
    batch.say(&[format!("tell elder-check {}", village.people[0])]);
    assert!(batch.answer().is_some(), "a ledger is open, its names and its key are in memory");
    let pid = batch.child.id();
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).expect("readable");
    let limit = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    let numbers: Vec<_> = limit.split_whitespace().skip(4).take(2).collect();
    assert!(numbers.iter().all(|most| matches!(*most, "0" | "1")), "{limit}");
    assert!(Process::new("kill").args(["-ABRT", &pid.to_string()]).status().expect("sent").success());
    let mut child = batch.child;
    let status = child.wait().expect("it ended");
    assert!(status.signal() == Some(6) && !status.core_dumped(), "{status:?}");
    assert_eq!(fs::read_dir(&work).expect("readable").count(), 0, "no core file");
}

/// With strace, where it is there (the README's set-up has it): no socket but of this computer's own.
#[test]
#[cfg(target_os = "linux")]
fn no_socket_is_opened_that_could_leave_the_computer() {
    let village = Village::new();
    let trace = village.beside("trace");
    let traced = |words: &[&str]| {
        let mut process = Process::new("strace");
        process.args(["-f", "-qq", "-e", "trace=socket,connect,bind", "-o"]).arg(&trace);
        let inner = village.program(words);
        process.arg(inner.get_program()).args(inner.get_args()).stdin(Stdio::null());
        for (name, value) in inner.get_envs() {
            value.map(|value| process.env(name, value));
        }
        process.output()
    };
    for words in [&["tell", "elder-check", village.people[0].as_str()][..], &["check"]] {
        let output = match traced(words) {
            Ok(output) if output.status.success() => output,
            other => return eprintln!("skipped, nothing can be traced here: {other:?}"),
        };
        assert!(output.stderr.is_empty());
        let calls = fs::read_to_string(&trace).expect("a trace");
        let outward: Vec<_> =
            calls.lines().filter(|line| line.contains("socket(") && !line.contains("AF_UNIX")).collect();
        assert!(outward.is_empty(), "{outward:?}");
    }
}
