//! What programmes are called, by their ids, in the order in which they are shown everywhere. Read where the rows are read.

use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::words::Words;

/// The names.
pub struct ProgrammeNames(Vec<(String, String)>);

impl ProgrammeNames {
    /// Reads them.
    pub fn read(view: &View, words: &Words) -> Result<Self> {
        let programmes = view.in_force()?;
        Ok(Self(programmes.iter().map(|of| (of.id.clone(), words.pick(&of.names).to_owned())).collect()))
    }

    /// What this one is called; its id where this program does not know it.
    pub fn called<'n>(&'n self, id: &'n str) -> &'n str {
        self.0.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name)
    }

    /// Where it stands among the others; one that this program does not know comes last.
    pub fn place(&self, id: &str) -> usize {
        self.0.iter().position(|(known, _)| known == id).unwrap_or(usize::MAX)
    }
}
