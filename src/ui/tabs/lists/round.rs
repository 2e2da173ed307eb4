//! One programme's list as a walk through the village: its rows, its groups, its sections. All that takes longer than a
//! frame where a county is listed is made where it is read.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::resident::Residency;
use crate::ledger::error::Result;
use crate::ledger::lists::{List, ListRow};
use crate::ledger::sections::Section;
use crate::ledger::view::View;
use crate::ledger::village::group_order;
use crate::ui::widgets::person::Grounds;
use crate::ui::widgets::rows::Places;

/// What a round was read for: the revision, the day and the programme.
pub type Of = (i64, NaiveDate, String);

/// A list with its rows in the order of a walk through the village, and what its facts rest on.
pub struct Round {
    /// What it was read for.
    pub of: Of,
    /// The list.
    pub list: List,
    /// Where facts and the county's values come from.
    pub grounds: Grounds,
    /// The bare names of the groups in it, in their order.
    pub groups: Vec<String>,
}

impl Round {
    /// Reads it.
    pub fn read(view: &View, of: Of) -> Result<Self> {
        let mut list = view.list(&of.2, of.1)?;
        list.rows.sort_by_cached_key(|row| {
            (group_order(&row.group), number_order(&row.household), row.household_uid.clone(), row.uid.clone())
        });
        let mut groups: Vec<String> = list.rows.iter().map(|row| row.group.clone()).collect();
        groups.dedup();
        Ok(Self { of, list, grounds: Grounds::read(view)?, groups })
    }
}

/// Numbers by value, then other names.
pub fn number_order(text: &str) -> (u64, String) {
    (text.parse().unwrap_or(u64::MAX), text.to_owned())
}

/// Which rows are shown: the headline stays that of the whole village.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The bare name of a group; none for all.
    pub group: Option<String>,
    /// Living here or away; none for both and for those not known.
    pub residency: Option<Residency>,
}

impl Filter {
    /// Whether every row is shown.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn keeps(&self, row: &ListRow) -> bool {
        let residency = || row.facts.residency().map(|known| known.value);
        self.group.as_ref().is_none_or(|group| *group == row.group)
            && self.residency.is_none_or(|wanted| residency() == Some(wanted))
    }
}

/// A line of the table: a group's head or a person.
pub enum Line {
    /// A group's head.
    Group(Box<Head>),
    /// The place of a row in the list.
    Person(u32),
}

/// A group's head: its name, who looks after it, how many are below, and the first of them.
pub struct Head {
    /// Its bare name.
    pub name: String,
    /// Who looks after it.
    pub contact: String,
    /// How many are below it.
    pub people: usize,
    first: u32,
}

/// A round as it is filtered: the lines of each section.
pub struct Walk {
    /// What is walked through.
    pub round: Arc<Round>,
    lines: [Vec<Line>; Section::ALL.len()],
    counts: [usize; Section::ALL.len()],
    places: Places,
    /// Whether somebody has a last day to apply or to come.
    pub has_deadline: bool,
}

impl Walk {
    /// Puts the rows into their sections.
    pub fn new(round: Arc<Round>, filter: &Filter) -> Self {
        let rows = &round.list.rows;
        let lines = Section::ALL.map(|section| lines(rows, |row| filter.keeps(row) && section.keeps(row)));
        let counts =
            [0, 1, 2, 3, 4, 5].map(|at: usize| lines[at].iter().filter(|line| matches!(line, Line::Person(_))).count());
        let places = Places::of(rows.iter().map(|row| row.uid.as_str()).enumerate());
        let has_deadline = rows.iter().any(|row| row.turn.apply_by.is_some());
        Self { lines, counts, places, has_deadline, round }
    }

    fn at(section: Section) -> usize {
        Section::ALL.iter().position(|known| *known == section).unwrap_or_default()
    }

    /// The lines of a section.
    pub fn lines(&self, section: Section) -> &[Line] {
        &self.lines[Self::at(section)]
    }

    /// How many people stand in a section.
    pub fn count(&self, section: Section) -> usize {
        self.counts[Self::at(section)]
    }

    /// The people of a section.
    pub fn people(&self, section: Section) -> impl Iterator<Item = &ListRow> {
        (0..self.lines(section).len()).filter_map(move |line| self.row_at(section, line))
    }

    /// The person of a line.
    pub fn row_at(&self, section: Section, line: usize) -> Option<&ListRow> {
        match self.lines(section).get(line)? {
            Line::Group(_) => None,
            Line::Person(row) => self.round.list.rows.get(*row as usize),
        }
    }

    /// The uid of a line.
    pub fn uid_at(&self, section: Section, line: usize) -> Option<&str> {
        self.row_at(section, line).map(|row| row.uid.as_str())
    }

    /// The line of somebody.
    pub fn line_of(&self, section: Section, uid: &str) -> Option<usize> {
        let row = u32::try_from(self.places.find(uid)?).ok()?;
        let before = |line: &Line| match line {
            Line::Group(head) => head.first <= row,
            Line::Person(known) => *known < row,
        };
        let line = self.lines(section).partition_point(before);
        (self.uid_at(section, line) == Some(uid)).then_some(line)
    }
}

fn lines(rows: &[ListRow], keeps: impl Fn(&ListRow) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut head = None;
    for (index, row) in (0..).zip(rows).filter(|(_, row)| keeps(row)) {
        let at = match head {
            Some((at, group)) if group == &row.group => at,
            _ => {
                let (name, contact) = (row.group.clone(), row.contact.clone());
                lines.push(Line::Group(Box::new(Head { name, contact, people: 0, first: index })));
                lines.len() - 1
            }
        };
        head = Some((at, &row.group));
        if let Line::Group(head) = &mut lines[at] {
            head.people += 1;
        }
        lines.push(Line::Person(index));
    }
    lines
}
