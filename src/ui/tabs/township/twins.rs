//! 两村同人: who seems to be named by two villages, side by side, and what was decided; remembered for next month's files. A
//! page of 各村.

use eframe::egui::{Grid, Label, RichText, ScrollArea, Ui};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::error::Result;
use crate::ledger::township::twins::{NamedThere, Twin, Verdict};
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::programme_names::ProgrammeNames;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, table};
use crate::words::{Language, Words};

/// What the page shows.
struct Sight {
    twins: Vec<Twin>,
    uids: Vec<String>,
    /// How many different people applied, programme by programme.
    applicants: Vec<(String, usize)>,
}

/// The page, and the number on the button that opens it.
#[derive(Default)]
pub struct TwinsPage {
    is_open: bool,
    sight: Cached<(i64, Language), Sight>,
    selection: Selection,
}

impl TwinsPage {
    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    fn read(&mut self, cx: &Cx<'_>) -> Option<std::sync::Arc<Sight>> {
        let language = cx.words.language();
        self.sight.get(cx.desk, (cx.revision, language), move |view| Sight::read(view, language)).cloned()
    }

    /// The button on 各村, with how many are still to be judged.
    pub fn button_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let open = self.read(cx).map_or(0, |sight| sight.twins.iter().filter(|twin| twin.verdict.is_none()).count());
        let words = match open {
            0 => cx.t("twins-title"),
            open => cx.say(&Message::new("twins-title-count").number("count", open)),
        };
        if button(ui, Icon::Users, &words).clicked() {
            self.is_open = true;
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let sight = self.read(cx);
        if let Some(sight) = &sight {
            let uid = |at: usize| sight.uids.get(at).map(String::as_str);
            self.selection.settle(sight.uids.len(), uid);
            self.selection.keys(ui, cx, sight.uids.len(), uid);
            if self.selection.uid().is_some() && pressed_on_page(ui, cx, Shortcut::Close) {
                self.selection.clear();
            }
            let at = sight.uids.iter().position(|uid| self.selection.uid() == Some(uid.as_str()));
            if let Some(twin) = at.and_then(|at| sight.twins.get(at)) {
                let mut closed = false;
                let room = card_beside(ui, "twin-card", theme::NARROW, |ui| closed = twin_ui(ui, cx, twin));
                if closed {
                    self.selection.clear();
                }
                if room == Room::Taken {
                    return;
                }
            }
        }
        self.head_ui(ui, cx);
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(sight) = sight else { return };
        if sight.twins.is_empty() {
            return empty(ui, Icon::Users, &cx.t("twins-none"), &cx.t("twins-none-words"), |_| {});
        }
        applicants_ui(ui, cx, &sight.applicants);
        theme::card(ui).inner_margin(4.0).show(ui, |ui| self.table_ui(ui, cx, &sight));
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("twins-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("twins-title"));
        });
        basic::hint(ui, cx.t("twin-rule"));
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, sight: &Sight) {
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let columns = [
            col("field-name", Width::Points(120.0)),
            col("twins-column-one", Width::Points(150.0)),
            col("twins-column-other", Width::Points(150.0)),
            col("twins-column-why", Width::Points(230.0)),
            col("column-verdict", Width::Rest),
        ];
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "twins", columns: &columns, rows: sight.twins.len(), scroll_to };
        let chosen = self.selection.uid().map(str::to_owned);
        let clicked = table(ui, &sheet, |row| {
            let at = row.index();
            row.set_selected(chosen.as_deref() == sight.uids.get(at).map(String::as_str));
            twin_row(row, cx, &sight.twins[at]);
        });
        if let Some(at) = clicked {
            self.selection.set(at, &sight.uids[at]);
        }
    }
}

impl Sight {
    fn read(view: &View, language: Language) -> Result<Self> {
        let twins = view.twins()?;
        let uids = twins.iter().map(|twin| format!("{} {}", twin.one.key, twin.other.key)).collect();
        let names = ProgrammeNames::read(view, &Words::new(language))?;
        let mut applicants: Vec<_> = view.different_applicants()?.into_iter().collect();
        applicants.sort_by_key(|(id, _)| names.place(id));
        let applicants = applicants.into_iter().map(|(id, count)| (names.called(&id).to_owned(), count)).collect();
        Ok(Self { twins, uids, applicants })
    }
}

