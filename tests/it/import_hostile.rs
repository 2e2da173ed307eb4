//! Files made to do harm: each ends with a sentence, quickly, and writes nothing.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use xiangli::domain::message::Say as _;
use xiangli::ledger::exchange::layout::{Context, guess};
use xiangli::ledger::exchange::spreadsheet::Book;
use xiangli::ledger::progress::{Progress, Unwatched};
use zip::write::SimpleFileOptions;

use crate::import_support::today;

/// The key of the sentence, or `read`.
fn verdict(bytes: &[u8], name: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let begun = Instant::now();
    let key = match read(&path, &Unwatched) {
        Ok(()) => "read".to_owned(),
        Err(error) => error.message().key.into_owned(),
    };
    // Unoptimised, beside other tests; optimised it is a tenth of that.
    assert!(begun.elapsed() < Duration::from_secs(40), "{name} took {:?}", begun.elapsed());
    key
}

fn read(path: &Path, progress: &dyn Progress) -> xiangli::ledger::error::Result<()> {
    let mut book = Book::open(path)?;
    let context = Context { today: today(), village: "", remembered: &|_| None };
    guess(&mut book, &context, progress)?;
    for sheet in 0..book.sheets().len() {
        book.rows(sheet, progress, &mut |_| Ok(ControlFlow::Continue(())))?;
    }
    Ok(())
}

const TYPES: &str =
    "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &str = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const BOOK_RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";

fn xlsx(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("closed").into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
    .into_bytes()
}

const NO_STRINGS: &[u8] =
    b"<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";

#[test]
fn a_harmless_file_of_the_same_making_is_read() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c></row>";
    assert_eq!(verdict(&xlsx(&sheet(rows), NO_STRINGS), "a.xlsx"), "read");
}

#[test]
fn cells_far_outside_every_list_are_named() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(verdict(&xlsx(&sheet(far), NO_STRINGS), "far.xlsx"), "import-far-cell");
    let wide: String = (0..10_000).map(|i| format!("<c r=\"{}1\"><v>1</v></c>", letters(i))).collect();
    assert_eq!(
        verdict(&xlsx(&sheet(&format!("<row r=\"1\">{wide}</row>")), NO_STRINGS), "wide.xlsx"),
        "import-far-cell"
    );
    // Empty cells with a style, as programs leave them out to the last column, are nothing.
    let styled = "<row r=\"1\"><c r=\"XFD1\" s=\"0\"/><c r=\"XFC1\" s=\"0\"></c></row>";
    assert_eq!(verdict(&xlsx(&sheet(styled), NO_STRINGS), "styled.xlsx"), "read");
}

fn letters(column: usize) -> String {
    xiangli::ledger::exchange::spreadsheet::column_letters(column)
}

#[test]
fn what_unpacks_without_end_is_not_unpacked() {
    let zeros = vec![b' '; 40 << 20];
    assert_eq!(verdict(&xlsx(&zeros, NO_STRINGS), "spaces.xlsx"), "import-file-unpacks-too-large");
    drop(zeros);
    let strings = "<si><t>啊</t></si>".repeat(4 << 20);
    assert_eq!(verdict(&xlsx(&sheet(""), strings.as_bytes()), "strings.xlsx"), "import-file-unpacks-too-large");
    let long = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(3 << 20));
    assert_eq!(verdict(&xlsx(&sheet(&long), NO_STRINGS), "long.xlsx"), "import-file-unpacks-too-large");
}

#[test]
fn damaged_and_foreign_files_end_with_a_sentence() {
    let known = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/e_legacy.xls")).expect("read");
    let good = xlsx(&sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), NO_STRINGS);
    for cut in (0..known.len()).step_by(499) {
        verdict(&known[..cut], "cut.xls");
    }
    for cut in (0..good.len()).step_by(101) {
        verdict(&good[..cut], "cut.xlsx");
    }
    for at in (0..known.len()).step_by(61) {
        let mut changed = known.clone();
        changed[at] ^= 0xff;
        verdict(&changed, "flipped.xls");
    }
    assert_eq!(verdict(b"PK\x03\x04nonsense", "x.xlsx"), "import-file-damaged");
    assert_eq!(verdict(b"<!DOCTYPE html><html></html>", "x.xls"), "import-file-is-web-page");
    assert_eq!(verdict(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0], "x.xls"), "import-file-damaged");
}

struct StopAfter(std::sync::atomic::AtomicU64);

impl Progress for StopAfter {
    fn at(&self, _: u64, _: u64) -> ControlFlow<()> {
        let left = self.0.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_long_file_can_be_stopped() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all("姓名,电话\n".as_bytes()).expect("written");
    file.write_all("张三,19911112222\n".repeat(20_000).as_bytes()).expect("written");
    let error = read(file.path(), &StopAfter(10.into())).expect_err("stopped");
    assert_eq!(error.message().key, "error-cancelled");
}
