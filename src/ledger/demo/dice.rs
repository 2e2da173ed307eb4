//! Chance that repeats: the same seed throws the same. For the demo village only, never for keys.

use chrono::{NaiveDate, TimeDelta};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: [u8; 32]) -> Self {
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// A number from 0 up to, not including, `end`; 0 where that is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(end)) >> 32) as u32
    }

    /// A number from `first` to `last`, both included.
    pub(super) fn between(&mut self, first: i32, last: i32) -> i32 {
        let width = u32::try_from(last - first).map_or(1, |width| width + 1);
        first + self.below(width) as i32
    }

    /// True in so many of a hundred throws.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// True in so many of a thousand throws.
    pub(super) fn in_thousand(&mut self, chance: u32) -> bool {
        self.below(1000) < chance
    }

    /// One of the values, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, values: &[(T, u32)], otherwise: T) -> T {
        let mut at = self.below(values.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in values {
            match at.checked_sub(*weight) {
                None => return *value,
                Some(rest) => at = rest,
            }
        }
        otherwise
    }

    /// One of the characters of a text.
    pub(super) fn character(&mut self, text: &str) -> char {
        let count = text.chars().count() as u32;
        text.chars().nth(self.below(count) as usize).unwrap_or('一')
    }

    /// A day from `first` to `last`, both included; `last` where they are the wrong way round.
    pub(super) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = u32::try_from((last - first).num_days()).unwrap_or(0);
        last - TimeDelta::days(i64::from(self.below(days + 1)))
    }
}
