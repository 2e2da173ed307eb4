//! Two records that are one person: a link, not a fusion. Merging hides one record behind the other and writes the
//! values that were chosen; taking the link away later puts back what stood before, but for what was edited since.
//! Offers and services stay with the record they were made for; while the link stands, they are read together.

use crate::domain::resident::Standing;
use crate::ledger::command::{Merge, Taken};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::{ResidentRow, brief};
use crate::ledger::store::same_person::{self as links, Kept};
use crate::ledger::store::{Tx, residents};
use crate::ledger::view::View;

/// How a record is linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// The uid of the listed record it stands behind.
    pub listed: Option<String>,
    /// The records that stand right behind it.
    pub behind: Vec<ResidentRow>,
}

impl View {
    /// Who stands behind whom, seen from one record.
    pub fn linked(&self, uid: &str) -> Result<Linked> {
        let (listed, behind) = links::around(self.conn(), uid)?;
        let sources = self.sources()?;
        let rows = behind.iter().map(|uid| residents::get(self.conn(), uid, &sources));
        let rows: Vec<Option<ResidentRow>> = rows.collect::<Result<_>>()?;
        Ok(Linked { listed, behind: rows.into_iter().flatten().collect() })
    }
}

/// Makes two records one person.
pub(in crate::ledger) fn merge(tx: &mut Tx<'_>, merge: &Merge) -> Result<()> {
    let (listed, behind) = (brief(tx, &merge.listed)?, brief(tx, &merge.behind)?);
    if listed.id == behind.id {
        return Err(LedgerError::refused("error-merge-itself"));
    }
    if links::is_behind(tx.conn(), listed.id)? || links::is_behind(tx.conn(), behind.id)? {
        return Err(LedgerError::refused("error-merged-already"));
    }
    if listed.standing != Standing::Present && behind.standing == Standing::Present {
        return Err(LedgerError::refused("error-merge-gone"));
    }
    let takes = |taken| merge.taken.contains(&taken);
    let has_id = if takes(Taken::IdNumber) { !behind.id_number.is_empty() } else { !listed.id_number.is_empty() };
    if has_id && (takes(Taken::Born) || takes(Taken::Sex)) && !takes(Taken::IdNumber) {
        return Err(LedgerError::refused("error-born-from-id"));
    }
    links::forget_not_same(tx, listed.id, behind.id)?;
    let link = links::insert(tx, listed.id, behind.id)?;
    let before = (Kept::of(tx, listed.id)?, Kept::of(tx, behind.id)?);
    for taken in &merge.taken {
        links::take(tx, (listed.id, behind.id), *taken)?;
    }
    links::remember(tx, link, listed.id, &before.0)?;
    links::remember(tx, link, behind.id, &before.1)
}

/// Takes a link away.
pub(in crate::ledger) fn unmerge(tx: &mut Tx<'_>, behind: &str) -> Result<()> {
    let resident = brief(tx, behind)?;
    let link = links::link_of(tx.conn(), resident.id)?.ok_or_else(|| LedgerError::refused("error-not-merged"))?;
    links::put_back(tx, link)?;
    links::remove(tx, link)
}

/// Remembers that two records that look alike are two people.
pub(in crate::ledger) fn not_same(tx: &mut Tx<'_>, one: &str, other: &str) -> Result<()> {
    let (one, other) = (brief(tx, one)?, brief(tx, other)?);
    if one.id == other.id {
        return Err(LedgerError::refused("error-merge-itself"));
    }
    links::insert_not_same(tx, one.id, other.id)
}
