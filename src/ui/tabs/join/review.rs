//! What joining a copy comes to: the relation, how much comes from each side, and side by side the fields that both
//! changed, each with the choice whose stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Frame, Label, Margin, Panel, RichText, TextWrapMode, Ui};
use egui_extras::TableRow;

use crate::desk::whole::WholeStep;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::join::{Choice, JoinConflict, JoinReport, Relation};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button, radio};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, step_asked, stepped, table};

/// What the review came to in a frame.
pub(super) enum Wish {
    /// It stays.
    Stay,
    /// Another copy is to be chosen.
    Leave,
    /// The ledger moved on: the copy is to be looked at again.
    LookAgain(PathBuf),
}

/// Whose value stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Ours,
    Theirs,
}

/// A copy that was looked at.
pub(super) struct Review {
    file: PathBuf,
    report: Arc<JoinReport>,
    /// The revision that was compared with.
    revision: i64,
    /// The conflicts in which theirs is wished for.
    theirs: BTreeSet<usize>,
    selected: Option<usize>,
    scroll_to: Option<usize>,
}

impl Review {
    /// The review of a copy that was compared with this revision.
    pub(super) fn new(file: PathBuf, report: JoinReport, revision: i64) -> Self {
        let report = Arc::new(report);
        Self { file, report, revision, theirs: BTreeSet::new(), selected: None, scroll_to: None }
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) -> Wish {
        let mut wish = Wish::Stay;
        if self.report.relation == Relation::Behind {
            basic::head(ui, cx.of(&self.report.relation));
            basic::point(ui, Icon::CircleCheck, cx.t("join-page-behind"));
            if button(ui, Icon::FolderOpen, &cx.t("join-page-other")).clicked() {
                wish = Wish::Leave;
            }
            return wish;
        }
        if ui.available_height() < theme::SHORT {
            self.short_ui(ui, cx, &mut wish);
        } else {
            self.full_ui(ui, cx, &mut wish);
        }
        if self.report.conflicts.is_empty() {
            basic::point(ui, Icon::CircleCheck, cx.t("join-page-no-conflicts"));
        } else {
            self.keys(ui, cx);
            self.table_ui(ui, cx, programmes);
        }
        wish
    }

