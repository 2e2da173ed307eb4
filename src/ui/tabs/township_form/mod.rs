//! 填乡镇表格: the township's own spreadsheet: choose it, say once what goes where, look at what it comes to with the names
//! behind each number, and write it into a new file. A page of 上报备份.

mod choose;
mod grid;

use std::path::PathBuf;

use eframe::egui::{Button, Label, RichText, ScrollArea, Ui};

use crate::desk::{Answer, Desk};
use crate::domain::form_word::FormWord;
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::exchange::form::{At, Value};
use crate::ledger::forms::{Bindings, BoundCell, BoundForm};
use crate::ledger::handouts::{HandedOut, Out};
use crate::paper::form::{FormOrder, content, made};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button_if};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::written::Written;
use crate::words::{Language, Words};
use choose::{Chosen, WordList};

/// What the form will say, put into words.
struct Preview {
    cells: Vec<PreviewCell>,
    people: u64,
    left_out: u64,
}

/// A bound cell with what it will say, and the names behind it.
struct PreviewCell {
    place: BoundCell,
    /// What stands to the left of it: the head of its row.
    head: String,
    said: String,
    names: Vec<String>,
    /// How many more are counted and never named.
    unnamed: u64,
}

/// What a preview follows from: the revision, the day, what is bound, and for whom.
type Asked = (i64, chrono::NaiveDate, Vec<(BoundCell, FormWord)>, String);

/// The page.
#[derive(Default)]
pub struct TownshipFormPage {
    is_open: bool,
    path: PathField,
    file: PathBuf,
    reading: Option<Answer<BoundForm>>,
    bound: Option<BoundForm>,
    sheet: usize,
    chosen: Option<At>,
    words: WordList,
    remembering: Option<Answer<()>>,
    order: Option<FormOrder>,
    preview: Cached<Asked, Preview>,
    is_previewed: bool,
    folder: PathField,
    writing: Option<Answer<HandedOut>>,
    told: Written,
}

