//! The review: buckets with their counts, the rows of one bucket, and the button that writes what was decided.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, Align, Button, Layout, Panel, RichText, Ui};
use egui_extras::TableRow;

use super::Step;
use super::decide::{decision_words, row_card};
use super::mapping::MappingForm;
use crate::desk::rosters::{self, BUCKETS, Heads, Looked, Reasons, ToMendWish};
use crate::desk::{Answer, Desk};
use crate::domain::message::Message;
use crate::ledger::command::{Command, Stamp};
use crate::ledger::exchange::layout::Mapping;
use crate::ledger::exchange::matching::Outcome;
use crate::ledger::exchange::staging::RowKey;
use crate::ledger::handouts::free;
use crate::ledger::imports::{Choice, Decisions, Import, ImportPlan, ImportRow};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::mask;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::person::{group_words, name_ui};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, step_asked, stepped, table};
use crate::ui::widgets::written::Written;

/// A roster under review.
pub struct Review {
    import: Arc<Import>,
    /// The revision that was compared with: a later one asks for another look.
    revision: i64,
    decisions: Decisions,
    bucket: Outcome,
    /// The rows of each bucket.
    rows: [Vec<u32>; 6],
    /// How many changed rows fill a gap.
    filled: usize,
    /// Where in its bucket the selected row stands; the rows of a review never move.
    chosen: Option<usize>,
    scroll_to: Option<usize>,
    overwriting: Option<Answer<Vec<(RowKey, Choice)>>>,
    mapping: Option<MappingForm>,
    out: PathField,
    saving: Option<Answer<PathBuf>>,
    /// How often it was written down that such rows were written, which changes nothing that was compared.
    noted: i64,
    saved: Written,
    wants_out: bool,
}

impl Review {
    /// The review of a roster that was compared with this revision.
    pub fn new(looked: Looked, revision: i64) -> Self {
        let Looked { import, rows, filled } = looked;
        let bucket = BUCKETS.iter().zip(&rows).find(|(_, rows)| !rows.is_empty()).map_or(Outcome::New, |(b, _)| *b);
        let mapping = import.layout.sheets.is_empty().then(|| MappingForm::new(&import.layout));
        Self {
            import,
            revision,
            decisions: Decisions::default(),
            bucket,
            rows,
            filled,
            chosen: None,
            scroll_to: None,
            overwriting: None,
            mapping,
            out: PathField::default(),
            saving: None,
            noted: 0,
            saved: Written::default(),
            wants_out: false,
        }
    }

    /// Whether a spreadsheet is being written.
    pub fn is_busy(&self) -> bool {
        self.saving.is_some() || self.overwriting.is_some()
    }

    /// Which column holds what, as chosen.
    pub fn mappings(&self) -> Vec<(String, Mapping)> {
        self.mapping.as_ref().map(MappingForm::mappings).unwrap_or_default()
    }

    fn show(&mut self, bucket: Outcome) {
        self.bucket = bucket;
        self.chosen = None;
    }

    fn shown(&self) -> &[u32] {
        let at = BUCKETS.iter().position(|known| *known == self.bucket).unwrap_or_default();
        &self.rows[at]
    }

    fn count(&self, bucket: Outcome) -> usize {
        BUCKETS.iter().position(|known| *known == bucket).map_or(0, |at| self.rows[at].len())
    }

