//! Where somebody belongs: group and household, typed or chosen among those there are; a new number is said to be new.

use eframe::egui::{Id, Ui};
use serde::{Deserialize, Serialize};

use super::line::{Below, below_ui, line, text_line, wrong};
use crate::domain::message::{Message, Say as _};
use crate::domain::one_line::one_line;
use crate::domain::resident::Field;
use crate::ledger::command::{Home, HouseholdEdit};
use crate::ledger::exchange::group::{Prefixes, bare};
use crate::ledger::households::{HouseholdRow, Sorted};
use crate::ledger::view::View;
use crate::ledger::village::GroupRow;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::widgets::person::{group_words, household_words};
use crate::ui::widgets::suggest::{Asked, Offered, Suggest};

/// Households offered at once.
const MOST: u32 = 40;

/// What is typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HomeText {
    pub group: String,
    pub household: String,
    /// The household that was chosen, until something else is typed.
    pub chosen: String,
    pub address: String,
}

impl HomeText {
    /// The text for a household that there is.
    pub(super) fn choose(&mut self, row: &HouseholdRow) {
        (self.chosen, self.household) = match (row.sorted, row.number.is_empty()) {
            (Sorted::No, _) => (String::new(), String::new()),
            (Sorted::Yes, true) => (row.uid.clone(), row.head.clone()),
            (Sorted::Yes, false) => (row.uid.clone(), row.number.clone()),
        };
    }
}

/// Which households will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// Those there are, a new one, and a group's 未分户.
    Any,
    /// Those there are.
    Known,
    /// A new one.
    New,
}

/// What is read of the ledger while typing.
#[derive(Default)]
pub(super) struct HomeField {
    groups: Cached<i64, Vec<GroupRow>>,
    homes: Cached<(i64, String, String), Vec<HouseholdRow>>,
    suggest: Suggest,
}

/// What the typed text means.
enum Meaning {
    /// Not asked yet.
    Waiting,
    Known(HouseholdRow),
    New,
    Unsorted,
    /// It is no number: whose household is meant has to be chosen.
    Unclear,
}

/// The bare name of the group that is typed.
pub(super) fn group_of(text: &str) -> Result<String, ()> {
    if text.chars().count() > 30 {
        return Err(());
    }
    Ok(bare(text, Prefixes::One).unwrap_or_default())
}

