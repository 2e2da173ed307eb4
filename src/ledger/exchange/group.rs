//! The bare name of a village group: 3 for 3组, 第三组, 柳河村三组; 塆上 for 塆上.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::written_date::numeral;

/// The longest name of a group that is kept, in characters.
const LONGEST: usize = 20;

/// Whether what stands before 3组 is the same in the whole column (the village's name) or tells groups apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefixes {
    /// One village: 3 is enough.
    One,
    /// 李家塆3组 and 王家塆3组 are two groups.
    Many,
}

/// The bare name in a cell of a group column.
pub fn bare(text: &str, prefixes: Prefixes) -> Option<String> {
    let text = squeeze(text);
    if text.is_empty() || matches!(text.as_str(), "无" | "/" | "-" | "不填" | "不详" | "未知" | "0") {
        return None;
    }
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    if let Some(number) = number(whole) {
        return Some(number.to_string());
    }
    if let Some((before, number)) = numbered(&text) {
        let village = matches!(before.chars().last(), None | Some('村' | '区' | '会' | '镇' | '乡' | '-' | '场'));
        let long = before.chars().count() >= 2;
        return match (prefixes, village || long) {
            (Prefixes::One, true) => Some(number.to_string()),
            _ if before.is_empty() => Some(number.to_string()),
            _ => Some(cut(&format!("{before}{number}"))),
        };
    }
    let named = text.rsplit_once('村').map(|(_, rest)| rest).filter(|rest| rest.chars().count() >= 2).unwrap_or(&text);
    let short = ["村民小组", "居民小组", "小组", "组"].iter().find_map(|ending| named.strip_suffix(ending));
    Some(cut(short.filter(|short| short.chars().count() >= 2).unwrap_or(named)))
}

/// What stands before the number of the group, for telling whether it is the same everywhere.
pub fn prefix(text: &str) -> Option<String> {
    numbered(&squeeze(text)).map(|(before, _)| before)
}

/// The group that a title or an address names, if it names exactly one.
pub fn within(text: &str) -> Option<String> {
    let text = squeeze(text);
    let ranges = ['至', '到', '~', '-', '—', '、', '共', '和', '各'];
    let mut found = None;
    let mut rest = text.as_str();
    while let Some((before, number, after)) = next_numbered(rest) {
        if before.ends_with(ranges) || after.starts_with(&ranges[..6]) || found.is_some_and(|known| known != number) {
            return None;
        }
        found = Some(number);
        rest = after;
    }
    found.map(|number| number.to_string())
}

/// Whether the whole text is a group's number in words: 3组, 第三村民小组, 柳河村3组.
pub fn is_numbered(text: &str) -> bool {
    let text = squeeze(text);
    text.chars().count() <= 16 && next_numbered(&text).is_some_and(|(_, _, after)| after.is_empty())
}

/// Whether a line of its own names a group: 3组, 第三村民小组, 李家塆.
pub fn is_group_line(text: &str) -> bool {
    let text = squeeze(text);
    let ends =
        text.ends_with(['塆', '湾']) || text.ends_with("屋场") || text.ends_with("自然村") || text.ends_with("小组");
    text.chars().count() <= 16 && (ends || next_numbered(&text).is_some_and(|(_, _, after)| after.chars().count() <= 4))
}

fn squeeze(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c)).map(half_width).filter(|c| !c.is_whitespace()).take(80);
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in seen {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn number(text: &str) -> Option<u32> {
    numeral(text).map(|(number, _)| number).filter(|number| (1..1000).contains(number))
}

fn numbered(text: &str) -> Option<(String, u32)> {
    let (before, number, _) = next_numbered(text)?;
    Some((before.to_owned(), number))
}

/// The first number followed by 组, 队 or 社: what stands before it, the number, what stands after.
fn next_numbered(text: &str) -> Option<(&str, u32, &str)> {
    const ENDINGS: &[&str] = &["村民小组", "居民小组", "村民组", "小组", "生产队", "组", "队", "社"];
    for (at, _) in text.char_indices() {
        let here = text.get(at..)?;
        let Some(ending) = ENDINGS.iter().find(|ending| here.starts_with(**ending)) else { continue };
        let before = text.get(..at)?;
        let digits = before.chars().rev().take_while(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(*c));
        let from = at - digits.map(char::len_utf8).sum::<usize>();
        if let Some(number) = number(text.get(from..at)?) {
            let head = text.get(..from)?;
            return Some((head.strip_suffix('第').unwrap_or(head), number, here.get(ending.len()..)?));
        }
    }
    None
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_one_bare_name_however_it_is_written() {
        for text in [
            "3",
            "3组",
            "第三组",
            "三组",
            "3.0",
            "第3村民小组",
            "三小组",
            "柳河村3组",
            "柳河村第三组",
            "03",
            "三",
            "3 组",
            "３组",
            "3队",
            "柳河三组",
        ] {
            assert_eq!(bare(text, Prefixes::One).as_deref(), Some("3"), "{text}");
        }
        assert_eq!(bare("十二组", Prefixes::One).as_deref(), Some("12"));
        assert_eq!(bare("塆上", Prefixes::One).as_deref(), Some("塆上"));
        assert_eq!(bare("柳河村塆上", Prefixes::One).as_deref(), Some("塆上"));
        assert_eq!(bare("新屋组", Prefixes::One).as_deref(), Some("新屋"));
        assert_eq!(bare("东一组", Prefixes::One).as_deref(), Some("东1"));
        assert_eq!(bare("李家塆3组", Prefixes::Many).as_deref(), Some("李家塆3"));
        assert_eq!(bare("", Prefixes::One), None);
    }

    #[test]
    fn a_title_or_an_address_names_a_group_only_if_it_is_the_only_one() {
        assert_eq!(within("柳河村三组花名册").as_deref(), Some("3"));
        assert_eq!(within("村民小组：第5组  户主姓名：").as_deref(), Some("5"));
        assert_eq!(within("柳河村8组60号").as_deref(), Some("8"));
        for text in ["1组至8组", "1组、2组", "共8组", "柳河村花名册", "小组"] {
            assert_eq!(within(text), None, "{text}");
        }
        assert!(is_group_line("3组") && is_group_line("第三村民小组") && is_group_line("李家塆"));
        assert!(!is_group_line("邹超庆") && !is_group_line("合计"));
    }
}
