//! Short texts that are no names: an address, a household's number, a phone. What cannot be seen is taken out, what is
//! too long refused.

use crate::domain::id_card::is_invisible;
use crate::domain::message::Message;
use crate::domain::resident::{Field, Invalid};

/// The longest text of a field, in characters.
fn most(field: Field) -> usize {
    match field {
        Field::Address => 100,
        Field::Phone => 60,
        Field::Name | Field::Head => crate::domain::name::LONGEST,
        _ => 30,
    }
}

/// The text on one line, without direction marks and other things that cannot be seen.
///
/// # Errors
/// It is longer than anybody writes.
pub fn one_line(field: Field, text: &str) -> Result<String, Invalid> {
    let most = most(field);
    let seen = text.chars().filter(|c| !is_invisible(*c) || c.is_whitespace());
    // Bounded, whatever came in.
    let seen: String = seen.take(most * 4 + 200).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let words = seen.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if words.chars().count() > most {
        return Err(Invalid { field, problem: Message::new("form-too-long").number("most", most) });
    }
    Ok(words)
}

/// Whether a phone number looks like one: a mobile's eleven digits, or a line's seven to twelve, one or several of them.
pub fn looks_like_phone(text: &str) -> bool {
    let parts = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | ' ')));
    let mut parts = parts.map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>());
    parts.by_ref().filter(|digits| !digits.is_empty()).all(|digits| match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => true,
        _ if digits.starts_with('1') && digits.len() != 12 => digits.len() == 11,
        _ => (7..=12).contains(&digits.len()),
    }) && text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_taken_out_and_what_is_too_long_refused() {
        let address = |text: &str| one_line(Field::Address, text).ok();
        assert_eq!(address(" \u{202e}塆上\n5号\u{200d} ").as_deref(), Some("塆上 5号"));
        assert_eq!(address(&"长".repeat(100_000)), None);
        assert_eq!(address(&"长".repeat(100)).map(|text| text.chars().count()), Some(100));
        assert_eq!(address("").as_deref(), Some(""));
    }

    #[test]
    fn a_phone_is_looked_at_softly() {
        for phone in ["19012345678", "0722-3312345", "3312345", "19012345678/19087654321", "+86 19012345678"] {
            assert!(looks_like_phone(phone), "{phone}");
        }
        for phone in ["1901234567", "190123456789012", "没有", "12"] {
            assert!(!looks_like_phone(phone), "{phone}");
        }
    }
}
