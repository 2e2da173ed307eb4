//! Two laptops in the real window: the ledger handed over and taken back, joined with what another copy did, and the
//! strip that says why nothing can be written. All by labels.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use secrecy::SecretString;
use xiangli::desk::whole::{self, WholeStep};
use xiangli::desk::{Answer, Desk};
use xiangli::domain::hand_up::Profile;
use xiangli::ledger::command::{Command, ResidentEdit};
use xiangli::ledger::error::{ErrorKind, LedgerError};
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};
use xiangli::ledger::sealed::{open_with, start};
use xiangli::ledger::{Ledger, NewVillage, VillageKind};
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, tab, window};
use super::ui_hand_up::{files, fill, has, path, press, village};
use crate::support::offices::{Offices, code};
use crate::support::world::{day, stamp};

const REFUSED: &str = "没有记下：这本台账已交接出去，这里只能看。请在新电脑上记，或先点上面的“取回”。";

/// The demo village, at its last tab.
fn at_hand_up(folder: &Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    if harness.query_by_role_and_label(Role::Button, "试用演示村").is_some() {
        click(&mut harness, "试用演示村");
    }
    tab(&mut harness, "上报备份");
    harness
}

fn stick(folder: &Path) -> PathBuf {
    let stick = folder.join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    stick
}

fn hand_over(harness: &mut Harness<'_, Window>, folder: &Path) {
    press(harness, "打开交接");
    fill(harness, "交接包写到哪个文件夹（U盘）", path(folder));
    press(harness, "写交接包，交出去");
}

#[test]
fn after_the_hand_over_every_page_says_that_nothing_can_be_written_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let stick = stick(folder.path());
    let mut harness = at_hand_up(folder.path());
    assert!(!has(&harness, "已交接出去"));
    hand_over(&mut harness, &stick);
    assert!(has(&harness, "交接包写好了，已读回核对") && has(&harness, "118人"), "{:?}", labels(&harness, ""));
    assert_eq!(files(&stick, "xlc").len(), 1);

    // The check list, looked at first, beside the packet.
    press(&mut harness, "打印交接清单…");
    assert!(has(&harness, "台账交接清单") && has(&harness, "当面交给接手的人"), "{:?}", labels(&harness, ""));
    press(&mut harness, "写成文件");
    assert_eq!(files(&stick, "pdf").len(), 1, "{:?}", labels(&harness, ""));

    // On every page, also after a restart; what would write says so once.
    for name in ["工作清单", "服务名单", "体检安排", "住户", "上报备份"] {
        tab(&mut harness, name);
        assert!(has(&harness, "2026年11月23日已交接出去") || has(&harness, "2026-11-23已交接出去"), "{name}");
    }
    harness.state_mut().close_ledger();
    drop(harness);
    let mut harness = at_hand_up(folder.path());
    assert!(has(&harness, "已交接出去，这里只能看"), "{:?}", labels(&harness, ""));
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
    }
    assert!(harness.state().is_telling(REFUSED));
    assert_eq!(labels(&harness, REFUSED).len(), 1, "said once");
    tab(&mut harness, "住户");
    click(&mut harness, "添加居民");
    assert!(harness.query_by_role_and_label(Role::TextInput, "姓名").is_none(), "no form that cannot be saved");

    // Taken back only when asked twice.
    press(&mut harness, "取回");
    press(&mut harness, "不");
    assert!(has(&harness, "已交接出去，这里只能看"));
    press(&mut harness, "取回");
    assert!(has(&harness, "两台电脑都记，就成了两本"));
    press(&mut harness, "没送到，在这里接着记");
    assert!(harness.state().is_telling("已取回：在这台电脑上接着记。"));
    assert!(!has(&harness, "已交接出去，这里只能看"), "{:?}", labels(&harness, ""));
    click(&mut harness, "添加居民");
    harness.get_by_role_and_label(Role::TextInput, "姓名");
}

#[test]
fn a_packet_that_cannot_be_written_hands_nothing_over() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let mut harness = at_hand_up(folder.path());
    press(&mut harness, "打开交接");
    let disabled = harness.get_by_role_and_label(Role::Button, "写交接包，交出去");
    assert!(disabled.accesskit_node().is_disabled());
    press(&mut harness, "返回");
    hand_over(&mut harness, &folder.path().join("gone"));
    assert!(has(&harness, "gone") && !has(&harness, "已交接出去"), "{:?}", labels(&harness, ""));
    tab(&mut harness, "住户");
    click(&mut harness, "添加居民");
    harness.get_by_role_and_label(Role::TextInput, "姓名");
}

