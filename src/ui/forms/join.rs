//! Two households become one: who will live together, and which number stays.

use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use super::home_field::{Allowed, HomeField, HomeText};
use super::people::{self, part};
use super::{Fill, Focus, Wish, of_draft, to_draft};
use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::households::Household;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic;
use crate::ui::widgets::person::group_words;

/// Names shown of each household.
const NAMES: usize = 12;

/// Which of the two stays.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Stays {
    #[default]
    This,
    Other,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    home: HomeText,
    stays: Stays,
}

/// The form.
pub(super) struct JoinForm {
    household: String,
    kept: Option<Kept>,
    about: Cached<(i64, String), Household>,
    other: Cached<(i64, String), Household>,
    home: HomeField,
}

impl JoinForm {
    pub(super) fn new(household: &str, draft: Option<&str>) -> Self {
        let (about, other, home) = Default::default();
        Self { household: household.to_owned(), kept: of_draft(draft), about, other, home }
    }

    fn begin(&mut self, cx: &Cx<'_>) {
        let uid = self.household.clone();
        let key = (cx.revision, uid.clone());
        let about = self.about.get(cx.desk, key, move |view| view.household(&uid)).cloned();
        let Some(about) = about.filter(|_| self.kept.is_none()) else { return };
        let mut kept = Kept { label: people::place(cx, &about), ..Kept::default() };
        kept.home.group = if about.row.group.is_empty() { String::new() } else { group_words(cx, &about.row.group) };
        self.kept = Some(kept);
    }

    /// The other household, once it is chosen and read.
    fn ask_other(&mut self, cx: &Cx<'_>) {
        let Some(kept) = &self.kept else { return };
        if let Some(row) = self.home.known(&kept.home) {
            let uid = row.uid;
            self.other.get(cx.desk, (cx.revision, uid.clone()), move |view| view.household(&uid));
        }
    }

    fn other(&self) -> Option<&Household> {
        let uid = self.home.known(&self.kept.as_ref()?.home)?.uid;
        self.other.shown().map(std::convert::AsRef::as_ref).filter(|other| other.row.uid == uid)
    }
}

fn household_ui(ui: &mut Ui, cx: &Cx<'_>, household: &Household) {
    let names: Vec<&str> = people::present(household).iter().take(NAMES).map(|row| row.name.as_str()).collect();
    let message = Message::new("form-lives-there").text("names", names.join(&cx.t("form-and")));
    basic::hint(ui, cx.say(&message.number("count", household.row.people)));
}

impl Fill for JoinForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, _focus: Focus) {
        self.begin(cx);
        let Some(household) = self.about.shown().cloned() else { return };
        let household = household.as_ref();
        ui.label(format!("{}  {}", people::place(cx, household), household.row.head));
        household_ui(ui, cx, household);
        part(ui, cx.t("form-join-with"));
        let Some(kept) = &mut self.kept else { return };
        self.home.ui(ui, cx, &mut kept.home, Allowed::Known);
        self.ask_other(cx);
        let Some(other) = self.other().cloned() else { return };
        if other.row.uid == self.household {
            return basic::wrong(ui, &cx.t("error-same-household"));
        }
        household_ui(ui, cx, &other);
        part(ui, cx.t("form-which-stays"));
        let Some(kept) = &mut self.kept else { return };
        for (stays, of) in [(Stays::This, household), (Stays::Other, &other)] {
            ui.radio_value(&mut kept.stays, stays, format!("{}  {}", people::place(cx, of), of.row.head));
        }
        let (to, from) = match kept.stays {
            Stays::This => (household, &other),
            Stays::Other => (&other, household),
        };
        let message = Message::new("form-joined").text("place", people::place(cx, to));
        let message = message.number("count", household.row.people + other.row.people);
        basic::heed(ui, &cx.say(&message.text("gone", people::place(cx, from))));
    }

    fn command(&self, _cx: &Cx<'_>) -> Option<Command> {
        self.joining()
    }

    fn typed(&self) -> Option<String> {
        self.kept.as_ref().and_then(to_draft)
    }

    fn save(&self) -> (Icon, &'static str) {
        (Icon::Merge, "form-do-join")
    }

    /// What those who came are to the head is not known yet.
    fn then(&self) -> Option<Wish> {
        let Some(Command::JoinHouseholds { into, .. }) = self.joining() else { return None };
        Some(Wish::Head { household: into })
    }

    fn failure(&self) -> Option<&Message> {
        self.about.failure()
    }
}

impl JoinForm {
    fn joining(&self) -> Option<Command> {
        let (kept, other) = (self.kept.as_ref()?, self.other()?.row.uid.clone());
        let this = self.household.clone();
        match kept.stays {
            _ if other == this => None,
            Stays::This => Some(Command::JoinHouseholds { from: other, into: this }),
            Stays::Other => Some(Command::JoinHouseholds { from: this, into: other }),
        }
    }
}
