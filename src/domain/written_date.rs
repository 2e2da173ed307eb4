//! Birth dates as people write them: `1985.3`, `八五年三月`, a spreadsheet's serial number, 农历二月初十.
//!
//! What cannot be read surely is not guessed: a lunar date is never converted, `1985.1` from a number may be October.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::message::{Message, Say};
use crate::domain::partial_date::PartialDate;

/// What a text or number says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    /// Nothing is written.
    Blank,
    /// So much is sure.
    Known(PartialDate),
    /// Only this much is sure, though more was written: `1985.1` may be `1985.10`, `3/4/1985` March or April.
    Ambiguous(PartialDate),
    /// No day can be taken from it.
    Unclear(Unclear),
}

/// Why no day can be taken from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// A day of the lunar calendar.
    Lunar,
    /// An age, or *about*.
    Approximate,
    /// A day that never was, such as 30 February, or one more than 130 years ago.
    Impossible,
    /// A day after today.
    Future,
    /// Nothing like a date.
    NoDate,
}

/// Whether a decimal such as `1985.1` stands as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Typed as text: `1985.1` is January.
    AsTyped,
    /// It may have been a number, which loses the zero of `1985.10`.
    MayLackZero,
}

impl WrittenDate {
    /// Reads a text. `today` tells the centuries of two-digit years apart and bounds what is possible.
    pub fn from_text(text: &str, decimals: Decimals, today: NaiveDate) -> Self {
        let plain = plain(text);
        if plain.is_empty()
            || plain.chars().all(|c| matches!(c, '-' | '/' | '.' | '—' | '无' | '不' | '详' | '未' | '知'))
        {
            return Self::Blank;
        }
        if plain.contains(['腊', '廿', '闰', '初'])
            || ["农历", "阴历", "旧历", "正月", "冬月"].iter().any(|w| plain.contains(w))
        {
            return Self::Unclear(Unclear::Lunar);
        }
        if plain.contains(['岁', '多', '约', '属', '左', '后', '前']) {
            return Self::Unclear(Unclear::Approximate);
        }
        let Some(parts) = parts(&plain) else { return Self::Unclear(Unclear::NoDate) };
        let ambiguous = decimals == Decimals::MayLackZero && lacks_zero(&plain);
        match resolve(&parts, today) {
            Self::Known(date) if ambiguous => Self::Ambiguous(PartialDate::Year(date.year())),
            read => read,
        }
    }

    /// Reads a spreadsheet's number that is not formatted as a date.
    pub fn from_number(number: f64, today: NaiveDate) -> Self {
        if !number.is_finite() || number < 0.0 {
            return Self::Unclear(Unclear::NoDate);
        }
        if number == 0.0 {
            return Self::Blank;
        }
        if number.fract() == 0.0 && (3000.0..60_000.0).contains(&number) {
            return Self::from_serial(number, today);
        }
        // Three decimals are enough for 1985.10; more only come from arithmetic.
        let text = format!("{number:.3}");
        Self::from_text(text.trim_end_matches('0').trim_end_matches('.'), Decimals::MayLackZero, today)
    }

    /// Reads a spreadsheet's serial day of the 1900 system (1 = 1 January 1900, with the 29 February 1900 that never was).
    pub fn from_serial(serial: f64, today: NaiveDate) -> Self {
        let days = serial.trunc() as i64;
        let base = NaiveDate::from_ymd_opt(1899, 12, if days < 60 { 31 } else { 30 }).unwrap_or_default();
        let day = TimeDelta::try_days(days).and_then(|days| base.checked_add_signed(days));
        match day {
            Some(day) if serial.is_finite() && days > 0 && days != 60 => possible(PartialDate::Day(day), today),
            _ => Self::Unclear(Unclear::NoDate),
        }
    }

    /// What is surely known of the day, if anything.
    pub fn date(self) -> Option<PartialDate> {
        match self {
            Self::Known(date) | Self::Ambiguous(date) => Some(date),
            Self::Blank | Self::Unclear(_) => None,
        }
    }
}

/// Half width, no spaces, without the time of day and words around the date.
fn plain(text: &str) -> String {
    let half: String = text.chars().take(60).filter(|c| !is_invisible(*c)).map(half_width).collect();
    let day = half.trim().trim_matches(['\'', '‘', '’', '"']);
    // A time of day follows a T or a space: 1985-03-01 00:00:00.
    let day = match day.find(':').and_then(|at| day.get(..at)).and_then(|head| head.rfind([' ', 'T', '日'])) {
        Some(at) => day.get(..at).unwrap_or(day),
        None => day,
    };
    let kept: String = day.chars().filter(|c| !c.is_whitespace()).collect();
    let kept = kept.trim_end_matches(['生', '出']).trim_start_matches(['生', '出', '于', '公', '阳', '历', '新', ':']);
    kept.trim_end_matches(['.', '-', '/', '、', '。']).to_owned()
}

