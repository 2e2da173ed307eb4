//! Bars to both sides of their labels.

use super::{CELL, Chunk, Mark, Weight};
use crate::paper::block::Bars;
use crate::paper::faces::Faces;

/// The height of a line.
const LINE: f32 = 14.0;
/// Room for the labels between the two sides.
const MIDDLE: f32 = 60.0;
/// Room for the number beside the longest bar.
const NUMBER: f32 = 40.0;

/// All bars, never torn apart.
pub(super) fn chunk(faces: &Faces, bars: &Bars, width: f32) -> Chunk {
    let most = bars.rows.iter().flat_map(|(_, left, right)| [*left, *right]).max().unwrap_or(0).max(1);
    let (left, right) = ((width - MIDDLE) / 2.0, (width + MIDDLE) / 2.0);
    let unit = (left - NUMBER) / most as f32;
    let mut marks = Vec::new();
    let write = |x: f32, y: f32, text: String, weight| Mark::Text { at: (x, y), size: CELL, text, weight };
    let wide = |text: &str| faces.width(text, CELL);
    marks.push(write(left - wide(&bars.left), CELL, bars.left.clone(), Weight::Bold));
    marks.push(write(right, CELL, bars.right.clone(), Weight::Bold));
    for (at, (label, one, other)) in bars.rows.iter().enumerate() {
        let top = LINE * (at + 1) as f32;
        let base = top + CELL;
        marks.push(write((width - wide(label)) / 2.0, base, label.clone(), Weight::Plain));
        let (long, far) = (*one as f32 * unit, *other as f32 * unit);
        if *one > 0 {
            let number = one.to_string();
            marks.push(Mark::Bar(left - long, top, long, LINE - 3.0));
            marks.push(write(left - long - 4.0 - wide(&number), base, number, Weight::Grey));
        }
        if *other > 0 {
            marks.push(Mark::Bar(right, top, far, LINE - 3.0));
            marks.push(write(right + far + 4.0, base, other.to_string(), Weight::Grey));
        }
    }
    Chunk { height: LINE * (bars.rows.len() + 1) as f32, marks, ..Chunk::default() }
}
