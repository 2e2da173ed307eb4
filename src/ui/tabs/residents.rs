//! 住户: who lives here, household by household; search by name, pinyin, initials, id tail and phone; one person with
//! all that is known; the way in for rosters.

use std::path::PathBuf;

use eframe::egui::{self, Align, Layout, Panel, RichText, ScrollArea, Ui};
use egui_extras::TableRow;

use super::charts::ChartsPage;
use super::contact::ContactForm;
use super::duplicates::DuplicatesPage;
use super::hits::HitsTable;
use super::household_panel::HouseholdPanel;
use super::import::ImportPage;
use super::person_panel::PersonPanel;
use super::quality::QualityPage;
use super::roll::{Clicked, RollTable};
use crate::desk::Desk;
use crate::desk::rosters::ToMendWish;
use crate::domain::message::Message;
use crate::domain::resident::{Residency, Standing};
use crate::ledger::census::RollHome;
use crate::ledger::command::Stamp;
use crate::ledger::history::ChangeRow;
use crate::ledger::residents::ResidentRow;
use crate::ledger::view::View;
use crate::ledger::village::GroupRow;
use crate::ui::action::{Action, Sender};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::{Forms, Wish};
use crate::ui::icon::Icon;
use crate::ui::search::{Letters, Typing, Walk};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::child;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::mask;
use crate::ui::widgets::person::{born_words, group_words, household_words};
use crate::ui::widgets::rows::{Col, Selection, Width, cell, group_cell};

/// The tab.
#[derive(Default)]
pub struct ResidentsTab {
    group: Option<String>,
    search: String,
    groups: Cached<i64, Vec<GroupRow>>,
    roll: RollTable,
    hits: HitsTable,
    selection: Selection,
    /// What was shown before the search.
    before: Option<(Option<String>, Selection)>,
    typing: Typing,
    panel: PersonPanel,
    household: HouseholdPanel,
    /// The household whose line was chosen: its panel shows as long as that is what is selected.
    home: Option<String>,
    forms: Forms,
    import: Option<Box<ImportPage>>,
    contact: ContactForm,
    duplicates: DuplicatesPage,
    quality: QualityPage,
    charts: ChartsPage,
    /// Whether there is no room for the groups at the side.
    narrow: bool,
}

impl ResidentsTab {
    /// Opens a person.
    pub fn open(&mut self, uid: &str) {
        self.import = None;
        self.duplicates.close();
        self.quality.close();
        self.charts.close();
        self.before = None;
        self.search.clear();
        self.group = None;
        self.selection.set(0, uid);
        self.selection.reveal();
    }

    /// Opens a household.
    pub fn open_household(&mut self, uid: &str) {
        self.open(uid);
        self.home = Some(uid.to_owned());
    }

    /// Opens a group.
    pub fn open_group(&mut self, group: String) {
        self.open("");
        self.selection.clear();
        self.group = Some(group);
    }

