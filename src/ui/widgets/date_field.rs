//! The day something happened, typed the way people write days: `20261120`, `11.20`, `2026-11-20`, 昨天.

use chrono::NaiveDate;
use eframe::egui::{self, TextEdit, Ui};

use crate::domain::typed_day::{NoDay, read_day};
use crate::ui::cx::Cx;
use crate::ui::theme;

/// The typed text; empty means today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateField {
    text: String,
}

impl DateField {
    /// A field with a day in it.
    pub fn of(day: NaiveDate) -> Self {
        Self { text: day.to_string() }
    }

    /// The day; today where nothing is typed.
    pub fn day(&self, today: NaiveDate) -> Result<NaiveDate, NoDay> {
        read_day(&self.text, today)
    }

    /// Whether another day than today stands in the field.
    pub fn is_other(&self, today: NaiveDate) -> bool {
        self.day(today) != Ok(today)
    }

    /// Back to today.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Draws it on one line, with the day it was understood as.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(cx.t("ui-date-happened"));
            let edit = TextEdit::singleline(&mut self.text)
                .id_salt("date")
                .hint_text(cx.t("ui-date-today"))
                .desired_width(110.0)
                .margin(egui::Margin::symmetric(8, 6));
            ui.add(edit).labelled_by(name.id).on_hover_text(cx.t("ui-date-hint"));
            match self.day(cx.today) {
                Err(NoDay) => {
                    ui.colored_label(theme::of(ui).wrong, cx.t("ui-date-unclear"));
                }
                Ok(day) if day > cx.today => {
                    ui.colored_label(theme::of(ui).wrong, cx.t("ui-date-ahead"));
                }
                Ok(day) if day != cx.today => {
                    ui.colored_label(theme::of(ui).ask, cx.words.date(day));
                }
                Ok(_) => {}
            }
        });
    }
}
