//! Another name for a group.

use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use super::home_field::group_of;
use super::line::{text_line, wrong};
use super::{Fill, Focus, of_draft, to_draft};
use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::error::LedgerError;
use crate::ledger::village::GroupRow;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::person::group_words;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    name: String,
}

/// The form.
pub(super) struct GroupForm {
    group: String,
    kept: Option<Kept>,
    groups: Cached<i64, Vec<GroupRow>>,
}

impl GroupForm {
    pub(super) fn new(group: &str, draft: Option<&str>) -> Self {
        Self { group: group.to_owned(), kept: of_draft(draft), groups: Cached::default() }
    }

    fn row(&self) -> Option<&GroupRow> {
        self.groups.shown()?.iter().find(|row| row.uid == self.group)
    }

    fn begin(&mut self, cx: &Cx<'_>) {
        let uid = self.group.clone();
        self.groups.get(cx.desk, cx.revision, move |view| {
            let groups = view.groups()?;
            if groups.iter().any(|group| group.uid == uid) {
                Ok(groups)
            } else {
                Err(LedgerError::refused("error-group-name"))
            }
        });
        if let (Some(row), None) = (self.row(), &self.kept) {
            let name = group_words(cx, &row.name);
            self.kept = Some(Kept { label: name.clone(), name });
        }
    }

    fn name(&self, cx: &Cx<'_>) -> Result<String, String> {
        let typed = self.kept.as_ref().map(|kept| kept.name.as_str()).unwrap_or_default();
        let name = group_of(typed).map_err(|()| cx.say(&Message::new("form-too-long").number("most", 30)))?;
        let groups = self.groups.shown();
        let known = groups.iter().flat_map(|groups| groups.iter()).any(|row| row.name == name && row.uid != self.group);
        if name.is_empty() {
            return Err(cx.t("error-group-name"));
        }
        if known { Err(cx.t("error-group-known")) } else { Ok(name) }
    }
}

impl Fill for GroupForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus) {
        self.begin(cx);
        let name = self.name(cx);
        let Some(kept) = &mut self.kept else { return };
        let response = text_line(ui, cx, "field-group", &mut kept.name, wrong(&name));
        if focus == Focus::Take {
            response.request_focus();
        }
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        Some(Command::RenameGroup { group: self.row()?.name.clone(), name: self.name(cx).ok()? })
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Check, "form-save")
    }

    fn failure(&self) -> Option<&Message> {
        self.groups.failure()
    }
}
