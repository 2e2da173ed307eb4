//! Deleting for good, writing down a look at what is hidden, and the passphrase of who may only look: on the ledger's own
//! thread.

use std::collections::BTreeSet;
use std::path::PathBuf;

use secrecy::SecretString;

use super::{Answer, Desk};
use crate::domain::look::LookReason;
use crate::ledger::command::Stamp;
use crate::ledger::keys::{KeysFile, Unlock};
use crate::ledger::privacy::purge::{OldBackups, Purged};

/// What is to go for good.
#[derive(Clone, PartialEq, Eq)]
pub enum PurgeWish {
    /// The person with this uid, with all that is kept of them.
    Person(String),
    /// What is due and was ticked, by uid.
    Due(BTreeSet<String>),
}

/// Deletes for good; stopped before anything is gone, or not at all.
pub fn purge(desk: &Desk, wish: PurgeWish, old: OldBackups, stamp: Stamp) -> Answer<Purged> {
    desk.job(move |ledger, progress| match &wish {
        PurgeWish::Person(uid) => ledger.purge_person(uid, old, &stamp, progress),
        PurgeWish::Due(chosen) => ledger.purge_due(chosen, old, &stamp, progress),
    })
}

/// What is hidden until it is asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum Hidden {
    /// The data of the child with this uid.
    Child(String),
    /// The care of the children left behind with these uids.
    Care(Vec<String>),
}

/// Writes a look down, with its reason; the revision after it, where the history says that there was one.
pub fn note_look(desk: &Desk, at: Hidden, why: LookReason, stamp: Stamp) -> Answer<Option<i64>> {
    desk.job(move |ledger, _| match &at {
        Hidden::Child(uid) => ledger.note_look(uid, why, &stamp).map(|()| None),
        Hidden::Care(uids) => {
            let uids: Vec<&str> = uids.iter().map(String::as_str).collect();
            ledger.look_at_care(&uids, why, &stamp)
        }
    })
}

/// Gives the ledger at a path a passphrase for who may only look, or takes it away.
pub fn set_looking(desk: &Desk, path: PathBuf, own: SecretString, new: Option<SecretString>) -> Answer<()> {
    desk.job(move |ledger, _| {
        KeysFile::set_looking(&path, &Unlock::Passphrase(own), new.as_ref())?;
        ledger.keep_keys()
    })
}
