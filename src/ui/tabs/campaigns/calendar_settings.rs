//! 放假和逢集: the days on which nothing is planned. The yearly table is looked at before it is taken; of market days the
//! next ones are shown, so that a mistake is seen.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Align, Button, Label, ScrollArea, Ui};

use crate::desk::Answer;
use crate::domain::message::{Message, Say as _};
use crate::domain::schedule::{Calendar, DayOff, Holiday, MarketCalendar, MarketDays};
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::command::Command;
use crate::ledger::holidays::{HolidayTable, read_table};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::campaigns::days::{day_words, weekday};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button, main_button_if};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::person::short_date;

/// Market days that are shown ahead.
const AHEAD: usize = 6;

/// The calendars in the order of their buttons.
const CALENDARS: [MarketCalendar; 3] = [MarketCalendar::Lunar, MarketCalendar::Month, MarketCalendar::Week];

/// Market days as typed.
struct MarketText {
    calendar: MarketCalendar,
    days: String,
}

/// The page.
#[derive(Default)]
pub(super) struct CalendarPage {
    calendar: Cached<i64, Calendar>,
    file: PathField,
    reading: Option<Answer<HolidayTable>>,
    /// What was read, until it is taken: with the revision before it was sent.
    found: Option<(HolidayTable, Option<i64>)>,
    /// What was just read is to be brought into sight.
    reveal: bool,
    failed: Option<Message>,
    market: Option<MarketText>,
}

impl CalendarPage {
    /// Draws it; true where it is to be closed.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        self.arrive(cx);
        let mut back = pressed_on_page(ui, cx, Shortcut::Close);
        ui.horizontal_wrapped(|ui| {
            back |= button(ui, Icon::ArrowLeft, &cx.t("campaign-form-all")).clicked();
            basic::head(ui, cx.t("campaign-form-calendar"));
        });
        let calendar = self.calendar.get(cx.desk, cx.revision, |view| view.calendar()).cloned();
        if let Some(message) = self.calendar.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(calendar) = calendar else { return back };
        ScrollArea::vertical().id_salt("calendar").auto_shrink(false).show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.holidays_ui(ui, cx, &calendar);
            });
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                self.market_ui(ui, cx, &calendar);
            });
        });
        back
    }

    /// Takes what the desk has answered.
    fn arrive(&mut self, cx: &Cx<'_>) {
        if let Some(result) = self.reading.as_ref().and_then(Answer::take) {
            self.reading = None;
            match result {
                Ok(table) => (self.found, self.reveal) = (Some((table, None)), true),
                Err(error) => self.failed = Some(error.message()),
            }
        }
        if self.found.as_ref().is_some_and(|(_, sent)| sent.is_some_and(|before| before < cx.revision)) {
            self.found = None;
        }
    }

    fn holidays_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, calendar: &Calendar) {
        basic::head(ui, cx.t("campaign-form-holidays"));
        basic::soft(ui, cx.t("campaign-form-holidays-hint"));
        if calendar.holidays.is_empty() {
            basic::heed(ui, &cx.t("campaign-form-holidays-none"));
        }
        for (year, days) in by_year(&calendar.holidays) {
            basic::fold(ui, &year_words(cx, year, &days)).id_salt(("year", year)).show(ui, |ui| runs_ui(ui, cx, &days));
        }
        ui.add_space(theme::GAP);
        let settled = self.file.ui(ui, cx, "campaign-form-holidays-file", Wanted::Spreadsheet);
        let pressed = button(ui, Icon::Search, &cx.t("campaign-form-holidays-look")).clicked();
        if (settled || pressed)
            && self.reading.is_none()
            && let Some(path) = self.file.path()
        {
            (self.failed, self.found) = (None, None);
            self.reading = Some(cx.desk.ask(move |_| read_table(&path)));
        }
        if let Some(message) = &self.failed {
            basic::wrong(ui, &cx.say(message));
        }
        self.found_ui(ui, cx, calendar);
    }

    /// The days of the file, before they are taken.
    fn found_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, calendar: &Calendar) {
        let Some((table, sent)) = &mut self.found else { return };
        for (year, days) in by_year(&table.days) {
            basic::head(ui, year_words(cx, year, &days));
            if calendar.knows(year) {
                basic::hint(ui, cx.say(&Message::new("campaign-form-holidays-over").text("year", year.to_string())));
            }
            runs_ui(ui, cx, &days);
        }
        if !table.unread.is_empty() {
            let lines: Vec<String> = table.unread.iter().take(20).map(u32::to_string).collect();
            let message = Message::new("campaign-form-holidays-unread").number("count", table.unread.len());
            basic::heed(ui, &cx.say(&message.text("lines", cx.words.list(&lines))));
        }
        let mut leave = false;
        let buttons = ui.horizontal_wrapped(|ui| {
            if main_button(ui, Icon::Check, &cx.t("campaign-form-holidays-take")).clicked() {
                *sent = Some(cx.revision);
                let command = CampaignCommand::SetHolidays(Box::new(table.clone()));
                cx.push(Action::Run(Command::Campaign(command)));
            }
            leave = button(ui, Icon::X, &cx.t("campaign-form-leave")).clicked();
        });
        if std::mem::take(&mut self.reveal) {
            buttons.response.scroll_to_me(Some(Align::BOTTOM));
        }
        if leave {
            self.found = None;
        }
    }

    fn market_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, calendar: &Calendar) {
        basic::head(ui, cx.t("record-market-day"));
        basic::soft(ui, cx.t("campaign-form-market-hint"));
        let market = self.market.get_or_insert_with(|| MarketText::of(calendar.market.as_ref()));
        ui.horizontal_wrapped(|ui| {
            for kind in CALENDARS {
                let chosen = market.calendar == kind;
                if ui.add(Button::selectable(chosen, cx.of(&kind)).frame_when_inactive(true)).clicked() {
                    market.calendar = kind;
                }
            }
        });
        let read = MarketDays::read(market.calendar, &market.days);
        let is_typed = !market.days.trim().is_empty();
        let problem = (is_typed && read.is_none()).then(|| cx.t("error-market-days"));
        field(ui, &cx.t("column-days"), &mut market.days, Shown::Clear, problem.as_deref());
        if let Some(days) = &read {
            let next: Vec<String> = next_days(days, cx.today).into_iter().map(|on| day_words(cx, on)).collect();
            ui.add(
                Label::new(cx.say(&Message::new("campaign-form-market-next").text("days", cx.words.list(&next))))
                    .wrap(),
            );
        }
        let why = cx.t(if is_typed && read.is_some() { "ui-nothing-changed" } else { "error-market-days" });
        let is_new = read.is_some() && read != calendar.market;
        ui.horizontal_wrapped(|ui| {
            if main_button_if(
                ui,
                if is_new { Ok(()) } else { Err(&why) },
                Icon::Check,
                &cx.t("campaign-form-market-save"),
            ) {
                cx.push(Action::Run(Command::Campaign(CampaignCommand::SetMarket(read.clone()))));
            }
            if calendar.market.is_some() && button(ui, Icon::X, &cx.t("campaign-form-market-none")).clicked() {
                cx.push(Action::Run(Command::Campaign(CampaignCommand::SetMarket(None))));
                market.days.clear();
            }
        });
        if calendar.market.is_none() {
            basic::hint(ui, cx.t("campaign-form-market-unset"));
        }
    }
}

