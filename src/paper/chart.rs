//! Pictures: the people by age and sex, who had been told by each month, how old those are who are still to be told. Each
//! is drawn and stands as a table with the same numbers. Numbers only.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::message::Message;
use crate::domain::pyramid::{Counted, Pyramid, label};
use crate::ledger::charts::ProgrammeChart;
use crate::ledger::village::Village;
use crate::paper::block::{Bars, Block, Cell, Column, Format, Print, Table};
use crate::paper::frame;
use crate::paper::sheet::Listing;
use crate::words::Words;

/// A picture with its numbers.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What it is called.
    pub title: String,
    /// What it says in one sentence.
    pub about: String,
    /// What is drawn.
    pub bars: Bars,
    /// The same numbers.
    pub table: Table,
}

impl Drawn {
    /// The numbers as a table, for a spreadsheet.
    pub fn listing(self) -> Listing {
        Listing { title: self.title, above: Vec::new(), table: self.table, below: Vec::new() }
    }

    /// The drawing with its table below.
    pub fn print(self, around: (&Village, NaiveDate, &Words)) -> Print {
        let blocks = vec![
            Block::Title(self.title.clone()),
            Block::Text(self.about),
            Block::Bars(self.bars),
            Block::Space(6.0),
            Block::Table(self.table),
        ];
        frame(Format::A4, self.title, blocks, around)
    }
}

/// 人口图: everybody who lives here.
pub fn people(pyramid: &Pyramid, words: &Words) -> Drawn {
    let (all, aside) = (pyramid.total().all(), pyramid.aside.all());
    let about = Message::new("pyramid-paper").number("all", all).number("aside", aside);
    by_age(pyramid, words.text("pyramid-title"), words.say(&about), words)
}

/// Those of a programme who are still to be told.
pub fn ages(chart: &ProgrammeChart, words: &Words) -> Drawn {
    let name = words.pick(&chart.programme.names).to_owned();
    let title = words.say(&Message::new("chart-ages-title").text("programme", name));
    let about = Message::new("chart-ages-about").number("count", chart.to_tell.total().all());
    by_age(&chart.to_tell, title, words.say(&about), words)
}

fn by_age(pyramid: &Pyramid, title: String, about: String, words: &Words) -> Drawn {
    // The oldest stand at the top.
    let rows = pyramid.bands.iter().enumerate().rev().map(|(band, of)| (label(band), of.male, of.female)).collect();
    let bars = Bars { left: words.text("sex-male"), right: words.text("sex-female"), rows };
    let heads = ["pyramid-ages", "sex-male", "sex-female", "pyramid-unknown-sex", "pyramid-all"];
    let row = |ages: String, of: Counted| line(ages, &[of.male, of.female, of.unknown, of.all()]);
    let mut rows =
        vec![row(words.text("pyramid-all"), pyramid.total()), row(words.text("pyramid-aside"), pyramid.aside)];
    rows.extend(pyramid.bands.iter().enumerate().rev().map(|(band, of)| row(label(band), *of)));
    Drawn { title, about, bars, table: table(&heads, rows, words) }
}

/// How many of a programme had been told by the end of each month.
pub fn told(chart: &ProgrammeChart, words: &Words) -> Drawn {
    let name = words.pick(&chart.programme.names).to_owned();
    let month = |day: NaiveDate| {
        let said = Message::new("township-form-month").text("year", day.year().to_string());
        words.say(&said.text("month", day.month().to_string()))
    };
    let left = |told: u64| chart.eligible.saturating_sub(told);
    let rows = chart.told.iter().map(|(day, told)| (month(*day), *told, left(*told))).collect();
    let now = chart.told.last().map_or(0, |(_, told)| *told);
    let heads = ["chart-month", "lists-told", "lists-to-tell", "lists-eligible"];
    let lines = chart.told.iter().map(|(day, told)| line(month(*day), &[*told, left(*told), chart.eligible]));
    Drawn {
        title: words.say(&Message::new("chart-told-title").text("programme", name)),
        about: words.say(
            &Message::new("chart-told-about")
                .number("told", now)
                .number("eligible", chart.eligible)
                .number("declined", chart.declined),
        ),
        bars: Bars { left: words.text("lists-told"), right: words.text("lists-to-tell"), rows },
        table: table(&heads, lines.collect(), words),
    }
}

fn line(first: String, numbers: &[u64]) -> Vec<Cell> {
    std::iter::once(Cell::Text(first)).chain(numbers.iter().map(|number| Cell::Text(number.to_string()))).collect()
}

fn table(heads: &[&str], rows: Vec<Vec<Cell>>, words: &Words) -> Table {
    let columns = heads.iter().map(|key| Column { head: words.text(key), width: 10.0 }).collect();
    Table { columns, rows }
}
