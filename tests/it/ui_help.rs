//! The first hour in the real window: help that leads somewhere, empty pages that do the next step, the demo village.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use secrecy::SecretString;
use xiangli::domain::message::Say as _;
use xiangli::ledger::NewVillage;
use xiangli::ledger::demo;
use xiangli::ledger::sealed::start;

use super::ui_first_run::{click, labels, tab, window};
use crate::support::world::{day, stamp, village};

#[test]
fn the_help_has_its_pages_and_its_buttons_lead_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("每天先看工作清单");
    harness.get_by_role_and_label(Role::Button, "上报备份").click_accesskit();
    harness.run();
    harness.get_by_label("做过的每一步");
    click(&mut harness, "出了错怎么办");
    harness.get_by_label("忘了密码");
    // The demo village does not lock, so nothing leads there.
    assert!(harness.query_by_role_and_label(Role::Button, "锁上").is_none());
    click(&mut harness, "程序用到的");
    harness.get_by_label("MIT OR Apache-2.0");
}

#[test]
fn an_empty_village_offers_the_next_step_on_every_tab() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "新建本村台账");
    let passphrase = "山下有条小河弯弯绕绕";
    for (label, text) in
        [("村名", "柳河村"), ("村代码", "421399100201"), ("密码", passphrase), ("再输一遍密码", passphrase)]
    {
        harness.get_by_label(label).focus();
        harness.run();
        harness.get_by_label(label).type_text(text);
        harness.run();
    }
    click(&mut harness, "建立台账");
    harness.get_by_label("我已经抄好，并核对过一遍").click();
    harness.run();
    click(&mut harness, "继续");
    for (name, next) in [
        ("工作清单", "导入花名册"),
        ("服务名单", "导入花名册"),
        ("体检安排", "新建一次体检安排"),
        ("住户", "导入花名册"),
        ("上报备份", "现在备份"),
    ] {
        tab(&mut harness, name);
        assert!(harness.query_all_by_role_and_label(Role::Button, next).next().is_some(), "{name} offers {next}");
    }
    assert!(labels(&harness, "演示").is_empty(), "a real village wears no mark");
}

#[test]
fn the_demo_village_is_marked_on_every_page_and_removed_by_two_presses() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("village.xlg");
    let sealed = |path: &std::path::Path, new: &NewVillage| {
        let passphrase = SecretString::from("山下有条小河弯弯绕绕");
        drop(start(path, new, &passphrase, None, &stamp(day("2026-11-23"))).expect("a new ledger"));
    };
    sealed(&own, &village());
    let mut harness = window(folder.path());
    click(&mut harness, "返回");
    click(&mut harness, "试用演示村");
    for name in ["工作清单", "服务名单", "体检安排", "住户", "上报备份"] {
        tab(&mut harness, name);
        harness.get_by_label("演示");
    }
    click(&mut harness, "现在备份");
    tab(&mut harness, "工作清单");
    click(&mut harness, "删除演示村");
    assert!(folder.path().join("demo.xlg").exists(), "one press removes nothing");
    click(&mut harness, "确定删除");
    assert!(harness.state().is_telling("演示村已经删掉了。"));
    let mut left: Vec<String> = std::fs::read_dir(folder.path())
        .expect("readable")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("demo"))
        .collect();
    left.extend(std::fs::read_dir(folder.path().join("backups")).into_iter().flatten().map(|_| "a backup".to_owned()));
    assert!(left.is_empty(), "{left:?}");
    assert!(own.exists());

    // It can be made again, and leads to the own village.
    click(&mut harness, "试用演示村");
    click(&mut harness, "建自己的村");
    harness.get_by_role_and_label(Role::PasswordInput, "密码");
}

#[test]
fn a_real_village_is_never_removed_as_a_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("village.xlg");
    // Even one whose passphrase is the demo's.
    let passphrase = SecretString::from("xiangli-demo-village");
    drop(start(&path, &village(), &passphrase, None, &stamp(day("2026-11-23"))).expect("a new ledger"));
    let before = std::fs::read(&path).expect("readable");
    let refused = demo::remove(&path).expect_err("a real village");
    assert_eq!(refused.message().key, "error-not-a-demo");
    assert_eq!(std::fs::read(&path).expect("readable"), before);
    // Nor one that is open, nor a file that is none at all.
    let other = folder.path().join("demo.xlg");
    let kept = start(&other, &demo::village(), &passphrase, None, &stamp(day("2026-11-23"))).expect("a demo");
    assert_eq!(demo::remove(&other).expect_err("it is open").message().key, "error-already-open");
    drop(kept);
    demo::remove(&other).expect("nobody has it open");
    assert!(demo::remove(&other).is_err() && demo::remove(&folder.path().join("list.xlsx")).is_err());
}
