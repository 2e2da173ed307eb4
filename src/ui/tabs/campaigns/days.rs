//! Days as buttons, month by month: those that are taken, those that are not, and why.

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Button, RichText, Role, Ui, WidgetInfo};

use crate::domain::message::Message;
use crate::domain::schedule::Skip;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::basic;

/// A day that a pattern comes to, or would come to.
pub(super) struct ShownDay {
    /// The day.
    pub on: NaiveDate,
    /// Why it would be left out.
    pub skip: Option<Skip>,
    /// Whether it is taken.
    pub is_taken: bool,
}

/// Draws them; the day that was clicked.
pub(super) fn days_ui(ui: &mut Ui, cx: &Cx<'_>, days: &[ShownDay]) -> Option<NaiveDate> {
    let mut clicked = None;
    for month in days.chunk_by(|one, next| (one.on.year(), one.on.month()) == (next.on.year(), next.on.month())) {
        let Some(first) = month.first() else { continue };
        let head = Message::new("campaign-form-month");
        let head = head.text("year", first.on.year().to_string()).number("month", first.on.month());
        basic::hint(ui, cx.say(&head));
        ui.horizontal_wrapped(|ui| {
            for day in month {
                if day_ui(ui, cx, day) {
                    clicked = Some(day.on);
                }
            }
        });
    }
    clicked
}

fn day_ui(ui: &mut Ui, cx: &Cx<'_>, day: &ShownDay) -> bool {
    let about = Message::new("campaign-form-day").number("day", day.on.day()).text("weekday", weekday(cx, day.on));
    let about = cx.say(&about);
    let words = match &day.skip {
        Some(skip) => format!("{about} {}", skip_words(cx, skip)),
        None => about,
    };
    let text = RichText::new(&words);
    let text = if day.is_taken { text } else { text.strikethrough().color(theme::of(ui).ink_soft) };
    let response = ui.add(Button::selectable(day.is_taken, text).frame_when_inactive(true));
    let name = day_words(cx, day.on);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, day.is_taken, &name));
    response.clicked()
}

/// 2026年12月1日 周二
pub(super) fn day_words(cx: &Cx<'_>, on: NaiveDate) -> String {
    format!("{} {}", cx.words.date(on), weekday(cx, on))
}

/// 周二
pub(super) fn weekday(cx: &Cx<'_>, on: NaiveDate) -> String {
    cx.t(&format!("weekday-{}", on.weekday().number_from_monday()))
}

/// Why a day is left out.
pub(super) fn skip_words(cx: &Cx<'_>, skip: &Skip) -> String {
    match skip {
        Skip::Market => cx.t("skip-market"),
        Skip::Holiday(name) if name.is_empty() => cx.t("skip-holiday"),
        Skip::Holiday(name) => cx.say(&Message::new("skip-holiday-named").text("name", name.clone())),
    }
}
