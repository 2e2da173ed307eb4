//! Single cells as values of a person: phone, sex, residency. Pure.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::resident::{Residency, Sex};
use crate::ledger::exchange::cell::Cell;
use crate::ledger::exchange::sentences::{Answer, residency_word, yes_or_no};
use crate::ledger::exchange::vocabulary::Clue;

const LONGEST_PHONE: usize = 60;
const LONGEST_ADDRESS: usize = 100;

/// Words for an entry that is none.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    matches!(
        text,
        "无" | "没有" | "不填" | "不详" | "未知" | "暂无" | "空" | "同上" | "无。" | "NULL" | "null" | "#N/A"
    ) || text.chars().all(|c| matches!(c, '/' | '\\' | '-' | '—' | '–' | '_' | '.' | '、' | '?') || c.is_whitespace())
}

/// A phone as given: digits without spaces where it is one number, several with strokes, words around it kept.
/// Nothing where nothing is given; an error where it is no phone.
pub(super) fn phone(cell: Cell<'_>) -> Result<Box<str>, ()> {
    let text: String = cell.text().chars().filter(|c| !is_invisible(*c)).map(half_width).collect();
    let text = text.trim().trim_matches(['\'', '‘', '’']);
    if text.is_empty() || is_nothing(text) || text == "0" {
        return Ok("".into());
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits < 5
        || text.chars().count() > LONGEST_PHONE
        || (digits >= 15 && !text.contains(|c: char| !c.is_ascii_digit()))
    {
        return Err(());
    }
    let separator = |c: char| matches!(c, '/' | '、' | ',' | ';' | '，' | '；' | '\n' | '\r' | '|');
    let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    Ok(parts.map(one_phone).collect::<Vec<_>>().join("/").into())
}

fn one_phone(part: &str) -> String {
    let only_number = part.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '(' | ')'));
    if !only_number {
        return part.chars().filter(|c| !c.is_whitespace()).collect();
    }
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    let mobile = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    if mobile.len() == 11 && mobile.starts_with('1') {
        return mobile.to_owned();
    }
    if digits.len() == 22 {
        // Two mobile numbers with a space between them.
        return digits.split_at_checked(11).map_or_else(String::new, |(a, b)| format!("{a}/{b}"));
    }
    part.chars().filter(|c| !c.is_whitespace()).collect()
}

/// An address without line breaks, of bounded length.
pub(super) fn address(cell: Cell<'_>) -> Box<str> {
    let text = cell.text();
    if is_nothing(&text) {
        return "".into();
    }
    let kept = text.chars().filter(|c| !is_invisible(*c) && !c.is_whitespace()).take(LONGEST_ADDRESS);
    kept.collect::<String>().into()
}

/// Sex in words or in the codes of GB/T 2261.1. Nothing where nothing is given; an error where it is not understood.
pub(super) fn sex(cell: Cell<'_>) -> Result<Option<Sex>, ()> {
    let text: String =
        cell.text().chars().filter(|c| !is_invisible(*c) && !c.is_whitespace()).map(half_width).collect();
    match text.to_lowercase().as_str() {
        "男" | "男性" | "1" | "m" | "male" | "1男" | "男1" | "01" => Ok(Some(Sex::Male)),
        "女" | "女性" | "2" | "f" | "female" | "2女" | "女2" | "02" => Ok(Some(Sex::Female)),
        "" | "0" | "9" | "未知" | "不详" => Ok(None),
        text if is_nothing(text) => Ok(None),
        _ => Err(()),
    }
}

/// What one column says about where a person lives.
pub(super) fn residency(clue: Clue, cell: Cell<'_>, villages: &[String]) -> Option<Residency> {
    let text = cell.text();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() || text == "不填" {
        return None;
    }
    let answer = yes_or_no(&text);
    let chosen = |yes, no| answer.map(|answer| if answer == Answer::Yes { yes } else { no });
    match clue {
        Clue::State => residency_word(&text).or_else(|| place(&text, villages)),
        Clue::LivesHere => {
            residency_word(&text).filter(|_| answer.is_none()).or(chosen(Residency::Here, Residency::Away))
        }
        Clue::LivesAway => match answer {
            Some(_) => chosen(Residency::Away, Residency::Here),
            None => residency_word(&text).or_else(|| place(&text, villages)),
        },
        Clue::AwayEntry if answer == Some(Answer::No) || is_nothing(&text) => None,
        Clue::AwayEntry => Some(place(&text, villages).unwrap_or(Residency::Away)),
        Clue::LivesAt if is_nothing(&text) => None,
        Clue::LivesAt => residency_word(&text).or_else(|| place(&text, villages)),
        Clue::Returned => chosen(Residency::Here, Residency::Away),
    }
}

