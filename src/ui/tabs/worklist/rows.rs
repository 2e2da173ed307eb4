//! The table of the worklist: its columns and its rows.

use eframe::egui::{self, RichText};
use egui_extras::TableRow;

use crate::domain::message::Message;
use crate::domain::worklist::{Section, TaskKind};
use crate::ledger::worklist::{About, TaskRow, day_words, visit_words};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::child;
use crate::ui::widgets::person::{born_words, group_words, short_date};
use crate::ui::widgets::rows::{Col, Width, cell, cell_ui, group_cell};

pub(super) fn columns(cx: &Cx<'_>, width: f32) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("ui-column-task", Width::Points(150.0)), col("field-name", Width::Points(130.0))];
    if width > 560.0 {
        columns.push(col("ui-column-age", Width::Points(80.0)));
    }
    if width > 700.0 {
        columns.push(col("field-household_number", Width::Points(96.0)));
    }
    if width > 860.0 {
        columns.push(col("field-phone", Width::Points(140.0)));
    }
    columns.push(col("ui-column-due", Width::Rest));
    columns
}

pub(super) fn section_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, section: Section, count: usize, columns: usize) {
    row.set_overline(true);
    let words = format!("{}  {count}", cx.of(&section));
    cell(row, RichText::new(words).text_style(theme::strong_style()).color(cx.palette.accent_deep));
    for _ in 1..columns {
        cell_ui(row, |_| {});
    }
}

/// A group; tasks about nobody in particular stand under a head of their own.
pub(super) fn group_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, name: Option<&str>, people: usize, columns: usize) {
    let words = name.map_or_else(|| cx.t("task-noted"), |name| group_words(cx, name));
    group_cell(row, |ui| {
        ui.label(RichText::new(words).strong());
    });
    group_cell(row, |ui| {
        basic::brief(ui, cx.say(&Message::new("worklist-tasks").number("count", people)));
    });
    for _ in 2..columns {
        group_cell(row, |_| ());
    }
}

pub(super) fn task_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, task: &TaskRow, columns: usize) {
    cell_ui(row, |ui| {
        ui.add_space(16.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon(kind_icon(task.due.kind)).color(theme::of(ui).ink_soft));
        ui.add(egui::Label::new(cx.of(&task.due.kind)).truncate());
    });
    cell(row, task.name());
    let person = task.person();
    if columns > 3 {
        let born = person.and_then(|person| person.facts.born);
        cell(row, born.map_or_else(String::new, |born| born_words(cx, born.value)));
    }
    if columns > 4 {
        cell(row, task.household());
    }
    if columns > 5 {
        cell(
            row,
            person
                .map_or_else(String::new, |one| child::in_list(cx, one.facts.born.map(|born| born.value), &one.phone)),
        );
    }
    cell(row, RichText::new(due_words(cx, task)).color(cx.palette.ink_soft));
}

fn kind_icon(kind: TaskKind) -> Icon {
    match kind {
        TaskKind::Tell | TaskKind::Ask | TaskKind::TryAgain => Icon::Circle,
        TaskKind::HandOn => Icon::FileText,
        TaskKind::Noted => Icon::PencilLine,
        TaskKind::Visit => Icon::Handshake,
        TaskKind::TellDay | TaskKind::AskDay | TaskKind::AskAgain => Icon::CalendarDays,
    }
}

/// Of what, by when, and the last day.
pub(super) fn due_words(cx: &Cx<'_>, task: &TaskRow) -> String {
    let what = match &task.about {
        About::Noted(task) => task.what.clone(),
        About::Visit(care) => cx.say(&visit_words(care)),
        About::Day(day) => cx.say(&day_words(day)),
        _ => task.programme().map(|programme| cx.words.pick(&programme.names).to_owned()).unwrap_or_default(),
    };
    let due = cx.say(&Message::new("ui-due").text("on", short_date(cx, task.due.on)).text("programme", what));
    match task.deadline() {
        Some(by) => {
            let ends = Message::new("worklist-ends").text("due", due).text("on", short_date(cx, by));
            cx.say(&ends.number("days", (by - cx.today).num_days().max(0)))
        }
        None => due,
    }
}
