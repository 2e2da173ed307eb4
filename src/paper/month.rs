//! 月报 and 年报: what happened, by programme, in numbers alone; what was found after closing stands beside its number.

use chrono::NaiveDate;

use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::months::{MonthSheet, SheetState};
use crate::ledger::village::Village;
use crate::paper::block::{Bars, Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::paper::sheet::Listing;
use crate::words::Words;

/// What stands in the columns.
pub const MEASURES: [Measure; 5] = [
    Measure::MonthChecked,
    Measure::MonthBegan,
    Measure::MonthGranted,
    Measure::MonthPaidPersons,
    Measure::MonthPaidFen,
];

/// What the paper is called.
pub fn title(sheet: &MonthSheet, words: &Words) -> String {
    let key = if sheet.of.len() == 4 { "month-paper-year" } else { "month-paper-title" };
    words.say(&Message::new(key).text("of", sheet.of.clone()))
}

/// How it stands: open, or closed with or without later corrections.
pub fn about(sheet: &MonthSheet, words: &Words) -> String {
    let message = match &sheet.state {
        SheetState::Open => Message::new("month-paper-open"),
        SheetState::Summed => Message::new("month-paper-summed"),
        SheetState::Closed(closed) if closed.adjustments.is_empty() => {
            Message::new("month-closed").date("on", closed.closed_on)
        }
        SheetState::Closed(closed) => Message::new("month-closed-later").date("on", closed.closed_on),
    };
    words.say(&message)
}

/// A number as it stands, and what was found later in brackets: 41（+2）.
pub fn number(sheet: &MonthSheet, programme: &str, measure: Measure) -> String {
    let shown = |number: i64| if measure.is_money() { yuan(number) } else { number.to_string() };
    let key = (programme.to_owned(), measure);
    match &sheet.state {
        SheetState::Open | SheetState::Summed => shown(sheet.numbers.get(&key).copied().unwrap_or(0)),
        SheetState::Closed(closed) => {
            let own = closed.numbers.get(&key).copied().unwrap_or(0);
            match closed.corrected(programme, measure) - own {
                0 => shown(own),
                later if later > 0 => format!("{}（+{}）", shown(own), shown(later)),
                later => format!("{}（-{}）", shown(own), shown(-later)),
            }
        }
    }
}

fn table(sheet: &MonthSheet, words: &Words) -> Table {
    let column = |head: String, width| Column { head, width };
    let columns = std::iter::once(column(words.text("paper-column-programme"), 20.0))
        .chain(MEASURES.iter().map(|measure| column(words.say(&short(*measure)), 9.0)))
        .collect();
    let row = |(id, name): &(String, String)| {
        let numbers = MEASURES.iter().map(|measure| Cell::Text(number(sheet, id, *measure)));
        std::iter::once(Cell::Text(name.clone())).chain(numbers).collect()
    };
    Table { columns, rows: named(sheet, words).iter().map(row).collect() }
}

/// The head of a measure's column.
pub fn short(measure: Measure) -> Message {
    Message::new(format!("month-head-{}", measure.as_str()))
}

/// The programmes of which there is something, by id and name.
fn named(sheet: &MonthSheet, words: &Words) -> Vec<(String, String)> {
    let name = |programme: &std::sync::Arc<crate::domain::programme::Programme>| {
        (programme.id.clone(), words.pick(&programme.names).to_owned())
    };
    sheet.programmes.iter().map(name).collect()
}

/// For a spreadsheet.
pub fn listing(sheet: &MonthSheet, words: &Words) -> Listing {
    let above = vec![about(sheet, words)];
    Listing { title: title(sheet, words), above, table: table(sheet, words), below: Vec::new() }
}

/// The picture: who was checked, and who was paid.
pub fn bars(sheet: &MonthSheet, words: &Words) -> Bars {
    let count = |id: &str, measure| {
        let key = (id.to_owned(), measure);
        let number = match &sheet.state {
            SheetState::Closed(closed) => closed.corrected(id, measure),
            SheetState::Open | SheetState::Summed => sheet.numbers.get(&key).copied().unwrap_or(0),
        };
        u64::try_from(number).unwrap_or(0)
    };
    let bar = |(id, name): &(String, String)| {
        (name.clone(), count(id, Measure::MonthChecked), count(id, Measure::MonthPaidPersons))
    };
    let rows = named(sheet, words).iter().map(bar).collect();
    let (left, right) = (words.say(&short(Measure::MonthChecked)), words.say(&short(Measure::MonthPaidPersons)));
    Bars { left, right, rows }
}

/// For printing, with the picture.
pub fn print(sheet: &MonthSheet, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = title(sheet, words);
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Text(about(sheet, words)),
        Block::Table(table(sheet, words)),
        Block::Space(6.0),
        Block::Bars(bars(sheet, words)),
    ];
    frame(Format::A4, title, blocks, around)
}
