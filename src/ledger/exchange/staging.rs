//! Rows become people, each with what is wrong with it. Rows that name no person (titles, repeated headings, totals,
//! signatures) are left out. What the ledger already knows is not asked here.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hasher as _};
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::id_card::IdNumber;
use crate::domain::message::Message;
use crate::domain::name::PersonName;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Residency, Sex};
use crate::ledger::error::Result;
use crate::ledger::exchange::layout::{Layout, SheetLayout};
use crate::ledger::exchange::person::Reader;
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::progress::Progress;

/// A person as a roster tells of them. Empty texts and absent values mean that the roster says nothing.
#[derive(Clone, PartialEq)]
pub struct Incoming {
    /// The name.
    pub name: PersonName,
    /// The checked id number, which decides birth and sex.
    pub id: Option<IdNumber>,
    /// What a spreadsheet left of an id number.
    pub damaged_id: Option<[u8; 15]>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth, perhaps without day or month.
    pub born: Option<PartialDate>,
    /// Bare name of the group.
    pub group: Option<Arc<str>>,
    /// The household's number as written.
    pub household: Option<Arc<str>>,
    /// Rows with the same number here are one household, whatever they say; 0 is none.
    pub house: u32,
    /// The head's name as written.
    pub head: Option<Arc<str>>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Phone as given.
    pub phone: Box<str>,
    /// Address.
    pub address: Box<str>,
    /// Whether the person lives here.
    pub residency: Option<Residency>,
}

/// How a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The row can be used.
    Warning,
    /// The row cannot be used unless somebody known explains it.
    Rejects,
    /// The row says the same as an earlier one.
    Repeats,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// A stable word for it, such as `id_checksum`.
    pub code: &'static str,
    /// The heading of the column; empty where it is about the row.
    pub column: Arc<str>,
    /// What is wrong and what to do.
    pub message: Message,
    /// How it weighs.
    pub weight: Weight,
}

/// Tells a row from all others of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The place of the list among all lists of the file: rows of lists side by side have the same number.
    pub list: u16,
    /// The row's number as the spreadsheet program shows it.
    pub row: u32,
}

/// One row of a roster that tells of a person.
#[derive(Clone, PartialEq)]
pub struct StagedRow {
    /// The sheet's place in the file.
    pub sheet: u16,
    /// Its list's place among all lists of the file: a sheet may hold several side by side.
    pub list: u16,
    /// The row's number as the spreadsheet program shows it.
    pub row: u32,
    /// The person; none where there is no usable name.
    pub incoming: Option<Incoming>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl StagedRow {
    /// What decisions about the row are kept under.
    pub fn key(&self) -> RowKey {
        RowKey { list: self.list, row: self.row }
    }

    /// Whether the row cannot be used as it stands.
    pub fn is_rejected(&self) -> bool {
        self.incoming.is_none() || self.problems.iter().any(|problem| problem.weight == Weight::Rejects)
    }

    /// Whether the row repeats an earlier one.
    pub fn is_repeated(&self) -> bool {
        self.problems.iter().any(|problem| problem.weight == Weight::Repeats)
    }
}

/// No value of a person: rows may end up in a log.
impl std::fmt::Debug for StagedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "StagedRow({}:{}, {:?})",
            self.sheet,
            self.row,
            self.problems.iter().map(|p| p.code).collect::<Vec<_>>()
        )
    }
}

/// Reads every person of every sheet and hands them on one by one.
///
/// # Errors
/// Those of reading the file, of `take`, or that `progress` broke off.
pub fn stage(
    book: &mut Book,
    layout: &Layout,
    today: NaiveDate,
    progress: &dyn Progress,
    take: &mut dyn FnMut(StagedRow) -> Result<()>,
) -> Result<()> {
    let mut seen = Seen::default();
    let mut houses = 0;
    for (list, sheet) in layout.sheets.iter().enumerate() {
        let mut reader = Reader::new(sheet, today, houses);
        book.rows(sheet.sheet, progress, &mut |row| {
            if let Some(mut staged) = reader.read(row) {
                staged.list = list as u16;
                seen.check(&mut staged, sheet);
                take(staged)?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        houses = reader.houses();
    }
    Ok(())
}

/// Who was already met in this file.
#[derive(Default)]
struct Seen {
    by_id: HashMap<IdNumber, (u32, u64)>,
    without_id: HashMap<u64, u32>,
}

fn hash(parts: impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Seen {
    fn check(&mut self, staged: &mut StagedRow, sheet: &SheetLayout) {
        if staged.is_rejected() {
            return;
        }
        let Some(person) = &staged.incoming else { return };
        let name = hash(person.name.as_str());
        let problem = match person.id {
            Some(id) => match self.by_id.entry(id) {
                Entry::Vacant(place) => {
                    place.insert((staged.row, name));
                    None
                }
                Entry::Occupied(known) if known.get().1 == name => Some((known.get().0, Weight::Repeats)),
                Entry::Occupied(known) => Some((known.get().0, Weight::Rejects)),
            },
            // Without a number, only a row that is the same in all it says can be called the same person.
            None if person.born.is_none() && person.phone.is_empty() => None,
            None => {
                let born = person.born.map(|born| born.to_string());
                let sex = person.sex.map(Sex::as_str);
                let rest = (&person.group, &person.head, &person.phone, person.damaged_id);
                match self.without_id.entry(hash((name, born, sex, rest))) {
                    Entry::Vacant(place) => {
                        place.insert(staged.row);
                        None
                    }
                    Entry::Occupied(known) => Some((*known.get(), Weight::Repeats)),
                }
            }
        };
        if let Some((row, weight)) = problem {
            let code = if weight == Weight::Repeats { "row_repeated" } else { "id_conflict" };
            let key = if weight == Weight::Repeats { "row-repeated" } else { "id-conflict" };
            let column = if weight == Weight::Repeats { "".into() } else { sheet.id_title() };
            staged.problems.push(Problem {
                code,
                column,
                message: Message::new(key).number("row", i64::from(row)),
                weight,
            });
        }
    }
}
