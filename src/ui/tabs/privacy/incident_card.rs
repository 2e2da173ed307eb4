//! One loss or leak: what was in it, whether it can be read, who is to be told and was, and its report.

use eframe::egui::{Label, RichText, Ui};

use crate::domain::incident::{Incident, Readable, Told};
use crate::domain::message::Message;
use crate::ledger::command::Command;
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ledger::privacy::report::PrivacyPaper;
use crate::ui::action::{Action, PaperWish};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::date_field::DateField;

/// Draws it; true where it is to be corrected. `on` is the day on which somebody was told.
pub fn card_ui(ui: &mut Ui, cx: &mut Cx<'_>, incident: &Incident, on: &mut DateField) -> bool {
    about_ui(ui, cx, incident);
    ui.separator();
    basic::head(ui, cx.t("incident-told"));
    basic::soft(ui, cx.t("incident-tell-words"));
    if !incident.still_to_tell().is_empty() {
        on.ui(ui, cx);
    }
    for who in Told::ALL {
        ui.push_id(who.as_str(), |ui| told_ui(ui, cx, (incident, *who), on));
    }
    ui.separator();
    let mut corrects = false;
    ui.horizontal_wrapped(|ui| {
        if button(ui, Icon::Printer, &cx.t("incident-print")).clicked() {
            cx.push(Action::Paper(PaperWish::Privacy(PrivacyPaper::Incident(incident.uid.clone()))));
        }
        corrects = button(ui, Icon::PencilLine, &cx.t("incident-correct")).clicked();
    });
    corrects
}

fn about_ui(ui: &mut Ui, cx: &Cx<'_>, incident: &Incident) {
    if !incident.what.is_empty() {
        ui.add(Label::new(cx.labelled(&cx.t("incident-what"), incident.what.clone())).wrap());
    }
    let data: Vec<String> = incident.data.iter().map(|kind| cx.of(kind)).collect();
    ui.add(Label::new(cx.labelled(&cx.t("incident-data"), data.join(&cx.t("list-comma")))).wrap());
    match incident.kind.readable() {
        Readable::Sealed => basic::soft(ui, cx.t("incident-sealed")),
        Readable::Plain => basic::soft(ui, cx.t("incident-plain")),
    };
}

/// Who was told, on which day; or the button that notes it.
fn told_ui(ui: &mut Ui, cx: &mut Cx<'_>, (incident, who): (&Incident, Told), on: &DateField) {
    let told = incident.told.iter().find(|(told, _)| *told == who);
    ui.horizontal_wrapped(|ui| match told {
        Some((_, on)) => {
            ui.label(icon(Icon::CircleCheck).color(theme::of(ui).accent));
            let line = Message::new("incident-was-told").text("who", cx.of(&who)).date("on", *on);
            ui.label(cx.say(&line));
        }
        None => {
            ui.label(icon(Icon::Circle).color(theme::of(ui).ask));
            ui.label(RichText::new(cx.of(&who)).strong());
            let words = cx.say(&Message::new("incident-tell").text("who", cx.of(&who)));
            let day = on.day(cx.today).ok().filter(|day| *day <= cx.today);
            let pressed = ui.add_enabled_ui(day.is_some(), |ui| button(ui, Icon::Check, &words)).inner.clicked();
            if let Some(on) = day.filter(|_| pressed) {
                cx.push(Action::Run(Command::Privacy(PrivacyCommand::ToldOfIncident {
                    incident: incident.uid.clone(),
                    who,
                    on,
                })));
            }
        }
    });
    basic::hint(ui, cx.t(&format!("incident-tell-{}", who.as_str())));
}
