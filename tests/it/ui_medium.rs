//! A medium that takes nothing, in the real window: the strip that says so on every page, the way out of it without a
//! restart, and a panic on the ledger's thread. The disk's trouble is switched on and off from within: these tests run
//! themselves once more in a process of their own, where writing passes through tests/power/full.c.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use secrecy::SecretString;
use xiangli::desk::opening::{Opening, Secret, open};
use xiangli::desk::{Answer, Desk};
use xiangli::ledger::sealed::start;
use xiangli::ledger::{NewVillage, VillageKind};
use xiangli::ui::window::Window;

use super::ui_first_run::{Clocked, click, labels, launch, tab};
use super::ui_hand_up::{fill, has, press};
use crate::support::preload::full_disk;
use crate::support::world::{day, stamp};

const PASSPHRASE: &str = "山下有条小河弯弯绕绕";

/// Runs one of the tests below that are left out otherwise, with a disk that has this trouble while the switch is there.
fn inside(name: &str, kind: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("made");
    let output = Process::new(std::env::current_exe().expect("this program"))
        .args(["--exact", &format!("ui_medium::{name}"), "--ignored", "--nocapture"])
        .env("LD_PRELOAD", full_disk())
        .env("FULL_DIR", &data)
        .env("FULL_AFTER", "0")
        .env("FULL_KIND", kind)
        .env("FULL_SWITCH", folder.path().join("switch"))
        .output()
        .expect("it starts");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The folder on that disk and the switch; none where a test was started by hand.
fn given() -> Option<(PathBuf, PathBuf)> {
    let found = Some((std::env::var_os("FULL_DIR")?.into(), std::env::var_os("FULL_SWITCH")?.into()));
    found.or_else(|| {
        eprintln!("left out: only another test starts this one");
        None
    })
}

/// A window on the village in this folder, opened.
fn opened(folder: &Path) -> Clocked {
    let mut window = Clocked::new(folder, 900.0);
    for _ in 0..2 {
        window.harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
        window.harness.run();
    }
    window.harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(PASSPHRASE);
    window.harness.run();
    click(&mut window.harness, "打开");
    window
}

/// Some seconds later, with what was tried then said.
fn later(window: &mut Clocked, seconds: i64) {
    window.pass(seconds);
    window.harness.run();
}

fn save(window: &mut Clocked) {
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.harness.run();
}

fn village(folder: &Path) {
    let new = NewVillage { code: "421399100201".into(), name: "柳河村".into(), kind: VillageKind::Real };
    start(&folder.join("village.xlg"), &new, &SecretString::from(PASSPHRASE), None, &stamp(day("2026-11-23")))
        .expect("a village");
}

/// Meets the trouble while a form is saved; what is typed stays, and is saved when the trouble is over.
fn met_while_saving(strip: &str, refusal: &str) {
    let Some((folder, switch)) = given() else { return };
    village(&folder);
    let mut window = opened(&folder);
    tab(&mut window.harness, "住户");
    click(&mut window.harness, "添加居民");
    fill(&mut window.harness, "姓名", "测试甲");
    later(&mut window, 1);
    fs::write(&switch, b"").expect("switched on");
    save(&mut window);
    assert!(has(&window.harness, refusal), "{:?}", labels(&window.harness, ""));
    assert!(has(&window.harness, strip), "{:?}", labels(&window.harness, ""));
    let typed = |window: &Clocked| window.harness.get_by_role_and_label(Role::TextInput, "姓名").value();
    assert_eq!(typed(&window).as_deref(), Some("测试甲"), "what was typed stays");
    for name in ["工作清单", "服务名单", "上报备份", "住户"] {
        tab(&mut window.harness, name);
        assert!(has(&window.harness, strip), "{name}");
    }
    // Tried by the button: it says that it still does not work.
    press(&mut window.harness, "再试一次");
    assert!(has(&window.harness, strip), "{:?}", labels(&window.harness, ""));
    // And by itself, when it is over.
    fs::remove_file(&switch).expect("switched off");
    later(&mut window, 25);
    assert!(!has(&window.harness, strip), "{:?}", labels(&window.harness, ""));
    assert!(window.harness.state().is_telling("又能写了，可以接着记。"));
    assert_eq!(typed(&window).as_deref(), Some("测试甲"));
    save(&mut window);
    assert!(has(&window.harness, "测试甲") && !has(&window.harness, refusal), "{:?}", labels(&window.harness, ""));
}

/// Opened on such a medium, it is read, and written as soon as the button is pressed after the trouble.
fn met_while_opening(strip: &str) {
    let Some((folder, switch)) = given() else { return };
    village(&folder);
    fs::write(&switch, b"").expect("switched on");
    let mut window = opened(&folder);
    later(&mut window, 1);
    assert!(has(&window.harness, strip), "{:?}", labels(&window.harness, ""));
    tab(&mut window.harness, "住户");
    click(&mut window.harness, "添加居民");
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "姓名").is_none(), "no form that cannot be saved");
    fs::remove_file(&switch).expect("switched off");
    press(&mut window.harness, "再试一次");
    assert!(!has(&window.harness, strip), "{:?}", labels(&window.harness, ""));
    click(&mut window.harness, "添加居民");
    fill(&mut window.harness, "姓名", "测试乙");
    save(&mut window);
    assert!(has(&window.harness, "测试乙") && !has(&window.harness, "没有保存"), "{:?}", labels(&window.harness, ""));
}

