//! One pair: why the two may be one person, both records side by side, which value stays, and what is decided. The
//! household is a question of its own and never comes along by itself.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::domain::duplicate::{Evidence, THRESHOLD};
use crate::domain::message::Message;
use crate::domain::resident::Standing;
use crate::ledger::command::{Merge, Taken};
use crate::ledger::duplicates::Pair;
use crate::ledger::residents::ResidentRow;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, is_held, pressed_on_page};
use crate::ui::tabs::residents::{relation_words, residency_key};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, key_button, main_button_if, radio};
use crate::ui::widgets::child;
use crate::ui::widgets::person::{group_words, household_words, name_ui};

/// What was decided about a pair.
pub(super) enum Decision {
    /// Nothing: the card is closed.
    Close,
    /// One person.
    Merge(Merge),
    /// Two people.
    NotSame,
    /// To be looked at later.
    Later,
}

/// Which of the two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    One,
    Other,
}

impl Side {
    const BOTH: [Self; 2] = [Self::One, Self::Other];

    fn of(self, pair: &Pair) -> &ResidentRow {
        match self {
            Self::One => &pair.one,
            Self::Other => &pair.other,
        }
    }
}

/// What can be chosen value by value.
const CHOSEN: [Taken; 6] = [Taken::Name, Taken::IdNumber, Taken::Born, Taken::Sex, Taken::Phone, Taken::Residency];

/// Where the id number stands among them.
const NUMBER: usize = 1;

/// Below this width the two values of a field stand under each other.
const SIDE_BY_SIDE: f32 = 560.0;

/// So many characters of a household and its address need a line of their own.
const LONG_PLACE: usize = 16;

/// The width of a field's name.
const LABEL: f32 = 104.0;

/// The card, with what was chosen for the pair it shows.
#[derive(Default)]
pub(super) struct PairCard {
    of: String,
    sides: [Option<Side>; CHOSEN.len()],
    household: Option<Side>,
}

fn key(taken: Taken) -> &'static str {
    match taken {
        Taken::Name => "field-name",
        Taken::IdNumber => "field-id_number",
        Taken::Born => "field-born",
        Taken::Sex => "field-sex",
        Taken::Phone => "field-phone",
        Taken::Residency => "field-residency",
        Taken::Household => "record-household",
    }
}

fn value(cx: &Cx<'_>, row: &ResidentRow, taken: Taken) -> String {
    match taken {
        Taken::Name => row.name.clone(),
        Taken::IdNumber => child::tail_of_child(cx, row.born(), &row.id_number),
        Taken::Born => child::born_in_list(cx, row.born()),
        Taken::Sex => row.sex().map_or_else(String::new, |sex| cx.of(&sex)),
        Taken::Phone => child::tail_of_child(cx, row.born(), &row.phone),
        Taken::Residency => row.residency().map_or_else(String::new, |residency| cx.t(residency_key(Some(residency)))),
        Taken::Household => place_words(cx, row),
    }
}

