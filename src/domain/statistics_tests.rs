//! What is published and what is not, and the attacker of `suppress` on whole months with everything a reader may know of
//! what is a part of what.

use proptest::prelude::*;

use super::*;
use crate::domain::riddle::Riddle;
use crate::domain::suppress::SMALLEST_SHOWN;

fn numbers(of: &[(&str, Measure, i64)]) -> Numbers {
    of.iter().map(|(programme, measure, number)| (((*programme).to_owned(), *measure), *number)).collect()
}

/// A township's total, area 0, and its villages.
fn township(villages: usize) -> Areas {
    let mut areas = Areas::default();
    let total = areas.add(None);
    for _ in 0..villages {
        areas.add(Some(total));
    }
    areas
}

fn one_month(villages: Vec<Option<Numbers>>) -> BTreeMap<String, Month> {
    let month = std::iter::once(None).chain(villages).collect();
    BTreeMap::from([("2026-11".to_owned(), month)])
}

fn of(cells: &[Cell], programme: &str, measure: Measure) -> Vec<Option<i64>> {
    let is_it = |cell: &&Cell| cell.programme == programme && cell.measure == measure;
    cells.iter().filter(is_it).map(|cell| cell.number).collect()
}

#[test]
fn money_goes_with_its_persons_and_finer_things_with_whom_they_concern() {
    let village = |residents, eligible, told, paid, fen| {
        let of = [
            ("", Measure::Residents, residents),
            ("a", Measure::Eligible, eligible),
            ("a", Measure::Told, told),
            ("a", Measure::MonthPaidPersons, paid),
            ("a", Measure::MonthPaidFen, fen),
        ];
        Some(numbers(&of))
    };
    let villages = vec![
        village(900, 80, 60, 30, 9_000),
        village(800, 60, 50, 2, 700),
        village(700, 90, 9, 6, 600),
        village(9, 3, 0, 3, 300),
    ];
    let cells = publish(&township(4), &one_month(villages));
    assert_eq!(of(&cells, "", Measure::Residents), [Some(2_409), Some(900), Some(800), Some(700), Some(9)]);
    assert_eq!(of(&cells, "a", Measure::Eligible), [Some(233), Some(80), None, Some(90), None]);
    assert_eq!(of(&cells, "a", Measure::Told), [Some(119), Some(60), None, Some(9), None]);
    assert_eq!(of(&cells, "a", Measure::MonthPaidPersons), [Some(41), Some(30), None, None, None]);
    assert_eq!(of(&cells, "a", Measure::MonthPaidFen), [Some(10_600), Some(9_000), None, None, None]);
}

#[test]
fn what_would_tell_of_another_is_not_published() {
    let all: Vec<Measure> = Measure::ALL.iter().copied().filter(|measure| is_published(*measure)).collect();
    for measure in [Measure::PaidPersons, Measure::PaidFen, Measure::Been, Measure::Applied, Measure::Granted] {
        assert!(!all.contains(&measure), "two ends of months would tell what happened between them");
    }
    assert!(!is_published(Measure::Quality) && all.len() == 14);
    let village = numbers(&[("", Measure::Residents, 900), ("a", Measure::Been, 30), ("", Measure::Quality, 40)]);
    let cells = publish(&township(1), &one_month(vec![Some(village)]));
    assert!(cells.iter().all(|cell| is_published(cell.measure)) && cells.len() == 4);
}

#[test]
fn a_village_that_sent_nothing_of_a_month_is_not_nobody() {
    let whole = numbers(&[("", Measure::Residents, 900), ("a", Measure::Eligible, 70), ("a", Measure::MonthBegan, 6)]);
    let happened = numbers(&[("a", Measure::MonthBegan, 8)]);
    let cells = publish(&township(3), &one_month(vec![Some(whole), Some(happened), None]));
    assert_eq!(of(&cells, "a", Measure::Eligible), [Some(70), Some(70)]);
    assert_eq!(of(&cells, "a", Measure::MonthBegan), [Some(14), Some(6), Some(8)]);
}

