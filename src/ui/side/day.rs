//! 今天做过的: one day's steps, the latest first, each taken back from here; the days before and after.

use chrono::NaiveDate;
use eframe::egui::{Key, TextEdit, Ui};

use super::Around;
use crate::domain::typed_day::read_day;
use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow, DaysAround};
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::history::{When, line_ui};

/// Lines read at once.
const PAGE: u32 = 100;

/// A day as it was read.
struct Day {
    on: NaiveDate,
    changes: Vec<ChangeRow>,
    around: DaysAround,
}

impl Day {
    fn read(view: &View, on: NaiveDate, limit: u32) -> Result<Self> {
        let filter = ChangeFilter { on: Some(on), limit, ..ChangeFilter::default() };
        Ok(Self { on, changes: view.history(&filter)?, around: view.days_around(on)? })
    }
}

/// The panel.
#[derive(Default)]
pub(in crate::ui) struct DayHistory {
    /// The day shown; none means today, whichever day that is by now.
    on: Option<NaiveDate>,
    typed: String,
    pages: u32,
    day: Cached<(i64, NaiveDate, u32), Day>,
}

impl DayHistory {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, around: &Around<'_>) {
        let on = self.on.unwrap_or(cx.today);
        let limit = self.pages.max(1) * PAGE;
        let key = (cx.revision, on, limit);
        let day = self.day.get(cx.desk, key, move |view| Day::read(view, on, limit)).cloned();
        if let Some(message) = self.day.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(day) = day else { return };
        self.days_ui(ui, cx, &day);
        if day.changes.is_empty() {
            basic::soft(ui, cx.t("day-nothing"));
        }
        for change in &day.changes {
            line_ui(ui, cx, around.programmes, change, &day.changes, When::Time);
        }
        if day.changes.len() >= limit as usize && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
            self.pages = self.pages.max(1) + 1;
        }
    }

    /// Which day it is, and the way to others.
    fn days_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, day: &Day) {
        basic::head(ui, cx.words.date(day.on));
        ui.horizontal_wrapped(|ui| {
            for (glyph, words, other) in [
                (Icon::ChevronLeft, "day-before", day.around.before),
                (Icon::ChevronRight, "day-after", day.around.after),
            ] {
                let response = ui.add_enabled_ui(other.is_some(), |ui| button(ui, glyph, &cx.t(words))).inner;
                if let Some(other) = other.filter(|_| response.clicked()) {
                    self.show(other, cx.today);
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(cx.t("day-which"));
            let edit = TextEdit::singleline(&mut self.typed)
                .hint_text(cx.t("ui-date-today"))
                .desired_width(130.0)
                .margin(eframe::egui::Margin::symmetric(8, 6));
            let response = ui.add(edit).labelled_by(name.id).on_hover_text(cx.t("ui-date-hint"));
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            match read_day(&self.typed, cx.today) {
                Ok(other) if other <= cx.today => {
                    if button(ui, Icon::Search, &cx.t("day-look")).clicked() || entered {
                        self.show(other, cx.today);
                    }
                }
                Ok(_) => {
                    ui.colored_label(theme::of(ui).wrong, cx.t("ui-date-ahead"));
                }
                Err(_) => {
                    ui.colored_label(theme::of(ui).wrong, cx.t("ui-date-unclear"));
                }
            }
        });
        ui.separator();
    }

    fn show(&mut self, day: NaiveDate, today: NaiveDate) {
        self.on = (day != today).then_some(day);
        self.pages = 1;
    }
}
