//! What was done, line by line, each with its way back. Reads through the desk; takes nothing back itself.

use std::sync::Arc;

use eframe::egui::{Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::KeptRow;
use crate::ledger::history::{ChangeFilter, ChangeRow, ChangedHome};
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::corrections::PersonCorrections;
use crate::words::Words;

/// Lines of a person's history read at once.
const PAGE: u32 = 20;

/// What was done about one person, the latest first, as long as the button for older lines is pressed; above it what was
/// corrected.
#[derive(Default)]
pub struct PersonHistory {
    corrections: PersonCorrections,
    rows: Cached<(i64, String, u32), Vec<ChangeRow>>,
    of: String,
    pages: u32,
}

impl PersonHistory {
    /// Draws it under its head; nothing where nothing was done. Each line can be taken back from here.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, uid: &str, programmes: &[Arc<Programme>]) {
        if self.of != uid {
            (self.of, self.pages) = (uid.to_owned(), 1);
        }
        let limit = self.pages.max(1) * PAGE;
        let filter = ChangeFilter { about: Some(uid.to_owned()), limit, ..ChangeFilter::default() };
        let key = (cx.revision, uid.to_owned(), limit);
        let rows = self.rows.get(cx.desk, key, move |view| view.history(&filter)).cloned();
        if let Some(message) = self.rows.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { return };
        basic::head(ui, cx.t("ui-history"));
        self.corrections.ui(ui, cx, uid);
        for change in rows.iter() {
            if change.count > 1 && change.about != uid {
                wide_ui(ui, cx, programmes, change, &rows);
            } else {
                line_ui(ui, cx, programmes, change, &rows, When::Day);
            }
        }
        if rows.len() >= limit as usize && button(ui, Icon::History, &cx.t("ui-history-older")).clicked() {
            self.pages += 1;
        }
    }
}

/// A step about many people at once is taken back where the day's work is listed, not from the page of one of them.
fn wide_ui(ui: &mut Ui, cx: &Cx<'_>, programmes: &[Arc<Programme>], change: &ChangeRow, all: &[ChangeRow]) {
    let words = step_words(cx, programmes, change, all);
    ui.push_id(&change.uid, |ui| {
        ui.horizontal_wrapped(|ui| {
            basic::hint(ui, change.at.get(..10).unwrap_or_default());
            ui.add(Label::new(RichText::new(words).color(theme::of(ui).ink_soft)).wrap());
        });
    });
}

/// Which part of the instant a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The day: for a person's years.
    Day,
    /// The time of day: for one day's work.
    Time,
}

/// One line: when, what, about whom, and the button that takes exactly this step back, or why there is none. `all` are
/// the lines read with it: an undo is named after what it took back, where that is among them.
pub fn line_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    programmes: &[Arc<Programme>],
    change: &ChangeRow,
    all: &[ChangeRow],
    when: When,
) {
    let words = step_words(cx, programmes, change, all);
    ui.push_id(&change.uid, |ui| {
        ui.horizontal_wrapped(|ui| {
            let at = match when {
                When::Day => change.at.get(..10),
                When::Time => change.at.get(11..16),
            };
            basic::hint(ui, at.unwrap_or_default());
            let palette = theme::of(ui);
            let text = RichText::new(&words).color(if change.taken_back { palette.ink_soft } else { palette.ink });
            ui.add(Label::new(if change.taken_back { text.strikethrough() } else { text }).wrap());
            way_back_ui(ui, cx, change, &words);
        });
    });
}

