//! 给出去的: every paper and file with people on it that left, to whom and what for, the newest first.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{RichText, ScrollArea, Ui};

use crate::domain::programme::Programme;
use crate::ledger::handouts::DisclosureRow;
use crate::paper::log_line::{LogLine, parts};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;

/// So many are read at once.
const PAGE: u32 = 100;

/// The page. A sealed copy is made and written down beside the window, which then knows of no new revision: what left is read
/// anew whenever the page is opened.
#[derive(Default)]
pub struct LeftPage {
    rows: Cached<(i64, u32, u64), Vec<DisclosureRow>>,
    more: u32,
    /// The frame in which it was last drawn, and how often it was opened.
    drawn: u64,
    opened: u64,
}

impl LeftPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let frame = ui.ctx().cumulative_frame_nr();
        if frame > self.drawn + 1 {
            self.opened += 1;
        }
        self.drawn = frame;
        let most = PAGE * (self.more + 1);
        let rows =
            self.rows.get(cx.desk, (cx.revision, most, self.opened), move |view| view.disclosures(most)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        if rows.is_empty() {
            return empty(ui, Icon::FileOutput, &cx.t("paper-log-nothing"), &cx.t("left-teach"), |ui| {
                if button(ui, Icon::HardDrive, &cx.t("ui-tab-handup")).clicked() {
                    cx.push(Action::Show(Tab::HandUp));
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            basic::soft(ui, cx.t("left-words"));
            if rows.len() >= most as usize && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
                self.more += 1;
            }
        });
        theme::card(ui).show(ui, |ui| {
            ScrollArea::vertical().id_salt("left").auto_shrink(false).show(ui, |ui| {
                for row in rows.iter() {
                    ui.push_id(&row.uid, |ui| row_ui(ui, cx, &parts(cx.words, programmes, row), row.on));
                }
            });
        });
    }
}

/// One that left. Wrapped and never cut off: to whom, what for and what of each is what the law asks to be kept.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, left: &LogLine, on: NaiveDate) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&left.paper).strong());
        basic::soft(ui, cx.words.date(on));
    });
    let parts = [
        ("column-to", &left.recipient),
        ("left-column-purpose", &left.purpose),
        ("left-column-rows", &left.rows),
        ("left-column-fields", &left.fields),
    ];
    ui.horizontal_wrapped(|ui| {
        for (key, value) in parts {
            basic::soft(ui, cx.t(key));
            ui.label(value);
        }
    });
    ui.separator();
}
