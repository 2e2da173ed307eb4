//! 名单: all programmes first, then one of them.

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::search::Letters;
use crate::ui::tabs::lists::overview::{Overview, Wish};
use crate::ui::tabs::lists::programme::{Leads, ProgrammePage};

/// The page.
#[derive(Default)]
pub struct NamesPage {
    overview: Overview,
    programme: ProgrammePage,
    is_open: bool,
}

impl NamesPage {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        if self.is_open { self.programme.letters() } else { Letters::Free }
    }

    /// Whether one programme is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Draws it; whether 补贴申请 is to be opened instead.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        if self.is_open {
            self.is_open = self.programme.ui(ui, cx) == Leads::Nowhere;
            return false;
        }
        match self.overview.ui(ui, cx) {
            Some(Wish::Programme(id)) => {
                self.programme.open(&id);
                self.is_open = true;
                false
            }
            Some(Wish::Benefits) => true,
            None => false,
        }
    }
}
