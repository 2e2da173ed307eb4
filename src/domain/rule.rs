//! Clauses → a verdict with reasons. Three-valued: what is not known is asked, never guessed.

use chrono::NaiveDate;

use crate::domain::message::{Message, Say};
use crate::domain::partial_date::{age_on, turns};
use crate::domain::programme::{AgeOn, Clause, Programme};
use crate::domain::resident::{Facts, Residency, SourceId, Standing, worded};

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
}

/// One clause, the fact it was held against, and what would change the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the programme asks.
    pub clause: Message,
    /// Whether it holds.
    pub holds: Holds,
    /// The fact used, or what is missing.
    pub fact: Message,
    /// Where the fact comes from; absent where there is none.
    pub source: Option<SourceId>,
    /// The day for which the fact is known.
    pub on: Option<NaiveDate>,
    /// What would change the answer, and when.
    pub until: Option<Message>,
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
    programme.clauses.iter().fold(Holds::Yes, |all, clause| all.and(clause_holds(programme, clause, facts, as_of)))
}

/// The answer with its reasons, clause by clause.
pub fn verdict(programme: &Programme, facts: &Facts, as_of: NaiveDate) -> Verdict {
    let reasons: Vec<Reason> = programme.clauses.iter().map(|c| reason(programme, c, facts, as_of)).collect();
    Verdict { holds: holds(programme, facts, as_of), reasons }
}

fn clause_holds(programme: &Programme, clause: &Clause, facts: &Facts, as_of: NaiveDate) -> Holds {
    match clause {
        Clause::Standing => yes_or_no(facts.standing.value == Standing::Present),
        Clause::Residency { is } => match &facts.residency {
            Some(known) => yes_or_no(known.value == *is),
            None => Holds::Unknown,
        },
        Clause::Age { min, max, on } => age_holds(facts, *min, *max, age_day(programme, *on, as_of)),
    }
}

fn yes_or_no(yes: bool) -> Holds {
    if yes { Holds::Yes } else { Holds::No }
}

/// The day on which an age counts.
fn age_day(programme: &Programme, on: AgeOn, as_of: NaiveDate) -> NaiveDate {
    match on {
        AgeOn::VisitDay => as_of,
        AgeOn::YearEnd => programme.period_of(as_of).last,
    }
}

fn age_holds(facts: &Facts, min: i32, max: Option<i32>, day: NaiveDate) -> Holds {
    let Some(born) = &facts.born else { return Holds::Unknown };
    let oldest = age_on(born.value.earliest(), day);
    let youngest = age_on(born.value.latest(), day);
    let fits = |age: i32| age >= min && max.is_none_or(|max| age <= max);
    match (fits(youngest), fits(oldest)) {
        (true, true) => Holds::Yes,
        (false, false) => Holds::No,
        _ => Holds::Unknown,
    }
}

fn reason(programme: &Programme, clause: &Clause, facts: &Facts, as_of: NaiveDate) -> Reason {
    let holds = clause_holds(programme, clause, facts, as_of);
    match clause {
        Clause::Standing => standing_reason(facts, holds),
        Clause::Residency { is } => residency_reason(*is, facts, holds),
        Clause::Age { min, max, on } => age_reason(*min, *max, age_day(programme, *on, as_of), facts, holds),
    }
}

fn standing_reason(facts: &Facts, holds: Holds) -> Reason {
    let standing = &facts.standing;
    Reason {
        clause: Message::new("clause-standing"),
        holds,
        fact: standing.value.message(),
        source: Some(standing.source),
        on: Some(standing.on),
        until: match standing.value {
            Standing::Present => Some(Message::new("until-moves-out")),
            Standing::MovedOut => Some(Message::new("until-moves-in")),
            Standing::Deceased => None,
        },
    }
}

fn residency_reason(is: Residency, facts: &Facts, holds: Holds) -> Reason {
    let clause = Message::new(match is {
        Residency::Here => "clause-lives-here",
        Residency::Away => "clause-is-away",
    });
    match &facts.residency {
        Some(known) => Reason {
            clause,
            holds,
            fact: known.value.message(),
            source: Some(known.source),
            on: Some(known.on),
            until: Some(Message::new(match known.value {
                Residency::Here => "until-goes-away",
                Residency::Away => "until-comes-back",
            })),
        },
        None => Reason {
            clause,
            holds,
            fact: Message::new("fact-residency-missing"),
            source: None,
            on: None,
            until: Some(Message::new("until-residency-asked")),
        },
    }
}

