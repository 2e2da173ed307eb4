//! An attacker who knows every published number and every sum, and nothing of how numbers are hidden, tries to work out what
//! was left out.

use std::cell::Cell;

use proptest::prelude::*;

use super::*;
use crate::domain::riddle::Riddle;

/// More than any number here.
const MOST: i64 = 500;

/// A random county, township or village with its numbers: a whole and a part of it.
#[derive(Clone, Debug)]
struct Place {
    areas: Areas,
    tables: Vec<Table>,
    anyway: Vec<bool>,
}

fn count() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0), 6 => 1..5_i64, 4 => 5..9_i64, 2 => 9..60_i64]
}

fn pair() -> impl Strategy<Value = Option<Vec<i64>>> {
    let pair = (count(), 0..=3_u8).prop_map(|(whole, of)| Some(vec![whole, whole * i64::from(of) / 3]));
    prop_oneof![1 => Just(None), 9 => pair]
}

/// Townships of a county with their villages (or none: then the township counts), over one or two months.
fn place() -> impl Strategy<Value = Place> {
    let shape = prop::collection::vec(0..5_usize, 0..4);
    (shape, 1..3_usize).prop_flat_map(|(shape, months)| {
        let mut areas = Areas::default();
        let root = areas.add(None);
        for villages in &shape {
            let township = areas.add(Some(root));
            for _ in 0..*villages {
                areas.add(Some(township));
            }
        }
        let len = areas.len();
        let table = prop::collection::vec(pair(), len);
        let anyway = prop::collection::vec(prop::bool::weighted(0.05), len);
        (Just(areas), prop::collection::vec(table, months), anyway).prop_map(|(areas, mut tables, anyway)| {
            for table in &mut tables {
                areas.sum(table);
            }
            Place { areas, tables, anyway }
        })
    })
}

/// What is published of a table, count by count.
fn published(place: &Place, hidden: &[bool], table: &Table) -> [Vec<Option<Option<i64>>>; 2] {
    [0, 1].map(|at| {
        let numbers: Vec<Option<i64>> = table.iter().map(|of| of.as_ref().map(|of| of[at])).collect();
        let left_out = place.areas.left_out(&numbers, hidden);
        numbers.iter().zip(left_out).map(|(number, out)| number.map(|number| (!out).then_some(number))).collect()
    })
}

/// The numbers that were left out and are known all the same: exactly, or to be below 5. Counts those tried, and those of
/// them that were too hard.
fn worked_out(place: &Place, hidden: &[bool], table: &Table, tried: &Cell<(u32, u32)>) -> Vec<String> {
    let shown = published(place, hidden, table);
    let mut riddle = Riddle::default();
    let numbers = [0, 1].map(|at| {
        let of = shown[at].iter().zip(table).map(|(shown, truth)| {
            let truth = truth.as_ref().map_or(0, |truth| truth[at]);
            shown.map(|known| riddle.number(known, MOST, truth))
        });
        of.collect::<Vec<Option<usize>>>()
    });
    for area in 0..place.areas.len() {
        for of in &numbers {
            let parts: Vec<usize> = place.areas.parts[area].iter().filter_map(|part| of[*part]).collect();
            if let Some(whole) = of[area].filter(|_| !parts.is_empty()) {
                riddle.sum(whole, parts);
            }
        }
        if let (Some(whole), Some(part)) = (numbers[0][area], numbers[1][area]) {
            riddle.no_more_than(part, whole);
        }
    }
    let mut found = Vec::new();
    for (at, of) in numbers.iter().enumerate() {
        for (area, number) in of.iter().enumerate() {
            let (Some(number), Some(None), Some(truth)) = (number, shown[at][area], &table[area]) else { continue };
            let truth = truth[at];
            let other = [(0, truth - 1), (truth + 1, MOST)].map(|bounds| riddle.may_be(*number, bounds));
            let high = riddle.may_be(*number, (SMALLEST_SHOWN, MOST));
            tried.set((tried.get().0 + 1, tried.get().1 + u32::from(high.is_none())));
            if other == [Some(false); 2] || high == Some(false) {
                found.push(format!("count {at} of area {area} is {truth}"));
            }
        }
    }
    found
}

