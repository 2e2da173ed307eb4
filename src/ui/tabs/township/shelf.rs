//! 收文件: files are chosen, looked at, and then taken in one step; the receipts go back beside them.

use std::path::PathBuf;

use chrono::NaiveDate;
use eframe::egui::{Panel, RichText, Ui};
use egui_extras::TableRow;

use crate::desk::hand_up::{HandUpWish, look};
use crate::domain::hand_up::FileState;
use crate::domain::message::Message;
use crate::ledger::township::receive::ShelfFile;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, table};

/// The page.
#[derive(Default)]
pub struct ShelfPage {
    field: PathField,
    /// Files and folders that were chosen.
    chosen: Vec<PathBuf>,
    looked: Cached<(i64, NaiveDate, Vec<PathBuf>), Vec<ShelfFile>>,
    /// What was taken, true until something else is done.
    taken: Option<(i64, Vec<ShelfFile>)>,
    selection: Selection,
}

impl ShelfPage {
    /// Puts files or folders on the shelf.
    pub fn put(&mut self, paths: Vec<PathBuf>) {
        for path in paths {
            if !self.chosen.contains(&path) {
                self.chosen.push(path);
            }
        }
        self.taken = None;
    }

    /// The files were taken; what became of each is true until the ledger moves on.
    pub fn taken(&mut self, at: i64, files: Vec<ShelfFile>) {
        self.taken = Some((at, files));
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.choose_ui(ui, cx);
        if self.chosen.is_empty() {
            empty(ui, Icon::Inbox, &cx.t("shelf-teach"), &cx.t("shelf-teach-words"), |_| {});
            return;
        }
        let Some(files) = self.files(ui, cx) else { return };
        self.selection.settle(files.len(), |at| files.get(at).map(uid));
        self.selection.keys(ui, cx, files.len(), |at| files.get(at).map(uid));
        Panel::bottom("shelf-take")
            .frame(eframe::egui::Frame::new().inner_margin(eframe::egui::Margin { top: 8, ..Default::default() }))
            .show_separator_line(false)
            .show(ui, |ui| self.take_ui(ui, cx, &files));
        theme::card(ui).inner_margin(4.0).show(ui, |ui| self.table_ui(ui, cx, &files));
    }

    /// What is on the shelf: as it was taken just now, else as it looks.
    fn files(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Vec<ShelfFile>> {
        if let Some((_, files)) = self.taken.as_ref().filter(|(at, _)| *at >= cx.revision) {
            return Some(files.clone());
        }
        self.taken = None;
        let (today, chosen) = (cx.today, self.chosen.clone());
        let key = (cx.revision, today, chosen.clone());
        let files = self.looked.get_watched(cx.desk, key, move |view, progress| look(view, &chosen, today, progress));
        let files = files.map(|files| files.to_vec());
        if let Some(message) = self.looked.failure() {
            basic::wrong(ui, &cx.say(message));
            return None;
        }
        if self.looked.is_waiting() {
            ui.horizontal(|ui| {
                basic::hint(ui, cx.t("shelf-looking"));
                let share = self.looked.share().unwrap_or(0.0);
                ui.add(eframe::egui::ProgressBar::new(share).desired_width(200.0).fill(theme::of(ui).accent_pale));
            });
            return None;
        }
        files
    }

    fn stage(&self) -> Stage {
        if self.taken.is_some() { Stage::Taken } else { Stage::Looked }
    }

    fn choose_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let settled = self.field.line_ui(ui, cx, "shelf-files");
        ui.horizontal_wrapped(|ui| {
            self.field.choose_ui(ui, cx, ("shelf-files", "shelf-choose-files"), Wanted::HandUps("xlb"));
            self.field.choose_ui(ui, cx, ("shelf-files", "shelf-choose-folder"), Wanted::Folder);
            if !self.chosen.is_empty() && button(ui, Icon::X, &cx.t("shelf-clear")).clicked() {
                (self.chosen, self.taken) = (Vec::new(), None);
                self.looked = Cached::default();
            }
        });
        self.field.empty_handed_ui(ui, cx);
        if settled {
            let paths = self.field.paths();
            self.put(paths);
            self.field.clear();
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, files: &[ShelfFile]) {
        let is_narrow = ui.available_width() < theme::NARROW;
        let columns = columns(cx, is_narrow);
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "shelf", columns: &columns, rows: files.len(), scroll_to };
        let chosen = self.selection.uid().map(str::to_owned);
        let stage = self.stage();
        let clicked = table(ui, &sheet, |row| {
            let file = &files[row.index()];
            row.set_selected(chosen.as_deref() == Some(uid(file)));
            file_row(row, cx, file, (stage, columns.len()));
        });
        if let Some(at) = clicked {
            self.selection.set(at, uid(&files[at]));
        }
    }

