//! Who looks after a group: shown under the groups, changed in place. No score goes with it.

use eframe::egui::Ui;

use crate::ledger::command::Command;
use crate::ledger::village::GroupRow;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button};

/// What is typed, for one group.
#[derive(Default)]
pub struct ContactForm {
    of: Option<String>,
    name: String,
    phone: String,
}

impl ContactForm {
    /// Draws the group's contact person, or the form that changes it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupRow) {
        ui.separator();
        if self.of.as_deref() == Some(group.uid.as_str()) {
            return self.form_ui(ui, cx, group);
        }
        basic::hint(ui, cx.t("record-contact-person"));
        if group.contact.is_empty() {
            basic::soft(ui, cx.t("ui-contact-nobody"));
        } else {
            ui.label(&group.contact);
            basic::hint(ui, &group.contact_phone);
        }
        if button(ui, Icon::UserPen, &cx.t("ui-contact-change")).clicked() {
            self.of = Some(group.uid.clone());
            self.name.clone_from(&group.contact);
            self.phone.clone_from(&group.contact_phone);
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupRow) {
        field(ui, &cx.t("record-contact-person"), &mut self.name, Shown::Clear, None);
        field(ui, &cx.t("field-phone"), &mut self.phone, Shown::Clear, None);
        if main_button(ui, Icon::Check, &cx.t("ui-contact-note")).clicked() {
            let (name, phone) = (self.name.trim().to_owned(), self.phone.trim().to_owned());
            cx.push(Action::Run(Command::AssignContact { group: group.name.clone(), name, phone }));
            self.of = None;
        }
        if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
            self.of = None;
        }
    }
}
