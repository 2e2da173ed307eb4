//! The evening's quick entry: a code and a sign from the round's paper; who and what stands below before Enter.

use chrono::NaiveDate;
use eframe::egui::{Key, RichText, Ui};

use crate::domain::entry::{Entry, EntryAct, NoEntry};
use crate::domain::message::Message;
use crate::domain::row_code::RowCode;
use crate::ledger::command::Command;
use crate::ledger::rounds::RowOfRound;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::focus::take_focus;
use crate::ui::widgets::person::group_words;

/// What is typed, and what it stands for.
#[derive(Default)]
pub(super) struct QuickEntry {
    line: String,
    on: DateField,
    row: Cached<(i64, RowCode), RowOfRound>,
    /// The field takes the keys once it is open, and again after each line.
    wants_focus: bool,
}

impl QuickEntry {
    /// Opens it.
    pub(super) fn open(&mut self) {
        self.line.clear();
        self.wants_focus = true;
    }

    /// Draws it; true where it is to be closed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut close = false;
        theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let entry = Entry::parse(&self.line, cx.today);
            let problem = entry.as_ref().err().filter(|problem| is_worth_saying(**problem, &self.line));
            let problem = problem.map(|problem| cx.t(problem.key()));
            let response = field(ui, &cx.t("entry-line"), &mut self.line, Shown::Clear, problem.as_deref());
            take_focus(&response, &mut self.wants_focus);
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.horizontal_wrapped(|ui| {
                self.on.ui(ui, cx);
                close = button(ui, Icon::X, &cx.t("entry-close")).clicked();
            });
            match entry {
                Ok(entry) => self.row_ui(ui, cx, entry, entered),
                Err(_) => {
                    basic::hint(ui, cx.t("entry-hint"));
                    self.wants_focus |= entered;
                }
            }
        });
        close
    }

    fn row_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, entry: Entry, entered: bool) {
        let code = entry.code;
        let row = self.row.get(cx.desk, (cx.revision, code), move |view| view.row_of_round(code)).cloned();
        if let Some(message) = self.row.failure() {
            self.wants_focus |= entered;
            return basic::wrong(ui, &cx.say(message));
        }
        let Some(row) = row.filter(|_| !self.row.is_waiting()) else { return };
        let words = Message::new("entry-stands")
            .text("name", row.name.clone())
            .text("group", group_words(cx, &row.group))
            .text("programme", cx.words.pick(&row.programme.names))
            .text("act", act_words(cx, entry.act));
        ui.label(RichText::new(cx.say(&words)).strong());
        let on = self.on.day(cx.today).ok().filter(|on| *on <= cx.today);
        let Some(on) = on else { return };
        if button(ui, Icon::Check, &cx.t("entry-write")).clicked() || entered {
            self.write(cx, &row, entry, on);
        }
    }

    fn write(&mut self, cx: &mut Cx<'_>, row: &RowOfRound, entry: Entry, on: NaiveDate) {
        let (resident, programme) = (row.uid.clone(), row.programme.id.clone());
        let Entry { act, note, .. } = entry;
        cx.push(Action::Run(Command::Enter { resident, programme, act, note, on }));
        self.line.clear();
        self.wants_focus = true;
    }
}

/// While somebody is still typing, nothing is wrong yet.
fn is_worth_saying(problem: NoEntry, line: &str) -> bool {
    match problem {
        NoEntry::Empty => false,
        NoEntry::Code => line.split_whitespace().next().is_some_and(|word| word.chars().count() >= 5),
        NoEntry::Act => line.split_whitespace().count() > 1,
        NoEntry::Day => true,
    }
}

fn act_words(cx: &Cx<'_>, act: EntryAct) -> String {
    match act {
        EntryAct::Said(outcome) => cx.of(&outcome),
        EntryAct::Came => cx.t("state-been"),
        EntryAct::PutOff(day) => cx.say(&Message::new("round-put-off").date("on", day)),
    }
}
