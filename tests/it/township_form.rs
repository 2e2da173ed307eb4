//! The township's own spreadsheet: bound once, filled again next month, everything else of the file untouched; refused
//! where it cannot be done safely; and by the same rules of who may leave as any roster.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook};
use xiangli::domain::form_word::FormWord;
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::Command;
use xiangli::ledger::error::Result;
use xiangli::ledger::exchange::form::At;
use xiangli::ledger::forms::{BoundForm, FormFacts};
use xiangli::ledger::handouts::Out;
use xiangli::paper::form::{FormContent, FormOrder, content, made};
use xiangli::words::{Language, Words};

use crate::support::world::{ELDER, World, day, stamp};

fn words() -> Words {
    Words::new(Language::Chinese)
}

/// The form as the township sends it: a merged title, heads with borders, a sum, and a second sheet that counts on the
/// first.
pub fn blank(folder: &Path, month: u32) -> PathBuf {
    let path = folder.join(format!("月报表{month}.xlsx"));
    let mut book = Workbook::new();
    let border = Format::new().set_border(FormatBorder::Thin).set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("月报").expect("a name");
    let title = format!("2026年{month}月份村级情况月报表");
    sheet.merge_range(0, 0, 0, 4, &title, &Format::new().set_bold()).expect("merged");
    sheet.set_column_width(0, 24).expect("a width");
    for (row, head) in [(2, "在册人数"), (3, "老年体检已告知人数"), (4, "老年体检应查人数")] {
        sheet.write_string_with_format(row, 0, head, &border).expect("written");
        sheet.write_blank(row, 1, &border).expect("written");
    }
    sheet.write_string(5, 0, "合计").expect("written");
    sheet.write_formula(5, 1, Formula::new("=B4+B5").set_result("0")).expect("written");
    sheet.write_string_with_format(7, 0, "预约名单", &border).expect("written");
    sheet.write_blank(8, 0, &border).expect("written");
    let second = book.add_worksheet();
    second.set_name("汇总").expect("a name");
    second.write_formula(0, 0, Formula::new("=月报!B4*2").set_result("0")).expect("written");
    book.save(&path).expect("saved");
    path
}

/// Three elders: one told, one with a day, one to be told.
fn village() -> World {
    let mut world = World::new();
    let people = ["张建国", "李桂英", "王秀珍"].map(|name| world.person(name, "1950-03-09", Some(Residency::Here)));
    for (uid, outcome) in people.iter().zip([Outcome::Told, Outcome::Booked]) {
        let (resident, programme, on) = (uid.clone(), ELDER.to_owned(), day("2026-11-01"));
        world.run(Command::Record { resident, programme, outcome, on });
    }
    world
}

const BINDINGS: [(&str, &str); 4] = [
    ("B3", "count.residents"),
    ("B4", "count.elder-check.told"),
    ("B5", "count.elder-check.eligible"),
    ("A9", "list.elder-check.booked.name"),
];

pub fn bind(world: &mut World, path: &Path, cells: &[(&str, &str)]) -> Result<BoundForm> {
    let mut bound = world.ledger.form(path)?;
    for (cell, word) in cells {
        let word = FormWord::parse(word).expect("a word");
        let place = world.ledger.may_bind(&bound.form, (0, At::parse(cell).expect("a cell")), &word)?;
        bound.bindings.insert(place, word);
    }
    world.ledger.remember_form(&bound.form.signature, &bound.bindings)?;
    Ok(bound)
}

pub fn prepared(world: &World, bound: &BoundForm) -> Result<(FormFacts, FormContent)> {
    let facts = world.ledger.form_facts(&bound.bindings, world.today)?;
    let content = content(bound, &facts, &FormOrder::new(&words()), &words())?;
    Ok((facts, content))
}

fn fill(world: &mut World, path: &Path, out: &Path) -> Result<FormContent> {
    let bound = world.ledger.form(path)?;
    let (_, content) = prepared(world, &bound)?;
    let leaving = FormOrder::new(&words()).leaving(&bound.bindings);
    let stamp = stamp(world.today);
    world.ledger.hand_out(&Out::At(out.to_owned()), &leaving, &stamp, |_| made(path, &bound, &content))?;
    Ok(content)
}

fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("opens")).expect("a zip");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("read");
            (entry.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn cell(path: &Path, sheet: &str, at: (u32, u32)) -> Option<Data> {
    let mut book: Xlsx<_> = open_workbook(path).expect("opens");
    book.worksheet_range(sheet).expect("a sheet").get_value(at).cloned()
}

fn refusal<T>(result: Result<T>) -> String {
    result.err().map(|error| error.message().key.to_string()).expect("refused")
}

#[test]
fn values_are_filled_and_everything_else_of_the_file_stays() {
    let mut world = village();
    let path = blank(world.folder.path(), 10);
    let before = fs::read(&path).expect("read");
    bind(&mut world, &path, &BINDINGS).expect("bound");
    let out = world.folder.path().join("已填.xlsx");
    let content = fill(&mut world, &path, &out).expect("filled");
    assert_eq!((content.people, content.left_out), (1, 0));
    assert_eq!(fs::read(&path).expect("read"), before, "the form itself is not touched");
    assert_eq!(cell(&out, "月报", (2, 1)), Some(Data::Float(3.0)));
    assert_eq!(cell(&out, "月报", (3, 1)), Some(Data::Float(2.0)));
    assert_eq!(cell(&out, "月报", (4, 1)), Some(Data::Float(3.0)));
    assert_eq!(cell(&out, "月报", (8, 0)), Some(Data::String("李桂英".into())));

    let mut book: Xlsx<_> = open_workbook(&out).expect("opens");
    let formulas = book.worksheet_formula("月报").expect("read");
    assert_eq!(formulas.get_value((5, 1)).map(String::as_str), Some("B4+B5"));
    assert_eq!(book.merge_cells_by_sheet_name("月报").expect("read").len(), 1);

    let (old, new) = (parts(&path), parts(&out));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let changed: Vec<&str> =
        old.iter().filter(|(name, bytes)| new[*name] != **bytes).map(|(name, _)| name.as_str()).collect();
    assert_eq!(changed, ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]);
    let text = |name: &str| String::from_utf8(new[name].clone()).expect("text");
    assert!(text("xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
    assert!(!text("xl/worksheets/sheet2.xml").contains("<v>"), "what formulas came to is counted again");
    let style = |parts: &BTreeMap<String, Vec<u8>>| {
        let xml = String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).expect("text");
        let from = xml.find("r=\"B4\"").expect("the cell");
        xml[from..].split(['>', '/']).next().map(|tag| tag.contains("s=\"")).expect("a tag")
    };
    assert!(style(&old) && style(&new), "the border stays");
}

#[test]
fn the_blank_of_next_month_fills_itself() {
    let mut world = village();
    let first = blank(world.folder.path(), 10);
    bind(&mut world, &first, &BINDINGS).expect("bound");
    let mut world = world.restart();
    let next = blank(world.folder.path(), 11);
    let out = world.folder.path().join("十一月.xlsx");
    fill(&mut world, &next, &out).expect("filled");
    assert_eq!(cell(&out, "月报", (2, 1)), Some(Data::Float(3.0)));
    let other = world.folder.path().join("别的表.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "另一张表").expect("written");
    book.save(&other).expect("saved");
    assert!(world.ledger.form(&other).expect("read").bindings.is_empty(), "another form knows nothing of it");
}

#[test]
fn every_number_is_the_number_of_its_names() {
    let mut world = village();
    let path = blank(world.folder.path(), 10);
    let bound = bind(&mut world, &path, &BINDINGS).expect("bound");
    let (facts, _) = prepared(&world, &bound).expect("prepared");
    let names: Vec<&str> = facts.counted(ELDER, "told").iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names.len(), facts.count(ELDER, "told")), (2, 2), "told is all that follows telling");
    assert_eq!(facts.counted(ELDER, "eligible").len(), 3);
}

#[test]
fn it_is_written_down_when_it_leaves_and_who_withdrew_is_in_nothing() {
    let mut world = village();
    let path = blank(world.folder.path(), 10);
    bind(&mut world, &path, &BINDINGS).expect("bound");
    let booked = world.ledger.list(ELDER, world.today).expect("read").rows;
    let booked = booked.iter().find(|row| row.name == "李桂英").expect("there").uid.clone();
    let purpose = xiangli::domain::consent::Purpose::Services;
    world.run(Command::WithdrawConsent { resident: booked, purpose, on: world.today });
    let out = world.folder.path().join("已填.xlsx");
    let content = fill(&mut world, &path, &out).expect("filled");
    assert_eq!(content.people, 0);
    assert_eq!(cell(&out, "月报", (4, 1)), Some(Data::Float(2.0)));
    assert!(!parts(&out).values().any(|bytes| String::from_utf8_lossy(bytes).contains("李桂英")));
    let log = world.ledger.disclosures(1).expect("read").remove(0);
    assert_eq!((log.paper.as_str(), log.columns.as_str(), log.recipient.as_str()), ("form", "name", "乡镇"));
}

