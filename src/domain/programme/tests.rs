//! The rule pack reads, and says what is wrong where it does not.

use super::*;
use crate::domain::fact::{FactKind, FactValue};
use crate::domain::local_standard::{LocalStandard, LocalStandards};
use crate::domain::partial_date::PartialDate;
use crate::domain::programme::amount::{Sure, child_subsidy, open_claim};
use crate::domain::resident::{Facts, SourceId, Sourced, Standing};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn programme(id: &str) -> Programme {
    let all = compiled_in().expect("all programme files are valid");
    all.into_iter().find(|p| p.id == id).expect("shipped").with(&LocalStandards::default())
}

fn born(text: &str) -> Facts {
    let known = |value| Sourced { value, source: SourceId(1), on: day("2026-01-05") };
    let mut facts = Facts::new(known(Standing::Present));
    let value = PartialDate::parse(text).expect("a date");
    facts.born = Some(Sourced { value, source: SourceId(1), on: day("2026-01-05") });
    facts
}

#[test]
fn every_compiled_in_programme_reads() {
    let programmes = compiled_in().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(programmes.len(), 26);
}

#[test]
fn an_error_names_file_line_field_and_what_was_expected() {
    let text = include_str!("../../../assets/programmes/rural-award.toml").replace("min = 60", "minimum = 60");
    let error = Programme::from_toml("rural-award.toml", &text).expect_err("an unknown key");
    let line = text.lines().position(|line| line.contains("minimum")).expect("there") + 1;
    assert_eq!((error.file.as_str(), error.line), ("rural-award.toml", line), "{error}");
    assert!(error.field.contains("age") && error.expected.contains("min"), "{error}");
    for (from, to, expected) in [
        ("\"rural\"", "\"farm\"", "rural, urban"),
        ("kind = \"benefit\"", "kind = \"reward\"", "benefit"),
        ("\"year_end\"", "\"birthday\"", "year_end"),
        ("fen = 96000", "fen = \"960\"", "i64"),
        ("{ local = \"public_days\" }", "{ local = \"days\" }", "local value days"),
        ("{ local = \"public_days\" }", "7", "nothing in this file uses it"),
        ("conditions = \"told\"", "conditions = \"told\"\npublicity = \"none\"", "public_days: expected none"),
    ] {
        let text = include_str!("../../../assets/programmes/rural-award.toml").replace(from, to);
        let error = Programme::from_toml("rural-award.toml", &text).expect_err(to);
        assert!(error.expected.contains(expected), "{to}: {error}");
    }
}

#[test]
fn a_grant_by_degrees_is_about_so_much_and_a_martyr_s_child_may_have_it() {
    let programmes = compiled_in().expect("valid");
    let of = |id: &str| programmes.iter().find(|programme| programme.id == id).expect("there");
    let known = |word: &str, kind: FactKind| Sourced {
        value: FactValue::from_word(kind, word).expect("a value"),
        source: SourceId(1),
        on: day("2026-01-05"),
    };
    let standing = Sourced { value: Standing::Present, source: SourceId(1), on: day("2026-01-05") };
    let student = |stage: &str, boarding: &str| {
        let mut facts = Facts::new(standing);
        facts.known.set(known(stage, FactKind::Study));
        facts.known.set(known(boarding, FactKind::Boarding));
        facts.known.set(known("martyr", FactKind::Relief));
        facts
    };
    let today = day("2026-11-23");
    for (id, facts) in [
        ("boarder-aid", student("junior", "yes")),
        ("student-aid", student("senior", "no")),
        ("college-grant", student("undergraduate", "no")),
    ] {
        assert_eq!(crate::domain::rule::holds(of(id), &facts, today), crate::domain::rule::Holds::Yes, "{id}");
    }
    let sure = |stage: &str| of("student-aid").amount_of(&student(stage, "no"), today).expect("an amount");
    assert_eq!((sure("senior").sure, sure("senior").sure_fen()), (Sure::Average, None));
    assert_eq!(sure("vocational_secondary").sure_fen(), Some(230_000));
}

#[test]
fn no_clause_but_these_can_be_written() {
    for invented in ["\"children\"", "{ daughters = 2 }", "{ sex = \"any\" }", "{ relief = [\"only_child\"] }"] {
        let text = include_str!("../../../assets/programmes/special-aid.toml").replace("\"standing\"", invented);
        assert!(Programme::from_toml("special-aid.toml", &text).is_err(), "{invented}");
    }
    let text = include_str!("../../../assets/programmes/special-aid.toml").replace("\"standing\"", "\"declared\"");
    assert!(Programme::from_toml("special-aid.toml", &text).is_err(), "nothing is to be declared for it");
}

