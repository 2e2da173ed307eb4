//! The keys by which a resident is found, made from its row alone. The ledger stores them; what is typed is turned into
//! ranges over them in `search_query`. No SQL, and no order among residents.

use std::borrow::Cow;

use crate::domain::pinyin::{self, NAME_DOT, UNREAD};

/// What a key is made of; its letter is the first character of the stored key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The id number backwards, so that its tail is a prefix.
    IdTail,
    /// The given name.
    Given,
    /// The first letters of all syllables, a space, and the syllables, so that mixtures need not look up the name.
    Initials,
    /// A phone number.
    Phone,
    /// All syllables of the name, with a space between them.
    Pinyin,
    /// The syllables of the given name.
    GivenPinyin,
    /// A phone number backwards.
    PhoneTail,
}

impl Kind {
    /// All kinds in the order of their letters, which is the order of the stored keys.
    pub const ALL: [Self; 7] =
        [Self::IdTail, Self::Given, Self::Initials, Self::Phone, Self::Pinyin, Self::GivenPinyin, Self::PhoneTail];

    /// The first character of a stored key.
    pub fn letter(self) -> char {
        match self {
            Self::IdTail => 'd',
            Self::Given => 'g',
            Self::Initials => 'i',
            Self::Phone => 'n',
            Self::Pinyin => 'p',
            Self::GivenPinyin => 'q',
            Self::PhoneTail => 't',
        }
    }
}

/// What the keys of a resident are made from. Holds personal data: no `Debug`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Keyed<'a> {
    /// Name in normal form.
    pub name: &'a str,
    /// Id number, or empty.
    pub id_number: &'a str,
    /// Phone as given, or empty.
    pub phone: &'a str,
}

/// Keys are cut after so many characters: nobody types more, and hostile rows stay small.
const MAX_CHARS: usize = 48;

/// At most so many phone numbers of one person are found.
const MAX_PHONES: usize = 3;

/// Visits the keys of some kinds, without the kind's letter. The same key may come twice.
pub fn keys(kinds: &[Kind], of: Keyed<'_>, mut visit: impl FnMut(Kind, &str)) {
    let mut cut = |kind: Kind, text: &str| {
        if !text.is_empty() {
            visit(kind, text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end]));
        }
    };
    let is_spelled = |kind: &Kind| matches!(kind, Kind::Initials | Kind::Pinyin | Kind::GivenPinyin);
    let ways = if kinds.iter().any(is_spelled) { spellings(of.name) } else { Vec::new() };
    for kind in kinds.iter().copied() {
        match kind {
            Kind::IdTail => cut(kind, &backwards(of.id_number)),
            Kind::Given => cut(kind, given(of.name)),
            Kind::Initials => ways.iter().for_each(|way| cut(kind, &format!("{} {}", initials(way), way.join(" ")))),
            Kind::Pinyin => ways.iter().for_each(|way| cut(kind, &way.join(" "))),
            Kind::GivenPinyin => given_ways(of.name, &ways, |way| cut(kind, way)),
            Kind::Phone => phones(of.phone).iter().for_each(|phone| cut(kind, phone)),
            Kind::PhoneTail => phones(of.phone).iter().for_each(|phone| cut(kind, &backwards(phone))),
        }
    }
}

/// The syllables of a name; of a Latin one its words in lower case.
fn spellings(name: &str) -> Vec<Vec<Cow<'static, str>>> {
    if name.is_ascii() {
        return vec![name.split_whitespace().map(|word| Cow::Owned(word.to_ascii_lowercase())).collect()];
    }
    pinyin::spellings(name).into_iter().map(|way| way.into_iter().map(Cow::Borrowed).collect()).collect()
}

