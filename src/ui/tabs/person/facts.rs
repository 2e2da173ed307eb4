//! What is noted of one person besides birth and sex: each fact with its source and day, and one line to note or correct
//! any of them. Nothing is asked here: a certificate is noted when the person brings it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{ComboBox, Label, RadioButton, Role, Ui, WidgetInfo};

use crate::domain::fact::{FactKind, FactValue};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::quality::last_checked;
use crate::domain::resident::{Facts, Residency, SourceId};
use crate::ledger::command::Command;
use crate::ledger::village::Source;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field};

/// A fact that is being written.
#[derive(Default)]
pub struct FactsPart {
    of: Option<String>,
    kind: Option<FactKind>,
    value: Option<FactValue>,
    source: String,
}

/// The person whose facts they are.
pub struct Whose<'a> {
    /// The uid.
    pub uid: &'a str,
    /// What is known.
    pub facts: &'a Facts,
    /// The day since which the person is known.
    pub known_on: NaiveDate,
    /// Where it is known from.
    pub sources: &'a HashMap<SourceId, Source>,
    /// The programmes, for what people say of themselves.
    pub programmes: &'a [Arc<Programme>],
}

impl FactsPart {
    /// Draws the part; `on` is the day for which a fact is noted.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, whose: &Whose<'_>, on: NaiveDate) {
        basic::head(ui, cx.t("person-facts"));
        let checked = last_checked(whose.known_on, whose.facts);
        basic::hint(ui, cx.say(&Message::new("person-checked").date("on", checked)));
        // Where somebody lives stands above, with buttons of its own.
        for fact in whose.facts.known.iter().filter(|fact| fact.value.kind != FactKind::Residency) {
            ui.push_id(fact.value.kind.as_str(), |ui| {
                ui.horizontal_wrapped(|ui| {
                    let kind = kind_words(cx, whose.programmes, fact.value.kind);
                    ui.add(Label::new(cx.labelled(&kind, cx.of(&fact.value))).wrap());
                    let link = basic::link(ui, &cx.t("person-correct"));
                    let name = cx.labelled(&cx.t("person-correct"), kind);
                    link.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    if link.clicked() {
                        self.start(cx, whose.uid, Some(fact.value.kind));
                    }
                });
                let title = whose.sources.get(&fact.source).map(|source| source.title.clone()).unwrap_or_default();
                basic::hint(ui, cx.say(&Message::new("ui-fact-source").text("title", title).date("on", fact.on)));
            });
        }
        if self.of.as_deref() == Some(whose.uid) {
            self.form_ui(ui, cx, whose, on);
        } else if button(ui, Icon::Plus, &cx.t("person-note-fact")).clicked() {
            self.start(cx, whose.uid, None);
        }
        ui.add_space(theme::GAP);
    }

    fn start(&mut self, cx: &Cx<'_>, uid: &str, kind: Option<FactKind>) {
        *self = Self { of: Some(uid.to_owned()), kind, value: None, source: cx.t("ui-source-said") };
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, whose: &Whose<'_>, on: NaiveDate) {
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.kind_ui(ui, cx, whose);
            if let Some(kind) = self.kind {
                ui.horizontal_wrapped(|ui| {
                    for value in kind.values().iter().filter_map(|(word, _)| FactValue::from_word(kind, word)) {
                        if ui.add(RadioButton::new(self.value == Some(value), cx.of(&value))).clicked() {
                            self.value = Some(value);
                        }
                    }
                });
            }
            field(ui, &cx.t("person-source"), &mut self.source, Shown::Clear, None);
            basic::hint(ui, cx.say(&Message::new("person-as-of").date("on", on)));
            let value = self.value.filter(|_| !self.source.trim().is_empty());
            let why = cx.t("ui-fill-in-first");
            ui.horizontal_wrapped(|ui| {
                let ready = if value.is_some() { Ok(()) } else { Err(why.as_str()) };
                if basic::main_button_if(ui, ready, Icon::Check, &cx.t("op-fact"))
                    && let Some(value) = value
                {
                    cx.push(Action::Run(noted(whose.uid, value, self.source.trim(), on)));
                    *self = Self::default();
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    *self = Self::default();
                }
            });
        });
    }

    fn kind_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, whose: &Whose<'_>) {
        let words = |kind| kind_words(cx, whose.programmes, kind);
        let shown = self.kind.map_or_else(|| cx.t("ui-choose"), words);
        let before = self.kind;
        let width = (ui.available_width() - 120.0).clamp(120.0, 260.0);
        ComboBox::from_label(cx.t("person-fact-kind")).width(width).selected_text(shown).truncate().show_ui(ui, |ui| {
            for kind in FactKind::ALL {
                ui.selectable_value(&mut self.kind, Some(*kind), words(*kind));
            }
        });
        if self.kind != before {
            self.value = None;
        }
    }
}

/// Where somebody lives has a step of its own in the history.
fn noted(uid: &str, value: FactValue, source: &str, on: NaiveDate) -> Command {
    let (resident, source) = (uid.to_owned(), source.to_owned());
    let residency = Residency::from_word(value.as_str()).filter(|_| value.kind == FactKind::Residency);
    match residency {
        Some(residency) => Command::SetResidency { resident, residency, source, on },
        None => Command::SetFact { resident, value, source, on },
    }
}

/// What a kind is called; what people say of themselves is called after the programme.
fn kind_words(cx: &Cx<'_>, programmes: &[Arc<Programme>], kind: FactKind) -> String {
    let of = programmes.iter().find(|programme| FactKind::declared(&programme.id) == Some(kind));
    match of {
        Some(programme) => cx.labelled(&cx.of(&kind), cx.words.pick(&programme.names)),
        None => cx.of(&kind),
    }
}