#[test]
fn a_panic_on_the_ledgers_thread_leaves_the_window_alive_and_read_only() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path());
    let desk = Desk::threaded(Arc::new(|| {}));
    let path = folder.path().join("village.xlg");
    let secret = Secret::Passphrase(SecretString::from(PASSPHRASE));
    let opened = wait(&open(&desk, Opening::Unlock { path, secret }, stamp(day("2026-11-23")))).expect("it opens");
    let broken = desk.job(|_, _| -> xiangli::ledger::error::Result<()> { panic!("on purpose") });
    assert!(wait(&broken).is_err());
    let launch = launch(folder.path());
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1366.0, 900.0))
        .with_max_steps(40)
        .build_eframe(move |context| Window::new(launch, desk, &context.egui_ctx));
    harness.state_mut().opened(opened);
    // With threads something may always be under way: so many frames, and not until nothing moves.
    let frames = |harness: &mut Harness<'_, Window>| {
        for _ in 0..10 {
            std::thread::sleep(std::time::Duration::from_millis(20));
            harness.run_steps(2);
        }
    };
    frames(&mut harness);
    let stopped = "程序出了问题，现在只能看、不能改";
    for name in ["服务名单", "上报备份", "住户"] {
        harness.get_by_role_and_label(Role::Tab, name).click();
        frames(&mut harness);
        assert!(has(&harness, stopped), "{name}: {:?}", labels(&harness, ""));
        assert!(!has(&harness, "台账还没有打开"), "{name}: it is still read");
    }
    harness.get_by_role_and_label(Role::Button, "添加居民").click();
    frames(&mut harness);
    assert!(harness.query_by_role_and_label(Role::TextInput, "姓名").is_none(), "no form that cannot be saved");
}

fn wait<T>(answer: &Answer<T>) -> xiangli::ledger::error::Result<T> {
    let begun = std::time::Instant::now();
    loop {
        if let Some(result) = answer.take() {
            return result;
        }
        assert!(begun.elapsed().as_secs() < 60, "it never arrives");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

const FULL: &str = "磁盘满了，现在只能看、不能记";
const PROTECTED: &str = "写不进去，现在只能看、不能记";

#[test]
#[ignore = "started by another test, on a disk of its own"]
fn full_while_saving() {
    met_while_saving(FULL, "磁盘满了，这一步没有保存");
}

#[test]
#[ignore = "started by another test, on a disk of its own"]
fn protected_while_saving() {
    met_while_saving(PROTECTED, "没有保存");
}

#[test]
#[ignore = "started by another test, on a disk of its own"]
fn full_while_opening() {
    met_while_opening(FULL);
}

#[test]
#[ignore = "started by another test, on a disk of its own"]
fn protected_while_opening() {
    met_while_opening(PROTECTED);
}

#[test]
fn a_disk_that_fills_up_while_saving_keeps_what_was_typed_and_is_left_again_without_a_restart() {
    inside("full_while_saving", "any");
}

#[test]
fn a_medium_that_is_protected_while_saving_keeps_what_was_typed_and_is_left_again_without_a_restart() {
    inside("protected_while_saving", "protected");
}

#[test]
fn a_ledger_on_a_full_disk_opens_for_reading_and_is_written_when_there_is_room() {
    inside("full_while_opening", "any");
}

#[test]
fn a_ledger_on_a_protected_medium_opens_for_reading_and_is_written_when_it_is_open() {
    inside("protected_while_opening", "protected");
}
