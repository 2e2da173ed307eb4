//! The calendar of a campaign: a week as a strip, a month as a sheet. Each session is a button with its seats; somebody who
//! is dragged onto one is asked about at once. Draws only.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use eframe::egui::{self, Button, Frame, RichText, Stroke, Ui, vec2};

use crate::domain::campaign::{Conflict, SessionKind};
use crate::domain::message::Message;
use crate::ledger::campaigns::{AppointmentRow, Campaign, SessionRow};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::icon_button;
use crate::ui::widgets::person::short_date;

/// How much of the calendar is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Span {
    /// A week, with the people of a session below.
    #[default]
    Week,
    /// A month.
    Month,
    /// No calendar: the people of a session have all of the room.
    List,
}

/// Somebody who is dragged, by their uid.
#[derive(Clone)]
pub(super) struct Dragged(pub(super) String);

/// Points between a day's edge and what stands in it.
const PADDING: f32 = 4.0;
/// The height of a day of a week, and the least of a day of a month.
const WEEK: f32 = 66.0;
const LEAST: f32 = 62.0;
/// A page that is lower begins with the people alone: below a week none of them would be seen.
const LOW: f32 = 420.0;
/// Where a day is narrower, less is said of its sessions.
const SHORT: f32 = 120.0;

/// What the calendar was told.
pub(super) enum Told {
    /// A session was clicked, by its place.
    Chosen(usize),
    /// Somebody was dropped on a session.
    Dropped(String, usize),
}

/// Which days are shown.
#[derive(Default)]
pub(super) struct CalendarStrip {
    /// How much is shown.
    pub(super) span: Span,
    /// A day within what is shown; none until it is known.
    at: Option<NaiveDate>,
}

impl CalendarStrip {
    /// Shows the week or month of a day.
    pub(super) fn show(&mut self, on: NaiveDate) {
        self.at = Some(on);
    }