/// `1985.1`, `85.1`: one decimal digit 1, which `1985.10` becomes as a number.
fn lacks_zero(plain: &str) -> bool {
    plain.split_once('.').is_some_and(|(year, rest)| rest == "1" && year.bytes().all(|b| b.is_ascii_digit()))
}

/// The numbers of a date with how many digits each was written in.
fn parts(plain: &str) -> Option<Vec<(u32, usize)>> {
    let mut parts = Vec::new();
    let separators = ['年', '月', '日', '号', '.', '-', '/', '\\', '、', ',', '~', '—', '–', '。', '·'];
    for piece in plain.split(separators).filter(|piece| !piece.is_empty()) {
        parts.push(numeral(piece)?);
    }
    (1..=3).contains(&parts.len()).then_some(parts)
}

/// A number and how many digits it was written in: `1985`, `八五`, `十二`, `二十一`, `一九八五`.
pub(crate) fn numeral(piece: &str) -> Option<(u32, usize)> {
    if piece.bytes().all(|b| b.is_ascii_digit()) && piece.len() <= 8 {
        return Some((piece.parse().ok()?, piece.len()));
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).map(|p| p as u32);
    let digit = |c: char| match c {
        '零' | '○' | 'O' | 'o' | '0' => Some(0),
        '元' => Some(1),
        c => digit(c).or_else(|| c.to_digit(10)),
    };
    if let Some((tens, ones)) = piece.split_once('十') {
        let one = |text: &str, empty: u32| match (text.chars().next(), text.chars().nth(1)) {
            (None, _) => Some(empty),
            (Some(c), None) => digit(c),
            _ => None,
        };
        return Some((one(tens, 1)? * 10 + one(ones, 0)?, 2));
    }
    let digits: Vec<u32> = piece.chars().map(digit).collect::<Option<_>>()?;
    (digits.len() <= 4).then(|| (digits.iter().fold(0, |sum, d| sum * 10 + d), digits.len()))
}

fn resolve(parts: &[(u32, usize)], today: NaiveDate) -> WrittenDate {
    match *parts {
        [(number, 8)] => day(number / 10_000, number / 100 % 100, number % 100, today),
        [(number, 6)] if (1850..2100).contains(&(number / 100)) => month(number / 100, number % 100, today),
        [(number, 6)] => day(century(number / 10_000, today), number / 100 % 100, number % 100, today),
        [(number, 5)] => WrittenDate::from_serial(f64::from(number), today),
        [(number, 4)] if (1850..2100).contains(&number) => possible(PartialDate::Year(number as i32), today),
        [(y, digits), (m, _)] if digits == 4 || digits == 2 => month(year(y, digits, today), m, today),
        [(y, digits), (m, _), (d, _)] if digits == 4 || y > 31 => day(year(y, digits, today), m, d, today),
        [(m, _), (d, _), (y, 4)] if m <= 12 && d > 12 => day(y, m, d, today),
        [(d, _), (m, _), (y, 4)] if d > 12 && m <= 12 => day(y, m, d, today),
        [_, _, (y, 4)] => match possible(PartialDate::Year(y as i32), today) {
            WrittenDate::Known(date) => WrittenDate::Ambiguous(date),
            unclear => unclear,
        },
        [(y, 2), (m, _), (d, _)] => day(year(y, 2, today), m, d, today),
        _ => WrittenDate::Unclear(Unclear::NoDate),
    }
}

fn year(number: u32, digits: usize, today: NaiveDate) -> u32 {
    if digits == 2 { century(number, today) } else { number }
}

/// 85 is 1985; 05 is 2005 until the year of today.
fn century(two_digits: u32, today: NaiveDate) -> u32 {
    let this_year = today.year().rem_euclid(100) as u32;
    if two_digits <= this_year { 2000 + two_digits } else { 1900 + two_digits }
}

fn month(year: u32, month: u32, today: NaiveDate) -> WrittenDate {
    match (month, NaiveDate::from_ymd_opt(year as i32, month, 1)) {
        (0, _) => possible(PartialDate::Year(year as i32), today),
        (_, Some(_)) => possible(PartialDate::Month(year as i32, month), today),
        (_, None) => WrittenDate::Unclear(Unclear::Impossible),
    }
}

fn day(year: u32, m: u32, day: u32, today: NaiveDate) -> WrittenDate {
    match (day, NaiveDate::from_ymd_opt(year as i32, m, day)) {
        (0, _) => month(year, m, today),
        (_, Some(date)) => possible(PartialDate::Day(date), today),
        (_, None) => WrittenDate::Unclear(Unclear::Impossible),
    }
}

