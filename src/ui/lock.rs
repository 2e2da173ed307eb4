//! Locking: after some minutes without input, or at once, the ledger is put away and the page waits behind the passphrase.
//! Also the growing wait after wrong passphrases. Which instant it is, is given.

use chrono::{DateTime, FixedOffset, TimeDelta};
use eframe::egui::{self, Event, Ui};
use secrecy::SecretString;

use crate::desk::device::Device;
use crate::desk::opening::{Lies, lies_at};
use crate::desk::privacy::set_looking;
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::Stamp;
use crate::ledger::error::LedgerError;
use crate::ui::action::Entry;
use crate::ui::pages::unlock::UnlockPage;
use crate::ui::widgets::toast::{Offer, Tone};
use crate::ui::window::{Page, Window};

/// The minutes offered.
pub const MINUTES: [u32; 4] = [5, 10, 15, 30];
/// The minutes where nobody chose.
const MINUTES_AT_FIRST: u32 = 10;

/// Seconds to wait after so many wrong passphrases in a row; the last holds for all that follow.
const WAITS: [i64; 9] = [0, 0, 0, 2, 4, 8, 16, 32, 60];

/// Whether locking was asked for while something was under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asked {
    #[default]
    No,
    Yes,
}

/// When somebody last did something.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Idle {
    last: Option<DateTime<FixedOffset>>,
    asked: Asked,
}

/// Whether somebody did something; that the window was looked at again is nothing.
fn is_input(ui: &Ui) -> bool {
    let idle = |event: &Event| matches!(event, Event::PointerGone | Event::WindowFocused(_));
    ui.input(|input| input.raw.events.iter().any(|event| !idle(event)))
}

/// The chosen minutes.
pub(super) fn minutes(device: &Device) -> u32 {
    let chosen = device.get("lock-after").and_then(|minutes| minutes.parse().ok());
    chosen.filter(|minutes| MINUTES.contains(minutes)).unwrap_or(MINUTES_AT_FIRST)
}

impl Window {
    /// Locks where it is time; before this frame's input counts, so that the one that wakes the computer does not.
    pub(super) fn lock_when_idle(&mut self, ctx: &egui::Context, stamp: &Stamp) {
        let last = *self.idle.last.get_or_insert(stamp.at);
        let limit = TimeDelta::minutes(i64::from(minutes(&self.device)));
        let is_due = self.idle.asked == Asked::Yes || stamp.at - last >= limit;
        if is_due && self.can_lock() && !self.is_working() {
            self.lock(ctx, stamp);
        }
        if last > stamp.at {
            self.idle.last = Some(stamp.at);
        }
    }

    /// Somebody is there.
    pub(super) fn note_input(&mut self, ui: &Ui, stamp: &Stamp) {
        if is_input(ui) {
            self.idle.last = Some(stamp.at);
        }
    }

    /// Seconds until it will lock by itself, where it will.
    pub(super) fn seconds_to_lock(&self, stamp: &Stamp) -> Option<u64> {
        let last = self.idle.last.filter(|_| self.can_lock())?;
        let due = last + TimeDelta::minutes(i64::from(minutes(&self.device)));
        u64::try_from((due - stamp.at).num_seconds()).ok()
    }

    /// Everybody knows what opens the demo village: it does not lock.
    fn can_lock(&self) -> bool {
        match &self.page {
            Page::Main(main) | Page::Restored(_, main) => !main.is_demo(),
            // The key waits there for a backup to be put in place.
            Page::Damaged(..) => true,
            _ => false,
        }
    }

    /// Whether something is being written, read in or copied, which putting the ledger away would cut off.
    pub(super) fn is_working(&self) -> bool {
        let is_busy = match &self.page {
            Page::Main(main) => main.is_busy(),
            Page::Damaged(page, _) => page.is_busy(),
            _ => self.trouble.is_trying(),
        };
        let others = self.opening.is_some() || self.removing.is_some() || self.taking_back.is_some();
        is_busy || others || self.looking.is_some() || !self.running.is_empty()
    }

    /// Locks at once, or as soon as what is under way is through.
    pub(super) fn ask_to_lock(&mut self, ctx: &egui::Context) {
        if !self.can_lock() {
            // What is just being opened is locked when it is.
            if self.opening.is_some() {
                self.idle.asked = Asked::Yes;
            }
            return;
        }
        if self.is_working() {
            self.idle.asked = Asked::Yes;
            return self.toasts.add(Tone::Done, self.words.text("lock-later"), Offer::Nothing);
        }
        let stamp = self.stamp();
        self.lock(ctx, &stamp);
    }

    /// Whether it locks as soon as what is under way is through.
    pub(super) fn is_about_to_lock(&self) -> bool {
        self.idle.asked == Asked::Yes && (self.can_lock() || self.opening.is_some())
    }

