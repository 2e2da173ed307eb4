//! What the villages' files say together: was everybody told? Villages stand in the order of their codes; where many have
//! not been told, help is needed. Nothing here is by who came.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::hand_up::chain::{forks, gaps};
use crate::domain::hand_up::{Link, Measure};
use crate::ledger::error::Result;
use crate::ledger::store::{members, received};
use crate::ledger::township::MemberRow;
use crate::ledger::view::View;

/// Fewer not told than this are what every village has; more, and less than half told, is where help is needed.
const MANY_NOT_TOLD: i64 = 20;

/// One programme's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Covered {
    /// Whom it concerns.
    pub eligible: i64,
    /// Of them, who was told.
    pub told: i64,
    /// Those who could apply and would lose it after 31 December.
    pub ending: i64,
    /// What they would lose, in fen, as far as it is known.
    pub ending_fen: i64,
    /// Persons paid in the year.
    pub paid_persons: i64,
    /// Paid in the year, in fen.
    pub paid_fen: i64,
}

/// A village's numbers.
#[derive(Clone, Debug)]
pub struct CoverageRow {
    /// The village.
    pub member: MemberRow,
    /// Its newest file; none while none came.
    pub file: Option<NewestFile>,
    /// Numbers of files that have not come.
    pub gaps: Vec<u64>,
    /// Numbers at which two laptops wrote.
    pub forks: Vec<u64>,
    /// By programme.
    pub programmes: BTreeMap<String, Covered>,
    /// People who live there.
    pub residents: i64,
    /// Records in which something is missing.
    pub quality: i64,
}

/// The newest file of a village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestFile {
    /// Its number.
    pub number: u64,
    /// The month whose numbers it brings.
    pub month: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// Days since.
    pub age: i64,
    /// Synthetic people.
    pub demo: bool,
}

impl CoverageRow {
    /// Not told yet, over the programmes.
    pub fn not_told(&self) -> i64 {
        self.programmes.values().map(|of| of.eligible - of.told).sum()
    }

    /// Whether many there have not been told.
    pub fn needs_help(&self) -> bool {
        let told: i64 = self.programmes.values().map(|of| of.told).sum();
        self.not_told() >= MANY_NOT_TOLD && told < self.not_told()
    }
}

/// All villages together.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Village by village, in the order of their codes.
    pub rows: Vec<CoverageRow>,
    /// Sums by programme.
    pub programmes: BTreeMap<String, Covered>,
}

impl View {
    /// What the newest file of each village says.
    pub fn coverage(&self, today: NaiveDate) -> Result<Coverage> {
        let files = received::files(self.conn())?;
        let mut rows = Vec::new();
        let mut programmes: BTreeMap<String, Covered> = BTreeMap::new();
        for member in members::all(self.conn())? {
            let of = files.get(&member.id).map_or(&[][..], Vec::as_slice);
            let row = self.coverage_row(member.row, of, today)?;
            for (programme, covered) in &row.programmes {
                add(programmes.entry(programme.clone()).or_default(), covered);
            }
            rows.push(row);
        }
        Ok(Coverage { rows, programmes })
    }

    fn coverage_row(&self, member: MemberRow, files: &[received::File], today: NaiveDate) -> Result<CoverageRow> {
        let links: Vec<Link> = files.iter().map(|file| file.link.clone()).collect();
        let newest = received::newest(files);
        let counts =
            newest.map(|file| received::counts_of(self.conn(), file.id, &file.month)).transpose()?.unwrap_or_default();
        let mut row = CoverageRow {
            member,
            file: newest.map(|file| NewestFile {
                number: file.link.number,
                month: file.month.clone(),
                made_on: file.made_on,
                age: (today - file.made_on).num_days(),
                demo: file.demo,
            }),
            gaps: gaps(&links),
            forks: forks(&links),
            programmes: BTreeMap::new(),
            residents: 0,
            quality: 0,
        };
        for ((programme, measure), number) in counts {
            match measure {
                Measure::Residents => row.residents = number,
                Measure::Quality => row.quality = number,
                _ if programme.is_empty() => {}
                measure => put(row.programmes.entry(programme).or_default(), measure, number),
            }
        }
        row.programmes.retain(|_, of| *of != Covered::default());
        Ok(row)
    }

    /// The numbers of all newest files added up, by programme and measure: what a township hands up to its county. What
    /// happened in a month counts in that month alone, however old the file is.
    pub(in crate::ledger) fn summed(&self, month: &str) -> Result<BTreeMap<(String, Measure), i64>> {
        let mut sums = BTreeMap::new();
        for files in received::files(self.conn())?.into_values() {
            let Some(file) = received::newest(&files) else { continue };
            let is_of_it = file.month == month;
            let counts = received::counts_of(self.conn(), file.id, &file.month)?;
            for (of, number) in counts.into_iter().filter(|(of, _)| is_of_it || !of.1.is_of_the_month()) {
                *sums.entry(of).or_default() += number;
            }
        }
        Ok(sums)
    }
}

fn put(into: &mut Covered, measure: Measure, number: i64) {
    match measure {
        Measure::Eligible => into.eligible = number,
        Measure::Told => into.told = number,
        Measure::Ending => into.ending = number,
        Measure::EndingFen => into.ending_fen = number,
        Measure::PaidPersons => into.paid_persons = number,
        Measure::PaidFen => into.paid_fen = number,
        _ => {}
    }
}

fn add(into: &mut Covered, more: &Covered) {
    into.eligible += more.eligible;
    into.told += more.told;
    into.ending += more.ending;
    into.ending_fen += more.ending_fen;
    into.paid_persons += more.paid_persons;
    into.paid_fen += more.paid_fen;
}
