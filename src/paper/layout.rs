//! From blocks to pages: each block becomes chunks that are never torn apart, and chunks fill pages. Knows widths and
//! points, no PDF.

use crate::domain::message::Message;
use crate::paper::block::{Block, Cell, Format, Print, Slot, Table};
use crate::paper::faces::Faces;
use crate::paper::lines::broken;
use crate::words::Words;

mod bars;

/// Points kept for the footer.
const FOOT: f32 = 22.0;
const BODY: f32 = 10.5;
const SMALL: f32 = 8.5;
const TITLE: f32 = 18.0;
const HEADING: f32 = 12.5;
const CELL: f32 = 9.5;
/// A table at a door.
const LARGE_CELL: f32 = 17.0;
/// A name on a slip, and the smallest it may become before it is broken.
const LARGE: (f32, f32) = (22.0, 8.0);
/// How much smaller a part may be set to fit its share.
const FITS: [f32; 8] = [1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.62, 0.54];
/// Between a cell's edge and its text.
const PAD: f32 = 3.5;
/// A row that is longer goes on in another.
const LINES_A_ROW: usize = 24;

/// Points between the edge of the paper and what is printed; less on small paper.
fn margin(format: Format) -> f32 {
    match format {
        Format::A4 | Format::A4Wide => 42.0,
        Format::A5 => 32.0,
    }
}

/// A page: what stands where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width and height in points.
    pub size: (f32, f32),
    /// What is drawn, in this order.
    pub marks: Vec<Mark>,
}

/// Something on a page, in points from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line of text, from the left end of its base line.
    Text {
        /// Where it begins.
        at: (f32, f32),
        /// Its size.
        size: f32,
        /// The text.
        text: String,
        /// How it stands out.
        weight: Weight,
    },
    /// A line.
    Rule {
        /// From here.
        from: (f32, f32),
        /// To here.
        to: (f32, f32),
        /// How it is drawn.
        pen: Pen,
    },
    /// A box to tick: left, top, side.
    Square(f32, f32, f32),
    /// A filled bar: left, top, width, height.
    Bar(f32, f32, f32, f32),
}

/// How a text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As it is.
    Plain,
    /// Heavier.
    Bold,
    /// Paler.
    Grey,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// Thin.
    Thin,
    /// Where scissors go.
    Cut,
}

/// Something never torn apart.
#[derive(Clone, Default)]
struct Chunk {
    height: f32,
    /// Relative to its upper left corner.
    marks: Vec<Mark>,
    /// Never the last on a page.
    leads: bool,
    /// What is repeated above it where it begins a page.
    head: Option<std::rc::Rc<Chunk>>,
    /// Begins a page.
    breaks: bool,
}

/// Lays a paper out.
pub fn pages(print: &Print, faces: &Faces, words: &Words) -> Vec<Page> {
    let (width, height) = print.format.size();
    let edge = margin(print.format);
    let (room, top, bottom) = (width - 2.0 * edge, edge, height - edge - FOOT);
    let area = bottom - top;
    let setter = Setter { faces, area };
    let chunks: Vec<Chunk> = print.blocks.iter().flat_map(|block| setter.chunks(block, room)).collect();
    let blank = || Page { size: (width, height), marks: Vec::new() };
    let (mut pages, mut y) = (vec![blank()], top);
    for (at, chunk) in chunks.iter().enumerate() {
        let lead = if chunk.leads { chunks.get(at + 1).map_or(0.0, |next| next.height) } else { 0.0 };
        let is_full = y + chunk.height + lead > bottom + 0.01;
        if y > top && (is_full || chunk.breaks) {
            pages.push(blank());
            y = top;
            if let Some(head) = &chunk.head {
                y = put(&mut pages, head, (edge, y));
            }
        }
        y = put(&mut pages, chunk, (edge, y));
    }
    let count = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        setter.around(page, print, words, (at + 1, count));
    }
    pages
}

fn put(pages: &mut [Page], chunk: &Chunk, (x, y): (f32, f32)) -> f32 {
    if let Some(page) = pages.last_mut() {
        page.marks.extend(chunk.marks.iter().map(|mark| mark.moved(x, y)));
    }
    y + chunk.height
}

