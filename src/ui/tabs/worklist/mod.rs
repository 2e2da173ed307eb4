//! 工作清单: what to do, by day, group and household, derived from the lists every time it is read.

mod by_hand;
mod card;
mod entry;
mod round;
mod rows;

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, ComboBox, RichText, Ui};

use crate::domain::message::Message;
use crate::domain::worklist::Section;
use crate::ledger::command::Command;
use crate::ledger::rounds::{Reach, RoundPlan, RoundWish};
use crate::ledger::worklist::{TaskFilter, TaskRow};
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::handed_out::SheetsStrip;
use crate::ui::widgets::person::group_words;
use crate::ui::widgets::rows::{Selection, Sheet, table};
use by_hand::ByHand;
use card::TaskCard;
use entry::QuickEntry;
use round::{Line, Round};
use rows::{columns, group_row, section_row, task_row};

/// What stands open above the tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Entry,
    ByHand,
}

/// The tab.
#[derive(Default)]
pub struct WorklistTab {
    filter: TaskFilter,
    round: Cached<(i64, NaiveDate, TaskFilter), Round>,
    settled: Option<Arc<Round>>,
    selection: Selection,
    card: TaskCard,
    open: Open,
    entry: QuickEntry,
    by_hand: ByHand,
    plan: Cached<(i64, NaiveDate, TaskFilter), RoundPlan>,
    /// A round is to be printed once it is planned.
    wants_round: bool,
    /// Why none could be made, until something else is chosen.
    no_round: Option<(Message, TaskFilter)>,
    jump: Option<Section>,
    sheets: SheetsStrip,
}

