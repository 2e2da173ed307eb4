//! 乡镇, the other side of the hand-up: who was invited, the files that came, what they say together, and the receipts that
//! go back. A county reads its townships' files in the same way. Villages stand in the order of their codes, never of a
//! figure.

pub mod coverage;
pub mod months;
mod parse;
mod receipts;
pub mod receive;
pub mod twins;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::area_code::{AreaCode, Level};
use crate::domain::hand_up::{Answer, Profile};
use crate::domain::message::Message;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::escrow::two_persons;
use crate::ledger::hand_up::Enrolled;
use crate::ledger::hand_up::invite::{self, Invite, Office, Paper};
use crate::ledger::hand_up::own_keys::{OwnKeys, PublicKeys, fingerprint};
use crate::ledger::hex::hex;
use crate::ledger::keys::random_bytes;
use crate::ledger::store::{Note, members};
use crate::ledger::view::View;
use crate::ledger::{Ledger, files};

/// Who was invited to hand up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Identity.
    pub uid: String,
    /// Its area code.
    pub code: String,
    /// Its name; empty before it answered.
    pub name: String,
    /// The columns that may come.
    pub profile: Profile,
    /// Its age recipient; empty before it answered.
    pub recipient: String,
    /// Its Ed25519 key; empty before it answered.
    pub verifying: String,
    /// The day of the invite.
    pub invited_on: NaiveDate,
    /// The day of the answer.
    pub enrolled_on: Option<NaiveDate>,
    /// The day on which both numbers were compared by phone.
    pub confirmed_on: Option<NaiveDate>,
}

impl MemberRow {
    /// Its keys.
    pub fn keys(&self) -> PublicKeys {
        PublicKeys { recipient: self.recipient.clone(), verifying: self.verifying.clone() }
    }

    /// Its name, or its code while no name is known.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.code } else { &self.name }
    }
}

/// An invite that was written.
#[derive(Debug)]
pub struct Invited {
    /// Where it lies.
    pub path: PathBuf,
    /// What was written down.
    pub done: Done,
}

/// What answering a file of the enrolment did.
#[derive(Debug)]
pub enum Enrolment {
    /// This village answered its township's invite.
    Office(Box<Enrolled>),
    /// This township took a village's answer.
    Member(Box<EnrolledMember>),
}

/// A member that answered.
#[derive(Debug)]
pub struct EnrolledMember {
    /// It.
    pub member: MemberRow,
    /// What is compared by phone.
    pub fingerprint: String,
    /// What was written down.
    pub done: Done,
}

impl View {
    /// What this ledger is of.
    pub fn level(&self) -> Result<Level> {
        Ok(self.village()?.level())
    }

    /// Who was invited, in the order of their codes.
    pub fn invited(&self) -> Result<Vec<MemberRow>> {
        Ok(members::all(self.conn())?.into_iter().map(|kept| kept.row).collect())
    }

    /// The number that is compared by phone with a member; empty before it answered.
    pub fn fingerprint_of(&self, member: &MemberRow) -> Result<String> {
        let keys = OwnKeys::of_view(self)?.filter(|_| member.enrolled_on.is_some());
        Ok(keys.map(|keys| fingerprint(&keys.public(), &member.keys(), &member.code)).unwrap_or_default())
    }
}

