//! What putting a backup in a ledger's place came to, shown once: what was there, what is there, where the old file lies.

use eframe::egui::{Label, Ui};

use crate::domain::message::Message;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button};

/// The page.
pub struct RestoredPage(Vec<Message>);

impl RestoredPage {
    /// The page of what is to be said.
    pub fn new(messages: Vec<Message>) -> Self {
        Self(messages)
    }

    /// Draws the page.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(theme::MARGIN);
        basic::head(ui, cx.t("restored-title"));
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for message in &self.0 {
                ui.add(Label::new(cx.say(message)).wrap().selectable(true));
            }
        });
        basic::soft(ui, cx.t("restored-next"));
        if main_button(ui, Icon::ArrowRight, &cx.t("ui-go-on")).clicked() {
            cx.push(Action::RestoredSeen);
        }
    }
}
