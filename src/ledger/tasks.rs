//! Tasks written by hand, and tasks of the worklist that are put off. What is written by hand is free text: it is shown,
//! and nothing else is done with it.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::one_line::one_line;
use crate::domain::programme::Programme;
use crate::domain::resident::{Field, Standing};
use crate::domain::worklist::{PutOff, TaskEnd};
use crate::ledger::command::NewTask;
use crate::ledger::consents::still_agreed;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::{of_this_village, turn_on};
use crate::ledger::residents::not_ahead;
pub use crate::ledger::store::residents::Named;
use crate::ledger::store::{Tx, residents, same_person, tasks as store};
use crate::ledger::view::View;

/// A task written by hand.
#[derive(Clone)]
pub struct NotedTask {
    /// Identity.
    pub uid: String,
    /// In a few words.
    pub what: String,
    /// By when.
    pub due_on: NaiveDate,
    /// The day it was written.
    pub made_on: NaiveDate,
    /// About whom; nobody in particular where none.
    pub about: Option<Named>,
}

/// Without the words.
impl std::fmt::Debug for NotedTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NotedTask({} {})", self.uid, self.due_on)
    }
}

impl View {
    /// The tasks written by hand that are open; those about somebody who died, moved away or asked not to be kept in
    /// lists any more have gone with them.
    pub fn noted_tasks(&self) -> Result<Vec<NotedTask>> {
        let (links, hidden) = (same_person::listed_of_behind(self.conn())?, self.hidden()?);
        let open = store::open(self.conn())?;
        let listed = |record: i64| links.get(&record).copied().unwrap_or(record);
        let keys: HashSet<i64> = open.iter().filter_map(|task| task.resident.map(listed)).collect();
        let named = residents::named(self.conn(), &keys)?;
        let mut tasks = Vec::new();
        for task in open {
            let record = task.resident.map(listed);
            let about = record.and_then(|record| named.get(&record)).cloned();
            let is_gone = about.as_ref().is_some_and(|who| who.standing != Standing::Present);
            if is_gone || record.is_some_and(|record| hidden.contains(&record)) {
                continue;
            }
            let store::Open { uid, what, due_on, made_on, .. } = task;
            tasks.push(NotedTask { uid, what, due_on, made_on, about });
        }
        Ok(tasks)
    }
}

/// Writes a task down.
///
/// # Errors
/// `error-task-empty` without words; somebody who does not live here.
pub(in crate::ledger) fn write(tx: &mut Tx<'_>, new: &NewTask) -> Result<()> {
    let what = one_line(Field::Address, &new.what).map_err(|_| LedgerError::refused("error-task-long"))?;
    if what.is_empty() {
        return Err(LedgerError::refused("error-task-empty"));
    }
    let resident = new.resident.as_ref().map(|uid| of_this_village(tx, uid)).transpose()?;
    let today = tx.today;
    store::insert(tx, &what, new.due_on, resident, today)
}

/// Ends one.
pub(in crate::ledger) fn end(tx: &Tx<'_>, task: &str, how: TaskEnd, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    found(store::end(tx, task, how, on)?)
}

/// Gives one another day.
pub(in crate::ledger) fn put_to(tx: &Tx<'_>, task: &str, due_on: NaiveDate) -> Result<()> {
    found(store::put_to(tx, task, due_on)?)
}

fn found(found: bool) -> Result<()> {
    if found { Ok(()) } else { Err(LedgerError::refused("error-no-such-task")) }
}

/// Puts off what the worklist asks about somebody and a programme in the present turn.
///
/// # Errors
/// `error-put-off-past` for a day that is not ahead.
pub(in crate::ledger) fn put_off(
    tx: &mut Tx<'_>,
    programme: &Programme,
    uid: &str,
    how: PutOff,
    on: NaiveDate,
) -> Result<()> {
    not_ahead(tx, on)?;
    if matches!(how, PutOff::Until(day) if day <= tx.today) {
        return Err(LedgerError::refused("error-put-off-past"));
    }
    let resident = of_this_village(tx, uid)?;
    still_agreed(tx, resident, programme.kind)?;
    let period = turn_on(tx, programme, uid, on)?.name;
    store::put_off(tx, resident, (&programme.id, &period), how, on)
}
