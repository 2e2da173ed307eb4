//! What kinds of care are kept: each with the agreement of whom it is for, or of a child's guardian.

use crate::domain::resident::worded;

/// A kind of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CareKind {
    /// 结对帮扶: somebody helps somebody.
    Pairing,
    /// 留守儿童关爱: somebody keeps in touch with a child or pupil whose parents work away.
    LeftBehind,
}
worded!(CareKind, "care" { Pairing => "pairing", LeftBehind => "left_behind" });
