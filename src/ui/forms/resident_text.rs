//! What is typed into a resident's form, and what it means: values that the ledger takes, or what is wrong with them.

use serde::{Deserialize, Serialize};

use super::home_field::HomeText;
use super::relation_field;
use crate::domain::id_card::{IdForm, IdNumber};
use crate::domain::message::{Message, Say as _};
use crate::domain::name::PersonName;
use crate::domain::one_line::{looks_like_phone, one_line};
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Field, Residency, Sex};
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::command::{NewResident, ResidentEdit};
use crate::ledger::residents::ResidentRow;
use crate::ui::cx::Cx;

/// How somebody came to be entered.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Came {
    /// Lives here and was missing.
    #[default]
    Missing,
    /// Moved in.
    MovedIn,
}

/// What is typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PersonText {
    pub came: Came,
    pub name: String,
    pub id_number: String,
    pub born: String,
    pub sex: Option<Sex>,
    pub home: HomeText,
    /// Whose child a newborn is, by uid: only for proposing the relation, kept nowhere.
    pub parent: String,
    pub relation: String,
    pub phone: String,
    pub residency: Option<Residency>,
}

/// What it means.
pub(super) struct Read {
    pub name: Result<PersonName, String>,
    /// The number, and how it was understood where that is not as typed.
    pub id_number: Result<Option<(IdNumber, Option<String>)>, String>,
    pub born: Result<Option<PartialDate>, String>,
    pub relation: Result<Option<Relation>, String>,
    pub phone: Result<String, String>,
    /// It is taken, but looks odd.
    pub phone_is_odd: bool,
}

impl PersonText {
    /// What the ledger knows of somebody, as they would be typed.
    pub(super) fn of(cx: &Cx<'_>, row: &ResidentRow) -> Self {
        let name = if row.name_written.is_empty() { &row.name } else { &row.name_written };
        let born = row.born().filter(|_| row.id_number.is_empty());
        Self {
            name: name.clone(),
            id_number: row.id_number.clone(),
            born: born.map_or_else(String::new, |born| born.to_string()),
            sex: row.sex(),
            relation: relation_field::words(cx, Relation::from_code(row.relation)),
            phone: row.phone.clone(),
            residency: row.residency(),
            ..Self::default()
        }
    }

    /// What the typed text means.
    pub(super) fn read(&self, cx: &Cx<'_>) -> Read {
        let phone = one_line(Field::Phone, &self.phone).map_err(|invalid| cx.say(&invalid.message()));
        Read {
            name: PersonName::parse(&self.name).map_err(|invalid| cx.say(&invalid.message())),
            id_number: self.read_id(cx),
            born: self.read_born(cx),
            relation: relation_field::read(cx, &self.relation).map_err(|_| cx.t("form-relation-unclear")),
            phone_is_odd: phone.as_ref().is_ok_and(|phone| !phone.is_empty() && !looks_like_phone(phone)),
            phone,
        }
    }

    fn read_id(&self, cx: &Cx<'_>) -> Result<Option<(IdNumber, Option<String>)>, String> {
        if self.id_number.trim().is_empty() {
            return Ok(None);
        }
        let reading = IdNumber::parse(&self.id_number, cx.today).map_err(|problem| cx.say(&problem.message()))?;
        let plain = reading.form == IdForm::Plain;
        let note = (!plain).then(|| cx.say(&Message::new("form-id-read").text("number", reading.number.as_str())));
        Ok(Some((reading.number, note)))
    }

    fn read_born(&self, cx: &Cx<'_>) -> Result<Option<PartialDate>, String> {
        let text: String = self.born.chars().take(60).collect();
        match WrittenDate::from_text(&text, Decimals::AsTyped, cx.today) {
            WrittenDate::Blank => Ok(None),
            WrittenDate::Known(date) => Ok(Some(date)),
            WrittenDate::Ambiguous(_) => Err(cx.t("ui-date-unclear")),
            WrittenDate::Unclear(unclear) => Err(cx.say(&unclear.message())),
        }
    }

    /// The person to be entered; none where something is wrong.
    pub(super) fn new_resident(&self, cx: &Cx<'_>, source: &str) -> Option<NewResident> {
        let read = self.read(cx);
        let id_number = read.id_number.ok()?.map(|(number, _)| number);
        let by_hand = id_number.is_none();
        Some(NewResident {
            name: read.name.ok()?,
            sex: self.sex.filter(|_| by_hand),
            born: if by_hand { read.born.ok()? } else { None },
            id_number,
            relation: read.relation.ok()?,
            phone: read.phone.ok()?,
            residency: self.residency,
            source: source.to_owned(),
        })
    }

    /// What differs from what the form began with; none where something is wrong.
    pub(super) fn edit(&self, cx: &Cx<'_>, begun: &Self) -> Option<ResidentEdit> {
        let read = self.read(cx);
        let id_number = read.id_number.ok()?.map(|(number, _)| number);
        let by_hand = id_number.is_none();
        let born = read.born.ok().or((!by_hand).then_some(None))?;
        let (name, relation, phone) = (read.name.ok()?, read.relation.ok()?, read.phone.ok()?);
        let differs = |of: fn(&Self) -> &str| of(self).trim() != of(begun).trim();
        let residency = self.residency.filter(|_| self.residency != begun.residency);
        Some(ResidentEdit {
            name: differs(|text| &text.name).then_some(name),
            id_number: differs(|text| &text.id_number).then_some(id_number),
            born: (by_hand && differs(|text| &text.born)).then_some(born),
            sex: (by_hand && self.sex != begun.sex).then_some(self.sex),
            relation: differs(|text| &text.relation).then_some(relation),
            phone: differs(|text| &text.phone).then_some(phone),
            residency: residency.map(|residency| (residency, cx.today)),
        })
    }
}
