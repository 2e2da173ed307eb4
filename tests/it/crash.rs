//! Promise P1 against kill -9: whatever the program had acknowledged when it was killed is there when the ledger is
//! opened again, nothing that never was is, and the ledger is sound.

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use serde_json::Value;

use crate::support::program::{Batch, Village, acknowledged, below, chance, import, mix, number, uids};

/// Commands handed over before each kill; few of the kills let all of them be done.
const COMMANDS: usize = 40;
/// Kills that one village goes through before the next one is taken: its history is read after each.
const KILLS_A_VILLAGE: usize = 10;

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// At once after this many answers were read.
    AfterAnswers(usize),
    /// This long after the first answer.
    WhileWriting(Duration),
    /// This long after it was started: it may still be unlocking or opening.
    AfterStart(Duration),
    /// This long after the last answer, when it has been told that no more is to come: it is closing.
    WhileClosing(Duration),
}

impl Moment {
    fn random(random: &mut ChaCha8Rng) -> Self {
        let mut micros = |most: usize| Duration::from_micros(below(random, most) as u64);
        match micros(8).as_micros() {
            0..3 => Self::AfterAnswers(1 + micros(COMMANDS).as_micros() as usize),
            3..5 => Self::WhileWriting(micros(150_000)),
            5 => Self::AfterStart(micros(150_000)),
            _ => Self::WhileClosing(micros(6_000)),
        }
    }
}

/// What kills have done so far.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    acknowledged: usize,
    /// Killed after a commit and before its answer: allowed, and a sign that the kills come at interesting moments.
    written_unsaid: usize,
    /// Ended by itself before the kill came.
    too_late: usize,
}

/// The disk below the program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DiskBelow {
    Honest,
    /// It said that it wrote the log and did not: the suite must notice.
    Forgetful,
}

/// Starts a batch, kills it at that moment, and returns what it had answered.
fn kill(village: &Village, lines: &[String], moment: Moment) -> (Vec<Value>, bool) {
    let mut batch = Batch::start(village.program(["batch"]));
    batch.say(lines);
    let mut answers = Vec::new();
    let wait_for = match moment {
        Moment::AfterAnswers(count) => count,
        Moment::WhileWriting(_) => 1,
        Moment::AfterStart(_) => 0,
        Moment::WhileClosing(_) => lines.len(),
    };
    answers.extend((0..wait_for).map_while(|_| batch.answer()));
    if let Moment::WhileClosing(_) = moment {
        batch.end();
    }
    if let Moment::WhileWriting(time) | Moment::AfterStart(time) | Moment::WhileClosing(time) = moment {
        std::thread::sleep(time);
    }
    batch.child.kill().expect("it can be killed");
    let (rest, code) = batch.rest();
    answers.extend(rest);
    (answers, code.is_some())
}

/// What is wrong with the ledger after a kill, given its history before and what was acknowledged since.
fn judge(before: &[String], acknowledged: &[String], found: &[String]) -> Result<(), String> {
    let Some(new) = found.strip_prefix(before) else { return Err("older changes are gone".to_owned()) };
    match new.strip_prefix(acknowledged) {
        None => {
            Err(format!("{} changes acknowledged, of these not all among the {} found", acknowledged.len(), new.len()))
        }
        Some(unsaid) if unsaid.len() > 1 => Err(format!("{} changes were written without a word", unsaid.len())),
        Some(_) => Ok(()),
    }
}

/// Kills one village's program so often; what is wrong with the ledger after a kill, if anything is.
fn kill_one_village(random: &mut ChaCha8Rng, kills: usize, tally: &mut Tally, disk: DiskBelow) -> Result<(), String> {
    let village = Village::new();
    let mut history = village.history();
    for _ in 0..kills {
        let mut lines = mix(random, &village.people, COMMANDS);
        if below(random, 4) == 0 {
            lines.insert(below(random, 4), import(&village, 1 + below(random, 20)));
        }
        let moment = Moment::random(random);
        let (answers, too_late) = kill(&village, &lines, moment);
        if disk == DiskBelow::Forgetful {
            let _ = std::fs::remove_file(village.data().join("v.xlg-wal"));
        }
        let said: Vec<_> = answers.iter().filter_map(acknowledged).collect();
        let ledger = village.open().map_err(|error| format!("{moment:?}: does not open: {error}"))?;
        ledger.check().map_err(|error| format!("{moment:?}: is not sound: {error}"))?;
        let found = uids(&ledger);
        judge(&history, &said, &found).map_err(|wrong| format!("{moment:?}: {wrong}"))?;
        tally.kills += 1;
        tally.acknowledged += said.len();
        tally.written_unsaid += found.len() - history.len() - said.len();
        tally.too_late += usize::from(too_late);
        history = found;
    }
    Ok(())
}

#[test]
fn a_kill_at_any_moment_loses_nothing_acknowledged() {
    let mut random = chance("kills");
    let wanted = number("XIANGLI_TEST_KILLS", 300) as usize;
    let lanes = std::thread::available_parallelism().map_or(2, usize::from);
    let mut seeds: Vec<_> = (0..lanes).map(|_| ChaCha8Rng::from_rng(&mut random)).collect();
    let began = std::time::Instant::now();
    let total = std::thread::scope(|scope| {
        let lanes: Vec<_> =
            seeds.iter_mut().map(|random| scope.spawn(move || lane(random, wanted.div_ceil(lanes)))).collect();
        lanes.into_iter().map(|lane| lane.join().expect("no kill did harm")).fold(Tally::default(), Tally::plus)
    });
    eprintln!("{total:?} in {:?}", began.elapsed());
    assert!(total.kills >= wanted && total.acknowledged > 5 * wanted, "the kills come amid work: {total:?}");
}

fn lane(random: &mut ChaCha8Rng, wanted: usize) -> Tally {
    let mut tally = Tally::default();
    while tally.kills < wanted {
        let kills = KILLS_A_VILLAGE.min(wanted - tally.kills);
        kill_one_village(random, kills, &mut tally, DiskBelow::Honest).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
    tally
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            kills: self.kills + other.kills,
            acknowledged: self.acknowledged + other.acknowledged,
            written_unsaid: self.written_unsaid + other.written_unsaid,
            too_late: self.too_late + other.too_late,
        }
    }
}

#[test]
fn the_kill_suite_bites_where_an_acknowledged_change_is_missing() {
    let uids = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    let (before, said) = (uids("ab"), uids("cd"));
    assert!(judge(&before, &said, &uids("abcd")).is_ok());
    assert!(judge(&before, &said, &uids("abcde")).is_ok(), "one more may be written before it is said");
    for wrong in ["abc", "ab", "acd", "abdc", "abcdef", ""] {
        assert!(judge(&before, &said, &uids(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn the_kill_suite_bites_on_a_disk_that_says_it_wrote_and_did_not() {
    let mut random = chance("kills on a forgetful disk");
    let wrong = kill_one_village(&mut random, 8, &mut Tally::default(), DiskBelow::Forgetful);
    let wrong = wrong.expect_err("what was acknowledged is gone");
    assert!(wrong.contains("older changes are gone") || wrong.contains("not all among"), "{wrong}");
}
