//! 对户籍: a roster of the household registration beside the ledger, kind by kind; decided row by row or all at once, and
//! written as one step. What is only there lives in this page and goes with it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, Align, Button, Layout, Panel, RichText, Ui};
use egui_extras::TableRow;

use crate::desk::{Answer, rosters};
use crate::domain::message::{Message, Say as _};
use crate::domain::resident::Field;
use crate::ledger::command::Command;
use crate::ledger::error::ErrorKind;
use crate::ledger::exchange::staging::StagedRow;
use crate::ledger::reconcile::{Certainty, Finding, Kind, ReconcilePlan, Reconciled, Verdict};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::person::{group_words, name_ui};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, step_asked, stepped, table};

/// The page.
#[derive(Default)]
pub struct ReconcilePage {
    is_open: bool,
    path: PathField,
    file: PathBuf,
    looking: Option<Answer<Reconciled>>,
    found: Option<Found>,
    failure: Option<Message>,
}

/// A comparison on the page, and what was decided.
struct Found {
    reconciled: Arc<Reconciled>,
    /// The revision that was compared with: a later one asks for another look.
    revision: i64,
    verdicts: BTreeMap<usize, Verdict>,
    kind: Kind,
    /// The chosen finding, by its place among those of the kind.
    chosen: Option<usize>,
    scroll_to: Option<usize>,
    moved_on: DateField,
    /// Whether the verdicts were handed over to be written.
    is_written: bool,
}

impl Found {
    fn new(reconciled: Reconciled, revision: i64) -> Self {
        let kind = reconciled.findings.first().map_or(Kind::Differs, |finding| finding.kind);
        Self {
            reconciled: Arc::new(reconciled),
            revision,
            verdicts: BTreeMap::new(),
            kind,
            chosen: None,
            scroll_to: None,
            moved_on: DateField::default(),
            is_written: false,
        }
    }

    /// The places of the findings shown.
    fn shown(&self) -> Vec<usize> {
        let all = self.reconciled.findings.iter().enumerate();
        all.filter(|(_, finding)| finding.kind == self.kind).map(|(at, _)| at).collect()
    }
}

impl ReconcilePage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    fn look(&mut self, cx: &Cx<'_>) {
        self.failure = None;
        self.found = None;
        self.looking = Some(rosters::reconcile(cx.desk, self.file.clone(), cx.today));
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.arrive(cx);
        if let Some(looking) = &self.looking {
            ui.add_space(theme::MARGIN);
            if basic::progress(ui, cx, &cx.t("reconcile-looking"), looking.progress()) {
                self.looking = None;
            }
            return;
        }
        let Some(found) = &mut self.found else { return self.choose_ui(ui, cx) };
        if found.is_written && found.revision != cx.revision {
            return self.look(cx);
        }
        match found.ui(ui, cx) {
            Wish::Nothing => {}
            Wish::Close => *self = Self::default(),
            Wish::LookAgain => self.look(cx),
        }
    }

    fn arrive(&mut self, cx: &Cx<'_>) {
        let Some(result) = self.looking.as_ref().and_then(Answer::take) else { return };
        self.looking = None;
        match result {
            Ok(reconciled) => self.found = Some(Found::new(reconciled, cx.revision)),
            Err(error) if error.kind == ErrorKind::Cancelled => {}
            Err(error) => self.failure = Some(error.message()),
        }
    }

    fn choose_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            close = button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked();
            basic::head(ui, cx.t("reconcile-title"));
        });
        ui.set_max_width(theme::FORM_WIDTH);
        basic::soft(ui, cx.t("reconcile-about"));
        basic::hint(ui, cx.t("reconcile-kept"));
        if let Some(failure) = &self.failure {
            basic::wrong(ui, &cx.say(failure));
        }
        let settled = self.path.ui(ui, cx, "ui-import-file", Wanted::Spreadsheet);
        let why = cx.t("ui-fill-in-first");
        let ready = if self.path.path().is_some() { Ok(()) } else { Err(why.as_str()) };
        let pressed = main_button_if(ui, ready, Icon::Search, &cx.t("reconcile-look"));
        if let Some(path) = self.path.path().filter(|_| pressed || settled) {
            self.file = path;
            self.look(cx);
        }
        if close {
            *self = Self::default();
        }
    }
}

