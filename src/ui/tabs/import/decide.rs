//! One row of a roster: what it says, what is wrong, and what the user decides about it.

use eframe::egui::{Label, RichText, Ui};

use super::review::{key, problem_words};
use crate::domain::message::Message;
use crate::domain::resident::Field;
use crate::ledger::exchange::matching::{Candidate, Difference, Outcome};
use crate::ledger::exchange::staging::Weight;
use crate::ledger::imports::{Choice, Decisions, ImportRow};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::mask;
use crate::ui::widgets::person::group_words;

/// What the table says of a row, and whether something was decided about it.
pub(super) fn decision_words(cx: &Cx<'_>, row: &ImportRow, choice: Option<&Choice>) -> (bool, String) {
    let words = match (row.matched.outcome, choice) {
        (_, Some(Choice::Skip)) => cx.t("ui-decided-skip"),
        (_, Some(Choice::New)) => cx.t("ui-decided-new"),
        (_, Some(Choice::Is(_))) => cx.t("ui-decided-is"),
        (_, Some(Choice::Overwrite(fields))) if !fields.is_empty() => {
            let names: Vec<String> = fields.iter().map(|field| cx.of(field)).collect();
            cx.say(&Message::new("ui-decided-overwrite").text("fields", cx.words.list(&names)))
        }
        (Outcome::Changed, _) => changes_words(cx, row),
        (Outcome::Close, _) => cx.t("ui-close-undecided"),
        _ => problem_words(cx, row),
    };
    (choice.is_some(), words)
}

fn changes_words(cx: &Cx<'_>, row: &ImportRow) -> String {
    let Some(one) = row.matched.candidates.first() else { return String::new() };
    let names = |all: &[Difference]| cx.words.list(&all.iter().map(|d| cx.of(&d.field)).collect::<Vec<_>>());
    let mut words = Vec::new();
    if !one.differences.is_empty() {
        words.push(cx.say(&Message::new("ui-differs").text("fields", names(&one.differences))));
    }
    if !one.fills.is_empty() {
        words.push(cx.say(&Message::new("ui-fills").text("fields", names(&one.fills))));
    }
    words.join("  ")
}

/// The card of a row.
pub(super) fn row_card(ui: &mut Ui, cx: &Cx<'_>, place: &str, row: &ImportRow, decisions: &mut Decisions) {
    basic::hint(ui, place);
    says_ui(ui, cx, row);
    for problem in &row.staged.problems {
        let ink = if problem.weight == Weight::Rejects { theme::of(ui).ask } else { theme::of(ui).ink_soft };
        ui.horizontal_top(|ui| {
            ui.label(icon(Icon::Info).color(ink));
            let words = match &*problem.column {
                "" => cx.say(&problem.message),
                column => cx.labelled(column, cx.say(&problem.message)),
            };
            ui.add(Label::new(words).wrap());
        });
    }
    match row.matched.outcome {
        Outcome::Changed => changed_ui(ui, cx, row, decisions),
        Outcome::Close => close_ui(ui, cx, row, decisions),
        Outcome::New | Outcome::Same | Outcome::Repeated | Outcome::Rejected => {}
    }
}

/// What the row says.
fn says_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ImportRow) {
    let Some(person) = &row.staged.incoming else { return };
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let lines = [
        (Field::IdNumber, person.id.map_or_else(String::new, |id| id.as_str().to_owned())),
        (Field::Sex, person.sex.map_or_else(String::new, |sex| cx.of(&sex))),
        (Field::Born, person.born.map_or_else(String::new, |born| born.to_string())),
        (Field::Group, person.group.as_deref().map_or_else(String::new, |group| group_words(cx, group))),
        (Field::HouseholdNumber, text(person.household.as_deref())),
        (Field::Relation, person.relation.map_or_else(String::new, |relation| cx.of(&relation))),
        (Field::Phone, person.phone.to_string()),
        (Field::Address, person.address.to_string()),
        (Field::Residency, person.residency.map_or_else(String::new, |residency| cx.of(&residency))),
    ];
    for (field, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(cx.of(&field)).color(theme::of(ui).ink_soft));
            ui.add(Label::new(value).wrap());
        });
    }
    ui.add_space(theme::GAP);
}

/// Gaps are filled by themselves; a difference is written only where it is ticked.
fn changed_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ImportRow, decisions: &mut Decisions) {
    let Some(one) = row.matched.candidates.first() else { return };
    fills_ui(ui, cx, one);
    if one.differences.is_empty() {
        return;
    }
    basic::head(ui, cx.t("ui-differences"));
    let mut fields = match decisions.rows.get(&key(row)) {
        Some(Choice::Overwrite(fields)) => fields.clone(),
        _ => Vec::new(),
    };
    let before = fields.clone();
    for difference in &one.differences {
        let mut ticked = fields.contains(&difference.field);
        let words = Message::new("ui-difference")
            .text("field", cx.of(&difference.field))
            .text("known", cx.say(&difference.known))
            .text("incoming", cx.say(&difference.incoming));
        if ui.checkbox(&mut ticked, cx.say(&words)).changed() {
            if ticked {
                fields.push(difference.field);
            } else {
                fields.retain(|field| *field != difference.field);
            }
        }
    }
    basic::hint(ui, cx.t("ui-differences-hint"));
    if fields != before {
        if fields.is_empty() {
            decisions.rows.remove(&key(row));
        } else {
            decisions.rows.insert(key(row), Choice::Overwrite(fields));
        }
    }
}

fn fills_ui(ui: &mut Ui, cx: &Cx<'_>, one: &Candidate) {
    if one.fills.is_empty() {
        return;
    }
    basic::head(ui, cx.t("ui-gaps"));
    for fill in &one.fills {
        ui.add(Label::new(cx.labelled(&cx.of(&fill.field), cx.say(&fill.incoming))).wrap());
    }
}

/// Probably somebody known: nothing is written without a decision.
fn close_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ImportRow, decisions: &mut Decisions) {
    basic::head(ui, cx.t("ui-who-is-it"));
    let mut choice = decisions.rows.get(&key(row)).cloned();
    let before = choice.clone();
    for one in &row.matched.candidates {
        let known = &one.resident;
        let words = Message::new("ui-is-this-one")
            .text("name", known.name.clone())
            .text("id", known.id.map_or_else(String::new, |id| mask::id_number(id.as_str())))
            .text("group", group_words(cx, &known.group));
        ui.push_id(&known.uid, |ui| {
            ui.radio_value(&mut choice, Some(Choice::Is(known.uid.clone())), cx.say(&words));
        });
    }
    if row.staged.incoming.as_ref().is_some_and(|person| person.damaged_id.is_none()) {
        ui.radio_value(&mut choice, Some(Choice::New), cx.t("ui-is-new"));
    }
    ui.radio_value(&mut choice, Some(Choice::Skip), cx.t("ui-leave-out"));
    if choice != before
        && let Some(choice) = choice
    {
        decisions.rows.insert(key(row), choice);
    }
}
