//! Tests of `duplicate`. All people are made up.

use super::*;

fn person(name: &'static str, id_number: &'static str, born: &str) -> Person<'static> {
    let born = PartialDate::parse(born);
    Person { name, id_number, sex: None, born, relation: 0, household: 0, group: 0, phone: "" }
}

fn why(a: Person<'_>, b: Person<'_>) -> Vec<Evidence> {
    score(&a, &b).reasons
}

#[test]
fn names_differ_in_the_ways_clerks_make_them() {
    use Evidence::*;
    for (a, b, expected) in [
        ("王秀英", "王秀英", NameSame),
        ("張國華", "张国华", NameForm),
        ("王堃", "王坤", NameForm),
        ("王秀珍", "王秀贞", NameSound),
        ("李凤", "李风", NameLook),
        ("王秀英", "王英", NameLeftOut),
        ("王秀英", "王英秀", NameTurned),
        ("王秀英", "王秀菊", NameOneOther),
        ("王秀英", "王大明", NameOtherGiven),
        ("王秀英", "李大明", NameOther),
        ("王", "李", NameOther),
        ("王英", "王菊", NameOtherGiven),
    ] {
        assert_eq!(names(a, b), expected, "{a} {b}");
        assert_eq!(names(b, a), expected, "{b} {a}");
    }
}

#[test]
fn numbers_differ_in_the_ways_clerks_make_them() {
    use Evidence::*;
    for (a, b, expected) in [
        ("421399196103092548", "421399196103092548", IdSame),
        ("421399610309254", "421399196103092548", IdUpgraded),
        ("421399196103092548", "421399196103192549", IdOneDigit),
        ("421399196103902548", "421399196103092548", IdSwapped),
        ("421399196103092548", "421399196103092564", IdNextOfDay),
        ("421399196103092548", "421399196103095548", IdOneDigit),
        ("421399196103092548", "421399196103098109", IdOtherOfDay),
        ("421399196103092548", "421399198805172548", IdOther),
        ("ABC123456789012", "421399196103092548", IdOther),
    ] {
        assert_eq!(numbers(a, b), expected, "{a} {b}");
        assert_eq!(numbers(b, a), expected, "{b} {a}");
    }
}

#[test]
fn births_differ_in_the_ways_clerks_make_them() {
    use Evidence::*;
    for (a, b, expected) in [
        ("1961-03-09", "1961-03-09", BornSame),
        ("1961-03-09", "1961-09-03", BornTurned),
        ("1961-03-09", "1967-03-09", BornOneDigit),
        ("1958-03-09", "1985-03-09", BornOneDigit),
        ("1961-03-09", "1961-04-11", BornLunar),
        ("1961-03", "1961-03-09", BornMonth),
        ("1961", "1961-03-09", BornYear),
        ("1961", "1962-03-09", BornOther),
        ("1961-03-09", "1988-05-17", BornOther),
    ] {
        let (a, b) = (PartialDate::parse(a).expect("a date"), PartialDate::parse(b).expect("a date"));
        assert_eq!(births(a, b), expected, "{a} {b}");
        assert_eq!(births(b, a), expected, "{b} {a}");
    }
}

#[test]
fn somebody_entered_again_without_number_is_found_and_a_namesake_is_not() {
    let known = person("王秀英", "421399196103092548", "1961-03-09");
    assert!(score(&known, &person("王秀英", "", "1961-03-09")).points >= THRESHOLD);
    assert!(score(&known, &person("王秀瑛", "", "1961-03-09")).points >= THRESHOLD);
    assert!(score(&known, &person("王秀英", "", "1961-09-03")).points >= THRESHOLD);
    assert!(score(&known, &person("王秀英", "", "1988-05-17")).points < THRESHOLD);
    assert!(score(&known, &person("王秀英", "421399196103098109", "1961-03-09")).points < THRESHOLD);
}

#[test]
fn twins_in_one_house_are_two_people() {
    let one = Person { household: 7, relation: 20, ..person("张伟", "421399200103092518", "2001-03-09") };
    let other = Person { name: "张玮", id_number: "421399200103092534", ..one };
    let found = score(&one, &other);
    assert!(found.points < THRESHOLD && found.reasons.contains(&Evidence::Twins));
}

#[test]
fn what_weighs_most_is_said_first_and_the_sum_is_the_points() {
    let one = Person { phone: "19900000001", group: 1, ..person("王秀英", "", "1961-03-09") };
    let other = Person { phone: "19900000002", group: 2, ..one };
    let found = score(&one, &other);
    assert_eq!(found.points, points(&one, &other));
    assert_eq!(found.points, found.reasons.iter().map(|reason| reason.points()).sum::<i32>());
    assert!(found.reasons.is_sorted_by_key(|reason| -reason.points().abs()));
    assert!(why(one, other).contains(&Evidence::PhoneOther));
}

#[test]
fn a_name_that_many_bear_says_less() {
    assert_eq!(
        [0, 1, 2, 3, 4, 8, 1000].map(|bearers| commonness(bearers).map_or(0, Evidence::points)),
        [0, 0, 0, 0, -1, -2, -8]
    );
}

#[test]
fn no_two_words_for_one_relation_are_taken_for_two_people() {
    use Evidence::*;
    for (a, b, expected) in [
        (2, 2, RelationOnly),
        (10, 12, RelationOnly),
        (20, 22, RelationSame),
        (22, 23, RelationOther),
        (2, 20, RelationOther),
        (30, 38, RelationOther),
        (38, 38, RelationSame),
    ] {
        assert_eq!((relations(a, b), relations(b, a)), (Some(expected), Some(expected)), "{a} {b}");
    }
    assert_eq!(relations(0, 2), None);
}
