//! Sessions as they are typed: weekly patterns over the campaign's days, single days struck out or added by hand. What
//! they come to is seen at once; nothing is written here.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use eframe::egui::{Button, Label, RichText, Role, TextEdit, Ui, WidgetInfo};
use serde::{Deserialize, Serialize};

use crate::domain::entry::read_planned;
use crate::domain::message::Message;
use crate::domain::schedule::{Calendar, LONGEST};
use crate::ledger::campaigns::SessionEdit;
use crate::ui::cx::Cx;
use crate::ui::forms::line::{Below, below_ui, line};
use crate::ui::icon::Icon;
use crate::ui::tabs::campaigns::days::{ShownDay, days_ui};
use crate::ui::tabs::campaigns::session_text::SessionText;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// The days of the week, Monday first.
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The most patterns of a form.
const MOST: usize = 12;

/// One pattern.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Pattern {
    /// Days of the week, Monday is 1.
    weekdays: BTreeSet<u32>,
    session: SessionText,
    /// Days struck out by hand.
    struck: BTreeSet<NaiveDate>,
    /// Days added by hand.
    added: BTreeSet<NaiveDate>,
    /// The day that is being added.
    day: String,
}

/// What patterns are laid out on.
pub(super) struct Ground<'a> {
    /// The campaign's first and last day, once they can be read.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// Holidays and market days.
    pub calendar: &'a Calendar,
}

impl Pattern {
    fn shown(&self, ground: &Ground<'_>) -> Vec<ShownDay> {
        let weekdays: Vec<Weekday> =
            WEEK.into_iter().filter(|day| self.weekdays.contains(&day.number_from_monday())).collect();
        let laid = ground.period.map(|period| ground.calendar.lay(period, &weekdays)).unwrap_or_default();
        let mut shown: Vec<ShownDay> = Vec::new();
        for on in laid.days {
            shown.push(ShownDay { on, skip: None, is_taken: !self.struck.contains(&on) });
        }
        for (on, skip) in laid.skipped {
            shown.push(ShownDay { on, skip: Some(skip), is_taken: self.added.contains(&on) });
        }
        let others = self.added.iter().filter(|on| !shown.iter().any(|day| day.on == **on));
        let others: Vec<NaiveDate> = others.copied().collect();
        shown.extend(others.into_iter().map(|on| ShownDay { on, skip: None, is_taken: true }));
        shown.sort_by_key(|day| day.on);
        shown
    }

    /// The days that are taken.
    fn days(&self, ground: &Ground<'_>) -> Vec<NaiveDate> {
        self.shown(ground).into_iter().filter(|day| day.is_taken).map(|day| day.on).collect()
    }

    /// Its sessions.
    ///
    /// # Errors
    /// What is still missing or wrong.
    fn read(&self, ground: &Ground<'_>) -> Result<Vec<SessionEdit>, Message> {
        if !self.day.trim().is_empty() {
            return Err(Message::new("campaign-form-day-typed"));
        }
        if self.weekdays.is_empty() && self.added.is_empty() {
            return Err(Message::new("campaign-form-no-days"));
        }
        let days = self.days(ground);
        if days.is_empty() {
            return Err(Message::new("campaign-form-none-left"));
        }
        if let Some((first, last)) = ground.period
            && let Some(on) = days.iter().find(|on| **on < first || **on > last)
        {
            let message = Message::new("error-session-outside").date("on", *on);
            return Err(message.date("first", first).date("last", last));
        }
        days.into_iter().map(|on| self.session.read(on)).collect()
    }

    fn strike_or_take(&mut self, on: NaiveDate, was_taken: bool) {
        if was_taken {
            if !self.added.remove(&on) {
                self.struck.insert(on);
            }
        } else if !self.struck.remove(&on) {
            self.added.insert(on);
        }
    }

    fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, ground: &Ground<'_>) {
        line(ui, &cx.t("campaign-form-weekdays"), |ui, _| {
            ui.horizontal_wrapped(|ui| {
                for day in WEEK.map(|day| day.number_from_monday()) {
                    let words = cx.t(&format!("weekday-{day}"));
                    let chosen = self.weekdays.contains(&day);
                    let response = ui.add(Button::selectable(chosen, &words).frame_when_inactive(true));
                    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &words));
                    if response.clicked() && !self.weekdays.remove(&day) {
                        self.weekdays.insert(day);
                    }
                }
            });
        });
        self.session.ui(ui, cx);
        self.add_ui(ui, cx, ground);
        let shown = self.shown(ground);
        if shown.is_empty() {
            return;
        }
        let clicked = days_ui(ui, cx, &shown);
        basic::hint(ui, cx.t("campaign-form-days-hint"));
        if let Some(day) = clicked.and_then(|on| shown.iter().find(|day| day.on == on)) {
            self.strike_or_take(day.on, day.is_taken);
        }
    }

    /// A single day, added by hand.
    fn add_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, ground: &Ground<'_>) {
        let day = read_planned(&self.day, cx.today);
        let inside = |on: &NaiveDate| ground.period.is_none_or(|(first, last)| (first..=last).contains(on));
        let outside = day.ok().zip(ground.period).filter(|(on, _)| !inside(on)).map(|(on, (first, last))| {
            let message = Message::new("error-session-outside").date("on", on);
            cx.say(&message.date("first", first).date("last", last))
        });
        let unclear = cx.t("ui-date-unclear");
        let add = line(ui, &cx.t("campaign-form-add-day"), |ui, name| {
            let mut add = false;
            ui.horizontal(|ui| {
                let edit = TextEdit::singleline(&mut self.day)
                    .id_salt("add-day")
                    .char_limit(30)
                    .hint_text(cx.t("campaign-form-day-hint"))
                    .desired_width((ui.available_width() - 110.0).clamp(80.0, 200.0))
                    .margin(eframe::egui::Margin::symmetric(10, 7));
                let response = ui.add(edit).labelled_by(name);
                let entered = response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
                add = entered | button(ui, Icon::Plus, &cx.t("campaign-form-add-day-now")).clicked();
            });
            match (&outside, day) {
                _ if self.day.trim().is_empty() => {}
                (Some(outside), _) => below_ui(ui, Below::Wrong(outside)),
                (None, Err(_)) => below_ui(ui, Below::Wrong(&unclear)),
                (None, Ok(on)) => below_ui(ui, Below::Note(&super::days::day_words(cx, on))),
            }
            add
        });
        if let Some(on) = day.ok().filter(|on| add && inside(on)) {
            self.struck.remove(&on);
            let is_laid = self.shown(ground).iter().any(|day| day.on == on && day.is_taken);
            if !is_laid {
                self.added.insert(on);
            }
            self.day.clear();
        }
    }
}

/// All sessions of the patterns.
///
/// # Errors
/// What is still missing or wrong.
pub(super) fn read_all(patterns: &[Pattern], ground: &Ground<'_>) -> Result<Vec<SessionEdit>, Message> {
    let mut all = Vec::new();
    for pattern in patterns {
        all.extend(pattern.read(ground)?);
    }
    if all.is_empty() {
        return Err(Message::new("error-campaign-no-sessions"));
    }
    all.sort_by_key(|session| (session.on, session.from));
    Ok(all)
}

/// Draws the patterns, one below the other, and what they come to.
pub(super) fn patterns_ui(ui: &mut Ui, cx: &Cx<'_>, patterns: &mut Vec<Pattern>, ground: &Ground<'_>) {
    if patterns.is_empty() {
        patterns.push(Pattern::default());
    }
    let (count, mut away) = (patterns.len(), None);
    for (at, pattern) in patterns.iter_mut().enumerate() {
        ui.push_id(("pattern", at), |ui| {
            if count > 1 {
                ui.separator();
                ui.horizontal(|ui| {
                    basic::soft(ui, cx.say(&Message::new("campaign-form-pattern").number("number", at + 1)));
                    if button(ui, Icon::X, &cx.t("campaign-form-pattern-away")).clicked() {
                        away = Some(at);
                    }
                });
            }
            pattern.ui(ui, cx, ground);
        });
    }
    if let Some(at) = away {
        patterns.remove(at);
    }
    ui.add_space(theme::GAP);
    if patterns.len() < MOST && button(ui, Icon::Plus, &cx.t("campaign-form-pattern-add")).clicked() {
        patterns.push(Pattern::default());
    }
}

/// What it comes to, and what is odd about it.
pub(super) fn sum_ui(ui: &mut Ui, cx: &Cx<'_>, patterns: &[Pattern], ground: &Ground<'_>) {
    if let Ok(sessions) = read_all(patterns, ground) {
        let seats: u32 = sessions.iter().map(|session| session.seats).sum();
        let sum = Message::new("campaign-form-sum").number("sessions", sessions.len()).number("seats", seats);
        ui.add(Label::new(RichText::new(cx.say(&sum)).strong()).wrap());
        let overlap = sessions.windows(2).find(|pair| pair[0].on == pair[1].on && pair[1].from < pair[0].to);
        if let Some(pair) = overlap {
            basic::heed(ui, &cx.say(&Message::new("campaign-form-overlap").date("on", pair[0].on)));
        }
    }
    let Some((first, last)) = ground.period.filter(|(first, last)| (*last - *first).num_days() <= LONGEST) else {
        return;
    };
    unknown_ui(ui, cx, &ground.calendar.lay((first, last), &[]).unknown);
}

/// The years of which the holidays are not known, if any.
pub(super) fn unknown_ui(ui: &mut Ui, cx: &Cx<'_>, years: &[i32]) {
    if !years.is_empty() {
        let years: Vec<String> = years.iter().map(i32::to_string).collect();
        basic::heed(ui, &cx.say(&Message::new("campaign-unknown-year").text("year", cx.words.list(&years))));
    }
}
