//! 体检安排: who comes when. All campaigns, their forms and the calendar they are laid out by; each page stands in a file of
//! its own.

mod calendar_settings;
mod days;
pub(in crate::ui) mod form;
mod overview;
mod pattern;
pub(in crate::ui) mod session_form;
mod session_text;
mod sessions;

use eframe::egui::Ui;

use crate::ledger::campaigns::Campaign;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::Forms;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::tabs::Tab;
use crate::ui::widgets::basic::{self, button};

pub use overview::OverviewPage;
pub use sessions::SessionsPage;

/// The tab.
pub struct CampaignsTab {
    forms: Forms,
    overview: OverviewPage,
    /// The campaign that is open, by uid.
    open: Option<String>,
    campaign: Cached<(i64, String), Campaign>,
    sessions: SessionsPage,
}

impl Default for CampaignsTab {
    fn default() -> Self {
        let (overview, open, campaign, sessions) = Default::default();
        Self { forms: Forms::of(Tab::Campaigns), overview, open, campaign, sessions }
    }
}

impl CampaignsTab {
    /// The forms.
    pub fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }

    /// Whether a form takes the letters.
    pub fn letters(&self) -> Letters {
        if self.forms.is_open() { Letters::Taken } else { Letters::Free }
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.forms.is_open() {
            return self.forms.ui(ui, cx);
        }
        self.forms.strip_ui(ui, cx);
        let Some(uid) = self.open.clone() else {
            self.open = self.overview.ui(ui, cx);
            return;
        };
        let asked = uid.clone();
        let campaign = self.campaign.get(cx.desk, (cx.revision, uid), move |view| view.campaign(&asked)).cloned();
        let back = button(ui, Icon::ArrowLeft, &cx.t("campaign-form-all")).clicked();
        if let Some(message) = self.campaign.failure() {
            basic::wrong(ui, &cx.say(message));
        } else if let Some(campaign) = campaign {
            self.sessions.ui(ui, cx, &campaign);
        }
        if back {
            self.open = None;
        }
    }
}
