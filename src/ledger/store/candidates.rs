//! Everybody whom programmes may concern, with what is known, said and done. Tables are read side by side in the order of
//! residents, so that a million people cost one walk through each and no join; where births leave few, those are looked
//! up one by one. Read by position.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, Statement, params};

use crate::domain::offer::State;
use crate::domain::programme::narrow::Narrow;
use crate::domain::programme::{Programme, Turn};
use crate::domain::resident::{FactKind, Facts, Sex};
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::ListRow;
use crate::ledger::progress::Progress;
use crate::ledger::store::beside::Statements;
use crate::ledger::store::done::{Done, done_under, fact_of, withdrawn_in};
use crate::ledger::store::residents::{FactColumns, Sources, facts};
use crate::ledger::store::same_person;
use crate::ledger::store::sql_types::{date, read};

/// How much of each person is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ledger) enum Detail {
    /// What the rules read, for counting; the row must not be asked for.
    Counts,
    /// All that a list shows.
    Rows,
}

/// One person on the walk.
pub(in crate::ledger) struct Person<'a> {
    pub(in crate::ledger) facts: &'a Facts,
    pub(in crate::ledger) done: &'a Done,
    row: &'a dyn Fn() -> Result<ListRow>,
}

impl Person<'_> {
    /// The row that a list shows, without what depends on the programme.
    pub(in crate::ledger) fn row(&self) -> Result<ListRow> {
        (self.row)()
    }
}

/// The kinds of fact that these programmes read, and residency, which lists show.
pub(in crate::ledger) fn kinds(programmes: &[&Programme]) -> HashSet<FactKind> {
    use crate::domain::programme::Clause;
    fn of(clause: &Clause, kinds: &mut HashSet<FactKind>) {
        match clause {
            Clause::Fact(is) => {
                kinds.insert(is.kind);
            }
            Clause::Any(sets) => sets.iter().flatten().for_each(|clause| of(clause, kinds)),
            _ => {}
        }
    }
    let mut kinds = HashSet::from([FactKind::Residency]);
    for programme in programmes {
        programme.clauses.iter().for_each(|clause| of(clause, &mut kinds));
        if let Some(crate::domain::programme::Amount::ByFact(by)) = &programme.amount {
            kinds.insert(by.kind);
        }
    }
    kinds
}

/// What programmes ask of the ledger for everybody alike.
pub(super) struct Asked<'c> {
    pub(super) conn: &'c Connection,
    /// The programmes' places.
    pub(super) at: HashMap<&'c str, usize>,
    pub(super) kinds: HashSet<FactKind>,
    behind: HashMap<i64, i64>,
    families: HashMap<i64, Vec<i64>>,
    sources: &'c Sources,
    detail: Detail,
}

