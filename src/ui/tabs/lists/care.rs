//! 关爱: who helps whom, and when the next visit is. Children left behind are hidden until they are asked for, and each
//! look is written down with its reason.

use eframe::egui::{Button, RichText, Ui};

use crate::domain::care::CareKind;
use crate::domain::message::Message;
use crate::ledger::care::CareRow;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::care::CareCard;
use crate::ui::widgets::child::LookGate;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, name_ui, short_date};
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, table};

/// What is read for the page.
struct Read {
    pairs: Vec<CareRow>,
    children: Vec<CareRow>,
    looks: u64,
}

/// Which kind is shown; the children only while they are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Pairs,
    /// Asked for; they are there once it is said why, and written down.
    Children,
}

/// The page.
#[derive(Default)]
pub struct CarePage {
    shown: Shown,
    read: Cached<i64, Read>,
    selection: Selection,
    card: CareCard,
    gate: LookGate,
}

impl CarePage {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Whether the children are asked for.
    pub fn shows_children(&self) -> bool {
        self.shown == Shown::Children
    }

    /// Another page is shown: the children are hidden again.
    pub fn leave(&mut self) {
        self.shown = Shown::Pairs;
        self.selection.clear();
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let read = self.read.get(cx.desk, cx.revision, |view| {
            let (pairs, children) = (view.care(CareKind::Pairing)?, view.care(CareKind::LeftBehind)?);
            Ok(Read { pairs, children, looks: view.care_looks()?.0 })
        });
        let read = read.cloned();
        if let Some(message) = self.read.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(read) = read else { return };
        self.kinds_ui(ui, cx, &read);
        let is_seen = |row: &CareRow| cx.seen.care.contains(&row.who.uid);
        if self.shown == Shown::Children && !read.children.iter().all(is_seen) {
            let children = || read.children.iter().map(|row| row.who.uid.clone()).collect();
            return self.gate.care_ui(ui, cx, "children", children);
        }
        let rows = match self.shown {
            Shown::Pairs => &read.pairs,
            Shown::Children => &read.children,
        };
        if rows.is_empty() {
            return empty(ui, Icon::Handshake, &cx.t("care-nobody"), &cx.t("care-nobody-hint"), |_| ());
        }
        let uid_at = |index: usize| rows.get(index).map(|row| row.uid.as_str());
        self.selection.settle(rows.len(), uid_at);
        self.selection.keys(ui, cx, rows.len(), uid_at);
        if let Some(row) = rows.iter().find(|row| self.selection.uid() == Some(row.uid.as_str())) {
            let room = card_beside(ui, "care-card", theme::NARROW, |ui| self.card_ui(ui, cx, row));
            if room == Room::Taken {
                return;
            }
        }
        self.table_ui(ui, cx, rows);
    }

    fn kinds_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, read: &Read) {
        ui.horizontal_wrapped(|ui| {
            let pairs = format!("{} {}", cx.t("care-pairing"), read.pairs.len());
            if ui.add(Button::selectable(self.shown == Shown::Pairs, pairs).frame_when_inactive(true)).clicked() {
                self.leave();
            }
            let children = format!("{} {}", cx.t("care-look"), read.children.len());
            let button = Button::selectable(self.shown == Shown::Children, children).frame_when_inactive(true);
            if ui.add(button).clicked() && self.shown == Shown::Pairs {
                self.shown = Shown::Children;
                self.selection.clear();
                self.gate = LookGate::default();
            }
        });
        if !theme::is_low(ui) {
            basic::hint(ui, cx.say(&Message::new("care-hint").number("looks", read.looks)));
        }
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &CareRow) {
        if name_ui(ui, cx, &row.who.name) {
            self.selection.clear();
        }
        if button(ui, Icon::User, &cx.t("ui-open-person")).clicked() {
            cx.push(Action::ShowPerson(row.who.uid.clone()));
        }
        self.card.ui(ui, cx, (&row.who.uid, row.kept.kind), Some(row));
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rows: &[CareRow]) {
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let columns = [
            col("field-name", Width::Points(124.0)),
            col("field-group", Width::Points(100.0)),
            col("column-helper", Width::Points(130.0)),
            col("column-next-on", Width::Points(130.0)),
            col("column-agreed", Width::Rest),
        ];
        let sheet = Sheet { id: "care", columns: &columns, rows: rows.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = &rows[line.index()];
                    line.set_selected(chosen == Some(row.uid.as_str()));
                    cell(line, RichText::new(format!("  {}", row.who.name)));
                    cell(line, group_words(cx, &row.who.group));
                    cell(line, row.kept.helper.as_str());
                    cell(line, row.kept.next_on.map_or_else(String::new, |day| short_date(cx, day)));
                    cell(line, row.kept.agreed.as_str());
                })
            })
            .inner;
        if let Some((index, row)) = clicked.and_then(|index| Some((index, rows.get(index)?))) {
            self.selection.set(index, &row.uid);
        }
    }
}
