//! What was said to people, done, applied for and withdrawn, as lists and pages read it. Read by position.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use crate::domain::offer::{Been, Filed, Outcome, Recorded, Stage, Stands};
use crate::domain::programme::{Kind, Programme, Turn};
use crate::domain::resident::{FactKind, FactValue, Facts, SourceId, Sourced};
use crate::ledger::error::Result;
use crate::ledger::store::sql_types::{date, read, read_known};
use crate::ledger::store::{residents, same_person};

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
pub(in crate::ledger) struct WithdrawnSince {
    services: Option<NaiveDate>,
    health: Option<NaiveDate>,
}

impl WithdrawnSince {
    fn note(&mut self, purpose: &str, on: NaiveDate) {
        match purpose {
            "services" => self.services = self.services.max(Some(on)),
            "health" => self.health = self.health.max(Some(on)),
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
    pub(in crate::ledger) withdrawn: WithdrawnSince,
}

impl Done {
    pub(super) fn clear(&mut self) {
        self.said.clear();
        self.services.clear();
        self.papers.clear();
        self.withdrawn = WithdrawnSince::default();
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

    pub(super) fn note_said(&mut self, row: &Row<'_>, at: &Places<'_>) -> rusqlite::Result<()> {
        // A programme that this program no longer has, or that is not asked about, is passed over.
        let Some(programme) = at.get(row.get_ref(1)?.as_str()?).copied() else { return Ok(()) };
        let outcome = read(row, 3, Outcome::from_word)?;
        let recorded = Recorded { outcome, on: read(row, 4, date)?, tries: row.get(5)? };
        self.said.push(Said { programme, period: row.get(2)?, recorded });
        Ok(())
    }

    pub(super) fn note_service(&mut self, row: &Row<'_>, at: &Places<'_>) -> rusqlite::Result<()> {
        if let Some(programme) = at.get(row.get_ref(1)?.as_str()?).copied() {
            self.services.push((programme, read(row, 2, date)?));
        }
        Ok(())
    }

    pub(super) fn note_paper(&mut self, row: &Row<'_>, at: &Places<'_>) -> rusqlite::Result<()> {
        let Some(programme) = at.get(row.get_ref(1)?.as_str()?).copied() else { return Ok(()) };
        let began_on = read(row, 3, date)?;
        let answer_on = read_known(row, 5, date)?;
        let stage = match (row.get_ref(4)?.as_str()?, row.get(6)?) {
            ("granted", _) | ("", true) => Stage::Done,
            ("refused", _) => Stage::Refused,
            _ => Stage::UnderWay,
        };
        let filed = Filed { stage, on: answer_on.unwrap_or(began_on) };
        self.papers.push(Paper { programme, period: row.get(2)?, filed });
        Ok(())
    }

    pub(super) fn note_withdrawn(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        self.withdrawn.note(row.get_ref(1)?.as_str()?, read(row, 2, date)?);
        Ok(())
    }
}

/// The programmes asked about, by id.
pub(super) type Places<'a> = HashMap<&'a str, usize>;

/// Applications that count. Who has the papers does not matter here; a payment says as much as the answer *granted*.
pub(super) const PAPERS: &str = "SELECT resident_id, programme, period, began_on, answer, answer_on, \
     answer = '' AND EXISTS (SELECT 1 FROM payment p WHERE (p.resident_id, p.programme, p.period) = \
     (a.resident_id, a.programme, a.period)) AS paid FROM application a WHERE taken_back = ''";

/// Notes a fact, where it is of a kind that is asked for.
pub(super) fn fact_of(row: &Row<'_>, kinds: &HashSet<FactKind>, facts: &mut Facts) -> rusqlite::Result<()> {
    let kind = read(row, 1, FactKind::from_word)?;
    if kinds.contains(&kind) {
        let value = read(row, 2, |word| FactValue::from_word(kind, word))?;
        facts.known.set(Sourced { value, source: SourceId(row.get(4)?), on: read(row, 3, date)? });
    }
    Ok(())
}

/// What the person of several records withdrew, under whichever: the latest day of each.
pub(super) fn withdrawn_in(conn: &Connection, records: impl Iterator<Item = i64>) -> Result<WithdrawnSince> {
    let mut consents =
        conn.prepare_cached("SELECT purpose, on_date FROM consent WHERE resident_id = ?1 AND state = 'withdrawn'")?;
    let mut withdrawn = WithdrawnSince::default();
    for record in records {
        let mut rows = consents.query([record])?;
        while let Some(row) = rows.next()? {
            withdrawn.note(&row.get::<_, String>(0)?, read(row, 1, date)?);
        }
    }
    Ok(withdrawn)
}

/// Adds what was said and done under one record.
pub(super) fn done_under(conn: &Connection, record: i64, at: &Places<'_>, done: &mut Done) -> Result<()> {
    let mut said = conn.prepare_cached(
        "SELECT resident_id, programme, period, outcome, on_date, tries FROM offer WHERE resident_id = ?1",
    )?;
    let mut rows = said.query([record])?;
    while let Some(row) = rows.next()? {
        done.note_said(row, at)?;
    }
    let mut services =
        conn.prepare_cached("SELECT resident_id, programme, on_date FROM service WHERE resident_id = ?1")?;
    let mut rows = services.query([record])?;
    while let Some(row) = rows.next()? {
        done.note_service(row, at)?;
    }
    let mut papers = conn.prepare_cached(&format!("{PAPERS} AND resident_id = ?1"))?;
    let mut rows = papers.query([record])?;
    while let Some(row) = rows.next()? {
        done.note_paper(row, at)?;
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