/// What is to become of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Nothing,
    Close,
    LookAgain,
}

impl Found {
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Wish {
        let mut wish = self.head_ui(ui, cx);
        if self.revision != cx.revision {
            basic::heed(ui, &cx.t("reconcile-changed"));
            if button(ui, Icon::Search, &cx.t("reconcile-again")).clicked() {
                wish = Wish::LookAgain;
            }
        }
        if !self.reconciled.otherwise.is_empty() {
            let fields: Vec<String> = self.reconciled.otherwise.iter().map(|field| cx.of(field)).collect();
            basic::hint(ui, cx.say(&Message::new("reconcile-otherwise").text("fields", cx.words.list(&fields))));
        }
        if self.reconciled.findings.is_empty() {
            let key = if self.reconciled.agree == 0 { "import-no-table" } else { "reconcile-nothing" };
            empty(ui, Icon::CircleCheck, &cx.t(key), &cx.t("reconcile-nothing-hint"), |_| ());
            return wish;
        }
        Panel::bottom("reconcile-write")
            .frame(egui::Frame::new().inner_margin(egui::Margin { top: 10, ..egui::Margin::ZERO }))
            .show_separator_line(false)
            .show(ui, |ui| self.write_ui(ui, cx));
        self.kinds_ui(ui, cx);
        self.rows_ui(ui, cx);
        wish
    }

