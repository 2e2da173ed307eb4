//! 查重 in the real window: a person entered twice is found, merged with a value chosen and the household asked, taken
//! back, merged again, edited, and taken apart: both are there again, and what was edited stays.

use std::path::Path;
use std::process::Command;

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::Value;
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, tab, window};

fn cli(folder: &Path, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_xiangli"))
        .arg("--ledger")
        .arg(folder.join("demo.xlg"))
        .args(words)
        .env("XIANGLI_TODAY", "2026-11-23")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

/// A small demo village in which 王秀珍 was entered twice, in two households.
fn twice_entered(folder: &Path) -> Harness<'static, Window> {
    cli(folder, &["demo", "--residents", "40"]);
    let first = ["--sex", "female", "--born", "1960-05-08", "--phone", "19000000001", "--group", "9", "--number", "1"];
    cli(folder, &[&["add", "王秀珍", "--id-number", "421399196005080025"], &first[4..]].concat());
    let second = ["--born", "1960-05-08", "--phone", "19000000002", "--group", "9", "--number", "2"];
    cli(folder, &[&["add", "王秀贞", "--sex", "female", "--residency", "away"], &second[..]].concat());
    let mut harness = window(folder);
    click(&mut harness, "试用演示村");
    tab(&mut harness, "住户");
    harness
}

fn radio(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::RadioButton, label).click();
    harness.run();
}

fn found(harness: &Harness<'_, Window>, starting: &str) -> bool {
    !labels(harness, starting).is_empty()
}

/// Looks somebody up by their phone and opens them.
fn open(harness: &mut Harness<'_, Window>, phone: &str) {
    let search = || ("搜索住户", Role::TextInput);
    let (label, role) = search();
    harness.get_by_role_and_label(role, label).focus();
    harness.run();
    harness.get_by_role_and_label(role, label).type_text(phone);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn who_was_entered_twice_is_found_merged_and_taken_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = twice_entered(folder.path());
    // Found by itself: the number stands on the button.
    click(&mut harness, "查重（1对）");
    harness.get_by_label("王秀珍 和 王秀贞").click();
    harness.run();
    assert!(found(&harness, "＋13 出生日期一样") && found(&harness, "－1 电话不一样"));

    // The household is asked by itself; before it is answered nothing is merged, not by the key either.
    harness.key_press(Key::M);
    harness.run();
    assert!(!harness.state().is_telling("王秀珍：合并为一个人"));
    radio(&mut harness, "联系电话：19000000002");
    radio(&mut harness, "1. 9组 第1户");
    click(&mut harness, "合并为一个人");
    assert!(harness.state().is_telling("王秀珍：合并为一个人"));
    harness.get_by_label("没有发现登记了两次的人");

    // Taken back from the message, the pair stands there again.
    click(&mut harness, "撤销");
    harness.get_by_label("王秀珍 和 王秀贞").click();
    harness.run();
    radio(&mut harness, "联系电话：19000000002");
    harness.key_press(Key::Num2);
    harness.run();
    harness.key_press(Key::M);
    harness.run();
    click(&mut harness, "回到住户");
    harness.get_by_role_and_label(Role::Button, "查重");

    // The person has what was chosen; the other record is a line on their page. Something is noted since.
    open(&mut harness, "19000000002");
    assert!(found(&harness, "另有一份记录已并入：王秀贞"));
    harness.get_by_role_and_label(Role::Button, "在家常住").click_accesskit();
    harness.run();
    assert!(harness.state().is_telling("王秀珍：记下常住还是外出"));
    click(&mut harness, "拆开");
    assert!(!found(&harness, "另有一份记录已并入"));
    click(&mut harness, "清空搜索");
    open(&mut harness, "19000000001");
    assert!(found(&harness, "421399196005080025") && found(&harness, "常住本村"), "what was noted since stays");
    click(&mut harness, "清空搜索");
    open(&mut harness, "19000000002");
    assert!(found(&harness, "王秀贞") && !found(&harness, "421399196005080025"));
    click(&mut harness, "清空搜索");
    harness.get_by_role_and_label(Role::Button, "查重（1对）");
}

#[test]
fn two_people_are_noted_and_a_pair_can_wait_by_the_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = twice_entered(folder.path());
    click(&mut harness, "查重（1对）");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::L);
    harness.run();
    click(&mut harness, "放着以后看的1对，现在看");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::N);
    harness.run();
    assert!(harness.state().is_telling("王秀珍：记为不是同一个人"));
    harness.get_by_label("没有发现登记了两次的人");
    click(&mut harness, "回到住户");
    harness.get_by_role_and_label(Role::Button, "查重");
}

#[test]
fn everything_of_a_pair_is_within_a_small_window_with_large_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = twice_entered(folder.path());
    harness.set_size(egui::vec2(683.0, 384.0));
    harness.run();
    click(&mut harness, "查重（1对）");
    harness.get_by_label("王秀珍 和 王秀贞").click();
    harness.run();
    for label in ["不是同一个人", "以后再看", "合并为一个人"] {
        let node = harness.get_by_role_and_label(Role::Button, label);
        let bounds = node.accesskit_node().bounding_box().expect("drawn");
        assert!(bounds.x1 <= 683.0 && bounds.y1 <= 384.0, "{label} is cut off: {bounds:?}");
    }
}

#[test]
fn the_longest_names_and_addresses_stay_within_the_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "阿".repeat(23) + "·" + &"英".repeat(25);
    let address = "柳河村九组塆上老屋后面".repeat(8);
    cli(folder.path(), &["demo", "--residents", "40"]);
    for (group, phone) in [("9", "19000000001"), ("8", "19000000002")] {
        cli(folder.path(), &["add", &name, "--born", "1960-05-08", "--group", group, "--phone", phone]);
        let found = cli(folder.path(), &["residents", "--json", "--search", phone]);
        let uid = found["rows"][0]["uid"].as_str().expect("a uid");
        cli(folder.path(), &["move", uid, "--new", "--group", group, "--number", "7", "--address", &address]);
    }
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "住户");
    click(&mut harness, "查重（1对）");
    harness.key_press(Key::ArrowDown);
    harness.run();
    for width in [683.0, 1366.0] {
        harness.set_size(egui::vec2(width, 740.0));
        harness.run();
        for node in harness.get_all_by_role(Role::RadioButton) {
            let bounds = node.accesskit_node().bounding_box().expect("drawn");
            assert!(bounds.x1 <= f64::from(width) - 14.0, "{:?} in {width}", bounds);
        }
    }
}
