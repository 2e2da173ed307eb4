//! 体检安排: who comes when. All campaigns with their forms and the calendar they are laid out by, or one that is open; each
//! page stands in a file of its own.

mod board;
mod calendar;
mod calendar_settings;
mod card;
mod days;
mod door;
pub(in crate::ui) mod form;
mod open;
mod overview;
mod papers;
mod pattern;
mod plan;
mod report;
pub(in crate::ui) mod session_form;
mod session_text;
mod sessions;
mod strangers;

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::forms::Forms;
use crate::ui::search::Letters;
use crate::ui::tabs::Tab;
use open::CampaignPage;
use overview::OverviewPage;

/// The tab.
pub struct CampaignsTab {
    forms: Forms,
    overview: OverviewPage,
    open: Option<Box<CampaignPage>>,
}

impl Default for CampaignsTab {
    fn default() -> Self {
        Self { forms: Forms::of(Tab::Campaigns), overview: OverviewPage::default(), open: None }
    }
}

impl CampaignsTab {
    /// The forms.
    pub fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }

    /// Opens a campaign.
    pub fn show(&mut self, uid: String) {
        self.open = Some(Box::new(CampaignPage::new(uid)));
    }

    /// Which letters mean something here.
    pub fn letters(&self) -> Letters {
        if self.forms.is_open() {
            return Letters::Taken;
        }
        self.open.as_ref().map_or(Letters::Free, |open| open.letters())
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.forms.is_open() {
            return self.forms.ui(ui, cx);
        }
        self.forms.strip_ui(ui, cx);
        match &mut self.open {
            Some(open) => {
                if open.ui(ui, cx) {
                    self.open = None;
                }
            }
            None => {
                if let Some(uid) = self.overview.ui(ui, cx) {
                    self.show(uid);
                }
            }
        }
    }
}
