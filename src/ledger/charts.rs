//! Pictures of one programme: how many of those who may have it had been told by the end of each month, and how old those
//! are who are still to be told. Numbers only.

use std::sync::Arc;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::domain::programme::Programme;
use crate::domain::pyramid::Pyramid;
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::view::View;

/// How many months are shown, the present one with them.
const MONTHS: u32 = 12;

/// One programme in numbers.
pub struct ProgrammeChart {
    /// The programme.
    pub programme: Arc<Programme>,
    /// Who may have it in the present turn and did not decline.
    pub eligible: u64,
    /// Who declined: a number, and in none of the others.
    pub declined: u64,
    /// The first day of each month, the earliest first, and how many of them had been told by its end, as of what was noted
    /// last about each.
    pub told: Vec<(NaiveDate, u64)>,
    /// Who is still to be told, by age and sex.
    pub to_tell: Pyramid,
}

impl View {
    /// Counts a programme's list for its pictures.
    ///
    /// # Errors
    /// There is no such programme, or it lists nobody.
    pub fn programme_chart(&self, id: &str, today: NaiveDate) -> Result<ProgrammeChart> {
        let list = self.list(id, today)?;
        if !list.programme.lists_people() {
            return Err(LedgerError::refused("paper-lists-nobody"));
        }
        let mut chart = ProgrammeChart {
            programme: list.programme.clone(),
            eligible: 0,
            declined: list.counts.declined,
            told: months(today),
            to_tell: Pyramid::default(),
        };
        for row in list.rows.iter().filter(|row| row.holds == Holds::Yes) {
            chart.eligible += 1;
            if !row.state.is_told() {
                let (born, sex) = (row.facts.born.map(|born| born.value), row.facts.sex.map(|sex| sex.value));
                chart.to_tell.add(born, sex, today);
                continue;
            }
            for (first, told) in &mut chart.told {
                let next = first.checked_add_months(Months::new(1)).unwrap_or(today);
                *told += u64::from(row.outcome_on.is_none_or(|on| on < next));
            }
        }
        Ok(chart)
    }
}

/// The months up to this day's, each with nobody told yet.
fn months(today: NaiveDate) -> Vec<(NaiveDate, u64)> {
    let this = today.with_day(1).unwrap_or(today);
    (0..MONTHS).rev().filter_map(|back| Some((this.checked_sub_months(Months::new(back))?, 0))).collect()
}
