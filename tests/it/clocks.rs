//! Concurrency and time: a second program, a copied folder; clocks that stand years off, the end of February, the summer
//! times of 1986 to 1991, computers set to other zones.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, TimeDelta};
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::partial_date::{PartialDate, age_on, turns};
use xiangli::domain::resident::Residency;
use xiangli::domain::typed_day::read_full;
use xiangli::domain::written_date::{Decimals, WrittenDate};
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::backups;
use xiangli::ledger::command::{Command, Stamp};
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::progress::Unwatched;

use crate::support::forge::behind_our_back;
use crate::support::program::{Batch, Village, acknowledged, copy_tree, uids};
use crate::support::world::{ELDER, World, day, stamp};

/// Starts the program so often while the ledger is open here, each time after `between`; the first that was let in.
fn only_one_has_it(village: &Village, times: u64, between: impl Fn()) -> Result<(), String> {
    let open = village.open().map_err(|error| error.to_string())?;
    let before = open.digest().map_err(|error| error.to_string())?;
    for time in 0..times {
        between();
        let output = village.run(["tell", ELDER, &village.people[time as usize % village.people.len()]]);
        if output.status.code() != Some(3) {
            return Err(format!("time {time}: let in with {:?}", output.status.code()));
        }
    }
    let after = open.digest().map_err(|error| error.to_string())?;
    if after == before { Ok(()) } else { Err("something was written".to_owned()) }
}

#[test]
fn fifty_times_a_second_program_is_not_let_in() {
    let village = Village::new();
    only_one_has_it(&village, 50, || {}).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(village.run(["tell", ELDER, &village.people[0]]).status.success(), "let in when the other is gone");
}

#[test]
fn the_suite_of_concurrency_bites_where_somebody_takes_the_lock_away() {
    let village = Village::new();
    let lock = village.data().join("v.xlg.lock");
    let wrong = only_one_has_it(&village, 2, || fs::remove_file(&lock).expect("it was there"));
    assert!(wrong.as_ref().is_err_and(|wrong| wrong.starts_with("time 0: let in")), "{wrong:?}");
    village.open().expect("it opens").check().expect("and SQLite's own locks kept it sound");
}

#[test]
fn programs_started_at_once_write_one_after_the_other_or_say_that_it_is_open() {
    let village = Village::new();
    let runs: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> =
            village.people.iter().map(|uid| scope.spawn(|| village.run(["tell", ELDER, uid]))).collect();
        started.into_iter().map(|run| run.join().expect("it ran").status.code()).collect()
    });
    assert!(runs.iter().all(|code| matches!(code, Some(0 | 3))), "{runs:?}");
    let ledger = village.open().expect("it opens");
    ledger.check().expect("sound");
    let told = ledger.list(ELDER, day("2026-11-23")).expect("a list").counts.told;
    assert_eq!(told as usize, runs.iter().filter(|code| **code == Some(0)).count(), "who was told so is there");
}

#[test]
fn a_folder_copied_while_the_ledger_is_open_holds_all_that_was_acknowledged_and_goes_its_own_way() {
    let village = Village::new();
    let mut batch = Batch::start(village.program(["batch"]));
    let lines: Vec<String> = village.people.iter().map(|uid| format!("tell {ELDER} {uid}")).collect();
    batch.say(&lines);
    let said: Vec<_> = (0..lines.len()).map_while(|_| batch.answer()).collect();
    let said: Vec<_> = said.iter().filter_map(acknowledged).collect();
    let copy = village.beside("copy");
    copy_tree(&village.data(), &copy);
    drop(batch.rest());
    let mut copied = Ledger::open(&copy.join("v.xlg"), &village.key).expect("the copy opens, whoever has the other");
    copied.check().expect("sound");
    assert!(uids(&copied).ends_with(&said), "all of it");
    copied.run(&Command::Undo, &stamp(day("2026-11-24"))).expect("it goes on");
    assert_ne!(copied.digest().expect("readable"), village.open().expect("it opens").digest().expect("readable"));
}

