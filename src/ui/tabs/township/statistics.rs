//! 统计数据: counts for whoever works with statistics. What leaves is on screen row by row before it is written. A page of an
//! office's 上报备份.

use chrono::NaiveDate;
use eframe::egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

use crate::desk::hand_up::HandUpWish;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::error::Result;
use crate::ledger::statistics::leave::{ALL_COLUMNS, For};
use crate::ledger::statistics::{StatisticsRow, TOTAL};
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::programme_names::ProgrammeNames;
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};
use crate::words::{Language, Words};

/// Room for the table in points, where it stands above the form.
const TABLE: f32 = 260.0;

/// The width of the form beside the table, in points.
const FORM: f32 = 420.0;

/// What would be written, put into words.
struct Sight {
    rows: Vec<[String; 5]>,
    hidden: usize,
}

/// The page.
#[derive(Default)]
pub struct StatisticsPage {
    is_open: bool,
    sight: Cached<(i64, NaiveDate, Language), Sight>,
    folder: PathField,
    recipient: String,
    purpose: String,
}

impl StatisticsPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it, with the usual purpose.
    pub fn open(&mut self, words: &Words) {
        self.is_open = true;
        if self.purpose.is_empty() {
            self.purpose = words.text("statistics-purpose");
        }
    }

    /// Draws it. `told` is drawn below the head: what came of the last writing, and how far one under way is.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, told: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("statistics-title"));
        });
        told(ui, cx);
        let (today, language) = (cx.today, cx.words.language());
        let key = (cx.revision, today, language);
        let sight = self.sight.get(cx.desk, key, move |view| Sight::read(view, today, language)).cloned();
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(sight) = sight else { return };
        if sight.rows.is_empty() {
            return empty(ui, Icon::ChartColumn, &cx.t("statistics-teach"), &cx.t("statistics-teach-words"), |_| {});
        }
        if ui.available_width() >= theme::NARROW {
            Panel::right("statistics-form")
                .exact_size(FORM)
                .frame(Frame::new().inner_margin(Margin { left: 12, ..Margin::ZERO }))
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| {
                    let area = ScrollArea::vertical().id_salt("statistics-form").auto_shrink(false);
                    area.show(ui, |ui| self.form_ui(ui, cx));
                });
            what_ui(ui, cx, &sight);
            theme::card(ui).inner_margin(4.0).show(ui, |ui| rows_ui(ui, cx, &sight));
            return;
        }
        ScrollArea::vertical().id_salt("statistics").auto_shrink(false).show(ui, |ui| {
            what_ui(ui, cx, &sight);
            theme::card(ui).inner_margin(4.0).show(ui, |ui| {
                ui.set_height(TABLE);
                rows_ui(ui, cx, &sight);
            });
            self.form_ui(ui, cx);
        });
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.fields_ui(ui, cx);
        });
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.folder.ui(ui, cx, "statistics-folder", Wanted::Folder);
        field(ui, &cx.t("statistics-recipient"), &mut self.recipient, Shown::Clear, None);
        field(ui, &cx.t("paper-purpose"), &mut self.purpose, Shown::Clear, None);
        let folder = self.folder.path();
        let first = cx.t("ui-fill-in-first");
        let ready = match (&folder, self.purpose.trim().is_empty()) {
            (Some(_), false) => Ok(()),
            _ => Err(first.as_str()),
        };
        if main_button_if(ui, ready, Icon::Save, &cx.t("statistics-write"))
            && let Some(folder) = folder
        {
            let name = cx.say(&Message::new("statistics-folder-name").text("on", cx.today.to_string()));
            let whom = For { recipient: self.recipient.clone(), purpose: self.purpose.clone() };
            cx.push(Action::HandUp(HandUpWish::Statistics { folder, name, whom }));
        }
        basic::hint(ui, cx.t("statistics-write-hint"));
    }
}

impl Sight {
    fn read(view: &View, today: NaiveDate, language: Language) -> Result<Self> {
        let words = Words::new(language);
        let rows = view.statistics(today)?;
        let names = ProgrammeNames::read(view, &words)?;
        let mut places: Vec<(String, String)> =
            view.invited()?.into_iter().map(|member| (member.code.clone(), member.called().to_owned())).collect();
        let own = view.village()?;
        places.push((own.code, words.say(&Message::new("statistics-all-of").text("name", own.name))));
        let hidden = rows.iter().filter(|row| row.suppressed).count();
        let line = |row: &StatisticsRow| {
            let programme = if row.programme.is_empty() {
                words.text("statistics-no-programme")
            } else {
                names.called(&row.programme).to_owned()
            };
            let number =
                row.number.map(|number| if row.measure.is_money() { yuan(number) } else { number.to_string() });
            [place(row, &places), row.month.clone(), programme, words.of(&row.measure), number.unwrap_or_default()]
        };
        Ok(Self { rows: rows.iter().map(line).collect(), hidden })
    }
}

/// The name of the place of a row; its code where nobody of that code was invited.
fn place(row: &StatisticsRow, places: &[(String, String)]) -> String {
    let parts = [&row.place.village, &row.place.township, &row.place.county];
    let code = parts.into_iter().find(|part| part.as_str() != TOTAL).cloned().unwrap_or_default();
    let padded = format!("{code:0<12}");
    places.iter().find(|(known, _)| *known == padded).map_or(code, |(_, name)| name.clone())
}

/// What is written, and what is left out.
fn what_ui(ui: &mut Ui, cx: &Cx<'_>, sight: &Sight) {
    basic::soft(ui, cx.t("statistics-what"));
    let count = Message::new("statistics-count").number("rows", sight.rows.len()).number("hidden", sight.hidden);
    basic::hint(ui, cx.say(&count.text("columns", cx.words.list(&ALL_COLUMNS.map(str::to_owned)))));
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, sight: &Sight) {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let columns = [
        col("statistics-column-place", Width::Points(140.0)),
        col("column-month", Width::Points(90.0)),
        col("paper-column-programme", Width::Points(190.0)),
        col("statistics-column-measure", Width::Rest),
        col("month-column-number", Width::Points(100.0)),
    ];
    let sheet = Sheet { id: "statistics", columns: &columns, rows: sight.rows.len(), scroll_to: None };
    table(ui, &sheet, |row| {
        let [place, month, programme, measure, number] = &sight.rows[row.index()];
        for text in [place, month, programme, measure] {
            cell(row, text.as_str());
        }
        let shown = if number.is_empty() { cx.t("statistics-left-out") } else { number.clone() };
        let ink = if number.is_empty() { cx.palette.ink_soft } else { cx.palette.ink };
        cell(row, RichText::new(shown).color(ink));
    });
}
