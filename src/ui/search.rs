//! The one search field, in the bar above every tab: Ctrl+F, or simply typing while no field and no row wants the keys.
//! What is typed shows its hits in 住户; Escape clears the field and goes back to the tab where one was.

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, Event, Id, ImeEvent, Key, Modifiers, Rect, TextEdit, Ui};

use crate::ui::cx::{Cx, Keys};
use crate::ui::icon::{Icon, decorate, icon};
use crate::ui::keys::{self, Quiet, Where};
use crate::ui::tabs::Tab;
use crate::ui::tabs::residents::ResidentsTab;
use crate::ui::theme;
use crate::ui::widgets::basic;

/// Nobody's name is longer; a whole page pasted by mistake stays harmless.
const MOST_CHARS: usize = 60;

/// Where the arrow keys and Enter lead among the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To the next hit.
    Down,
    /// To the hit before.
    Up,
    /// Into the hit where one is, or the best one.
    Open,
}

/// Whether the page's single letters already mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Typing begins a search.
    Free,
    /// Some are actions on the row that is selected, those of this place; every other one begins a search.
    Actions(Where),
    /// None does anything: they would leave a form that is open.
    Taken,
}

/// Whether the search field has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// It has.
    Now,
    /// Another field has it, or none.
    #[default]
    Not,
}

/// The field, and where it was entered from.
#[derive(Default)]
pub struct Search {
    text: String,
    /// What an input method is composing while the field does not have the focus yet: taking the focus amid a
    /// composition would lose its first letters.
    composing: String,
    /// Where one was before the search.
    back: Option<Tab>,
    /// Whether the field had the focus when it was last drawn: Escape takes it away before anybody can ask.
    had_focus: bool,
    place: Option<Rect>,
    quiet: Quiet,
}

fn id() -> Id {
    Id::unique("search-residents")
}

/// Whether somebody is typing into the search field.
pub fn has_focus(ui: &Ui) -> bool {
    ui.memory(|memory| memory.has_focus(id()))
}

impl Search {
    /// The keys that belong to the search, before anything else is drawn in this frame.
    pub fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>, letters: Letters, residents: &mut ResidentsTab) {
        let has_focus = has_focus(ui);
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
            self.take_focus(ui, cx);
        } else if has_focus {
            if !self.text.is_empty() {
                self.walk_keys(ui, residents);
            }
        } else if self.had_focus || (cx.keys == Keys::Page && letters == Letters::Free && !self.text.is_empty()) {
            let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if escaped {
                self.text.clear();
            }
        }
        let is_free = cx.keys == Keys::Page && letters == Letters::Free;
        if is_free && !egui::Popup::is_any_open(ui.ctx()) {
            self.typed_ahead(ui, cx);
        }
        if let Letters::Actions(place) = letters
            && cx.keys == Keys::Page
        {
            self.typed_over(ui, cx, place);
        }
    }

    /// A name typed over a selected row: a letter that does nothing there begins the search, and of those that do
    /// something the first alone counts.
    fn typed_over(&mut self, ui: &Ui, cx: &mut Cx<'_>, place: Where) {
        let is_name =
            |text: &str| text.chars().next().is_some_and(|sign| !keys::acts(place, sign) && sign.is_alphabetic());
        if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(text) if is_name(text)))) {
            self.take_focus(ui, cx);
        } else {
            self.quiet.hush(ui, place);
        }
    }

    fn walk_keys(&self, ui: &Ui, residents: &mut ResidentsTab) {
        for (key, walk) in [(Key::ArrowDown, Walk::Down), (Key::ArrowUp, Walk::Up), (Key::Enter, Walk::Open)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                residents.walk(walk);
                if walk == Walk::Open {
                    ui.memory_mut(|memory| memory.surrender_focus(id()));
                }
            }
        }
    }

    /// The first letter typed on the page is the first of a search; the field itself reads it in this very frame.
    fn typed_ahead(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let begins = |text: &str| text.chars().next().is_some_and(char::is_alphanumeric);
        let is_typed = |event: &Event| matches!(event, Event::Text(text) if begins(text));
        let committed = ui.input(|input| {
            input.events.iter().rev().find_map(|event| match event {
                Event::Ime(event) => Some(event.clone()),
                _ => None,
            })
        });
        match committed {
            Some(ImeEvent::Commit(text)) if begins(&text) => {
                self.composing.clear();
                self.text = text;
                self.take_focus(ui, cx);
                place_cursor(ui, CCursorRange::one(CCursor::new(self.text.chars().count())));
                // Read here: the field must not read it once more.
                ui.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Ime(_))));
            }
            Some(ImeEvent::Preedit { text, .. }) => self.composing = text,
            Some(_) => self.composing.clear(),
            None if ui.input(|input| input.events.iter().any(is_typed)) => self.take_focus(ui, cx),
            None => {}
        }
        self.let_compose(ui);
    }

    /// Input methods may compose although no field has the focus; their words appear where the field is.
    fn let_compose(&self, ui: &Ui) {
        let Some(rect) = self.place else { return };
        let ime = egui::output::IMEOutput {
            purpose: egui::IMEPurpose::Normal,
            rect,
            cursor_rect: Rect::from_min_max(rect.left_top(), rect.left_bottom()),
            should_interrupt_composition: false,
        };
        ui.output_mut(|output| output.ime = Some(ime));
    }

    /// The field gets the focus; what stands in it is replaced by what is typed next.
    fn take_focus(&self, ui: &Ui, cx: &mut Cx<'_>) {
        ui.memory_mut(|memory| memory.request_focus(id()));
        place_cursor(ui, CCursorRange::two(CCursor::new(0), CCursor::new(self.text.chars().count())));
        cx.keys = Keys::Elsewhere;
    }

    /// Draws the field in the room that is left in the bar.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = cx.t("ui-search");
        let name = decorate(ui, icon(Icon::Search).color(theme::of(ui).ink_soft), &words);
        let clear = if self.text.is_empty() { 0.0 } else { theme::ICON_BUTTON };
        let hint = if self.composing.is_empty() { cx.t("ui-search-hint") } else { self.composing.clone() };
        let width = (ui.available_width() - clear - 24.0).clamp(60.0, 420.0);
        let edit = TextEdit::singleline(&mut self.text)
            .id(id())
            .hint_text(hint)
            .char_limit(MOST_CHARS)
            .desired_width(width)
            .margin(egui::Margin::symmetric(10, 7));
        let response = ui.add(edit).labelled_by(name.id).on_hover_text(cx.t("ui-search-hint"));
        self.had_focus = response.has_focus();
        self.place = Some(response.rect);
        if !self.text.is_empty() && basic::icon_button(ui, Icon::X, &cx.t("ui-search-clear")).clicked() {
            self.text.clear();
        }
    }

    /// Shows the hits of what now stands in the field, or goes back where it has become empty.
    pub fn follow(&mut self, tab: &mut Tab, residents: &mut ResidentsTab) {
        residents.typing(if self.had_focus { Typing::Now } else { Typing::Not });
        let text = self.text.trim();
        if text == residents.searched() {
            return;
        }
        if text.is_empty() {
            *tab = self.back.take().unwrap_or(*tab);
        } else {
            self.back.get_or_insert(*tab);
            *tab = Tab::Residents;
        }
        residents.search(text);
    }

    /// Somebody went elsewhere by another way.
    pub fn leave(&mut self, residents: &mut ResidentsTab) {
        self.text.clear();
        self.back = None;
        residents.search("");
    }
}

fn place_cursor(ui: &Ui, range: CCursorRange) {
    let mut state = TextEditState::load(ui.ctx(), id()).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id());
}