fn possible(date: PartialDate, today: NaiveDate) -> WrittenDate {
    if date.earliest() > today {
        WrittenDate::Unclear(Unclear::Future)
    } else if today.year() - date.year() > 130 {
        WrittenDate::Unclear(Unclear::Impossible)
    } else {
        WrittenDate::Known(date)
    }
}

impl Say for Unclear {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Lunar => "written-date-lunar",
            Self::Approximate => "written-date-approximate",
            Self::Impossible => "written-date-impossible",
            Self::Future => "written-date-future",
            Self::NoDate => "written-date-no-date",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
    }

    fn text(text: &str) -> WrittenDate {
        WrittenDate::from_text(text, Decimals::AsTyped, today())
    }

    fn shown(date: WrittenDate) -> String {
        match date {
            WrittenDate::Known(date) => date.to_string(),
            WrittenDate::Ambiguous(date) => format!("{date}?"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_ways_to_write_a_day_are_read() {
        for written in [
            "1985-3-1",
            "1985.03.01",
            "1985/3/1",
            "1985年3月1日",
            "19850301",
            "85/3/1",
            "85.3.1",
            "1985-3-1 00:00:00",
            "1985-03-01T00:00:00",
            "１９８５年３月１日",
            "一九八五年三月一日",
            "1985、3、1",
            "1985年3月1号",
            "850301",
            "31107",
            "1985. 3. 1",
            " 1985年 3月1日生",
        ] {
            assert_eq!(shown(text(written)), "1985-03-01", "{written}");
        }
        assert_eq!(shown(text("二〇〇一年十二月二十一日")), "2001-12-21");
    }

    #[test]
    fn a_month_or_a_year_stays_what_it_is() {
        for written in
            ["1985.3", "1985.03", "85.3", "1985年3月", "198503", "八五年三月", "1985-3", "1985.3.", "85年3月"]
        {
            assert_eq!(shown(text(written)), "1985-03", "{written}");
        }
        assert_eq!(shown(text("1985")), "1985");
        assert_eq!(shown(text("1985年")), "1985");
        assert_eq!(shown(text("1985.10")), "1985-10");
        assert_eq!(shown(text("05.3")), "2005-03");
    }

    #[test]
    fn october_that_a_number_turned_into_january_is_not_believed() {
        assert_eq!(shown(WrittenDate::from_number(1985.1, today())), "1985?");
        assert_eq!(shown(WrittenDate::from_number(85.1, today())), "1985?");
        assert_eq!(shown(WrittenDate::from_number(1985.12, today())), "1985-12");
        assert_eq!(shown(WrittenDate::from_number(1985.3, today())), "1985-03");
        assert_eq!(shown(WrittenDate::from_text("1985.1", Decimals::MayLackZero, today())), "1985?");
        assert_eq!(shown(text("1985.1")), "1985-01");
        assert_eq!(shown(text("3/4/1985")), "1985?");
        assert_eq!(shown(text("3/14/1985")), "1985-03-14");
    }

    #[test]
    fn numbers_are_days_months_years_or_serials() {
        let number = |n: f64| shown(WrittenDate::from_number(n, today()));
        assert_eq!(number(31107.0), "1985-03-01");
        assert_eq!(number(19850301.0), "1985-03-01");
        assert_eq!(number(198503.0), "1985-03");
        assert_eq!(number(1985.0), "1985");
        assert_eq!(number(850301.0), "1985-03-01");
        assert_eq!(shown(WrittenDate::from_serial(17434.0, today())), "1947-09-24");
    }

    #[test]
    fn what_is_not_sure_is_not_guessed() {
        use Unclear::*;
        let cases = [
            ("农历85年二月初十", Lunar),
            ("腊月廿八", Lunar),
            ("60多岁", Approximate),
            ("属猪", Approximate),
            ("68岁", Approximate),
            ("1985-02-30", Impossible),
            ("2031-01-01", Future),
            ("18850301", Impossible),
            ("张三", NoDate),
            ("68", NoDate),
            ("199", NoDate),
            ("19975836327", NoDate),
        ];
        for (written, why) in cases {
            assert_eq!(text(written), WrittenDate::Unclear(why), "{written}");
        }
        for blank in ["", " ", "无", "/", "不详"] {
            assert_eq!(text(blank), WrittenDate::Blank, "{blank}");
        }
        for number in [f64::NAN, f64::INFINITY, -5.0, 1e300, 60.0, 68.0] {
            assert_eq!(WrittenDate::from_number(number, today()).date(), None);
        }
    }
}
