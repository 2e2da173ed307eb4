//! Importing a roster: choose the file, look at it bucket by bucket, decide what is unsure, and only then write.

mod decide;
mod mapping;
mod review;

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::desk::rosters::{self, Looked, ToMendWish};
use crate::desk::{Answer, Desk};
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::Stamp;
use crate::ledger::error::ErrorKind;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, sized};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};
use review::Review;

/// What became of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stays.
    Stay,
    /// It is to be closed; nothing was written by it.
    Close,
    /// The roster is to be looked at again.
    LookAgain,
}

/// The page.
#[derive(Default)]
pub struct ImportPage {
    path: PathField,
    file: PathBuf,
    looking: Option<Answer<Looked>>,
    remembering: Option<Answer<()>>,
    review: Option<Box<Review>>,
    failure: Option<Message>,
    /// A file that was dropped or named before: looked at with the next frame.
    waiting: Option<PathBuf>,
}

impl ImportPage {
    /// The page, with a file to be looked at if one is known.
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { waiting: file, ..Self::default() }
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        let is_writing = self.review.as_ref().is_some_and(|review| review.is_busy());
        is_writing || self.looking.is_some() || self.remembering.is_some() || self.waiting.is_some()
    }

    /// Begins to write the rows to be mended.
    pub fn save_rejected(&mut self, desk: &Desk, wish: ToMendWish, stamp: Stamp) {
        if let Some(review) = &mut self.review {
            review.save(desk, wish, stamp);
        }
    }

    fn look(&mut self, desk: &Desk, file: PathBuf, today: chrono::NaiveDate) {
        self.path.set(&file);
        self.failure = None;
        self.review = None;
        self.looking = Some(rosters::look(desk, file.clone(), today));
        self.file = file;
    }

    /// Draws the page; true where it is to be closed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        if let Some(file) = self.waiting.take() {
            self.look(cx.desk, file, cx.today);
        }
        self.arrive(cx);
        if let Some(looking) = &self.looking {
            ui.add_space(theme::MARGIN);
            if basic::progress(ui, cx, &cx.t("ui-import-looking"), looking.progress()) {
                self.looking = None;
            }
            return false;
        }
        let Some(review) = &mut self.review else { return self.choose_ui(ui, cx) };
        match review.ui(ui, cx, &self.file) {
            Step::Stay => false,
            Step::Close => true,
            Step::LookAgain => {
                let mappings = review.mappings();
                self.remembering = Some(rosters::remember(cx.desk, mappings));
                false
            }
        }
    }

    fn arrive(&mut self, cx: &Cx<'_>) {
        if self.remembering.as_ref().and_then(Answer::take).is_some() {
            self.remembering = None;
            self.look(cx.desk, self.file.clone(), cx.today);
        }
        let Some(result) = self.looking.as_ref().and_then(Answer::take) else { return };
        self.looking = None;
        match result {
            Ok(looked) => self.review = Some(Box::new(Review::new(looked, cx.revision))),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => self.failure = Some(error.message()),
        }
    }

    fn choose_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut close = false;
        ui.add_space(theme::MARGIN);
        ui.vertical_centered(|ui| {
            ui.set_max_width(theme::FORM_WIDTH);
            ui.label(sized(Icon::FileSpreadsheet, 52.0).color(theme::of(ui).accent));
            basic::head(ui, cx.t("ui-import-title"));
            basic::soft(ui, cx.t("ui-import-hint"));
        });
        let left = ((ui.available_width() - theme::FORM_WIDTH) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_max_width(theme::FORM_WIDTH);
                if let Some(failure) = &self.failure {
                    basic::wrong(ui, &cx.say(failure));
                }
                let settled = self.path.ui(ui, cx, "ui-import-file", Wanted::Spreadsheet);
                ui.horizontal_wrapped(|ui| {
                    let why = cx.t("ui-fill-in-first");
                    let ready = if self.path.path().is_some() { Ok(()) } else { Err(why.as_str()) };
                    let pressed = main_button_if(ui, ready, Icon::Search, &cx.t("ui-import-look"));
                    if pressed || settled {
                        self.waiting = self.path.path();
                        ui.ctx().request_repaint();
                    }
                    close = button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked();
                });
                basic::hint(ui, cx.t("ui-import-nothing-yet"));
            });
        });
        close
    }
}
