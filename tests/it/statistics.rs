//! Statistics: what is in them, what is left out, and that two real engines read them with the queries of the README.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::RowAccessor as _;
use xiangli::domain::hand_up::{Measure, Profile};
use xiangli::domain::message::Say as _;
use xiangli::ledger::command::Command;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::statistics::leave::{ALL_COLUMNS, For};
use xiangli::ledger::statistics::{StatisticsRow, TOTAL};
use xiangli::ledger::township::Enrolment;
use xiangli::ledger::{Ledger, NewVillage, VillageKind};

use crate::support::offices::{Offices, TOWNSHIP, code, with_persons};
use crate::support::program::Village;
use crate::support::world::{day, key, stamp};

fn whom() -> For {
    For { recipient: "县统计局".into(), purpose: "统计分析".into() }
}

/// A township with the files of some villages of different sizes, in October and in November.
fn township() -> Offices {
    let mut offices = Offices::new(0, 0, &Profile::counts());
    let stick = offices.stick();
    let mut files = Vec::new();
    for (at, residents) in [300, 120, 60, 500].into_iter().enumerate() {
        let seed = u8::try_from(at + 10).expect("few");
        let new = NewVillage { code: code(at), name: format!("村{at}"), kind: VillageKind::Demo };
        let path = offices.folder.path().join(code(at)).join("v.xlg");
        let begun = stamp(day("2026-10-20"));
        let mut village = Ledger::create(&path, &key(), &new, Some([seed; 32]), &begun).expect("a new ledger");
        let plan = xiangli::ledger::demo::Plan { residents, seed: u64::from(seed) };
        village.fill_demo(plan, &begun, &Unwatched).expect("people");
        offices.villages.push(village);
        offices.enrol(at, &with_persons());
        for on in ["2026-10-25", "2026-11-23"] {
            let stamp = stamp(day(on));
            if on.starts_with("2026-11") {
                offices.villages[at].close_month("2026-10", &stamp).expect("October is over");
            }
            files.push(offices.villages[at].hand_up(&stick, &stamp, &Unwatched).expect("handed up").path);
        }
    }
    let received = offices.receive(&files);
    assert!(received.files.iter().all(|file| file.state.is_read()));
    offices
}

fn written(ledger: &mut Ledger, out: &Path) -> Vec<StatisticsRow> {
    let written = ledger.write_statistics(out, &whom(), &stamp(day("2026-11-23"))).expect("written");
    assert_eq!(written.folder, out);
    written.rows
}

/// Every file below a folder, by its path within.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let within = path.strip_prefix(folder).expect("below it").to_owned();
                found.insert(within, fs::read(&path).expect("readable"));
            }
        }
    }
    found
}

/// All rows of a folder, read back.
fn read(folder: &Path) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for path in files(folder).into_keys() {
        let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        assert_eq!((parts.len(), parts[4].as_str()), (5, "part.parquet"));
        let keys = ["county=", "township=", "village=", "month="];
        let values = parts.iter().zip(keys).map(|(part, key)| part.strip_prefix(key).expect(key).to_owned());
        let place: Vec<String> = values.collect();
        let reader = SerializedFileReader::new(fs::File::open(folder.join(&path)).expect("readable")).expect("Parquet");
        for row in reader.get_row_iter(None).expect("rows") {
            let row = row.expect("a row");
            let number = row.get_long(2).map(|number| number.to_string()).unwrap_or_default();
            let own = [row.get_string(0).expect("text").clone(), row.get_string(1).expect("text").clone(), number];
            let suppressed = row.get_bool(3).expect("yes or no").to_string();
            rows.push(place.iter().cloned().chain(own).chain([suppressed]).collect());
        }
    }
    rows.sort();
    rows
}

fn line(row: &StatisticsRow) -> Vec<String> {
    let number = row.number.map(|number| number.to_string()).unwrap_or_default();
    let place = [&row.place.county, &row.place.township, &row.place.village].map(Clone::clone);
    let rest = [row.month.clone(), row.programme.clone(), row.measure.as_str().to_owned(), number];
    place.into_iter().chain(rest).chain([row.suppressed.to_string()]).collect()
}

