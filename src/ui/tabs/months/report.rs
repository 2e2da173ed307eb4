//! The report of one month or year: its numbers by programme, whether they come to their totals, what was found after
//! closing, the paper's picture; and the way to close it, to print it and to whoever stands behind a number.

use chrono::NaiveDate;
use eframe::egui::{Grid, Label, RichText, ScrollArea, Ui};

use crate::domain::area_code::Level;
use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::ledger::material::PaperWish;
use crate::paper::month::{MEASURES, short};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::months::behind::BehindCard;
use crate::ui::tabs::months::sight::{Key, Later, Line, Report, State};
use crate::ui::theme;
use crate::ui::widgets::bars::{bars_height, bars_ui};
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::beside::Room;
use crate::ui::widgets::told::Told;
use crate::words::{Language, Words};

/// The width of a programme's name, in points.
const NAME: f32 = 200.0;

/// What the user did in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Nothing that concerns the list.
    Nothing,
    /// Back to the list.
    Leave,
}

/// The pane.
pub struct ReportPane {
    level: Level,
    of: String,
    report: Cached<(i64, NaiveDate, Language), Report>,
    /// The number whose people or villages are shown.
    chosen: Option<Key>,
    behind: BehindCard,
    /// Closing was pressed once: it is pressed twice.
    is_asking: bool,
}

impl ReportPane {
    /// The report of a month or year.
    pub fn new(level: Level, of: String) -> Self {
        let (report, behind) = (Cached::default(), BehindCard::default());
        Self { level, of, report, chosen: None, behind, is_asking: false }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, told: &mut Told, is_closing: bool) -> Did {
        let (today, language, of) = (cx.today, cx.words.language(), self.of.clone());
        let key = (cx.revision, today, language);
        let report = self.report.get(cx.desk, key, move |view| Report::read(view, &of, today, &Words::new(language)));
        let report = report.cloned();
        if let Some((report, chosen)) = report.as_ref().zip(self.chosen.clone())
            && let Some(behind) = report.behind.get(&chosen)
        {
            let name = report.lines.iter().find(|line| line.id == chosen.0).map_or("", |line| line.name.as_str());
            let room = self.behind.ui(ui, cx, (name, chosen.1), behind);
            if self.behind.is_closed() {
                self.chosen = None;
            }
            if room == Room::Taken {
                return Did::Nothing;
            }
        }
        let mut did = Did::Nothing;
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("months-back")).clicked() {
                did = Did::Leave;
            }
            let key = if self.of.len() == 4 { "month-paper-year" } else { "month-paper-title" };
            basic::head(ui, cx.say(&Message::new(key).text("of", self.of.clone())));
            if button(ui, Icon::Printer, &cx.t("months-print")).clicked() {
                cx.push(Action::Paper(PaperWish::Month(self.of.clone())));
            }
        });
        told.ui(ui, cx);
        if let Some(message) = self.report.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(report) = report else { return did };
        ScrollArea::vertical().id_salt("month-report").auto_shrink(false).show(ui, |ui| {
            self.state_ui(ui, cx, &report, is_closing);
            if report.lines.is_empty() {
                basic::soft(ui, cx.t("months-nothing"));
                return;
            }
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.numbers_ui(ui, cx, &report);
                sums_ui(ui, cx, &report, self.level);
            });
            later_ui(ui, cx, &report.later);
            // Where nobody was checked or paid there is nothing to draw.
            if report.bars.rows.iter().any(|(_, one, other)| one + other > 0) {
                theme::card(ui).show(ui, |ui| {
                    let words = cx.t("months-picture");
                    basic::head(ui, words.clone());
                    bars_ui(ui, &report.bars, (NAME, bars_height(&report.bars)), &words);
                });
            }
        });
        did
    }

    /// How it stands, and the way to close it.
    fn state_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, report: &Report, is_closing: bool) {
        basic::soft(ui, &report.about);
        match report.state {
            State::Sent { villages, of } => {
                basic::soft(ui, cx.say(&Message::new("months-state-sent").number("count", villages).number("of", of)));
            }
            State::Running => {
                basic::hint(ui, cx.t("months-running-hint"));
            }
            State::Open if is_closing => {
                basic::soft(ui, cx.t("months-closing"));
            }
            State::Open if self.is_asking => self.sure_ui(ui, cx),
            State::Open => {
                if main_button(ui, Icon::Lock, &cx.t("months-close")).clicked() {
                    self.is_asking = true;
                }
            }
            State::Year | State::Closed(_) => {}
        }
    }

    /// What closing means, and whether it is meant.
    fn sure_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let words = cx.say(&Message::new("months-close-means").text("month", self.of.clone()));
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(words).wrap());
            ui.horizontal_wrapped(|ui| {
                if main_button(ui, Icon::Lock, &cx.t("months-close-yes")).clicked() {
                    self.is_asking = false;
                    cx.push(Action::CloseMonth(self.of.clone()));
                }
                if button(ui, Icon::X, &cx.t("months-close-no")).clicked() {
                    self.is_asking = false;
                }
            });
        });
    }

    fn numbers_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, report: &Report) {
        let has_told = report.lines.iter().any(|line| !line.told.is_empty());
        let columns = MEASURES.len() + 1 + usize::from(has_told);
        ScrollArea::horizontal().id_salt("month-numbers").show(ui, |ui| {
            Grid::new("month-numbers").num_columns(columns).striped(true).spacing([18.0, 6.0]).show(ui, |ui| {
                let head = |ui: &mut Ui, words: String| {
                    ui.label(RichText::new(words).small().color(theme::of(ui).ink_soft));
                };
                head(ui, cx.t("paper-column-programme"));
                if has_told {
                    head(ui, cx.t("villages-column-told"));
                }
                for measure in MEASURES {
                    head(ui, cx.say(&short(measure)));
                }
                ui.end_row();
                for line in &report.lines {
                    self.line_ui(ui, cx, report, line, has_told);
                    ui.end_row();
                }
            });
        });
        if report.lines.iter().any(|line| !line.is_told_of) {
            basic::hint(ui, cx.t("months-untold"));
        }
        basic::hint(ui, cx.t(if self.level == Level::Village { "months-click" } else { "months-click-office" }));
    }

    fn line_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, report: &Report, line: &Line, has_told: bool) {
        ui.scope(|ui| {
            ui.set_width(NAME);
            let ink = if line.is_told_of { theme::of(ui).ink } else { theme::of(ui).ink_soft };
            ui.add(Label::new(RichText::new(&line.name).color(ink)).wrap());
        });
        if has_told {
            self.number_ui(ui, cx, report, line, (Measure::Eligible, &line.told));
        }
        for (measure, number) in &line.cells {
            self.number_ui(ui, cx, report, line, (*measure, number));
        }
    }

    /// A number; where somebody stands behind it, it leads to them.
    fn number_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        report: &Report,
        line: &Line,
        (measure, number): (Measure, &str),
    ) {
        // The people behind money are those who were paid.
        let behind =
            if measure.is_money() && self.level == Level::Village { Measure::MonthPaidPersons } else { measure };
        let key = (line.id.clone(), behind);
        if number.is_empty() || number == "0" || !report.behind.contains_key(&key) {
            ui.label(RichText::new(number).color(theme::of(ui).ink_soft));
            return;
        }
        let what = cx.labelled(&measure_words(cx, measure), number);
        let response = basic::link(ui, number);
        let name = format!("{} {what}", line.name);
        response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name));
        if response.clicked() {
            self.chosen = Some(key);
        }
    }
}

