//! 查重: pairs of records that may be one person, the best first; beside them both records field by field, and what is
//! decided. A page of 住户, never a dialog; the search for them runs beside everything else.

mod linked;
mod pair;
mod scan;

use std::collections::HashSet;
use std::sync::Arc;

use eframe::egui::{Panel, RichText, ScrollArea, Ui};

pub use linked::LinkedLine;
use pair::{Decision, PairCard};
use scan::Scan;

use crate::domain::duplicate::THRESHOLD;
use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::duplicates::{Found, MOST_PAIRS, Pair};
use crate::ui::action::{Action, Sender};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::Where;
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, table};

/// In a village up to this size the pairs are looked for by themselves, so that their number stands on the button.
const BY_ITSELF: i64 = 20_000;

/// In a table of this width there is room for what weighs most.
const WITH_REASON: f32 = 420.0;

/// The pairs on screen.
#[derive(Default)]
struct Lines {
    /// Places in what was found.
    at: Vec<usize>,
    uids: Vec<String>,
}

/// The page, and the number on the button that opens it.
#[derive(Default)]
pub struct DuplicatesPage {
    is_open: bool,
    scan: Scan,
    /// What was on screen last, of which search.
    shown: Option<(Arc<Found>, usize)>,
    lines: Lines,
    /// Decided since the last search: not shown until the next one has ended.
    decided: HashSet<String>,
    /// To be looked at later: not shown until asked for.
    later: HashSet<String>,
    selection: Selection,
    card: PairCard,
}

/// What tells pairs apart.
fn uid_of(pair: &Pair) -> String {
    format!("{} {}", pair.one.uid, pair.other.uid)
}

