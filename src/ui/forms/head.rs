//! Another head, and how everybody is related to the head: proposed as far as that can be told, mended before saving.

use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use super::people::{self, Head, Relations, head_of, kin_ui, part, present, unknown_ui};
use super::{Fill, Focus, of_draft, relation_field, to_draft};
use crate::domain::message::Message;
use crate::domain::relation::Relation;
use crate::ledger::command::Command;
use crate::ledger::households::Household;
use crate::ledger::residents::ResidentRow;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic;
use crate::ui::widgets::suggest::Suggest;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    head: String,
    relations: Relations,
}

/// The form.
pub(super) struct HeadForm {
    household: String,
    kept: Option<Kept>,
    about: Cached<(i64, String), Household>,
    suggest: Suggest,
}

impl HeadForm {
    pub(super) fn new(household: &str, draft: Option<&str>) -> Self {
        let (about, suggest) = Default::default();
        Self { household: household.to_owned(), kept: of_draft(draft), about, suggest }
    }

    fn begin(&mut self, cx: &Cx<'_>) {
        let uid = self.household.clone();
        let key = (cx.revision, uid.clone());
        let about = self.about.get(cx.desk, key, move |view| view.household(&uid)).cloned();
        let Some(about) = about.filter(|_| self.kept.is_none()) else { return };
        let label = people::place(cx, &about);
        self.kept = Some(match head_of(&about) {
            Some(head) => Kept { label, head: head.uid.clone(), relations: as_they_are(cx, &about.members) },
            // The head is gone: the next of kin is proposed.
            None => {
                let next = present(&about).first().map(|row| row.uid.clone()).unwrap_or_default();
                let relations = people::proposed(cx, &about.members, &next);
                Kept { label, head: next, relations }
            }
        });
    }

    fn relation(&self, cx: &Cx<'_>, row: &ResidentRow) -> Option<Option<Relation>> {
        let kept = self.kept.as_ref()?;
        if kept.head == row.uid {
            return Some(Some(Relation::HEAD));
        }
        people::relation(cx, &kept.relations, &row.uid).ok()
    }
}

fn as_they_are(cx: &Cx<'_>, members: &[ResidentRow]) -> Relations {
    let words = |row: &ResidentRow| relation_field::words(cx, Relation::from_code(row.relation));
    members.iter().map(|row| (row.uid.clone(), words(row))).collect()
}

impl Fill for HeadForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, _focus: Focus) {
        self.begin(cx);
        let Some(household) = self.about.shown().cloned() else { return };
        let Some(kept) = &mut self.kept else { return };
        basic::soft(ui, people::place(cx, &household));
        part(ui, cx.t("form-who-is-head"));
        let mut rows = present(&household);
        rows.extend(household.members.iter().filter(|row| !people::is_present(row)));
        let mut head = Head::Chosen(&mut kept.head);
        if kin_ui(ui, cx, (&rows, &mut head), &mut kept.relations, &mut self.suggest) {
            let same = head_of(&household).is_some_and(|row| row.uid == kept.head);
            kept.relations = if same {
                as_they_are(cx, &household.members)
            } else {
                people::proposed(cx, &household.members, &kept.head)
            };
        }
        unknown_ui(ui, cx, &kept.relations, &rows, &kept.head);
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let household = self.about.shown()?;
        self.kept.as_ref().filter(|kept| !kept.head.is_empty())?;
        let mut relations = Vec::new();
        for row in &household.members {
            let relation = self.relation(cx, row)?;
            // Only what changes is one of the step's.
            if relation.map_or(0, Relation::code) != row.relation {
                relations.push((row.uid.clone(), relation));
            }
        }
        Some(Command::SetRelations { household: self.household.clone(), relations })
    }

    fn is_ready(&self, cx: &Cx<'_>) -> bool {
        let Some(household) = self.about.shown() else { return false };
        household.members.len() > 200 || self.command(cx).is_some()
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Check, "form-save")
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}
