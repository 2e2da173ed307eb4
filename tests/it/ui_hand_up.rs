//! The hand-up in the real window: a village answers an invite, looks, writes its file and reads the receipt; a township
//! invites, looks, takes and sees who was told. All by labels.

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use secrecy::SecretString;
use xiangli::domain::hand_up::Profile;
use xiangli::ledger::demo::{self, Plan};
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::sealed::{open_with, start};
use xiangli::ledger::{Ledger, NewVillage, VillageKind};
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, tab, window};
use crate::support::offices::{Offices, TOWNSHIP, code, with_persons};
use crate::support::world::{day, stamp};

pub const PASSPHRASE: &str = "山下有条小河弯弯绕绕";

/// Types into the field with this label, in place of what stands there.
pub fn fill(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

pub fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

pub fn has(harness: &Harness<'_, Window>, words: &str) -> bool {
    labels(harness, "").iter().any(|label| label.contains(words))
}

pub fn path(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// The demo village that the window opens by itself, as a village of the township.
pub fn village(folder: &Path, code: &str) {
    let passphrase = SecretString::from(DEMO_PASSPHRASE);
    let new = NewVillage { code: code.to_owned(), ..demo::village() };
    let (at, stamp) = (folder.join("demo.xlg"), stamp(day("2026-11-23")));
    let (mut ledger, _) = start(&at, &new, &passphrase, Some(demo::uid_seed(1)), &stamp).expect("a village");
    ledger.fill_demo(Plan { residents: 120, seed: 1 }, &stamp, &Unwatched).expect("people");
}

/// A township's ledger where the window looks for the own one.
pub fn township(folder: &Path) -> Ledger {
    let new = NewVillage { code: TOWNSHIP.into(), name: "安居镇".into(), kind: VillageKind::Real };
    let passphrase = SecretString::from(PASSPHRASE);
    start(&folder.join("village.xlg"), &new, &passphrase, None, &stamp(day("2026-11-23"))).expect("a township").0
}

/// The window of a township, unlocked.
pub fn office(folder: &Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(PASSPHRASE);
    harness.run();
    click(&mut harness, "打开");
    harness
}

pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("readable").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|known| known == ending)).collect()
}

#[test]
fn a_village_answers_the_invite_looks_writes_its_file_and_reads_the_receipt() {
    let folder = tempfile::tempdir().expect("a folder");
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let mut offices = Offices::apart(0, 0);
    let invite = stick.join("a.xli");
    let now = stamp(day("2026-11-23"));
    offices.township.invite(&code(0), &with_persons(), &invite, &now).expect("invited");
    village(folder.path(), &code(0));

    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开每月上报");
    harness.get_by_label("先打开乡镇的邀请");
    fill(&mut harness, "乡镇给的邀请文件（.xli）", path(&invite));
    press(&mut harness, "打开邀请");
    assert!(has(&harness, "已收下安居镇的邀请"), "{:?}", labels(&harness, ""));
    let answer = files(&stick, "xla").pop().expect("an answer");
    offices.township.enrol(&answer, &stick, &now).expect("taken");
    let member = offices.township.invited().expect("readable").remove(0);
    harness.get_by_label(&offices.township.fingerprint_of(&member).expect("a number"));

    // What leaves: numbers, and people as they will be written.
    assert!(has(&harness, "2026-11上报给安居镇的内容（第1号）"));
    assert!(has(&harness, "应告知") && has(&harness, "65岁以上老年人健康体检"));
    let persons = labels(&harness, "本人的申请 ").pop().expect("a part");
    press(&mut harness, &persons);
    assert!(has(&harness, "身份证号（遮住一部分）") && has(&harness, "姓名（原样）"));
    assert!(labels(&harness, "****").len() > 1, "masked as masked");
    assert!(!labels(&harness, "留在村里不上报：").is_empty());

    // The stick of the invite is the one that is proposed.
    press(&mut harness, "写到U盘…");
    assert!(has(&harness, "第1号上报文件已写好并读回核对"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "还没有收到回执") && has(&harness, "已上报到第1号（2026-11）"));
    let file = files(&stick, "xlb").pop().expect("a file");
    let received = offices.township.receive(&[file], &now, &Unwatched).expect("read");
    fill(&mut harness, "乡镇的回执（.xlr）", path(&received.receipts[0]));
    press(&mut harness, "读回执");
    assert!(has(&harness, "已收下，共"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "又有 0 处改动"));
}

#[test]
fn what_a_village_cannot_take_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = Offices::apart(0, 0);
    let (invite, other) = (folder.path().join("a.xli"), folder.path().join("b.xli"));
    let now = stamp(day("2026-11-23"));
    offices.township.invite(&code(0), &Profile::counts(), &invite, &now).expect("invited");
    offices.township.invite(&code(1), &Profile::counts(), &other, &now).expect("invited");
    village(folder.path(), &code(0));
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开每月上报");
    let disabled = harness.get_by_role_and_label(Role::Button, "打开邀请");
    assert!(disabled.accesskit_node().is_disabled());
    fill(&mut harness, "乡镇给的邀请文件（.xli）", path(&other));
    press(&mut harness, "打开邀请");
    assert!(has(&harness, "这份邀请是发给代码"), "{:?}", labels(&harness, ""));
    // Enter does as the button.
    fill(&mut harness, "乡镇给的邀请文件（.xli）", path(&invite));
    harness.key_press(Key::Enter);
    harness.run();
    assert!(has(&harness, "已收下安居镇的邀请"));
    assert!(has(&harness, "没有任何人的名字离开"), "counts alone");
    // An invite is no receipt; a folder that is not there is said.
    fill(&mut harness, "写到哪个文件夹（U盘）", path(&folder.path().join("gone")));
    press(&mut harness, "写到U盘…");
    assert!(has(&harness, "gone") && !has(&harness, "已写好并读回"), "{:?}", labels(&harness, ""));
    assert!(files(folder.path(), "xlb").is_empty());
    fill(&mut harness, "写到哪个文件夹（U盘）", path(folder.path()));
    press(&mut harness, "写到U盘…");
    assert_eq!(files(folder.path(), "xlb").len(), 1);
    fill(&mut harness, "乡镇的回执（.xlr）", path(&invite));
    press(&mut harness, "读回执");
    assert!(has(&harness, "这不是回执文件"), "{:?}", labels(&harness, ""));
}

