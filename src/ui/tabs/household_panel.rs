//! One household: its number, address and contact person, who lives there, and what can be done with it. Every step is
//! a form in the same place, and can be taken back.

use eframe::egui::{Label, RichText, Ui};

use crate::domain::message::Message;
use crate::domain::resident::Residency;
use crate::ledger::error::Result;
use crate::ledger::households::{Household, Sorted};
use crate::ledger::residents::ResidentRow;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::Wish;
use crate::ui::forms::people::{is_present, lines, place};
use crate::ui::icon::Icon;
use crate::ui::keys::Shortcut;
use crate::ui::tabs::residents::{relation_words, residency_key};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, key_button};
use crate::ui::widgets::person::{born_words, line_ui, name_ui};

/// All that is shown.
struct Shown {
    household: Household,
    contact: String,
    contact_phone: String,
}

impl Shown {
    fn read(view: &View, uid: &str) -> Result<Self> {
        let household = view.household(uid)?;
        let groups = view.groups()?;
        let group = groups.into_iter().find(|group| group.name == household.row.group);
        let (contact, contact_phone) = group.map(|group| (group.contact, group.contact_phone)).unwrap_or_default();
        Ok(Self { household, contact, contact_phone })
    }
}

/// The panel.
#[derive(Default)]
pub struct HouseholdPanel {
    shown: Cached<(i64, String), Shown>,
}

impl HouseholdPanel {
    /// Draws the panel of this household; true where it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) -> bool {
        let asked = uid.to_owned();
        let shown =
            self.shown.get(cx.desk, (cx.revision, asked.clone()), move |view| Shown::read(view, &asked)).cloned();
        if let Some(message) = self.shown.failure() {
            basic::wrong(ui, &cx.say(message));
            return button(ui, Icon::X, &cx.t("ui-close")).clicked();
        }
        let Some(shown) = shown.filter(|shown| shown.household.row.uid == uid) else { return false };
        let household = &shown.household;
        let close = name_ui(ui, cx, &place(cx, household));
        facts_ui(ui, cx, &shown);
        ui.separator();
        members_ui(ui, cx, household);
        ui.separator();
        actions_ui(ui, cx, household);
        close
    }
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown) {
    let row = &shown.household.row;
    if !row.address.is_empty() {
        line_ui(ui, Icon::MapPin, &cx.t("field-address"), &row.address);
    }
    if !shown.contact.is_empty() {
        let words = Message::new("ui-contact-is").text("name", format!("{} {}", shown.contact, shown.contact_phone));
        line_ui(ui, Icon::UserCheck, &cx.t("record-contact-person"), &cx.say(&words));
    }
    if row.sorted == Sorted::No {
        basic::hint(ui, cx.t("form-unsorted-hint"));
    }
}

fn members_ui(ui: &mut Ui, cx: &mut Cx<'_>, household: &Household) {
    let (present, gone): (Vec<&ResidentRow>, Vec<&ResidentRow>) =
        household.members.iter().partition(|row| is_present(row));
    basic::head(ui, cx.say(&Message::new("form-lives-here").number("count", present.len())));
    if present.is_empty() {
        basic::soft(ui, cx.t("form-nobody-present"));
    }
    lines(ui, "members", present.len(), |ui, at| member_ui(ui, cx, present[at]));
    let unknown = present.iter().filter(|row| row.relation == 0).count();
    if unknown > 0 && household.row.sorted == Sorted::Yes {
        basic::hint(ui, cx.say(&Message::new("form-relations-unknown").number("count", unknown)));
    }
    if gone.is_empty() {
        return;
    }
    let words = cx.say(&Message::new("form-gone").number("count", gone.len()));
    basic::fold(ui, &words).show(ui, |ui| lines(ui, "gone", gone.len(), |ui, at| member_ui(ui, cx, gone[at])));
}

fn member_ui(ui: &mut Ui, cx: &mut Cx<'_>, row: &ResidentRow) {
    if basic::link(ui, &row.name).clicked() {
        cx.push(Action::ShowPerson(row.uid.clone()));
    }
    let age = row.born().map_or_else(String::new, |born| born_words(cx, born));
    let state = match (is_present(row), row.residency()) {
        (false, _) => cx.of(&row.facts.standing.value),
        (true, Some(Residency::Here)) => String::new(),
        (true, residency) => cx.t(residency_key(residency)),
    };
    let state = if is_present(row) && row.residency().is_none() { String::new() } else { state };
    let words = format!("{} {age} {state}", relation_words(cx, row.relation));
    ui.add(Label::new(RichText::new(words).color(theme::of(ui).ink_soft)).truncate());
}

fn actions_ui(ui: &mut Ui, cx: &mut Cx<'_>, household: &Household) {
    let uid = || household.row.uid.clone();
    let is_one = household.row.sorted == Sorted::Yes;
    let is_lived_in = household.row.people > 0;
    ui.horizontal_wrapped(|ui| {
        if is_one && key_button(ui, cx, Icon::PencilLine, &cx.t("op-edit-household"), Shortcut::Edit) {
            cx.push(Action::Form(Wish::Household { household: uid() }));
        }
        if key_button(ui, cx, Icon::UserPlus, &cx.t("form-add-to"), Shortcut::AddTo) {
            cx.push(Action::Form(Wish::AddTo { household: uid() }));
        }
        let mut offer = |ui: &mut Ui, glyph: Icon, key: &str, wish: Wish| {
            if button(ui, glyph, &cx.t(key)).clicked() {
                cx.push(Action::Form(wish));
            }
        };
        if is_lived_in {
            offer(ui, Icon::Baby, "form-newborn", Wish::Newborn { household: uid() });
            offer(ui, Icon::Split, "op-split-household", Wish::Split { household: uid(), ticked: Vec::new() });
            offer(ui, Icon::ArrowRightLeft, "op-move", Wish::Move { household: uid(), ticked: Vec::new() });
        }
        if is_one && is_lived_in {
            offer(ui, Icon::Merge, "op-join-households", Wish::Join { household: uid() });
            offer(ui, Icon::UserCog, "form-head", Wish::Head { household: uid() });
        }
    });
}
