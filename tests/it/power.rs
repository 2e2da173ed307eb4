//! Promise P1 against power cuts: the program's writes are recorded, the folder is rebuilt as a cut could have left it at
//! every step, and each such folder must open, be sound, and hold every change acknowledged by then.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};

use rand_chacha::ChaCha8Rng;
use sha2::{Digest as _, Sha256};
use xiangli::ledger::Ledger;
use xiangli::ledger::keys::{LedgerKey, Unlock};
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::sealed::key_of;

use crate::support::preload::recorder;
use crate::support::program::{
    Batch, FILE, Village, acknowledged, bare_program, chance, import, memory_folder, mix, number, uids,
};
use crate::support::replay::{Disk, Folder, Op, assert_everything_was_seen, read_folder, read_log, write_folder};

/// What was recorded of some sessions of the program.
struct Recording {
    village: Village,
    base: Folder,
    ops: Vec<Op>,
    /// The uids of the history when recording began, and at its end.
    before: Vec<String>,
    after: Vec<String>,
}

/// How the program forces its writes to disk while it is recorded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sync {
    AsAlways,
    /// Not at all, as with `synchronous=OFF`: the suite must notice.
    Off,
}

/// A folder as a power cut left it, how many changes were acknowledged by then, and which copies.
struct State {
    step: usize,
    acknowledged: usize,
    copies: Vec<String>,
    folder: Folder,
}

/// What came of replaying.
#[derive(Debug, Default)]
struct Tally {
    states: usize,
    corrupt: usize,
    lost: usize,
    examples: Vec<String>,
}

fn record(random: &mut ChaCha8Rng, sync: Sync) -> Recording {
    let village = Village::new();
    write_folder(&village.data(), &Folder::from([("stick/photo.jpg".to_owned(), vec![1; 99])]));
    let (base, before) = (read_folder(&village.data()), village.history());
    let (log, mut said) = (village.beside("log"), Vec::new());
    for lines in sessions(random, &village) {
        let mut process = village.program(["batch"]);
        process.env("LD_PRELOAD", recorder()).env("REC_DIR", village.data()).env("REC_LOG", &log);
        if sync == Sync::Off {
            process.env("REC_SYNC", "off");
        }
        let (answers, _) = Batch::whole(process, &lines);
        assert_eq!(answers.len(), lines.len(), "every command is answered");
        said.extend(answers);
    }
    let imports =
        said.iter().filter(|answer| answer["counts"]["new"].as_u64() > Some(0) && answer["change"].is_string());
    assert_eq!((imports.count(), said.iter().filter(|answer| answer["file"].is_string()).count()), (2, 1), "{said:?}");
    let ops = read_log(&log);
    assert_everything_was_seen(&base, &ops, &read_folder(&village.data()));
    let after = village.history();
    Recording { village, base, ops, before, after }
}

/// Counts the acknowledgements as they appear among the recorded writes.
#[derive(Default)]
struct Spoken {
    text: Vec<u8>,
    changes: usize,
    copies: Vec<String>,
}

impl Spoken {
    fn hear(&mut self, op: &Op) {
        self.text.extend_from_slice(op.spoken().unwrap_or_default());
        while let Some(end) = self.text.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.text.drain(..=end).collect();
            let answer: serde_json::Value = serde_json::from_slice(&line).expect("one line of JSON");
            self.changes += usize::from(acknowledged(&answer).is_some());
            self.copies.extend(answer["file"].as_str().map(str::to_owned));
        }
    }
}

impl Recording {
    /// Goes through the log and hands out about `wanted` different states, at every step some, until there are enough.
    fn states(&self, random: &mut ChaCha8Rng, wanted: usize, mut give: impl FnMut(State) -> ControlFlow<()>) {
        let mut given = HashSet::new();
        let steps = self.ops.len().max(1);
        for round in 0..8 {
            let missing = wanted.saturating_sub(given.len());
            if missing == 0 {
                return;
            }
            let (mut disk, mut spoken) = (Disk::at_rest(&self.base), Spoken::default());
            for (step, op) in self.ops.iter().enumerate() {
                disk.apply(op);
                spoken.hear(op);
                let cuts = if disk.is_at_rest() { 0 } else { 1 + missing / steps };
                let mut folders = if round == 0 { vec![disk.synced_only(), disk.whole()] } else { Vec::new() };
                folders.extend((0..cuts).map(|_| disk.cut(random)));
                for folder in folders {
                    let acknowledged = self.before.len() + spoken.changes;
                    if given.insert(fingerprint(&folder, acknowledged))
                        && give(State { step, acknowledged, copies: spoken.copies.clone(), folder }).is_break()
                    {
                        return;
                    }
                }
            }
        }
    }

