//! What is kept of the forms that are not finished, and what is still on its way into the ledger. It is read once and
//! known here from then on, so that no form ever opens without what was typed into it before. Draws nothing.

use std::time::Duration;

use eframe::egui::Ui;

use crate::desk::{Answer, Desk};
use crate::domain::message::Say as _;
use crate::ledger::command::Stamp;
use crate::ledger::drafts::Draft;
use crate::ledger::error::ErrorKind;
use crate::ledger::view::View;

/// What could not be written is tried again after so many seconds.
const AGAIN_AFTER: f64 = 3.0;
/// After so many seconds it is said that something is not written yet.
const LATE_AFTER: f64 = 1.5;

/// Which form, and whom it is about.
pub(super) type Key = (String, String);

/// Whether the ledger has what is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It has, or will in a moment.
    Yes,
    /// It still waits: something long is being written, or it failed and is tried again.
    Late,
}

enum State {
    /// To be sent once it is this late, and nothing for the same form is on its way.
    Waits(f64),
    Sent(Answer<()>),
    Through,
}

/// A draft on its way; no value lets go of it.
struct Write {
    key: Key,
    value: Option<String>,
    stamp: Stamp,
    state: State,
    since: Option<f64>,
}

impl Write {
    fn waits(&self) -> bool {
        matches!(self.state, State::Waits(_))
    }
}

/// The drafts of the open ledger.
#[derive(Default)]
pub(super) struct Keeper {
    asked: Option<Answer<Vec<Draft>>>,
    known: Option<Vec<Draft>>,
    writes: Vec<Write>,
    /// The time of the last frame.
    now: f64,
}

impl Keeper {
    /// What arrived, and what is to be sent again; called in every frame.
    pub(super) fn follow(&mut self, ui: &Ui, desk: &Desk) {
        self.now = ui.input(|input| input.time);
        self.ask(desk);
        self.arrive();
        self.send(desk);
        if !self.writes.is_empty() {
            ui.ctx().request_repaint_after(Duration::from_secs(1));
        }
    }

    /// Reads the drafts where they are not known yet.
    pub(super) fn ask(&mut self, desk: &Desk) {
        if self.known.is_some() {
            return;
        }
        let asked = self.asked.get_or_insert_with(|| desk.ask(View::drafts));
        let Some(result) = asked.take() else { return };
        self.asked = None;
        self.known = match result {
            Ok(drafts) => Some(drafts),
            // Put away while it was asked: it is asked again.
            Err(error) if error.kind == ErrorKind::Cancelled || error.message().key == "error-desk-no-ledger" => None,
            Err(error) => {
                tracing::warn!(%error, "the drafts were not read");
                Some(Vec::new())
            }
        };
    }

    /// The drafts, the latest first; none while they are being read.
    pub(super) fn known(&self) -> Option<&[Draft]> {
        self.known.as_deref()
    }

    /// The draft of a form.
    pub(super) fn find(&self, key: &Key) -> Option<&Draft> {
        self.known()?.iter().find(|draft| draft.form == key.0 && draft.about == key.1)
    }

    /// Whether the ledger has what was last kept of a form.
    pub(super) fn written(&self, key: &Key) -> Written {
        let late = |since: f64| self.now - since > LATE_AFTER;
        let is_late = |write: &Write| write.key == *key && write.since.is_some_and(late);
        if self.writes.iter().any(is_late) { Written::Late } else { Written::Yes }
    }

    /// Keeps what is typed, or lets go of it.
    pub(super) fn put(&mut self, desk: &Desk, stamp: &Stamp, key: Key, value: Option<String>) {
        self.remember(&key, value.as_deref(), stamp);
        let since = self.writes.iter().find(|write| write.key == key).and_then(|write| write.since);
        self.hold(&key);
        self.writes.push(Write { key, value, stamp: stamp.clone(), state: State::Waits(0.0), since });
        self.send(desk);
        self.arrive();
    }

    fn remember(&mut self, key: &Key, value: Option<&str>, stamp: &Stamp) {
        let Some(known) = &mut self.known else { return };
        known.retain(|draft| draft.form != key.0 || draft.about != key.1);
        if let Some(value) = value {
            let ((form, about), kept_at) = (key.clone(), stamp.at.to_rfc3339());
            known.insert(0, Draft { form, about, value: value.to_owned(), kept_at });
        }
    }

    /// What is not on its way yet is not sent: something newer takes its place, or the form itself is being saved.
    pub(super) fn hold(&mut self, key: &Key) {
        self.writes.retain(|write| write.key != *key || !write.waits());
    }

    /// The form was saved, and its draft went with that.
    pub(super) fn saved(&mut self, key: &Key) {
        self.writes.retain(|write| write.key != *key);
        if let Some(known) = &mut self.known {
            known.retain(|draft| draft.form != key.0 || draft.about != key.1);
        }
    }

    /// Sends everything at once: the ledger is about to be put away.
    pub(super) fn flush(&mut self, desk: &Desk) {
        for write in self.writes.iter_mut().filter(|write| write.waits()) {
            send(desk, write);
        }
        self.arrive();
    }

    fn arrive(&mut self) {
        for write in &mut self.writes {
            write.since.get_or_insert(self.now);
            let State::Sent(answer) = &write.state else { continue };
            match answer.take() {
                None => {}
                Some(Ok(())) => write.state = State::Through,
                Some(Err(error)) => {
                    tracing::warn!(%error, "a draft was not written");
                    write.state = State::Waits(self.now + AGAIN_AFTER);
                }
            }
        }
        self.writes.retain(|write| !matches!(write.state, State::Through));
        // What failed is not tried again once something newer waits.
        for at in (1..self.writes.len()).rev() {
            let key = self.writes[at].key.clone();
            let older = self.writes[..at].iter().position(|write| write.key == key && write.waits());
            if let Some(older) = older {
                self.writes.remove(older);
                return;
            }
        }
    }

    fn send(&mut self, desk: &Desk) {
        for at in 0..self.writes.len() {
            let key = &self.writes[at].key;
            // A long write before it in the queue must not pile up every state of the form behind it.
            let is_under_way = self.writes.iter().any(|write| write.key == *key && !write.waits());
            let is_due = matches!(self.writes[at].state, State::Waits(until) if until <= self.now);
            if is_due && !is_under_way {
                send(desk, &mut self.writes[at]);
            }
        }
    }
}

fn send(desk: &Desk, write: &mut Write) {
    let ((form, about), value, stamp) = (write.key.clone(), write.value.clone(), write.stamp.clone());
    write.state = State::Sent(desk.job(move |ledger, _| match value {
        Some(value) => ledger.keep_draft(&form, &about, &value, &stamp),
        None => ledger.drop_draft(&form, &about),
    }));
}
