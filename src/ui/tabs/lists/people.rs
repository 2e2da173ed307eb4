//! The table of one programme's people: its columns, the heads of its groups, its rows.

use eframe::egui::{self, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::partial_date::age_on;
use crate::domain::resident::Residency;
use crate::domain::rule::Holds;
use crate::ledger::lists::ListRow;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::lists::round::Head;
use crate::ui::tabs::lists::ticks::tick_ui;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::child;
use crate::ui::widgets::person::{group_words, short_date, state_icon, state_words};
use crate::ui::widgets::rows::{Col, Width, cell, cell_ui, group_cell};

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The box to be ticked.
    Tick,
    /// The name.
    Name,
    /// Completed years.
    Age,
    /// The household's number.
    Household,
    /// Here or away.
    Residency,
    /// The phone.
    Phone,
    /// The last day.
    Deadline,
    /// Where the offer stands.
    State,
}

impl Shows {
    fn key(self) -> &'static str {
        match self {
            Self::Tick => "lists-column-tick",
            Self::Name => "field-name",
            Self::Age => "ui-column-age",
            Self::Household => "field-household_number",
            Self::Residency => "field-residency",
            Self::Phone => "field-phone",
            Self::Deadline => "lists-column-deadline",
            Self::State => "ui-state",
        }
    }

    fn width(self) -> Width {
        match self {
            Self::Tick => Width::Points(64.0),
            Self::Name => Width::Points(124.0),
            Self::Age => Width::Points(64.0),
            Self::Household => Width::Points(84.0),
            Self::Residency => Width::Points(100.0),
            Self::Phone => Width::Points(128.0),
            Self::Deadline => Width::Points(144.0),
            Self::State => Width::Rest,
        }
    }

    /// The column's head and width.
    pub fn col(self, cx: &Cx<'_>) -> Col {
        Col { title: cx.t(self.key()), width: self.width() }
    }
}

/// Columns that fit the width; the card shows what is left out.
pub fn columns(width: f32, has_ticks: impl Into<Option<Shows>>, deadline: Option<Shows>) -> Vec<Shows> {
    let mut columns: Vec<Shows> = has_ticks.into().into_iter().collect();
    columns.extend([Shows::Name, Shows::Age]);
    if width > 680.0 {
        columns.push(Shows::Household);
    }
    if width > 800.0 {
        columns.push(Shows::Residency);
    }
    if width > 540.0 {
        columns.push(Shows::Phone);
    }
    if width > 600.0 {
        columns.extend(deadline);
    }
    columns.push(Shows::State);
    columns
}

/// A group's head: its name, its people, who looks after it; true where its box was clicked.
pub fn group_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    head: &Head,
    columns: &[Shows],
    ticked: Option<bool>,
) -> bool {
    let mut clicked = false;
    let name = group_words(cx, &head.name);
    let contact = match head.contact.as_str() {
        "" => String::new(),
        name => cx.say(&Message::new("ui-contact-is").text("name", name)),
    };
    for shows in columns {
        group_cell(row, |ui| match shows {
            Shows::Tick => {
                let label = cx.say(&Message::new("lists-tick-group").text("group", name.clone()));
                clicked |= ticked.is_some_and(|ticked| tick_ui(ui, ticked, &label));
            }
            Shows::Name => {
                ui.label(RichText::new(&name).strong());
            }
            Shows::Age => {
                basic::brief(ui, cx.say(&Message::new("ui-people").number("count", head.people)));
            }
            Shows::State => {
                ui.add(egui::Label::new(RichText::new(&contact).small().color(theme::of(ui).ink_soft)).truncate());
            }
            _ => {}
        });
    }
    clicked
}

/// A person's row; true where the box was clicked.
pub fn person_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    person: &ListRow,
    columns: &[Shows],
    ticked: Option<bool>,
) -> bool {
    let mut clicked = false;
    for shows in columns {
        match shows {
            Shows::Tick => cell_ui(row, |ui| {
                ui.add_space(4.0);
                let label = cx.say(&Message::new("lists-tick").text("name", person.name.clone()));
                clicked |= ticked.is_some_and(|ticked| tick_ui(ui, ticked, &label));
            }),
            Shows::Name => cell(row, RichText::new(format!("  {}", person.name))),
            Shows::Age => cell(row, age_words(cx, person)),
            Shows::Household => cell(row, person.household.as_str()),
            Shows::Residency => cell(row, cx.t(residency_key(person))),
            Shows::Phone => cell(row, child::in_list(cx, person.facts.born.map(|born| born.value), &person.phone)),
            Shows::Deadline => {
                cell(row, person.turn.apply_by.map_or_else(String::new, |by| short_date(cx, by)));
            }
            Shows::State => cell_ui(row, |ui| state_ui(ui, cx, person)),
        }
    }
    clicked
}

fn age_words(cx: &Cx<'_>, person: &ListRow) -> String {
    let age = person.facts.born.map(|born| match born.value.day() {
        Some(day) => age_on(day, cx.today).to_string(),
        None => format!("{}–", born.value.year()),
    });
    age.unwrap_or_else(|| cx.t("ui-unknown"))
}

fn residency_key(person: &ListRow) -> &'static str {
    match person.facts.residency().map(|known| known.value) {
        Some(Residency::Here) => "residency-here",
        Some(Residency::Away) => "residency-away",
        None => "residency-unknown",
    }
}

fn state_ui(ui: &mut Ui, cx: &Cx<'_>, person: &ListRow) {
    let (glyph, ink, words) = match (person.holds, person.state) {
        (Holds::Unknown, State::ToTell) => (Icon::CircleQuestionMark, theme::of(ui).ask, cx.t("holds-unknown")),
        (_, state) => (state_icon(state), ink(cx.palette, state), state_words(cx, person)),
    };
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(icon(glyph).color(ink));
    ui.add(egui::Label::new(words).truncate());
}

/// What came about stands out; what is still open does not alarm.
fn ink(palette: &theme::Palette, state: State) -> egui::Color32 {
    match state {
        State::ToTell | State::Unreachable | State::Declined => palette.ink_soft,
        _ => palette.accent,
    }
}
