//! Who lives here: the values that identify a resident and the facts that rules read.

use serde::{Deserialize, Serialize};

use crate::domain::fact::Known;
pub use crate::domain::fact::{FactKind, FactValue};
use crate::domain::message::{Message, Say};
use crate::domain::partial_date::PartialDate;

/// Implements the stored words of an enum.
macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every variant, in the order shown to the user.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word stored in the ledger and written in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the stored word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

/// The same for an enum whose variants are shown by words of their own, too: a prefix and the stored word.
macro_rules! worded {
    ($name:ident, $prefix:literal { $($variant:ident => $word:literal),+ $(,)? }) => {
        $crate::domain::resident::words!($name { $($variant => $word),+ });

        impl $crate::domain::message::Say for $name {
            fn message(&self) -> $crate::domain::message::Message {
                match self { $(Self::$variant => $crate::domain::message::Message::new(concat!($prefix, "-", $word))),+ }
            }
        }
    };
}
pub(crate) use worded;

/// Sex as in the household registration (GB/T 2261.1: 1 male, 2 female). Unknown is the absence of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}
worded!(Sex, "sex" { Male => "male", Female => "female" });

/// Whether a person lives in the village for half a year or more (常住), whatever the household registration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Residency {
    /// 常住: lives here.
    Here,
    /// 外出: lives and works elsewhere, is expected back.
    Away,
}
worded!(Residency, "residency" { Here => "here", Away => "away" });

/// Whether a resident still belongs to the village's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Living, of this village.
    Present,
    /// 迁出: moved to another village for good.
    MovedOut,
    /// 去世
    Deceased,
}
worded!(Standing, "standing" { Present => "present", MovedOut => "moved_out", Deceased => "deceased" });

/// Where facts come from: a row of the ledger's `source` table, whose title is looked up when a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceId(pub i64);

/// A fact with where it comes from and the day it was true.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The fact.
    pub value: T,
    /// Where it comes from.
    pub source: SourceId,
    /// The day for which it is known to be true.
    pub on: chrono::NaiveDate,
}

/// What rules may know of a resident. Every field is a fact that a reason card can show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Birth, perhaps without day or month.
    pub born: Option<Sourced<PartialDate>>,
    /// Sex, where known.
    pub sex: Option<Sourced<Sex>>,
    /// Whether the person still belongs to the village.
    pub standing: Sourced<Standing>,
    /// What is known besides, by kind.
    pub known: Known,
    /// The last service of the programme in question before its present turn, as this ledger has it. Set where the
    /// facts are those of one person and one programme.
    pub last_service: Option<chrono::NaiveDate>,
}

/// Without any value: facts are personal.
impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Facts(…)")
    }
}

impl Facts {
    /// Of somebody of whom only the standing is known.
    pub fn new(standing: Sourced<Standing>) -> Self {
        Self { born: None, sex: None, standing, known: Known::default(), last_service: None }
    }

    /// Whether the person lives here, where known.
    pub fn residency(&self) -> Option<Sourced<Residency>> {
        self.known.residency()
    }
}

/// A field of a resident or household that a form, an import or an error can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 姓名
    Name,
    /// 身份证号
    IdNumber,
    /// 性别
    Sex,
    /// 出生日期
    Born,
    /// 村民小组
    Group,
    /// 户号
    HouseholdNumber,
    /// 户主姓名
    Head,
    /// 与户主关系
    Relation,
    /// 联系电话
    Phone,
    /// 住址
    Address,
    /// 居住状态
    Residency,
}
worded!(Field, "field" {
    Name => "name", IdNumber => "id_number", Sex => "sex", Born => "born", Group => "group",
    HouseholdNumber => "household_number", Head => "head", Relation => "relation", Phone => "phone",
    Address => "address", Residency => "residency",
});

/// A value that cannot be accepted, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The field it stands in.
    pub field: Field,
    /// What is wrong with it and what to do.
    pub problem: Message,
}

impl Say for Invalid {
    fn message(&self) -> Message {
        self.problem.clone()
    }
}
