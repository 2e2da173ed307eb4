//! Months: what happened with the names behind it; a closed one stays as it was, what is found later gets a date.

use xiangli::domain::hand_up::{Measure, Profile};
use xiangli::domain::message::Say as _;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::Command;
use xiangli::ledger::months::Adjustment;

use crate::support::offices::{Offices, code};
use crate::support::program::of_demo;
use crate::support::world::{ELDER, World, day};

fn attend(world: &mut World, resident: &str, on: &str) {
    let (resident, programme) = (resident.to_owned(), ELDER.to_owned());
    world.run(Command::Attend { resident, programme, on: day(on) });
}

fn close(world: &mut World, month: &str) -> Result<(), String> {
    let stamp = crate::support::world::stamp(world.today);
    world.ledger.close_month(month, &stamp).map(drop).map_err(|error| error.message().key.to_string())
}

fn elders(world: &mut World, count: usize) -> Vec<String> {
    let name = |at: usize| format!("王秀{}", char::from_u32(0x4E00 + at as u32).expect("a character"));
    (0..count).map(|at| world.person(&name(at), "1950-03-01", Some(Residency::Here))).collect()
}

#[test]
fn a_closed_month_stays_as_it_was_and_what_is_found_later_gets_a_date() {
    let mut world = World::new();
    let people = elders(&mut world, 3);
    attend(&mut world, &people[0], "2026-10-12");
    attend(&mut world, &people[1], "2026-11-02");
    close(&mut world, "2026-10").expect("it is over");
    let key = (ELDER.to_owned(), Measure::MonthChecked);
    assert_eq!(world.ledger.closed_months().expect("readable")[0].numbers.get(&key), Some(&1));
    // Noted later, about the closed month.
    attend(&mut world, &people[2], "2026-10-20");
    let pending = world.ledger.pending_adjustments(world.today).expect("readable");
    let later = Adjustment { programme: ELDER.into(), measure: Measure::MonthChecked, on: world.today, difference: 1 };
    assert_eq!(pending, [("2026-10".to_owned(), later.clone())]);
    world.today = day("2026-11-30");
    close(&mut world, "2026-11").expect("its last day");
    let closed = world.ledger.closed_months().expect("readable");
    assert_eq!(closed[0].numbers.get(&key), Some(&1), "the number stands");
    assert_eq!(closed[0].adjustments, [Adjustment { on: day("2026-11-30"), ..later }]);
    assert_eq!(closed[0].corrected(ELDER, Measure::MonthChecked), 2);
    let eligible = (ELDER.to_owned(), Measure::Eligible);
    assert_eq!(closed[1].numbers.get(&eligible), Some(&3), "closed on its last day, the lists are kept with it");
    assert!(world.ledger.pending_adjustments(world.today).expect("readable").is_empty());
    // No undo opens a month again.
    world.run(Command::Undo);
    assert_eq!(world.ledger.closed_months().expect("readable").len(), 2);
    let taken_back = world.ledger.pending_adjustments(world.today).expect("readable");
    assert_eq!(taken_back.iter().map(|(_, one)| one.difference).collect::<Vec<_>>(), [-1], "what was undone is found");
    let report = world.ledger.month_report("2026").expect("a year");
    assert_eq!(report.numbers.get(&key), Some(&2));
    assert_eq!(report.people[&key].iter().map(|row| row.uid.as_str()).collect::<Vec<_>>(), [&people[0], &people[1]]);
}

#[test]
fn a_month_that_is_not_over_was_closed_or_is_none_is_refused() {
    let mut world = World::new();
    for (month, key) in [
        ("2026-11", "error-month-not-over"),
        ("2027-01", "error-month-not-over"),
        ("2026-13", "error-month"),
        ("2026", "error-month"),
        ("", "error-month"),
    ] {
        assert_eq!(close(&mut world, month), Err(key.to_owned()), "{month}");
    }
    close(&mut world, "2026-10").expect("an empty month can be closed");
    assert_eq!(close(&mut world, "2026-10"), Err("error-month-closed".to_owned()));
    assert!(world.ledger.month_report("x").is_err());
}

#[test]
fn the_township_has_each_month_as_it_was_closed_with_what_was_found_later_and_the_sums() {
    let mut offices = Offices::new(2, 150, &Profile::counts());
    let key = |programme: &str| (programme.to_owned(), Measure::MonthChecked);
    let mut own = 0;
    for village in 0..2 {
        let stamp = offices.stamp.clone();
        offices.villages[village].close_month("2026-10", &stamp).expect("closed");
        let closed = offices.villages[village].closed_months().expect("readable");
        own += closed[0].numbers.get(&key(ELDER)).copied().unwrap_or(0);
    }
    let files = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&files);
    let month = offices.township.office_month("2026-10").expect("readable");
    assert_eq!(month.sums.get(&key(ELDER)).copied().unwrap_or(0), own);
    assert!(month.adds_up() && month.later.is_empty());
    assert_eq!(month.rows.iter().map(|row| row.member.code.clone()).collect::<Vec<_>>(), [code(0), code(1)]);
    // One village finds one more.
    let list = offices.villages[0].list(ELDER, offices.stamp.today).expect("a list");
    let resident = list.rows[0].uid.clone();
    let attend = Command::Attend { resident, programme: ELDER.into(), on: day("2026-10-30") };
    let stamp = offices.stamp.clone();
    offices.villages[0].run(&attend, &stamp).expect("noted later");
    let file = offices.hand_up(0);
    offices.receive(&[file]);
    let month = offices.township.office_month("2026-10").expect("readable");
    assert_eq!(month.sums.get(&key(ELDER)).copied().unwrap_or(0), own, "the month stands");
    assert_eq!(month.later.get(&key(ELDER)), Some(&1));
    assert_eq!(month.rows[0].adjustments.len(), 1);
    assert_eq!(month.corrected().get(&key(ELDER)), Some(&(own + 1)));
}

#[test]
fn a_month_is_printed_with_a_picture_and_as_a_spreadsheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| of_demo(folder.path(), arguments);
    assert_eq!(run(&["demo", "--residents", "300"]).0, 0);
    let (pdf, sheet) = (folder.path().join("year.pdf"), folder.path().join("year.xlsx"));
    let report = |to: &std::path::Path| {
        let (code, said) = run(&["--lang", "zh", "month", "report", "2026", "--to", &to.to_string_lossy()]);
        assert_eq!(code, 0, "{said}");
    };
    report(&pdf);
    report(&sheet);
    let text =
        std::process::Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().expect("poppler-utils");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    let (code, shown) = run(&["month", "show", "2026", "--json"]);
    assert_eq!(code, 0);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    let checked = shown["numbers"][ELDER]["month_checked"].as_i64().expect("some were checked");
    assert!(text.contains("2026 年报") && text.contains(&checked.to_string()), "{text}");
    // The names behind it are as many as the number, but for those who asked not to be named.
    let people = shown["people"].as_array().expect("rows");
    let of = people.iter().find(|of| of["programme"] == ELDER && of["measure"] == "month_checked").expect("a row");
    let named = of["rows"].as_array().expect("rows").len() as i64 + of["unnamed"].as_i64().expect("a number");
    assert_eq!(named, checked);
    assert!(std::fs::metadata(&sheet).expect("written").len() > 1_000);
}
