//! The turns of a programme: what is offered, told and attended is counted within one. A turn may depend on the person:
//! a child's visit point, the second dose.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;

use crate::domain::programme::clause::Num;
use crate::domain::programme::local::Resolve;
use crate::domain::programme::{Amount, Bilingual, Programme, amount};
use crate::domain::resident::Facts;

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

impl DayOfYear {
    /// Reads 12-31.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // 2000 is a leap year: 02-29 is a day of the year.
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }

    /// That day of a year; 29 February is the 28th where there is none.
    pub fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(|| NaiveDate::from_ymd_opt(year, self.month, 28))
    }
}

impl TryFrom<String> for DayOfYear {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("expected a day of the year such as 12-31")
    }
}

/// A day of the year that the rule or the county sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a day of the year such as \"12-31\", or { local = \"key\" }")]
pub enum ApplyBy {
    /// As the rule says.
    Fixed(DayOfYear),
    /// Set by the county.
    Local(LocalDay),
}

/// A day of the year that the county sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalDay {
    /// The key of the programme's `[[local]]`.
    pub local: String,
    /// What the county set; none while it is not known.
    #[serde(skip)]
    pub value: Option<DayOfYear>,
}

/// Once from January to December.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The last day to come or to apply; absent where there is none.
    pub apply_by: Option<ApplyBy>,
}

impl CalendarYear {
    fn day(&self, year: i32) -> Option<NaiveDate> {
        match self.apply_by.as_ref()? {
            ApplyBy::Fixed(day) => day.of(year),
            ApplyBy::Local(day) => day.value?.of(year),
        }
    }
}

/// A visit point: the window around an age.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The stored name, such as `m3`.
    pub name: String,
    /// What it is called.
    pub names: Bilingual,
    /// The age in months.
    #[serde(default)]
    pub months: u32,
    /// Days added to it.
    #[serde(default)]
    pub days: u64,
    /// How many days before that the window opens.
    #[serde(default)]
    pub before: u64,
    /// How many days after it closes.
    #[serde(default)]
    pub after: u64,
    /// It closes on the day before this age in months instead.
    pub until_months: Option<u32>,
}

impl Point {
    /// The window for somebody born on a day: both days included.
    pub fn window(&self, born: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let at = point_at(born, self.months)?.checked_add_days(Days::new(self.days))?;
        let first = at.checked_sub_days(Days::new(self.before))?;
        let last = match self.until_months {
            Some(months) => point_at(born, months)?.pred_opt()?,
            None => at.checked_add_days(Days::new(self.after))?,
        };
        Some((first, last))
    }
}

/// The day on which a child is so many months old: whole years as ages are counted; for months, the last day of a month
/// that has no such day, as periods of months end by the Civil Code (art. 202).
fn point_at(born: NaiveDate, months: u32) -> Option<NaiveDate> {
    if months.is_multiple_of(12) { months_after(born, months) } else { born.checked_add_months(Months::new(months)) }
}

/// Several doses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doses {
    /// How many.
    pub count: u32,
    /// Months between two.
    pub gap_months: u32,
}

/// How often a programme may be had.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repetition {
    /// Once a calendar year.
    CalendarYear(CalendarYear),
    /// Every so many months: who is due is seen by the clause on the last service; told once a calendar year.
    EveryMonths(Num),
    /// At ages, each with its window.
    Points(Vec<Point>),
    /// So many doses, months apart.
    Doses(Doses),
    /// Once a school half-year: from March, from September.
    Semester,
    /// Once a school year: from September.
    SchoolYear,
    /// Told once; there is no last day, but perhaps one in each year to apply.
    Once(CalendarYear),
}

