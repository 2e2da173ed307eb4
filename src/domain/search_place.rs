//! What was typed into the search field, as households and groups: 3组, 三组, 3组12户, 12户, 3-12, a bare number, 塆上 or
//! how it begins, its pinyin and initials. Reads text and names only; it knows no ledger.

use crate::domain::pinyin;
use crate::domain::search_query::normal;
use crate::domain::written_date::numeral;

/// Which groups are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Whichever has such a household.
    Any,
    /// These, as positions in the list of names that was given, the best first.
    These(Vec<usize>),
}

/// Households and groups that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The groups.
    pub groups: Groups,
    /// The ways to write the number of the household; none where everybody of the groups is meant.
    pub household: Vec<String>,
}

/// The words behind a group's name, the longest first.
const GROUP_WORDS: [&str; 7] = ["村民小组", "居民小组", "小组", "组", "生产队", "队", "社"];
/// The words behind a household's number.
const HOUSEHOLD_WORDS: [char; 2] = ['户', '号'];

impl Place {
    /// What a text means, given the bare names of the groups; none where it means neither household nor group.
    pub fn parse(text: &str, names: &[impl AsRef<str>]) -> Option<Self> {
        let text: String = normal(text).chars().filter(|c| !c.is_whitespace() && *c != '第').collect();
        if text.is_empty() {
            return None;
        }
        if is_number(&text) {
            return Some(Self { groups: Groups::Any, household: written(&text) });
        }
        if let Some(at) = names.iter().position(|name| name.as_ref() == text) {
            return Some(Self { groups: Groups::These(vec![at]), household: Vec::new() });
        }
        let (group, household) = parts(&text)?;
        if group.is_empty() {
            return Some(Self { groups: Groups::Any, household: written(household) });
        }
        let groups = named(group, names);
        let household = if household.is_empty() { Vec::new() } else { written(household) };
        (!groups.is_empty()).then_some(Self { groups: Groups::These(groups), household })
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Group and household in a text, as typed; the household may be left out, or the group.
fn parts(text: &str) -> Option<(&str, &str)> {
    if let Some(text) = text.strip_suffix(HOUSEHOLD_WORDS) {
        let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c));
        let number = &text[head.len()..];
        let head = head.strip_suffix('-').unwrap_or(head);
        return (!number.is_empty()).then_some((head, number));
    }
    if let Some((group, household)) = text.split_once('-') {
        return (!group.is_empty() && !household.is_empty()).then_some((group, household));
    }
    for word in GROUP_WORDS {
        if let Some((group, after)) = text.split_once(word).filter(|(group, _)| !group.is_empty()) {
            let household = numeral(after).is_some() && !after.is_empty();
            return (after.is_empty() || household).then(|| (&text[..group.len() + word.len()], after));
        }
    }
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((head, &text[head.len()..]))
}

/// A number as typed, and as a village may have written it.
fn written(number: &str) -> Vec<String> {
    let mut ways = vec![number.to_uppercase()];
    if let Some((value, _)) = numeral(number) {
        let plain = value.to_string();
        if !ways.contains(&plain) {
            ways.push(plain);
        }
    }
    ways
}

/// The groups that bear a name, or whose name begins so; those that bear it alone, if there are any.
fn named(typed: &str, names: &[impl AsRef<str>]) -> Vec<usize> {
    let bare = GROUP_WORDS.iter().find_map(|word| typed.strip_suffix(word)).unwrap_or(typed);
    if bare.is_empty() {
        return Vec::new();
    }
    let number = numeral(bare).map(|(value, _)| value.to_string());
    let is_it = |name: &str| name == typed || name == bare || number.as_deref() == Some(name);
    let all = || names.iter().map(AsRef::as_ref).enumerate();
    let exact: Vec<usize> = all().filter(|(_, name)| is_it(name)).map(|(at, _)| at).collect();
    if !exact.is_empty() || bare.len() < typed.len() || number.is_some() {
        return exact;
    }
    if !typed.is_ascii() {
        return all().filter(|(_, name)| name.starts_with(typed)).map(|(at, _)| at).collect();
    }
    let is_spelled = typed.len() > 1 && typed.bytes().all(|b| b.is_ascii_alphabetic());
    let spelled = |(_, name): &(usize, &str)| is_spelled && !name.is_ascii() && sounds(name, typed);
    all().filter(spelled).map(|(at, _)| at).collect()
}

/// Whether the pinyin or the first letters of a group's name begin so.
fn sounds(name: &str, typed: &str) -> bool {
    pinyin::spellings(name).iter().any(|way| {
        let initials: String = way.iter().filter_map(|sound| sound.chars().next()).collect();
        let whole = way.concat();
        initials.starts_with(typed) || whole.starts_with(typed) || whole.replace('v', "u").starts_with(typed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = ["1", "3", "12", "塆上", "老屋塆", "东1"];

    fn read(text: &str) -> Option<(Vec<&'static str>, String)> {
        let place = Place::parse(text, &NAMES)?;
        let groups = match place.groups {
            Groups::Any => vec!["*"],
            Groups::These(these) => these.into_iter().map(|at| NAMES[at]).collect(),
        };
        Some((groups, place.household.join("/")))
    }

    #[test]
    fn groups_and_households_are_read_however_a_cadre_writes_them() {
        for (text, group, household) in [
            ("3组", "3", ""),
            ("三组", "3", ""),
            ("第三组", "3", ""),
            ("3 小组", "3", ""),
            ("十二组", "12", ""),
            ("３组", "3", ""),
            ("3组12户", "3", "12"),
            ("三组十二户", "3", "十二/12"),
            ("第3组第12户", "3", "12"),
            ("3组12", "3", "12"),
            ("3组12号", "3", "12"),
            ("3-12", "3", "12"),
            ("3－12户", "3", "12"),
            ("12户", "*", "12"),
            ("十二户", "*", "十二/12"),
            ("第12户", "*", "12"),
            ("12", "*", "12"),
            ("012", "*", "012/12"),
            ("塆上", "塆上", ""),
            ("塆", "塆上", ""),
            ("塆上组", "塆上", ""),
            ("塆上12户", "塆上", "12"),
            ("塆上12", "塆上", "12"),
            ("塆上-12", "塆上", "12"),
            ("老屋", "老屋塆", ""),
            ("lww", "老屋塆", ""),
            ("laowu", "老屋塆", ""),
            ("wanshang", "塆上", ""),
            ("东1", "东1", ""),
            ("东1组5户", "东1", "5"),
        ] {
            assert_eq!(read(text), Some((vec![group], household.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_names_no_household_and_no_group_means_none() {
        let long = "3组".repeat(20_000);
        for text in
            ["", " ", "王秀英", "9组", "户", "组", "-", "3-", "-3", "w", "wang", "屋塆", "3组户", "3组王", "第", &long]
        {
            assert_eq!(read(text), None, "{text:.20}");
        }
    }
}
