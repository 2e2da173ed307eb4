//! People of the village who are not in the campaign: looked for by a name or initials, at the door and where somebody is
//! added by hand.

use std::sync::Arc;

use eframe::egui::{Key, TextEdit, Ui};

use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::residents::{ResidentFilter, ResidentRow};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::focus::take_focus;
use crate::ui::widgets::person::{born_words, group_words, household_words};

use super::open::{Shown, run};

/// How many are offered.
const OFFERED: usize = 6;
/// How many are asked for: of those who fit, many may be in the campaign already.
const ASKED: u32 = 60;

/// Those who fit what is typed.
#[derive(Default)]
pub(super) struct Strangers {
    village: Cached<(i64, String), Vec<ResidentRow>>,
}

impl Strangers {
    /// Who fits; none while nothing is typed, or nothing is known yet.
    pub(super) fn found(&mut self, cx: &Cx<'_>, shown: &Shown, call: &str) -> Option<Arc<Vec<ResidentRow>>> {
        let call = call.trim().to_owned();
        if call.is_empty() {
            return None;
        }
        let filter = ResidentFilter { search: call.clone(), group: None, limit: ASKED };
        let found = self.village.get(cx.desk, (cx.revision, call), move |view| view.residents(&filter)).cloned()?;
        let known = |row: &ResidentRow| shown.campaign.of(&row.uid).is_some();
        Some(Arc::new(found.iter().filter(|row| !known(row)).take(OFFERED).cloned().collect()))
    }

    /// Whether an answer is still on its way.
    pub(super) fn is_waiting(&self) -> bool {
        self.village.is_waiting()
    }
}

/// Somebody is added by hand: the field for it is there once it is asked for.
#[derive(Default)]
pub(super) struct AddByHand {
    /// What is typed; none while nobody is to be added.
    typed: Option<String>,
    strangers: Strangers,
    wants_focus: bool,
}

impl AddByHand {
    /// The button that opens the field.
    pub(super) fn button_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.typed.is_none() && button(ui, Icon::UserPlus, &cx.t("board-add")).clicked() {
            (self.typed, self.wants_focus) = (Some(String::new()), true);
        }
    }

    /// The field and who fits; the uid of whom it added.
    pub(super) fn field_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) -> Option<String> {
        let mut typed = self.typed.take()?;
        let (mut added, mut stays) = (None, true);
        theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                let label = ui.label(cx.t("board-add-who"));
                let edit = TextEdit::singleline(&mut typed).hint_text(cx.t("swap-hint")).char_limit(40);
                let response = ui.add(edit).labelled_by(label.id);
                take_focus(&response, &mut self.wants_focus);
                stays = !button(ui, Icon::X, &cx.t("ui-no")).clicked() && !ui.input(|on| on.key_pressed(Key::Escape));
            });
            basic::hint(ui, cx.t("board-add-hint"));
            added = self.choices_ui(ui, cx, shown, &typed);
        });
        self.typed = (stays && added.is_none()).then_some(typed);
        added
    }

    fn choices_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, typed: &str) -> Option<String> {
        let found = self.strangers.found(cx, shown, typed);
        let found = found.as_deref().map_or(&[][..], Vec::as_slice);
        if found.is_empty() && !typed.trim().is_empty() {
            basic::soft(ui, cx.t(if self.strangers.is_waiting() { "door-looking" } else { "board-add-nobody" }));
        }
        let mut added = None;
        for person in found {
            let home = format!("{} {}", group_words(cx, &person.group), household_words(cx, &person.household));
            let born = person.born().map_or_else(String::new, |born| born_words(cx, born));
            if button(ui, Icon::UserPlus, format!("{}  {home}  {born}", person.name).trim_end()).clicked() {
                let (campaign, resident) = (shown.campaign.uid.clone(), person.uid.clone());
                run(cx, CampaignCommand::Add { campaign, resident });
                added = Some(person.uid.clone());
            }
        }
        added
    }
}