impl Repetition {
    pub(super) fn local_keys<'r>(&'r self, keys: &mut Vec<&'r str>) {
        match self {
            Self::CalendarYear(CalendarYear { apply_by: Some(ApplyBy::Local(day)) })
            | Self::Once(CalendarYear { apply_by: Some(ApplyBy::Local(day)) }) => keys.push(&day.local),
            Self::EveryMonths(months) => keys.extend(months.local_key()),
            _ => {}
        }
    }

    pub(super) fn resolve(&mut self, with: &Resolve<'_>) {
        match self {
            Self::CalendarYear(CalendarYear { apply_by: Some(ApplyBy::Local(day)) })
            | Self::Once(CalendarYear { apply_by: Some(ApplyBy::Local(day)) }) => day.value = with.day(&day.local),
            Self::EveryMonths(months) => months.resolve(with),
            _ => {}
        }
    }
}

/// One turn of a programme for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// The stored name, such as `2026` or `m3`.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day; far ahead where there is none.
    pub last: NaiveDate,
    /// The last day to come or to apply, where there is one.
    pub apply_by: Option<NaiveDate>,
    /// The day by which everybody should have been told: the last day to apply, or the end of the year.
    pub ends: NaiveDate,
}

/// A day that no turn reaches: the end of those that have none.
pub const NO_END: NaiveDate = NaiveDate::MAX;

impl Turn {
    fn between(name: String, first: NaiveDate, last: NaiveDate, apply_by: Option<NaiveDate>) -> Self {
        Self { name, first, last, apply_by, ends: apply_by.unwrap_or(last) }
    }

    fn year(year: i32, apply_by: Option<NaiveDate>) -> Self {
        let (first, last) = year_of(year);
        Self::between(year.to_string(), first, last, apply_by)
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether one of these services took place in it.
    pub fn has_one_of(&self, services: &[NaiveDate]) -> bool {
        services.iter().any(|day| self.contains(*day))
    }

    /// The last of these services before it.
    pub fn last_before(&self, services: &[NaiveDate]) -> Option<NaiveDate> {
        services.iter().copied().filter(|day| *day < self.first).max()
    }
}

impl Programme {
    /// The turn in which somebody stands on a day, after these services of this programme.
    pub fn turn(&self, facts: &Facts, services: &[NaiveDate], as_of: NaiveDate) -> Turn {
        let born = facts.born.map(|born| born.value.earliest());
        match &self.repetition {
            Repetition::Points(points) => {
                // Where two births are possible that stand at different points, none is guessed.
                let latest = facts.born.map(|born| born.value.latest());
                let at = |born: Option<NaiveDate>| born.and_then(|born| point_turn(points, born, as_of));
                let turn = at(born).filter(|turn| at(latest).is_some_and(|other| other.name == turn.name));
                turn.unwrap_or_else(|| Turn::year(as_of.year(), None))
            }
            Repetition::Doses(doses) => dose_turn(*doses, services, as_of),
            Repetition::CalendarYear(_) if self.amount == Some(Amount::ChildSubsidy) => {
                let open = born.and_then(|born| amount::open_claim(born, as_of));
                Turn::year(as_of.year(), open.map(|claim| claim.apply_by))
            }
            _ => self.common_turn(as_of),
        }
    }

    /// The first day on which a service of this day decides nothing any more: neither the turn that runs nor when the next
    /// may be had. None where it always does: doses are counted, and what is had once is had.
    pub fn service_counts_until(&self, on: NaiveDate) -> Option<NaiveDate> {
        let year = |of: NaiveDate| year_of(of.year()).1.succ_opt();
        match &self.repetition {
            Repetition::CalendarYear(_) => year(on),
            // The interval is looked at as of the turn's beginning, and shown until the turn ends.
            Repetition::EveryMonths(months) => {
                months_after(on, u32::try_from(months.value()?).ok()?).and_then(|again| year(again.max(on)))
            }
            // No window is longer than a year.
            Repetition::Points(_) => months_after(on, 12)?.succ_opt(),
            Repetition::Semester => semester(on).last.succ_opt(),
            Repetition::SchoolYear => school_year(on).last.succ_opt(),
            Repetition::Doses(_) | Repetition::Once(_) => None,
        }
    }

