//! The real program, started on a small sealed village in a folder of memory, and what it acknowledged.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Output, Stdio};
use std::sync::LazyLock;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use xiangli::domain::name::PersonName;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::Residency;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::{Command, Home, NewResident};
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::keys::LedgerKey;
use xiangli::ledger::sealed::start;

use crate::support::world::{ELDER, day, stamp, village};

/// The passphrase of every village here.
pub const PASSPHRASE: &str = "柳河村的老槐树 2026";
/// The day on which the program is told to live.
pub const TODAY: &str = "2026-11-23";
/// The ledger's name within its folder.
pub const FILE: &str = "v.xlg";

/// A village on disk, closed: the folder of its data, and beside it the files with its secrets.
pub struct Village {
    folder: TempDir,
    pub key: LedgerKey,
    pub people: Vec<String>,
}

/// The village that all others are copies of: made once, as scrypt is slow on purpose.
static TEMPLATE: LazyLock<Village> = LazyLock::new(|| make(12));

/// A folder in memory where there is one: these tests force thousands of writes to disk.
pub fn memory_folder() -> TempDir {
    let named = std::env::var_os("XIANGLI_TEST_MEMORY").map(PathBuf::from);
    let memory = named.unwrap_or_else(|| PathBuf::from("/dev/shm"));
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).expect("a folder")
}

fn make(people: usize) -> Village {
    let folder = memory_folder();
    let data = folder.path().join("data");
    let new = village();
    let stamp = stamp(day(TODAY));
    let (mut ledger, code) =
        start(&data.join(FILE), &new, &SecretString::from(PASSPHRASE), None, &stamp).expect("it starts");
    let people = (0..people).map(|n| {
        let done =
            ledger.run(&Command::AddResident { new: Box::new(person(n)), home: home(n) }, &stamp).expect("entered");
        done.change.expect("a change").about
    });
    let people = people.collect();
    drop(ledger);
    let code = code.expect("a real village has a paper code");
    fs::write(folder.path().join("code"), code.to_string()).expect("written");
    fs::write(folder.path().join("passphrase"), PASSPHRASE).expect("written");
    let unlock = xiangli::ledger::keys::Unlock::PaperCode(code);
    let key = xiangli::ledger::sealed::key_of(&data.join(FILE), &unlock).expect("it unlocks");
    Village { folder, key, people }
}

/// A household of one of three groups.
fn home(n: usize) -> Home {
    Home::Numbered { group: (1 + n % 3).to_string(), number: n.to_string() }
}

/// Somebody old enough for the programme.
fn person(n: usize) -> NewResident {
    let given = char::from_u32(0x4E00 + n as u32).expect("a character");
    NewResident {
        name: PersonName::parse(&format!("王秀{given}")).expect("a name"),
        id_number: None,
        sex: None,
        born: PartialDate::parse(&format!("{}-03-01", 1935 + n % 24)),
        relation: None,
        phone: String::new(),
        residency: Some(Residency::Here),
        source: "入户登记".into(),
    }
}

impl Village {
    /// A copy of the template: 12 people, closed.
    pub fn new() -> Self {
        let folder = memory_folder();
        copy_tree(TEMPLATE.folder.path(), folder.path());
        Self { folder, key: TEMPLATE.key.clone(), people: TEMPLATE.people.clone() }
    }

    /// The folder of the program's data.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The ledger.
    pub fn path(&self) -> PathBuf {
        self.data().join(FILE)
    }

    /// Something beside the data folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with the paper code at hand, as a command still to be started.
    pub fn program<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Process {
        let mut process = bare_program(self.folder.path());
        process.env("XIANGLI_PAPER_CODE_FILE", self.beside("code"));
        process.arg("--ledger").arg(self.path()).args(words);
        process
    }

    /// Runs the program to its end.
    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Output {
        self.program(words).stdin(Stdio::null()).output().expect("it starts")
    }

    /// Opens it in this process, without waiting for scrypt.
    pub fn open(&self) -> xiangli::ledger::error::Result<Ledger> {
        Ledger::open(&self.path(), &self.key)
    }

    /// The uids of its whole history, the oldest first.
    pub fn history(&self) -> Vec<String> {
        uids(&self.open().expect("it opens"))
    }
}

/// The program in a home of its own, so that nothing of the developer's is read or written.
pub fn bare_program(home: &Path) -> Process {
    let mut process = Process::new(env!("CARGO_BIN_EXE_xiangli"));
    process.env_remove("XIANGLI_PASSPHRASE_FILE").env_remove("XIANGLI_PAPER_CODE_FILE");
    process.env("HOME", home.join("home")).env("XDG_DATA_HOME", home.join("home/share"));
    process.env("XIANGLI_TODAY", TODAY).arg("--lang").arg("en");
    process
}

