//! 在外联系: who works away, how to reach them as was agreed, what they asked for. Every number opens its names; none of it
//! is printed or leaves.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Button, RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::outreach::{AwayRow, Which};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::tabs::lists::away_card::AwayCard;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::child;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, short_date};
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, table};

/// The page.
#[derive(Default)]
pub struct AwayPage {
    which: Which,
    rows: Cached<(i64, NaiveDate), Vec<AwayRow>>,
    selection: Selection,
    card: AwayCard,
}

fn key_of(which: Which) -> &'static str {
    match which {
        Which::Away => "away-all",
        Which::Agreed => "away-agreed",
        Which::Reached => "away-reached",
        Which::Asked => "away-asked",
        Which::Answered => "away-answered",
    }
}

impl AwayPage {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rows = self.rows.get(cx.desk, (cx.revision, cx.today), |view| view.outreach()).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(all) = rows else { return };
        if all.is_empty() {
            return empty(ui, Icon::Luggage, &cx.t("away-nobody"), &cx.t("away-nobody-hint"), |_| ());
        }
        let is_open = self.selection.uid().is_some() && ui.available_width() < theme::NARROW;
        if !is_open {
            self.numbers_ui(ui, cx, &all);
        }
        let shown: Vec<&AwayRow> = all.iter().filter(|row| self.which.holds(row, cx.today)).collect();
        let uid_at = |index: usize| shown.get(index).map(|row| row.uid.as_str());
        self.selection.settle(shown.len(), uid_at);
        self.selection.keys(ui, cx, shown.len(), uid_at);
        let chosen = shown.iter().find(|row| self.selection.uid() == Some(row.uid.as_str()));
        if let Some(row) = chosen {
            let room = card_beside(ui, "away-card", theme::NARROW, |ui| {
                if self.card.ui(ui, cx, row) {
                    self.selection.clear();
                }
            });
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, &shown);
    }

    /// Every number opens its names.
    fn numbers_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, all: &Arc<Vec<AwayRow>>) {
        ui.horizontal_wrapped(|ui| {
            for which in Which::ALL {
                let count = all.iter().filter(|row| which.holds(row, cx.today)).count();
                let words = format!("{} {count}", cx.t(key_of(which)));
                if ui.add(Button::selectable(self.which == which, words).frame_when_inactive(true)).clicked() {
                    self.which = which;
                    self.selection.clear();
                }
            }
        });
        if !theme::is_low(ui) {
            basic::hint(ui, cx.t("away-hint"));
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &[&AwayRow]) {
        if shown.is_empty() {
            return empty(ui, Icon::Luggage, &cx.t("away-nobody-here"), "", |_| ());
        }
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "away", columns: &columns, rows: shown.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = shown[line.index()];
                    line.set_selected(chosen == Some(row.uid.as_str()));
                    cell(line, RichText::new(format!("  {}", row.name)));
                    cell(line, group_words(cx, &row.group));
                    cell(line, row.kept.place.as_str());
                    if columns.len() > 4 {
                        cell(line, row.kept.back_by.map_or_else(String::new, |day| short_date(cx, day)));
                    }
                    if columns.len() > 5 {
                        cell(
                            line,
                            if row.kept.contact.is_empty() {
                                child::in_list(cx, row.born, &row.phone)
                            } else {
                                row.kept.contact.clone()
                            },
                        );
                    }
                    cell(line, last_words(cx, row));
                })
            })
            .inner;
        if let Some((index, row)) = clicked.and_then(|index| Some((index, shown.get(index)?))) {
            self.selection.set(index, &row.uid);
        }
    }
}

/// When they were called last, and whether they were reached.
pub(super) fn last_words(cx: &Cx<'_>, row: &AwayRow) -> String {
    row.tries.first().map_or_else(
        || cx.t("away-never"),
        |(on, reached)| {
            cx.say(&Message::new("away-tried").text("on", short_date(cx, *on)).text("reached", cx.of(reached)))
        },
    )
}

/// Columns that fit the width.
fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![
        col("field-name", Width::Points(124.0)),
        col("field-group", Width::Points(90.0)),
        col("column-place", Width::Points(130.0)),
    ];
    if width > 560.0 {
        columns.push(col("column-back-by", Width::Points(130.0)));
    }
    if width > 760.0 {
        columns.push(col("field-phone", Width::Points(160.0)));
    }
    columns.push(col("away-last", Width::Rest));
    columns
}