/// The ways to spell the given name, each once.
fn given_ways(name: &str, ways: &[Vec<Cow<'static, str>>], mut visit: impl FnMut(&str)) {
    let skip = skipped_by_given(name);
    if skip == 0 {
        return;
    }
    let rest = |way: &Vec<Cow<'static, str>>| way.get(skip..).unwrap_or_default().to_vec();
    let mut seen: Vec<Vec<Cow<'static, str>>> = Vec::new();
    for way in ways.iter().map(rest) {
        if way.iter().any(|sound| sound != UNREAD) && !seen.contains(&way) {
            visit(&way.join(" "));
            seen.push(way);
        }
    }
}

/// The first letters of syllables.
fn initials(way: &[Cow<'static, str>]) -> String {
    way.iter().filter_map(|sound| sound.chars().next()).collect()
}

/// The given name: what follows the surname, or the dot; empty where it cannot be told apart.
fn given(name: &str) -> &str {
    if let Some((_, after)) = name.split_once(NAME_DOT) {
        return after;
    }
    if name.is_ascii() {
        return "";
    }
    match pinyin::surname_len(name) {
        0 => "",
        surname => name.char_indices().nth(surname).map_or("", |(at, _)| &name[at..]),
    }
}

/// How many syllables stand before the given name.
fn skipped_by_given(name: &str) -> usize {
    match name.split_once(NAME_DOT) {
        Some((before, _)) => before.chars().count(),
        None => pinyin::surname_len(name),
    }
}

/// A text backwards.
pub(super) fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}

/// The phone numbers in a phone field, digits alone; the country code 86 of a mobile number is left out.
fn phones(field: &str) -> Vec<String> {
    let within = |c: char| c.is_ascii_digit() || " -()+".contains(c);
    let digits = |part: &str| -> String { part.chars().filter(char::is_ascii_digit).collect() };
    let home = |digits: String| match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    field.split(|c| !within(c)).map(digits).map(home).filter(|digits| digits.len() >= 5).take(MAX_PHONES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, id_number: &str, phone: &str) -> Vec<String> {
        let row = Keyed { name, id_number, phone };
        let mut all = Vec::new();
        keys(&Kind::ALL, row, |kind, key| all.push(format!("{}{key}", kind.letter())));
        all
    }

    #[test]
    fn the_letters_of_the_kinds_are_in_order() {
        assert!(Kind::ALL.is_sorted_by_key(|kind| kind.letter()));
    }

    #[test]
    fn a_resident_is_found_by_name_pinyin_initials_tail_and_phone() {
        assert_eq!(
            of("王秀英", "421399196103090027", "19012345678"),
            [
                "d720090301691993124",
                "g秀英",
                "iwxy wang xiu ying",
                "n19012345678",
                "pwang xiu ying",
                "qxiu ying",
                "t87654321091"
            ]
        );
    }

    #[test]
    fn every_reading_of_a_surname_is_a_key_and_the_given_name_comes_once() {
        assert_eq!(
            of("单秀英", "", ""),
            [
                "g秀英",
                "isxy shan xiu ying",
                "idxy dan xiu ying",
                "icxy chan xiu ying",
                "pshan xiu ying",
                "pdan xiu ying",
                "pchan xiu ying",
                "qxiu ying"
            ]
        );
        assert_eq!(of("万俟雪", "", "")[0], "g雪");
    }

    #[test]
    fn names_with_a_dot_are_found_by_both_parts() {
        let keys = of("阿依古丽·买买提", "", "");
        assert_eq!(keys[0], "g买买提");
        assert!(keys.contains(&"qmai mai ti".to_owned()));
        assert!(keys.iter().any(|key| key.starts_with("pa yi gu li mai")), "{keys:?}");
    }

    #[test]
    fn a_rare_character_without_a_reading_leaves_the_name_and_the_rest() {
        assert_eq!(of("王\u{30000}", "", ""), ["g\u{30000}", "iw~ wang ~", "pwang ~"]);
        assert!(of("\u{30000}", "", "").is_empty());
    }

    #[test]
    fn several_phones_in_one_field_are_told_apart() {
        assert_eq!(
            phones("190 1234 5678、0719-1234567 / +86 19012345679"),
            ["19012345678", "07191234567", "19012345679"]
        );
        assert_eq!(phones("无"), [""; 0]);
    }

    #[test]
    fn latin_names_are_found_in_lower_case() {
        assert!(of("John Smith", "", "").contains(&"pjohn smith".to_owned()));
    }
}
