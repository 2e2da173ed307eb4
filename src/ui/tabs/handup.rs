//! 上报备份: what goes up to the township; copies and backups, proved; the history, where each step can be taken back.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use eframe::egui::{self, Panel, RichText, ScrollArea, Ui};
use egui_extras::TableRow;

use crate::desk::{Answer, Desk};
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::backup::{BackupFile, Proved, minutes_to_backup};
use crate::ledger::command::Stamp;
use crate::ledger::error::ErrorKind;
use crate::ledger::history::{ChangeFilter, ChangeRow};
use crate::ledger::rehearsal::Rehearsal;
use crate::ledger::village::Village;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::tabs::escrow::{self, EscrowCard};
use crate::ui::tabs::hand_over::HandOverPage;
use crate::ui::tabs::join::JoinPage;
use crate::ui::tabs::month::{MonthPage, above_word};
use crate::ui::tabs::months::MonthsPage;
use crate::ui::tabs::privacy;
use crate::ui::tabs::rehearsal::RehearsalCard;
use crate::ui::tabs::township::OfficePage;
use crate::ui::tabs::township_form::TownshipFormPage;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::handed_out::ProgrammePapers;
use crate::ui::widgets::history::{step_words, way_back_ui};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, table};
use crate::ui::widgets::status::Backed;
use crate::words::Words;

/// Changes shown at once; the older ones are asked for.
const PAGE: u32 = 500;

/// The tab.
#[derive(Default)]
pub struct HandUpTab {
    path: PathBuf,
    /// Nobody knows a demo village's passphrase, and nobody needs its backups.
    is_demo: bool,
    level: Level,
    history: Cached<(i64, u32), Vec<ChangeRow>>,
    pages: u32,
    backups: Cached<u64, Vec<BackupFile>>,
    /// Counts the backups made, so that the list is read again.
    made: u64,
    last: Option<Proved>,
    backing_up: Option<Answer<Proved>>,
    folder: PathField,
    copying: Option<Answer<PathBuf>>,
    /// The backup under way was asked for; those made by themselves are not talked about.
    asked: bool,
    /// The last try at a backup did not come to its end.
    failed: bool,
    papers: ProgrammePapers,
    form: TownshipFormPage,
    month: MonthPage,
    months: MonthsPage,
    hand_over: HandOverPage,
    join: JoinPage,
    escrow: EscrowCard,
    rehearsal: RehearsalCard,
    /// What the last copy or backup came to.
    told: Option<Result<String, String>>,
}

impl HandUpTab {
    /// The tab of the ledger at this path.
    pub fn new(path: PathBuf, last: Option<Proved>, rehearsed: Option<Rehearsal>, village: &Village) -> Self {
        let level = village.level();
        let (month, months) = (MonthPage::of(level), MonthsPage::of(level));
        let rehearsal = RehearsalCard::new(rehearsed);
        Self { path, last, rehearsal, is_demo: village.is_demo, level, month, months, pages: 1, ..Self::default() }
    }

    /// The ledger was put away and opened again, perhaps with a backup in between.
    pub fn reopened(&mut self, last: Option<Proved>, rehearsed: Option<Rehearsal>) {
        self.rehearsal = RehearsalCard::new(rehearsed);
        self.last = last;
        self.made += 1;
    }

    /// A backup was made, or older ones went.
    pub fn backups_changed(&mut self) {
        self.made += 1;
    }

    /// The rehearsal of backups.
    pub fn rehearsal(&self) -> &RehearsalCard {
        &self.rehearsal
    }

    /// Begins a rehearsal where one is due; nobody needs that of a demo.
    pub fn rehearse_when_due(&mut self, desk: &Desk, stamp: &Stamp) {
        if !self.is_demo && self.backing_up.is_none() {
            self.rehearsal.begin_when_due(desk, self.last.as_ref(), stamp);
        }
    }

    /// Begins a rehearsal now.
    pub fn rehearse(&mut self, desk: &Desk, stamp: Stamp) {
        self.rehearsal.begin(desk, stamp);
    }