    fn replay(&self, random: &mut ChaCha8Rng, wanted: usize, enough: fn(&Tally) -> bool) -> Tally {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let (sender, receiver) = sync_channel(2 * threads);
        let (receiver, tally) = (Mutex::new(receiver), Mutex::new(Tally::default()));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| self.judge_all(&receiver, &tally));
            }
            self.states(random, wanted, |state| {
                sender.send(state).expect("judges are at work");
                let so_far = tally.lock().expect("no judge panicked");
                if enough(&so_far) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            drop(sender);
        });
        tally.into_inner().expect("no judge panicked")
    }

    fn judge_all(&self, states: &Mutex<Receiver<State>>, tally: &Mutex<Tally>) {
        let folder = memory_folder();
        loop {
            let next = states.lock().expect("no judge panicked").recv();
            let Ok(state) = next else { return };
            let place = folder.path().join("state");
            write_folder(&place, &state.folder);
            let verdict = self.judge(&place, &state);
            std::fs::remove_dir_all(&place).expect("removed");
            tally.lock().expect("no judge panicked").note(&state, verdict);
        }
    }

    fn judge(&self, place: &Path, state: &State) -> Verdict {
        let keys = format!("{FILE}.keys");
        if state.folder.get(&keys) != self.base.get(&keys) {
            return Verdict::Corrupt("the keys file changed".to_owned());
        }
        for copy in &state.copies {
            let within = copy.strip_prefix(&format!("{}/", self.village.data().display())).expect("in the folder");
            if state.folder.get(within) != std::fs::read(copy).ok().as_ref() {
                return Verdict::Lost(format!("the copy {within}"));
            }
        }
        match history_of(&place.join(FILE), &self.village.key) {
            Err(error) => Verdict::Corrupt(error),
            Ok(found) if !self.after.starts_with(&found) => {
                Verdict::Corrupt(format!("a history of {} changes that never was", found.len()))
            }
            Ok(found) if found.len() < state.acknowledged => {
                Verdict::Lost(format!("{} changes of {} acknowledged", found.len(), state.acknowledged))
            }
            Ok(_) => Verdict::Sound,
        }
    }
}

enum Verdict {
    Sound,
    Lost(String),
    Corrupt(String),
}

impl Tally {
    fn note(&mut self, state: &State, verdict: Verdict) {
        self.states += 1;
        let (count, what) = match verdict {
            Verdict::Sound => return,
            Verdict::Lost(what) => (&mut self.lost, what),
            Verdict::Corrupt(what) => (&mut self.corrupt, what),
        };
        *count += 1;
        if self.examples.len() < 10 {
            let sizes: Vec<_> = state.folder.iter().map(|(name, bytes)| format!("{name} {}", bytes.len())).collect();
            self.examples.push(format!("step {}: {what} ({})", state.step, sizes.join(", ")));
        }
    }
}

/// Tells states apart; two that hold the same bytes under the same names after the same acknowledgements are one.
fn fingerprint(folder: &Folder, acknowledged: usize) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(acknowledged.to_le_bytes());
    for (name, bytes) in folder {
        hash.update(format!("{name} {} ", bytes.len()));
        hash.update(bytes);
    }
    hash.finalize().to_vec()
}

/// Opens, checks everything, and reads the history.
fn history_of(path: &Path, key: &LedgerKey) -> Result<Vec<String>, String> {
    let ledger = Ledger::open(path, key).map_err(|error| format!("does not open: {error}"))?;
    ledger.check().map_err(|error| format!("is not sound: {error}"))?;
    Ok(uids(&ledger))
}

