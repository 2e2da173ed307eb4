//! 人口图: the people who live here by age and sex, drawn, with the same numbers in a table beside it. Numbers only.

use chrono::NaiveDate;
use eframe::egui::{self, Align2, FontId, Panel, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::domain::message::Message;
use crate::domain::pyramid::{BANDS, Counted, Pyramid, label};
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// A band is at least so high, in points, that its label can be read.
const LEAST: f32 = 19.0;
/// Room for the ages between the two sides.
const MIDDLE: f32 = 64.0;
/// Room for the number beside the longest bar.
const NUMBER: f32 = 44.0;

/// The page.
#[derive(Default)]
pub struct PyramidPage {
    is_open: bool,
    counted: Cached<(i64, NaiveDate), Pyramid>,
}

impl PyramidPage {
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
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("duplicates-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("pyramid-title"));
            if button(ui, Icon::Printer, &cx.t("pyramid-print")).clicked() {
                cx.push(Action::Paper(PaperWish::Pyramid));
            }
            basic::soft(ui, cx.t("pyramid-hint"));
        });
        let today = cx.today;
        let counted = self.counted.get(cx.desk, (cx.revision, today), move |view| view.pyramid(today)).cloned();
        if let Some(message) = self.counted.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(pyramid) = counted else { return };
        if ui.available_width() >= theme::NARROW {
            Panel::right("pyramid-table")
                .exact_size(460.0)
                .frame(egui::Frame::new().inner_margin(egui::Margin { left: 12, ..egui::Margin::ZERO }))
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| table_ui(ui, cx, &pyramid));
            return chart_card(ui, cx, &pyramid, 0.0);
        }
        // In a small window one stands above the other.
        ScrollArea::vertical().id_salt("pyramid").auto_shrink(false).show(ui, |ui| {
            chart_card(ui, cx, &pyramid, LEAST * (BANDS + 2) as f32);
            ui.allocate_ui(vec2(ui.available_width(), 360.0), |ui| table_ui(ui, cx, &pyramid));
        });
    }
}

fn chart_card(ui: &mut Ui, cx: &Cx<'_>, pyramid: &Pyramid, least: f32) {
    theme::card(ui).show(ui, |ui| {
        ScrollArea::vertical().id_salt("pyramid-chart").auto_shrink(false).show(ui, |ui| {
            let height = (LEAST * (BANDS + 1) as f32).max(least).max(ui.available_height() - 4.0);
            chart_ui(ui, cx, pyramid, height);
        });
    });
}

fn chart_ui(ui: &mut Ui, cx: &Cx<'_>, pyramid: &Pyramid, height: f32) {
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let total = pyramid.total();
    let words = Message::new("pyramid-chart").number("male", total.male).number("female", total.female);
    let words = cx.say(&words);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &words));
    let palette = theme::of(ui);
    let (painter, font) = (ui.painter(), FontId::proportional(theme::SMALL));
    let step = area.height() / (BANDS + 1) as f32;
    let side = ((area.width() - MIDDLE) / 2.0 - NUMBER).max(1.0);
    let unit = side / pyramid.widest().max(1) as f32;
    let (middle, left, right) = (area.center().x, area.center().x - MIDDLE / 2.0, area.center().x + MIDDLE / 2.0);
    let head = area.top() + step / 2.0;
    painter.text(pos2(left - 4.0, head), Align2::RIGHT_CENTER, cx.t("sex-male"), font.clone(), palette.ink);
    painter.text(pos2(right + 4.0, head), Align2::LEFT_CENTER, cx.t("sex-female"), font.clone(), palette.ink);
    for (band, counted) in pyramid.bands.iter().enumerate() {
        // The youngest stand at the bottom.
        let y = area.bottom() - (band as f32 + 0.5) * step;
        let bar = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, y - step * 0.42..=y + step * 0.42);
        let (male, female) = (counted.male as f32 * unit, counted.female as f32 * unit);
        painter.rect_filled(bar(left - male, left), 2.0, palette.accent_deep);
        painter.rect_filled(bar(right, right + female), 2.0, palette.accent);
        painter.text(pos2(middle, y), Align2::CENTER_CENTER, label(band), font.clone(), palette.ink);
        let number = |at, align, count: u64| {
            if count > 0 {
                painter.text(at, align, count.to_string(), font.clone(), palette.ink_soft);
            }
        };
        number(pos2(left - male - 4.0, y), Align2::RIGHT_CENTER, counted.male);
        number(pos2(right + female + 4.0, y), Align2::LEFT_CENTER, counted.female);
    }
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, pyramid: &Pyramid) {
    let col = |key: &str, width| Col { title: cx.t(key), width: Width::Points(width) };
    let mut columns = vec![
        col("pyramid-ages", 90.0),
        col("sex-male", 62.0),
        col("sex-female", 62.0),
        col("pyramid-unknown-sex", 86.0),
        col("pyramid-all", 62.0),
    ];
    if let Some(last) = columns.last_mut() {
        last.width = Width::Rest;
    }
    let line = |at: usize| -> (String, Counted) {
        match at {
            0 => (cx.t("pyramid-all"), pyramid.total()),
            1 => (cx.t("pyramid-aside"), pyramid.aside),
            // As in the drawing, the oldest first.
            at => {
                let band = (BANDS + 1).saturating_sub(at);
                (label(band), pyramid.bands.get(band).copied().unwrap_or_default())
            }
        }
    };
    let sheet = Sheet { id: "pyramid", columns: &columns, rows: BANDS + 2, scroll_to: None };
    theme::card(ui).inner_margin(4.0).show(ui, |ui| {
        table(ui, &sheet, |row| {
            let (ages, counted) = line(row.index());
            cell(row, ages);
            for count in [counted.male, counted.female, counted.unknown, counted.all()] {
                cell(row, count.to_string());
            }
        })
    });
}
