//! Nothing leaves unseen: what a paper or file will hold, for whom and what for, before it is written.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, Grid, Key, Label, RichText, ScrollArea, Ui};

use crate::desk::{Answer, Desk, device};
use crate::domain::disclosure::{FileFormat, Recipient};
use crate::domain::message::Message;
use crate::ledger::campaigns::sheets::{CampaignPaper, SlipsFor};
use crate::ledger::command::{Command, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::handouts::{HandedOut, Out};
use crate::ledger::material::PaperWish;
use crate::ledger::sections::Section;
use crate::paper::block::Line;
use crate::paper::faces::{Faces, FontFile, RARE_FILE};
use crate::paper::order::{Order, left_out, summary};
use crate::paper::roster::RosterColumn;
use crate::places;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field};
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::written::Written;
use crate::words::{Language, Words};

/// Rows shown before it is written.
const FIRST: usize = 8;

/// What would leave.
struct Preview {
    /// A public sheet's last day.
    down_by: Option<NaiveDate>,
    /// A leaflet's slips printed this month.
    printed: Option<u64>,
    file_name: String,
    /// How many stand on it, for whom and what for; none where nobody does.
    about: Option<Message>,
    /// Who stays in the village.
    left_out: Option<Message>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    lines: Vec<Line>,
    /// Whether there are more lines, alike.
    has_more: bool,
}

/// Revision, today, what is asked for, in which language, and how often slips were counted.
type PreviewKey = (i64, NaiveDate, Order, Language, u32);

/// The page.
pub struct PaperPage {
    order: Order,
    /// The office as it is typed.
    office: String,
    folder: PathField,
    preview: Cached<PreviewKey, Preview>,
    writing: Option<Answer<HandedOut>>,
    /// The counter of slips stands outside the log: no revision tells of it.
    counted: u32,
    uncounting: Option<Answer<()>>,
    written: Written,
}

/// What the page came to in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// It stays open.
    Open,
    /// It is to be closed.
    Closed,
}

impl PaperPage {
    /// A page for what is wished, which will be written into this folder until another is chosen.
    pub fn new(wish: PaperWish, folder: Option<PathBuf>, words: &Words) -> Self {
        let mut field = PathField::default();
        if let Some(folder) = folder {
            field.set(&folder);
        }
        let order = Order::new(wish, words);
        let office = match &order.recipient {
            Recipient::Office(name) => name.clone(),
            _ => String::new(),
        };
        Self {
            order,
            office,
            folder: field,
            preview: Cached::default(),
            writing: None,
            counted: 0,
            uncounting: None,
            written: Written::default(),
        }
    }

