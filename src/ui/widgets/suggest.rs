//! A text field that offers what fits below it: typed on, walked with the arrow keys, taken with Enter or a click.
//! What is offered is the caller's; nothing is taken that was not chosen.

use eframe::egui::{
    self, EventFilter, Id, Key, LayerId, Modifiers, Popup, PopupCloseBehavior, PopupKind, RectAlign, Response,
    RichText, ScrollArea, Sense, SurrenderFocusOn, TextEdit, Ui,
};

use crate::ui::theme;

/// The height of a line that is offered.
const LINE: f32 = 34.0;
/// Lines shown at once.
const SHOWN: f32 = 6.0;

/// No field takes more; a whole page pasted by mistake stays harmless.
const MOST_CHARS: usize = 300;

/// One thing that fits.
pub struct Offered {
    /// What it is called.
    pub words: String,
    /// What tells it apart, at the end of the line.
    pub detail: String,
}

/// The field's looks.
pub struct Asked<'a> {
    /// Tells fields apart.
    pub id: Id,
    /// The label's id.
    pub label: Id,
    /// Shown while nothing is typed.
    pub hint: &'a str,
    /// In points.
    pub width: f32,
    /// The line that Enter takes where none was walked to.
    pub lead: Option<usize>,
}

/// What the keyboard does with the lines; one is enough for several fields, as only one of them has the focus.
#[derive(Default)]
pub struct Suggest {
    of: Option<Id>,
    state: State,
    at: Option<usize>,
    walked: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Shut,
    Open,
    /// Shut by Escape or by taking a line, until something else is typed.
    Dismissed,
}

impl Suggest {
    /// Draws the field; the index of the line that was taken.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        asked: &Asked<'_>,
        text: &mut String,
        offered: &[Offered],
    ) -> (Response, Option<usize>) {
        let was_open = self.of == Some(asked.id) && self.state == State::Open;
        let escaped = was_open && self.keys(ui, asked, offered.len());
        let entered = was_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let response = self.edit(ui, asked, text, was_open);
        if response.has_focus() {
            self.focused(ui, asked, &response, text.is_empty());
        }
        if escaped {
            self.state = State::Dismissed;
        }
        let is_mine = self.of == Some(asked.id);
        let open = is_mine && self.state == State::Open && !offered.is_empty();
        let mut taken = None;
        if open && (response.has_focus() || response.lost_focus()) {
            taken = self.lines_ui(asked, &response, offered);
        }
        if entered && taken.is_none() {
            taken = self.at.or(asked.lead).filter(|at| *at < offered.len());
        }
        if taken.is_some() || (is_mine && !response.has_focus() && !response.lost_focus()) {
            self.state = if response.has_focus() { State::Dismissed } else { State::Shut };
            self.at = None;
        }
        if taken.is_some() {
            // The next word is typed behind what was taken.
            egui::text_edit::TextEditState::default().store(ui.ctx(), asked.id);
        }
        (response, taken)
    }

    /// The keys that belong to the lines; true for the one that shuts them.
    fn keys(&mut self, ui: &Ui, asked: &Asked<'_>, count: usize) -> bool {
        ui.input_mut(|input| {
            let last = count.saturating_sub(1);
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.at = Some(self.at.or(asked.lead).map_or(0, |at| (at + 1).min(last)));
                self.walked = true;
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.at = Some(self.at.or(asked.lead).map_or(0, |at| at.saturating_sub(1)));
                self.walked = true;
            }
            input.consume_key(Modifiers::NONE, Key::Escape)
        })
    }

    fn edit(&self, ui: &mut Ui, asked: &Asked<'_>, text: &mut String, was_open: bool) -> Response {
        let filter = EventFilter { escape: was_open, horizontal_arrows: true, vertical_arrows: true, tab: false };
        let edit = TextEdit::singleline(text)
            .id(asked.id)
            .char_limit(MOST_CHARS)
            .event_filter(filter)
            .hint_text(asked.hint)
            .desired_width(asked.width)
            .margin(egui::Margin::symmetric(10, 7));
        // A press on the lines takes no focus away from the field: they would be gone before the click.
        let layer = LayerId::new(PopupKind::Popup.order(), popup(asked.id));
        let pointer = ui.ctx().pointer_interact_pos().and_then(|at| ui.ctx().layer_id_at(at));
        let keeps = was_open && pointer == Some(layer);
        let before = ui.ctx().options(|options| options.input_options.surrender_focus_on);
        if keeps {
            ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = SurrenderFocusOn::Never);
        }
        let response = ui.add(edit).labelled_by(asked.label);
        ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = before);
        response
    }

    /// Opens where something is typed, where nothing is there yet, and where the arrow asks for it.
    fn focused(&mut self, ui: &Ui, asked: &Asked<'_>, response: &Response, is_empty: bool) {
        if self.of != Some(asked.id) || response.gained_focus() {
            (self.of, self.at) = (Some(asked.id), None);
            self.state = if is_empty { State::Open } else { State::Shut };
        }
        let down =
            self.state != State::Open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        if response.changed() || down {
            (self.state, self.at) = (State::Open, None);
        }
    }

    fn lines_ui(&mut self, asked: &Asked<'_>, response: &Response, offered: &[Offered]) -> Option<usize> {
        let mut taken = None;
        let marked = self.at.or(asked.lead);
        let walked = std::mem::take(&mut self.walked);
        Popup::from_response(response)
            .id(popup(asked.id))
            .open(true)
            .align(RectAlign::BOTTOM_START)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .width(response.rect.width().max(200.0))
            .show(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let mut area = ScrollArea::vertical().max_height(SHOWN * LINE).auto_shrink([false, true]);
                if let Some(at) = marked.filter(|_| walked) {
                    area = area.vertical_scroll_offset((at as f32 - SHOWN / 2.0).max(0.0) * LINE);
                }
                area.show_rows(ui, LINE, offered.len(), |ui, range| {
                    for at in range {
                        let line = &offered[at];
                        let detail = RichText::new(&line.detail).small().color(theme::of(ui).ink_soft);
                        // The Tab key passes them by: they are gone as soon as the field has lost the focus.
                        let button =
                            egui::Button::selectable(marked == Some(at), line.words.as_str()).sense(Sense::CLICK);
                        let button = ui.add_sized([ui.available_width(), LINE], button.right_text(detail).truncate());
                        if button.clicked() {
                            taken = Some(at);
                        }
                    }
                });
            });
        taken
    }
}

fn popup(id: Id) -> Id {
    id.with("offered")
}
