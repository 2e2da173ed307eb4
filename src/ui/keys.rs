//! Every key of the window, in one table: the shortcuts read it, the buttons show their letter from it, and the sheet of
//! keys is drawn from it. Draws nothing.

use eframe::egui::{Event, Key, KeyboardShortcut, Modifiers, Ui};

use crate::ui::cx::{Cx, Keys};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Opens the tab with this number, from 0.
    Tab(usize),
    /// Goes to the search.
    Search,
    /// Takes back the latest step.
    Undo,
    /// Puts back what was taken back.
    Redo,
    /// Opens what was done today.
    Day,
    /// Opens the help.
    Help,
    /// Opens the sheet of keys.
    Keys,
    /// Locks.
    Lock,
    /// Closes what is open at the side.
    Close,
    /// To the next field or button; the toolkit reads it.
    NextField,
    /// To the one before; the toolkit reads it.
    FieldBefore,
    /// Presses the button that has the keyboard; the toolkit reads it.
    Press,
    /// To the next row.
    Down,
    /// To the row before.
    Up,
    /// A page on.
    PageDown,
    /// A page back.
    PageUp,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Opens the row.
    Open,
    /// Ticks the row.
    Tick,
    /// Notes that the person was told.
    Told,
    /// Notes that the person agreed to the day.
    Agreed,
    /// Notes that the person does not want it.
    Declined,
    /// Notes that the person was not reached.
    Unreachable,
    /// Notes that the person came.
    Been,
    /// Notes that the person lives here.
    LivesHere,
    /// Notes that the person is away.
    IsAway,
    /// Makes the two records one person.
    Merge,
    /// Notes that the two records are two people.
    NotSame,
    /// Puts the pair off.
    Later,
    /// Chooses the first record's household.
    FirstHome,
    /// Chooses the second record's household.
    SecondHome,
    /// Keeps what stands here.
    KeepOurs,
    /// Takes what stands in the other copy.
    TakeTheirs,
    /// Corrects what is known of a person or a household.
    Edit,
    /// From a person to their household.
    Household,
    /// Enters somebody into a household.
    AddTo,
    /// Saves the form.
    Save,
}

/// Where keys work; the heads of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On every page.
    Everywhere,
    /// In every table.
    Tables,
    /// On a person of 工作清单 or 服务名单.
    Person,
    /// On a pair of 查重.
    Pair,
    /// Where two laptops are joined.
    Join,
    /// In forms.
    Forms,
}

impl Where {
    /// All of them, in the order of the sheet.
    pub const ALL: [Self; 6] = [Self::Everywhere, Self::Tables, Self::Person, Self::Pair, Self::Join, Self::Forms];

    /// The key of its head.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "keys-everywhere",
            Self::Tables => "keys-tables",
            Self::Person => "keys-person",
            Self::Pair => "keys-pair",
            Self::Join => "join-page-title",
            Self::Forms => "keys-forms",
        }
    }
}

