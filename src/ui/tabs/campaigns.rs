//! 体检安排: who comes when. Still to come; the page says what can be done until then.

use eframe::egui::Ui;

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::widgets::basic::{button, soft};
use crate::ui::widgets::empty::empty;

/// Draws the tab.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (title, words, now) = (cx.t("ui-campaigns-title"), cx.t("ui-campaigns-later"), cx.t("ui-campaigns-now"));
    let go = cx.t("ui-go-to-lists");
    let clicked = empty(ui, Icon::CalendarDays, &title, &words, |ui| {
        soft(ui, now);
        button(ui, Icon::ListChecks, &go).clicked()
    });
    if clicked {
        cx.push(Action::Show(Tab::Lists));
    }
}