#[test]
fn what_is_read_back_is_what_the_villages_sent_without_small_numbers() {
    let mut offices = township();
    let out = offices.folder.path().join("statistics");
    let rows = written(&mut offices.township, &out);
    let mut lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    lines.sort();
    assert_eq!(read(&out), lines);
    let months: BTreeSet<&str> = rows.iter().map(|row| row.month.as_str()).collect();
    assert_eq!(months, BTreeSet::from(["2026-10", "2026-11"]));
    assert!(rows.iter().all(|row| row.suppressed == row.number.is_none()));
    let hidden = rows.iter().filter(|row| row.suppressed).count();
    // The villages are small: much is left out, and more than nothing is said.
    assert!(hidden > 100 && rows.len() - hidden > 200, "{hidden} of {}", rows.len());
    let small = rows.iter().filter(|row| !row.measure.is_money() && row.number.is_some_and(|n| (1..5).contains(&n)));
    assert_eq!(small.count(), 0);
    sums_are_those_of_the_township(&offices.township, &rows);
    nothing_is_left_to_subtract(&rows);
}

/// What is shown of the township is what its own pages show.
fn sums_are_those_of_the_township(township: &Ledger, rows: &[StatisticsRow]) {
    let coverage = township.coverage(day("2026-11-23")).expect("readable");
    let months: BTreeMap<&str, _> =
        ["2026-10", "2026-11"].map(|month| (month, township.office_month(month).expect("readable").corrected())).into();
    let mut compared = 0;
    for row in rows.iter().filter(|row| row.place.village == TOTAL) {
        let Some(number) = row.number else { continue };
        let covered = coverage.programmes.get(&row.programme).copied().unwrap_or_default();
        let expected = match row.measure {
            Measure::Eligible if row.month == "2026-11" => covered.eligible,
            Measure::Told if row.month == "2026-11" => covered.told,
            measure if measure.is_of_the_month() => {
                months[row.month.as_str()].get(&(row.programme.clone(), measure)).copied().unwrap_or(0)
            }
            _ => continue,
        };
        assert_eq!(number, expected, "{row:?}");
        compared += 1;
    }
    assert!(compared > 10, "{compared} sums were compared");
}

/// Under a shown sum nothing is left out, or two numbers and more, whose rest is at least 5.
fn nothing_is_left_to_subtract(rows: &[StatisticsRow]) {
    let mut groups: BTreeMap<(&str, &str, Measure), Vec<&StatisticsRow>> = BTreeMap::new();
    for row in rows {
        groups.entry((&row.month, &row.programme, row.measure)).or_default().push(row);
    }
    for group in groups.values() {
        let (sums, parts): (Vec<&StatisticsRow>, Vec<&StatisticsRow>) =
            group.iter().copied().partition(|row| row.place.village == TOTAL);
        let shown: i64 = parts.iter().filter_map(|row| row.number).sum();
        let hidden = parts.iter().filter(|row| row.suppressed).count();
        let Some(sum) = sums[0].number else {
            assert!(hidden > 0, "{group:?}");
            continue;
        };
        let rest = sum - shown;
        assert!(hidden == 0 && rest == 0 || hidden > 1 && rest >= 5, "{hidden} hidden with {rest}: {group:?}");
    }
}

