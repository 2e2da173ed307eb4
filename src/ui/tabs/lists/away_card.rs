//! The card of somebody who works away: how they are reached, calls, requests and answers, and what may be done when they
//! are home.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{ComboBox, Label, RichText, Ui};

use crate::domain::entry::read_ahead;
use crate::domain::festival::home_by;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::rule::Holds;
use crate::domain::typed_day::read_day;
use crate::ledger::command::Command;
use crate::ledger::outreach::{AwayEdit, AwayRow, Reached, Request};
use crate::ledger::residents::ResidentRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button};
use crate::ui::widgets::child;
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::person::{group_words, household_words, line_ui, name_ui};

/// What the card asks the ledger: who lives with them, and what may be had and is not told of yet.
struct Home {
    members: Vec<ResidentRow>,
    may: Vec<Arc<Programme>>,
}

/// What is typed into the card.
#[derive(Default)]
pub(super) struct AwayCard {
    of: String,
    on: DateField,
    form: Option<Form>,
    request: String,
    answer: String,
    home: Cached<(i64, NaiveDate, String), Home>,
}

/// What is kept, as it is edited.
struct Form {
    edit: AwayEdit,
    back: String,
    agreed: String,
}

impl AwayCard {
    /// Draws it; true where it is to be closed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &AwayRow) -> bool {
        if self.of != row.uid {
            *self = Self { of: row.uid.clone(), home: std::mem::take(&mut self.home), ..Self::default() };
        }
        let close = name_ui(ui, cx, &row.name);
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("{} {}", group_words(cx, &row.group), household_words(cx, &row.household)));
            if basic::link(ui, &cx.t("ui-open-person")).clicked() {
                cx.push(Action::ShowPerson(row.uid.clone()));
            }
        });
        basic::hint(ui, cx.say(&Message::new("away-since").date("on", row.since)));
        let (uid, household, today) = (row.uid.clone(), row.household_uid.clone(), cx.today);
        let key = (cx.revision, today, uid.clone());
        let home = self.home.get(cx.desk, key, move |view| {
            let whys = view.why(&view.resident(&uid)?, today)?;
            let is_open = |why: &crate::ledger::lists::Why| {
                why.verdict.holds == Holds::Yes && !why.state.is_told() && why.withdrawn.is_none()
            };
            let may = whys.into_iter().filter(is_open).map(|why| why.programme).collect();
            Ok(Home { members: view.members(&household)?, may })
        });
        let home = home.cloned();
        match self.form.take() {
            Some(form) => self.form_ui(ui, cx, form, home.as_deref()),
            None => self.kept_ui(ui, cx, row),
        }
        self.calls_ui(ui, cx, row);
        self.requests_ui(ui, cx, row);
        if let Some(home) = home.filter(|home| !home.may.is_empty()) {
            basic::head(ui, cx.t("away-home-may"));
            for programme in &home.may {
                ui.add(Label::new(cx.words.pick(&programme.names)).wrap());
            }
        }
        close
    }

    fn kept_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, row: &AwayRow) {
        let kept = &row.kept;
        let speaker = row.speaker.as_ref().map(|speaker| speaker.name.clone()).unwrap_or_default();
        let back = kept.back_by.map(|day| cx.words.date(day)).unwrap_or_default();
        for (glyph, key, value) in [
            (Icon::House, "column-place", kept.place.clone()),
            (Icon::CalendarDays, "column-back-by", back),
            (Icon::Phone, "field-phone", child::in_list(cx, row.born, &row.phone)),
            (Icon::UserCheck, "column-contact", kept.contact.clone()),
            (Icon::Clock, "column-times", kept.times.clone()),
            (Icon::UserCheck, "column-speaker-id", speaker),
        ] {
            if !value.is_empty() {
                line_ui(ui, glyph, &cx.t(key), &cx.labelled(&cx.t(key), value));
            }
        }
        if button(ui, Icon::PencilLine, &cx.t("away-edit")).clicked() {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            self.form = Some(Form { back: day(kept.back_by), agreed: day(kept.agreed_on), edit: kept.clone() });
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, mut form: Form, home: Option<&Home>) {
        let mut stays = true;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            field(ui, &cx.t("column-place"), &mut form.edit.place, Shown::Clear, None);
            let back = read_back(&form.back, cx.today);
            let problem = back.is_err().then(|| cx.t("worklist-day-unclear"));
            field(ui, &cx.t("column-back-by"), &mut form.back, Shown::Clear, problem.as_deref());
            if let Some(day) = home_by(cx.today)
                && button(ui, Icon::CalendarDays, &cx.say(&Message::new("away-spring").text("on", cx.words.date(day))))
                    .clicked()
            {
                form.back = day.to_string();
            }
            basic::hint(ui, cx.t("away-back-hint"));
            field(ui, &cx.t("column-contact"), &mut form.edit.contact, Shown::Clear, None);
            field(ui, &cx.t("column-times"), &mut form.edit.times, Shown::Clear, None);
            speaker_ui(ui, cx, &mut form.edit, home);
            let mut agreed = Ok(None);
            if form.edit.speaker.is_some() {
                agreed = match form.agreed.trim() {
                    "" => Ok(None),
                    text => read_day(text, cx.today).map(Some),
                };
                let problem = agreed.is_err().then(|| cx.t("ui-date-unclear"));
                field(ui, &cx.t("away-speaker-agreed"), &mut form.agreed, Shown::Clear, problem.as_deref());
            }
            ui.horizontal_wrapped(|ui| {
                if let (Ok(back_by), Ok(agreed_on)) = (back, agreed)
                    && main_button(ui, Icon::Check, &cx.t("away-save")).clicked()
                {
                    let edit = AwayEdit { back_by, agreed_on, ..form.edit.clone() };
                    // Somebody speaks for them only with their agreement: the ledger says so where the day is missing.
                    stays = edit.speaker.is_some() && edit.agreed_on.is_none();
                    cx.push(Action::Run(Command::SetAway(Box::new(edit))));
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    stays = false;
                }
            });
        });
        self.form = stays.then_some(form);
    }

    fn calls_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &AwayRow) {
        basic::head(ui, cx.t("away-last"));
        ui.label(super::away::last_words(cx, row));
        self.on.ui(ui, cx);
        let on = self.on.day(cx.today).ok().filter(|on| *on <= cx.today);
        let Some(on) = on else { return };
        ui.horizontal_wrapped(|ui| {
            for (glyph, reached) in [(Icon::CircleCheck, Reached::Yes), (Icon::PhoneOff, Reached::No)] {
                if button(ui, glyph, &cx.of(&reached)).clicked() {
                    cx.push(Action::Run(Command::Called { resident: row.uid.clone(), reached, on }));
                }
            }
        });
    }

    fn requests_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &AwayRow) {
        basic::head(ui, cx.t("record-request"));
        for request in &row.requests {
            ui.push_id(&request.uid, |ui| self.request_ui(ui, cx, request));
        }
        field(ui, &cx.t("away-request-new"), &mut self.request, Shown::Clear, None);
        let is_there = !self.request.trim().is_empty();
        if is_there && button(ui, Icon::Plus, &cx.t("away-request-add")).clicked() {
            let (resident, what, on) = (row.uid.clone(), std::mem::take(&mut self.request), cx.today);
            cx.push(Action::Run(Command::AskedFor { resident, what, on }));
        }
    }

    fn request_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, request: &Request) {
        ui.add(Label::new(RichText::new(&request.what).strong()).wrap());
        basic::hint(ui, cx.words.date(request.on));
        if let Some(on) = request.answered_on {
            let words = Message::new("away-request-answered").text("answer", request.answer.clone()).date("on", on);
            ui.add(Label::new(cx.say(&words)).wrap());
            return;
        }
        field(ui, &cx.t("away-request-answer"), &mut self.answer, Shown::Clear, None);
        if !self.answer.trim().is_empty() && button(ui, Icon::Check, &cx.t("op-answered")).clicked() {
            let (request, answer, on) = (request.uid.clone(), std::mem::take(&mut self.answer), cx.today);
            cx.push(Action::Run(Command::Answered { request, answer, on }));
        }
    }
}

/// Empty is not known.
fn read_back(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, crate::domain::typed_day::NoDay> {
    match text.trim() {
        "" => Ok(None),
        text => read_ahead(text, today).map(Some),
    }
}

fn speaker_ui(ui: &mut Ui, cx: &Cx<'_>, edit: &mut AwayEdit, home: Option<&Home>) {
    let members = home.map_or(&[][..], |home| home.members.as_slice());
    let name_of = |uid: &String| members.iter().find(|member| member.uid == *uid).map(|member| member.name.clone());
    let chosen = edit.speaker.as_ref().and_then(name_of).unwrap_or_else(|| cx.t("away-speaker-none"));
    let name = ui.label(cx.t("column-speaker-id"));
    let combo = ComboBox::from_id_salt("speaker").selected_text(chosen).width(160.0).show_ui(ui, |ui| {
        ui.selectable_value(&mut edit.speaker, None, cx.t("away-speaker-none"));
        for member in members.iter().filter(|member| member.uid != edit.resident) {
            ui.selectable_value(&mut edit.speaker, Some(member.uid.clone()), member.name.as_str());
        }
    });
    combo.response.labelled_by(name.id);
}