impl HomeField {
    /// Draws the fields.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, text: &mut HomeText, allowed: Allowed) {
        self.group_ui(ui, cx, text);
        let meaning = self.meaning(cx, text);
        match allowed {
            Allowed::New => {
                let taken = match &meaning {
                    Meaning::Known(row) => Err(self.whose(cx, "form-number-taken", row)),
                    _ => number(cx, text).map(drop),
                };
                text_line(ui, cx, "field-household_number", &mut text.household, wrong(&taken));
            }
            Allowed::Any | Allowed::Known => self.household_ui(ui, cx, text, &meaning, allowed),
        }
        if allowed != Allowed::Known && matches!(meaning, Meaning::New) {
            let address = address(cx, text);
            text_line(ui, cx, "field-address", &mut text.address, wrong(&address));
        }
    }

    /// Draws the group alone.
    pub(super) fn group_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, text: &mut HomeText) {
        let groups = self.groups.get(cx.desk, cx.revision, View::groups).cloned();
        let typed = text.group.trim().to_owned();
        let bare = group_of(&typed);
        let fitting: Vec<&GroupRow> = groups
            .iter()
            .flat_map(|groups| groups.iter())
            .filter(|group| !group.name.is_empty())
            .filter(|group| group.name.starts_with(&typed) || group_words(cx, &group.name).starts_with(&typed))
            .collect();
        let is_known = bare.as_ref().is_ok_and(|bare| {
            bare.is_empty() || groups.as_ref().is_none_or(|groups| groups.iter().any(|group| group.name == *bare))
        });
        let offered: Vec<Offered> = fitting
            .iter()
            .map(|group| Offered {
                words: group_words(cx, &group.name),
                detail: cx.say(&Message::new("form-households").number("count", group.households)),
            })
            .collect();
        let taken = line(ui, &cx.t("field-group"), |ui, label| {
            let hint = cx.t("form-group-hint");
            let id = Id::unique("form-group");
            let asked = Asked { id, label, hint: &hint, width: ui.available_width(), lead: None };
            let (_, taken) = self.suggest.ui(ui, &asked, &mut text.group, &offered);
            match (bare, is_known) {
                (Err(()), _) => below_ui(ui, Below::Wrong(&cx.say(&too_long()))),
                (Ok(_), false) => below_ui(ui, Below::Odd(&cx.t("form-group-new"))),
                (Ok(_), true) => {}
            }
            taken
        });
        if let Some(group) = taken.and_then(|at| fitting.get(at)) {
            text.group = group_words(cx, &group.name);
        }
    }

    fn household_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, text: &mut HomeText, meaning: &Meaning, allowed: Allowed) {
        let rows = self.homes.shown().cloned();
        let fits = |row: &&HouseholdRow| allowed == Allowed::Any || row.sorted == Sorted::Yes;
        let fitting: Vec<&HouseholdRow> = rows.iter().flat_map(|rows| rows.iter()).filter(fits).collect();
        let offered: Vec<Offered> = fitting
            .iter()
            .map(|row| Offered {
                words: format!("{}  {}", household_words(cx, &row.number), row.head),
                detail: match row.people {
                    0 => cx.t("form-household-left"),
                    people => cx.say(&Message::new("ui-people").number("count", people)),
                },
            })
            .collect();
        let below = match (meaning, allowed) {
            (Meaning::Waiting, _) => String::new(),
            (Meaning::Known(row), _) => self.whose(cx, "form-household-known", row),
            (Meaning::New, Allowed::Any) => cx.t("form-household-new"),
            (Meaning::Unsorted, Allowed::Any) => cx.t("ui-household-hint"),
            _ => cx.t("form-household-choose"),
        };
        let problem = number(cx, text).err();
        let taken = line(ui, &cx.t("field-household_number"), |ui, label| {
            let hint = cx.t("form-household-hint");
            let id = Id::unique("form-household");
            let asked = Asked { id, label, hint: &hint, width: ui.available_width(), lead: None };
            let (response, taken) = self.suggest.ui(ui, &asked, &mut text.household, &offered);
            if response.changed() {
                text.chosen.clear();
            }
            below_ui(
                ui,
                match (&problem, meaning) {
                    (Some(problem), _) => Below::Wrong(problem),
                    (None, Meaning::New) => Below::Odd(&below),
                    (None, Meaning::Unclear) => Below::Wrong(&below),
                    _ => Below::Note(&below),
                },
            );
            taken
        });
        if let Some(row) = taken.and_then(|at| fitting.get(at)) {
            text.choose(row);
        }
    }

    fn whose(&self, cx: &Cx<'_>, key: &'static str, row: &HouseholdRow) -> String {
        let message = Message::new(key).text("head", row.head.clone()).text("address", row.address.clone());
        cx.say(&message.number("count", row.people))
    }

    fn meaning(&mut self, cx: &Cx<'_>, text: &HomeText) -> Meaning {
        let Ok(group) = group_of(&text.group) else { return Meaning::Unclear };
        let typed = text.household.trim().chars().take(60).collect::<String>();
        let key = (cx.revision, group.clone(), typed.clone());
        let asked = (group, typed.clone());
        self.homes.get(cx.desk, key, move |view| view.households(&asked.0, &asked.1, MOST));
        if self.homes.is_waiting() {
            return Meaning::Waiting;
        }
        self.understood(text, &typed)
    }

    fn understood(&self, text: &HomeText, typed: &str) -> Meaning {
        let rows = self.homes.shown();
        let mut rows = rows.iter().flat_map(|rows| rows.iter());
        let chosen = rows.find(|row| {
            if text.chosen.is_empty() { row.number == typed && !typed.is_empty() } else { row.uid == text.chosen }
        });
        match chosen {
            Some(row) => Meaning::Known(row.clone()),
            None if typed.is_empty() => Meaning::Unsorted,
            None if typed.chars().any(|c| c.is_ascii_digit()) => Meaning::New,
            None => Meaning::Unclear,
        }
    }

    /// The household that is meant, where it is one of those there are.
    pub(super) fn known(&self, text: &HomeText) -> Option<HouseholdRow> {
        match self.understood(text, text.household.trim()) {
            Meaning::Known(row) if !self.homes.is_waiting() => Some(row),
            _ => None,
        }
    }

    /// Where it is, once that is clear.
    pub(super) fn home(&self, cx: &Cx<'_>, text: &HomeText, allowed: Allowed) -> Option<Home> {
        let group = group_of(&text.group).ok()?;
        if self.homes.is_waiting() {
            return None;
        }
        let (number, address) = (number(cx, text).ok()?, address(cx, text).ok()?);
        match (self.understood(text, text.household.trim()), allowed) {
            (Meaning::Known(row), Allowed::Any | Allowed::Known) => Some(Home::Household(row.uid)),
            (Meaning::New, Allowed::Any) if address.is_empty() => Some(Home::Numbered { group, number }),
            (Meaning::New, Allowed::Any | Allowed::New) | (Meaning::Unsorted, Allowed::New) => {
                Some(Home::New(HouseholdEdit { group, number, address }))
            }
            (Meaning::Unsorted, Allowed::Any) => Some(Home::Numbered { group, number }),
            _ => None,
        }
    }
}

fn too_long() -> Message {
    Message::new("form-too-long").number("most", 30)
}

fn number(cx: &Cx<'_>, text: &HomeText) -> Result<String, String> {
    one_line(Field::HouseholdNumber, &text.household).map_err(|invalid| cx.say(&invalid.message()))
}

fn address(cx: &Cx<'_>, text: &HomeText) -> Result<String, String> {
    one_line(Field::Address, &text.address).map_err(|invalid| cx.say(&invalid.message()))
}
