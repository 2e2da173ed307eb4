//! One programme: its headline, its sections with the names behind each number, and the card of whom one looks at.

use std::sync::Arc;

use eframe::egui::{self, Button, ComboBox, RichText, Ui};

use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::programme::{Programme, Publicity, Status};
use crate::domain::resident::Residency;
use crate::ledger::lists::{Counts, ListRow};
use crate::ledger::newcomers::begins_with_an_age;
use crate::ledger::sections::Section;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::search::Letters;
use crate::ui::tabs::lists::deadline::{deadline_words, status_key};
use crate::ui::tabs::lists::newcomers::NewcomersPart;
use crate::ui::tabs::lists::overview::thin_bar;
use crate::ui::tabs::lists::people::{Shows, columns, group_row, person_row};
use crate::ui::tabs::lists::round::{Filter, Line, Of, Round, Walk};
use crate::ui::tabs::lists::ticks::Ticks;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::handed_out::papers_of;
use crate::ui::widgets::person::{CardForm, card_ui, group_words};
use crate::ui::widgets::rows::{Selection, Sheet, is_in_table, table};

/// The page of one programme.
#[derive(Default)]
pub struct ProgrammePage {
    id: String,
    section: Section,
    filter: Filter,
    round: Cached<Of, Round>,
    walk: Cached<(Of, Filter), Walk>,
    /// Where the selection was last found again.
    settled: Option<(Arc<Walk>, Section)>,
    selection: Selection,
    ticks: Ticks,
    newcomers: NewcomersPart,
    form: CardForm,
}

/// What is wished of the page around this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To stay.
    Nowhere,
    /// Back to all programmes.
    Back,
}

impl ProgrammePage {
    /// Opens a programme.
    pub fn open(&mut self, id: &str) {
        if self.id != id {
            id.clone_into(&mut self.id);
            (self.section, self.filter, self.settled) = (Section::default(), Filter::default(), None);
            self.ticks.clear();
            self.newcomers.close();
        }
        self.selection.clear();
    }

    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Leads {
        let walk = self.read(ui, cx);
        let Some(walk) = walk else {
            return self.back_ui(ui, cx, None);
        };
        self.settle(&walk);
        if !self.newcomers.is_open() {
            self.keys(ui, cx, &walk);
        }
        let selected = self.selected(&walk).cloned();
        if let Some(row) = &selected {
            // In a small window an open card takes the room of all the rest; else it stands beside all of it.
            let room = card_beside(ui, "list-card", theme::NARROW, |ui| self.card(ui, cx, &walk, row));
            if room == Room::Taken {
                return Leads::Nowhere;
            }
        }
        let leads = self.back_ui(ui, cx, Some(&walk));
        let counts = walk.round.list.counts;
        if counts.eligible + counts.ask == 0 {
            nobody_ui(ui, cx, &walk.round.list.programme);
            return self.escape(ui, cx, leads);
        }
        if !theme::is_low(ui) {
            headline_ui(ui, cx, &walk);
        }
        self.sections_ui(ui, cx, &walk);
        if self.newcomers.is_open() {
            self.newcomers.ui(ui, cx, &walk.round.of);
            return self.escape(ui, cx, leads);
        }
        self.filter_ui(ui, cx, &walk);
        self.walk_ui(ui, cx, &walk);
        if selected.is_some() { leads } else { self.escape(ui, cx, leads) }
    }

