//! 使用说明: two pages that lie in the packed program: how it is put onto a laptop and begun, how a day goes, what to do when
//! something went wrong. Its words are those of the help.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::paper::block::{Block, Format, Print};
use crate::words::Words;

/// How it is put onto a laptop.
const SETTING_UP: [&str; 5] = ["manual-unpack", "manual-start", "manual-where", "manual-no-window", "manual-uninstall"];

/// How it is begun.
const BEGINNING: [&str; 3] = ["manual-try", "manual-found", "manual-code"];

/// How a day goes: pieces of the help, each with its words under `…-words`.
pub const EVERY_DAY: [&str; 10] = [
    "help-begin",
    "help-worklist",
    "help-lists",
    "help-campaigns",
    "help-residents",
    "help-search",
    "help-evening",
    "help-month",
    "help-privacy",
    "help-keys",
];

/// What to do when something went wrong: as [`EVERY_DAY`].
pub const WHEN_WRONG: [&str; 8] = [
    "help-undo",
    "help-saved",
    "help-backup",
    "help-damaged",
    "help-passphrase",
    "help-lock",
    "help-new-computer",
    "help-who-sees",
];

/// The manual of this version, made on a day.
pub fn print(on: NaiveDate, words: &Words) -> Print {
    let title = words.text("manual-title");
    let heading = |key: &str| Block::Heading(words.text(key));
    let items = |keys: &[&str]| keys.iter().map(|key| Block::Item(words.text(key))).collect::<Vec<_>>();
    let mut blocks = vec![Block::Title(title.clone()), Block::Text(words.text("manual-about"))];
    blocks.push(heading("manual-setting-up"));
    blocks.extend(items(&SETTING_UP));
    blocks.push(heading("manual-beginning"));
    blocks.extend(items(&BEGINNING));
    blocks.push(heading("help-every-day"));
    blocks.extend(EVERY_DAY.iter().map(|key| piece(key, words)));
    blocks.push(heading("help-when-wrong"));
    blocks.extend(WHEN_WRONG.iter().map(|key| piece(key, words)));
    blocks.push(heading("manual-help"));
    blocks.push(Block::Text(words.text("manual-help-words")));
    let version = Message::new("manual-footer").text("version", env!("CARGO_PKG_VERSION")).date("on", on);
    Print { format: Format::A4, title, footer: words.say(&version), mark: None, blocks }
}

fn piece(key: &str, words: &Words) -> Block {
    Block::Pair(words.text(key), words.text(&format!("{key}-words")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::faces::Faces;
    use crate::paper::layout;
    use crate::words::Language;

    #[test]
    fn the_manual_has_two_pages_in_both_languages() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day");
        let faces = Faces::new(None).expect("the face is compiled in");
        for language in [Language::Chinese, Language::English] {
            let words = Words::new(language);
            let pages = layout::pages(&print(on, &words), &faces, &words);
            assert_eq!((pages.len(), faces.missing()), (2, 0), "{language:?}");
        }
    }
}
