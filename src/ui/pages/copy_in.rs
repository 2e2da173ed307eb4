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
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, launch: &Launch) {
        ui.add_space(theme::MARGIN);
        basic::head(ui, cx.t("ui-choice-copy"));
        basic::soft(ui, cx.t("ui-copy-in-hint"));
        self.file.ui(ui, cx, "ui-copy-file", Wanted::File);
        let entered = self.secret.ui(ui, cx);
        ui.horizontal(|ui| {
            let why = cx.t("ui-fill-in-first");
            let filled = !self.secret.is_empty() && self.file.path().is_some();
            let ready = if filled { Ok(()) } else { Err(why.as_str()) };
            let pressed = main_button_if(ui, ready, Icon::FolderOpen, &cx.t("ui-open-copy"));
            if pressed || (entered && filled) {
                let (file, secret) = (self.file.path().unwrap_or_default(), self.secret.take(ui));
                cx.push(Action::Open(Opening::CopyIn { file, path: launch.ledger.clone(), secret }));
            }
            if basic::button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                cx.push(Action::Entry(Entry::Choices));
            }
        });
    }
}
