//! Buttons, labelled fields, notes and progress.

use eframe::egui::{
    self, Button, CollapsingHeader, Label, RichText, Role, TextEdit, TextStyle, TextWrapMode, Ui, WidgetInfo,
    WidgetText,
};

use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::keys::{self, Shortcut};
use crate::ui::theme;

/// A button with an icon and words; the words are its accessible name.
pub fn button(ui: &mut Ui, glyph: Icon, words: &str) -> egui::Response {
    named(ui.add(Button::new((icon(glyph), words))), words)
}

/// The one button that goes on.
pub fn main_button(ui: &mut Ui, glyph: Icon, words: &str) -> egui::Response {
    let text = RichText::new(words).color(theme::of(ui).on_accent);
    let button = Button::new((icon(glyph).color(theme::of(ui).on_accent), text)).fill(theme::of(ui).accent);
    named(ui.add(button), words)
}

/// The same button where the page is not ready for it; `why` is shown under the pointer.
pub fn main_button_if(ui: &mut Ui, ready: Result<(), &str>, glyph: Icon, words: &str) -> bool {
    match ready {
        Ok(()) => main_button(ui, glyph, words).clicked(),
        Err(why) => {
            let button = Button::new((icon(glyph), words));
            named(ui.add_enabled(false, button), words).on_disabled_hover_text(why);
            false
        }
    }
}

/// A button that a single letter presses, too; the letter is shown on it.
pub fn key_button(ui: &mut Ui, cx: &Cx<'_>, glyph: Icon, words: &str, shortcut: Shortcut) -> bool {
    let letter = RichText::new(keys::written(cx, shortcut)).small().color(theme::of(ui).ink_soft);
    let response = named(ui.add(Button::new((icon(glyph), words, letter))), words);
    response.clicked() || (!keys::is_held(ui, shortcut) & keys::pressed_on_page(ui, cx, shortcut))
}

/// Whether a row of page buttons has room for the words of all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Each says what it is.
    All,
    /// Only the chosen one does; the others are icons.
    Chosen,
}

/// The button of one page among several; the words are its accessible name.
pub fn page_button(ui: &mut Ui, (glyph, words): (Icon, &str), chosen: bool, room: Words) -> bool {
    let button = match chosen || room == Words::All {
        true => Button::selectable(chosen, (icon(glyph), words)),
        false => Button::selectable(chosen, icon(glyph)),
    };
    let response = ui.add(button.frame_when_inactive(true)).on_hover_text(words);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, words));
    response.clicked()
}

/// A radio button called after what it chooses.
pub fn radio(ui: &mut Ui, is_chosen: bool, shown: &str, called: &str) -> bool {
    let response = ui.radio(is_chosen, shown);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, called));
    response.clicked()
}

/// A button that is only an icon; its name is shown under the pointer.
pub fn icon_button(ui: &mut Ui, glyph: Icon, words: &str) -> egui::Response {
    named(ui.add(Button::new(icon(glyph))), words).on_hover_text(words)
}

fn named(response: egui::Response, words: &str) -> egui::Response {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, words));
    response
}

/// Whether what is typed is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In clear.
    Clear,
    /// As dots.
    Dots,
}

/// A text field under its label, with what is wrong with it below. Returns the field's response.
pub fn field(ui: &mut Ui, label: &str, text: &mut String, shown: Shown, problem: Option<&str>) -> egui::Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let name = ui.label(label);
        let edit = TextEdit::singleline(text)
            .password(shown == Shown::Dots)
            .desired_width(ui.available_width().min(theme::FORM_WIDTH))
            .margin(egui::Margin::symmetric(10, 7));
        let response = ui.add(edit).labelled_by(name.id);
        if let Some(problem) = problem {
            ui.colored_label(theme::of(ui).wrong, problem);
        }
        response
    })
    .inner
}

/// Explaining text.
pub fn soft(ui: &mut Ui, words: impl Into<String>) -> egui::Response {
    ui.add(Label::new(RichText::new(words).color(theme::of(ui).ink_soft)).wrap())
}

/// Small explaining text.
pub fn hint(ui: &mut Ui, words: impl Into<String>) -> egui::Response {
    ui.add(Label::new(RichText::new(words).color(theme::of(ui).ink_soft).small()).wrap())
}