impl Mark {
    fn moved(&self, x: f32, y: f32) -> Self {
        let to = |(px, py): (f32, f32)| (px + x, py + y);
        match self {
            Self::Text { at, size, text, weight } => {
                Self::Text { at: to(*at), size: *size, text: text.clone(), weight: *weight }
            }
            Self::Rule { from, to: end, pen } => Self::Rule { from: to(*from), to: to(*end), pen: *pen },
            Self::Square(left, top, side) => Self::Square(left + x, top + y, *side),
            Self::Bar(left, top, wide, high) => Self::Bar(left + x, top + y, *wide, *high),
        }
    }
}

impl Mark {
    /// The same, this many times as large.
    fn scaled(self, by: f32) -> Self {
        let to = |(x, y): (f32, f32)| (x * by, y * by);
        match self {
            Self::Text { at, size, text, weight } => Self::Text { at: to(at), size: size * by, text, weight },
            Self::Rule { from, to: end, pen } => Self::Rule { from: to(from), to: to(end), pen },
            Self::Square(left, top, side) => Self::Square(left * by, top * by, side * by),
            Self::Bar(left, top, wide, high) => Self::Bar(left * by, top * by, wide * by, high * by),
        }
    }
}

/// How a paragraph is set.
struct Style {
    size: f32,
    weight: Weight,
    /// Points free on the left.
    indent: f32,
    /// Points below the last line.
    after: f32,
}

struct Setter<'a> {
    faces: &'a Faces,
    /// The height of what fits on a page.
    area: f32,
}

