//! What somebody typed into the search field, as ranges over the keys of `search_key`: names, pinyin, initials, any
//! mixture of them, the tail of an id number, a phone. Reads text only; it knows no ledger.
//!
//! Whatever is typed is compared as it is: there are no wildcards to escape, and the number of ranges is bounded.

use crate::domain::message::{Message, Say};
use crate::domain::pinyin::{self, NAME_DOT};
use crate::domain::search_key::{Keyed, Kind, backwards, keys};

/// Where a range lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the search keys of one kind.
    Keys(Kind),
    /// Among the names of residents.
    Names,
    /// Among the id numbers of residents.
    IdNumbers,
}

/// Why somebody was found, to be shown beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The name.
    Name,
    /// The given name.
    Given,
    /// The pinyin of the name.
    Pinyin,
    /// The pinyin of the given name.
    GivenPinyin,
    /// The first letters.
    Initials,
    /// The beginning of the id number, or all of it.
    IdNumber,
    /// The tail of the id number.
    IdTail,
    /// The phone number, or how it begins.
    Phone,
    /// The tail of a phone number.
    PhoneTail,
}

impl Say for Why {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Name => "search-why-name",
            Self::Given => "search-why-given",
            Self::Pinyin => "search-why-pinyin",
            Self::GivenPinyin => "search-why-given-pinyin",
            Self::Initials => "search-why-initials",
            Self::IdNumber => "search-why-id-number",
            Self::IdTail => "search-why-id-tail",
            Self::Phone => "search-why-phone",
            Self::PhoneTail => "search-why-phone-tail",
        })
    }
}

/// How good a hit is: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Everything typed is everything there is.
    Exact,
    /// The name or its pinyin begins so.
    Begins,
    /// All first letters.
    Initials,
    /// The first letters begin so.
    InitialsBegin,
    /// The given name begins so.
    Given,
    /// A number ends so.
    Tail,
    /// A number begins so.
    Number,
}

/// One element of what was typed, standing for one character of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    /// This syllable.
    Whole(String),
    /// A syllable that begins so.
    Start(String),
    /// This character.
    Han(char),
}

/// One range of keys to look through, and what a key in it must fulfil.
#[derive(Clone, PartialEq, Eq)]
pub struct Probe {
    /// Where the range lies.
    pub place: Place,
    /// What the keys in the range begin with.
    pub prefix: String,
    /// Why somebody in it is found.
    pub why: Why,
    rank: Rank,
    elements: Vec<Element>,
    by_name: bool,
}

/// What was typed, as ranges, the best first.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    /// The ranges.
    pub probes: Vec<Probe>,
}

/// Longer texts are cut: no name is that long.
const MAX_CHARS: usize = 48;
/// A name of more elements than this is not looked for by pinyin.
const MAX_ELEMENTS: usize = 8;
/// Ways of cutting what was typed into syllables that are followed.
const MAX_PARSES: usize = 12;
/// Steps spent on finding them.
const MAX_STEPS: usize = 2_000;

impl Query {
    /// Reads what was typed; a text with nothing to look for has no ranges.
    pub fn parse(text: &str) -> Self {
        let text = normal(text);
        let is_han = |c: char| !c.is_ascii() && c != NAME_DOT;
        let (han, letter) = (text.chars().any(is_han), text.chars().any(|c| c.is_ascii_alphabetic()));
        let mut probes = match (han, letter) {
            (true, false) => by_name(&text),
            (true, true) => mixed(&text),
            (false, _) => match number(&text) {
                Some(number) => by_number(&number),
                None => by_letters(&text),
            },
        };
        probes.sort_by_key(|probe| (probe.rank, probe.elements.len()));
        let mut kept: Vec<Probe> = Vec::with_capacity(probes.len());
        for probe in probes {
            if !kept.contains(&probe) {
                kept.push(probe);
            }
        }
        Self { probes: kept }
    }

    /// The best way in which this person is found, if any: the same decision that a look through the ranges makes.
    pub fn finds(&self, person: Keyed<'_>) -> Option<(Rank, Why)> {
        let found = self.probes.iter().filter_map(|probe| {
            let mut best: Option<Rank> = None;
            let mut visit = |key: &str| {
                let rank = probe.accepts(key);
                best = best.into_iter().chain(rank).min();
            };
            match probe.place {
                Place::Names => visit(person.name),
                Place::IdNumbers => visit(person.id_number),
                Place::Keys(kind) => keys(&[kind], person, |_, key| visit(key)),
            }
            best.filter(|_| probe.accepts_name(person.name)).map(|rank| (rank, probe.why))
        });
        found.min_by_key(|(rank, _)| *rank)
    }
}

impl Probe {
    fn plain(place: Place, prefix: impl Into<String>, rank: Rank, why: Why) -> Self {
        Self { place, prefix: prefix.into(), why, rank, elements: Vec::new(), by_name: false }
    }