/// A second laptop's copy of the demo village: its ledger and keys, in a folder of its own.
fn twin(folder: &Path) -> (PathBuf, Ledger) {
    let other = folder.join("other");
    std::fs::create_dir(&other).expect("another laptop");
    for entry in std::fs::read_dir(folder).expect("readable").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("demo.xlg") && !name.ends_with("lock") {
            std::fs::copy(&entry, other.join(&name)).expect("copied");
        }
    }
    let ledger = other.join("demo.xlg");
    let opened = opened(&ledger);
    (ledger, opened)
}

fn opened(path: &Path) -> Ledger {
    open_with(path, &Unlock::Passphrase(SecretString::from(DEMO_PASSPHRASE))).expect("it opens")
}

fn some_people(ledger: &Ledger, count: usize) -> Vec<ResidentRow> {
    let all = ledger.residents(&ResidentFilter { limit: 1000, ..ResidentFilter::default() }).expect("readable");
    all.into_iter().take(count).collect()
}

fn set_phone(ledger: &mut Ledger, resident: &str, phone: &str) {
    let edit = Box::new(ResidentEdit { phone: Some(phone.to_owned()), ..ResidentEdit::default() });
    let command = Command::EditResident { resident: resident.to_owned(), edit, source: "本人说".into() };
    ledger.run(&command, &stamp(day("2026-11-23"))).expect("edited");
}

/// Both laptops gave these people another phone; the other one's file.
fn both_edited(folder: &Path, count: usize) -> (PathBuf, Vec<ResidentRow>) {
    let (file, mut there) = twin(folder);
    let mut here = opened(&folder.join("demo.xlg"));
    let people = some_people(&here, count);
    for (at, person) in people.iter().enumerate() {
        set_phone(&mut here, &person.uid, &format!("190{at:08}"));
        set_phone(&mut there, &person.uid, &format!("191{at:08}"));
    }
    (file, people)
}

fn look(harness: &mut Harness<'_, Window>, file: &Path) {
    if harness.query_by_role_and_label(Role::Button, "把两台电脑合起来").is_some() {
        press(harness, "把两台电脑合起来");
    }
    fill(harness, "另一台电脑的副本（.xlc），或它的台账文件（.xlg）", path(file));
    press(harness, "先看一看");
}

#[test]
fn what_both_laptops_changed_is_chosen_row_by_row_and_joined_in_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let (file, people) = both_edited(folder.path(), 3);
    let mut there = opened(&file);
    let other = some_people(&there, 5).remove(4);
    set_phone(&mut there, &other.uid, "19155555555");
    drop(there);
    let mut harness = at_hand_up(folder.path());
    press(&mut harness, "把两台电脑合起来");
    harness.get_by_label("另一台电脑也记了？");
    look(&mut harness, &file);
    assert!(has(&harness, "两台电脑各记了一段"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "那边做了4步，并进来：居民1条") && has(&harness, "这边做了3步，都留着"));
    assert!(has(&harness, "两边都改过的3处：用这里的3处，用那边的0处"), "{:?}", labels(&harness, ""));

    // With the keys, with the pointer, and for all at once.
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Num2);
    harness.run();
    assert!(has(&harness, "用这里的2处，用那边的1处"), "{:?}", labels(&harness, ""));
    harness.key_press(Key::Num1);
    harness.run();
    assert!(has(&harness, "用这里的3处，用那边的0处"));
    press(&mut harness, "全部用那边的");
    assert!(has(&harness, "用这里的0处，用那边的3处"));
    press(&mut harness, "全部用这里的");
    let chosen = labels(&harness, "").into_iter().find(|label| label.contains("用那边的：191")).expect("a choice");
    harness.get_by_role_and_label(Role::RadioButton, &chosen).click_accesskit();
    harness.run();
    assert!(has(&harness, "用这里的2处，用那边的1处"));
    press(&mut harness, "合起来");
    assert!(harness.state().is_telling("并入另一台电脑的改动，4步"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "合好了：那边做的都在这里了"));

    // One step: taken back by its button, put back by its key.
    click(&mut harness, "撤销");
    assert!(has(&harness, "已撤销：并入另一台电脑的改动"), "{:?}", labels(&harness, ""));
    assert!(!has(&harness, "合好了"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run();
    harness.state_mut().close_ledger();
    drop(harness);
    let here = opened(&folder.path().join("demo.xlg"));
    let phones: Vec<String> =
        people.iter().map(|person| here.resident(&person.uid).expect("there").phone.to_string()).collect();
    assert_eq!(phones.iter().filter(|phone| phone.starts_with("191")).count(), 1, "{phones:?}");
}

#[test]
fn a_copy_that_cannot_be_joined_is_named_and_leaving_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let (file, there) = twin(folder.path());
    drop(there);
    let elsewhere = tempfile::tempdir().expect("another folder");
    village(elsewhere.path(), &code(1));
    let revision = opened(&folder.path().join("demo.xlg")).revision().expect("one");
    let mut harness = at_hand_up(folder.path());
    look(&mut harness, &elsewhere.path().join("demo.xlg"));
    assert!(has(&harness, "不是本村这本台账的副本"), "{:?}", labels(&harness, ""));
    look(&mut harness, &folder.path().join("demo.xlg"));
    assert!(has(&harness, "这就是正在用的这本台账"), "{:?}", labels(&harness, ""));
    look(&mut harness, &folder.path().join("gone.xlc"));
    assert!(has(&harness, "gone.xlc"), "{:?}", labels(&harness, ""));
    look(&mut harness, &file);
    assert!(has(&harness, "那份里的改动，这里都有了") && has(&harness, "不用合"), "{:?}", labels(&harness, ""));
    press(&mut harness, "换一份副本");
    let mut there = opened(&file);
    let person = some_people(&there, 1).remove(0);
    set_phone(&mut there, &person.uid, "19155555555");
    drop(there);
    look(&mut harness, &file);
    assert!(has(&harness, "接着这里往下记的") && has(&harness, "两边没有改到同一处"), "{:?}", labels(&harness, ""));
    press(&mut harness, "换一份副本");
    harness.get_by_label("另一台电脑也记了？");
    harness.state_mut().close_ledger();
    drop(harness);
    assert_eq!(opened(&folder.path().join("demo.xlg")).revision().expect("one"), revision);
}

