//! Texts made to do harm: in lists that come in, in names, in cells that go out. Each is read, cleaned or refused with a
//! sentence; none acts as anything but text afterwards.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use xiangli::domain::message::Say as _;
use xiangli::domain::name::PersonName;
use xiangli::ledger::exchange::rejected::{self, ToMend};
use xiangli::ledger::exchange::spreadsheet::Book;
use xiangli::ledger::imports::Import;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;

use crate::support::world::World;

/// How a list of these bytes ends, within the five seconds that every file has.
fn previewed(world: &World, name: &str, bytes: &[u8]) -> Result<Import, String> {
    let path = world.folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let begun = Instant::now();
    let import = world.ledger.preview_import(&path, world.today, &Unwatched);
    // Optimised it is a tenth of that.
    assert!(begun.elapsed() < Duration::from_secs(15), "{name} took {:?}", begun.elapsed());
    import.map_err(|error| error.message().key.into_owned())
}

#[test]
fn lists_with_nul_bytes_endless_lines_and_mixed_encodings_end_with_a_sentence() {
    let world = World::new();
    let rows = "组,户号,姓名\n1组,1,王大山\n";
    let endless = format!("{rows}{}", "张".repeat(7 << 20));
    let quoted = format!("{rows}1组,2,\"{}", "李\n".repeat(1 << 20));
    let mixed =
        [rows.as_bytes(), &encoding_rs::GB18030.encode("1组,3,赵青松\n").0[..], b"1,4,\xff\xfe\xc3\x28\n"].concat();
    let nul = [rows.as_bytes(), b"1\0\0,5,\0\0\0\0\n", &[0; 100_000]].concat();
    for (name, bytes, may_be_read) in [
        ("endless.csv", endless.into_bytes(), false),
        ("quoted.csv", quoted.into_bytes(), false),
        ("mixed.csv", mixed, true),
        ("nul.csv", nul, true),
        ("only-nul.csv", vec![0; 3 << 20], false),
    ] {
        let said = previewed(&world, name, &bytes).map(|import| import.rows.len());
        eprintln!("{name}: {said:?}");
        assert!(may_be_read || said.as_ref().is_err_and(|key| key.starts_with("import-")), "{name}: {said:?}");
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0, "nothing was written");
}

/// What may stand around or within a name and is none of it.
const AROUND: [&str; 11] = [
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\x1b[31m",
    "\u{7}",
    "\u{2028}",
    "\u{e0001}",
    "\u{3164}",
    "\u{34f}",
];

#[test]
fn no_name_turns_the_line_hides_or_colours_anything() {
    let shown = |c: char| !c.is_control() && !AROUND.iter().any(|mark| mark.contains(c) && !c.is_ascii_graphic());
    for mark in AROUND {
        for text in [format!("王{mark}秀英"), format!("{mark}王秀英"), format!("王秀英{mark}"), mark.repeat(60)]
        {
            if let Ok(name) = PersonName::parse(&text) {
                assert!(name.as_str().chars().all(shown), "{mark:?} stays in {:?}", name.as_str());
            }
        }
    }
    assert!(PersonName::parse(&"张".repeat(100_000)).is_err());
    for rare in ["李\u{e123}", "查\u{30edd}", "𠮷田", "阿依古丽·买买提"] {
        assert_eq!(PersonName::parse(rare).expect("a name").as_str(), rare, "rare characters stay");
    }
}

#[test]
fn names_in_a_list_are_cleaned_or_named_and_the_search_finds_them() {
    let mut world = World::new();
    let lines: String = AROUND.iter().map(|mark| format!("1组,1,赵{mark}青松\n")).collect();
    let list = format!("组,户号,姓名\n{lines}1组,2,{}\n1组,3,查\u{30edd}\n", "长".repeat(100_000));
    let import = previewed(&world, "names.csv", list.as_bytes()).expect("read");
    for row in &import.rows {
        let name = row.staged.incoming.as_ref().map(|incoming| incoming.name.as_str().to_owned()).unwrap_or_default();
        assert!(name.chars().all(|c| !c.is_control()) && name.chars().count() <= 50, "{name:?}");
    }
    let uid = world.person("赵\u{202e}青\u{200d}松", "1950", None);
    let filter = ResidentFilter { search: "赵青松".into(), limit: 5, ..ResidentFilter::default() };
    assert_eq!(world.ledger.search(&filter).expect("readable")[0].row.uid, uid);
}

/// What spreadsheets take for a formula, a link or a command.
const PAYLOADS: [&str; 30] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\")",
    "=WEBSERVICE(\"http://x\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "'=1+1",
    "\"=1+1\"",
    "=IMPORTXML(\"http://x\";\"//a\")",
    "=INDIRECT(\"A1\")",
    "%0A=1+1",
    "=1+1\u{200b}",
    "\u{200b}=1+1",
    "=SUM(A1:A9)*cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "|cmd",
    "=\u{202e}1+1",
    "{=1+1}",
    "http://x.invalid/\u{202e}gpj.exe",
];