    /// The medium takes something again: a backup that failed meanwhile is tried anew.
    pub fn medium_again(&mut self) {
        self.failed = false;
        self.told = None;
    }

    /// How the last backup went.
    pub fn backed(&self) -> Backed {
        match &self.last {
            _ if self.failed => Backed::Failed,
            None => Backed::Never,
            Some(proved) => Backed::Proved(proved.at),
        }
    }

    /// Whether something is under way, so that the window looks again soon.
    pub fn is_busy(&self) -> bool {
        let pages = [
            self.form.is_busy(),
            self.month.is_busy(),
            self.months.is_busy(),
            self.hand_over.is_busy(),
            self.join.is_busy(),
            self.rehearsal.is_busy(),
        ];
        self.backing_up.is_some() || self.copying.is_some() || pages.contains(&true)
    }

    /// Minutes until a backup is due, if something changed since the last; 0 where it is due now.
    pub fn minutes_to_backup(&self, now: DateTime<FixedOffset>, revision: i64) -> Option<i64> {
        if self.backing_up.is_some() || self.failed {
            return None;
        }
        minutes_to_backup(self.last.as_ref(), now, revision)
    }

    /// Makes a backup, unless one is being made.
    pub fn back_up(&mut self, desk: &Desk, stamp: Stamp) {
        if self.backing_up.is_none() {
            self.backing_up = Some(desk.back_up(stamp));
        }
    }

    /// Takes what arrived, whichever tab is open.
    pub fn arrive(&mut self, words: &Words) {
        self.rehearsal.arrive();
        if let Some(result) = self.backing_up.as_ref().and_then(Answer::take) {
            self.backing_up = None;
            match result {
                Ok(proved) => {
                    self.made += 1;
                    self.failed = false;
                    if std::mem::take(&mut self.asked) {
                        self.told = Some(Ok(words.text("ui-backup-done")));
                    }
                    self.last = Some(proved);
                }
                Err(error) if error.kind == ErrorKind::Cancelled => {}
                Err(error) => {
                    self.failed = true;
                    self.told = Some(Err(words.of(&error)));
                }
            }
        }
        if let Some(result) = self.copying.as_ref().and_then(Answer::take) {
            self.copying = None;
            self.told = match result {
                Ok(path) => {
                    Some(Ok(words.say(&Message::new("ui-copied-out").text("path", path.display().to_string()))))
                }
                Err(error) if error.kind == ErrorKind::Cancelled => Some(Ok(words.of(&error))),
                Err(error) => Some(Err(words.of(&error))),
            };
        }
    }

    /// The township's form.
    pub fn form(&mut self) -> &mut TownshipFormPage {
        &mut self.form
    }

    /// The file of the month.
    pub fn month(&mut self) -> &mut MonthPage {
        &mut self.month
    }

    /// The months: a page here of a village, a tab of an office.
    pub fn months(&mut self) -> &mut MonthsPage {
        &mut self.months
    }

    /// The hand-over to a new laptop or a successor.
    pub fn hand_over(&mut self) -> &mut HandOverPage {
        &mut self.hand_over
    }

    /// The page that joins two laptops.
    pub fn join(&mut self) -> &mut JoinPage {
        &mut self.join
    }

