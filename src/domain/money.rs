//! Money: whole fen inside, yuan where people read and type it.

/// Yuan as shown: `3,600`, with two digits for cents where there are any.
pub fn yuan(fen: i64) -> String {
    let (whole, cents) = ((fen / 100).unsigned_abs(), (fen % 100).unsigned_abs());
    let digits = whole.to_string();
    let mut text = if fen < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if cents > 0 {
        text.push_str(&format!(".{cents:02}"));
    }
    text
}

/// The least and the most as shown, `300–3,600`; one amount where they are the same.
pub fn yuan_between(least: i64, most: i64) -> String {
    if least == most { yuan(least) } else { format!("{}–{}", yuan(least), yuan(most)) }
}

/// Reads yuan as people type them: `3600`, `3,600.50`, full-width digits, with or without 元. None where it is no
/// amount, has more than two digits of cents, or commas that part it otherwise than by thousands.
pub fn read_yuan(text: &str) -> Option<i64> {
    let narrow: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let text = narrow.trim_end_matches('元').trim_start_matches(['￥', '¥']);
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let cents = match cents.len() {
        0 if text.ends_with('.') => return None,
        0 => 0,
        1 => digits(cents)? * 10,
        2 => digits(cents)?,
        _ => return None,
    };
    let parts: Vec<&str> = whole.split(',').collect();
    let well_parted = parts.iter().enumerate().all(|(at, part)| match (at, parts.len()) {
        (_, 1) => !part.is_empty(),
        (0, _) => (1..=3).contains(&part.len()),
        _ => part.len() == 3,
    });
    if !well_parted {
        return None;
    }
    digits(&parts.concat())?.checked_mul(100)?.checked_add(cents)
}

fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '，' => ',',
        '．' | '。' => '.',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_read_as_people_type_them() {
        for (text, fen) in [
            ("3600", 360_000),
            ("3,600.50", 360_050),
            ("３６００", 360_000),
            ("3，600元", 360_000),
            ("￥80.5", 8_050),
            (" 0.01 ", 1),
            ("1,000,000", 100_000_000),
        ] {
            assert_eq!(read_yuan(text), Some(fen), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_guessed() {
        for text in ["", "元", "-5", "3.600.5", "3.", "36,00", ",600", "三千六", "1e3", "3.605", "99999999999999999999"]
        {
            assert_eq!(read_yuan(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_read_as_the_same() {
        for fen in [0, 1, 10, 99, 100, 12_345, 360_000, 123_456_789] {
            assert_eq!(read_yuan(&yuan(fen)), Some(fen));
        }
        assert_eq!((yuan(360_000), yuan(360_050)), ("3,600".into(), "3,600.50".into()));
    }
}
