//! What the rules and the ledger have to say, before it has a language.
//!
//! A [`Message`] is a key of `assets/words` with its arguments. `domain` and `ledger` make them; `words` alone turns
//! them into Chinese or English, so that no sentence lives in two places.

use std::borrow::Cow;
use std::fmt;

use crate::domain::Date;

/// One argument of a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text shown as it is: a name, a column heading, a path.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A calendar day.
    Date(Date),
    /// Another word of `assets/words`, such as the name of a field.
    Word(Cow<'static, str>),
    /// Several messages after another.
    Said(Vec<Message>),
}

/// A key of `assets/words` and its arguments.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The key in `assets/words`.
    pub key: Cow<'static, str>,
    /// Named arguments, in the order they were given.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Adds an argument shown as it is.
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Text(value.into())));
        self
    }

    /// Adds a number.
    pub fn number(mut self, name: &'static str, value: impl TryInto<i64>) -> Self {
        self.args.push((name, Arg::Number(value.try_into().unwrap_or(i64::MAX))));
        self
    }

    /// Adds a calendar day.
    pub fn date(mut self, name: &'static str, value: Date) -> Self {
        self.args.push((name, Arg::Date(value)));
        self
    }

    /// Adds several messages, said after another.
    pub fn said(mut self, name: &'static str, messages: Vec<Self>) -> Self {
        self.args.push((name, Arg::Said(messages)));
        self
    }

    /// Adds another word of `assets/words`.
    pub fn word(mut self, name: &'static str, key: impl Into<Cow<'static, str>>) -> Self {
        self.args.push((name, Arg::Word(key.into())));
        self
    }
}

/// Only the key: arguments may hold personal data, which no log line may show.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.key)
    }
}

/// Anything that can say itself in the user's language.
pub trait Say {
    /// The message to be shown.
    fn message(&self) -> Message;
}
