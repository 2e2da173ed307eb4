//! The form of a person entered by hand; what is wrong stands under its field.

use eframe::egui::{ComboBox, Ui};

use crate::domain::id_card::IdNumber;
use crate::domain::message::Say as _;
use crate::domain::name::PersonName;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Residency, Sex};
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::command::{Command, Home, NewResident};
use crate::ledger::exchange::group::{Prefixes, bare};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::residents::{relation_words, residency_key};
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};

/// What became of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is still being filled in.
    NotYet,
    /// It is to be closed.
    Close,
}

/// The form.
#[derive(Default)]
pub struct AddForm {
    name: String,
    id_number: String,
    born: String,
    sex: Option<Sex>,
    group: String,
    household: String,
    relation: Option<u8>,
    phone: String,
    residency: Option<Residency>,
    /// Handed over and not answered yet: it closes once the person is saved, and stays where that is refused.
    sent: bool,
}

impl AddForm {
    /// It was refused: the reason is said, and the form can be mended and sent again.
    pub fn refused(&mut self) {
        self.sent = false;
    }

    /// Draws the form.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Added {
        basic::head(ui, cx.t("ui-add-person"));
        let (name, id_number, born) = (self.read_name(cx), self.read_id(cx), self.read_born(cx));
        // Nothing is wrong with a field before something was typed into it.
        let wrong = name.as_ref().err().filter(|_| !self.name.is_empty()).map(String::as_str);
        field(ui, &cx.t("field-name"), &mut self.name, Shown::Clear, wrong);
        let wrong = id_number.as_ref().err().map(String::as_str);
        field(ui, &cx.t("field-id_number"), &mut self.id_number, Shown::Clear, wrong);
        if self.id_number.trim().is_empty() {
            field(ui, &cx.t("field-born"), &mut self.born, Shown::Clear, born.as_ref().err().map(String::as_str));
            self.sex_ui(ui, cx);
        } else {
            basic::hint(ui, cx.t("ui-id-decides"));
        }
        field(ui, &cx.t("field-group"), &mut self.group, Shown::Clear, None);
        field(ui, &cx.t("field-household_number"), &mut self.household, Shown::Clear, None);
        basic::hint(ui, cx.t("ui-household-hint"));
        self.relation_ui(ui, cx);
        field(ui, &cx.t("field-phone"), &mut self.phone, Shown::Clear, None);
        self.residency_ui(ui, cx);
        let mut added = Added::NotYet;
        ui.horizontal_wrapped(|ui| {
            let why = cx.t("ui-fill-in-first");
            let whole = name.is_ok() && id_number.is_ok() && born.is_ok() && !self.sent;
            let ready = if whole { Ok(()) } else { Err(why.as_str()) };
            if main_button_if(ui, ready, Icon::UserPlus, &cx.t("ui-add"))
                && let (Ok(name), Ok(id_number), Ok(born)) = (name, id_number, born)
            {
                let new = self.new_resident(cx, name, id_number, born);
                let group = bare(&self.group, Prefixes::One).unwrap_or_default();
                let home = Home::Numbered { group, number: self.household.trim().to_owned() };
                cx.push(Action::Run(Command::AddResident { new: Box::new(new), home }));
                self.sent = true;
            }
            if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
                added = Added::Close;
            }
        });
        added
    }

    fn new_resident(
        &self,
        cx: &Cx<'_>,
        name: PersonName,
        id_number: Option<IdNumber>,
        born: Option<PartialDate>,
    ) -> NewResident {
        NewResident {
            name,
            sex: if id_number.is_none() { self.sex } else { None },
            born: if id_number.is_none() { born } else { None },
            id_number,
            relation: self.relation.and_then(Relation::from_code),
            phone: self.phone.trim().to_owned(),
            residency: self.residency,
            source: cx.t("ui-source-by-hand"),
        }
    }

    fn read_name(&self, cx: &Cx<'_>) -> Result<PersonName, String> {
        PersonName::parse(&self.name).map_err(|invalid| cx.say(&invalid.message()))
    }

    fn read_id(&self, cx: &Cx<'_>) -> Result<Option<IdNumber>, String> {
        if self.id_number.trim().is_empty() {
            return Ok(None);
        }
        match IdNumber::parse(&self.id_number, cx.today) {
            Ok(reading) => Ok(Some(reading.number)),
            Err(problem) => Err(cx.say(&problem.message())),
        }
    }

    fn read_born(&self, cx: &Cx<'_>) -> Result<Option<PartialDate>, String> {
        match WrittenDate::from_text(&self.born, Decimals::AsTyped, cx.today) {
            WrittenDate::Blank => Ok(None),
            WrittenDate::Known(date) => Ok(Some(date)),
            WrittenDate::Ambiguous(_) => Err(cx.t("ui-date-unclear")),
            WrittenDate::Unclear(unclear) => Err(cx.say(&unclear.message())),
        }
    }

    fn sex_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.label(cx.t("field-sex"));
            for sex in Sex::ALL {
                ui.radio_value(&mut self.sex, Some(*sex), cx.of(sex));
            }
        });
    }

    fn relation_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let shown = self.relation.map_or_else(|| cx.t("ui-unknown"), |code| relation_words(cx, code));
        ComboBox::new("relation", cx.t("field-relation")).selected_text(shown).height(360.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut self.relation, None, cx.t("ui-unknown"));
            for relation in Relation::all() {
                let code = relation.code();
                ui.selectable_value(&mut self.relation, Some(code), relation_words(cx, code));
            }
        });
    }

    fn residency_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.label(cx.t("field-residency"));
            for residency in [Some(Residency::Here), Some(Residency::Away), None] {
                ui.radio_value(&mut self.residency, residency, cx.t(residency_key(residency)));
            }
        });
    }
}