const PROVINCES: &str = "北京天津上海重庆河北山西辽宁吉林黑龙江江苏浙江安徽福建江西山东河南湖北湖南广东海南四川贵州云南陕西甘肃青海台湾内蒙广西西藏宁夏新疆\
香港澳门武汉深圳广州东莞佛山杭州宁波温州苏州昆山无锡厦门晋江泉州随州襄阳孝感宜昌黄石荆州十堰成都长沙郑州西安南京合肥";

/// Whether a place is this village or somewhere else; nothing where it cannot be told.
fn place(text: &str, villages: &[String]) -> Option<Residency> {
    let here = ["本村", "本组", "本塆", "本湾", "家中", "户籍地", "同户籍", "老家", "本社区", "村里", "家里"];
    if here.iter().any(|word| text.contains(word)) || villages.iter().any(|village| text.contains(village.as_str())) {
        return Some(Residency::Here);
    }
    let start: String = text.chars().take(2).collect();
    let province = start.chars().count() == 2 && is_listed(&start);
    let elsewhere = ["市", "省", "国外", "县城", "城区", "自治区"].iter().any(|word| text.contains(word));
    (province || elsewhere).then_some(Residency::Away)
}

/// The list has names of two characters one after the other (黑龙江 has three and is found by its first two).
fn is_listed(start: &str) -> bool {
    let all: Vec<char> = PROVINCES.chars().collect();
    let pair: Vec<char> = start.chars().collect();
    all.windows(2).any(|window| window == pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_stay_as_given_without_the_noise() {
        let text = |text: &str| phone(Cell::Text(text)).map(String::from);
        assert_eq!(phone(Cell::Number(19975836327.0)).as_deref(), Ok("19975836327"));
        for same in ["199 7583 6327", "199-7583-6327", "+86 19975836327", "19975836327.0", "１９９７５８３６３２７"]
        {
            assert_eq!(text(same).as_deref(), Ok("19975836327"), "{same}");
        }
        assert_eq!(text("0722-6123456").as_deref(), Ok("0722-6123456"));
        assert_eq!(text("19975836327、0722-6123456").as_deref(), Ok("19975836327/0722-6123456"));
        assert_eq!(text("19975836327 19812345678").as_deref(), Ok("19975836327/19812345678"));
        assert_eq!(text("儿子19975836327").as_deref(), Ok("儿子19975836327"));
        for nothing in ["", "无", "/", "——"] {
            assert_eq!(text(nothing).as_deref(), Ok(""), "{nothing}");
        }
        assert!(text("421399194709247410").is_err() && text("不知道号码").is_err());
    }

    #[test]
    fn a_place_is_here_or_elsewhere_or_left_open() {
        let villages = ["柳河村".to_owned()];
        let at = |text: &str| residency(Clue::LivesAt, Cell::Text(text), &villages);
        assert_eq!(at("本村"), Some(Residency::Here));
        assert_eq!(at("湖北省广水市余店镇柳河村3组"), Some(Residency::Here));
        assert_eq!(at("湖北武汉"), Some(Residency::Away));
        assert_eq!(at("深圳市"), Some(Residency::Away));
        assert_eq!(at("3组12号"), None);
        let away = |text: &str| residency(Clue::LivesAway, Cell::Text(text), &villages);
        assert_eq!((away("是"), away("否"), away("")), (Some(Residency::Away), Some(Residency::Here), None));
        assert_eq!(residency(Clue::LivesHere, Cell::Text("√"), &villages), Some(Residency::Here));
        assert_eq!(residency(Clue::LivesHere, Cell::Text("外出"), &villages), Some(Residency::Away));
        assert_eq!(residency(Clue::AwayEntry, Cell::Text("广东"), &villages), Some(Residency::Away));
        assert_eq!(residency(Clue::AwayEntry, Cell::Text("无"), &villages), None);
    }
}
