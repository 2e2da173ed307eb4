//! 图: the people by age and sex; of each programme who had been told by each month, and how old those are who are still to
//! be told. Drawn, with the same numbers in a table beside it. A page of 住户.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, Button, ComboBox, Panel, ScrollArea, Ui, vec2};

use crate::domain::programme::Programme;
use crate::ledger::material::ChartKind;
use crate::paper::block::{Cell, Table};
use crate::paper::chart::{self, Drawn};
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::bars::{LEAST, bars_ui};
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};
use crate::words::{Language, Words};

/// Room for the labels between the two sides.
const MIDDLE: f32 = 84.0;

/// What a picture follows from.
type Asked = (i64, NaiveDate, Language, Option<(String, ChartKind)>);

/// The page.
#[derive(Default)]
pub struct ChartsPage {
    is_open: bool,
    /// Of a programme; none for everybody.
    of: Option<(String, ChartKind)>,
    programmes: Cached<i64, Vec<Arc<Programme>>>,
    drawn: Cached<Asked, Drawn>,
}

impl ChartsPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens the page.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Closes the page.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.head_ui(ui, cx);
        let (today, language, of) = (cx.today, cx.words.language(), self.of.clone());
        let drawn = self.drawn.get(cx.desk, (cx.revision, today, language, of.clone()), move |view| {
            let words = Words::new(language);
            match of {
                None => Ok(chart::people(&view.pyramid(today)?, &words)),
                Some((programme, ChartKind::Told)) => {
                    Ok(chart::told(&view.programme_chart(&programme, today)?, &words))
                }
                Some((programme, ChartKind::Ages)) => {
                    Ok(chart::ages(&view.programme_chart(&programme, today)?, &words))
                }
            }
        });
        let drawn = drawn.cloned();
        if let Some(message) = self.drawn.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(drawn) = drawn else { return };
        basic::soft(ui, format!("{}  {}", drawn.title, drawn.about));
        if ui.available_width() >= theme::NARROW {
            Panel::right("chart-table")
                .exact_size(460.0)
                .frame(egui::Frame::new().inner_margin(egui::Margin { left: 12, ..egui::Margin::ZERO }))
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| table_ui(ui, &drawn.table));
            return chart_card(ui, &drawn, 0.0);
        }
        // In a small window one stands above the other.
        ScrollArea::vertical().id_salt("charts").auto_shrink(false).show(ui, |ui| {
            chart_card(ui, &drawn, LEAST * (drawn.bars.rows.len() + 2) as f32);
            ui.allocate_ui(vec2(ui.available_width(), 360.0), |ui| table_ui(ui, &drawn.table));
        });
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let programmes = self.programmes.get(cx.desk, cx.revision, |view| view.in_force()).cloned();
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("duplicates-back")).clicked() {
                self.is_open = false;
            }
            let people = Button::selectable(self.of.is_none(), cx.t("pyramid-title")).frame_when_inactive(true);
            if ui.add(people).clicked() {
                self.of = None;
            }
            let programmes = programmes.as_deref().map_or(&[][..], Vec::as_slice);
            let listed = || programmes.iter().filter(|programme| programme.lists_people());
            let shown = self.of.as_ref().map(|(id, _)| id.clone()).or_else(|| Some(listed().next()?.id.clone()));
            let Some(shown) = shown else { return };
            for (kind, key) in [(ChartKind::Told, "chart-told"), (ChartKind::Ages, "chart-ages")] {
                let chosen = self.of.as_ref().is_some_and(|(_, of)| *of == kind);
                if ui.add(Button::selectable(chosen, cx.t(key)).frame_when_inactive(true)).clicked() {
                    self.of = Some((shown.clone(), kind));
                }
            }
            if let Some((id, _)) = &mut self.of {
                let name = |id: &str| {
                    let found = listed().find(|programme| programme.id == id);
                    found.map_or("", |programme| cx.words.pick(&programme.names))
                };
                let label = ui.label(cx.t("ui-programme"));
                let combo = ComboBox::from_id_salt("chart-of").width(240.0).selected_text(name(id)).show_ui(ui, |ui| {
                    for programme in listed() {
                        ui.selectable_value(id, programme.id.clone(), cx.words.pick(&programme.names));
                    }
                });
                combo.response.labelled_by(label.id);
            }
            if button(ui, Icon::Printer, &cx.t("pyramid-print")).clicked() {
                cx.push(Action::Paper(match self.of.clone() {
                    None => PaperWish::Pyramid,
                    Some((programme, kind)) => PaperWish::Chart { programme, kind },
                }));
            }
        });
    }
}

fn chart_card(ui: &mut Ui, drawn: &Drawn, least: f32) {
    theme::card(ui).show(ui, |ui| {
        ScrollArea::vertical().id_salt("chart").auto_shrink(false).show(ui, |ui| {
            let lines = (drawn.bars.rows.len() + 1) as f32;
            let height = (LEAST * lines).max(least).max(ui.available_height() - 4.0);
            bars_ui(ui, &drawn.bars, (MIDDLE, height), &format!("{} {}", drawn.title, drawn.about));
        });
    });
}

fn table_ui(ui: &mut Ui, of: &Table) {
    let last = of.columns.len().saturating_sub(1);
    let width = |at: usize| if at == last { Width::Rest } else { Width::Points(if at == 0 { 110.0 } else { 82.0 }) };
    let columns: Vec<Col> = of
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| Col { title: column.head.clone(), width: width(at) })
        .collect();
    let sheet = Sheet { id: "chart", columns: &columns, rows: of.rows.len(), scroll_to: None };
    theme::card(ui).inner_margin(4.0).show(ui, |ui| {
        table(ui, &sheet, |row| {
            for one in of.rows.get(row.index()).into_iter().flatten() {
                match one {
                    Cell::Text(text) => cell(row, text.as_str()),
                    Cell::Tick => cell(row, ""),
                }
            }
        })
    });
}
