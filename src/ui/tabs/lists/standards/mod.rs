//! 本地标准: what the county sets, entered from the town's paper, programme by programme, and carried to other villages.

mod carry;
mod form;

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{self, Label, ScrollArea, Ui};

use crate::domain::local_standard::LocalStandards;
use crate::domain::message::Message;
use crate::domain::programme::{LocalDef, Programme};
use crate::domain::resident::SourceId;
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ledger::village::Source;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::lists::standards::carry::Carry;
use crate::ui::tabs::lists::standards::form::Form;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::local_value::{effect_key, kind_words, value_words};

/// What may be set, and what is.
pub(in crate::ui::tabs::lists) struct Standards {
    /// The programmes that leave something to the county.
    programmes: Vec<Arc<Programme>>,
    set: LocalStandards,
    sources: HashMap<SourceId, Source>,
}

impl Standards {
    fn read(view: &View) -> Result<Self> {
        let set = view.local_standards()?;
        let named = view.programmes().iter().filter(|programme| !programme.local.is_empty());
        let mut programmes: Vec<Arc<Programme>> = named.cloned().collect();
        // What nothing may be assumed of is asked for first.
        programmes.sort_by_key(|programme| programme.missing(&LocalStandards::default()).next().is_none());
        Ok(Self { programmes, set, sources: view.sources()? })
    }

    fn def(&self, programme: &str, key: &str) -> Option<(&Programme, &LocalDef)> {
        let programme = self.programmes.iter().find(|known| known.id == programme)?;
        Some((programme, programme.local.iter().find(|def| def.key == key)?))
    }
}

/// The page.
#[derive(Default)]
pub struct StandardsPage {
    standards: Cached<i64, Standards>,
    form: Option<Form>,
    carry: Carry,
}

impl StandardsPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let standards = self.standards.get(cx.desk, cx.revision, Standards::read).cloned();
        if let Some(message) = self.standards.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(standards) = standards else { return };
        self.carry.arrive();
        if self.form.as_ref().is_some_and(|form| form.is_written(cx.revision)) {
            self.form = None;
        }
        ScrollArea::vertical().id_salt("standards").auto_shrink(false).show(ui, |ui| {
            basic::soft(ui, cx.t("local-hint"));
            for programme in &standards.programmes {
                theme::card(ui).show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    basic::head(ui, cx.words.pick(&programme.names));
                    for def in &programme.local {
                        ui.push_id((&programme.id, &def.key), |ui| self.value_ui(ui, cx, &standards, programme, def));
                    }
                });
            }
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.carry.ui(ui, cx, &standards);
            });
        });
    }

    /// One value: what it is, where that comes from, and the form where it is being entered.
    fn value_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, all: &Standards, programme: &Programme, def: &LocalDef) {
        let set = all.set.get(&programme.id, &def.key);
        let name = cx.words.pick(&def.names).to_owned();
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(cx.labelled(&name, value_of(cx, def, set.map(|set| set.value.as_str())))).wrap());
            if set.is_none() && def.default.is_none() {
                ui.label(icon(Icon::Info).color(theme::of(ui).ask));
            }
            let key = if set.is_some() { "local-change" } else { "local-enter" };
            let response = button(ui, Icon::Pencil, &cx.t(key));
            let told = format!("{} {name}", cx.t(key));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &told));
            if response.clicked() {
                self.form = Some(Form::new(&programme.id, def, set.map(|set| set.value.as_str())));
            }
            basic::hint(ui, cx.t(effect_key(def)));
        });
        if let Some(set) = set {
            let title = all.sources.get(&set.source).map(|source| source.title.clone()).unwrap_or_default();
            basic::hint(ui, cx.say(&Message::new("local-from").text("title", title).date("on", set.on)));
        }
        if let Some(form) = self.form.as_mut().filter(|form| form.is_of(&programme.id, &def.key)) {
            basic::hint(ui, kind_words(cx, def));
            if form.ui(ui, cx, def, set.is_some()) {
                self.form = None;
            }
        }
    }
}

/// The value, or what holds without one.
fn value_of(cx: &Cx<'_>, def: &LocalDef, set: Option<&str>) -> String {
    match (set, &def.default) {
        (Some(value), _) => value_words(cx, def, value),
        (None, Some(default)) => cx.say(&Message::new("local-default").text("value", value_words(cx, def, default))),
        (None, None) => cx.t("local-none"),
    }
}
