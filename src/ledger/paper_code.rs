//! The paper code: 128 random bits on paper that open a ledger whose passphrase is forgotten.
//!
//! 8 groups of 4 characters, from 31 that nobody confuses. Each half (4 groups) carries 64 bits in 13 characters and 3
//! check characters: with c₀…c₁₅ the characters' values and weights w = −14…1, Σc, Σwc and Σw²c are fixed modulo 31
//! (to other values in the second half, so that swapped halves are noticed). Any 3 wrong characters of a half are detected,
//! one wrong character or two swapped neighbours are located.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::keys::random_bytes;

/// Without 0 O 1 I L.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const PRIME: i32 = 31;
const HALF: usize = 16;
const DATA: usize = 13;
const GROUP: usize = 4;
/// What the sums must be in the first and the second half. No single wrong character explains the difference.
const MARKS: [[i32; 3]; 2] = [[3, 0, 0], [17, 0, 14]];
/// Longer text is no code, however it is read.
const LONGEST: usize = 400;

/// A whole, checked paper code. Printed by `Display` as 8 groups; `Debug` shows nothing.
#[derive(Clone)]
pub struct PaperCode(SecretString);

impl PaperCode {
    /// A new code of 128 random bits.
    pub fn random() -> Result<Self> {
        let bytes = Zeroizing::new(random_bytes::<16>()?);
        let (first, second) = bytes.split_at(8);
        let mut text = Zeroizing::new(String::with_capacity(2 * HALF));
        for (half, bytes) in [first, second].into_iter().enumerate() {
            let value = bytes.iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            text.extend(encode_half(value, half).iter().map(|symbol| char::from(ALPHABET[*symbol as usize])));
        }
        Ok(Self(SecretString::from(text.as_str())))
    }

    /// Reads a code as somebody typed it: spaces, dashes, small letters and full-width characters are fine.
    ///
    /// # Errors
    /// `error-paper-code-length` (`found`), or `error-paper-code-group` (`group`, 1 to 8) where the mistake is located,
    /// or `error-paper-code-half` (`from`, `to`) where there are several in these groups.
    pub fn parse(text: &str) -> Result<Self> {
        let groups = typed_groups(text);
        let count: usize = groups.iter().map(|group| group.chars().count()).sum();
        if groups.len() == 8
            && let Some(odd) = groups.iter().position(|group| group.chars().count() != GROUP)
        {
            return Err(wrong_group(odd));
        }
        if count != 2 * HALF {
            let message = Message::new("error-paper-code-length").number("found", count as u64);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        let code = Zeroizing::new(groups.concat());
        let mut symbols = Zeroizing::new([0u8; 2 * HALF]);
        for (at, character) in code.chars().enumerate() {
            let value = ALPHABET.iter().position(|known| char::from(*known) == character);
            symbols[at] = value.ok_or_else(|| wrong_group(at / GROUP))? as u8;
        }
        for (half, symbols) in symbols.as_chunks_mut::<HALF>().0.iter_mut().enumerate() {
            check_half(symbols, half)?;
        }
        Ok(Self(SecretString::from(code.as_str())))
    }

    /// The 32 characters, as they seal the envelope.
    pub(in crate::ledger) fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl std::fmt::Display for PaperCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, character) in self.0.expose_secret().chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for PaperCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PaperCode(…)")
    }
}

