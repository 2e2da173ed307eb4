//! The real window's papers: seen before they are written, and noted once they are.

use std::path::Path;

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, open_list, programme, tab, window};

/// A button that may lie below what is in sight.
fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

/// What opens below its words, or closes.
fn write_into(harness: &mut Harness<'_, Window>, out: &Path) {
    harness.get_by_role_and_label(Role::TextInput, "放到哪个文件夹").focus();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "放到哪个文件夹");
    field.type_text(&out.to_string_lossy());
    harness.run();
    press(harness, "写成文件");
    harness.run();
    assert!(!labels(harness, "已写好").is_empty());
    // On Windows the way to the printer leads through what opens it.
    harness.get_by_role_and_label(Role::Button, "打开这个文件");
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
    let column =
        |harness: &Harness<'_, Window>, name: &str| harness.query_by_role_and_label(Role::CheckBox, name).is_some();
    assert!(!column(&harness, "身份证号") && column(&harness, "办到哪一步"), "ids are not for the village's own round");
    let choose = |harness: &mut Harness<'_, Window>, name: &str| {
        harness.get_by_role_and_label(Role::RadioButton, name).click_accesskit();
        harness.run();
    };
    choose(&mut harness, "交给单位");
    assert!(
        column(&harness, "身份证号") && !column(&harness, "办到哪一步"),
        "how far somebody is, is not for an office"
    );
    tick(&mut harness);
    assert!(!labels(&harness, "给单位的名单只列").is_empty(), "who stays in the village is said");
    choose(&mut harness, "村里自己用");
    harness.run();
    assert!(!column(&harness, "身份证号") && labels(&harness, "给单位的名单只列").is_empty());
    choose(&mut harness, "未告知");
    write_into(&mut harness, out.path());
    let written: Vec<_> = std::fs::read_dir(out.path()).expect("readable").flatten().collect();
    assert_eq!(written.len(), 1);
    assert!(written[0].file_name().to_string_lossy().ends_with(".pdf"));
    press(&mut harness, "返回");
    // What was handed out stands with the protection of data, which it leads to.
    press(&mut harness, "打印和导出过什么");
    assert!(!labels(&harness, "服务名单  65岁以上").is_empty(), "{:?}", labels(&harness, ""));
    assert!(!labels(&harness, "上门告知").is_empty() && !labels(&harness, "村里自己用").is_empty());
    tab(&mut harness, "上报备份");
    assert!(!labels(&harness, "2026年11月23日").iter().any(|line| line.contains("上门告知")), "folded again");
}

#[test]
fn what_a_programme_has_is_printed_from_its_own_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    open_list(&mut harness);
    assert!(harness.query_by_label("公示").is_none(), "no check is put up");
    click(&mut harness, "打印、导出");
    assert!(harness.query_by_label("交出去之前先看一眼").is_some());
    press(&mut harness, "返回");
    click(&mut harness, "全部项目");
    programme(&mut harness, "农村部分计划生育家庭奖励扶助");
    assert!(harness.query_by_role_and_label(Role::Button, "公示").is_some());
    click(&mut harness, "通知单");
    assert!(harness.query_by_label("交出去之前先看一眼").is_some());
}

#[test]
fn a_leaflet_s_slip_is_printed_from_the_overview_and_one_request_counts_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "服务名单");
    harness.key_press(Key::End);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(labels(&harness, "今年").len(), 3);
    let before = labels(&harness, "今年");
    let of_leaflet = harness.query_all_by_role_and_label(Role::Button, "打印单子").next().expect("a button");
    of_leaflet.click_accesskit();
    harness.run();
    assert!(harness.query_by_label("交出去之前先看一眼").is_some());
    write_into(&mut harness, out.path());
    press(&mut harness, "返回");
    assert!(harness.query_all_by_role_and_label(Role::Button, "打印单子").next().is_some());
    let after = labels(&harness, "今年");
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert_eq!(changed, [(&"今年0份".to_owned(), &"今年1份".to_owned())]);
}
