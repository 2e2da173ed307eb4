//! Rows on their way up. A row is made by a profile and takes only what the profile lets leave.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::hand_up::profile::{Content, Entity, Field, Profile, Shown};
use crate::domain::mask::MaskedName;
use crate::domain::resident::worded;

/// The longest text of a value, in characters.
const LONGEST: usize = 60;

/// A value in a row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// Text, or a day as ISO text.
    Text(String),
}

/// Without the value: rows may end up in a log.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(…)")
    }
}

impl Value {
    /// The text; empty for a number.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(_) => "",
        }
    }

    /// The number; 0 for text.
    pub fn number(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Text(_) => 0,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Whose row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// An adult's, or nobody's.
    Usual,
    /// A child's under fourteen: whatever identifies is masked, however the profile shows it. Source: PIPL arts. 28, 31.
    Child,
}

/// A row: its values by column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    entity: Entity,
    values: BTreeMap<Field, Value>,
}

/// What is wrong with a row that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wrong {
    /// A column is missing.
    Missing,
    /// A column that its profile does not have.
    Foreign,
    /// A value that the column cannot have.
    Value,
    /// A programme that this program does not know: it is older than the one that wrote the row.
    Programme,
    /// The same row again.
    Twice,
}
worded!(Wrong, "hand-up-wrong" {
    Missing => "missing", Foreign => "foreign", Value => "value", Programme => "programme", Twice => "twice",
});

impl Profile {
    /// A row of the columns that may leave; what else is offered stays behind. None where these rows do not leave.
    pub fn row<const N: usize>(&self, entity: Entity, care: Care, offered: [(Field, Value); N]) -> Option<Row> {
        if !self.has(entity) {
            return None;
        }
        let mut values = BTreeMap::new();
        for (field, value) in offered.into_iter().filter(|(field, _)| field.entity() == entity) {
            let value = match (self.shown(field), care) {
                (None, _) => continue,
                (Some(Shown::Plain), Care::Usual) => value,
                (Some(Shown::Plain), Care::Child) if !field.identifies() => value,
                _ => Value::Text(masked(field.content(), value.text())),
            };
            values.insert(field, value);
        }
        Some(Row { entity, values })
    }

    /// Takes a row as it came in.
    ///
    /// # Errors
    /// Columns other than those of the profile; values that a column cannot have.
    pub fn take(&self, entity: Entity, mut came: BTreeMap<String, Value>) -> Result<Row, Wrong> {
        let mut values = BTreeMap::new();
        for (field, _) in self.columns(entity) {
            let value = came.remove(field.name()).ok_or(Wrong::Missing)?;
            if !fits(field, &value) {
                return Err(Wrong::Value);
            }
            values.insert(field, value);
        }
        if came.is_empty() { Ok(Row { entity, values }) } else { Err(Wrong::Foreign) }
    }
}

impl Row {
    /// What it is about.
    pub fn entity(&self) -> Entity {
        self.entity
    }

    /// A column's text; empty where it did not leave.
    pub fn text(&self, field: Field) -> &str {
        self.values.get(&field).map_or("", Value::text)
    }

    /// A column's number; 0 where it did not leave.
    pub fn number(&self, field: Field) -> i64 {
        self.values.get(&field).map_or(0, Value::number)
    }

    /// Its values under the names of its columns, as they are written.
    pub fn written(&self) -> BTreeMap<&'static str, &Value> {
        self.values.iter().map(|(field, value)| (field.name(), value)).collect()
    }

    /// What tells it from the other rows of its kind.
    pub fn key(&self) -> String {
        let fields: &[Field] = match self.entity {
            Entity::Count => &[Field::CountMonth, Field::CountProgramme, Field::CountMeasure],
            Entity::Adjustment => {
                &[Field::AdjustmentMonth, Field::AdjustmentProgramme, Field::AdjustmentMeasure, Field::AdjustmentOn]
            }
            Entity::Application => &[Field::ApplicationPerson, Field::ApplicationProgramme, Field::ApplicationPeriod],
            Entity::Appointment => &[Field::AppointmentPerson, Field::AppointmentProgramme, Field::AppointmentOn],
        };
        fields.iter().map(|field| self.text(*field)).collect::<Vec<_>>().join("|")
    }
}

/// Hides so much of a value that the whole cannot be worked out.
fn masked(content: Content, text: &str) -> String {
    let last_four = || {
        let tail: Vec<char> = text.chars().rev().take(4).collect();
        if text.chars().count() < 8 {
            "****".to_owned()
        } else {
            "****".chars().chain(tail.into_iter().rev()).collect()
        }
    };
    match content {
        _ if text.is_empty() => String::new(),
        Content::Name => MaskedName::of(text).as_str().to_owned(),
        Content::IdNumber | Content::Phone => last_four(),
        Content::Born => text.chars().take(4).collect(),
        Content::Word | Content::Day | Content::Number => text.to_owned(),
    }
}