    /// The sentence about the file that is selected, and the button that takes all.
    fn take_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, files: &[ShelfFile]) {
        let selected = files.iter().find(|file| self.selection.uid() == Some(uid(file)));
        if let Some(file) = selected {
            basic::soft(ui, format!("{}  {}", file.path.display(), cx.say(&said(file, self.stage()))));
        }
        if self.taken.is_some() {
            basic::hint(ui, cx.t("shelf-next"));
            return;
        }
        let readable: Vec<&ShelfFile> = files.iter().filter(|file| file.state.is_read()).collect();
        let new = readable.iter().filter(|file| file.state != FileState::Same).count();
        let words = match new {
            0 => cx.t("shelf-receipts-again"),
            _ => cx.say(&Message::new("shelf-take").number("files", new)),
        };
        let nothing = cx.t("shelf-nothing");
        let ready = if readable.is_empty() { Err(nothing.as_str()) } else { Ok(()) };
        ui.horizontal_wrapped(|ui| {
            if main_button_if(ui, ready, Icon::Inbox, &words) {
                cx.push(Action::HandUp(HandUpWish::Receive(readable.iter().map(|file| file.path.clone()).collect())));
            }
            let refused = files.len() - readable.len();
            if refused > 0 {
                basic::hint(ui, cx.say(&Message::new("shelf-left").number("files", refused)));
            }
        });
        basic::hint(ui, cx.t("shelf-take-hint"));
    }
}

/// Whether the files were only looked at so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Looked,
    Taken,
}

/// The sentence about a file; as long as nothing was written, it does not say that it was taken.
fn said(file: &ShelfFile, stage: Stage) -> Message {
    let key = match file.message.key.as_ref() {
        _ if stage == Stage::Taken => return file.message.clone(),
        "file-said-accepted" => "shelf-look-accepted",
        "file-said-older" => "shelf-look-older",
        "file-said-gap" => "shelf-look-gap",
        "file-said-fork" => "shelf-look-fork",
        "file-said-clock-ahead" => "shelf-look-clock-ahead",
        "file-said-clock-behind" => "shelf-look-clock-behind",
        _ => return file.message.clone(),
    };
    Message { key: key.into(), args: file.message.args.clone() }
}

/// What tells the files apart: no two have one path.
fn uid(file: &ShelfFile) -> &str {
    file.path.to_str().unwrap_or_default()
}

/// In a small window the rows' counts are left out: the notes say what matters.
fn columns(cx: &Cx<'_>, is_narrow: bool) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![
        col("shelf-column-file", Width::Points(150.0)),
        col("shelf-column-village", Width::Points(110.0)),
        col("shelf-column-number", Width::Points(50.0)),
        col("shelf-column-state", Width::Points(130.0)),
    ];
    if !is_narrow {
        columns.push(col("shelf-column-new", Width::Points(60.0)));
        columns.push(col("shelf-column-same", Width::Points(60.0)));
        columns.push(col("shelf-column-changed", Width::Points(70.0)));
        columns.push(col("shelf-column-refused", Width::Points(70.0)));
    }
    columns.push(col("ui-column-notes", Width::Rest));
    columns
}

fn file_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, file: &ShelfFile, (stage, columns): (Stage, usize)) {
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    cell(row, RichText::new(name));
    cell(row, RichText::new(&file.village).strong());
    cell(row, if file.number == 0 { String::new() } else { file.number.to_string() });
    let ink = match file.state {
        FileState::Accepted => cx.palette.accent,
        FileState::Same | FileState::Older => cx.palette.ink_soft,
        _ => cx.palette.ask,
    };
    let state = match (file.state, stage) {
        (FileState::Accepted, Stage::Looked) => cx.t("shelf-can-be-taken"),
        _ => cx.of(&file.state),
    };
    cell(row, RichText::new(state).color(ink));
    let counts = [file.rows.new, file.rows.same, file.rows.changed, file.rows.refused];
    for count in counts.into_iter().filter(|_| columns > counts.len() + 1) {
        cell(row, if count == 0 { String::new() } else { count.to_string() });
    }
    cell(row, RichText::new(cx.say(&said(file, stage))).color(cx.palette.ink_soft));
}
