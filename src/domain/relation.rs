//! The relation to the head of the household, by GB/T 4761-2008, and the words people use for it.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::message::{Message, Say};

mod choose;
mod seen_from;

pub use choose::matching;
pub use seen_from::{Kin, child_of, seen_from};

/// A relation code of GB/T 4761-2008, `02` being the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation(u8);

/// Every code of the standard.
const CODES: &[u8] = &[
    1, 2, 10, 11, 12, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72,
    73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 99,
];

/// Words without 之, 的, 长/大 and other ornaments, which [`plain`] takes off first.
const WORDS: &[(&str, u8)] = &[
    ("本人", 1),
    ("户主", 2),
    ("户主本人", 2),
    ("主", 2),
    ("家长", 2),
    ("本户户主", 2),
    ("配偶", 10),
    ("爱人", 10),
    ("夫妻", 10),
    ("对象", 10),
    ("老伴", 10),
    ("夫", 11),
    ("丈夫", 11),
    ("老公", 11),
    ("男人", 11),
    ("妻", 12),
    ("妻子", 12),
    ("老婆", 12),
    ("堂客", 12),
    ("内人", 12),
    ("屋里人", 12),
    ("女人", 12),
    ("婆娘", 12),
    ("子", 20),
    ("儿子", 20),
    ("儿", 20),
    ("男孩", 20),
    ("子女", 29),
    ("幺儿", 20),
    ("幺子", 20),
    ("小儿子", 20),
    ("满儿", 20),
    ("独子", 21),
    ("独生子", 21),
    ("长子", 22),
    ("大儿子", 22),
    ("老大", 22),
    ("大儿", 22),
    ("大子", 22),
    ("次子", 23),
    ("二子", 23),
    ("二儿子", 23),
    ("老二", 23),
    ("二儿", 23),
    ("三子", 24),
    ("三儿子", 24),
    ("老三", 24),
    ("三儿", 24),
    ("四子", 25),
    ("四儿子", 25),
    ("老四", 25),
    ("五子", 26),
    ("五儿子", 26),
    ("养子", 27),
    ("继子", 27),
    ("养子或继子", 27),
    ("女婿", 28),
    ("婿", 28),
    ("上门女婿", 28),
    ("其他儿子", 29),
    ("女", 30),
    ("女儿", 30),
    ("姑娘", 30),
    ("幺女", 30),
    ("小女儿", 30),
    ("女孩", 30),
    ("丫头", 30),
    ("独女", 31),
    ("独生女", 31),
    ("长女", 32),
    ("大女儿", 32),
    ("大女", 32),
    ("大姑娘", 32),
    ("次女", 33),
    ("二女", 33),
    ("二女儿", 33),
    ("二姑娘", 33),
    ("三女", 34),
    ("三女儿", 34),
    ("四女", 35),
    ("四女儿", 35),
    ("五女", 36),
    ("五女儿", 36),
    ("养女", 37),
    ("继女", 37),
    ("养女或继女", 37),
    ("儿媳", 38),
    ("儿媳妇", 38),
    ("媳妇", 38),
    ("媳", 38),
    ("其他女儿", 39),
    ("孙子女", 40),
    ("孙", 41),
    ("孙子", 41),
    ("孙儿", 41),
    ("长孙", 41),
    ("次孙", 41),
    ("孙女", 42),
    ("长孙女", 42),
    ("孙女儿", 42),
    ("外孙", 43),
    ("外孙子", 43),
    ("外孙女", 44),
    ("孙媳", 45),
    ("孙媳妇", 45),
    ("外孙媳妇", 45),
    ("孙女婿", 46),
    ("外孙女婿", 46),
    ("曾孙", 47),
    ("曾孙子", 47),
    ("重孙", 47),
    ("重孙子", 47),
    ("曾孙女", 48),
    ("重孙女", 48),
    ("父母", 50),
    ("父", 51),
    ("父亲", 51),
    ("爸爸", 51),
    ("爸", 51),
    ("母", 52),
    ("母亲", 52),
    ("妈妈", 52),
    ("妈", 52),
    ("公公", 53),
    ("公爹", 53),
    ("婆婆", 54),
    ("婆母", 54),
    ("岳父", 55),
    ("丈人", 55),
    ("岳母", 56),
    ("丈母娘", 56),
    ("丈母", 56),
    ("继父", 57),
    ("养父", 57),
    ("继母", 58),
    ("养母", 58),
    ("祖父母", 60),
    ("祖父", 61),
    ("爷爷", 61),
    ("爹爹", 61),
    ("爷", 61),
    ("祖母", 62),
    ("奶奶", 62),
    ("奶", 62),
    ("外祖父", 63),
    ("外公", 63),
    ("家公", 63),
    ("家爹", 63),
    ("姥爷", 63),
    ("外祖母", 64),
    ("外婆", 64),
    ("家家", 64),
    ("姥姥", 64),
    ("曾祖父", 66),
    ("太爷", 66),
    ("曾祖母", 67),
    ("太奶", 67),
    ("兄弟姐妹", 70),
    ("兄", 71),
    ("哥", 71),
    ("哥哥", 71),
    ("兄长", 71),
    ("嫂", 72),
    ("嫂子", 72),
    ("弟", 73),
    ("弟弟", 73),
    ("兄弟", 73),
    ("弟媳", 74),
    ("弟妹", 74),
    ("弟媳妇", 74),
    ("姐", 75),
    ("姐姐", 75),
    ("姐夫", 76),
    ("妹", 77),
    ("妹妹", 77),
    ("妹夫", 78),
    ("其他", 80),
    ("其它", 80),
    ("伯父", 81),
    ("伯伯", 81),
    ("大伯", 81),
    ("伯", 81),
    ("伯母", 82),
    ("叔父", 83),
    ("叔叔", 83),
    ("叔", 83),
    ("婶母", 84),
    ("婶婶", 84),
    ("婶", 84),
    ("舅父", 85),
    ("舅舅", 85),
    ("舅母", 86),
    ("舅妈", 86),
    ("姨父", 87),
    ("姨夫", 87),
    ("姨母", 88),
    ("姨妈", 88),
    ("姑父", 89),
    ("姑夫", 89),
    ("姑母", 90),
    ("姑姑", 90),
    ("姑妈", 90),
    ("堂兄", 91),
    ("堂弟", 91),
    ("堂姐", 91),
    ("堂妹", 91),
    ("表兄", 92),
    ("表弟", 92),
    ("表姐", 92),
    ("表妹", 92),
    ("侄", 93),
    ("侄子", 93),
    ("侄儿", 93),
    ("侄女", 94),
    ("外甥", 95),
    ("外甥女", 96),
    ("其他亲属", 97),
    ("亲属", 97),
    ("亲戚", 97),
    ("非亲属", 99),
    ("无亲属关系", 99),
    ("保姆", 99),
    ("寄居", 99),
];

