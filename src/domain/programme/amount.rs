//! What a programme pays, in fen, with dated steps. An amount that is not confirmed is marked so; one that the county
//! sets is none until it is entered.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::domain::fact::FactKind;
use crate::domain::partial_date::{PartialDate, age_on, turns};
use crate::domain::programme::clause::{Age, Born};
use crate::domain::programme::local::Resolve;
use crate::domain::programme::turn::month_end;
use crate::domain::programme::{Bilingual, Clause, Kind, Num, Programme};
use crate::domain::resident::Facts;

/// What an amount is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// A calendar month.
    Month,
    /// A school half-year.
    Semester,
    /// A year.
    Year,
    /// Paid once.
    Once,
}

impl Per {
    fn times_a_year(self) -> i64 {
        match self {
            Self::Month => 12,
            Self::Semester => 2,
            Self::Year | Self::Once => 1,
        }
    }
}

/// An amount from a day on, until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedStep {
    /// The first day.
    pub from: NaiveDate,
    /// In fen.
    pub fen: i64,
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// Sourced.
    #[default]
    Sourced,
    /// 待核实: the last known; a later one is possible.
    Unverified,
    /// At least so much; a province may pay more.
    AtLeast,
    /// About so much, on average: the school grants by degrees.
    Average,
}

/// The same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// What it is counted by.
    pub per: Per,
    /// How sure it is.
    #[serde(default)]
    pub sure: Sure,
    /// The steps, the earliest first.
    pub steps: Vec<DatedStep>,
}

/// One of several cases between which the authority decides.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it is called where the conditions are told.
    pub names: Bilingual,
    /// Its amount.
    pub amount: Fixed,
}

/// An amount for an age range, set by the county.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The youngest age.
    pub from: i32,
    /// The oldest age.
    pub to: Option<i32>,
    /// The county's amount, in fen.
    pub fen: Num,
}

/// By age.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByAge {
    /// What it is counted by.
    pub per: Per,
    /// The bands.
    pub bands: Vec<Band>,
}

/// An amount for one value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForValue {
    /// The value.
    pub is: String,
    /// How sure it is.
    #[serde(default)]
    pub sure: Sure,
    /// In fen.
    pub fen: i64,
}

/// By a fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByFact {
    /// What it is counted by.
    pub per: Per,
    /// The kind of fact.
    pub kind: FactKind,
    /// One for each value.
    pub values: Vec<ForValue>,
}

/// Set by the county.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalAmount {
    /// What it is counted by.
    pub per: Per,
    /// In fen.
    pub fen: Num,
}

/// What a programme pays.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// The same for everybody.
    Fixed(Fixed),
    /// The authority decides between cases; everybody is told all of them.
    Cases(Vec<Case>),
    /// By age.
    ByAge(ByAge),
    /// By a fact.
    ByFact(ByFact),
    /// Set by the county.
    Local(LocalAmount),
    /// 育儿补贴: see [`child_subsidy`].
    ChildSubsidy,
}

impl Amount {
    pub(super) fn local_keys<'a>(&'a self, keys: &mut Vec<&'a str>) {
        match self {
            Self::ByAge(by) => keys.extend(by.bands.iter().filter_map(|band| band.fen.local_key())),
            Self::Local(local) => keys.extend(local.fen.local_key()),
            _ => {}
        }
    }

    pub(super) fn resolve(&mut self, with: &Resolve<'_>) {
        match self {
            Self::ByAge(by) => by.bands.iter_mut().for_each(|band| band.fen.resolve(with)),
            Self::Local(local) => local.fen.resolve(with),
            _ => {}
        }
    }
}

/// What may be had for one calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearAmount {
    /// The calendar year it is for.
    pub year: i32,
    /// In fen.
    pub fen: i64,
    /// The last day to apply; none where there is none.
    pub apply_by: Option<NaiveDate>,
    /// How sure it is.
    pub sure: Sure,
}

/// What may be had for one calendar year by somebody whose birth may be known in part: never guessed, but bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSpan {
    /// The calendar year it is for.
    pub year: i32,
    /// The least that the birth can mean, in fen.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// The last day to apply; none where there is none.
    pub apply_by: Option<NaiveDate>,
    /// How sure each of the two is.
    pub sure: Sure,
}

