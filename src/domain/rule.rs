//! Clauses → a verdict. Three-valued: what is not known is asked, never guessed. Pure: the day is a parameter.

use chrono::NaiveDate;

use crate::domain::fact::FactKind;
use crate::domain::programme::amount::open_claim;
use crate::domain::programme::clause::{Age, Born, FactIs};
use crate::domain::programme::narrow::age_bounds;
use crate::domain::programme::turn::months_after;
use crate::domain::programme::{AgeOn, Clause, Num, Programme};
pub use crate::domain::reason::Reason;
use crate::domain::reason::{in_force_reason, reason};
use crate::domain::resident::{Facts, Standing, worded};

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// A fact is missing: ask.
    Unknown,
}
worded!(Holds, "holds" { Yes => "yes", No => "no", Unknown => "unknown" });

impl Holds {
    /// All must hold; one *no* settles it, else one *unknown* leaves it open.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Yes,
        }
    }

    /// One that holds is enough; else one *unknown* leaves it open.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::No,
        }
    }
}

/// The answer for one person and one programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether all clauses hold.
    pub holds: Holds,
    /// Every clause, in the order of the programme.
    pub reasons: Vec<Reason>,
}

/// The answer alone, for counting: the same decision as [`verdict`] without its prose.
pub fn holds(programme: &Programme, facts: &Facts, as_of: NaiveDate) -> Holds {
    if !programme.lists_people() || !programme.is_in_force(as_of) {
        return Holds::No;
    }
    let mut all = Holds::Yes;
    for clause in &programme.clauses {
        all = all.and(clause_holds(clause, facts, as_of));
        if all == Holds::No {
            break;
        }
    }
    all
}

/// The answer with its reasons, clause by clause.
pub fn verdict(programme: &Programme, facts: &Facts, as_of: NaiveDate) -> Verdict {
    let limits = in_force_reason(programme, as_of);
    let clauses = programme.clauses.iter().map(|clause| reason(clause, facts, as_of));
    let reasons = limits.into_iter().chain(clauses).collect();
    Verdict { holds: holds(programme, facts, as_of), reasons }
}

pub(in crate::domain) fn clause_holds(clause: &Clause, facts: &Facts, as_of: NaiveDate) -> Holds {
    match clause {
        Clause::Standing => yes_or_no(facts.standing.value == Standing::Present),
        Clause::Sex(sex) => facts.sex.map_or(Holds::Unknown, |known| yes_or_no(known.value == *sex)),
        Clause::Age(age) => age_holds(age, facts, as_of),
        Clause::Born(Born { from, to }) => born_within(facts, *from, *to),
        Clause::Fact(FactIs { kind, any_of }) => {
            facts.known.get(*kind).map_or(Holds::Unknown, |known| yes_or_no(known.value.is_in(*any_of)))
        }
        Clause::LastServiceOlderThan(months) => last_service_holds(months, facts, as_of),
        Clause::Claim => claim_holds(facts, as_of),
        Clause::Any(sets) => sets.iter().fold(Holds::No, |any, set| {
            any.or(set.iter().fold(Holds::Yes, |all, clause| all.and(clause_holds(clause, facts, as_of))))
        }),
    }
}

fn yes_or_no(yes: bool) -> Holds {
    if yes { Holds::Yes } else { Holds::No }
}

fn age_holds(age: &Age, facts: &Facts, as_of: NaiveDate) -> Holds {
    if matches!(age.on, AgeOn::Local(_)) {
        return Holds::Unknown;
    }
    let (from, by) = age_bounds(age, as_of);
    let within = born_within(facts, from, by);
    // While the county has not said one bound, the other can still rule somebody out.
    let is_open = age.min.iter().chain(&age.max).any(|num| num.value().is_none());
    if is_open { within.and(Holds::Unknown) } else { within }
}

