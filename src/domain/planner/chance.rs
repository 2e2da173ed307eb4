//! Chance that repeats on every machine: numbers from the seed, and the annealer's throw without the system's logarithm.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// How finely the annealer's throws are told apart.
const THROWS: usize = 4096;

pub(super) struct Chance {
    source: ChaCha8Rng,
    throws: Vec<f64>,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { source: ChaCha8Rng::seed_from_u64(seed), throws: (0..THROWS).map(throw).collect() }
    }

    /// A number from 0 up to, not including, `end`; 0 where that is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.source.next_u32()) * u64::from(end)) >> 32) as u32
    }

    /// A place in a list of so many; 0 where it is empty.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(length as u32) as usize
    }

    /// One of the values.
    pub(super) fn one_of<T: Copy>(&mut self, values: &[T]) -> Option<T> {
        values.get(self.index(values.len())).copied()
    }

    /// How much worse, as a multiple of the temperature, is still taken this time: minus the logarithm of a uniform number.
    pub(super) fn tolerance(&mut self) -> f64 {
        let at = self.index(THROWS);
        self.throws[at]
    }
}

/// Minus the natural logarithm of (throw + ½) / THROWS, by sums and products only: `f64::ln` may differ between systems.
fn throw(throw: usize) -> f64 {
    let (mut number, mut halvings) = ((throw as f64 + 0.5) / THROWS as f64, 0.0);
    while number < 0.5 {
        number *= 2.0;
        halvings += 1.0;
    }
    // ln x = 2 artanh((x − 1) / (x + 1)); the ratio is at most a third, so that thirty terms are exact enough.
    let ratio = (number - 1.0) / (number + 1.0);
    let (mut sum, mut power) = (0.0, ratio);
    for term in 0..30 {
        sum += power / f64::from(2 * term + 1);
        power *= ratio * ratio;
    }
    halvings * std::f64::consts::LN_2 - 2.0 * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throw_is_minus_the_logarithm() {
        for at in 0..THROWS {
            let number = (at as f64 + 0.5) / THROWS as f64;
            assert!((throw(at) + number.ln()).abs() < 1e-12, "{at}");
        }
    }
}
