//! Putting a backup in the place of a ledger that does not open: which one, and what opens it.

use std::path::{Path, PathBuf};

use eframe::egui::{Label, ScrollArea, Ui};

use super::unlock::SecretForm;
use crate::desk::opening::Opening;
use crate::domain::message::{Message, Say as _};
use crate::ledger::backup::{BackupFile, backups};
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button_if};

/// The page.
pub struct RestorePage {
    ledger: PathBuf,
    files: Vec<BackupFile>,
    failure: Option<Message>,
    chosen: usize,
    secret: SecretForm,
}

impl RestorePage {
    /// The page over the backups beside the ledger at this path; the newest is chosen.
    pub fn new(ledger: &Path) -> Self {
        let (files, failure) = match backups(ledger) {
            Ok(files) => (files, None),
            Err(error) => (Vec::new(), Some(error.message())),
        };
        Self { ledger: ledger.to_owned(), files, failure, chosen: 0, secret: SecretForm::default() }
    }

    /// Draws the page; `wait` seconds must pass before another passphrase.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, wait: u64) {
        ui.add_space(theme::MARGIN);
        basic::head(ui, cx.t("ui-restore-title"));
        basic::soft(ui, cx.t("ui-restore-hint"));
        if let Some(failure) = &self.failure {
            basic::wrong(ui, &cx.say(failure));
        }
        if self.files.is_empty() {
            basic::heed(ui, &cx.t("ui-restore-none"));
        } else {
            self.files_ui(ui, cx);
        }
        let entered = !self.files.is_empty() && self.secret.ui(ui, cx, wait);
        self.confirm_ui(ui, cx);
        ui.horizontal(|ui| {
            let nothing = self.files.is_empty().then(|| cx.t("ui-restore-none"));
            let why = nothing.or_else(|| self.secret.why_not(cx, wait));
            let chosen = self.files.get(self.chosen).filter(|_| why.is_none());
            let backup = chosen.map(|file| file.path.clone());
            let ready = why.as_deref().map_or(Ok(()), Err);
            let pressed = main_button_if(ui, ready, Icon::FolderOpen, &cx.t("ui-restore"));
            if let Some(backup) = backup.filter(|_| pressed || entered) {
                let (path, secret) = (self.ledger.clone(), self.secret.take(ui));
                cx.push(Action::Open(Opening::Restore { backup, path, secret }));
            }
            if basic::button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                cx.push(Action::Entry(Entry::Choices));
            }
        });
    }

    fn files_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let scroll = ScrollArea::vertical().id_salt("backups").max_height(200.0);
        scroll.show(ui, |ui| {
            for (index, file) in self.files.iter().enumerate() {
                ui.radio_value(&mut self.chosen, index, said(cx, "ui-restore-file", file));
            }
        });
    }

    /// What pressing the button will do, before it is pressed.
    fn confirm_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(file) = self.files.get(self.chosen) else { return };
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(said(cx, "ui-restore-confirm", file)).wrap());
        });
    }
}

fn said(cx: &Cx<'_>, key: &'static str, file: &BackupFile) -> String {
    let when = file.at.format("%Y-%m-%d %H:%M").to_string();
    cx.say(&Message::new(key).text("when", when).number("revision", file.revision))
}
