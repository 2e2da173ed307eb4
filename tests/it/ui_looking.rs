//! 只看 in the real window: the passphrase is set in the settings; opened with it, everything can be looked at and nothing
//! written. By labels.

use std::path::Path;

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use secrecy::SecretString;
use xiangli::domain::resident::Sex;
use xiangli::ledger::keys::KeysFile;
use xiangli::ledger::sealed::start;
use xiangli::ledger::{NewVillage, VillageKind};
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, tab, window};
use super::ui_forms::enter;
use super::ui_hand_up::{has, press};
use crate::support::world::{day, stamp};

const OWN: &str = "山下有条小河弯弯绕绕";
const LOOKING: &str = "村口的大槐树三百年";

fn village(folder: &Path) {
    let new = NewVillage { code: "421399100201".into(), name: "柳河村".into(), kind: VillageKind::Real };
    let (at, passphrase) = (stamp(day("2026-11-23")), SecretString::from(OWN));
    let (mut ledger, _) = start(&folder.join("village.xlg"), &new, &passphrase, None, &at).expect("a village");
    enter(&mut ledger, ("12", "王大山", 2, Sex::Male, "1955-02-03"));
    enter(&mut ledger, ("12", "王小苗", 41, Sex::Male, "2019-03-05"));
}

fn type_secret(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    for _ in 0..2 {
        harness.get_by_role_and_label(Role::PasswordInput, label).focus();
        harness.run();
    }
    harness.get_by_role_and_label(Role::PasswordInput, label).type_text(text);
    harness.run();
}

/// The window, opened with a passphrase.
fn opened(folder: &Path, passphrase: &str) -> Harness<'static, Window> {
    let mut harness = window(folder);
    // So high that no message pushes a field out of sight.
    harness.set_size(eframe::egui::vec2(1366.0, 1100.0));
    harness.run();
    type_secret(&mut harness, "密码", passphrase);
    click(&mut harness, "打开");
    harness
}

fn unfold(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run();
}

/// Fills the three fields in the settings and sets it.
fn set(harness: &mut Harness<'_, Window>, own: &str) {
    type_secret(harness, "村干部的密码", own);
    type_secret(harness, "只看的新密码", LOOKING);
    type_secret(harness, "再输一遍只看的密码", LOOKING);
    press(harness, "设好");
}

fn is_set(folder: &Path) -> bool {
    KeysFile::open(&folder.join("village.xlg")).expect("keys").has_looking()
}

#[test]
fn a_passphrase_for_looking_is_set_and_taken_away_with_the_cadres_own() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path());
    let mut harness = opened(folder.path(), OWN);
    click(&mut harness, "设置");
    unfold(&mut harness, "设一个");
    let save = harness.get_by_role_and_label(Role::Button, "设好");
    assert!(save.accesskit_node().is_disabled(), "nothing is typed");
    set(&mut harness, LOOKING);
    assert!(has(&harness, "密码不对") && !is_set(folder.path()), "{:?}", labels(&harness, ""));
    set(&mut harness, OWN);
    assert!(has(&harness, "已设好“只看”的密码") && is_set(folder.path()));
    harness.get_by_label("已设好，改或取消");
    harness.state_mut().close_ledger();
    drop(harness);
    let mut harness = opened(folder.path(), OWN);
    click(&mut harness, "设置");
    unfold(&mut harness, "已设好，改或取消");
    type_secret(&mut harness, "村干部的密码", OWN);
    press(&mut harness, "取消只看的密码");
    assert!(has(&harness, "已取消“只看”的密码"), "{:?}", labels(&harness, ""));
    assert!(!is_set(folder.path()));
}

#[test]
fn who_may_only_look_sees_everything_is_told_so_on_every_page_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path());
    let mut harness = opened(folder.path(), OWN);
    click(&mut harness, "设置");
    unfold(&mut harness, "设一个");
    set(&mut harness, OWN);
    harness.state_mut().close_ledger();
    drop(harness);
    let mut harness = opened(folder.path(), LOOKING);
    let banner = "用“只看”的密码打开的";
    for name in ["服务名单", "隐私保护", "上报备份", "住户"] {
        tab(&mut harness, name);
        assert!(has(&harness, banner), "{name}");
    }
    harness.get_by_label("  王大山").click();
    harness.run();
    press(&mut harness, "外出");
    assert!(has(&harness, "您用的是“只看”的密码"), "{:?}", labels(&harness, ""));
    press(&mut harness, "添加居民");
    assert!(harness.query_by_role_and_label(Role::TextInput, "姓名").is_none(), "no form is begun");
    // A look at a child's data is noted whoever looks.
    harness.get_by_label("  王小苗").click();
    harness.run();
    harness.get_by_role_and_label(Role::RadioButton, "给孩子办事").click_accesskit();
    harness.run();
    press(&mut harness, "看孩子的信息");
    assert!(has(&harness, "2019-03-05"), "{:?}", labels(&harness, ""));
    tab(&mut harness, "隐私保护");
    press(&mut harness, "查看记录");
    assert!(has(&harness, "给孩子办事"));
}
