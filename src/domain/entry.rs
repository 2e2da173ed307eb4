//! What is typed in the evening from a round's paper: `A7K2M 1`, `b2mc4 x 周五再去`. Pure; today is a parameter.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::domain::offer::Outcome;
use crate::domain::row_code::RowCode;
use crate::domain::typed_day::{NoDay, read_full};

/// A line that was typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which row of the paper.
    pub code: RowCode,
    /// What came of it.
    pub act: EntryAct,
    /// What else is to be done, in the cadre's own words; may be empty.
    pub note: String,
}

/// Without the note.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({} {:?})", self.code, self.act)
    }
}

/// What came of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryAct {
    /// Told, does not want it, or not met.
    Said(Outcome),
    /// The person came and had it done.
    Came,
    /// Another day.
    PutOff(NaiveDate),
}

/// Why a line cannot be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEntry {
    /// Nothing is typed.
    Empty,
    /// The first word is no code: a sign is wrong.
    Code,
    /// What follows the code is none of the signs on the paper.
    Act,
    /// Put off, and it is not said until when.
    Day,
}

impl NoEntry {
    /// The key of the sentence that says so.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "error-entry-empty",
            Self::Code => "error-entry-code",
            Self::Act => "error-entry-act",
            Self::Day => "error-entry-day",
        }
    }
}

impl Entry {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str, today: NaiveDate) -> Result<Self, NoEntry> {
        let plain: String = line.chars().map(half_width).collect();
        let mut words = plain.split_whitespace();
        let code = words.next().ok_or(NoEntry::Empty)?;
        let code = RowCode::parse(code).ok_or(NoEntry::Code)?;
        let sign = words.next().ok_or(NoEntry::Act)?;
        let note = words.collect::<Vec<_>>().join(" ");
        let act = match sign.to_lowercase().as_str() {
            "1" | "v" | "√" | "✓" | "告知" | "已告知" => EntryAct::Said(Outcome::Told),
            "2" | "n" | "不" | "不要" | "不需要" => EntryAct::Said(Outcome::Declined),
            "x" | "×" | "0" | "没人" | "没见到" | "联系不上" => EntryAct::Said(Outcome::Unreachable),
            "3" | "来" | "来了" | "办了" => EntryAct::Came,
            "4" | "改天" | "推" => EntryAct::PutOff(day_ahead(&note, today).ok_or(NoEntry::Day)?),
            _ => return Err(NoEntry::Act),
        };
        Ok(Self { code, act, note })
    }
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '　' => ' ',
        _ => c,
    }
}

