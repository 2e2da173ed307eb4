//! The sections of one programme's list: who stands in which. Every eligible person stands in exactly one of them or has
//! declined; who declined is a number and never a row. Screen, paper and command line show the same ones.

use crate::domain::offer::State;
use crate::domain::rule::Holds;
use crate::ledger::lists::ListRow;

/// Which names are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// Eligible, not told yet.
    #[default]
    ToTell,
    /// Something must be asked first.
    Ask,
    /// Told; nothing is agreed yet.
    Told,
    /// A day is agreed, or an application is under way.
    Booked,
    /// The check took place, or the benefit came.
    Done,
    /// All who are eligible and have not declined.
    Eligible,
}

impl Section {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 6] = [Self::ToTell, Self::Ask, Self::Told, Self::Booked, Self::Done, Self::Eligible];

    /// Its word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToTell => "to-tell",
            Self::Ask => "ask",
            Self::Told => "told",
            Self::Booked => "booked",
            Self::Done => "done",
            Self::Eligible => "eligible",
        }
    }

    /// The section with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == word)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::ToTell => "lists-to-tell",
            Self::Ask => "lists-ask",
            Self::Told => "lists-told",
            Self::Booked => "lists-booked",
            Self::Done => "lists-done",
            Self::Eligible => "lists-eligible",
        }
    }

    /// What is said where nobody stands in it.
    pub fn nobody_key(self) -> &'static str {
        match self {
            Self::ToTell => "lists-nobody-to-tell",
            Self::Ask => "lists-nobody-ask",
            Self::Told | Self::Booked | Self::Done | Self::Eligible => "lists-nobody",
        }
    }

    /// Whether somebody stands in it.
    pub fn keeps(self, row: &ListRow) -> bool {
        match (self, row.holds) {
            (_, Holds::No) => false,
            (Self::Ask, holds) => holds == Holds::Unknown,
            (_, Holds::Unknown) => false,
            (Self::Eligible, Holds::Yes) => true,
            (Self::ToTell, Holds::Yes) => !row.state.is_told(),
            (Self::Told, Holds::Yes) => row.state == State::Told,
            (Self::Booked, Holds::Yes) => matches!(row.state, State::Booked | State::Applied),
            (Self::Done, Holds::Yes) => matches!(row.state, State::Been | State::Done),
        }
    }
}
