//! Asks once more before something is deleted for good, and says in plain words what cannot be had back.

use eframe::egui::{Label, RichText, Ui};

use crate::desk::privacy::PurgeWish;
use crate::domain::message::Message;
use crate::ledger::privacy::purge::OldBackups;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{button, main_button};

/// The question; none is asked at first.
#[derive(Default)]
pub struct ForGood {
    wish: Option<PurgeWish>,
    /// Whether older backups go, too.
    with_backups: bool,
    /// It has just been asked and may lie below what is in sight.
    is_new: bool,
}

impl ForGood {
    /// Asks.
    pub fn ask(&mut self, wish: PurgeWish) {
        *self = Self { wish: Some(wish), with_backups: false, is_new: true };
    }

    /// Asks no more.
    pub fn close(&mut self) {
        self.wish = None;
    }

    /// What is asked about.
    pub fn wish(&self) -> Option<&PurgeWish> {
        self.wish.as_ref()
    }

    /// Draws the question, beginning with what is to be deleted; nothing where none is asked.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, what: &Message) {
        let Some(wish) = self.wish.clone() else { return };
        let note = theme::note(theme::of(ui).wrong_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(RichText::new(cx.say(what)).strong()).wrap());
            for key in ["for-good-no-undo", "for-good-backup", "for-good-copies"] {
                ui.horizontal_top(|ui| {
                    ui.label(icon(Icon::Dot));
                    ui.add(Label::new(cx.t(key)).wrap());
                });
            }
            ui.checkbox(&mut self.with_backups, cx.t("for-good-old-backups"));
            ui.horizontal_wrapped(|ui| {
                if main_button(ui, Icon::Trash2, &cx.t("for-good-yes")).clicked() {
                    let old = if self.with_backups { OldBackups::Remove } else { OldBackups::Keep };
                    cx.push(Action::Purge(wish, old));
                    self.wish = None;
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    self.wish = None;
                }
            });
        });
        if std::mem::take(&mut self.is_new) {
            note.response.scroll_to_me(None);
        }
    }
}
