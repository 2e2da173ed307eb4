//! 同意: how many agreed to what, as numbers; who has not been asked stands in 服务名单, and each person's own page holds
//! what they said.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use crate::domain::consent::Purpose;
use crate::domain::message::Message;
use crate::ledger::consents::Asked;
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::lists;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// The page.
#[derive(Default)]
pub struct AgreedPage {
    asked: Cached<i64, Vec<(Purpose, Asked)>>,
}

fn read(view: &View) -> Result<Vec<(Purpose, Asked)>> {
    Purpose::ALL.iter().map(|purpose| Ok((*purpose, view.asked(*purpose)?.all))).collect()
}

impl AgreedPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rows = self.asked.get(cx.desk, cx.revision, read).cloned();
        if let Some(message) = self.asked.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        ScrollArea::vertical().id_salt("agreed").auto_shrink(false).show(ui, |ui| {
            basic::soft(ui, cx.t("agreed-words"));
            if button(ui, Icon::ListChecks, &cx.t("lists-page-asked")).clicked() {
                cx.push(Action::ShowLists(lists::Page::Asked));
            }
            for (purpose, asked) in rows.iter() {
                ui.push_id(purpose.as_str(), |ui| purpose_ui(ui, cx, *purpose, asked));
            }
        });
    }
}

fn purpose_ui(ui: &mut Ui, cx: &mut Cx<'_>, purpose: Purpose, asked: &Asked) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let name = cx.of(&purpose);
        ui.add(Label::new(RichText::new(&name).strong()).wrap());
        let line = Message::new("agreed-line").number("given", asked.given).number("withdrawn", asked.withdrawn);
        ui.add(Label::new(cx.say(&line.number("open", asked.not_asked))).wrap());
        let words = cx.say(&Message::new("agreed-print").text("purpose", name));
        if button(ui, Icon::Printer, &words).clicked() {
            cx.push(Action::Paper(PaperWish::ConsentNotice(purpose)));
        }
    });
}
