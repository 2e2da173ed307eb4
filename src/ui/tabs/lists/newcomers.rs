//! 快到年龄的: who reaches the age of one programme by the end of next year, so that papers are ready before the day.

use eframe::egui::{Button, RichText, Role, Ui, WidgetInfo};

use crate::domain::message::Message;
use crate::ledger::newcomers::Newcomer;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::tabs::lists::round::Of;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::child;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, household_words};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// The part of a programme's page; read only while it is open.
#[derive(Default)]
pub struct NewcomersPart {
    is_open: bool,
    rows: Cached<Of, Vec<Newcomer>>,
}

impl NewcomersPart {
    /// Whether it takes the place of the sections.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Gives the place back to the sections.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// The button beside those of the sections; true where it was just opened.
    pub fn button_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let words = cx.t("lists-newcomers");
        let button = Button::selectable(self.is_open, (icon(Icon::CalendarClock), words.as_str()));
        let response = ui.add(button.frame_when_inactive(true));
        let chosen = self.is_open;
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &words));
        let clicked = response.clicked();
        self.is_open |= clicked;
        clicked
    }

    /// The table; a row leads to the person's own page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: &Of) {
        let (key, today) = (of.clone(), cx.today);
        let id = of.2.clone();
        let rows = self.rows.get(cx.desk, key, move |view| view.newcomers(&id, today)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        if rows.is_empty() {
            return empty(ui, Icon::CalendarClock, &cx.t("lists-newcomers-none"), "", |_| ());
        }
        basic::soft(ui, cx.say(&Message::new("lists-newcomers-hint").number("count", rows.len() as u64)));
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "newcomers", columns: &columns, rows: rows.len(), scroll_to: None };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| {
                    let Newcomer { row: person, from } = &rows[row.index()];
                    cell(row, RichText::new(format!("  {}", person.name)));
                    cell(row, cx.words.date(*from));
                    if columns.len() > 3 {
                        cell(row, child::born_in_list(cx, person.facts.born.map(|born| born.value)));
                    }
                    if columns.len() > 4 {
                        cell(row, child::in_list(cx, person.facts.born.map(|born| born.value), &person.phone));
                    }
                    let (group, household) = (group_words(cx, &person.group), household_words(cx, &person.household));
                    cell(row, format!("{group} {household}"));
                })
            })
            .inner;
        if let Some(newcomer) = clicked.and_then(|index| rows.get(index)) {
            cx.push(Action::ShowPerson(newcomer.row.uid.clone()));
        }
    }
}

/// Columns that fit the width.
fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("field-name", Width::Points(124.0)), col("lists-column-from", Width::Points(150.0))];
    if width > 560.0 {
        columns.push(col("field-born", Width::Points(120.0)));
    }
    if width > 700.0 {
        columns.push(col("field-phone", Width::Points(128.0)));
    }
    columns.push(col("field-group", Width::Rest));
    columns
}
