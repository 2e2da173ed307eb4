//! The hand-up on the desk: what either side wishes, what came of it, and the files of a stick looked at before they are
//! taken.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Answer, Desk};
use crate::domain::hand_up::Profile;
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::receipt::Receipt;
use crate::ledger::hand_up::{Enrolled, HandedUp};
use crate::ledger::handouts;
use crate::ledger::paper_code::PaperCode;
use crate::ledger::progress::Progress;
use crate::ledger::statistics::leave::{For, WrittenStatistics};
use crate::ledger::township::receive::{Received, ShelfFile};
use crate::ledger::township::{EnrolledMember, Enrolment, Invited};
use crate::ledger::view::View;

/// What is wished.
#[derive(Clone, Debug)]
pub enum HandUpWish {
    /// Answer an invite, or take an answer; an answer is written beside the invite.
    Enrol(PathBuf),
    /// Seal the file of the month into this folder.
    Write(PathBuf),
    /// Take a receipt.
    TakeReceipt(PathBuf),
    /// Invite somebody to hand up.
    Invite {
        /// Their code.
        code: String,
        /// The columns that may come.
        profile: Profile,
        /// The folder, such as a stick.
        folder: PathBuf,
        /// The file's name, without its ending.
        name: String,
    },
    /// Note that the number was compared by phone with whom has this code.
    Confirm(String),
    /// Hand up to the office above no more, so that another one's invite can be answered.
    LeaveOffice,
    /// Somebody looked at a calendar: today's date is right.
    DateIsRight,
    /// Take these files in one step.
    Receive(Vec<PathBuf>),
    /// Write what may be published into a new folder of this folder.
    Statistics {
        /// The folder, such as a stick.
        folder: PathBuf,
        /// The new folder's name.
        name: String,
        /// For whom, and what for.
        whom: For,
    },
    /// Answer a village's request for its key.
    AnswerEscrow(Box<EscrowAnswer>),
}

/// How a request for a key is answered.
#[derive(Clone)]
pub struct EscrowAnswer {
    /// The request.
    pub request: PathBuf,
    /// The folder for the answer.
    pub folder: PathBuf,
    /// The answer's name, without its ending.
    pub name: String,
    /// The two persons who do it.
    pub by: [String; 2],
}

/// Without the names of who does it.
impl std::fmt::Debug for EscrowAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EscrowAnswer(…)")
    }
}

