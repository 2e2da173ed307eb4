//! 各村: was everybody told? Villages stand in the order of their codes, never of a figure; where many were not told, help is
//! needed. A click opens the village.

use chrono::NaiveDate;
use eframe::egui::{ComboBox, RichText, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::error::Result;
use crate::ledger::township::coverage::{Coverage, CoverageRow, Covered};
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::Tab;
use crate::ui::tabs::township::twins::TwinsPage;
use crate::ui::tabs::township::village_card;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, main_button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::programme_names::ProgrammeNames;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, table};
use crate::words::{Language, Words};

/// What the page shows.
struct Sight {
    coverage: Coverage,
    /// The number that is compared by phone, village by village.
    numbers: Vec<String>,
    names: ProgrammeNames,
}

/// The page.
#[derive(Default)]
pub struct VillagesPage {
    sight: Cached<(i64, NaiveDate, Language), Sight>,
    /// The programme that is looked at; all of them together where none is.
    programme: Option<String>,
    selection: Selection,
}

impl VillagesPage {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, twins: &mut TwinsPage) {
        let (today, language) = (cx.today, cx.words.language());
        let key = (cx.revision, today, language);
        let sight = self.sight.get(cx.desk, key, move |view| Sight::read(view, today, language)).cloned();
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(sight) = sight else { return };
        let rows = &sight.coverage.rows;
        if rows.is_empty() {
            return teach_ui(ui, cx);
        }
        let uid = |at: usize| rows.get(at).map(|row| row.member.uid.as_str());
        self.selection.settle(rows.len(), uid);
        self.selection.keys(ui, cx, rows.len(), uid);
        if self.selection.uid().is_some() && pressed_on_page(ui, cx, Shortcut::Close) {
            self.selection.clear();
        }
        let open = rows.iter().position(|row| self.selection.uid() == Some(row.member.uid.as_str()));
        if let Some(at) = open {
            let mut closed = false;
            let room = card_beside(ui, "village-card", theme::NARROW, |ui| {
                closed = village_card::ui(ui, cx, &rows[at], &sight.numbers[at], &sight.names);
            });
            if closed {
                self.selection.clear();
            }
            if room == Room::Taken {
                return;
            }
        }
        self.head_ui(ui, cx, &sight, twins);
        theme::card(ui).inner_margin(4.0).show(ui, |ui| self.table_ui(ui, cx, rows));
    }

    /// What the whole office comes to, for the programme that is chosen.
    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, sight: &Sight, twins: &mut TwinsPage) {
        let coverage = &sight.coverage;
        let all = cx.t("villages-all-programmes");
        let chosen = self.programme.as_deref().map_or(all.as_str(), |id| sight.names.called(id)).to_owned();
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(cx.t("villages-programme"));
            let combo = ComboBox::from_id_salt("villages-programme").selected_text(&chosen).width(280.0);
            let response = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.programme, None, &all);
                let mut ids: Vec<&String> = coverage.programmes.keys().collect();
                ids.sort_by_key(|id| sight.names.place(id));
                for id in ids {
                    ui.selectable_value(&mut self.programme, Some(id.clone()), sight.names.called(id));
                }
            });
            response.response.labelled_by(name.id);
            twins.button_ui(ui, cx);
        });
        let sum = of_programme(&coverage.programmes, self.programme.as_deref());
        let this_month = cx.today.format("%Y-%m").to_string();
        let is_behind = |row: &&CoverageRow| row.file.as_ref().is_none_or(|file| file.month != this_month);
        let words = Message::new("villages-sum")
            .text("told", if sum.eligible == 0 { "none".to_owned() } else { told_words(cx, &sum) })
            .text("yuan", yuan(sum.ending_fen))
            .number("behind", coverage.rows.iter().filter(is_behind).count())
            .number("villages", coverage.rows.len());
        basic::soft(ui, cx.say(&words));
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rows: &[CoverageRow]) {
        let fits = Fits::of(ui.available_width());
        let columns = columns(cx, fits);
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "villages", columns: &columns, rows: rows.len(), scroll_to };
        let chosen = self.selection.uid().map(str::to_owned);
        let programme = self.programme.clone();
        let clicked = table(ui, &sheet, |row| {
            let village = &rows[row.index()];
            row.set_selected(chosen.as_deref() == Some(village.member.uid.as_str()));
            village_row(row, cx, village, (programme.as_deref(), fits));
        });
        if let Some(at) = clicked {
            self.selection.set(at, &rows[at].member.uid);
        }
    }
}