/// The column that they stand in.
const NOTE: usize = 3;

/// The rows to be mended as they go out, with a formula in each.
fn mended_with_formulas(world: &World) -> PathBuf {
    let quoted = |payload: &&str| format!("3组,廖莉,421399194709,\"{}\"\n", payload.replace('"', "\"\""));
    let list = format!("组,姓名,身份证号,备注\n{}", PAYLOADS.iter().map(quoted).collect::<String>());
    let import = previewed(world, "formulas.csv", list.as_bytes()).expect("read");
    let mut book = Book::open(&world.folder.path().join("formulas.csv")).expect("opens");
    let rows: HashMap<_, _> = import
        .rows
        .iter()
        .map(|row| (row.staged.key(), ToMend { incoming: row.staged.incoming.as_ref(), reason: "=1+1".to_owned() }))
        .collect();
    assert_eq!(rows.len(), PAYLOADS.len());
    let out = world.folder.path().join("要改的.xlsx");
    let words = rejected::Words { reason: "=1+1", sheet: "要改的" };
    rejected::write(&mut book, &import.layout, &rows, &out, &words, &Unwatched).expect("written");
    out
}

/// What was written beside each row, in the rows' order: white space around it goes and so does what cannot be seen in it.
fn assert_come_back(notes: &[String]) {
    let shown = PAYLOADS.map(|payload| payload.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}'));
    let notes: Vec<&str> = notes.iter().map(|note| note.trim()).collect();
    assert_eq!(notes, shown);
}

#[test]
fn thirty_formulas_go_out_as_texts_and_come_back_as_they_were() {
    let world = World::new();
    let out = mended_with_formulas(&world);
    let mut sheets: Xlsx<_> = open_workbook(&out).expect("opens");
    let range = sheets.worksheet_range_at(0).expect("a sheet").expect("readable");
    let cells: Vec<&Data> = range.rows().flatten().collect();
    assert!(cells.iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty)), "texts alone");
    let formulas = sheets.worksheet_formula("要改的").expect("readable");
    assert_eq!(formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()).count(), 0);
    assert_come_back(&range.rows().skip(1).map(|row| row[NOTE].to_string()).collect::<Vec<_>>());
}

#[test]
#[ignore = "needs LibreOffice: tests/libreoffice.sh"]
fn libreoffice_takes_the_thirty_formulas_for_texts() {
    let world = World::new();
    let out = mended_with_formulas(&world);
    // One file, UTF-8; texts in quotes, and what a cell counts as its value.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,1";
    let profile = format!("-env:UserInstallation=file://{}/profile", world.folder.path().display());
    let mut office = std::process::Command::new("soffice");
    office.current_dir(world.folder.path()).arg(profile).args(["--headless", "--convert-to", filter]).arg(&out);
    assert!(office.output().expect("soffice runs").status.success());
    let written = std::fs::read_dir(world.folder.path()).expect("readable").flatten().map(|entry| entry.path());
    let csv = written.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("要改的")));
    let csv = csv.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "csv")).expect("written");
    let text = std::fs::read_to_string(csv).expect("UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    assert_come_back(&reader.records().skip(1).map(|row| row.expect("a row")[NOTE].to_owned()).collect::<Vec<_>>());
    let is_counted =
        |line: &str| line.split(',').any(|cell| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()));
    assert!(!text.lines().any(is_counted), "nothing was counted: {text}");
}

/// The most memory that the program takes while it looks at a file, in MiB; how long it takes, and what it says.
#[cfg(target_os = "linux")]
fn looked_at_by_the_program(path: &Path) -> (u64, Duration, String) {
    let village = crate::support::program::Village::new();
    let said = village.beside("said");
    let mut process = village.program(["import", "--dry-run", "--json"]);
    process.arg(path).stdout(std::process::Stdio::null()).stderr(std::fs::File::create(&said).expect("made"));
    let begun = Instant::now();
    let mut child = process.spawn().expect("it starts");
    let mut most = 0;
    while child.try_wait().expect("ours").is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
        most = most.max(line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    (most >> 10, begun.elapsed(), std::fs::read_to_string(said).expect("readable"))
}

#[test]
#[cfg(target_os = "linux")]
fn ten_million_lines_are_refused_at_once_and_within_memory() {
    let folder = crate::support::program::memory_folder();
    let path = folder.path().join("long.csv");
    let mut file = std::fs::File::create(&path).expect("made");
    file.write_all("组,户号,姓名\n".as_bytes()).expect("written");
    let lines = "1组,7,王秀英\n".repeat(100_000);
    (0..100).for_each(|_| file.write_all(lines.as_bytes()).expect("written"));
    drop(file);
    let (mib, took, said) = looked_at_by_the_program(&path);
    eprintln!("10,000,000 lines: at most {mib} MiB, {took:?}: {said}");
    assert!(mib < 256 && took < Duration::from_secs(15) && said.contains("more than"), "{mib} MiB, {took:?}: {said}");
}
