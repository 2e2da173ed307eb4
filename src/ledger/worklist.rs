//! The worklist: tasks derived from the lists by the one definition of *due* in `domain::worklist`.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::programme::{Programme, Tell};
use crate::domain::worklist::{Due, Section, Standing, due, section, since};
use crate::ledger::error::Result;
use crate::ledger::lists::{ListRow, Walk};
use crate::ledger::progress::Unwatched;
use crate::ledger::store::candidates::Detail;
use crate::ledger::view::View;

/// One task.
#[derive(Clone, Debug)]
pub struct TaskRow {
    /// The programme it belongs to.
    pub programme: Arc<Programme>,
    /// What is to be done, by when.
    pub due: Due,
    /// The section it stands in today.
    pub section: Section,
    /// Whom it is about.
    pub person: ListRow,
}

impl View {
    /// What is to be done, as of today: overdue first, then by day, group and household.
    pub fn worklist(&self, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let each = self.in_force()?.into_iter().filter(|programme| programme.tell == Tell::Each).collect();
        let walk = Walk::new(each, today);
        let mut tasks = Vec::new();
        walk.each(self, (Detail::Rows, &Unwatched), |found| {
            // Who knows of it leaves no task: then no row is made either.
            if !found.state.is_told() {
                tasks.extend(task(&walk.programmes[found.at], found.row()?, today));
            }
            Ok(())
        })?;
        tasks.sort_by_cached_key(|task| {
            let group = crate::ledger::village::group_order(&task.person.group);
            (task.section, task.due.on, group, task.person.household_uid.clone(), task.person.uid.clone())
        });
        Ok(tasks)
    }
}

fn task(programme: &Arc<Programme>, person: ListRow, today: NaiveDate) -> Option<TaskRow> {
    let standing = Standing {
        holds: person.holds,
        state: person.state,
        outcome_on: person.outcome_on,
        tries: person.tries,
        since: since(programme, &person.facts, person.known_on),
    };
    let due = due(programme, &person.turn, standing)?;
    Some(TaskRow { programme: programme.clone(), due, section: section(due.on, today), person })
}