    /// What stands around the table.
    fn full_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, wish: &mut Wish) {
        basic::head(ui, cx.of(&self.report.relation));
        let margin = Margin { top: 10, ..Margin::ZERO };
        Panel::bottom("join-write").frame(Frame::new().inner_margin(margin)).show_separator_line(false).show(
            ui,
            |ui| {
                ui.horizontal_wrapped(|ui| {
                    self.write_ui(ui, cx, wish);
                    basic::hint(ui, cx.t("join-page-join-hint"));
                });
            },
        );
        let [there, here] = self.sides(cx);
        basic::point(ui, Icon::Laptop, there);
        basic::point(ui, Icon::House, here);
        if let Some(left) = self.left(cx) {
            basic::heed(ui, &left);
        }
        if !self.report.conflicts.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.add(Label::new(RichText::new(self.counts(cx)).strong()).wrap());
                self.all_ui(ui, cx);
            });
        }
    }

    /// The same where there is little room: the rows are what matters.
    fn short_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, wish: &mut Wish) {
        if !theme::is_low(ui) {
            let [there, here] = self.sides(cx);
            let said = [Some(cx.of(&self.report.relation)), Some(there), Some(here), self.left(cx)];
            basic::hint(ui, said.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        basic::brief(ui, self.counts(cx));
        ui.horizontal_wrapped(|ui| {
            self.write_ui(ui, cx, wish);
            if !self.report.conflicts.is_empty() {
                self.all_ui(ui, cx);
            }
        });
    }

    /// How much comes from each side.
    fn sides(&self, cx: &Cx<'_>) -> [String; 2] {
        let report = &self.report;
        let there = Message::new("join-page-there").number("steps", report.there);
        let here = if report.here == 0 { "join-page-here-nothing" } else { "join-page-here" };
        let here = Message::new(here).number("steps", report.here);
        [cx.say(&there.text("what", tally_words(cx, &report.taken))), cx.say(&here)]
    }

    /// What cannot come.
    fn left(&self, cx: &Cx<'_>) -> Option<String> {
        let left = &self.report.left;
        let message = || Message::new("join-page-left").text("what", tally_words(cx, left));
        (!left.is_empty()).then(|| cx.say(&message()))
    }

    /// How many fields both changed, and whose stay.
    fn counts(&self, cx: &Cx<'_>) -> String {
        let (count, theirs) = (self.report.conflicts.len(), self.theirs.len());
        let message = Message::new("join-page-conflicts").number("count", count);
        cx.say(&message.number("ours", count - theirs).number("theirs", theirs))
    }

    /// For all at once.
    fn all_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if button(ui, Icon::House, &cx.t("join-page-all-ours")).clicked() {
            self.theirs.clear();
        }
        if button(ui, Icon::Laptop, &cx.t("join-page-all-theirs")).clicked() {
            let all = 0..self.report.conflicts.len();
            self.theirs = all.filter(|index| self.can_take(*index)).collect();
        }
    }

    fn can_take(&self, index: usize) -> bool {
        self.report.conflicts.get(index).is_some_and(|conflict| conflict.choice == Choice::Either)
    }

    fn choose(&mut self, index: usize, whose: Whose) {
        match whose {
            Whose::Ours => drop(self.theirs.remove(&index)),
            Whose::Theirs if self.can_take(index) => drop(self.theirs.insert(index)),
            Whose::Theirs => {}
        }
        self.selected = Some(index);
    }

    /// Moves over the rows with the keys; 1 and 2 choose.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>) {
        if let Some(step) = step_asked(ui, cx, self.selected)
            && let Some(next) = stepped(step, self.selected, self.report.conflicts.len(), |_| true)
        {
            (self.selected, self.scroll_to) = (Some(next), Some(next));
        }
        for (shortcut, whose) in [(Shortcut::KeepOurs, Whose::Ours), (Shortcut::TakeTheirs, Whose::Theirs)] {
            if let Some(selected) = self.selected
                && pressed_on_page(ui, cx, shortcut)
            {
                self.choose(selected, whose);
            }
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>]) {
        let columns = columns(cx, ui.available_width());
        let report = self.report.clone();
        let sheet =
            Sheet { id: "join", columns: &columns, rows: report.conflicts.len(), scroll_to: self.scroll_to.take() };
        let mut chosen = None;
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                ui.set_min_height((ui.available_height() - 4.0).max(theme::ROW * 3.0));
                table(ui, &sheet, |line| {
                    let index = line.index();
                    line.set_selected(self.selected == Some(index));
                    let whose = if self.theirs.contains(&index) { Whose::Theirs } else { Whose::Ours };
                    let row = ConflictRow { conflict: &report.conflicts[index], programmes, whose };
                    if let Some(whose) = row.ui(line, cx, columns.len()) {
                        chosen = Some((index, whose));
                    }
                })
            })
            .inner;
        self.selected = clicked.or(self.selected);
        if let Some((index, whose)) = chosen {
            self.choose(index, whose);
        }
    }

    /// The button that joins, and the way to another copy; what the ledger did since is to be looked at first.
    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, wish: &mut Wish) {
        if self.revision != cx.revision {
            ui.add(Label::new(RichText::new(cx.t("join-page-stale")).color(theme::of(ui).ask)).wrap());
            if button(ui, Icon::Search, &cx.t("ui-import-look-again")).clicked() {
                *wish = Wish::LookAgain(self.file.clone());
            }
            return;
        }
        if main_button(ui, Icon::Merge, &cx.t("join-page-join")).clicked() {
            cx.push(Action::Step(WholeStep::Join { file: self.file.clone(), theirs: self.fields() }));
        }
        let other = cx.t("join-page-other");
        let pressed = match theme::is_low(ui) {
            true => icon_button(ui, Icon::FolderOpen, &other),
            false => button(ui, Icon::FolderOpen, &other),
        };
        if pressed.clicked() {
            *wish = Wish::Leave;
        }
    }

    /// The fields in which theirs is wished for, by uid and column.
    fn fields(&self) -> BTreeSet<(String, String)> {
        let chosen = self.theirs.iter().filter_map(|index| self.report.conflicts.get(*index));
        chosen.map(|conflict| (conflict.uid.clone(), conflict.column.clone())).collect()
    }
}