fn age_reason(min: i32, max: Option<i32>, day: NaiveDate, facts: &Facts, holds: Holds) -> Reason {
    let clause = match max {
        None => Message::new("clause-age-from").number("min", min),
        Some(max) => Message::new("clause-age-between").number("min", min).number("max", max),
    };
    let Some(born) = &facts.born else {
        return Reason {
            clause,
            holds,
            fact: Message::new("fact-born-missing"),
            source: None,
            on: None,
            until: Some(Message::new("until-born-asked")),
        };
    };
    let fact = match born.value.day() {
        Some(date) => Message::new("fact-born").date("born", date).number("age", age_on(date, day)),
        None => Message::new("fact-born-partly").text("born", born.value.to_string()),
    };
    let source = Some(born.source);
    Reason { clause, holds, fact, source, on: Some(born.on), until: age_until(min, max, day, facts, holds) }
}

fn age_until(min: i32, max: Option<i32>, day: NaiveDate, facts: &Facts, holds: Holds) -> Option<Message> {
    let born = facts.born.as_ref()?.value;
    let age = match holds {
        Holds::Unknown => return Some(Message::new("until-born-asked")),
        Holds::No => min,
        Holds::Yes => match max {
            Some(max) => max + 1,
            None => return Some(Message::new("until-born-corrected")),
        },
    };
    let birthday = turns(born.earliest(), age).filter(|on| *on > day);
    Some(match birthday {
        Some(on) => Message::new("until-birthday").date("on", on).number("age", age),
        None => Message::new("until-born-corrected"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partial_date::PartialDate;
    use crate::domain::programme::compiled_in;
    use crate::domain::resident::Sourced;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn known<T>(value: T) -> Sourced<T> {
        Sourced { value, source: SourceId(7), on: day("2026-01-05") }
    }

    fn facts(born: Option<&str>, residency: Option<Residency>) -> Facts {
        Facts {
            born: born.map(|b| known(PartialDate::parse(b).expect("a date"))),
            sex: None,
            standing: known(Standing::Present),
            residency: residency.map(known),
        }
    }

    fn elder(facts: &Facts, on: &str) -> Verdict {
        let programme = compiled_in().expect("valid").remove(0);
        verdict(&programme, facts, day(on))
    }

    #[test]
    fn who_turns_65_today_and_lives_here_may_have_it() {
        let person = facts(Some("1961-11-23"), Some(Residency::Here));
        assert_eq!(elder(&person, "2026-11-23").holds, Holds::Yes);
        let before = elder(&person, "2026-11-22");
        assert_eq!(before.holds, Holds::No);
        let until = before.reasons[1].until.clone().expect("a birthday ahead");
        assert_eq!(until, Message::new("until-birthday").date("on", day("2026-11-23")).number("age", 65));
    }

    #[test]
    fn what_is_not_known_is_asked() {
        assert_eq!(elder(&facts(Some("1950-01-01"), None), "2026-11-23").holds, Holds::Unknown);
        assert_eq!(elder(&facts(None, Some(Residency::Here)), "2026-11-23").holds, Holds::Unknown);
        assert_eq!(elder(&facts(Some("1961"), Some(Residency::Here)), "2026-11-23").holds, Holds::Unknown);
        assert_eq!(elder(&facts(Some("1961-10"), Some(Residency::Here)), "2026-11-23").holds, Holds::Yes);
    }

    #[test]
    fn one_no_settles_it_whatever_else_is_unknown() {
        assert_eq!(elder(&facts(Some("1990-01-01"), None), "2026-11-23").holds, Holds::No);
        let mut dead = facts(None, None);
        dead.standing.value = Standing::Deceased;
        assert_eq!(elder(&dead, "2026-11-23").holds, Holds::No);
    }

    #[test]
    fn every_reason_shows_the_fact_with_its_source_and_date() {
        for reason in elder(&facts(Some("1950-01-01"), Some(Residency::Here)), "2026-11-23").reasons {
            assert_eq!(reason.source, Some(SourceId(7)));
            assert_eq!(reason.on, Some(day("2026-01-05")));
            assert!(reason.until.is_some());
        }
    }
}