    /// Whether a page takes the letters.
    pub fn letters(&self) -> Letters {
        self.join.letters()
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        if self.form.is_open() {
            return self.form.ui(ui, cx);
        }
        if self.month.is_open() {
            return self.month.ui(ui, cx);
        }
        if self.months.is_open() {
            return self.months.ui(ui, cx);
        }
        if self.hand_over.is_open() {
            return self.hand_over.ui(ui, cx);
        }
        if self.join.is_open() {
            return self.join.ui(ui, cx, programmes);
        }
        if ui.available_width() < theme::NARROW {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                self.copies_ui(ui, cx, programmes);
                ui.set_min_height(460.0);
                self.history_ui(ui, cx, programmes);
            });
            return;
        }
        Panel::left("copies")
            .exact_size(470.0)
            .frame(egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO }))
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("copies")
                    .auto_shrink(false)
                    .show(ui, |ui| self.copies_ui(ui, cx, programmes));
            });
        self.history_ui(ui, cx, programmes);
    }

    fn copies_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        match &self.told {
            Some(Ok(words)) => basic::done(ui, words),
            Some(Err(words)) => basic::wrong(ui, words),
            None => {}
        }
        let is_village = self.level == Level::Village;
        match self.level {
            Level::Village => self.upward_ui(ui, cx),
            Level::Township | Level::County => self.office_ui(ui, cx),
        }
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.backup_ui(ui, cx);
        });
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.copy_out_ui(ui, cx);
        });
        // An office has no residents to print lists of.
        if !is_village {
            return;
        }
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            self.laptops_ui(ui, cx);
        });
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            if self.escrow.ui(ui, cx, &self.path) == escrow::Leads::ToMonth {
                self.month.open();
            }
        });
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            basic::head(ui, cx.t("paper-print"));
            self.papers.ui(ui, cx, programmes);
            if basic::link(ui, &cx.t("paper-log")).clicked() {
                cx.push(Action::ShowPrivacy(privacy::Page::Left));
            }
        });
    }

    /// What goes up from a village: the file of the month, the months that are closed, and the township's own spreadsheet.
    fn upward_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.month_card_ui(ui, cx);
        if basic::page_card(ui, cx, (Icon::CalendarCheck, ["ui-tab-months", "months-hint", "months-begin"])) {
            self.months.open();
        }
        let form = ["township-form-title", "township-form-hint", "township-form-begin"];
        if basic::page_card(ui, cx, (Icon::FileSpreadsheet, form)) {
            self.form.open();
        }
    }

    fn month_card_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let hint = Message::new("month-hint").word("above", above_word(self.level));
        if basic::page_card_of(ui, (Icon::Usb, &cx.t("month-title"), &cx.say(&hint), &cx.t("month-begin"))) {
            self.month.open();
        }
    }

    /// What an office gives out: a township's file for its county, statistics, and a village's key.
    fn office_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.level == Level::Township {
            self.month_card_ui(ui, cx);
        }
        if basic::page_card(ui, cx, (Icon::ChartColumn, ["statistics-title", "statistics-hint", "statistics-begin"])) {
            cx.push(Action::OfficePage(OfficePage::Statistics));
        }
        if basic::page_card(ui, cx, (Icon::KeyRound, ["escrow-title", "escrow-hint", "escrow-begin"])) {
            cx.push(Action::OfficePage(OfficePage::Escrow));
        }
    }

    /// Another laptop: the ledger handed over to it, or joined with what was written there.
    fn laptops_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        basic::head(ui, cx.t("laptops-title"));
        basic::soft(ui, cx.t("laptops-hand-over-hint"));
        if button(ui, Icon::Package, &cx.t("laptops-hand-over")).clicked() {
            self.hand_over.open();
        }
        basic::soft(ui, cx.t("laptops-join-hint"));
        if button(ui, Icon::Merge, &cx.t("laptops-join")).clicked() {
            self.join.open();
        }
    }

    fn backup_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("ui-backup-title"));
        basic::soft(ui, cx.t("ui-backup-hint"));
        match &self.last {
            None => basic::heed(ui, &cx.t("ui-backup-none")),
            Some(proved) => {
                let key = if self.level == Level::Village { "ui-backup-last" } else { "ui-backup-last-office" };
                let words = Message::new(key)
                    .text("when", proved.at.format("%Y-%m-%d %H:%M").to_string())
                    .number("residents", proved.residents)
                    .number("revision", proved.revision);
                basic::point(ui, Icon::ShieldCheck, cx.say(&words));
            }
        }
        match &self.backing_up {
            Some(answer) => {
                if basic::progress(ui, cx, &cx.t("ui-backing-up"), answer.progress()) {
                    answer.cancel();
                }
            }
            None => {
                if button(ui, Icon::Save, &cx.t("ui-back-up-now")).clicked() {
                    self.told = None;
                    self.asked = true;
                    cx.push(Action::BackUp);
                }
            }
        }
        if !self.is_demo {
            self.rehearsal.ui(ui, cx);
        }
        self.backups_ui(ui, cx);
    }

    fn backups_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let path = self.path.clone();
        let files = self.backups.get(cx.desk, self.made, move |_| crate::ledger::backup::backups(&path)).cloned();
        let Some(files) = files.filter(|files| !files.is_empty()) else { return };
        let title = cx.say(&Message::new("ui-backups-kept").number("count", files.len() as u64));
        basic::fold(ui, &title).show(ui, |ui| {
            for file in files.iter().take(40) {
                basic::hint(ui, backup_words(cx, file));
            }
            // Which one, what it takes away, and the passphrase are asked on the page of its own that follows.
            if !self.is_demo && button(ui, Icon::FolderOpen, &cx.t("ui-restore-title")).clicked() {
                cx.push(Action::ChooseBackup(self.path.clone()));
            }
        });
    }

    fn copy_out_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("ui-copy-out-title"));
        basic::soft(ui, cx.t("ui-copy-out-hint"));
        if let Some(answer) = &self.copying {
            if basic::progress(ui, cx, &cx.t("ui-copying"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        self.folder.ui(ui, cx, "ui-copy-folder", Wanted::Folder);
        let why = cx.t("ui-fill-in-first");
        let ready = if self.folder.path().is_some() { Ok(()) } else { Err(why.as_str()) };
        if basic::main_button_if(ui, ready, Icon::Usb, &cx.t("ui-copy-out"))
            && let Some(folder) = self.folder.path()
        {
            self.told = None;
            cx.push(Action::CopyOut(folder));
        }
    }

    /// Begins a copy.
    pub fn copy_out(&mut self, desk: &Desk, folder: PathBuf, stamp: Stamp) {
        self.copying = Some(desk.copy_out(folder, stamp));
    }

    fn history_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let limit = self.pages.max(1) * PAGE;
        let filter = ChangeFilter { limit, ..ChangeFilter::default() };
        let changes = self.history.get(cx.desk, (cx.revision, limit), move |view| view.history(&filter)).cloned();
        if let Some(message) = self.history.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(changes) = changes else { return };
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, cx.t("ui-history-title"));
            if changes.len() >= limit as usize && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
                self.pages += 1;
            }
        });
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "history", columns: &columns, rows: changes.len(), scroll_to: None };
        theme::card(ui).inner_margin(4.0).show(ui, |ui| {
            table(ui, &sheet, |row| {
                let change = &changes[row.index()];
                change_row(row, cx, programmes, change, &changes, columns.len());
            })
        });
    }
}