impl Sight {
    fn read(view: &View, today: NaiveDate, language: Language) -> Result<Self> {
        let coverage = view.coverage(today)?;
        let numbers = coverage.rows.iter().map(|row| view.fingerprint_of(&row.member)).collect::<Result<_>>()?;
        Ok(Self { coverage, numbers, names: ProgrammeNames::read(view, &Words::new(language))? })
    }
}

/// Before anybody was invited: how it goes, and where it begins.
fn teach_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    empty(ui, Icon::Map, &cx.t("villages-teach"), &cx.t("villages-teach-words"), |ui| {
        if main_button(ui, Icon::MailPlus, &cx.t("villages-invite")).clicked() {
            cx.push(Action::Show(Tab::Members));
        }
    });
}

/// The numbers of one programme, or of all of them together.
fn of_programme(programmes: &std::collections::BTreeMap<String, Covered>, id: Option<&str>) -> Covered {
    let mut sum = Covered::default();
    for (_, of) in programmes.iter().filter(|(known, _)| id.is_none_or(|id| id == known.as_str())) {
        sum.eligible += of.eligible;
        sum.told += of.told;
        sum.ending += of.ending;
        sum.ending_fen += of.ending_fen;
        sum.paid_persons += of.paid_persons;
        sum.paid_fen += of.paid_fen;
    }
    sum
}

/// 312 ÷ 345（90%）; nothing where nobody is concerned.
pub fn told_words(cx: &Cx<'_>, of: &Covered) -> String {
    if of.eligible == 0 {
        return String::new();
    }
    let message = Message::new("villages-told").number("told", of.told).number("eligible", of.eligible);
    cx.say(&message.number("percent", of.told * 100 / of.eligible))
}

/// Whether all columns fit beside the notes; else what is on the village's own card as well is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    All,
    Some,
}

impl Fits {
    fn of(width: f32) -> Self {
        if width < theme::NARROW { Self::Some } else { Self::All }
    }
}

fn columns(cx: &Cx<'_>, fits: Fits) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![
        col("shelf-column-village", Width::Points(130.0)),
        col("villages-column-told", Width::Points(175.0)),
        col("villages-column-file", Width::Points(165.0)),
    ];
    if fits == Fits::All {
        columns.push(col("measure-quality", Width::Points(115.0)));
        columns.push(col("villages-column-ending", Width::Points(115.0)));
    }
    columns.push(col("ui-column-notes", Width::Rest));
    columns
}

fn village_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    village: &CoverageRow,
    (programme, fits): (Option<&str>, Fits),
) {
    let of = of_programme(&village.programmes, programme);
    cell(row, RichText::new(village.member.called()).strong());
    cell(row, told_words(cx, &of));
    cell(row, RichText::new(file_words(cx, village)).color(cx.palette.ink_soft));
    if fits == Fits::All {
        cell(row, if village.quality == 0 { String::new() } else { village.quality.to_string() });
        cell(row, if of.ending_fen == 0 { String::new() } else { yuan(of.ending_fen) });
    }
    cell_ui(row, |ui| {
        ui.add_space(4.0);
        if village.needs_help() {
            ui.label(icon(Icon::HandHelping).color(theme::of(ui).ask));
            ui.add_space(6.0);
        }
        ui.add(eframe::egui::Label::new(cx.words.list(&notes(cx, village))).truncate());
    });
}

/// Which file it is and how old.
pub fn file_words(cx: &Cx<'_>, village: &CoverageRow) -> String {
    match &village.file {
        None => cx.t("villages-no-file"),
        Some(file) => cx.say(&Message::new("villages-file").number("number", file.number).number("age", file.age)),
    }
}

/// The numbers of files: 2、3.
pub fn numbers_words(cx: &Cx<'_>, numbers: &[u64]) -> String {
    cx.words.list(&numbers.iter().map(u64::to_string).collect::<Vec<_>>())
}

/// What is to be looked at, in a few words each.
fn notes(cx: &Cx<'_>, village: &CoverageRow) -> Vec<String> {
    let mut found = Vec::new();
    if village.needs_help() {
        found.push(cx.t("villages-help"));
    }
    if !village.gaps.is_empty() {
        found.push(cx.say(&Message::new("villages-gaps").text("numbers", numbers_words(cx, &village.gaps))));
    }
    if !village.forks.is_empty() {
        found.push(cx.say(&Message::new("villages-forks").text("numbers", numbers_words(cx, &village.forks))));
    }
    if village.member.confirmed_on.is_none() {
        found.push(cx.t(crate::ui::tabs::township::members::state_of(&village.member)));
    }
    if village.file.as_ref().is_some_and(|file| file.demo) {
        found.push(cx.t("ui-demo-mark"));
    }
    found
}