#[test]
fn what_may_not_leave_or_be_written_over_is_refused() {
    let mut world = village();
    let path = blank(world.folder.path(), 10);
    assert_eq!(refusal(bind(&mut world, &path, &[("B6", "count.residents")])), "township-form-is-formula");
    assert_eq!(refusal(bind(&mut world, &path, &[("B4", "count.special-aid.eligible")])), "paper-tells-nothing");
    assert_eq!(refusal(bind(&mut world, &path, &[("B4", "count.left-behind.eligible")])), "paper-tells-nothing");
    let title = bind(&mut world, &path, &[("C1", "text.month")]).expect("bound");
    assert!(title.bindings.contains_key(&(0, At { row: 1, column: 1 })), "merged cells are their first");
    world.ledger.remember_form(&title.form.signature, &BTreeMap::new()).expect("forgotten");
    let bound = bind(&mut world, &path, &[("A9", "list.elder-check.booked.state")]).expect("bound");
    assert_eq!(refusal(prepared(&world, &bound)), "paper-not-for-office");
    world.ledger.remember_form(&bound.form.signature, &BTreeMap::new()).expect("forgotten");
    let out = world.folder.path().join("x.xlsx");
    assert_eq!(refusal(fill(&mut world, &path, &out)), "township-form-nothing-bound");
    let taken = blank(world.folder.path(), 12);
    bind(&mut world, &path, &BINDINGS).expect("bound");
    assert!(fill(&mut world, &path, &taken).is_err(), "a file that is there is never written over");
}

#[test]
fn a_list_for_which_there_is_no_room_is_not_begun() {
    let mut world = village();
    for name in ["赵一", "钱二"] {
        let uid = world.person(name, "1951-03-09", Some(Residency::Here));
        let (programme, on) = (ELDER.to_owned(), day("2026-11-01"));
        let outcome = Outcome::Booked;
        world.run(Command::Record { resident: uid, programme, outcome, on });
    }
    let path = blank(world.folder.path(), 10);
    let bound = bind(&mut world, &path, &[("B3", "list.elder-check.booked.name")]).expect("bound");
    assert!(prepared(&world, &bound).is_ok(), "three rows above the sum, three people");
    let uid = world.person("孙三", "1951-03-09", Some(Residency::Here));
    let (programme, on) = (ELDER.to_owned(), day("2026-11-01"));
    world.run(Command::Record { resident: uid, programme, outcome: Outcome::Booked, on });
    assert_eq!(refusal(prepared(&world, &bound)), "township-form-no-room");
}

#[test]
fn other_files_and_hostile_ones_are_refused_with_a_sentence() {
    let world = World::new();
    let folder = world.folder.path();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    let old = file("旧.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    assert_eq!(refusal(world.ledger.form(&old)), "township-form-is-xls");
    assert_eq!(refusal(world.ledger.form(&file("表.csv", b"a,b\n"))), "township-form-is-not-xlsx");
    assert!(world.ledger.form(&file("坏.xlsx", b"PK\x03\x04 nothing")).is_err());
    let macros = folder.join("宏.xlsm");
    let path = blank(folder, 10);
    let mut out = zip::ZipWriter::new(File::create(&macros).expect("made"));
    for (name, bytes) in parts(&path) {
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        out.write_all(&bytes).expect("written");
    }
    out.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).expect("begun");
    out.finish().expect("finished");
    assert_eq!(refusal(world.ledger.form(&macros)), "township-form-has-macros");
}

/// The long run: `tests/libreoffice.sh` installs what it needs.
#[test]
#[ignore = "needs LibreOffice: tests/libreoffice.sh"]
fn an_office_program_opens_the_filled_form_and_counts_its_sums_again() {
    let mut world = village();
    let path = blank(world.folder.path(), 10);
    bind(&mut world, &path, &BINDINGS).expect("bound");
    let out = world.folder.path().join("filled.xlsx");
    fill(&mut world, &path, &out).expect("filled");
    // Every sheet as a file of its own, UTF-8.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let profile = format!("-env:UserInstallation=file://{}/profile", world.folder.path().display());
    let mut office = std::process::Command::new("soffice");
    office.current_dir(world.folder.path()).arg(profile).args(["--headless", "--convert-to", filter, "filled.xlsx"]);
    assert!(office.output().expect("soffice runs").status.success());
    let csv = |sheet: &str| {
        let path = world.folder.path().join(format!("filled-{sheet}.csv"));
        fs::read_to_string(path).expect("written")
    };
    let lines: Vec<String> = csv("月报").lines().map(str::to_owned).collect();
    assert_eq!(lines[0].trim_end_matches(','), "2026年10月份村级情况月报表");
    assert_eq!(lines[5].trim_end_matches(','), "合计,5");
    assert_eq!(lines[8].trim_end_matches(','), "李桂英");
    assert_eq!(csv("汇总").trim(), "4");
}
