//! Which records are compared at all: those with one thing in common. Never all with all, and no block however large
//! costs more than [`WHOLE`] comparisons a record.
//!
//! | in common | finds |
//! |---|---|
//! | the name, or one alike in a character, with one left out or two turned round | most |
//! | the day of birth, also with month and day turned round | names that no table knows to be alike |
//! | 16 of the 17 digits of the number, or all with two neighbours turned round | slips in a number |
//! | the phone; the household | who was entered anew with another name or date |

use std::ops::ControlFlow;

use super::crowd::{At, Crowd};
use crate::domain::duplicate;
use crate::domain::lookalike;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Progress;

/// A block up to this size is compared each with each. In a larger one, such as 王伟 in a county, everybody is compared
/// with the [`WINDOW`] who are born next.
const WHOLE: usize = 300;
const WINDOW: usize = 40;

/// A phone that so many have is an office's.
const MOST_ON_A_PHONE: usize = 60;

/// Comparisons between two looks at whether to go on.
const A_LOOK: u32 = 8_192;

/// Parts of the work that tell how far they are.
pub(super) const PARTS: u64 = 5;

/// Two records and their points.
pub(super) type Candidate = (i32, At, At);

/// The search for pairs.
pub(super) struct Search<'a> {
    crowd: &'a Crowd,
    progress: &'a dyn Progress,
    found: Vec<Candidate>,
    /// At most so many are kept, the best.
    most: usize,
    /// What a pair must reach to be kept.
    floor: i32,
    looks: u32,
    part: u64,
    share: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(crowd: &'a Crowd, most: usize, progress: &'a dyn Progress) -> Self {
        let floor = duplicate::THRESHOLD;
        Self { crowd, progress, found: Vec::new(), most: most.max(1), floor, looks: 0, part: 1, share: 0 }
    }

    /// The best pairs first. `is_known` says which are known to be two people.
    pub(super) fn run(mut self, is_known: impl Fn(i64, i64) -> bool) -> Result<Vec<Candidate>> {
        self.names()?;
        (self.part, self.share) = (2, 0);
        self.days()?;
        (self.part, self.share) = (3, 0);
        self.numbers()?;
        (self.part, self.share) = (4, 0);
        self.homes()?;
        let crowd = self.crowd;
        self.found.retain(|(_, a, b)| !is_known(crowd.key(*a), crowd.key(*b)));
        self.keep_best();
        Ok(self.found)
    }

    fn names(&mut self) -> Result<()> {
        let crowd = self.crowd;
        let all = crowd.names().count() as u64;
        for (number, name) in crowd.names() {
            self.share = u64::from(number) * 1000 / all.max(1);
            self.look()?;
            self.block(crowd.bearers(number))?;
            for other in beside(name).iter().filter_map(|other| crowd.named(other)) {
                // Likeness goes both ways: once is enough. What is left out, only from the longer name.
                let longer = crowd.bearers(other).first().is_some_and(|at| crowd.person(*at).name.len() < name.len());
                if other > number || longer {
                    self.two_blocks(crowd.bearers(number), crowd.bearers(other))?;
                }
            }
        }
        Ok(())
    }

    fn days(&mut self) -> Result<()> {
        let crowd = self.crowd;
        self.runs(crowd.all().filter_map(|at| Some((crowd.day_either_way(at)?, at))).collect(), usize::MAX)
    }

    /// For each place of the number all whose other 16 digits are the same, then all who differ by two turned round.
    fn numbers(&mut self) -> Result<()> {
        let crowd = self.crowd;
        let numbers: Vec<(u64, At)> = crowd.all().filter_map(|at| Some((crowd.number(at)?, at))).collect();
        for place in 0..17 {
            self.share = u64::from(place) * 1000 / 33;
            let ten = 10u64.pow(place);
            let without = |number: u64| number - number / ten % 10 * ten;
            self.runs(numbers.iter().map(|(number, at)| (without(*number), *at)).collect(), usize::MAX)?;
        }
        for place in 0..16 {
            self.share = u64::from(17 + place) * 1000 / 33;
            let ten = 10u64.pow(place);
            let either_way = |number: u64| {
                let (low, high) = (number / ten % 10, number / ten / 10 % 10);
                (low != high).then(|| number - (high * 10 + low) * ten + (low.min(high) * 10 + low.max(high)) * ten)
            };
            self.runs(
                numbers.iter().filter_map(|(number, at)| Some((either_way(*number)?, *at))).collect(),
                usize::MAX,
            )?;
        }
        Ok(())
    }

    fn homes(&mut self) -> Result<()> {
        let crowd = self.crowd;
        let phones = crowd.all().filter(|at| crowd.phone(*at) != 0).map(|at| (crowd.phone(at), at)).collect();
        self.runs(phones, MOST_ON_A_PHONE)?;
        self.share = 500;
        let homes = crowd.all().filter(|at| crowd.household(*at) != 0).map(|at| (crowd.household(at), at)).collect();
        self.runs(homes, usize::MAX)
    }

    /// Compares all who have the same key; a block larger than `most` says nothing and is passed over.
    fn runs<K: Ord>(&mut self, mut keyed: Vec<(K, At)>, most: usize) -> Result<()> {
        self.look()?;
        keyed.sort_unstable();
        let mut block = Vec::new();
        for run in keyed.chunk_by(|a, b| a.0 == b.0).filter(|run| (2..=most).contains(&run.len())) {
            block.clear();
            block.extend(run.iter().map(|(_, at)| *at));
            self.block(&block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &[At]) -> Result<()> {
        if block.len() > WHOLE {
            return self.large(block.to_vec());
        }
        for (index, a) in block.iter().enumerate() {
            for b in &block[index + 1..] {
                self.compare(*a, *b)?;
            }
        }
        Ok(())
    }

    fn two_blocks(&mut self, one: &[At], other: &[At]) -> Result<()> {
        if one.len() * other.len() > WHOLE * WHOLE / 2 {
            return self.large(one.iter().chain(other).copied().collect());
        }
        for a in one {
            for b in other {
                self.compare(*a, *b)?;
            }
        }
        Ok(())
    }

    /// Everybody with those who are born next.
    fn large(&mut self, mut block: Vec<At>) -> Result<()> {
        block.sort_unstable_by_key(|at| (self.crowd.born_on(*at), self.crowd.name(*at), *at));
        for (index, a) in block.iter().enumerate() {
            for b in block[index + 1..].iter().take(WINDOW) {
                self.compare(*a, *b)?;
            }
        }
        Ok(())
    }

    fn compare(&mut self, a: At, b: At) -> Result<()> {
        let (one, other) = (self.crowd.person(a), self.crowd.person(b));
        let points = duplicate::points(&one, &other) + common(self.crowd, a, b).map_or(0, |why| why.points());
        if points >= self.floor {
            self.found.push((points, a.min(b), a.max(b)));
            if self.found.len() >= self.most * 8 + 10_000 {
                self.keep_best();
            }
        }
        self.looks += 1;
        if self.looks.is_multiple_of(A_LOOK) { self.look() } else { Ok(()) }
    }

    /// The best of those found so far, each once; what is worse than all of them is not looked at again.
    fn keep_best(&mut self) {
        self.found.sort_unstable_by_key(|(points, a, b)| (-points, *a, *b));
        self.found.dedup();
        // Twice as many, since some may be known to be two people.
        self.found.truncate(self.most * 4);
        if let Some((points, _, _)) = self.found.last().filter(|_| self.found.len() == self.most * 4) {
            self.floor = self.floor.max(*points);
        }
    }

    fn look(&self) -> Result<()> {
        match self.progress.at(self.part * 1000 + self.share.min(999), PARTS * 1000) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(LedgerError::cancelled()),
        }
    }
}

/// What the name says less because many bear it.
pub(super) fn common(crowd: &Crowd, a: At, b: At) -> Option<duplicate::Evidence> {
    let (one, other) = (crowd.name(a), crowd.name(b));
    let count = |name| crowd.bearers(name).len() as u32;
    duplicate::commonness(if one == other { count(one) } else { count(one) + count(other) })
}

/// The names that a slip makes of this one: a character alike, one left out, two turned round.
fn beside(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut names = Vec::new();
    // Longer names, with a dot, are rare and long enough to be told apart without their slips.
    if characters.len() > 5 {
        return names;
    }
    for (at, character) in characters.iter().enumerate() {
        for (other, _) in lookalike::alike(*character) {
            let mut made = characters.clone();
            made[at] = *other;
            names.push(made.into_iter().collect());
        }
    }
    for at in 1..characters.len() {
        let mut shorter = characters.clone();
        shorter.remove(at);
        if shorter.len() > 1 {
            names.push(shorter.into_iter().collect());
        }
        if at + 1 < characters.len() {
            let mut turned = characters.clone();
            turned.swap(at, at + 1);
            names.push(turned.into_iter().collect());
        }
    }
    names
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
