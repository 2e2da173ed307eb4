//! What concerns the whole ledger: handed over, taken back, joined with another copy.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::MainPage;
use crate::desk::Desk;
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ui::action::Sender;
use crate::ui::cx::Cx;

impl MainPage {
    /// The day on which the ledger was handed over; none where it is the one that is written.
    pub fn handed_over(&self) -> Option<NaiveDate> {
        self.bars.shown().and_then(|bars| bars.handed_over)
    }

    /// Begins the packet; what is typed into an open form goes with it.
    pub(super) fn hand_over(&mut self, desk: &Desk, folder: PathBuf, stamp: Stamp) {
        self.keep_drafts(desk, &stamp);
        self.handup.hand_over().begin(desk, folder, stamp);
    }

    /// Takes what arrived of it.
    pub(super) fn whole_arrives(&mut self, cx: &Cx<'_>) {
        if let Some(folder) = self.handup.hand_over().arrive(cx) {
            // The check list is printed beside the packet.
            self.paper_folder = Some(folder);
            self.look_again(cx.desk);
        }
        self.handup.join().arrive(cx.revision);
    }

    /// It is written here again.
    pub fn hand_over_taken_back(&mut self, desk: &Desk) {
        self.handup.hand_over().forget();
        self.look_again(desk);
    }

    /// What the other laptop did stands here, where that was what was asked for.
    pub(super) fn join_done(&mut self, sender: &Sender) {
        if *sender == Sender::Join {
            self.handup.join().joined(self.overview.revision);
        }
    }

    /// It could not be joined.
    pub(super) fn join_refused(&mut self, sender: &Sender, reason: &Message) {
        if *sender == Sender::Join {
            self.handup.join().refused(reason);
        }
    }

    fn look_again(&mut self, desk: &Desk) {
        self.device += 1;
        self.ask_bars(desk);
    }
}
