//! Passphrase forgotten, paper code lost: a request for the township, and the way in by its answer and the code on its
//! paper. Shown in the place of the passphrase.

use std::path::{Path, PathBuf};

use eframe::egui::Ui;
use secrecy::SecretString;

use super::first_run::forget;
use super::new_passphrase::{NewPassphrase, missing};
use crate::desk::Answer;
use crate::desk::opening::{Opening, ask_township};
use crate::domain::message::Message;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};

/// The page.
#[derive(Default)]
pub struct TownshipPage {
    village: String,
    folder: PathField,
    asking: Option<Answer<PathBuf>>,
    /// What became of the request.
    told: Option<Result<String, String>>,
    answer: PathField,
    code: String,
    passphrase: NewPassphrase,
}

/// What the page came to in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// It stays open.
    Open,
    /// Back to the passphrase.
    Closed,
}

impl TownshipPage {
    /// Draws the page of the ledger at `path`.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path) -> Stays {
        self.arrive(cx);
        basic::head(ui, cx.t("township-help-title"));
        basic::soft(ui, cx.t("township-help-words"));
        card(ui, |ui| self.ask_ui(ui, cx, path));
        card(ui, |ui| self.answer_ui(ui, cx, path));
        match button(ui, Icon::ArrowLeft, &cx.t("township-help-back")).clicked() {
            true => Stays::Closed,
            false => Stays::Open,
        }
    }

    fn arrive(&mut self, cx: &Cx<'_>) {
        let Some(result) = self.asking.as_ref().and_then(Answer::take) else { return };
        self.asking = None;
        self.told = Some(match result {
            Ok(path) => Ok(cx.say(&Message::new("township-help-asked").text("path", path.display().to_string()))),
            Err(error) => Err(cx.of(&error)),
        });
    }

    /// First the request, onto a stick.
    fn ask_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path) {
        basic::head(ui, cx.t("township-help-first"));
        match &self.told {
            Some(Ok(words)) => basic::done(ui, words),
            Some(Err(words)) => basic::wrong(ui, words),
            None => {}
        }
        field(ui, &cx.t("township-help-village"), &mut self.village, Shown::Clear, None);
        self.folder.ui(ui, cx, "township-help-folder", Wanted::Folder);
        let (folder, first) = (self.folder.path(), cx.t("ui-fill-in-first"));
        let ready = match folder.is_some() && self.asking.is_none() && !self.village.trim().is_empty() {
            true => Ok(()),
            false => Err(first.as_str()),
        };
        if main_button_if(ui, ready, Icon::Usb, &cx.t("township-help-ask"))
            && let Some(folder) = folder
        {
            self.told = None;
            let name = cx.t("township-help-file");
            self.asking = Some(ask_township(cx.desk, (path.to_owned(), self.village.clone()), folder, name));
        }
    }

    /// Then its answer, with the code that came on paper, and what opens the ledger from now on.
    fn answer_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, path: &Path) {
        basic::head(ui, cx.t("township-help-second"));
        self.answer.ui(ui, cx, "township-help-answer", Wanted::File);
        field(ui, &cx.t("township-help-code"), &mut self.code, Shown::Clear, None);
        basic::hint(ui, cx.t("township-help-code-hint"));
        let entered = self.passphrase.ui(ui, cx);
        let [first, second] = self.passphrase.fields();
        let answer = (self.answer.path().is_none(), "township-help-answer");
        let code = (self.code.trim().is_empty(), "township-help-code");
        let why = missing(cx, &[answer, code, first, second]);
        let ready = why.as_deref().map_or(Ok(()), Err);
        let pressed = main_button_if(ui, ready, Icon::KeyRound, &cx.t("township-help-open"));
        if (pressed || entered)
            && why.is_none()
            && let Some(answer) = self.answer.path()
        {
            let code = SecretString::from(self.code.trim().to_owned());
            forget(ui, &mut self.code);
            let (path, passphrase) = (path.to_owned(), self.passphrase.take(ui));
            cx.push(Action::Open(Opening::Township { path, answer, code, passphrase }));
        }
        if let Some(why) = why {
            basic::hint(ui, why);
        }
    }
}

fn card(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        content(ui);
    });
}