#[test]
fn nobody_and_nothing_private_is_in_any_byte_and_what_left_is_written_down() {
    let mut offices = township();
    let out = offices.folder.path().join("statistics");
    let rows = written(&mut offices.township, &out);
    let bytes: Vec<u8> = files(&out)
        .into_iter()
        .flat_map(|(path, bytes)| [path.to_string_lossy().as_bytes(), &bytes].concat())
        .collect();
    let text = String::from_utf8_lossy(&bytes);
    for village in &offices.villages {
        let all = ResidentFilter { limit: u32::MAX, ..ResidentFilter::default() };
        for person in village.residents(&all).expect("people") {
            for value in [&person.name, &person.id_number, &person.phone, &person.uid, &person.address] {
                assert!(value.chars().count() < 2 || !text.contains(value.as_str()), "somebody is in it");
            }
        }
    }
    for never in ["declin", "refus", "tries", "unreach", "reached", "outreach", "been", "quality", "paid_fen\u{0}"] {
        assert!(!text.contains(never), "{never}");
    }
    let told_of: BTreeSet<&str> = rows.iter().map(|row| row.programme.as_str()).filter(|id| !id.is_empty()).collect();
    let programmes = offices.township.programmes();
    assert!(
        told_of.len() > 4
            && told_of
                .iter()
                .all(|id| { programmes.iter().any(|programme| programme.id == **id && programme.may_be_told_of()) })
    );
    let left = offices.township.disclosures(1).expect("readable").remove(0);
    assert_eq!((left.paper.as_str(), left.format.as_str()), ("statistics", "parquet"));
    assert_eq!((left.recipient.as_str(), left.purpose.as_str()), ("县统计局", "统计分析"));
    assert_eq!((left.columns, left.rows), (ALL_COLUMNS.join(","), rows.len() as u64));
    // It has left: no undo calls it back.
    let before = offices.township.disclosures(9).expect("readable").len();
    offices.township.run(&Command::Undo, &offices.stamp).expect("the files are taken back, not what left");
    assert_eq!(offices.township.disclosures(9).expect("readable").len(), before);
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_the_same_numbers_are_the_same_bytes() {
    let mut offices = township();
    let folder = offices.folder.path().join("outside");
    fs::create_dir(&folder).expect("made");
    let (first, second, taken) = (folder.join("first"), folder.join("second"), folder.join("taken"));
    fs::create_dir(&second).expect("an empty folder is as good as none");
    written(&mut offices.township, &first);
    written(&mut offices.township, &second);
    assert!(files(&first).len() > 8);
    assert_eq!(files(&first), files(&second));
    fs::create_dir(&taken).expect("made");
    fs::write(taken.join("notes.txt"), "mine").expect("written");
    let file = folder.join("file");
    fs::write(&file, "mine").expect("written");
    let (revision, stamp) = (offices.township.revision().expect("one"), offices.stamp.clone());
    for place in [&taken, &file, &first] {
        let error = offices.township.write_statistics(place, &whom(), &stamp).expect_err("taken");
        assert_eq!(error.message().key, "statistics-folder-taken");
    }
    let nowhere = folder.join("missing/statistics");
    offices.township.write_statistics(&nowhere, &whom(), &stamp).expect_err("no such folder");
    let unsaid = For { purpose: " ".into(), ..whom() };
    let error = offices.township.write_statistics(&folder.join("x"), &unsaid, &stamp).expect_err("what for?");
    assert_eq!(error.message().key, "paper-no-purpose");
    assert_eq!(offices.township.revision().expect("one"), revision, "nothing left, nothing is written down");
    assert_eq!(fs::read_to_string(taken.join("notes.txt")).expect("there"), "mine");
    let names: BTreeSet<_> =
        fs::read_dir(&folder).expect("readable").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["first", "second", "taken", "file"].map(Into::into).into(), "nothing half-written is left");
}

#[test]
fn a_county_has_its_townships_and_a_village_itself() {
    let mut offices = township();
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    let new = NewVillage { code: "421399000000".into(), name: "虚县".into(), kind: VillageKind::Real };
    let path = offices.folder.path().join("county/v.xlg");
    let mut county = Ledger::create(&path, &key(), &new, Some([99; 32]), &stamp).expect("a new ledger");
    let error = county.write_statistics(&stick.join("none"), &whom(), &stamp).expect_err("no files yet");
    assert_eq!(error.message().key, "statistics-nothing");
    let invite = stick.join("county.xli");
    county.invite(TOWNSHIP, &Profile::counts(), &invite, &stamp).expect("invited");
    let Enrolment::Office(answer) = offices.township.enrol(&invite, &stick, &stamp).expect("answered") else {
        panic!("an invite")
    };
    county.enrol(&answer.answer, &stick, &stamp).expect("taken");
    let file = offices.township.hand_up(&stick, &stamp, &Unwatched).expect("handed up").path;
    county.receive(&[file], &stamp, &Unwatched).expect("read");
    let rows = county.statistics(stamp.today).expect("readable");
    let places: BTreeSet<_> =
        rows.iter().map(|row| (row.place.township.as_str(), row.place.village.as_str())).collect();
    assert_eq!(places, BTreeSet::from([("421399100", TOTAL), (TOTAL, TOTAL)]));
    nothing_is_left_to_subtract_of_one(&rows);
    let rows = offices.villages[0].statistics(stamp.today).expect("readable");
    let places: BTreeSet<_> = rows.iter().map(|row| row.place.village.clone()).collect();
    assert_eq!(places, BTreeSet::from([code(0)]));
    assert!(rows.iter().any(|row| row.month == "2026-10") && rows.iter().any(|row| row.measure == Measure::Told));
}

/// The sum of a single township is it: both are shown, or both left out.
fn nothing_is_left_to_subtract_of_one(rows: &[StatisticsRow]) {
    let of = |total: bool| -> Vec<Option<i64>> {
        rows.iter().filter(|row| (row.place.township == TOTAL) == total).map(|row| row.number).collect()
    };
    assert!(!rows.is_empty());
    assert_eq!(of(true), of(false));
}

