//! At the door: who is meant by a few letters. A name is called by its initials or syllables, with every reading of the
//! surname, by a part of it, or by the number on the slip.

use crate::domain::search_key::{Keyed, Kind, keys};

/// How somebody may be called. Holds the name: no `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Called {
    number: String,
    name: String,
    /// Initials and syllables without spaces, one pair for each reading.
    ways: Vec<(String, String)>,
}

/// How well what was typed fits; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The number on the slip, the whole name, or all initials.
    Whole,
    /// The first initials.
    Initials,
    /// The first syllables.
    Syllables,
    /// A part of the name.
    Part,
}

impl Called {
    /// Somebody with this name and number.
    pub fn new(name: &str, number: i64) -> Self {
        let mut ways = Vec::new();
        keys(&[Kind::Initials], Keyed { name, id_number: "", phone: "" }, |_, key| {
            if let Some((initials, syllables)) = key.split_once(' ') {
                ways.push((initials.to_owned(), syllables.replace(' ', "")));
            }
        });
        Self { number: number.to_string(), name: name.to_owned(), ways }
    }

    /// How what was typed fits; none where somebody else is meant, or nothing was typed.
    pub fn fit(&self, typed: &str) -> Option<Fit> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        if typed.is_empty() {
            return None;
        }
        if typed == self.number || typed == self.name || self.ways.iter().any(|(initials, _)| *initials == typed) {
            return Some(Fit::Whole);
        }
        if self.ways.iter().any(|(initials, _)| initials.starts_with(&typed)) {
            return Some(Fit::Initials);
        }
        if self.ways.iter().any(|(_, syllables)| syllables.starts_with(&typed)) {
            return Some(Fit::Syllables);
        }
        self.name.contains(&typed).then_some(Fit::Part)
    }
}

/// What was typed at the door: letters or a number, and behind letters the place of the one who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'t> {
    /// What somebody is called.
    pub call: &'t str,
    /// Which of those who fit, from 1; none for the first.
    pub choice: Option<usize>,
}

impl<'t> Typed<'t> {
    /// Takes the digit behind letters apart: wxm2 is the second of those who are called wxm.
    pub fn read(text: &'t str) -> Self {
        let text = text.trim();
        let call = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &text[call.len()..];
        match digits.parse() {
            Ok(choice) if !call.is_empty() && digits.len() == 1 && choice > 0 => {
                Self { call: call.trim_end(), choice: Some(choice) }
            }
            _ => Self { call: text, choice: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_by_initials_syllables_number_and_parts_of_the_name() {
        let called = Called::new("张建国", 17);
        for (typed, fit) in [
            ("zjg", Some(Fit::Whole)),
            ("ZJG", Some(Fit::Whole)),
            ("17", Some(Fit::Whole)),
            ("张建国", Some(Fit::Whole)),
            ("zj", Some(Fit::Initials)),
            ("zhangj", Some(Fit::Syllables)),
            ("zhang jian", Some(Fit::Syllables)),
            ("建国", Some(Fit::Part)),
            ("7", None),
            ("zjx", None),
            ("", None),
        ] {
            assert_eq!(called.fit(typed), fit, "{typed}");
        }
    }

    #[test]
    fn every_reading_of_a_surname_is_known() {
        let called = Called::new("单小红", 1);
        assert_eq!((called.fit("sxh"), called.fit("dxh")), (Some(Fit::Whole), Some(Fit::Whole)));
    }

    #[test]
    fn a_digit_behind_letters_chooses_among_those_who_fit() {
        assert_eq!(Typed::read("wxm2"), Typed { call: "wxm", choice: Some(2) });
        assert_eq!(Typed::read("wxm"), Typed { call: "wxm", choice: None });
        assert_eq!(Typed::read("17"), Typed { call: "17", choice: None });
        assert_eq!(Typed::read("wxm0"), Typed { call: "wxm0", choice: None });
    }
}
