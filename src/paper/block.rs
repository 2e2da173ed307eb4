//! What a paper consists of, before it has pages. Texts are finished sentences; nothing here knows a resident.

/// The size of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 210 × 297 mm.
    A4,
    /// The same, lying.
    A4Wide,
    /// 148 × 210 mm.
    A5,
}

impl Format {
    /// Width and height in points of 1/72 inch.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::A4Wide => (841.89, 595.28),
            Self::A5 => (419.53, 595.28),
        }
    }
}

/// A paper.
#[derive(Clone, Debug)]
pub struct Print {
    /// The size of its pages.
    pub format: Format,
    /// What the file is called by programs that show it; the title on the page is a block of its own.
    pub title: String,
    /// At the foot of each page, before the page's number: the village and the day.
    pub footer: String,
    /// At the head of each page: that the people are invented.
    pub mark: Option<String>,
    /// What stands on it.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// In the middle, large.
    Title(String),
    /// Larger than the rest, on one line where it fits there in a smaller size.
    Large(String),
    /// Above what belongs to it; never the last thing on a page.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph of less weight.
    Small(String),
    /// A paragraph behind a dot.
    Item(String),
    /// A paragraph behind a box to tick.
    Tick(String),
    /// A label, and a line to write on by hand.
    Write(String),
    /// A label, and beside it what is said.
    Pair(String, String),
    /// Nothing, this many points high.
    Space(f32),
    /// A table; its head is repeated on each page.
    Table(Table),
    /// A table to be read from afar.
    LargeTable(Table),
    /// Bars to both sides of their labels.
    Bars(Bars),
    /// A share of the page's height, cut off along its lower edge; parts lie side by side, cut off from each other.
    Slot(Slot),
    /// The same, and a part that is too long for its share is set smaller until it fits.
    Fitted(Slot),
    /// What follows begins a page.
    NewPage,
}

/// Several of them share a page and are cut apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// How many share a page.
    pub share: u8,
    /// Side by side, each with its share of the width.
    pub parts: Vec<(f32, Vec<Block>)>,
}

/// Bars to both sides of their labels, one pair a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// What the left side is called.
    pub left: String,
    /// What the right side is called.
    pub right: String,
    /// Label, left and right number, from the top.
    pub rows: Vec<(String, u64, u64)>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands at its head.
    pub head: String,
    /// Its share of the width.
    pub width: f32,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A box to tick by hand.
    Tick,
}

impl Print {
    /// All texts of its blocks, one after another; for whoever checks what stands on a paper.
    pub fn texts(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.blocks.iter().for_each(|block| block.texts(&mut found));
        found
    }
}

/// A line of a paper as it is looked at on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Above what belongs to it.
    Head(String),
    /// A text, or a row of a table.
    Text(String),
    /// A label, and what is said, or room to write.
    Pair(String, String),
    /// Of less weight.
    Small(String),
}

impl Print {
    /// All that stands on it, line by line.
    pub fn lines(&self) -> Vec<Line> {
        let mut found = Vec::new();
        self.blocks.iter().for_each(|block| block.lines(&mut found));
        found
    }
}

impl Block {
    fn lines(&self, found: &mut Vec<Line>) {
        match self {
            Self::Title(text) | Self::Large(text) | Self::Heading(text) => found.push(Line::Head(text.clone())),
            Self::Text(text) => found.push(Line::Text(text.clone())),
            Self::Small(text) => found.push(Line::Small(text.clone())),
            Self::Item(text) => found.push(Line::Text(format!("· {text}"))),
            Self::Tick(text) => found.push(Line::Text(format!("□ {text}"))),
            Self::Write(label) => found.push(Line::Pair(label.clone(), "__________".to_owned())),
            Self::Pair(label, text) => found.push(Line::Pair(label.clone(), text.clone())),
            // The same numbers stand in the table.
            Self::Space(_) | Self::NewPage | Self::Bars(_) => {}
            Self::Table(table) | Self::LargeTable(table) => {
                let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
                found.push(Line::Small(heads.join("  ")));
                let row = |row: &Vec<Cell>| row.iter().map(Cell::shown).collect::<Vec<_>>().join("  ");
                found.extend(table.rows.iter().map(|cells| Line::Text(row(cells))));
            }
            Self::Slot(slot) | Self::Fitted(slot) => {
                slot.parts.iter().flat_map(|(_, part)| part).for_each(|block| block.lines(found));
            }
        }
    }

    fn texts<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Title(text) | Self::Heading(text) | Self::Text(text) | Self::Small(text) => found.push(text),
            Self::Item(text) | Self::Tick(text) | Self::Write(text) | Self::Large(text) => found.push(text),
            Self::Pair(label, text) => found.extend([label.as_str(), text]),
            Self::Space(_) | Self::NewPage => {}
            Self::Bars(bars) => {
                found.extend([bars.left.as_str(), &bars.right]);
                found.extend(bars.rows.iter().map(|(label, ..)| label.as_str()));
            }
            Self::Table(table) | Self::LargeTable(table) => {
                found.extend(table.columns.iter().map(|column| column.head.as_str()));
                found.extend(table.rows.iter().flatten().filter_map(|cell| match cell {
                    Cell::Text(text) => Some(text.as_str()),
                    Cell::Tick => None,
                }));
            }
            Self::Slot(slot) | Self::Fitted(slot) => {
                slot.parts.iter().flat_map(|(_, part)| part).for_each(|block| block.texts(found));
            }
        }
    }
}

impl Cell {
    /// As it is shown in a table on the screen.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Tick => "□".to_owned(),
        }
    }
}