#[test]
fn no_attacker_works_out_what_was_left_out() {
    let tried = Cell::new((0, 0));
    let config = ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() };
    let done = proptest::test_runner::TestRunner::new(config).run(&place(), |place| {
        let hidden = place.areas.hidden(&place.tables, &place.anyway);
        for table in &place.tables {
            prop_assert_eq!(worked_out(&place, &hidden, table, &tried), Vec::<String>::new());
            for counts in published(&place, &hidden, table) {
                prop_assert!(counts.iter().flatten().flatten().all(|count| !is_small(*count)));
            }
        }
        Ok(())
    });
    done.expect("nobody works it out");
    // An attacker who gives up proves nothing: that must be rare.
    let (all, too_hard) = tried.get();
    assert!(all > 3_000 && too_hard * 500 < all, "{too_hard} of {all} were too hard");
}

fn township(counts: &[i64]) -> Place {
    let mut areas = Areas::default();
    let root = areas.add(None);
    let mut table = vec![None];
    for count in counts {
        areas.add(Some(root));
        table.push(Some(vec![*count, 0]));
    }
    areas.sum(&mut table);
    let anyway = vec![false; areas.len()];
    Place { areas, tables: vec![table], anyway }
}

fn hidden(counts: &[i64]) -> Vec<usize> {
    let place = township(counts);
    let hidden = place.areas.hidden(&place.tables, &place.anyway);
    (0..hidden.len()).filter(|area| hidden[*area]).collect()
}

#[test]
fn one_small_number_takes_the_smallest_other_with_it() {
    assert_eq!(hidden(&[3, 40, 7, 20]), [1, 3]);
    assert!(hidden(&[30, 40, 7, 20]).is_empty());
    assert!(hidden(&[0, 40, 0, 20]).is_empty(), "nobody is nobody");
    assert_eq!(hidden(&[0, 40, 3, 0]), [2, 3], "with no third one, the two tell nothing of each other");
}

#[test]
fn small_numbers_that_are_too_few_together_take_another_with_them() {
    assert_eq!(hidden(&[1, 1, 40, 20]), [1, 2, 4]);
    assert_eq!(hidden(&[4, 1, 40, 20]), [1, 2, 4], "5 in all, and each has one: none could have 5");
    assert_eq!(hidden(&[4, 4, 40, 20]), [1, 2]);
    assert_eq!(hidden(&[1, 1, 0, 1]), [0, 1, 2, 4], "the sum is small itself");
}

#[test]
fn where_nobody_else_is_there_the_sum_is_hidden() {
    let mut place = township(&[0, 30, 0]);
    place.anyway[2] = true;
    let hidden = place.areas.hidden(&place.tables, &place.anyway);
    assert_eq!(hidden, [true, false, true, false]);
    // Under a hidden sum that had no hidden part, the parts would add up to it.
    place.anyway = vec![true, false, false, false];
    let hidden = place.areas.hidden(&place.tables, &place.anyway);
    assert_eq!(hidden, [true, false, true, false]);
}

#[test]
fn what_is_hidden_once_is_hidden_in_every_month() {
    let mut place = township(&[3, 40, 7, 20]);
    place.tables.push(township(&[6, 40, 7, 20]).tables.remove(0));
    let hidden = place.areas.hidden(&place.tables, &place.anyway);
    assert_eq!(hidden, [false, true, false, true, false]);
}

#[test]
fn the_attacker_works_out_what_is_only_left_out_where_it_is_small() {
    let place = township(&[3, 40, 7, 20]);
    let naive = [false, true, false, false, false];
    assert_eq!(worked_out(&place, &naive, &place.tables[0], &Cell::default()), ["count 0 of area 1 is 3"]);
    let place = township(&[1, 2, 40, 20]);
    let naive = [false, true, true, false, false];
    assert_eq!(worked_out(&place, &naive, &place.tables[0], &Cell::default()).len(), 2, "3 together: both are below 5");
}