/// Sessions as they happen: short ones, and one long enough that the log is moved into the file while it is open.
fn sessions(random: &mut ChaCha8Rng, village: &Village) -> Vec<Vec<String>> {
    let mut sessions = [12, 50, 8, 1].map(|count| mix(random, &village.people, count));
    sessions[0].insert(3, import(village, 8));
    sessions[1].insert(30, import(village, 14));
    sessions[2].insert(4, format!("copy-out {}", village.data().join("stick").display()));
    sessions.into()
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_acknowledged() {
    let mut random = chance("power cuts");
    let wanted = number("XIANGLI_TEST_STATES", 10_000) as usize;
    let recording = record(&mut random, Sync::AsAlways);
    let began = std::time::Instant::now();
    let tally = recording.replay(&mut random, wanted, |_| false);
    eprintln!(
        "{} states after {} changes in {} steps: {} corrupt, {} with losses, {:?}",
        tally.states,
        recording.after.len() - recording.before.len(),
        recording.ops.len(),
        tally.corrupt,
        tally.lost,
        began.elapsed(),
    );
    assert!(tally.states >= wanted, "{tally:#?}");
    assert_eq!((tally.corrupt, tally.lost), (0, 0), "{tally:#?}");
}

#[test]
fn the_power_suite_bites_where_writes_are_not_forced_to_disk() {
    let mut random = chance("power cuts without force");
    let recording = record(&mut random, Sync::Off);
    // Nothing is ever durable, so that each state is slow to rebuild: both kinds of harm, and no more, are looked for.
    let bitten = |tally: &Tally| tally.corrupt > 0 && tally.lost > 0;
    let tally = recording.replay(&mut random, 600, bitten);
    assert!(bitten(&tally), "{tally:#?}");
}

/// Records the start of a village in an empty folder; the key that it got.
fn record_start(village: &Village) -> (Vec<Op>, LedgerKey) {
    let (data, log) = (village.beside("new"), village.beside("log"));
    std::fs::create_dir(&data).expect("made");
    let mut process = bare_program(&village.beside("."));
    process.env("XIANGLI_PASSPHRASE_FILE", village.beside("passphrase"));
    process.env("LD_PRELOAD", recorder()).env("REC_DIR", &data).env("REC_LOG", &log);
    process.arg("--ledger").arg(data.join(FILE)).args(["init", "--village", "421399100201", "--name", "柳河村"]);
    process.arg("--paper-code").arg(village.beside("new-code"));
    assert!(process.output().expect("it starts").status.success());
    let code = std::fs::read_to_string(village.beside("new-code")).expect("written");
    let unlock = Unlock::PaperCode(PaperCode::parse(code.trim()).expect("a code"));
    let ops = read_log(&log);
    assert_everything_was_seen(&Folder::new(), &ops, &read_folder(&data));
    (ops, key_of(&data.join(FILE), &unlock).expect("it unlocks"))
}

/// A ledger that is there is whole and has its keys; where none is, nothing hinders starting one but, at one moment, the
/// keys file, which the program then names.
fn judge_start(place: &Path, folder: &Folder, key: &LedgerKey, started: bool) -> Result<(), String> {
    let has = |ending: &str| folder.contains_key(&format!("{FILE}{ending}"));
    match (has(""), has(".keys")) {
        (true, true) => history_of(&place.join(FILE), key).map(drop),
        (true, false) => Err("a ledger without keys".to_owned()),
        (false, _) if started => Err("the village that was started is gone".to_owned()),
        (false, _) if has("-wal") || has("-journal") => Err("half a ledger hinders another start".to_owned()),
        (false, _) => Ok(()),
    }
}

#[test]
fn a_power_cut_while_a_village_is_started_leaves_a_whole_one_or_none() {
    let mut random = chance("power cuts while starting");
    let village = Village::new();
    let (ops, key) = record_start(&village);
    let (mut disk, mut started, mut states) = (Disk::default(), false, 0);
    for (step, op) in ops.iter().enumerate() {
        disk.apply(op);
        started |= op.spoken().is_some();
        let mut folders = vec![disk.synced_only(), disk.whole()];
        folders.extend((0..3).map(|_| disk.cut(&mut random)));
        for folder in folders {
            let place = village.beside("state");
            write_folder(&place, &folder);
            judge_start(&place, &folder, &key, started)
                .unwrap_or_else(|wrong| panic!("step {step}: {wrong} ({:?})", folder.keys()));
            let _ = std::fs::remove_dir_all(&place);
            states += 1;
        }
    }
    assert!(states > 500 && started);
}
