//! All that is kept of one person, for that person alone: under whichever record it was noted. That something was not
//! wanted, or not this time, is left out, as from every paper. Sources: PIPL arts. 44, 45.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::worklist::TaskEnd;
use crate::ledger::applications::ApplicationRow;
use crate::ledger::care::CareEdit;
use crate::ledger::consents::ConsentRow;
use crate::ledger::corrections::Correction;
use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow};
use crate::ledger::lists::Why;
use crate::ledger::outreach::{Reached, Request};
use crate::ledger::privacy::LookRow;
use crate::ledger::residents::ResidentRow;
use crate::ledger::store::residents::Sources;
use crate::ledger::store::{care, looks, outreach, residents, retention, rounds, same_person, tasks};
use crate::ledger::told::{OwnAppointment, ToldRow};
use crate::ledger::view::View;

/// All that is kept of one person.
pub struct PersonFile {
    /// The record.
    pub row: ResidentRow,
    /// Other records that were found to be of the same person.
    pub others: Vec<OtherRecord>,
    /// What each programme says, and why.
    pub whys: Vec<Why>,
    /// What was agreed to, or withdrawn.
    pub consents: Vec<ConsentRow>,
    /// What the person was told and what took place, the earliest first.
    pub told: Vec<ToldRow>,
    /// The appointments; none that was not wanted.
    pub appointments: Vec<OwnAppointment>,
    /// The applications.
    pub applications: Vec<ApplicationRow>,
    /// Being away, and what belongs to it.
    pub away: OwnAway,
    /// Who helps, what was agreed, visits.
    pub care: Vec<OwnCare>,
    /// Tasks written by hand.
    pub tasks: Vec<OwnTask>,
    /// What was put off to another day.
    pub put_off: Vec<OwnPutOff>,
    /// Where the person stood on a round: its day, the place on its paper, the programme.
    pub rounds: Vec<(NaiveDate, u16, String)>,
    /// A rule that keeps the record.
    pub held: Vec<OwnHold>,
    /// Who looked at what is hidden, the latest first.
    pub looks: Vec<LookRow>,
    /// What was corrected, the latest first.
    pub corrections: Vec<Correction>,
    /// What was done, the latest first; that something was not wanted is left out.
    pub history: Vec<ChangeRow>,
    /// Where facts come from.
    pub sources: Sources,
}

/// Another record of the same person.
pub struct OtherRecord {
    /// The record.
    pub row: ResidentRow,
    /// The day on which the two were linked.
    pub linked_on: Option<NaiveDate>,
}

/// What is kept of somebody's being away.
#[derive(Default)]
pub struct OwnAway {
    /// Where, when back, how to be reached.
    pub stays: Vec<OwnStay>,
    /// Calls, the latest first.
    pub tries: Vec<(NaiveDate, Reached)>,
    /// What they asked for, the latest first.
    pub requests: Vec<Request>,
    /// For whom of those away they speak at home, and since when that is agreed.
    pub speaks_for: Vec<(String, Option<NaiveDate>)>,
}

/// Where somebody away is, and how they are reached; what is not known is empty.
pub struct OwnStay {
    /// The town.
    pub place: String,
    /// The day they are expected back.
    pub back_by: Option<NaiveDate>,
    /// What was agreed on.
    pub contact: String,
    /// When it suits them.
    pub times: String,
    /// Who at home speaks for them.
    pub speaker: String,
    /// The day they agreed to that.
    pub agreed_on: Option<NaiveDate>,
}

/// Care that was agreed to.
pub struct OwnCare {
    /// What is kept of it.
    pub kept: CareEdit,
    /// The day it ended; none while it goes on.
    pub ended_on: Option<NaiveDate>,
    /// Visits with what is to be remembered, the latest first.
    pub visits: Vec<(NaiveDate, String)>,
}

/// A task written by hand.
pub struct OwnTask {
    /// In a few words.
    pub what: String,
    /// By when.
    pub due_on: NaiveDate,
    /// The day it was written.
    pub made_on: NaiveDate,
    /// How it ended, and when.
    pub ended: Option<(TaskEnd, NaiveDate)>,
}

/// Something that was put off to another day.
pub struct OwnPutOff {
    /// A programme's id.
    pub programme: String,
    /// The turn, as of an offer.
    pub period: String,
    /// Not before this day.
    pub until: NaiveDate,
    /// The day this was decided.
    pub on: NaiveDate,
}

/// A rule that keeps a record.
pub struct OwnHold {
    /// The last day.
    pub until: NaiveDate,
    /// The rule, in a few words.
    pub basis: String,
    /// The day this was written down.
    pub on: NaiveDate,
}

impl View {
    /// All that is kept of one person.
    ///
    /// # Errors
    /// There is no such person; the file cannot be read.
    pub fn person_file(&self, uid: &str, on: NaiveDate) -> Result<PersonFile> {
        let row = self.resident(uid)?;
        let own = residents::brief(self.conn(), uid)?.map(|brief| brief.id);
        let family = own.map_or(Ok(Vec::new()), |own| same_person::family(self.conn(), own))?;
        let others = self.others(&family)?;
        let uids: Vec<&str> =
            [row.uid.as_str()].into_iter().chain(others.iter().map(|one| one.row.uid.as_str())).collect();
        Ok(PersonFile {
            whys: self.why(&row, on)?,
            consents: self.consents(&row, on)?,
            told: self.told(&row.uid)?,
            appointments: self.own_appointments(&row.uid)?,
            applications: self.applications_of(&row.uid)?,
            away: self.own_away(&family)?,
            care: self.own_care(&family)?,
            tasks: each(&family, |record| Ok(tasks::about(self.conn(), record)?.into_iter().map(task).collect()))?,
            put_off: each(&family, |record| {
                Ok(tasks::put_off_to(self.conn(), record)?.into_iter().map(put_off).collect())
            })?,
            rounds: each(&family, |record| rounds::of_record(self.conn(), record))?,
            held: self.own_holds(&family)?,
            looks: each(&uids, |uid| looks::newest(self.conn(), Some(uid), u32::MAX))?,
            corrections: self.corrections(&row.uid)?,
            history: self.own_history(&uids)?,
            sources: self.sources()?,
            others,
            row,
        })
    }

