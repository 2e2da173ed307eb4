//! The files that went up, what became of each, and the way to read the township's receipt.

use eframe::egui::{Label, RichText, Ui};

use crate::desk::hand_up::HandUpWish;
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ledger::hand_up::{HandUpOverview, HandUpRow};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::month::above_word;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::path_field::{PathField, Wanted};

/// So many files are shown at first, and so many more each time.
const PAGE: usize = 6;

/// The card.
#[derive(Default)]
pub struct FilesCard {
    level: Level,
    receipt: PathField,
    pages: usize,
}

impl FilesCard {
    /// The card of a ledger of this level.
    pub fn of(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// The receipt was taken: the field is for the next.
    pub fn taken(&mut self) {
        self.receipt.clear();
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, overview: &HandUpOverview) {
        basic::head(ui, cx.t("month-files"));
        if overview.files.is_empty() {
            basic::soft(ui, cx.say(&Message::new("month-files-none").word("above", above_word(self.level))));
            return;
        }
        let shown = (self.pages + 1) * PAGE;
        for file in overview.files.iter().take(shown) {
            ui.push_id(&file.uid, |ui| file_ui(ui, cx, file));
        }
        if overview.files.len() > shown && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
            self.pages += 1;
        }
        basic::hint(ui, cx.say(&Message::new("hand-up-only-here").number("count", overview.only_here)));
        self.receipt_ui(ui, cx);
    }

    fn receipt_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let label = match self.level {
            Level::Village => "month-receipt-file",
            Level::Township | Level::County => "month-receipt-file-county",
        };
        let settled = self.receipt.ui(ui, cx, label, Wanted::HandUp("xlr"));
        let file = self.receipt.path();
        let pressed = ui
            .add_enabled_ui(file.is_some(), |ui| button(ui, Icon::MailCheck, &cx.t("month-read-receipt")))
            .inner
            .on_disabled_hover_text(cx.t("ui-fill-in-first"))
            .clicked();
        if let Some(file) = file.filter(|_| pressed || settled) {
            cx.push(Action::HandUp(HandUpWish::TakeReceipt(file)));
        }
    }
}

/// One file: its state in a word and a sign, and in a sentence.
fn file_ui(ui: &mut Ui, cx: &Cx<'_>, file: &HandUpRow) {
    let palette = theme::of(ui);
    let (glyph, ink) = match (file.accepted_on, file.refused_rows()) {
        (None, _) => (Icon::Hourglass, palette.ink_soft),
        (Some(_), 0) => (Icon::CircleCheck, palette.accent),
        (Some(_), _) => (Icon::Info, palette.ask),
    };
    ui.horizontal_top(|ui| {
        ui.label(icon(glyph).color(ink));
        ui.add(Label::new(RichText::new(cx.of(file))).wrap());
    });
}
