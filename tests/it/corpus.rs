//! Promise P4 over every reader of what comes from outside: the files of tests/corpus, and many changed at random, are read
//! or refused; none ends the program, takes longer than 5 seconds or fills memory. In a process of its own, so that a
//! stack that overflows or a loop without end is seen too. fuzz/ goes on from the same files without end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
#[cfg(unix)]
use rustix::process::{Resource, Rlimit};

use crate::support::program::{below, memory_folder, number, pick};
use crate::support::readers::{READERS, Readers, SHEETS};

/// A reader may take so much of the processor's time for one input.
const LONGEST: Duration = Duration::from_secs(5);
/// All readers together, with two ledgers open, may take so much memory.
const MOST_KIB: u64 = 256 << 10;
/// Where the fed process finds what to do.
const JOB: &str = "XIANGLI_TEST_FEED";

fn corpus(reader: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(reader)
}

/// The files of a reader's corpus, in the order of their names.
fn seeds(reader: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(corpus(reader)).unwrap_or_else(|_| panic!("tests/corpus/{reader} is there"));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("readable")).collect()
}

/// Pieces that make readers stumble.
const PIECES: [&[u8]; 24] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "\u{200d}".as_bytes(),
    b"\x1b[31m",
    "\u{e123}".as_bytes(),
    "\u{30edd}".as_bytes(),
    b"=1+1",
    b"-9223372036854775808",
    b"1e309",
    b"NaN",
    b"\"",
    b"\n",
    b"\r\n",
    b",",
    b"]]>",
    b"&#0;",
    b"{\"a\":",
    b"[[[[[[[[[[[[[[[[",
    b"0000-00-00",
    b"9999-99-99",
    "二〇二六年十三月".as_bytes(),
    b"\xa1\xf6",
];

/// One input changed in a few places.
fn changed(random: &mut ChaCha8Rng, from: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = pick(random, from).clone();
    for _ in 0..1 + below(random, 4) {
        let at = below(random, bytes.len() + 1);
        match below(random, 8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << below(random, 8),
            1 if at < bytes.len() => bytes[at] = random.next_u64() as u8,
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..(at + below(random, 40)).min(bytes.len()))),
            4 => {
                let piece = bytes[at..(at + below(random, 200)).min(bytes.len())].to_vec();
                let times = 1 + below(random, 30);
                bytes.splice(at..at, piece.repeat(times));
            }
            5 => {
                let other = pick(random, from);
                let piece = other[below(random, other.len() + 1)..].to_vec();
                bytes.splice(at.., piece);
            }
            _ => drop(bytes.splice(at..at, pick(random, &PIECES).iter().copied())),
        }
        bytes.truncate(64 << 10);
    }
    bytes
}

/// What was fed, and the most memory that it took.
#[derive(Debug)]
struct Fed {
    inputs: usize,
    kib: u64,
}

