//! Files of the hand-up, wished for on a page or dropped onto the window: each goes where files of its kind are read.

use std::path::PathBuf;

use super::MainPage;
use crate::desk::Desk;
use crate::desk::hand_up::HandUpWish;
use crate::domain::area_code::Level;
use crate::ledger::command::Stamp;
use crate::ui::tabs::{Tab, month};

impl MainPage {
    /// Begins what is wished of the hand-up, where it is asked for: by the village, or by the office above it.
    pub(super) fn hand_up(&mut self, desk: &Desk, wish: HandUpWish, stamp: Stamp) {
        match self.level() {
            Level::Village => self.handup.month().begin(desk, wish, stamp),
            Level::Township | Level::County if wish.is_upward() => {
                self.show(Tab::HandUp);
                self.handup.month().open();
                self.handup.month().begin(desk, wish, stamp);
            }
            Level::Township | Level::County => self.township.begin(desk, wish, stamp),
        }
    }

    /// Files were dropped onto the window: each goes where files of its kind are read.
    pub(super) fn dropped(&mut self, desk: &Desk, files: Vec<PathBuf>, stamp: Stamp) {
        if self.level() != Level::Village {
            return self.dropped_at_office(desk, files, stamp);
        }
        match files.iter().find_map(|file| month::wish_of(file)) {
            Some(wish) => {
                self.show(Tab::HandUp);
                self.handup.month().open();
                self.handup.month().begin(desk, wish, stamp);
            }
            None => {
                self.show(Tab::Residents);
                self.residents.import(files.into_iter().next());
            }
        }
    }

    /// What the office above gave is read where it is spoken of; everything else is put on the shelf.
    fn dropped_at_office(&mut self, desk: &Desk, mut files: Vec<PathBuf>, stamp: Stamp) {
        let upward = |file: &PathBuf| month::wish_of(file).filter(HandUpWish::is_upward);
        let at = files.iter().position(|file| upward(file).is_some());
        let wish = at.map(|at| files.remove(at)).as_ref().and_then(upward);
        if !files.is_empty() {
            self.show(Tab::Shelf);
            self.township.dropped(files, desk, stamp.clone());
        }
        if let Some(wish) = wish {
            self.hand_up(desk, wish, stamp);
        }
    }
}