/// The button that takes a step back, or why there is none.
pub fn way_back_ui(ui: &mut Ui, cx: &mut Cx<'_>, change: &ChangeRow, words: &str) {
    if change.taken_back {
        basic::hint(ui, cx.t("ui-taken-back"));
    } else if change.can_be_taken_back {
        let response = basic::link(ui, &cx.t("ui-undo"));
        let name = format!("{} {words}", cx.t("ui-undo"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.clicked() {
            cx.push(Action::TakeBack(change.uid.clone()));
        }
    } else {
        let is_beginning = ["init", "demo"].contains(&change.op.as_str());
        basic::hint(ui, cx.t(if is_beginning { "ui-history-beginning" } else { "ui-history-gone" }));
    }
}

/// What a step is called; an undo is called after what it took back: 撤销：刘秀娜：记为已告知.
pub fn step_words(cx: &Cx<'_>, programmes: &[Arc<Programme>], change: &ChangeRow, all: &[ChangeRow]) -> String {
    let undone = change.undoes.as_ref().and_then(|uid| all.iter().find(|other| other.uid == *uid));
    match undone {
        None => change_words(cx.words, programmes, change),
        Some(undone) => {
            let what = change_words(cx.words, programmes, undone);
            cx.say(&Message::new("ui-turn").text("turn", cx.t(&format!("op-{}", change.op))).text("what", what))
        }
    }
}

/// What a change is called, with the person or file it is about: 刘秀娜：记为已告知.
pub fn change_words(words: &Words, programmes: &[Arc<Programme>], change: &ChangeRow) -> String {
    let op = words.text(&format!("op-{}", change.op));
    let about = if !change.name.is_empty() {
        change.name.clone()
    } else if let Some(home) = &change.home {
        home_words(words, home)
    } else if let Some(programme) = programmes.iter().find(|programme| programme.id == change.note) {
        words.pick(&programme.names).to_owned()
    } else {
        note_words(words, change)
    };
    let message = match (about.is_empty(), change.count > 1) {
        // What is counted are days and sessions there.
        (_, true) if change.op == "holidays" => Message::new("campaign-form-done-days"),
        (_, true) if change.op == "session-add" => Message::new("campaign-form-done-sessions"),
        (_, true) if change.op == "join" => Message::new("ui-change-steps"),
        (_, true) if change.op == "receive" => Message::new("ui-change-files"),
        // Numbers and corrections are counted there, never people.
        (false, true) if change.op == "month-close" => Message::new("ui-change-about"),
        (true, true) if change.op == "month-adjust" => Message::new("ui-change-plain"),
        (false, true) if ["hand-up", "receipt"].contains(&change.op.as_str()) => Message::new("ui-change-rows"),
        (true, false) => Message::new("ui-change-plain"),
        (true, true) => Message::new("ui-change-many"),
        (false, false) => Message::new("ui-change-about"),
        (false, true) => Message::new("ui-change-about-many"),
    };
    words.say(&message.text("op", op).text("about", about).number("count", change.count))
}

/// 3组12户.
fn home_words(words: &Words, home: &ChangedHome) -> String {
    let group = match home.group.as_str() {
        "" => words.text("group-none"),
        name if name.chars().all(|c| c.is_ascii_digit()) => {
            words.say(&Message::new("group-numbered").text("name", name))
        }
        name => name.to_owned(),
    };
    if home.number.is_empty() {
        return format!("{group}{}", words.text("household-none"));
    }
    words.say(&Message::new("form-home").text("group", group).text("number", home.number.clone()))
}

/// The note of a change where it is a file's name or a group; a stored word is no name.
fn note_words(words: &Words, change: &ChangeRow) -> String {
    match change.op.as_str() {
        "import" | "reconcile" | "assign-contact" | "rename-group" => change.note.clone(),
        // A month, or the code of a village.
        "hand-up" | "hand-up-failed" | "receipt" | "invite" | "enrol-member" | "confirm-member" | "month-close" => {
            change.note.clone()
        }
        "residency" => words.text(&format!("residency-{}", change.note)),
        "standing" => words.text(&format!("standing-{}", change.note)),
        _ => String::new(),
    }
}

/// Rows that were edited since and therefore stayed as they are, named one by one; true where they were seen.
pub fn kept_ui(ui: &mut Ui, cx: &Cx<'_>, kept: &[KeptRow]) -> bool {
    ui.add(Label::new(cx.say(&Message::new("ui-kept").number("count", kept.len() as u64))).wrap());
    ScrollArea::vertical().id_salt("kept").max_height(110.0).show(ui, |ui| {
        for row in kept {
            ui.push_id(&row.uid, |ui| basic::hint(ui, format!("{}  {}", cx.t(&row.record), row.name)));
        }
    });
    button(ui, Icon::Check, &cx.t("ui-kept-seen")).clicked()
}
