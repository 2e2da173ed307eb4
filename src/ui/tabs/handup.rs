//! 上报备份: copies, backups, the history with its way back; handing up comes later.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::KeptRow;
use crate::ui::cx::Cx;

/// The tab.
#[derive(Default)]
pub struct HandUpTab {
    kept: Vec<KeptRow>,
}

impl HandUpTab {
    /// Rows that taking back left as they are.
    pub fn kept(&mut self, kept: Vec<KeptRow>) {
        self.kept = kept;
    }

    /// When the last backup was proved, in a few words.
    pub fn backup_message(&self) -> Message {
        Message::new("ui-backup-none")
    }

    /// Draws the tab.
    pub fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>, _programmes: &[Arc<Programme>]) {}
}