#[test]
fn what_a_person_declares_belongs_to_a_programme_that_asks_it() {
    let programmes = compiled_in().expect("valid");
    for kind in FactKind::ALL.iter().filter(|kind| kind.is_declared()) {
        let asks = |p: &&Programme| {
            p.clauses.iter().any(|c| matches!(c, Clause::Fact(is) if is.kind == *kind))
                && FactKind::declared(&p.id) == Some(*kind)
        };
        assert!(programmes.iter().find(asks).is_some(), "{}", kind.as_str());
    }
}

#[test]
fn the_child_subsidy_pays_what_the_official_table_says() {
    let yuan =
        |born: &str| child_subsidy(day(born)).iter().map(|claim| (claim.year, claim.fen / 100)).collect::<Vec<_>>();
    assert_eq!(yuan("2021-12-31"), []);
    assert_eq!(yuan("2022-01-01"), [(2025, 300)]);
    assert_eq!(yuan("2022-12-31"), [(2025, 3600)]);
    assert_eq!(yuan("2023-12-09"), [(2025, 3600), (2026, 3600)]);
    assert_eq!(yuan("2024-01-31"), [(2025, 3600), (2026, 3600), (2027, 300)]);
    assert_eq!(yuan("2024-07-15"), [(2025, 3600), (2026, 3600), (2027, 2100)]);
    assert_eq!(yuan("2025-06-01"), [(2025, 3600), (2026, 3600), (2027, 3600)]);
    let lapses: Vec<String> = child_subsidy(day("2025-06-01")).iter().map(|c| c.apply_by.to_string()).collect();
    assert_eq!(lapses, ["2026-12-31", "2026-12-31", "2027-12-31"], "the first claim may wait for the year after");
    assert_eq!(open_claim(day("2026-11-01"), day("2026-11-23")).map(|c| c.apply_by), Some(day("2027-12-31")));
    assert_eq!(open_claim(day("2022-06-01"), day("2026-01-01")), None);
}

#[test]
fn amounts_are_in_fen_and_never_invented() {
    let special = programme("special-aid");
    assert!(special.amounts(day("1970-01-01"), day("2026-11-23")).is_empty(), "the authority decides which case");
    assert!(programme("elder-allowance").amounts(day("1940-01-01"), day("2026-11-23")).is_empty(), "the county says");
    let fee = programme("only-child-fee").amounts(day("2013-03-15"), day("2026-11-23"));
    let fee: Vec<_> = fee.iter().map(|a| (a.year, a.fen)).collect();
    assert_eq!(fee, [(2026, 12_000), (2027, 3_000)], "to the month of the 14th birthday");
    let award = programme("rural-award");
    let of = |born: &str| award.amounts(day(born), day("2026-11-23")).first().map(|a| a.fen);
    assert_eq!((of("1966-12-31"), of("1967-01-01"), of("1932-12-31")), (Some(96_000), None, None));
}

#[test]
fn a_birth_known_in_part_bounds_the_amount_and_never_guesses_it() {
    let subsidy = programme("child-subsidy");
    let of = |programme: &Programme, born: &str| {
        let born = PartialDate::parse(born).expect("a birth");
        let spans = programme.amounts_between(born, day("2026-11-23"));
        spans.iter().map(|span| (span.year, span.least, span.most)).collect::<Vec<_>>()
    };
    let whole = |year| (year, 360_000, 360_000);
    assert_eq!(of(&subsidy, "2024-07"), [whole(2025), whole(2026), (2027, 210_000, 210_000)]);
    assert_eq!(of(&subsidy, "2024"), [whole(2025), whole(2026), (2027, 30_000, 360_000)]);
    assert_eq!(of(&subsidy, "2025"), [whole(2025), whole(2026), whole(2027)]);
    assert_eq!(of(&subsidy, "2022"), [(2025, 30_000, 360_000)]);
    assert_eq!(of(&programme("rural-award"), "1960"), [(2026, 96_000, 96_000)]);
    let mut standards = LocalStandards::default();
    let set = |value: &str| LocalStandard { value: value.into(), source: SourceId(1), on: day("2026-01-01") };
    standards.set("elder-allowance", "fen_90", set("100"));
    let allowance = programme("elder-allowance");
    assert_eq!(of(&allowance.with(&standards), "1936"), [], "below 90 the county has not said");
    standards.set("elder-allowance", "fen_80", set("50"));
    assert_eq!(of(&allowance.with(&standards), "1936"), [(2026, 65_000, 120_000)]);
    assert_eq!(of(&allowance.with(&standards), "1946-11"), [(2026, 10_000, 10_000)]);
}

