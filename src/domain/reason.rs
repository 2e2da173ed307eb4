//! Reasons in words: each clause with the fact it was held against, where that comes from, and what would change the
//! answer, and when. Decides nothing: [`crate::domain::rule`] does.

use chrono::NaiveDate;

use crate::domain::fact::{FactKind, FactValue};
use crate::domain::message::{Message, Say};
use crate::domain::partial_date::{age_on, turns};
use crate::domain::programme::amount::child_subsidy;
use crate::domain::programme::clause::{Age, Born, FactIs};
use crate::domain::programme::{AgeOn, Clause, Num, Programme, Status};
use crate::domain::resident::{Facts, Residency, Sex, SourceId, Standing};
use crate::domain::rule::{Holds, clause_holds, due_again};

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

impl Reason {
    fn without_source(clause: Message, holds: Holds, fact: Message, until: Option<Message>) -> Self {
        Self { clause, holds, fact, source: None, on: None, until }
    }
}

/// Why a programme that is not always in force is, or is not.
pub(in crate::domain) fn in_force_reason(programme: &Programme, as_of: NaiveDate) -> Option<Reason> {
    let limits = programme.in_force;
    let holds = if programme.is_in_force(as_of) { Holds::Yes } else { Holds::No };
    let clause = Message::new("clause-in-force");
    if let Status::Ended { by } = programme.status {
        let fact = Message::new("status-ended").date("by", by);
        return Some(Reason::without_source(clause, holds, fact, None));
    }
    let (fact, until) = match (limits.from, limits.to) {
        (None, None) => return None,
        (Some(from), None) => (Message::new("fact-in-force-from").date("from", from), None),
        (None, Some(to)) => (Message::new("fact-in-force-to").date("to", to), Some(to)),
        (Some(from), Some(to)) => (Message::new("fact-in-force-between").date("from", from).date("to", to), Some(to)),
    };
    let until = match limits.from.filter(|from| as_of < *from) {
        Some(from) => Some(Message::new("until-begins").date("on", from)),
        None => until.map(|to| Message::new("until-ends").date("on", to)),
    };
    Some(Reason::without_source(clause, holds, fact, until))
}