#[test]
fn a_township_invites_looks_takes_and_sees_who_was_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    drop(township(folder.path()));
    let mut harness = office(folder.path());
    assert!(harness.query_by_role_and_label(Role::Tab, "工作清单").is_none(), "an office has no worklist");
    harness.get_by_label("先请各村来报");
    press(&mut harness, "邀请第一个村");
    fill(&mut harness, "村代码（12位）", &code(0));
    harness.get_by_role_and_label(Role::CheckBox, "本人的申请").click_accesskit();
    harness.run();
    fill(&mut harness, "邀请文件写到哪个文件夹（U盘）", path(&stick));
    press(&mut harness, "写邀请文件");
    assert!(has(&harness, "邀请已写到"), "{:?}", labels(&harness, ""));

    // The village's side, and its answer taken.
    let mut offices = Offices::apart(1, 120);
    let invite = files(&stick, "xli").pop().expect("an invite");
    offices.villages[0].enrol(&invite, &stick, &stamp(day("2026-11-23"))).expect("answered");
    let answer = files(&stick, "xla").pop().expect("an answer");
    fill(&mut harness, "村里的答复（.xla）", path(&answer));
    press(&mut harness, "收下答复");
    assert!(has(&harness, "村1已答复"), "{:?}", labels(&harness, ""));
    press(&mut harness, "已电话核对 村1");
    assert!(has(&harness, "已核对"));

    // A folder with the village's file and one that is none of ours.
    let now = stamp(day("2026-11-23"));
    offices.villages[0].hand_up(&stick, &now, &Unwatched).expect("handed up");
    std::fs::write(stick.join("x.xlb"), b"something else altogether").expect("written");
    tab(&mut harness, "收文件");
    harness.get_by_label("村里的U盘来了");
    fill(&mut harness, "村里的上报文件（.xlb），或放着它们的文件夹", path(&stick));
    harness.key_press(Key::Enter);
    harness.run();
    assert!(has(&harness, "村1-1.xlb") && has(&harness, "损坏"), "{:?}", labels(&harness, ""));
    assert!(files(&stick, "xlr").is_empty(), "looking writes nothing");
    press(&mut harness, "全部收下（1份）");
    assert!(has(&harness, "写了1份回执") && has(&harness, "收好了"), "{:?}", labels(&harness, ""));
    let receipt = files(&stick, "xlr").pop().expect("a receipt");
    offices.villages[0].take_receipt(&receipt, &now).expect("the village reads it");

    // Who was told, in the order of codes; the village's own page; and what came stays, whatever else is taken back.
    tab(&mut harness, "各村");
    assert!(has(&harness, "第1号，今天的") && has(&harness, "1个村里有0个还没交"), "{:?}", labels(&harness, ""));
    harness.get_by_label("村1").click();
    harness.run();
    assert!(has(&harness, "65岁以上老年人健康体检") && has(&harness, "再发邀请"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert!(has(&harness, "第1号，今天的"), "{:?}", labels(&harness, ""));
}

#[test]
fn a_township_is_started_from_the_first_page_and_neither_takes_the_others_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "新建本村台账");
    fill(&mut harness, "村代码", TOWNSHIP);
    assert!(has(&harness, "这是乡镇或县的代码"));
    click(&mut harness, "返回");
    click(&mut harness, "我是乡镇（街道）");
    fill(&mut harness, "乡镇（街道）名", "安居镇");
    fill(&mut harness, "乡镇（街道）代码", &code(0));
    assert!(has(&harness, "乡镇代码是九位"));
    fill(&mut harness, "乡镇（街道）代码", &TOWNSHIP[..9]);
    for label in ["密码", "再输一遍密码"] {
        harness.get_by_role_and_label(Role::PasswordInput, label).focus();
        harness.run();
        harness.get_by_role_and_label(Role::PasswordInput, label).type_text(PASSPHRASE);
        harness.run();
    }
    click(&mut harness, "建立台账");
    harness.get_by_label("我已经抄好，并核对过一遍").click();
    harness.run();
    click(&mut harness, "继续");
    harness.get_by_label("先请各村来报");
    // The tabs' keys are the office's own, and the help is.
    for (key, there) in [
        (Key::Num2, "村里的U盘来了"),
        (Key::Num3, "邀请一个村"),
        (Key::Num4, "还没有收到哪个月的数"),
        (Key::Num5, "做过的每一步"),
    ] {
        harness.key_press_modifiers(Modifiers::COMMAND, key);
        harness.run();
        harness.get_by_label(there);
    }
    assert!(!has(&harness, "打开月报") && has(&harness, "现在备份"), "a village closes months");
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("先邀请各村");
    harness.state_mut().close_ledger();
    drop(harness);
    let secret = Unlock::Passphrase(SecretString::from(PASSPHRASE));
    let ledger = open_with(&folder.path().join("village.xlg"), &secret).expect("opens");
    assert_eq!(ledger.village().expect("readable").code, TOWNSHIP);
}
