//! What goes wrong with the ledger itself while the window is open: its file is damaged, its medium takes nothing. How the
//! window comes into that, and out of it again without a restart.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use eframe::egui;

use crate::desk::Answer;
use crate::desk::opening::{Opening, Secret};
use crate::desk::recovery::{Reach, try_medium};
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::error::{ErrorKind, LedgerError};
use crate::ledger::keys::DEMO_PASSPHRASE;
use crate::ledger::medium::MediumFault;
use crate::ui::action::Action;
use crate::ui::main_page::MainPage;
use crate::ui::pages::damage::DamagePage;
use crate::ui::pages::restored::RestoredPage;
use crate::ui::widgets::toast::{Offer, Tone};
use crate::ui::window::{Page, Window};

/// Seconds between two tries whether the medium takes something again.
const TRY_AFTER: i64 = 20;

/// What the window knows of it.
#[derive(Default)]
pub(super) struct Trouble {
    /// The ledger that is being opened, and what was typed for it: should it be damaged, nobody types it twice.
    opening: Option<(PathBuf, Secret)>,
    /// Somebody looks at what can still be read of a damaged ledger.
    looks_on: bool,
    trying: Option<Answer<()>>,
    tried_at: Option<DateTime<FixedOffset>>,
    /// It was asked for by the button: what comes of it is said.
    asked: bool,
}

impl Trouble {
    /// Something else is opened.
    pub fn begin(&mut self, opening: &Opening) {
        *self = Self::default();
        self.opening = match opening {
            Opening::Unlock { path, secret } => Some((path.clone(), secret.clone())),
            Opening::Demo { path } => Some((path.clone(), Secret::Passphrase(DEMO_PASSPHRASE.to_owned().into()))),
            _ => None,
        };
    }

    /// What was typed is needed no longer.
    pub fn forget_typed(&mut self) {
        self.opening = None;
    }

    /// Whether the medium is being tried.
    pub fn is_trying(&self) -> bool {
        self.trying.is_some()
    }
}

impl Window {
    /// Nothing came onto the desk, and what lay on it was put away for that.
    pub(super) fn nothing_opened(&mut self) {
        if let Page::Damaged(page, main) = &mut self.page {
            *main = None;
            page.closed();
        }
    }

    /// The page for a ledger that did not open because it is damaged; false where that is not why.
    pub(super) fn damaged_at_opening(&mut self, error: &LedgerError) -> bool {
        let typed = self.trouble.opening.take();
        self.nothing_opened();
        let Some((path, secret)) = typed else { return false };
        if !error.is_damage() || matches!(self.page, Page::Restore(_) | Page::Damaged(..)) {
            return false;
        }
        let page = DamagePage::new(&path, Reach::Closed(path.clone(), secret), &self.desk);
        self.page = Page::Damaged(Box::new(page), None);
        true
    }

    /// A read or a write met damage: the page that says what can be done takes the place of the ledger's.
    pub(super) fn damage_arrives(&mut self) {
        if let Page::Damaged(page, _) = &mut self.page {
            page.arrive(&self.words);
        }
        if self.desk.is_damaged() && !self.trouble.looks_on && matches!(self.page, Page::Main(_)) {
            self.show_damage();
        }
    }

    /// Shows what can be done about the damaged ledger that lies open.
    pub(super) fn show_damage(&mut self) {
        let stamp = self.stamp();
        if let Page::Main(main) = &mut self.page {
            // What is being typed lies beside the log, from where it is carried over.
            main.keep_drafts(&self.desk, &stamp);
        }
        self.page = match std::mem::replace(&mut self.page, Page::Choices) {
            Page::Main(main) => {
                let page = DamagePage::new(main.path(), Reach::Open, &self.desk);
                self.toasts.clear();
                Page::Damaged(Box::new(page), Some(main))
            }
            other => other,
        };
    }

    /// Goes back to what can still be read.
    fn look_on(&mut self) {
        self.trouble.looks_on = true;
        self.page = match std::mem::replace(&mut self.page, Page::Choices) {
            Page::Damaged(_, Some(main)) => Page::Main(main),
            other => other,
        };
    }

    /// What is wished on the page of a damaged ledger, and of a medium that takes nothing.
    pub(super) fn perform_in_trouble(&mut self, action: Action) {
        let stamp = self.stamp();
        match (action, &mut self.page) {
            (Action::ShowDamage, _) => self.show_damage(),
            (Action::LookOn, _) => self.look_on(),
            (Action::TryMedium, _) => {
                self.trouble.asked = true;
                self.try_medium(&stamp);
            }
            (Action::LookAtDamage, Page::Damaged(page, _)) => page.look_again(&self.desk),
            (Action::PackForHelp(folder), Page::Damaged(page, _)) => page.pack(&self.desk, &self.words, folder, stamp),
            (Action::RestoredSeen, _) => {
                self.page = match std::mem::replace(&mut self.page, Page::Choices) {
                    Page::Restored(_, main) => Page::Main(main),
                    other => other,
                };
            }
            _ => {}
        }
        self.damage_arrives();
    }

    /// Not while something is read from it or copied, which opening it anew would cut off.
    fn try_medium(&mut self, stamp: &Stamp) {
        if self.trouble.trying.is_none() && !self.is_working() {
            self.trouble.tried_at = Some(stamp.at);
            self.trouble.trying = Some(try_medium(&self.desk));
        }
        self.medium_arrives();
    }

    /// Says what came of trying the medium: when it takes something again, always.
    pub(super) fn medium_arrives(&mut self) {
        let Some(result) = self.trouble.trying.as_ref().and_then(Answer::take) else { return };
        self.trouble.trying = None;
        let was_asked = std::mem::take(&mut self.trouble.asked);
        match result {
            Ok(()) => {
                self.toasts.clear();
                self.toasts.add(Tone::Done, self.words.text("medium-again"), Offer::Nothing);
                if let Page::Main(main) = &mut self.page {
                    main.medium_again(&self.desk);
                }
            }
            Err(error) if was_asked && error.kind != ErrorKind::Cancelled => {
                self.toasts.add(Tone::Wrong, self.words.of(&error), Offer::Nothing);
            }
            Err(_) => {}
        }
    }

    /// Tries the medium now and then; the window looks again when it is time.
    pub(super) fn try_medium_when_due(&mut self, ctx: &egui::Context, stamp: &Stamp) {
        let can_change = self.desk.medium().is_some_and(MediumFault::may_pass);
        if !can_change || !matches!(self.page, Page::Main(_)) {
            return;
        }
        let due = self.trouble.tried_at.map(|at| at + TimeDelta::seconds(TRY_AFTER));
        match due {
            // Just met: what was said of it stands for a moment.
            None => self.trouble.tried_at = Some(stamp.at),
            Some(due) if self.trouble.asked || due <= stamp.at || due > stamp.at + TimeDelta::seconds(TRY_AFTER) => {
                self.try_medium(stamp)
            }
            Some(_) => {}
        }
        ctx.request_repaint_after(Duration::from_secs(TRY_AFTER.unsigned_abs()));
    }

    /// Takes the place of the page that asked for it, with what is to be told of the way there.
    pub(super) fn told_of_restoring(messages: Vec<Message>, main: Box<MainPage>) -> Page {
        match messages.is_empty() {
            true => Page::Main(main),
            false => Page::Restored(RestoredPage::new(messages), main),
        }
    }
}
