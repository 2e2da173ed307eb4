//! What happens around the window: the program is started a second time, the computer goes to sleep, the session ends, a file
//! cannot be shown.

use eframe::egui::{self, ViewportCommand};

use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::machine::{News, Waiting};
use crate::ui::widgets::toast::{Offer, Tone};
use crate::ui::window::{Page, Window};

impl Window {
    /// Takes what was heard since the last frame.
    pub(super) fn hear(&mut self, ctx: &egui::Context, stamp: &Stamp) {
        while let Some(news) = self.launch.ears.take() {
            match news {
                News::Wanted => {
                    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                    ctx.send_viewport_cmd(ViewportCommand::Focus);
                }
                News::PutAway(waiting) => self.put_away(ctx, stamp, waiting),
                News::NotShown(file) => {
                    let message = Message::new("ui-not-shown").text("path", file.display().to_string());
                    self.toasts.add(Tone::Wrong, self.words.say(&message), Offer::Nothing);
                }
            }
        }
    }

    /// What is typed is kept, and the ledger is locked as by hand.
    fn put_away(&mut self, ctx: &egui::Context, stamp: &Stamp, waiting: Waiting) {
        if let Page::Main(main) = &mut self.page {
            main.keep_drafts(&self.desk, stamp);
        }
        self.ask_to_lock(ctx);
        self.waiting.push(waiting);
    }

    /// Whoever waits for the ledger to be put away is let go once what was under way is through, it is locked, and the ledger's
    /// thread is past all that.
    pub(super) fn let_go(&mut self) {
        if self.is_about_to_lock() {
            return;
        }
        // What was to be locked and failed to open is not locked when it opens later; behind a paper code it waits.
        if !matches!(self.page, Page::PaperCode(..)) {
            self.idle_is_over();
        }
        if !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            self.desk.afterwards(move || drop(waiting));
        }
    }
}
