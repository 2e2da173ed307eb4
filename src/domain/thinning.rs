//! Which backups are kept: all of the last 2 days, then 14 daily, 8 weekly and 12 monthly ones, and always the last 3; and of
//! these no more than a tenth of the free disk holds.
//!
//! Every backup given is a verified one: none has its name before. Pure functions of instants and sizes; no file, no clock.

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

/// All backups together take no more than one in so many bytes of what would be free without them.
pub const SHARE_OF_FREE: u64 = 10;

/// A verified backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// When it was made, local time.
    pub at: NaiveDateTime,
    /// The revision it holds. Grows even where the clock was set back.
    pub revision: i64,
}

/// The indices of the backups that newer ones stand for, by age alone.
pub fn superseded(made: &[Made], now: NaiveDateTime) -> Vec<usize> {
    let newest_first = newest_first(made);
    let mut kept = spread(made, &newest_first);
    let is_recent = |index: &&usize| (now - made[**index].at).abs() <= TimeDelta::days(ALL_DAYS);
    kept.extend(newest_first.iter().filter(is_recent));
    (0..made.len()).filter(|index| !kept.contains(index)).collect()
}

/// The room that backups take, and that there is for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The bytes that are free on their disk now.
    pub free: u64,
    /// The bytes of backups that are never removed, such as those before a migration; they take of the same tenth.
    pub fixed: u64,
}

/// The indices of the backups that go, too, because all of them take more than their share of the free disk: first, the oldest
/// first, those of the last 2 days that stand for no day, week or month of their own, since closer ones lose least by it; then
/// the oldest of the others. The last ones stay, however little room there is: at least the newest, and one that is older.
pub fn beyond_room(made: &[Made], bytes: &[u64], room: Room) -> Vec<usize> {
    let newest_first = newest_first(made);
    let (last, spread) = (last(made, &newest_first), spread(made, &newest_first));
    let mut taken = bytes.iter().fold(room.fixed, |sum, bytes| sum.saturating_add(*bytes));
    // What they take now would be free without them.
    let share = room.free.saturating_add(taken) / SHARE_OF_FREE;
    let oldest_first = newest_first.iter().rev().copied().filter(|index| !last.contains(index));
    let (of_a_period, close): (Vec<usize>, Vec<usize>) = oldest_first.partition(|index| spread.contains(index));
    let mut gone = Vec::new();
    for index in close.into_iter().chain(of_a_period) {
        if taken <= share {
            break;
        }
        taken = taken.saturating_sub(bytes[index]);
        gone.push(index);
    }
    gone
}

fn newest_first(made: &[Made]) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|&index| std::cmp::Reverse((made[index].at, made[index].revision, index)));
    newest_first
}

/// Those that are kept whatever the clock and the disk say.
fn last(made: &[Made], newest_first: &[usize]) -> BTreeSet<usize> {
    let mut by_revision = newest_first.to_vec();
    by_revision.sort_by_key(|&index| std::cmp::Reverse((made[index].revision, made[index].at)));
    by_revision.iter().take(LAST).chain(newest_first.first()).copied().collect()
}

/// The last ones, and one for each day, week and month.
fn spread(made: &[Made], newest_first: &[usize]) -> BTreeSet<usize> {
    let mut kept = last(made, newest_first);
    keep_newest_of(newest_first, DAILY, &mut kept, |index| made[index].at.date());
    keep_newest_of(newest_first, WEEKLY, &mut kept, |index| made[index].at.date().iso_week());
    keep_newest_of(newest_first, MONTHLY, &mut kept, |index| (made[index].at.year(), made[index].at.month()));
    kept
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

    /// What is kept of one a day for 40 days and one each half hour of the last morning, the oldest first, each so large; and
    /// where the last day begins.
    fn days_and_half_hours(each: u64) -> (Vec<Made>, Vec<u64>, usize) {
        let days = (0..40).map(TimeDelta::days);
        let hours = (1..=20).map(|half| TimeDelta::days(39) + TimeDelta::minutes(30 * half));
        let mut made: Vec<Made> =
            days.chain(hours).zip(0..).map(|(after, revision)| Made { at: start() + after, revision }).collect();
        let now = made[made.len() - 1].at;
        thin(&mut made, now);
        let (bytes, last_day) = (vec![each; made.len()], made.len() - 21);
        (made, bytes, last_day)
    }

    #[test]
    fn where_there_is_room_nothing_goes_for_want_of_it() {
        let (made, bytes, _) = days_and_half_hours(100);
        let taken = bytes.iter().sum::<u64>();
        assert!(beyond_room(&made, &bytes, Room { free: 9 * taken, fixed: 0 }).is_empty(), "a tenth to the byte");
        assert_eq!(beyond_room(&made, &bytes, Room { free: 9 * taken - 10, fixed: 0 }).len(), 1);
        assert!(!beyond_room(&made, &bytes, Room { free: 9 * taken, fixed: 300 }).is_empty(), "others take of it, too");
        assert!(beyond_room(&[], &[], Room { free: 0, fixed: 0 }).is_empty());
    }

    #[test]
    fn close_ones_go_before_those_of_a_day_and_each_time_the_oldest() {
        let (made, bytes, last_day) = days_and_half_hours(100);
        let taken = bytes.iter().sum::<u64>();
        // Room for all but so many.
        let without = |count: u64| Room { free: (taken - 100 * count) * 10 - taken, fixed: 0 };
        let close: Vec<usize> = (last_day..made.len() - LAST).collect();
        assert_eq!(beyond_room(&made, &bytes, without(5)), close[..5]);
        let more = beyond_room(&made, &bytes, without(close.len() as u64 + 4));
        assert_eq!(more, [close.as_slice(), &[0, 1, 2, 3]].concat(), "then the oldest of all");
    }

    #[test]
    fn however_little_room_there_is_the_last_ones_stay() {
        let (made, bytes, _) = days_and_half_hours(1 << 40);
        let gone = beyond_room(&made, &bytes, Room { free: 0, fixed: u64::MAX });
        let kept: Vec<usize> = (0..made.len()).filter(|index| !gone.contains(index)).collect();
        assert_eq!(kept, [made.len() - 3, made.len() - 2, made.len() - 1]);
        // Where the clock was set back, the newest by the clock stays with the last by what they hold.
        let behind = [(5, 0), (1, 1), (2, 2), (3, 3)];
        let made = behind.map(|(day, revision)| Made { at: start() + TimeDelta::days(day), revision });
        assert!(beyond_room(&made, &[1 << 40; 4], Room { free: 0, fixed: 0 }).is_empty());
        assert!(beyond_room(&made[..2], &[1 << 40; 2], Room { free: 0, fixed: 0 }).is_empty());
    }
}
