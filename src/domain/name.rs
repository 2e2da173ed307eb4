//! Names: the normal form that is stored and compared, and the text as it was written.

use std::fmt;

/// A person's name in normal form, with the text as written. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName {
    normal: String,
    written: String,
}

impl PersonName {
    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.normal
    }

    /// The text as written.
    pub fn written(&self) -> &str {
        &self.written
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}
