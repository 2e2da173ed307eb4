//! 资料核对: what is to be looked at in the ledger, kind by kind, with the names; a row leads to where it is mended, and what
//! can be answered by one click is answered here. A page of 住户.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{self, Button, RichText, ScrollArea, Ui};

use crate::domain::fact::FactKind;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::domain::quality::{Kind, Mend};
use crate::domain::resident::{Field, Residency};
use crate::ledger::command::Command;
use crate::ledger::quality::{About, FindingRow, Quality, by_id_number};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::Wish;
use crate::ui::icon::Icon;
use crate::ui::tabs::Tab;
use crate::ui::tabs::reconcile::ReconcilePage;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::{group_words, household_words};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, table};

/// What is found, and the programmes it may be about.
struct Found {
    quality: Quality,
    programmes: Vec<Arc<Programme>>,
}

/// The page.
#[derive(Default)]
pub struct QualityPage {
    is_open: bool,
    kind: Option<Kind>,
    found: Cached<(i64, NaiveDate), Found>,
    reconcile: ReconcilePage,
}

impl QualityPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Draws it, with a way to who may have been entered twice; true where that is asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, twice: &str) -> bool {
        if self.reconcile.is_open() {
            self.reconcile.ui(ui, cx);
            return false;
        }
        let mut asked = false;
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("duplicates-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("quality-page"));
            if button(ui, Icon::FileSpreadsheet, &cx.t("reconcile-title")).clicked() {
                self.reconcile.open();
            }
            asked = button(ui, Icon::CopyCheck, twice).clicked();
        });
        self.findings_ui(ui, cx);
        asked
    }

    fn findings_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let today = cx.today;
        let found = self.found.get(cx.desk, (cx.revision, today), move |view| {
            Ok(Found { quality: view.quality(today)?, programmes: view.in_force()? })
        });
        let found = found.cloned();
        if let Some(message) = self.found.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(found) = found else { return };
        let counts = &found.quality.counts;
        let Some((first, _)) = counts.first() else {
            return empty(ui, Icon::CircleCheck, &cx.t("quality-nothing"), &cx.t("quality-nothing-hint"), |_| ());
        };
        // What was mended last may have been the last of its kind.
        let is_there = |kind: &Kind| counts.iter().any(|(of, _)| of == kind);
        let kind = self.kind.filter(is_there).unwrap_or(*first);
        self.kind = Some(kind);
        ScrollArea::vertical().id_salt("quality-kinds").max_height(ui.available_height() * 0.4).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for (of, count) in counts {
                    let words = format!("{} {count}", cx.of(of));
                    if ui.add(Button::selectable(*of == kind, words).frame_when_inactive(true)).clicked() {
                        self.kind = Some(*of);
                    }
                }
            });
        });
        let shown: Vec<&FindingRow> = found.quality.rows.iter().filter(|row| row.kind == kind).collect();
        table_ui(ui, cx, &found.programmes, &shown);
    }
}

fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>], shown: &[&FindingRow]) {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let columns = [
        col("field-name", Width::Points(200.0)),
        col("field-group", Width::Points(190.0)),
        col("quality-mend", Width::Rest),
    ];
    let sheet = Sheet { id: "quality", columns: &columns, rows: shown.len(), scroll_to: None };
    let mut actions = Vec::new();
    let clicked = theme::card(ui)
        .inner_margin(4.0)
        .show(ui, |ui| {
            table(ui, &sheet, |line| {
                let row = shown[line.index()];
                cell(line, RichText::new(format!("  {}", name_words(cx, programmes, row))));
                let place = match (row.about, row.household_uid.as_str()) {
                    (About::Programme, _) => String::new(),
                    (_, "") => group_words(cx, &row.group),
                    _ => format!("{} {}", group_words(cx, &row.group), household_words(cx, &row.household)),
                };
                cell(line, place);
                cell_ui(line, |ui| mend_ui(ui, cx, row, &mut actions));
            })
        })
        .inner;
    actions.into_iter().for_each(|action| cx.push(action));
    if let Some(row) = clicked.and_then(|index| shown.get(index)) {
        cx.push(where_mended(row));
    }
}

/// A person's or a programme's name.
fn name_words(cx: &Cx<'_>, programmes: &[Arc<Programme>], row: &FindingRow) -> String {
    let of = programmes.iter().find(|programme| programme.id == row.uid);
    match (row.about, of) {
        (About::Programme, Some(programme)) => cx.words.pick(&programme.names).to_owned(),
        _ => row.name.clone(),
    }
}

/// One click where the answer is one of two, else what the row leads to.
fn mend_ui(ui: &mut Ui, cx: &Cx<'_>, row: &FindingRow, actions: &mut Vec<Action>) {
    if row.mend == Mend::ByIdNumber {
        let words = cx.t("mend-by-id-number");
        let name = cx.say(&Message::new("quality-of").text("name", row.name.clone()).text("what", words.clone()));
        let response = ui.small_button(words);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.clicked() {
            actions.extend(by_id_number(&row.uid, &row.id_number, &cx.t("quality-source-id")).map(Action::Run));
        }
        return;
    }
    if !asks_residency(row.mend) {
        basic::brief(ui, cx.t(&format!("mend-{}", row.mend.as_str())));
        return;
    }
    for (key, residency) in [("ui-lives-here", Residency::Here), ("ui-is-away", Residency::Away)] {
        let words = cx.t(key);
        let name = cx.say(&Message::new("quality-of").text("name", row.name.clone()).text("what", words.clone()));
        let response = ui.small_button(words);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.clicked() {
            let (resident, source, on) = (row.uid.clone(), cx.t("ui-source-said"), cx.today);
            actions.push(Action::Run(Command::SetResidency { resident, residency, source, on }));
        }
    }
}

fn asks_residency(mend: Mend) -> bool {
    matches!(mend, Mend::Person(Field::Residency) | Mend::Fact(FactKind::Residency))
}

/// Where it is mended.
fn where_mended(row: &FindingRow) -> Action {
    let (resident, household) = (row.uid.clone(), row.household_uid.clone());
    match row.mend {
        Mend::Head => Action::Form(Wish::Head { household }),
        Mend::Household(_) => Action::Form(Wish::Household { household }),
        Mend::Move => Action::Form(Wish::Move { household, ticked: vec![resident] }),
        Mend::Fact(_) => Action::ShowPerson(resident),
        Mend::ByIdNumber => Action::Form(Wish::Edit { resident, at: Field::IdNumber }),
        Mend::Person(at) => Action::Form(Wish::Edit { resident, at }),
        Mend::Contact => Action::ShowGroup(row.group.clone()),
        Mend::Standards => Action::Show(Tab::Lists),
    }
}
