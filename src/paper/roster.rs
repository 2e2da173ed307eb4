//! 服务名单: the people of one programme, in columns that are chosen from those below. There is no column for what
//! somebody does not want, and who does not want something stands on no roster. To an office goes only whom the person's
//! own application, appointment or consent sends there.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::consent::Ground;
use crate::domain::disclosure::Recipient;
use crate::domain::message::Message;
use crate::domain::offer::State;
use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::programme::Publicity;
use crate::domain::resident::{Residency, worded};
use crate::domain::rule::Holds;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::lists::{List, ListRow};
use crate::ledger::material::RosterFile;
use crate::ledger::sections::Section;
use crate::paper::block::{Cell, Column, Table};
use crate::paper::{child, group_words, sheet::Listing};
use crate::words::Words;

/// A column of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RosterColumn {
    /// 姓名
    Name,
    /// Completed years on the day of the list.
    Age,
    /// 村民小组
    Group,
    /// 户号
    Household,
    /// 电话
    Phone,
    /// 常住 or 外出
    Residency,
    /// Told, booked and so on; never that somebody does not want it.
    State,
    /// The group's contact person.
    Contact,
    /// The last day.
    Deadline,
    /// A box to tick by hand.
    Tick,
    /// 身份证号: only on wish, and only for an office.
    IdNumber,
}
worded!(RosterColumn, "paper-column" {
    Name => "name", Age => "age", Group => "group", Household => "household", Phone => "phone",
    Residency => "residency", State => "state", Contact => "contact", Deadline => "deadline", Tick => "tick",
    IdNumber => "id_number",
});

impl RosterColumn {
    /// Those that are chosen until somebody chooses otherwise.
    pub const USUAL: [Self; 5] = [Self::Name, Self::Age, Self::Group, Self::Phone, Self::Tick];

    /// Whether it may stand on a roster for this recipient: how far somebody is and who looks after them is the village's
    /// own business, id numbers are an office's.
    pub fn is_for(self, recipient: &Recipient) -> bool {
        match (self, recipient) {
            (Self::State | Self::Contact, Recipient::Office(_)) => false,
            (Self::IdNumber, recipient) => matches!(recipient, Recipient::Office(_)),
            _ => true,
        }
    }

    /// Its share of the width: characters, roughly.
    fn width(self) -> f32 {
        match self {
            Self::Name => 8.0,
            Self::Age | Self::Tick => 4.0,
            Self::Group | Self::Household | Self::Residency => 6.0,
            Self::Phone => 10.0,
            Self::State | Self::Contact => 8.0,
            Self::Deadline => 9.0,
            Self::IdNumber => 14.0,
        }
    }

    fn cell(self, row: &ListRow, as_of: NaiveDate, words: &Words) -> Cell {
        Cell::Text(match self {
            Self::Name => row.name.clone(),
            Self::Age => age(row, as_of),
            Self::Group => group_words(words, &row.group),
            Self::Household => row.household.clone(),
            Self::Phone => row.phone.clone(),
            Self::Residency => words.text(match row.facts.residency().map(|known| known.value) {
                Some(Residency::Here) => "residency-here",
                Some(Residency::Away) => "residency-away",
                None => "residency-unknown",
            }),
            Self::State if row.holds == Holds::Unknown => words.of(&Holds::Unknown),
            Self::State => words.of(&row.state),
            Self::Contact => row.contact.clone(),
            Self::Deadline => row.turn.apply_by.map(|day| day.to_string()).unwrap_or_default(),
            Self::Tick => return Cell::Tick,
            Self::IdNumber => row.id_number.clone(),
        })
    }
}

fn born(row: &ListRow) -> Option<PartialDate> {
    row.facts.born.map(|born| born.value)
}

fn age(row: &ListRow, as_of: NaiveDate) -> String {
    let born = born(row).and_then(PartialDate::day);
    born.map(|born| age_on(born, as_of).to_string()).unwrap_or_default()
}

/// What a roster is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Its columns, in the order of [`RosterColumn::ALL`].
    pub columns: Vec<RosterColumn>,
    /// Who stands on it.
    pub section: Section,
    /// Only this group, by its bare name; none for all.
    pub group: Option<String>,
    /// For whom.
    pub recipient: Recipient,
}

