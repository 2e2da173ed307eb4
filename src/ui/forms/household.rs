//! A household's number, address and group.

use eframe::egui::Ui;
use serde::{Deserialize, Serialize};

use super::home_field::{HomeField, HomeText, group_of};
use super::line::{text_line, wrong};
use super::people;
use super::{Fill, Focus, of_draft, to_draft};
use crate::domain::message::{Message, Say as _};
use crate::domain::one_line::one_line;
use crate::domain::resident::Field;
use crate::ledger::command::{Command, HouseholdEdit};
use crate::ledger::households::{Household, HouseholdRow};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::person::group_words;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    label: String,
    home: HomeText,
}

/// The form.
pub(super) struct HouseholdForm {
    household: String,
    kept: Option<Kept>,
    about: Cached<(i64, String), Household>,
    /// Whoever has the number that is typed.
    taken: Cached<(i64, String, String), Vec<HouseholdRow>>,
    home: HomeField,
}

impl HouseholdForm {
    pub(super) fn new(household: &str, draft: Option<&str>) -> Self {
        let (about, taken, home) = Default::default();
        Self { household: household.to_owned(), kept: of_draft(draft), about, taken, home }
    }

    fn begin(&mut self, cx: &Cx<'_>) {
        let uid = self.household.clone();
        let key = (cx.revision, uid.clone());
        let about = self.about.get(cx.desk, key, move |view| view.household(&uid)).cloned();
        let Some(about) = about.filter(|_| self.kept.is_none()) else { return };
        let (row, label) = (&about.row, people::place(cx, &about));
        let group = if row.group.is_empty() { String::new() } else { group_words(cx, &row.group) };
        let (household, address) = (row.number.clone(), row.address.clone());
        self.kept = Some(Kept { label, home: HomeText { group, household, address, chosen: String::new() } });
    }

    fn number(&self, cx: &Cx<'_>) -> Result<String, String> {
        let text = self.kept.as_ref().map(|kept| kept.home.household.as_str()).unwrap_or_default();
        let number = one_line(Field::HouseholdNumber, text).map_err(|invalid| cx.say(&invalid.message()))?;
        let rows = self.taken.shown();
        let other = |row: &&HouseholdRow| row.number == number && row.uid != self.household && !number.is_empty();
        match rows.iter().flat_map(|rows| rows.iter()).find(other) {
            Some(row) => Err(cx.say(&Message::new("form-number-taken").text("head", row.head.clone()))),
            None => Ok(number),
        }
    }

    fn ask_taken(&mut self, cx: &Cx<'_>) {
        let Some(kept) = &self.kept else { return };
        let Ok(group) = group_of(&kept.home.group) else { return };
        let typed: String = kept.home.household.trim().chars().take(30).collect();
        let asked = (group.clone(), typed.clone());
        self.taken.get(cx.desk, (cx.revision, group, typed), move |view| view.households(&asked.0, &asked.1, 5));
    }
}

impl Fill for HouseholdForm {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, focus: Focus) {
        self.begin(cx);
        self.ask_taken(cx);
        let number = self.number(cx);
        let Some(kept) = &mut self.kept else { return };
        let response = text_line(ui, cx, "field-household_number", &mut kept.home.household, wrong(&number));
        if focus == Focus::Take {
            response.request_focus();
        }
        let address = one_line(Field::Address, &kept.home.address).map_err(|invalid| cx.say(&invalid.message()));
        text_line(ui, cx, "field-address", &mut kept.home.address, wrong(&address));
        self.home.group_ui(ui, cx, &mut kept.home);
    }

    fn command(&self, cx: &Cx<'_>) -> Option<Command> {
        let kept = self.kept.as_ref()?;
        if self.taken.is_waiting() {
            return None;
        }
        let edit = HouseholdEdit {
            group: group_of(&kept.home.group).ok()?,
            number: self.number(cx).ok()?,
            address: one_line(Field::Address, &kept.home.address).ok()?,
        };
        Some(Command::EditHousehold { household: self.household.clone(), edit })
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
