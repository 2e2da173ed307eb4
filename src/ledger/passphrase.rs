//! Which passphrases are refused: too short, too long, or among the first that anybody tries.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};

/// The fewest characters of a passphrase.
pub const SHORTEST_PASSPHRASE: usize = 8;
const LONGEST_PASSPHRASE: usize = 1000;

/// Refuses a passphrase that somebody who knows the village would guess.
pub fn check_passphrase(passphrase: &SecretString) -> Result<()> {
    let passphrase = normal(passphrase);
    let characters = Zeroizing::new(passphrase.expose_secret().chars().collect::<Vec<char>>());
    if characters.len() < SHORTEST_PASSPHRASE {
        let message = Message::new("error-passphrase-short").number("least", SHORTEST_PASSPHRASE as u64);
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    if characters.len() > LONGEST_PASSPHRASE {
        return Err(LedgerError::refused("error-passphrase-long"));
    }
    // A date, a phone number: few enough to be tried through.
    if characters.len() < 12 && characters.iter().all(|c| c.is_numeric()) {
        return Err(LedgerError::refused("error-passphrase-digits"));
    }
    let step = |by: i64| characters.windows(2).all(|pair| i64::from(pair[1] as u32) - i64::from(pair[0] as u32) == by);
    let mut different = Zeroizing::new(characters.to_vec());
    different.sort_unstable();
    different.dedup();
    let lower = Zeroizing::new(passphrase.expose_secret().to_lowercase());
    if different.len() < 4 || step(1) || step(-1) || EASY.contains(&lower.as_str()) {
        return Err(LedgerError::refused("error-passphrase-easy"));
    }
    Ok(())
}

/// The first ones anybody tries.
const EASY: &[&str] = &[
    "password",
    "password1",
    "passw0rd",
    "p@ssw0rd",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "1qaz2wsx",
    "asdfghjk",
    "asdfghjkl",
    "woaini1314",
    "woaini520",
    "iloveyou",
    "admin123",
    "admin888",
    "xiangli123",
    "a1234567",
    "a12345678",
    "a123456789",
    "aa123456",
    "abc12345",
    "abcd1234",
    "12345678a",
    "123456abc",
    "1234qwer",
    "qwer1234",
    "zaq12wsx",
];

/// A passphrase without the line end that a file or a terminal adds; otherwise as typed.
pub(in crate::ledger) fn normal(passphrase: &SecretString) -> SecretString {
    SecretString::from(passphrase.expose_secret().trim_end_matches(['\r', '\n']))
}
