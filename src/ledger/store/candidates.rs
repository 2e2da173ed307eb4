//! Everybody whom programmes may concern, with what is known, said and done: residents, facts, offers, services,
//! applications and withdrawals are read side by side in the order of residents, so that a million people cost one walk through each table and no join.
//! Read by position.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::{Connection, Row, Rows, Statement, params};

use crate::domain::offer::{Been, Filed, Outcome, Recorded, Stage, Stands, State};
use crate::domain::programme::narrow::Narrow;
use crate::domain::programme::{Kind, Programme, Turn};
use crate::domain::resident::{FactKind, FactValue, Facts, SourceId, Sourced};
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::ListRow;
use crate::ledger::store::residents::{self, FactColumns, Sources, facts};
use crate::ledger::store::same_person;
use crate::ledger::store::sql_types::{date, read, read_known};

/// How much of each person is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ledger) enum Detail {
    /// What the rules read, for counting; the row must not be asked for.
    Counts,
    /// All that a list shows.
    Rows,
}

/// Something said to somebody about the programme at this place.
#[derive(Clone, PartialEq, Eq)]
struct Said {
    programme: usize,
    period: String,
    recorded: Recorded,
}

/// An application to the programme at this place.
#[derive(Clone, PartialEq, Eq)]
struct Paper {
    programme: usize,
    period: String,
    filed: Filed,
}

/// What somebody asked not to be kept for any more, since when.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::ledger) struct Withdrawn {
    services: Option<NaiveDate>,
    health: Option<NaiveDate>,
}

impl Withdrawn {
    fn note(&mut self, purpose: &str, on: Option<NaiveDate>) {
        match purpose {
            "services" => self.services = on,
            "health" => self.health = on,
            _ => {}
        }
    }

    /// Since when somebody is in no list of programmes of this kind, if they asked for that.
    pub(in crate::ledger) fn from(self, kind: Kind) -> Option<NaiveDate> {
        let health = matches!(kind, Kind::Check | Kind::Vaccine).then_some(self.health).flatten();
        self.services.or(health)
    }
}

/// What was said and done under all records of one person, by the programmes' places.
#[derive(Default)]
pub(in crate::ledger) struct Done {
    said: Vec<Said>,
    services: Vec<(usize, NaiveDate)>,
    papers: Vec<Paper>,
    pub(in crate::ledger) withdrawn: Withdrawn,
}

impl Done {
    fn clear(&mut self) {
        self.said.clear();
        self.services.clear();
        self.papers.clear();
        self.withdrawn = Withdrawn::default();
    }

    /// What stands for a turn of a programme; `services` are those of the programme.
    pub(in crate::ledger) fn stands(&self, programme: usize, turn: &Turn, services: &[NaiveDate]) -> Stands {
        let said = self.said.iter().filter(|said| said.programme == programme && said.period == turn.name);
        let said = Recorded::of_one_person(said.map(|said| said.recorded));
        let papers = self.papers.iter().filter(|paper| paper.programme == programme && paper.period == turn.name);
        let been = if turn.has_one_of(services) { Been::Yes } else { Been::No };
        Stands::of(said, been, papers.map(|paper| paper.filed).max())
    }

    /// The services of a programme.
    pub(in crate::ledger) fn services_of(&self, programme: usize, into: &mut Vec<NaiveDate>) {
        into.clear();
        into.extend(self.services.iter().filter(|(at, _)| *at == programme).map(|(_, day)| *day));
    }
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

/// How a row is read; none where it is passed over.
type Read<'s, T> = Box<dyn Fn(&Row<'_>) -> rusqlite::Result<Option<T>> + 's>;

/// Rows of a table in the order of residents, one of them read ahead.
struct Beside<'s, T> {
    rows: Rows<'s>,
    read: Read<'s, T>,
    ahead: Option<(i64, Option<T>)>,
}

impl<'s, T> Beside<'s, T> {
    fn new(rows: Rows<'s>, read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>> + 's) -> Result<Self> {
        let mut beside = Self { rows, read: Box::new(read), ahead: None };
        beside.step()?;
        Ok(beside)
    }

    fn step(&mut self) -> Result<()> {
        self.ahead = match self.rows.next()? {
            None => None,
            Some(row) => Some((row.get(0)?, (self.read)(row)?)),
        };
        Ok(())
    }

    /// Hands over the rows of a resident, passing over those of residents before.
    fn of(&mut self, resident: i64, mut take: impl FnMut(T)) -> Result<()> {
        while let Some((of, value)) = &mut self.ahead {
            if *of > resident {
                return Ok(());
            }
            if *of == resident
                && let Some(value) = value.take()
            {
                take(value);
            }
            self.step()?;
        }
        Ok(())
    }
}

