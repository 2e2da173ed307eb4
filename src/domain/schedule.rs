//! Days for sessions: a weekly pattern over a period, without public holidays and the village's market days.
//!
//! Public holidays are a yearly notice of the State Council (国务院办公厅关于部分节假日安排的通知): a small table that is
//! imported. For a year of which none is there, only the days fixed by the 全国年节及纪念日放假办法 (2024 revision) are left
//! out, and that is said.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, Weekday};
use icu_calendar::Date as LunarDate;
use icu_calendar::cal::ChineseTraditional;
use serde::{Deserialize, Serialize};

use crate::domain::festival::spring_festival;
use crate::domain::resident::worded;

/// What a row of the yearly table says of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayOff {
    /// 休: nobody works.
    Off,
    /// 班: a weekend day on which people work instead.
    Work,
}
worded!(DayOff, "day-off" { Off => "off", Work => "work" });

/// A row of the yearly table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Off, or worked.
    pub kind: DayOff,
    /// What it is called: 春节.
    pub name: String,
}

/// By which calendar market days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketCalendar {
    /// 农历: by the day of the lunar month.
    #[default]
    Lunar,
    /// 阳历: by the day of the month.
    Month,
    /// 星期: by the day of the week, Monday is 1.
    Week,
}
worded!(MarketCalendar, "market-calendar" { Lunar => "lunar", Month => "month", Week => "week" });

/// 逢集: the days on which the market is held. 逢三八 is every day whose number ends in 3 or 8.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketDays {
    /// By which calendar.
    pub calendar: MarketCalendar,
    /// Last digits of the day's number; of a week, the numbers of its days.
    pub digits: BTreeSet<u32>,
}

impl MarketDays {
    /// Reads the days as people say them: 三八, 3 8, 3、8, 五十 (10 ends in 0).
    pub fn read(calendar: MarketCalendar, text: &str) -> Option<Self> {
        let text = text.replace("10", "0");
        let digit = |c: char| match c {
            '0'..='9' => c.to_digit(10),
            '〇' | '十' => Some(0),
            '日' | '天' if calendar == MarketCalendar::Week => Some(7),
            _ => "一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at + 1).ok()),
        };
        let between = |c: char| c.is_whitespace() || "、，,.和逢集星期周".contains(c);
        let mut digits = BTreeSet::new();
        for c in text.chars() {
            match digit(c) {
                Some(value) => {
                    digits.insert(value);
                }
                None if between(c) => {}
                None => return None,
            }
        }
        let fits = calendar != MarketCalendar::Week || digits.iter().all(|digit| (1..=7).contains(digit));
        (fits && !digits.is_empty()).then_some(Self { calendar, digits })
    }

    /// Its digits as they are kept: 3,8.
    pub fn written(&self) -> String {
        self.digits.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
    }

    /// Whether the market is held on a day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        match self.calendar {
            MarketCalendar::Week => self.digits.contains(&on.weekday().number_from_monday()),
            MarketCalendar::Month => self.digits.contains(&(on.day() % 10)),
            MarketCalendar::Lunar => lunar_day(on).is_some_and(|day| self.digits.contains(&(day % 10))),
        }
    }
}

/// A day of the lunar calendar (GB/T 33661-2017).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lunar {
    /// 1 to 12.
    pub month: u8,
    /// Whether it is the leap month that follows the month of this number.
    pub is_leap: bool,
    /// 1 to 30.
    pub day: u8,
}

impl Lunar {
    /// As people say it: 正月初一, 闰六月十五, 腊月廿九.
    pub fn spoken(self) -> String {
        const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let digit = |number: u8| DIGITS[usize::from(number.clamp(1, 10) - 1)];
        let month = match self.month {
            1 => "正",
            11 => "冬",
            12 => "腊",
            month => digit(month),
        };
        let day = match self.day {
            0..=10 => format!("初{}", digit(self.day)),
            11..=19 => format!("十{}", digit(self.day - 10)),
            20 => "二十".to_owned(),
            21..=29 => format!("廿{}", digit(self.day - 20)),
            _ => "三十".to_owned(),
        };
        format!("{}{month}月{day}", if self.is_leap { "闰" } else { "" })
    }
}

