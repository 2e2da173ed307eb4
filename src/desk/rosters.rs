//! Rosters on the desk: looking at one, remembering its columns, and writing out what has to be mended.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Answer, Desk};
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::exchange::layout::Mapping;
use crate::ledger::exchange::matching::Outcome;
use crate::ledger::exchange::rejected::{self, ToMend};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::exchange::staging::RowKey;
use crate::ledger::imports::{Choice, Import, ImportRow};
use crate::ledger::progress::Progress;
use crate::ledger::reconcile::Reconciled;

/// Rows to be mended, and why.
pub type Reasons = HashMap<RowKey, String>;

/// What the written spreadsheet says besides: the head of the reasons' column, and a name for a sheet without one.
pub struct Heads {
    /// Over the reasons.
    pub reason: String,
    /// For a sheet without a name.
    pub sheet: String,
}

/// The buckets of a review in the order of what needs looking at.
pub const BUCKETS: [Outcome; 6] =
    [Outcome::New, Outcome::Changed, Outcome::Close, Outcome::Rejected, Outcome::Repeated, Outcome::Same];

/// A roster that was looked at, sorted into its buckets.
pub struct Looked {
    /// The roster.
    pub import: Arc<Import>,
    /// The positions of its rows, for each of [`BUCKETS`].
    pub rows: [Vec<u32>; 6],
    /// How many changed rows fill a gap.
    pub filled: usize,
}

impl Looked {
    fn new(import: Import) -> Self {
        let mut rows: [Vec<u32>; 6] = Default::default();
        let mut filled = 0;
        for (index, row) in (0..).zip(&import.rows) {
            let outcome = row.matched.outcome;
            if let Some(bucket) = BUCKETS.iter().position(|known| *known == outcome) {
                rows[bucket].push(index);
            }
            let fills = || row.matched.candidates.iter().any(|one| !one.fills.is_empty());
            filled += usize::from(outcome == Outcome::Changed && fills());
        }
        Self { import: Arc::new(import), rows, filled }
    }
}

/// Looks at a roster and sorts it; writes nothing.
pub fn look(desk: &Desk, file: PathBuf, today: NaiveDate) -> Answer<Looked> {
    desk.ask_watched(move |view, progress| Ok(Looked::new(view.preview_import(&file, today, progress)?)))
}

/// Holds a roster of the household registration against the ledger; writes nothing.
pub fn reconcile(desk: &Desk, file: PathBuf, today: NaiveDate) -> Answer<Reconciled> {
    desk.ask_watched(move |view, progress| view.reconcile(&file, today, progress))
}

/// What is chosen where everything different of all changed rows is to be taken.
pub fn overwrite_all(desk: &Desk, import: Arc<Import>) -> Answer<Vec<(RowKey, Choice)>> {
    desk.ask(move |_| {
        let changed = import.rows.iter().filter(|row| row.matched.outcome == Outcome::Changed);
        let choice = |row: &ImportRow| {
            let fields = row.matched.candidates.iter().flat_map(|one| &one.differences).map(|d| d.field);
            (row.staged.key(), Choice::Overwrite(fields.collect()))
        };
        Ok(changed.map(choice).collect())
    })
}

/// Remembers which column holds what, for this and every roster with the same headings.
pub fn remember(desk: &Desk, mappings: Vec<(String, Mapping)>) -> Answer<()> {
    desk.job(move |ledger, _| {
        mappings.into_iter().try_for_each(|(signature, new)| {
            // What was chosen before for these headings stays, where it was not chosen otherwise now.
            let mut all = ledger.remembered_mapping(&signature).unwrap_or_default();
            all.0.extend(new.0);
            ledger.remember_mapping(&signature, &all)
        })
    })
}

/// Rows to be mended, as they are to be written.
pub struct ToMendWish {
    /// The roster's file.
    pub file: PathBuf,
    /// The roster.
    pub import: Arc<Import>,
    /// Which rows, and why.
    pub reasons: Reasons,
    /// What the spreadsheet says besides.
    pub heads: Heads,
    /// Where to.
    pub out: PathBuf,
}

/// Writes the rows that have to be mended, with the reason beside each, and writes down that they left.
pub fn write_rejected(desk: &Desk, wish: ToMendWish, stamp: Stamp) -> Answer<PathBuf> {
    let ToMendWish { file, import, reasons, heads, out } = wish;
    let (count, columns) = (reasons.len() as u64, rejected::column_keys(&import.layout));
    let may = |ledger: Option<&Ledger>| ledger.ok_or_else(super::none_open).and_then(Ledger::may_hand_out);
    let work = move |(), progress: &dyn Progress| {
        let rows: HashMap<RowKey, ToMend<'_>> = import
            .rows
            .iter()
            .filter_map(|row| {
                let at = row.staged.key();
                let reason = reasons.get(&at)?.clone();
                Some((at, ToMend { incoming: row.staged.incoming.as_ref(), reason }))
            })
            .collect();
        let words = rejected::Words { reason: &heads.reason, sheet: &heads.sheet };
        rejected::write(&mut Book::open(&file)?, &import.layout, &rows, &out, &words, progress)?;
        Ok(out)
    };
    desk.beside(may, work, move |ledger: &mut Ledger, out: &PathBuf| {
        ledger.note_rejected(out, count, &columns, &stamp).map(drop)
    })
}
