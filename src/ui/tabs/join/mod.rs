//! 两台电脑合起来: another copy of this ledger that was edited too, looked at first; what it is to this one, what comes from
//! each side, and the fields that both changed. A page of 上报备份.

mod review;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{ScrollArea, Ui};

use crate::desk::{Answer, Desk, whole};
use crate::domain::message::{Message, Say as _};
use crate::domain::programme::Programme;
use crate::ledger::command::Stamp;
use crate::ledger::error::ErrorKind;
use crate::ledger::join::JoinReport;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use review::{Review, Wish};

/// The page.
#[derive(Default)]
pub struct JoinPage {
    is_open: bool,
    file: PathField,
    looking: Option<(PathBuf, Answer<JoinReport>)>,
    review: Option<Review>,
    /// Why the last look or the last joining came to nothing.
    failure: Option<Message>,
    /// The revision in which what the other laptop did stands here; after another step it is no longer said.
    joined_at: Option<i64>,
}

impl JoinPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether a copy is being looked at.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Whether the rows of the review take the letters.
    pub fn letters(&self) -> Letters {
        if self.is_open && self.review.is_some() { Letters::Taken } else { Letters::Free }
    }

    /// Looks at a copy, unless one is being looked at.
    pub fn look(&mut self, desk: &Desk, file: PathBuf, stamp: Stamp) {
        if self.looking.is_some() {
            return;
        }
        (self.failure, self.joined_at) = (None, None);
        self.looking = Some((file.clone(), whole::look_at_join(desk, file, stamp)));
    }

    /// Takes what arrived; it was compared with this revision.
    pub fn arrive(&mut self, revision: i64) {
        let Some(result) = self.looking.as_ref().and_then(|(_, answer)| answer.take()) else { return };
        let Some((file, _)) = self.looking.take() else { return };
        match result {
            Ok(report) => self.review = Some(Review::new(file, report, revision)),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => self.failure = Some(error.message()),
        }
    }

    /// It was joined by the step that led to this revision: the review is over.
    pub fn joined(&mut self, revision: i64) {
        self.review = None;
        self.file.clear();
        (self.failure, self.joined_at) = (None, Some(revision));
    }

    /// It could not be joined.
    pub fn refused(&mut self, reason: &Message) {
        self.failure = Some(reason.clone());
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        self.head_ui(ui, cx);
        if let Some((_, answer)) = &self.looking {
            if basic::progress(ui, cx, &cx.t("join-page-looking"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        let wish = match &mut self.review {
            Some(review) => review.ui(ui, cx, programmes),
            None => return self.choose_ui(ui, cx),
        };
        match wish {
            Wish::Stay => {}
            Wish::Leave => self.review = None,
            Wish::LookAgain(file) => {
                self.review = None;
                cx.push(Action::LookAtJoin(file));
            }
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                (self.is_open, self.joined_at) = (false, None);
            }
            basic::head(ui, cx.t("join-page-title"));
        });
        if let Some(failure) = &self.failure {
            basic::wrong(ui, &cx.say(failure));
        }
        if self.joined_at == Some(cx.revision) {
            basic::done(ui, &cx.t("join-page-joined"));
        }
    }

    /// What this is, and which copy.
    fn choose_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ScrollArea::vertical().id_salt("join").auto_shrink(false).show(ui, |ui| {
            empty(ui, Icon::Merge, &cx.t("join-page-teach"), &cx.t("join-page-teach-words"), |ui| {
                ui.with_layout(eframe::egui::Layout::top_down(eframe::egui::Align::Min), |ui| self.file_ui(ui, cx));
            });
            ui.add_space(theme::MARGIN);
        });
    }

    fn file_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let settled = self.file.ui(ui, cx, "join-page-file", Wanted::File);
        let (file, first) = (self.file.path(), cx.t("ui-fill-in-first"));
        let ready = if file.is_some() { Ok(()) } else { Err(first.as_str()) };
        let pressed = main_button_if(ui, ready, Icon::Search, &cx.t("join-page-look"));
        basic::hint(ui, cx.t("join-page-look-hint"));
        if let Some(file) = file.filter(|_| pressed || settled) {
            cx.push(Action::LookAtJoin(file));
        }
    }
}
