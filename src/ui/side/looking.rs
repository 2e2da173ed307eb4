//! The passphrase of who may only look: set, changed, taken away. The cadre's own is asked for each time.

use std::path::PathBuf;

use eframe::egui::Ui;
use secrecy::SecretString;

use super::Around;
use crate::domain::message::Say as _;
use crate::ledger::keys::KeysFile;
use crate::ledger::passphrase::check_passphrase;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::pages::first_run::forget;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::read_only::ReadOnly;

/// The part.
#[derive(Default)]
pub(super) struct LookingPart {
    /// Whether there is one; the keys file stands beside the ledger, and no revision tells of it.
    is_set: Cached<(PathBuf, u32), bool>,
    changed: u32,
    own: String,
    new: String,
    again: String,
}

impl LookingPart {
    /// It was set or taken away, or could not be.
    pub fn changed(&mut self) {
        self.changed += 1;
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, around: &Around<'_>) {
        let Some(path) = around.path.map(PathBuf::from) else { return };
        let asked = path.clone();
        let read = move |_: &_| KeysFile::open(&asked).map(|keys| keys.has_looking());
        let is_set = self.is_set.get(cx.desk, (path, self.changed), read).is_some_and(|is_set| **is_set);
        basic::head(ui, cx.t("looking-head"));
        basic::hint(ui, cx.t("looking-words"));
        if cx.read_only == Some(ReadOnly::Looking) {
            basic::hint(ui, cx.t("looking-not-here"));
            return;
        }
        basic::fold(ui, &cx.t(if is_set { "looking-is-set" } else { "looking-set" }))
            .show(ui, |ui| self.form_ui(ui, cx, is_set));
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, is_set: bool) {
        field(ui, &cx.t("looking-own"), &mut self.own, Shown::Dots, None);
        let checked =
            check_passphrase(&SecretString::from(self.new.as_str())).map_err(|error| cx.say(&error.message()));
        let problem = checked.as_ref().err().filter(|_| !self.new.is_empty());
        field(ui, &cx.t("looking-new"), &mut self.new, Shown::Dots, problem.map(String::as_str));
        let differs = cx.t("ui-passphrase-differs");
        let problem = (!self.again.is_empty() && self.again != self.new).then_some(differs.as_str());
        field(ui, &cx.t("looking-again"), &mut self.again, Shown::Dots, problem);
        let first = cx.t("ui-fill-in-first");
        let ready = match &checked {
            Err(_) if self.new.is_empty() => Err(first.as_str()),
            Err(words) => Err(words.as_str()),
            Ok(()) if self.again != self.new => Err(differs.as_str()),
            Ok(()) if self.own.is_empty() => Err(first.as_str()),
            Ok(()) => Ok(()),
        };
        ui.horizontal_wrapped(|ui| {
            if main_button_if(ui, ready, Icon::Check, &cx.t("looking-save")) {
                let new = SecretString::from(self.new.as_str());
                self.hand_over(ui, cx, Some(new));
            }
            if is_set {
                let may = !self.own.is_empty();
                let remove = ui.add_enabled_ui(may, |ui| button(ui, Icon::X, &cx.t("looking-remove"))).inner;
                if remove.on_disabled_hover_text(&first).clicked() {
                    self.hand_over(ui, cx, None);
                }
            }
        });
    }

    /// Hands the secrets over and forgets them.
    fn hand_over(&mut self, ui: &Ui, cx: &mut Cx<'_>, new: Option<SecretString>) {
        let own = SecretString::from(self.own.as_str());
        for text in [&mut self.own, &mut self.new, &mut self.again] {
            forget(ui, text);
        }
        cx.push(Action::SetLooking { own, new });
    }
}