#[test]
fn of_many_rows_that_both_changed_only_those_in_sight_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let (file, people) = both_edited(folder.path(), 100);
    assert_eq!(people.len(), 100);
    let mut harness = at_hand_up(folder.path());
    look(&mut harness, &file);
    assert!(has(&harness, "两边都改过的100处"), "{:?}", labels(&harness, ""));
    let drawn = harness.query_all_by_role(Role::RadioButton).count();
    assert!((10..60).contains(&drawn), "{drawn}");
    harness.key_press(Key::End);
    harness.run();
    harness.key_press(Key::Num2);
    harness.run();
    assert!(has(&harness, "用这里的99处，用那边的1处"), "{:?}", labels(&harness, ""));
}

/// The window of a real village whose key may be left with a township.
fn enrolled(folder: &Path, offices: &mut Offices) -> Harness<'static, Window> {
    let (stick, now) = (folder.join("stick"), stamp(day("2026-11-23")));
    let invite = stick.join("a.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &now).expect("invited");
    let new = NewVillage { code: code(0), name: "柳河村".into(), kind: VillageKind::Real };
    let passphrase = SecretString::from(PASSPHRASE);
    let mut ledger = start(&folder.join("village.xlg"), &new, &passphrase, None, &now).expect("a village").0;
    ledger.enrol(&invite, &stick, &now).expect("answered");
    drop(ledger);
    let mut harness = window(folder);
    secret(&mut harness, "密码", PASSPHRASE);
    click(&mut harness, "打开");
    tab(&mut harness, "上报备份");
    harness
}

fn secret(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::PasswordInput, label).focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, label).type_text(text);
    harness.run();
}

const PASSPHRASE: &str = "山下有条小河弯弯绕绕";
const NEXT: &str = "村口有棵老槐树高高";

fn use_answer(harness: &mut Harness<'_, Window>, answer: &Path, once: &str) {
    fill(harness, "乡镇的答复文件", path(answer));
    fill(harness, "写在纸上的一次性代码", once);
    secret(harness, "密码", NEXT);
    secret(harness, "再输一遍密码", NEXT);
    press(harness, "打开，换新密码");
}

