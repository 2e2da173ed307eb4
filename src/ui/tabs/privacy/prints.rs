//! 打印: the impact assessment, the yearly self-check, the rules for children's data and the card for an emergency, each
//! through the preview. An office has the last.

use chrono::Datelike as _;
use eframe::egui::{ScrollArea, Ui};

use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ledger::privacy::report::PrivacyPaper;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// The years back for which a self-check can be printed.
const YEARS: i32 = 3;

/// The page.
#[derive(Default)]
pub struct PrintsPage;

impl PrintsPage {
    /// Draws it.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, level: Level) {
        ScrollArea::vertical().id_salt("prints").auto_shrink(false).show(ui, |ui| {
            card(ui, cx, ("emergency-title", "prints-emergency"), |ui, cx| {
                print(ui, cx, &Message::new("prints-emergency-print"), PrivacyPaper::EmergencyCard);
            });
            if level != Level::Village {
                return;
            }
            card(ui, cx, ("assessment-title", "prints-assessment"), |ui, cx| {
                print(ui, cx, &Message::new("prints-assessment-print"), PrivacyPaper::Assessment);
            });
            card(ui, cx, ("prints-year-title", "prints-year"), |ui, cx| {
                let this = cx.today.year();
                for year in (this - YEARS + 1..=this).rev() {
                    let words = Message::new("prints-year-print").text("year", year.to_string());
                    print(ui, cx, &words, PrivacyPaper::YearCheck(year));
                }
            });
            card(ui, cx, ("child-rules-title", "prints-child-rules"), |ui, cx| {
                print(ui, cx, &Message::new("prints-child-rules-print"), PrivacyPaper::ChildRules);
            });
        });
    }
}

fn card(ui: &mut Ui, cx: &mut Cx<'_>, (title, words): (&str, &str), buttons: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        basic::head(ui, cx.t(title));
        basic::soft(ui, cx.t(words));
        ui.horizontal_wrapped(|ui| buttons(ui, cx));
    });
}

fn print(ui: &mut Ui, cx: &mut Cx<'_>, words: &Message, paper: PrivacyPaper) {
    if button(ui, Icon::Printer, &cx.say(words)).clicked() {
        cx.push(Action::Paper(PaperWish::Privacy(paper)));
    }
}
