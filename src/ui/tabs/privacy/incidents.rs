//! 丢失或泄露: what was lost is written down in two steps; then who is to be told, with the days, and the report to be
//! printed. The earlier ones stay below.

use std::sync::Arc;

use eframe::egui::{ScrollArea, Ui};

use super::incident_card::card_ui;
use super::incident_form::{IncidentForm, Step};
use crate::domain::area_code::Level;
use crate::domain::incident::Incident;
use crate::domain::message::Message;
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::empty::empty;

/// What the page shows.
struct Shown {
    incidents: Vec<Incident>,
    /// How many live here: a laptop or stick holds all of them.
    residents: u32,
}

impl Shown {
    fn read(view: &View) -> Result<Self> {
        let residents = u32::try_from(view.overview()?.residents).unwrap_or(0);
        Ok(Self { incidents: view.incidents()?, residents })
    }
}

/// The page.
#[derive(Default)]
pub struct IncidentsPage {
    shown: Cached<i64, Shown>,
    form: Option<IncidentForm>,
    /// The one that is open, by uid.
    open: Option<String>,
    /// What was known when a new one was saved: the one that is not among them is opened.
    known: Option<Vec<String>>,
    on: DateField,
}

impl IncidentsPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, level: Level) {
        let shown = self.shown.get(cx.desk, cx.revision, Shown::read).cloned();
        if let Some(message) = self.shown.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(shown) = shown else { return };
        self.open_new(&shown);
        ScrollArea::vertical().id_salt("incidents").auto_shrink(false).show(ui, |ui| {
            if self.form.is_some() {
                return self.form_ui(ui, cx, &shown);
            }
            if shown.incidents.is_empty() {
                let teach = if level == Level::Village { "incidents-teach" } else { "incidents-teach-office" };
                return empty(ui, Icon::ShieldAlert, &cx.t("incidents-none"), &cx.t(teach), |ui| {
                    if main_button(ui, Icon::PencilLine, &cx.t("incidents-begin")).clicked() {
                        self.form = Some(IncidentForm::new(shown.residents));
                    }
                });
            }
            self.list_ui(ui, cx, &shown);
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) {
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, cx.say(&Message::new("incidents-count").number("count", shown.incidents.len())));
            if button(ui, Icon::PencilLine, &cx.t("incidents-begin")).clicked() {
                self.form = Some(IncidentForm::new(shown.residents));
            }
        });
        for incident in &shown.incidents {
            ui.push_id(&incident.uid, |ui| self.incident_ui(ui, cx, incident));
        }
    }

    fn incident_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, incident: &Incident) {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let line = Message::new("incident-line").date("on", incident.on).text("kind", cx.of(&incident.kind));
            let line = line.number("people", incident.people).number("open", incident.still_to_tell().len());
            let is_open = self.open.as_deref() == Some(incident.uid.as_str());
            let glyph = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
            if button(ui, glyph, &cx.say(&line)).clicked() {
                self.open = (!is_open).then(|| incident.uid.clone());
            }
            if is_open && card_ui(ui, cx, incident, &mut self.on) {
                self.form = Some(IncidentForm::of(incident));
            }
        });
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        let Some(form) = &mut self.form else { return };
        match form.ui(ui, cx) {
            Step::Stays => {}
            Step::Closed => self.form = None,
            Step::Saved => {
                self.known = Some(shown.incidents.iter().map(|incident| incident.uid.clone()).collect());
                self.form = None;
            }
        }
    }

    /// The one that was just written down is opened: next is who is to be told.
    fn open_new(&mut self, shown: &Shown) {
        let Some(known) = &self.known else { return };
        let new = shown.incidents.iter().find(|incident| !known.contains(&incident.uid));
        if let Some(incident) = new {
            self.open = Some(incident.uid.clone());
            self.known = None;
        }
    }
}