/// Feeds these readers in a process of its own; what went wrong, if anything did.
fn fed(readers: &str, mutations: u64) -> Result<Fed, String> {
    let folder = memory_folder();
    let mut process = Process::new(std::env::current_exe().expect("this program"));
    process.args(["--exact", "corpus::a_process_of_its_own_is_fed", "--nocapture"]).env(JOB, folder.path());
    process.env("XIANGLI_TEST_READERS", readers).env("XIANGLI_TEST_MUTATIONS", mutations.to_string());
    process.env("TMPDIR", folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
    process.stderr(fs::File::create(folder.path().join("said")).expect("made"));
    let mut child = process.spawn().expect("it starts");
    let (mut last, mut since) = (String::new(), spent(child.id()));
    let about = || fs::read_to_string(folder.path().join("about")).unwrap_or_default();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        let (now, spent) = (about(), spent(child.id()));
        if now != last {
            (last, since) = (now, spent);
        } else if !last.is_empty() && spent.saturating_sub(since) > LONGEST {
            let _ = (child.kill(), child.wait());
            return Err(format!("hangs: {last}; {}", kept(folder.path())));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if !status.success() {
        let said = fs::read_to_string(folder.path().join("said")).unwrap_or_default();
        let last = said.lines().next_back().unwrap_or_default();
        return Err(format!("ended the program: {}; {}; {last}", about(), kept(folder.path())));
    }
    let result = fs::read_to_string(folder.path().join("result")).expect("a result");
    let numbers: Vec<u64> = result.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    let fed = Fed { inputs: numbers[0] as usize, kib: numbers[1] };
    if fed.kib > MOST_KIB { Err(format!("took memory: {} KiB", fed.kib)) } else { Ok(fed) }
}

/// The processor's time that a process has had: a busy machine is no reason to call a reader slow.
fn spent(process: u32) -> Duration {
    static BEGUN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) else { return BEGUN.elapsed() };
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}

/// Puts the input at which it ended where it stays.
fn kept(folder: &Path) -> String {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-input");
    fs::copy(folder.join("input"), &place).map_or_else(|_| "no input".to_owned(), |_| place.display().to_string())
}

/// The most memory that this process ever took, in KiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Readers that do what none may do.
fn faulty(reader: &str) {
    match reader {
        "fault-panic" => panic!("a reader that panics"),
        "fault-stack" => deep(1 << 30),
        "fault-hang" => loop {
            std::hint::black_box(());
        },
        "fault-memory" => drop(vec![1_u8; 300 << 20]),
        other => panic!("no fault is called {other}"),
    }
}

#[inline(never)]
fn deep(left: u64) {
    if left > 0 {
        deep(std::hint::black_box(left - 1));
        std::hint::black_box(left);
    }
}

/// Not a test by itself: what [`fed`] starts.
#[test]
fn a_process_of_its_own_is_fed() {
    let Some(folder) = std::env::var_os(JOB).map(PathBuf::from) else { return };
    // What it dies of on purpose leaves no image of the memory.
    #[cfg(unix)]
    rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).expect("less is allowed");
    let readers = std::env::var("XIANGLI_TEST_READERS").expect("readers");
    let mutations = number("XIANGLI_TEST_MUTATIONS", 1) as usize;
    let mut random = ChaCha8Rng::seed_from_u64(number("XIANGLI_TEST_SEED", 20_261_123));
    let (mut all, mut inputs) = (Readers::new(), 0);
    for reader in readers.split(',') {
        let seeds = if reader.starts_with("fault") { vec![vec![0]] } else { seeds(reader) };
        let of_text = matches!(reader, "date" | "words" | "id_number" | "row_code" | "paper_code" | "settings");
        let times = mutations * if of_text { 40 } else { 1 };
        for turn in 0..seeds.len() + times {
            let input = seeds.get(turn).cloned().unwrap_or_else(|| changed(&mut random, &seeds));
            if !of_text || turn % 64 == 0 {
                fs::write(folder.join("input"), &input).expect("written");
                fs::write(folder.join("about"), format!("{reader}, input {turn}")).expect("written");
            }
            if reader.starts_with("fault") {
                faulty(reader);
            } else {
                all.read(reader, &input);
            }
            inputs += 1;
        }
    }
    fs::write(folder.join("result"), format!("{inputs} {}", peak())).expect("written");
}

#[test]
fn whatever_a_reader_is_fed_ends_with_a_sentence_soon_and_within_memory() {
    let all: Vec<&str> = READERS.iter().chain(&SHEETS).copied().collect();
    let fed = fed(&all.join(","), number("XIANGLI_TEST_MUTATIONS", 60)).unwrap_or_else(|wrong| panic!("{wrong}"));
    eprintln!("{} readers, {} inputs, at most {} MiB", all.len(), fed.inputs, fed.kib >> 10);
    assert!(fed.inputs > 60 * all.len());
}

#[test]
fn the_suite_of_hostile_bytes_bites_where_a_reader_panics_overflows_hangs_or_fills_memory() {
    for (fault, says) in [
        ("fault-panic", "ended the program: fault-panic"),
        ("fault-stack", "ended the program: fault-stack"),
        ("fault-hang", "hangs: fault-hang"),
        ("fault-memory", "took memory"),
    ] {
        let wrong = fed(fault, 1).expect_err(fault);
        assert!(wrong.starts_with(says), "{fault}: {wrong}");
    }
}

#[test]
fn each_reader_takes_what_is_well_made() {
    let mut readers = Readers::new();
    for reader in READERS.iter().chain(&SHEETS) {
        let said: Vec<String> = seeds(reader).iter().map(|seed| readers.read(reader, seed)).collect();
        let deep = match *reader {
            // Made for other keys than those of this run; what is within is looked at all the same.
            "answer" => "invite-answer",
            // A whole copy is larger than what is kept here.
            "copy" => "error-copy-cut",
            "keys_file" => "error-wrong-paper-code",
            "escrow" => "error-keys-damaged",
            "receipt" => "receipt-no-file",
            "hand_up" => "file-said-and",
            _ => "read",
        };
        eprintln!("{reader}: {said:?}");
        assert!(said.iter().any(|said| said.starts_with(deep)), "{reader}: {said:?}");
    }
}

#[test]
#[ignore = "writes the files of tests/corpus that the program itself makes"]
fn the_corpus_is_written_anew() {
    for (reader, name, bytes) in crate::support::seeds::made() {
        fs::create_dir_all(corpus(reader)).expect("made");
        fs::write(corpus(reader).join(name), bytes).expect("written");
    }
}