/// A day's work, the clock then stands elsewhere for a while, and is set right again, with somebody at the file then; what is
/// lost by that.
fn survives_a_clock_that_stands_at(wrong: NaiveDate, fault: impl Fn(&Path)) -> Result<(), String> {
    let text = |error: xiangli::ledger::error::LedgerError| format!("{wrong}: {}", error.message().key);
    let mut world = World::new();
    let right = world.today;
    let mut digests = vec![world.ledger.digest().map_err(text)?];
    for (at, today) in [right, wrong, wrong, right].into_iter().enumerate() {
        world.today = today;
        let new = world.person(&format!("王秀{at}"), "1950-02-28", Some(Residency::Here));
        digests.push(world.ledger.digest().map_err(text)?);
        let told = Command::Record { resident: new, programme: ELDER.into(), outcome: Outcome::Told, on: today };
        world.try_run(told).map_err(text)?;
        digests.push(world.ledger.digest().map_err(text)?);
        world.ledger.back_up(&stamp(today), &Unwatched).map_err(text)?;
        world.ledger.worklist(today).map_err(text)?;
        world.ledger.list(ELDER, today).map_err(text)?;
    }
    fault(&world.path());
    let revision = world.ledger.revision().map_err(text)?;
    let kept = backups(&world.path()).map_err(text)?;
    if !kept.iter().any(|backup| backup.revision == revision) {
        return Err(format!("{wrong}: the newest backup was thinned out"));
    }
    let all = ChangeFilter { limit: 100, ..ChangeFilter::default() };
    if world.ledger.history(&all).map_err(text)?.len() != digests.len() {
        return Err(format!("{wrong}: the history is not whole"));
    }
    let mut world = world.restart();
    while let Some(before) = {
        digests.pop();
        digests.last()
    } {
        world.try_run(Command::Undo).map_err(text)?;
        if world.ledger.digest().map_err(text)? != *before {
            return Err(format!("{wrong}: undone in another order than done"));
        }
    }
    world.ledger.check().map(drop).map_err(text)
}