    /// The forms.
    pub fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }

    /// Something was done; the form that asked for it is closed, and who was entered is shown.
    pub fn form_done(&mut self, desk: &Desk, stamp: &Stamp, sender: &Sender, change: Option<&ChangeRow>) {
        let (op, about) = change.map(|change| (change.op.as_str(), change.about.as_str())).unzip();
        let saved = self.forms.done(desk, stamp, sender, (op, about.unwrap_or_default()));
        if let Some(uid) = saved.and_then(|saved| saved.entered) {
            self.selection.set(0, &uid);
            self.selection.reveal();
        }
    }

    /// What is searched for.
    pub fn searched(&self) -> &str {
        &self.search
    }

    /// Shows the hits for a text; for none, what was shown before.
    pub fn search(&mut self, text: &str) {
        if !text.is_empty() {
            let selection = std::mem::take(&mut self.selection);
            if self.before.is_none() {
                self.before = Some((self.group.take(), selection));
            }
        } else if let Some((group, selection)) = self.before.take() {
            (self.group, self.selection) = (group, selection);
            self.selection.reveal();
        }
        text.clone_into(&mut self.search);
        self.hits.leave();
    }

    /// Walks along the hits as soon as they are there.
    pub fn walk(&mut self, walk: Walk) {
        self.hits.walk(walk);
    }

    /// Whether somebody is typing into the search field: in a small window the hits stay in sight.
    pub fn typing(&mut self, typing: Typing) {
        self.typing = typing;
    }

    /// Whether a person or a form takes the letters.
    pub fn letters(&self) -> Letters {
        if self.forms.is_open() {
            Letters::Taken
        } else if self.duplicates.is_open() {
            self.duplicates.letters()
        } else {
            self.selection.letters()
        }
    }

    /// The ledger is put away: nothing long goes on reading it.
    pub fn stop_reads(&mut self) {
        self.duplicates.stop_reads();
    }

    /// Whether this person's page, or the form about them, is open.
    pub fn is_about(&self, uid: &str) -> bool {
        self.selection.uid() == Some(uid) || self.forms.is_about(uid)
    }

    /// This person was deleted: their page closes.
    pub fn gone(&mut self, uid: &str) {
        if self.selection.uid() == Some(uid) {
            self.selection.clear();
        }
    }

    /// Begins to write the rows of an import that are to be mended.
    pub fn save_rejected(&mut self, desk: &Desk, wish: ToMendWish, stamp: Stamp) {
        if let Some(import) = &mut self.import {
            import.save_rejected(desk, wish, stamp);
        }
    }

    /// Begins an import.
    pub fn import(&mut self, file: Option<PathBuf>) {
        self.import = Some(Box::new(ImportPage::new(file)));
    }

    /// The roster was written.
    pub fn imported(&mut self) {
        self.import = None;
    }

    /// Something was refused: what waits for it can be mended.
    pub fn refused(&mut self, sender: &Sender, reason: &Message) {
        if let Sender::Pairs(uids) = sender {
            self.duplicates.refused(uids);
        }
        self.forms.refused(sender, reason);
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.import.as_ref().is_some_and(|import| import.is_busy())
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(import) = &mut self.import
            && self.search.is_empty()
        {
            if import.ui(ui, cx) {
                self.import = None;
            }
            return;
        }
        if self.duplicates.is_open() && self.search.is_empty() {
            return self.duplicates.ui(ui, cx);
        }
        if self.charts.is_open() && self.search.is_empty() && !self.forms.is_open() {
            return self.charts.ui(ui, cx);
        }
        if self.quality.is_open() && self.search.is_empty() && !self.forms.is_open() {
            let residents = self.groups.get(cx.desk, cx.revision, View::groups).cloned();
            let residents = residents.map_or(0, |groups| groups.iter().map(|group| group.residents).sum());
            let twice = self.duplicates.button_words(cx, residents);
            if self.quality.ui(ui, cx, &twice) {
                self.duplicates.open();
            }
            return;
        }
        let groups = self.groups.get(cx.desk, cx.revision, View::groups).cloned();
        if let Some(message) = self.groups.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(groups) = groups else { return };
        // In a wide window it stands in the bar, so that nothing moves when a form is closed.
        let is_bare = groups.iter().all(|group| group.residents == 0) && !self.forms.is_open();
        if self.search.is_empty() && (is_bare || ui.available_width() < theme::NARROW) {
            self.forms.strip_ui(ui, cx);
        }
        if groups.iter().all(|group| group.residents == 0) && !self.forms.is_open() && self.search.is_empty() {
            return self.nobody_ui(ui, cx);
        }
        self.narrow = ui.available_width() < theme::NARROW;
        if !self.narrow {
            Panel::left("groups")
                .exact_size(190.0)
                .frame(egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO }))
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| self.groups_ui(ui, cx, &groups));
        }
        self.bar_ui(ui, cx, &groups);
        self.folk_ui(ui, cx);
    }

    fn nobody_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (title, words) = (cx.t("ui-nobody-yet"), cx.t("ui-import-or-add"));
        empty(ui, Icon::House, &title, &words, |ui| {
            if main_button(ui, Icon::FileSpreadsheet, &cx.t("ui-import-roster")).clicked() {
                cx.push(Action::Import(None));
            }
            if button(ui, Icon::UserPlus, &cx.t("ui-add-person")).clicked() {
                cx.push(Action::Form(Wish::Add { group: String::new() }));
            }
        });
    }

    fn groups_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, groups: &[GroupRow]) {
        theme::card(ui).inner_margin(8.0).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let all = groups.iter().map(|group| group.residents).sum();
                self.group_ui(ui, None, &cx.t("ui-all-groups"), all);
                for group in groups.iter().filter(|group| group.households > 0) {
                    let name = group_words(cx, &group.name);
                    ui.push_id(&group.uid, |ui| self.group_ui(ui, Some(&group.name), &name, group.residents));
                }
                let chosen = groups.iter().find(|group| self.group.as_ref() == Some(&group.name));
                if let Some(group) = chosen.filter(|group| !group.name.is_empty()) {
                    self.contact.ui(ui, cx, group);
                    if button(ui, Icon::PencilLine, &cx.t("op-rename-group")).clicked() {
                        cx.push(Action::Form(Wish::Group { group: group.uid.clone() }));
                    }
                }
            });
        });
    }

    fn group_ui(&mut self, ui: &mut Ui, group: Option<&str>, name: &str, residents: i64) {
        let chosen = self.group.as_deref() == group;
        let count = RichText::new(residents.to_string()).small().color(theme::of(ui).ink_soft);
        let button = egui::Button::selectable(chosen, name).right_text(count).truncate();
        let response = ui.add_sized([ui.available_width(), 34.0], button);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name));
        if response.clicked() {
            self.group = group.map(str::to_owned);
            self.selection.clear();
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, groups: &[GroupRow]) {
        ui.horizontal_wrapped(|ui| {
            if self.narrow {
                self.group_choice_ui(ui, cx, groups);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                // Only their icons where a whole word would not fit.
                let draw = if self.narrow { basic::icon_button } else { button };
                if draw(ui, Icon::FileSpreadsheet, &cx.t("ui-import-roster")).clicked() {
                    cx.push(Action::Import(None));
                }
                if draw(ui, Icon::UserPlus, &cx.t("ui-add-person")).clicked() {
                    cx.push(Action::Form(Wish::Add { group: self.group.clone().unwrap_or_default() }));
                }
                let residents = groups.iter().map(|group| group.residents).sum();
                let words = self.duplicates.button_words(cx, residents);
                if draw(ui, Icon::CopyCheck, &words).clicked() {
                    self.duplicates.open();
                }
                if draw(ui, Icon::ClipboardList, &cx.t("quality-page")).clicked() {
                    self.quality.open();
                }
                if basic::icon_button(ui, Icon::ChartBar, &cx.t("charts-title")).clicked() {
                    self.charts.open();
                }
                if !self.narrow && self.search.is_empty() {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.forms.strip_ui(ui, cx));
                }
            });
        });
    }

    /// The groups in a small window.
    fn group_choice_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, groups: &[GroupRow]) {
        let shown = self.group.as_deref().map_or_else(|| cx.t("ui-all-groups"), |group| group_words(cx, group));
        egui::ComboBox::new("group", cx.t("field-group")).width(110.0).selected_text(shown).show_ui(ui, |ui| {
            ui.selectable_value(&mut self.group, None, cx.t("ui-all-groups"));
            for group in groups.iter().filter(|group| group.households > 0) {
                ui.selectable_value(&mut self.group, Some(group.name.clone()), group_words(cx, &group.name));
            }
        });
    }

    fn folk_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.search.is_empty() {
            self.roll_ui(ui, cx);
        } else {
            self.hits_ui(ui, cx);
        }
    }

    fn roll_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let lines = self.roll.read(ui, cx, self.group.as_deref(), &mut self.selection);
        if let Some(message) = self.roll.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(lines) = lines else { return };
        if !self.side_ui(ui, cx) {
            return;
        }
        if lines.is_empty() {
            return empty(ui, Icon::SearchX, &cx.t("ui-nobody-here"), "", |_| ());
        }
        match self.roll.ui(ui, cx, &lines, &mut self.selection) {
            Some(Clicked::Person(line, uid)) => self.selection.set(line, &uid),
            Some(Clicked::Home(line, uid)) => {
                self.selection.set(line, &uid);
                self.home = Some(uid);
            }
            None => {}
        }
    }

    fn hits_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let hits = self.hits.read(ui, cx, (&self.search, self.group.as_deref()), &mut self.selection);
        if let Some(message) = self.hits.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(hits) = hits else { return };
        if self.side_ui(ui, cx)
            && let Some((line, uid)) = self.hits.ui(ui, cx, &hits, &mut self.selection)
        {
            self.selection.set(line, &uid);
        }
    }

    /// The person, or the form, at the side; false where it takes the place of the table.
    fn side_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        if !self.forms.is_open() && self.selection.uid().is_none() {
            return true;
        }
        if ui.available_width() < theme::NARROW - 190.0 {
            if self.typing == Typing::Now && !self.forms.is_open() {
                return true;
            }
            self.side_card(ui, cx);
            return false;
        }
        Panel::right("person")
            .exact_size(theme::CARD_WIDTH)
            .frame(egui::Frame::new().inner_margin(egui::Margin { left: 12, ..egui::Margin::ZERO }))
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| self.side_card(ui, cx));
        true
    }

    fn side_card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        theme::card(ui).show(ui, |ui| {
            if self.forms.is_open() {
                return self.forms.ui(ui, cx);
            }
            ui.set_min_size(ui.available_size());
            ScrollArea::vertical().id_salt("side").auto_shrink(false).show(ui, |ui| {
                let Some(uid) = self.selection.uid().map(str::to_owned) else { return };
                let close = match self.home.as_ref() == Some(&uid) {
                    true => self.household.ui(ui, cx, &uid),
                    false => self.panel.ui(ui, cx, &uid),
                };
                if close {
                    self.selection.clear();
                }
            });
        });
    }
}

