//! After somebody has left: the slip to take along, or, after a death, what the family may be helped to end. Nothing of it
//! is ever a task of the worklist.

use chrono::NaiveDate;
use eframe::egui::{Label, Ui};

use crate::domain::message::Message;
use crate::domain::resident::Standing;
use crate::ledger::departure::Departure;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// The part.
#[derive(Default)]
pub struct DepartedPart {
    departure: Cached<(i64, NaiveDate, String), Departure>,
}

impl DepartedPart {
    /// Draws the part of somebody who is no longer here.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, standing: Standing) {
        match standing {
            Standing::Present => {}
            Standing::MovedOut => {
                basic::hint(ui, cx.t("departed-slip-hint"));
                if button(ui, Icon::Printer, &cx.t("paper-kind-move-slip")).clicked() {
                    cx.push(Action::Paper(PaperWish::MoveSlip(uid.to_owned())));
                }
            }
            Standing::Deceased => self.payments_ui(ui, cx, uid),
        }
    }

    /// What may still be paid, and how it is ended, said to those who mourn.
    fn payments_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str) {
        let (asked, today) = (uid.to_owned(), cx.today);
        let key = (cx.revision, today, uid.to_owned());
        let departure = self.departure.get(cx.desk, key, move |view| view.departure(&asked, today)).cloned();
        let Some(departure) = departure.filter(|departure| departure.row.uid == uid) else { return };
        let ending = departure.to_end();
        if ending.is_empty() {
            return;
        }
        let names: Vec<&str> = ending.iter().map(|programme| cx.words.pick(&programme.names)).collect();
        theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            basic::head(ui, cx.t("departed-payments"));
            ui.add(Label::new(cx.words.list(&names)).wrap());
            let name = departure.row.name.clone();
            ui.add(Label::new(cx.say(&Message::new("departed-payments-hint").text("name", name))).wrap());
        });
    }
}