impl WorklistTab {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.sheets.ui(ui, cx);
        let today = cx.today;
        let (key, filter) = ((cx.revision, today, self.filter.clone()), self.filter.clone());
        let round = self.round.get(cx.desk, key, move |view| Round::read(view, &filter, today)).cloned();
        if let Some(message) = self.round.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(round) = round else { return };
        if self.settled.as_ref().is_none_or(|settled| !Arc::ptr_eq(settled, &round)) {
            let line = self.selection.uid().and_then(|uid| round.line_of(self.selection.index(), uid));
            self.selection.settle_at(line, round.lines.len(), |index| round.key_at(index));
            self.settled = Some(round.clone());
        }
        // In a small window an open card needs the room of all the rest.
        if round.residents > 0 && (self.selection.uid().is_none() || ui.available_width() >= theme::NARROW) {
            self.sections_ui(ui, cx, &round);
            self.tools_ui(ui, cx, &round);
        }
        if round.tasks.is_empty() {
            return nothing_ui(ui, cx, &round);
        }
        self.selection.keys(ui, cx, round.lines.len(), |index| round.key_at(index));
        self.walk_ui(ui, cx, &round);
    }

    /// The four counts; each jumps to its section.
    fn sections_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(cx.words.date(cx.today)).text_style(theme::strong_style()));
            ui.add_space(theme::GAP);
            for (section, count) in Section::ALL.iter().zip(round.counts) {
                let words = format!("{} {count}", cx.of(section));
                if ui.add_enabled(count > 0, egui::Button::new(words)).clicked() {
                    self.jump = Some(*section);
                }
            }
        });
    }

    /// Whose tasks, the round on paper, what is typed in from it, and what is written by hand.
    fn tools_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        ui.horizontal_wrapped(|ui| {
            self.whose_ui(ui, cx, round);
            if button(ui, Icon::Printer, &cx.t("paper-kind-round")).clicked() {
                self.wants_round = true;
                self.no_round = None;
            }
            if button(ui, Icon::Keyboard, &cx.t("entry-open")).clicked() {
                self.open = if self.open == Open::Entry { Open::Nothing } else { Open::Entry };
                self.entry.open();
            }
            if button(ui, Icon::PencilLine, &cx.t("by-hand-open")).clicked() {
                self.open = if self.open == Open::ByHand { Open::Nothing } else { Open::ByHand };
                self.by_hand.open();
            }
        });
        let close = match self.open {
            Open::Nothing => false,
            Open::Entry => self.entry.ui(ui, cx),
            Open::ByHand => self.by_hand.ui(ui, cx),
        };
        if close {
            self.open = Open::Nothing;
        }
        self.round_ui(ui, cx, round);
    }

    fn whose_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        let all = cx.t("ui-all-groups");
        let of_contact = |name: &str| cx.say(&Message::new("ui-contact-is").text("name", name));
        let chosen = match (&self.filter.group, &self.filter.contact) {
            (Some(group), _) => group_words(cx, group),
            (_, Some(contact)) => of_contact(contact),
            _ => all.clone(),
        };
        let name = ui.label(cx.t("lists-filter-group"));
        let combo = ComboBox::from_id_salt("whose").selected_text(chosen).width(150.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut self.filter, TaskFilter::default(), all);
            for group in &round.groups {
                let of = TaskFilter { group: Some(group.name.clone()), contact: None };
                ui.selectable_value(&mut self.filter, of, group_words(cx, &group.name));
            }
            let mut contacts: Vec<&str> = round.groups.iter().map(|group| group.contact.as_str()).collect();
            contacts.sort_unstable();
            contacts.dedup();
            for contact in contacts.into_iter().filter(|contact| !contact.is_empty()) {
                let of = TaskFilter { group: None, contact: Some(contact.to_owned()) };
                ui.selectable_value(&mut self.filter, of, of_contact(contact));
            }
        });
        combo.response.labelled_by(name.id);
    }

    /// The round is planned where it is read, written down, and looked at before it is printed.
    fn round_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        if let Some((message, _)) = self.no_round.as_ref().filter(|(_, filter)| *filter == self.filter) {
            basic::wrong(ui, &cx.say(message));
        }
        if !self.wants_round {
            return;
        }
        let groups = match (&self.filter.group, &self.filter.contact) {
            (Some(group), _) => vec![group.clone()],
            (_, Some(contact)) => {
                let theirs = round.groups.iter().filter(|group| group.contact == *contact);
                theirs.map(|group| group.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        let (today, wish) = (cx.today, RoundWish { groups, households: Vec::new(), reach: Reach::ThisWeek });
        let key = (cx.revision, today, self.filter.clone());
        let plan = self.plan.get(cx.desk, key, move |view| view.plan_round(&wish, today)).cloned();
        if self.plan.is_waiting() {
            return;
        }
        if let Some(message) = self.plan.failure() {
            self.no_round = Some((message.clone(), self.filter.clone()));
            self.wants_round = false;
            return;
        }
        if let Some(plan) = plan {
            self.wants_round = false;
            cx.push(Action::Run(Command::MakeRound(Box::new(plan.as_ref().clone()))));
            cx.push(Action::Paper(PaperWish::Round));
        }
    }

    fn walk_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
        let chosen = round.task_at(self.selection.index());
        let chosen = chosen.filter(|task| self.selection.uid() == Some(task.key().as_str()));
        if let Some(task) = chosen {
            let room = card_beside(ui, "task-card", theme::NARROW, |ui| self.card(ui, cx, round, task));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, round);
    }

    fn card(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, round: &Round, task: &TaskRow) {
        if self.card.ui(ui, cx, round, task) {
            self.selection.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, round: &Round) {
        let columns = columns(cx, ui.available_width());
        let jump = self.jump.take();
        let at =
            |section| round.lines.iter().position(|line| matches!(line, Line::Section(found, _) if *found == section));
        let scroll_to = jump.and_then(at).or_else(|| self.selection.scroll_to());
        let sheet = Sheet { id: "worklist", columns: &columns, rows: round.lines.len(), scroll_to };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| match &round.lines[row.index()] {
                    Line::Section(section, count) => section_row(row, cx, *section, *count, columns.len()),
                    Line::Group { name, people } => group_row(row, cx, name.as_deref(), *people, columns.len()),
                    Line::Task(index) => {
                        let task = &round.tasks[*index];
                        row.set_selected(chosen == round.key_at(row.index()));
                        task_row(row, cx, task, columns.len());
                    }
                })
            })
            .inner;
        if let Some(index) = clicked
            && let Some(uid) = round.key_at(index)
        {
            self.selection.set(index, uid);
        }
    }
}

fn nothing_ui(ui: &mut Ui, cx: &mut Cx<'_>, round: &Round) {
    if round.residents == 0 {
        let (title, words, next) = (cx.t("ui-nobody-yet"), cx.t("ui-nobody-yet-hint"), cx.t("ui-import-roster"));
        let import = empty(ui, Icon::ClipboardList, &title, &words, |ui| {
            basic::main_button(ui, Icon::FileSpreadsheet, &next).clicked()
        });
        if import {
            cx.push(Action::Import(None));
        }
        return;
    }
    // Where nobody is concerned nobody was told either.
    let hint = if round.concerned == 0 { "worklist-nobody-hint" } else { "ui-worklist-done-hint" };
    let (title, words, next) = (cx.t("ui-worklist-done"), cx.t(hint), cx.t("ui-go-to-lists"));
    let go = empty(ui, Icon::CircleCheck, &title, &words, |ui| button(ui, Icon::ListChecks, &next).clicked());
    if go {
        cx.push(Action::Show(Tab::Lists));
    }
}