/// The kinds of fact that these programmes read, and residency, which lists show.
fn kinds(programmes: &[&Programme]) -> HashSet<FactKind> {
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

/// Visits everybody present who is within the bounds, once each, the records of one person together.
pub(in crate::ledger) fn each(
    conn: &Connection,
    detail: Detail,
    programmes: &[&Programme],
    bounds: &Narrow,
    sources: &Sources,
    mut visit: impl FnMut(&Person<'_>) -> Result<()>,
) -> Result<()> {
    let mut people = conn.prepare_cached(match detail {
        Detail::Counts => include_str!("sql/candidates_counted.sql"),
        Detail::Rows => include_str!("sql/candidates.sql"),
    })?;
    let at: HashMap<&str, usize> = programmes.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect();
    let (mut known, mut said) = (facts_beside(conn)?, said_beside(conn)?);
    let (mut services, mut papers, mut withdrawn) =
        (services_beside(conn)?, papers_beside(conn)?, withdrawn_beside(conn)?);
    let kinds = kinds(programmes);
    let mut known = Beside::new(known.query([])?, move |row| fact_of(row, &kinds))?;
    let mut said = Beside::new(said.query([])?, |row| said_of(row, &at))?;
    let mut services = Beside::new(services.query([])?, |row| service_of(row, &at))?;
    let mut papers = Beside::new(papers.query([])?, |row| paper_of(row, &at))?;
    let mut withdrawn = Beside::new(withdrawn.query([])?, withdrawn_of)?;
    let behind = same_person::listed_of_behind(conn)?;
    let families = same_person::families(conn)?;
    let columns = FactColumns::of(&people)?;
    let list = if detail == Detail::Rows { Some(ListColumns::of(&people)?) } else { None };
    let (born_by, born_from) = (bounds.born_by, bounds.born_from.map(|day| day.to_string()));
    let mut people = people.query(params![
        born_by.map_or_else(|| "9999".to_owned(), |day| day.to_string()),
        // Only the year: 1961 may be later than 1961-03-09, though it comes before it as a text.
        born_from.as_deref().and_then(|day| day.get(..4)).unwrap_or_default(),
        bounds.sex.map_or("", crate::domain::resident::Sex::as_str),
    ])?;
    let mut done = Done::default();
    while let Some(row) = people.next()? {
        let id: i64 = row.get(0)?;
        if behind.contains_key(&id) {
            continue;
        }
        let mut facts = facts(row, &columns, sources)?;
        done.clear();
        known.of(id, |fact| facts.known.set(fact))?;
        said.of(id, |one| done.said.push(one))?;
        services.of(id, |one| done.services.push(one))?;
        papers.of(id, |one| done.papers.push(one))?;
        withdrawn.of(id, |(purpose, on)| done.withdrawn.note(&purpose, Some(on)))?;
        if let Some(records) = families.get(&id) {
            records.iter().try_for_each(|record| done_under(conn, *record, &at, &mut done))?;
            done.withdrawn = withdrawn_in(conn, records.iter().copied().chain([id]))?;
        }
        let in_full = || match &list {
            Some(list) => Ok(list_row(row, list, facts)?),
            None => Err(LedgerError::damaged("error-ledger-unexpected")),
        };
        visit(&Person { facts: &facts, done: &done, row: &in_full })?;
    }
    Ok(())
}

fn facts_beside(conn: &Connection) -> Result<rusqlite::CachedStatement<'_>> {
    Ok(conn.prepare_cached("SELECT resident_id, kind, value, on_date, source_id FROM fact ORDER BY resident_id")?)
}

fn said_beside(conn: &Connection) -> Result<rusqlite::CachedStatement<'_>> {
    let sql = "SELECT resident_id, programme, period, outcome, on_date, tries FROM offer ORDER BY resident_id";
    Ok(conn.prepare_cached(sql)?)
}

fn services_beside(conn: &Connection) -> Result<rusqlite::CachedStatement<'_>> {
    Ok(conn.prepare_cached("SELECT resident_id, programme, on_date FROM service ORDER BY resident_id")?)
}

/// Who has the papers does not matter here; a payment says as much as the answer *granted*.
const PAPERS: &str = "SELECT a.resident_id, a.programme, a.period, a.began_on, a.answer, a.answer_on, \
     a.answer = '' AND EXISTS (SELECT 1 FROM payment p WHERE (p.resident_id, p.programme, p.period) = \
     (a.resident_id, a.programme, a.period)) AS paid FROM application a WHERE a.taken_back = ''";

fn papers_beside(conn: &Connection) -> Result<rusqlite::CachedStatement<'_>> {
    Ok(conn.prepare_cached(&format!("{PAPERS} ORDER BY a.resident_id"))?)
}

