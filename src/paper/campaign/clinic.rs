//! 交给卫生院的名单: whom the clinic is to expect, in the columns it needs and no others, and an empty one for who came. Its
//! heads are those by which the answer is read ([`crate::ledger::campaigns::clinic`]). Whose own agreement or consent does
//! not send them there stays in the village, and so does a child whose guardian has not agreed.

use crate::domain::campaign::AppointmentState;
use crate::domain::consent::Ground;
use crate::domain::disclosure::Recipient;
use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::programme::Kind;
use crate::domain::resident::worded;
use crate::ledger::campaigns::sheets::CampaignSheet;
use crate::ledger::campaigns::{AppointmentRow, SessionRow};
use crate::ledger::error::{LedgerError, Result};
use crate::paper::block::{Cell, Column, Table};
use crate::paper::campaign::{age, programme_names, title};
use crate::paper::group_words;
use crate::paper::sheet::Listing;
use crate::words::Words;

/// A column: these, always all of them. There is none for an id number: the clinic asks the person for the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClinicColumn {
    /// The appointment's number, by which the answer is read.
    Number,
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// Completed years on the day.
    Age,
    /// 村民小组
    Group,
    /// 电话
    Phone,
    /// The day.
    Day,
    /// From when to when: a day may have several sessions.
    Time,
    /// What is done.
    Programme,
    /// Empty: whether they came.
    Came,
}
worded!(ClinicColumn, "paper-column" {
    Number => "number", Name => "name", Sex => "sex", Age => "age", Group => "group", Phone => "phone", Day => "day",
    Time => "time", Programme => "programme", Came => "came",
});

impl ClinicColumn {
    /// The keys of all of them.
    pub fn keys() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.as_str()).collect()
    }

    fn column(self, words: &Words) -> Column {
        let width = match self {
            Self::Sex | Self::Age => 4.0,
            Self::Number => 5.0,
            Self::Group => 6.0,
            Self::Name | Self::Came => 9.0,
            Self::Phone | Self::Day | Self::Time => 10.0,
            Self::Programme => 16.0,
        };
        Column { head: words.of(&self), width }
    }

    /// Of a child whom a guardian speaks for the clinic is told no more than whom to expect, and when.
    fn is_for_child(self) -> bool {
        !matches!(self, Self::Sex | Self::Age | Self::Group | Self::Phone)
    }

    fn cell(self, sheet: &CampaignSheet, (row, session): (&AppointmentRow, &SessionRow), words: &Words) -> Cell {
        let person = &row.person;
        if sheet.children.is_child(person.born()) && !self.is_for_child() {
            return Cell::Text(String::new());
        }
        Cell::Text(match self {
            Self::Number => row.number.to_string(),
            Self::Name => person.name.clone(),
            Self::Sex => person.sex().map(|sex| words.of(&sex)).unwrap_or_default(),
            Self::Age => age(row, session.edit.on),
            Self::Group => group_words(words, &person.group),
            Self::Phone => person.phone.clone(),
            Self::Day => session.edit.on.to_string(),
            Self::Time => format!("{}–{}", session.edit.from.format("%H:%M"), session.edit.to.format("%H:%M")),
            Self::Programme => words.list(&programme_names(&sheet.campaign, row, words)),
            Self::Came => String::new(),
        })
    }
}

/// On what ground somebody goes to the clinic: a day that they agreed to is their own appointment, a day that was only
/// proposed is not. All of a campaign's programmes are checks and vaccinations: one rule for both.
fn ground(sheet: &CampaignSheet, row: &AppointmentRow) -> Option<Ground> {
    let offer = match row.state {
        AppointmentState::Agreed | AppointmentState::Came => State::Booked,
        AppointmentState::Planned | AppointmentState::Invited => State::Told,
        _ => return None,
    };
    Ground::of(Kind::Check, offer, row.clinic, sheet.children.voice(&row.person.uid, row.person.born()))
}

/// How many of those with a seat stay in the village.
pub fn left_out(sheet: &CampaignSheet) -> usize {
    sheet.campaign.appointments.iter().filter(|row| ground(sheet, row).is_none()).count()
}

/// The list.
///
/// # Errors
/// `paper-clinic-nowhere` where it is not for an office.
pub fn listing(sheet: &CampaignSheet, (recipient, purpose): (&Recipient, &str), words: &Words) -> Result<Listing> {
    if !matches!(recipient, Recipient::Office(name) if !name.trim().is_empty()) {
        return Err(LedgerError::refused("paper-clinic-nowhere"));
    }
    let mut rows = Vec::new();
    for (at, people) in sheet.sessions() {
        let session = &sheet.campaign.sessions[at];
        let line = |row: &AppointmentRow| {
            ClinicColumn::ALL.iter().map(|column| column.cell(sheet, (row, session), words)).collect()
        };
        rows.extend(people.into_iter().filter(|row| ground(sheet, row).is_some()).map(line));
    }
    let about = Message::new("paper-roster-about")
        .number("rows", rows.len())
        .text("purpose", purpose.trim())
        .text("recipient", words.say(&recipient.message()));
    let columns = ClinicColumn::ALL.iter().map(|column| column.column(words)).collect();
    Ok(Listing {
        title: title("clinic-list-title", &sheet.campaign.edit.name, words),
        above: vec![words.say(&about), words.text("clinic-list-marks")],
        table: Table { columns, rows },
        below: Vec::new(),
    })
}
