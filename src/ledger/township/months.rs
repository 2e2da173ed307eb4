//! A month over all villages: what each closed, what was found later, and the sums. A month that a village has not closed
//! has no numbers of it yet, and is said to be open.

use std::collections::BTreeMap;

use crate::domain::hand_up::Measure;
use crate::ledger::error::Result;
use crate::ledger::months::{Adjustment, Numbers};
use crate::ledger::store::{members, received};
use crate::ledger::township::MemberRow;
use crate::ledger::view::View;

/// A village's month.
#[derive(Clone, Debug)]
pub struct MemberMonth {
    /// The village.
    pub member: MemberRow,
    /// Its numbers; empty while it has not sent the month.
    pub numbers: Numbers,
    /// What was found later, in the order of the days.
    pub adjustments: Vec<Adjustment>,
}

/// A month over all villages.
#[derive(Clone, Debug)]
pub struct OfficeMonth {
    /// It, as 2026-11.
    pub month: String,
    /// Village by village, in the order of their codes.
    pub rows: Vec<MemberMonth>,
    /// The sums of the numbers.
    pub sums: Numbers,
    /// The sums of what was found later.
    pub later: Numbers,
}

impl OfficeMonth {
    /// The sums with what was found later.
    pub fn corrected(&self) -> Numbers {
        let mut numbers = self.sums.clone();
        for (key, difference) in &self.later {
            *numbers.entry(key.clone()).or_default() += difference;
        }
        numbers
    }

    /// Whether the parts sum to the totals and no part is more than its whole; a file in which that is not so has lost
    /// the row before it came here.
    pub fn adds_up(&self) -> bool {
        let parts = |key: &(String, Measure)| self.rows.iter().filter_map(|row| row.numbers.get(key)).sum::<i64>();
        let fits = |(key, number): (&(String, Measure), &i64)| {
            let whole = key.1.within().filter(|whole| !whole.is_of_the_village());
            let whole = whole.map(|whole| self.sums.get(&(key.0.clone(), whole)).copied().unwrap_or(0));
            parts(key) == *number && whole.is_none_or(|whole| *number <= whole)
        };
        self.sums.iter().all(fits)
    }
}

impl View {
    /// A month over all villages, from the newest file of each.
    pub fn office_month(&self, month: &str) -> Result<OfficeMonth> {
        let files = received::files(self.conn())?;
        let (mut rows, mut sums, mut later) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for member in members::all(self.conn())? {
            let of = files.get(&member.id).map_or(&[][..], Vec::as_slice);
            let numbers = match received::newest(of) {
                Some(file) => received::counts_of(self.conn(), file.id, month)?,
                None => Numbers::new(),
            };
            let adjustments = received::adjustments(self.conn(), member.id, month)?;
            for (key, number) in &numbers {
                *sums.entry(key.clone()).or_default() += number;
            }
            for one in &adjustments {
                *later.entry((one.programme.clone(), one.measure)).or_default() += one.difference;
            }
            rows.push(MemberMonth { member: member.row, numbers, adjustments });
        }
        Ok(OfficeMonth { month: month.to_owned(), rows, sums, later })
    }
}