fn withdrawn_beside(conn: &Connection) -> Result<rusqlite::CachedStatement<'_>> {
    let sql = "SELECT resident_id, purpose, on_date FROM consent WHERE state = 'withdrawn' ORDER BY resident_id";
    Ok(conn.prepare_cached(sql)?)
}

fn withdrawn_of(row: &Row<'_>) -> rusqlite::Result<Option<(String, NaiveDate)>> {
    Ok(Some((row.get(1)?, read(row, 2, date)?)))
}

/// What the person of several records withdrew, under whichever: the latest day of each.
fn withdrawn_in(conn: &Connection, records: impl Iterator<Item = i64>) -> Result<Withdrawn> {
    let mut consents = conn.prepare_cached(
        "SELECT purpose, on_date FROM consent WHERE resident_id = ?1 AND state = 'withdrawn' ORDER BY on_date",
    )?;
    let mut withdrawn = Withdrawn::default();
    for record in records {
        let mut rows = consents.query([record])?;
        while let Some(row) = rows.next()? {
            withdrawn.note(&row.get::<_, String>(0)?, Some(read(row, 1, date)?));
        }
    }
    Ok(withdrawn)
}

fn paper_of(row: &Row<'_>, at: &HashMap<&str, usize>) -> rusqlite::Result<Option<Paper>> {
    let Some(programme) = at.get(row.get_ref(1)?.as_str()?).copied() else { return Ok(None) };
    let began_on = read(row, 3, date)?;
    let answer_on = read_known(row, 5, date)?;
    let stage = match (row.get_ref(4)?.as_str()?, row.get(6)?) {
        ("granted", _) | ("", true) => Stage::Done,
        ("refused", _) => Stage::Refused,
        _ => Stage::UnderWay,
    };
    let filed = Filed { stage, on: answer_on.unwrap_or(began_on) };
    Ok(Some(Paper { programme, period: row.get(2)?, filed }))
}

fn fact_of(row: &Row<'_>, kinds: &HashSet<FactKind>) -> rusqlite::Result<Option<Sourced<FactValue>>> {
    let kind = read(row, 1, FactKind::from_word)?;
    if !kinds.contains(&kind) {
        return Ok(None);
    }
    let value = read(row, 2, |word| FactValue::from_word(kind, word))?;
    Ok(Some(Sourced { value, source: SourceId(row.get(4)?), on: read(row, 3, date)? }))
}

fn said_of(row: &Row<'_>, at: &HashMap<&str, usize>) -> rusqlite::Result<Option<Said>> {
    // A programme that this program no longer has is passed over.
    let programme = row.get_ref(1)?.as_str()?;
    let Some(programme) = at.get(programme).copied() else { return Ok(None) };
    let recorded = Recorded { outcome: read(row, 3, Outcome::from_word)?, on: read(row, 4, date)?, tries: row.get(5)? };
    Ok(Some(Said { programme, period: row.get(2)?, recorded }))
}

fn service_of(row: &Row<'_>, at: &HashMap<&str, usize>) -> rusqlite::Result<Option<(usize, NaiveDate)>> {
    let programme = row.get_ref(1)?.as_str()?;
    let Some(programme) = at.get(programme).copied() else { return Ok(None) };
    Ok(Some((programme, read(row, 2, date)?)))
}

/// Adds what was said and done under one record.
fn done_under(conn: &Connection, record: i64, at: &HashMap<&str, usize>, done: &mut Done) -> Result<()> {
    let mut said = conn.prepare_cached(
        "SELECT resident_id, programme, period, outcome, on_date, tries FROM offer WHERE resident_id = ?1",
    )?;
    let mut rows = said.query([record])?;
    while let Some(row) = rows.next()? {
        done.said.extend(said_of(row, at)?);
    }
    let mut services =
        conn.prepare_cached("SELECT resident_id, programme, on_date FROM service WHERE resident_id = ?1")?;
    let mut rows = services.query([record])?;
    while let Some(row) = rows.next()? {
        done.services.extend(service_of(row, at)?);
    }
    let mut papers = conn.prepare_cached(&format!("{PAPERS} AND a.resident_id = ?1"))?;
    let mut rows = papers.query([record])?;
    while let Some(row) = rows.next()? {
        done.papers.extend(paper_of(row, at)?);
    }
    Ok(())
}

/// What was said and done to one person, under all of their records.
pub(in crate::ledger) fn done_of(conn: &Connection, uid: &str, programmes: &[&Programme]) -> Result<Done> {
    let at: HashMap<&str, usize> = programmes.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect();
    let mut done = Done::default();
    let Some(resident) = residents::brief(conn, uid)? else { return Ok(done) };
    let family = same_person::family(conn, resident.id)?;
    for record in &family {
        done_under(conn, *record, &at, &mut done)?;
    }
    done.withdrawn = withdrawn_in(conn, family.into_iter())?;
    Ok(done)
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
