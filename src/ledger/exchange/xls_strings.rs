//! The strings of an xls file: Unicode in one or two bytes a character, cut anywhere by continuation records.

use encoding_rs::Encoding;

use crate::ledger::exchange::compound::u16_at;
use crate::ledger::exchange::xls::{Record, records};

/// All shared strings in one buffer.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The string with this number; empty where there is none.
    pub(super) fn get(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..*end as usize).unwrap_or_default()
    }

    fn push(&mut self, units: &[u16]) {
        self.text.extend(char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('\u{fffd}')));
        self.ends.push(self.text.len() as u32);
    }
}

/// Reads a string whose length stands in two bytes; in a code page where there is one.
pub(super) fn text_of(data: &[u8], at: usize, code_page: Option<&'static Encoding>) -> String {
    let length = usize::from(u16_at(data, at).unwrap_or(0));
    string(data, at + 2, length, code_page)
}

/// Reads a string whose length stands in one byte.
pub(super) fn short_string(data: &[u8], at: usize, code_page: Option<&'static Encoding>) -> String {
    let length = usize::from(data.get(at).copied().unwrap_or(0));
    string(data, at + 1, length, code_page)
}

fn string(data: &[u8], at: usize, length: usize, code_page: Option<&'static Encoding>) -> String {
    let rest = data.get(at..).unwrap_or_default();
    if let Some(encoding) = code_page {
        return encoding.decode(rest.get(..length.min(rest.len())).unwrap_or_default()).0.into_owned();
    }
    let Some((flags, characters)) = rest.split_first() else { return String::new() };
    if flags & 1 == 1 {
        let units: Vec<u16> = characters.chunks_exact(2).take(length).filter_map(|pair| u16_at(pair, 0)).collect();
        String::from_utf16_lossy(&units)
    } else {
        characters.iter().take(length).map(|byte| char::from(*byte)).collect()
    }
}

/// Reads the table of shared strings that begins with this record.
pub(super) fn read_sst(stream: &[u8], first: Record<'_>) -> Option<Strings> {
    let mut parts = vec![first.data.get(8..)?];
    parts
        .extend(records(stream, first.at).skip(1).take_while(|record| record.kind == 0x003c).map(|record| record.data));
    let mut cursor = Cursor { parts, part: 0, at: 0 };
    let mut strings = Strings::default();
    let mut units = Vec::new();
    while !cursor.is_at_end() {
        cursor.string(&mut units)?;
        strings.push(&units);
    }
    Some(strings)
}

struct Cursor<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Cursor<'_> {
    fn is_at_end(&mut self) -> bool {
        while self.parts.get(self.part).is_some_and(|part| self.at >= part.len()) {
            self.part += 1;
            self.at = 0;
        }
        self.part >= self.parts.len()
    }

    fn byte(&mut self) -> Option<u8> {
        if self.is_at_end() {
            return None;
        }
        self.at += 1;
        self.parts.get(self.part)?.get(self.at - 1).copied()
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |sum, i| Some(sum | usize::from(self.byte()?) << (8 * i)))
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 && !self.is_at_end() {
            let here = self.parts.get(self.part).map_or(0, |part| part.len() - self.at).min(bytes);
            self.at += here;
            bytes -= here;
        }
    }

    fn string(&mut self, units: &mut Vec<u16>) -> Option<()> {
        units.clear();
        let length = self.number(2)?;
        let mut flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let phonetic = if flags & 4 != 0 { self.number(4)? } else { 0 };
        while units.len() < length {
            let part_ends = self.parts.get(self.part).is_none_or(|part| self.at >= part.len());
            if part_ends {
                // Characters go on in the next record, which says anew how wide they are.
                if self.is_at_end() {
                    return None;
                }
                flags = (flags & !1) | (self.byte()? & 1);
            }
            let wide = if flags & 1 == 1 { 2 } else { 1 };
            units.push(self.number(wide)? as u16);
        }
        self.skip(runs * 4 + phonetic);
        Some(())
    }
}
