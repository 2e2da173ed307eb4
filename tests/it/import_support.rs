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

/// A number of nobody: county 421399, which does not exist.
pub fn id(born: &str, order: u32) -> String {
    let body = format!("421399{born}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// One sheet: its name, its rows (a cell that parses as a number after `#` is one), its merged cells.
pub struct Sheet<'a> {
    pub name: &'a str,
    pub rows: Vec<Vec<String>>,
    pub merged: &'a [(u32, u16, u32, u16)],
}

pub fn cells(row: &[&str]) -> Vec<String> {
    row.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Writes the sheets to an xlsx and stages it.
pub fn stage_sheets(sheets: &[Sheet<'_>]) -> Staged {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("名单.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    for sheet in sheets {
        let out = book.add_worksheet();
        out.set_name(sheet.name).expect("a name");
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let (row, column) = (row as u32, column as u16);
                match cell.strip_prefix('#').and_then(|number| number.parse::<f64>().ok()) {
                    Some(number) => out.write_number(row, column, number).expect("written"),
                    None => out.write_string(row, column, cell).expect("written"),
                };
            }
        }
        for (top, left, bottom, right) in sheet.merged {
            let text = &sheet.rows[*top as usize][*left as usize];
            out.merge_range(*top, *left, *bottom, *right, text, &rust_xlsxwriter::Format::new()).expect("merged");
        }
    }
    book.save(&path).expect("saved");
    stage_file(&path)
}

/// Writes bytes under a name and stages them.
pub fn stage_bytes(name: &str, bytes: &[u8]) -> Staged {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    stage_file(&path)
}

/// One line for each row: what came out of it, in words.
pub fn told(staged: &Staged) -> Vec<String> {
    staged.rows.iter().map(told_row).collect()
}

fn told_row(row: &StagedRow) -> String {
    let codes: Vec<&str> = row.problems.iter().map(|problem| problem.code).collect();
    let Some(person) = row.incoming.as_ref().filter(|_| !row.is_rejected() && !row.is_repeated()) else {
        return format!("{}: - {}", row.row, codes.join(" "));
    };
    let parts = [
        person.name.as_str().to_owned(),
        person.born.map(|born| born.to_string()).unwrap_or_default(),
        person.sex.map(|sex| sex.as_str().to_owned()).unwrap_or_default(),
        person.group.as_deref().unwrap_or_default().to_owned(),
        format!("h{}", person.house),
        person.relation.map(|r| r.code().to_string()).unwrap_or_default(),
        person.phone.to_string(),
        person.residency.map(|r| r.as_str().to_owned()).unwrap_or_default(),
    ];
    format!("{}: {} {}", row.row, parts.join(","), codes.join(" ")).trim_end().to_owned()
}