impl Setter<'_> {
    fn chunks(&self, block: &Block, width: f32) -> Vec<Chunk> {
        let plain = |size, after| Style { size, weight: Weight::Plain, indent: 0.0, after };
        match block {
            Block::Title(text) => self.title(text, width),
            Block::Large(text) => self.large(text, width),
            Block::Heading(text) => {
                let mut chunks = self.paragraph(text, width, &Style { weight: Weight::Bold, ..plain(HEADING, 3.0) });
                chunks.iter_mut().for_each(|chunk| chunk.leads = true);
                let air = Chunk { height: 7.0, leads: true, ..Chunk::default() };
                std::iter::once(air).chain(chunks).collect()
            }
            Block::Text(text) => self.paragraph(text, width, &plain(BODY, 3.0)),
            Block::Small(text) => self.paragraph(text, width, &Style { weight: Weight::Grey, ..plain(SMALL, 2.0) }),
            Block::Item(text) => self.behind(text, width, |y| Mark::Text {
                at: (2.0, y),
                size: BODY,
                text: "·".to_owned(),
                weight: Weight::Bold,
            }),
            Block::Tick(text) => self.behind(text, width, |y| Mark::Square(0.0, y - BODY * 0.85, BODY * 0.9)),
            Block::Write(label) => vec![self.to_write(label, width)],
            Block::Pair(label, text) => self.pair(label, text, width),
            Block::Space(height) => vec![Chunk { height: *height, ..Chunk::default() }],
            Block::Table(table) => self.table(table, width, CELL),
            Block::LargeTable(table) => self.table(table, width, LARGE_CELL),
            Block::Bars(bars) => vec![bars::chunk(self.faces, bars, width)],
            Block::Slot(slot) => vec![self.slot(slot, width, &[1.0])],
            Block::Fitted(slot) => vec![self.slot(slot, width, &FITS)],
            Block::NewPage => vec![Chunk { breaks: true, ..Chunk::default() }],
        }
    }

    fn title(&self, text: &str, width: f32) -> Vec<Chunk> {
        // Smaller where it would need a second line for a word or two.
        let size = [TITLE, TITLE - 2.0, TITLE - 4.0].into_iter().find(|size| self.faces.width(text, *size) <= width);
        let size = size.unwrap_or(TITLE - 4.0);
        let lines = broken(text, size, width, self.faces);
        let last = lines.len().saturating_sub(1);
        let chunk = |(at, line): (usize, String)| {
            let x = (width - self.faces.width(&line, size)) / 2.0;
            let height = size * 1.4 + if at == last { 8.0 } else { 0.0 };
            let mark = Mark::Text { at: (x, size * 1.1), size, text: line, weight: Weight::Bold };
            Chunk { height, marks: vec![mark], leads: true, ..Chunk::default() }
        };
        lines.into_iter().enumerate().map(chunk).collect()
    }

    fn large(&self, text: &str, width: f32) -> Vec<Chunk> {
        let wide = self.faces.width(text, 1.0).max(0.1);
        let size = (width / wide).clamp(LARGE.1, LARGE.0);
        self.paragraph(text, width + 0.1, &Style { size, weight: Weight::Bold, indent: 0.0, after: 2.0 })
    }

    fn paragraph(&self, text: &str, width: f32, style: &Style) -> Vec<Chunk> {
        let lines = broken(text, style.size, width - style.indent, self.faces);
        let last = lines.len().saturating_sub(1);
        let chunk = |(at, line): (usize, String)| {
            let height = style.size * 1.5 + if at == last { style.after } else { 0.0 };
            let (size, weight) = (style.size, style.weight);
            let mark = Mark::Text { at: (style.indent, size * 1.15), size, text: line, weight };
            Chunk { height, marks: vec![mark], ..Chunk::default() }
        };
        lines.into_iter().enumerate().map(chunk).collect()
    }

    fn behind(&self, text: &str, width: f32, sign: impl Fn(f32) -> Mark) -> Vec<Chunk> {
        let style = Style { size: BODY, weight: Weight::Plain, indent: BODY * 1.4, after: 2.0 };
        let mut chunks = self.paragraph(text, width, &style);
        if let Some(first) = chunks.first_mut() {
            first.marks.push(sign(BODY * 1.15));
        }
        chunks
    }

    fn to_write(&self, label: &str, width: f32) -> Chunk {
        let wide = self.faces.width(label, BODY) + 4.0;
        // Beside a label that leaves no room one cannot write: the line is below it then.
        let (from, y) = if wide > width * 0.7 { (0.0, BODY * 3.6) } else { (wide, BODY * 1.8) };
        let mark = Mark::Text { at: (0.0, BODY * 1.6), size: BODY, text: label.to_owned(), weight: Weight::Plain };
        let rule = Mark::Rule { from: (from, y), to: (width, y), pen: Pen::Thin };
        Chunk { height: y + BODY * 0.5, marks: vec![mark, rule], ..Chunk::default() }
    }

    fn pair(&self, label: &str, text: &str, width: f32) -> Vec<Chunk> {
        let indent = (BODY * 7.0).min(width * 0.3);
        let style = Style { size: BODY, weight: Weight::Plain, indent, after: 1.0 };
        let labels = broken(label, BODY, indent - 4.0, self.faces);
        let mut chunks = self.paragraph(text, width, &style);
        while chunks.len() < labels.len() {
            chunks.push(Chunk { height: BODY * 1.5, ..Chunk::default() });
        }
        for (chunk, label) in chunks.iter_mut().zip(labels) {
            let mark = Mark::Text { at: (0.0, BODY * 1.15), size: BODY, text: label, weight: Weight::Grey };
            chunk.marks.push(mark);
        }
        chunks
    }

    fn table(&self, table: &Table, width: f32, size: f32) -> Vec<Chunk> {
        let all: f32 = table.columns.iter().map(|column| column.width).sum();
        let widths: Vec<f32> = table.columns.iter().map(|column| column.width / all.max(0.1) * width).collect();
        let heads: Vec<Cell> = table.columns.iter().map(|column| Cell::Text(column.head.clone())).collect();
        let mut head = self.row(&heads, &widths, (size, Weight::Bold)).into_iter().next().unwrap_or_default();
        let across = (widths.iter().sum(), 0.0);
        head.marks.push(Mark::Rule { from: (0.0, 0.0), to: across, pen: Pen::Thin });
        let head = std::rc::Rc::new(head);
        let first = Chunk { leads: true, ..(*head).clone() };
        let rows = table.rows.iter().flat_map(|row| self.row(row, &widths, (size, Weight::Plain)));
        let rows = rows.map(|chunk| Chunk { head: Some(head.clone()), ..chunk });
        let air = Chunk { height: 6.0, ..Chunk::default() };
        std::iter::once(first).chain(rows).chain(std::iter::once(air)).collect()
    }

    /// A row, in more than one piece where a cell is very long.
    fn row(&self, cells: &[Cell], widths: &[f32], (size, weight): (f32, Weight)) -> Vec<Chunk> {
        let texts: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| match cell {
                Cell::Text(text) => broken(text, size, width - 2.0 * PAD, self.faces),
                Cell::Tick => Vec::new(),
            })
            .collect();
        let most = texts.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let piece = |from| piece(cells, &texts, widths, (from, most), (size, weight));
        (0..most).step_by(LINES_A_ROW).map(piece).collect()
    }

    fn slot(&self, slot: &Slot, width: f32, scales: &[f32]) -> Chunk {
        let own = self.area / f32::from(slot.share.max(1));
        let all: f32 = slot.parts.iter().map(|(share, _)| share).sum();
        let gap = if slot.parts.len() > 1 { 10.0 } else { 0.0 };
        let (mut marks, mut left, mut height) = (Vec::new(), 0.0_f32, own);
        for (at, (share, blocks)) in slot.parts.iter().enumerate() {
            let room = share / all.max(0.1) * width;
            let inner = room - if at == 0 { gap } else { 2.0 * gap };
            let from = if at == 0 { 0.0 } else { left + gap };
            let (part, high) = self.part(blocks, (inner, own), scales);
            marks.extend(part.iter().map(|mark| mark.moved(from, 0.0)));
            // Two of them fit where the text is short; a longer text takes the room it needs.
            height = height.max(high);
            left += room;
            if at + 1 < slot.parts.len() {
                marks.push(Mark::Rule { from: (left, 4.0), to: (left, own - 6.0), pen: Pen::Cut });
            }
        }
        marks.push(Mark::Rule { from: (0.0, height - 1.0), to: (width, height - 1.0), pen: Pen::Cut });
        Chunk { height: height.min(self.area), marks, ..Chunk::default() }
    }

    /// A part of a slot in the largest of these sizes in which it fits, else in the last, and how high it is.
    fn part(&self, blocks: &[Block], (width, height): (f32, f32), scales: &[f32]) -> (Vec<Mark>, f32) {
        let mut part = (Vec::new(), 0.0);
        for scale in scales {
            let mut y = 6.0;
            part.0.clear();
            for chunk in blocks.iter().flat_map(|block| self.chunks(block, width / scale)) {
                part.0.extend(chunk.marks.iter().map(|mark| mark.moved(0.0, y).scaled(*scale)));
                y += chunk.height;
            }
            part.1 = (y + 6.0) * scale;
            if part.1 <= height {
                break;
            }
        }
        part
    }

    /// What stands around every page: its number, the village and the day, and that its people are invented.
    fn around(&self, page: &mut Page, print: &Print, words: &Words, (number, count): (usize, usize)) {
        let (width, height) = page.size;
        let edge = margin(print.format);
        let foot = height - edge;
        let numbers = words.say(&Message::new("paper-page").number("page", number).number("pages", count));
        let right = width - edge - self.faces.width(&numbers, SMALL);
        let grey = |at: (f32, f32), text: String| Mark::Text { at, size: SMALL, text, weight: Weight::Grey };
        page.marks.push(grey((edge, foot), print.footer.clone()));
        page.marks.push(grey((right, foot), numbers));
        if let Some(mark) = &print.mark {
            let left = (width - self.faces.width(mark, SMALL)) / 2.0;
            page.marks.push(grey((left, edge * 0.65), mark.clone()));
        }
    }
}

fn piece(
    cells: &[Cell],
    texts: &[Vec<String>],
    widths: &[f32],
    (from, most): (usize, usize),
    (size, weight): (f32, Weight),
) -> Chunk {
    let lines = (most - from).min(LINES_A_ROW);
    let height = size * 1.35 * lines as f32 + 2.0 * PAD;
    let (mut marks, mut left) = (Vec::new(), 0.0);
    let rule = |from, to| Mark::Rule { from, to, pen: Pen::Thin };
    marks.push(rule((0.0, 0.0), (0.0, height)));
    for ((cell, text), width) in cells.iter().zip(texts).zip(widths) {
        for (at, line) in text.iter().skip(from).take(lines).enumerate() {
            let y = PAD + size * (1.35 * at as f32 + 1.05);
            marks.push(Mark::Text { at: (left + PAD, y), size, text: line.clone(), weight });
        }
        if *cell == Cell::Tick && from == 0 {
            marks.push(Mark::Square(left + (width - size) / 2.0, (height - size) / 2.0, size));
        }
        left += width;
        marks.push(rule((left, 0.0), (left, height)));
    }
    marks.push(rule((0.0, height), (left, height)));
    Chunk { height, marks, ..Chunk::default() }
}
