//! The codes on a round's paper: four characters and a check character, typed in again in the evening.
//!
//! A code is a word of the shortened Reed–Solomon code \[5, 3\] over the field of 32 elements: any two wrong characters
//! and any two that changed places give no code at all, so that nothing is booked on somebody else by a slip of the
//! pen. The alphabet leaves out 0, 1, I and O. Source: MacWilliams and Sloane, The Theory of Error-Correcting Codes,
//! ch. 10 and 11.

use std::fmt;

/// 2–9 and A–Z without I and O: 32 signs.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// x⁵ + x² + 1, primitive over the field of two elements.
const POLYNOMIAL: u8 = 0b10_0101;
/// The rows that one round may have.
pub const ROWS: u16 = 1024;
/// The number of rounds whose codes are told apart; the newest of each number counts.
pub const ROUNDS: u8 = 32;

/// A row of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowCode {
    round: u8,
    row: u16,
}

/// Product in the field.
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 0b10_0000 != 0 {
            a ^= POLYNOMIAL;
        }
        b >>= 1;
    }
    product
}

/// The value at a point of the polynomial whose values at 1, 2 and 3 are the three signs that carry the row.
fn value_at(point: u8, carried: [u8; 3]) -> u8 {
    let inverse = |a: u8| (1..32).find(|b| times(a, *b) == 1).unwrap_or(0);
    let at = [1, 2, 3];
    let part = |i: usize| {
        let others = (0..3).filter(|j| *j != i);
        others.fold(carried[i], |part, j| times(part, times(point ^ at[j], inverse(at[i] ^ at[j]))))
    };
    part(0) ^ part(1) ^ part(2)
}

impl RowCode {
    /// The code of a row of the round with this number; none beyond [`ROWS`].
    pub fn new(round: i64, row: u16) -> Option<Self> {
        let round = u8::try_from(round.rem_euclid(i64::from(ROUNDS))).ok()?;
        (row < ROWS).then_some(Self { round, row })
    }

    /// The round's number modulo [`ROUNDS`].
    pub fn round(self) -> u8 {
        self.round
    }

    /// The row's number.
    pub fn row(self) -> u16 {
        self.row
    }

    /// Reads what was typed, small letters too; none where it is no code.
    pub fn parse(text: &str) -> Option<Self> {
        let sign = |c: char| SIGNS.iter().position(|sign| char::from(*sign) == c.to_ascii_uppercase());
        let signs: Vec<u8> =
            text.chars().map(|c| sign(c).and_then(|at| u8::try_from(at).ok())).collect::<Option<_>>()?;
        let [a, b, c, d, e] = signs.try_into().ok()?;
        let code = Self { round: a ^ b, row: u16::from(b) * 32 + u16::from(c) };
        (code.signs() == [a, b, c, d, e]).then_some(code)
    }

    /// The signs' places. The first one mixes round and row, so that the codes of a paper do not all begin alike.
    fn signs(self) -> [u8; 5] {
        let (high, low) = ((self.row / 32) as u8, (self.row % 32) as u8);
        let carried = [self.round ^ high, high, low];
        let [a, b, c] = carried;
        [a, b, c, value_at(4, carried), value_at(5, carried)]
    }
}

impl fmt::Display for RowCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.signs().iter().try_for_each(|at| write!(f, "{}", char::from(SIGNS[usize::from(*at)])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_of(round: i64) -> impl Iterator<Item = RowCode> {
        (0..ROWS).filter_map(move |row| RowCode::new(round, row))
    }

    #[test]
    fn every_code_is_read_back_as_its_row_in_small_letters_too() {
        for code in all_of(5).chain(all_of(36)) {
            assert_eq!(RowCode::parse(&code.to_string()), Some(code));
            assert_eq!(RowCode::parse(&code.to_string().to_lowercase()), Some(code));
        }
        assert_eq!(RowCode::new(1, ROWS), None);
        for no_code in ["", "A7K2", "A7K2M3", "A7K2人", "A7K20"] {
            assert_eq!(RowCode::parse(no_code), None, "{no_code}");
        }
    }

    #[test]
    fn one_or_two_wrong_signs_and_two_that_changed_places_are_no_code() {
        for code in all_of(3).step_by(97) {
            let signs = code.to_string().into_bytes();
            let none = |signs: &[u8]| assert_eq!(RowCode::parse(std::str::from_utf8(signs).expect("ascii")), None);
            for first in 0..5 {
                for second in 0..5 {
                    for (one, other) in (0..32).flat_map(|one| (0..32).map(move |other| (one, other))) {
                        let mut wrong = signs.clone();
                        wrong[first] = SIGNS[one];
                        wrong[second] = SIGNS[other];
                        if wrong != signs {
                            none(&wrong);
                        }
                    }
                    let mut swapped = signs.clone();
                    swapped.swap(first, second);
                    if swapped != signs {
                        none(&swapped);
                    }
                }
            }
        }
    }
}
