//! The XML of a sheet, changed in place.

use std::collections::BTreeMap;

use super::sheet_xml::{Edit, Edits, counted_again, filled, formulas, styles};
use super::{At, Value};

fn at(text: &str) -> At {
    At::parse(text).expect("a cell")
}

fn edited(xml: &str, cells: &[(&str, Value)]) -> String {
    let mut edits = Edits::new();
    for (cell, value) in cells {
        let at = at(cell);
        edits.entry(at.row).or_default().insert(at.column, Edit { value: value.clone(), like: at });
    }
    let found = styles(xml.as_bytes(), &[]).expect("read");
    String::from_utf8(filled(xml.as_bytes(), edits, &found).expect("filled")).expect("text")
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn places_are_read_and_written() {
    for (said, row, column) in [("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("XFD1048576", 1_048_576, 16_384)] {
        assert_eq!(at(said), At { row, column });
        assert_eq!(At { row, column }.to_string(), said);
    }
    assert_eq!(At::parse("$b$4"), Some(At { row: 4, column: 2 }));
    for wrong in ["", "4", "B", "B0", "XFE1", "B4x", "A1048577", "甲1"] {
        assert_eq!(At::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_cell_keeps_its_style_and_all_around_it_stays() {
    let xml = r#"<worksheet><cols><col min="1" max="1" width="9"/></cols><sheetData><row r="2" ht="20"><c r="A2" s="3" t="s"><v>0</v></c><c r="B2" s="5"/></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
    let wanted = xml.replace(r#"<c r="B2" s="5"/>"#, r#"<c r="B2" s="5"><v>12</v></c>"#);
    assert_eq!(edited(xml, &[("B2", Value::Number(12))]), wanted);
    let wanted = xml.replace(
        r#"<c r="A2" s="3" t="s"><v>0</v></c>"#,
        r#"<c r="A2" s="3" t="inlineStr"><is><t xml:space="preserve">甲&amp;乙&lt;</t></is></c>"#,
    );
    assert_eq!(edited(xml, &[("A2", text("甲&乙<"))]), wanted);
}

#[test]
fn rows_and_cells_that_are_missing_are_made_in_their_order() {
    let xml = r#"<worksheet><sheetData><row r="3"><c r="C3"><v>1</v></c></row><row r="5"/></sheetData></worksheet>"#;
    let cells = ["A1", "B3", "D3", "A5", "A9"].map(|cell| (cell, Value::Number(7)));
    let wanted = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row><row r="3"><c r="B3"><v>7</v></c><c r="C3"><v>1</v></c><c r="D3"><v>7</v></c></row><row r="5"><c r="A5"><v>7</v></c></row><row r="9"><c r="A9"><v>7</v></c></row></sheetData></worksheet>"#;
    assert_eq!(edited(xml, &cells), wanted);
}

#[test]
fn rows_without_a_place_of_their_own_follow_upon_the_one_before() {
    let xml = "<worksheet><sheetData><row><c><v>1</v></c><c/></row></sheetData></worksheet>";
    let wanted = r#"<worksheet><sheetData><row><c><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData></worksheet>"#;
    assert_eq!(edited(xml, &[("B1", Value::Number(2))]), wanted);
}

#[test]
fn an_empty_sheet_and_a_prefix_are_no_hindrance() {
    let xml = r#"<x:worksheet xmlns:x="main"><x:sheetData/></x:worksheet>"#;
    let wanted = r#"<x:worksheet xmlns:x="main"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    assert_eq!(edited(xml, &[("B2", Value::Number(1))]), wanted);
}

#[test]
fn a_formula_stays_and_what_it_came_to_is_dropped() {
    let xml =
        r#"<worksheet><sheetData><row r="1"><c r="A1"><f>SUM(A2:A3)</f><v>5</v></c></row></sheetData></worksheet>"#;
    assert_eq!(formulas(xml.as_bytes()).expect("read"), [at("A1")]);
    let wanted = r#"<worksheet><sheetData><row r="1"><c r="A1"><f>SUM(A2:A3)</f></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>"#;
    assert_eq!(edited(xml, &[("A2", Value::Number(1))]), wanted);
}

#[test]
fn the_workbook_is_told_once_to_count_again() {
    let say = |xml: &str| String::from_utf8(counted_again(xml.as_bytes()).expect("written")).expect("text");
    assert_eq!(
        say(r#"<workbook><sheets/><calcPr calcId="1"/></workbook>"#),
        r#"<workbook><sheets/><calcPr calcId="1" fullCalcOnLoad="1"/></workbook>"#
    );
    assert_eq!(
        say("<workbook><sheets/><extLst></extLst></workbook>"),
        r#"<workbook><sheets/><calcPr fullCalcOnLoad="1"/><extLst></extLst></workbook>"#
    );
    assert_eq!(say("<workbook></workbook>"), r#"<workbook><calcPr fullCalcOnLoad="1"/></workbook>"#);
}

#[test]
fn damaged_or_bottomless_xml_is_refused() {
    let none = BTreeMap::new();
    assert!(filled(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\">", Edits::new(), &none).is_err());
    let deep = format!("<worksheet>{}", "<a>".repeat(500));
    assert!(filled(deep.as_bytes(), Edits::new(), &none).is_err());
    assert!(formulas(b"<worksheet><sheetData><row r=\"x\"/></sheetData></worksheet>").is_err());
}