    /// Draws the review.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, file: &Path) -> Step {
        self.arrive(cx);
        let mut step = self.head_ui(ui, cx);
        if !(self.revision..=self.revision + self.noted).contains(&cx.revision) {
            basic::heed(ui, &cx.t("import-stale"));
            if button(ui, Icon::Search, &cx.t("ui-import-look-again")).clicked() {
                step = Step::LookAgain;
            }
        }
        if let Some(form) = &mut self.mapping {
            match form.ui(ui, cx) {
                super::mapping::Chosen::NotYet => {}
                super::mapping::Chosen::LookAgain => step = Step::LookAgain,
                super::mapping::Chosen::Close => self.mapping = None,
            }
            return step;
        }
        Panel::bottom("import-write")
            .frame(egui::Frame::new().inner_margin(egui::Margin { top: 10, ..egui::Margin::ZERO }))
            .show_separator_line(false)
            .show(ui, |ui| self.write_ui(ui, cx, file));
        self.buckets_ui(ui, cx);
        self.dropped_ui(ui, cx);
        self.rows_ui(ui, cx);
        step
    }

    fn arrive(&mut self, cx: &Cx<'_>) {
        if let Some(all) = self.overwriting.as_ref().and_then(Answer::take) {
            self.overwriting = None;
            self.decisions.rows.extend(all.unwrap_or_default());
        }
        let Some(result) = self.saving.as_ref().and_then(Answer::take) else { return };
        self.saving = None;
        match result {
            Ok(path) => {
                self.noted += 1;
                self.saved.wrote(cx.words, "ui-import-saved", path);
            }
            Err(error) => self.saved.failed(cx.of(&error)),
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Step {
        let mut step = Step::Stay;
        ui.horizontal_wrapped(|ui| {
            let title = cx.say(&Message::new("ui-import-of").text("file", self.import.file.clone()));
            basic::head(ui, title);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if button(ui, Icon::X, &cx.t("ui-import-leave")).clicked() {
                    step = Step::Close;
                }
                if self.mapping.is_none() && button(ui, Icon::Columns3, &cx.t("ui-mapping")).clicked() {
                    self.mapping = Some(MappingForm::new(&self.import.layout));
                }
            });
        });
        step
    }

    fn buckets_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            for bucket in BUCKETS {
                let words = format!("{} {}", cx.of(&bucket), self.count(bucket));
                let chosen = self.bucket == bucket;
                if ui.add(Button::selectable(chosen, words).frame_when_inactive(true)).clicked() {
                    self.show(bucket);
                }
            }
        });
        basic::hint(ui, cx.t(&format!("ui-bucket-{}", self.bucket.as_str())));
    }

    /// What is not kept is named.
    fn dropped_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let dropped = self.import.dropped_columns();
        if !dropped.is_empty() {
            basic::hint(ui, cx.say(&Message::new("ui-import-dropped").text("columns", cx.words.list(&dropped))));
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.keys(ui, cx);
        let selected = self.chosen.and_then(|at| self.shown().get(at)).map(|row| *row as usize);
        if let Some(index) = selected {
            let room = card_beside(ui, "roster-row", theme::NARROW, |ui| self.card_ui(ui, cx, index));
            if room == Room::Taken {
                return;
            }
        }
        self.all_ui(ui, cx);
        self.table_ui(ui, cx);
    }

    /// Moves with the keys.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let Some(step) = step_asked(ui, cx, self.chosen) else { return };
        if let Some(next) = stepped(step, self.chosen, self.shown().len(), |_| true) {
            (self.chosen, self.scroll_to) = (Some(next), Some(next));
        }
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, index: usize) {
        let import = self.import.clone();
        let Some(row) = import.rows.get(index) else { return };
        let close = name_ui(ui, cx, row.staged.incoming.as_ref().map_or("", |person| person.name.as_str()));
        row_card(ui, cx, &place(cx, row, &import), row, &mut self.decisions);
        if close {
            self.chosen = None;
        }
    }

    /// Everything of a bucket at once; what is not ticked is not overwritten.
    fn all_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.bucket != Outcome::Changed || self.shown().is_empty() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::CheckCheck, &cx.t("ui-take-all-new")).clicked() {
                self.overwriting = Some(rosters::overwrite_all(cx.desk, self.import.clone()));
            }
            if button(ui, Icon::Undo2, &cx.t("ui-keep-all-old")).clicked() {
                self.overwriting = None;
                let is_kept = |choice: &Choice| !matches!(choice, Choice::Overwrite(_));
                let before = std::mem::take(&mut self.decisions.rows);
                self.decisions.rows = before.into_iter().filter(|(_, choice)| is_kept(choice)).collect();
            }
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let columns = columns(cx, ui.available_width());
        let scroll_to = self.scroll_to.take();
        let (import, rows, decisions) = (self.import.clone(), self.shown(), &self.decisions);
        let sheet = Sheet { id: "import", columns: &columns, rows: rows.len(), scroll_to };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                ui.set_min_height((ui.available_height() - 4.0).max(theme::ROW * 3.0));
                table(ui, &sheet, |line| {
                    line.set_selected(self.chosen == Some(line.index()));
                    let row = &import.rows[rows[line.index()] as usize];
                    row_ui(line, cx, row, &import, decisions, columns.len());
                })
            })
            .inner;
        self.chosen = clicked.or(self.chosen);
    }

    /// What will be written, the button that writes it, and the way to mend what was rejected.
    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, file: &Path) {
        self.saved.ui(ui, cx);
        if self.wants_out {
            self.out_ui(ui, cx, file);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let will = Message::new("ui-import-will")
                .number("new", self.count(Outcome::New) as u64)
                .number("changed", self.filled as u64)
                .number("decided", self.decisions.rows.len() as u64);
            ui.label(cx.say(&will));
            if main_button(ui, Icon::Check, &cx.t("ui-import-write")).clicked() {
                let plan = ImportPlan { import: self.import.clone(), decisions: self.decisions.clone() };
                cx.push(Action::Run(Command::Import(Arc::new(plan))));
            }
            if self.count(Outcome::Rejected) > 0
                && button(ui, Icon::FileDown, &cx.t("ui-import-save-rejected")).clicked()
            {
                self.wants_out = true;
                self.out.set(&free(file.parent().unwrap_or(Path::new("")), &cx.t("ui-import-rejected-file")));
            }
        });
    }

    fn out_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, file: &Path) {
        self.out.ui(ui, cx, "ui-import-rejected-where", Wanted::NewSpreadsheet);
        ui.horizontal_wrapped(|ui| {
            let why = cx.t("ui-fill-in-first");
            let ready = if self.out.path().is_some() { Ok(()) } else { Err(why.as_str()) };
            if basic::main_button_if(ui, ready, Icon::FileDown, &cx.t("ui-import-save"))
                && let Some(out) = self.out.path()
            {
                self.wants_out = false;
                let wish = self.to_mend(cx, file, out);
                cx.push(Action::SaveRejected(Box::new(wish)));
            }
            if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
                self.wants_out = false;
            }
        });
    }

    /// Begins to write the rows to be mended.
    pub fn save(&mut self, desk: &Desk, wish: ToMendWish, stamp: Stamp) {
        self.saving = Some(rosters::write_rejected(desk, wish, stamp));
    }

    fn to_mend(&self, cx: &Cx<'_>, file: &Path, out: PathBuf) -> ToMendWish {
        let rejected = self.import.rows.iter().filter(|row| row.matched.outcome == Outcome::Rejected);
        let reasons: Reasons = rejected.map(|row| (key(row), problem_words(cx, row))).collect();
        let heads = Heads { reason: cx.t("import-reason"), sheet: cx.t("import-rejected-sheet") };
        ToMendWish { file: file.to_owned(), import: self.import.clone(), reasons, heads, out }
    }
}

