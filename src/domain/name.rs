//! Names: the normal form that is stored and compared, and the text as it was written.
//!
//! The normal form follows the notice of 2016 on names in government systems: the dot is U+00B7, a Chinese name has no
//! inner spaces, at least 50 characters fit.

use std::fmt;

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::message::Message;
use crate::domain::resident::{Field, Invalid};

/// The longest name that is kept, in characters.
pub const LONGEST: usize = 50;

/// A person's name in normal form, with the text as written. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName {
    normal: Box<str>,
    /// Absent where it is the same as the normal form, which it nearly always is.
    written: Option<Box<str>>,
}

impl PersonName {
    /// Reads a name as people write it.
    ///
    /// # Errors
    /// Nothing is left, it is longer than [`LONGEST`], parts of it are hidden or unreadable, or it has no letter.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let written = visible(text);
        let normal = normalize(&written);
        if normal.is_empty() {
            return Err(invalid("name-missing"));
        }
        if normal.chars().count() > LONGEST {
            return Err(invalid("name-too-long"));
        }
        if normal.contains(['\u{fffd}', '□', '■']) {
            return Err(invalid("name-unreadable"));
        }
        if normal.contains(['*', '＊', '?', '？', '×', '○', '●']) {
            return Err(invalid("name-masked"));
        }
        if !normal.chars().any(is_letter) || normal.chars().filter(char::is_ascii_digit).count() > 2 {
            return Err(invalid("name-no-name"));
        }
        Ok(Self::from_parts(&normal, &written))
    }

    /// Puts together what was stored.
    pub fn from_parts(normal: &str, written: &str) -> Self {
        Self { normal: normal.into(), written: (written != normal && !written.is_empty()).then(|| written.into()) }
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.normal
    }

    /// The text as written, without what cannot be seen.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.normal)
    }

    /// Whether something in brackets was left out of the normal form: 张三（已故）.
    pub fn has_remark(&self) -> bool {
        self.written.as_deref().is_some_and(|text| text.contains(['(', '（']) && !self.normal.contains(['(', '（']))
    }

    /// Whether it has characters of a private area, which other programs may show as something else. They are kept.
    pub fn has_private_characters(&self) -> bool {
        self.normal.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}'))
    }
}

fn invalid(key: &'static str) -> Invalid {
    Invalid { field: Field::Name, problem: Message::new(key).number("longest", LONGEST as i64) }
}

/// A Chinese character, of any plane or of a private area.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e000}'..='\u{f8ff}' | '\u{3007}')
}

fn is_letter(c: char) -> bool {
    is_han(c) || c.is_alphabetic() || matches!(c, '\u{f0000}'..='\u{10fffd}')
}

/// Without terminal escapes, direction marks and other things that cannot be seen; bounded, whatever came in.
fn visible(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().take(4 * LONGEST + 200);
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            skip_escape(&mut chars);
        } else if !is_invisible(c) {
            out.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    out.trim().to_owned()
}

fn skip_escape(chars: &mut impl Iterator<Item = char>) {
    if chars.next() != Some('[') {
        return;
    }
    for c in chars.by_ref() {
        if ('@'..='~').contains(&c) {
            return;
        }
    }
}

fn normalize(written: &str) -> String {
    let half: Vec<char> = written.chars().map(half_width).collect();
    let chinese = half.iter().any(|c| is_han(*c));
    let mut out = String::new();
    for (i, c) in half.iter().enumerate() {
        let before = half[..i].iter().rev().find(|c| **c != ' ');
        let after = half[i + 1..].iter().find(|c| **c != ' ');
        let between = before.is_some_and(|c| is_letter(*c)) && after.is_some_and(|c| is_letter(*c));
        match c {
            _ if is_dot(*c) || (*c == '.' && chinese) => {
                if between {
                    out.push('·');
                }
            }
            '点' if i >= 2 && half.len() >= i + 3 && half.len() >= 7 => out.push('·'),
            ' ' if chinese || out.ends_with(' ') => {}
            c => out.push(*c),
        }
    }
    without_ornaments(&out).to_owned()
}

/// The dots that people and programs put between the parts of a name.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '･' | '∙' | '⋅' | '․' | '˙' | '\u{0387}' | '⸱' | '。')
}

/// Without numbering before the name and remarks in brackets behind it.
fn without_ornaments(text: &str) -> &str {
    let numbering = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = if numbering.len() < text.len() && numbering.starts_with(['、', '.', ' ']) { numbering } else { text };
    let bare = match text.find(['(', '[', '【', '〔']) {
        Some(at) if at > 0 => text.get(..at).unwrap_or(text),
        _ => text,
    };
    bare.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '、' | ',' | '.' | '-' | '_' | '#' | ':' | ';' | '★' | '\'')
    })
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> Option<String> {
        PersonName::parse(text).ok().map(|name| name.as_str().to_owned())
    }

    #[test]
    fn a_chinese_name_has_no_inner_spaces() {
        for text in
            ["李　娟", "李 娟", " 李\u{a0}娟\n", "李\u{200b}娟", "\u{202e}李娟", "\u{1b}[31m李娟\u{1b}[0m", "1、李娟"]
        {
            assert_eq!(normal(text).as_deref(), Some("李娟"), "{text:?}");
        }
        assert_eq!(PersonName::parse("李　娟").expect("a name").written(), "李 娟");
        assert_eq!(normal("John  Smith").as_deref(), Some("John Smith"));
    }

    #[test]
    fn every_dot_becomes_the_one_of_the_standard() {
        for dot in ["·", "•", "・", "‧", "．", ".", " · ", "∙", "点"] {
            assert_eq!(normal(&format!("阿依古丽{dot}买买提")).as_deref(), Some("阿依古丽·买买提"), "{dot}");
        }
        assert_eq!(normal("李点").as_deref(), Some("李点"));
    }

    #[test]
    fn rare_and_private_characters_stay() {
        for text in ["侯㛃", "于敏𫟹", "䶮", "李\u{e123}", "查𬱖"] {
            assert_eq!(normal(text).as_deref(), Some(text));
        }
        assert!(PersonName::parse("李\u{e123}").expect("a name").has_private_characters());
    }

    #[test]
    fn a_remark_in_brackets_is_kept_only_as_written() {
        let name = PersonName::parse("王小红（大）").expect("a name");
        assert_eq!((name.as_str(), name.written(), name.has_remark()), ("王小红", "王小红（大）", true));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let endless = "张".repeat(100_000);
        for text in ["", "  ", "\u{200b}", "12", "李*梅", "张\u{fffd}", "19975836327", "---", endless.as_str()] {
            assert_eq!(normal(text), None, "{:?}", text.chars().take(5).collect::<String>());
        }
        assert_eq!(normal(&"张".repeat(50)).map(|n| n.chars().count()), Some(50));
    }
}