/// Numbers of a village that hold together, many of them small.
fn village() -> impl Strategy<Value = Option<Numbers>> {
    let part = || prop_oneof![2 => Just(0_i64), 5 => 1..6_i64, 2 => 6..12_i64, 2 => Just(i64::MAX)];
    let residents = prop_oneof![1 => 1..5_i64, 2 => 5..12_i64, 6 => 12..80_i64];
    (residents, prop::collection::vec(part(), 8)).prop_map(|(residents, parts)| {
        let eligible = parts[0].min(residents);
        let open = parts[2].min(eligible);
        Some(numbers(&[
            ("", Measure::Residents, residents),
            ("", Measure::Households, (residents + 2) / 3),
            ("a", Measure::Eligible, eligible),
            ("a", Measure::Told, parts[1].min(eligible)),
            ("a", Measure::Ask, parts[5].min(residents - eligible)),
            ("a", Measure::Open, open),
            ("a", Measure::Ending, parts[3].min(open)),
            ("a", Measure::MonthChecked, parts[4].min(eligible)),
            ("a", Measure::MonthBegan, parts[6].min(eligible)),
            ("a", Measure::MonthPaidPersons, parts[7].min(eligible)),
        ]))
    })
}

/// What a cell would say.
fn truth(cell: &Cell, villages: &[Option<Numbers>]) -> i64 {
    let of = |village: &Option<Numbers>| {
        village.as_ref().and_then(|of| of.get(&(cell.programme.clone(), cell.measure)).copied())
    };
    match cell.area {
        0 => villages.iter().filter_map(of).sum(),
        village => of(&villages[village - 1]).unwrap_or(0),
    }
}

/// The sums of a measure in a month, and what it is a part of in each area.
fn riddle<'a>(cells: &'a [Cell], villages: &[Option<Numbers>]) -> (Riddle, BTreeMap<(usize, &'a str, Measure), usize>) {
    let mut riddle = Riddle::default();
    let mut at = BTreeMap::new();
    for cell in cells {
        let number = riddle.number(cell.number, 600, truth(cell, villages));
        at.insert((cell.area, cell.programme.as_str(), cell.measure), number);
    }
    for ((area, programme, measure), number) in &at {
        if *area == 0 {
            let parts = (1..=villages.len()).filter_map(|area| at.get(&(area, *programme, *measure)).copied());
            riddle.sum(*number, parts.collect());
        }
        let wholes = match measure {
            Measure::MonthChecked | Measure::MonthBegan | Measure::MonthPaidPersons | Measure::Open => {
                Some(("a", Measure::Eligible))
            }
            Measure::Households => Some(("", Measure::Residents)),
            _ => measure.within().map(|whole| (if whole.is_of_the_village() { "" } else { "a" }, whole)),
        };
        if let Some(whole) = wholes.and_then(|(programme, whole)| at.get(&(*area, programme, whole))) {
            riddle.no_more_than(*number, *whole);
        }
    }
    (riddle, at)
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

/// Also what the program does not publish as an order, but a reader may guess, is known here: that who was checked or paid,
/// who applied or could, is among those whom it concerns.
#[test]
fn nothing_small_is_worked_out_by_what_is_a_part_of_what() {
    let (said, too_hard) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    let mut runner = proptest::test_runner::TestRunner::new(config());
    let done = runner.run(&prop::collection::vec(village(), 1..6), |villages| {
        let cells = publish(&township(villages.len()), &one_month(villages.clone()));
        let (riddle, at) = riddle(&cells, &villages);
        // That nobody is nobody may be known: where it concerns nobody, nobody was paid.
        let somebody = |cell: &&Cell| cell.number.is_none() && truth(cell, &villages) > 0;
        for cell in cells.iter().filter(somebody) {
            let number = at[&(cell.area, cell.programme.as_str(), cell.measure)];
            let may_be = riddle.may_be(number, (SMALLEST_SHOWN, 600));
            prop_assert!(may_be != Some(false), "{cell:?}");
            let counter = if may_be.is_some() { &said } else { &too_hard };
            counter.set(counter.get() + 1);
        }
        let small = cells.iter().filter_map(|cell| cell.number).filter(|number| (1..SMALLEST_SHOWN).contains(number));
        prop_assert_eq!(small.count(), 0);
        Ok(())
    });
    done.expect("nobody works it out");
    // An attacker who gives up proves nothing: that must be rare.
    assert!(too_hard.get() * 50 < said.get(), "{} of {} were too hard", too_hard.get(), said.get());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_sum_that_is_shown_is_the_sum(villages in prop::collection::vec(village(), 1..6)) {
        let cells = publish(&township(villages.len()), &one_month(villages.clone()));
        for total in cells.iter().filter(|cell| cell.area == 0 && cell.number.is_some()) {
            let of = |village: &Option<Numbers>| {
                village.as_ref().and_then(|of| of.get(&(total.programme.clone(), total.measure)).copied())
            };
            prop_assert_eq!(total.number, Some(villages.iter().filter_map(of).sum()));
        }
    }
}
