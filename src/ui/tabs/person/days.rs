//! The days of somebody's checks on the person's page: which campaign, when, where it stands; each leads to the campaign.

use eframe::egui::Ui;

use crate::ledger::told::OwnAppointment;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::widgets::basic;
use crate::ui::widgets::person::short_date;

/// The part.
#[derive(Default)]
pub struct DaysPart {
    read: Cached<(i64, String), Vec<OwnAppointment>>,
}

impl DaysPart {
    /// Draws it; nothing where there is none.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) {
        let (key, asked) = ((cx.revision, uid.to_owned()), uid.to_owned());
        let rows = self.read.get(cx.desk, key, move |view| view.own_appointments(&asked)).cloned();
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { return };
        basic::head(ui, cx.t("ui-tab-campaigns"));
        for row in rows.iter() {
            ui.horizontal_wrapped(|ui| {
                if basic::link(ui, &row.campaign_name).clicked() {
                    cx.push(Action::ShowCampaign(row.campaign.clone()));
                }
                let on = row.on.map(|on| short_date(cx, on)).unwrap_or_default();
                ui.label(format!("{} {on}", cx.of(&row.state)));
            });
        }
    }
}
