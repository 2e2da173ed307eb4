//! Those who are to be told in one go: ticked row by row, household by household, group by group; one command, one step
//! of undo.

use std::collections::BTreeSet;

use eframe::egui::{Frame, Panel, Role, Sense, Ui, WidgetInfo};

use crate::domain::message::Message;
use crate::domain::offer::Outcome;
use crate::ledger::command::Command;
use crate::ledger::sections::Section;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::lists::round::{Line, Walk};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if};
use crate::ui::widgets::date_field::DateField;

/// Who is ticked, and the day of the visit.
#[derive(Default)]
pub struct Ticks {
    uids: BTreeSet<String>,
    on: DateField,
}

impl Ticks {
    /// Whether somebody is ticked.
    pub fn has(&self, uid: &str) -> bool {
        self.uids.contains(uid)
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.uids.is_empty()
    }

    /// Nobody any more.
    pub fn clear(&mut self) {
        self.uids.clear();
        self.on.clear();
    }

    /// Keeps those who are still to be told.
    pub fn settle(&mut self, walk: &Walk) {
        self.uids.retain(|uid| walk.line_of(Section::ToTell, uid).is_some());
    }

    /// Ticks somebody, or takes the tick away.
    pub fn turn(&mut self, uid: &str) {
        if !self.uids.remove(uid) {
            self.uids.insert(uid.to_owned());
        }
    }

    /// Ticks everybody below a group's head, or takes all their ticks away where each had one.
    pub fn turn_group(&mut self, walk: &Walk, line: usize) {
        let uids: Vec<&str> = members(walk, line).collect();
        if uids.iter().all(|uid| self.has(uid)) {
            uids.iter().for_each(|uid| {
                self.uids.remove(*uid);
            });
        } else {
            self.uids.extend(uids.into_iter().map(str::to_owned));
        }
    }

    /// Whether everybody below a group's head is ticked.
    pub fn has_group(&self, walk: &Walk, line: usize) -> bool {
        members(walk, line).all(|uid| self.has(uid))
    }

    /// Ticks those who live with somebody that is ticked.
    fn add_households(&mut self, walk: &Walk) {
        let homes: BTreeSet<&str> = walk
            .people(Section::ToTell)
            .filter(|row| self.uids.contains(&row.uid))
            .map(|row| row.household_uid.as_str())
            .collect();
        let more: Vec<String> = walk
            .people(Section::ToTell)
            .filter(|row| homes.contains(row.household_uid.as_str()))
            .map(|row| row.uid.clone())
            .collect();
        self.uids.extend(more);
    }

    /// The strip below the table: how many, which day, and the one button.
    pub fn strip_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, walk: &Walk) {
        let frame = Frame::new().inner_margin(eframe::egui::Margin { top: 8, ..eframe::egui::Margin::ZERO });
        Panel::bottom("lists-ticks").frame(frame).show_separator_line(false).show(ui, |ui| {
            theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.horizontal_wrapped(|ui| self.line_ui(ui, cx, walk));
            });
        });
    }

    fn line_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, walk: &Walk) {
        if self.uids.is_empty() {
            basic::soft(ui, cx.t("lists-tick-hint"));
            return;
        }
        ui.label(cx.say(&Message::new("lists-ticked").number("count", self.uids.len() as u64)));
        self.on.ui(ui, cx);
        let on = self.on.day(cx.today).ok().filter(|on| *on <= cx.today);
        let why = cx.t("ui-date-unclear");
        let ready = on.map(|_| ()).ok_or(why.as_str());
        if main_button_if(ui, ready, Icon::CircleCheck, &cx.t("lists-all-told"))
            && let Some(on) = on
        {
            let (people, programme) = (self.uids.iter().cloned().collect(), walk.round.list.programme.id.clone());
            cx.push(Action::Run(Command::RecordMany { people, programme, outcome: Outcome::Told, on }));
        }
        if button(ui, Icon::House, &cx.t("lists-tick-household")).clicked() {
            self.add_households(walk);
        }
        if button(ui, Icon::X, &cx.t("lists-tick-none")).clicked() {
            self.clear();
        }
    }
}

/// The people below a group's head.
fn members(walk: &Walk, line: usize) -> impl Iterator<Item = &str> {
    let lines = walk.lines(Section::ToTell);
    let below = lines.iter().skip(line + 1).take_while(|line| matches!(line, Line::Person(_))).count();
    (line + 1..=line + below).filter_map(|line| walk.uid_at(Section::ToTell, line))
}

/// A box to be ticked; true where it was clicked. Space ticks the selected row: it is no stop of the Tab key.
pub fn tick_ui(ui: &mut Ui, is_ticked: bool, label: &str) -> bool {
    let (glyph, ink) = match is_ticked {
        true => (Icon::SquareCheck, theme::of(ui).accent),
        false => (Icon::Square, theme::of(ui).edge),
    };
    let response = ui.add(eframe::egui::Label::new(icon(glyph).color(ink)).sense(Sense::CLICK));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_ticked, label));
    response.clicked()
}
