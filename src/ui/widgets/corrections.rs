//! What was corrected in a person's record: when, by whom, from what to what. Reads through the desk.

use eframe::egui::{Label, RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::corrections::{Corrected, CorrectedValue, Correction};
use crate::paper::correction;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::{basic, mask};

/// The corrections of one person, folded until they are wanted.
#[derive(Default)]
pub struct PersonCorrections {
    rows: Cached<(i64, String), Vec<Correction>>,
}

impl PersonCorrections {
    /// Draws them; nothing where nothing was corrected.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, uid: &str) {
        let of = uid.to_owned();
        let rows = self.rows.get(cx.desk, (cx.revision, of.clone()), move |view| view.corrections(&of)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { return };
        let head = cx.say(&Message::new("correction-head").number("count", rows.len()));
        ui.push_id(("corrections", uid), |ui| {
            basic::fold(ui, &head).show(ui, |ui| rows.iter().for_each(|row| line_ui(ui, cx, row)));
        });
    }
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Correction) {
    let shown = (shown(cx, row, &row.old), shown(cx, row, &row.new));
    let line = Message::new("correction-step")
        .text("at", row.at.get(..10).unwrap_or_default())
        .text("by", row.by.clone())
        .text("line", correction::line(row, shown, cx.words));
    ui.add(Label::new(RichText::new(cx.say(&line)).color(theme::of(ui).ink_soft)).wrap());
}

/// A value as this page may show it: of an id number both ends.
fn shown(cx: &Cx<'_>, row: &Correction, value: &CorrectedValue) -> String {
    match (row.what, value) {
        (Corrected::Column("id_number"), CorrectedValue::Text(number)) => mask::id_number(number),
        (_, value) => correction::value(value, cx.words),
    }
}
