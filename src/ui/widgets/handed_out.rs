//! What was handed out, and the notices whose days on the board are over.

use chrono::NaiveDate;
use eframe::egui::{Label, RichText, Ui};

use crate::domain::disclosure::{PaperKind, Recipient};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::handouts::DisclosureRow;
use crate::ledger::public_sheets::HangingSheet;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// Lines of the log.
const MOST: u32 = 200;

/// A sheet to be taken down, with the names of its programme.
struct Due {
    sheet: HangingSheet,
    programme: std::sync::Arc<Programme>,
}

fn due(view: &View, today: NaiveDate) -> Result<Vec<Due>> {
    let due = view.sheets_to_take_down(today)?.into_iter().map(|sheet| {
        let programme = view.programme(&sheet.programme)?;
        Ok(Due { sheet, programme })
    });
    due.collect()
}

/// Above the worklist: a line for each notice that is to come down.
#[derive(Default)]
pub struct SheetsStrip {
    due: Cached<(i64, NaiveDate), Vec<Due>>,
}

impl SheetsStrip {
    /// Draws the lines; nothing where no notice is due.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let today = cx.today;
        let Some(sheets) = self.due.get(cx.desk, (cx.revision, today), move |view| due(view, today)).cloned() else {
            return;
        };
        for due in sheets.iter() {
            let name = cx.words.pick(&due.programme.names).to_owned();
            let words = Message::new("paper-take-down-due").text("programme", name).date("on", due.sheet.down_by);
            theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
                ui.push_id(&due.sheet.uid, |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(icon(Icon::Info).color(theme::of(ui).ask));
                        ui.add(Label::new(cx.say(&words)).wrap());
                        if button(ui, Icon::Check, &cx.t("paper-take-down")).clicked() {
                            let sheet = due.sheet.uid.clone();
                            cx.push(Action::Run(Command::TakeDownSheet { sheet, on: today }));
                        }
                    });
                });
            });
        }
    }
}

/// What was handed out, newest first.
#[derive(Default)]
pub struct HandedOutLog {
    rows: Cached<i64, Vec<DisclosureRow>>,
}

impl HandedOutLog {
    /// Draws the log under its title, which opens it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.collapsing(cx.t("paper-log"), |ui| {
            let rows = self.rows.get(cx.desk, cx.revision, |view| view.disclosures(MOST)).cloned();
            let Some(rows) = rows else { return };
            if rows.is_empty() {
                basic::soft(ui, cx.t("paper-log-nothing"));
            }
            for row in rows.iter() {
                ui.add(Label::new(RichText::new(line(cx, row)).small()).wrap());
            }
        });
    }
}

fn line(cx: &Cx<'_>, row: &DisclosureRow) -> String {
    let paper = PaperKind::from_word(&row.paper).map_or_else(|| row.paper.clone(), |paper| cx.of(&paper));
    let message = Message::new("cli-disclosure-line")
        .date("on", row.on)
        .text("paper", paper)
        .text("programme", row.programme.clone())
        .number("rows", row.rows)
        .text("recipient", cx.say(&Recipient::from_text(&row.recipient).message()))
        .text("purpose", row.purpose.clone());
    cx.say(&message)
}