    fn lock(&mut self, ctx: &egui::Context, stamp: &Stamp) {
        let page = std::mem::replace(&mut self.page, Page::Choices);
        let mut main = match page {
            Page::Main(main) | Page::Restored(_, main) => main,
            Page::Damaged(..) => {
                self.idle_is_over();
                self.desk.close(stamp.clone());
                let at_first =
                    if lies_at(&self.launch.ledger) == Lies::Village { Entry::Unlock } else { Entry::Choices };
                return self.go(at_first);
            }
            other => {
                self.page = other;
                return;
            }
        };
        main.keep_drafts(&self.desk, stamp);
        main.stop_reads();
        self.idle_is_over();
        self.failure = None;
        // No name stays on screen, and no typed text in the toolkit's own memory.
        self.toasts.clear();
        ctx.memory_mut(|memory| memory.stop_text_input());
        ctx.data_mut(|data| data.remove_by_type::<egui::text_edit::TextEditState>());
        self.desk.close(stamp.clone());
        self.page = Page::Locked(UnlockPage::default(), main);
    }

    pub(super) fn idle_is_over(&mut self) {
        self.idle.asked = Asked::No;
    }

    /// Another number of minutes.
    pub(super) fn set_lock_after(&mut self, minutes: u32) {
        if MINUTES.contains(&minutes) {
            self.device.set("lock-after", &minutes.to_string());
        }
    }

    /// Gives the ledger a passphrase for who may only look, or takes it away; a wrong one of the cadre's waits as it does
    /// where it is opened.
    pub(super) fn set_looking(&mut self, own: SecretString, new: Option<SecretString>) {
        let Page::Main(main) = &self.page else { return };
        let wait = self.seconds_to_wait(&self.stamp());
        if wait > 0 {
            let words = self.words.say(&wait_message(wait));
            return self.toasts.add(Tone::Wrong, words, Offer::Nothing);
        }
        let is_set = if new.is_some() { "cli-looking-set" } else { "cli-looking-removed" };
        self.looking = Some((is_set, set_looking(&self.desk, main.path().to_owned(), own, new)));
    }

    /// Says what came of it.
    pub(super) fn looking_arrives(&mut self) {
        let Some(result) = self.looking.as_ref().and_then(|(_, answer)| answer.take()) else { return };
        let Some((done, _)) = self.looking.take() else { return };
        if let Some(side) = &mut self.side {
            side.looking_changed();
        }
        match result {
            Ok(()) => {
                self.forget_wrong();
                self.toasts.add(Tone::Done, self.words.text(done), Offer::Nothing);
            }
            Err(error) => {
                self.count_wrong(&error);
                self.toasts.add(Tone::Wrong, self.words.of(&error), Offer::Nothing);
            }
        }
    }

    /// Counts a wrong passphrase; the count outlives the window.
    pub(super) fn count_wrong(&mut self, error: &LedgerError) {
        if error.message().key != "error-wrong-passphrase" {
            return;
        }
        let wrong = self.wrong_so_far() + 1;
        let (wrong, at) = (wrong.to_string(), self.stamp().at.to_rfc3339());
        self.device.set_all(&[("wrong-passphrases", &wrong), ("wrong-passphrase-at", &at)]);
    }

    /// It was unlocked: what was wrong before is forgotten.
    pub(super) fn forget_wrong(&mut self) {
        if self.wrong_so_far() > 0 {
            self.device.set("wrong-passphrases", "0");
        }
    }

    fn wrong_so_far(&self) -> usize {
        self.device.get("wrong-passphrases").and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// Seconds until another passphrase may be tried.
    pub(super) fn seconds_to_wait(&self, stamp: &Stamp) -> u64 {
        let last = self.device.get("wrong-passphrase-at").and_then(|at| DateTime::parse_from_rfc3339(at).ok());
        last.map_or(0, |last| seconds_left(self.wrong_so_far(), stamp.at - last))
    }
}

/// Seconds to wait after so many wrong passphrases, of which some have passed. A clock that was set back lets nobody
/// wait longer than the whole wait.
fn seconds_left(wrong: usize, passed: TimeDelta) -> u64 {
    let wait = WAITS[wrong.saturating_sub(1).min(WAITS.len() - 1)];
    u64::try_from((wait - passed.num_seconds()).clamp(0, wait)).unwrap_or(0)
}

/// What is said while a passphrase must wait: one sentence, with what can be done meanwhile.
pub(super) fn wait_message(seconds: u64) -> Message {
    Message::new("lock-wait").number("seconds", seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_with_every_wrong_passphrase_and_ends_at_a_minute() {
        let whole: Vec<u64> = (1..=11).map(|wrong| seconds_left(wrong, TimeDelta::zero())).collect();
        assert_eq!(whole, [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(seconds_left(9, TimeDelta::seconds(59)), 1);
        assert_eq!(seconds_left(9, TimeDelta::seconds(61)), 0);
    }

    #[test]
    fn a_clock_set_back_ten_years_lets_nobody_wait_ten_years() {
        assert_eq!(seconds_left(20, TimeDelta::days(-3650)), 60);
    }
}