/// The day of the lunar calendar.
pub fn lunar_date(on: NaiveDate) -> Option<Lunar> {
    let (month, day) = (u8::try_from(on.month()).ok()?, u8::try_from(on.day()).ok()?);
    let date = LunarDate::try_new_iso(on.year(), month, day).ok()?.to_calendar(ChineseTraditional::new());
    let month = date.month().to_input();
    Some(Lunar { month: month.number(), is_leap: month.is_leap(), day: date.day_of_month().0 })
}

/// The day of the lunar month, 1 to 30.
pub fn lunar_day(on: NaiveDate) -> Option<u32> {
    lunar_date(on).map(|lunar| u32::from(lunar.day))
}

/// The days on which nothing is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The rows of the yearly tables.
    pub holidays: BTreeMap<NaiveDate, Holiday>,
    /// The village's market, where it has one.
    pub market: Option<MarketDays>,
}

/// Why a day is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// A public holiday, by its name.
    Holiday(String),
    /// A market day.
    Market,
}

/// The days that a pattern comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// The days.
    pub days: Vec<NaiveDate>,
    /// Days of the pattern that are left out.
    pub skipped: Vec<(NaiveDate, Skip)>,
    /// Years of the period of which no table is there.
    pub unknown: Vec<i32>,
}

/// The longest period of a campaign, in days.
pub const LONGEST: i64 = 400;

impl Calendar {
    /// Whether the table of a year is there.
    pub fn knows(&self, year: i32) -> bool {
        self.holidays.keys().any(|day| day.year() == year)
    }

    /// Why nothing is planned on a day; none where something may be.
    pub fn skip(&self, on: NaiveDate) -> Option<Skip> {
        if let Some(row) = self.holidays.get(&on).filter(|row| row.kind == DayOff::Off) {
            return Some(Skip::Holiday(row.name.clone()));
        }
        if !self.knows(on.year())
            && let Some(name) = fixed_by_law(on)
        {
            return Some(Skip::Holiday(name.to_owned()));
        }
        self.market.as_ref().filter(|market| market.holds(on)).map(|_| Skip::Market)
    }

    /// The days of a period that fall on these weekdays; both ends included. A weekend day that is worked is none of
    /// them unless its weekday is asked for.
    pub fn lay(&self, (first, last): (NaiveDate, NaiveDate), weekdays: &[Weekday]) -> Laid {
        let mut laid = Laid::default();
        for on in first.iter_days().take_while(|day| *day <= last).take(LONGEST as usize) {
            if !self.knows(on.year()) && !laid.unknown.contains(&on.year()) {
                laid.unknown.push(on.year());
            }
            if !weekdays.contains(&on.weekday()) {
                continue;
            }
            match self.skip(on) {
                Some(skip) => laid.skipped.push((on, skip)),
                None => laid.days.push(on),
            }
        }
        laid
    }
}

