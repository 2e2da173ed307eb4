//! 村务记录: services, feedback, training and the phone list, each a table that is written into and printed.

use chrono::NaiveDate;
use eframe::egui::{Button, Ui};

use crate::domain::typed_day::read_day;
use crate::domain::village_record::{Entry, RecordKind};
use crate::ledger::command::Command;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// The page.
pub struct RecordPage {
    kind: RecordKind,
    rows: Cached<(i64, RecordKind), Vec<Entry>>,
    form: Option<Form>,
}

/// An entry as it is typed.
struct Form {
    entry: Entry,
    day: String,
}

impl Default for RecordPage {
    fn default() -> Self {
        Self { kind: RecordKind::Service, rows: Cached::default(), form: None }
    }
}

impl RecordPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let kind = self.kind;
        let rows = self.rows.get(cx.desk, (cx.revision, kind), move |view| view.village_record(kind)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        if self.form.is_none() || ui.available_width() >= theme::NARROW {
            self.kinds_ui(ui, cx, rows.len());
        }
        if let Some(form) = self.form.take() {
            let room = card_beside(ui, "of-record-card", theme::NARROW, |ui| self.form = form_ui(ui, cx, kind, form));
            if room == Room::Taken {
                return;
            }
        }
        if rows.is_empty() {
            let words = cx.t(kind.hint());
            return empty(ui, Icon::ClipboardList, &cx.t("record-nothing"), &words, |_| ());
        }
        self.table_ui(ui, cx, &rows);
    }

    fn kinds_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, count: usize) {
        ui.horizontal_wrapped(|ui| {
            for kind in RecordKind::ALL.iter().copied() {
                let chosen = self.kind == kind;
                if ui.add(Button::selectable(chosen, cx.of(&kind)).frame_when_inactive(true)).clicked() {
                    self.kind = kind;
                    self.form = None;
                }
            }
            ui.add_space(theme::GAP);
            if button(ui, Icon::Plus, &cx.t("record-add")).clicked() {
                self.form = Some(Form::new(self.kind, cx.today));
            }
            if self.kind.is_printed() && count > 0 && button(ui, Icon::Printer, &cx.t("lists-print")).clicked() {
                cx.push(Action::Paper(PaperWish::VillageRecord(self.kind)));
            }
            if button(ui, Icon::ClipboardList, &cx.t("paper-kind-self-check")).clicked() {
                cx.push(Action::Paper(PaperWish::SelfCheck));
            }
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rows: &[Entry]) {
        let columns = columns(cx, self.kind, ui.available_width());
        let sheet = Sheet { id: "record", columns: &columns, rows: rows.len(), scroll_to: None };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let entry = &rows[line.index()];
                    cell(line, cx.words.date(entry.on));
                    for at in 0..columns.len() - 1 {
                        cell(line, entry.texts.get(at).map_or("", String::as_str));
                    }
                })
            })
            .inner;
        if let Some(entry) = clicked.and_then(|index| rows.get(index)) {
            self.form = Some(Form { entry: entry.clone(), day: entry.on.to_string() });
        }
    }
}

impl Form {
    fn new(kind: RecordKind, today: NaiveDate) -> Self {
        let texts = vec![String::new(); kind.columns().len()];
        Self { entry: Entry { uid: String::new(), on: today, texts }, day: String::new() }
    }
}

/// Draws the form; what stays of it.
fn form_ui(ui: &mut Ui, cx: &mut Cx<'_>, kind: RecordKind, mut form: Form) -> Option<Form> {
    let mut stays = true;
    basic::head(ui, cx.of(&kind));
    for (label, text) in kind.labels().iter().zip(&mut form.entry.texts) {
        field(ui, &cx.t(label), text, Shown::Clear, None);
    }
    let day = read_day(&form.day, cx.today).ok().filter(|day| *day <= cx.today);
    let problem = day.is_none().then(|| cx.t("ui-date-unclear"));
    field(ui, &cx.t("ui-date-happened"), &mut form.day, Shown::Clear, problem.as_deref());
    let first = cx.t("ui-fill-in-first");
    let is_there = form.entry.texts.first().is_some_and(|text| !text.trim().is_empty());
    let ready = if is_there && day.is_some() { Ok(()) } else { Err(first.as_str()) };
    ui.horizontal_wrapped(|ui| {
        if main_button_if(ui, ready, Icon::Check, &cx.t("away-save"))
            && let Some(on) = day
        {
            cx.push(Action::Run(Command::WriteRecord { kind, entry: Box::new(Entry { on, ..form.entry.clone() }) }));
            stays = false;
        }
        if !form.entry.uid.is_empty() && button(ui, Icon::Trash2, &cx.t("record-remove")).clicked() {
            cx.push(Action::Run(Command::RemoveRecord { kind, uid: form.entry.uid.clone() }));
            stays = false;
        }
        if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
            stays = false;
        }
    });
    stays.then_some(form)
}

/// Columns that fit the width: the day and the first texts.
fn columns(cx: &Cx<'_>, kind: RecordKind, width: f32) -> Vec<Col> {
    let most = if width > 800.0 {
        5
    } else if width > 560.0 {
        3
    } else {
        1
    };
    let texts: Vec<&str> = kind.labels().iter().copied().take(most).collect();
    let mut columns = vec![Col { title: cx.t("record-day"), width: Width::Points(130.0) }];
    for (at, label) in texts.iter().enumerate() {
        let width = if at + 1 == texts.len() { Width::Rest } else { Width::Points(150.0) };
        columns.push(Col { title: cx.t(label), width });
    }
    columns
}
