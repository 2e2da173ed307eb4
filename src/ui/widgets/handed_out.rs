//! What can be printed, and the notices whose days on the board are over.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{ComboBox, Label, Ui};

use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::material::PaperWish;
use crate::ledger::public_sheets::HangingSheet;
use crate::ledger::sections::Section;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::button;

/// A sheet to be taken down, with the names of its programme.
struct Due {
    sheet: HangingSheet,
    programme: Arc<Programme>,
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

/// Which papers a programme has: icon, key of the words, and what is asked for.
pub fn papers_of(of: &Programme) -> Vec<(Icon, &'static str, PaperWish)> {
    let programme = || of.id.clone();
    let mut papers = Vec::new();
    if of.lists_people() {
        papers.push((
            Icon::ListChecks,
            "paper-kind-roster",
            PaperWish::Roster { programme: programme(), section: Section::Eligible },
        ));
        papers.push((Icon::FileText, "paper-kind-told-slip", PaperWish::ToldSlip { programme: programme() }));
    } else {
        papers.push((Icon::FileText, "paper-kind-slip", PaperWish::Slip { programme: programme() }));
    }
    if of.public_days().is_some() {
        papers.push((Icon::Eye, "paper-kind-public-sheet", PaperWish::PublicSheet { programme: programme() }));
    }
    papers
}

/// Each of them as a button that leads to its preview.
pub fn papers_ui(ui: &mut Ui, cx: &mut Cx<'_>, of: &Programme) {
    ui.horizontal_wrapped(|ui| {
        for (glyph, key, wish) in papers_of(of) {
            if button(ui, glyph, &cx.t(key)).clicked() {
                cx.push(Action::Paper(wish));
            }
        }
    });
}

/// A programme whose papers can be printed.
#[derive(Default)]
pub struct ProgrammePapers {
    /// The programme's place.
    programme: usize,
}

impl ProgrammePapers {
    /// Draws a programme to choose, and its papers.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        let chosen = programmes.get(self.programme).map_or("", |programme| cx.words.pick(&programme.names));
        ComboBox::from_label(cx.t("ui-programme")).selected_text(chosen).width(240.0).show_ui(ui, |ui| {
            for (index, programme) in programmes.iter().enumerate() {
                ui.selectable_value(&mut self.programme, index, cx.words.pick(&programme.names));
            }
        });
        if let Some(programme) = programmes.get(self.programme) {
            papers_ui(ui, cx, programme);
        }
    }
}
