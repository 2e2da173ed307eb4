//! What a handed-up file says about itself, before its rows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::hand_up::profile::Profile;

/// The version that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// The manifest of a hand-up file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub version: u32,
    /// The version of the program that wrote it.
    pub app: String,
    /// Whose it is.
    pub from: From,
    /// Its number, from 1.
    pub number: u64,
    /// The digest of the file before; empty for the first.
    pub previous: String,
    /// The hash at the head of the village's change log.
    pub chain_head: String,
    /// The village's last change.
    pub revision: i64,
    /// The day it was made, by the village's clock.
    pub made_on: NaiveDate,
    /// The month whose numbers it brings, as 2026-11.
    pub month: String,
    /// The columns that could leave.
    pub profile: Profile,
    /// The village's keys, as it answered the invite.
    pub answer: Answer,
    /// The sections that follow, in order.
    pub sections: Vec<SectionHead>,
}

/// Whose a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    /// Twelve-digit area code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether its people are synthetic.
    pub demo: bool,
}

/// A village's answer to an invite: its keys, bound to the secret in the invite, and signed by those keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The village's code.
    pub code: String,
    /// The village's name.
    pub name: String,
    /// Its age recipient, for receipts.
    pub recipient: String,
    /// Its Ed25519 key, in hexadecimal.
    pub verifying: String,
    /// SHA-256 over the invite's secret and the keys: whoever made this has the invite.
    pub proof: String,
    /// Ed25519 over all of the above.
    pub signature: String,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionHead {
    /// A word of [`super::Entity`].
    pub name: String,
    /// How many lines.
    pub rows: u64,
    /// How many bytes, line ends included.
    pub bytes: u64,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
}
