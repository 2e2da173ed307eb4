//! What a paper has to know of children under 14: whose word sends their name to an office, and at whose door one asks for
//! them. Whoever is 14 on the day of the paper is no child on it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::consent::{Purpose, Voice, needs_guardian};
use crate::domain::partial_date::PartialDate;
use crate::ledger::error::Result;
use crate::ledger::store::{consents, households, residents};
use crate::ledger::view::View;

/// Who heads a household and may be named for its children: grown up, here, and not withdrawn from the lists.
#[derive(Clone, PartialEq, Eq)]
pub struct Head {
    /// The name.
    pub name: String,
    /// Phone as given; empty where unknown.
    pub phone: String,
}

/// The children of the village, as far as a paper of a day has to know of them.
#[derive(Clone)]
pub struct Children {
    on: NaiveDate,
    agreed: HashSet<String>,
    heads: HashMap<String, Head>,
}

/// Without names.
impl std::fmt::Debug for Children {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Children({})", self.on)
    }
}

impl Children {
    /// Whether somebody born then is a child on the day of the paper.
    pub fn is_child(&self, born: Option<PartialDate>) -> bool {
        needs_guardian(born, self.on)
    }

    /// Whose word sends the name of the resident with this uid to an office.
    pub fn voice(&self, uid: &str, born: Option<PartialDate>) -> Voice {
        Voice::of(born, self.on, self.agreed.contains(uid))
    }

    /// Who heads the household with this uid, where somebody may be named.
    pub fn head(&self, household_uid: &str) -> Option<&Head> {
        self.heads.get(household_uid)
    }
}

impl View {
    /// What a paper of this day has to know of children.
    pub(in crate::ledger) fn children(&self, on: NaiveDate) -> Result<Children> {
        let agreed = consents::by_guardian(self.conn(), Purpose::Services)?;
        let agreed = residents::named(self.conn(), &agreed)?.into_values().map(|named| named.uid).collect();
        let hidden = self.hidden()?;
        let mut heads = HashMap::new();
        for head in households::heads(self.conn())? {
            if !hidden.contains(&head.resident) && !needs_guardian(head.born, on) {
                heads.entry(head.household_uid).or_insert(Head { name: head.name, phone: head.phone });
            }
        }
        Ok(Children { on, agreed, heads })
    }
}
