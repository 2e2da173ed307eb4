//! Consent and facts on a person's page in the real window: one click each, and each taken back from its message.

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::resident::{FactKind, FactValue, Sex};
use xiangli::ledger::command::Command;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, window};
use super::ui_forms::{enter, ledger, residents, typed};
use crate::support::world::{day, stamp};

/// Somebody of the demo village, on their page.
fn opened(harness: &mut Harness<'static, Window>) -> String {
    click(harness, "试用演示村");
    super::ui_first_run::open_list(harness);
    let name = labels(harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&name).click();
    harness.run();
    click(harness, "看这个人");
    name.trim().to_owned()
}

fn pressed(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

const SERVICES: &str = "列入名单、提醒能享受的服务";

#[test]
fn consent_is_given_withdrawn_and_given_again_by_one_click_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    let name = opened(&mut harness);
    pressed(&mut harness, &format!("已签字同意：{SERVICES}"));
    assert!(harness.state().is_telling(&format!("{name}：记下同意")));
    pressed(&mut harness, &format!("撤回同意，什么都不再提醒：{SERVICES}"));
    assert!(harness.state().is_telling(&format!("{name}：撤回同意")));
    assert_eq!(labels(&harness, "2026年11月23日撤回了同意").len(), 1, "one quiet line");
    assert!(harness.query_by_role_and_label(Role::Button, "已告知").is_none(), "nothing more is asked for");
    assert!(labels(&harness, "已撤回（2026年11月23日）").len() > 3, "each programme says only since when");
    assert!(labels(&harness, "口头说的，有人见证").is_empty(), "a withdrawal is said in no channel");
    // Taken back by the message, withdrawn once more, and agreed to again.
    click(&mut harness, "撤销");
    assert!(labels(&harness, "2026年11月23日撤回了同意").is_empty());
    pressed(&mut harness, &format!("撤回同意，什么都不再提醒：{SERVICES}"));
    pressed(&mut harness, &format!("重新同意：{SERVICES}"));
    assert!(labels(&harness, "2026年11月23日撤回了同意").is_empty());
}

#[test]
fn what_is_said_needs_a_witness_before_it_can_be_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    let name = opened(&mut harness);
    pressed(&mut harness, &format!("口头同意：{SERVICES}"));
    let note = |harness: &Harness<'_, Window>| {
        harness.get_by_role_and_label(Role::Button, "记下同意").accesskit_node().is_disabled()
    };
    assert!(note(&harness));
    typed(&mut harness, "见证人", "李大山");
    assert!(!note(&harness));
    pressed(&mut harness, "记下同意");
    assert!(harness.state().is_telling(&format!("{name}：记下同意")));
    assert_eq!(labels(&harness, "已同意（2026年11月23日） 见证人：李大山").len(), 2, "in words and for the reader");
}

#[test]
fn a_guardian_is_named_for_a_child() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    enter(&mut ledger, ("1", "周小芳", 30, Sex::Female, "2020-05-01"));
    drop(ledger);
    let mut harness = residents(folder.path());
    harness.get_by_label("  周小芳").click();
    harness.run();
    let guardians = format!("监护人同意：{SERVICES}");
    assert!(harness.query_by_role_and_label(Role::Button, &guardians).is_none(), "a reason for the look comes first");
    harness.get_by_role_and_label(Role::RadioButton, "给孩子办事").click_accesskit();
    harness.run();
    pressed(&mut harness, "看孩子的信息");
    assert!(harness.query_by_role_and_label(Role::Button, &format!("已签字同意：{SERVICES}")).is_none());
    pressed(&mut harness, &guardians);
    typed(&mut harness, "监护人姓名", "周德明");
    harness.get_by_role_and_label(Role::RadioButton, "父母").click_accesskit();
    harness.run();
    pressed(&mut harness, "记下同意");
    assert!(harness.state().is_telling("周小芳：记下同意"));
    assert!(!labels(&harness, "已同意（2026年11月23日） 父母周德明说的").is_empty());
}