fn place_words(cx: &Cx<'_>, row: &ResidentRow) -> String {
    let parts = [
        group_words(cx, &row.group),
        household_words(cx, &row.household),
        relation_words(cx, row.relation),
        row.address.clone(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

impl PairCard {
    /// Draws the card; what was decided.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, pair: &Pair) -> Option<Decision> {
        let of = super::uid_of(pair);
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
        let close = name_ui(ui, cx, &super::names_words(cx, pair));
        let decision = self.buttons_ui(ui, cx, pair);
        // What is asked must be in sight, in a small window too.
        let is_narrow = ui.available_width() < theme::NARROW * 0.7;
        if !is_narrow {
            reasons_ui(ui, cx, pair);
        }
        self.household_ui(ui, cx, pair);
        if is_narrow {
            reasons_ui(ui, cx, pair);
        }
        self.fields_ui(ui, cx, pair);
        basic::hint(ui, cx.t("duplicates-merge-hint"));
        decision.or_else(|| close.then_some(Decision::Close))
    }

    fn buttons_ui(&self, ui: &mut Ui, cx: &Cx<'_>, pair: &Pair) -> Option<Decision> {
        let mut decision = None;
        ui.horizontal_wrapped(|ui| {
            let why = cx.t("duplicates-ask-household");
            let ready = if self.is_answered(pair) { Ok(()) } else { Err(why.as_str()) };
            let words = cx.t("op-merge");
            let pressed = main_button_if(ui, ready, Icon::Merge, &words);
            let by_key = !is_held(ui, Shortcut::Merge) & pressed_on_page(ui, cx, Shortcut::Merge);
            if pressed || (by_key && ready.is_ok()) {
                decision = Some(Decision::Merge(self.merge(pair)));
            }
            if key_button(ui, cx, Icon::Users, &cx.t("duplicates-not-same"), Shortcut::NotSame) {
                decision = Some(Decision::NotSame);
            }
            if key_button(ui, cx, Icon::Clock, &cx.t("duplicates-later"), Shortcut::Later) {
                decision = Some(Decision::Later);
            }
        });
        decision
    }

    /// Where the person belongs: asked where the two stand in different households, and answered by nobody else.
    fn household_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, pair: &Pair) {
        if pair.one.household_uid == pair.other.household_uid && pair.one.relation == pair.other.relation {
            return;
        }
        for (side, shortcut) in [(Side::One, Shortcut::FirstHome), (Side::Other, Shortcut::SecondHome)] {
            if pressed_on_page(ui, cx, shortcut) {
                self.household = Some(side);
            }
        }
        let fill = if self.household.is_some() { theme::of(ui).faint } else { theme::of(ui).ask_pale };
        theme::note(fill).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(RichText::new(cx.t("duplicates-which-household")).strong()).wrap());
            let places = Side::BOTH.map(|side| place_words(cx, side.of(pair)));
            // Two long addresses stand under each other, where they can be read.
            let is_long = places.iter().any(|place| place.chars().count() > LONG_PLACE);
            let layout = if is_long {
                Layout::top_down(Align::LEFT)
            } else {
                Layout::left_to_right(Align::Center).with_main_wrap(true)
            };
            ui.allocate_ui_with_layout(vec2(ui.available_width(), 24.0), layout, |ui| {
                for (number, (side, place)) in Side::BOTH.into_iter().zip(places).enumerate() {
                    let words = Message::new("duplicates-home").number("number", number + 1).text("place", place);
                    let is_chosen = self.household == Some(side);
                    if radio(ui, is_chosen, &cx.say(&words), &cx.say(&words)) {
                        self.household = Some(side);
                    }
                    ui.add_space(theme::GAP);
                }
            });
        });
    }

    fn is_answered(&self, pair: &Pair) -> bool {
        let is_same = pair.one.household_uid == pair.other.household_uid && pair.one.relation == pair.other.relation;
        is_same || self.household.is_some()
    }

    /// Which value stays: the chosen one, or where nothing was chosen the one that says something.
    fn side(&self, pair: &Pair, index: usize) -> Side {
        let is_empty = |row: &ResidentRow| match CHOSEN[index] {
            Taken::Name => row.name.is_empty(),
            Taken::IdNumber => row.id_number.is_empty(),
            Taken::Born => row.born().is_none(),
            Taken::Sex => row.sex().is_none(),
            Taken::Phone => row.phone.is_empty(),
            Taken::Residency => row.residency().is_none(),
            Taken::Household => false,
        };
        self.sides[index].unwrap_or(match (is_empty(&pair.one), is_empty(&pair.other)) {
            (true, false) => Side::Other,
            _ => Side::One,
        })
    }

    /// Whether a number that stays decides birth and sex.
    fn number_decides(&self, pair: &Pair) -> bool {
        !self.side(pair, NUMBER).of(pair).id_number.is_empty()
    }

    fn merge(&self, pair: &Pair) -> Merge {
        let mut taken = Vec::new();
        for (index, field) in CHOSEN.into_iter().enumerate() {
            let is_decided = matches!(field, Taken::Born | Taken::Sex) && self.number_decides(pair);
            if !is_decided && differs(pair, field) && self.side(pair, index) == Side::Other {
                taken.push(field);
            }
        }
        if self.household == Some(Side::Other) {
            taken.push(Taken::Household);
        }
        Merge { listed: pair.one.uid.clone(), behind: pair.other.uid.clone(), taken }
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, pair: &Pair) {
        ui.add_space(theme::GAP);
        basic::head(ui, cx.t("duplicates-which-value"));
        for (index, field) in CHOSEN.into_iter().enumerate() {
            let is_decided = matches!(field, Taken::Born | Taken::Sex) && self.number_decides(pair);
            let values = Side::BOTH.map(|side| value(cx, side.of(pair), field));
            if values.iter().all(String::is_empty) {
                continue;
            }
            let chosen = self.side(pair, index);
            let mut pressed = None;
            field_ui(ui, cx, key(field), |ui| {
                if !differs(pair, field) {
                    ui.horizontal_wrapped(|ui| {
                        ui.add(Label::new(&values[0]).wrap());
                        basic::hint(ui, cx.t("duplicates-same-in-both"));
                    });
                    return;
                }
                for (side, value) in Side::BOTH.into_iter().zip(&values) {
                    let shown = if value.is_empty() { cx.t("duplicates-nothing") } else { value.clone() };
                    cell_ui(ui, |ui| {
                        if is_decided {
                            ui.add(Label::new(shown).wrap());
                            if side == Side::Other {
                                basic::hint(ui, cx.t("duplicates-number-decides"));
                            }
                        } else if radio(ui, chosen == side, &shown, &cx.labelled(&cx.t(key(field)), &shown)) {
                            pressed = Some(side);
                        }
                    });
                }
            });
            if pressed.is_some() {
                self.sides[index] = pressed;
            }
        }
        unchosen_ui(ui, cx, pair);
    }
}

