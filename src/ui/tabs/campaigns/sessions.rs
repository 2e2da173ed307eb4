//! The sessions of one campaign: a table, and beside it the one that is selected: corrected, or cancelled after it was said
//! what becomes of its people.

use eframe::egui::{RichText, Ui};

use crate::domain::campaign::AppointmentState;
use crate::domain::message::Message;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::{AppointmentRow, Campaign, SessionRow};
use crate::ledger::command::Command;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::forms::Wish;
use crate::ui::icon::Icon;
use crate::ui::tabs::campaigns::days::{day_words, weekday};
use crate::ui::tabs::campaigns::pattern::unknown_ui;
use crate::ui::tabs::campaigns::session_form::people_of;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::person::short_date;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, is_entered, table};

/// What was asked before it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Asked {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether the session with this uid is to be cancelled.
    Cancel(String),
    /// Whether the campaign is to be removed.
    Remove,
}

/// The page.
#[derive(Default)]
pub struct SessionsPage {
    selection: Selection,
    asked: Asked,
}

impl SessionsPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, campaign: &Campaign) {
        // In a small window the card takes all of the room.
        if self.selection.uid().is_none() || ui.available_width() >= theme::NARROW {
            self.bar_ui(ui, cx, campaign);
            unknown_ui(ui, cx, &campaign.unknown_years);
        }
        let rows = &campaign.sessions;
        if rows.is_empty() {
            return basic::heed(ui, &cx.t("error-campaign-no-sessions"));
        }
        let uid_at = |index: usize| rows.get(index).map(|row| row.uid.as_str());
        self.selection.settle(rows.len(), uid_at);
        self.selection.keys(ui, cx, rows.len(), uid_at);
        if let Some(row) = rows.iter().find(|row| self.selection.uid() == Some(row.uid.as_str())) {
            let room = card_beside(ui, "session-card", theme::NARROW, |ui| self.card_ui(ui, cx, campaign, row));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, campaign);
    }

    fn bar_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, campaign: &Campaign) {
        let uid = || campaign.uid.clone();
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, campaign.edit.name.clone());
            if button(ui, Icon::Plus, &cx.t("campaign-form-more")).clicked() {
                cx.push(Action::Form(Wish::Sessions { campaign: uid() }));
            }
            if button(ui, Icon::PencilLine, &cx.t("campaign-form-correct")).clicked() {
                cx.push(Action::Form(Wish::Campaign { campaign: uid() }));
            }
            let nobody_came = campaign.appointments.iter().all(|row| row.state != AppointmentState::Came);
            if nobody_came && button(ui, Icon::Trash2, &cx.t("campaign-form-remove")).clicked() {
                self.asked = Asked::Remove;
            }
        });
        if self.asked != Asked::Remove {
            return;
        }
        let open = campaign.appointments.iter().filter(|row| row.state.is_open()).count();
        basic::heed(ui, &cx.say(&Message::new("campaign-form-remove-sure").number("count", open)));
        let command = CampaignCommand::Remove { campaign: uid() };
        self.sure_ui(ui, cx, "campaign-form-remove-yes", command);
    }

    /// The two buttons below a question.
    fn sure_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, yes: &'static str, command: CampaignCommand) {
        ui.horizontal_wrapped(|ui| {
            if main_button(ui, Icon::Check, &cx.t(yes)).clicked() {
                cx.push(Action::Run(Command::Campaign(command)));
                self.asked = Asked::Nothing;
            }
            if button(ui, Icon::X, &cx.t("campaign-form-leave")).clicked() {
                self.asked = Asked::Nothing;
            }
        });
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, campaign: &Campaign, row: &SessionRow) {
        let entered = is_entered(ui);
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, day_words(cx, row.edit.on));
            if icon_button(ui, Icon::X, &cx.t("ui-close-card")).clicked() {
                self.selection.clear();
            }
        });
        basic::soft(ui, format!("{} {}", times(row), cx.of(&row.edit.kind)));
        for (key, text) in [("column-place", campaign.place(row)), ("column-staff", row.edit.staff.as_str())] {
            if !text.is_empty() {
                basic::soft(ui, cx.labelled(&cx.t(key), text));
            }
        }
        let people = Message::new("campaign-form-people").number("taken", row.taken).number("came", row.came);
        basic::soft(ui, cx.say(&people));
        ui.add_space(theme::GAP);
        let took_place = |row: &AppointmentRow| matches!(row.state, AppointmentState::Came | AppointmentState::Missed);
        let took_place = people_of(campaign, row).any(took_place);
        ui.horizontal_wrapped(|ui| {
            let edit = button(ui, Icon::PencilLine, &cx.t("campaign-form-correct-session"));
            if entered {
                edit.request_focus();
            }
            if edit.clicked() {
                let (campaign, session) = (campaign.uid.clone(), row.uid.clone());
                cx.push(Action::Form(Wish::Session { campaign, session }));
            }
            if !took_place && button(ui, Icon::CircleMinus, &cx.t("campaign-form-cancel")).clicked() {
                self.asked = Asked::Cancel(row.uid.clone());
            }
        });
        if took_place {
            basic::hint(ui, cx.t("error-session-took-place"));
        }
        if self.asked == Asked::Cancel(row.uid.clone()) {
            let waiting = people_of(campaign, row).filter(|row| row.state.is_expected()).count();
            basic::heed(ui, &cx.say(&Message::new("campaign-form-cancel-sure").number("count", waiting)));
            let command = CampaignCommand::RemoveSession { session: row.uid.clone() };
            self.sure_ui(ui, cx, "campaign-form-cancel-yes", command);
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, campaign: &Campaign) {
        let is_wide = ui.available_width() > 640.0;
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let mut columns = vec![
            col("campaign-form-on", Width::Points(150.0)),
            col("campaign-form-hours", Width::Points(120.0)),
            col("campaign-form-taken", Width::Points(100.0)),
            col("campaign-form-kind", if is_wide { Width::Points(130.0) } else { Width::Rest }),
        ];
        if is_wide {
            columns.push(col("column-place", Width::Rest));
        }
        let (rows, scroll_to) = (&campaign.sessions, self.selection.scroll_to());
        let sheet = Sheet { id: "sessions", columns: &columns, rows: rows.len(), scroll_to };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = &rows[line.index()];
                    line.set_selected(chosen == Some(row.uid.as_str()));
                    let on = format!("{} {}", short_date(cx, row.edit.on), weekday(cx, row.edit.on));
                    cell(line, RichText::new(on));
                    cell(line, times(row));
                    cell(line, format!("{}/{}", row.taken, row.edit.seats));
                    cell(line, cx.of(&row.edit.kind));
                    if is_wide {
                        cell(line, campaign.place(row));
                    }
                })
            })
            .inner;
        if let Some((index, row)) = clicked.and_then(|index| Some((index, rows.get(index)?))) {
            self.selection.set(index, &row.uid);
            self.asked = Asked::Nothing;
        }
    }
}

fn times(row: &SessionRow) -> String {
    format!("{}–{}", row.edit.from.format("%-H:%M"), row.edit.to.format("%-H:%M"))
}
