//! What is hidden of children under 14 until it is said why somebody looks: on the command line as in the window. The look is
//! written down first and shown then.

use chrono::NaiveDate;
use clap::Args;

use crate::domain::look::{LookReason, is_hidden};
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::residents::ResidentRow;
use crate::words::Words;

/// Why the data of children is looked at.
#[derive(Args, Clone, Copy, Default)]
pub struct ChildReason {
    /// Show id number, day of birth and phone of children under 14, too: service, correction, guardian or duty; it is written down
    #[arg(long, value_name = "REASON", value_parser = LookReason::from_name)]
    child_reason: Option<LookReason>,
}

/// What may be shown of children now.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    today: NaiveDate,
    is_open: bool,
}

impl ChildReason {
    /// Writes a look at each child among these down where a reason was given; what may be shown then.
    ///
    /// # Errors
    /// The look cannot be written down: then nothing is shown.
    pub(super) fn sight<'a>(
        self,
        ledger: &mut Ledger,
        stamp: &Stamp,
        people: impl IntoIterator<Item = (&'a str, Option<PartialDate>)>,
    ) -> Result<Sight> {
        if let Some(why) = self.child_reason {
            let children = people.into_iter().filter(|(_, born)| is_hidden(*born, stamp.today));
            let children: Vec<&str> = children.map(|(uid, _)| uid).collect();
            ledger.note_looks(&children, why, stamp)?;
        }
        Ok(Sight { today: stamp.today, is_open: self.child_reason.is_some() })
    }

    /// The same for what is of one person alone.
    ///
    /// # Errors
    /// As [`Self::sight`].
    pub(super) fn sight_of(self, ledger: &mut Ledger, stamp: &Stamp, row: &ResidentRow) -> Result<Sight> {
        self.sight(ledger, stamp, [(row.uid.as_str(), row.born())])
    }

    /// The same where all of it is a child's or nothing, as on a paper.
    ///
    /// # Errors
    /// `cli-child-reason` where they are a child and no reason was given; as [`Self::sight`].
    pub(super) fn demand(self, ledger: &mut Ledger, stamp: &Stamp, resident: &str) -> Result<()> {
        let row = ledger.resident(resident)?;
        if self.sight_of(ledger, stamp, &row)?.hides(row.born()) {
            return Err(LedgerError::refused("cli-child-reason"));
        }
        Ok(())
    }
}

impl Sight {
    /// Whether somebody's data is hidden.
    pub(super) fn hides(self, born: Option<PartialDate>) -> bool {
        !self.is_open && is_hidden(born, self.today)
    }

    /// A value for a document; none where it is hidden.
    pub(super) fn value(self, born: Option<PartialDate>, value: &str) -> Option<&str> {
        (!self.hides(born)).then_some(value)
    }

    /// A value for a line.
    pub(super) fn shown(self, born: Option<PartialDate>, value: &str, words: &Words) -> String {
        if value.is_empty() || !self.hides(born) { value.to_owned() } else { words.text("child-hidden") }
    }

    /// A day of birth; of a child's, the year.
    pub(super) fn born(self, born: Option<PartialDate>) -> Option<String> {
        born.map(|day| if self.hides(born) { PartialDate::Year(day.year()).to_string() } else { day.to_string() })
    }

    /// A sentence, or what is said in place of one that tells a child's day of birth.
    pub(super) fn said(self, born: Option<PartialDate>, message: &Message, words: &Words) -> String {
        if self.withholds(born, message) { words.text("child-born-hidden") } else { words.say(message) }
    }

    /// Whether a sentence tells a child's day of birth.
    pub(super) fn withholds(self, born: Option<PartialDate>, message: &Message) -> bool {
        self.hides(born) && crate::domain::look::tells_birth(message)
    }
}