impl YearSpan {
    /// The amount, where every day that the birth can mean gives the same.
    pub fn exact(self) -> Option<YearAmount> {
        let Self { year, least: fen, apply_by, sure, .. } = self;
        (fen == self.most).then_some(YearAmount { year, fen, apply_by, sure })
    }
}

impl From<YearAmount> for YearSpan {
    fn from(amount: YearAmount) -> Self {
        let YearAmount { year, fen, apply_by, sure } = amount;
        Self { year, least: fen, most: fen, apply_by, sure }
    }
}

/// A claim to the child subsidy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The calendar year it is for.
    pub year: i32,
    /// In fen.
    pub fen: i64,
    /// The last day to apply: after it, that year's claim has lapsed.
    pub apply_by: NaiveDate,
}

/// 3,600 yuan a child and year, 300 a month, in fen. Source: domain.md 3.1, S8.
const YEARLY_FEN: i64 = 360_000;
const MONTHLY_FEN: i64 = 30_000;
/// The first year for which it is paid.
const FIRST_YEAR: i32 = 2025;

/// The claims of a child born on a day. Born from 2025: 3,600 yuan for each of three calendar years, the year of birth
/// first, for which the year after will do as well. Born 2022 to 2024: 300 yuan for each month from 2025 until the third
/// birthday, twelve months a calendar year. Source: domain.md 3.1, S8 and S10.
pub fn child_subsidy(born: NaiveDate) -> Vec<Claim> {
    let year = born.year();
    let end_of = |year| NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
    if year >= FIRST_YEAR {
        let claim = |n: i32| Claim { year: year + n, fen: YEARLY_FEN, apply_by: end_of(year + n.max(1)) };
        return (0..3).map(claim).collect();
    }
    let months = i64::from((year + 3 - FIRST_YEAR) * 12) + i64::from(born.month());
    if year < FIRST_YEAR - 3 {
        return Vec::new();
    }
    let claim = |n: i32| {
        let paid = (months - 12 * i64::from(n)).clamp(0, 12);
        Claim { year: FIRST_YEAR + n, fen: paid * MONTHLY_FEN, apply_by: end_of(FIRST_YEAR + n) }
    };
    (0..3).map(claim).filter(|claim| claim.fen > 0).collect()
}

/// The claim that is open on a day and lapses first.
pub fn open_claim(born: NaiveDate, on: NaiveDate) -> Option<Claim> {
    child_subsidy(born).into_iter().find(|claim| claim.year <= on.year() && on <= claim.apply_by)
}