#[test]
fn a_forgotten_passphrase_is_mended_in_the_locked_window_through_the_township() {
    let folder = tempfile::tempdir().expect("a folder");
    let stick = stick(folder.path());
    let mut offices = Offices::apart(0, 0);
    let mut harness = enrolled(folder.path(), &mut offices);
    let deposited = "已经封好，只有安居镇打得开。";
    press(&mut harness, "把钥匙封好存在安居镇");
    assert!(has(&harness, deposited) && harness.state().is_telling("把钥匙封好存在乡镇"), "{:?}", labels(&harness, ""));
    assert!(labels(&harness, "撤销").iter().all(|label| !label.contains("把钥匙封好")), "no undo takes it back");
    press(&mut harness, "撤回，不存了");
    assert!(has(&harness, "现在没有存") && !has(&harness, deposited));

    // Nothing was left there: said, with what else can be done.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    click(&mut harness, "密码忘了，恢复码也找不到？");
    fill(&mut harness, "哪个村", "柳河村");
    fill(&mut harness, "求助文件写到哪个文件夹（U盘）", path(&stick));
    press(&mut harness, "写求助文件");
    assert!(has(&harness, "没有把钥匙存在乡镇"), "{:?}", labels(&harness, ""));
    press(&mut harness, "返回输密码");
    secret(&mut harness, "密码", PASSPHRASE);
    click(&mut harness, "打开");
    press(&mut harness, "把钥匙封好存在安居镇");

    // Locked, both secrets lost: the request, the township's answer, the code on paper.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    click(&mut harness, "密码忘了，恢复码也找不到？");
    fill(&mut harness, "哪个村", "柳河村");
    fill(&mut harness, "求助文件写到哪个文件夹（U盘）", path(&stick));
    press(&mut harness, "写求助文件");
    assert!(has(&harness, "求助文件写好了"), "{:?}", labels(&harness, ""));
    let (request, answer) = (stick.join("求助文件.json"), stick.join("answer.json"));
    let now = stamp(day("2026-11-23"));
    let once = offices.township.answer_escrow(&request, &answer, ["张三", "李四"], &now).expect("two persons");
    let open = harness.get_by_role_and_label(Role::Button, "打开，换新密码");
    assert!(open.accesskit_node().is_disabled());
    use_answer(&mut harness, &request, &once.to_string());
    assert!(has(&harness, "这不是钥匙求助文件或答复文件"), "{:?}", labels(&harness, ""));
    assert!(!has(&harness, "用备份打开"), "the ledger itself is sound");
    use_answer(&mut harness, &answer, &once.to_string());
    assert!(has(&harness, "我已经抄好，并核对过一遍"), "{:?}", labels(&harness, ""));
    harness.get_by_label("我已经抄好，并核对过一遍").click();
    harness.run();
    click(&mut harness, "继续");
    // The page stands as it stood, and the new passphrase alone opens it.
    assert!(has(&harness, "现在没有存"), "{:?}", labels(&harness, ""));
    harness.state_mut().close_ledger();
    drop(harness);
    let by = |text: &str| {
        open_with(&folder.path().join("village.xlg"), &Unlock::Passphrase(SecretString::from(text))).is_ok()
    };
    assert!(by(NEXT) && !by(PASSPHRASE));
}

#[test]
fn before_the_invite_was_answered_the_key_cannot_be_left_and_the_card_leads_there() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let mut harness = at_hand_up(folder.path());
    assert!(has(&harness, "先收下乡镇的邀请，才能存"));
    harness.get_by_role_and_label(Role::Button, "去收乡镇的邀请").click_accesskit();
    harness.run();
    harness.get_by_label("先打开乡镇的邀请");
}

/// The answer of a desk with threads.
fn wait<T>(answer: &Answer<T>) -> Result<T, LedgerError> {
    for _ in 0..5000 {
        if let Some(result) = answer.take() {
            return result;
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    panic!("no answer");
}

#[test]
fn stopped_neither_a_packet_nor_a_joined_copy_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path(), &code(0));
    let (file, people) = both_edited(folder.path(), 2);
    let stick = stick(folder.path());
    let desk = Desk::threaded(Arc::new(|| {}));
    let here = folder.path().join("demo.xlg");
    wait(&desk.start(move |_| Ok((opened(&here), ())))).expect("opened");
    let (now, theirs) = (stamp(day("2026-11-23")), BTreeSet::from([(people[0].uid.clone(), "phone".to_owned())]));
    let revision = wait(&desk.ask(|view| view.revision())).expect("read");
    // All three wait behind other work until they were stopped.
    let (go, gone) = mpsc::channel::<()>();
    let before = desk.job(move |_, _| {
        let _ = gone.recv();
        Ok(())
    });
    let packet = whole::hand_over(&desk, stick.clone(), now.clone());
    let looked = whole::look_at_join(&desk, file.clone(), now.clone());
    let joined = whole::begin(&desk, WholeStep::Join { file, theirs }, now);
    packet.cancel();
    looked.cancel();
    joined.cancel();
    go.send(()).expect("it waits");
    wait(&before).expect("done");
    for error in [wait(&packet).map(drop), wait(&looked).map(drop), wait(&joined).map(drop)] {
        assert_eq!(error.expect_err("stopped").kind, ErrorKind::Cancelled);
    }
    assert_eq!(std::fs::read_dir(&stick).expect("readable").count(), 0);
    assert_eq!(wait(&desk.ask(|view| view.revision())).expect("read"), revision);
    assert_eq!(wait(&desk.ask(|view| view.handed_over())).expect("read"), None);
}
