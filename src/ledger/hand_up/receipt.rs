//! The receipt (`*.xlr`), which goes back on the same stick: what the township took of a file, and what it could not take.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::hand_up::SectionHead;
use crate::domain::hand_up::row::Wrong;
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::HandUpRow;
use crate::ledger::hand_up::own_keys::OwnKeys;
use crate::ledger::hand_up::package::{self, Kind, Opened, Section, Unreadable};
use crate::ledger::store::{Note, hand_ups};

/// The version that this program writes, and the newest that it reads.
const VERSION: u32 = 1;
/// The section of what was refused.
const REFUSED: &str = "refused";

/// The head of a receipt.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: u32,
    /// The office's code.
    from: String,
    /// The village's code.
    to: String,
    /// Which file.
    number: i64,
    /// Its digest.
    digest: String,
    /// The day it was read.
    read_on: chrono::NaiveDate,
    /// Rows taken.
    rows: i64,
    sections: Vec<SectionHead>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ledger) struct Refused {
    /// What it was about.
    pub(in crate::ledger) section: String,
    /// Which row: codes of the program, no value of a person.
    pub(in crate::ledger) key: String,
    /// A word of [`Wrong`].
    pub(in crate::ledger) wrong: String,
}

/// What a receipt is to say.
pub(in crate::ledger) struct ToSay<'a> {
    pub(in crate::ledger) office: &'a str,
    pub(in crate::ledger) member: &'a str,
    pub(in crate::ledger) number: i64,
    pub(in crate::ledger) digest: &'a str,
    pub(in crate::ledger) read_on: chrono::NaiveDate,
    pub(in crate::ledger) rows: i64,
}

/// Seals a receipt for a village.
pub(in crate::ledger) fn seal(say: &ToSay<'_>, refused: &[Refused], keys: &OwnKeys, to: &str) -> Result<Vec<u8>> {
    let section = Section::new(REFUSED, refused)?;
    let head = Head {
        version: VERSION,
        from: say.office.to_owned(),
        to: say.member.to_owned(),
        number: say.number,
        digest: say.digest.to_owned(),
        read_on: say.read_on,
        rows: say.rows,
        sections: vec![section.head.clone()],
    };
    Ok(package::seal(Kind::Receipt, &head, &[section], keys, to)?.bytes)
}

/// A receipt that was taken.
#[derive(Debug)]
pub struct Receipt {
    /// The file, with what the receipt says of it.
    pub file: HandUpRow,
    /// What was written down.
    pub done: Done,
}

fn unreadable(why: Unreadable) -> LedgerError {
    LedgerError::damaged(match why {
        Unreadable::Foreign => "receipt-foreign",
        Unreadable::Damaged => "receipt-damaged",
        Unreadable::Newer => "receipt-newer",
        Unreadable::Other => "receipt-other",
    })
}

fn refused_rows(opened: &Opened, head: &Head) -> std::result::Result<Vec<(String, String, Wrong)>, Unreadable> {
    let sections = opened.sections(&head.sections)?;
    let [section] = head.sections.as_slice() else { return Err(Unreadable::Damaged) };
    if section.name != REFUSED {
        return Err(Unreadable::Damaged);
    }
    let row = |line: &str| {
        let row: Refused = serde_json::from_str(line).map_err(|_| Unreadable::Damaged)?;
        // A reason of a newer program is no reason to refuse the receipt.
        let wrong = Wrong::from_word(&row.wrong).unwrap_or(Wrong::Value);
        Ok((row.section, row.key, wrong))
    };
    sections.concat().into_iter().map(row).collect()
}

impl Ledger {
    /// Takes a receipt; taken again, it changes nothing.
    ///
    /// # Errors
    /// A file that is no receipt, is for another village, of another office, or of a file that this ledger never made; one
    /// cut short or changed; the disk.
    pub fn take_receipt(&mut self, path: &Path, stamp: &Stamp) -> Result<Receipt> {
        let office = self.office()?.ok_or_else(|| LedgerError::refused("hand-up-not-enrolled"))?;
        let keys = OwnKeys::of(&self.store)?;
        let bytes = package::read(path)?.map_err(unreadable)?;
        let opened = package::open(Kind::Receipt, &bytes, &keys).map_err(unreadable)?;
        if !opened.is_signed_by(&office.office.verifying, &keys.public().recipient) {
            return Err(LedgerError::damaged("receipt-unknown-sender"));
        }
        let head: Head = opened.head(VERSION).map_err(unreadable)?;
        let refused = refused_rows(&opened, &head).map_err(unreadable)?;
        let is_it = |file: &HandUpRow| file.number == head.number && file.digest == head.digest;
        let file = self.hand_ups()?.into_iter().find(is_it).ok_or_else(|| LedgerError::refused("receipt-no-file"))?;
        let note = Note { op: "receipt", note: file.month, count: head.rows, ..Note::default() };
        let (_, change) = self
            .store
            .transact(stamp, note, |tx| hand_ups::accept(tx, &file.uid, (head.read_on, head.rows), &refused))?;
        let done = self.done(change, Vec::new())?;
        let file = self.hand_ups()?.into_iter().find(is_it).ok_or_else(|| LedgerError::refused("receipt-no-file"))?;
        Ok(Receipt { file, done })
    }
}
