//! Resident identity numbers (GB 11643-1999) and the other documents a villager may hold.
//!
//! An unknown area code is never an error: the same county has had four codes since 1981. Nothing here slices text by
//! bytes before every character of it is known to be ASCII.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::message::{Message, Say};
use crate::domain::resident::Sex;

const LENGTH: usize = 18;
const OLDEST: i32 = 130;

/// A number that has been checked: 18 characters in upper case, or the 15 of a foreigner's permanent residence card
/// from before December 2023. `Debug` shows no digit of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdNumber {
    ascii: [u8; LENGTH],
    length: u8,
}

/// A number as it was read, and what had to be done to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdReading {
    /// The number.
    pub number: IdNumber,
    /// How it stood in the text.
    pub form: IdForm,
}

/// How a number stood in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdForm {
    /// As it is stored, but for spaces, width and case.
    Plain,
    /// The 15 digits used until 1999; century and check character were added.
    Upgraded,
    /// The first 18 characters of a disability certificate's 20.
    Certificate,
    /// One number among other words.
    Extracted,
}

/// Why a text is no usable number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdProblem {
    /// Nothing was written, or a word such as 无 or 待补.
    Missing,
    /// The check character contradicts the other 17.
    Checksum,
    /// It cannot be a number of this kind.
    Invalid(IdFault),
    /// A spreadsheet kept the number with 15 digits only: these, where all of them are left.
    PrecisionLost(Option<[u8; 15]>),
    /// A pass, passport or birth certificate: kept as no number.
    OtherDocument,
    /// Several different valid numbers.
    Several(Vec<IdNumber>),
}

/// What makes a number impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdFault {
    /// Neither 15 nor 18 characters; how many there are.
    Length(usize),
    /// Characters that no number has, such as the stars of a masked one.
    Characters,
    /// The birth date in it is no date.
    Date,
    /// Born after today.
    Future,
    /// Born more than 130 years ago.
    TooOld,
}

impl IdNumber {
    /// Reads a number as people write it: with spaces, full width, a leading apostrophe, × for X, in 15 digits.
    /// `today` decides whether the birth date in it is possible.
    pub fn parse(text: &str, today: NaiveDate) -> Result<IdReading, IdProblem> {
        let whole = squeeze(text);
        if is_missing(&whole) {
            return Err(IdProblem::Missing);
        }
        if let Some(problem) = scientific(&whole) {
            return Err(problem);
        }
        match read_one(&whole, today) {
            Err(problem @ IdProblem::Invalid(IdFault::Length(_) | IdFault::Characters)) => {
                read_among_others(text, today).unwrap_or(Err(problem))
            }
            read => read,
        }
    }

    /// Reads a spreadsheet's number: beyond 15 digits it is damaged, whatever it shows.
    pub fn from_cell(number: f64, today: NaiveDate) -> Result<IdReading, IdProblem> {
        if !number.is_finite() || number < 0.0 || number.fract() != 0.0 {
            return Err(IdProblem::Invalid(IdFault::Characters));
        }
        if number == 0.0 {
            return Err(IdProblem::Missing);
        }
        if number < 1e15 {
            return Self::parse(&format!("{number:.0}"), today);
        }
        let mantissa = format!("{number:.14e}");
        Err(scientific(&mantissa.to_ascii_uppercase()).unwrap_or(IdProblem::PrecisionLost(None)))
    }

    /// Reads the stored form; its dates are not held against any day.
    pub fn from_stored(text: &str) -> Option<Self> {
        let number = Self::of_ascii(text)?;
        (number.is_checked() && (number.length as usize != LENGTH || number.birth().is_some())).then_some(number)
    }

    /// The normal form: upper case, no spaces.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The birth date in the number; an old foreigner's card has only two digits of the year, so none.
    pub fn born(&self) -> Option<NaiveDate> {
        self.birth()
    }

    /// The sex in the number: odd is male.
    pub fn sex(&self) -> Option<Sex> {
        let digit = if self.length as usize == LENGTH { self.ascii[16] } else { self.ascii[13] };
        digit.is_ascii_digit().then(|| if (digit - b'0') % 2 == 1 { Sex::Male } else { Sex::Female })
    }

    /// The first 15 characters: all that a spreadsheet keeps of a number typed as a number.
    pub fn prefix15(&self) -> [u8; 15] {
        let mut prefix = [0; 15];
        prefix.copy_from_slice(&self.ascii[..15]);
        prefix
    }

    /// Only the last four characters, for lists that others may see over a shoulder.
    pub fn masked(&self) -> String {
        let text = self.as_str();
        let hidden = text.len().saturating_sub(4);
        format!("{}{}", "*".repeat(hidden), text.get(hidden..).unwrap_or_default())
    }

    /// Whether it ends in `000`, as a damaged number does when it is written out again; one in a thousand is genuine.
    pub fn ends_like_a_damaged_one(&self) -> bool {
        self.bytes().ends_with(b"000")
    }

