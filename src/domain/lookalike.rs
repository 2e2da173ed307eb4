//! Characters of names that are written for each other: another form of the same one, alike to the eye, alike to the ear.
//!
//! A table, each section of it with its source, and not equality of pinyin: 修 and 秀 are both *xiu*, but 修颖 is nobody's
//! slip for 秀英. The data lies in `assets/characters`; nothing here knows persons.

use std::collections::HashMap;
use std::sync::OnceLock;

/// In what way two characters are alike; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same character in another form: 龍 and 龙, 堃 and 坤.
    Form,
    /// Alike to the eye: 己 and 已.
    Look,
    /// Alike to the ear: 珍 and 贞.
    Sound,
}

/// The files, and what their characters have in common.
const FILES: [(Likeness, Words, &str); 3] = [
    (Likeness::Form, Words::Stars, include_str!("../../assets/characters/variants.txt")),
    (Likeness::Look, Words::Circles, include_str!("../../assets/characters/looks.txt")),
    (Likeness::Sound, Words::Circles, include_str!("../../assets/characters/sounds.txt")),
];

/// How the characters of one word of a file are alike.
#[derive(Clone, Copy)]
enum Words {
    /// The first to each of the others.
    Stars,
    /// All to each other.
    Circles,
}

impl Words {
    fn pairs(self, word: &str) -> Vec<(char, char)> {
        let all: Vec<char> = word.chars().collect();
        let firsts = match self {
            Self::Stars => all.len().min(1),
            Self::Circles => all.len(),
        };
        (0..firsts).flat_map(|i| all[i + 1..].iter().map(move |other| (i, *other))).map(|(i, b)| (all[i], b)).collect()
    }
}

/// For each character those that are alike to it.
type Table = HashMap<char, Vec<(char, Likeness)>>;

fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        for (likeness, kind, text) in FILES {
            for (a, b) in words(text).flat_map(|word| kind.pairs(word)).filter(|(a, b)| a != b) {
                note(&mut table, a, b, likeness);
                note(&mut table, b, a, likeness);
            }
        }
        table
    })
}

/// What stands there already is closer: the files come in that order.
fn note(table: &mut Table, a: char, b: char, likeness: Likeness) {
    let known = table.entry(a).or_default();
    if known.iter().all(|(other, _)| *other != b) {
        known.push((b, likeness));
    }
}

/// The characters alike to this one, the closest first. Never the character itself.
pub fn alike(character: char) -> &'static [(char, Likeness)] {
    table().get(&character).map_or(&[], Vec::as_slice)
}

/// In what way two different characters are alike, where they are.
pub fn likeness(a: char, b: char) -> Option<Likeness> {
    alike(a).iter().find(|(other, _)| *other == b).map(|(_, likeness)| *likeness)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_word_parses_and_none_says_a_character_twice() {
        for (likeness, _, text) in FILES {
            assert!(text.starts_with('#') && text.contains("Source") && text.contains("ompiled for Xiangli"));
            let mut seen = HashSet::new();
            for word in words(text) {
                let characters: HashSet<char> = word.chars().collect();
                assert_eq!(characters.len(), word.chars().count(), "{likeness:?}: {word}");
                assert!(characters.len() > 1 && word.chars().all(crate::domain::name::is_han), "{likeness:?}: {word}");
                assert!(seen.insert(word), "{likeness:?}: {word} stands there twice");
            }
        }
    }

    #[test]
    fn the_table_is_symmetric_and_bounded() {
        let pairs: usize = table().values().map(Vec::len).sum();
        assert!((8_000..18_000).contains(&pairs), "{pairs} directed pairs");
        for (a, others) in table() {
            assert!(others.len() <= 40, "{a} has {}", others.len());
            for (b, how) in others {
                assert!(a != b && likeness(*b, *a) == Some(*how), "{a}{b}");
            }
        }
    }

    #[test]
    fn the_slips_of_clerks_are_in_it() {
        for pair in "己已 戌戍 戊戌 未末 侯候 冼洗 莹萤 滢莹 娟绢 娟鹃 凤风 兰蓝 蓝岚 珍贞 琴芹 英瑛 华花 红洪 虹红 明民 国囯 \
                     生升 丽莉 莉利 平萍 珍真 辉晖 伟玮 杰洁 玉钰 喆哲 堃坤 淼渺 䶮龑 龍龙 葉叶 範范 阎闫 傅付 萧肖 戴代 清青 静敬"
            .split_whitespace()
        {
            let mut both = pair.chars();
            let (a, b) = (both.next().expect("one"), both.next().expect("two"));
            assert!(likeness(a, b).is_some(), "{pair}");
        }
        assert_eq!(likeness('龙', '龍'), Some(Likeness::Form));
        assert_eq!(likeness('己', '已'), Some(Likeness::Look));
        assert_eq!(likeness('珍', '贞'), Some(Likeness::Sound));
    }

    #[test]
    fn what_only_shares_letters_of_pinyin_is_not_alike() {
        for (a, b) in [('英', '硬'), ('王', '忘'), ('秀', '朽'), ('李', '张'), ('英', '英')] {
            assert_eq!(likeness(a, b), None, "{a}{b}");
        }
    }
}
