//! The real window's papers: seen before they are written, and noted once they are.

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, tab, window};

/// A button that may lie below what is in sight.
fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

#[test]
fn a_list_is_looked_at_before_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "上报备份");
    press(&mut harness, "服务名单");
    assert!(harness.query_by_label("交出去之前先看一眼").is_some());
    assert!(!labels(&harness, "尉迟").is_empty() || !labels(&harness, "未告知").is_empty(), "the first rows are seen");
    let tick = |harness: &mut Harness<'_, Window>| {
        harness.get_by_role_and_label(Role::CheckBox, "身份证号").click_accesskit();
        harness.run();
    };
    tick(&mut harness);
    assert!(!labels(&harness, "身份证号只能交给单位").is_empty());
    tick(&mut harness);
    assert!(labels(&harness, "身份证号只能交给单位").is_empty());
    let field = harness.get_by_role_and_label(Role::TextInput, "放到哪个文件夹");
    field.focus();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "放到哪个文件夹");
    field.type_text(&out.path().to_string_lossy());
    harness.run();
    press(&mut harness, "写成文件");
    harness.run();
    assert!(!labels(&harness, "已写好").is_empty());
    let written: Vec<_> = std::fs::read_dir(out.path()).expect("readable").flatten().collect();
    assert_eq!(written.len(), 1);
    assert!(written[0].file_name().to_string_lossy().ends_with(".pdf"));
    press(&mut harness, "返回");
    assert!(harness.query_by_label("打印和导出过什么").is_some(), "back where the log is");
}