/// The holidays whose days are fixed by law whatever the year's notice says.
fn fixed_by_law(on: NaiveDate) -> Option<&'static str> {
    match (on.month(), on.day()) {
        (1, 1) => return Some("元旦"),
        (5, 1 | 2) => return Some("劳动节"),
        (10, 1..=3) => return Some("国庆节"),
        _ => {}
    }
    // The eve and the first three days.
    let since = (on - spring_festival(on.year())?).num_days();
    (-1..=2).contains(&since).then_some("春节")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn off(days: &[(&str, &str)]) -> BTreeMap<NaiveDate, Holiday> {
        days.iter().map(|(on, name)| (day(on), Holiday { kind: DayOff::Off, name: (*name).to_owned() })).collect()
    }

    #[test]
    fn the_lunar_day_agrees_with_the_festival_of_each_year() {
        for year in 2026..=2040 {
            let festival = spring_festival(year).expect("within the table");
            assert_eq!(lunar_day(festival), Some(1), "{festival}");
            assert!(festival.pred_opt().and_then(lunar_day).is_some_and(|day| day >= 29), "{festival}");
        }
        // 中秋节 2026 is on 25 September, 端午节 on 19 June.
        assert_eq!((lunar_day(day("2026-09-25")), lunar_day(day("2026-06-19"))), (Some(15), Some(5)));
    }

    #[test]
    fn a_lunar_day_is_said_as_people_say_it() {
        let said = |on: &str| lunar_date(day(on)).map(Lunar::spoken);
        for (on, spoken) in [
            ("2026-02-17", "正月初一"),
            ("2026-09-25", "八月十五"),
            ("2025-08-08", "闰六月十五"),
            ("2027-01-31", "腊月廿四"),
            ("2026-12-09", "冬月初一"),
            ("2026-12-28", "冬月二十"),
        ] {
            assert_eq!(said(on).as_deref(), Some(spoken), "{on}");
        }
    }

    #[test]
    fn market_days_are_read_as_people_say_them() {
        let read = |calendar, text: &str| MarketDays::read(calendar, text).map(|days| days.written());
        for (text, digits) in [("逢三八", "3,8"), ("3、8", "3,8"), ("五十", "0,5"), ("5 10", "0,5"), ("2,7", "2,7")]
        {
            assert_eq!(read(MarketCalendar::Lunar, text).as_deref(), Some(digits), "{text}");
        }
        assert_eq!(read(MarketCalendar::Week, "周六日").as_deref(), Some("6,7"));
        for text in ["", "abc", "逢集"] {
            assert_eq!(read(MarketCalendar::Month, text), None, "{text}");
        }
        assert_eq!(read(MarketCalendar::Week, "8"), None);
    }

    #[test]
    fn holidays_and_market_days_are_left_out_and_said() {
        let market = MarketDays::read(MarketCalendar::Month, "3 8");
        let calendar = Calendar { holidays: off(&[("2026-10-07", "国庆节")]), market };
        let laid = calendar.lay((day("2026-10-05"), day("2026-10-16")), &[Weekday::Tue, Weekday::Wed, Weekday::Thu]);
        assert_eq!(laid.days, ["2026-10-06", "2026-10-14", "2026-10-15"].map(day));
        assert_eq!(
            laid.skipped,
            [
                (day("2026-10-07"), Skip::Holiday("国庆节".into())),
                (day("2026-10-08"), Skip::Market),
                (day("2026-10-13"), Skip::Market)
            ]
        );
        assert!(laid.unknown.is_empty());
    }

    #[test]
    fn of_an_unknown_year_the_days_fixed_by_law_are_left_out_and_the_year_is_said() {
        let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        let laid = Calendar::default().lay((day("2027-02-04"), day("2027-02-09")), &week);
        assert_eq!(laid.days, [day("2027-02-04"), day("2027-02-09")]);
        assert_eq!((laid.skipped.len(), laid.unknown), (2, vec![2027]));
        let reversed = Calendar::default().lay((day("2027-02-09"), day("2027-02-04")), &week);
        assert_eq!(reversed, Laid::default());
    }

    #[test]
    fn a_weekend_day_that_is_worked_is_planned_only_where_its_weekday_is_asked_for() {
        let work = Holiday { kind: DayOff::Work, name: String::new() };
        let calendar = Calendar { holidays: BTreeMap::from([(day("2026-10-10"), work)]), market: None };
        assert_eq!(calendar.lay((day("2026-10-10"), day("2026-10-10")), &[Weekday::Fri]).days, []);
        assert_eq!(calendar.lay((day("2026-10-10"), day("2026-10-10")), &[Weekday::Sat]).days, [day("2026-10-10")]);
    }
}
