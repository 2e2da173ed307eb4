//! 帮村里找回钥匙: a village that forgot its passphrase and lost its paper code brings a request; two persons answer it, and
//! the code goes by phone or on paper. A page of an office's 上报备份.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use crate::desk::hand_up::{EscrowAnswer, EscrowAnswered, HandUpWish};
use crate::domain::message::Message;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};

/// The page.
#[derive(Default)]
pub struct EscrowPage {
    is_open: bool,
    request: PathField,
    by: [String; 2],
    folder: PathField,
    /// The answer just made, until its code was written down.
    answered: Option<Box<EscrowAnswered>>,
    is_noted: bool,
}

impl EscrowPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// A request was answered: its code is shown, and the form is for the next.
    pub fn answered(&mut self, answered: Box<EscrowAnswered>) {
        *self = Self { is_open: true, answered: Some(answered), ..Self::default() };
    }

    /// Draws it; `told` as for the other pages of an office.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, told: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
        ui.horizontal_wrapped(|ui| {
            // The code is shown once: the page is not left before it was written down.
            if self.answered.is_none() && button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("escrow-title"));
        });
        told(ui, cx);
        ScrollArea::vertical().id_salt("escrow").auto_shrink(false).show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                match self.answered.take() {
                    Some(answered) => self.answered = self.code_ui(ui, cx, answered),
                    None => self.form_ui(ui, cx),
                }
            });
        });
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::soft(ui, cx.t("escrow-words"));
        if self.request.ui(ui, cx, "escrow-request-file", Wanted::File)
            && let (Some(file), None) = (self.request.path(), self.folder.path())
            && let Some(folder) = file.parent()
        {
            // The stick that brought the request takes the answer back.
            self.folder.set(folder);
        }
        let [one, other] = &mut self.by;
        field(ui, &cx.t("escrow-by-one"), one, Shown::Clear, None);
        let is_same = !one.trim().is_empty() && one.trim() == other.trim();
        let problem = is_same.then(|| cx.t("escrow-two-persons"));
        field(ui, &cx.t("escrow-by-other"), other, Shown::Clear, problem.as_deref());
        self.folder.ui(ui, cx, "escrow-folder", Wanted::Folder);
        let both = self.by.iter().all(|name| !name.trim().is_empty()) && !is_same;
        let first = cx.t("ui-fill-in-first");
        let (request, folder) = (self.request.path(), self.folder.path());
        let ready = if both && request.is_some() && folder.is_some() { Ok(()) } else { Err(first.as_str()) };
        if main_button_if(ui, ready, Icon::KeyRound, &cx.t("escrow-answer"))
            && let (Some(request), Some(folder)) = (request, folder)
        {
            let (name, by) = (cx.t("escrow-answer-name"), self.by.clone());
            cx.push(Action::HandUp(HandUpWish::AnswerEscrow(Box::new(EscrowAnswer { request, folder, name, by }))));
        }
        basic::hint(ui, cx.t("escrow-answer-hint"));
    }

    /// The code, until it was written down.
    fn code_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, answered: Box<EscrowAnswered>) -> Option<Box<EscrowAnswered>> {
        let words = Message::new("escrow-answered").text("path", answered.path.display().to_string());
        ui.add(Label::new(cx.say(&words)).wrap());
        let code = RichText::new(answered.code.to_string()).text_style(theme::strong_style());
        ui.add(Label::new(code).wrap().selectable(true));
        basic::heed(ui, &cx.t("escrow-code-once"));
        ui.checkbox(&mut self.is_noted, cx.t("escrow-code-noted"));
        let why = cx.t("escrow-code-first");
        let ready = if self.is_noted { Ok(()) } else { Err(why.as_str()) };
        let is_done = main_button_if(ui, ready, Icon::Check, &cx.t("escrow-code-done"));
        if is_done {
            self.is_noted = false;
        }
        (!is_done).then_some(answered)
    }
}