/// Visits everybody present who is within the bounds, once each, the records of one person together.
pub(in crate::ledger) fn each(
    conn: &Connection,
    (detail, bounds): (Detail, &Narrow),
    programmes: &[&Programme],
    sources: &Sources,
    progress: &dyn Progress,
    mut visit: impl FnMut(&Person<'_>) -> Result<()>,
) -> Result<()> {
    let at = programmes.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect();
    let (behind, families) = (same_person::listed_of_behind(conn)?, same_person::families(conn)?);
    let asked = Asked { conn, at, kinds: kinds(programmes), behind, families, sources, detail };
    let last: i64 =
        conn.prepare_cached("SELECT coalesce(max(id), 0) FROM resident")?.query_row([], |row| row.get(0))?;
    match few(conn, bounds, last / FEW)? {
        Some(keys) => asked.one_by_one(&keys, bounds, &mut visit),
        None => asked.side_by_side(bounds, (last, progress), &mut visit),
    }
}

/// Looking somebody up costs about as much as passing over so many others.
const FEW: i64 = 24;

/// The keys of those born within bounds, or of unknown birth, in order; none where they are more than `most`.
fn few(conn: &Connection, bounds: &Narrow, most: i64) -> Result<Option<Vec<i64>>> {
    if bounds.born_by.is_none() && bounds.born_from.is_none() {
        return Ok(None);
    }
    let mut rows = conn.prepare_cached(
        "SELECT id FROM resident INDEXED BY resident_by_born WHERE born >= ?2 AND born <= ?1 AND born <> '' \
         UNION ALL SELECT id FROM resident INDEXED BY resident_by_born WHERE born = '' LIMIT ?3",
    )?;
    let (by, from) = born_texts(bounds);
    let keys = rows.query_map(params![by, from, most + 1], |row| row.get(0))?;
    let mut keys: Vec<i64> = keys.collect::<rusqlite::Result<_>>()?;
    keys.sort_unstable();
    Ok(i64::try_from(keys.len()).is_ok_and(|found| found <= most).then_some(keys))
}

/// The latest birth and the earliest, as the stored texts compare. Of the earliest only the year: 1961 may be later than
/// 1961-03-09, though it comes before it as a text.
fn born_texts(bounds: &Narrow) -> (String, String) {
    let by = bounds.born_by.map_or_else(|| "9999".to_owned(), |day| day.to_string());
    (by, bounds.born_from.map_or_else(String::new, |day| day.format("%Y").to_string()))
}

impl<'c> Asked<'c> {
    fn people(&self, which: &str) -> Result<rusqlite::CachedStatement<'c>> {
        let columns = match self.detail {
            Detail::Counts => include_str!("sql/candidates_counted.sql"),
            Detail::Rows => include_str!("sql/candidates.sql"),
        };
        Ok(self.conn.prepare_cached(&format!("{columns} {which}"))?)
    }

    /// Reads all tables side by side.
    fn side_by_side(
        &self,
        bounds: &Narrow,
        (last, progress): (i64, &dyn Progress),
        visit: &mut impl FnMut(&Person<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut people = self.people(
            "WHERE r.standing = 'present' AND r.born <= ?1 AND (r.born >= ?2 OR r.born = '') \
             AND (?3 = '' OR r.sex IN ('', ?3)) ORDER BY r.id",
        )?;
        let columns = Columns::of(&people, self.detail)?;
        let (by, from) = born_texts(bounds);
        let mut people = people.query(params![by, from, bounds.sex.map_or("", Sex::as_str)])?;
        let mut statements = Statements::of(self)?;
        let mut beside = statements.begin(self)?;
        let (mut done, mut steps) = (Done::default(), 0_u32);
        while let Some(row) = people.next()? {
            let id: i64 = row.get(0)?;
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(1024) && progress.at(id.cast_unsigned(), last.cast_unsigned()).is_break() {
                return Err(LedgerError::cancelled());
            }
            if self.behind.contains_key(&id) {
                continue;
            }
            let mut facts = facts(row, &columns.facts, self.sources)?;
            done.clear();
            beside.read(id, self, &mut facts, &mut done)?;
            self.show(row, &columns, &facts, &mut done, visit)?;
        }
        Ok(())
    }

    /// Looks each up.
    fn one_by_one(
        &self,
        keys: &[i64],
        bounds: &Narrow,
        visit: &mut impl FnMut(&Person<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut people =
            self.people("WHERE r.id = ?1 AND r.standing = 'present' AND (?2 = '' OR r.sex IN ('', ?2))")?;
        let columns = Columns::of(&people, self.detail)?;
        let mut known = self.conn.prepare_cached(
            "SELECT resident_id, kind, value, on_date, source_id FROM fact NOT INDEXED WHERE resident_id = ?1",
        )?;
        let mut done = Done::default();
        for id in keys.iter().filter(|id| !self.behind.contains_key(id)) {
            let mut rows = people.query(params![id, bounds.sex.map_or("", Sex::as_str)])?;
            let Some(row) = rows.next()? else { continue };
            let mut facts = facts(row, &columns.facts, self.sources)?;
            let mut rows = known.query([id])?;
            while let Some(row) = rows.next()? {
                fact_of(row, &self.kinds, &mut facts)?;
            }
            done.clear();
            done_under(self.conn, *id, &self.at, &mut done)?;
            done.withdrawn = withdrawn_in(self.conn, std::iter::once(*id))?;
            self.show(row, &columns, &facts, &mut done, visit)?;
        }
        Ok(())
    }

    /// Shows one person, with what was said and done under the records behind.
    fn show(
        &self,
        row: &Row<'_>,
        columns: &Columns,
        facts: &Facts,
        done: &mut Done,
        visit: &mut impl FnMut(&Person<'_>) -> Result<()>,
    ) -> Result<()> {
        let id: i64 = row.get(0)?;
        if let Some(records) = self.families.get(&id) {
            records.iter().try_for_each(|record| done_under(self.conn, *record, &self.at, done))?;
            done.withdrawn = withdrawn_in(self.conn, records.iter().copied().chain([id]))?;
        }
        let in_full = || match &columns.list {
            Some(list) => Ok(list_row(row, list, *facts)?),
            None => Err(LedgerError::damaged("error-ledger-unexpected")),
        };
        visit(&Person { facts, done, row: &in_full })
    }
}

/// Where the columns stand.
struct Columns {
    facts: FactColumns,
    list: Option<ListColumns>,
}

impl Columns {
    fn of(statement: &Statement<'_>, detail: Detail) -> rusqlite::Result<Self> {
        let list = if detail == Detail::Rows { Some(ListColumns::of(statement)?) } else { None };
        Ok(Self { facts: FactColumns::of(statement)?, list })
    }
}

/// Where the columns of a list stand.
struct ListColumns {
    uid: usize,
    name: usize,
    id_number: usize,
    phone: usize,
    group: usize,
    contact: usize,
    household: usize,
    household_uid: usize,
    known_on: usize,
}

impl ListColumns {
    fn of(statement: &Statement<'_>) -> rusqlite::Result<Self> {
        let at = |name| statement.column_index(name);
        Ok(Self {
            uid: at("uid")?,
            name: at("name")?,
            id_number: at("id_number")?,
            phone: at("phone")?,
            group: at("group_name")?,
            contact: at("contact")?,
            household: at("household_number")?,
            household_uid: at("household_uid")?,
            known_on: at("known_on")?,
        })
    }
}

fn list_row(row: &Row<'_>, at: &ListColumns, facts: Facts) -> rusqlite::Result<ListRow> {
    Ok(ListRow {
        uid: row.get(at.uid)?,
        name: row.get(at.name)?,
        id_number: row.get(at.id_number)?,
        phone: row.get(at.phone)?,
        group: row.get(at.group)?,
        contact: row.get(at.contact)?,
        household: row.get(at.household)?,
        household_uid: row.get(at.household_uid)?,
        known_on: read(row, at.known_on, date)?,
        facts,
        holds: Holds::Unknown,
        turn: Turn::default(),
        state: State::ToTell,
        outcome_on: None,
        tries: 0,
    })
}