/// The columns that fit the width; `last` is the key of the last one's title.
pub(super) fn columns(cx: &Cx<'_>, width: f32, last: &str) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("field-name", Width::Points(150.0)), col("field-relation", Width::Points(104.0))];
    columns.push(col("ui-column-age", Width::Points(72.0)));
    if width > 560.0 {
        columns.push(col("field-id_number", Width::Points(136.0)));
    }
    if width > 700.0 {
        columns.push(col("field-phone", Width::Points(136.0)));
    }
    columns.push(col(last, Width::Rest));
    columns
}

/// The line of a household.
pub(super) fn household_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, home: &RollHome, columns: usize) {
    group_cell(row, |ui| {
        let place = format!("{} {}", group_words(cx, &home.group), household_words(cx, &home.number));
        ui.add(egui::Label::new(RichText::new(place).color(theme::of(ui).accent_deep)).truncate());
    });
    group_cell(row, |ui| {
        basic::brief(ui, cx.say(&Message::new("ui-people").number("count", home.people)));
    });
    for _ in 2..columns.saturating_sub(1) {
        group_cell(row, |_| ());
    }
    group_cell(row, |ui| {
        ui.add(egui::Label::new(RichText::new(&home.address).small().color(theme::of(ui).ink_soft)).truncate());
    });
}