/// Small explaining text on one line, cut off where it ends.
pub fn brief(ui: &mut Ui, words: impl Into<String>) -> egui::Response {
    ui.add(Label::new(RichText::new(words).color(theme::of(ui).ink_soft).small()).truncate())
}

/// What unfolds below these words. They take several lines where there is no room: the toolkit's own header makes its
/// whole panel wider instead, which then lies below its neighbour.
pub fn fold(ui: &Ui, words: &str) -> CollapsingHeader {
    let room = ui.available_width() - ui.spacing().indent - ui.spacing().button_padding.x;
    let text = WidgetText::from(words).into_galley(ui, Some(TextWrapMode::Wrap), room, TextStyle::Button);
    CollapsingHeader::new(text).id_salt(words)
}

/// The head of a page or card.
pub fn head(ui: &mut Ui, words: impl Into<String>) {
    ui.label(RichText::new(words).text_style(theme::strong_style()));
}

/// A sentence about something that went wrong.
pub fn wrong(ui: &mut Ui, words: &str) {
    theme::note(theme::of(ui).wrong_pale).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(icon(Icon::TriangleAlert).color(theme::of(ui).wrong));
            ui.add(Label::new(RichText::new(words).color(theme::of(ui).wrong)).wrap());
        });
    });
}

/// A sentence to be heeded.
pub fn heed(ui: &mut Ui, words: &str) {
    theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(icon(Icon::Info).color(theme::of(ui).ask));
            ui.add(Label::new(words).wrap());
        });
    });
}

/// A sentence about something that was done.
pub fn done(ui: &mut Ui, words: &str) {
    let shown = theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.add(Label::new(words).wrap());
    });
    ui.ctx().accesskit_node_builder(shown.response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// One of several sentences, each with its icon.
pub fn point(ui: &mut Ui, glyph: Icon, words: impl Into<String>) {
    ui.horizontal_top(|ui| {
        ui.label(icon(glyph).color(theme::of(ui).accent));
        ui.add(Label::new(words.into()).wrap());
    });
}

/// How far something is, with a button that stops it. True where it was pressed.
pub fn progress(ui: &mut Ui, cx: &Cx<'_>, what: &str, (done, total): (u64, u64)) -> bool {
    ui.label(what);
    let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
    let words = if total == 0 { String::new() } else { format!("{done} / {total}") };
    let bar = egui::ProgressBar::new(share).desired_width(ui.available_width().min(theme::FORM_WIDTH));
    ui.add(bar.text(words).fill(theme::of(ui).accent_pale));
    button(ui, Icon::X, &cx.t("ui-stop")).clicked()
}

/// The same on one line.
pub fn progress_line(ui: &mut Ui, cx: &Cx<'_>, what: &str, (done, total): (u64, u64)) -> bool {
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(what).wrap());
        let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
        let bar = egui::ProgressBar::new(share).desired_width(ui.available_width().clamp(120.0, 260.0));
        ui.add(bar.text(format!("{done} / {total}")).fill(theme::of(ui).accent_pale));
        button(ui, Icon::X, &cx.t("ui-stop")).clicked()
    })
    .inner
}

/// A link to somewhere else in the window.
pub fn link(ui: &mut Ui, words: &str) -> egui::Response {
    let text = RichText::new(words).color(theme::of(ui).accent).underline();
    named(ui.add(Button::new(text).frame(false)), words)
}

/// The card of a page: its head, what it is for, and the button that opens it, by their keys. Whether it was pressed.
pub fn page_card(ui: &mut Ui, cx: &Cx<'_>, (glyph, [head, hint, words]): (Icon, [&str; 3])) -> bool {
    page_card_of(ui, (glyph, &cx.t(head), &cx.t(hint), &cx.t(words)))
}

/// The same by its words.
pub fn page_card_of(ui: &mut Ui, (glyph, title, hint, words): (Icon, &str, &str, &str)) -> bool {
    theme::card(ui)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            head(ui, title);
            soft(ui, hint);
            button(ui, glyph, words).clicked()
        })
        .inner
}
