//! Members leave a household: for another one, or for one of their own (分户).

use std::collections::BTreeSet;

use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use super::home_field::{Allowed, HomeField, HomeText};
use super::people::{self, Head, Relations, head_of, kin_ui, part, present, ticks_ui, unknown_ui};
use super::{Fill, Focus, Wish, of_draft, to_draft};
use crate::domain::message::Message;
use crate::domain::relation::Relation;
use crate::ledger::command::{Command, Moved};
use crate::ledger::households::{Household, Sorted};
use crate::ledger::residents::ResidentRow;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic;
use crate::ui::widgets::person::group_words;
use crate::ui::widgets::suggest::Suggest;

/// Where they go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// To a household that there is, or a new number.
    Move,
    /// To one of their own.
    Split,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    ticked: BTreeSet<String>,
    home: HomeText,
    head: String,
    relations: Relations,
}

/// The form.
pub(super) struct RelocateForm {
    kind: Kind,
    household: String,
    start: Vec<String>,
    kept: Option<Kept>,
    about: Cached<(i64, String), Household>,
    home: HomeField,
    suggest: Suggest,
}

impl RelocateForm {
    pub(super) fn new(kind: Kind, household: &str, ticked: &[String], draft: Option<&str>) -> Self {
        let (about, home, suggest) = Default::default();
        let (household, start) = (household.to_owned(), ticked.to_vec());
        Self { kind, household, start, kept: of_draft(draft), about, home, suggest }
    }

    fn begin(&mut self, cx: &Cx<'_>) {
        let uid = self.household.clone();
        let key = (cx.revision, uid.clone());
        let about = self.about.get(cx.desk, key, move |view| view.household(&uid)).cloned();
        let Some(about) = about.filter(|_| self.kept.is_none()) else { return };
        let mut kept = Kept { label: people::place(cx, &about), ..Kept::default() };
        kept.ticked.extend(self.start.iter().cloned());
        kept.home.group = if about.row.group.is_empty() { String::new() } else { group_words(cx, &about.row.group) };
        self.kept = Some(kept);
    }

    /// Who goes, in the household's order.
    fn going<'a>(&self, household: &'a Household) -> Vec<&'a ResidentRow> {
        let ticked = self.kept.as_ref().map(|kept| &kept.ticked);
        let is_going = |row: &&ResidentRow| ticked.is_some_and(|ticked| ticked.contains(&row.uid));
        household.members.iter().filter(is_going).collect()
    }

    fn split_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, household: &Household) {
        let going = self.going(household);
        let Some(kept) = &mut self.kept else { return };
        part(ui, cx.t("form-new-home"));
        self.home.ui(ui, cx, &mut kept.home, Allowed::New);
        if going.is_empty() {
            return;
        }
        part(ui, cx.t("form-new-head"));
        let is_one = household.row.sorted == Sorted::Yes;
        let first = !going.iter().any(|row| row.uid == kept.head);
        if first {
            kept.head = going.first().map(|row| row.uid.clone()).unwrap_or_default();
        }
        let mut head = Head::Chosen(&mut kept.head);
        let changed = kin_ui(ui, cx, (&going, &mut head), &mut kept.relations, &mut self.suggest);
        if changed || first {
            // Of a group's 未分户 nobody is known to be anybody's.
            kept.relations =
                if is_one { people::proposed(cx, &household.members, &kept.head) } else { Relations::new() };
        }
        unknown_ui(ui, cx, &kept.relations, &going, &kept.head);
    }

    fn move_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, household: &Household) {
        let going = self.going(household);
        let Some(kept) = &mut self.kept else { return };
        part(ui, cx.t("form-move-where"));
        self.home.ui(ui, cx, &mut kept.home, Allowed::Any);
        if self.home.known(&kept.home).is_some_and(|row| row.uid == self.household) {
            basic::wrong(ui, &cx.t("form-same-household"));
        }
        if going.is_empty() {
            return;
        }
        part(ui, cx.t("form-relations-there"));
        kin_ui(ui, cx, (&going, &mut Head::Elsewhere), &mut kept.relations, &mut self.suggest);
        unknown_ui(ui, cx, &kept.relations, &going, "");
    }

    fn moved(&self, cx: &Cx<'_>, row: &ResidentRow) -> Option<Moved> {
        let kept = self.kept.as_ref()?;
        let relation = match self.kind {
            Kind::Split if kept.head == row.uid => Some(Relation::HEAD),
            _ => people::relation(cx, &kept.relations, &row.uid).ok()?,
        };
        Some(Moved { resident: row.uid.clone(), relation })
    }
}

impl Fill for RelocateForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, _focus: Focus) {
        self.begin(cx);
        let Some(household) = self.about.shown().cloned() else { return };
        let Some(kept) = &mut self.kept else { return };
        basic::soft(ui, format!("{}  {}", people::place(cx, &household), household.row.head));
        part(ui, cx.t("form-who-goes"));
        ticks_ui(ui, cx, &present(&household), &mut kept.ticked);
        match self.kind {
            Kind::Split => self.split_ui(ui, cx, &household),
            Kind::Move => self.move_ui(ui, cx, &household),
        }
        if let Some(then) = self.then()
            && let Wish::Head { .. } = then
        {
            basic::heed(ui, &cx.t("form-head-leaves"));
        }
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let (household, kept) = (self.about.shown()?, self.kept.as_ref()?);
        let allowed = if self.kind == Kind::Split { Allowed::New } else { Allowed::Any };
        let home = self.home.home(cx, &kept.home, allowed)?;
        if matches!(&home, crate::ledger::command::Home::Household(uid) if *uid == self.household) {
            return None;
        }
        let going = self.going(household);
        let people = going.into_iter().map(|row| self.moved(cx, row)).collect::<Option<Vec<_>>>()?;
        (!people.is_empty()).then_some(Command::Move { people, home })
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        match self.kind {
            Kind::Split => (Icon::Split, "form-do-split"),
            Kind::Move => (Icon::ArrowRightLeft, "form-do-move"),
        }
    }

    /// Where the head leaves and others stay, they need another.
    fn then(&self) -> Option<Wish> {
        let (household, kept) = (self.about.shown()?, self.kept.as_ref()?);
        let head = head_of(household)?;
        let stays = present(household).iter().any(|row| !kept.ticked.contains(&row.uid));
        let leaves = kept.ticked.contains(&head.uid) && stays && household.row.sorted == Sorted::Yes;
        leaves.then(|| Wish::Head { household: self.household.clone() })
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}
