//! 走访单: a round on paper, household by household in the order of the walk; each line has boxes to tick and the code that
//! is typed in again in the evening. Nothing that was written by hand stands on it, and nothing that somebody refused.

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::resident::worded;
use crate::ledger::children::Children;
use crate::ledger::rounds::{RoundSheet, Stop, StopPerson};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::sheet::Listing;
use crate::paper::{child, frame, group_words};
use crate::words::Words;

/// A column of the spreadsheet; the paper has the same in fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundColumn {
    /// The code to type.
    Code,
    /// 村民小组
    Group,
    /// 户号
    Household,
    /// 住址
    Address,
    /// 姓名
    Name,
    /// Completed years on the day of the paper.
    Age,
    /// 电话
    Phone,
    /// The programme.
    Programme,
    /// A box to tick by hand.
    Tick,
}
worded!(RoundColumn, "paper-column" {
    Code => "code", Group => "group", Household => "household", Address => "address", Name => "name", Age => "age",
    Phone => "phone", Programme => "programme", Tick => "tick",
});

impl RoundColumn {
    /// The keys of all of them.
    pub fn keys() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.as_str()).collect()
    }

    fn width(self) -> f32 {
        match self {
            Self::Code | Self::Group | Self::Household => 6.0,
            Self::Age | Self::Tick => 4.0,
            Self::Name => 8.0,
            Self::Phone => 10.0,
            Self::Address | Self::Programme => 14.0,
        }
    }
}

/// How many people stand on it.
pub fn people(sheet: &RoundSheet) -> usize {
    sheet.stops.iter().map(|stop| stop.people.len()).sum()
}

/// How many lines there are: one a person and programme.
fn lines(sheet: &RoundSheet) -> usize {
    sheet.stops.iter().flat_map(|stop| &stop.people).map(|person| person.tasks.len()).sum()
}

/// The paper.
pub fn print(sheet: &RoundSheet, (village, on, words): (&Village, NaiveDate, &Words)) -> Print {
    let title = title(sheet, words);
    let about = Message::new("round-about").number("stops", sheet.stops.len()).number("lines", lines(sheet));
    let head = |key: &str, width: f32| Column { head: words.text(key), width };
    let columns = vec![head("round-where", 15.0), head("round-what", 71.0), head("round-note", 14.0)];
    let mut rows = Vec::new();
    let mut group = None;
    for stop in &sheet.stops {
        let is_new = group.replace(stop.group.as_str()) != Some(stop.group.as_str());
        let mut place: Vec<String> = is_new.then(|| group_words(words, &stop.group)).into_iter().collect();
        place.push(place_words(stop, words));
        let of = |person| task_lines(person, (stop, &sheet.children), on, words);
        let tasks: Vec<String> = stop.people.iter().flat_map(of).collect();
        rows.push(vec![Cell::Text(place.join("\n")), Cell::Text(tasks.join("\n")), Cell::Text(String::new())]);
    }
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Small(words.say(&about)),
        Block::Small(words.text("round-signs")),
        Block::Table(Table { columns, rows }),
    ];
    frame(Format::A4, title, blocks, (village, on, words))
}

fn title(sheet: &RoundSheet, words: &Words) -> String {
    words.say(&Message::new("round-title").date("on", sheet.made_on))
}

/// The address without what the group says already, or the household's number.
fn place_words(stop: &Stop, words: &Words) -> String {
    match (stop.address.as_str(), stop.household.as_str()) {
        ("", "") => words.text("household-none"),
        ("", number) => words.say(&Message::new("ui-household").text("number", number)),
        (address, _) => address.to_owned(),
    }
}

/// Name and phone as they stand on the paper: of a child the masked name and who heads the household, whose phone it is.
fn who(person: &StopPerson, (stop, children): (&Stop, &Children), words: &Words) -> (String, String) {
    if children.is_child(person.born) {
        let at = &stop.household_uid;
        return (child::named(&person.name, at, children, words), child::phone(at, children));
    }
    (person.name.clone(), person.phone.clone())
}

fn task_lines(person: &StopPerson, at: (&Stop, &Children), on: NaiveDate, words: &Words) -> Vec<String> {
    let (name, phone) = who(person, at, words);
    let who = [name, age_words(person.born, on, words), phone];
    let who: Vec<String> = who.into_iter().filter(|text| !text.is_empty()).collect();
    let line = |(at, (code, programme)): (usize, &(_, std::sync::Arc<crate::domain::programme::Programme>))| {
        // Whom one speaks to stands on the first of their lines.
        let who = if at == 0 { who.join(" ") } else { "　".to_owned() };
        format!("□1 □2 □x  {code}  {who}  {}", words.pick(&programme.names))
    };
    person.tasks.iter().enumerate().map(line).collect()
}

fn age_words(born: Option<PartialDate>, on: NaiveDate, words: &Words) -> String {
    let day = born.and_then(PartialDate::day);
    day.map(|day| words.say(&Message::new("ui-age").number("age", age_on(day, on)))).unwrap_or_default()
}

/// The same as a spreadsheet.
pub fn listing(sheet: &RoundSheet, on: NaiveDate, words: &Words) -> Listing {
    let column = |column: &RoundColumn| Column { head: words.of(column), width: column.width() };
    let mut rows = Vec::new();
    for stop in &sheet.stops {
        for person in &stop.people {
            let (name, phone) = who(person, (stop, &sheet.children), words);
            for (code, programme) in &person.tasks {
                let cell = |column: &RoundColumn| {
                    Cell::Text(match column {
                        RoundColumn::Code => code.to_string(),
                        RoundColumn::Group => group_words(words, &stop.group),
                        RoundColumn::Household => stop.household.clone(),
                        RoundColumn::Address => stop.address.clone(),
                        RoundColumn::Name => name.clone(),
                        RoundColumn::Age => age_words(person.born, on, words),
                        RoundColumn::Phone => phone.clone(),
                        RoundColumn::Programme => words.pick(&programme.names).to_owned(),
                        RoundColumn::Tick => return Cell::Tick,
                    })
                };
                rows.push(RoundColumn::ALL.iter().map(cell).collect());
            }
        }
    }
    let table = Table { columns: RoundColumn::ALL.iter().map(column).collect(), rows };
    Listing { title: title(sheet, words), above: vec![words.text("round-signs")], table, below: Vec::new() }
}
