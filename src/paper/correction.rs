//! A correction in words: on a person's own copy and in the window.

use crate::domain::message::Message;
use crate::ledger::corrections::{CorrectedValue, Correction};
use crate::paper::group_words;
use crate::words::Words;

/// What stood there.
pub fn value(value: &CorrectedValue, words: &Words) -> String {
    match value {
        CorrectedValue::Nothing => words.text("correction-nothing"),
        CorrectedValue::Erased => words.text("correction-erased"),
        CorrectedValue::Text(text) => text.clone(),
        CorrectedValue::Word(key) => words.text(key),
        CorrectedValue::Known(key, on) => {
            words.say(&Message::new("consent-on").text("state", words.text(key)).date("on", *on))
        }
        CorrectedValue::Group(name) => group_words(words, name),
        CorrectedValue::Home(group, number) => home(group, number, words),
    }
}

fn home(group: &str, number: &str, words: &Words) -> String {
    let group = group_words(words, group);
    if number.is_empty() {
        let place = Message::new("ui-turn").text("turn", group);
        return words.say(&place.text("what", words.text("household-none")));
    }
    words.say(&Message::new("form-home").text("group", group).text("number", number))
}

/// What was corrected, from what, to what, as both are shown.
pub fn line(correction: &Correction, (old, new): (String, String), words: &Words) -> String {
    let line = Message::new("correction-line").text("what", words.of(&correction.what));
    words.say(&line.text("old", old).text("new", new))
}