impl TownshipFormPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.remembering.is_some() || self.writing.is_some()
    }

    /// Takes what arrived; the revision of the ledger where something was written down.
    pub fn arrive(&mut self, words: &Words) -> Option<i64> {
        if let Some(result) = self.reading.as_ref().and_then(Answer::take) {
            self.reading = None;
            match result {
                Ok(bound) => self.bound = Some(bound),
                Err(error) => self.told.failed(words.of(&error)),
            }
        }
        if let Some(Err(error)) = self.remembering.as_ref().and_then(Answer::take).inspect(|_| self.remembering = None)
        {
            self.told.failed(words.of(&error));
        }
        let result = self.writing.as_ref().and_then(Answer::take)?;
        self.writing = None;
        match result {
            Ok(handed) => {
                self.told.wrote(words, "cli-paper-written", handed.path);
                handed.done.map(|done| done.revision)
            }
            Err(error) => {
                self.told.failed(words.of(&error));
                None
            }
        }
    }

    /// Fills the form into a new file, on the desk's own thread.
    pub fn write(&mut self, desk: &Desk, stamp: Stamp, language: Language) {
        let (Some(bound), Some(order), Some(folder)) = (self.bound.clone(), self.order.clone(), self.folder.path())
        else {
            return;
        };
        if self.writing.is_some() {
            return;
        }
        let file = self.file.clone();
        self.told.clear();
        self.writing = Some(desk.job(move |ledger, _| {
            let words = Words::new(language);
            let facts = ledger.form_facts(&bound.bindings, stamp.today)?;
            let content = content(&bound, &facts, &order, &words)?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let name =
                words.say(&Message::new("township-form-file").text("name", stem).text("on", stamp.today.to_string()));
            let out = Out::In(folder, format!("{name}.xlsx"));
            ledger.hand_out(&out, &order.leaving(&bound.bindings), &stamp, |_| made(&file, &bound, &content))
        }));
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                self.back();
            }
            let file = self.bound.as_ref().map(|bound| bound.form.file.clone());
            basic::head(ui, file.unwrap_or_else(|| cx.t("township-form-title")));
        });
        self.told.ui(ui, cx);
        match (self.bound.is_some(), self.is_previewed) {
            (false, _) => self.choose_ui(ui, cx),
            (true, false) => self.bind_ui(ui, cx),
            (true, true) => self.preview_ui(ui, cx),
        }
    }

    /// One step back: from what it comes to, to the form; from the form, to the choice; from there, out.
    fn back(&mut self) {
        self.told.clear();
        match (self.is_previewed, self.bound.is_some()) {
            (true, _) => self.is_previewed = false,
            (false, true) => self.bound = None,
            (false, false) => self.is_open = false,
        }
        self.chosen = None;
    }

    fn choose_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.set_max_width(theme::FORM_WIDTH);
        basic::soft(ui, cx.t("township-form-about"));
        let settled = self.path.ui(ui, cx, "township-form-file-field", Wanted::Spreadsheet);
        let why = cx.t("ui-fill-in-first");
        let ready = if self.path.path().is_some() { Ok(()) } else { Err(why.as_str()) };
        let pressed = main_button_if(ui, ready, Icon::FileSpreadsheet, &cx.t("township-form-open"));
        if let Some(path) = self.path.path().filter(|_| (pressed || settled) && self.reading.is_none()) {
            self.told.clear();
            self.file = path.clone();
            if let Some(folder) = path.parent() {
                self.folder.set(folder);
            }
            (self.sheet, self.chosen) = (0, None);
            self.reading = Some(cx.desk.ask(move |view| view.form(&path)));
        }
    }

    /// The cells, and what the chosen one is bound to.
    fn bind_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(bound) = &self.bound else { return };
        ui.horizontal_wrapped(|ui| {
            for (at, sheet) in bound.form.sheets.iter().enumerate().filter(|_| bound.form.sheets.len() > 1) {
                if ui.add(Button::selectable(self.sheet == at, &sheet.name).frame_when_inactive(true)).clicked() {
                    (self.sheet, self.chosen) = (at, None);
                }
            }
            let why = cx.t("township-form-nothing-bound");
            let ready = if bound.bindings.is_empty() { Err(why.as_str()) } else { Ok(()) };
            if main_button_if(ui, ready, Icon::Eye, &cx.t("township-form-look")) {
                self.is_previewed = true;
                self.order.get_or_insert_with(|| FormOrder::new(cx.words));
            }
        });
        basic::hint(ui, cx.t("township-form-bind-hint"));
        if let Some(at) = self.chosen {
            let room = card_beside(ui, "form-cell", theme::NARROW, |ui| self.cell_ui(ui, cx, at));
            if room == Room::Taken {
                return;
            }
        }
        let Some(bound) = &self.bound else { return };
        if let Some(at) = grid::ui(ui, cx, bound, self.sheet, self.chosen) {
            self.chosen = Some(at);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, at: At) {
        let Some(bound) = &mut self.bound else { return };
        let place = (self.sheet, at);
        let is_free = bound.form.sheets.get(self.sheet).is_some_and(|sheet| sheet.is_free(at));
        if !is_free {
            basic::head(ui, at.to_string());
            basic::heed(ui, &cx.say(&Message::new("township-form-is-formula").text("cell", at.to_string())));
            if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
                self.chosen = None;
            }
            return;
        }
        match self.words.ui(ui, cx, at, bound.bindings.get(&place)) {
            Chosen::Nothing => return,
            Chosen::Close => {
                self.chosen = None;
                return;
            }
            Chosen::Word(word) => drop(bound.bindings.insert(place, word)),
            Chosen::Away => drop(bound.bindings.remove(&place)),
        }
        let (signature, bindings): (String, Bindings) = (bound.form.signature.clone(), bound.bindings.clone());
        self.remembering = Some(cx.desk.job(move |ledger, _| ledger.remember_form(&signature, &bindings)));
        self.chosen = None;
    }

    /// What it comes to, and where it is written.
    fn preview_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (Some(bound), Some(mut order)) = (self.bound.clone(), self.order.clone()) else { return };
        let (today, language) = (cx.today, cx.words.language());
        let said: Vec<(BoundCell, FormWord)> = bound.bindings.clone().into_iter().collect();
        let asked = order.clone();
        let key = (cx.revision, today, said, order.recipient.clone());
        let preview = self.preview.get(cx.desk, key, move |view| {
            let words = Words::new(language);
            let facts = view.form_facts(&bound.bindings, today)?;
            let content = content(&bound, &facts, &asked, &words)?;
            let cell = |(place, word): (&BoundCell, &FormWord)| {
                let filled = content.fills.iter().filter(|fill| (fill.sheet, fill.like) == *place);
                let values: Vec<String> =
                    filled.map(|fill| shown(&fill.value)).filter(|text| !text.is_empty()).collect();
                let (counted, number) = match word {
                    FormWord::Count { programme, section } => {
                        (facts.counted(programme, section), facts.count(programme, section))
                    }
                    _ => (Vec::new(), 0),
                };
                let unnamed = number.saturating_sub(counted.len() as u64);
                let names = counted.iter().map(|row| row.name.clone()).collect();
                let head = bound.form.sheets.get(place.0).map_or_else(String::new, |sheet| sheet.head_of(place.1));
                PreviewCell { place: *place, head, said: words.list(&values), names, unnamed }
            };
            let cells = bound.bindings.iter().map(cell).collect();
            Ok(Preview { cells, people: content.people, left_out: content.left_out })
        });
        let preview = preview.cloned();
        if let Some(message) = self.preview.failure() {
            return basic::wrong(ui, &cx.say(message));
        }
        let Some(preview) = preview else { return };
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                preview.cells.iter().for_each(|cell| self.preview_cell_ui(ui, cx, cell));
            });
            basic::hint(ui, cx.say(&Message::new("township-form-people").number("people", preview.people)));
            if preview.left_out > 0 {
                basic::heed(ui, &cx.say(&Message::new("paper-left-out").number("count", preview.left_out)));
            }
            field(ui, &cx.t("paper-office"), &mut order.recipient, Shown::Clear, None);
            field(ui, &cx.t("township-form-what-for"), &mut order.purpose, Shown::Clear, None);
            self.order = Some(order);
            self.write_ui(ui, cx);
        });
    }

    fn preview_cell_ui(&self, ui: &mut Ui, cx: &Cx<'_>, cell: &PreviewCell) {
        let (sheet, at) = cell.place;
        let sheet = self.bound.as_ref().and_then(|bound| bound.form.sheets.get(sheet)).map_or("", |one| &one.name);
        let said = if cell.said.is_empty() { cx.t("import-nothing") } else { cell.said.clone() };
        ui.horizontal_top(|ui| {
            let place = format!("{sheet} {at} {}", cell.head);
            ui.add(Label::new(RichText::new(place.trim_end()).color(theme::of(ui).ink_soft)));
            ui.add(Label::new(RichText::new(said).strong()).wrap());
        });
        if !cell.names.is_empty() {
            let head = cx.say(&Message::new("township-form-names").number("count", cell.names.len() as u64));
            basic::fold(ui, &head).id_salt((sheet, at)).show(ui, |ui| {
                ui.add(Label::new(cx.words.list(&cell.names)).wrap());
                if cell.unnamed > 0 {
                    basic::hint(ui, cx.say(&Message::new("township-form-unnamed").number("count", cell.unnamed)));
                }
            });
        }
    }

    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(answer) = &self.writing {
            if basic::progress(ui, cx, &cx.t("paper-writing"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        self.folder.ui(ui, cx, "paper-folder", Wanted::Folder);
        basic::hint(ui, cx.t("paper-kept"));
        let first = cx.t("ui-fill-in-first");
        let nobody = self.order.as_ref().is_none_or(|order| order.recipient.trim().is_empty());
        let ready = if nobody || self.folder.path().is_none() { Err(first.as_str()) } else { Ok(()) };
        if main_button_if(ui, ready, Icon::Save, &cx.t("township-form-write")) {
            cx.push(Action::FillForm);
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    }
}
