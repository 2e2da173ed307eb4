//! The clinic's answer: the list that it was given, with a mark beside who came. Read and looked at before anything is
//! written; who is meant is told by number and name together.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{Months, NaiveDate};

use crate::domain::campaign::{AppointmentAct, AppointmentState};
use crate::domain::consent::needs_guardian;
use crate::domain::mask::MaskedName;
use crate::domain::resident::worded;
use crate::domain::typed_day::read_day;
use crate::ledger::campaigns::appoint::act;
use crate::ledger::campaigns::{Appointed, AppointmentRow, Campaign};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::progress::Progress;
use crate::ledger::store::Tx;

/// What the clinic says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// Came.
    Came,
    /// Did not come.
    Missed,
    /// Nothing stands beside the name.
    Nothing,
    /// What stands there cannot be read, or is a day without a session or with nothing for them.
    Unclear,
    /// No such number with that name in this campaign.
    Unknown,
    /// The same number stands there twice.
    Twice,
    /// The day has not come yet.
    Ahead,
    /// That is noted already.
    Known,
}
worded!(Said, "clinic-said" {
    Came => "came", Missed => "missed", Nothing => "nothing", Unclear => "unclear", Unknown => "unknown",
    Twice => "twice", Ahead => "ahead", Known => "known",
});

/// A line of the answer.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// The sheet's line, from 1.
    pub line: u32,
    /// The name as it stands there.
    pub name: String,
    /// What is said.
    pub said: Said,
    /// What is written where it is taken: the resident's uid and the session's.
    pub written: Option<(String, String)>,
}

/// Without the name.
impl std::fmt::Debug for AnswerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AnswerRow({} {:?})", self.line, self.said)
    }
}

/// An answer that was read.
#[derive(Clone, Debug)]
pub struct ClinicAnswer {
    /// The campaign's uid.
    pub campaign: String,
    /// Its lines.
    pub rows: Vec<AnswerRow>,
}

/// What is written of an answer, as one step.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerTaken {
    /// The campaign's uid.
    pub campaign: String,
    /// Resident's uid, session's uid, and whether they came or not.
    pub rows: Vec<(String, String, AppointmentAct)>,
    /// The day it is written.
    pub on: NaiveDate,
}

impl ClinicAnswer {
    /// How many lines say that.
    pub fn count(&self, said: Said) -> usize {
        self.rows.iter().filter(|row| row.said == said).count()
    }

    /// What is written where it is taken.
    pub fn taken(&self, on: NaiveDate) -> AnswerTaken {
        let row = |row: &AnswerRow| {
            let (resident, session) = row.written.clone()?;
            let act = if row.said == Said::Came { AppointmentAct::Come } else { AppointmentAct::Miss };
            Some((resident, session, act))
        };
        AnswerTaken { campaign: self.campaign.clone(), rows: self.rows.iter().filter_map(row).collect(), on }
    }
}

/// The columns' heads, in the languages in which lists are written.
const HEADS: [&[&str]; 3] = [&["编号", "Number", "No."], &["姓名", "Name"], &["来了没有", "来了", "Came"]];

