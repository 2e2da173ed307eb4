//! The search for pairs, running beside everything else: begun anew when the ledger has moved on, stopped by a button.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::desk::Answer;
use crate::domain::message::{Message, Say as _};
use crate::ledger::duplicates::{Found, MOST_PAIRS};
use crate::ledger::error::ErrorKind;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic;

/// One search after another; what the last one found stays until the next has ended.
#[derive(Default)]
pub(super) struct Scan {
    running: Option<(i64, Answer<Found>)>,
    found: Option<(i64, Arc<Found>)>,
    /// The revision for which it was stopped or failed: not begun again by itself.
    stopped: Option<i64>,
    failure: Option<Message>,
}

impl Scan {
    /// Begins a search where the ledger has moved on since the last.
    pub(super) fn follow(&mut self, cx: &Cx<'_>) {
        let is_known = self.found.as_ref().is_some_and(|(revision, _)| *revision == cx.revision)
            || self.running.as_ref().is_some_and(|(revision, _)| *revision == cx.revision)
            || self.stopped == Some(cx.revision);
        if !is_known {
            self.failure = None;
            // An older one is stopped by being dropped.
            let answer = cx.desk.ask_watched(|view, progress| view.duplicates(MOST_PAIRS, progress));
            self.running = Some((cx.revision, answer));
        }
    }

    /// It was asked for by hand: what was stopped begins again.
    pub(super) fn wish(&mut self) {
        self.stopped = None;
    }

    /// The ledger is put away: a search under way holds its key, and begins anew when it is next drawn.
    pub(super) fn let_go(&mut self) {
        self.running = None;
    }

    /// Whether one is under way.
    pub(super) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The revision that was looked through.
    pub(super) fn revision(&self) -> Option<i64> {
        self.found.as_ref().map(|(revision, _)| *revision)
    }

    /// What was found last.
    pub(super) fn arrive(&mut self) -> Option<Arc<Found>> {
        if let Some(result) = self.running.as_ref().and_then(|(_, answer)| answer.take())
            && let Some((revision, _)) = self.running.take()
        {
            match result {
                Ok(found) => self.found = Some((revision, Arc::new(found))),
                Err(error) => {
                    self.stopped = Some(revision);
                    self.failure = (error.kind != ErrorKind::Cancelled).then(|| error.message());
                }
            }
        }
        self.found.as_ref().map(|(_, found)| found.clone())
    }

    /// How far it is, with a button that stops it; or what became of it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if let Some(failure) = &self.failure {
            basic::wrong(ui, &cx.say(failure));
        }
        if let Some((revision, answer)) = &self.running {
            let (done, total) = answer.progress();
            let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0);
            if basic::progress_line(ui, cx, &cx.t("duplicates-looking"), (percent, 100)) {
                self.stopped = Some(*revision);
                self.running = None;
            }
        } else if self.stopped == Some(cx.revision)
            && basic::button(ui, Icon::ScanSearch, &cx.t("duplicates-look-again")).clicked()
        {
            self.stopped = None;
        }
    }
}