impl HandUpWish {
    /// Whether it concerns the office above, whoever wishes it: a township hands up to its county as a village does.
    pub fn is_upward(&self) -> bool {
        match self {
            Self::Enrol(file) => has_ending(file, "xli"),
            Self::Write(_) | Self::TakeReceipt(_) => true,
            _ => false,
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub enum Came {
    /// This village answered its township's invite.
    Office(Box<Enrolled>),
    /// This township took a village's answer.
    Member(Box<EnrolledMember>),
    /// The file of the month was written.
    Written(Box<HandedUp>),
    /// A receipt was taken.
    Receipt(Box<Receipt>),
    /// An invite was written.
    Invited(Box<Invited>),
    /// It is noted that the number was compared.
    Confirmed(Box<Done>),
    /// The office above was left.
    Left(Box<Done>),
    /// The date is taken for right.
    DateIsRight,
    /// Files were taken.
    Received(Box<Received>),
    /// Statistics were written.
    Statistics(Box<WrittenStatistics>),
    /// A request for a key was answered.
    EscrowAnswered(Box<EscrowAnswered>),
}

/// The answer to a request for a key.
#[derive(Debug)]
pub struct EscrowAnswered {
    /// Where it lies.
    pub path: PathBuf,
    /// The code that opens it, used once.
    pub code: PaperCode,
    /// The ledger's revision since.
    pub revision: i64,
}

impl Came {
    /// The ledger's revision since; none where nothing was written down.
    pub fn revision(&self) -> Option<i64> {
        let done = match self {
            Self::Office(enrolled) => Some(&enrolled.done),
            Self::Member(enrolled) => Some(&enrolled.done),
            Self::Written(handed) => Some(&handed.done),
            Self::Receipt(receipt) => Some(&receipt.done),
            Self::Invited(invited) => Some(&invited.done),
            Self::Confirmed(done) | Self::Left(done) => Some(done.as_ref()),
            Self::DateIsRight => None,
            Self::Received(received) => received.done.as_ref(),
            Self::Statistics(written) => Some(&written.done),
            Self::EscrowAnswered(answered) => return Some(answered.revision),
        };
        done.map(|done| done.revision)
    }
}

/// Begins it on the ledger's thread; dropping the answer stops it.
pub fn begin(desk: &Desk, wish: HandUpWish, stamp: Stamp) -> Answer<Came> {
    desk.job(move |ledger, progress| {
        Ok(match wish {
            HandUpWish::Enrol(file) => match ledger.enrol(&file, beside(&file), &stamp)? {
                Enrolment::Office(enrolled) => Came::Office(enrolled),
                Enrolment::Member(enrolled) => Came::Member(enrolled),
            },
            HandUpWish::Write(folder) => Came::Written(Box::new(ledger.hand_up(&folder, &stamp, progress)?)),
            HandUpWish::TakeReceipt(file) => Came::Receipt(Box::new(ledger.take_receipt(&file, &stamp)?)),
            HandUpWish::Invite { code, profile, folder, name } => {
                let out = free(&folder, &name, "xli")?;
                Came::Invited(Box::new(ledger.invite(&code, &profile, &out, &stamp)?))
            }
            HandUpWish::LeaveOffice => Came::Left(Box::new(ledger.leave_office(&stamp)?)),
            HandUpWish::DateIsRight => {
                ledger.confirm_date(stamp.today)?;
                Came::DateIsRight
            }
            HandUpWish::Confirm(code) => Came::Confirmed(Box::new(ledger.confirm_member(&code, &stamp)?)),
            HandUpWish::Receive(files) => Came::Received(Box::new(ledger.receive(&files, &stamp, progress)?)),
            HandUpWish::Statistics { folder, name, whom } => {
                let out = free(&folder, &name, "")?;
                Came::Statistics(Box::new(ledger.write_statistics_watched(&out, &whom, &stamp, progress)?))
            }
            HandUpWish::AnswerEscrow(answer) => Came::EscrowAnswered(Box::new(answered(ledger, &answer, &stamp)?)),
        })
    })
}

fn answered(ledger: &mut Ledger, answer: &EscrowAnswer, stamp: &Stamp) -> Result<EscrowAnswered> {
    let path = free(&answer.folder, &answer.name, "json")?;
    let [one, other] = &answer.by;
    let code = ledger.answer_escrow(&answer.request, &path, [one, other], stamp)?;
    Ok(EscrowAnswered { path, code, revision: ledger.revision()? })
}

/// The folder of a file.
fn beside(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A name with this ending that no file in the folder has.
pub(super) fn free(folder: &Path, name: &str, ending: &str) -> Result<PathBuf> {
    if !folder.is_dir() {
        return Err(LedgerError::io(std::io::ErrorKind::NotFound.into(), folder));
    }
    let dot = if ending.is_empty() { "" } else { "." };
    Ok(handouts::free(folder, &format!("{name}{dot}{ending}")))
}

/// Looks at the files that were chosen, and at those of the folders that were; writes nothing.
///
/// # Errors
/// As [`View::look_at_files`]; a folder that cannot be read.
pub fn look(view: &View, chosen: &[PathBuf], today: NaiveDate, progress: &dyn Progress) -> Result<Vec<ShelfFile>> {
    let mut files = Vec::new();
    for path in chosen {
        if path.is_dir() {
            files.extend(packages_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    files.dedup();
    view.look_at_files(&files, today, progress)
}

/// The hand-up files of a folder, by name.
fn packages_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let io = |error| LedgerError::io(error, folder);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if has_ending(&path, "xlb") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file's name ends so, in capitals or not.
pub fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|known| known.eq_ignore_ascii_case(ending))
}
