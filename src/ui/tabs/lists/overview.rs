//! All programmes at once: how many were told of how many, who is still to be told, what lapses first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::domain::programme::{Kind, Programme};
use crate::ledger::benefits::Unapplied;
use crate::ledger::error::Result;
use crate::ledger::lists::ListSummary;
use crate::ledger::progress::Progress;
use crate::ledger::view::View;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::lists::deadline::{brief_deadline, days_left, lapses, status_key};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::short_date;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, is_in_table, table};

/// A money deadline nearer than this many days is said above the table.
const DAYS_NEAR: i64 = 60;

/// Where a programme stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// It concerns somebody.
    Now,
    /// It concerns nobody here at present.
    Nobody,
    /// No longer in force, or a leaflet.
    Other,
}

impl Part {
    /// The uid of the line that folds it.
    fn uid(self) -> &'static str {
        match self {
            Self::Now => "",
            Self::Nobody => "+nobody",
            Self::Other => "+other",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Now | Self::Nobody => "lists-fold-nobody",
            Self::Other => "lists-fold-other",
        }
    }
}

struct Row {
    summary: ListSummary,
    part: Part,
    status: Option<&'static str>,
    /// What is lost for good by a day that is near, and not applied for.
    lost: Option<Unapplied>,
}

impl Row {
    fn to_tell(&self) -> u64 {
        self.summary.counts.eligible.saturating_sub(self.summary.counts.told)
    }

    /// The day by which money has to be applied for, where somebody may not know of it yet.
    fn money_by(&self) -> Option<NaiveDate> {
        let is_money = self.summary.programme.kind == Kind::Benefit && self.to_tell() > 0;
        self.summary.deadline.filter(|_| is_money)
    }

    /// Whose money of this year is gone after a day that is near: who has not applied, told or not.
    fn read_lost(&self, view: &View, today: NaiveDate) -> Result<Option<Unapplied>> {
        let programme = &self.summary.programme;
        let near = today.checked_add_days(chrono::Days::new(DAYS_NEAR.cast_unsigned()));
        let (true, Some(near)) = (self.part == Part::Now && lapses(programme), near) else { return Ok(None) };
        let lost = view.unapplied_of(programme, today)?.lost_after(near);
        Ok(Some(lost).filter(|lost| !lost.claims.is_empty()))
    }
}

/// What is wished of the pages around this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A programme's names, by its id.
    Programme(String),
    /// 补贴申请.
    Benefits,
}

/// All programmes in the order shown.
struct Sight {
    rows: Vec<Row>,
    residents: i64,
}

impl Sight {
    fn read(view: &View, today: NaiveDate, progress: &dyn Progress) -> Result<Self> {
        let standards = view.local_standards()?;
        let row = |summary: ListSummary| {
            let programme = &summary.programme;
            let part = match summary.counts.eligible + summary.counts.ask {
                _ if !programme.lists_people() || !programme.is_in_force(today) => Part::Other,
                0 => Part::Nobody,
                _ => Part::Now,
            };
            let status = status_key(programme, &standards);
            let mut row = Row { part, status, lost: None, summary };
            row.lost = row.read_lost(view, today)?;
            Ok(row)
        };
        let mut rows = view.lists_watched(today, progress)?.into_iter().map(row).collect::<Result<Vec<Row>>>()?;
        rows.sort_by_key(|row| {
            let by = row.money_by();
            (row.part, by.is_none(), by, Reverse(row.to_tell()), Reverse(row.summary.counts.ask))
        });
        Ok(Self { rows, residents: view.overview()?.residents })
    }

    fn count(&self, part: Part) -> usize {
        self.rows.iter().filter(|row| row.part == part).count()
    }
}

/// A line of the table.
#[derive(Clone, Copy)]
enum Line {
    Programme(usize),
    Fold(Part),
}

/// The overview.
#[derive(Default)]
pub struct Overview {
    sight: Cached<(i64, NaiveDate), Sight>,
    selection: Selection,
    unfolded: BTreeSet<&'static str>,
    /// The part unfolded just now, which is brought in sight.
    reveal: Option<Part>,
    /// This year's slips by leaflet. The counter stands outside the log, so it is read whenever the page comes back.
    slips: Cached<(NaiveDate, u64), BTreeMap<String, u64>>,
    /// The pass in which it was last drawn, and how often it came back.
    drawn: (u64, u64),
}