    /// The folder that was chosen.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.path()
    }

    /// Whether a file is being written.
    pub fn is_busy(&self) -> bool {
        self.writing.is_some() || self.uncounting.is_some()
    }

    /// Takes what arrived; the revision of the ledger where something was written down.
    pub fn arrive(&mut self, words: &Words) -> Option<i64> {
        if let Some(result) = self.uncounting.as_ref().and_then(Answer::take) {
            self.uncounting = None;
            self.counted += 1;
            if let Err(error) = result {
                self.written.failed(words.of(&error));
            }
        }
        let result = self.writing.as_ref().and_then(Answer::take)?;
        self.writing = None;
        match result {
            Ok(handed) => {
                self.counted += 1;
                self.written.wrote(words, "cli-paper-written", handed.path);
                handed.done.map(|done| done.revision)
            }
            Err(error) => {
                self.written.failed(words.of(&error));
                None
            }
        }
    }

    /// Writes the file on the desk's own thread.
    pub fn write(&mut self, desk: &Desk, stamp: Stamp, language: Language) {
        let Some(folder) = self.folder.path().filter(|_| self.writing.is_none()) else { return };
        let order = self.order.clone();
        self.written.clear();
        self.writing = Some(desk.job(move |ledger, _| {
            let words = Words::new(language);
            let content = order.content(&ledger.gather(&order.wish, stamp.today)?, &words)?;
            let out = Out::In(folder, content.file_name(order.format));
            let faces = faces()?;
            ledger.hand_out(&out, &order.leaving(), &stamp, |_| content.made(order.format, &words, &faces))
        }));
    }

    /// Takes one slip off the counter.
    pub fn uncount(&mut self, desk: &Desk, stamp: &Stamp) {
        let Some(programme) = self.order.leaflet().map(str::to_owned) else { return };
        let today = stamp.today;
        self.uncounting = Some(desk.job(move |ledger, _| ledger.uncount_slips(&programme, 1, today)));
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Stays {
        let mut stays = Stays::Open;
        ScrollArea::vertical().id_salt("paper").auto_shrink(false).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                if button(ui, Icon::ChevronLeft, &cx.t("paper-back")).clicked() {
                    stays = Stays::Closed;
                }
                basic::head(ui, cx.t("paper-preview"));
            });
            self.choices_ui(ui, cx);
            self.preview_ui(ui, cx);
            self.write_ui(ui, cx);
        });
        let escape = ui.input(|input| input.key_pressed(Key::Escape)) && ui.memory(|m| m.focused().is_none());
        if escape { Stays::Closed } else { stays }
    }

    fn choices_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if matches!(self.order.wish, PaperWish::Roster { .. }) {
            self.section_ui(ui, cx);
            self.recipient_ui(ui, cx);
            self.columns_ui(ui, cx);
        }
        self.campaign_ui(ui, cx);
        let as_sheet = |wish: &PaperWish| {
            matches!(
                wish,
                PaperWish::Roster { .. }
                    | PaperWish::Round
                    | PaperWish::Pyramid
                    | PaperWish::Chart { .. }
                    | PaperWish::Month(_)
                    | PaperWish::VillageRecord(_)
                    | PaperWish::Campaign { paper: CampaignPaper::Roster | CampaignPaper::Clinic, .. }
            )
        };
        if as_sheet(&self.order.wish) {
            ui.horizontal_wrapped(|ui| {
                for format in FileFormat::ALL.iter().copied() {
                    ui.radio_value(&mut self.order.format, format, cx.of(&format));
                }
            });
        }
        if self.order.names_people() {
            field(ui, &cx.t("paper-purpose"), &mut self.order.purpose, Shown::Clear, None);
        }
    }

    /// For whom slips are; to which office the clinic's list goes.
    fn campaign_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let PaperWish::Campaign { paper, .. } = &mut self.order.wish else { return };
        match paper {
            CampaignPaper::Slips(whom) => {
                ui.horizontal_wrapped(|ui| {
                    ui.radio_value(whom, SlipsFor::Everybody, cx.t("paper-slips-everybody"));
                    ui.radio_value(whom, SlipsFor::ToTell, cx.t("paper-slips-to-tell"));
                });
            }
            CampaignPaper::Clinic => {
                field(ui, &cx.t("paper-office"), &mut self.office, Shown::Clear, None);
                self.order.recipient = Recipient::Office(self.office.trim().to_owned());
            }
            CampaignPaper::Roster | CampaignPaper::Door => {}
        }
    }

    fn section_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let PaperWish::Roster { section: chosen, .. } = &mut self.order.wish else { return };
        ui.horizontal_wrapped(|ui| {
            ui.label(cx.t("paper-section"));
            for section in Section::ALL {
                ui.radio_value(chosen, section, cx.t(section.key()));
            }
        });
    }

    fn columns_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.label(cx.t("paper-columns"));
        ui.horizontal_wrapped(|ui| {
            for column in RosterColumn::ALL.iter().copied().filter(|column| column.is_for(&self.order.recipient)) {
                let mut chosen = self.order.columns.contains(&column);
                if ui.checkbox(&mut chosen, cx.of(&column)).changed() {
                    let is_wanted = |other: &&RosterColumn| match **other == column {
                        true => chosen,
                        false => self.order.columns.contains(other),
                    };
                    self.order.columns = RosterColumn::ALL.iter().filter(is_wanted).copied().collect();
                }
            }
        });
    }

    fn recipient_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let is_office = matches!(self.order.recipient, Recipient::Office(_));
        ui.horizontal_wrapped(|ui| {
            ui.label(cx.t("paper-recipient"));
            if ui.radio(!is_office, cx.t("paper-to-village")).clicked() {
                self.order.recipient = Recipient::Village;
            }
            if ui.radio(is_office, cx.t("paper-to-an-office")).clicked() {
                self.order.recipient = Recipient::Office(self.office.trim().to_owned());
            }
        });
        if matches!(self.order.recipient, Recipient::Office(_)) {
            field(ui, &cx.t("paper-office"), &mut self.office, Shown::Clear, None);
            self.order.recipient = Recipient::Office(self.office.trim().to_owned());
        }
        let recipient = &self.order.recipient;
        self.order.columns.retain(|column| column.is_for(recipient));
    }

    /// What can be noted once it is printed.
    fn afterwards_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, preview: &Preview) {
        if let Some(printed) = preview.printed {
            ui.horizontal_wrapped(|ui| {
                basic::soft(ui, cx.say(&Message::new("paper-slips-printed").number("count", printed)));
                if printed > 0 && button(ui, Icon::X, &cx.t("paper-slip-misprint")).clicked() {
                    cx.push(Action::UncountSlip);
                }
            });
        }
        if let (Some(down_by), PaperWish::PublicSheet { programme }, true) =
            (preview.down_by, &self.order.wish, self.written.is_there())
            && button(ui, Icon::Check, &cx.t("paper-put-up")).clicked()
        {
            let (programme, put_up_on) = (programme.clone(), cx.today);
            cx.push(Action::Run(Command::PutUpSheet { programme, put_up_on, down_by }));
        }
    }

    fn preview_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (order, today, language) = (self.order.clone(), cx.today, cx.words.language());
        let key = (cx.revision, today, order.clone(), language, self.counted);
        let preview = self.preview.get(cx.desk, key, move |view| {
            let words = Words::new(language);
            let content = order.content(&view.gather(&order.wish, today)?, &words)?;
            let leaflet = order.leaflet().map(|programme| view.slips_printed(programme, today));
            let lines = content.lines();
            Ok(Preview {
                down_by: content.down_by,
                printed: leaflet.transpose()?,
                file_name: content.file_name(order.format),
                about: order.names_people().then(|| summary(&order, &content)),
                left_out: left_out(&content),
                heads: content.heads(),
                rows: content.first_rows(FIRST),
                has_more: lines.len() > order.lines_shown(),
                lines: lines.into_iter().take(order.lines_shown()).collect(),
            })
        });
        let preview: Option<Arc<Preview>> = preview.cloned();
        if let Some(message) = self.preview.failure() {
            return basic::wrong(ui, &cx.say(message));
        }
        let Some(preview) = preview else { return };
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(RichText::new(&preview.file_name).strong()).wrap());
            if let Some(about) = &preview.about {
                basic::soft(ui, cx.say(about));
            }
            if let Some(left_out) = &preview.left_out {
                basic::heed(ui, &cx.say(left_out));
            }
            if !preview.heads.is_empty() {
                rows_ui(ui, &preview);
                basic::hint(ui, cx.t("paper-first-rows"));
            }
            preview.lines.iter().for_each(|line| line_ui(ui, line));
            if preview.has_more {
                basic::hint(ui, cx.t("paper-first-rows"));
            }
        });
        self.afterwards_ui(ui, cx, &preview);
    }

    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(answer) = &self.writing {
            if basic::progress(ui, cx, &cx.t("paper-writing"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        // Where the button was pressed: the head of a long page is out of sight.
        self.written.ui(ui, cx);
        self.folder.ui(ui, cx, "paper-folder", Wanted::Folder);
        let first = cx.t("ui-fill-in-first");
        let nowhere = matches!(&self.order.recipient, Recipient::Office(name) if name.is_empty());
        let ready = match self.preview.failure().is_some() || nowhere || self.folder.path().is_none() {
            true => Err(first.as_str()),
            false => Ok(()),
        };
        basic::hint(
            ui,
            cx.t(match self.order.leaflet() {
                _ if self.order.names_people() => "paper-kept",
                Some(_) => "paper-counted",
                None => "paper-blank",
            }),
        );
        if basic::main_button_if(ui, ready, Icon::Save, &cx.t("paper-write")) {
            cx.push(Action::WritePaper);
        }
    }
}

fn line_ui(ui: &mut Ui, line: &Line) {
    match line {
        Line::Head(text) => basic::head(ui, text.clone()),
        Line::Text(text) => {
            ui.add(Label::new(text).wrap());
        }
        Line::Pair(label, text) => {
            ui.scope(|ui| {
                // Nothing can be pressed here: no room for it is needed.
                ui.spacing_mut().interact_size.y = 0.0;
                ui.horizontal_wrapped(|ui| {
                    basic::soft(ui, label.clone());
                    ui.add(Label::new(text).wrap());
                });
            });
        }
        Line::Small(text) => {
            basic::hint(ui, text.clone());
        }
    }
}

fn rows_ui(ui: &mut Ui, preview: &Preview) {
    ScrollArea::horizontal().id_salt("paper-rows").show(ui, |ui| {
        Grid::new("paper-rows").striped(true).spacing(egui::vec2(16.0, 4.0)).show(ui, |ui| {
            for head in &preview.heads {
                ui.label(RichText::new(head).strong());
            }
            ui.end_row();
            for row in &preview.rows {
                for cell in row {
                    ui.label(cell);
                }
                ui.end_row();
            }
        });
    });
}

fn faces() -> Result<Faces> {
    let rare = device::map_first(&places::shipped(RARE_FILE)).map(|mapped| mapped as FontFile);
    Faces::new(rare).ok_or_else(|| LedgerError::refused("paper-failed"))
}
