//! Stages a file as `import --dry-run` does for an empty ledger, in the shape that the truth files use.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;
use xiangli::domain::resident::{Residency, Sex};
use xiangli::ledger::exchange::layout::{Context, Layout, guess};
use xiangli::ledger::exchange::spreadsheet::Book;
use xiangli::ledger::exchange::staging::{StagedRow, stage};
use xiangli::ledger::progress::Unwatched;

/// A staged file with the names of its sheets.
pub struct Staged {
    pub sheets: Vec<String>,
    pub layout: Layout,
    pub rows: Vec<StagedRow>,
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

pub fn stage_file(path: &Path) -> Staged {
    let mut book = Book::open(path).expect("opens");
    let context = Context { today: today(), village: "柳河村", remembered: &|_| None };
    let layout = guess(&mut book, &context, &Unwatched).expect("a layout");
    let mut rows = Vec::new();
    stage(&mut book, &layout, today(), &Unwatched, &mut |row| {
        rows.push(row);
        Ok(())
    })
    .expect("stages");
    Staged { sheets: book.sheets().to_vec(), layout, rows }
}

/// What is wrong, one line a row.
pub fn compare(truth: &[Value], staged: &Staged) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut met = 0;
    for known in truth {
        let (sheet, row) = (known["sheet"].as_str().unwrap_or(""), known["row"].as_u64().unwrap_or(0));
        let found = staged.rows.iter().find(|r| staged.sheets[r.sheet as usize] == sheet && u64::from(r.row) == row);
        let Some(found) = found else {
            wrong.push(format!("{sheet} row {row}: not reported"));
            continue;
        };
        met += 1;
        if let Err(why) = compare_row(known, found) {
            wrong.push(format!("{sheet} row {row}: {why}"));
        }
    }
    let written = staged.rows.iter().filter(|r| !r.is_rejected() && !r.is_repeated()).count();
    let expected = truth.iter().filter(|t| !t["person"].is_null()).count();
    if written > expected || met > staged.rows.len() {
        wrong.push(format!("{written} people instead of {expected}"));
    }
    wrong
}

fn compare_row(known: &Value, found: &StagedRow) -> Result<(), String> {
    let codes: Vec<&str> = found.problems.iter().map(|p| p.code).collect();
    for code in known["codes"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !codes.contains(&code) {
            return Err(format!("{code} is missing among {codes:?}"));
        }
    }
    let person = &known["person"];
    if person.is_null() {
        let out = found.is_rejected() || found.is_repeated();
        return if out { Ok(()) } else { Err(format!("must not be written: {codes:?}")) };
    }
    let incoming = match &found.incoming {
        Some(incoming) if !found.is_rejected() && !found.is_repeated() => incoming,
        _ => return Err(format!("must be written: {codes:?}")),
    };
    let text =
        |key: &str| person[key].as_str().map(str::to_owned).or_else(|| person[key].as_i64().map(|n| n.to_string()));
    let sex = incoming.sex.map(|sex| if sex == Sex::Male { "男" } else { "女" }.to_owned());
    let away = incoming.residency.filter(|r| *r == Residency::Away).map(|_| "外出".to_owned());
    let found = [
        ("name", Some(incoming.name.as_str().to_owned())),
        ("id", incoming.id.map(|id| id.as_str().to_owned())),
        ("born", incoming.born.map(|born| born.to_string())),
        ("sex", sex),
        ("group", incoming.group.as_deref().map(str::to_owned)),
        ("phone", Some(incoming.phone.to_string())),
        ("residency", away),
    ];
    for (key, value) in found {
        let wanted = text(key);
        let asked = match key {
            "name" | "id" => true,
            "residency" => wanted.as_deref() == Some("外出"),
            _ => wanted.as_deref().is_some_and(|w| !w.is_empty()),
        };
        if asked && wanted != value {
            return Err(format!("{key} is {value:?} instead of {wanted:?}"));
        }
    }
    Ok(())
}
