//! A day as people type it into a field: 20261120, 11.20, 昨天. Pure; today is a parameter.

use chrono::{Datelike, Days, NaiveDate};

/// What is typed is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

/// Reads a day. A day without a year is the latest such day that is not ahead.
pub fn read_day(text: &str, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let ago = match text.to_lowercase().as_str() {
        "" | "今天" | "今日" | "today" => Some(0),
        "昨天" | "昨日" | "yesterday" => Some(1),
        "前天" => Some(2),
        _ => None,
    };
    if let Some(days) = ago {
        return today.checked_sub_days(Days::new(days)).ok_or(NoDay);
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let known = |c: char| c.is_ascii_digit() || ".-/年月日号".contains(c);
    if parts.is_empty() || !text.chars().all(known) {
        return Err(NoDay);
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    match (numbers.as_slice(), parts[0].len()) {
        ([ymd], 8) => day_of((ymd / 10_000).cast_signed(), ymd / 100 % 100, ymd % 100),
        ([md], 4) => latest(md / 100, md % 100, today),
        ([day], 1 | 2) => day_of_month(*day, today),
        ([month, day], 1 | 2) => latest(*month, *day, today),
        ([year, month, day], 4) => day_of(year.cast_signed(), *month, *day),
        ([year, month, day], 2) => day_of(2000 + year.cast_signed(), *month, *day),
        _ => Err(NoDay),
    }
}

/// Reads a day that is typed with its year: 20261120, 2026.11.20, 2026年11月20日.
pub fn read_full(text: &str) -> Option<NaiveDate> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let known = |c: char| c.is_ascii_digit() || ".-/年月日号".contains(c);
    let has_year = matches!(parts.as_slice(), [ymd] if ymd.len() == 8)
        || matches!(parts.as_slice(), [year, _, _] if year.len() == 4);
    if !has_year || !text.chars().all(known) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [ymd] => day_of((ymd / 10_000).cast_signed(), ymd / 100 % 100, ymd % 100).ok(),
        [year, month, day] => day_of(year.cast_signed(), *month, *day).ok(),
        _ => None,
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '－' | '／' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '。' | '、' => '.',
        _ => c,
    }
}

fn day_of(year: i32, month: u32, day: u32) -> Result<NaiveDate, NoDay> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDay)
}

fn latest(month: u32, day: u32, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    (0..8)
        .filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, month, day))
        .find(|found| *found <= today)
        .ok_or(NoDay)
}

fn day_of_month(day: u32, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    let this = today.with_day(day).filter(|found| *found <= today);
    let before = today.with_day(1).and_then(|first| first.pred_opt()).and_then(|last| last.with_day(day));
    this.or(before).ok_or(NoDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        read_day(text, NaiveDate::from_ymd_opt(2026, 11, 23)?).ok().map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        for (text, day) in [
            ("", "2026-11-23"),
            ("今天", "2026-11-23"),
            ("昨天", "2026-11-22"),
            ("20261120", "2026-11-20"),
            ("11.20", "2026-11-20"),
            ("1120", "2026-11-20"),
            ("12.20", "2025-12-20"),
            ("2026-11-20", "2026-11-20"),
            ("２０２６．１１．２０", "2026-11-20"),
            ("2026年11月20日", "2026-11-20"),
            ("11月20日", "2026-11-20"),
            ("20", "2026-11-20"),
            ("25", "2026-10-25"),
            ("26.11.20", "2026-11-20"),
        ] {
            assert_eq!(read(text).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for text in ["11.31", "abc", "2026", "20261320", "-", "11.20x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
