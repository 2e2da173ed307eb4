//! 填乡镇表格 in the real window: a cell is bound by clicking, what it comes to is seen with the names behind it, and the
//! filled form is a new file.

use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use rust_xlsxwriter::Workbook;

use super::ui_first_run::{click, labels, tab, window};

fn demo(folder: &Path) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_xiangli"));
    program.arg("--ledger").arg(folder.join("demo.xlg")).args(["demo", "--residents", "60"]);
    assert!(program.env("XIANGLI_TODAY", "2026-11-23").output().expect("it runs").status.success());
}

#[test]
fn a_cell_is_bound_by_clicking_seen_with_its_names_and_written_into_a_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    demo(folder.path());
    let form = folder.path().join("form.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "村情月报").expect("written");
    sheet.write_string(1, 0, "在册人数").expect("written");
    sheet.write_string(2, 0, "老年体检未告知").expect("written");
    sheet.write_blank(2, 1, &rust_xlsxwriter::Format::new().set_bold()).expect("written");
    book.save(&form).expect("saved");

    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "上报备份");
    click(&mut harness, "拿一张表来填");
    harness.get_by_role_and_label(Role::TextInput, "乡镇发来的表格").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "乡镇发来的表格").type_text(form.to_str().expect("text"));
    harness.run();
    click(&mut harness, "打开这张表");
    harness.run();
    click(&mut harness, "B2");
    click(&mut harness, "在册人数");
    harness.run();
    click(&mut harness, "B3");
    click(&mut harness, "65岁以上老年人健康体检 未告知 人数");
    harness.run();
    click(&mut harness, "看看会填什么");
    harness.run();
    assert!(!labels(&harness, "58").is_empty(), "{:?}", labels(&harness, ""));
    assert!(!labels(&harness, "数到的人（").is_empty(), "each number has its names");
    click(&mut harness, "填好存盘");
    harness.run();
    assert!(!labels(&harness, "已写好：").is_empty(), "{:?}", labels(&harness, ""));
    let out = folder.path().join("form 已填 2026-11-23.xlsx");
    let found = std::fs::read_dir(folder.path()).expect("read").filter_map(|entry| Some(entry.ok()?.file_name()));
    assert!(out.exists(), "{:?}", found.collect::<Vec<_>>());
    let mut book: Xlsx<_> = open_workbook(&out).expect("opens");
    let range = book.worksheet_range("Sheet1").expect("a sheet");
    assert_eq!(range.get_value((1, 1)), Some(&Data::Float(58.0)));
}