/// Upper-case ASCII, group by group as the separators say; anything that is no letter or digit separates.
fn typed_groups(text: &str) -> Zeroizing<Vec<String>> {
    let mut groups = Zeroizing::new(vec![String::with_capacity(2 * HALF)]);
    for character in text.chars().take(LONGEST) {
        let narrow = match character {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
            other => other,
        };
        if !narrow.is_alphanumeric() {
            groups.push(String::with_capacity(2 * HALF));
        } else if let Some(group) = groups.last_mut() {
            group.push(narrow.to_ascii_uppercase());
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn wrong_group(index: usize) -> LedgerError {
    let message = Message::new("error-paper-code-group").number("group", index as u64 + 1);
    LedgerError::new(ErrorKind::Refused, message)
}

fn sums(symbols: &[u8]) -> [i32; 3] {
    let mut sums = [0; 3];
    for (at, symbol) in symbols.iter().enumerate() {
        let (weight, value) = (at as i32 - 14, i32::from(*symbol));
        sums[0] += value;
        sums[1] += weight * value;
        sums[2] += weight * weight * value;
    }
    sums.map(|sum| sum.rem_euclid(PRIME))
}

fn fits(symbols: &[u8], half: usize) -> bool {
    sums(symbols) == MARKS[half]
}

/// 13 digits of base 31 hold 64 bits; the check characters have the weights −1, 0 and 1, which makes them easy to find.
fn encode_half(mut value: u64, half: usize) -> [u8; HALF] {
    let mut symbols = [0; HALF];
    for symbol in symbols[..DATA].iter_mut().rev() {
        *symbol = (value % 31) as u8;
        value /= 31;
    }
    let (sums, [m0, m1, m2]) = (sums(&symbols), MARKS[half]);
    let [d0, d1, d2] = [m0 - sums[0], m1 - sums[1], m2 - sums[2]];
    let halved = |twice: i32| (twice * 16).rem_euclid(PRIME);
    let (left, right) = (halved(d2 - d1), halved(d2 + d1));
    let middle = (d0 - left - right).rem_euclid(PRIME);
    for (symbol, check) in symbols[DATA..].iter_mut().zip([left, middle, right]) {
        *symbol = check as u8;
    }
    symbols
}

/// Finds where one wrong character or one pair of swapped neighbours would explain a half that does not fit.
fn check_half(symbols: &mut [u8; HALF], half: usize) -> Result<()> {
    if fits(symbols, half) {
        return Ok(());
    }
    let first_group = half * HALF / GROUP;
    for at in 0..HALF {
        let typed = symbols[at];
        for other in 0..PRIME as u8 {
            symbols[at] = other;
            if fits(symbols, half) {
                return Err(wrong_group(first_group + at / GROUP));
            }
        }
        symbols[at] = typed;
    }
    for at in 1..HALF {
        symbols.swap(at - 1, at);
        if fits(symbols, half) {
            return Err(wrong_group(first_group + at / GROUP));
        }
        symbols.swap(at - 1, at);
    }
    let (from, to) = (first_group as u64 + 1, first_group as u64 + 4);
    let message = Message::new("error-paper-code-half").number("from", from).number("to", to);
    Err(LedgerError::new(ErrorKind::Refused, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{Arg, Say as _};

    fn problem(text: &str) -> (String, Vec<i64>) {
        let message = PaperCode::parse(text).expect_err("not a code").message();
        let numbers = message.args.iter().filter_map(|(_, arg)| if let Arg::Number(n) = arg { Some(*n) } else { None });
        (message.key.to_string(), numbers.collect())
    }

    fn symbols_of(code: &PaperCode) -> Vec<u8> {
        code.secret().expose_secret().bytes().collect()
    }

    fn text(symbols: &[u8]) -> String {
        symbols.iter().map(|b| char::from(*b)).collect()
    }

    #[test]
    fn a_code_is_eight_groups_of_four_without_confusable_characters() {
        for _ in 0..200 {
            let shown = PaperCode::random().expect("random").to_string();
            let groups: Vec<_> = shown.split('-').collect();
            assert_eq!(groups.len(), 8);
            assert!(groups.iter().all(|group| group.len() == 4));
            assert!(!shown.contains(['0', 'O', '1', 'I', 'L']));
        }
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = PaperCode::random().expect("random");
        let shown = code.to_string();
        let wide: String = shown.chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect();
        let typed = [
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', ""),
            shown.replace('-', "　—　"),
            format!("  {shown}\r\n"),
            wide,
        ];
        for typed in typed {
            let read = PaperCode::parse(&typed).expect("readable");
            assert_eq!(read.secret().expose_secret(), code.secret().expose_secret());
        }
    }

    #[test]
    fn every_single_wrong_character_names_its_group() {
        let code = PaperCode::random().expect("random");
        let right = symbols_of(&code);
        for at in 0..right.len() {
            for other in ALPHABET.iter().chain(b"01IOL") {
                if *other != right[at] {
                    let mut typed = right.clone();
                    typed[at] = *other;
                    let expected = ("error-paper-code-group".to_owned(), vec![at as i64 / 4 + 1]);
                    assert_eq!(problem(&text(&typed)), expected);
                }
            }
        }
    }

    #[test]
    fn swapped_neighbours_and_swapped_halves_are_noticed() {
        for _ in 0..20 {
            let right = symbols_of(&PaperCode::random().expect("random"));
            for at in 1..right.len() {
                let mut typed = right.clone();
                typed.swap(at - 1, at);
                assert_eq!(PaperCode::parse(&text(&typed)).is_ok(), typed == right);
            }
            let halves = [&right[16..], &right[..16]].concat();
            assert_eq!(problem(&text(&halves)).0, "error-paper-code-half");
        }
    }

    #[test]
    fn missing_characters_are_said() {
        let shown = PaperCode::random().expect("random").to_string();
        assert_eq!(problem(&shown[..shown.len() - 1]), ("error-paper-code-group".into(), vec![8]));
        assert_eq!(problem(&shown.replace('-', "")[1..]), ("error-paper-code-length".into(), vec![31]));
        assert_eq!(problem(""), ("error-paper-code-length".into(), vec![0]));
        assert_eq!(problem(&"村".repeat(100_000)).0, "error-paper-code-length");
        assert_eq!(problem(&"村".repeat(32)), ("error-paper-code-group".into(), vec![1]));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", PaperCode::random().expect("random")), "PaperCode(…)");
    }
}