    /// The turn of a day for everybody alike; where it depends on the person, the calendar year.
    pub fn common_turn(&self, as_of: NaiveDate) -> Turn {
        let year = as_of.year();
        match &self.repetition {
            Repetition::CalendarYear(yearly) => Turn::year(year, yearly.day(year)),
            Repetition::Semester => semester(as_of),
            Repetition::SchoolYear => school_year(as_of),
            Repetition::Once(yearly) => {
                let ahead = |year| yearly.day(year).filter(|day| as_of <= *day);
                let apply_by = ahead(year).or_else(|| ahead(year + 1));
                let turn = open_ended("once".to_owned(), NaiveDate::MIN, as_of);
                Turn { apply_by, ends: apply_by.unwrap_or(turn.ends), ..turn }
            }
            Repetition::EveryMonths(_) | Repetition::Points(_) | Repetition::Doses(_) => Turn::year(year, None),
        }
    }

    /// Whether all stand in the same turn on a day.
    pub fn turn_is_common(&self) -> bool {
        let personal = matches!(self.repetition, Repetition::Points(_) | Repetition::Doses(_));
        !personal && self.amount != Some(Amount::ChildSubsidy)
    }
}

fn year_of(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}

/// Without a last day: whoever is not told by the end of the year has waited long enough.
fn open_ended(name: String, first: NaiveDate, as_of: NaiveDate) -> Turn {
    Turn { name, first, last: NO_END, apply_by: None, ends: year_of(as_of.year()).1 }
}

/// The point whose window contains the day, or the next; none after the last.
fn point_turn(points: &[Point], born: NaiveDate, as_of: NaiveDate) -> Option<Turn> {
    let turns = points.iter().filter_map(|point| {
        let (first, last) = point.window(born)?;
        Some(Turn::between(point.name.clone(), first, last, Some(last)))
    });
    turns.into_iter().find(|turn| as_of <= turn.last)
}

/// The dose whose time it is: the next one's begins when the months since the one before are over.
fn dose_turn(doses: Doses, services: &[NaiveDate], as_of: NaiveDate) -> Turn {
    let mut given: Vec<NaiveDate> = services.iter().copied().filter(|day| *day <= as_of).collect();
    given.sort_unstable();
    // All are given, even where one came early: nobody is asked to come once more.
    if let Some(last) = given.get(doses.count.saturating_sub(1) as usize) {
        return open_ended(doses.count.to_string(), *last, as_of);
    }
    let (mut dose, mut first) = (1, NaiveDate::MIN);
    for day in given {
        let Some(next) = months_after(day, doses.gap_months).filter(|next| *next <= as_of) else { break };
        (dose, first) = (dose + 1, next);
    }
    open_ended(dose.to_string(), first, as_of)
}

fn semester(as_of: NaiveDate) -> Turn {
    let (year, month) = (as_of.year(), as_of.month());
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let before = |date: NaiveDate| date.pred_opt().unwrap_or_default();
    if (3..9).contains(&month) {
        return Turn::between(format!("{year}-spring"), day(year, 3, 1), before(day(year, 9, 1)), None);
    }
    let began = if month < 3 { year - 1 } else { year };
    Turn::between(format!("{began}-autumn"), day(began, 9, 1), before(day(began + 1, 3, 1)), None)
}

fn school_year(as_of: NaiveDate) -> Turn {
    let began = if as_of.month() < 9 { as_of.year() - 1 } else { as_of.year() };
    let day = |year| NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or_default();
    let last = day(began + 1).pred_opt().unwrap_or_default();
    Turn::between(format!("{began}-{}", began + 1), day(began), last, None)
}

/// The last day of a day's month.
pub(super) fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The same day so many months later; who is born on the 31st completes a month of 30 days on the first of the next.
pub fn months_after(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let moved = day.checked_add_months(Months::new(months))?;
    if moved.day() == day.day() { Some(moved) } else { moved.succ_opt() }
}
