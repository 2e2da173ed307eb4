//! 人口图: the people who live here by age and sex, drawn and as a table with the same numbers. Numbers only.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::pyramid::{Counted, Pyramid, label};
use crate::ledger::village::Village;
use crate::paper::block::{Bars, Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::paper::sheet::Listing;
use crate::words::Words;

/// The numbers as a table, for a spreadsheet.
pub fn listing(pyramid: &Pyramid, words: &Words) -> Listing {
    Listing { title: words.text("pyramid-title"), above: Vec::new(), table: table(pyramid, words), below: Vec::new() }
}

/// The drawing with its table below.
pub fn print(pyramid: &Pyramid, (village, on, words): (&Village, NaiveDate, &Words)) -> Print {
    let title = words.text("pyramid-title");
    let bars = pyramid.bands.iter().enumerate().rev().map(|(band, of)| (label(band), of.male, of.female)).collect();
    let total = pyramid.total();
    let about = Message::new("pyramid-paper").number("all", total.all()).number("aside", pyramid.aside.all());
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Text(words.say(&about)),
        Block::Bars(Bars { left: words.text("sex-male"), right: words.text("sex-female"), rows: bars }),
        Block::Space(6.0),
        Block::Table(table(pyramid, words)),
    ];
    frame(Format::A4, title, blocks, (village, on, words))
}

fn table(pyramid: &Pyramid, words: &Words) -> Table {
    let heads = ["pyramid-ages", "sex-male", "sex-female", "pyramid-unknown-sex", "pyramid-all"];
    let columns = heads.iter().map(|key| Column { head: words.text(key), width: 10.0 }).collect();
    let row = |ages: String, of: Counted| {
        let numbers = [of.male, of.female, of.unknown, of.all()].map(|count| Cell::Text(count.to_string()));
        std::iter::once(Cell::Text(ages)).chain(numbers).collect()
    };
    let mut rows: Vec<Vec<Cell>> =
        pyramid.bands.iter().enumerate().rev().map(|(band, of)| row(label(band), *of)).collect();
    rows.push(row(words.text("pyramid-aside"), pyramid.aside));
    rows.push(row(words.text("pyramid-all"), pyramid.total()));
    Table { columns, rows }
}
