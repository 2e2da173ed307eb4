//! Which relation is meant by what somebody begins to type: a word, its pinyin, or the first letters of that.

use super::{CODES, Relation, WORDS};
use crate::domain::pinyin::readings;

/// How well a word fits what is typed; the better ones are less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Begins,
    Initials,
    Pinyin,
    Within,
}

/// 独生子 and 独生女 are read in a roster, and asked of nobody: whether a child is the only one is no affair of the form.
const ONLY_READ: [u8; 2] = [21, 31];

fn is_offered(code: u8) -> bool {
    code != 1 && !ONLY_READ.contains(&code)
}

/// The relations that what is typed may mean, the likeliest first; all of them where nothing is typed.
pub fn matching(typed: &str) -> Vec<Relation> {
    let typed = typed.trim().to_lowercase().replace('ü', "v");
    if typed.is_empty() {
        return CODES.iter().filter(|code| is_offered(**code)).map(|code| Relation(*code)).collect();
    }
    // Nobody types a longer word.
    if typed.chars().count() > 12 {
        return Vec::new();
    }
    let fits = WORDS.iter().filter(|(_, code)| is_offered(*code));
    let mut fits: Vec<_> =
        fits.filter_map(|(word, code)| Some((fit(word, &typed)?, word.chars().count(), *code))).collect();
    fits.sort_unstable();
    let mut found = Vec::new();
    for (_, _, code) in fits {
        if !found.contains(&Relation(code)) {
            found.push(Relation(code));
        }
    }
    found
}

fn fit(word: &str, typed: &str) -> Option<Fit> {
    if word == typed {
        Some(Fit::Same)
    } else if word.starts_with(typed) {
        Some(Fit::Begins)
    } else if begins_initials(word, typed) {
        Some(Fit::Initials)
    } else if begins_pinyin(&word.chars().collect::<Vec<_>>(), typed) {
        Some(Fit::Pinyin)
    } else if word.contains(typed) {
        Some(Fit::Within)
    } else {
        None
    }
}

fn begins_initials(word: &str, typed: &str) -> bool {
    let mut characters = word.chars();
    typed.chars().all(|letter| {
        characters.next().is_some_and(|character| readings(character).iter().any(|sound| sound.starts_with(letter)))
    })
}

fn begins_pinyin(word: &[char], typed: &str) -> bool {
    let Some((first, rest)) = word.split_first() else { return typed.is_empty() };
    readings(*first).iter().flat_map(|sound| [(*sound).to_owned(), sound.replace('v', "u")]).any(|sound| {
        sound.starts_with(typed) || typed.strip_prefix(sound.as_str()).is_some_and(|left| begins_pinyin(rest, left))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str) -> Option<u8> {
        matching(typed).first().map(|relation| relation.code())
    }

    #[test]
    fn a_relation_is_found_by_its_word_its_pinyin_and_its_initials() {
        for (typed, code) in [
            ("妻", 12),
            ("qi", 12),
            ("儿媳", 38),
            ("erxi", 38),
            ("ex", 38),
            ("zn", 29),
            ("changzi", 22),
            ("nver", 30),
            ("nüer", 30),
            ("nuer", 30),
            ("hz", 2),
            ("sunzi", 41),
            ("wsn", 44),
            ("老大", 22),
        ] {
            assert!(
                matching(typed).iter().take(4).any(|relation| relation.code() == code),
                "{typed}: {:?}",
                first(typed)
            );
        }
        assert_eq!((first("妻"), first("户主"), first("配偶")), (Some(12), Some(2), Some(10)));
    }

    #[test]
    fn nobody_is_asked_whether_a_child_is_the_only_one() {
        for typed in ["", "独生", "独生子", "独生女", "dsz", "子", "女"] {
            assert!(matching(typed).iter().all(|relation| !ONLY_READ.contains(&relation.code())), "{typed}");
        }
    }

    #[test]
    fn nothing_typed_offers_all_and_nonsense_none() {
        assert_eq!(matching("").len(), CODES.len() - 3);
        assert!(matching("隔壁").is_empty() && matching(&"妻".repeat(100_000)).is_empty());
    }
}
