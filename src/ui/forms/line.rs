//! One line of a form: its name, the field, and what is wrong with it or how it was understood right below.

use eframe::egui::{self, Align, Id, Label, Layout, RichText, TextEdit, Ui, vec2};

use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::basic;

/// The width of a field's name.
const NAME: f32 = 96.0;

/// No field takes more; a whole page pasted by mistake stays harmless.
const MOST_CHARS: usize = 300;

/// What stands below a field.
#[derive(Clone, Copy)]
pub(in crate::ui) enum Below<'a> {
    Nothing,
    /// How it was understood, or what to know.
    Note(&'a str),
    /// It looks odd, and is taken all the same.
    Odd(&'a str),
    /// It cannot be saved so.
    Wrong(&'a str),
}

/// A line with any content; the id is that of its name.
pub(in crate::ui) fn line<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let size = vec2(NAME, ui.spacing().interact_size.y);
        let label = ui
            .allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(size);
                ui.add(Label::new(RichText::new(name).color(theme::of(ui).ink_soft)).wrap())
            })
            .inner;
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            content(ui, label.id)
        })
        .inner
    })
    .inner
}

/// What stands below a field.
pub(in crate::ui) fn below_ui(ui: &mut Ui, below: Below<'_>) {
    match below {
        Below::Nothing => {}
        Below::Note(words) => {
            basic::hint(ui, words);
        }
        Below::Odd(words) => small(ui, words, theme::of(ui).ask),
        Below::Wrong(words) => small(ui, words, theme::of(ui).wrong),
    }
}

fn small(ui: &mut Ui, words: &str, ink: egui::Color32) {
    ui.add(Label::new(RichText::new(words).small().color(ink)).wrap());
}

/// A line of text.
pub(in crate::ui) fn text_line(
    ui: &mut Ui,
    cx: &Cx<'_>,
    key: &str,
    text: &mut String,
    below: Below<'_>,
) -> egui::Response {
    line(ui, &cx.t(key), |ui, name| {
        let edit = TextEdit::singleline(text)
            .id_salt(key)
            .char_limit(MOST_CHARS)
            .desired_width(ui.available_width())
            .margin(egui::Margin::symmetric(10, 7));
        let response = ui.add(edit).labelled_by(name);
        below_ui(ui, below);
        response
    })
}

/// Below a field: what is wrong, else nothing.
pub(in crate::ui) fn wrong<T>(read: &Result<T, String>) -> Below<'_> {
    match read {
        Ok(_) => Below::Nothing,
        Err(words) => Below::Wrong(words),
    }
}
