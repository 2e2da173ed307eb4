//! What every part of the window is given to draw with: words, today, and where to put what the user wants.

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::domain::message::{Message, Say};
use crate::ui::action::Action;
use crate::ui::theme::Palette;
use crate::ui::widgets::child::Seen;
use crate::ui::widgets::read_only::ReadOnly;
use crate::words::Words;

/// The context of one frame. Drawing neither reads nor writes: it asks the desk and pushes actions.
pub struct Cx<'a> {
    /// The language.
    pub words: &'a Words,
    /// Answers what is asked.
    pub desk: &'a Desk,
    /// The calendar day.
    pub today: NaiveDate,
    /// The ledger's revision as last known.
    pub revision: i64,
    /// Why nothing can be written; none where everything can.
    pub read_only: Option<ReadOnly>,
    /// Whose hidden data is shown since a reason was given; until the page is left.
    pub seen: Seen,
    /// The colours, where no `Ui` is at hand to ask [`crate::ui::theme::of`].
    pub palette: &'static Palette,
    /// Whether a dialog lies over the page, so that the page's keys are not meant.
    pub keys: Keys,
    /// What is to be done after drawing.
    pub actions: &'a mut Vec<Action>,
}

/// To whom the keyboard's single letters belong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// To the page.
    Page,
    /// To a text field or a dialog.
    Elsewhere,
}

impl Cx<'_> {
    /// The words for a key.
    pub fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// The sentence for a message.
    pub fn say(&self, message: &Message) -> String {
        self.words.say(message)
    }

    /// The word for something that can say itself.
    pub fn of(&self, thing: &impl Say) -> String {
        self.words.of(thing)
    }

    /// What something is, after what it is called: 电话：…
    pub fn labelled(&self, label: &str, value: impl Into<String>) -> String {
        self.say(&Message::new("labelled").text("label", label).text("value", value))
    }

    /// To be done after drawing.
    pub fn push(&mut self, action: Action) {
        self.actions.push(action);
    }
}
