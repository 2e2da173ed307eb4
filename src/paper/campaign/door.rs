//! 门口名单: what hangs at the door of a session, to be read from afar. Masked by construction: what goes in is a masked name
//! and a group.

use chrono::NaiveDate;

use crate::domain::resident::worded;
use crate::ledger::campaigns::sheets::{DoorSession, DoorSheet};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::campaign::{day_words, times};
use crate::paper::{frame, group_words};
use crate::words::Words;

/// A column: these, always all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorColumn {
    /// The place in the session.
    Order,
    /// 李*, 张*梅.
    MaskedName,
    /// 村民小组
    Group,
}
worded!(DoorColumn, "paper-column" { Order => "order", MaskedName => "masked-name", Group => "group" });

impl DoorColumn {
    /// The keys of all of them.
    pub fn keys() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.as_str()).collect()
    }

    fn column(self, words: &Words) -> Column {
        let width = match self {
            Self::Order => 5.0,
            Self::MaskedName => 12.0,
            Self::Group => 10.0,
        };
        Column { head: words.of(&self), width }
    }
}

/// The list: each session begins a page.
pub fn print(sheet: &DoorSheet, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let mut blocks = Vec::new();
    for session in &sheet.sessions {
        if !blocks.is_empty() {
            blocks.push(Block::NewPage);
        }
        blocks.extend(page(session, &sheet.name, words));
    }
    frame(Format::A4, super::title("door-list-title", &sheet.name, words), blocks, around)
}

fn page(session: &DoorSession, name: &str, words: &Words) -> Vec<Block> {
    let line = |(at, (name, group)): (usize, &(crate::domain::mask::MaskedName, String))| {
        let cell = |column: &DoorColumn| {
            Cell::Text(match column {
                DoorColumn::Order => (at + 1).to_string(),
                DoorColumn::MaskedName => name.as_str().to_owned(),
                DoorColumn::Group => group_words(words, group),
            })
        };
        DoorColumn::ALL.iter().map(cell).collect()
    };
    let table = Table {
        columns: DoorColumn::ALL.iter().map(|column| column.column(words)).collect(),
        rows: session.rows.iter().enumerate().map(line).collect(),
    };
    let mut blocks = vec![
        Block::Title(name.to_owned()),
        Block::Large(format!("{}　{}", day_words(session.edit.on, words), times(&session.edit))),
    ];
    if !session.place.is_empty() {
        blocks.push(Block::Large(session.place.clone()));
    }
    blocks.push(Block::Space(6.0));
    blocks.push(Block::LargeTable(table));
    blocks.push(Block::Text(words.text("door-list-others")));
    blocks.push(Block::Small(words.text("door-list-down")));
    blocks
}