impl Programme {
    /// What somebody born on a day may have, year by year. For what is paid until death, the present year alone; none
    /// where the authority decides between cases, a fact decides, or the county has not said.
    pub fn amounts(&self, born: NaiveDate, today: NaiveDate) -> Vec<YearAmount> {
        match &self.amount {
            Some(Amount::ChildSubsidy) => child_subsidy(born).into_iter().map(YearAmount::from).collect(),
            Some(Amount::Fixed(fixed)) if self.has_an_end() => self.months_by_year(born, today, fixed),
            // What a notice names is paid by the person, not to them.
            Some(_) if self.kind == Kind::Notice => Vec::new(),
            Some(_) => self.amount_in(born, today).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The same from a birth of which the day or the month may be missing: the least and the most that the days it can
    /// mean give, year by year.
    pub fn amounts_between(&self, born: PartialDate, today: NaiveDate) -> Vec<YearSpan> {
        self.spans(born, |born| self.amounts(born, today))
    }

    /// Within one year of birth an amount only rises or falls with the day, so the first and the last day bound it. A
    /// year that one of them does not have pays nothing there; by age, it is one that the county has not set.
    fn spans(&self, born: PartialDate, of: impl Fn(NaiveDate) -> Vec<YearAmount>) -> Vec<YearSpan> {
        let (first, last) = (of(born.earliest()), of(born.latest()));
        let years: BTreeSet<i32> = first.iter().chain(&last).map(|amount| amount.year).collect();
        let span = |year: i32| {
            let find = |amounts: &[YearAmount]| amounts.iter().find(|amount| amount.year == year).copied();
            let (one, other) = (find(&first), find(&last));
            if matches!(self.amount, Some(Amount::ByAge(_))) && one.is_some() != other.is_some() {
                return None;
            }
            let fen = |amount: Option<YearAmount>| amount.map_or(0, |amount| amount.fen);
            let YearAmount { apply_by, sure, .. } = one.or(other)?;
            let (least, most) = (fen(one).min(fen(other)), fen(one).max(fen(other)));
            Some(YearSpan { year, least, most, apply_by, sure })
        };
        years.into_iter().filter_map(span).collect()
    }

    /// What somebody may have for the year of a day, by birth alone.
    fn amount_in(&self, born: NaiveDate, on: NaiveDate) -> Option<YearAmount> {
        match self.amount.as_ref()? {
            Amount::Fixed(fixed) if self.age_fits(born, on) => self.fixed_in(fixed, on),
            Amount::ByAge(by) => self.of_year(self.by_age_in(by, born, on.year())?, Sure::Sourced, on),
            Amount::Local(local) => self.local_in(local, on),
            _ => None,
        }
    }

    /// By age, for a calendar year, in fen. Each month counts with the age on the day that the programme takes, seen
    /// from the month's end: a step begins with the month of the birthday, or holds all year where the county counts the
    /// age of the year's end. None where no month counts, or the county has not set what one of them is worth.
    fn by_age_in(&self, by: &ByAge, born: NaiveDate, year: i32) -> Option<i64> {
        let months = if by.per == Per::Month { 1..=12 } else { 12..=12 };
        let mut fen = None;
        for month in months {
            let day = self.age_day(month_end(NaiveDate::from_ymd_opt(year, month, 1)?)?)?;
            if let Some(band) = by.band(age_on(born, day)) {
                fen = Some(fen.unwrap_or(0) + i64::from(band.fen.value()?));
            }
        }
        // What is not counted by the month is worth its times of the year.
        fen.map(|fen| if by.per == Per::Month { fen } else { fen * by.per.times_a_year() })
    }

    /// The day on which the programme counts ages: that of its clause on age.
    fn age_day(&self, on: NaiveDate) -> Option<NaiveDate> {
        let age = self.clauses.iter().find_map(|clause| match clause {
            Clause::Age(age) => Some(age),
            _ => None,
        });
        age.map_or(Some(on), |age| age.on.day(on))
    }

    fn of_year(&self, fen: i64, sure: Sure, on: NaiveDate) -> Option<YearAmount> {
        Some(YearAmount { year: on.year(), fen, apply_by: self.common_turn(on).apply_by, sure })
    }

    fn fixed_in(&self, fixed: &Fixed, on: NaiveDate) -> Option<YearAmount> {
        self.of_year(step_on(&fixed.steps, on)? * fixed.per.times_a_year(), fixed.sure, on)
    }

    fn local_in(&self, local: &LocalAmount, on: NaiveDate) -> Option<YearAmount> {
        self.of_year(i64::from(local.fen.value()?) * local.per.times_a_year(), Sure::Sourced, on)
    }

    fn age_fits(&self, born: NaiveDate, on: NaiveDate) -> bool {
        self.clauses.iter().all(|clause| match clause {
            Clause::Age(Age { min, max, on: basis, .. }) => basis.day(on).is_some_and(|day| {
                let age = age_on(born, day);
                let above = min.as_ref().is_none_or(|min| min.value().is_some_and(|min| min <= age));
                above && max.as_ref().is_none_or(|max| max.value().is_some_and(|max| age <= max))
            }),
            Clause::Born(Born { from, to }) => from.is_none_or(|from| from <= born) && to.is_none_or(|to| born <= to),
            _ => true,
        })
    }

    /// Whether it stops at a day: then the years until that can be said.
    fn has_an_end(&self) -> bool {
        self.in_force.to.is_some()
    }

    /// Monthly amounts from this year to the birthday that ends them, or the last day in force.
    fn months_by_year(&self, born: NaiveDate, today: NaiveDate, fixed: &Fixed) -> Vec<YearAmount> {
        let oldest = self.clauses.iter().find_map(|clause| match clause {
            Clause::Age(Age { max: Some(max), .. }) => max.value(),
            _ => None,
        });
        let Some(ends) = oldest.and_then(|max| turns(born, max + 1)).and_then(|birthday| birthday.pred_opt()) else {
            return Vec::new();
        };
        let ends = self.in_force.to.map_or(ends, |to| to.min(ends));
        let born_fits = self.clauses.iter().all(|clause| match clause {
            Clause::Born(Born { from, to }) => from.is_none_or(|from| from <= born) && to.is_none_or(|to| born <= to),
            _ => true,
        });
        if !born_fits || fixed.per != Per::Month {
            return Vec::new();
        }
        let in_year = |year: i32| {
            let until = if year < ends.year() { 12 } else { ends.month() };
            let on = NaiveDate::from_ymd_opt(year, 12, 31)?;
            let fen = step_on(&fixed.steps, on)? * i64::from(until);
            Some(YearAmount { year, fen, apply_by: None, sure: fixed.sure })
        };
        (today.year()..=ends.year()).filter_map(in_year).collect()
    }

    /// What may still be applied for of the year before, by somebody born then: the first claim to the child subsidy
    /// alone. None where it depends on a part of the birth that is not known.
    pub fn still_open_before(&self, born: PartialDate, on: NaiveDate) -> Option<YearAmount> {
        let of = |born| open_claim(born, on).filter(|claim| claim.year < on.year());
        let open = of(born.earliest()).filter(|open| of(born.latest()) == Some(*open));
        open.filter(|_| self.amount == Some(Amount::ChildSubsidy)).map(YearAmount::from)
    }

    /// What one person may have for the present turn, from what is known of them; none where that is not one amount, for
    /// which see [`Programme::span_of`].
    pub fn amount_of(&self, facts: &Facts, on: NaiveDate) -> Option<YearAmount> {
        self.span_of(facts, on)?.exact()
    }

    /// The same where only a part of the birth is known: the least and the most it can mean. A birth that plays no part
    /// need not be known at all.
    pub fn span_of(&self, facts: &Facts, on: NaiveDate) -> Option<YearSpan> {
        match self.amount.as_ref()? {
            Amount::ByFact(by) => {
                let known = facts.known.get(by.kind)?;
                let value = by.values.iter().find(|value| value.is == known.value.as_str())?;
                let times = if by.per == Per::Month { 12 } else { 1 };
                return self.of_year(value.fen * times, value.sure, on).map(YearSpan::from);
            }
            // A half-year's turn is worth a half-year's amount.
            Amount::Fixed(fixed) if fixed.per == Per::Semester => {
                return self.of_year(step_on(&fixed.steps, on)?, fixed.sure, on).map(YearSpan::from);
            }
            Amount::Fixed(fixed) if !self.asks_birth() => return self.fixed_in(fixed, on).map(YearSpan::from),
            Amount::Local(local) => return self.local_in(local, on).map(YearSpan::from),
            _ => {}
        }
        let of = |born: NaiveDate| match &self.amount {
            Some(Amount::ChildSubsidy) => {
                let open = |claim: &Claim| claim.year == on.year() && on <= claim.apply_by;
                child_subsidy(born).into_iter().filter(open).map(YearAmount::from).collect()
            }
            _ => self.amounts(born, on),
        };
        let spans = self.spans(facts.born?.value, of);
        spans.into_iter().find(|span| span.year == on.year())
    }

    /// Whether a clause asks for the birth.
    fn asks_birth(&self) -> bool {
        self.clauses.iter().any(|clause| matches!(clause, Clause::Age(_) | Clause::Born(_)))
    }
}

impl ByAge {
    fn band(&self, age: i32) -> Option<&Band> {
        self.bands.iter().find(|band| band.from <= age && band.to.is_none_or(|to| age <= to))
    }
}

impl YearAmount {
    /// In fen, where the amount is certain: what may be written into a form by itself.
    pub fn sure_fen(self) -> Option<i64> {
        (self.sure == Sure::Sourced).then_some(self.fen)
    }
}

impl From<Claim> for YearAmount {
    fn from(claim: Claim) -> Self {
        Self { year: claim.year, fen: claim.fen, apply_by: Some(claim.apply_by), sure: Sure::Sourced }
    }
}

fn step_on(steps: &[DatedStep], on: NaiveDate) -> Option<i64> {
    steps.iter().rev().find(|step| step.from <= on).map(|step| step.fen)
}