/// Whether the day of birth lies within days, both included, as far as it is known.
fn born_within(facts: &Facts, from: Option<NaiveDate>, by: Option<NaiveDate>) -> Holds {
    let Some(born) = &facts.born else { return Holds::Unknown };
    let (earliest, latest) = (born.value.earliest(), born.value.latest());
    let out = by.is_some_and(|by| earliest > by) || from.is_some_and(|from| latest < from);
    if out {
        return Holds::No;
    }
    let inside = by.is_none_or(|by| latest <= by) && from.is_none_or(|from| earliest >= from);
    if inside { Holds::Yes } else { Holds::Unknown }
}

/// The day from which another service may be had, after the last one before this turn.
pub(in crate::domain) fn due_again(months: &Num, facts: &Facts) -> Option<NaiveDate> {
    months_after(facts.last_service?, u32::try_from(months.value()?).ok()?)
}

fn last_service_holds(months: &Num, facts: &Facts, as_of: NaiveDate) -> Holds {
    if facts.last_service.is_none() {
        return Holds::Yes;
    }
    due_again(months, facts).map_or(Holds::Unknown, |due| yes_or_no(due <= as_of))
}

fn claim_holds(facts: &Facts, as_of: NaiveDate) -> Holds {
    let Some(born) = &facts.born else { return Holds::Unknown };
    let has = |born: NaiveDate| open_claim(born, as_of).is_some();
    match (has(born.value.earliest()), has(born.value.latest().min(as_of).max(born.value.earliest()))) {
        (true, true) => Holds::Yes,
        (false, false) => Holds::No,
        _ => Holds::Unknown,
    }
}

/// Whether something besides standing and sex speaks for somebody, and nothing stands open that nobody is to be asked:
/// see [`crate::domain::programme::narrow`].
pub(in crate::domain) fn speaks_for(programme: &Programme, facts: &Facts, as_of: NaiveDate) -> bool {
    let mut speaks = false;
    for clause in &programme.clauses {
        let holds = clause_holds(clause, facts, as_of);
        if holds == Holds::Unknown && is_never_asked(clause) {
            return false;
        }
        speaks |= holds == Holds::Yes && is_about_the_person(clause);
    }
    speaks
}

/// The kinds of fact still to be asked before the verdict is known; never one that nobody is asked for.
pub fn to_ask(programme: &Programme, facts: &Facts, as_of: NaiveDate) -> Vec<FactKind> {
    let mut kinds = Vec::new();
    let open = programme.clauses.iter().filter(|clause| clause_holds(clause, facts, as_of) == Holds::Unknown);
    open.for_each(|clause| kinds_of(clause, facts, &mut kinds));
    kinds
}

fn kinds_of(clause: &Clause, facts: &Facts, kinds: &mut Vec<FactKind>) {
    match clause {
        Clause::Fact(FactIs { kind, .. })
            if facts.known.get(*kind).is_none() && !kind.is_never_asked() && !kinds.contains(kind) =>
        {
            kinds.push(*kind);
        }
        Clause::Any(sets) => sets.iter().flatten().for_each(|clause| kinds_of(clause, facts, kinds)),
        _ => {}
    }
}

fn is_about_the_person(clause: &Clause) -> bool {
    match clause {
        Clause::Age(_) | Clause::Born(_) | Clause::Claim | Clause::Fact(_) | Clause::Any(_) => true,
        Clause::Standing | Clause::Sex(_) | Clause::LastServiceOlderThan(_) => false,
    }
}

/// What nobody is asked for, and what the county has not said.
fn is_never_asked(clause: &Clause) -> bool {
    match clause {
        Clause::Fact(FactIs { kind, .. }) => kind.is_never_asked(),
        Clause::Age(Age { min, max, on, .. }) => {
            matches!(on, AgeOn::Local(_)) || min.iter().chain(max).any(|num| num.value().is_none())
        }
        Clause::LastServiceOlderThan(months) => months.value().is_none(),
        Clause::Standing | Clause::Born(_) | Clause::Sex(_) | Clause::Claim | Clause::Any(_) => false,
    }
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