/// Runs the program on the demo village of a folder; how it ended, and what it said.
pub fn of_demo(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Process::new(env!("CARGO_BIN_EXE_xiangli"))
        .arg("--ledger")
        .arg(folder.join("demo.xlg"))
        .args(arguments)
        .env("XIANGLI_TODAY", TODAY)
        .output()
        .expect("it runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The uids of a ledger's whole history, the oldest first.
pub fn uids(ledger: &Ledger) -> Vec<String> {
    let all = ChangeFilter { limit: u32::MAX, ..ChangeFilter::default() };
    let mut uids: Vec<_> = ledger.history(&all).expect("readable").into_iter().map(|change| change.uid).collect();
    uids.reverse();
    uids
}

/// A `batch` under way.
pub struct Batch {
    pub child: Child,
    stdin: Option<ChildStdin>,
    out: BufReader<ChildStdout>,
}

impl Batch {
    /// Starts `process`, a [`Village::program`] with the word `batch`.
    pub fn start(mut process: Process) -> Self {
        let mut child =
            process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let stdin = child.stdin.take();
        let out = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, stdin, out }
    }

    /// Hands over commands; where the program is gone already, nothing.
    pub fn say(&mut self, lines: &[String]) {
        let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        if let Some(stdin) = &mut self.stdin {
            // A killed program reads no more: what it acknowledged before is what counts.
            let _ = stdin.write_all(text.as_bytes());
        }
    }

    /// Says that no more is to come: the program ends when it has done what it was told.
    pub fn end(&mut self) {
        self.stdin = None;
    }

    /// The next answer, or none where the program is gone.
    pub fn answer(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("text");
        line.ends_with('\n').then(|| serde_json::from_str(&line).expect("one line of JSON"))
    }

    /// Waits for the end of the program (or of a killed one) and returns what it had answered besides.
    pub fn rest(mut self) -> (Vec<Value>, Option<i32>) {
        self.end();
        let mut text = String::new();
        self.out.read_to_string(&mut text).expect("text");
        let status = self.child.wait().expect("it ended");
        let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        (whole.map(|line| serde_json::from_str(line).expect("one line of JSON")).collect(), status.code())
    }

    /// Hands over commands, waits for the end, returns the answers and the exit code.
    pub fn whole(process: Process, lines: &[String]) -> (Vec<Value>, Option<i32>) {
        let mut batch = Self::start(process);
        batch.say(lines);
        batch.rest()
    }
}

/// The change that an answer acknowledges, if any.
pub fn acknowledged(answer: &Value) -> Option<String> {
    answer["change"].as_str().map(str::to_owned)
}

/// A number from the environment, for long runs; on every push, `usual`.
pub fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().map_or(usual, |text| text.parse().expect("a number"))
}

/// The source of chance of a test, printed so that a failure can be repeated with `XIANGLI_TEST_SEED`.
pub fn chance(test: &str) -> ChaCha8Rng {
    let seed = number("XIANGLI_TEST_SEED", 20_261_123);
    eprintln!("{test}: XIANGLI_TEST_SEED={seed}");
    ChaCha8Rng::seed_from_u64(seed)
}

/// A number below `end`.
pub fn below(random: &mut ChaCha8Rng, end: usize) -> usize {
    (random.next_u64() % end.max(1) as u64) as usize
}

/// One of several.
pub fn pick<'a, T>(random: &mut ChaCha8Rng, from: &'a [T]) -> &'a T {
    &from[below(random, from.len())]
}

/// A mix of commands as a cadre's day would bring them; some are refused, some change nothing.
pub fn mix(random: &mut ChaCha8Rng, people: &[String], count: usize) -> Vec<String> {
    let words = ["tell", "tell", "tell", "decline", "attend", "unreachable", "residency", "undo", "redo"];
    (0..count)
        .map(|_| {
            let (who, ago) = (pick(random, people), below(random, 20));
            let on = day(TODAY) - chrono::TimeDelta::days(ago as i64);
            match *pick(random, &words) {
                "residency" => {
                    let value = *pick(random, &["here", "away"]);
                    format!("fact {who} residency {value} --source 本人说 --on {on}")
                }
                word @ ("undo" | "redo") => word.to_owned(),
                word => format!("{word} {ELDER} {who} --on {on}"),
            }
        })
        .collect()
}

/// A command that imports so many people of a known roster, from a file beside the village.
pub fn import(village: &Village, people: usize) -> String {
    let roster = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/d_gb18030.csv")).expect("readable");
    let lines: Vec<_> = roster.split_inclusive(|byte| *byte == b'\n').take(1 + people).collect();
    let file = village.beside(&format!("roster-{people}.csv"));
    fs::write(&file, lines.concat()).expect("written");
    format!("import {}", file.display())
}

/// Copies a folder with everything in it.
pub fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("readable").flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("readable").is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
