//! Which backups are kept: all of the last 2 days, then 14 daily, 8 weekly and 12 monthly ones, and always the last 3.
//!
//! Every backup given is a verified one: none has its name before. A pure function of the instants; no file, no clock.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta};

/// All backups of so many days are kept.
pub const ALL_DAYS: i64 = 2;
/// The newest backup of each of so many days that have one.
pub const DAILY: usize = 14;
/// The newest backup of each of so many weeks that have one.
pub const WEEKLY: usize = 8;
/// The newest backup of each of so many months that have one.
pub const MONTHLY: usize = 12;
/// The last ones are kept whatever the clock says.
pub const LAST: usize = 3;

/// A verified backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// When it was made, local time.
    pub at: NaiveDateTime,
    /// The revision it holds. Grows even where the clock was set back.
    pub revision: i64,
}

/// The indices of the backups that may be removed. Their size is not looked at: nothing bounds what the last 2 days take.
pub fn superseded(made: &[Made], now: NaiveDateTime) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|&index| std::cmp::Reverse((made[index].at, made[index].revision, index)));
    let mut kept = BTreeSet::new();
    let mut by_revision = newest_first.clone();
    by_revision.sort_by_key(|&index| std::cmp::Reverse((made[index].revision, made[index].at)));
    kept.extend(by_revision.iter().take(LAST));
    kept.extend(newest_first.first());
    keep_newest_of(&newest_first, DAILY, &mut kept, |index| made[index].at.date());
    keep_newest_of(&newest_first, WEEKLY, &mut kept, |index| made[index].at.date().iso_week());
    keep_newest_of(&newest_first, MONTHLY, &mut kept, |index| (made[index].at.year(), made[index].at.month()));
    let is_recent = |index: &&usize| (now - made[**index].at).abs() <= TimeDelta::days(ALL_DAYS);
    kept.extend(newest_first.iter().filter(is_recent));
    (0..made.len()).filter(|index| !kept.contains(index)).collect()
}

/// Keeps the newest of each of the latest `count` periods that have one.
fn keep_newest_of<P: PartialEq>(
    newest_first: &[usize],
    count: usize,
    kept: &mut BTreeSet<usize>,
    period: impl Fn(usize) -> P,
) {
    let mut last = None;
    let mut seen = 0;
    for &index in newest_first {
        let this = Some(period(index));
        if this == last {
            continue;
        }
        if seen == count {
            return;
        }
        seen += 1;
        kept.insert(index);
        last = this;
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn start() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("an instant")
    }

    fn thin(made: &mut Vec<Made>, now: NaiveDateTime) {
        let gone: BTreeSet<usize> = superseded(made, now).into_iter().collect();
        let mut index = 0;
        made.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }

    fn distinct<P: Ord>(made: &[Made], period: impl Fn(&Made) -> P) -> usize {
        made.iter().map(period).collect::<BTreeSet<P>>().len()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn over_400_days_the_newest_stays_the_count_is_bounded_and_every_class_is_there(
            minutes in prop::collection::vec(30_u32..3000, 200..800),
        ) {
            let (mut made, mut all, mut now) = (Vec::new(), Vec::new(), start());
            for (step, minutes) in minutes.iter().cycle().enumerate() {
                now += TimeDelta::minutes(i64::from(*minutes));
                if now - start() > TimeDelta::days(400) {
                    break;
                }
                let new = Made { at: now, revision: step as i64 };
                made.push(new);
                all.push(new);
                thin(&mut made, now);
                prop_assert!(made.contains(&new));
                let recent = all.iter().filter(|m| now - m.at <= TimeDelta::days(ALL_DAYS)).count();
                prop_assert_eq!(made.iter().filter(|m| now - m.at <= TimeDelta::days(ALL_DAYS)).count(), recent);
                prop_assert!(made.len() <= recent + DAILY + WEEKLY + MONTHLY + LAST);
                prop_assert!(all.iter().rev().take(LAST).all(|last| made.contains(last)));
            }
            prop_assert!(distinct(&made, |m| m.at.date()) >= DAILY);
            prop_assert!(distinct(&made, |m| (m.at.year(), m.at.month())) >= MONTHLY);
            // The newest of each of the last days, weeks and months, as if nothing had ever been removed.
            for (count, period) in [
                (DAILY, (|m: &Made| m.at.date().to_string()) as fn(&Made) -> String),
                (WEEKLY, |m| format!("{:?}", m.at.date().iso_week())),
                (MONTHLY, |m| m.at.format("%Y-%m").to_string()),
            ] {
                let mut seen = BTreeSet::new();
                for newest in all.iter().rev().filter(|m| seen.insert(period(m))).take(count) {
                    prop_assert!(made.contains(newest));
                }
            }
        }

        #[test]
        fn the_last_three_stay_whatever_the_clock_says_and_thinning_twice_removes_nothing_more(
            instants in prop::collection::vec(0_i64..60_000_000, 1..200),
            now in 0_i64..60_000_000,
        ) {
            let made: Vec<Made> = instants
                .iter()
                .enumerate()
                .map(|(step, at)| Made { at: start() + TimeDelta::minutes(*at), revision: step as i64 })
                .collect();
            let now = start() + TimeDelta::minutes(now);
            let mut kept = made.clone();
            thin(&mut kept, now);
            prop_assert!(made.iter().rev().take(LAST).all(|last| kept.contains(last)));
            let newest = made.iter().max_by_key(|m| (m.at, m.revision)).expect("one at least");
            prop_assert!(kept.contains(newest));
            let mut again = kept.clone();
            thin(&mut again, now);
            prop_assert_eq!(again, kept);
        }
    }

    #[test]
    fn all_of_the_last_two_days_stay() {
        let made: Vec<Made> = (0..90)
            .map(|half_hour| Made { at: start() + TimeDelta::minutes(30 * half_hour), revision: half_hour })
            .collect();
        assert!(superseded(&made, start() + TimeDelta::minutes(30 * 90)).is_empty());
    }

    #[test]
    fn of_nothing_nothing_is_removed() {
        assert!(superseded(&[], start()).is_empty());
    }
}
