//! What concerns people's data on whatever page it is asked for: deleting for good, and looks at what is hidden.

use super::MainPage;
use crate::desk::privacy::{Hidden, PurgeWish, note_look, purge};
use crate::desk::{Answer, Desk};
use crate::domain::look::LookReason;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, Result};
use crate::ledger::privacy::purge::{OldBackups, Purged};
use crate::ui::tabs::Tab;
use crate::ui::widgets::child::Seen;
use crate::words::Words;

/// What was said of a piece of work: done, or refused.
type Said = std::result::Result<String, String>;

/// What is under way, and whose hidden data is shown.
#[derive(Default)]
pub(super) struct Trust {
    purging: Option<(PurgeWish, Answer<Purged>)>,
    asked: Option<(Hidden, Answer<Option<i64>>)>,
    seen: Seen,
}

impl Trust {
    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.purging.is_some() || self.asked.is_some()
    }

    /// Hides again what was shown.
    pub fn hide(&mut self) {
        self.seen = Seen::default();
    }
}

impl MainPage {
    /// Whose hidden data is shown.
    pub fn seen(&self) -> Seen {
        self.trust.seen.clone()
    }

    /// How far deleting for good is.
    pub fn purging(&self) -> Option<(u64, u64)> {
        self.trust.purging.as_ref().map(|(_, answer)| answer.progress())
    }

    /// Begins to delete for good; one thing at a time.
    pub(super) fn purge(&mut self, desk: &Desk, (wish, old): (PurgeWish, OldBackups), stamp: Stamp) {
        if self.trust.purging.is_none() {
            self.trust.purging = Some((wish.clone(), purge(desk, wish, old, stamp)));
        }
    }

    /// Stops it, as long as nothing is gone yet.
    pub(super) fn stop_purge(&self) {
        if let Some((_, answer)) = &self.trust.purging {
            answer.cancel();
        }
    }

    /// Writes a look down; only then is anything shown.
    pub(super) fn look(&mut self, desk: &Desk, (hidden, why): (Hidden, LookReason), stamp: Stamp) {
        self.trust.asked = Some((hidden.clone(), note_look(desk, hidden, why, stamp)));
    }

    /// What was shown is hidden again once its page is left.
    pub(super) fn hide_what_was_left(&mut self) {
        let is_there = |uid: &String| self.tab == Tab::Residents && self.residents.is_about(uid);
        let Seen { person, care } = &mut self.trust.seen;
        if person.as_ref().is_some_and(|uid| !is_there(uid)) {
            *person = None;
        }
        if self.tab != Tab::Lists || !self.lists.shows_children() {
            care.retain(is_there);
        }
    }

    /// Takes what arrived; what is to be said of it.
    pub fn trust_arrives(&mut self, words: &Words, desk: &Desk) -> Option<Said> {
        if let Some(result) = self.trust.asked.as_ref().and_then(|(_, answer)| answer.take()) {
            let (hidden, _) = self.trust.asked.take()?;
            match result {
                Ok(revision) => {
                    match hidden {
                        Hidden::Child(uid) => self.trust.seen.person = Some(uid),
                        Hidden::Care(uids) => self.trust.seen.care = uids,
                    }
                    if let Some(revision) = revision {
                        self.revised(revision, desk);
                    }
                }
                Err(error) => return Some(Err(words.of(&error))),
            }
        }
        let result = self.trust.purging.as_ref().and_then(|(_, answer)| answer.take())?;
        let (wish, _) = self.trust.purging.take()?;
        Some(self.purged(&wish, result, (words, desk)))
    }

    fn purged(&mut self, wish: &PurgeWish, result: Result<Purged>, (words, desk): (&Words, &Desk)) -> Said {
        let purged = match result {
            Ok(purged) => purged,
            Err(error) if error.kind == ErrorKind::Cancelled => return Ok(words.text("purge-stopped")),
            Err(error) => return Err(words.of(&error)),
        };
        if let PurgeWish::Person(uid) = wish {
            self.residents.gone(uid);
        }
        self.privacy.purged();
        self.handup.backups_changed();
        if let Some(done) = &purged.done {
            self.revised(done.revision, desk);
        }
        let said = purged.message();
        let later = if purged.log_emptied { String::new() } else { words.text("purged-log-later") };
        Ok(format!("{}{later}", words.say(&said)))
    }
}
