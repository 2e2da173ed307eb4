//! Duplicates: how many of those who stand there twice are found, how many strangers are called one person.

mod clerk;
mod slips;
mod strangers;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use clerk::{Case, Clerk, Record};
use xiangli::domain::duplicate::{self, THRESHOLD};
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::name::PersonName;
use xiangli::domain::relation::Relation;
use xiangli::ledger::command::{Command, Home, Merge, NewResident};
use xiangli::ledger::duplicates::{MOST_PAIRS, Pair};
use xiangli::ledger::error::ErrorKind;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::{Ledger, demo};

use crate::support::world::{World, day, key, stamp};

/// The weights were chosen while looking at these seeds (and at the sums alone of 1, 2 and 3).
const TUNED_ON: [u64; 4] = [20_261_123, 101, 102, 103];
/// What is promised is held on these, which were drawn once all weights stood.
const HELD_ON: [u64; 5] = [7, 8, 9, 10, 11];

const CASES: usize = 1_000;

struct Figures {
    found: usize,
    wrong: usize,
    /// By kind of case: missed or wrongly called one person, of how many.
    by_kind: BTreeMap<String, (usize, usize)>,
}

impl Figures {
    fn recall(&self) -> f64 {
        self.found as f64 / CASES as f64
    }

    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.wrong) as f64
    }
}

fn points(case: &Case) -> i32 {
    let (one, other) = (case.one.person(), case.other.person());
    let there = duplicate::score(&one, &other);
    assert_eq!(
        there.points,
        duplicate::score(&other, &one).points,
        "{}: the order of two records says nothing",
        case.kind
    );
    there.points
}

fn measure(seed: u64) -> Figures {
    let mut clerk = Clerk::new(seed);
    let mut figures = Figures { found: 0, wrong: 0, by_kind: BTreeMap::new() };
    for _ in 0..CASES {
        let case = clerk.duplicate();
        let found = points(&case) >= THRESHOLD;
        figures.found += usize::from(found);
        for kind in case.kind.split(' ') {
            let (missed, all) = figures.by_kind.entry(format!("+ {kind}")).or_default();
            *all += 1;
            *missed += usize::from(!found);
        }
    }
    for _ in 0..CASES {
        let case = clerk.strangers();
        let wrong = points(&case) >= THRESHOLD;
        figures.wrong += usize::from(wrong);
        let (bad, all) = figures.by_kind.entry(format!("- {}", case.kind)).or_default();
        *all += 1;
        *bad += usize::from(wrong);
    }
    figures
}

fn told(seeds: &[u64]) -> (f64, f64) {
    let (mut found, mut wrong) = (0, 0);
    for seed in seeds {
        let figures = measure(*seed);
        eprintln!("seed {seed}: recall {:.3}, precision {:.3}", figures.recall(), figures.precision());
        for (kind, (bad, all)) in figures.by_kind.iter().filter(|(_, (bad, _))| *bad > 0) {
            eprintln!("    {kind}: {bad} of {all}");
        }
        found += figures.found;
        wrong += figures.wrong;
    }
    (found as f64 / (CASES * seeds.len()) as f64, found as f64 / (found + wrong) as f64)
}

#[test]
fn of_a_thousand_twice_entered_and_a_thousand_strangers_nearly_all_are_told_apart() {
    for (what, seeds) in [("tuned on", &TUNED_ON[..]), ("held on", &HELD_ON)] {
        let (recall, precision) = told(seeds);
        eprintln!(
            "{what} {} thousand: recall {recall:.4}, precision {precision:.4}, from {THRESHOLD} points",
            seeds.len()
        );
        assert!(recall >= 0.98, "{what}: recall {recall:.4}");
        assert!(precision >= 0.95, "{what}: precision {precision:.4}");
    }
}

/// Enters what a ledger can hold; none where it refuses.
fn enter(world: &mut World, record: &Record) -> Option<String> {
    let id_number = match record.id_number.as_str() {
        "" => None,
        text => Some(IdNumber::parse(text, world.today).ok()?.number),
    };
    let new = NewResident {
        name: PersonName::parse(&record.name).ok()?,
        id_number,
        sex: record.sex,
        born: record.born,
        relation: Relation::from_code(record.relation),
        phone: record.phone.clone(),
        residency: None,
        source: "入户登记".into(),
    };
    let home = Home::Numbered { group: record.group.clone(), number: record.household.clone() };
    let done = world.try_run(Command::AddResident { new: Box::new(new), home }).ok()?;
    Some(done.change?.about)
}