fn differs(pair: &Pair, field: Taken) -> bool {
    let (one, other) = (&pair.one, &pair.other);
    match field {
        Taken::Name => one.name != other.name,
        Taken::IdNumber => one.id_number != other.id_number,
        Taken::Born => one.born() != other.born(),
        Taken::Sex => one.sex() != other.sex(),
        Taken::Phone => one.phone != other.phone,
        Taken::Residency => one.residency() != other.residency(),
        Taken::Household => one.household_uid != other.household_uid,
    }
}

/// What is not chosen here: since when each is known, and who moved out or died.
fn unchosen_ui(ui: &mut Ui, cx: &Cx<'_>, pair: &Pair) {
    both_ui(ui, cx, "column-known-on", Side::BOTH.map(|side| cx.words.date(side.of(pair).known_on)));
    let standings = Side::BOTH.map(|side| side.of(pair).facts.standing.value);
    if standings.iter().any(|standing| *standing != Standing::Present) {
        both_ui(ui, cx, "ui-standing", standings.map(|standing| cx.of(&standing)));
    }
}

fn both_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, values: [String; 2]) {
    field_ui(ui, cx, key, |ui| {
        for value in &values {
            cell_ui(ui, |ui| {
                ui.add(Label::new(value).wrap());
            });
        }
    });
}

/// A field's name, and beside or below it what both say.
fn field_ui(ui: &mut Ui, cx: &Cx<'_>, key: &str, values: impl FnOnce(&mut Ui)) {
    let label = RichText::new(cx.t(key)).color(theme::of(ui).ink_soft);
    ui.push_id(key, |ui| {
        if ui.available_width() < SIDE_BY_SIDE {
            ui.add(Label::new(label).wrap());
            ui.indent("values", values);
            return;
        }
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(LABEL, 24.0), Layout::left_to_right(Align::TOP), |ui| {
                ui.set_min_width(LABEL);
                ui.add(Label::new(label).truncate());
            });
            ui.horizontal_top(values);
        });
    });
}

/// One of two values: half of the room, where they stand side by side.
fn cell_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    if !ui.layout().is_horizontal() {
        return content(ui);
    }
    let width = ((ui.max_rect().width() - ui.spacing().item_spacing.x) / 2.0).max(120.0);
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::top_down(Align::LEFT), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// What speaks for one person and what against, what weighs most first.
fn reasons_ui(ui: &mut Ui, cx: &Cx<'_>, pair: &Pair) {
    ui.add_space(theme::GAP);
    let points = Message::new("duplicates-points").number("points", pair.score.points).number("from", THRESHOLD);
    basic::head(ui, cx.say(&points));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::MARGIN;
        for evidence in &pair.score.reasons {
            let ink = if evidence.points() < 0 { theme::of(ui).ask } else { theme::of(ui).ink };
            ui.add(Label::new(RichText::new(reason_words(cx, *evidence)).color(ink)).wrap());
        }
    });
}

/// A reason with its points.
pub(super) fn reason_words(cx: &Cx<'_>, evidence: Evidence) -> String {
    let points = evidence.points();
    let key = if points < 0 { "duplicates-against" } else { "duplicates-for" };
    cx.say(&Message::new(key).number("points", points.abs()).text("reason", cx.of(&evidence)))
}
