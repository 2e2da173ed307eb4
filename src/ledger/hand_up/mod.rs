//! 上报, the village's side: it answers its township's invite, sees what would leave, seals it into one file a month, and
//! takes the receipt. The formats, which both sides read, are in `package`, [`invite`] and [`receipt`]; the township's
//! side is [`crate::ledger::township`].

pub mod gather;
pub mod invite;
mod leave;
pub mod own_keys;
pub(in crate::ledger) mod package;
pub mod receipt;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::area_code::AreaCode;
use crate::domain::hand_up::{Profile, row::Wrong};
use crate::domain::message::{Message, Say};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::store::{Note, hand_ups, history};
use crate::ledger::view::View;
use crate::ledger::{Ledger, files};
use invite::{Invite, Office, answer, proof, write_answer};
use own_keys::{OwnKeys, fingerprint};

pub use leave::{HandUpPreview, HandedUp, PreviewSection};

/// The office above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolledOffice {
    /// It and its keys.
    pub office: Office,
    /// The columns that may leave.
    pub profile: Profile,
    /// What the invite's secret made of our keys.
    pub(in crate::ledger) proof: String,
    /// The day its invite was answered.
    pub enrolled_on: NaiveDate,
}

/// A file that was handed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandUpRow {
    /// Identity.
    pub uid: String,
    /// 1, 2, 3 …
    pub number: i64,
    /// The month whose numbers it brings, as 2026-11.
    pub month: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// SHA-256 over what was signed.
    pub digest: String,
    /// The last change that is in it.
    pub revision: i64,
    /// How many rows are in it.
    pub rows: i64,
    /// The day of the receipt; none while there is none.
    pub accepted_on: Option<NaiveDate>,
    /// How many rows the township took.
    pub accepted_rows: i64,
    /// What it could not take, by why.
    pub refused: BTreeMap<Wrong, i64>,
}

impl HandUpRow {
    /// Rows that the township could not take.
    pub fn refused_rows(&self) -> i64 {
        self.refused.values().sum()
    }
}

impl Say for HandUpRow {
    /// What became of it.
    fn message(&self) -> Message {
        let refused = self.refused_rows();
        let message = match self.accepted_on {
            None => Message::new("hand-up-open").number("rows", self.rows),
            Some(on) => {
                let key = if refused == 0 { "hand-up-accepted" } else { "hand-up-accepted-but" };
                Message::new(key).date("on", on).number("rows", self.accepted_rows)
            }
        };
        let why = |(why, rows): (&Wrong, &i64)| {
            Message::new("hand-up-why").word("why", why.message().key).number("rows", *rows)
        };
        message
            .number("number", self.number)
            .text("month", self.month.clone())
            .number("refused", refused)
            .said("why", self.refused.iter().map(why).collect())
    }
}

/// An invite that was answered.
#[derive(Debug)]
pub struct Enrolled {
    /// The office.
    pub office: EnrolledOffice,
    /// What is compared by phone.
    pub fingerprint: String,
    /// Where the answer lies.
    pub answer: PathBuf,
    /// What was written down.
    pub done: Done,
}

/// How far the village and its township are with each other.
#[derive(Clone, Debug)]
pub struct HandUpOverview {
    /// The office above; none before its invite was answered.
    pub office: Option<EnrolledOffice>,
    /// What is compared by phone.
    pub fingerprint: String,
    /// The files, the newest first.
    pub files: Vec<HandUpRow>,
    /// Changes since the newest file that was accepted: what is still only here.
    pub only_here: i64,
}

impl View {
    /// The office above.
    pub fn office(&self) -> Result<Option<EnrolledOffice>> {
        hand_ups::office(self.conn())
    }

    /// Files handed up, the newest first.
    pub fn hand_ups(&self) -> Result<Vec<HandUpRow>> {
        hand_ups::all(self.conn())
    }

    /// How far the village and its township are with each other.
    pub fn hand_up_overview(&self) -> Result<HandUpOverview> {
        let (office, files) = (self.office()?, self.hand_ups()?);
        let fingerprint = match (&office, OwnKeys::of_view(self)?) {
            (Some(of), Some(keys)) => fingerprint(&of.office.keys(), &keys.public(), &self.village()?.code),
            _ => String::new(),
        };
        let accepted = files.iter().find(|file| file.accepted_on.is_some()).map_or(0, |file| file.revision);
        // What was written down about handing up is no news to the township.
        let only_here = history::told_since(self.conn(), accepted)?;
        Ok(HandUpOverview { office, fingerprint, files, only_here })
    }
}

