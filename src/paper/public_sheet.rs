//! 公示: what hangs on the notice board. Masked by construction: what goes in is a masked name, a year of birth and a
//! group; there is no column for an id number, a phone, an account, health or a reason, and none can be chosen.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::resident::worded;
use crate::ledger::material::{PublicRow, PublicSheet};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::{frame, group_words};
use crate::words::Words;

/// A column of the sheet: these, always all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicColumn {
    /// 李*, 张*梅.
    MaskedName,
    /// The year alone.
    YearOfBirth,
    /// 村民小组
    Group,
}
worded!(PublicColumn, "paper-column" {
    MaskedName => "masked-name", YearOfBirth => "year-of-birth", Group => "group",
});

impl PublicColumn {
    /// The keys of all of them.
    pub fn keys() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.as_str()).collect()
    }

    fn text(self, row: &PublicRow, words: &Words) -> String {
        match self {
            Self::MaskedName => row.name.as_str().to_owned(),
            Self::YearOfBirth => row.born.map(|year| year.to_string()).unwrap_or_default(),
            Self::Group => group_words(words, &row.group),
        }
    }
}

/// The sheet.
pub fn print(sheet: &PublicSheet, (village, on, words): (&Village, NaiveDate, &Words)) -> Print {
    let programme = words.pick(&sheet.programme.names).to_owned();
    let title = words.say(&Message::new("paper-public-sheet-title").text("programme", programme.clone()));
    let about = Message::new("paper-public-sheet-about").text("programme", programme).number("rows", sheet.rows.len());
    let days = Message::new("paper-public-sheet-days").date("from", sheet.put_up_on).date("to", sheet.down_by);
    let cells = |row: &PublicRow| PublicColumn::ALL.iter().map(|c| Cell::Text(c.text(row, words))).collect();
    let columns = PublicColumn::ALL.iter().map(|column| Column { head: words.of(column), width: 10.0 }).collect();
    let table = Table { columns, rows: sheet.rows.iter().map(cells).collect() };
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Text(words.say(&about)),
        Block::Text(words.say(&days)),
        Block::Space(4.0),
        Block::Table(table),
        Block::Text(words.text("paper-public-sheet-ask")),
        Block::Write(words.text("paper-write-phone")),
        Block::Write(words.text("paper-write-village")),
        Block::Small(words.text("paper-public-sheet-masked")),
    ];
    frame(Format::A4, title, blocks, (village, on, words))
}