    /// The other records of a family, whose own record comes first.
    fn others(&self, family: &[i64]) -> Result<Vec<OtherRecord>> {
        let (links, sources) = (same_person::links_among(self.conn(), family)?, self.sources()?);
        let rest = family.get(1..).unwrap_or_default();
        let rows = residents::by_keys(self.conn(), rest, &sources)?;
        let day = |record: i64| {
            let behind = links.iter().find(|(behind, ..)| *behind == record);
            behind.or_else(|| links.iter().find(|(_, listed, _)| *listed == record)).map(|(.., on)| *on)
        };
        Ok(rows.into_iter().zip(rest).map(|(row, record)| OtherRecord { row, linked_on: day(*record) }).collect())
    }

    /// What was done about any of these records. Whoever asks for a copy gets all of it, but that something was not
    /// wanted is on no paper, nor that this was noted or taken back.
    fn own_history(&self, uids: &[&str]) -> Result<Vec<ChangeRow>> {
        let of = |uid: &&str| {
            self.history(&ChangeFilter { about: Some((*uid).to_owned()), limit: u32::MAX, ..ChangeFilter::default() })
        };
        let mut history: Vec<ChangeRow> =
            uids.iter().map(of).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        history.sort_by_key(|change| std::cmp::Reverse(change.id));
        history.dedup_by_key(|change| change.id);
        history.retain(|change| {
            !matches!(change.op.as_str(), "decline" | "appointment-out" | "answer" | "undo" | "redo" | "take-back")
        });
        history.retain(|change| !change.taken_back);
        Ok(history)
    }

    fn own_away(&self, family: &[i64]) -> Result<OwnAway> {
        let conn = self.conn();
        let (mut kept, mut tries, mut requests) =
            (outreach::all(conn)?, outreach::tries(conn)?, outreach::requests(conn)?);
        let hidden = self.hidden()?;
        // Of who asked not to be kept in lists nothing is said to others, those at home included.
        let spoken_for: Vec<(i64, Option<NaiveDate>)> = kept
            .iter()
            .filter(|(of, away)| away.speaker.is_some_and(|own| family.contains(&own)) && !hidden.contains(of))
            .map(|(of, away)| (*of, away.agreed_on))
            .collect();
        let speakers = family.iter().filter_map(|record| kept.get(record)?.speaker);
        let keys: HashSet<i64> = speakers.chain(spoken_for.iter().map(|(of, _)| *of)).collect();
        let named = residents::named(conn, &keys)?;
        let name = |record: i64| named.get(&record).map(|named| named.name.clone()).unwrap_or_default();
        let mut own = OwnAway::default();
        for record in family {
            own.stays.extend(kept.remove(record).map(|away| stay(away, name)));
            own.tries.extend(tries.remove(record).unwrap_or_default());
            own.requests.extend(requests.remove(record).unwrap_or_default());
        }
        own.speaks_for = spoken_for.into_iter().map(|(of, agreed)| (name(of), agreed)).collect();
        own.speaks_for.sort();
        Ok(own)
    }

    fn own_care(&self, family: &[i64]) -> Result<Vec<OwnCare>> {
        let mut visits = care::visits(self.conn())?;
        each(family, |record| {
            let kept = care::of_record(self.conn(), record)?.into_iter();
            let own = kept.map(|(kept, ended_on)| OwnCare {
                visits: visits.remove(&kept.key).unwrap_or_default(),
                kept: kept.edit,
                ended_on,
            });
            Ok(own.collect())
        })
    }

    fn own_holds(&self, family: &[i64]) -> Result<Vec<OwnHold>> {
        let mut held = retention::holds(self.conn())?;
        held.retain(|one| family.contains(&one.resident));
        Ok(held.into_iter().map(|one| OwnHold { until: one.until, basis: one.basis, on: one.on }).collect())
    }
}

/// What there is of each record, one after another.
fn each<R: Copy, T>(records: &[R], mut of: impl FnMut(R) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let found: Vec<Vec<T>> = records.iter().map(|record| of(*record)).collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn stay(away: outreach::Kept, name: impl Fn(i64) -> String) -> OwnStay {
    let speaker = away.speaker.map(name).unwrap_or_default();
    let outreach::Kept { place, back_by, contact, times, agreed_on, .. } = away;
    OwnStay { place, back_by, contact, times, speaker, agreed_on }
}

fn task(task: tasks::Written) -> OwnTask {
    let tasks::Written { what, due_on, made_on, ended } = task;
    OwnTask { what, due_on, made_on, ended }
}

fn put_off(put_off: tasks::PutOffTo) -> OwnPutOff {
    let tasks::PutOffTo { programme, period, until, on } = put_off;
    OwnPutOff { programme, period, until, on }
}
