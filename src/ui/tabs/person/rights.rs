//! What a person can ask for: that all of it is deleted for good; and, where a rule keeps the record, that nothing more is
//! done with it until a day.

use chrono::NaiveDate;
use eframe::egui::{Label, Ui};

use crate::desk::privacy::PurgeWish;
use crate::domain::message::Message;
use crate::domain::typed_day::read_full;
use crate::ledger::command::Command;
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ledger::privacy::kept::HeldRow;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::for_good::ForGood;

/// The part.
#[derive(Default)]
pub struct RightsPart {
    sure: ForGood,
    hold: Option<HoldForm>,
}

/// A rule that is typed.
struct HoldForm {
    of: String,
    until: String,
    basis: String,
    /// It has just been opened and may lie below what is in sight.
    is_new: bool,
}

impl RightsPart {
    /// Draws the part for one person, whom a rule may keep.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, (uid, name): (&str, &str), held: Option<&HeldRow>) {
        if self.sure.wish().is_some_and(|wish| *wish != PurgeWish::Person(uid.to_owned())) {
            self.sure.close();
        }
        if self.hold.as_ref().is_some_and(|form| form.of != uid) {
            self.hold = None;
        }
        basic::head(ui, cx.t("rights-head"));
        if let Some(held) = held {
            let line = Message::new("rights-held").date("until", held.until).text("basis", held.basis.clone());
            basic::heed(ui, &cx.say(&line));
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::Trash2, &cx.t("rights-delete")).clicked() {
                self.hold = None;
                self.sure.ask(PurgeWish::Person(uid.to_owned()));
            }
            let words = if held.is_some() { "rights-hold-change" } else { "rights-hold" };
            if button(ui, Icon::Archive, &cx.t(words)).clicked() {
                self.sure.close();
                let basis = held.map_or_else(String::new, |held| held.basis.clone());
                let until = held.map_or_else(String::new, |held| held.until.to_string());
                self.hold = Some(HoldForm { of: uid.to_owned(), until, basis, is_new: true });
            }
            if held.is_some() && button(ui, Icon::Undo2, &cx.t("rights-release")).clicked() {
                cx.push(Action::Run(Command::Privacy(PrivacyCommand::Release { resident: uid.to_owned() })));
            }
        });
        self.hold_ui(ui, cx);
        self.sure.ui(ui, cx, &Message::new("rights-sure").text("name", name));
        ui.add_space(theme::GAP);
    }

    fn hold_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(form) = &mut self.hold else { return };
        let mut close = false;
        let note = theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(cx.t("rights-hold-words")).wrap());
            let until = form.until(cx.today);
            let ahead = cx.t("error-hold-until");
            let problem = (until.is_none() && !form.until.is_empty()).then_some(ahead.as_str());
            field(ui, &cx.t("rights-until"), &mut form.until, Shown::Clear, problem);
            field(ui, &cx.t("rights-basis"), &mut form.basis, Shown::Clear, None);
            let basis = cx.t("error-hold-basis");
            let ready = match until {
                None => Err(ahead.as_str()),
                Some(_) if form.basis.trim().is_empty() => Err(basis.as_str()),
                Some(_) => Ok(()),
            };
            ui.horizontal_wrapped(|ui| {
                if main_button_if(ui, ready, Icon::Check, &cx.t("rights-hold-yes"))
                    && let Some(until) = until
                {
                    let (resident, basis) = (form.of.clone(), form.basis.trim().to_owned());
                    cx.push(Action::Run(Command::Privacy(PrivacyCommand::Hold { resident, until, basis })));
                    close = true;
                }
                close |= button(ui, Icon::X, &cx.t("ui-no")).clicked();
            });
        });
        if std::mem::take(&mut form.is_new) {
            note.response.scroll_to_me(None);
        }
        if close {
            self.hold = None;
        }
    }
}

impl HoldForm {
    /// The last day, where it lies ahead.
    fn until(&self, today: NaiveDate) -> Option<NaiveDate> {
        read_full(&self.until).filter(|until| *until > today)
    }
}