/// The days to which things are usually put off, with the keys of their words: tomorrow, the day after, next Monday.
pub fn soon(today: NaiveDate) -> [(&'static str, NaiveDate); 3] {
    let monday = 7 - u64::from(today.weekday().num_days_from_monday());
    [("worklist-tomorrow", 1), ("worklist-in-two-days", 2), ("worklist-next-monday", monday)]
        .map(|(key, days)| (key, today + Days::new(days)))
}

/// A day from today on, as it is typed into a field: 今天, 周五, 12-05, 2026-12-05; today where nothing is typed.
///
/// # Errors
/// It names none, or one that is over.
pub fn read_ahead(text: &str, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    let text: String = text.trim().chars().map(half_width).collect();
    if matches!(text.as_str(), "" | "今天" | "今日" | "today") {
        return Ok(today);
    }
    if let Some(day) = read_full(&text) {
        return if day >= today { Ok(day) } else { Err(NoDay) };
    }
    day_ahead(&text, today).ok_or(NoDay)
}

/// A day that is planned, as it is typed: with its year, whenever that is, or else the next such day; nothing typed is none.
///
/// # Errors
/// It names none.
pub fn read_planned(text: &str, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    let text: String = text.trim().chars().map(half_width).collect();
    match read_full(&text) {
        Some(day) => Ok(day),
        None if text.is_empty() => Err(NoDay),
        None => read_ahead(&text, today),
    }
}

/// The day ahead that words name: 明天, 后天, 周五, 下周五, 12-05, 12月5日; none where they name none.
pub fn day_ahead(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    for (word, days) in [("大后天", 3), ("后天", 2), ("明天", 1)] {
        if words.contains(word) {
            return today.checked_add_days(Days::new(days));
        }
    }
    weekday_ahead(words, today).or_else(|| date_ahead(words, today))
}

fn weekday_ahead(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (at, prefix) = ["星期", "礼拜", "周"].iter().find_map(|prefix| Some((words.find(prefix)?, *prefix)))?;
    let day = match words[at + prefix.len()..].chars().next()? {
        '一' | '1' => Weekday::Mon,
        '二' | '2' => Weekday::Tue,
        '三' | '3' => Weekday::Wed,
        '四' | '4' => Weekday::Thu,
        '五' | '5' => Weekday::Fri,
        '六' | '6' => Weekday::Sat,
        '日' | '天' | '7' => Weekday::Sun,
        _ => return None,
    };
    let (day, now) = (u64::from(day.num_days_from_monday()), u64::from(today.weekday().num_days_from_monday()));
    let is_next_week = words[..at].ends_with('下');
    let days = if is_next_week { 7 - now + day } else { (day + 6 - now) % 7 + 1 };
    today.checked_add_days(Days::new(days))
}

fn date_ahead(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    // 1205, and nothing else.
    let words = match words.len() {
        4 if words.chars().all(|c| c.is_ascii_digit()) => format!("{}-{}", &words[..2], &words[2..]),
        _ => words.to_owned(),
    };
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|part| (1..=2).contains(&part.len()));
    let numbers: Vec<u32> = numbers.filter_map(|part| part.parse().ok()).collect();
    let [month, day] = numbers[..] else { return None };
    let of = |year| NaiveDate::from_ymd_opt(year, month, day).filter(|found| *found > today);
    of(today.year()).or_else(|| of(today.year() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        // A Monday.
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
    }

    fn read(rest: &str) -> Result<(EntryAct, String), NoEntry> {
        let code = RowCode::new(7, 300).expect("a row");
        let entry = Entry::parse(&format!("{code} {rest}"), today())?;
        assert_eq!(entry.code, code);
        Ok((entry.act, entry.note))
    }

    #[test]
    fn a_line_is_a_code_a_sign_and_words() {
        let said = |outcome, note: &str| Ok((EntryAct::Said(outcome), note.to_owned()));
        assert_eq!(read("1"), said(Outcome::Told, ""));
        assert_eq!(read("１"), said(Outcome::Told, ""));
        assert_eq!(read("√"), said(Outcome::Told, ""));
        assert_eq!(read("2"), said(Outcome::Declined, ""));
        assert_eq!(read("X 周五再去"), said(Outcome::Unreachable, "周五再去"));
        assert_eq!(read("3"), Ok((EntryAct::Came, String::new())));
        assert!(matches!(read("4 12-05"), Ok((EntryAct::PutOff(day), _)) if day.to_string() == "2026-12-05"));
        assert_eq!((read(""), read("9"), read("4 以后")), (Err(NoEntry::Act), Err(NoEntry::Act), Err(NoEntry::Day)));
        assert_eq!(Entry::parse(" ", today()), Err(NoEntry::Empty));
        assert_eq!(Entry::parse("A7K20 1", today()), Err(NoEntry::Code));
    }

    #[test]
    fn a_field_takes_a_day_from_today_on() {
        for (text, day) in
            [("", "2026-11-23"), ("周五", "2026-11-27"), ("2026-12-05", "2026-12-05"), ("１２－０５", "2026-12-05")]
        {
            assert_eq!(read_ahead(text, today()).map(|day| day.to_string()).as_deref(), Ok(day), "{text}");
        }
        assert!(["2026-11-22", "昨天", "abc"].iter().all(|text| read_ahead(text, today()).is_err()));
    }

    #[test]
    fn a_planned_day_has_its_year_or_is_the_next_such_day() {
        for (text, day) in [
            ("20261201", "2026-12-01"),
            ("12.1", "2026-12-01"),
            ("1201", "2026-12-01"),
            ("3.1", "2027-03-01"),
            ("2027.12.1", "2027-12-01"),
            ("2027年12月1日", "2027-12-01"),
            ("2026-03-01", "2026-03-01"),
            ("１２．１", "2026-12-01"),
        ] {
            assert_eq!(read_planned(text, today()).map(|day| day.to_string()).as_deref(), Ok(day), "{text}");
        }
        assert!(["", "20261301", "abc", "2.30"].iter().all(|text| read_planned(text, today()).is_err()));
    }

    #[test]
    fn words_name_a_day_ahead() {
        for (words, day) in [
            ("明天去", "2026-11-24"),
            ("后天", "2026-11-25"),
            ("大后天", "2026-11-26"),
            ("周五再去", "2026-11-27"),
            ("周一", "2026-11-30"),
            ("下周一", "2026-11-30"),
            ("下周五", "2026-12-04"),
            ("星期天来", "2026-11-29"),
            ("12月5日", "2026-12-05"),
            ("1-8", "2027-01-08"),
        ] {
            assert_eq!(day_ahead(words, today()).map(|day| day.to_string()).as_deref(), Some(day), "{words}");
        }
        for words in ["", "以后", "周末", "13-40", "3组12户1号"] {
            assert_eq!(day_ahead(words, today()), None, "{words}");
        }
    }
}