pub(in crate::domain) fn reason(clause: &Clause, facts: &Facts, as_of: NaiveDate) -> Reason {
    let holds = clause_holds(clause, facts, as_of);
    match clause {
        Clause::Standing => standing_reason(facts, holds),
        Clause::Sex(sex) => sex_reason(*sex, facts, holds),
        Clause::Age(age) => age_reason(age, facts, holds, as_of),
        Clause::Born(born) => born_reason(*born, facts, holds),
        Clause::Fact(is) => fact_reason(is, facts, holds),
        Clause::LastServiceOlderThan(months) => last_service_reason(months, facts, holds),
        Clause::Claim => claim_reason(facts, holds, as_of),
        Clause::Any(sets) => any_reason(sets, facts, holds, as_of),
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

fn sex_reason(sex: Sex, facts: &Facts, holds: Holds) -> Reason {
    let clause = Message::new("clause-sex").word("sex", sex.message().key);
    match &facts.sex {
        Some(known) => Reason {
            clause,
            holds,
            fact: known.value.message(),
            source: Some(known.source),
            on: Some(known.on),
            until: Some(Message::new("until-corrected")),
        },
        None => {
            let (fact, until) = (Message::new("fact-sex-missing"), Message::new("until-sex-asked"));
            Reason::without_source(clause, holds, fact, Some(until))
        }
    }
}

/// The fact of birth, with the age on a day where that matters.
fn born_fact(facts: &Facts, day: Option<NaiveDate>) -> (Message, Option<SourceId>, Option<NaiveDate>) {
    let Some(born) = &facts.born else { return (Message::new("fact-born-missing"), None, None) };
    let fact = match (born.value.day(), day) {
        (Some(date), Some(day)) if date <= day => {
            Message::new("fact-born").date("born", date).number("age", age_on(date, day))
        }
        (Some(date), _) => Message::new("fact-born-on").date("born", date),
        (None, _) => Message::new("fact-born-partly").text("born", born.value.to_string()),
    };
    (fact, Some(born.source), Some(born.on))
}

fn age_clause(age: &Age) -> Message {
    let bound = |num: &Option<Num>| num.as_ref().and_then(Num::value);
    let missing = age.min.iter().chain(&age.max).any(|num| num.value().is_none());
    let message = match (bound(&age.min), bound(&age.max)) {
        _ if missing => Message::new("clause-age-local"),
        (Some(min), None) => Message::new("clause-age-from").number("min", min),
        (Some(min), Some(max)) => Message::new("clause-age-between").number("min", min).number("max", max),
        (None, Some(max)) => Message::new("clause-age-under").number("max", max + 1),
        (None, None) => Message::new("clause-age-local"),
    };
    let wrap = |key: &'static str| Message::new(key).said("age", vec![message.clone()]);
    match age.on {
        AgeOn::YearEnd => wrap("clause-by-year-end"),
        AgeOn::MonthEnd => wrap("clause-by-month-end"),
        AgeOn::VisitDay | AgeOn::Local(_) => message,
    }
}

fn age_reason(age: &Age, facts: &Facts, holds: Holds, as_of: NaiveDate) -> Reason {
    let clause = age_clause(age);
    let is_open = matches!(age.on, AgeOn::Local(_)) || age.min.iter().chain(&age.max).any(|num| num.value().is_none());
    let day = age.on.day(as_of);
    let (fact, source, on) = born_fact(facts, day);
    if is_open && holds == Holds::Unknown {
        let fact = Message::new("fact-local-missing");
        return Reason { clause, holds, fact, source, on, until: Some(Message::new("until-local-entered")) };
    }
    Reason { clause, holds, fact, source, on, until: age_until(age, facts, holds, day.unwrap_or(as_of)) }
}

fn age_until(age: &Age, facts: &Facts, holds: Holds, day: NaiveDate) -> Option<Message> {
    let Some(born) = facts.born else { return Some(Message::new("until-born-asked")) };
    let bound = |num: &Option<Num>| num.as_ref().and_then(Num::value);
    let turning = match holds {
        Holds::Unknown => return Some(Message::new("until-born-asked")),
        Holds::No => bound(&age.min),
        Holds::Yes => bound(&age.max).map(|max| max + 1),
    };
    let ahead = turning.and_then(|age| Some((turns(born.value.earliest(), age).filter(|on| *on > day)?, age)));
    let Some((birthday, turning)) = ahead else { return Some(Message::new("until-born-corrected")) };
    Some(Message::new("until-birthday").date("on", birthday).number("age", turning))
}

fn born_reason(born: Born, facts: &Facts, holds: Holds) -> Reason {
    let clause = match (born.from, born.to) {
        (Some(from), None) => Message::new("clause-born-from").date("from", from),
        (None, Some(to)) => Message::new("clause-born-to").date("to", to),
        (from, to) => {
            let message = Message::new("clause-born-between").date("from", from.unwrap_or_default());
            message.date("to", to.unwrap_or_default())
        }
    };
    let (fact, source, on) = born_fact(facts, None);
    let asked = if holds == Holds::Unknown { "until-born-asked" } else { "until-born-corrected" };
    Reason { clause, holds, fact, source, on, until: Some(Message::new(asked)) }
}

/// What a condition on a fact asks.
fn fact_clause(is: &FactIs) -> Message {
    let values = is.kind.values().iter().filter_map(|(word, _)| FactValue::from_word(is.kind, word));
    let asked: Vec<FactValue> = values.filter(|value| value.is_in(is.any_of)).collect();
    let words: Vec<&str> = asked.iter().map(|value| value.as_str()).collect();
    match (is.kind, words.as_slice()) {
        (FactKind::Residency, ["here"]) => Message::new("clause-lives-here"),
        (FactKind::Residency, ["away"]) => Message::new("clause-is-away"),
        (FactKind::OnlyChildCertificate, ["yes"]) => Message::new("clause-certificate"),
        (kind, ["yes"]) if kind.is_declared() => Message::new("clause-declared"),
        _ => {
            let asked = asked.iter().map(Say::message).collect();
            Message::new("clause-fact").word("kind", is.kind.message().key).said("values", asked)
        }
    }
}

fn fact_reason(is: &FactIs, facts: &Facts, holds: Holds) -> Reason {
    let clause = fact_clause(is);
    let kind = is.kind.message().key;
    let Some(known) = facts.known.get(is.kind) else {
        let (fact, until) = match is.kind {
            FactKind::Residency => (Message::new("fact-residency-missing"), Message::new("until-residency-asked")),
            kind if kind.is_declared() => (Message::new("fact-not-declared"), Message::new("until-declared")),
            FactKind::OnlyChildCertificate => {
                (Message::new("fact-missing").word("kind", kind.clone()), Message::new("until-certificate-brought"))
            }
            _ => (
                Message::new("fact-missing").word("kind", kind.clone()),
                Message::new("until-asked").word("kind", kind),
            ),
        };
        return Reason::without_source(clause, holds, fact, Some(until));
    };
    let until = match (is.kind, known.value.as_str()) {
        (FactKind::Residency, word) if Residency::from_word(word) == Some(Residency::Here) => "until-goes-away",
        (FactKind::Residency, _) => "until-comes-back",
        _ => "until-changes",
    };
    Reason {
        clause,
        holds,
        fact: known.value.message(),
        source: Some(known.source),
        on: Some(known.on),
        until: Some(Message::new(until).word("kind", kind)),
    }
}

fn last_service_reason(months: &Num, facts: &Facts, holds: Holds) -> Reason {
    let clause = match months.value() {
        Some(months) => Message::new("clause-last-service").number("months", months),
        None => Message::new("clause-last-service-local"),
    };
    let fact = match facts.last_service {
        Some(on) => Message::new("fact-last-service").date("on", on),
        None => Message::new("fact-no-service"),
    };
    let until = match due_again(months, facts) {
        Some(on) => Message::new("until-due-again").date("on", on),
        None if facts.last_service.is_some() => Message::new("until-local-entered"),
        None => Message::new("until-next-service"),
    };
    Reason { clause, holds, fact, source: None, on: facts.last_service, until: Some(until) }
}

fn claim_reason(facts: &Facts, holds: Holds, as_of: NaiveDate) -> Reason {
    let clause = Message::new("clause-claim");
    let (fact, source, on) = born_fact(facts, Some(as_of));
    let claims = facts.born.map(|born| child_subsidy(born.value.earliest())).unwrap_or_default();
    let until = match (holds, claims.last()) {
        (Holds::Unknown, _) => Message::new("until-born-asked"),
        (Holds::Yes, Some(last)) => Message::new("until-claims-end").date("on", last.apply_by),
        _ => Message::new("until-born-corrected"),
    };
    Reason { clause, holds, fact, source, on, until: Some(until) }
}

/// One reason for several alternatives: what each asks, what is known for each, and the source of what decides.
fn any_reason(sets: &[Vec<Clause>], facts: &Facts, holds: Holds, as_of: NaiveDate) -> Reason {
    let sets: Vec<Vec<Reason>> =
        sets.iter().map(|set| set.iter().map(|clause| reason(clause, facts, as_of)).collect()).collect();
    let asked = sets.iter().map(|set| {
        let clauses = set.iter().map(|reason| reason.clause.clone()).collect();
        Message::new("clause-all-of").said("clauses", clauses)
    });
    let clause = Message::new("clause-any-of").said("sets", asked.collect());
    let inner: Vec<&Reason> = sets.iter().flatten().collect();
    let mut known: Vec<Message> = Vec::new();
    for reason in &inner {
        if !known.contains(&reason.fact) {
            known.push(reason.fact.clone());
        }
    }
    let deciding = inner.iter().find(|reason| reason.holds == holds).or(inner.first());
    Reason {
        clause,
        holds,
        fact: Message::new("fact-several").said("facts", known),
        source: deciding.and_then(|reason| reason.source),
        on: deciding.and_then(|reason| reason.on),
        until: deciding.and_then(|reason| reason.until.clone()),
    }
}