impl Roster {
    /// Whether it may be made like that.
    ///
    /// # Errors
    /// No column; a column that is not for this recipient; a programme that lists nobody, or of which nothing may be told.
    pub fn check(&self, list: &List) -> Result<()> {
        if !list.programme.lists_people() {
            return Err(LedgerError::refused("paper-lists-nobody"));
        }
        if self.columns.is_empty() {
            return Err(LedgerError::refused("paper-no-column"));
        }
        let is_wrong = |column: &&RosterColumn| !column.is_for(&self.recipient);
        match self.columns.iter().find(is_wrong) {
            Some(RosterColumn::IdNumber) => return Err(LedgerError::refused("paper-id-for-office")),
            Some(_) => return Err(LedgerError::refused("paper-not-for-office")),
            None => {}
        }
        let tells = self.is_for_office()
            || self.columns.contains(&RosterColumn::State)
            || !matches!(self.section, Section::Eligible | Section::Ask);
        if list.programme.publicity == Publicity::None && tells {
            return Err(LedgerError::refused("paper-tells-nothing"));
        }
        Ok(())
    }

    fn is_for_office(&self) -> bool {
        matches!(self.recipient, Recipient::Office(_))
    }

    /// Who was chosen, whether they may go to an office or not.
    fn chosen<'a>(&'a self, list: &'a List) -> impl Iterator<Item = &'a ListRow> {
        let is_of = |row: &&ListRow| self.group.as_ref().is_none_or(|group| *group == row.group);
        let is_wanted = |row: &&ListRow| row.state != State::Declined && self.section.keeps(row);
        list.rows.iter().filter(is_wanted).filter(is_of)
    }

    fn ground(file: &RosterFile, row: &ListRow) -> Option<Ground> {
        let (clinic, voice) = (file.clinic.get(&row.uid).copied(), file.children.voice(&row.uid, born(row)));
        let ground = Ground::of(file.list.programme.kind, row.state, clinic, voice);
        ground.filter(|_| row.holds == Holds::Yes)
    }

    /// The rows that stand on it.
    pub fn rows<'a>(&'a self, file: &'a RosterFile) -> impl Iterator<Item = &'a ListRow> {
        let may_go = |row: &&ListRow| !self.is_for_office() || Self::ground(file, row).is_some();
        self.chosen(&file.list).filter(may_go)
    }

    /// How many of those chosen stay in the village.
    pub fn left_out(&self, file: &RosterFile) -> usize {
        self.chosen(&file.list).count() - self.rows(file).count()
    }

    /// The keys of its columns.
    pub fn keys(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.as_str()).collect()
    }

    /// Of a child an office with the guardian's consent gets the name, and neither phone nor id number; on the village's
    /// own list the name is masked, and who heads the household stands beside it.
    fn cell(&self, column: RosterColumn, row: &ListRow, file: &RosterFile, words: &Words) -> Cell {
        let (is_child, at) = (file.children.is_child(born(row)), &row.household_uid);
        match (column, self.is_for_office()) {
            (RosterColumn::IdNumber, _) if is_child => Cell::Text(String::new()),
            // Who agreed that the clinic gets name and phone agreed to no more.
            (RosterColumn::IdNumber, _) if Self::ground(file, row) != Some(Ground::OwnWish) => {
                Cell::Text(String::new())
            }
            (RosterColumn::Phone, true) if is_child => Cell::Text(String::new()),
            (RosterColumn::Phone, false) if is_child => Cell::Text(child::phone(at, &file.children)),
            (RosterColumn::Name, false) if is_child => Cell::Text(child::named(&row.name, at, &file.children, words)),
            _ => column.cell(row, file.list.as_of, words),
        }
    }

    /// The list as it is handed out.
    ///
    /// # Errors
    /// As [`Roster::check`].
    pub fn listing(&self, file: &RosterFile, purpose: &str, words: &Words) -> Result<Listing> {
        let list = &file.list;
        self.check(list)?;
        let name = words.pick(&list.programme.names).to_owned();
        let column = |column: &RosterColumn| Column { head: words.of(column), width: column.width() };
        let cells = |row: &ListRow| self.columns.iter().map(|column| self.cell(*column, row, file, words)).collect();
        let table =
            Table { columns: self.columns.iter().map(column).collect(), rows: self.rows(file).map(cells).collect() };
        let title = Message::new("paper-roster-title").text("programme", name).number("year", list.as_of.year());
        let about = Message::new("paper-roster-about")
            .number("rows", table.rows.len())
            .text("purpose", purpose.trim())
            .text("recipient", words.say(&self.recipient.message()));
        Ok(Listing { title: words.say(&title), above: vec![words.say(&about)], table, below: Vec::new() })
    }
}
