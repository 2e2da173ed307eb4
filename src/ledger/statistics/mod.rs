//! Counts for whoever works with statistics: gathered from the newest files (or a village's own months), without small
//! numbers, and written as Parquet. What may be published is decided in [`crate::domain::statistics`].
//!
//! It lies here and not with the papers, as it is for programs and no words are in it; and as what leaves has to be written
//! whole, read back and written down before it gets its name, like the file of the month.

pub mod leave;
mod parquet;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::area_code::Level;
use crate::domain::hand_up::Measure;
use crate::domain::statistics::{Month, Numbers, is_published, publish};
use crate::domain::suppress::Areas;
use crate::ledger::error::Result;
use crate::ledger::hand_up::gather::month_of;
use crate::ledger::store::{members, received};
use crate::ledger::view::View;

/// What a folder is called that holds the sum of all that lie beside it.
pub const TOTAL: &str = "total";

/// Whose numbers: codes as they name the folders, the county's with 6 digits, the township's with 9, the village's with 12.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The county.
    pub county: String,
    /// The township, or [`TOTAL`] for the sum of the county.
    pub township: String,
    /// The village, or [`TOTAL`] for the sum of the township or county.
    pub village: String,
}

/// One number that is published, or left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StatisticsRow {
    /// Whose.
    #[serde(flatten)]
    pub place: Place,
    /// The month, as 2026-11.
    pub month: String,
    /// The programme's id; empty for what is counted of the place as a whole.
    pub programme: String,
    /// What is counted.
    #[serde(serialize_with = "word")]
    pub measure: Measure,
    /// How many, or fen; none where it was left out.
    pub number: Option<i64>,
    /// Whether it was left out, so that nobody is recognised in a small number.
    pub suppressed: bool,
}

fn word<S: serde::Serializer>(measure: &Measure, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(measure.as_str())
}

impl Place {
    /// The place of a code of twelve digits, as a part of what was gathered or as its sum.
    fn of(code: &str) -> Self {
        let part = |digits: usize| if code.len() == 12 { code[..digits].to_owned() } else { code.to_owned() };
        let (county, township) = (part(6), part(9));
        match crate::domain::area_code::AreaCode::parse(code).map(|code| code.level()) {
            Some(Level::County) => Self { county, township: TOTAL.to_owned(), village: TOTAL.to_owned() },
            Some(Level::Township) => Self { county, township, village: TOTAL.to_owned() },
            _ => Self { county, township, village: code.to_owned() },
        }
    }
}

/// What was gathered: places by number, and what each sent of which month.
struct Gathered {
    places: Vec<Place>,
    areas: Areas,
    months: BTreeMap<String, Month>,
}

impl Gathered {
    fn put(&mut self, area: usize, month: &str, numbers: Numbers) {
        let places = self.places.len();
        let of = self.months.entry(month.to_owned()).or_insert_with(|| vec![None; places]);
        if let Some(place) = of.get_mut(area).filter(|_| !numbers.is_empty()) {
            *place = Some(numbers);
        }
    }
}

impl View {
    /// What may be published of this ledger: of a township's, each village and their sum; of a county's, each township and
    /// their sum; of a village's, itself. By months, places, programmes and measures; small numbers are left out, and as many
    /// others as keep them from being worked out from the sums.
    pub fn statistics(&self, today: NaiveDate) -> Result<Vec<StatisticsRow>> {
        let gathered = if self.level()? == Level::Village { self.own_months(today)? } else { self.received_months()? };
        let Gathered { places, areas, months } = gathered;
        let row = |cell: crate::domain::statistics::Cell| StatisticsRow {
            place: places[cell.area].clone(),
            month: cell.month,
            programme: cell.programme,
            measure: cell.measure,
            number: cell.number,
            suppressed: cell.number.is_none(),
        };
        Ok(publish(&areas, &months).into_iter().map(row).collect())
    }

    /// This village's closed months with what was found later, and the month of today as it stands.
    fn own_months(&self, today: NaiveDate) -> Result<Gathered> {
        let mut areas = Areas::default();
        let area = areas.add(None);
        let places = vec![Place::of(&self.village()?.code)];
        let mut gathered = Gathered { places, areas, months: BTreeMap::new() };
        gathered.put(area, &month_of(today), self.publishable(self.counted_today(today)?)?);
        let pending = self.pending_adjustments(today)?;
        for closed in self.closed_months()? {
            let mut numbers = closed.numbers.clone();
            let pending = pending.iter().filter(|(month, _)| *month == closed.month).map(|(_, one)| one);
            for one in closed.adjustments.iter().chain(pending) {
                *numbers.entry((one.programme.clone(), one.measure)).or_default() += one.difference;
            }
            gathered.put(area, &closed.month, self.publishable(numbers)?);
        }
        Ok(gathered)
    }

    /// The months of all members, of each month the newest file that says something of it.
    fn received_months(&self) -> Result<Gathered> {
        let mut areas = Areas::default();
        let sum = areas.add(None);
        let (members, files) = (members::all(self.conn())?, received::files(self.conn())?);
        let mut places = vec![Place::of(&self.village()?.code)];
        places.extend(members.iter().map(|member| Place::of(&member.row.code)));
        let mut gathered = Gathered { places, areas, months: BTreeMap::new() };
        for member in &members {
            let area = gathered.areas.add(Some(sum));
            let files = files.get(&member.id).map_or(&[][..], Vec::as_slice);
            for month in self.months_of(files)? {
                let numbers = self.corrected_month(member.id, files, &month)?;
                gathered.put(area, &month, self.publishable(numbers)?);
            }
        }
        Ok(gathered)
    }

    fn months_of(&self, files: &[received::File]) -> Result<BTreeSet<String>> {
        let mut months = BTreeSet::new();
        for file in files {
            months.extend(received::months_of(self.conn(), file.id)?);
        }
        Ok(months)
    }

    /// A month of a member with what was found later.
    fn corrected_month(&self, member: i64, files: &[received::File], month: &str) -> Result<Numbers> {
        let (mut numbers, _) = self.received_month(files, month)?;
        for one in received::adjustments(self.conn(), member, month)? {
            let number = numbers.entry((one.programme, one.measure)).or_default();
            *number = number.saturating_add(one.difference);
        }
        Ok(numbers)
    }

    /// The numbers of programmes of which something may be told, and of the place as a whole.
    fn publishable(&self, mut numbers: Numbers) -> Result<Numbers> {
        let in_force = self.in_force()?;
        let may_be_told = |id: &str| in_force.iter().any(|of| of.id == id && of.may_be_told_of() && of.lists_people());
        numbers.retain(|(programme, measure), _| {
            let is_whole = measure.is_of_the_village() && programme.is_empty();
            is_published(*measure) && (is_whole || may_be_told(programme))
        });
        Ok(numbers)
    }
}
