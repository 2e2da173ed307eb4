//! The days of 春节, for proposing when people who work away are expected back. Facts of the calendar; source: GB/T
//! 33661-2017 (农历的编算和颁行).

use chrono::{Datelike as _, Days, NaiveDate};

/// Month and day of the first day of the lunar year, from [`FIRST`] on.
const DAYS: [(u32, u32); 15] = [
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 15),
    (2, 4),
    (1, 24),
    (2, 12),
];
const FIRST: i32 = 2026;
/// Days before the festival by which most are at home.
const DAYS_BEFORE: u64 = 7;

/// The first day of the lunar year in a calendar year; none where the table does not reach.
pub fn spring_festival(year: i32) -> Option<NaiveDate> {
    let (month, day) = DAYS.get(usize::try_from(year - FIRST).ok()?)?;
    NaiveDate::from_ymd_opt(year, *month, *day)
}

/// The day by which people are usually back before the next 春节; none where the table does not reach.
pub fn home_by(today: NaiveDate) -> Option<NaiveDate> {
    let of = |year| spring_festival(year)?.checked_sub_days(Days::new(DAYS_BEFORE)).filter(|day| *day > today);
    of(today.year()).or_else(|| of(today.year() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_festival_lies_between_21_january_and_20_february_and_a_lunar_year_has_353_to_385_days() {
        let days: Vec<NaiveDate> = (FIRST..).map_while(spring_festival).collect();
        assert_eq!(days.len(), DAYS.len());
        for day in &days {
            assert!((121..=220).contains(&(day.month() * 100 + day.day())), "{day}");
        }
        let lengths = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days());
        lengths.for_each(|days| assert!((353..=355).contains(&days) || (383..=385).contains(&days), "{days}"));
    }

    #[test]
    fn back_is_proposed_a_week_before_the_next_one() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(home_by(day("2026-11-23")), Some(day("2027-01-30")));
        assert_eq!(home_by(day("2027-01-30")), Some(day("2028-01-19")));
        assert_eq!(home_by(day("2041-01-01")), None);
    }
}
