//! 打印和回单: what is printed of a campaign, and who came by the clinic's own list. The list is read and looked at before
//! anything of it is written.

use eframe::egui::{ComboBox, Label, Ui};

use crate::desk::Answer;
use crate::domain::message::{Message, Say as _};
use crate::ledger::campaigns::clinic::{AnswerRow, ClinicAnswer, Said, read};
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::sheets::{CampaignPaper, SlipsFor};
use crate::ui::action::{Action, PaperWish};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::person::short_date;

use super::open::{Shown, run};

/// Lines of an answer that are shown one by one.
const SHOWN: usize = 60;

/// The page.
#[derive(Default)]
pub(super) struct PapersPage {
    /// Only of the session with this uid; none for all.
    session: Option<String>,
    file: PathField,
    reading: Option<Answer<ClinicAnswer>>,
    /// What was read, until it is taken: with the revision before it was sent.
    found: Option<(ClinicAnswer, Option<i64>)>,
    failed: Option<Message>,
}

impl PapersPage {
    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        self.arrive(cx);
        eframe::egui::ScrollArea::vertical().id_salt("campaign-papers").auto_shrink(false).show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.papers_ui(ui, cx, shown);
            });
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.answer_ui(ui, cx, shown);
            });
        });
    }

    fn papers_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        basic::head(ui, cx.t("campaign-papers"));
        self.session_ui(ui, cx, shown);
        let papers = [
            (CampaignPaper::Slips(SlipsFor::ToTell), "campaign-slips-to-tell", "campaign-slips-hint"),
            (CampaignPaper::Slips(SlipsFor::Everybody), "campaign-slips-all", "campaign-slips-all-hint"),
            (CampaignPaper::Roster, "paper-kind-session-roster", "campaign-roster-hint"),
            (CampaignPaper::Door, "paper-kind-door-list", "campaign-door-hint"),
            (CampaignPaper::Clinic, "paper-kind-clinic-list", "campaign-clinic-hint"),
        ];
        for (paper, words, hint) in papers {
            ui.horizontal_wrapped(|ui| {
                if button(ui, Icon::Printer, &cx.t(words)).clicked() {
                    let (campaign, session) = (shown.campaign.uid.clone(), self.session.clone());
                    cx.push(Action::Paper(PaperWish::Campaign { campaign, session, paper }));
                }
                basic::hint(ui, cx.t(hint));
            });
        }
    }

    fn session_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &Shown) {
        let sessions = &shown.campaign.sessions;
        let words = |session: &crate::ledger::campaigns::SessionRow| {
            format!("{} {}", short_date(cx, session.edit.on), session.edit.from.format("%-H:%M"))
        };
        let all = cx.t("campaign-all-sessions");
        let chosen = self.session.as_ref().and_then(|uid| shown.campaign.session(uid));
        let selected = chosen.map_or_else(|| all.clone(), words);
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(cx.t("column-session-id"));
            let combo =
                ComboBox::from_id_salt("paper-session").selected_text(selected).width(220.0).show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.session, None, all);
                    for session in sessions {
                        ui.selectable_value(&mut self.session, Some(session.uid.clone()), words(session));
                    }
                });
            combo.response.labelled_by(name.id);
        });
    }

    /// Takes what the desk has answered.
    fn arrive(&mut self, cx: &Cx<'_>) {
        if let Some(result) = self.reading.as_ref().and_then(Answer::take) {
            self.reading = None;
            match result {
                Ok(answer) => self.found = Some((answer, None)),
                Err(error) => self.failed = Some(error.message()),
            }
        }
        if self.found.as_ref().is_some_and(|(_, sent)| sent.is_some_and(|before| before < cx.revision)) {
            self.found = None;
        }
    }

    fn answer_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        basic::head(ui, cx.t("clinic-answer"));
        basic::hint(ui, cx.t("clinic-answer-hint"));
        let settled = self.file.ui(ui, cx, "clinic-answer-file", Wanted::Spreadsheet);
        let pressed = button(ui, Icon::Search, &cx.t("clinic-answer-look")).clicked();
        if (settled || pressed)
            && self.reading.is_none()
            && let Some(path) = self.file.path()
        {
            (self.failed, self.found) = (None, None);
            let (uid, today) = (shown.campaign.uid.clone(), cx.today);
            let answer = cx.desk.ask_watched(move |view, progress| read(&path, &view.campaign(&uid)?, today, progress));
            self.reading = Some(answer);
        }
        if let Some(answer) = &self.reading
            && basic::progress_line(ui, cx, &cx.t("clinic-answer-reading"), answer.progress())
        {
            answer.cancel();
        }
        if let Some(message) = &self.failed {
            basic::wrong(ui, &cx.say(message));
        }
        self.found_ui(ui, cx);
    }

    /// What the answer says, before it is taken.
    fn found_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((answer, sent)) = &mut self.found else { return };
        ui.horizontal_wrapped(|ui| {
            for said in Said::ALL {
                let count = answer.count(*said);
                if count > 0 {
                    ui.label(format!("{} {count}", cx.of(said)));
                }
            }
        });
        let unclear: Vec<&AnswerRow> = answer.rows.iter().filter(|row| is_unclear(row)).collect();
        for row in unclear.iter().take(SHOWN) {
            let line = Message::new("clinic-answer-line").number("line", row.line).text("name", row.name.clone());
            ui.add(Label::new(cx.say(&line.text("what", cx.of(&row.said)))).wrap());
        }
        let taken = answer.taken(cx.today);
        let mut leave = false;
        ui.horizontal_wrapped(|ui| {
            let words = cx.say(&Message::new("clinic-answer-take").number("count", taken.rows.len()));
            if !taken.rows.is_empty() && main_button(ui, Icon::Check, &words).clicked() && sent.is_none() {
                *sent = Some(cx.revision);
                run(cx, CampaignCommand::TakeAnswer(Box::new(taken)));
            }
            leave = button(ui, Icon::X, &cx.t("ui-no")).clicked();
        });
        if leave {
            self.found = None;
        }
    }
}

/// Lines that somebody has to look at.
fn is_unclear(row: &AnswerRow) -> bool {
    row.written.is_none() && !matches!(row.said, Said::Nothing | Said::Known)
}