impl Overview {
    /// Draws it; what is to be opened.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<Wish> {
        let today = cx.today;
        let pass = ui.ctx().cumulative_pass_nr();
        let back = self.drawn.1 + u64::from(pass > self.drawn.0 + 1);
        self.drawn = (pass, back);
        let sight = self
            .sight
            .get_watched(cx.desk, (cx.revision, today), move |view, progress| Sight::read(view, today, progress))
            .cloned();
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        if let (None, Some(share)) = (&sight, self.sight.share()) {
            thin_bar(ui, share, ui.available_width());
        }
        let sight = sight?;
        if sight.residents == 0 {
            nobody_ui(ui, cx);
            return None;
        }
        if !theme::is_low(ui) && lapse_ui(ui, cx, &sight) {
            return Some(Wish::Benefits);
        }
        let lines = self.lines(&sight);
        let uid_at = |line: usize| lines.get(line).map(|line| uid_of(&sight, *line));
        self.selection.find(lines.len(), uid_at);
        let entered = is_in_table(ui) && self.selection.uid().is_some() && pressed_on_page(ui, cx, Shortcut::Open);
        self.selection.keys(ui, cx, lines.len(), uid_at);
        let clicked = self.table_ui(ui, cx, &sight, &lines);
        let chosen = clicked.or_else(|| self.selection.selected().filter(|_| entered))?;
        self.selection.set(chosen, uid_at(chosen)?);
        self.choose(cx, &sight, *lines.get(chosen)?)
    }

    /// A folded part opens in its place; a programme that lists people opens as a page, a leaflet as a slip to print.
    fn choose(&mut self, cx: &mut Cx<'_>, sight: &Sight, line: Line) -> Option<Wish> {
        match line {
            Line::Fold(part) => {
                if !self.unfolded.remove(part.uid()) {
                    self.unfolded.insert(part.uid());
                    self.reveal = Some(part);
                }
                None
            }
            Line::Programme(at) => {
                let programme = &sight.rows.get(at)?.summary.programme;
                let id = programme.id.clone();
                if programme.lists_people() {
                    return Some(Wish::Programme(id));
                }
                cx.push(Action::Paper(PaperWish::Slip { programme: id }));
                None
            }
        }
    }

    fn lines(&self, sight: &Sight) -> Vec<Line> {
        let mut lines = Vec::new();
        for part in [Part::Now, Part::Nobody, Part::Other] {
            let is_folded = part != Part::Now && !self.unfolded.contains(part.uid());
            if part != Part::Now && sight.count(part) > 0 {
                lines.push(Line::Fold(part));
            }
            let of_part = (0..).zip(&sight.rows).filter(|(_, row)| row.part == part && !is_folded);
            lines.extend(of_part.map(|(at, _)| Line::Programme(at)));
        }
        lines
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, sight: &Sight, lines: &[Line]) -> Option<usize> {
        let slips = self.read_slips(cx, sight);
        let shown = columns(ui.available_width());
        let columns: Vec<Col> = shown.iter().map(|shows| shows.col(cx)).collect();
        let is_of = |part: Part| move |line: &Line| matches!(line, Line::Programme(at) if sight.rows[*at].part == part);
        let revealed = self.reveal.take().and_then(|part| lines.iter().rposition(is_of(part)));
        let scroll_to = self.selection.scroll_to().or(revealed);
        let sheet = Sheet { id: "programmes", columns: &columns, rows: lines.len(), scroll_to };
        let (chosen, unfolded) = (self.selection.uid(), &self.unfolded);
        let mut pressed = None;
        let mut row_ui = |row: &mut TableRow<'_, '_>| {
            let index = row.index();
            let line = lines[index];
            row.set_selected(chosen == Some(uid_of(sight, line)));
            match line {
                Line::Fold(part) => {
                    let glyph = if unfolded.contains(part.uid()) { Icon::ChevronDown } else { Icon::ChevronRight };
                    let words = cx.say(&Message::new(part.key()).number("count", sight.count(part)));
                    fold_row(row, glyph, &words, shown.len());
                }
                Line::Programme(at) => {
                    let of = &sight.rows[at];
                    let printed = slips.as_ref().and_then(|slips| slips.get(&of.summary.programme.id)).copied();
                    if programme_row(row, cx, (of, printed), &shown) {
                        pressed = Some(index);
                    }
                }
            }
        };
        let clicked = theme::card(ui).inner_margin(4.0).show(ui, |ui| table(ui, &sheet, &mut row_ui)).inner;
        pressed.or(clicked)
    }

    /// This year's slips of every leaflet, once the part with leaflets is open.
    fn read_slips(&mut self, cx: &Cx<'_>, sight: &Sight) -> Option<Arc<BTreeMap<String, u64>>> {
        if !self.unfolded.contains(Part::Other.uid()) {
            return None;
        }
        let ids = sight.rows.iter().map(|row| &row.summary.programme).filter(|programme| !programme.lists_people());
        let (ids, today): (Vec<String>, _) = (ids.map(|programme| programme.id.clone()).collect(), cx.today);
        let read = move |view: &View| {
            let printed = ids.into_iter().map(|id| view.slips_in_year(&id, today).map(|printed| (id, printed)));
            printed.collect()
        };
        self.slips.get(cx.desk, (today, self.drawn.1), read).cloned()
    }
}

