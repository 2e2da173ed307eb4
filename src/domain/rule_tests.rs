//! The rules, by single people.

use super::*;
use crate::domain::local_standard::LocalStandards;
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::compiled_in;
use crate::domain::resident::{FactKind, FactValue, Residency, SourceId, Sourced};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn known<T>(value: T) -> Sourced<T> {
    Sourced { value, source: SourceId(7), on: day("2026-01-05") }
}

fn facts(born: Option<&str>, residency: Option<Residency>) -> Facts {
    let mut facts = Facts::new(known(Standing::Present));
    facts.born = born.map(|b| known(PartialDate::parse(b).expect("a date")));
    if let Some(residency) = residency {
        note(&mut facts, FactKind::Residency, residency.as_str());
    }
    facts
}

fn note(facts: &mut Facts, kind: FactKind, value: &str) {
    facts.known.set(known(FactValue::from_word(kind, value).expect("a value of the kind")));
}

fn elder(facts: &Facts, on: &str) -> Verdict {
    let programme = compiled_in().expect("valid").remove(0).with(&LocalStandards::default());
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