#[test]
fn statistics_from_the_command_line() {
    let village = Village::new();
    let out = village.beside("statistics");
    let words = |more: &[&str]| {
        let all = ["statistics", "--out"].into_iter().map(str::to_owned).chain([out.display().to_string()]);
        all.chain(more.iter().map(|word| (*word).to_owned())).collect::<Vec<String>>()
    };
    let looked = village.run(words(&["--preview", "--json"]));
    let document: serde_json::Value = serde_json::from_slice(&looked.stdout).expect("JSON");
    assert!(!out.exists() && document["rows"].as_array().is_some_and(|rows| rows.len() > 3), "{document}");
    let made = village.run(words(&["--json"]));
    let document: serde_json::Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!((document["ok"].as_bool(), document["files"].as_u64()), (Some(true), Some(1)), "{document}");
    assert_eq!(read(&out).len() as u64, document["rows"].as_u64().expect("a number"));
    let again = village.run(words(&[]));
    assert_eq!(again.status.code(), Some(6), "there is something in it");
    let log = village.run(["disclosures"]);
    let log = String::from_utf8_lossy(&log.stdout).into_owned();
    assert!(log.contains("Statistics") && log.contains("nobody's name"), "{log}");
}

/// The block of the README in a language that contains these words.
fn of_readme(language: &str, words: &str) -> String {
    let readme = fs::read_to_string("README.md").expect("the README");
    let opening = format!("```{language}\n");
    let blocks = readme.split(&opening).skip(1).filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|block| block.contains(words)).expect("the README shows it").to_owned()
}

/// Runs Python with the engines of the README's set-up, beside the folder.
fn python(engine: &str, program: &str, input: &str, beside: &Path) -> Vec<String> {
    let setup = of_readme("sh", "python3 -m venv");
    let setup = setup.lines().find(|line| line.starts_with("python3 -m venv")).expect("the line").to_owned();
    let venv = setup.split_whitespace().nth(3).expect("its folder");
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(venv).join("bin/python");
    let has_engine = Process::new(&python).args(["-c", &format!("import {engine}")]).output();
    assert!(
        has_engine.is_ok_and(|output| output.status.success()),
        "{engine} is not there. This test needs the engines of the README's set-up; in the project's folder:\n{setup}"
    );
    let mut child = Process::new(&python)
        .args(["-c", program])
        .current_dir(beside)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn duckdb_and_polars_read_it_with_the_queries_of_the_readme() {
    let mut offices = township();
    let beside = offices.folder.path().to_owned();
    let rows = written(&mut offices.township, &beside.join("statistics"));
    let wanted = |row: &&StatisticsRow| {
        row.programme == "elder-check" && matches!(row.measure, Measure::Eligible | Measure::Told)
    };
    let mut sums: BTreeMap<(&str, &str), (i64, usize)> = BTreeMap::new();
    for row in rows.iter().filter(wanted).filter(|row| row.place.village != TOTAL) {
        let sum = sums.entry((&row.month, row.measure.as_str())).or_default();
        *sum = (sum.0 + row.number.unwrap_or(0), sum.1 + usize::from(row.suppressed));
    }
    let expected: Vec<String> =
        sums.iter().map(|((month, measure), (sum, hidden))| format!("{month},{measure},{sum},{hidden}")).collect();
    assert!(expected.len() == 4 && sums.values().any(|(sum, _)| *sum > 10), "{expected:?}");
    let run = "import duckdb, sys\nfor row in duckdb.sql(sys.stdin.read()).fetchall(): print(*row, sep=',')";
    assert_eq!(python("duckdb", run, &of_readme("sql", "read_parquet"), &beside), expected);
    let totals: BTreeMap<(&str, &str), Option<i64>> = rows
        .iter()
        .filter(wanted)
        .filter(|row| row.place.village == TOTAL)
        .map(|row| ((row.month.as_str(), row.measure.as_str()), row.number))
        .collect();
    let number = |number: &Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let expected: Vec<String> = std::iter::once("month,measure,number".to_owned())
        .chain(totals.iter().map(|((month, measure), sum)| format!("{month},{measure},{}", number(sum))))
        .collect();
    assert!(expected.len() == 5 && totals.values().flatten().any(|sum| *sum > 10), "{expected:?}");
    let printed = python("polars", &of_readme("python", "polars"), "", &beside);
    let printed: Vec<String> = printed.into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(printed, expected);
}
