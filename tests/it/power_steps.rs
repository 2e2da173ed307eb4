//! Bringing up an older ledger, restoring, deleting for good, another passphrase, a printed sheet: killed and cut off at the
//! steps between their system calls, each leaves what was there before or what comes after, and never neither.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Mutex;

use secrecy::SecretString;
use xiangli::domain::message::Say as _;
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::backups;
use xiangli::ledger::command::Command;
use xiangli::ledger::keys::{KeysFile, Unlock};
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::Unwatched;

use crate::support::preload::recorder;
use crate::support::program::{FILE, PASSPHRASE, TODAY, Village, chance, memory_folder, number, uids};
use crate::support::replay::{Disk, Folder, Op, assert_everything_was_seen, read_folder, read_log, write_folder};
use crate::support::world::{day, key, stamp};

/// How writes are forced to disk while an operation is recorded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sync {
    AsAlways,
    /// Not at all: the suite must notice.
    Off,
}

/// One operation as it was recorded: the folder before, what was done to it, the folder after.
struct Operation {
    base: Folder,
    ops: Vec<Op>,
    after: Folder,
}

/// The folder as a kill or a cut left it, and whether the operation was said to be done by then.
struct State {
    folder: Folder,
    done: bool,
}

fn record(data: &Path, log: &Path, mut process: Process, sync: Sync) -> Operation {
    let base = read_folder(data);
    process.env("LD_PRELOAD", recorder()).env("REC_DIR", data).env("REC_LOG", log).stdin(Stdio::null());
    if sync == Sync::Off {
        process.env("REC_SYNC", "off");
    }
    let output = process.output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let operation = Operation { base, ops: read_log(log), after: read_folder(data) };
    assert_everything_was_seen(&operation.base, &operation.ops, &operation.after);
    operation
}

impl Operation {
    /// About so many different states, at steps spread over all of it: as a kill leaves the folder, as a cut leaves it that
    /// loses all that was not forced to disk, and as one leaves it that loses some.
    fn states(&self, wanted: usize) -> Vec<State> {
        let mut random = chance("steps");
        let every = (3 * self.ops.len()).div_ceil(wanted).max(1);
        let (mut disk, mut done, mut seen) = (Disk::at_rest(&self.base), false, BTreeSet::new());
        let mut states = Vec::new();
        for (step, op) in self.ops.iter().enumerate() {
            disk.apply(op);
            done |= op.spoken().is_some_and(|said| !said.starts_with(b"\nrunning"));
            // Every one that is about names or syncs, and of the writes some.
            if op.is_write() && step % every != 0 {
                continue;
            }
            for folder in [disk.whole(), disk.synced_only(), disk.cut(&mut random)] {
                if seen.insert((folder.clone(), done)) {
                    states.push(State { folder, done });
                }
            }
        }
        states
    }

    /// Judges the states, on all processors; how many there were, or what is wrong with one.
    fn judged(&self, judge: impl Fn(&Path, &State) -> Result<(), String> + std::marker::Sync) -> Result<usize, String> {
        let states = self.states(number("XIANGLI_TEST_STEPS", 60) as usize);
        let wrong = Mutex::new(Vec::new());
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            for first in 0..threads {
                let (states, wrong, judge) = (&states, &wrong, &judge);
                scope.spawn(move || {
                    let folder = memory_folder();
                    for state in states.iter().skip(first).step_by(threads) {
                        let place = folder.path().join("state");
                        write_folder(&place, &state.folder);
                        if let Err(what) = judge(&place, state) {
                            let names = state.folder.keys().cloned().collect::<Vec<_>>().join(", ");
                            wrong.lock().expect("no judge panicked").push(format!("{what} ({names})"));
                        }
                        fs::remove_dir_all(&place).expect("removed");
                    }
                });
            }
        });
        match wrong.into_inner().expect("no judge panicked").first() {
            None => Ok(states.len()),
            Some(first) => Err(first.clone()),
        }
    }
}

fn sound(path: &Path, key: &xiangli::ledger::keys::LedgerKey) -> Result<Ledger, String> {
    let ledger = Ledger::open(path, key).map_err(|error| format!("does not open: {error}"))?;
    ledger.check().map_err(|error| format!("is not sound: {error}"))?;
    Ok(ledger)
}

/// Not a test by itself: brings up the older ledger that is named to it.
#[test]
fn a_process_of_its_own_brings_a_ledger_up() {
    let Some(path) = std::env::var_os("XIANGLI_TEST_BRING_UP").map(PathBuf::from) else { return };
    drop(Ledger::open(&path, &key()).expect("it opens"));
    writeln!(std::io::stdout(), "done").expect("said");
}

