//! Unlocking the ledger that lies here, with the passphrase or the code on paper.

use std::path::Path;

use eframe::egui::{Key, Ui};
use secrecy::SecretString;

use super::first_run::forget;
use super::township::{Stays, TownshipPage};
use crate::desk::opening::{Opening, Secret};
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, sized};
use crate::ui::lock::wait_message;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, field, main_button_if};

/// Which of the two secrets is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The passphrase.
    #[default]
    Passphrase,
    /// The code on paper.
    PaperCode,
}

/// A secret and what kind it is.
#[derive(Default)]
pub struct SecretForm {
    by: By,
    text: String,
    /// The field has had the keyboard once.
    focused: bool,
}

impl SecretForm {
    /// Draws the field; true where Enter was pressed in it. `wait` seconds must pass before another passphrase.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, wait: u64) -> bool {
        if self.waits(wait) > 0 {
            basic::wrong(ui, &cx.say(&wait_message(wait)));
        }
        ui.horizontal_wrapped(|ui| {
            ui.selectable_value(&mut self.by, By::Passphrase, cx.t("ui-by-passphrase"));
            ui.selectable_value(&mut self.by, By::PaperCode, cx.t("ui-by-paper-code"));
        });
        let (label, shown) = match self.by {
            By::Passphrase => ("ui-passphrase", Shown::Dots),
            By::PaperCode => ("ui-paper-code", Shown::Clear),
        };
        let response = field(ui, &cx.t(label), &mut self.text, shown, None);
        if !std::mem::replace(&mut self.focused, true) {
            response.request_focus();
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    /// The code on paper is too long to be guessed: it never waits.
    fn waits(&self, wait: u64) -> u64 {
        if self.by == By::Passphrase { wait } else { 0 }
    }

    /// Why it cannot be handed over, in a sentence: nothing is typed, or `wait` seconds have to pass.
    pub fn why_not(&self, cx: &Cx<'_>, wait: u64) -> Option<String> {
        match self.waits(wait) {
            0 => self.text.trim().is_empty().then(|| cx.t("ui-fill-in-first")),
            wait => Some(cx.say(&wait_message(wait))),
        }
    }

    /// Hands the secret over and forgets it.
    pub fn take(&mut self, ui: &Ui) -> Secret {
        let secret = match self.by {
            By::Passphrase => Secret::Passphrase(SecretString::from(self.text.clone())),
            By::PaperCode => Secret::PaperCode(SecretString::from(self.text.trim().to_owned())),
        };
        forget(ui, &mut self.text);
        // Where it was the wrong one, the next is typed without reaching for the mouse.
        self.focused = false;
        secret
    }
}

/// The page.
#[derive(Default)]
pub struct UnlockPage {
    secret: SecretForm,
    /// Both secrets are lost: the township is asked.
    township: Option<TownshipPage>,
}

impl UnlockPage {
    /// Whether the township is asked for a way in.
    pub fn asks_township(&self) -> bool {
        self.township.is_some()
    }

    /// Draws the page of the ledger at `path`; `wait` seconds must pass before another passphrase.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path, wait: u64) {
        ui.add_space(theme::MARGIN);
        if self.township_ui(ui, cx, path) {
            return;
        }
        basic::head(ui, cx.t("ui-unlock-title"));
        self.form_ui(ui, cx, path, wait);
        if basic::button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
            cx.push(Action::Entry(Entry::Choices));
        }
    }

    /// The same where it was locked meanwhile: what was open comes back as it was.
    pub fn locked_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path, wait: u64) {
        ui.add_space(theme::MARGIN);
        if self.township_ui(ui, cx, path) {
            return;
        }
        ui.label(sized(Icon::Lock, 52.0).color(theme::of(ui).accent));
        basic::head(ui, cx.t("lock-title"));
        basic::soft(ui, cx.t("lock-words"));
        self.form_ui(ui, cx, path, wait);
    }

    /// Draws the way in through the township, where it is asked for; whether it is.
    fn township_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path) -> bool {
        let Some(page) = &mut self.township else { return false };
        if page.ui(ui, cx, path) == Stays::Closed {
            self.township = None;
        }
        true
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path, wait: u64) {
        let entered = self.secret.ui(ui, cx, wait);
        basic::hint(ui, cx.t("ui-unlock-hint"));
        let why = self.secret.why_not(cx, wait);
        let ready = why.as_deref().map_or(Ok(()), Err);
        let pressed = main_button_if(ui, ready, Icon::KeyRound, &cx.t("ui-unlock"));
        if pressed || (entered && ready.is_ok()) {
            let secret = self.secret.take(ui);
            cx.push(Action::Open(Opening::Unlock { path: path.to_owned(), secret }));
        }
        if basic::link(ui, &cx.t("township-help-link")).clicked() {
            self.township = Some(TownshipPage::default());
        }
    }
}
