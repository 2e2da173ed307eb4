//! Opening a copy: the file on the stick, and the passphrase or paper code of the ledger it was made from.

use eframe::egui::Ui;

use super::unlock::SecretForm;
use crate::desk::opening::Opening;
use crate::ui::Launch;
use crate::ui::action::{Action, Entry};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};

/// The page.
#[derive(Default)]
pub struct CopyInPage {
    file: PathField,
    secret: SecretForm,
}

impl CopyInPage {
    /// Draws the page; `wait` seconds must pass before another passphrase.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, launch: &Launch, wait: u64) {
        ui.add_space(theme::MARGIN);
        basic::head(ui, cx.t("ui-choice-copy"));
        basic::soft(ui, cx.t("ui-copy-in-hint"));
        self.file.ui(ui, cx, "ui-copy-file", Wanted::File);
        let entered = self.secret.ui(ui, cx, wait);
        ui.horizontal(|ui| {
            let no_file = self.file.path().is_none().then(|| cx.t("ui-fill-in-first"));
            let why = no_file.or_else(|| self.secret.why_not(cx, wait));
            let ready = why.as_deref().map_or(Ok(()), Err);
            let pressed = main_button_if(ui, ready, Icon::FolderOpen, &cx.t("ui-open-copy"));
            if pressed || (entered && ready.is_ok()) {
                let (file, secret) = (self.file.path().unwrap_or_default(), self.secret.take(ui));
                cx.push(Action::Open(Opening::CopyIn { file, path: launch.ledger.clone(), secret }));
            }
            if basic::button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                cx.push(Action::Entry(Entry::Choices));
            }
        });
    }
}
