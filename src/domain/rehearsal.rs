//! When the newest backup is rehearsed: opened and proved as a restoring would, so that nobody learns only on the day of
//! need that it does not open.

use chrono::NaiveDate;

/// Days between two rehearsals.
pub const DAYS: i64 = 7;

/// How the last rehearsal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The backup opened and holds what it should.
    Well,
    /// It did not.
    Badly,
}

/// Whether one is due on a day; `made` are the days of the backups there, in any order.
pub fn is_due(last: Option<(NaiveDate, Ended)>, made: &[NaiveDate], today: NaiveDate) -> bool {
    let Some(newest) = made.iter().max() else { return false };
    match last {
        // A backup is proved when it is made: the first one is rehearsed when it has lain for a night.
        None => made.iter().any(|day| *day < today),
        // After a clock that stood wrong, the next one must not be years away.
        Some((on, _)) if on > today => true,
        // What failed is tried again with the next backup, or on the next day.
        Some((on, Ended::Badly)) => *newest > on || on < today,
        Some((on, Ended::Well)) => (today - on).num_days() >= DAYS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).expect("a day")
    }

    #[test]
    fn a_backup_is_rehearsed_after_a_night_and_then_once_a_week() {
        assert!(!is_due(None, &[], day(9)), "there is none");
        assert!(!is_due(None, &[day(9)], day(9)));
        assert!(is_due(None, &[day(9), day(8)], day(9)));
        let well = |on| Some((day(on), Ended::Well));
        for today in 10..16 {
            assert!(!is_due(well(9), &[day(9)], day(today)), "{today}");
        }
        assert!(is_due(well(9), &[day(9)], day(16)));
        assert!(is_due(well(20), &[day(9)], day(16)), "the clock was set back");
    }

    #[test]
    fn what_failed_is_tried_again_on_the_next_day() {
        let badly = Some((day(9), Ended::Badly));
        assert!(!is_due(badly, &[day(9)], day(9)));
        assert!(is_due(badly, &[day(9)], day(10)));
    }

    /// Over 400 days of use on random days, no two rehearsals are further apart than a week and the pause of use after it.
    #[test]
    fn whoever_opens_the_ledger_now_and_then_never_goes_longer_than_a_week_of_use() {
        let (mut seed, mut last, mut today) = (7_u32, None, day(1));
        for _ in 0..400 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            today += chrono::TimeDelta::days(i64::from(seed >> 28) / 4 + 1);
            if is_due(last, &[day(1), today], today) {
                last = Some((today, Ended::Well));
            }
            let (on, _) = last.expect("the first backup lies there since the first day");
            assert!((today - on).num_days() < DAYS);
        }
    }
}