impl Ledger {
    /// Invites a village (or, for a county, a township): keeps the invite's secret and writes the invite to a file.
    ///
    /// # Errors
    /// A ledger that is of a village; a code that does not lie directly in this one; the disk.
    pub fn invite(&mut self, code: &str, profile: &Profile, out: &Path, stamp: &Stamp) -> Result<Invited> {
        let own = self.village()?;
        let (Some(of), Some(own_code)) = (AreaCode::parse(code), AreaCode::parse(&own.code)) else {
            return Err(LedgerError::refused("error-village-code"));
        };
        if own_code.level() == Level::Village {
            return Err(LedgerError::refused("township-is-village"));
        }
        if !of.is_directly_in(&own_code) {
            let message = Message::new("township-not-within").text("code", of.as_str()).text("own", own.code);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        let keys = OwnKeys::of(&self.store)?;
        let secret = hex(&random_bytes::<32>()?);
        let PublicKeys { recipient, verifying } = keys.public();
        let office = Office { code: own.code, name: own.name, recipient, verifying };
        let paper = Invite::new((office, &keys), of.as_str(), &secret, profile.clone(), stamp.today)?;
        let part = files::written(files::folder_of(out), &files::stem(out), &paper.bytes()?)?;
        let row = MemberRow {
            uid: String::new(),
            code: of.as_str().to_owned(),
            name: String::new(),
            profile: profile.clone(),
            recipient: String::new(),
            verifying: String::new(),
            invited_on: stamp.today,
            enrolled_on: None,
            confirmed_on: None,
        };
        let note = Note { op: "invite", note: row.code.clone(), count: 1, ..Note::default() };
        // The invite is named first: one that nobody knows of is worth nothing, one that is only known of cannot be answered.
        files::place(part, out)?;
        let (_, change) = self.store.transact(stamp, note, |tx| members::invite(tx, &row, &secret))?;
        Ok(Invited { path: out.to_owned(), done: self.done(change, Vec::new())? })
    }

    /// Takes a file of the enrolment: a village answers its township's invite, a township takes a village's answer.
    ///
    /// # Errors
    /// A file that is neither, was changed, or is for another village or township; the disk.
    pub fn enrol(&mut self, file: &Path, folder: &Path, stamp: &Stamp) -> Result<Enrolment> {
        match invite::read(file)? {
            Paper::Invite(paper) => Ok(Enrolment::Office(Box::new(self.answer_invite(&paper, folder, stamp)?))),
            Paper::Answer(answer) => Ok(Enrolment::Member(Box::new(self.take_answer(&answer, stamp)?))),
        }
    }

    fn take_answer(&mut self, answer: &Answer, stamp: &Stamp) -> Result<EnrolledMember> {
        let kept = members::all(self.view.conn())?.into_iter().find(|kept| kept.row.code == answer.code);
        let kept = kept.ok_or_else(|| LedgerError::refused("invite-answer-unknown"))?;
        // Read once more, it is known already.
        let is_known = kept.row.recipient == answer.recipient && kept.row.verifying == answer.verifying;
        if kept.secret.is_empty() && !is_known {
            return Err(LedgerError::refused("invite-answer-used"));
        }
        if !kept.secret.is_empty() && !invite::answers(answer, &kept.secret)? {
            return Err(LedgerError::damaged("invite-answer-unknown"));
        }
        let note = Note { op: "enrol-member", note: answer.code.clone(), count: 1, ..Note::default() };
        let keys = (answer.name.as_str(), answer.recipient.as_str(), answer.verifying.as_str());
        let (_, change) = self.store.transact(stamp, note, |tx| members::enrol(tx, kept.id, keys, stamp.today))?;
        let done = self.done(change, Vec::new())?;
        let member = self.invited()?.into_iter().find(|member| member.code == answer.code);
        let member = member.ok_or_else(|| LedgerError::refused("invite-answer-unknown"))?;
        Ok(EnrolledMember { fingerprint: self.fingerprint_of(&member)?, member, done })
    }

    /// The identity by which the standard `age` program opens what is sealed for this ledger: every village's file, and the
    /// deposits of their keys. Two persons take it out, and that is written down.
    ///
    /// # Errors
    /// A ledger that is of a village: what comes to it is no other program's; `escrow-two-persons`.
    pub fn age_identity(&mut self, by: [&str; 2], stamp: &Stamp) -> Result<secrecy::SecretString> {
        if self.level()? == Level::Village {
            return Err(LedgerError::refused("township-is-village"));
        }
        self.write_escrow("identity", &two_persons(by)?, stamp)?;
        Ok(OwnKeys::of(&self.store)?.sealing.to_string())
    }

    /// Notes that the number was compared by phone and is the same.
    ///
    /// # Errors
    /// `township-not-answered` where nobody of that code has answered.
    pub fn confirm_member(&mut self, code: &str, stamp: &Stamp) -> Result<Done> {
        let note = Note { op: "confirm-member", note: code.to_owned(), count: 1, ..Note::default() };
        let (_, change) = self.store.transact(stamp, note, |tx| members::confirm(tx, code, stamp.today))?;
        self.done(change, Vec::new())
    }
}