impl MarketText {
    fn of(days: Option<&MarketDays>) -> Self {
        let text = days.map(|days| days.written().replace(',', " ")).unwrap_or_default();
        Self { calendar: days.map(|days| days.calendar).unwrap_or_default(), days: text }
    }
}

fn next_days(days: &MarketDays, today: NaiveDate) -> Vec<NaiveDate> {
    today.iter_days().take(80).filter(|on| days.holds(*on)).take(AHEAD).collect()
}

type Days = BTreeMap<NaiveDate, Holiday>;

fn by_year(days: &Days) -> BTreeMap<i32, Days> {
    let mut years: BTreeMap<i32, Days> = BTreeMap::new();
    for (on, row) in days {
        years.entry(on.year()).or_default().insert(*on, row.clone());
    }
    years
}

fn year_words(cx: &Cx<'_>, year: i32, days: &Days) -> String {
    let count = |kind| days.values().filter(|row| row.kind == kind).count();
    let message = Message::new("campaign-form-holidays-year").text("year", year.to_string());
    cx.say(&message.number("off", count(DayOff::Off)).number("work", count(DayOff::Work)))
}

/// Days that follow each other and are called the same, as one line.
fn runs_ui(ui: &mut Ui, cx: &Cx<'_>, days: &Days) {
    let days: Vec<(&NaiveDate, &Holiday)> = days.iter().collect();
    let runs = days.chunk_by(|(on, row), (next, other)| on.succ_opt() == Some(**next) && row == other);
    for run in runs {
        let (Some((first, row)), Some((last, _))) = (run.first(), run.last()) else { continue };
        let day = |on: NaiveDate| format!("{} {}", short_date(cx, on), weekday(cx, on));
        let when = match first == last {
            true => day(**first),
            false => {
                let message = Message::new("campaign-form-period").text("first", day(**first));
                cx.say(&message.text("last", day(**last)))
            }
        };
        ui.add(Label::new(format!("{when} {} {}", cx.of(&row.kind), row.name)).wrap());
    }
}