    /// Draws it; `chosen` is the place of the session that is open.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, campaign: &Campaign, chosen: Option<usize>) -> Option<Told> {
        if self.at.is_none() && ui.available_height() < LOW {
            self.span = Span::List;
        }
        let at = *self.at.get_or_insert_with(|| first_shown(campaign, cx.today));
        let stepped = self.head_ui(ui, cx, at, chosen);
        let last = campaign.sessions.len().saturating_sub(1);
        if let (Some(way), Some(chosen)) = (stepped, chosen) {
            let to = match way {
                Way::Back => chosen.saturating_sub(1),
                Way::On => (chosen + 1).min(last),
            };
            return Some(Told::Chosen(to));
        }
        let (first, weeks) = match self.span {
            Span::List => return None,
            Span::Week => (monday(at), 1),
            Span::Month => {
                let first = monday(at.with_day(1).unwrap_or(at));
                let next = at.with_day(1).and_then(|day| day.checked_add_months(Months::new(1))).unwrap_or(at);
                (first, ((next - first).num_days() + 6) / 7)
            }
        };
        // What a day's frame and the gap below it take of a week's share of the page.
        let around = 2.0 * PADDING + 2.0 + ui.spacing().item_spacing.y;
        let height = match self.span {
            Span::Week | Span::List => WEEK,
            Span::Month => (ui.available_height() / weeks as f32 - around).max(LEAST),
        };
        let mut told = None;
        let all = |ui: &mut Ui| {
            for week in 0..weeks {
                let start = first + Days::new(7 * week.unsigned_abs());
                let of = Week { campaign, start, height, chosen, month: at.month(), span: self.span };
                told = told.take().or(week_ui(ui, cx, &of));
            }
        };
        match self.span {
            Span::Week | Span::List => ui.vertical(all).inner,
            Span::Month => egui::ScrollArea::vertical().id_salt("month").auto_shrink(false).show(ui, all).inner,
        }
        told
    }

    /// The arrows, what is shown, and how much; for a list, where the arrows lead among the sessions.
    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, at: NaiveDate, chosen: Option<usize>) -> Option<Way> {
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            if icon_button(ui, Icon::ChevronLeft, &cx.t("calendar-before")).clicked() {
                asked = Some(Way::Back);
            }
            if self.span != Span::List {
                ui.label(RichText::new(self.title(cx, at)).text_style(theme::strong_style()));
            }
            if icon_button(ui, Icon::ChevronRight, &cx.t("calendar-next")).clicked() {
                asked = Some(Way::On);
            }
            let spans = [(Span::Week, "calendar-week"), (Span::Month, "calendar-month"), (Span::List, "calendar-list")];
            for (span, key) in spans {
                if ui.add(Button::selectable(self.span == span, cx.t(key)).frame_when_inactive(true)).clicked() {
                    self.span = span;
                }
            }
            if self.span != Span::List
                && self.at != Some(cx.today)
                && ui.add(Button::new(cx.t("calendar-today"))).clicked()
            {
                self.at = Some(cx.today);
            }
        });
        if self.span == Span::List && chosen.is_some() {
            return asked;
        }
        if let Some(way) = asked {
            self.at = Some(self.step(at, way));
        }
        None
    }

    fn title(&self, cx: &Cx<'_>, at: NaiveDate) -> String {
        match self.span {
            Span::Week | Span::List => {
                let first = monday(at);
                let (from, to) = (cx.words.date(first), short_date(cx, first + Days::new(6)));
                cx.say(&Message::new("calendar-week-of").text("from", from).text("to", to))
            }
            Span::Month => {
                let year = at.year().to_string();
                cx.say(&Message::new("calendar-month-of").text("year", year).number("month", at.month()))
            }
        }
    }

    fn step(&self, at: NaiveDate, way: Way) -> NaiveDate {
        let moved = match (self.span, way) {
            (Span::Week | Span::List, Way::Back) => at.checked_sub_days(Days::new(7)),
            (Span::Week | Span::List, Way::On) => at.checked_add_days(Days::new(7)),
            (Span::Month, Way::Back) => at.checked_sub_months(Months::new(1)),
            (Span::Month, Way::On) => at.checked_add_months(Months::new(1)),
        };
        moved.unwrap_or(at)
    }
}

enum Way {
    Back,
    On,
}

/// The first session from today on, else the last one.
fn first_shown(campaign: &Campaign, today: NaiveDate) -> NaiveDate {
    let days = || campaign.sessions.iter().map(|session| session.edit.on);
    days().find(|on| *on >= today).or_else(|| days().next_back()).unwrap_or(campaign.edit.first)
}

fn monday(on: NaiveDate) -> NaiveDate {
    on - Days::new(u64::from(on.weekday().num_days_from_monday()))
}

fn day_width(ui: &Ui) -> f32 {
    ((ui.available_width() - 6.0 * 4.0) / 7.0).floor()
}

/// A week as it is drawn.
struct Week<'a> {
    campaign: &'a Campaign,
    start: NaiveDate,
    height: f32,
    chosen: Option<usize>,
    month: u32,
    span: Span,
}

fn week_ui(ui: &mut Ui, cx: &Cx<'_>, week: &Week<'_>) -> Option<Told> {
    let width = day_width(ui);
    let mut told = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for day in 0..7 {
            let on = week.start + Days::new(day);
            let palette = theme::of(ui);
            let is_outside = week.span == Span::Month && on.month() != week.month;
            let fill = if is_outside { palette.page } else { palette.surface };
            let edge = if on == cx.today { palette.accent } else { palette.line };
            let frame = Frame::new().fill(fill).stroke(Stroke::new(1.0, edge)).corner_radius(6);
            frame.inner_margin(PADDING).show(ui, |ui| {
                ui.set_width(width - 10.0);
                ui.set_height(week.height);
                ui.vertical(|ui| told = told.take().or(day_ui(ui, cx, week, on)));
            });
        }
    });
    told
}