fn pair_of(pair: &Pair) -> BTreeSet<String> {
    [pair.one.uid.clone(), pair.other.uid.clone()].into()
}

#[test]
fn in_a_ledger_the_pairs_are_found_that_would_be_found_by_comparing_all_with_all() {
    let mut world = World::new();
    let mut clerk = Clerk::new(77);
    let mut people: Vec<(String, Record)> = Vec::new();
    for turn in 0..160 {
        let case = if turn % 2 == 0 { clerk.duplicate() } else { clerk.strangers() };
        for record in [case.one, case.other] {
            // The ledger makes 18 digits of 15: the same number again is refused.
            if let Some(uid) = enter(&mut world, &record) {
                people.push((uid, record));
            }
        }
    }
    let mut expected = BTreeSet::new();
    for (at, (one, a)) in people.iter().enumerate() {
        for (other, b) in &people[at + 1..] {
            let bearers = people.iter().filter(|(_, c)| c.name == a.name || c.name == b.name).count();
            let common = duplicate::commonness(bearers as u32).map_or(0, |why| why.points());
            if duplicate::points(&a.person(), &b.person()) + common >= THRESHOLD {
                expected.insert(BTreeSet::from([one.clone(), other.clone()]));
            }
        }
    }
    let found = world.ledger.duplicates(MOST_PAIRS, &Unwatched).expect("readable");
    let all: BTreeSet<_> = found.pairs.iter().map(pair_of).collect();
    assert_eq!(all, expected);
    assert!(all.len() > 70 && !found.has_more && found.pairs.len() == all.len());
    assert!(found.pairs.is_sorted_by_key(|pair| -pair.score.points));
    let few = world.ledger.duplicates(10, &Unwatched).expect("readable");
    assert!(few.has_more && few.pairs[..] == found.pairs[..10]);
}

#[test]
fn who_is_known_to_be_two_people_or_stands_behind_another_is_not_shown_again() {
    let mut world = World::new();
    for name in ["王秀英", "王秀瑛", "李大明", "李大鸣"] {
        world.person(name, "1950-03-01", None);
    }
    let pairs = |world: &World| world.ledger.duplicates(MOST_PAIRS, &Unwatched).expect("readable").pairs;
    let all = pairs(&world);
    assert_eq!(all.len(), 2);
    let (one, other) = (all[0].one.uid.clone(), all[0].other.uid.clone());
    world.run(Command::NotSame { one, other });
    let rest = pairs(&world);
    assert_eq!(rest.len(), 1);
    let merge = Merge { listed: rest[0].one.uid.clone(), behind: rest[0].other.uid.clone(), taken: Vec::new() };
    world.run(Command::Merge(Box::new(merge)));
    assert!(pairs(&world).is_empty());
    world.run(Command::Undo);
    world.run(Command::Undo);
    assert_eq!(pairs(&world), all);
}

#[test]
fn the_search_can_be_stopped_and_tells_how_far_it_is() {
    struct Stop(AtomicU64);
    impl Progress for Stop {
        fn at(&self, done: u64, total: u64) -> ControlFlow<()> {
            assert!(done <= total && done >= self.0.load(Ordering::Relaxed));
            self.0.store(done, Ordering::Relaxed);
            if done * 2 > total { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }
    let world = crowded(400);
    let error = world.ledger.duplicates(MOST_PAIRS, &Stop(AtomicU64::new(0))).expect_err("stopped");
    assert_eq!(error.kind, ErrorKind::Cancelled);
}

/// A demo village of so many.
fn crowded(residents: usize) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let (today, path) = (day("2026-11-23"), folder.path().join("v.xlg"));
    let mut ledger =
        Ledger::create(&path, &key(), &demo::village(), Some(demo::uid_seed(1)), &stamp(today)).expect("new");
    ledger.fill_demo(demo::Plan { residents, seed: 1 }, &stamp(today), &Unwatched).expect("filled");
    World { folder, ledger, today }
}

#[test]
fn a_village_of_three_thousand_is_looked_through_quickly_and_names_nearly_nobody() {
    let world = crowded(3_000);
    let start = std::time::Instant::now();
    let found = world.ledger.duplicates(MOST_PAIRS, &Unwatched).expect("readable");
    eprintln!("3,000 people: {} pairs in {:?}", found.pairs.len(), start.elapsed());
    assert!(found.pairs.len() <= 6, "{} pairs of strangers", found.pairs.len());
}
