//! 体检安排: who comes when. All campaigns, or one that is open; each page stands in a file of its own.

mod board;
mod calendar;
mod card;
mod door;
mod open;
mod overview;
mod plan;
mod report;

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::search::Letters;
use open::{CampaignPage, Wish};
use overview::OverviewPage;

/// The tab.
#[derive(Default)]
pub struct CampaignsTab {
    overview: OverviewPage,
    open: Option<Box<CampaignPage>>,
}

impl CampaignsTab {
    /// Which letters mean something here.
    pub fn letters(&self) -> Letters {
        self.open.as_ref().map_or(Letters::Free, |open| open.letters())
    }

    /// Opens a campaign.
    pub fn show(&mut self, uid: String) {
        self.open = Some(Box::new(CampaignPage::new(uid)));
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(open) = &mut self.open else {
            if let Some(uid) = self.overview.ui(ui, cx) {
                self.open = Some(Box::new(CampaignPage::new(uid)));
            }
            return;
        };
        match open.ui(ui, cx) {
            Some(Wish::Back) => self.open = None,
            Some(Wish::Edit(_)) | None => {}
        }
    }
}