    /// Whether a key of the range is a hit, and how good. Where [`Probe::asks_name`], the name decides in the end.
    pub fn accepts(&self, key: &str) -> Option<Rank> {
        if !key.starts_with(&self.prefix) {
            return None;
        }
        let (letters, spelled) = match self.place {
            Place::Keys(Kind::Initials) => key.split_once(' ').unwrap_or((key, "")),
            _ => (key, key),
        };
        let exact = if self.elements.is_empty() {
            letters.len() == self.prefix.len()
        } else {
            fits(&self.elements, spelled.split(' '), None)?
        };
        Some(if exact { self.exact_rank() } else { self.rank })
    }

    /// Whether the name must be looked at as well.
    pub fn asks_name(&self) -> bool {
        self.by_name
    }

    /// Whether the name is a hit; always, where the key alone decides.
    pub fn accepts_name(&self, name: &str) -> bool {
        if !self.by_name {
            return true;
        }
        let characters: Vec<char> = name.chars().filter(|c| *c != NAME_DOT).collect();
        let mut ways = pinyin::spellings(name).into_iter();
        ways.any(|way| fits(&self.elements, way.into_iter(), Some(&characters)).is_some())
    }

    fn exact_rank(&self) -> Rank {
        match self.rank {
            Rank::InitialsBegin => Rank::Initials,
            Rank::Given => Rank::Given,
            _ => Rank::Exact,
        }
    }
}

/// Whether syllables begin with the elements; `true` within where nothing is left over on either side.
fn fits<'a>(elements: &[Element], mut way: impl Iterator<Item = &'a str>, characters: Option<&[char]>) -> Option<bool> {
    let mut whole = true;
    for (at, element) in elements.iter().enumerate() {
        let sound = way.next()?;
        let fits = match element {
            Element::Whole(text) => sound == text,
            Element::Start(text) => {
                whole &= sound == text;
                sound.starts_with(text.as_str())
            }
            Element::Han(character) => characters.is_none_or(|characters| characters.get(at) == Some(character)),
        };
        if !fits {
            return None;
        }
    }
    Some(whole && way.next().is_none())
}

/// Full-width characters as plain ones, lower case, ü as v, one kind of dot; cut where it is too long.
pub(super) fn normal(text: &str) -> String {
    let plain = |c: char| match c {
        '.' | '．' => NAME_DOT,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        '•' | '・' | '‧' | '∙' | '⋅' | '˙' => NAME_DOT,
        '’' | '\'' | '\t' | '\n' | '\r' => ' ',
        c => c,
    };
    let text: String = text.chars().map(plain).map(|c| c.to_ascii_lowercase()).take(MAX_CHARS).collect();
    text.trim().to_owned()
}

/// A number as typed: digits, perhaps with blanks and dashes between and an x at the end.
fn number(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !" -()+".contains(*c)).collect();
    let digits = text.strip_suffix('x').unwrap_or(&text);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.to_ascii_uppercase())
}

fn by_number(number: &str) -> Vec<Probe> {
    let tail = backwards(number);
    let mut probes = vec![Probe::plain(Place::Keys(Kind::IdTail), tail.clone(), Rank::Tail, Why::IdTail)];
    if !number.ends_with('X') {
        probes.push(Probe::plain(Place::Keys(Kind::PhoneTail), tail, Rank::Tail, Why::PhoneTail));
        probes.push(Probe::plain(Place::Keys(Kind::Phone), number, Rank::Number, Why::Phone));
    }
    probes.push(Probe::plain(Place::IdNumbers, number, Rank::Number, Why::IdNumber));
    probes
}

fn by_name(text: &str) -> Vec<Probe> {
    let name: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    vec![
        Probe::plain(Place::Names, name.clone(), Rank::Begins, Why::Name),
        Probe::plain(Place::Keys(Kind::Given), name, Rank::Given, Why::Given),
    ]
}

fn by_letters(text: &str) -> Vec<Probe> {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().filter(char::is_ascii_alphabetic).collect()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    // Latin names stand in the keys as they are written.
    let mut probes = vec![Probe::plain(Place::Keys(Kind::Pinyin), words.join(" "), Rank::Begins, Why::Pinyin)];
    for elements in parses(&words) {
        probes.extend(spelled(elements));
    }
    probes
}

/// The ranges for one way of reading letters.
fn spelled(elements: Vec<Element>) -> Vec<Probe> {
    let whole = |e: &Element| matches!(e, Element::Whole(_));
    let lead = elements.iter().take_while(|e| whole(e)).count();
    if lead == 0 && elements.len() > 1 {
        return vec![by_initials(elements)];
    }
    let prefix = elements.iter().take(lead + 1).map(text_of).collect::<Vec<_>>().join(" ");
    let probe = |kind, rank, why| Probe {
        elements: elements.clone(),
        ..Probe::plain(Place::Keys(kind), prefix.clone(), rank, why)
    };
    vec![probe(Kind::Pinyin, Rank::Begins, Why::Pinyin), probe(Kind::GivenPinyin, Rank::Given, Why::GivenPinyin)]
}

