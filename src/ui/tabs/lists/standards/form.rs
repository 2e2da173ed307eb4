//! The small form for one of the county's values: the value within its bounds, the paper, the day.

use eframe::egui::{ComboBox, Ui};

use crate::domain::message::Message;
use crate::domain::programme::LocalDef;
use crate::domain::programme::local::LocalKind;
use crate::ledger::command::Command;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{Shown, button, field, main_button_if};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::local_value::{choice_words, kind_words};

/// What is typed.
pub struct Form {
    programme: String,
    key: String,
    value: String,
    source: String,
    on: DateField,
    /// The revision before it was saved.
    saved_at: Option<i64>,
}

impl Form {
    /// For a value, with what it is now.
    pub fn new(programme: &str, def: &LocalDef, value: Option<&str>) -> Self {
        let value = value.or(def.default.as_deref()).unwrap_or_default().to_owned();
        let (programme, key) = (programme.to_owned(), def.key.clone());
        Self { programme, key, value, source: String::new(), on: DateField::default(), saved_at: None }
    }

    /// Whether it is for this value.
    pub fn is_of(&self, programme: &str, key: &str) -> bool {
        self.programme == programme && self.key == key
    }

    /// Whether what it wished has become a step of the ledger.
    pub fn is_written(&self, revision: i64) -> bool {
        self.saved_at.is_some_and(|before| before < revision)
    }

    /// Draws it; true where it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, def: &LocalDef, is_set: bool) -> bool {
        let read = def.read(&self.value);
        self.value_ui(ui, cx, def, read.is_err());
        field(ui, &cx.t("local-source"), &mut self.source, Shown::Clear, None);
        self.on.ui(ui, cx);
        let why = cx.t("ui-fill-in-first");
        let on = self.on.day(cx.today).ok().filter(|_| read.is_ok() && !self.source.trim().is_empty());
        let ready = on.map(|_| ()).ok_or(why.as_str());
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            if main_button_if(ui, ready, Icon::Check, &cx.t("local-save"))
                && let Some(on) = on
            {
                self.push(cx, self.value.trim().to_owned(), on);
            }
            if is_set && button(ui, Icon::Trash2, &cx.t("local-take-away")).clicked() {
                self.push(cx, String::new(), cx.today);
            }
            close = button(ui, Icon::X, &cx.t("local-leave")).clicked();
        });
        close
    }

    fn push(&mut self, cx: &mut Cx<'_>, value: String, on: chrono::NaiveDate) {
        self.saved_at = Some(cx.revision);
        let (programme, key, source) = (self.programme.clone(), self.key.clone(), self.source.trim().to_owned());
        cx.push(Action::Run(Command::SetLocal { programme, key, value, source, on }));
    }

    fn value_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, def: &LocalDef, is_wrong: bool) {
        let name = cx.words.pick(&def.names);
        if def.kind == LocalKind::Choice {
            let shown = choice_words(cx, &self.value);
            ComboBox::from_label(name).selected_text(shown).width(220.0).show_ui(ui, |ui| {
                for choice in &def.choices {
                    ui.selectable_value(&mut self.value, choice.clone(), choice_words(cx, choice));
                }
            });
            return;
        }
        let problem = (is_wrong && !self.value.trim().is_empty())
            .then(|| cx.say(&Message::new("local-out-of-bounds").text("kind", kind_words(cx, def))));
        field(ui, name, &mut self.value, Shown::Clear, problem.as_deref());
    }
}