#[test]
fn a_fact_is_noted_with_its_source_and_corrected() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    enter(&mut ledger, ("1", "周桂芳", 2, Sex::Female, "1950-05-01"));
    drop(ledger);
    let mut harness = residents(folder.path());
    harness.get_by_label("  周桂芳").click();
    harness.run();
    pressed(&mut harness, "记一条情况");
    harness.get_by_role_and_label(Role::ComboBox, "哪种情况").scroll_to_me();
    harness.run();
    harness.get_by_role_and_label(Role::ComboBox, "哪种情况").click();
    harness.run();
    pressed(&mut harness, "残疾人证等级");
    harness.get_by_role_and_label(Role::RadioButton, "残疾人证二级").click_accesskit();
    harness.run();
    pressed(&mut harness, "记录情况");
    assert!(harness.state().is_telling("周桂芳：记录情况"));
    harness.get_by_label("残疾人证等级：残疾人证二级");
    pressed(&mut harness, "改：残疾人证等级");
    harness.get_by_role_and_label(Role::RadioButton, "残疾人证三级").click_accesskit();
    harness.run();
    pressed(&mut harness, "记录情况");
    harness.get_by_label("残疾人证等级：残疾人证三级");
    click(&mut harness, "撤销");
    harness.get_by_label("残疾人证等级：残疾人证二级");
}

#[test]
fn the_notice_is_printed_from_where_consent_is_noted_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    let name = opened(&mut harness);
    pressed(&mut harness, &format!("打印告知书：{SERVICES}"));
    harness.get_by_label("交出去之前先看一眼");
    harness.get_by_label("个人信息告知书和同意书");
    assert!(labels(&harness, &name).is_empty(), "the name is written by hand");
    assert!(!labels(&harness, "同意不同意都由您").is_empty());
}

#[test]
fn whom_nobody_has_asked_is_a_number_with_the_names_behind_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    for (number, name) in [("1", "周桂芳"), ("2", "王德明"), ("3", "李秀英")] {
        enter(&mut ledger, (number, name, 2, Sex::Female, "1950-05-01"));
    }
    drop(ledger);
    let mut harness = residents(folder.path());
    super::ui_first_run::tab(&mut harness, "服务名单");
    pressed(&mut harness, "征得同意");
    harness.get_by_label("尚未征得同意3人");
    harness.get_by_label("  王德明").click();
    harness.run();
    pressed(&mut harness, &format!("已签字同意：{SERVICES}"));
    super::ui_first_run::tab(&mut harness, "服务名单");
    harness.get_by_label("尚未征得同意2人");
    assert!(harness.query_by_label("  王德明").is_none(), "who agreed stands on no list");
    // Who says no is not on it either, and nothing tells that they were asked.
    harness.get_by_label("  李秀英").click();
    harness.run();
    pressed(&mut harness, &format!("不同意：{SERVICES}"));
    super::ui_first_run::tab(&mut harness, "服务名单");
    harness.get_by_label("尚未征得同意1人");
    assert!(harness.query_by_label("  李秀英").is_none());
}

#[test]
fn long_names_make_the_panel_of_a_person_no_wider() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    enter(&mut ledger, ("1", "周桂芳", 2, Sex::Female, "1960-05-01"));
    let uid =
        ledger.residents(&ResidentFilter { limit: 9, ..ResidentFilter::default() }).expect("readable")[0].uid.clone();
    for (kind, word) in [(FactKind::Registered, "here"), (FactKind::Registration, "rural")] {
        let value = FactValue::from_word(kind, word).expect("a value");
        let noted =
            Command::SetFact { resident: uid.clone(), value, source: "户口簿".into(), on: day("2026-11-20") };
        ledger.run(&noted, &stamp(day("2026-11-23"))).expect("noted");
    }
    drop(ledger);
    let mut harness = residents(folder.path());
    harness.get_by_label("  周桂芳").click();
    harness.run();
    let title = labels(&harness, "农村部分计划生育家庭奖励扶助 ").first().cloned().expect("may be applied for");
    let (title, close) = (harness.get_by_label(&title).rect(), harness.get_by_label("关上这张卡片").rect());
    assert!(title.width() <= 342.0, "in two lines: {title:?}");
    assert!(title.left() > close.right() - 342.0, "nothing is pushed below the table: {title:?} {close:?}");
}
