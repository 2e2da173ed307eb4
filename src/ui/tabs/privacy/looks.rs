//! 查看记录: who looked at a child's data, when, whose, and why. It cannot be taken back, and is kept for three years.

use eframe::egui::Ui;

use crate::ledger::privacy::LookRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// So many are read at once.
const PAGE: u32 = 500;

/// The page. Looks stand outside the history, so that no revision tells of a new one: they are read anew whenever the
/// page is opened.
#[derive(Default)]
pub struct LooksPage {
    rows: Cached<(i64, u32, u64), Vec<LookRow>>,
    more: u32,
    /// The frame in which it was last drawn, and how often it was opened.
    drawn: u64,
    opened: u64,
}

impl LooksPage {
    /// Draws it; a row leads to the person's own page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let frame = ui.ctx().cumulative_frame_nr();
        if frame > self.drawn + 1 {
            self.opened += 1;
        }
        self.drawn = frame;
        let most = PAGE * (self.more + 1);
        let key = (cx.revision, most, self.opened);
        let rows = self.rows.get(cx.desk, key, move |view| view.looks(None, most)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        if rows.is_empty() {
            return empty(ui, Icon::Eye, &cx.t("looks-none"), &cx.t("looks-teach"), |_| ());
        }
        ui.horizontal_wrapped(|ui| {
            basic::soft(ui, cx.t("looks-words"));
            if rows.len() >= most as usize && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
                self.more += 1;
            }
        });
        let columns = columns(cx);
        let sheet = Sheet { id: "looks", columns: &columns, rows: rows.len(), scroll_to: None };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = &rows[line.index()];
                    cell(line, row.at.get(..16).unwrap_or(&row.at).replace('T', " "));
                    cell(line, row.by.as_str());
                    let name = if row.name.is_empty() { cx.t("looks-deleted") } else { row.name.clone() };
                    cell(line, name);
                    cell(line, cx.of(&row.reason));
                })
            })
            .inner;
        if let Some(row) = clicked.and_then(|index| rows.get(index)).filter(|row| !row.name.is_empty()) {
            cx.push(Action::ShowPerson(row.about.clone()));
        }
    }
}

fn columns(cx: &Cx<'_>) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    vec![
        col("ui-column-when", Width::Points(150.0)),
        col("ui-column-who", Width::Points(120.0)),
        col("looks-column-whose", Width::Points(150.0)),
        col("looks-column-why", Width::Rest),
    ]
}
