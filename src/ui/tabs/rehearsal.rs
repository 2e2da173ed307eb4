//! The rehearsal of the newest backup: by itself once a week of use, or when somebody presses the button; what it came to.

use chrono::NaiveDate;
use eframe::egui::Ui;

use crate::desk::recovery::{When, rehearse};
use crate::desk::{Answer, Desk};
use crate::domain::message::{Message, Say as _};
use crate::ledger::backup::Proved;
use crate::ledger::command::Stamp;
use crate::ledger::error::ErrorKind;
use crate::ledger::rehearsal::Rehearsal;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, button};

/// What it was asked for: a day, and the backup that was the last one then.
type Asked = (NaiveDate, Option<Proved>);

/// What is known of rehearsals, and the one under way.
#[derive(Default)]
pub struct RehearsalCard {
    last: Option<Rehearsal>,
    asked: Option<Asked>,
    running: Option<Answer<Option<Rehearsal>>>,
    /// Why the last one could not be done.
    failed: Option<Message>,
}

impl RehearsalCard {
    /// The card of a ledger that was just opened.
    pub fn new(last: Option<Rehearsal>) -> Self {
        Self { last, ..Self::default() }
    }

    /// The last rehearsal.
    pub fn last(&self) -> Option<&Rehearsal> {
        self.last.as_ref()
    }

    /// Whether one is under way.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// Begins one where it is due: looked at once a day, and after each new backup.
    pub fn begin_when_due(&mut self, desk: &Desk, last: Option<&Proved>, stamp: &Stamp) {
        let asked = (stamp.today, last.cloned());
        if self.running.is_none() && self.asked.as_ref() != Some(&asked) {
            self.asked = Some(asked);
            self.running = Some(rehearse(desk, When::Due, stamp.clone()));
        }
    }

    /// Begins one now.
    pub fn begin(&mut self, desk: &Desk, stamp: Stamp) {
        if self.running.is_none() {
            self.running = Some(rehearse(desk, When::Now, stamp));
        }
    }

    /// Takes what arrived.
    pub fn arrive(&mut self) {
        let Some(result) = self.running.as_ref().and_then(Answer::take) else { return };
        self.running = None;
        self.failed = None;
        match result {
            Ok(Some(rehearsal)) => self.last = Some(rehearsal),
            Ok(None) => {}
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => self.failed = Some(error.message()),
        }
    }

    /// Draws what the last one came to, and the button for another.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match &self.last {
            Some(last) if last.held.is_some() => basic::point(ui, Icon::ShieldCheck, cx.of(last)),
            Some(last) => basic::wrong(ui, &cx.of(last)),
            None => drop(basic::hint(ui, cx.t("rehearsal-none"))),
        }
        if let Some(failed) = &self.failed {
            basic::heed(ui, &cx.say(failed));
        }
        if let Some(running) = &self.running
            && running.progress().1 > 0
        {
            if basic::progress(ui, cx, &cx.t("rehearsal-working"), running.progress()) {
                running.cancel();
            }
        } else if button(ui, Icon::RotateCcw, &cx.t("rehearsal-now")).clicked() {
            cx.push(Action::Rehearse);
        }
    }
}
