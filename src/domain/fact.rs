//! The kinds of fact that rules may read beyond name, sex, birth and standing, and the values each may have. Nothing of
//! the product's never-list may become one; `tests/it/layers.rs` holds that.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::message::{Message, Say};
use crate::domain::resident::{Residency, SourceId, Sourced};

/// Implements the kinds with their stored words, the words for the user, and the words of their values.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident => $word:literal, $label:literal, [$($value:literal => $shown:literal),+]);+ $(;)?) => {
        /// A kind of fact.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FactKind { $($(#[$doc])* $variant),+ }

        impl FactKind {
            /// Every kind, in the order shown to the user.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word stored in the ledger and written in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the stored word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The values it may have, as stored, each with its key of assets/words.
            pub fn values(self) -> &'static [(&'static str, &'static str)] {
                match self { $(Self::$variant => &[$(($value, $shown)),+]),+ }
            }
        }

        impl Say for FactKind {
            fn message(&self) -> Message {
                Message::new(match self { $(Self::$variant => $label),+ })
            }
        }
    };
}

kinds! {
    /// Lives here for half a year or more, or is away (常住).
    Residency => "residency", "kind-residency", ["here" => "residency-here", "away" => "residency-away"];
    /// Whether the household registration (户籍) is in this village.
    Registered => "registered", "kind-registered", ["here" => "registered-here", "elsewhere" => "registered-elsewhere"];
    /// The kind of household registration: rural or recognised as rural, or urban.
    Registration => "registration", "kind-registration", ["rural" => "registration-rural", "urban" => "registration-urban"];
    /// On the child: the household holds the certificate 《独生子女父母光荣证》. None is issued since 2016.
    OnlyChildCertificate => "only_child_certificate", "kind-certificate", ["yes" => "certificate-yes", "no" => "certificate-no"];
    /// The grade on the disability certificate (残疾人证), 1 the gravest.
    Disability => "disability", "kind-disability",
        ["none" => "disability-none", "1" => "disability-1", "2" => "disability-2", "3" => "disability-3", "4" => "disability-4"];
    /// Where a student is.
    Study => "study", "kind-study",
        ["none" => "study-none", "preschool" => "study-preschool", "primary" => "study-primary", "junior" => "study-junior",
         "senior" => "study-senior", "vocational_secondary" => "study-vocational_secondary",
         "vocational_college" => "study-vocational_college", "undergraduate" => "study-undergraduate"];
    /// Whether a student boards at school.
    Boarding => "boarding", "kind-boarding", ["yes" => "boarding-yes", "no" => "boarding-no"];
    /// The relief a household is entitled to.
    Relief => "relief", "kind-relief",
        ["none" => "relief-none", "dibao" => "relief-dibao", "tekun" => "relief-tekun", "tuopin" => "relief-tuopin",
         "monitored" => "relief-monitored", "orphan" => "relief-orphan", "martyr" => "relief-martyr"];
    /// The person says so of themselves.
    DeclaredRetirementAward => "declared_retirement_award", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The person says so of themselves.
    DeclaredPensionSubsidy => "declared_pension_subsidy", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The person says so of themselves.
    DeclaredLoan => "declared_loan", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The person says so of themselves.
    DeclaredHouseRepair => "declared_house_repair", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The person says so of themselves.
    DeclaredSchoolAid => "declared_school_aid", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The person says so of themselves.
    DeclaredPairing => "declared_pairing", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
    /// The guardian says so for the child.
    DeclaredLeftBehind => "declared_left_behind", "kind-declared", ["yes" => "declared-yes", "no" => "declared-no"];
}

impl FactKind {
    /// The place of a value among those the kind may have; none where it may not have it.
    pub fn value(self, word: &str) -> Option<u8> {
        let at = self.values().iter().position(|(value, _)| *value == word)?;
        u8::try_from(at).ok()
    }

    /// What the person says of themselves about the programme with this id, where that is asked.
    pub fn declared(programme: &str) -> Option<Self> {
        Self::from_word(&format!("declared_{}", programme.replace('-', "_")))
    }

