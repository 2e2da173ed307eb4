//! What the last piece of work came to, in a sentence on the page, until something else was done to the ledger.

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::widgets::basic;

/// The sentence.
#[derive(Default)]
pub struct Told {
    said: Option<(i64, Result<String, String>)>,
}

impl Told {
    /// Says what came of something; after the ledger's revision `at` it is no longer true.
    pub fn tell(&mut self, at: i64, said: Result<String, String>) {
        self.said = Some((at, said));
    }

    /// Says nothing more.
    pub fn clear(&mut self) {
        self.said = None;
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        match &self.said {
            Some((at, _)) if cx.revision > *at => self.said = None,
            Some((_, Ok(words))) => basic::done(ui, words),
            Some((_, Err(words))) => basic::wrong(ui, words),
            None => {}
        }
    }
}
