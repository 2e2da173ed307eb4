//! The real window's service list: what is asked is answered by one click, and a *no* is a number without a name.

use eframe::egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, tab, window};

/// The number in the one button that begins with these words.
fn number(harness: &Harness<'_, Window>, words: &str) -> i64 {
    let found = labels(harness, &format!("{words} "));
    found.iter().find_map(|label| label.rsplit(' ').next()?.parse().ok()).expect("a number")
}

fn open_first(harness: &mut Harness<'_, Window>) -> String {
    let first = labels(harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&first).click();
    harness.run();
    first
}

#[test]
fn who_lives_here_is_answered_by_one_click_and_one_step_of_undo() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "服务名单");
    let asked = number(&harness, "要问清楚");
    let eligible = number(&harness, "应告知");
    click(&mut harness, &format!("要问清楚 {asked}"));
    open_first(&mut harness);
    assert!(harness.query_by_label("常住还是外出？").is_some());
    click(&mut harness, "在家常住");
    assert_eq!(number(&harness, "要问清楚"), asked - 1);
    assert_eq!(number(&harness, "应告知"), eligible + 1);
    click(&mut harness, "撤销");
    assert_eq!(number(&harness, "要问清楚"), asked);
}

#[test]
fn a_no_is_counted_and_not_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "服务名单");
    let (declined, told) = (number(&harness, "本人不需要"), number(&harness, "已告知"));
    let person = open_first(&mut harness);
    harness.key_press(Key::N);
    harness.run();
    assert_eq!(number(&harness, "本人不需要"), declined + 1);
    assert_eq!(number(&harness, "已告知"), told + 1, "who says no has been told");
    let eligible = number(&harness, "应告知");
    click(&mut harness, &format!("应告知 {eligible}"));
    assert!(harness.query_by_label(&person).is_none());
}
