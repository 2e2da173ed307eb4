//! A damaged ledger on the desk: looked at in the background, and a packet for whoever helps. Putting a backup in its place
//! is one of the ways a ledger comes onto the desk ([`super::opening`]).

use std::path::PathBuf;

use super::opening::Secret;
use super::{Answer, Desk};
use crate::domain::disclosure::PaperKind;
use crate::ledger::Ledger;
use crate::ledger::command::Stamp;
use crate::ledger::error::Result;
use crate::ledger::packet::{HelpPacket, write_packet};
use crate::ledger::recovery::{Findings, Way, look, look_alone};
use crate::ledger::rehearsal::Rehearsal;

/// How a damaged ledger is reached.
#[derive(Clone)]
pub enum Reach {
    /// It did not open: where it lies, and what was typed to open it.
    Closed(PathBuf, Secret),
    /// It lies open on the desk and was found damaged while it was used.
    Open,
    /// Its key is known from looking before.
    Known(Way),
}

/// What was found, and the way to the ledger for what follows.
pub struct Looked {
    /// Where it lies, and its key.
    pub way: Way,
    /// What was found.
    pub findings: Findings,
}

/// Looks what is wrong and what there is to put it right; nothing is written. Dropping the answer stops it.
pub fn find(desk: &Desk, reach: Reach) -> Answer<Looked> {
    let is_open = matches!(reach, Reach::Open);
    let known = move |ledger: Option<&Ledger>| match reach {
        Reach::Open => Ok(Reach::Known(ledger.ok_or_else(super::none_open)?.way())),
        reach => Ok(reach),
    };
    let work = move |reach: Reach, progress: &dyn super::Progress| {
        let way = match reach {
            Reach::Known(way) => way,
            Reach::Closed(path, secret) => Way::unlock(&path, &secret.read()?)?,
            Reach::Open => return Err(super::none_open()),
        };
        // The desk's own ledger keeps others away.
        let findings = if is_open { look(&way, progress)? } else { look_alone(&way, progress)? };
        Ok(Looked { way, findings })
    };
    desk.beside(known, work, |_, _| Ok(()))
}

/// Writes a packet for whoever helps into a folder; `text` is its sheet. Nobody needs a key for that.
pub fn pack(desk: &Desk, (ledger, text): (PathBuf, String), folder: PathBuf, stamp: Stamp) -> Answer<HelpPacket> {
    let (noted, health) = (stamp.clone(), desk.health.clone());
    let work = move |(), progress: &dyn super::Progress| write_packet(&ledger, &folder, &text, &stamp, progress);
    // Where the ledger is open it is written down that it left; into a damaged one nothing is written any more.
    desk.beside(
        |_| Ok(()),
        work,
        move |ledger: &mut Ledger, _: &HelpPacket| {
            if !health.is_damaged() {
                ledger.note_sealed(PaperKind::HelpPacket, &noted);
            }
            Ok(())
        },
    )
}

/// When a backup is rehearsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// If one is due.
    Due,
    /// Whether or not one is due.
    Now,
}

/// Rehearses the newest backup while the ledger goes on being used; none where none was due.
pub fn rehearse(desk: &Desk, when: When, stamp: Stamp) -> Answer<Option<Rehearsal>> {
    let today = stamp.today;
    let source = move |ledger: Option<&Ledger>| {
        let ledger = ledger.ok_or_else(super::none_open)?;
        let is_wished = when == When::Now || ledger.is_rehearsal_due(today)?;
        is_wished.then(|| ledger.source_of_copies()).transpose()
    };
    desk.beside(
        source,
        move |source, progress| source.map(|source| source.rehearse(&stamp, progress)).transpose(),
        |ledger: &mut Ledger, rehearsal: &Option<Rehearsal>| match rehearsal {
            Some(rehearsal) => ledger.remember_rehearsal(rehearsal),
            None => Ok(()),
        },
    )
}

/// Tries whether the ledger's medium takes something again.
pub fn try_medium(desk: &Desk) -> Answer<()> {
    let (health, views) = (desk.health.clone(), desk.views());
    desk.job(move |ledger: &mut Ledger, _| -> Result<()> {
        ledger.try_out_medium()?;
        // The readers look at a file that nobody can change, perhaps a private copy, which must not be held when it goes.
        let views = views.filter(|_| ledger.medium_fault().is_some());
        if let Some(views) = &views {
            views.clear();
        }
        let tried = ledger.try_medium();
        let installed = views.map_or(Ok(()), |views| views.install(ledger));
        tried?;
        health.recovered();
        installed
    })
}
