//! 尚未征得同意: how many nobody has asked yet whether they want to be in the lists, and who they are. It hurries nobody:
//! they stand in the lists meanwhile, there is no goal and no day, and of who agreed or withdrew nothing is shown.

use chrono::NaiveDate;
use eframe::egui::{RichText, Ui};

use crate::domain::consent::Purpose;
use crate::domain::message::Message;
use crate::ledger::residents::ResidentRow;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::child;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, household_words};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};

/// The page. The other purposes are asked about when there is reason to, on the person's own page.
#[derive(Default)]
pub struct AskedPage {
    rows: Cached<(i64, NaiveDate), Vec<ResidentRow>>,
}

impl AskedPage {
    /// Draws it; a row leads to the person's own page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let key = (cx.revision, cx.today);
        let rows = self.rows.get(cx.desk, key, |view| view.not_asked(Purpose::Services, None, u32::MAX)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows else { return };
        if rows.is_empty() {
            return empty(ui, Icon::CircleCheck, &cx.t("asked-nobody"), "", |_| ());
        }
        let count = Message::new("asked-count").number("count", rows.len() as u64);
        ui.horizontal_wrapped(|ui| {
            basic::head(ui, cx.say(&count));
            if button(ui, Icon::Printer, &cx.t("notice-print")).clicked() {
                cx.push(Action::Paper(PaperWish::ConsentNotice(Purpose::Services)));
            }
        });
        basic::soft(ui, cx.t("asked-hint"));
        let columns = columns(cx, ui.available_width());
        let sheet = Sheet { id: "not-asked", columns: &columns, rows: rows.len(), scroll_to: None };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |row| {
                    let person = &rows[row.index()];
                    cell(row, RichText::new(format!("  {}", person.name)));
                    cell(row, format!("{} {}", group_words(cx, &person.group), household_words(cx, &person.household)));
                    if columns.len() > 3 {
                        cell(row, child::born_in_list(cx, person.born()));
                    }
                    cell(row, child::in_list(cx, person.born(), &person.phone));
                })
            })
            .inner;
        if let Some(person) = clicked.and_then(|index| rows.get(index)) {
            cx.push(Action::ShowPerson(person.uid.clone()));
        }
    }
}

/// Columns that fit the width.
fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("field-name", Width::Points(124.0)), col("field-group", Width::Points(190.0))];
    if width > 560.0 {
        columns.push(col("field-born", Width::Points(120.0)));
    }
    columns.push(col("field-phone", Width::Rest));
    columns
}
