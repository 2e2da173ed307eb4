//! The profile of columns: a whitelist, signed by the township in its invite. What is not in it cannot leave.

use std::collections::BTreeMap;

use crate::domain::message::Message;
use crate::domain::resident::{worded, words};

/// What rows are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// Numbers by programme: nobody's name.
    Count,
    /// What was entered later about closed months: nobody's name either.
    Adjustment,
    /// Somebody's own application that an office has in hand or has answered.
    Application,
    /// Somebody's own day for a check or vaccination, where they agreed that the clinic learns of it.
    Appointment,
}
worded!(Entity, "hand-up-entity" {
    Count => "count", Adjustment => "adjustment", Application => "application", Appointment => "appointment",
});

impl Entity {
    /// Whether its rows are about persons.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Application | Self::Appointment)
    }
}

/// Every column that can leave at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The month of the number.
    CountMonth,
    /// The programme's id; empty for what is of no programme.
    CountProgramme,
    /// What is counted.
    CountMeasure,
    /// The number.
    CountNumber,
    /// The closed month.
    AdjustmentMonth,
    /// The programme's id.
    AdjustmentProgramme,
    /// What is counted.
    AdjustmentMeasure,
    /// The day on which it was found.
    AdjustmentOn,
    /// How much more, or less.
    AdjustmentDifference,
    /// The uid of the resident: made at random, says nothing of them.
    ApplicationPerson,
    /// The name.
    ApplicationName,
    /// The id number.
    ApplicationIdNumber,
    /// The day of birth.
    ApplicationBorn,
    /// The phone.
    ApplicationPhone,
    /// The programme's id.
    ApplicationProgramme,
    /// The turn it is for.
    ApplicationPeriod,
    /// How far it is.
    ApplicationPhase,
    /// The day it began.
    ApplicationBegan,
    /// Granted, in fen; 0 where the answer did not say.
    ApplicationFen,
    /// Paid so far, in fen.
    ApplicationPaid,
    /// The uid of the resident.
    AppointmentPerson,
    /// The name.
    AppointmentName,
    /// The id number.
    AppointmentIdNumber,
    /// The day of birth.
    AppointmentBorn,
    /// The phone.
    AppointmentPhone,
    /// The programme's id.
    AppointmentProgramme,
    /// The day.
    AppointmentOn,
    /// Expected or came.
    AppointmentState,
}
words!(Field {
    CountMonth => "count.month", CountProgramme => "count.programme", CountMeasure => "count.measure",
    CountNumber => "count.number",
    AdjustmentMonth => "adjustment.month", AdjustmentProgramme => "adjustment.programme",
    AdjustmentMeasure => "adjustment.measure", AdjustmentOn => "adjustment.on_date",
    AdjustmentDifference => "adjustment.difference",
    ApplicationPerson => "application.person", ApplicationName => "application.name",
    ApplicationIdNumber => "application.id_number", ApplicationBorn => "application.born",
    ApplicationPhone => "application.phone", ApplicationProgramme => "application.programme",
    ApplicationPeriod => "application.period", ApplicationPhase => "application.phase",
    ApplicationBegan => "application.began_on", ApplicationFen => "application.fen",
    ApplicationPaid => "application.paid_fen",
    AppointmentPerson => "appointment.person", AppointmentName => "appointment.name",
    AppointmentIdNumber => "appointment.id_number", AppointmentBorn => "appointment.born",
    AppointmentPhone => "appointment.phone", AppointmentProgramme => "appointment.programme",
    AppointmentOn => "appointment.on_date", AppointmentState => "appointment.state",
});

/// What a column holds, whichever rows it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A name, that can be masked to 李*.
    Name,
    /// An id number, that can be masked to its last four characters.
    IdNumber,
    /// A birth, that can be masked to its year.
    Born,
    /// A phone, that can be masked to its last four digits.
    Phone,
    /// A word or code of the program.
    Word,
    /// A calendar day.
    Day,
    /// A whole number.
    Number,
}

impl Field {
    /// Of which rows it is a column.
    pub fn entity(self) -> Entity {
        match self.as_str().split_once('.') {
            Some(("application", _)) => Entity::Application,
            Some(("appointment", _)) => Entity::Appointment,
            Some(("adjustment", _)) => Entity::Adjustment,
            _ => Entity::Count,
        }
    }

    /// Its name within its rows.
    pub fn name(self) -> &'static str {
        self.as_str().split_once('.').map_or("", |(_, name)| name)
    }

    /// What it is called.
    pub fn heading(self) -> Message {
        // A count is no household's number.
        if self == Self::CountNumber {
            return Message::new("column-counted");
        }
        Message::new(format!("column-{}", self.name().replace('_', "-")))
    }

    /// The columns of these rows, in order.
    pub fn of(entity: Entity) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |field| field.entity() == entity)
    }

    /// What it holds.
    pub fn content(self) -> Content {
        match self.name() {
            "name" => Content::Name,
            "id_number" => Content::IdNumber,
            "born" => Content::Born,
            "phone" => Content::Phone,
            "began_on" | "on_date" => Content::Day,
            "number" | "difference" | "fen" | "paid_fen" => Content::Number,
            _ => Content::Word,
        }
    }

    /// Whether it tells who somebody is, so that it can be masked or left out. All else is what the rows are for.
    pub fn identifies(self) -> bool {
        matches!(self.content(), Content::Name | Content::IdNumber | Content::Born | Content::Phone)
    }
}