    fn head_ui(&self, ui: &mut Ui, cx: &Cx<'_>) -> Wish {
        let mut wish = Wish::Nothing;
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                wish = Wish::Close;
            }
            let title = Message::new("reconcile-of")
                .text("file", self.reconciled.import.file.clone())
                .number("agree", self.reconciled.agree as u64);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| basic::head(ui, cx.say(&title)));
        });
        wish
    }

    fn kinds_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for kind in Kind::ALL {
                let words = format!("{} {}", cx.of(kind), self.reconciled.count(*kind));
                if ui.add(Button::selectable(self.kind == *kind, words).frame_when_inactive(true)).clicked() {
                    (self.kind, self.chosen) = (*kind, None);
                }
            }
        });
        basic::hint(ui, cx.t(&format!("reconcile-hint-{}", self.kind.as_str())));
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let shown = self.shown();
        if let Some(step) = step_asked(ui, cx, self.chosen)
            && let Some(next) = stepped(step, self.chosen, shown.len(), |_| true)
        {
            (self.chosen, self.scroll_to) = (Some(next), Some(next));
        }
        if let Some(at) = self.chosen.and_then(|place| shown.get(place)) {
            let room = card_beside(ui, "reconcile-row", theme::NARROW, |ui| self.card_ui(ui, cx, *at));
            if room == Room::Taken {
                return;
            }
        }
        self.bulk_ui(ui, cx);
        self.table_ui(ui, cx, &shown);
    }

    /// All of a kind at once, where that is no guess.
    fn bulk_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let all = match self.kind {
            Kind::Differs => "reconcile-take-all",
            Kind::Newborn => "reconcile-enter-all",
            _ => return,
        };
        if self.reconciled.count(self.kind) == 0 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::CheckCheck, &cx.t(all)).clicked() {
                self.verdicts.extend(self.reconciled.in_bulk(self.kind));
            }
            if button(ui, Icon::Undo2, &cx.t("reconcile-leave-all")).clicked() {
                let shown = self.shown();
                self.verdicts.retain(|at, _| !shown.contains(at));
            }
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &[usize]) {
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let columns = [
            col("ui-column-where", Width::Points(130.0)),
            col("field-name", Width::Points(130.0)),
            col("field-group", Width::Points(110.0)),
            col("ui-column-notes", Width::Rest),
        ];
        let sheet = Sheet { id: "reconcile", columns: &columns, rows: shown.len(), scroll_to: self.scroll_to.take() };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                ui.set_min_height((ui.available_height() - 4.0).max(theme::ROW * 3.0));
                table(ui, &sheet, |line| {
                    line.set_selected(self.chosen == Some(line.index()));
                    let at = shown[line.index()];
                    let finding = &self.reconciled.findings[at];
                    row_ui(line, cx, &self.reconciled, finding, self.verdicts.get(&at));
                })
            })
            .inner;
        self.chosen = clicked.or(self.chosen);
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, at: usize) {
        let reconciled = self.reconciled.clone();
        let Some(finding) = reconciled.findings.get(at) else { return };
        if name_ui(ui, cx, name(&reconciled, finding)) {
            self.chosen = None;
        }
        if let Some(row) = reconciled.row(finding) {
            basic::hint(ui, place(cx, row, &reconciled));
            says_ui(ui, cx, row);
        }
        match finding.kind {
            Kind::Differs => self.differs_ui(ui, cx, at, finding),
            Kind::Newborn => self.tick_ui(ui, &cx.t("reconcile-enter"), at, Verdict::Enter),
            Kind::OnlyHere => {
                self.moved_on.ui(ui, cx);
                if let Ok(on) = self.moved_on.day(cx.today) {
                    self.tick_ui(ui, &cx.t("reconcile-moved-out"), at, Verdict::MovedOut(on.min(cx.today)));
                }
            }
            Kind::OnlyThere => {}
            Kind::Unclear => unclear_ui(ui, cx, reconciled.row(finding), finding),
        }
        if let Some(resident) = &finding.resident {
            ui.add_space(theme::GAP);
            if button(ui, Icon::User, &cx.t("reconcile-open-person")).clicked() {
                cx.push(Action::ShowPerson(resident.uid.clone()));
            }
        }
    }

    fn differs_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, at: usize, finding: &Finding) {
        basic::head(ui, cx.t("ui-differences"));
        if finding.certainty == Certainty::Likely {
            basic::heed(ui, &cx.t("reconcile-likely"));
        }
        let mut fields = match self.verdicts.get(&at) {
            Some(Verdict::Take(fields)) => fields.clone(),
            _ => Vec::new(),
        };
        for difference in &finding.differences {
            let mut ticked = fields.contains(&difference.field);
            let words = Message::new("ui-difference")
                .text("field", cx.of(&difference.field))
                .text("known", cx.say(&difference.known))
                .text("incoming", cx.say(&difference.incoming));
            if ui.checkbox(&mut ticked, cx.say(&words)).changed() {
                fields.retain(|field| *field != difference.field);
                fields.extend(ticked.then_some(difference.field));
            }
        }
        match fields.is_empty() {
            true => self.verdicts.remove(&at),
            false => self.verdicts.insert(at, Verdict::Take(fields)),
        };
    }

    /// A verdict that is given or not.
    fn tick_ui(&mut self, ui: &mut Ui, words: &str, at: usize, verdict: Verdict) {
        let mut ticked = self.verdicts.contains_key(&at);
        let changed = ui.checkbox(&mut ticked, words).changed();
        match ticked {
            // The day may have been changed after the tick.
            true => self.verdicts.insert(at, verdict),
            false if changed => self.verdicts.remove(&at),
            false => None,
        };
    }

    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.label(cx.say(&Message::new("reconcile-will").number("count", self.verdicts.len() as u64)));
            let why = cx.t("reconcile-hint-differs");
            let ready = if self.verdicts.is_empty() { Err(why.as_str()) } else { Ok(()) };
            if main_button_if(ui, ready, Icon::Check, &cx.t("reconcile-write")) {
                let plan = ReconcilePlan { reconciled: self.reconciled.clone(), verdicts: self.verdicts.clone() };
                self.is_written = true;
                cx.push(Action::Run(Command::Reconcile(Arc::new(plan))));
            }
        });
    }
}