/// One line of the table.
pub struct Line {
    /// What it does.
    pub shortcut: Shortcut,
    /// Where.
    pub place: Where,
    /// The keys; each of them does it.
    pub keys: &'static [KeyboardShortcut],
    /// The key of the words for it.
    pub words: &'static str,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const CTRL_SHIFT_Z: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
const SHIFT_TAB: KeyboardShortcut = KeyboardShortcut::new(Modifiers::SHIFT, Key::Tab);

/// The keys of a line stand in a static of their own.
macro_rules! line {
    ($shortcut:expr, $place:ident, [$($key:expr),+], $words:literal) => {
        Line { shortcut: $shortcut, place: Where::$place, keys: &[$($key),+], words: $words }
    };
}

/// Every key, in the order of the sheet.
pub static TABLE: &[Line] = &[
    line!(Shortcut::Tab(0), Everywhere, [ctrl(Key::Num1)], "ui-tab-worklist"),
    line!(Shortcut::Tab(1), Everywhere, [ctrl(Key::Num2)], "ui-tab-lists"),
    line!(Shortcut::Tab(2), Everywhere, [ctrl(Key::Num3)], "ui-tab-campaigns"),
    line!(Shortcut::Tab(3), Everywhere, [ctrl(Key::Num4)], "ui-tab-residents"),
    line!(Shortcut::Tab(4), Everywhere, [ctrl(Key::Num5)], "ui-tab-handup"),
    line!(Shortcut::Tab(5), Everywhere, [ctrl(Key::Num6)], "ui-tab-privacy"),
    line!(Shortcut::Search, Everywhere, [ctrl(Key::F)], "keys-search"),
    line!(Shortcut::Redo, Everywhere, [ctrl(Key::Y), CTRL_SHIFT_Z], "keys-redo"),
    line!(Shortcut::Undo, Everywhere, [ctrl(Key::Z)], "keys-undo"),
    line!(Shortcut::Day, Everywhere, [ctrl(Key::H)], "keys-day"),
    line!(Shortcut::Lock, Everywhere, [ctrl(Key::L)], "keys-lock"),
    line!(Shortcut::Help, Everywhere, [plain(Key::F1)], "keys-help"),
    line!(Shortcut::Keys, Everywhere, [plain(Key::Questionmark)], "keys-keys"),
    line!(Shortcut::Close, Everywhere, [plain(Key::Escape)], "keys-close"),
    line!(Shortcut::Down, Tables, [plain(Key::ArrowDown)], "keys-down"),
    line!(Shortcut::Up, Tables, [plain(Key::ArrowUp)], "keys-up"),
    line!(Shortcut::PageDown, Tables, [plain(Key::PageDown)], "keys-page-down"),
    line!(Shortcut::PageUp, Tables, [plain(Key::PageUp)], "keys-page-up"),
    line!(Shortcut::First, Tables, [plain(Key::Home)], "keys-first"),
    line!(Shortcut::Last, Tables, [plain(Key::End)], "keys-last"),
    line!(Shortcut::Open, Tables, [plain(Key::Enter)], "keys-open"),
    line!(Shortcut::Tick, Tables, [plain(Key::Space)], "keys-tick"),
    line!(Shortcut::Told, Person, [plain(Key::T)], "ui-told"),
    line!(Shortcut::Agreed, Person, [plain(Key::Y)], "appointment-act-agree"),
    line!(Shortcut::Declined, Person, [plain(Key::N)], "ui-declined"),
    line!(Shortcut::Unreachable, Person, [plain(Key::U)], "ui-unreachable"),
    line!(Shortcut::Been, Person, [plain(Key::B)], "ui-been"),
    line!(Shortcut::LivesHere, Person, [plain(Key::H)], "ui-lives-here"),
    line!(Shortcut::IsAway, Person, [plain(Key::O)], "ui-is-away"),
    line!(Shortcut::Merge, Pair, [plain(Key::M)], "keys-merge"),
    line!(Shortcut::NotSame, Pair, [plain(Key::N)], "duplicates-not-same"),
    line!(Shortcut::Later, Pair, [plain(Key::L)], "duplicates-later"),
    line!(Shortcut::FirstHome, Pair, [plain(Key::Num1)], "keys-first-home"),
    line!(Shortcut::SecondHome, Pair, [plain(Key::Num2)], "keys-second-home"),
    line!(Shortcut::KeepOurs, Join, [plain(Key::Num1)], "join-page-use-ours"),
    line!(Shortcut::TakeTheirs, Join, [plain(Key::Num2)], "join-page-use-theirs"),
    line!(Shortcut::Edit, Person, [plain(Key::E)], "op-edit-resident"),
    line!(Shortcut::Household, Person, [plain(Key::F)], "form-open-household"),
    line!(Shortcut::AddTo, Person, [plain(Key::A)], "form-add-to"),
    line!(Shortcut::Save, Forms, [ctrl(Key::S), ctrl(Key::Enter)], "form-save"),
    line!(Shortcut::NextField, Forms, [plain(Key::Tab)], "keys-next-field"),
    line!(Shortcut::FieldBefore, Forms, [SHIFT_TAB], "keys-field-before"),
    line!(Shortcut::Press, Forms, [plain(Key::Enter), plain(Key::Space)], "keys-press"),
];

/// The keys of a shortcut.
pub fn keys_of(shortcut: Shortcut) -> &'static [KeyboardShortcut] {
    TABLE.iter().find(|line| line.shortcut == shortcut).map_or(&[], |line| line.keys)
}

/// Whether one of its keys was pressed, wherever the keyboard is; then nobody else reads it in this frame.
pub fn pressed(ui: &Ui, shortcut: Shortcut) -> bool {
    let known = keys_of(shortcut);
    ui.input_mut(|input| known.iter().any(|keys| input.consume_shortcut(keys)))
}

/// Whether one of its keys was pressed while the page's own keys are meant.
pub fn pressed_on_page(ui: &Ui, cx: &Cx<'_>, shortcut: Shortcut) -> bool {
    cx.keys == Keys::Page && pressed(ui, shortcut)
}