impl Ledger {
    /// Answers a township's invite, and writes the answer into a folder.
    ///
    /// # Errors
    /// A file that is no invite, was changed, is for another village, or of an office that the village does not lie in;
    /// `invite-other-office` where another office, or other keys of the same one, were answered before and not left since
    /// ([`Ledger::leave_office`]); the disk.
    pub(in crate::ledger) fn answer_invite(
        &mut self,
        invite: &Invite,
        folder: &Path,
        stamp: &Stamp,
    ) -> Result<Enrolled> {
        let village = self.village()?;
        if invite.member != village.code {
            let message = Message::new("invite-other-village").text("code", invite.member.clone());
            return Err(LedgerError::new(ErrorKind::Refused, message.text("own", village.code)));
        }
        let lies_in = AreaCode::parse(&village.code)
            .zip(AreaCode::parse(&invite.office.code))
            .is_some_and(|(own, office)| own.is_directly_in(&office));
        if !lies_in {
            let message = Message::new("invite-not-above").text("code", invite.office.code.clone());
            return Err(LedgerError::new(ErrorKind::Refused, message.text("own", village.code)));
        }
        if let Some(before) = self.office()?
            && (before.office.code != invite.office.code || before.office.verifying != invite.office.verifying)
        {
            let message = Message::new("invite-other-office").text("name", before.office.name);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        let keys = OwnKeys::of(&self.store)?;
        let proof = proof(&invite.secret, &village.code, &keys.public());
        let answer = answer(&village.code, &village.name, &proof, &keys)?;
        let answer = write_answer(&answer, folder)?;
        let office = EnrolledOffice {
            office: invite.office.clone(),
            profile: invite.profile.clone(),
            proof,
            enrolled_on: stamp.today,
        };
        let note = Note { op: "enrol", count: 1, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| hand_ups::put_office(tx, &office))?;
        let done = self.done(change, Vec::new())?;
        let fingerprint = fingerprint(&office.office.keys(), &keys.public(), &village.code);
        Ok(Enrolled { office, fingerprint, answer, done })
    }
}

impl Ledger {
    /// Hands up to this office no more: nothing is sealed for it until an invite is answered again. The files so far stay
    /// counted.
    ///
    /// # Errors
    /// `hand-up-not-enrolled` where there is none.
    pub fn leave_office(&mut self, stamp: &Stamp) -> Result<Done> {
        if self.office()?.is_none() {
            return Err(LedgerError::refused("hand-up-not-enrolled"));
        }
        let note = Note { op: "leave-office", count: 1, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| hand_ups::remove_office(tx))?;
        self.done(change, Vec::new())
    }

    /// Somebody looked at the calendar: this is the day, whatever was written before.
    pub fn confirm_date(&mut self, today: NaiveDate) -> Result<()> {
        self.set_local_setting(DATE_IS_RIGHT, &today.to_string())
    }
}

/// The day of which somebody said that it is right.
const DATE_IS_RIGHT: &str = "date-is-right";
/// So many days after the last step a date is no longer taken for granted where it cannot be taken back.
const LONG_PAUSE: i64 = 400;

impl View {
    /// Refuses a date that is hardly today's, before anything is numbered or closed by it.
    ///
    /// # Errors
    /// `hand-up-clock` before the last file, `date-far-ahead` long after the last step; neither where somebody said that it is
    /// right ([`Ledger::confirm_date`]).
    pub(in crate::ledger) fn likely_date(&self, today: NaiveDate) -> Result<()> {
        if self.local_setting(DATE_IS_RIGHT)?.is_some_and(|day| day == today.to_string()) {
            return Ok(());
        }
        if let Some(last) = self.hand_ups()?.first().filter(|last| last.made_on > today) {
            let message = Message::new("hand-up-clock").date("today", today).date("last", last.made_on);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        match history::days_around(self.conn(), today)?.before {
            Some(last) if (today - last).num_days() > LONG_PAUSE => {
                let message = Message::new("date-far-ahead").date("today", today).date("last", last);
                Err(LedgerError::new(ErrorKind::Refused, message))
            }
            _ => Ok(()),
        }
    }
}

/// The name of a village's file: 柳河村-7.xlb.
fn file_name(village: &str, number: i64, ending: &str) -> String {
    format!("{}-{number}.{ending}", files::safe_name(village))
}
