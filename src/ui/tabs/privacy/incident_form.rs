//! What was lost, in two steps: what and when; then which kinds of data were in it and how many people it concerns. A
//! laptop or stick holds everything, so that all of it is proposed; of a paper only whoever lost it knows.

use eframe::egui::Ui;

use crate::domain::incident::{DataKind, Incident, IncidentKind};
use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::date_field::DateField;

/// What the form came to in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It stays open.
    Stays,
    /// Nothing is written.
    Closed,
    /// It was handed over to be written.
    Saved,
}

/// Which half is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    /// What was lost, and when.
    What,
    /// Which data, and how many people.
    Data,
}

/// The form.
pub struct IncidentForm {
    half: Half,
    /// What stands written down already; of a new one there is nothing.
    before: Option<Incident>,
    kind: Option<IncidentKind>,
    on: DateField,
    what: String,
    data: Vec<DataKind>,
    people: String,
    /// How many live here.
    residents: u32,
}

impl IncidentForm {
    /// An empty one.
    pub fn new(residents: u32) -> Self {
        let (on, what, people) = Default::default();
        Self { half: Half::What, before: None, kind: None, on, what, data: Vec::new(), people, residents }
    }

    /// Filled with what stands written down.
    pub fn of(incident: &Incident) -> Self {
        Self {
            half: Half::What,
            before: Some(incident.clone()),
            kind: Some(incident.kind),
            on: DateField::of(incident.on),
            what: incident.what.clone(),
            data: incident.data.clone(),
            people: incident.people.to_string(),
            residents: 0,
        }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Step {
        let mut step = Step::Stays;
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            step = match self.half {
                Half::What => self.what_ui(ui, cx),
                Half::Data => self.data_ui(ui, cx),
            };
        });
        step
    }

    fn what_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Step {
        basic::head(ui, cx.t("incident-step-what"));
        for kind in IncidentKind::ALL {
            ui.radio_value(&mut self.kind, Some(*kind), cx.of(kind));
        }
        self.on.ui(ui, cx);
        field(ui, &cx.t("incident-what-field"), &mut self.what, Shown::Clear, None);
        basic::hint(ui, cx.t("incident-what-hint"));
        let first = cx.t("incident-kind-first");
        let unclear = cx.t("ui-date-unclear");
        let is_day = self.on.day(cx.today).is_ok_and(|on| on <= cx.today);
        let ready = match self.kind {
            None => Err(first.as_str()),
            Some(_) if !is_day => Err(unclear.as_str()),
            Some(_) => Ok(()),
        };
        let mut step = Step::Stays;
        ui.horizontal_wrapped(|ui| {
            if main_button_if(ui, ready, Icon::ArrowRight, &cx.t("incident-next")) {
                self.propose();
                self.half = Half::Data;
            }
            if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                step = Step::Closed;
            }
        });
        step
    }

    /// What a laptop or stick holds is everything; nothing is proposed over what was typed.
    fn propose(&mut self) {
        let all = matches!(self.kind, Some(IncidentKind::Laptop | IncidentKind::Stick));
        if all && self.data.is_empty() {
            self.data = DataKind::ALL.to_vec();
        }
        if all && self.people.is_empty() && self.residents > 0 {
            self.people = self.residents.to_string();
        }
    }

    fn data_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Step {
        basic::head(ui, cx.t("incident-step-data"));
        for kind in DataKind::ALL {
            let mut is_in = self.data.contains(kind);
            if ui.checkbox(&mut is_in, cx.of(kind)).changed() {
                self.data.retain(|known| known != kind);
                if is_in {
                    self.data.push(*kind);
                }
            }
        }
        let people = self.people.trim().parse::<u32>().ok();
        let unclear = cx.t("incident-people-unclear");
        let problem = (people.is_none() && !self.people.is_empty()).then_some(unclear.as_str());
        field(ui, &cx.t("incident-people-field"), &mut self.people, Shown::Clear, problem);
        if self.residents > 0 {
            basic::hint(ui, cx.say(&Message::new("incident-people-hint").number("count", self.residents)));
        }
        let none = cx.t("error-incident-data");
        let ready = match people {
            _ if self.data.is_empty() => Err(none.as_str()),
            None => Err(unclear.as_str()),
            Some(_) => Ok(()),
        };
        let mut step = Step::Stays;
        ui.horizontal_wrapped(|ui| {
            if main_button_if(ui, ready, Icon::Check, &cx.t("incident-save"))
                && let Some(incident) = people.and_then(|people| self.incident(cx, people))
            {
                cx.push(Action::Run(Command::Privacy(PrivacyCommand::WriteIncident(Box::new(incident)))));
                step = Step::Saved;
            }
            if button(ui, Icon::ArrowLeft, &cx.t("incident-back")).clicked() {
                self.half = Half::What;
            }
            if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                step = Step::Closed;
            }
        });
        step
    }

    fn incident(&self, cx: &Cx<'_>, people: u32) -> Option<Incident> {
        let before = self.before.as_ref();
        let mut data = self.data.clone();
        data.sort();
        Some(Incident {
            uid: before.map_or_else(String::new, |before| before.uid.clone()),
            kind: self.kind?,
            on: self.on.day(cx.today).ok()?,
            what: self.what.trim().to_owned(),
            data,
            people,
            told: before.map_or_else(Vec::new, |before| before.told.clone()),
        })
    }
}
