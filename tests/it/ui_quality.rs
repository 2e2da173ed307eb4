//! 资料核对 and 人口图 in the real window: what is missing is found, its form opened at the field, mended and gone.

use std::path::Path;
use std::process::Command;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::ui_first_run::{click, labels, tab, window};

fn cli(folder: &Path, words: &[&str]) {
    let ledger = folder.join("demo.xlg");
    let mut program = Command::new(env!("CARGO_BIN_EXE_xiangli"));
    let output = program.arg("--ledger").arg(ledger).args(words).env("XIANGLI_TODAY", "2026-11-23").output();
    assert!(output.expect("it runs").status.success(), "{words:?}");
}

#[test]
fn what_is_missing_opens_its_form_at_the_field_and_is_gone_once_it_is_filled_in() {
    let folder = tempfile::tempdir().expect("a folder");
    cli(folder.path(), &["demo", "--residents", "20"]);
    cli(folder.path(), &["add", "王秀珍", "--sex", "female", "--born", "1960-05-08", "--phone", "123", "--group", "9"]);
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "住户");
    click(&mut harness, "资料核对");
    click(&mut harness, "电话不像电话（位数不对） 1");
    harness.get_by_label("  王秀珍").click();
    harness.run();
    harness.run();
    let phone = harness.get_by_role_and_label(Role::TextInput, "联系电话");
    assert!(phone.is_focused(), "the field has the keyboard");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "联系电话").type_text("19000000001");
    harness.run();
    click(&mut harness, "保存");
    harness.run();
    assert!(labels(&harness, "电话不像电话").is_empty(), "{:?}", labels(&harness, "电话"));
}

#[test]
fn the_drawing_says_its_numbers_and_the_table_has_them() {
    let folder = tempfile::tempdir().expect("a folder");
    cli(folder.path(), &["demo", "--residents", "40"]);
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "住户");
    click(&mut harness, "图");
    assert!(labels(&harness, "人口图").len() > 1, "{:?}", labels(&harness, "人口图"));
    assert!(!labels(&harness, "100+").is_empty() && !labels(&harness, "合计").is_empty());
    click(&mut harness, "告知进度");
    harness.run();
    assert_eq!(labels(&harness, "2026年11月").len(), 1, "in the table");
    click(&mut harness, "未告知的人多大");
    harness.run();
    assert!(!labels(&harness, "100+").is_empty());
    click(&mut harness, "打印这张图");
    harness.run();
    assert!(!labels(&harness, "交出去之前先看一眼").is_empty());
    assert!(!labels(&harness, "100+").is_empty(), "its lines are seen before it is written");
}

#[test]
fn a_registration_roster_is_compared_decided_and_written_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    cli(folder.path(), &["demo", "--residents", "20"]);
    cli(folder.path(), &["add", "王秀珍", "--sex", "female", "--born", "1960-05-08", "--group", "9", "--number", "1"]);
    let roster = folder.path().join("户籍.csv");
    let lines = "姓名,性别,出生日期,组别,户号,住址\n王秀珍,女,1960-05-08,9组,1,老街 5 号\n";
    std::fs::write(&roster, lines).expect("written");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "住户");
    click(&mut harness, "资料核对");
    click(&mut harness, "和户籍名册对一对");
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").focus();
    harness.run();
    let path = roster.to_str().expect("text").to_owned();
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").type_text(&path);
    harness.run();
    click(&mut harness, "对一对");
    harness.run();
    click(&mut harness, "不一样的全部照名册改");
    click(&mut harness, "写进台账");
    harness.run();
    assert!(!labels(&harness, "两边完全一致").is_empty(), "looked at again by itself");
    click(&mut harness, "撤销");
    harness.run();
    assert!(!labels(&harness, "对过以后台账又有改动").is_empty());
}
