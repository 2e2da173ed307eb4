//! Each check, on its own.

use super::*;
use crate::domain::programme::compiled_in;
use crate::domain::resident::{Residency, Standing};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn told<T>(value: T) -> Sourced<T> {
    Sourced { value, source: SourceId(1), on: day("2026-01-05") }
}

fn facts(born: &str, sex: Option<Sex>) -> Facts {
    let mut facts = Facts::new(told(Standing::Present));
    facts.born = PartialDate::parse(born).map(told);
    facts.sex = sex.map(told);
    for (kind, word) in [
        (FactKind::Residency, Residency::Here.as_str()),
        (FactKind::Registered, "here"),
        (FactKind::Registration, "rural"),
    ] {
        facts.known.set(told(FactValue::from_word(kind, word).expect("a value")));
    }
    facts
}

fn person(facts: &Facts) -> Person<'_> {
    Person {
        id_number: "",
        relation: HEAD,
        phone: "19000000001",
        known_on: day("2026-01-05"),
        facts,
        services: Services::Kept,
    }
}

const HOME: Place = Place::Household { numbered: Known::Yes, group: Known::Yes };

fn kinds(place: Place, members: &[Person<'_>]) -> Vec<Kind> {
    let programmes = compiled_in().expect("valid");
    let programmes: Vec<&Programme> = programmes.iter().collect();
    let found = check(place, members, &programmes, day("2026-11-23"));
    found.into_iter().map(|found| found.kind).filter(|kind| *kind != Kind::NoId).collect()
}

/// 17 digits with the check character that fits.
fn id(digits: &str) -> String {
    let mut ascii = [0; 18];
    ascii[..17].copy_from_slice(digits.as_bytes());
    format!("{digits}{}", char::from(crate::domain::id_card::check_character(&ascii)))
}

#[test]
fn of_a_household_in_order_nothing_is_said() {
    let (one, two) = (facts("1960-03-09", Some(Sex::Male)), facts("1985-05-01", Some(Sex::Male)));
    assert_eq!(kinds(HOME, &[person(&one), Person { relation: 22, ..person(&two) }]), []);
}

#[test]
fn what_the_id_number_contradicts_is_mended_by_it() {
    let number = id("42139919610309001");
    let wrong = facts("1963-03-09", Some(Sex::Female));
    let member = Person { id_number: &number, ..person(&wrong) };
    assert_eq!(kinds(HOME, &[member]), [Kind::BornAgainstId, Kind::SexAgainstId]);
    let empty = facts("", None);
    let member = Person { id_number: &number, ..person(&empty) };
    let found = check(HOME, &[member], &[], day("2026-11-23"));
    assert!(found.len() == 2 && found.iter().all(|found| found.mend == Mend::ByIdNumber), "{found:?}");
    let unsound = Person { id_number: "421399196103090010", ..person(&wrong) };
    assert!(id("42139919610309001") != unsound.id_number);
    assert_eq!(kinds(HOME, &[unsound]), [Kind::IdUnsound]);
}

#[test]
fn what_is_not_known_is_missing() {
    let mut bare = Facts::new(told(Standing::Present));
    assert_eq!(kinds(HOME, &[person(&bare)])[..3], [Kind::BornMissing, Kind::SexMissing, Kind::ResidencyMissing],);
    bare.born = PartialDate::parse("1950-03").map(told);
    bare.sex = Some(told(Sex::Male));
    let found = kinds(HOME, &[person(&bare)]);
    assert!(found.contains(&Kind::BornPartial) && found.contains(&Kind::RegisteredMissing), "{found:?}");
    let known = facts("1950-03-09", Some(Sex::Male));
    assert_eq!(check(HOME, &[person(&known)], &[], day("2026-11-23"))[0].kind, Kind::NoId);
}

#[test]
fn registration_is_only_asked_where_a_programme_waits_for_it() {
    let mut old = facts("1960-03-09", Some(Sex::Male));
    old.known = Default::default();
    old.known.set(told(FactValue::from_word(FactKind::Residency, "here").expect("a value")));
    assert!(!decides(FactKind::Registered, &old, &[], day("2026-11-23")));
    let programmes = compiled_in().expect("valid");
    let all: Vec<&Programme> = programmes.iter().collect();
    assert!(decides(FactKind::Registered, &old, &all, day("2026-11-23")));
}

#[test]
fn households_have_one_head_a_number_a_group_and_a_phone() {
    let one = facts("1960-03-09", Some(Sex::Male));
    let silent = Person { phone: " ", ..person(&one) };
    assert_eq!(kinds(HOME, &[person(&one), person(&one)]), [Kind::TwoHeads]);
    assert_eq!(kinds(HOME, &[Person { relation: 0, ..person(&one) }]), [Kind::NoHead]);
    assert_eq!(kinds(HOME, &[silent]), [Kind::NoPhone]);
    assert_eq!(kinds(HOME, &[silent, Person { relation: 0, ..person(&one) }]), []);
    let bare = Place::Household { numbered: Known::No, group: Known::No };
    assert_eq!(kinds(bare, &[person(&one)]), [Kind::NoGroup, Kind::NoNumber]);
    assert_eq!(kinds(bare, &[]), []);
    let person = Person { relation: 0, ..silent };
    assert_eq!(kinds(Place::Unsorted { group: Known::Yes }, &[person]), [Kind::Unsorted, Kind::NoPhone]);
    assert_eq!(kinds(Place::Unsorted { group: Known::No }, &[person]), [Kind::NoGroup, Kind::NoPhone]);
}

#[test]
fn relations_that_cannot_be_are_found_and_those_that_may_be_are_not() {
    let head = facts("1980-06-01", Some(Sex::Male));
    let cases = [
        (22, "1992-06-01", Sex::Male, None),
        (22, "1991-06-01", Sex::Male, Some(Kind::RelationAgainstAge)),
        (22, "1992", Sex::Male, None),
        (32, "1970-01-01", Sex::Female, Some(Kind::RelationAgainstAge)),
        (27, "1979-01-01", Sex::Male, None),
        (51, "1969-01-01", Sex::Male, Some(Kind::RelationAgainstAge)),
        (51, "1955-01-01", Sex::Male, None),
        (42, "1999-01-01", Sex::Female, Some(Kind::RelationAgainstAge)),
        (61, "1950-01-01", Sex::Male, None),
        (71, "1985-01-01", Sex::Male, Some(Kind::RelationAgainstAge)),
        (77, "1985-01-01", Sex::Female, None),
        (12, "1981-01-01", Sex::Male, Some(Kind::RelationAgainstSex)),
        (11, "1981-01-01", Sex::Female, Some(Kind::RelationAgainstSex)),
        (29, "2001-01-01", Sex::Female, None),
        (10, "1981-01-01", Sex::Female, None),
    ];
    for (relation, born, sex, expected) in cases {
        let other = facts(born, Some(sex));
        let found = kinds(HOME, &[person(&head), Person { relation, ..person(&other) }]);
        let found: Vec<Kind> = found.into_iter().filter(|kind| kind.severity() == Severity::Contradictory).collect();
        assert_eq!(found, Vec::from_iter(expected), "{relation} {born}");
    }
}

#[test]
fn days_ahead_great_ages_and_old_news_are_noticed() {
    let today = day("2026-11-23");
    let of = |facts: &Facts, known_on: &str| {
        let member = Person { id_number: "x", known_on: day(known_on), ..person(facts) };
        let found = check(HOME, &[member], &[], today).into_iter().map(|found| found.kind);
        found.filter(|kind| *kind != Kind::IdUnsound).collect::<Vec<_>>()
    };
    assert_eq!(of(&facts("2027-01-01", Some(Sex::Male)), "2026-01-05"), [Kind::InFuture]);
    assert_eq!(of(&facts("1960-01-01", Some(Sex::Male)), "2026-12-01"), [Kind::InFuture]);
    assert_eq!(of(&facts("1910-01-01", Some(Sex::Male)), "2026-01-05"), [Kind::TooOld]);
    let mut old = Facts::new(Sourced { on: day("2025-11-22"), ..told(Standing::Present) });
    old.born = Some(Sourced { on: day("2025-11-22"), ..told(PartialDate::Day(day("1960-01-01"))) });
    old.sex = Some(Sourced { on: day("2025-11-22"), ..told(Sex::Male) });
    old.known.set(Sourced {
        on: day("2025-11-22"),
        ..told(FactValue::from_word(FactKind::Residency, "here").expect("a value"))
    });
    assert_eq!(of(&old, "2025-11-22"), [Kind::LongAgo]);
    assert_eq!(of(&old, "2025-11-23"), []);
    // Whatever was said last counts.
    assert_eq!(last_checked(day("2020-01-01"), &old), day("2025-11-22"));
    assert_eq!(last_checked(day("2026-02-01"), &old), day("2026-02-01"));
}

#[test]
fn a_phone_has_the_length_of_one() {
    for good in [
        "19000000001",
        "190 0000 0001",
        "+86 19000000001",
        "0722-3456789",
        "3456789",
        "１９００００００００１",
        "120、19000000001",
    ] {
        assert!(is_phone(good), "{good}");
    }
    for bad in ["1900000000", "190000000012", "120", "0722-345", "无", "22000000001"] {
        assert!(!is_phone(bad), "{bad}");
    }
}

#[test]
fn who_withdrew_is_asked_for_nothing() {
    let bare = Facts::new(told(Standing::Present));
    let member = Person { services: Services::Withdrawn, phone: "", ..person(&bare) };
    assert_eq!(kinds(HOME, &[member]), []);
    assert_eq!(kinds(Place::Unsorted { group: Known::No }, &[member]), []);
}