/// How a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// As it is.
    Plain,
    /// So that nobody can work out the whole.
    Masked,
}
worded!(Shown, "hand-up-shown" { Plain => "plain", Masked => "masked" });

/// The columns that may leave, and how each is shown; a column that is not here is left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "BTreeMap<String, Shown>", into = "BTreeMap<String, Shown>")]
pub struct Profile(BTreeMap<Field, Shown>);

/// Why a profile is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProfile {
    /// It names a column that this program does not know: it is of a newer one, or not ours.
    #[error("a column that is not known")]
    UnknownField,
    /// A column that cannot be masked is to be.
    #[error("a column that cannot be masked")]
    CannotBeMasked,
    /// Rows without the columns that they are for.
    #[error("a column is missing")]
    Missing,
}

impl Profile {
    /// Counts alone: the default.
    pub fn counts() -> Self {
        let fields = Field::of(Entity::Count).chain(Field::of(Entity::Adjustment));
        Self(fields.map(|field| (field, Shown::Plain)).collect())
    }

    /// With the rows of persons, too: the name plain, the id number masked, birth and phone left out.
    pub fn with(mut self, entity: Entity) -> Self {
        let usual = |field: Field| match field.content() {
            Content::Born | Content::Phone => None,
            Content::IdNumber => Some(Shown::Masked),
            _ => Some(Shown::Plain),
        };
        self.0.extend(Field::of(entity).filter_map(|field| Some((field, usual(field)?))));
        self
    }

    /// With one identifying column shown otherwise, or left out.
    pub fn showing(mut self, field: Field, shown: Option<Shown>) -> Self {
        if field.identifies() && self.has(field.entity()) {
            match shown {
                Some(shown) => drop(self.0.insert(field, shown)),
                None => drop(self.0.remove(&field)),
            }
        }
        self
    }

    /// Whether these rows leave.
    pub fn has(&self, entity: Entity) -> bool {
        self.0.keys().any(|field| field.entity() == entity)
    }

    /// How a column is shown; none where it stays.
    pub fn shown(&self, field: Field) -> Option<Shown> {
        self.0.get(&field).copied()
    }

    /// The columns of these rows that leave, in order.
    pub fn columns(&self, entity: Entity) -> impl Iterator<Item = (Field, Shown)> {
        self.0.iter().filter(move |(field, _)| field.entity() == entity).map(|(field, shown)| (*field, *shown))
    }
}

impl TryFrom<BTreeMap<String, Shown>> for Profile {
    type Error = NoProfile;

    fn try_from(map: BTreeMap<String, Shown>) -> Result<Self, NoProfile> {
        let mut fields = BTreeMap::new();
        for (name, shown) in map {
            let field = Field::from_word(&name).ok_or(NoProfile::UnknownField)?;
            if shown == Shown::Masked && !field.identifies() {
                return Err(NoProfile::CannotBeMasked);
            }
            fields.insert(field, shown);
        }
        let profile = Self(fields);
        let lacks = |entity: &Entity| {
            let is_asked = !entity.is_personal() || profile.has(*entity);
            is_asked && Field::of(*entity).any(|field| !field.identifies() && profile.shown(field).is_none())
        };
        if Entity::ALL.iter().any(lacks) { Err(NoProfile::Missing) } else { Ok(profile) }
    }
}

impl From<Profile> for BTreeMap<String, Shown> {
    fn from(profile: Profile) -> Self {
        profile.0.into_iter().map(|(field, shown)| (field.as_str().to_owned(), shown)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(profile: &Profile) -> Result<Profile, NoProfile> {
        Profile::try_from(BTreeMap::from(profile.clone()))
    }

    #[test]
    fn counts_alone_are_the_default_and_persons_come_with_name_and_masked_number() {
        let counts = Profile::counts();
        assert!(Entity::ALL.iter().all(|entity| counts.has(*entity) != entity.is_personal()));
        let persons = Profile::counts().with(Entity::Application);
        assert_eq!(persons.shown(Field::ApplicationName), Some(Shown::Plain));
        assert_eq!(persons.shown(Field::ApplicationIdNumber), Some(Shown::Masked));
        assert_eq!(persons.shown(Field::ApplicationPhone), None);
        assert_eq!(read(&persons), Ok(persons.clone()));
        let without = persons.showing(Field::ApplicationName, None).showing(Field::ApplicationFen, None);
        assert_eq!((without.shown(Field::ApplicationName), without.has(Entity::Appointment)), (None, false));
        assert!(without.shown(Field::ApplicationFen).is_some(), "what the rows are for stays");
    }

    #[test]
    fn a_profile_that_this_program_cannot_keep_is_none() {
        let with = |name: &str, shown: Shown| {
            let mut map = BTreeMap::from(Profile::counts());
            map.insert(name.to_owned(), shown);
            Profile::try_from(map)
        };
        assert_eq!(with("resident.note", Shown::Plain), Err(NoProfile::UnknownField));
        assert_eq!(with("count.number", Shown::Masked), Err(NoProfile::CannotBeMasked));
        assert_eq!(with("application.name", Shown::Plain), Err(NoProfile::Missing));
        assert_eq!(Profile::try_from(BTreeMap::new()), Err(NoProfile::Missing));
    }

    #[test]
    fn every_column_knows_its_rows_and_its_name() {
        for field in Field::ALL {
            assert_eq!(format!("{}.{}", field.entity().as_str(), field.name()), field.as_str());
        }
    }
}
