//! Writing a task down by hand: what, and by when.

use eframe::egui::{Key, Ui};

use crate::domain::entry::read_ahead;
use crate::ledger::command::{Command, NewTask};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::focus::take_focus;

/// What is typed.
#[derive(Default)]
pub(super) struct ByHand {
    what: String,
    day: String,
    wants_focus: bool,
}

impl ByHand {
    /// Opens it.
    pub(super) fn open(&mut self) {
        *self = Self { wants_focus: true, ..Self::default() };
    }

    /// Draws it; true where it is to be closed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut close = false;
        theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let what = field(ui, &cx.t("by-hand-what"), &mut self.what, Shown::Clear, None);
            take_focus(&what, &mut self.wants_focus);
            let day = read_ahead(&self.day, cx.today);
            let problem = day.is_err().then(|| cx.t("worklist-day-unclear"));
            let when = field(ui, &cx.t("by-hand-when"), &mut self.day, Shown::Clear, problem.as_deref());
            basic::hint(ui, cx.t("by-hand-hint"));
            let is_enter = ui.input(|input| input.key_pressed(Key::Enter));
            let entered = is_enter && (what.lost_focus() || when.lost_focus());
            let first = cx.t("ui-fill-in-first");
            let ready = match (self.what.trim().is_empty(), day) {
                (false, Ok(due_on)) => Ok(due_on),
                _ => Err(first.as_str()),
            };
            ui.horizontal_wrapped(|ui| {
                let pressed = main_button_if(ui, ready.map(drop), Icon::Check, &cx.t("by-hand-write"));
                if let Ok(due_on) = ready
                    && (pressed || entered)
                {
                    let new = NewTask { what: std::mem::take(&mut self.what), due_on, resident: None };
                    cx.push(Action::Run(Command::WriteTask(Box::new(new))));
                    close = true;
                }
                close |= button(ui, Icon::X, &cx.t("ui-no")).clicked();
            });
        });
        close
    }
}
