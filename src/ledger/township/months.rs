//! A month over all villages: what each closed, what was found later, and the sums. A month that a village has not closed
//! has no numbers of it yet, and is said to be open.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::hand_up::Measure;
use crate::domain::hand_up::chain::current;
use crate::domain::resident::worded;
use crate::domain::statistics::says_how_it_stands;
use crate::ledger::error::Result;
use crate::ledger::months::{Adjustment, Numbers, are_within};
use crate::ledger::store::members::{self, Kept};
use crate::ledger::store::received;
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
    /// Whether the numbers stand; of a year, the least sure of its months.
    pub state: MonthState,
}

/// Whether the numbers of a village's month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthState {
    /// The village closed it.
    Closed,
    /// The village had not closed it when it last wrote.
    Open,
    /// It sent nothing of it.
    NotSent,
}
worded!(MonthState, "member-month" { Closed => "closed", Open => "open", NotSent => "not_sent" });

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
        are_within(&self.sums) && self.sums.iter().all(|(key, number)| parts(key) == *number)
    }
}

/// A month that can be looked at over all villages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeMonthRow {
    /// It, as 2026-11.
    pub month: String,
    /// How many villages have sent it.
    pub villages: usize,
    /// How many of them found something later.
    pub adjusted: usize,
}

impl View {
    /// The months of which any village's files say something, the newest first; and how many villages there are.
    pub fn office_months(&self) -> Result<(Vec<OfficeMonthRow>, usize)> {
        let (members, files) = (members::all(self.conn())?, received::files(self.conn())?);
        let mut found: BTreeMap<String, OfficeMonthRow> = BTreeMap::new();
        for member in &members {
            let mut months = BTreeSet::new();
            for file in files.get(&member.id).map_or(&[][..], Vec::as_slice) {
                months.extend(received::months_of(self.conn(), file.id)?);
            }
            for month in months {
                let is_adjusted = !received::adjustments(self.conn(), member.id, &month)?.is_empty();
                let row = found.entry(month.clone()).or_insert(OfficeMonthRow { month, villages: 0, adjusted: 0 });
                row.villages += 1;
                row.adjusted += usize::from(is_adjusted);
            }
        }
        Ok((found.into_values().rev().collect(), members.len()))
    }

    /// A month (2026-11) or year (2026) over all villages. A year is the sum of its months: who came twice in it counts twice.
    pub fn office_month(&self, of: &str) -> Result<OfficeMonth> {
        let files = received::files(self.conn())?;
        let (mut rows, mut sums, mut later) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for member in members::all(self.conn())? {
            let files = files.get(&member.id).map_or(&[][..], Vec::as_slice);
            let row = self.member_month(&member, files, of)?;
            for (key, number) in &row.numbers {
                *sums.entry(key.clone()).or_default() += number;
            }
            for one in &row.adjustments {
                *later.entry((one.programme.clone(), one.measure)).or_default() += one.difference;
            }
            rows.push(row);
        }
        Ok(OfficeMonth { month: of.to_owned(), rows, sums, later })
    }

    fn member_month(&self, member: &Kept, files: &[received::File], of: &str) -> Result<MemberMonth> {
        if of.len() == "2026-11".len() {
            let (numbers, state) = self.received_month(files, of)?;
            let adjustments = received::adjustments(self.conn(), member.id, of)?;
            return Ok(MemberMonth { member: member.row.clone(), numbers, adjustments, state });
        }
        let mut year = MemberMonth {
            member: member.row.clone(),
            numbers: Numbers::new(),
            adjustments: Vec::new(),
            state: MonthState::Closed,
        };
        for month in 1..=12 {
            let month = format!("{of}-{month:02}");
            let (numbers, state) = self.received_month(files, &month)?;
            for (key, number) in numbers.into_iter().filter(|(key, _)| key.1.is_of_the_month()) {
                *year.numbers.entry(key).or_default() += number;
            }
            year.adjustments.extend(received::adjustments(self.conn(), member.id, &month)?);
            year.state = year.state.max(state);
        }
        Ok(year)
    }

    /// What a member's files say of a month. What happened in it is in the newest file that has the month; how things stood,
    /// in the newest that says so: a month that was closed after its end says only what happened.
    pub(in crate::ledger) fn received_month(
        &self,
        files: &[received::File],
        month: &str,
    ) -> Result<(Numbers, MonthState)> {
        let mut rest: Vec<&received::File> = files.iter().filter(|file| file.month.as_str() >= month).collect();
        let (mut happened, mut stood, mut state) = (None, None, MonthState::NotSent);
        while stood.is_none() {
            let links: Vec<_> = rest.iter().map(|file| file.link.clone()).collect();
            let Some(at) = current(&links).and_then(|link| rest.iter().position(|file| file.link == *link)) else {
                break;
            };
            let file = rest.remove(at);
            let numbers = received::counts_of(self.conn(), file.id, month)?;
            if numbers.is_empty() {
                continue;
            }
            if happened.is_none() {
                state = if file.month.as_str() > month { MonthState::Closed } else { MonthState::Open };
            }
            if says_how_it_stands(&numbers) {
                stood = Some(numbers.clone());
            }
            happened.get_or_insert(numbers);
        }
        let mut numbers: Numbers = stood.unwrap_or_default();
        numbers.retain(|(_, measure), _| !measure.is_of_the_month());
        numbers.extend(happened.unwrap_or_default().into_iter().filter(|((_, measure), _)| measure.is_of_the_month()));
        Ok((numbers, state))
    }
}