/// What a column counts.
pub fn measure_words(cx: &Cx<'_>, measure: Measure) -> String {
    if measure == Measure::Eligible { cx.t("villages-column-told") } else { cx.of(&measure) }
}

/// Whether the parts come to their totals.
fn sums_ui(ui: &mut Ui, cx: &Cx<'_>, report: &Report, level: Level) {
    if !report.adds_up {
        return basic::wrong(ui, &cx.t("months-adds-not"));
    }
    let words = cx.t(if level == Level::Village { "months-adds-up" } else { "months-adds-up-office" });
    ui.horizontal_top(|ui| {
        ui.label(icon(Icon::CircleCheck).color(theme::of(ui).accent));
        basic::hint(ui, words);
    });
}

/// What was found after closing, with its days.
fn later_ui(ui: &mut Ui, cx: &Cx<'_>, later: &[Later]) {
    if later.is_empty() {
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        basic::head(ui, cx.t("months-later"));
        for one in later {
            let of = format!("{} {}", one.village, one.programme);
            let key = if one.on.is_some() { "months-later-line" } else { "months-waiting-line" };
            let message = Message::new(key)
                .text("of", of.trim())
                .text("what", cx.of(&one.measure))
                .text("difference", one.difference.clone());
            let message = match one.on {
                Some(on) => message.date("on", on),
                None => message,
            };
            ui.add(Label::new(cx.say(&message)).wrap());
        }
    });
}
