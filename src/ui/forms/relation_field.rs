//! The relation to the head: typed as people say it, in pinyin or its first letters, or chosen from the standard's list.

use eframe::egui::{Id, Ui};

use crate::domain::relation::{self, Relation};
use crate::ui::cx::Cx;
use crate::ui::widgets::suggest::{Asked, Offered, Suggest};

/// What is typed is no relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoRelation;

/// Reads what is typed; nothing means that it is not known.
pub(super) fn read(cx: &Cx<'_>, text: &str) -> Result<Option<Relation>, NoRelation> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let said = Relation::all().find(|relation| cx.of(relation) == text);
    said.or_else(|| Relation::parse(text)).map(Some).ok_or(NoRelation)
}

/// The word for it; empty where it is not known.
pub(super) fn words(cx: &Cx<'_>, relation: Option<Relation>) -> String {
    relation.map_or_else(String::new, |relation| cx.of(&relation))
}

/// Draws the field.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, suggest: &mut Suggest, (id, label): (Id, Id), text: &mut String) {
    let fitting = fitting(cx, text);
    let offered: Vec<Offered> =
        fitting.iter().map(|relation| Offered { words: cx.of(relation), detail: String::new() }).collect();
    let is_said = read(cx, text).is_ok();
    let hint = cx.t("form-relation-hint");
    let lead = (!text.trim().is_empty()).then_some(0);
    let asked = Asked { id, label, hint: &hint, width: ui.available_width(), lead };
    let (response, taken) = suggest.ui(ui, &asked, text, &offered);
    // Who goes on with Tab after some letters means what they fit best.
    let letters = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic());
    let taken = taken.or_else(|| (response.lost_focus() && letters && !is_said).then_some(0));
    if let Some(relation) = taken.and_then(|at| fitting.get(at)) {
        *text = cx.of(relation);
    }
}

fn fitting(cx: &Cx<'_>, text: &str) -> Vec<Relation> {
    let mut found = relation::matching(text);
    let typed = text.trim().to_lowercase();
    if !typed.is_empty() && typed.len() < 40 {
        // Whether a child is the only one is read from rosters and asked of nobody.
        let said = Relation::all()
            .filter(|relation| !matches!(relation.code(), 21 | 31))
            .filter(|relation| cx.of(relation).to_lowercase().contains(&typed));
        for relation in said.collect::<Vec<_>>() {
            if !found.contains(&relation) {
                found.push(relation);
            }
        }
    }
    found
}
