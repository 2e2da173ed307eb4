//! The real window imports a roster: chosen by its path, looked at in buckets, written as one change, taken back.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::desk::Desk;
use xiangli::ui::window::Window;

use crate::import_support::id;
use crate::ui_first_run::{click, launch, window};

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

/// Looks again until something is so; the desk's threads take their time.
#[track_caller]
fn wait(harness: &mut Harness<'_, Window>, so: impl Fn(&Harness<'_, Window>) -> bool) {
    for _ in 0..2_000 {
        if so(harness) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    panic!("it never came: {:?}", crate::ui_first_run::labels(harness, ""));
}

fn has(harness: &Harness<'_, Window>, role: Role, label: &str) -> bool {
    harness.query_all_by_role_and_label(role, label).next().is_some()
}

#[test]
fn while_a_roster_is_written_everything_else_is_used_and_it_can_be_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let roster = folder.path().join("roster.csv");
    let mut text = "姓名,身份证号,村民小组,户号\n".to_owned();
    for n in 0..12_000_u32 {
        let born = format!("{}0{}{:02}", 1940 + n % 60, 1 + n / 60 % 9, 1 + n % 28);
        let given = char::from_u32(0x4E00 + n % 400).expect("a character");
        text.push_str(&format!("张{given},{},{}组,{}\n", id(&born, n % 999), 1 + n / 1_000, n / 4));
    }
    std::fs::write(&roster, text.as_bytes()).expect("written");
    let launch = launch(folder.path());
    let mut harness = Harness::builder()
        .with_size(eframe::egui::vec2(1366.0, 740.0))
        .with_max_steps(40)
        .build_eframe(move |context| Window::new(launch, Desk::threaded(Arc::new(|| {})), &context.egui_ctx));
    harness.run();
    click(&mut harness, "试用演示村");
    wait(&mut harness, |harness| has(harness, Role::Tab, "住户"));
    harness.get_by_role_and_label(Role::Tab, "住户").click();
    harness.run();
    wait(&mut harness, |harness| has(harness, Role::Button, "导入花名册"));
    click(&mut harness, "导入花名册");
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "花名册文件").type_text(&roster.display().to_string());
    harness.run();
    click(&mut harness, "看一遍");
    wait(&mut harness, |harness| has(harness, Role::Button, "写入台账"));
    harness.get_by_role_and_label(Role::Button, "写入台账").click();
    harness.step();
    wait(&mut harness, |harness| has(harness, Role::Button, "停止"));

    // Another tab is read and drawn meanwhile; nothing lies over it.
    harness.get_by_role_and_label(Role::Tab, "服务名单").click();
    harness.step();
    wait(&mut harness, |harness| harness.query_all_by_role(Role::Row).count() > 5);
    assert!(has(&harness, Role::Button, "停止"), "it is still being written");
    harness.get_by_role_and_label(Role::Button, "停止").click();
    harness.step();
    wait(&mut harness, |harness| harness.state().is_telling("已停止，什么都没有改动。"));
    harness.get_by_label_contains("1778人");
}
