//! 村级自查: five points about the village's own work, counted from the ledger where it knows. No name is in it.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::programme::Programme;
use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::error::Result;
use crate::ledger::lists::Counts;
use crate::ledger::view::View;

/// What the ledger knows of the five points.
#[derive(Debug)]
pub struct SelfCheck {
    /// Groups where somebody lives.
    pub groups: usize,
    /// Those of them with a contact person.
    pub looked_after: usize,
    /// Trainings this year.
    pub trainings: usize,
    /// Masked sheets that hang.
    pub hanging: usize,
    /// Those of them that should have come down.
    pub overdue: usize,
    /// Services in the directory.
    pub services: usize,
    /// Entries of the phone list.
    pub phones: usize,
    /// What villagers said this year.
    pub feedback: usize,
    /// What was answered of it.
    pub answered: usize,
    /// What is to be looked at in the ledger.
    pub findings: usize,
    /// Each programme with its numbers; none of which nothing may be told.
    pub programmes: Vec<(Arc<Programme>, Counts)>,
}

impl View {
    /// Counts the five points as of a day.
    pub fn self_check(&self, today: NaiveDate) -> Result<SelfCheck> {
        let groups: Vec<_> = self.groups()?.into_iter().filter(|group| group.residents > 0).collect();
        let of_year = |kind| -> Result<Vec<Entry>> {
            let mut entries = self.village_record(kind)?;
            entries.retain(|entry| entry.on.year() == today.year());
            Ok(entries)
        };
        let feedback = of_year(RecordKind::Feedback)?;
        let is_answered = |entry: &&Entry| entry.texts.get(1).is_some_and(|answer| !answer.is_empty());
        let lists = self.lists(today)?.into_iter();
        let lists = lists.filter(|list| list.programme.may_be_told_of() && list.counts.eligible > 0);
        Ok(SelfCheck {
            looked_after: groups.iter().filter(|group| !group.contact.is_empty()).count(),
            groups: groups.len(),
            trainings: of_year(RecordKind::Training)?.len(),
            hanging: self.public_sheets()?.len(),
            overdue: self.sheets_to_take_down(today)?.len(),
            services: self.village_record(RecordKind::Service)?.len(),
            phones: self.village_record(RecordKind::Phone)?.len(),
            answered: feedback.iter().filter(is_answered).count(),
            feedback: feedback.len(),
            findings: self.quality(today)?.to_mend(),
            programmes: lists.map(|list| (list.programme, list.counts)).collect(),
        })
    }
}
