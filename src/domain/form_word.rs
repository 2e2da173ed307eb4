//! What a cell or a column of the township's form may be bound to: a text of the village, a count that the screens show, or
//! a column of a service list. Nothing else may leave that way.

use std::fmt;

/// A binding, written as a word: `text.village`, `count.residents`, `count.elder-check.told`,
/// `list.elder-check.booked.name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormWord {
    /// A text.
    Text(TextWord),
    /// Everybody who is of the village.
    Residents,
    /// Their households.
    Households,
    /// How many stand in a section of a programme's list.
    Count {
        /// The programme's id.
        programme: String,
        /// The section's word.
        section: String,
    },
    /// A column of a section of a programme's list, written downwards.
    Column {
        /// The programme's id.
        programme: String,
        /// The section's word.
        section: String,
        /// The column's word.
        column: String,
    },
}

/// A text that follows from the village or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextWord {
    /// The village's name.
    Village,
    /// The day it is filled.
    Date,
    /// The month it is filled.
    Month,
}

impl TextWord {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Village, Self::Date, Self::Month];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Date => "date",
            Self::Month => "month",
        }
    }
}

impl FormWord {
    /// Reads a word; whether programme, section and column are there is not asked here.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('.').collect();
        let owned = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match parts.as_slice() {
            ["text", word] => TextWord::ALL.into_iter().find(|known| known.as_str() == *word).map(Self::Text),
            ["count", "residents"] => Some(Self::Residents),
            ["count", "households"] => Some(Self::Households),
            ["count", programme, section] => {
                Some(Self::Count { programme: owned(programme)?, section: owned(section)? })
            }
            ["list", programme, section, column] => {
                Some(Self::Column { programme: owned(programme)?, section: owned(section)?, column: owned(column)? })
            }
            _ => None,
        }
    }
}

impl fmt::Display for FormWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(word) => write!(f, "text.{}", word.as_str()),
            Self::Residents => f.write_str("count.residents"),
            Self::Households => f.write_str("count.households"),
            Self::Count { programme, section } => write!(f, "count.{programme}.{section}"),
            Self::Column { programme, section, column } => write!(f, "list.{programme}.{section}.{column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FormWord;

    #[test]
    fn words_are_read_as_they_are_written() {
        for word in ["text.village", "count.residents", "count.elder-check.told", "list.elder-check.booked.name"] {
            assert_eq!(FormWord::parse(word).expect("a word").to_string(), word);
        }
        for wrong in ["", "text.secret", "count", "count..told", "list.elder-check.booked", "sql.drop"] {
            assert_eq!(FormWord::parse(wrong), None, "{wrong}");
        }
    }
}
