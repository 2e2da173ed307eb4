//! Counts that may go out as statistics: which measures, which of them are hidden together, and what is left out so that
//! nobody is recognised in a small number. Counts alone; nothing here knows a person.
//!
//! What is published is so chosen that no measure is a sum or a difference of others: of payments the months are there
//! and the year so far is not, of checks and applications what happened in a month and not what stands at its end, because
//! two ends of months would tell what happened between them. What concerns the quality of the records is the village's own.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::hand_up::Measure;
use crate::domain::suppress::{Areas, Table};

/// Numbers by programme and measure; what is not there is 0.
pub type Numbers = BTreeMap<(String, Measure), i64>;

/// A month: what each area without parts sent of it, by the area's number; none where it sent nothing.
pub type Month = Vec<Option<Numbers>>;

/// One number that is published, or left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The month, as 2026-11.
    pub month: String,
    /// The area's number.
    pub area: usize,
    /// The programme's id; empty for what is counted of the area as a whole.
    pub programme: String,
    /// What is counted.
    pub measure: Measure,
    /// How many, or fen; none where it is left out.
    pub number: Option<i64>,
}

/// Measures that are shown or hidden together: those that are parts of each other, and money with the persons who get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    /// Who lives there.
    People,
    /// Whom it concerns and who was told.
    Concerned,
    /// Of whom something must be asked first.
    Ask,
    /// Who could apply now, and what lapses.
    Open,
    /// Checks and vaccinations of the month.
    Checked,
    /// Applications begun in the month.
    Began,
    /// Applications granted in the month.
    Granted,
    /// Payments of the month.
    Paid,
}

impl Block {
    /// Those of a programme, without the one that hides the others.
    const FINER: [Self; 6] = [Self::Ask, Self::Open, Self::Checked, Self::Began, Self::Granted, Self::Paid];

    fn measures(self) -> &'static [Measure] {
        match self {
            Self::People => &[Measure::Residents, Measure::Households],
            Self::Concerned => &[Measure::Eligible, Measure::Told],
            Self::Ask => &[Measure::Ask],
            Self::Open => &[Measure::Open, Measure::Ending, Measure::OpenFen, Measure::EndingFen],
            Self::Checked => &[Measure::MonthChecked],
            Self::Began => &[Measure::MonthBegan],
            Self::Granted => &[Measure::MonthGranted],
            Self::Paid => &[Measure::MonthPaidPersons, Measure::MonthPaidFen],
        }
    }

    /// Whether it stands at the end of a month, and so nearly the same at the next: then it is hidden in all months or none.
    fn stands(self) -> bool {
        !self.measures()[0].is_of_the_month()
    }
}

/// Whether a measure is published at all.
pub fn is_published(measure: Measure) -> bool {
    [Block::People, Block::Concerned].iter().chain(&Block::FINER).any(|block| block.measures().contains(&measure))
}

/// Whether a village said, with these numbers, how things stand, and not only what happened in the month.
pub fn says_how_it_stands(numbers: &Numbers) -> bool {
    numbers.contains_key(&(String::new(), Measure::Residents))
}

/// All that is published of some months, in the order of months, areas, programmes and measures.
///
/// Where who lives in an area is hidden, so is everything else of it; where whom a programme concerns is, so is the rest of
/// the programme there: what is a part would say that the whole is no less.
pub fn publish(areas: &Areas, months: &BTreeMap<String, Month>) -> Vec<Cell> {
    let of = Publishing { areas, months };
    let mut cells = Vec::new();
    let people = of.block("", Block::People, &vec![false; areas.len()], &mut cells);
    for programme in of.programmes() {
        let concerned = of.block(programme, Block::Concerned, &people, &mut cells);
        for block in Block::FINER {
            of.block(programme, block, &concerned, &mut cells);
        }
    }
    cells.sort();
    cells
}

struct Publishing<'a> {
    areas: &'a Areas,
    months: &'a BTreeMap<String, Month>,
}

impl<'a> Publishing<'a> {
    fn programmes(&self) -> BTreeSet<&'a str> {
        let numbers = self.months.values().flatten().flatten().flat_map(BTreeMap::keys);
        numbers.map(|(programme, _)| programme.as_str()).filter(|programme| !programme.is_empty()).collect()
    }

    /// Publishes a block of a programme; the areas that are hidden in it, in any month where months are told apart by nothing.
    fn block(&self, programme: &str, block: Block, anyway: &[bool], cells: &mut Vec<Cell>) -> Vec<bool> {
        let (names, tables): (Vec<&String>, Vec<Table>) =
            self.months.iter().map(|(name, month)| (name, self.table(month, programme, block))).unzip();
        let together = block.stands().then(|| self.areas.hidden(&persons(&tables, block), anyway));
        for (name, table) in names.into_iter().zip(&tables) {
            let is_nothing = table.iter().flatten().flatten().all(|number| *number == 0);
            if is_nothing {
                continue;
            }
            let alone = || self.areas.hidden(&persons(std::slice::from_ref(table), block), anyway);
            let hidden = together.clone().unwrap_or_else(alone);
            for (at, measure) in block.measures().iter().enumerate() {
                let numbers: Vec<Option<i64>> = table.iter().map(|of| of.as_ref().map(|of| of[at])).collect();
                let left_out = self.areas.left_out(&numbers, &hidden);
                for (area, number) in numbers.into_iter().enumerate() {
                    let Some(number) = number else { continue };
                    let number = (!left_out[area]).then_some(number);
                    let programme = programme.to_owned();
                    cells.push(Cell { month: name.clone(), area, programme, measure: *measure, number });
                }
            }
        }
        together.unwrap_or_else(|| anyway.to_vec())
    }

    /// The numbers of a block in a month, with their sums.
    fn table(&self, month: &Month, programme: &str, block: Block) -> Table {
        let of = |numbers: &Numbers| {
            let number =
                |measure: &Measure| numbers.get(&(programme.to_owned(), *measure)).copied().unwrap_or(0).max(0);
            block.measures().iter().map(number).collect()
        };
        let is_there = |numbers: &&Numbers| !block.stands() || says_how_it_stands(numbers);
        let mut table: Table = month.iter().map(|numbers| numbers.as_ref().filter(is_there).map(of)).collect();
        table.resize(self.areas.len(), None);
        self.areas.sum(&mut table);
        table
    }
}

/// The tables without money, which goes with the persons.
fn persons(tables: &[Table], block: Block) -> Vec<Table> {
    let count = block.measures().iter().filter(|measure| !measure.is_money()).count();
    let without = |numbers: &Option<Vec<i64>>| numbers.as_ref().map(|numbers| numbers[..count].to_vec());
    tables.iter().map(|table| table.iter().map(without).collect()).collect()
}

#[cfg(test)]
#[path = "statistics_tests.rs"]
mod tests;