impl DuplicatesPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Closes the page.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Whether a pair takes the letters.
    pub fn letters(&self) -> Letters {
        match self.selection.letters() {
            Letters::Actions(_) => Letters::Actions(Where::Pair),
            others => others,
        }
    }

    /// The ledger is put away: nothing goes on reading it.
    pub fn stop_reads(&mut self) {
        self.scan.let_go();
    }

    /// Something was refused: what was decided stands there again.
    pub fn refused(&mut self, uids: &[String]) {
        self.decided.retain(|uid| !uids.contains(uid));
        self.shown = None;
    }

    /// What the button says: with the number, where it is known.
    pub fn button_words(&mut self, cx: &Cx<'_>, residents: i64) -> String {
        if residents <= BY_ITSELF {
            self.scan.follow(cx);
        }
        self.arrive(cx);
        match self.shown.as_ref().filter(|_| !self.lines.at.is_empty()) {
            None => cx.t("duplicates-title"),
            Some(_) => cx.say(&Message::new("duplicates-title-count").number("count", self.lines.at.len())),
        }
    }

    /// Opens the page.
    pub fn open(&mut self) {
        self.is_open = true;
        self.scan.wish();
    }

    fn arrive(&mut self, cx: &Cx<'_>) {
        let Some(found) = self.scan.arrive() else { return };
        if self.shown.as_ref().is_none_or(|(shown, _)| !Arc::ptr_eq(shown, &found)) {
            if self.scan.revision() == Some(cx.revision) {
                self.decided.clear();
            }
            self.shown = None;
        }
        let hidden = self.decided.len() + self.later.len();
        if self.shown.as_ref().is_some_and(|(_, before)| *before == hidden) {
            return;
        }
        let is_hidden = |uid: &String| self.decided.contains(uid) || self.later.contains(uid);
        let uids = found.pairs.iter().map(uid_of).enumerate().filter(|(_, uid)| !is_hidden(uid));
        let (at, uids) = uids.unzip();
        self.lines = Lines { at, uids };
        self.shown = Some((found, hidden));
        let uids = &self.lines.uids;
        self.selection.settle(uids.len(), |index| uids.get(index).map(String::as_str));
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.scan.follow(cx);
        self.arrive(cx);
        let is_narrow = ui.available_width() < theme::NARROW;
        if !is_narrow || self.selection.uid().is_none() {
            self.head_ui(ui, cx);
        }
        let Some((found, _)) = self.shown.clone() else { return };
        let uids = std::mem::take(&mut self.lines.uids);
        self.selection.keys(ui, cx, uids.len(), |index| uids.get(index).map(String::as_str));
        self.lines.uids = uids;
        if self.lines.at.is_empty() {
            if !self.scan.is_running() {
                empty(ui, Icon::CircleCheck, &cx.t("duplicates-none"), &cx.t("duplicates-none-hint"), |_| ());
            }
            return;
        }
        let chosen = self.selection.selected().and_then(|index| self.lines.at.get(index)).map(|at| &found.pairs[*at]);
        if let Some(pair) = chosen {
            if is_narrow {
                return self.card_ui(ui, cx, pair);
            }
            let width = (ui.available_width() * 0.6).max(theme::CARD_WIDTH);
            Panel::right("duplicates-pair")
                .exact_size(width)
                .frame(
                    eframe::egui::Frame::new()
                        .inner_margin(eframe::egui::Margin { left: 12, ..eframe::egui::Margin::ZERO }),
                )
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| self.card_ui(ui, cx, pair));
        }
        self.table_ui(ui, cx, &found);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("duplicates-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("duplicates-title"));
            let count = self.lines.at.len();
            if self.shown.is_some() && count > 0 {
                let words = Message::new("duplicates-found").number("count", count).number("points", THRESHOLD);
                basic::soft(ui, cx.say(&words));
            }
            if !self.later.is_empty() {
                let words = cx.say(&Message::new("duplicates-later-count").number("count", self.later.len()));
                if basic::link(ui, &words).clicked() {
                    self.later.clear();
                    self.shown = None;
                }
            }
        });
        self.scan.ui(ui, cx);
        if self.shown.as_ref().is_some_and(|(found, _)| found.has_more) {
            basic::hint(ui, cx.say(&Message::new("duplicates-more").number("count", MOST_PAIRS)));
        }
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, pair: &Pair) {
        let mut decision = None;
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ScrollArea::vertical().id_salt("duplicates-card").auto_shrink(false).show(ui, |ui| {
                decision = self.card.ui(ui, cx, pair);
            });
        });
        let uid = uid_of(pair);
        match decision {
            None => {}
            Some(Decision::Close) => self.selection.clear(),
            Some(Decision::Later) => {
                self.later.insert(uid);
                ui.ctx().request_repaint();
            }
            Some(Decision::NotSame) => {
                let (one, other) = (pair.one.uid.clone(), pair.other.uid.clone());
                cx.push(Action::RunFor(Command::NotSame { one, other }, Sender::Pairs(vec![uid.clone()])));
                self.decided.insert(uid);
            }
            Some(Decision::Merge(merge)) => {
                let behind = merge.behind.clone();
                // Whoever stands behind another now is in no other pair either.
                let pairs = self.shown.iter().flat_map(|(found, _)| found.pairs.iter());
                let theirs = pairs.filter(|p| p.one.uid == behind || p.other.uid == behind).map(uid_of);
                // One that was decided before stays so, whatever comes of this.
                let uids: Vec<String> = theirs.filter(|uid| !self.decided.contains(uid)).collect();
                self.decided.extend(uids.iter().cloned());
                cx.push(Action::RunFor(Command::Merge(Box::new(merge)), Sender::Pairs(uids)));
            }
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, found: &Found) {
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let mut columns =
            vec![col("duplicates-column-pair", Width::Rest), col("duplicates-column-points", Width::Points(64.0))];
        if ui.available_width() > WITH_REASON {
            columns[0].width = Width::Points(210.0);
            columns.push(col("duplicates-column-why", Width::Rest));
        }
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "duplicates", columns: &columns, rows: self.lines.at.len(), scroll_to };
        let chosen = self.selection.selected();
        let lines = &self.lines;
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| {
                    let index = row.index();
                    let Some(pair) = lines.at.get(index).and_then(|at| found.pairs.get(*at)) else { return };
                    row.set_selected(chosen == Some(index));
                    cell(row, names_words(cx, pair));
                    cell(row, pair.score.points.to_string());
                    if columns.len() > 2 {
                        let why = pair.score.reasons.first().map(|evidence| cx.of(evidence));
                        cell(row, RichText::new(why.unwrap_or_default()).color(cx.palette.ink_soft));
                    }
                })
            })
            .inner;
        if let Some(index) = clicked
            && let Some(uid) = self.lines.uids.get(index)
        {
            self.selection.set(index, uid);
        }
    }
}

/// Both names.
fn names_words(cx: &Cx<'_>, pair: &Pair) -> String {
    let words = Message::new("duplicates-names").text("one", pair.one.name.clone());
    cx.say(&words.text("other", pair.other.name.clone()))
}