fn uid_of(sight: &Sight, line: Line) -> &str {
    match line {
        Line::Fold(part) => part.uid(),
        Line::Programme(at) => sight.rows.get(at).map_or("", |row| row.summary.programme.id.as_str()),
    }
}

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Name,
    Told,
    ToTell,
    Ask,
    Deadline,
    Status,
}

impl Shows {
    fn col(self, cx: &Cx<'_>) -> Col {
        let (key, width) = match self {
            Self::Name => ("ui-programme", Width::Rest),
            Self::Told => ("lists-column-told", Width::Points(170.0)),
            Self::ToTell => ("lists-to-tell", Width::Points(84.0)),
            Self::Ask => ("lists-ask", Width::Points(96.0)),
            Self::Deadline => ("lists-column-deadline", Width::Points(240.0)),
            Self::Status => ("lists-column-status", Width::Points(136.0)),
        };
        Col { title: cx.t(key), width }
    }
}

/// Columns that fit the width; the programme's own page shows what is left out.
fn columns(width: f32) -> Vec<Shows> {
    let mut columns = vec![Shows::Name, Shows::Told, Shows::ToTell];
    if width > 760.0 {
        columns.push(Shows::Ask);
    }
    if width > 620.0 {
        columns.push(Shows::Deadline);
    }
    if width > 920.0 {
        columns.push(Shows::Status);
    }
    columns
}

fn fold_row(row: &mut TableRow<'_, '_>, glyph: Icon, words: &str, columns: usize) {
    cell_ui(row, |ui| {
        ui.add_space(4.0);
        ui.label(icon(glyph).color(theme::of(ui).ink_soft));
        ui.add(egui::Label::new(RichText::new(words).color(theme::of(ui).ink_soft)).truncate());
    });
    for _ in 1..columns {
        cell_ui(row, |_| ());
    }
}

/// A programme's line; of a leaflet a button and this year's number. Whether the button was pressed.
fn programme_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    (of, printed): (&Row, Option<u64>),
    columns: &[Shows],
) -> bool {
    let counts = of.summary.counts;
    let mut is_pressed = false;
    let is_listed = of.part == Part::Now;
    for shows in columns {
        match shows {
            Shows::Told if printed.is_some() => cell_ui(row, |ui| {
                is_pressed = button(ui, Icon::Printer, &cx.t("lists-print-slip")).clicked();
            }),
            Shows::ToTell if printed.is_some() => {
                cell(row, cx.say(&Message::new("lists-slips-printed").number("count", printed.unwrap_or(0))));
            }
            Shows::Name => cell(row, cx.words.pick(&of.summary.programme.names)),
            Shows::Told if is_listed => cell_ui(row, |ui| told_ui(ui, counts.told, counts.eligible)),
            Shows::ToTell if is_listed => cell(row, number(of.to_tell())),
            Shows::Ask if is_listed => cell(row, number(counts.ask)),
            Shows::Deadline => deadline_cell(row, cx, of, columns),
            Shows::Status => cell(row, of.status.map_or_else(String::new, |key| cx.t(key))),
            _ => cell(row, ""),
        }
    }
    is_pressed
}