    fn bytes(&self) -> &[u8] {
        &self.ascii[..self.length as usize]
    }

    fn of_ascii(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let fits = match bytes.len() {
            LENGTH => bytes[0] != b'0' && digits(&bytes[..17]) && (bytes[17].is_ascii_digit() || bytes[17] == b'X'),
            15 => bytes[..3].iter().all(u8::is_ascii_uppercase) && digits(&bytes[3..]),
            _ => false,
        };
        let mut ascii = [0; LENGTH];
        ascii.get_mut(..bytes.len())?.copy_from_slice(bytes);
        fits.then_some(Self { ascii, length: bytes.len() as u8 })
    }

    fn is_checked(&self) -> bool {
        match self.bytes() {
            all if all.len() == LENGTH => check_character(&self.ascii) == self.ascii[17],
            all => weighted_731(&all[..14]) == all[14] - b'0',
        }
    }

    fn birth(&self) -> Option<NaiveDate> {
        if self.length as usize != LENGTH {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            self.ascii[range].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
        };
        NaiveDate::from_ymd_opt(number(6..10) as i32, number(10..12), number(12..14))
    }
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
pub(crate) fn check_character(ascii: &[u8; LENGTH]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = ascii.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// The 7-3-1 check of the old foreigner's card, letters counting from A = 10.
fn weighted_731(ascii: &[u8]) -> u8 {
    let value = |c: u8| u32::from(if c.is_ascii_digit() { c - b'0' } else { c - b'A' + 10 });
    let sum: u32 = ascii.iter().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(*c) * weight).sum();
    (sum % 10) as u8
}

/// Characters that carry nothing: zero width, direction marks, the byte order mark, fillers, tags, controls.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe0f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}'
        | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Full-width ASCII and the full-width space in their ordinary width.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// Without spaces and ornaments, in upper case.
fn squeeze(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_invisible(*c)).map(half_width).filter(|c| !c.is_whitespace());
    let kept = kept.map(|c| match c {
        '×' | '✕' | 'Х' | 'х' | 'χ' | 'Χ' => 'X',
        other => other.to_ascii_uppercase(),
    });
    let kept: String = kept.collect();
    let bare = kept.trim_matches(['\'', '‘', '’', '`', '"', '“', '”', '=']);
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 14 && !bare.contains('E') { bare.replace(['-', '–', '—', '_'], "") } else { bare.to_owned() }
}

fn is_missing(squeezed: &str) -> bool {
    const WORDS: &[&str] = &[
        "无",
        "没有",
        "暂无",
        "未办",
        "未办理",
        "待办",
        "待补",
        "补办中",
        "办理中",
        "在办",
        "待查",
        "不详",
        "未知",
        "不知",
        "未登记",
        "未上户",
        "未落户",
        "未入户",
        "没上户",
        "新生儿",
        "缺",
        "空",
        "丢失",
        "遗失",
        "无证",
        "无身份证",
        "无号",
        "没办",
        "待定",
        "不填",
        "NONE",
        "NULL",
        "N/A",
        "NA",
        "0",
        "#N/A",
        "同上",
    ];
    squeezed.chars().all(|c| matches!(c, '/' | '\\' | '-' | '—' | '–' | '_' | '.' | '。' | '?' | '、'))
        || WORDS.contains(&squeezed.trim_end_matches(['。', '.', '!']))
}

/// `4.21399197903136E+17`: what a spreadsheet shows of a number it cannot keep.
fn scientific(text: &str) -> Option<IdProblem> {
    let (mantissa, exponent) = text.split_once('E')?;
    let exponent: u32 = exponent.trim_start_matches('+').parse().ok().filter(|e| (10..25).contains(e))?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() != 1 || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: Vec<u8> = whole.bytes().chain(part.bytes()).collect();
    // Trailing zeros are not shown: 13 or 14 shown digits can still be all there are.
    let mut prefix = [b'0'; 15];
    let complete = exponent == 17 && (13..=15).contains(&digits.len());
    prefix.get_mut(..digits.len())?.copy_from_slice(&digits);
    Some(IdProblem::PrecisionLost(complete.then_some(prefix)))
}

fn read_one(text: &str, today: NaiveDate) -> Result<IdReading, IdProblem> {
    if !text.is_ascii() || text.contains('*') {
        return Err(IdProblem::Invalid(IdFault::Characters));
    }
    let reading = |form| move |number| IdReading { number, form };
    match text.len() {
        LENGTH => read_18(text, today).map(reading(IdForm::Plain)),
        15 if text.bytes().all(|b| b.is_ascii_digit()) => read_15(text, today).map(reading(IdForm::Upgraded)),
        15 => IdNumber::of_ascii(text)
            .ok_or(IdProblem::Invalid(IdFault::Characters))
            .and_then(|n| if n.is_checked() { Ok(n) } else { Err(IdProblem::Checksum) })
            .map(reading(IdForm::Plain)),
        20..=22 if is_certificate_tail(text) => {
            read_18(text.get(..LENGTH).unwrap_or_default(), today).map(reading(IdForm::Certificate))
        }
        _ if is_other_document(text) => Err(IdProblem::OtherDocument),
        length => Err(IdProblem::Invalid(IdFault::Length(length))),
    }
}

