//! The relation to the head of the household, by GB/T 4761-2008, and the words people use for it.

/// A relation code of GB/T 4761-2008, `02` being the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation(u8);

impl Relation {
    /// The two-digit code.
    pub fn code(self) -> u8 {
        self.0
    }
}
