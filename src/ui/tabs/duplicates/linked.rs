//! On a person's own page: which other records stand behind this one, or behind which one it stands, and the way apart.

use eframe::egui::Ui;

use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::residents::ResidentRow;
use crate::ledger::same_person::Linked;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::residents::relation_words;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::person::{group_words, household_words};
use crate::ui::widgets::{child, mask};

/// Who stands around a record.
struct Around {
    of: String,
    linked: Linked,
    /// The record it stands behind.
    listed: Option<ResidentRow>,
}

impl Around {
    fn read(view: &View, uid: &str) -> Result<Self> {
        let linked = view.linked(uid)?;
        let listed = linked.listed.as_deref().map(|listed| view.resident(listed)).transpose()?;
        Ok(Self { of: uid.to_owned(), linked, listed })
    }
}

/// The lines.
#[derive(Default)]
pub struct LinkedLine {
    around: Cached<(i64, String), Around>,
}

impl LinkedLine {
    /// Draws the lines of this person; nothing where there is but one record.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) {
        let asked = uid.to_owned();
        let around = self.around.get(cx.desk, (cx.revision, asked.clone()), move |view| Around::read(view, &asked));
        let Some(around) = around.filter(|around| around.of == uid).cloned() else { return };
        for behind in &around.linked.behind {
            let words = Message::new("duplicates-behind-this").text("what", words(cx, behind));
            line_ui(ui, cx, &cx.say(&words), &behind.uid);
        }
        if let Some(listed) = &around.listed {
            let words = Message::new("duplicates-behind-that").text("what", words(cx, listed));
            line_ui(ui, cx, &cx.say(&words), uid);
        }
    }
}

fn line_ui(ui: &mut Ui, cx: &mut Cx<'_>, words: &str, behind: &str) {
    ui.push_id(behind, |ui| {
        theme::note(theme::of(ui).faint).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            basic::soft(ui, words);
            if button(ui, Icon::Split, &cx.t("duplicates-apart")).clicked() {
                cx.push(Action::Run(Command::Unmerge { behind: behind.to_owned() }));
            }
        });
    });
}

/// A record in a few words: its name, where it stood, the end of its number.
fn words(cx: &Cx<'_>, row: &ResidentRow) -> String {
    let number = child::in_list(cx, row.born(), &mask::id_number(&row.id_number));
    let parts = [
        row.name.clone(),
        group_words(cx, &row.group),
        household_words(cx, &row.household),
        relation_words(cx, row.relation),
        number,
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
