//! 给出去的: every paper and file with people on it that left, to whom and what for, the newest first.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use crate::domain::disclosure::Recipient;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::handouts::DisclosureRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// So many are read at once.
const PAGE: u32 = 500;

/// The page.
#[derive(Default)]
pub struct LeftPage {
    rows: Cached<(i64, u32), Vec<DisclosureRow>>,
    more: u32,
}

impl LeftPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let most = PAGE * (self.more + 1);
        let rows = self.rows.get(cx.desk, (cx.revision, most), move |view| view.disclosures(most)).cloned();
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
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "left", columns: &columns, rows: rows.len(), scroll_to: None };
        theme::card(ui).inner_margin(4.0).show(ui, |ui| {
            table(ui, &sheet, |line| {
                let row = &rows[line.index()];
                let programme = programmes.iter().find(|programme| programme.id == row.programme);
                let name = programme.map_or("", |programme| cx.words.pick(&programme.names));
                cell(line, cx.words.date(row.on));
                cell(line, format!("{}  {name}", cx.t(&format!("paper-kind-{}", row.paper))));
                cell(line, cx.say(&Recipient::from_text(&row.recipient).message()));
                cell(line, cx.say(&Message::new("left-rows").number("count", row.rows)));
                if columns.len() > 4 {
                    cell(line, RichText::new(&row.purpose).color(cx.palette.ink_soft));
                }
            })
        });
    }
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![
        col("ui-column-when", Width::Points(130.0)),
        col("column-paper", Width::Rest),
        col("column-to", Width::Points(150.0)),
        col("left-column-rows", Width::Points(90.0)),
    ];
    if width > 860.0 {
        columns.push(col("left-column-purpose", Width::Points(220.0)));
    }
    columns
}
