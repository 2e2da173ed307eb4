//! 排人: what the planner proposes, who is left over and why; taken by one click, or made anew. Nothing is booked before.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Button, RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::planning::{Proposal, Step};
use crate::ledger::campaigns::sentences::ground_words;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, short_date};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

use super::open::{Shown, run};

/// Which of the proposal's rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// Everybody with a day.
    #[default]
    Placed,
    /// A part of them.
    Of(Step),
    /// Nobody could place them.
    Left,
}

/// The page.
#[derive(Default)]
pub(super) struct PlanPage {
    seed: u64,
    part: Part,
    read: Cached<(i64, String, u64, NaiveDate), Proposal>,
}

impl PlanPage {
    /// Draws it; true where the plan was taken.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) -> bool {
        let (uid, seed, today) = (shown.campaign.uid.clone(), self.seed.max(1), cx.today);
        let key = (cx.revision, uid.clone(), seed, today);
        let read = self.read.get(cx.desk, key, move |view| view.propose(&uid, seed, today)).cloned();
        if let Some(message) = self.read.failure() {
            basic::wrong(ui, &cx.say(message));
            return false;
        }
        if self.read.is_waiting() {
            basic::soft(ui, cx.t("plan-under-way"));
            ui.spinner();
        }
        let Some(proposal) = read else { return false };
        if proposal.placed.is_empty() && proposal.left.is_empty() {
            empty(ui, Icon::CalendarDays, &cx.t("plan-nobody"), &cx.t("plan-nobody-hint"), |_| ());
            return false;
        }
        let taken = self.tools_ui(ui, cx, &proposal);
        self.parts_ui(ui, cx, &proposal);
        self.table_ui(ui, cx, &proposal);
        taken
    }

    fn tools_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, proposal: &Proposal) -> bool {
        let booking = proposal.booking();
        let mut taken = false;
        ui.horizontal_wrapped(|ui| {
            let count = booking.rows.len();
            if count > 0 {
                let words = cx.say(&Message::new("plan-take").number("count", count));
                if main_button(ui, Icon::Check, &words).clicked() && !self.read.is_waiting() {
                    run(cx, CampaignCommand::Book(Box::new(booking)));
                    taken = true;
                }
            } else {
                basic::soft(ui, cx.t("error-plan-empty"));
            }
            if button(ui, Icon::RefreshCw, &cx.t("plan-again")).clicked() {
                self.seed = self.seed.max(1) + 1;
            }
        });
        if !theme::is_low(ui) {
            basic::hint(ui, cx.t("plan-hint"));
        }
        taken
    }

    /// The numbers; each shows its names.
    fn parts_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, proposal: &Proposal) {
        ui.horizontal_wrapped(|ui| {
            let steps = [Step::New, Step::Moved, Step::Stays, Step::Agreed];
            let parts = std::iter::once((Part::Placed, cx.t("plan-placed"), proposal.placed.len()))
                .chain(steps.map(|step| (Part::Of(step), cx.of(&step), proposal.count(step))))
                .chain(std::iter::once((Part::Left, cx.t("plan-left"), proposal.left.len())));
            for (part, words, count) in parts {
                if count == 0 && part != Part::Placed {
                    continue;
                }
                let button = Button::selectable(self.part == part, format!("{words} {count}"));
                if ui.add(button.frame_when_inactive(true)).clicked() {
                    self.part = part;
                }
            }
        });
    }

    fn table_ui(&self, ui: &mut Ui, cx: &Cx<'_>, proposal: &Proposal) {
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let columns = [
            col("field-name", Width::Points(120.0)),
            col("field-group", Width::Points(90.0)),
            col("field-household_number", Width::Points(70.0)),
            col("column-session-id", Width::Points(130.0)),
            col("plan-step", Width::Points(130.0)),
            col("ui-why", Width::Rest),
        ];
        let placed: Vec<_> =
            proposal.placed.iter().filter(|row| self.part == Part::Placed || self.part == Part::Of(row.step)).collect();
        let rows = if self.part == Part::Left { proposal.left.len() } else { placed.len() };
        let sheet = Sheet { id: "plan", columns: &columns, rows, scroll_to: None };
        theme::card(ui).inner_margin(4.0).show(ui, |ui| {
            table(ui, &sheet, |line| {
                if self.part == Part::Left {
                    let row = &proposal.left[line.index()];
                    cell(line, RichText::new(format!("  {}", row.name)));
                    cell(line, group_words(cx, &row.group));
                    cell(line, row.household.as_str());
                    cell(line, "");
                    cell(line, cx.t("plan-left"));
                    cell(line, cx.of(&row.why));
                    return;
                }
                let row = placed[line.index()];
                let session = &proposal.campaign.sessions[row.session].edit;
                let why: Vec<String> = row.grounds.iter().map(|ground| cx.say(&ground_words(ground))).collect();
                cell(line, RichText::new(format!("  {}", row.name)));
                cell(line, group_words(cx, &row.group));
                cell(line, row.household.as_str());
                cell(line, format!("{} {}", short_date(cx, session.on), session.from.format("%-H:%M")));
                cell(line, cx.of(&row.step));
                cell(line, cx.words.list(&why));
            });
        });
    }
}
