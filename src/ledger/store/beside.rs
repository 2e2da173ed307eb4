//! Tables about residents, read beside them in their order.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{CachedStatement, Row, Rows};

use crate::domain::resident::{FactKind, Facts};
use crate::ledger::error::Result;
use crate::ledger::store::candidates::Asked;
use crate::ledger::store::done::{Done, PAPERS, fact_of};

/// What is read beside the residents, in their order.
pub(super) struct Statements<'c> {
    /// All facts, or those of one kind each.
    known: Vec<(CachedStatement<'c>, Option<FactKind>)>,
    said: CachedStatement<'c>,
    services: CachedStatement<'c>,
    papers: CachedStatement<'c>,
    withdrawn: CachedStatement<'c>,
}

/// More kinds than this are not read one by one.
const KINDS_APART: usize = 5;

impl<'c> Statements<'c> {
    pub(super) fn of(asked: &Asked<'c>) -> Result<Self> {
        let conn = asked.conn;
        let all = "SELECT resident_id, kind, value, on_date, source_id FROM fact NOT INDEXED ORDER BY resident_id";
        let of_kind = "SELECT resident_id, kind, value, on_date, source_id FROM fact INDEXED BY fact_by_kind \
                       WHERE kind = ?1 ORDER BY resident_id";
        let known = if asked.kinds.len() > KINDS_APART {
            vec![(conn.prepare_cached(all)?, None)]
        } else {
            let of = |kind: &FactKind| Ok((conn.prepare_cached(of_kind)?, Some(*kind)));
            asked.kinds.iter().map(of).collect::<Result<_>>()?
        };
        // Of one programme the others' rows are not even looked at.
        let one = if asked.at.len() == 1 { "AND programme = ?1" } else { "AND ?1 = ''" };
        Ok(Self {
            known,
            said: conn.prepare_cached(&format!(
                "SELECT resident_id, programme, period, outcome, on_date, tries FROM offer \
                 WHERE true {one} ORDER BY resident_id"
            ))?,
            services: conn.prepare_cached(&format!(
                "SELECT resident_id, programme, on_date FROM service WHERE true {one} ORDER BY resident_id"
            ))?,
            papers: conn.prepare_cached(&format!("{PAPERS} {one} ORDER BY resident_id"))?,
            withdrawn: conn.prepare_cached(
                "SELECT resident_id, purpose, on_date FROM consent WHERE state = 'withdrawn' ORDER BY resident_id",
            )?,
        })
    }

    /// Puts each before its first row.
    pub(super) fn begin<'s>(&'s mut self, asked: &Asked<'_>) -> Result<Tables<'s>> {
        let one = match asked.at.keys().collect::<Vec<_>>().as_slice() {
            [one] => **one,
            _ => "",
        };
        let known = self.known.iter_mut().map(|(statement, kind)| {
            Beside::new(match kind {
                Some(kind) => statement.query([kind.as_str()])?,
                None => statement.query([])?,
            })
        });
        Ok(Tables {
            known: known.collect::<Result<_>>()?,
            said: Beside::new(self.said.query([one])?)?,
            services: Beside::new(self.services.query([one])?)?,
            papers: Beside::new(self.papers.query([one])?)?,
            withdrawn: Beside::new(self.withdrawn.query([])?)?,
        })
    }
}

/// The tables, each before its next row.
pub(super) struct Tables<'s> {
    known: Vec<Beside<'s>>,
    said: Beside<'s>,
    services: Beside<'s>,
    papers: Beside<'s>,
    withdrawn: Beside<'s>,
}

impl Tables<'_> {
    /// Reads what there is about a resident; asked for in the order of residents.
    pub(super) fn read(&mut self, id: i64, asked: &Asked<'_>, facts: &mut Facts, done: &mut Done) -> Result<()> {
        for known in &mut self.known {
            known.of(id, |row| fact_of(row, &asked.kinds, facts))?;
        }
        self.said.of(id, |row| done.note_said(row, &asked.at))?;
        self.services.of(id, |row| done.note_service(row, &asked.at))?;
        self.papers.of(id, |row| done.note_paper(row, &asked.at))?;
        self.withdrawn.of(id, |row| done.note_withdrawn(row))
    }
}

/// Rows of a table in the order of residents, standing before the first that was not handed over yet.
struct Beside<'s> {
    rows: Rows<'s>,
    /// Whose row is the next one.
    of: Option<i64>,
}

impl<'s> Beside<'s> {
    fn new(rows: Rows<'s>) -> Result<Self> {
        let mut beside = Self { rows, of: None };
        beside.step()?;
        Ok(beside)
    }

    fn step(&mut self) -> Result<()> {
        self.of = self.rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(())
    }

    /// Hands over the rows of a resident; those of residents before are passed over unread.
    fn of(&mut self, resident: i64, mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>) -> Result<()> {
        while let Some(of) = self.of.filter(|of| *of <= resident) {
            if of == resident
                && let Some(row) = self.rows.get()
            {
                take(row)?;
            }
            self.step()?;
        }
        Ok(())
    }
}
