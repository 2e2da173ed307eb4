//! 签到表: who is expected at a session, with a box to tick and lines for who comes unannounced. It stays in the village. Its
//! number, name and box are headed as the clinic's answer is, so that it can be read in as one.

use chrono::NaiveDate;

use crate::domain::campaign::SessionKind;
use crate::domain::mask::MaskedName;
use crate::domain::message::Message;
use crate::domain::resident::worded;
use crate::ledger::campaigns::sheets::CampaignSheet;
use crate::ledger::campaigns::{AppointmentRow, SessionRow};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Cell, Column, Format, Print, Table};
use crate::paper::campaign::{age, day_words, times, title, when_and_where};
use crate::paper::sheet::Listing;
use crate::paper::{child, frame, group_words};
use crate::words::Words;

/// Lines for who comes unannounced.
const WALK_INS: usize = 6;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionColumn {
    /// The place in the session, as on the list at the door.
    Order,
    /// The appointment's number.
    Number,
    /// 姓名
    Name,
    /// 村民小组
    Group,
    /// 户号
    Household,
    /// 住址, where the clinic goes from house to house.
    Address,
    /// 性别
    Sex,
    /// Completed years on the day.
    Age,
    /// 电话
    Phone,
    /// Day and times; only in the spreadsheet, whose sessions stand below one another.
    Session,
    /// A box to tick.
    Came,
}
worded!(SessionColumn, "paper-column" {
    Order => "order", Number => "number", Name => "name", Group => "group", Household => "household",
    Address => "address", Sex => "sex", Age => "age", Phone => "phone", Session => "session", Came => "came",
});

impl SessionColumn {
    /// The keys of all of them.
    pub fn keys() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.as_str()).collect()
    }

    /// Those of a paper for a session of this kind.
    fn printed(kind: SessionKind) -> Vec<Self> {
        let (home, other) = match kind {
            SessionKind::Home => (Self::Address, Self::Household),
            SessionKind::Everybody | SessionKind::Women => (Self::Household, Self::Address),
        };
        let has = |column: &Self| *column == home || !(*column == other || *column == Self::Session);
        Self::ALL.iter().copied().filter(has).collect()
    }

    fn column(self, words: &Words) -> Column {
        let width = match self {
            Self::Order | Self::Age => 4.0,
            Self::Number | Self::Sex => 5.0,
            Self::Household | Self::Came => 6.0,
            Self::Group => 7.0,
            Self::Name => 9.0,
            Self::Phone => 10.0,
            Self::Session | Self::Address => 14.0,
        };
        Column { head: words.of(&self), width }
    }

    fn cell(self, row: &AppointmentRow, at: (usize, &SessionRow), sheet: &CampaignSheet, words: &Words) -> Cell {
        let ((order, session), person, children) = (at, &row.person, &sheet.children);
        let is_child = children.is_child(person.born());
        Cell::Text(match self {
            Self::Order => order.to_string(),
            Self::Number => row.number.to_string(),
            // Without whom to ask: by the name alone the list is read in again.
            Self::Name if is_child => MaskedName::of(&person.name).as_str().to_owned(),
            Self::Name => person.name.clone(),
            Self::Group => group_words(words, &person.group),
            Self::Household => person.household.clone(),
            Self::Address => person.address.clone(),
            Self::Sex => person.sex().map(|sex| words.of(&sex)).unwrap_or_default(),
            Self::Age => age(row, session.edit.on),
            Self::Phone if is_child => child::phone(&person.household_uid, children),
            Self::Phone => person.phone.clone(),
            Self::Session => format!("{} {}", day_words(session.edit.on, words), times(&session.edit)),
            Self::Came => return Cell::Tick,
        })
    }
}

/// The paper: each session begins a page.
pub fn print(sheet: &CampaignSheet, around: (&Village, NaiveDate, &Words)) -> Print {
    let words = around.2;
    let title = title("session-roster-title", &sheet.campaign.edit.name, words);
    let mut blocks = Vec::new();
    for (at, rows) in sheet.sessions() {
        if !blocks.is_empty() {
            blocks.push(Block::NewPage);
        }
        blocks.extend(page(sheet, at, &rows, (&title, words)));
    }
    frame(Format::A4, title, blocks, around)
}

fn page(sheet: &CampaignSheet, at: usize, rows: &[&AppointmentRow], (title, words): (&str, &Words)) -> Vec<Block> {
    let session = &sheet.campaign.sessions[at];
    let columns = SessionColumn::printed(session.edit.kind);
    let seats = Message::new("session-roster-seats").number("people", rows.len()).number("seats", session.edit.seats);
    let mut blocks = vec![
        Block::Title(title.to_owned()),
        Block::Text(when_and_where(&session.edit, sheet.campaign.place(session), words)),
    ];
    if !session.edit.staff.is_empty() {
        blocks.push(Block::Pair(words.text("session-roster-staff"), session.edit.staff.clone()));
    }
    blocks.push(Block::Small(words.say(&seats)));
    blocks.push(Block::Space(4.0));
    let line = |(order, row): (usize, &&AppointmentRow)| {
        columns.iter().map(|column| column.cell(row, (order + 1, session), sheet, words)).collect()
    };
    let blank = |column: &SessionColumn| match column {
        SessionColumn::Came => Cell::Tick,
        _ => Cell::Text(String::new()),
    };
    let walk_ins = std::iter::repeat_with(|| columns.iter().map(blank).collect()).take(WALK_INS);
    let lines = rows.iter().enumerate().map(line).chain(walk_ins).collect();
    let columns = columns.iter().map(|column| column.column(words)).collect();
    blocks.push(Block::Table(Table { columns, rows: lines }));
    blocks.push(Block::Small(words.text("session-roster-walk-ins")));
    blocks.push(Block::Write(words.text("session-roster-by")));
    blocks
}

/// The same as a spreadsheet, the sessions below one another.
pub fn listing(sheet: &CampaignSheet, words: &Words) -> Listing {
    let mut rows = Vec::new();
    for (at, people) in sheet.sessions() {
        let session = &sheet.campaign.sessions[at];
        let line = |(order, row): (usize, &&AppointmentRow)| {
            SessionColumn::ALL.iter().map(|column| column.cell(row, (order + 1, session), sheet, words)).collect()
        };
        rows.extend(people.iter().enumerate().map(line));
    }
    let columns = SessionColumn::ALL.iter().map(|column| column.column(words)).collect();
    let title = title("session-roster-title", &sheet.campaign.edit.name, words);
    Listing { title, above: Vec::new(), table: Table { columns, rows }, below: Vec::new() }
}
