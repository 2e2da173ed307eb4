//! Where a line of Chinese, or of Chinese and Latin letters mixed, may end. Knows widths, no pages.

use crate::paper::faces::Faces;

/// May not begin a line.
const CLOSING: &str = "，。、；：！？）》」』】〉〕”’％…—·～,.;:!?)]}%*°";
/// May not end a line.
const OPENING: &str = "（《「『【〈〔“‘([{¥￥";

/// The text in lines that are no wider than `width` points; each line break in the text is one.
pub(super) fn broken(text: &str, size: f32, width: f32, faces: &Faces) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split('\n') {
        fill(part, size, width, faces, &mut lines);
    }
    lines
}

fn fill(text: &str, size: f32, width: f32, faces: &Faces, lines: &mut Vec<String>) {
    let (mut line, mut used) = (String::new(), 0.0);
    for piece in pieces(text) {
        let wide = faces.width(&piece, size);
        if used + faces.width(piece.trim_end(), size) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0.0;
        }
        if wide > width {
            used = cut(&piece, size, width, faces, (&mut line, lines));
            continue;
        }
        if !(line.is_empty() && piece.trim().is_empty()) {
            line.push_str(&piece);
            used += wide;
        }
    }
    lines.push(line.trim_end().to_owned());
}

/// A piece that is wider than a line is cut wherever the line is full: the width of what is left in the last one.
fn cut(piece: &str, size: f32, width: f32, faces: &Faces, (line, lines): (&mut String, &mut Vec<String>)) -> f32 {
    let mut used = faces.width(line, size);
    for c in piece.chars() {
        let wide = faces.glyph(c).advance * size;
        if used + wide > width && !line.is_empty() {
            lines.push(std::mem::take(line));
            used = 0.0;
        }
        line.push(c);
        used += wide;
    }
    used
}

/// What stays together: a Chinese character with the punctuation that clings to it, or a word of Latin letters and digits
/// with the blanks after it.
fn pieces(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for (at, c) in chars.iter().enumerate() {
        piece.push(*c);
        if chars.get(at + 1).is_none_or(|next| may_break(*c, *next)) {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if CLOSING.contains(after) || OPENING.contains(before) || after == ' ' {
        return false;
    }
    before == ' ' || is_wide(before) || is_wide(after)
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '…' | '—' | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, characters: f32) -> Vec<String> {
        broken(text, 10.0, characters * 10.0, &Faces::new(None).expect("faces"))
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(lines("自愿参加，可以不来。", 4.0), ["自愿参", "加，可以", "不来。"]);
        assert_eq!(lines("请带（身份证）", 3.0), ["请带", "（身份", "证）"]);
    }

    #[test]
    fn words_and_numbers_stay_whole_unless_they_are_wider_than_the_line() {
        assert_eq!(lines("电话 19900000001 转", 8.0), ["电话", "19900000001 转"]);
        let long = lines("42139919500101001X42139919500101001X", 5.0);
        assert!(long.len() > 2 && long.concat() == "42139919500101001X42139919500101001X");
    }

    #[test]
    fn nothing_is_lost_and_every_line_break_is_one() {
        assert_eq!(lines("一\n二", 10.0), ["一", "二"]);
        assert_eq!(lines("", 10.0), [""]);
    }
}