/// Reads an answer; writes nothing.
///
/// # Errors
/// The file cannot be read; `error-clinic-heads` where no line names number, name and mark.
pub fn read(path: &Path, campaign: &Campaign, today: NaiveDate, progress: &dyn Progress) -> Result<ClinicAnswer> {
    let mut book = Book::open(path)?;
    let (mut rows, mut any_heads) = (Vec::new(), false);
    let by_number: HashMap<i64, &AppointmentRow> = campaign.appointments.iter().map(|row| (row.number, row)).collect();
    let mut seen: HashMap<i64, u32> = HashMap::new();
    for sheet in 0..book.sheets().len().max(1) {
        let mut heads: Option<[usize; 3]> = None;
        book.rows(sheet, progress, &mut |row| {
            if let Some(columns) = heads {
                let mut line = line(row, columns, &by_number, campaign, today);
                if let Some(number) = number(row, columns[0]) {
                    let times = seen.entry(number).or_default();
                    *times += 1;
                    if *times > 1 {
                        line = line.map(|line| AnswerRow { said: Said::Twice, written: None, ..line });
                    }
                }
                rows.extend(line);
            } else {
                heads = heads_of(row);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        any_heads |= heads.is_some();
    }
    if !any_heads {
        return Err(LedgerError::refused("error-clinic-heads"));
    }
    Ok(ClinicAnswer { campaign: campaign.uid.clone(), rows })
}

fn heads_of(row: &Row) -> Option<[usize; 3]> {
    let place = |heads: &[&str]| {
        let is = |text: &str| heads.iter().any(|head| head.eq_ignore_ascii_case(text.trim()));
        row.filled().find(|(_, cell)| is(&cell.text())).map(|(at, _)| at)
    };
    Some([place(HEADS[0])?, place(HEADS[1])?, place(HEADS[2])?])
}

fn number(row: &Row, column: usize) -> Option<i64> {
    row.cell(column).text().trim().parse().ok()
}

fn line(
    row: &Row,
    [at, name, mark]: [usize; 3],
    by_number: &HashMap<i64, &AppointmentRow>,
    campaign: &Campaign,
    today: NaiveDate,
) -> Option<AnswerRow> {
    let text = |column| row.cell(column).text().trim().to_owned();
    if row.cell(at).is_empty() && row.cell(name).is_empty() {
        return None;
    }
    let shown: String = text(name).chars().take(30).collect();
    let of = |said, written| Some(AnswerRow { line: row.number, name: shown.clone(), said, written });
    let known = number(row, at).and_then(|number| by_number.get(&number));
    let Some(known) = known.filter(|known| is_meant(known, &text(name), today)) else {
        return of(Said::Unknown, None);
    };
    let own = known.session.map(|at| &campaign.sessions[at]);
    let (said, session) = match read_mark(&text(mark), today) {
        Mark::Nothing => return of(Said::Nothing, None),
        Mark::Unclear => return of(Said::Unclear, None),
        Mark::No => (Said::Missed, own),
        Mark::Yes => (Said::Came, own),
        Mark::On(day) => match own.filter(|session| session.edit.on == day) {
            Some(session) => (Said::Came, Some(session)),
            None => (Said::Came, campaign.sessions.iter().find(|session| session.edit.on == day)),
        },
    };
    let is_known = match said {
        Said::Came => known.state == AppointmentState::Came,
        _ => matches!(known.state, AppointmentState::Missed | AppointmentState::Came),
    };
    match session {
        None => of(Said::Unclear, None),
        Some(_) if is_known => of(Said::Known, None),
        Some(session) if session.edit.on > today => of(Said::Ahead, None),
        // Nothing of the campaign is for them on that day: such a line would have the whole answer refused.
        Some(session) if said == Said::Came && !known.may_come_on(session.edit.on) => of(Said::Unclear, None),
        Some(session) => of(said, Some((known.person.uid.clone(), session.uid.clone()))),
    }
}

/// The village's own roster has a child's name masked, and may be a year old when it is read.
fn is_meant(known: &AppointmentRow, text: &str, today: NaiveDate) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (person, text) = (&known.person, plain(text));
    let was_child = || needs_guardian(person.born(), today - Months::new(12));
    plain(&person.name) == text || (MaskedName::of(&person.name).as_str() == text && was_child())
}

enum Mark {
    Nothing,
    Yes,
    No,
    On(NaiveDate),
    Unclear,
}

/// A mark as people make it.
fn read_mark(text: &str, today: NaiveDate) -> Mark {
    match text.to_lowercase().as_str() {
        "" | "□" => Mark::Nothing,
        "是" | "来" | "来了" | "到" | "到了" | "已到" | "已来" | "已检" | "√" | "✓" | "✔" | "☑" | "1" | "y" | "yes" => {
            Mark::Yes
        }
        "否" | "没来" | "没有" | "未到" | "未来" | "未检" | "0" | "×" | "✗" | "n" | "no" => Mark::No,
        text => match read_day(text, today) {
            // A bare number is no day here: 1 and 0 are marks.
            Ok(day) if text.len() > 2 => Mark::On(day),
            _ => Mark::Unclear,
        },
    }
}

/// Writes an answer, all of it or nothing.
pub(in crate::ledger) fn take(
    tx: &mut Tx<'_>,
    answer: &AnswerTaken,
    in_force: &[std::sync::Arc<crate::domain::programme::Programme>],
) -> Result<()> {
    if answer.rows.is_empty() {
        return Err(LedgerError::refused("error-clinic-empty"));
    }
    for (resident, session, of) in &answer.rows {
        let session = (*of == AppointmentAct::Come).then(|| session.clone());
        let (campaign, resident) = (answer.campaign.clone(), resident.clone());
        act(tx, &Appointed { campaign, resident, act: *of, session, on: answer.on }, in_force)?;
    }
    Ok(())
}
