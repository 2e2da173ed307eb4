//! An amount in yuan, typed the way people write it: 3600, 3,600.50.

use eframe::egui::{self, Response, TextEdit, Ui};

use crate::domain::money::{read_yuan, yuan};
use crate::ui::cx::Cx;
use crate::ui::theme;

/// What is typed is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAmount;

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyField {
    text: String,
}

impl MoneyField {
    /// The amount in fen; nothing where nothing is typed.
    ///
    /// # Errors
    /// Where it is no amount.
    pub fn fen(&self) -> Result<Option<i64>, NoAmount> {
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        read_yuan(&self.text).map(Some).ok_or(NoAmount)
    }

    /// Puts an amount in; none empties it.
    pub fn set(&mut self, fen: Option<i64>) {
        self.text = fen.map(yuan).unwrap_or_default();
    }

    /// Draws it on one line, with what is wrong beside it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, label: &str) -> Response {
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(label);
            let edit = TextEdit::singleline(&mut self.text)
                .id_salt("money")
                .char_limit(20)
                .desired_width(110.0)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(edit).labelled_by(name.id);
            if self.fen().is_err() {
                ui.colored_label(theme::of(ui).wrong, cx.t("benefits-no-amount"));
            }
            response
        })
        .inner
    }
}
