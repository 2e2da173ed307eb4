//! One village of an office: how far it is, the number that is compared by phone, its newest file, and its programmes.

use eframe::egui::{Grid, Label, RichText, Ui};

use crate::desk::hand_up::HandUpWish;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::township::coverage::CoverageRow;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::month::office::number_ui;
use crate::ui::tabs::township::members::state_of;
use crate::ui::tabs::township::villages::{file_words, numbers_words, told_words};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::programme_names::ProgrammeNames;

/// Draws it; whether it is to be closed.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, village: &CoverageRow, number: &str, names: &ProgrammeNames) -> bool {
    let member = &village.member;
    let mut closed = false;
    ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::TOP), |ui| {
        closed = basic::icon_button(ui, Icon::X, &cx.t("ui-close-card")).clicked();
        ui.with_layout(eframe::egui::Layout::left_to_right(eframe::egui::Align::TOP), |ui| {
            basic::head(ui, member.called());
        });
    });
    basic::hint(ui, &member.code);
    let state = Message::new("member-state").word("state", state_of(member)).date("on", state_day(village));
    ui.label(cx.say(&state));
    if member.enrolled_on.is_some() {
        number_ui(ui, cx, number);
        if member.confirmed_on.is_none() {
            basic::hint(ui, cx.t("member-confirm-hint"));
            if main_button(ui, Icon::PhoneCall, &cx.t("member-confirm")).clicked() {
                cx.push(Action::HandUp(HandUpWish::Confirm(member.code.clone())));
            }
        }
    }
    if button(ui, Icon::MailPlus, &cx.t("member-invite-again")).clicked() {
        cx.push(Action::InviteAgain(Box::new(member.clone())));
    }
    ui.separator();
    file_ui(ui, cx, village);
    programmes_ui(ui, cx, village, names);
    closed
}

/// The day since which it is so.
fn state_day(village: &CoverageRow) -> chrono::NaiveDate {
    let member = &village.member;
    member.confirmed_on.or(member.enrolled_on).unwrap_or(member.invited_on)
}

/// The newest file, and what is wrong with those before it.
fn file_ui(ui: &mut Ui, cx: &Cx<'_>, village: &CoverageRow) {
    ui.label(file_words(cx, village));
    if !village.gaps.is_empty() {
        basic::heed(ui, &cx.say(&Message::new("member-gaps").text("numbers", numbers_words(cx, &village.gaps))));
    }
    if !village.forks.is_empty() {
        basic::heed(ui, &cx.say(&Message::new("member-forks").text("numbers", numbers_words(cx, &village.forks))));
    }
    if village.needs_help() {
        basic::heed(ui, &cx.say(&Message::new("member-help").number("count", village.not_told())));
    }
    if village.quality > 0 {
        basic::hint(ui, cx.labelled(&cx.t("measure-quality"), village.quality.to_string()));
    }
}

/// Programme by programme, in the order in which they are shown everywhere.
fn programmes_ui(ui: &mut Ui, cx: &Cx<'_>, village: &CoverageRow, names: &ProgrammeNames) {
    if village.programmes.is_empty() {
        return;
    }
    let mut programmes: Vec<_> = village.programmes.iter().collect();
    programmes.sort_by_key(|(id, _)| names.place(id));
    Grid::new("village-programmes").num_columns(2).striped(true).spacing([10.0, 4.0]).show(ui, |ui| {
        for (id, of) in programmes {
            ui.scope(|ui| {
                ui.set_max_width(190.0);
                ui.add(Label::new(names.called(id)).wrap());
            });
            ui.vertical(|ui| {
                ui.label(told_words(cx, of));
                if of.ending_fen > 0 {
                    let words =
                        Message::new("member-ending").number("count", of.ending).text("yuan", yuan(of.ending_fen));
                    ui.add(Label::new(RichText::new(cx.say(&words)).small().color(theme::of(ui).ask)).wrap());
                }
                if of.paid_persons > 0 {
                    let words =
                        Message::new("member-paid").number("count", of.paid_persons).text("yuan", yuan(of.paid_fen));
                    basic::hint(ui, cx.say(&words));
                }
            });
            ui.end_row();
        }
    });
}
