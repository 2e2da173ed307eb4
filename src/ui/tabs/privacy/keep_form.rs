//! Another number of days for something that is kept, with the paper that says so.

use eframe::egui::Ui;

use crate::domain::message::Message;
use crate::domain::retention::Keeping;
use crate::ledger::command::Command;
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ledger::privacy::kept::KeepingRow;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};

/// What is typed.
pub struct KeepForm {
    keeping: Keeping,
    days: String,
    source: String,
}

impl KeepForm {
    /// Filled with what holds now.
    pub fn new(row: &KeepingRow) -> Self {
        let source = row.source.clone().unwrap_or_default();
        Self { keeping: row.keeping, days: row.days.to_string(), source }
    }

    /// Whether it is about this.
    pub fn is_about(&self, keeping: Keeping) -> bool {
        self.keeping == keeping
    }

    /// Draws it; true where it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &KeepingRow) -> bool {
        let (fewest, most) = self.keeping.bounds();
        let days = self.days.trim().parse().ok().filter(|days| (fewest..=most).contains(days));
        let bounds = cx.say(&Message::new("error-retention-bounds").number("fewest", fewest).number("most", most));
        let source = cx.t("error-retention-source");
        let mut close = false;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let problem = days.is_none().then_some(bounds.as_str());
            field(ui, &cx.t("kept-days-field"), &mut self.days, Shown::Clear, problem);
            basic::hint(ui, &bounds);
            field(ui, &cx.t("kept-source-field"), &mut self.source, Shown::Clear, None);
            let ready = match days {
                None => Err(bounds.as_str()),
                Some(_) if self.source.trim().is_empty() => Err(source.as_str()),
                Some(_) => Ok(()),
            };
            ui.horizontal_wrapped(|ui| {
                if main_button_if(ui, ready, Icon::Check, &cx.t("kept-save")) {
                    close = true;
                    cx.push(set(self.keeping, days, self.source.trim()));
                }
                let own = cx.say(&Message::new("kept-own-number").number("days", self.keeping.days()));
                if row.source.is_some() && button(ui, Icon::Undo2, &own).clicked() {
                    close = true;
                    cx.push(set(self.keeping, None, ""));
                }
                close |= button(ui, Icon::X, &cx.t("ui-no")).clicked();
            });
        });
        close
    }
}

fn set(keeping: Keeping, days: Option<u32>, source: &str) -> Action {
    Action::Run(Command::Privacy(PrivacyCommand::SetRetention { keeping, days, source: source.to_owned() }))
}