impl Relation {
    /// 户主: the head of the household.
    pub const HEAD: Self = Self(2);
    /// 妻
    pub const WIFE: Self = Self(12);

    /// A code of the standard, or nothing.
    pub fn from_code(code: u8) -> Option<Self> {
        CODES.contains(&code).then_some(Self(code))
    }

    /// Every relation of the standard, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.iter().map(|code| Self(*code))
    }

    /// The two-digit code.
    pub fn code(self) -> u8 {
        self.0
    }

    /// Whether this is the head.
    pub fn is_head(self) -> bool {
        self == Self::HEAD
    }

    /// Reads the words people use, or a code. 媳妇 is read as 儿媳, though some mean the wife by it: see
    /// [`may_mean_wife`].
    pub fn parse(text: &str) -> Option<Self> {
        let word = plain(text);
        let known = |word: &str| WORDS.iter().find(|(known, _)| *known == word).map(|(_, code)| Self(*code));
        if let Some(found) = known(&word) {
            return Some(found);
        }
        if word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit()) {
            return word.parse().ok().and_then(Self::from_code);
        }
        // 户主之长子, 张三之妻: what counts stands after the last 之 or 的.
        word.rsplit(['之', '的']).next().filter(|tail| tail.len() < word.len()).and_then(known)
    }
}

/// Whether the word is 媳妇, which means the son's wife in one house and the own wife in the next.
pub fn may_mean_wife(text: &str) -> bool {
    matches!(plain(text).as_str(), "媳妇" | "媳")
}

fn plain(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| !is_invisible(*c)).map(half_width).filter(|c| !c.is_whitespace()).collect();
    let bare = kept.split(['(', '/']).next().unwrap_or_default();
    let bare = bare.trim_start_matches(['之', '系', '为', '-', '.']);
    let bare = bare.strip_prefix("户主的").or_else(|| bare.strip_prefix("户主之")).unwrap_or(bare);
    // 12妻, 02 户主: the code with its word.
    let letters = bare.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | '-'));
    if letters.is_empty() { bare.to_owned() } else { letters.to_owned() }
}

impl Say for Relation {
    fn message(&self) -> Message {
        Message::new(format!("relation-{:02}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<u8> {
        Relation::parse(text).map(Relation::code)
    }

    #[test]
    fn the_words_of_the_household_book_and_of_the_village_are_understood() {
        let cases = [
            ("户主", 2),
            ("妻", 12),
            ("之妻", 12),
            ("妻子", 12),
            ("爱人", 10),
            ("配偶", 10),
            ("堂客", 12),
            ("长子", 22),
            ("老大", 22),
            ("幺儿", 20),
            ("儿媳", 38),
            ("媳妇", 38),
            ("母", 52),
            ("母亲", 52),
            ("孙", 41),
            ("外孙女", 44),
            ("户主之长子", 22),
            ("张三之妻", 12),
            ("02", 2),
            ("12妻", 12),
            ("女　儿", 30),
            ("家家", 64),
            ("爹爹", 61),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), Some(expected), "{text}");
        }
        for text in ["", "03", "隔壁", "10000", "男"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn every_word_has_a_code_of_the_standard() {
        assert!(WORDS.iter().all(|(_, code)| Relation::from_code(*code).is_some()));
        assert!(may_mean_wife("媳妇") && !may_mean_wife("儿媳"));
    }
}
