//! 关爱: who helps whom, what was agreed, visits and the next one. Kept with agreement only; children left behind are
//! shown on being asked for, each look written down. No amounts, nothing printed but on the person's own copy, nothing
//! exported.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::care::CareKind;
use crate::domain::look::LookReason;
use crate::domain::one_line::one_line;
use crate::domain::resident::{Field, Standing};
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::keys::Role;
use crate::ledger::lists::of_this_village;
use crate::ledger::residents::{brief, not_ahead};
use crate::ledger::store::{Note, Tx, care as store, looks, residents, same_person};
use crate::ledger::tasks::Named;
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// What is kept of somebody's care, as it is edited.
#[derive(Clone, PartialEq, Eq)]
pub struct CareEdit {
    /// The resident's uid.
    pub resident: String,
    /// Which kind.
    pub kind: CareKind,
    /// Who helps, as they are called.
    pub helper: String,
    /// The helper's phone; empty for none.
    pub phone: String,
    /// What was agreed, in a few words.
    pub agreed: String,
    /// The guardian who agreed, for a child.
    pub agreed_by: String,
    /// The day on which it was agreed to.
    pub agreed_on: Option<NaiveDate>,
    /// The next visit.
    pub next_on: Option<NaiveDate>,
}

/// Somebody's care.
#[derive(Clone)]
pub struct CareRow {
    /// Its identity.
    pub uid: String,
    /// For whom.
    pub who: Named,
    /// What is kept of it.
    pub kept: CareEdit,
    /// Visits with what is to be remembered, the latest first.
    pub visits: Vec<(NaiveDate, String)>,
}

/// No value of a person.
impl std::fmt::Debug for CareRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CareRow({})", self.uid)
    }
}

impl View {
    /// The care of a kind, by group and name; none of who died, moved away or asked not to be kept in lists.
    pub fn care(&self, kind: CareKind) -> Result<Vec<CareRow>> {
        let kept = store::of_kind(self.conn(), kind)?;
        if kept.is_empty() {
            return Ok(Vec::new());
        }
        let (links, hidden) = (same_person::listed_of_behind(self.conn())?, self.hidden()?);
        let listed = |record: i64| links.get(&record).copied().unwrap_or(record);
        let keys: HashSet<i64> = kept.iter().map(|one| listed(one.resident)).collect();
        let named: HashMap<i64, Named> = residents::named(self.conn(), &keys)?;
        let mut visits = store::visits(self.conn())?;
        let mut rows = Vec::new();
        for one in kept {
            let key = listed(one.resident);
            let who =
                named.get(&key).filter(|who| who.standing == Standing::Present && !hidden.contains(&key)).cloned();
            rows.extend(who.map(|who| CareRow {
                uid: one.uid,
                kept: CareEdit { resident: who.uid.clone(), ..one.edit },
                visits: visits.remove(&one.key).unwrap_or_default(),
                who,
            }));
        }
        rows.sort_by_cached_key(|row| (group_order(&row.who.group), row.who.name.clone(), row.uid.clone()));
        Ok(rows)
    }

    /// The care of a kind of one person.
    pub fn care_of(&self, uid: &str, kind: CareKind) -> Result<Option<CareRow>> {
        Ok(self.care(kind)?.into_iter().find(|row| row.who.uid == uid))
    }

    /// How often the children were looked at, and the last day.
    pub fn care_looks(&self) -> Result<(u64, Option<NaiveDate>)> {
        store::looks(self.conn())
    }
}

/// Writes down what was agreed.
///
/// # Errors
/// `error-care-helper` without a helper, `error-care-agreed` without the day of agreement, `error-care-guardian` for a
/// child without a guardian's name.
pub(in crate::ledger) fn set(tx: &mut Tx<'_>, new: &CareEdit) -> Result<()> {
    let resident = of_this_village(tx, &new.resident)?;
    let short = |text: &str| one_line(Field::Phone, text).map_err(|_| LedgerError::refused("error-away-long"));
    let edit = CareEdit {
        helper: short(&new.helper)?,
        phone: short(&new.phone)?,
        agreed: long(&new.agreed)?,
        agreed_by: short(&new.agreed_by)?,
        ..new.clone()
    };
    if edit.helper.is_empty() {
        return Err(LedgerError::refused("error-care-helper"));
    }
    if edit.kind == CareKind::LeftBehind && edit.agreed_by.is_empty() {
        return Err(LedgerError::refused("error-care-guardian"));
    }
    let agreed_on = edit.agreed_on.ok_or_else(|| LedgerError::refused("error-care-agreed"))?;
    not_ahead(tx, agreed_on)?;
    store::put(tx, resident, &edit, agreed_on)
}

/// Ends it, as when it is no longer wanted.
pub(in crate::ledger) fn end(tx: &Tx<'_>, care: &str, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    store::end(tx, open(tx, care)?, on)
}

/// Notes a visit.
pub(in crate::ledger) fn visited(
    tx: &mut Tx<'_>,
    care: &str,
    (on, note): (NaiveDate, &str),
    next_on: Option<NaiveDate>,
) -> Result<()> {
    not_ahead(tx, on)?;
    let (key, note) = (open(tx, care)?, long(note)?);
    store::visit(tx, key, (on, &note), next_on)
}

/// Puts the next visit to another day.
pub(in crate::ledger) fn put_to(tx: &Tx<'_>, care: &str, next_on: NaiveDate) -> Result<()> {
    store::set_next(tx, open(tx, care)?, Some(next_on))
}

impl Ledger {
    /// Writes down that the care of these children left behind is looked at, and why: each child's look as any other look at
    /// what is hidden, and how many they were as a step of the history that no undo reaches. The revision after it; none where
    /// the history takes nothing, as for who may only look.
    ///
    /// # Errors
    /// `error-no-such-resident`; the disk. Then nothing was written.
    pub fn look_at_care(&mut self, children: &[&str], why: LookReason, stamp: &Stamp) -> Result<Option<i64>> {
        if self.role() == Role::Looking || self.handed_over()?.is_some() {
            return self.note_looks(children, why, stamp).map(|()| None);
        }
        let count = i64::try_from(children.len()).unwrap_or(i64::MAX);
        let note = Note { op: "look-care", count, ..Note::default() };
        self.store.transact(stamp, note, |tx| {
            children.iter().try_for_each(|child| brief(tx, child).map(drop))?;
            looks::insert_all(tx.conn(), (&stamp.at.to_rfc3339(), &stamp.by), children, why)?;
            store::insert_look(tx, stamp.today, count)
        })?;
        self.revision().map(Some)
    }
}

fn open(tx: &Tx<'_>, care: &str) -> Result<i64> {
    store::open(tx.conn(), care)?.ok_or_else(|| LedgerError::refused("error-no-such-care"))
}

fn long(text: &str) -> Result<String> {
    one_line(Field::Address, text).map_err(|_| LedgerError::refused("error-task-long"))
}
