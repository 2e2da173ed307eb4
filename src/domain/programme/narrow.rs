//! Bounds that follow from the clauses, so that a query can leave out whom a programme cannot concern. They decide
//! nothing: `tests/it/narrowing.rs` holds that they drop nobody who is in, and nobody who is worth asking.
//!
//! **Whom to ask.** Where a verdict is *unknown*, the person is asked only if something speaks for them already: at least
//! one condition besides standing and sex is known to hold. Of somebody of 60 the kind of registration is asked; somebody
//! of whom neither birth nor anything else is known is not asked about twenty programmes. What a person declares of
//! themselves, and what the county has not said yet, is asked of nobody. A programme may bound the ages within which
//! asking makes sense ([`super::Ask`]).

use chrono::NaiveDate;

use crate::domain::fact::FactKind;
use crate::domain::partial_date::{age_on, turns};
use crate::domain::programme::amount::child_subsidy;
use crate::domain::programme::clause::{Age, FactIs};
use crate::domain::programme::{Clause, Programme};
use crate::domain::resident::{Facts, Sex, Standing};

/// Whom a programme may concern on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Born on this day or earlier.
    pub born_by: Option<NaiveDate>,
    /// Born on this day or later.
    pub born_from: Option<NaiveDate>,
    /// Of this sex, or unknown.
    pub sex: Option<Sex>,
    /// Birth must be known, or one of these facts; empty where nothing is needed.
    pub facts: Vec<FactKind>,
    /// Birth alone does not do: one of the facts must be known.
    pub fact_needed: bool,
    /// Nobody at all.
    pub nobody: bool,
}

impl Narrow {
    /// Whether somebody may be concerned; cheap, for everybody who lives here.
    pub fn keeps(&self, facts: &Facts) -> bool {
        if self.nobody || facts.standing.value != Standing::Present {
            return false;
        }
        if let (Some(sex), Some(known)) = (self.sex, facts.sex)
            && sex != known.value
        {
            return false;
        }
        if let Some(born) = facts.born {
            let (earliest, latest) = (born.value.earliest(), born.value.latest());
            let fits = self.born_by.is_none_or(|by| earliest <= by) && self.born_from.is_none_or(|from| latest >= from);
            if !fits {
                return false;
            }
        }
        let by_birth = facts.born.is_some() && !self.fact_needed;
        by_birth
            || self.facts.is_empty() && !self.fact_needed
            || self.facts.iter().any(|kind| facts.known.get(*kind).is_some())
    }
}

impl Programme {
    /// The bounds for a day.
    pub fn narrow(&self, as_of: NaiveDate) -> Narrow {
        let mut narrow = Narrow { nobody: !self.lists_people() || !self.is_in_force(as_of), ..Narrow::default() };
        let (mut reads_birth, mut only_standing) = (false, true);
        for clause in &self.clauses {
            only_standing &= *clause == Clause::Standing;
            match clause {
                Clause::Standing => {}
                Clause::Sex(sex) => narrow.sex = Some(*sex),
                Clause::Age(_) | Clause::Born(_) | Clause::Claim => {
                    reads_birth = true;
                    let (from, by) = birth_bounds(clause, as_of);
                    narrow.born_by = narrow.born_by.into_iter().chain(by).min();
                    narrow.born_from = narrow.born_from.into_iter().chain(from).max();
                }
                Clause::Fact(FactIs { kind, .. }) if kind.is_declared() => {
                    narrow.facts = vec![*kind];
                    narrow.fact_needed = true;
                }
                Clause::Fact(FactIs { kind, .. }) if !narrow.fact_needed => narrow.facts.push(*kind),
                Clause::Fact(_) => {}
                Clause::Any(sets) if !narrow.fact_needed => sets.iter().flatten().for_each(|inner| match inner {
                    Clause::Fact(FactIs { kind, .. }) => narrow.facts.push(*kind),
                    // A birth within alternatives speaks for somebody as well.
                    _ => reads_birth = true,
                }),
                Clause::Any(_) => {}
                // It holds where nothing is known: whoever has no service on record is due.
                Clause::LastServiceOlderThan(_) => {}
            }
        }
        if only_standing {
            narrow.facts.clear();
        } else if !reads_birth {
            narrow.fact_needed = true;
        }
        narrow
    }

    /// Whether somebody whose verdict is *unknown* is to be asked.
    pub fn is_worth_asking(&self, facts: &Facts, as_of: NaiveDate) -> bool {
        if let Some(ask) = self.ask {
            let fits = facts.born.is_none_or(|born| {
                let (oldest, youngest) = (age_on(born.value.earliest(), as_of), age_on(born.value.latest(), as_of));
                oldest >= ask.from_age && youngest <= ask.to_age
            });
            if !fits {
                return false;
            }
        }
        crate::domain::rule::speaks_for(self, facts, as_of)
    }
}

/// The first and last day of birth that a clause leaves possible.
fn birth_bounds(clause: &Clause, as_of: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match clause {
        Clause::Age(age) => age_bounds(age, as_of),
        Clause::Born(born) => (born.from, born.to),
        Clause::Claim => {
            use chrono::Datelike as _;
            // The earliest birth with a claim in this year; nobody is born after today.
            let january = |year| NaiveDate::from_ymd_opt(year, 1, 1);
            let has = |born: &NaiveDate| {
                child_subsidy(*born).iter().any(|claim| claim.year <= as_of.year() && as_of <= claim.apply_by)
            };
            ((as_of.year() - 4..=as_of.year()).filter_map(january).find(has), None)
        }
        _ => (None, None),
    }
}

/// Age on a day within bounds, as births: who is born on the first day of the pair or later and on the last or earlier.
pub(in crate::domain) fn age_bounds(age: &Age, as_of: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let Some(day) = age.on.day(as_of) else { return (None, None) };
    let by = age.min.as_ref().and_then(|min| min.value()).and_then(|min| latest_birth_of(min, day));
    let oldest = age.max.as_ref().and_then(|max| max.value());
    let from = oldest.and_then(|max| latest_birth_of(max + 1, day)).and_then(|last| last.succ_opt());
    (from, by)
}

/// The last day of birth of those who have completed `years` on a day.
fn latest_birth_of(years: i32, day: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    let birth = NaiveDate::from_ymd_opt(day.year() - years, day.month(), day.day());
    // On 29 February of a leap year, the year of birth may have none: the 28th is the last day then.
    let birth = birth.or_else(|| NaiveDate::from_ymd_opt(day.year() - years, 2, 28))?;
    debug_assert!(turns(birth, years).is_some_and(|on| on <= day));
    Some(birth)
}