/// The line of a person; with the reason where they were found by the search.
pub(super) fn person_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    person: &ResidentRow,
    why: Option<&Message>,
    columns: usize,
) {
    let gone = person.facts.standing.value != Standing::Present;
    let ink = if gone { cx.palette.ink_soft } else { cx.palette.ink };
    cell(row, RichText::new(format!("  {}", person.name)).color(ink));
    cell(row, relation_words(cx, person.relation));
    cell(row, person.born().map_or_else(|| cx.t("ui-unknown"), |born| born_words(cx, born)));
    if columns > 4 {
        cell(row, child::in_list(cx, person.born(), &mask::id_number(&person.id_number)));
    }
    if columns > 5 {
        cell(row, child::in_list(cx, person.born(), &person.phone));
    }
    let place = format!("{} {}", group_words(cx, &person.group), household_words(cx, &person.household));
    let words = match why {
        Some(why) => format!("{}  {place}", cx.say(why)),
        None if gone => cx.of(&person.facts.standing.value),
        None => cx.t(residency_key(person.residency())),
    };
    cell(row, RichText::new(words).color(if why.is_some() || gone { cx.palette.ink_soft } else { cx.palette.ink }));
}

/// The word for a relation's code; empty where it is not known.
pub fn relation_words(cx: &Cx<'_>, code: u8) -> String {
    if code == 0 { String::new() } else { cx.t(&format!("relation-{code:02}")) }
}

/// The key of the word for a residency.
pub fn residency_key(residency: Option<Residency>) -> &'static str {
    match residency {
        Some(Residency::Here) => "residency-here",
        Some(Residency::Away) => "residency-away",
        None => "residency-unknown",
    }
}
