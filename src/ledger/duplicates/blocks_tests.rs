//! Tests of `blocks`. All people are made up.

use super::*;
use crate::domain::duplicate::Person;
use crate::domain::partial_date::PartialDate;
use crate::ledger::progress::Unwatched;

fn person(name: &str, born: Option<PartialDate>) -> Person<'_> {
    Person { name, id_number: "", sex: None, born, relation: 0, household: 0, group: 0, phone: "" }
}

fn crowd<'a>(people: impl IntoIterator<Item = Person<'a>>) -> Crowd {
    let mut crowd = Crowd::new();
    for (key, person) in people.into_iter().enumerate() {
        crowd.add(key as i64, &person);
    }
    crowd.settle();
    crowd
}

#[test]
fn ten_thousand_of_one_name_cost_no_more_than_a_window_each() {
    let crowd = crowd((0..10_000).map(|_| person("王伟", None)));
    let mut search = Search::new(&crowd, 500, &Unwatched);
    search.names().expect("nobody stops it");
    assert!(search.looks as usize <= 10_000 * WINDOW, "{} comparisons", search.looks);
    assert!(search.run(|_, _| false).expect("nobody stops it").is_empty(), "a name that all bear says nothing");
}

#[test]
fn in_a_large_block_those_born_next_to_each_other_are_compared() {
    let day = |n: i64| {
        let first = chrono::NaiveDate::from_ymd_opt(1950, 1, 1).expect("a date");
        Some(PartialDate::Day(first + chrono::TimeDelta::days(n * 3)))
    };
    let names: Vec<String> = (0..1_000).map(|n| if n % 2 == 0 { "王伟".into() } else { "王玮".into() }).collect();
    let mut people: Vec<_> = names.iter().zip(0..).map(|(name, n)| person(name, day(n))).collect();
    people.push(person("王伟", day(700)));
    let crowd = crowd(people);
    let found = Search::new(&crowd, 500, &Unwatched).run(|_, _| false).expect("nobody stops it");
    assert_eq!(found.first().map(|(_, a, b)| (*a, *b)), Some((700, 1_000)), "{found:?}");
}

#[test]
fn more_pairs_than_wanted_are_dropped_from_the_end_and_memory_stays_bounded() {
    let days: Vec<_> = (0..200).map(|n| PartialDate::Month(1950 + n / 12, (n % 12 + 1) as u32)).collect();
    let names: Vec<String> =
        (0..200).map(|n| format!("王{}", char::from_u32(0x4e00 + n).expect("a character"))).collect();
    let people = names.iter().zip(days).flat_map(|(name, born)| (0..30).map(move |_| person(name, Some(born))));
    let crowd = crowd(people.map(|p| Person { household: 5, ..p }));
    let found = Search::new(&crowd, 10, &Unwatched).run(|_, _| false).expect("nobody stops it");
    assert!(found.len() <= 40 && found.is_sorted_by_key(|(points, _, _)| -points));
}

#[test]
fn the_names_beside_a_name_are_those_a_slip_makes() {
    let names = beside("王秀英");
    for name in ["王秀瑛", "王绣英", "王英", "王英秀", "汪秀英"] {
        assert!(names.iter().any(|made| made == name), "{name}");
    }
    assert!(!names.iter().any(|made| made == "王秀英" || made == "秀英" || made == "王"));
    assert!(beside("阿依古丽·买买提").is_empty());
}
