//! The real window imports a roster: chosen by its path, looked at in buckets, written as one change, taken back.

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::ui_first_run::{click, window};

const ROSTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rosters/b_titled_merged.xlsx");

#[test]
fn a_roster_is_looked_at_written_as_one_change_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    harness.get_by_role_and_label(Role::Tab, "住户").click();
    harness.run();
    let before = harness.get_by_label_contains("1778人").value();

    click(&mut harness, "导入花名册");
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").type_text(ROSTER);
    harness.run();
    click(&mut harness, "看一遍");

    // Every bucket with its count; a rejected row says what is wrong and what to do.
    harness.get_by_role_and_label(Role::Button, "新增 186");
    click(&mut harness, "不能录入 6");
    assert!(harness.query_all_by_label_contains("身份证号").count() > 1);

    click(&mut harness, "写入台账");
    harness.get_by_label_contains("1964人");
    click(&mut harness, "撤销");
    assert_eq!(harness.get_by_label_contains("1778人").value(), before);
}