/// One field that both changed.
struct ConflictRow<'a> {
    conflict: &'a JoinConflict,
    programmes: &'a [Arc<Programme>],
    whose: Whose,
}

impl ConflictRow<'_> {
    /// Draws it; whose was chosen, where one was.
    fn ui(&self, row: &mut TableRow<'_, '_>, cx: &Cx<'_>, columns: usize) -> Option<Whose> {
        let (who, what) = (self.who(cx), self.what(cx));
        match columns {
            4 => {
                cell(row, &who);
                cell(row, &what);
            }
            _ => cell(row, cx.labelled(&who, &what)),
        }
        let about = cx.labelled(&who, &what);
        let mut chosen = None;
        for whose in [Whose::Ours, Whose::Theirs] {
            cell_ui(row, |ui| {
                ui.add_space(4.0);
                if self.side_ui(ui, cx, whose, &about) {
                    chosen = Some(whose);
                }
            });
        }
        chosen
    }

    /// One side's value, to be chosen; true where it was.
    fn side_ui(&self, ui: &mut Ui, cx: &Cx<'_>, whose: Whose, about: &str) -> bool {
        // A long value is cut off where its column ends.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
        let (message, key) = match whose {
            Whose::Ours => (&self.conflict.ours, "join-page-use-ours"),
            Whose::Theirs => (&self.conflict.theirs, "join-page-use-theirs"),
        };
        let value = match message.as_ref().map(|message| cx.say(message)) {
            Some(value) if value.is_empty() => cx.t("duplicates-nothing"),
            Some(value) => value,
            None => cx.t("join-page-changed"),
        };
        if self.conflict.choice == Choice::OursStays && whose == Whose::Theirs {
            basic::soft(ui, cx.t("join-page-in-use"));
            return false;
        }
        radio(ui, self.whose == whose, &value, &format!("{about} {}", cx.labelled(&cx.t(key), value.as_str())))
    }

    /// Whose or which row it is.
    fn who(&self, cx: &Cx<'_>) -> String {
        let conflict = self.conflict;
        if conflict.name.is_empty() { cx.t(&conflict.record) } else { conflict.name.clone() }
    }

    /// Which field; for a row as a whole, what it is.
    fn what(&self, cx: &Cx<'_>) -> String {
        let conflict = self.conflict;
        let programme = self.programmes.iter().find(|programme| programme.id == conflict.programme);
        match programme {
            Some(programme) => cx.words.pick(&programme.names).to_owned(),
            None if conflict.column.is_empty() => cx.t(&conflict.record),
            None => cx.t(&format!("column-{}", conflict.column.replace('_', "-"))),
        }
    }
}

fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = Vec::new();
    if width > 720.0 {
        columns.push(col("join-page-who", Width::Points(150.0)));
        columns.push(col("join-page-what", Width::Points(if width > 1000.0 { 240.0 } else { 150.0 })));
    } else {
        columns.push(col("join-page-what", Width::Points(180.0)));
    }
    columns.push(col("join-page-ours", Width::Rest));
    columns.push(col("join-page-theirs", Width::Rest));
    columns
}

/// 居民 3条、告知记录 12条.
fn tally_words(cx: &Cx<'_>, tally: &BTreeMap<String, usize>) -> String {
    let part = |(table, rows): (&String, &usize)| {
        let message = Message::new("join-page-rows").number("rows", *rows);
        cx.say(&message.text("what", cx.t(&format!("record-{}", table.replace('_', "-")))))
    };
    let parts: Vec<String> = tally.iter().map(part).collect();
    if parts.is_empty() { cx.t("join-page-no-rows") } else { cx.words.list(&parts) }
}
