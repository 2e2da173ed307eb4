//! The paper code, shown once after a village was started: to be written down before going on.

use eframe::egui::{Label, RichText, Ui};

use crate::ledger::paper_code::PaperCode;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button_if};

/// The page.
pub struct PaperCodePage {
    code: PaperCode,
    kept: bool,
}

impl PaperCodePage {
    /// The page of a code.
    pub fn new(code: PaperCode) -> Self {
        Self { code, kept: false }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(theme::MARGIN);
        basic::head(ui, cx.t("ui-paper-code-title"));
        basic::soft(ui, cx.t("ui-paper-code-why"));
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let code = RichText::new(self.code.to_string()).text_style(theme::strong_style());
            ui.add(Label::new(code).wrap().selectable(true));
        });
        basic::heed(ui, &cx.t("ui-paper-code-keep"));
        ui.checkbox(&mut self.kept, cx.t("ui-paper-code-kept"));
        let why = cx.t("ui-paper-code-first");
        let ready = if self.kept { Ok(()) } else { Err(why.as_str()) };
        if main_button_if(ui, ready, Icon::ArrowRight, &cx.t("ui-go-on")) {
            cx.push(Action::PaperCodeKept);
        }
    }
}