#[test]
fn the_county_sets_amounts_within_bounds_and_nothing_else() {
    let all = compiled_in().expect("valid");
    let allowance = all.iter().find(|p| p.id == "elder-allowance").expect("shipped");
    let def = allowance.local.iter().find(|l| l.key == "fen_80").expect("named");
    assert_eq!(def.read("50.5"), Ok(local::LocalValue::Number(5_050)));
    assert!(def.read("-1").is_err() && def.read("100000").is_err() && def.read("五十").is_err());
    let mut standards = LocalStandards::default();
    let set = |value: &str| LocalStandard { value: value.into(), source: SourceId(1), on: day("2026-01-01") };
    standards.set("elder-allowance", "fen_80", set("50"));
    let of = |born: &str| allowance.with(&standards).amounts(day(born), day("2026-11-23")).first().map(|a| a.fen);
    assert_eq!((of("1940-01-01"), of("1930-01-01")), (Some(60_000), None));
    let women = all.iter().find(|p| p.id == "women-check").expect("shipped");
    let interval = women.local.iter().find(|l| l.key == "interval_months").expect("named");
    assert!(interval.read("23").is_err() && interval.read("24").is_ok());
}

#[test]
fn a_child_stands_at_the_visit_whose_window_is_open_or_comes_next() {
    let check = programme("child-check");
    let at = |on: &str| {
        let turn = check.turn(&born("2024-07-31"), &[], day(on));
        (turn.name, turn.first.to_string(), turn.last.to_string())
    };
    assert_eq!(at("2024-07-31").0, "newborn");
    assert_eq!(at("2024-08-28"), ("m1".into(), "2024-08-28".into(), "2024-08-30".into()));
    assert_eq!(at("2024-08-31"), ("m3".into(), "2024-10-16".into(), "2024-11-15".into()));
    assert_eq!(at("2028-07-31").0, "y4");
    assert_eq!(at("2031-07-30").0, "y6");
}

#[test]
fn the_second_dose_has_its_turn_six_months_after_the_first() {
    let hpv = programme("hpv");
    let turn = |given: &[&str], on: &str| {
        let given: Vec<NaiveDate> = given.iter().map(|d| day(d)).collect();
        let turn = hpv.turn(&born("2012-01-01"), &given, day(on));
        (turn.name.clone(), turn.has_one_of(&given))
    };
    assert_eq!(turn(&[], "2026-01-01"), ("1".into(), false));
    assert_eq!(turn(&["2026-02-01"], "2026-07-31"), ("1".into(), true));
    assert_eq!(turn(&["2026-02-01"], "2026-08-01"), ("2".into(), false));
    assert_eq!(turn(&["2026-02-01", "2026-08-03"], "2027-08-01"), ("2".into(), true));
}

#[test]
fn half_years_and_school_years_begin_in_september() {
    let name = |id: &str, on: &str| programme(id).common_turn(day(on)).name;
    assert_eq!(name("yulu", "2026-02-28"), "2025-autumn");
    assert_eq!(name("yulu", "2026-03-01"), "2026-spring");
    assert_eq!(name("yulu", "2026-09-01"), "2026-autumn");
    assert_eq!(name("student-aid", "2026-08-31"), "2025-2026");
    assert_eq!(name("student-aid", "2026-09-01"), "2026-2027");
}

#[test]
fn the_birth_bound_is_right_on_29_february() {
    let elder = programme("elder-check");
    let by = |on: &str| elder.narrow(day(on)).born_by.expect("an age clause").to_string();
    assert_eq!(by("2024-02-29"), "1959-02-28");
    assert_eq!(by("2025-02-28"), "1960-02-28");
    assert_eq!(by("2025-03-01"), "1960-03-01");
}

#[test]
fn a_paper_has_a_key_of_its_own_and_nobody_has_two_steps() {
    let text = include_str!("../../../assets/programmes/child-subsidy.toml");
    let refused = |from: &str, to: &str| {
        let wrong = text.replacen(from, to, 1);
        assert_ne!(wrong, text, "nothing to replace");
        Programme::from_toml("child-subsidy.toml", &wrong).expect_err("wrong").expected
    };
    assert!(refused("household-book", "birth-certificate").contains("each key once"));
    assert!(refused("household-book", "Household_Book").contains("kebab-case"));
    assert!(refused("who = \"county\"", "who = \"township\"").contains("each who once"));
    assert!(refused("{ key = \"account\", ", "{ ").contains("key"));
}