/// What a row is decided and mended under.
pub(super) fn key(row: &ImportRow) -> RowKey {
    row.staged.key()
}

/// Sheet and number of the row, as the spreadsheet program shows them.
fn place(cx: &Cx<'_>, row: &ImportRow, import: &Import) -> String {
    let sheet = import.sheets.get(usize::from(row.staged.sheet)).map_or("", String::as_str);
    if sheet.is_empty() || import.sheets.len() < 2 {
        cx.say(&Message::new("ui-import-row").number("row", row.staged.row))
    } else {
        cx.say(&Message::new("ui-import-sheet-row").text("sheet", sheet).number("row", row.staged.row))
    }
}

/// Column and sentence of everything that is wrong with a row.
pub(super) fn problem_words(cx: &Cx<'_>, row: &ImportRow) -> String {
    let words = row.staged.problems.iter().map(|problem| match &*problem.column {
        "" => cx.say(&problem.message),
        column => cx.labelled(column, cx.say(&problem.message)),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("ui-column-where", Width::Points(130.0)), col("field-name", Width::Points(120.0))];
    if width > 640.0 {
        columns.push(col("field-id_number", Width::Points(110.0)));
    }
    if width > 760.0 {
        columns.push(col("field-group", Width::Points(100.0)));
    }
    columns.push(col("ui-column-notes", Width::Rest));
    columns
}

fn row_ui(
    line: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    row: &ImportRow,
    import: &Import,
    decisions: &Decisions,
    columns: usize,
) {
    cell(line, RichText::new(place(cx, row, import)).small().color(cx.palette.ink_soft));
    let person = row.staged.incoming.as_ref();
    cell(line, person.map_or("", |person| person.name.as_str()));
    if columns > 3 {
        cell(line, person.and_then(|person| person.id).map_or_else(String::new, |id| mask::id_number(id.as_str())));
    }
    if columns > 4 {
        cell(line, person.and_then(|person| person.group.as_deref()).map_or_else(String::new, |g| group_words(cx, g)));
    }
    cell_ui(line, |ui| {
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        let (decided, words) = decision_words(cx, row, decisions.rows.get(&key(row)));
        if decided {
            ui.label(icon(Icon::CircleCheck).color(theme::of(ui).accent));
        }
        ui.add(egui::Label::new(words).truncate());
    });
}