fn deadline_cell(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, of: &Row, columns: &[Shows]) {
    let by = of.summary.deadline.filter(|_| of.part == Part::Now);
    match (by, of.status) {
        (Some(by), _) => {
            let is_near = of.money_by().is_some() && days_left(cx, by) <= DAYS_NEAR;
            let ink = if is_near { cx.palette.ask } else { cx.palette.ink_soft };
            cell(row, RichText::new(brief_deadline(cx, by)).color(ink));
        }
        // Where there is no column for it, it stands here.
        (None, Some(key)) if !columns.contains(&Shows::Status) => {
            cell(row, RichText::new(cx.t(key)).color(cx.palette.ink_soft));
        }
        _ => cell(row, ""),
    }
}

/// Nothing to do is no number.
fn number(count: u64) -> String {
    if count == 0 { "–".to_owned() } else { count.to_string() }
}

/// The goal line belongs to *told* alone.
fn told_ui(ui: &mut Ui, told: u64, eligible: u64) {
    ui.add_space(4.0);
    let share = if eligible == 0 { 0.0 } else { told as f32 / eligible as f32 };
    ui.spacing_mut().item_spacing.x = 8.0;
    thin_bar(ui, share, 56.0);
    ui.add(egui::Label::new(format!("{told} / {eligible}")).truncate());
}

/// A bar so thin that the toolkit's own would show no ground: told of eligible stands beside it in figures.
pub fn thin_bar(ui: &mut Ui, share: f32, width: f32) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, 6.0), egui::Sense::empty());
    let painter = ui.painter();
    painter.rect_filled(rect, 3, theme::of(ui).ink_soft.gamma_multiply(0.4));
    painter.rect_filled(rect.with_max_x(rect.left() + width * share.clamp(0.0, 1.0)), 3, theme::of(ui).accent);
}

/// What is gone for good if nobody applies in time; whether its button was pressed, which leads to the applications.
fn lapse_ui(ui: &mut Ui, cx: &Cx<'_>, sight: &Sight) -> bool {
    let mut is_pressed = false;
    for row in &sight.rows {
        if let Some(note) = row.lost.as_ref().and_then(|lost| lost_words(cx, &row.summary.programme, lost)) {
            is_pressed |= lost_ui(ui, cx, &note);
        }
    }
    apply_ui(ui, cx, sight);
    is_pressed
}

/// 育儿补贴：11户、共39,600元还没申请…
fn lost_words(cx: &Cx<'_>, programme: &Programme, lost: &Unapplied) -> Option<String> {
    let by = lost.claims.iter().filter_map(|claim| claim.deadline).min()?;
    let note = Message::new("lists-lapse-note")
        .text("name", cx.words.pick(&programme.names))
        .number("households", lost.households)
        .text("yuan", yuan(lost.fen))
        .text("on", short_date(cx, by))
        .number("days", days_left(cx, by));
    Some(cx.say(&note))
}

fn lost_ui(ui: &mut Ui, cx: &Cx<'_>, note: &str) -> bool {
    let show = |ui: &mut Ui| {
        ui.label(icon(Icon::Info).color(theme::of(ui).ask));
        ui.add(egui::Label::new(note).wrap());
        button(ui, Icon::Banknote, &cx.t("lists-page-benefits-open")).clicked()
    };
    theme::note(theme::of(ui).ask_pale).show(ui, |ui| ui.horizontal_wrapped(show).inner).inner
}

/// Other money with a last day that is near.
fn apply_ui(ui: &mut Ui, cx: &Cx<'_>, sight: &Sight) {
    let near = |row: &&Row| row.money_by().is_some_and(|by| days_left(cx, by) <= DAYS_NEAR);
    for row in sight
        .rows
        .iter()
        .filter(|row| row.part == Part::Now)
        .filter(near)
        .filter(|row| !lapses(&row.summary.programme))
        .take(2)
    {
        let Some(by) = row.money_by() else { continue };
        let note = Message::new("lists-apply-note")
            .text("name", cx.words.pick(&row.summary.programme.names))
            .number("count", row.to_tell().cast_signed())
            .text("on", short_date(cx, by))
            .number("days", days_left(cx, by));
        basic::heed(ui, &cx.say(&note));
    }
}

fn nobody_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (title, words, next) = (cx.t("ui-nobody-yet"), cx.t("lists-nobody-yet-hint"), cx.t("ui-import-roster"));
    let import =
        empty(ui, Icon::ListChecks, &title, &words, |ui| main_button(ui, Icon::FileSpreadsheet, &next).clicked());
    if import {
        cx.push(Action::Import(None));
    }
}