    /// Whether nobody is ever asked for it: what a person says of themselves, and the certificate, which is noted where
    /// somebody brings it.
    pub fn is_never_asked(self) -> bool {
        self.is_declared() || self == Self::OnlyChildCertificate
    }

    /// Whether the person says it of themselves: then nobody is asked for it.
    pub fn is_declared(self) -> bool {
        self.as_str().starts_with("declared_")
    }
}

/// A value of a fact: its place among those its kind may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactValue {
    /// The kind.
    pub kind: FactKind,
    place: u8,
}

impl FactValue {
    /// Reads the stored word of a value; none where the kind may not have it.
    pub fn from_word(kind: FactKind, word: &str) -> Option<Self> {
        kind.value(word).map(|place| Self { kind, place })
    }

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        self.kind.values().get(usize::from(self.place)).map_or("", |(word, _)| word)
    }

    /// Whether it is one of those in a set made by [`one_of`].
    pub fn is_in(self, set: u16) -> bool {
        set & (1 << self.place) != 0
    }
}

impl Say for FactValue {
    fn message(&self) -> Message {
        Message::new(self.kind.values().get(usize::from(self.place)).map_or("", |(_, key)| key))
    }
}

/// A set of values of one kind; none where the kind may not have one of them.
pub fn one_of<'w>(kind: FactKind, words: impl IntoIterator<Item = &'w str>) -> Option<u16> {
    words.into_iter().try_fold(0, |set, word| kind.value(word).map(|place| set | (1 << place)))
}

/// What is known of one kind, packed: a ledger's lists hold many of these.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Packed {
    place: u8,
    source: u32,
    on: NaiveDate,
}

/// What is known of each kind. Cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Known([Option<Packed>; FactKind::ALL.len()]);

impl Known {
    /// What is known of a kind.
    pub fn get(&self, kind: FactKind) -> Option<Sourced<FactValue>> {
        let packed = self.0.get(kind as usize).copied().flatten()?;
        let value = FactValue { kind, place: packed.place };
        Some(Sourced { value, source: SourceId(i64::from(packed.source)), on: packed.on })
    }

    /// Notes what is known of a kind.
    pub fn set(&mut self, fact: Sourced<FactValue>) {
        let source = u32::try_from(fact.source.0).unwrap_or(u32::MAX);
        if let Some(slot) = self.0.get_mut(fact.value.kind as usize) {
            *slot = Some(Packed { place: fact.value.place, source, on: fact.on });
        }
    }

    /// Everything that is known, in the order shown.
    pub fn iter(&self) -> impl Iterator<Item = Sourced<FactValue>> + '_ {
        FactKind::ALL.iter().filter_map(|kind| self.get(*kind))
    }

    /// Whether the person lives here.
    pub fn residency(&self) -> Option<Sourced<Residency>> {
        let fact = self.get(FactKind::Residency)?;
        let value = Residency::from_word(fact.value.as_str())?;
        Some(Sourced { value, source: fact.source, on: fact.on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_read_back_and_no_other_is() {
        for kind in FactKind::ALL {
            assert_eq!(FactKind::from_word(kind.as_str()), Some(*kind));
            for (word, _) in kind.values() {
                assert_eq!(FactValue::from_word(*kind, word).map(FactValue::as_str), Some(*word));
            }
            assert_eq!(FactValue::from_word(*kind, "perhaps"), None);
        }
        assert_eq!(std::mem::size_of::<Option<Packed>>(), 12, "a list of a county holds a million of these");
    }

    #[test]
    fn what_a_person_says_of_themselves_belongs_to_a_programme() {
        assert_eq!(FactKind::declared("house-repair"), Some(FactKind::DeclaredHouseRepair));
        assert_eq!(FactKind::declared("rural-award"), None);
        assert!(FactKind::DeclaredLoan.is_declared() && !FactKind::Study.is_declared());
    }
}