/// Whether a value can stand in a column; masked ones fit, too.
fn fits(field: Field, value: &Value) -> bool {
    let is_plain = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    match (field.content(), value) {
        (Content::Number, Value::Number(_)) => true,
        (Content::Day, Value::Text(text)) => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
        (Content::IdNumber, Value::Text(text)) => {
            text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'*'))
        }
        (Content::Born, Value::Text(text)) => {
            text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        }
        (Content::Word, Value::Text(text)) => {
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            text.len() <= LONGEST && text.bytes().all(is_word)
        }
        (Content::Name | Content::Phone, Value::Text(text)) => is_plain(text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> [(Field, Value); 10] {
        use Field::*;
        [
            (ApplicationPerson, "0199".into()),
            (ApplicationName, "张春梅".into()),
            (ApplicationIdNumber, "421399196503010022".into()),
            (ApplicationBorn, "1965-03-01".into()),
            (ApplicationPhone, "19012345678".into()),
            (ApplicationProgramme, "elder-allowance".into()),
            (ApplicationPeriod, "2026".into()),
            (ApplicationPhase, "granted".into()),
            (ApplicationBegan, "2026-01-05".into()),
            (ApplicationFen, 10_000.into()),
        ]
    }

    #[test]
    fn only_what_the_profile_has_is_in_a_row_and_it_is_masked_as_the_profile_says() {
        assert_eq!(Profile::counts().row(Entity::Application, Care::Usual, offered()), None);
        let profile = Profile::counts().with(Entity::Application);
        let row = profile.row(Entity::Application, Care::Usual, offered()).expect("they leave");
        assert_eq!(row.text(Field::ApplicationName), "张春梅");
        assert_eq!(row.text(Field::ApplicationIdNumber), "****0022");
        assert_eq!((row.text(Field::ApplicationBorn), row.text(Field::ApplicationPhone)), ("", ""));
        assert_eq!(row.number(Field::ApplicationFen), 10_000);
        let all = profile
            .showing(Field::ApplicationBorn, Some(Shown::Masked))
            .showing(Field::ApplicationPhone, Some(Shown::Masked));
        let row = all.row(Entity::Application, Care::Usual, offered()).expect("they leave");
        assert_eq!((row.text(Field::ApplicationBorn), row.text(Field::ApplicationPhone)), ("1965", "****5678"));
    }

    #[test]
    fn a_child_is_masked_whatever_the_profile_says() {
        let shown = Some(Shown::Plain);
        let profile = Profile::counts().with(Entity::Application).showing(Field::ApplicationIdNumber, shown);
        let row = profile.row(Entity::Application, Care::Child, offered()).expect("they leave");
        assert_eq!((row.text(Field::ApplicationName), row.text(Field::ApplicationIdNumber)), ("张*梅", "****0022"));
        assert_eq!(row.text(Field::ApplicationPhase), "granted");
    }

    #[test]
    fn a_row_that_came_in_has_the_columns_of_the_profile_and_no_others() {
        let profile = Profile::counts().with(Entity::Application).showing(Field::ApplicationBorn, Some(Shown::Masked));
        let mut offered = offered().to_vec();
        offered.push((Field::ApplicationPaid, 0.into()));
        let offered: [(Field, Value); 11] = offered.try_into().expect("eleven");
        let row = profile.row(Entity::Application, Care::Usual, offered).expect("it leaves");
        let came = || -> BTreeMap<String, Value> {
            row.written().into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
        };
        let with = |name: &str, value: Value| {
            let mut came = came();
            came.insert(name.to_owned(), value);
            profile.take(Entity::Application, came)
        };
        assert_eq!(profile.take(Entity::Application, came()), Ok(row.clone()));
        assert_eq!(with("phone", "19012345678".into()), Err(Wrong::Foreign));
        assert_eq!(with("began_on", "2026-02-30".into()), Err(Wrong::Value));
        assert_eq!(with("fen", "many".into()), Err(Wrong::Value));
        assert_eq!(with("name", "张\u{7}梅".into()), Err(Wrong::Value));
        assert_eq!(with("name", "长".repeat(61).as_str().into()), Err(Wrong::Value));
        assert_eq!(with("programme", "x; DROP".into()), Err(Wrong::Value));
        let mut less = came();
        less.remove("period");
        assert_eq!(profile.take(Entity::Application, less), Err(Wrong::Missing));
    }

    #[test]
    fn short_values_are_hidden_whole() {
        for (content, text, hidden) in [
            (Content::Phone, "12345", "****"),
            (Content::IdNumber, "", ""),
            (Content::Born, "1965", "1965"),
            (Content::Name, "李", "*"),
        ] {
            assert_eq!(masked(content, text), hidden);
        }
    }
}