/// Kind 1–7 and grade 1–4 of a disability, then perhaps a `B` and how often it was issued anew.
fn is_certificate_tail(text: &str) -> bool {
    matches!(text.as_bytes().get(LENGTH..), Some([kind @ b'1'..=b'7', grade @ b'1'..=b'4', rest @ ..])
        if kind != &b'0' && grade != &b'0' && (rest.is_empty() || rest[0] == b'B'))
}

/// A pass of Hong Kong or Macao, a passport, a birth certificate.
fn is_other_document(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = text.bytes().skip(letters).filter(u8::is_ascii_digit).count();
    (1..=2).contains(&letters) && letters + digits == text.len() && (7..=10).contains(&digits)
}

fn read_18(text: &str, today: NaiveDate) -> Result<IdNumber, IdProblem> {
    let number = IdNumber::of_ascii(text).ok_or(IdProblem::Invalid(IdFault::Characters))?;
    let born = number.birth().ok_or(IdProblem::Invalid(IdFault::Date))?;
    if born > today {
        return Err(IdProblem::Invalid(IdFault::Future));
    }
    if today.year() - born.year() > OLDEST {
        return Err(IdProblem::Invalid(IdFault::TooOld));
    }
    if number.is_checked() {
        return Ok(number);
    }
    let lost = number.ends_like_a_damaged_one();
    Err(if lost { IdProblem::PrecisionLost(Some(number.prefix15())) } else { IdProblem::Checksum })
}

fn read_15(text: &str, today: NaiveDate) -> Result<IdNumber, IdProblem> {
    let (area, rest) = text.split_at_checked(6).ok_or(IdProblem::Invalid(IdFault::Length(text.len())))?;
    let mut number = IdNumber::of_ascii(&format!("{area}19{rest}0")).ok_or(IdProblem::Invalid(IdFault::Characters))?;
    number.ascii[17] = check_character(&number.ascii);
    read_18(number.as_str(), today)
}

/// One number among words, or several in one cell.
fn read_among_others(text: &str, today: NaiveDate) -> Option<Result<IdReading, IdProblem>> {
    let mut pieces: Vec<String> = Vec::new();
    for part in text.split(['\n', '\r', '/', '、', ',', '，', ';', '；', '(', '（', ')', '）']) {
        let squeezed = squeeze(part);
        let runs = squeezed.split(|c: char| !(c.is_ascii_digit() || c == 'X'));
        for run in runs.filter(|run| run.len() >= 15) {
            match run.split_at_checked(LENGTH) {
                Some((first, second)) if second.len() == LENGTH || second.len() == 15 => {
                    pieces.extend([first.to_owned(), second.to_owned()]);
                }
                _ => pieces.push(run.to_owned()),
            }
        }
    }
    let mut valid = Vec::new();
    let mut last = None;
    for piece in &pieces {
        match read_one(piece, today) {
            Ok(reading) if !valid.contains(&reading.number) => valid.push(reading.number),
            Ok(_) => {}
            Err(problem) => last = Some(problem),
        }
    }
    match (valid.as_slice(), last) {
        ([], last) => last.map(Err),
        ([number], None) => Some(Ok(IdReading { number: *number, form: IdForm::Extracted })),
        _ => Some(Err(IdProblem::Several(valid))),
    }
}

impl IdProblem {
    /// The code under which an import reports it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "id_missing",
            Self::Checksum => "id_checksum",
            Self::Invalid(_) | Self::Several(_) => "id_invalid",
            Self::PrecisionLost(_) => "id_precision_lost",
            Self::OtherDocument => "id_other_document",
        }
    }
}

impl Say for IdProblem {
    fn message(&self) -> Message {
        match self {
            Self::Missing => Message::new("id-missing"),
            Self::Checksum => Message::new("id-checksum"),
            Self::Invalid(IdFault::Length(length)) => Message::new("id-length").number("length", *length as i64),
            Self::Invalid(IdFault::Characters) => Message::new("id-characters"),
            Self::Invalid(IdFault::Date) => Message::new("id-date"),
            Self::Invalid(IdFault::Future) => Message::new("id-future"),
            Self::Invalid(IdFault::TooOld) => Message::new("id-too-old"),
            Self::PrecisionLost(_) => Message::new("id-precision-lost"),
            Self::OtherDocument => Message::new("id-other-document"),
            Self::Several(_) => Message::new("id-several"),
        }
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

#[cfg(test)]
#[path = "id_card_tests.rs"]
mod tests;
