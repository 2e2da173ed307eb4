//! What can be done about how data is kept; but for deletion for good, which no undo reaches and which is no command.

use chrono::NaiveDate;

use crate::domain::consent::Purpose;
use crate::domain::incident::{Incident, Told};
use crate::domain::message::Message;
use crate::domain::one_line::one_line;
use crate::domain::resident::Field;
use crate::domain::retention::Keeping;
use crate::ledger::consents;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::residents::{brief, not_ahead};
use crate::ledger::store::{Note, Tx, incidents, retention as store, village};

/// The longest hold that can be entered, in years.
const LONGEST_HOLD: u32 = 100;

/// One step about how data is kept.
#[derive(Clone)]
pub enum PrivacyCommand {
    /// Say how long something is kept, as a rule of the town or the archive says.
    SetRetention {
        /// What.
        keeping: Keeping,
        /// Days since its end; none for the program's own number.
        days: Option<u32>,
        /// The paper it stands in.
        source: String,
    },
    /// A rule fixes a time until which a record is kept: nothing is done with it, and it is not deleted before.
    Hold {
        /// The resident's uid.
        resident: String,
        /// The last day.
        until: NaiveDate,
        /// The rule, in a few words.
        basis: String,
    },
    /// The rule no longer holds.
    Release {
        /// The resident's uid.
        resident: String,
    },
    /// Write down a loss or leak, or what was done about it since.
    WriteIncident(Box<Incident>),
    /// Somebody was told of a loss or leak.
    ToldOfIncident {
        /// The incident's uid.
        incident: String,
        /// Who.
        who: Told,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
}

impl PrivacyCommand {
    /// What the change log will call it.
    pub(in crate::ledger) fn note(&self) -> Note {
        let (op, about, note) = match self {
            Self::SetRetention { keeping, .. } => ("retention", "", keeping.as_str()),
            Self::Hold { resident, .. } => ("hold", resident.as_str(), ""),
            Self::Release { resident } => ("release", resident.as_str(), ""),
            Self::WriteIncident(incident) => ("incident", "", incident.kind.as_str()),
            Self::ToldOfIncident { who, .. } => ("incident-told", "", who.as_str()),
        };
        Note { op, about: about.to_owned(), note: note.to_owned(), count: 1, ..Note::default() }
    }
}

pub(in crate::ledger) fn write(tx: &mut Tx<'_>, command: &PrivacyCommand) -> Result<()> {
    match command {
        PrivacyCommand::SetRetention { keeping, days, source } => set_retention(tx, *keeping, *days, source),
        PrivacyCommand::Hold { resident, until, basis } => hold(tx, resident, *until, basis),
        PrivacyCommand::Release { resident } => release(tx, resident),
        PrivacyCommand::WriteIncident(incident) => write_incident(tx, incident),
        PrivacyCommand::ToldOfIncident { incident, who, on } => told_of_incident(tx, incident, *who, *on),
    }
}

/// Says how long something is kept, by which paper; no number takes that away.
///
/// # Errors
/// `error-retention-bounds`, `error-retention-source`.
fn set_retention(tx: &mut Tx<'_>, keeping: Keeping, days: Option<u32>, source: &str) -> Result<()> {
    let Some(days) = days else { return store::remove_days(tx, keeping) };
    let (fewest, most) = keeping.bounds();
    if !(fewest..=most).contains(&days) {
        let message = Message::new("error-retention-bounds").number("fewest", fewest).number("most", most);
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    let source = few_words(source).ok_or_else(|| LedgerError::refused("error-retention-source"))?;
    let source = village::source(tx, &source)?;
    store::put_days(tx, keeping, days, source)
}

/// A rule fixes a time until which a record is kept: nothing is done with it any more, and it is not deleted before.
///
/// # Errors
/// `error-hold-until` where the day is not ahead, `error-hold-basis` without a rule.
fn hold(tx: &mut Tx<'_>, uid: &str, until: NaiveDate, basis: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    let most = tx.today.checked_add_months(chrono::Months::new(12 * LONGEST_HOLD));
    if until <= tx.today || most.is_some_and(|most| until > most) {
        return Err(LedgerError::refused("error-hold-until"));
    }
    let basis = few_words(basis).ok_or_else(|| LedgerError::refused("error-hold-basis"))?;
    store::put_hold(tx, resident.id, until, &basis)?;
    consents::withdraw(tx, uid, Purpose::Services, tx.today)
}

/// The rule no longer holds: the record can be deleted. What was withdrawn stays withdrawn.
fn release(tx: &mut Tx<'_>, uid: &str) -> Result<()> {
    let resident = brief(tx, uid)?;
    store::remove_hold(tx, resident.id)
}

/// Writes a loss or leak down, or what was done about it since.
///
/// # Errors
/// A day ahead; `error-incident-data` where it says of no kind of data that it was in it.
fn write_incident(tx: &mut Tx<'_>, incident: &Incident) -> Result<()> {
    not_ahead(tx, incident.on)?;
    incident.told.iter().try_for_each(|(_, on)| not_ahead(tx, *on))?;
    if incident.data.is_empty() {
        return Err(LedgerError::refused("error-incident-data"));
    }
    let what = match incident.what.trim() {
        "" => String::new(),
        what => few_words(what).ok_or_else(|| LedgerError::refused("error-incident-what"))?,
    };
    incidents::put(tx, &Incident { what, ..incident.clone() })
}

/// Notes that somebody was told of a loss or leak.
///
/// # Errors
/// `error-no-such-incident`; a day ahead.
fn told_of_incident(tx: &mut Tx<'_>, uid: &str, who: Told, on: NaiveDate) -> Result<()> {
    not_ahead(tx, on)?;
    let found = incidents::all(tx.conn())?.into_iter().find(|incident| incident.uid == uid);
    let mut incident = found.ok_or_else(|| LedgerError::refused("error-no-such-incident"))?;
    incident.told.retain(|(told, _)| *told != who);
    incident.told.push((who, on));
    incidents::put(tx, &incident)
}

fn few_words(text: &str) -> Option<String> {
    one_line(Field::Head, text).ok().filter(|text| !text.is_empty())
}