    /// The arrows move, Space ticks.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, walk: &Walk) {
        let section = self.section;
        if section == Section::ToTell && is_in_table(ui) && pressed_on_page(ui, cx, Shortcut::Tick) {
            self.selection.uid().map(str::to_owned).inspect(|uid| self.ticks.turn(uid));
        }
        self.selection.keys(ui, cx, walk.lines(section).len(), |line| walk.uid_at(section, line));
    }

    /// Escape closes the card first; without one it leads back.
    fn escape(&self, ui: &Ui, cx: &Cx<'_>, leads: Leads) -> Leads {
        if self.selection.uid().is_none() && pressed_on_page(ui, cx, Shortcut::Close) { Leads::Back } else { leads }
    }

    /// The rows as they are filtered; the old ones stay on screen until the new ones are there.
    fn read(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Arc<Walk>> {
        let of = (cx.revision, cx.today, self.id.clone());
        let round = self.round.get(cx.desk, of.clone(), move |view| Round::read(view, of)).cloned();
        if let Some(message) = self.round.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let round = round.filter(|round| round.of.2 == self.id)?;
        let (key, filter) = ((round.of.clone(), self.filter.clone()), self.filter.clone());
        let walk = self.walk.get(cx.desk, key, move |_| Ok(Walk::new(round, &filter))).cloned();
        walk.filter(|walk| walk.round.of.2 == self.id)
    }

    /// Finds the selected person again among new lines. A list just opened shows whom to ask where nobody is to be told.
    fn settle(&mut self, walk: &Arc<Walk>) {
        if self.settled.is_none() && walk.count(Section::ToTell) == 0 && walk.count(Section::Ask) > 0 {
            self.section = Section::Ask;
        }
        let section = self.section;
        if matches!(&self.settled, Some((from, of)) if Arc::ptr_eq(from, walk) && *of == section) {
            return;
        }
        self.settled = Some((walk.clone(), section));
        self.ticks.settle(walk);
        let line = self.selection.uid().and_then(|uid| walk.line_of(section, uid));
        self.selection.settle_at(line, walk.lines(section).len(), |line| walk.uid_at(section, line));
    }

    fn back_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, walk: Option<&Walk>) -> Leads {
        ui.horizontal(|ui| {
            let back = button(ui, Icon::ArrowLeft, &cx.t("lists-back")).clicked();
            if let Some(walk) = walk {
                // In a low window the number stands here, so that there is room for names.
                if theme::is_low(ui) {
                    let Counts { told, eligible, .. } = walk.round.list.counts;
                    ui.label(RichText::new(format!("{told} / {eligible}")).text_style(theme::strong_style()));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    self.papers_ui(ui, cx, &walk.round.list.programme);
                    let name = RichText::new(cx.words.pick(&walk.round.list.programme.names));
                    let name = egui::Label::new(name.text_style(theme::strong_style())).truncate();
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| ui.add(name));
                });
            }
            if back { Leads::Back } else { Leads::Nowhere }
        })
        .inner
    }

    /// What can be printed of it, from the right; only icons where there is little room.
    fn papers_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, programme: &Programme) {
        let is_tight = ui.available_width() < 640.0;
        for (glyph, key, mut wish) in papers_of(programme).into_iter().rev() {
            if let PaperWish::Roster { section, .. } = &mut wish {
                // What is printed is what is looked at.
                *section = if programme.publicity == Publicity::None { Section::Eligible } else { self.section };
            }
            let words = match wish {
                PaperWish::Roster { .. } => cx.t("lists-print"),
                _ => cx.t(key),
            };
            let response = if is_tight { icon_button(ui, glyph, &words) } else { button(ui, glyph, &words) };
            if response.clicked() {
                cx.push(Action::Paper(wish));
            }
        }
    }

    /// Every number opens its names; who declined is a number only.
    fn sections_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, walk: &Walk) {
        ui.horizontal_wrapped(|ui| {
            for section in Section::ALL {
                let words = format!("{} {}", cx.t(section.key()), walk.count(section));
                let chosen = self.section == section && !self.newcomers.is_open();
                if ui.add(Button::selectable(chosen, words).frame_when_inactive(true)).clicked() {
                    self.section = section;
                    self.newcomers.close();
                    self.selection.clear();
                }
            }
            if begins_with_an_age(&walk.round.list.programme) && self.newcomers.button_ui(ui, cx) {
                self.selection.clear();
            }
            if self.filter.is_open() {
                ui.add_space(theme::GAP);
                let declined = Message::new("ui-count-declined");
                let declined = declined.number("count", walk.round.list.counts.declined.cast_signed());
                let declined = RichText::new(cx.say(&declined)).color(theme::of(ui).ink_soft);
                ui.add(egui::Label::new(declined).extend()).on_hover_text(cx.t("ui-declined-hint"));
            }
        });
    }

    /// By group, and here or away: rows and sections follow, the headline stays that of the village.
    fn filter_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, walk: &Walk) {
        if theme::is_low(ui) && self.filter.is_open() && ui.available_height() < 200.0 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let all = cx.t("ui-all-groups");
            let chosen = self.filter.group.as_ref().map_or_else(|| all.clone(), |group| group_words(cx, group));
            let name = ui.label(cx.t("lists-filter-group"));
            let combo = ComboBox::from_id_salt("group").selected_text(chosen).width(130.0).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.filter.group, None, all);
                for group in &walk.round.groups {
                    ui.selectable_value(&mut self.filter.group, Some(group.clone()), group_words(cx, group));
                }
            });
            combo.response.labelled_by(name.id);
            ui.add_space(theme::GAP);
            let words = |residency: Option<Residency>| match residency {
                None => cx.t("lists-here-or-away"),
                Some(Residency::Here) => cx.t("residency-here"),
                Some(Residency::Away) => cx.t("residency-away"),
            };
            let shown = words(self.filter.residency);
            let name = ui.label(cx.t("field-residency"));
            let combo = ComboBox::from_id_salt("residency").selected_text(shown).width(130.0).show_ui(ui, |ui| {
                for residency in [None, Some(Residency::Here), Some(Residency::Away)] {
                    ui.selectable_value(&mut self.filter.residency, residency, words(residency));
                }
            });
            combo.response.labelled_by(name.id);
            if !self.filter.is_open() && button(ui, Icon::X, &cx.t("lists-filter-clear")).clicked() {
                self.filter = Filter::default();
            }
        });
    }

    fn walk_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, walk: &Arc<Walk>) {
        let section = self.section;
        let is_strip_due = !self.ticks.is_empty() || !theme::is_low(ui) && walk.count(section) > 1;
        if section == Section::ToTell && is_strip_due {
            self.ticks.strip_ui(ui, cx, walk);
        }
        self.table_ui(ui, cx, walk);
    }

    /// The selected row: where the selection stands, for looking through a county's rows takes longer than a frame.
    fn selected<'w>(&self, walk: &'w Walk) -> Option<&'w ListRow> {
        let row = walk.row_at(self.section, self.selection.index());
        row.filter(|row| self.selection.uid() == Some(&row.uid))
    }

    fn card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, walk: &Walk, row: &ListRow) {
        if card_ui(ui, cx, &mut self.form, row, (&walk.round.list.programme, &walk.round.grounds), |_, _| ()) {
            self.selection.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, walk: &Walk) {
        let section = self.section;
        let lines = walk.lines(section);
        if lines.is_empty() {
            let is_sure = walk.round.list.counts.eligible > 0;
            let key = if is_sure { section.nobody_key() } else { "lists-nobody" };
            return empty(ui, Icon::CircleCheck, &cx.t(key), "", |_| ());
        }
        let ticks = (section == Section::ToTell).then_some(Shows::Tick);
        let deadline = walk.has_deadline.then_some(Shows::Deadline);
        let shown = columns(ui.available_width(), ticks, deadline);
        let columns: Vec<_> = shown.iter().map(|shows| shows.col(cx)).collect();
        let sheet = Sheet { id: "lists", columns: &columns, rows: lines.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let (marks, mut turned) = (&self.ticks, None);
        let mut row_ui = |row: &mut egui_extras::TableRow<'_, '_>| {
            let at = row.index();
            let clicked = match &lines[at] {
                Line::Group(head) => {
                    let ticked = ticks.map(|_| marks.has_group(walk, at));
                    group_row(row, cx, head, &shown, ticked)
                }
                Line::Person(index) => {
                    let person = &walk.round.list.rows[*index as usize];
                    row.set_selected(chosen == Some(person.uid.as_str()));
                    person_row(row, cx, person, &shown, ticks.map(|_| marks.has(&person.uid)))
                }
            };
            if clicked {
                turned = Some(at);
            }
        };
        let clicked = theme::card(ui).inner_margin(4.0).show(ui, |ui| table(ui, &sheet, &mut row_ui)).inner;
        if let Some(at) = turned {
            match walk.uid_at(section, at) {
                Some(uid) => self.ticks.turn(uid),
                None => self.ticks.turn_group(walk, at),
            }
        } else if let Some(index) = clicked
            && let Some(uid) = walk.uid_at(section, index)
        {
            self.selection.set(index, uid);
        }
    }
}

/// The headline: told ÷ eligible, of the whole village. The goal line belongs to *told* alone.
fn headline_ui(ui: &mut Ui, cx: &Cx<'_>, walk: &Walk) {
    let list = &walk.round.list;
    let Counts { told, eligible, ask, .. } = list.counts;
    let words = cx.say(&match (told * 100).checked_div(eligible) {
        Some(percent) => Message::new("ui-told-of-eligible").number("percent", percent.cast_signed()),
        None => Message::new("lists-nobody-sure").number("ask", ask.cast_signed()),
    });
    let open = list.rows.iter().filter(|row| matches!(row.state, State::ToTell | State::Unreachable | State::Told));
    let by = open.filter_map(|row| row.turn.apply_by).min().or(list.period.apply_by);
    let by = by.map(|by| deadline_words(cx, &list.programme, by));
    if ui.available_height() < theme::SHORT {
        // Little room: the number and the last day in one line.
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("{told} / {eligible}")).heading());
            basic::brief(ui, by.unwrap_or(words));
        });
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("{told} / {eligible}")).text_style(theme::headline_style()));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                match by {
                    Some(by) => ui.add(egui::Label::new(RichText::new(by).strong()).wrap()),
                    None => ui.label(RichText::new(cx.say(&period(list.period.name.as_str()))).strong()),
                };
                basic::soft(ui, words);
                if let Some(key) = status_key(&list.programme, &walk.round.grounds.standards) {
                    basic::hint(ui, cx.t(key));
                }
            });
        });
        let share = if eligible == 0 { 0.0 } else { told as f32 / eligible as f32 };
        thin_bar(ui, share, ui.available_width());
    });
}

/// 2026 is a year; other turns have their own names.
fn period(name: &str) -> Message {
    if name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit()) {
        Message::new("lists-period-year").text("year", name)
    } else {
        Message::new("lists-period-now")
    }
}

fn nobody_ui(ui: &mut Ui, cx: &mut Cx<'_>, programme: &Programme) {
    let title = cx.words.pick(&programme.names).to_owned();
    if let Status::Ended { .. } = programme.status {
        return empty(ui, Icon::CircleMinus, &title, &cx.of(&programme.status), |_| ());
    }
    let (words, next) = (cx.t("ui-list-empty"), cx.t("ui-import-roster"));
    let import =
        empty(ui, Icon::ListChecks, &title, &words, |ui| main_button(ui, Icon::FileSpreadsheet, &next).clicked());
    if import {
        cx.push(Action::Import(None));
    }
}
