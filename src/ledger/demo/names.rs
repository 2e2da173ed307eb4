//! Names for the demo village: surnames about as frequent as in China, given names as they were given in each decade.

use crate::domain::resident::Sex;
use crate::ledger::demo::dice::Dice;

/// Surnames with how many of a thousand people bear them, roughly; the rare ones are here because their readings are
/// hard for a search.
const SURNAMES: &[(&str, u32)] = &[
    ("王", 72),
    ("李", 71),
    ("张", 68),
    ("刘", 54),
    ("陈", 45),
    ("杨", 31),
    ("黄", 25),
    ("赵", 23),
    ("吴", 20),
    ("周", 20),
    ("徐", 15),
    ("孙", 15),
    ("马", 13),
    ("朱", 13),
    ("胡", 13),
    ("郭", 12),
    ("何", 12),
    ("高", 11),
    ("林", 11),
    ("罗", 10),
    ("郑", 10),
    ("梁", 9),
    ("谢", 8),
    ("宋", 8),
    ("唐", 8),
    ("许", 7),
    ("韩", 7),
    ("冯", 7),
    ("邓", 7),
    ("曹", 6),
    ("彭", 6),
    ("曾", 6),
    ("肖", 6),
    ("田", 6),
    ("董", 6),
    ("袁", 5),
    ("潘", 5),
    ("蔡", 5),
    ("蒋", 5),
    ("余", 5),
    ("于", 5),
    ("杜", 5),
    ("叶", 5),
    ("程", 5),
    ("魏", 5),
    ("苏", 5),
    ("吕", 5),
    ("丁", 5),
    ("任", 4),
    ("卢", 4),
    ("姚", 4),
    ("沈", 4),
    ("钟", 4),
    ("姜", 4),
    ("谭", 4),
    ("廖", 4),
    ("熊", 3),
    ("覃", 2),
    ("单", 1),
    ("解", 1),
    ("仇", 1),
    ("查", 1),
    ("翟", 1),
    ("缪", 1),
    ("乐", 1),
    ("区", 1),
    ("万俟", 1),
    ("欧阳", 2),
    ("尉迟", 1),
];

/// First and second characters of given names: men's and women's, from the births of one time.
struct Fashion {
    men: (&'static str, &'static str),
    women: (&'static str, &'static str),
    /// How many of a hundred given names are one character.
    short: u32,
}

/// The fashions, each up to a last year of birth.
const FASHIONS: &[(i32, Fashion)] = &[
    (
        1954,
        Fashion {
            men: ("国德明正先文世光大永家元天有长发克绍", "福寿贵金水生发根祥兴全才义清成海山民林"),
            women: ("秀桂玉凤翠金菊春素腊细兰月冬水明", "英兰珍莲花香梅云芝珠娥枝容秀芳姣"),
            short: 4,
        },
    ),
    (
        1969,
        Fashion {
            men: ("建国军志新爱永援卫红文学光明先德家", "国华军平民安庆生林明强兵党胜东云"),
            women: ("红爱小秀建桂玉丽春金美菊腊翠凤", "霞丽华萍芳玲珍敏琴英兰梅荣香平莲"),
            short: 10,
        },
    ),
    (
        1984,
        Fashion {
            men: ("志海小建文晓俊永国家学光新红", "军勇伟强涛斌刚超波峰磊辉鹏兵林平"),
            women: ("小晓丽海红春艳金文燕秀玉美冬", "丽娟艳燕敏静玲霞芳梅红琴英萍莉"),
            short: 26,
        },
    ),
    (
        1999,
        Fashion {
            men: ("文俊志浩家嘉晓宇子明天鹏", "杰鹏浩宇俊帆凯龙辉豪鑫伟涛磊"),
            women: ("雪梦思晓婷佳慧文丹雨小欣", "婷雪倩颖瑶琪洁莹娜丹玲敏怡静"),
            short: 22,
        },
    ),
    (
        9999,
        Fashion {
            men: ("子浩梓宇俊一嘉天奕铭沐", "轩浩宇涵睿辰豪泽杰航宸阳"),
            women: ("梓子欣雨诗思可紫佳语一", "涵萱怡妍彤琪瑶馨晨玥悦宁"),
            short: 5,
        },
    ),
];

/// Given names with characters that few fonts and fewer input methods know.
const RARE: [&str; 6] = ["䶮", "㛃", "文喆", "大堃", "玉垚", "𬱖"];

/// Names of people who married in from Xinjiang, as in the registration: with a dot.
const DOTTED: [(&str, Sex); 4] = [
    ("阿依古丽·买买提", Sex::Female),
    ("麦麦提·艾力", Sex::Male),
    ("古丽娜尔·吐尔逊", Sex::Female),
    ("艾山江·依明", Sex::Male),
];

/// A surname; within a group the surnames of its clans come first.
pub(super) fn surname(dice: &mut Dice, clans: &[&'static str]) -> &'static str {
    match clans.get(dice.below(3) as usize) {
        Some(clan) if dice.percent(60) => clan,
        _ => dice.weighted(SURNAMES, "王"),
    }
}

/// A given name as people born in that year have them.
pub(super) fn given(dice: &mut Dice, sex: Sex, year: i32) -> String {
    if dice.in_thousand(3) {
        return RARE[dice.below(RARE.len() as u32) as usize].to_owned();
    }
    let Some((_, fashion)) = FASHIONS.iter().find(|(last, _)| year <= *last) else { return "明".to_owned() };
    let (first, second) = if sex == Sex::Male { fashion.men } else { fashion.women };
    let second = dice.character(second);
    if dice.percent(fashion.short) {
        return second.to_string();
    }
    [dice.character(first), second].into_iter().collect()
}

/// A name with a dot, for somebody of this sex.
pub(super) fn dotted(dice: &mut Dice, sex: Sex) -> &'static str {
    let at = dice.below(2) as usize;
    DOTTED.iter().filter(|(_, theirs)| *theirs == sex).nth(at).map_or("", |(name, _)| name)
}