fn backup_words(cx: &Cx<'_>, file: &BackupFile) -> String {
    let when = |at: NaiveDateTime| at.format("%Y-%m-%d %H:%M").to_string();
    let size = format!("{:.1} MB", file.bytes as f64 / 1_048_576.0);
    let message = Message::new("ui-backup-file").text("when", when(file.at)).number("revision", file.revision);
    cx.say(&message.text("size", size))
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("ui-column-when", Width::Points(150.0))];
    if width > 640.0 {
        columns.push(col("ui-column-who", Width::Points(90.0)));
    }
    columns.push(col("ui-column-what", Width::Rest));
    columns.push(col("ui-column-way-back", Width::Points(190.0)));
    columns
}

fn change_row(
    row: &mut TableRow<'_, '_>,
    cx: &mut Cx<'_>,
    programmes: &[Arc<Programme>],
    change: &ChangeRow,
    all: &[ChangeRow],
    columns: usize,
) {
    let when: String = change.at.chars().take(16).collect();
    cell(row, RichText::new(when.replace('T', " ")).small().color(cx.palette.ink_soft));
    if columns > 3 {
        cell(row, RichText::new(&change.by).small().color(cx.palette.ink_soft));
    }
    let ink = if change.taken_back { cx.palette.ink_soft } else { cx.palette.ink };
    let words = step_words(cx, programmes, change, all);
    let text = RichText::new(&words).color(ink);
    cell(row, if change.taken_back { text.strikethrough() } else { text });
    cell_ui(row, |ui| {
        ui.push_id(&change.uid, |ui| {
            way_back_ui(ui, cx, change, &words);
        });
    });
}