/// The name of whom a finding is about: the ledger's, else the roster's.
fn name<'a>(reconciled: &'a Reconciled, finding: &'a Finding) -> &'a str {
    let there = || reconciled.row(finding)?.incoming.as_ref().map(|person| person.name.as_str());
    finding.resident.as_ref().map(|resident| resident.name.as_str()).or_else(there).unwrap_or_default()
}

/// Sheet and number of the row, as the spreadsheet program shows them.
fn place(cx: &Cx<'_>, row: &StagedRow, reconciled: &Reconciled) -> String {
    let sheets = &reconciled.import.sheets;
    match sheets.get(usize::from(row.sheet)).filter(|_| sheets.len() > 1) {
        None => cx.say(&Message::new("ui-import-row").number("row", row.row)),
        Some(sheet) => {
            cx.say(&Message::new("ui-import-sheet-row").text("sheet", sheet.as_str()).number("row", row.row))
        }
    }
}

/// What of the roster's row is compared.
fn says_ui(ui: &mut Ui, cx: &Cx<'_>, row: &StagedRow) {
    let Some(person) = &row.incoming else { return };
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let lines = [
        (Field::Name, person.name.as_str().to_owned()),
        (Field::IdNumber, person.id.map_or_else(String::new, |id| id.as_str().to_owned())),
        (Field::Born, person.born.map_or_else(String::new, |born| born.to_string())),
        (Field::Group, person.group.as_deref().map_or_else(String::new, |group| group_words(cx, group))),
        (Field::HouseholdNumber, text(person.household.as_deref())),
        (Field::Address, person.address.to_string()),
    ];
    for (field, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        ui.add(egui::Label::new(cx.labelled(&cx.of(&field), value)).wrap());
    }
    ui.add_space(theme::GAP);
}

fn unclear_ui(ui: &mut Ui, cx: &Cx<'_>, row: Option<&StagedRow>, finding: &Finding) {
    for problem in row.iter().flat_map(|row| &row.problems) {
        ui.add(egui::Label::new(cx.say(&problem.message)).wrap());
    }
    if finding.resident.is_some() {
        ui.add(egui::Label::new(cx.t("reconcile-gone")).wrap());
    }
}

fn row_ui(
    line: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    reconciled: &Reconciled,
    finding: &Finding,
    verdict: Option<&Verdict>,
) {
    let row = reconciled.row(finding);
    let place = row.map_or_else(String::new, |row| place(cx, row, reconciled));
    cell(line, RichText::new(place).small().color(cx.palette.ink_soft));
    cell(line, name(reconciled, finding));
    let there = row.and_then(|row| row.incoming.as_ref()?.group.as_deref());
    let group = finding.resident.as_ref().map(|resident| resident.group.as_str()).or(there);
    cell(line, group.map_or_else(String::new, |group| group_words(cx, group)));
    cell_ui(line, |ui| {
        if verdict.is_some() {
            ui.label(icon(Icon::CircleCheck).color(theme::of(ui).accent));
        }
        ui.add(egui::Label::new(decided_words(cx, finding, verdict)).truncate());
    });
}

/// What was decided, else what differs.
fn decided_words(cx: &Cx<'_>, finding: &Finding, verdict: Option<&Verdict>) -> String {
    let list = |fields: &[Field]| cx.words.list(&fields.iter().map(|field| cx.of(field)).collect::<Vec<_>>());
    match verdict {
        Some(Verdict::Take(fields)) => cx.say(&Message::new("reconcile-decided-take").text("fields", list(fields))),
        Some(Verdict::Enter) => cx.t("reconcile-decided-enter"),
        Some(Verdict::MovedOut(on)) => cx.say(&Message::new("reconcile-decided-moved").text("on", cx.words.date(*on))),
        None => list(&finding.differences.iter().map(|difference| difference.field).collect::<Vec<_>>()),
    }
}