#[test]
fn a_ledger_cut_off_while_it_is_brought_up_is_brought_up_the_next_time() {
    let folder = memory_folder();
    let (data, path) = (folder.path().join("data"), folder.path().join("data").join(FILE));
    fs::create_dir(&data).expect("made");
    fs::copy("tests/ledgers/v1.xlg", &path).expect("kept in tests/ledgers");
    let mut process = Process::new(std::env::current_exe().expect("this program"));
    process.args(["--exact", "power_steps::a_process_of_its_own_brings_a_ledger_up", "--nocapture"]);
    process.env("XIANGLI_TEST_BRING_UP", &path);
    let operation = record(&data, &folder.path().join("log"), process, Sync::AsAlways);
    let expected = uids(&sound(&path, &key()).expect("sound"));
    let judged = operation.judged(|place, state| {
        let path = place.join(FILE);
        let kept = backups(&path).map_err(|error| error.to_string())?;
        if state.done && kept.is_empty() {
            return Err("no backup was made before".to_owned());
        }
        let ledger = sound(&path, &key())?;
        let same = uids(&ledger) == expected && ledger.overview().is_ok_and(|overview| overview.residents == 2);
        if same { Ok(()) } else { Err("something of it is missing".to_owned()) }
    });
    eprintln!("brought up: {judged:?} states");
    judged.expect("each of them can be brought up");
}

/// A village with a backup and one step after it; the program that restores the backup.
fn restoring(sync: Sync) -> (Village, Operation, [i64; 2]) {
    let village = Village::new();
    let mut ledger = village.open().expect("it opens");
    let proved = ledger.back_up(&stamp(day(TODAY)), &Unwatched).expect("a backup");
    let gone = Command::RemoveResident { resident: village.people[0].clone() };
    let done = ledger.run(&gone, &stamp(day(TODAY))).expect("one step more");
    drop(ledger);
    let process = village.program(["restore".as_ref(), proved.path.as_os_str()]);
    let operation = record(&village.data(), &village.beside("log"), process, sync);
    (village, operation, [proved.revision, done.revision])
}

/// The next opening finds the old ledger or the restored one, and the old one is nowhere lost.
fn restored_or_not(village: &Village, place: &Path, state: &State, revisions: [i64; 2]) -> Result<(), String> {
    let revision = |path: &Path| sound(path, &village.key).map(|ledger| ledger.revision().unwrap_or(-1));
    let path = place.join(FILE);
    let backup = backups(&path).map_err(|error| error.to_string())?.pop().ok_or("the backup is gone")?;
    let proved = revision(&backup.path)?;
    if proved != revisions[0] {
        return Err(format!("the backup is of revision {proved}"));
    }
    let now = revision(&path)?;
    let names = fs::read_dir(place).into_iter().flatten().flatten().map(|entry| entry.path());
    let asides: Vec<_> = names.filter(|path| path.to_string_lossy().contains("v-aside-")).collect();
    match now {
        now if now == revisions[1] && !state.done && asides.is_empty() => Ok(()),
        now if now == revisions[0] => {
            let aside = asides.iter().find(|path| path.extension().is_some_and(|ending| ending == "xlg"));
            is(revision(aside.ok_or("the old one is gone")?)?, revisions[1])
        }
        now => Err(format!("of revision {now}, done: {}, aside: {asides:?}", state.done)),
    }
}

fn is(found: i64, expected: i64) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("of revision {found}, not {expected}")) }
}

#[test]
fn a_restoring_cut_off_anywhere_leaves_the_old_ledger_or_the_restored_one() {
    let (village, operation, revisions) = restoring(Sync::AsAlways);
    let judged = operation.judged(|place, state| restored_or_not(&village, place, state, revisions));
    eprintln!("restored: {judged:?} states");
    judged.expect("none is lost");
}

#[test]
fn a_restoring_cut_off_anywhere_brings_nobody_back_who_was_deleted_for_good_and_writes_no_copy_that_was_handed_over() {
    let village = Village::new();
    let (uid, today) = (village.people[0].clone(), stamp(day(TODAY)));
    let mut ledger = village.open().expect("it opens");
    let proved = ledger.back_up(&today, &Unwatched).expect("a backup");
    ledger.purge_person(&uid, OldBackups::Keep, &today, &Unwatched).expect("deleted");
    ledger.set_local_setting("handed-over", TODAY).expect("as handing over leaves it");
    drop(ledger);
    let process = village.program(["restore".as_ref(), proved.path.as_os_str()]);
    let operation = record(&village.data(), &village.beside("log"), process, Sync::AsAlways);
    let judged = operation.judged(|place, _| {
        let ledger = sound(&place.join(FILE), &village.key)?;
        match (ledger.resident(&uid).is_err(), ledger.handed_over()) {
            (true, Ok(Some(_))) => Ok(()),
            (is_gone, handed_over) => Err(format!("gone: {is_gone}, handed over: {handed_over:?}")),
        }
    });
    eprintln!("restored after a deletion: {judged:?} states");
    judged.expect("neither ever");
}

