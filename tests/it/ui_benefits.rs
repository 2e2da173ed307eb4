//! The real window's page of benefits: an application from the first paper to the money, each step one click, taken
//! back by one more.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use xiangli::domain::resident::{FactKind, FactValue, Sex};
use xiangli::ledger::command::Command;
use xiangli::ui::window::Window;

use crate::support::world::{day, stamp};
use crate::ui_first_run::{click, labels, tab, window};
use crate::ui_forms::{enter, ledger};

/// The page over one family with a small child.
fn page(folder: &Path) -> Harness<'static, Window> {
    page_of(folder, "2024-07-15", &[])
}

/// The page over one family with one child, of whom this is known.
fn page_of(folder: &Path, born: &'static str, facts: &[(FactKind, &str)]) -> Harness<'static, Window> {
    let mut ledger = ledger(folder);
    enter(&mut ledger, ("12", "王大山", 2, Sex::Male, "1985-02-03"));
    let child = enter(&mut ledger, ("12", "王小宝", 20, Sex::Male, born));
    for (kind, value) in [(FactKind::Registered, "here")].iter().chain(facts) {
        let value = FactValue::from_word(*kind, value).expect("a value");
        let fact =
            Command::SetFact { resident: child.clone(), value, source: "户口簿".into(), on: day("2026-11-20") };
        ledger.run(&fact, &stamp(day("2026-11-23"))).expect("noted");
    }
    drop(ledger);
    let mut harness = window(folder);
    tab(&mut harness, "服务名单");
    click(&mut harness, "补贴申请");
    harness
}

fn says(harness: &Harness<'_, Window>, words: &str) -> bool {
    !labels(harness, words).is_empty()
}

fn open_child(harness: &mut Harness<'_, Window>) {
    harness.get_by_label("王小宝").click();
    harness.run();
}

fn tick(harness: &mut Harness<'_, Window>, paper: &str) {
    // As a reader of the screen does: it may lie below what is in sight.
    harness.get_by_role_and_label(Role::CheckBox, paper).click_accesskit();
    harness.run();
}

#[test]
fn an_application_goes_from_the_first_paper_to_the_money_by_clicks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = page(folder.path());
    assert!(says(&harness, "还有1户（1人）没申请，共3,600元"));
    open_child(&mut harness);
    tick(&mut harness, "出生医学证明");
    click(&mut harness, "记下申请");
    assert!(says(&harness, "还有0户"), "nobody is left");
    assert!(says(&harness, "现在在本人"), "the card stays open");
    tick(&mut harness, "户口簿");
    click(&mut harness, "交给乡镇");
    assert!(says(&harness, "现在在乡镇"));
    click(&mut harness, "交给县里");
    click(&mut harness, "批了");
    assert!(says(&harness, "批了3,600元"));
    click(&mut harness, "到账");
    assert!(says(&harness, "2026年11月23日到账3,600元"));
    click(&mut harness, "办完 1");
    click(&mut harness, "历年发放");
    assert!(says(&harness, "2026年：帮到1人，发了3,600元"));
    for _ in 0..6 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
    }
    assert!(says(&harness, "还有1户（1人）没申请，共3,600元"), "all of it is taken back");
}

#[test]
fn a_bank_book_is_not_taken_without_consent_and_a_wrong_amount_is_not_taken_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = page(folder.path());
    open_child(&mut harness);
    assert!(says(&harness, "没有本人同意，请本人自己交"));
    click(&mut harness, "记下申请");
    click(&mut harness, "交给乡镇");
    assert!(says(&harness, "批了多少元"));
    harness.get_by_role_and_label(Role::TextInput, "批了多少元").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "批了多少元").type_text("元多");
    harness.run();
    assert!(says(&harness, "金额要写成"));
    let granted = harness.query_by_role_and_label(Role::Button, "批了");
    assert!(granted.is_none(), "there is no button for what cannot be read");
}

#[test]
fn the_persons_own_page_shows_the_same_application() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = page(folder.path());
    open_child(&mut harness);
    click(&mut harness, "记下申请");
    click(&mut harness, "看这个人");
    assert!(!says(&harness, "育儿补贴 2026年  在本人"), "a reason for the look comes first");
    harness.get_by_role_and_label(Role::RadioButton, "给孩子办事").click_accesskit();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "看孩子的信息").click_accesskit();
    harness.run();
    assert!(says(&harness, "育儿补贴 2026年  在本人"));
}

#[test]
fn what_is_still_open_of_the_year_before_stands_beside_this_years_and_both_are_added_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = page_of(folder.path(), "2025-03-14", &[]);
    assert!(says(&harness, "还有1户（1人）没申请，共7,200元"));
    assert!(says(&harness, "没申请 2"));
    harness.get_by_label("育儿补贴 2025").click();
    harness.run();
    click(&mut harness, "记下申请");
    assert!(says(&harness, "还有1户（1人）没申请，共3,600元"), "this year's is still open");
    click(&mut harness, "本人撤回");
    assert!(says(&harness, "还有1户（1人）没申请，共3,600元"), "what was taken back is not brought up again");
}

#[test]
fn only_an_amount_that_is_sourced_is_filled_in_where_the_answer_is_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let facts = [(FactKind::Study, "vocational_secondary"), (FactKind::Relief, "tuopin")];
    let mut harness = page_of(folder.path(), "2008-05-01", &facts);
    harness.get_by_label("雨露计划职业教育补助").click();
    harness.run();
    click(&mut harness, "记下申请");
    for to in ["交给村里", "交给乡镇"] {
        click(&mut harness, to);
    }
    let field = harness.get_by_role_and_label(Role::TextInput, "批了多少元");
    assert_eq!(field.value().unwrap_or_default(), "", "the amount is still to be confirmed");
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = page(folder.path());
    open_child(&mut harness);
    for what in ["记下申请", "交给乡镇"] {
        click(&mut harness, what);
    }
    let field = harness.get_by_role_and_label(Role::TextInput, "批了多少元");
    assert_eq!(field.value().as_deref(), Some("3,600"));
}