fn by_initials(elements: Vec<Element>) -> Probe {
    let letters: String = elements.iter().filter_map(|element| text_of(element).chars().next()).collect();
    let bare = elements.iter().all(|element| text_of(element).len() == 1);
    let plain = Probe::plain(Place::Keys(Kind::Initials), letters, Rank::InitialsBegin, Why::Initials);
    if bare { plain } else { Probe { elements, ..plain } }
}

fn text_of(element: &Element) -> &str {
    match element {
        Element::Whole(text) | Element::Start(text) => text,
        Element::Han(_) => "",
    }
}

/// Characters and letters together, such as 王xy: the characters decide by their readings where to look, and the name
/// itself what is found.
fn mixed(text: &str) -> Vec<Probe> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != NAME_DOT).collect();
    let lead: Vec<char> = text.chars().take_while(|c| !c.is_ascii()).collect();
    let rest = &text[lead.iter().map(|c| c.len_utf8()).sum::<usize>()..];
    let letters_end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (letters, after) = rest.split_at(letters_end);
    let after: Vec<char> = after.chars().filter(|c| !c.is_ascii()).collect();
    let readings = |lead: &[char]| -> Option<String> {
        // One more character makes the first one a surname, as it is in the names that are looked for.
        let name: String = lead.iter().copied().chain(['一']).collect();
        let way = pinyin::spellings(&name).into_iter().next()?;
        Some(way.get(..lead.len())?.iter().map(|sound| format!("{sound} ")).collect())
    };
    let Some(prefix) = readings(&lead) else { return Vec::new() };
    let probe = |tail: Vec<Element>| {
        let closed = if after.is_empty() { tail } else { tail.into_iter().map(closed).collect() };
        let first = closed.first().map(text_of).unwrap_or_default().to_owned();
        let han = |chars: &[char]| chars.iter().copied().map(Element::Han).collect::<Vec<_>>();
        let elements = [han(&lead), closed, han(&after)].concat();
        let plain = Probe::plain(Place::Keys(Kind::Pinyin), prefix.clone() + &first, Rank::Begins, Why::Pinyin);
        Probe { elements, by_name: true, ..plain }
    };
    parses(&[letters]).into_iter().map(probe).collect()
}

/// A last element that is followed by something is no longer open at its end, where it is a syllable.
fn closed(element: Element) -> Element {
    match element {
        Element::Start(text) if text.len() > 1 && pinyin::is_syllable(&text) => Element::Whole(text),
        element => element,
    }
}

/// The ways to read words of letters as syllables and beginnings of syllables, those of few elements first.
fn parses(words: &[&str]) -> Vec<Vec<Element>> {
    let mut ways: Vec<Vec<Element>> = vec![Vec::new()];
    for (at, word) in words.iter().enumerate() {
        let mut found = Vec::new();
        let mut reader = Reader { is_last: at + 1 == words.len(), steps: 0, found: &mut found };
        reader.read(word, &mut Vec::new());
        found.sort_by_key(Vec::len);
        ways = ways.iter().flat_map(|way| found.iter().map(|next| [way.clone(), next.clone()].concat())).collect();
        ways.retain(|way| way.len() <= MAX_ELEMENTS);
        ways.sort_by_key(Vec::len);
        ways.truncate(MAX_PARSES);
    }
    ways
}

struct Reader<'a> {
    is_last: bool,
    steps: usize,
    found: &'a mut Vec<Vec<Element>>,
}

impl Reader<'_> {
    fn read(&mut self, rest: &str, so_far: &mut Vec<Element>) {
        if rest.is_empty() {
            self.found.push(so_far.clone());
            return;
        }
        for length in (1..=rest.len().min(6)).rev() {
            let (piece, after) = rest.split_at(length);
            for form in forms(piece) {
                self.steps += 1;
                if self.steps > MAX_STEPS || so_far.len() >= MAX_ELEMENTS {
                    return;
                }
                if let Some(element) = self.element(form, after.is_empty()) {
                    so_far.push(element);
                    self.read(after, so_far);
                    so_far.pop();
                }
            }
        }
    }

    fn element(&self, form: String, ends_word: bool) -> Option<Element> {
        let is_initial = form.len() == 1 || matches!(form.as_str(), "zh" | "ch" | "sh");
        if (is_initial || (ends_word && self.is_last)) && pinyin::begins_syllable(&form) {
            return Some(Element::Start(form));
        }
        pinyin::is_syllable(&form).then_some(Element::Whole(form))
    }
}

/// The ways to write ü: after l and n as v, u or yu, after j, q, x and y as v too.
fn forms(piece: &str) -> Vec<String> {
    let (first, rest) = piece.split_at(1);
    match (first, rest) {
        ("l" | "n", rest) if rest.starts_with('u') => vec![piece.to_owned(), format!("{first}v{}", &rest[1..])],
        ("l" | "n", rest) if rest.starts_with("yu") => vec![format!("{first}v{}", &rest[2..])],
        ("j" | "q" | "x" | "y", rest) if rest.starts_with('v') => vec![format!("{first}u{}", &rest[1..])],
        _ => vec![piece.to_owned()],
    }
}

#[cfg(test)]
#[path = "search_query_tests.rs"]
mod tests;