#[test]
fn the_suite_of_steps_bites_where_a_restoring_is_not_forced_to_disk() {
    let (village, operation, revisions) = restoring(Sync::Off);
    let judged = operation.judged(|place, state| restored_or_not(&village, place, state, revisions));
    judged.expect_err("something is lost");
}

#[test]
fn a_deletion_for_good_cut_off_anywhere_is_done_or_not_and_never_half() {
    let village = Village::new();
    let uid = village.people[3].clone();
    let process = village.program(["privacy", "delete", &uid]);
    let operation = record(&village.data(), &village.beside("log"), process, Sync::AsAlways);
    let people = village.people.len() as u64;
    let judged = operation.judged(|place, state| {
        let ledger = sound(&place.join(FILE), &village.key)?;
        let (there, left) = (ledger.resident(&uid).is_ok(), ledger.overview().map_or(0, |o| o.residents as u64));
        match (there, state.done) {
            (true, true) => Err("what was said to be gone is there".to_owned()),
            _ if left + u64::from(!there) != people => Err(format!("{left} people")),
            _ => Ok(()),
        }
    });
    eprintln!("deleted for good: {judged:?} states");
    judged.expect("done or not");
}

#[test]
fn another_passphrase_cut_off_anywhere_leaves_the_old_keys_or_the_new_ones() {
    const NEXT: &str = "河边三棵柳树 2027";
    let village = Village::new();
    fs::write(village.beside("next"), NEXT).expect("written");
    let mut process = village.program(["passphrase"]);
    process.env_remove("XIANGLI_PAPER_CODE_FILE").env("XIANGLI_PASSPHRASE_FILE", village.beside("passphrase"));
    process.env("XIANGLI_NEW_PASSPHRASE_FILE", village.beside("next"));
    let operation = record(&village.data(), &village.beside("log"), process, Sync::AsAlways);
    let keys = format!("{FILE}.keys");
    let (old, new) = (&operation.base[&keys], &operation.after[&keys]);
    assert_ne!(old, new);
    for (bytes, passphrase) in [(old, PASSPHRASE), (new, NEXT)] {
        fs::write(KeysFile::path_of(&village.path()), bytes).expect("written");
        let unlock = Unlock::Passphrase(SecretString::from(passphrase));
        KeysFile::open(&village.path()).and_then(|keys| keys.unlock(&unlock)).expect("it opens");
    }
    let judged = operation.judged(|_, state| match state.folder.get(&keys) {
        Some(found) if found == new || found == old && !state.done => Ok(()),
        Some(found) if found == old => Err("the old keys after the new ones were said to be there".to_owned()),
        Some(found) => Err(format!("{} bytes of other keys", found.len())),
        None => Err("the keys are gone".to_owned()),
    });
    eprintln!("another passphrase: {judged:?} states");
    judged.expect("old or new");
}

#[test]
fn a_sheet_cut_off_anywhere_is_whole_under_its_name_or_not_there() {
    let village = Village::new();
    let sheet = village.data().join("roster.pdf");
    let mut process = village.program(["print", "roster", "elder-check", "--to"]);
    process.arg(&sheet);
    let operation = record(&village.data(), &village.beside("log"), process, Sync::AsAlways);
    let whole = &operation.after["roster.pdf"];
    let judged = operation.judged(|place, state| {
        sound(&place.join(FILE), &village.key)?;
        match state.folder.get("roster.pdf") {
            Some(found) if found != whole => Err(format!("{} bytes of {}", found.len(), whole.len())),
            None if state.done => Err("what was printed is gone".to_owned()),
            _ => Ok(()),
        }
    });
    eprintln!("printed: {judged:?} states");
    judged.expect("whole or not there");
}

#[test]
fn a_half_done_restoring_is_put_right_by_the_next_opening_but_not_while_another_program_does_it() {
    let (village, operation, revisions) = restoring(Sync::AsAlways);
    let between = operation.states(10_000).into_iter().find(|state| !state.folder.contains_key(FILE));
    let place = village.beside("between");
    write_folder(&place, &between.expect("there is such a moment").folder);
    let path = place.join(FILE);
    let lock = File::options().create(true).write(true).truncate(false).open(place.join(format!("{FILE}.lock")));
    let lock = lock.expect("opens");
    lock.lock().expect("locked");
    let error = Ledger::open(&path, &village.key).err().expect("it is at work");
    assert_eq!(error.message().key, "error-already-open");
    assert!(!path.exists(), "nothing was renamed");
    drop(lock);
    let ledger = Ledger::open(&path, &village.key).expect("it opens");
    assert_eq!(ledger.revision().expect("readable"), revisions[1]);
}
