//! All campaigns (stands in until the page of its own is there).

use eframe::egui::Ui;

use crate::ledger::campaigns::CampaignSummary;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::button;

/// The page.
#[derive(Default)]
pub struct OverviewPage {
    read: Cached<i64, Vec<CampaignSummary>>,
}

impl OverviewPage {
    /// Draws it; the uid of the campaign to open.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<String> {
        let today = cx.today;
        let read = self.read.get(cx.desk, cx.revision, move |view| view.campaigns(today)).cloned()?;
        let mut opened = None;
        for row in read.iter() {
            if button(ui, Icon::CalendarDays, &row.edit.name).clicked() {
                opened = Some(row.uid.clone());
            }
        }
        opened
    }
}
