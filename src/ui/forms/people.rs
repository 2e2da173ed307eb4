//! The members of a household as lines of a form: ticked, or with their relation to whoever is the head. Only the lines
//! in sight are drawn, however many they are.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{Align, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::relation_field;
use crate::domain::relation::{Kin, Relation, seen_from};
use crate::domain::resident::Standing;
use crate::ledger::households::Household;
use crate::ledger::residents::ResidentRow;
use crate::ui::cx::Cx;
use crate::ui::tabs::residents::relation_words;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::person::{born_words, group_words, household_words};
use crate::ui::widgets::suggest::Suggest;

/// The height of a line.
const LINE: f32 = 40.0;
/// More lines than these scroll by themselves.
const MOST: usize = 40;

/// Relations by uid, as typed.
pub(super) type Relations = BTreeMap<String, String>;

/// Whether somebody is of the village.
pub(in crate::ui) fn is_present(row: &ResidentRow) -> bool {
    row.facts.standing.value == Standing::Present
}

/// The members present.
pub(super) fn present(household: &Household) -> Vec<&ResidentRow> {
    household.members.iter().filter(|row| is_present(row)).collect()
}

/// The head of those present, where one is known.
pub(super) fn head_of(household: &Household) -> Option<&ResidentRow> {
    household.members.iter().find(|row| is_present(row) && row.relation == Relation::HEAD.code())
}

/// 3组 第12户.
pub(in crate::ui) fn place(cx: &Cx<'_>, household: &Household) -> String {
    format!("{} {}", group_words(cx, &household.row.group), household_words(cx, &household.row.number))
}

/// The lines, each of the same height.
pub(in crate::ui) fn lines(ui: &mut Ui, id: &str, count: usize, mut row: impl FnMut(&mut Ui, usize)) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut one = |ui: &mut Ui, at: usize| {
            let size = vec2(ui.available_width(), LINE);
            ui.push_id(at, |ui| {
                ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_size(size);
                    row(ui, at);
                });
            });
        };
        if count <= MOST {
            (0..count).for_each(|at| one(ui, at));
        } else {
            let area = ScrollArea::vertical().id_salt(id).max_height(LINE * 9.0);
            area.show_rows(ui, LINE, count, |ui, range| range.for_each(|at| one(ui, at)));
        }
    });
}

/// Everybody with a box to tick.
pub(super) fn ticks_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[&ResidentRow], ticked: &mut BTreeSet<String>) {
    lines(ui, "ticks", rows.len(), |ui, at| {
        let row = rows[at];
        let mut is_ticked = ticked.contains(&row.uid);
        let age = row.born().map_or_else(String::new, |born| born_words(cx, born));
        if ui.checkbox(&mut is_ticked, &row.name).changed() {
            if is_ticked {
                ticked.insert(row.uid.clone());
            } else {
                ticked.remove(&row.uid);
            }
        }
        let words = format!("{} {age}", relation_words(cx, row.relation));
        ui.add(Label::new(RichText::new(words).small().color(theme::of(ui).ink_soft)).truncate());
    });
}

/// Whether the head is chosen among the lines.
pub(super) enum Head<'a> {
    /// It is chosen.
    Chosen(&'a mut String),
    /// It is somebody else.
    Elsewhere,
}

/// Everybody with the relation to the head; true where another head was chosen.
pub(super) fn kin_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (rows, head): (&[&ResidentRow], &mut Head<'_>),
    relations: &mut Relations,
    suggest: &mut Suggest,
) -> bool {
    let mut changed = false;
    lines(ui, "kin", rows.len(), |ui, at| {
        let row = rows[at];
        let mut is_head = false;
        let width = ui.available_width() * 0.46;
        let label = ui
            .allocate_ui_with_layout(vec2(width, LINE), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                name_ui(ui, cx, row, head, &mut is_head, &mut changed)
            })
            .inner;
        if is_head {
            ui.label(cx.of(&Relation::HEAD));
            return;
        }
        // Only what is typed is written down: a line that was merely drawn makes no draft.
        let mut text = relations.get(&row.uid).cloned().unwrap_or_default();
        if relation_field::read(cx, &text).is_err() {
            ui.visuals_mut().widgets.inactive.bg_stroke.color = theme::of(ui).wrong;
        }
        relation_field::ui(ui, cx, suggest, (Id::unique(("kin", &row.uid)), label), &mut text);
        if relations.get(&row.uid).map_or("", String::as_str) != text {
            relations.insert(row.uid.clone(), text);
        }
    });
    changed
}

fn name_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &ResidentRow,
    head: &mut Head<'_>,
    is_head: &mut bool,
    changed: &mut bool,
) -> Id {
    let gone = !is_present(row);
    let name = if gone { format!("{} {}", row.name, cx.of(&row.facts.standing.value)) } else { row.name.clone() };
    match head {
        Head::Chosen(chosen) => {
            *is_head = **chosen == row.uid;
            if gone {
                return ui.add(Label::new(RichText::new(name).color(theme::of(ui).ink_soft)).truncate()).id;
            }
            let response = ui.radio(*is_head, name);
            if response.clicked() && !*is_head {
                **chosen = row.uid.clone();
                *changed = true;
            }
            response.id
        }
        Head::Elsewhere => ui.add(Label::new(name).truncate()).id,
    }
}

/// What everybody is to a new head, as far as that can be told.
pub(super) fn proposed(cx: &Cx<'_>, members: &[ResidentRow], head: &str) -> Relations {
    let kin: Vec<Kin> = members
        .iter()
        .map(|row| Kin { relation: Relation::from_code(row.relation), sex: row.sex(), born: row.born() })
        .collect();
    let Some(at) = members.iter().position(|row| row.uid == head) else { return Relations::new() };
    let seen = seen_from(&kin, at);
    members.iter().zip(seen).map(|(row, relation)| (row.uid.clone(), relation_field::words(cx, relation))).collect()
}

/// The relation that is typed for somebody; an error where it is none.
pub(super) fn relation(
    cx: &Cx<'_>,
    relations: &Relations,
    uid: &str,
) -> Result<Option<Relation>, relation_field::NoRelation> {
    relations.get(uid).map_or(Ok(None), |text| relation_field::read(cx, text))
}

/// A head of a part of the form.
pub(super) fn part(ui: &mut Ui, words: String) {
    ui.add_space(theme::GAP);
    ui.add(Label::new(RichText::new(words).strong()).wrap());
}

/// What is still to be asked, in one line.
pub(super) fn unknown_ui(ui: &mut Ui, cx: &Cx<'_>, relations: &Relations, among: &[&ResidentRow], head: &str) {
    let unknown = |row: &&&ResidentRow| {
        row.uid != head && relations.get(&row.uid).is_none_or(|relation| relation.trim().is_empty())
    };
    let count = among.iter().filter(unknown).count();
    if count > 0 {
        let words = cx.say(&crate::domain::message::Message::new("form-relations-unknown").number("count", count));
        basic::hint(ui, words);
    }
}
