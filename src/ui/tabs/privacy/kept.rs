//! 存了什么: for what something is kept and on which ground; how long each thing is kept, by which paper, and how much of it
//! is due; whom a rule keeps.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::keep_form::KeepForm;
use crate::domain::kept::Use;
use crate::domain::message::Message;
use crate::ledger::error::Result;
use crate::ledger::privacy::kept::{HeldRow, KeepingRow, UseRow};
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::person::group_words;

/// What the page shows.
struct Shown {
    keepings: Vec<KeepingRow>,
    holds: Vec<HeldRow>,
    uses: Vec<UseRow>,
}

impl Shown {
    fn read(view: &View, today: NaiveDate) -> Result<Self> {
        Ok(Self { keepings: view.keepings(today)?, holds: view.holds()?, uses: view.uses()? })
    }
}

/// The page.
#[derive(Default)]
pub struct KeptPage {
    shown: Cached<(i64, NaiveDate), Shown>,
    form: Option<KeepForm>,
}

impl KeptPage {
    /// Draws it; true where the list of what is due is to be opened.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let today = cx.today;
        let shown = self.shown.get(cx.desk, (cx.revision, today), move |view| Shown::read(view, today)).cloned();
        if let Some(message) = self.shown.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(shown) = shown else { return false };
        let is_wide = ui.available_width() >= theme::NARROW;
        let area = ScrollArea::vertical().id_salt("kept").auto_shrink(false);
        area.show(ui, |ui| {
            if !is_wide {
                let opens = self.keepings_ui(ui, cx, &shown);
                uses_ui(ui, cx, &shown);
                return opens;
            }
            ui.columns(2, |sides| {
                let opens = self.keepings_ui(&mut sides[0], cx, &shown);
                uses_ui(&mut sides[1], cx, &shown);
                opens
            })
        })
        .inner
    }

    fn keepings_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) -> bool {
        let mut opens = false;
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            basic::head(ui, cx.t("kept-how-long"));
            basic::soft(ui, cx.t("kept-how-long-words"));
            for row in &shown.keepings {
                ui.separator();
                ui.push_id(row.keeping.as_str(), |ui| opens |= self.keeping_ui(ui, cx, row));
            }
        });
        holds_ui(ui, cx, &shown.holds);
        opens
    }

    /// One thing that is kept; true where what is due of it was pressed.
    fn keeping_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &KeepingRow) -> bool {
        let what = cx.of(&row.keeping);
        let mut opens = false;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&what).strong());
            let days = cx.say(&Message::new("keeping-days").number("days", row.days));
            ui.label(cx.say(&Message::new("kept-for").text("days", days)));
            let due = cx.say(&Message::new("kept-due").text("what", what.clone()).number("count", row.due));
            if row.due > 0 {
                let shown = cx.say(&Message::new("kept-due-shown").number("count", row.due));
                opens = named_link(ui, &shown, &due);
            }
            let change = cx.say(&Message::new("kept-change").text("what", what));
            if named_link(ui, &cx.t("kept-change-shown"), &change) {
                self.form = Some(KeepForm::new(row));
            }
        });
        basic::hint(ui, cx.say(&row.keeping.why()));
        if let Some(source) = &row.source {
            basic::hint(ui, cx.say(&Message::new("kept-source").text("source", source.clone())));
        }
        if let Some(form) = self.form.as_mut().filter(|form| form.is_about(row.keeping))
            && form.ui(ui, cx, row)
        {
            self.form = None;
        }
        opens
    }
}

/// A link that says little beside what it is about, and is called after it.
fn named_link(ui: &mut Ui, shown: &str, called: &str) -> bool {
    let link = basic::link(ui, shown);
    link.widget_info(|| WidgetInfo::labeled(Role::Button, true, called));
    link.clicked()
}

/// For what, about how many people, which kinds, on which ground, and what of it has a time after its end.
fn uses_ui(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        basic::head(ui, cx.t("kept-what-for"));
        for UseRow { of, people } in &shown.uses {
            ui.separator();
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(cx.of(of)).strong());
                ui.label(cx.say(&Message::new("people-count").number("count", *people)));
                if of.is_sensitive() {
                    ui.label(icon(Icon::Shield).color(theme::of(ui).ask));
                    ui.label(RichText::new(cx.t("kept-sensitive")).color(theme::of(ui).ask));
                }
            });
            ui.add(Label::new(cx.t(&format!("use-kinds-{}", of.as_str()))).wrap());
            basic::hint(ui, cx.labelled(&cx.t("column-ground"), cx.of(&of.ground())));
            basic::hint(ui, cx.labelled(&cx.t("kept-what-ends"), what_ends(cx, *of, &shown.keepings)));
        }
    });
}

/// What of a purpose has an end, each with its days.
fn what_ends(cx: &Cx<'_>, of: Use, keepings: &[KeepingRow]) -> String {
    let of_it = keepings.iter().filter(|row| of.keepings().contains(&row.keeping));
    let words = |row: &KeepingRow| {
        let days = cx.say(&Message::new("keeping-days").number("days", row.days));
        cx.say(&Message::new("kept-ends-line").text("what", cx.of(&row.keeping)).text("days", days))
    };
    cx.words.list(&of_it.map(words).collect::<Vec<_>>())
}

/// Whose record a rule keeps; nothing where it keeps nobody's.
fn holds_ui(ui: &mut Ui, cx: &mut Cx<'_>, holds: &[HeldRow]) {
    if holds.is_empty() {
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        basic::head(ui, cx.say(&Message::new("kept-holds").number("count", holds.len())));
        for held in holds {
            ui.push_id(&held.uid, |ui| {
                ui.horizontal_wrapped(|ui| {
                    if basic::link(ui, &held.name).clicked() {
                        cx.push(Action::ShowPerson(held.uid.clone()));
                    }
                    ui.label(group_words(cx, &held.group));
                    let line = Message::new("kept-hold-line").date("until", held.until);
                    ui.add(Label::new(cx.say(&line.text("basis", held.basis.clone()))).wrap());
                });
            });
        }
    });
}