#[test]
fn a_clock_ten_years_behind_or_seventy_five_ahead_loses_nothing() {
    for wrong in ["2016-11-23", "1970-01-01", "2101-11-23"] {
        survives_a_clock_that_stands_at(day(wrong), |_| {}).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

/// As if backups were thinned out, and changes counted or undone, by what the clock said.
#[test]
fn the_suite_of_clocks_bites_where_the_clock_decides_what_is_kept_and_what_came_last() {
    let wrong = day("2101-11-23");
    let by_clock = |path: &Path| {
        let made_now = backups(path).expect("readable").into_iter().filter(|backup| backup.at.year() < 2100);
        made_now.for_each(|backup| fs::remove_file(&backup.path).expect("removed"));
    };
    let said =
        |wrong: Result<(), String>| wrong.expect_err("noticed").split_once(": ").expect("a sentence").1.to_owned();
    assert_eq!(said(survives_a_clock_that_stands_at(wrong, by_clock)), "the newest backup was thinned out");
    for (fault, says) in [
        ("DELETE FROM change WHERE at LIKE '2101%'", "the history is not whole"),
        ("UPDATE resident SET phone = '19900009999' WHERE name = '王秀0'", "undone in another order than done"),
    ] {
        let found = said(survives_a_clock_that_stands_at(wrong, |path| {
            let conn = behind_our_back(path);
            conn.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
            assert!(conn.execute(fault, []).unwrap_or_else(|error| panic!("{fault}: {error}")) > 0);
        }));
        assert_eq!(found, says, "{fault}");
    }
}

/// Whether what was done today stands on today's page.
fn stands_on_its_day(now: &Stamp, true_day: NaiveDate) -> Result<(), String> {
    let mut world = World::new();
    world.today = now.today;
    world.person("王秀英", "1950-03-01", None);
    let on = ChangeFilter { on: Some(true_day), ..ChangeFilter::default() };
    let found = world.ledger.history(&on).map_err(|error| error.to_string())?.len();
    if found > 0 { Ok(()) } else { Err(format!("nothing stands on {true_day}")) }
}

#[test]
fn the_suite_of_clocks_bites_on_a_clock_that_stands_wrong() {
    let today = day("2026-11-24");
    stands_on_its_day(&stamp(today), today).expect("the right clock");
    let wrong = stands_on_its_day(&stamp(day("2016-11-24")), today);
    assert_eq!(wrong, Err("nothing stands on 2026-11-24".to_owned()));
}

#[test]
fn who_was_born_on_the_29th_of_february_has_a_birthday_every_year() {
    let born = day("1964-02-29");
    for (years, on) in [(60, "2024-02-29"), (65, "2029-03-01"), (64, "2028-02-29")] {
        let turned = turns(born, years).expect("a day");
        assert!(turned == day(on) || turned == day("2029-02-28"), "{years}: {turned}");
        assert_eq!((age_on(born, turned), age_on(born, turned - TimeDelta::days(1))), (years, years - 1));
    }
    let mut world = World::new();
    let uid = world.person("王秀英", "1952-02-29", Some(Residency::Here));
    for today in ["2028-02-28", "2028-02-29", "2028-03-01", "2100-02-28", "2100-03-01"] {
        world.today = day(today);
        world.ledger.worklist(world.today).expect("a list");
        let told =
            Command::Record { resident: uid.clone(), programme: ELDER.into(), outcome: Outcome::Told, on: world.today };
        world.run(told);
    }
    for text in ["2027-02-29", "20270229", "2100-02-29", "2027年2月29日"] {
        assert_eq!(read_full(text), None, "{text} is no day");
        let written = WrittenDate::from_text(text, Decimals::AsTyped, day("2026-11-23")).date();
        assert!(written.is_none_or(|date| date.day().is_none()), "{text}");
    }
}

/// China put its clocks forward in the summers of 1986 to 1991: there, midnights are missing that calendars have.
#[test]
fn no_day_of_the_years_with_summer_time_moves() {
    let today = day("2026-11-23");
    let mut on = day("1986-01-01");
    let first_serial = 31_413;
    while on.year() < 1992 {
        let serial = first_serial + (on - day("1986-01-01")).num_days();
        assert_eq!(WrittenDate::from_serial(serial as f64, today).date(), Some(PartialDate::Day(on)), "{on}");
        assert_eq!(PartialDate::parse(&on.to_string()), Some(PartialDate::Day(on)));
        let written = on.format("%Y/%-m/%-d").to_string();
        assert_eq!(WrittenDate::from_text(&written, Decimals::AsTyped, today).date(), Some(PartialDate::Day(on)));
        on += TimeDelta::days(1);
    }
}

/// The last change's instant, where the computer is set to this zone and its calendar is the real one.
fn done_in(village: &Village, zone: &str, command: &[&str]) -> DateTime<FixedOffset> {
    let mut process = village.program(command);
    let output = process.env_remove("XIANGLI_TODAY").env("TZ", zone).output().expect("it runs");
    assert!(output.status.success(), "{zone}: {}", String::from_utf8_lossy(&output.stderr));
    let newest = ChangeFilter { limit: 1, ..ChangeFilter::default() };
    let newest = village.open().expect("it opens").history(&newest).expect("readable").remove(0);
    newest.at.parse().expect("an instant")
}

#[test]
fn a_computer_set_to_any_zone_keeps_beijing_time() {
    let village = Village::new();
    let mut last = None;
    for (zone, person) in [("Pacific/Kiritimati", 0), ("Etc/GMT+12", 1), ("Asia/Shanghai", 2), ("nonsense", 3)] {
        let at = done_in(&village, zone, &["decline", ELDER, &village.people[person]]);
        assert_eq!(at.offset().local_minus_utc(), 8 * 3600, "{zone}");
        assert!(last.is_none_or(|before: DateTime<FixedOffset>| at >= before), "{zone}: in the order done");
        assert!(last.is_none_or(|before| at - before < TimeDelta::minutes(10)), "{zone}: no zone's hours in between");
        last = Some(at);
    }
}

#[test]
fn a_ledger_opened_by_its_full_path_its_short_one_and_a_link_is_locked_once() {
    let village = Village::new();
    let link = village.beside("链接 link.xlg");
    std::os::unix::fs::symlink(village.path(), &link).expect("linked");
    let dotted = village.data().join("../data/./v.xlg");
    let open = village.open().expect("it opens");
    for path in [link.as_path(), dotted.as_path(), village.path().as_path()] {
        let error = Ledger::open(Path::new(path), &village.key).err().expect("open already");
        assert_eq!(error.message().key, "error-already-open", "{}", path.display());
    }
    drop(open);
    drop(Ledger::open(&link, &village.key).expect("by the link"));
}
