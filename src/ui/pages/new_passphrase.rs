//! A new passphrase, typed twice.

use eframe::egui::{Key, Ui};
use secrecy::SecretString;

use super::first_run::forget;
use crate::domain::message::{Message, Say as _};
use crate::ledger::passphrase::check_passphrase;
use crate::ui::cx::Cx;
use crate::ui::widgets::basic::{self, Shown, field};

/// Its two fields.
#[derive(Default)]
pub struct NewPassphrase {
    text: String,
    again: String,
}

impl NewPassphrase {
    /// Draws them; true where Enter was pressed in the second.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let problem = self.problem().filter(|_| !self.text.is_empty()).map(|message| cx.say(&message));
        field(ui, &cx.t("ui-passphrase"), &mut self.text, Shown::Dots, problem.as_deref());
        basic::hint(ui, cx.t("ui-passphrase-hint"));
        let differ = !self.again.is_empty() && self.again != self.text;
        let problem = differ.then(|| cx.t("ui-passphrase-differs"));
        let last = field(ui, &cx.t("ui-passphrase-again"), &mut self.again, Shown::Dots, problem.as_deref());
        last.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    /// The fields, and whether each is still to be filled in.
    pub fn fields(&self) -> [(bool, &'static str); 2] {
        [(self.problem().is_some(), "ui-passphrase"), (self.text != self.again, "ui-passphrase-again")]
    }

    fn problem(&self) -> Option<Message> {
        check_passphrase(&SecretString::from(self.text.as_str())).err().map(|error| error.message())
    }

    /// Hands it over and forgets it.
    pub fn take(&mut self, ui: &Ui) -> SecretString {
        let secret = SecretString::from(self.text.clone());
        forget(ui, &mut self.text);
        forget(ui, &mut self.again);
        secret
    }
}

/// What is still to be filled in, in a sentence; none where nothing is.
pub fn missing(cx: &Cx<'_>, fields: &[(bool, &str)]) -> Option<String> {
    let missing: Vec<String> = fields.iter().filter(|(open, _)| *open).map(|(_, key)| cx.t(key)).collect();
    let message = || Message::new("ui-still-to-fill-in").text("fields", cx.words.list(&missing));
    (!missing.is_empty()).then(|| cx.say(&message()))
}