/// How many different people applied: what the verdicts come to.
fn applicants_ui(ui: &mut Ui, cx: &Cx<'_>, applicants: &[(String, usize)]) {
    let line = |(name, count): &(String, usize)| {
        Message::new("twins-applicants-of").text("programme", name.clone()).number("count", *count)
    };
    let words = Message::new("twins-applicants").said("what", applicants.iter().map(line).collect());
    if !applicants.is_empty() {
        basic::soft(ui, cx.say(&words));
    }
}

fn verdict_words(cx: &Cx<'_>, twin: &Twin) -> String {
    twin.verdict.map_or_else(|| cx.t("twin-open"), |verdict| cx.of(&verdict))
}

fn twin_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, twin: &Twin) {
    cell(row, RichText::new(&twin.one.name).strong());
    cell(row, twin.one.village.as_str());
    cell(row, twin.other.village.as_str());
    cell(row, RichText::new(cx.of(&twin.likeness)).color(cx.palette.ink_soft));
    let ink = if twin.verdict.is_some() { cx.palette.ink_soft } else { cx.palette.ask };
    cell(row, RichText::new(verdict_words(cx, twin)).color(ink));
}

/// Two side by side, and what is decided; whether the card is to be closed.
fn twin_ui(ui: &mut Ui, cx: &mut Cx<'_>, twin: &Twin) -> bool {
    let mut closed = false;
    ui.horizontal(|ui| {
        closed = basic::icon_button(ui, Icon::X, &cx.t("ui-close-card")).clicked();
        basic::head(ui, &twin.one.name);
    });
    basic::soft(ui, cx.labelled(&cx.t("twins-column-why"), cx.of(&twin.likeness)));
    basic::soft(ui, cx.labelled(&cx.t("column-verdict"), verdict_words(cx, twin)));
    // What is asked is in sight in a small window, too.
    ui.horizontal_wrapped(|ui| judge_ui(ui, cx, twin));
    sides_ui(ui, cx, twin);
    basic::hint(ui, cx.t("twins-judge-hint"));
    closed
}

fn judge_ui(ui: &mut Ui, cx: &mut Cx<'_>, twin: &Twin) {
    for (verdict, glyph, key) in
        [(Verdict::Same, Icon::User, "twins-same"), (Verdict::Different, Icon::Users, "twins-different")]
    {
        let is_so = twin.verdict == Some(verdict);
        let response = ui.add_enabled_ui(!is_so, |ui| button(ui, glyph, &cx.t(key))).inner;
        if response.clicked() {
            let (one, other, on) = (twin.one.key.clone(), twin.other.key.clone(), cx.today);
            cx.push(Action::Run(Command::JudgeTwin { one, other, verdict, on }));
        }
    }
}

fn sides_ui(ui: &mut Ui, cx: &Cx<'_>, twin: &Twin) {
    type Value = fn(&NamedThere) -> &str;
    let values: [(&str, Value); 4] = [
        ("shelf-column-village", |side| &side.village),
        ("field-name", |side| &side.name),
        ("field-id_number", |side| &side.id_number),
        ("field-born", |side| &side.born),
    ];
    ScrollArea::horizontal().id_salt("twin-sides").show(ui, |ui| {
        Grid::new("twin-sides").num_columns(3).striped(true).spacing([12.0, 6.0]).show(ui, |ui| {
            for (key, value) in values {
                ui.label(RichText::new(cx.t(key)).small().color(theme::of(ui).ink_soft));
                for side in [&twin.one, &twin.other] {
                    let text = value(side);
                    let text = if text.is_empty() { cx.t("twins-not-said") } else { text.to_owned() };
                    ui.add(Label::new(text));
                }
                ui.end_row();
            }
        });
    });
}
