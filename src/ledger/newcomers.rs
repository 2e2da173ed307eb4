//! Who comes of age for a programme soon: so that papers can be made ready before the day, as in January for those who
//! turn 60 in the year. The rules decide; nothing is stored.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::partial_date::turns;
use crate::domain::programme::clause::Age;
use crate::domain::programme::{AgeOn, Clause, Num, Programme};
use crate::ledger::error::Result;
use crate::ledger::lists::ListRow;
use crate::ledger::view::View;

/// Somebody who will be eligible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The person, with what the list will say.
    pub row: ListRow,
    /// The day from which it holds, if nothing else changes.
    pub from: NaiveDate,
}

impl View {
    /// Who is not on the list yet and will be by the end of next year, for reaching an age; the earliest first. Of some
    /// something must still be asked, as on the list itself. Empty for programmes that do not begin with an age.
    pub fn newcomers(&self, programme: &str, as_of: NaiveDate) -> Result<Vec<Newcomer>> {
        let programme = self.programme(programme)?;
        let end = NaiveDate::from_ymd_opt(as_of.year() + 1, 12, 31);
        let (Some(age), Some(end)) = (beginning(&programme), end) else { return Ok(Vec::new()) };
        let now = self.list(&programme.id, as_of)?.rows;
        let listed: HashSet<&str> = now.iter().map(|row| row.uid.as_str()).collect();
        let then = self.list(&programme.id, end)?.rows.into_iter();
        let coming = then.filter(|row| !listed.contains(row.uid.as_str()));
        let mut newcomers: Vec<Newcomer> =
            coming.filter_map(|row| Some(Newcomer { from: from(age, &row)?.max(as_of), row })).collect();
        newcomers.sort_by(|a, b| (a.from, &a.row.uid).cmp(&(b.from, &b.row.uid)));
        newcomers.retain(|newcomer| newcomer.from > as_of);
        Ok(newcomers)
    }
}

/// Whether a programme begins with an age, so that somebody can come of it.
pub fn begins_with_an_age(programme: &Programme) -> bool {
    beginning(programme).is_some()
}

/// The clause on the youngest age.
fn beginning(programme: &Programme) -> Option<&Age> {
    programme.clauses.iter().find_map(|clause| match clause {
        Clause::Age(age) if age.min.as_ref().and_then(Num::value).is_some_and(|min| min > 0) => Some(age),
        _ => None,
    })
}

/// The first day on which somebody is of that age, as the programme counts it.
fn from(age: &Age, row: &ListRow) -> Option<NaiveDate> {
    let birthday = turns(row.facts.born?.value.latest(), age.min.as_ref()?.value()?)?;
    match age.on {
        AgeOn::YearEnd => NaiveDate::from_ymd_opt(birthday.year(), 1, 1),
        AgeOn::MonthEnd => birthday.with_day(1),
        AgeOn::VisitDay | AgeOn::Local(_) => Some(birthday),
    }
}
