//! 住户: who lives here, household by household; search; one person with all that is known.

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::ui::cx::Cx;

/// The tab.
#[derive(Default)]
pub struct ResidentsTab {
    open: Option<String>,
    import: Option<Option<PathBuf>>,
}

impl ResidentsTab {
    /// Opens a person.
    pub fn open(&mut self, uid: String) {
        self.open = Some(uid);
    }

    /// Begins an import.
    pub fn import(&mut self, file: Option<PathBuf>) {
        self.import = Some(file);
    }

    /// Draws the tab.
    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}