/// Whether the sheet of keys was asked for: an input method may hand over the sign and no key.
pub fn asked_for_keys(ui: &Ui) -> bool {
    let is_sign = |event: &Event| matches!(event, Event::Text(text) if text == "?" || text == "\u{FF1F}");
    let typed = ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !is_sign(event));
        input.events.len() < before
    });
    pressed(ui, Shortcut::Keys) || typed
}

/// Whether its key only repeats because a finger rests on it: one press notes one person, never the next ones too.
pub fn is_held(ui: &Ui, shortcut: Shortcut) -> bool {
    let known = keys_of(shortcut);
    let repeats = |event: &Event| match event {
        Event::Key { key, repeat: true, .. } => known.iter().any(|keys| keys.logical_key == *key),
        _ => false,
    };
    ui.input(|input| input.events.iter().any(repeats))
}

/// Whether the key with this sign does something in this place.
pub fn acts(place: Where, sign: char) -> bool {
    let key = Key::from_name(&sign.to_uppercase().to_string());
    key.is_some_and(|key| acts_on(place, key))
}

fn acts_on(place: Where, key: Key) -> bool {
    TABLE.iter().any(|line| line.place == place && line.keys.contains(&plain(key)))
}

/// So many seconds after one letter no other is an action: whoever types a name over a selected row has forgotten the
/// row, and each letter of it would be noted about one person after another.
const QUIET: f64 = 0.7;

/// Tells a letter that is meant from one in the middle of a name.
#[derive(Default)]
pub struct Quiet {
    /// The letter that counted, and the second of the input since which it has to be quiet.
    last: Option<(Key, f64)>,
}

impl Quiet {
    /// Takes the letters of this place out of the input that come too soon after one that counted.
    pub fn hush(&mut self, ui: &Ui, place: Where) {
        ui.input_mut(|input| {
            let now = input.time;
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, repeat: false, modifiers, .. } => {
                    modifiers.command || modifiers.alt || !acts_on(place, *key) || self.counts(*key, now)
                }
                _ => true,
            });
        });
    }

    fn counts(&mut self, key: Key, now: f64) -> bool {
        match self.last {
            // The toolkit may draw one frame twice.
            Some((counted, since)) if counted == key && now <= since => true,
            Some((counted, since)) if now - since < QUIET => {
                // The same letter again is work on the next person, only too fast; another one is a name going on.
                if key != counted {
                    self.last = Some((counted, now));
                }
                false
            }
            _ => {
                self.last = Some((key, now));
                true
            }
        }
    }
}

/// How the first of its keys is written.
pub fn written(cx: &Cx<'_>, shortcut: Shortcut) -> String {
    keys_of(shortcut).first().map_or_else(String::new, |keys| key_words(cx, keys))
}

/// How a key is written on the keyboards sold here.
pub fn key_words(cx: &Cx<'_>, keys: &KeyboardShortcut) -> String {
    let mut words = String::new();
    for (held, name) in
        [(keys.modifiers.command, "key-ctrl"), (keys.modifiers.shift, "key-shift"), (keys.modifiers.alt, "key-alt")]
    {
        if held {
            words.push_str(&cx.t(name));
            words.push('+');
        }
    }
    let named = match keys.logical_key {
        Key::ArrowDown => "key-down",
        Key::ArrowUp => "key-up",
        Key::PageDown => "key-page-down",
        Key::PageUp => "key-page-up",
        Key::Home => "key-home",
        Key::End => "key-end",
        Key::Enter => "key-enter",
        Key::Escape => "key-escape",
        Key::Tab => "key-tab",
        Key::Space => "key-space",
        other => {
            words.push_str(other.symbol_or_name());
            return words;
        }
    };
    words.push_str(&cx.t(named));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_place() {
        let anywhere = |place| matches!(place, Where::Everywhere);
        for (at, line) in TABLE.iter().enumerate() {
            for other in &TABLE[at + 1..] {
                let meet = line.place == other.place || anywhere(line.place) || anywhere(other.place);
                let shared = line.keys.iter().any(|keys| other.keys.contains(keys));
                assert!(!(meet && shared), "{:?} and {:?}", line.shortcut, other.shortcut);
            }
        }
    }

    #[test]
    fn what_needs_more_keys_is_looked_for_first() {
        // Ctrl+Shift+Z is Ctrl+Z as well, to whoever does not ask for Shift.
        let at = |wanted| TABLE.iter().position(|line| line.shortcut == wanted);
        assert!(at(Shortcut::Redo) < at(Shortcut::Undo));
    }
}
