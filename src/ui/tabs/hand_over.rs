//! 交接: the whole ledger sealed for a new laptop or a successor. What happens is said before; then a packet on a stick, and
//! a check list for both. A page of 上报备份.

use std::path::PathBuf;

use eframe::egui::{ScrollArea, Ui};

use crate::desk::{Answer, Desk, whole};
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::hand_over::HandedOver;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::read_only::ReadOnly;
use crate::ui::widgets::told::Told;

/// What will happen, in its order.
const STEPS: [(Icon, &str); 3] = [
    (Icon::Package, "hand-over-page-packet"),
    (Icon::Printer, "hand-over-page-list"),
    (Icon::Lock, "hand-over-page-read-only"),
];

/// The page.
#[derive(Default)]
pub struct HandOverPage {
    is_open: bool,
    folder: PathField,
    work: Option<Answer<HandedOver>>,
    /// The packet that was just written.
    written: Option<HandedOver>,
    told: Told,
}

impl HandOverPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether the packet is being written.
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Begins the packet, unless one is being written.
    pub fn begin(&mut self, desk: &Desk, folder: PathBuf, stamp: Stamp) {
        if self.work.is_none() {
            self.told.clear();
            self.work = Some(whole::hand_over(desk, folder, stamp));
        }
    }

    /// Takes what arrived; the folder of the packet, once it is written.
    pub fn arrive(&mut self, cx: &Cx<'_>) -> Option<PathBuf> {
        let result = self.work.as_ref().and_then(Answer::take)?;
        self.work = None;
        match result {
            Ok(handed) => {
                let folder = handed.path.parent().map(PathBuf::from);
                self.written = Some(handed);
                folder.or_else(|| self.folder.path())
            }
            Err(error) => {
                self.told.tell(cx.revision, Err(cx.of(&error)));
                None
            }
        }
    }

    /// It was taken back.
    pub fn forget(&mut self) {
        self.written = None;
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("hand-over-page-title"));
        });
        self.told.ui(ui, cx);
        if let Some(answer) = &self.work {
            if basic::progress(ui, cx, &cx.t("hand-over-page-working"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        let is_handed_over = matches!(cx.read_only, Some(ReadOnly::HandedOver(_)));
        ScrollArea::vertical().id_salt("hand-over").auto_shrink(false).show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_max_width(theme::FORM_WIDTH);
                ui.set_min_width(ui.available_width());
                match is_handed_over || self.written.is_some() {
                    true => self.after_ui(ui, cx),
                    false => self.before_ui(ui, cx),
                }
            });
        });
    }

    /// What happens, before it does.
    fn before_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("hand-over-page-what"));
        for (glyph, words) in STEPS {
            basic::point(ui, glyph, cx.t(words));
        }
        ui.add_space(theme::GAP);
        self.folder.ui(ui, cx, "hand-over-page-folder", Wanted::Folder);
        let (folder, first) = (self.folder.path(), cx.t("ui-fill-in-first"));
        let ready = if folder.is_some() { Ok(()) } else { Err(first.as_str()) };
        if main_button_if(ui, ready, Icon::Package, &cx.t("hand-over-page-write"))
            && let Some(folder) = folder
        {
            cx.push(Action::HandOver(folder));
        }
    }

    /// What was written, and what both do now.
    fn after_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match &self.written {
            Some(handed) => {
                let overview = &handed.overview;
                let words = Message::new("hand-over-page-written")
                    .text("path", handed.path.display().to_string())
                    .number("residents", overview.residents)
                    .number("households", overview.households)
                    .number("revision", overview.revision);
                basic::point(ui, Icon::CircleCheck, cx.say(&words));
            }
            None => basic::point(ui, Icon::CircleCheck, cx.t("hand-over-page-before")),
        }
        basic::point(ui, Icon::Printer, cx.t("hand-over-page-print-hint"));
        if main_button(ui, Icon::Printer, &cx.t("hand-over-page-print")).clicked() {
            cx.push(Action::Paper(PaperWish::HandOver));
        }
        basic::point(ui, Icon::Undo2, cx.t("hand-over-page-back"));
    }
}
