//! The only room that asks what time it is. Everything below gets a [`Stamp`] and a *today* as parameters.

use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use crate::ledger::command::Stamp;

/// Asks the system's clock, in Beijing time: all of China keeps it, whatever zone a laptop was set to.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    today: Option<NaiveDate>,
}

/// China's offset from UTC; there has been no summer time since 1991 (GB/T 7408 writes +08:00).
fn beijing() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

impl Clock {
    /// A clock whose calendar shows this day (`XIANGLI_TODAY`), or the real one.
    pub fn showing(today: Option<NaiveDate>) -> Self {
        Self { today }
    }

    /// This instant; on the day that the calendar shows.
    pub fn now(&self) -> DateTime<FixedOffset> {
        #[allow(clippy::disallowed_methods, reason = "this is the one place")]
        let now = DateTime::<Utc>::from(SystemTime::now()).with_timezone(&beijing());
        match self.today {
            None => now,
            Some(today) => today.and_time(now.time()).and_local_timezone(beijing()).single().unwrap_or(now),
        }
    }

    /// Today, now, and who sits here.
    pub fn stamp(&self) -> Stamp {
        let at = self.now();
        let by = std::env::var("USERNAME").or_else(|_| std::env::var("USER")).unwrap_or_default();
        Stamp { at, today: at.date_naive(), by }
    }

    /// The first instant of today, for what must repeat exactly.
    pub fn start_of_day(&self) -> Stamp {
        let stamp = self.stamp();
        let midnight = stamp.today.and_time(NaiveTime::MIN).and_local_timezone(beijing()).single();
        Stamp { at: midnight.unwrap_or(stamp.at), by: String::new(), ..stamp }
    }
}
