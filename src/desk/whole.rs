//! The whole ledger on its way: handed over to a new laptop, joined with what another one did, its key left with the
//! township.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Answer, Desk};
use crate::ledger::Ledger;
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::Result;
use crate::ledger::hand_over::HandedOver;
use crate::ledger::join::JoinReport;
use crate::ledger::progress::Progress;

/// A step that is no command of the ledger's own: it reads another file, or writes the keys beside the ledger.
#[derive(Clone, Debug)]
pub enum WholeStep {
    /// Enter what the other copy did; theirs where a field, by uid and column, is named.
    Join {
        /// The other copy.
        file: PathBuf,
        /// The fields in which theirs is wished for.
        theirs: BTreeSet<(String, String)>,
    },
    /// Leave the key with the township, sealed.
    Deposit,
    /// Take it out again.
    Withdraw,
}

/// Does one of them, with progress; dropping the answer stops it.
pub fn begin(desk: &Desk, step: WholeStep, stamp: Stamp) -> Answer<Done> {
    desk.job(move |ledger, progress| match step {
        WholeStep::Join { file, theirs } => match ledger.join(&file, &theirs, &stamp, progress)?.done {
            Some(done) => Ok(done),
            None => Ok(Done { revision: ledger.revision()?, change: None, kept: Vec::new() }),
        },
        WholeStep::Deposit => ledger.deposit(&stamp),
        WholeStep::Withdraw => ledger.withdraw_deposit(&stamp),
    })
}

/// Looks what joining a copy would do; nothing is written.
pub fn look_at_join(desk: &Desk, file: PathBuf, stamp: Stamp) -> Answer<JoinReport> {
    desk.job(move |ledger, progress| ledger.look_at_join(&file, &BTreeSet::new(), &stamp, progress))
}

/// Seals everything into a packet in this folder; from then on this copy is only read.
pub fn hand_over(desk: &Desk, folder: PathBuf, stamp: Stamp) -> Answer<HandedOver> {
    desk.job(move |ledger, progress| ledger.hand_over(&folder, &stamp, progress))
}

/// Goes on writing here: the packet never arrived.
pub fn take_back(desk: &Desk) -> Answer<()> {
    desk.job(|ledger: &mut Ledger, _: &dyn Progress| -> Result<()> { ledger.take_hand_over_back() })
}
