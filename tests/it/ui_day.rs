//! The real window's day: the round on paper, typed in again in the evening; a task by hand; putting off.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::domain::row_code::RowCode;
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, tab, window};

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

fn type_into(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

fn demo(folder: &std::path::Path) -> Harness<'_, Window> {
    let mut harness = window(folder);
    click(&mut harness, "试用演示村");
    harness.run();
    harness
}

#[test]
fn a_round_is_printed_and_its_lines_are_typed_in_by_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    press(&mut harness, "走访单");
    harness.run();
    assert!(!labels(&harness, "交出去之前先看一眼").is_empty());
    let line = labels(&harness, "").into_iter().find(|label| label.contains("□1")).expect("a line");
    let code = line.split_whitespace().find(|word| RowCode::parse(word).is_some()).expect("a code").to_owned();
    press(&mut harness, "返回");
    press(&mut harness, "输走访单");
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "编号和结果");
    assert!(field.is_focused(), "it takes the keys at once");
    field.type_text(&format!("{} 1", code.to_lowercase()));
    harness.run();
    harness.run();
    let says =
        |harness: &Harness<'_, Window>, words: &str| labels(harness, "").iter().any(|label| label.ends_with(words));
    assert!(says(&harness, "：已告知"), "who and what is said before anything is written");
    harness.key_press(Key::Enter);
    harness.run();
    harness.run();
    assert!(says(&harness, "：记为已告知"), "one line is one step");
    let field = harness.get_by_role_and_label(Role::TextInput, "编号和结果");
    assert!(field.is_focused() && field.value().unwrap_or_default().is_empty(), "ready for the next line");
    field.type_text("A7K20 1");
    harness.run();
    assert!(!labels(&harness, "编号不对").is_empty());
}

#[test]
fn a_task_is_written_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    press(&mut harness, "记一件事");
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "要办什么事").type_text("问问修路的事");
    harness.run();
    press(&mut harness, "记下来");
    harness.run();
    assert!(harness.state().is_telling("记了一件事"));
    assert!(harness.query_by_role_and_label(Role::TextInput, "要办什么事").is_none(), "the field closes");
}

#[test]
fn who_works_away_is_called_and_what_they_ask_for_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    press(&mut harness, "在外联系");
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.run();
    press(&mut harness, "修改在外情况");
    type_into(&mut harness, "在哪里", "东莞");
    press(&mut harness, "春节前（2027年1月30日）");
    press(&mut harness, "保存");
    harness.run();
    assert!(!labels(&harness, "在哪里").is_empty() && !labels(&harness, "预计回来").is_empty());
    press(&mut harness, "联系上了");
    harness.run();
    assert!(labels(&harness, "").iter().any(|label| label == "今年联系上 1"), "a number with its names");
    type_into(&mut harness, "本人提出的需求", "想问问医保怎么交");
    press(&mut harness, "记下需求");
    harness.run();
    type_into(&mut harness, "答复", "告诉了在手机上交");
    press(&mut harness, "记下答复");
    harness.run();
    assert!(labels(&harness, "").iter().any(|label| label == "都答复了 1"));
}

#[test]
fn the_village_s_own_record_is_written_and_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    press(&mut harness, "村务记录");
    harness.run();
    assert!(!labels(&harness, "还没有记").is_empty());
    press(&mut harness, "添一条");
    type_into(&mut harness, "办什么事", "量血压");
    type_into(&mut harness, "在哪里办", "村卫生室");
    press(&mut harness, "保存");
    harness.run();
    assert!(!labels(&harness, "村卫生室").is_empty());
    press(&mut harness, "打印、导出");
    harness.run();
    assert!(!labels(&harness, "交出去之前先看一眼").is_empty() && !labels(&harness, "量血压").is_empty());
}

#[test]
fn what_is_missing_is_looked_at_and_mended_by_one_click() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "住户");
    press(&mut harness, "资料核对");
    harness.run();
    let count = |harness: &Harness<'_, Window>| {
        let words = labels(harness, "不知道在家还是外出 ").into_iter().next().expect("a kind");
        words.rsplit(' ').next().and_then(|count| count.parse::<u32>().ok()).expect("a number")
    };
    let before = count(&harness);
    harness.get_by_role_and_label(Role::Button, &format!("不知道在家还是外出 {before}")).click_accesskit();
    harness.run();
    let first = labels(&harness, "").into_iter().find(|label| label.ends_with("：在家常住")).expect("a button");
    press(&mut harness, &first);
    harness.run();
    assert_eq!(count(&harness), before - 1);
    press(&mut harness, "回到住户");
    assert!(harness.query_by_label("资料核对").is_some());
}