fn day_ui(ui: &mut Ui, cx: &Cx<'_>, week: &Week<'_>, on: NaiveDate) -> Option<Told> {
    let mut told = None;
    ui.spacing_mut().item_spacing.y = 3.0;
    let weekday = cx.t(&format!("weekday-{}", on.weekday().number_from_monday()));
    let words = format!("{weekday} {}", short_date(cx, on));
    ui.add(egui::Label::new(RichText::new(words).small().color(theme::of(ui).ink_soft)).truncate());
    let here = week.campaign.sessions.iter().enumerate().filter(|(_, session)| session.edit.on == on);
    egui::ScrollArea::vertical().id_salt(("day", on)).auto_shrink([false, true]).show(ui, |ui| {
        for (at, session) in here {
            told = told.take().or(session_ui(ui, cx, week, (at, session)));
        }
    });
    told
}

/// A session's button: when, for whom, how many seats are left.
fn session_ui(ui: &mut Ui, cx: &Cx<'_>, week: &Week<'_>, (at, session): (usize, &SessionRow)) -> Option<Told> {
    let chosen = week.chosen == Some(at);
    // Where there is little room, what is left of the seats says most.
    let seats = match ui.available_width() < SHORT {
        true => cx.say(&Message::new("session-left-short").number("left", session.free().max(0))),
        false => seats_words(cx, session),
    };
    let words = format!("{} {seats}", session.edit.from.format("%-H:%M"));
    let dragged = egui::DragAndDrop::payload::<Dragged>(ui.ctx());
    let conflicts = dragged.as_ref().and_then(|who| Some(conflicts(cx, week.campaign.of(&who.0)?, session)));
    let palette = theme::of(ui);
    let fill = match &conflicts {
        Some(all) if all.iter().any(|one| one.is_hard()) => palette.wrong_pale,
        Some(all) if !all.is_empty() => palette.ask_pale,
        _ if chosen => palette.accent_pale,
        _ => palette.faint,
    };
    let glyph = match session.edit.kind {
        SessionKind::Everybody => None,
        SessionKind::Women => Some(icon(Icon::Venus)),
        SessionKind::Home => Some(icon(Icon::House)),
    };
    let text = RichText::new(&words).small();
    let button = match glyph {
        Some(glyph) => Button::new((glyph, text)),
        None => Button::new(text),
    };
    let button = button.fill(fill).min_size(vec2(ui.available_width(), 0.0)).truncate();
    let response = ui.add(button).on_hover_text(hover_words(cx, session, conflicts.as_deref()));
    let named = format!("{} {words}", cx.words.date(session.edit.on));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &named));
    if let Some(dropped) = response.dnd_release_payload::<Dragged>() {
        return Some(Told::Dropped(dropped.0.clone(), at));
    }
    response.clicked().then_some(Told::Chosen(at))
}

/// 12/40座.
pub(super) fn seats_words(cx: &Cx<'_>, session: &SessionRow) -> String {
    cx.say(&Message::new("session-seats").number("taken", session.taken).number("seats", session.edit.seats))
}

fn hover_words(cx: &Cx<'_>, session: &SessionRow, conflicts: Option<&[Conflict]>) -> String {
    let of = &session.edit;
    let times = format!("{}–{}", of.from.format("%-H:%M"), of.to.format("%-H:%M"));
    let left = cx.say(&Message::new("session-left").number("left", session.free().max(0)));
    let mut lines = vec![format!("{} {times}", cx.words.date(of.on)), cx.of(&of.kind), left, of.staff.clone()];
    lines.extend(conflicts.unwrap_or_default().iter().map(|one| cx.of(one)));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// What speaks against a session for somebody; nothing against the one they have.
pub(super) fn conflicts(cx: &Cx<'_>, row: &AppointmentRow, session: &SessionRow) -> Vec<Conflict> {
    row.days.conflicts(&session.slot(), cx.today)
}
