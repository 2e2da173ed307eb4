//! Locking in the real window: by itself, at once, and the way back to the page as it was.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, ViewportCommand, ViewportId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::desk::Desk;
use xiangli::machine::News;

use super::ui_first_run::{Clocked, click, labels, tab};

const PASSPHRASE: &str = "山下有条小河弯弯绕绕";

impl Clocked {
    fn fill(&mut self, label: &str, text: &str) {
        for _ in 0..2 {
            self.harness.get_by_label(label).focus();
            self.harness.run();
        }
        self.harness.get_by_label(label).type_text(text);
        self.harness.run();
    }

    fn type_passphrase(&mut self, passphrase: &str) {
        let field = self.harness.get_by_role_and_label(Role::PasswordInput, "密码");
        field.focus();
        self.harness.run();
        self.harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(passphrase);
        self.harness.run();
    }

    fn try_passphrase(&mut self, passphrase: &str) {
        self.type_passphrase(passphrase);
        click(&mut self.harness, "打开");
    }

    fn is_locked(&self) -> bool {
        self.harness.query_by_label("已锁上").is_some()
    }
}

/// A village with nobody in it and the form for the first person begun.
fn begun(folder: &Path) -> Clocked {
    let mut window = Clocked::new(folder, 740.0);
    click(&mut window.harness, "新建本村台账");
    for (label, text) in
        [("村名", "柳河村"), ("村代码", "421399100201"), ("密码", PASSPHRASE), ("再输一遍密码", PASSPHRASE)]
    {
        window.fill(label, text);
    }
    click(&mut window.harness, "建立台账");
    window.harness.get_by_label("我已经抄好，并核对过一遍").click();
    window.harness.run();
    click(&mut window.harness, "继续");
    click(&mut window.harness, "添加居民");
    window.fill("姓名", "测试甲");
    window
}

#[test]
fn after_ten_quiet_minutes_it_locks_and_comes_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = begun(folder.path());
    window.pass(599);
    assert!(!window.is_locked());
    window.pass(1);
    assert!(window.is_locked());
    assert!(labels(&window.harness, "测试甲").is_empty(), "no name is on screen");
    // Whoever copies the files now finds the ledger put away.
    assert!(!folder.path().join("village.xlg-wal").exists());

    window.try_passphrase(PASSPHRASE);
    assert!(!window.is_locked());
    assert_eq!(window.harness.get_by_role_and_label(Role::TextInput, "姓名").value().as_deref(), Some("测试甲"));
}

#[test]
fn ctrl_l_locks_at_once_and_a_wrong_passphrase_has_to_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = begun(folder.path());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.harness.run();
    assert!(window.is_locked());
    for _ in 0..3 {
        window.try_passphrase("错的密码错的密码");
        assert!(labels(&window.harness, "密码不对，").is_empty(), "three slips are free");
    }
    window.try_passphrase("错的密码错的密码");
    assert!(!labels(&window.harness, "密码不对，2秒后可以再试").is_empty());
    assert!(window.harness.get_by_role_and_label(Role::Button, "打开").accesskit_node().is_disabled());
    window.pass(1);
    assert!(!labels(&window.harness, "密码不对，1秒后可以再试").is_empty());
    window.pass(1);
    window.try_passphrase("错的密码错的密码");

    // A restart forgets nothing; the right one is taken once the wait is over.
    window.harness.state_mut().close_ledger();
    let at = window.now.lock().expect("the clock").clone();
    drop(window);
    let mut window = Clocked::new(folder.path(), 740.0);
    *window.now.lock().expect("the clock") = at;
    window.pass(0);
    assert!(!labels(&window.harness, "密码不对，4秒后可以再试").is_empty());
    window.pass(4);
    window.try_passphrase(PASSPHRASE);
    window.harness.get_by_label("台账里还没有人");
}

#[test]
fn the_demo_village_never_locks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Clocked::new(folder.path(), 740.0);
    click(&mut window.harness, "试用演示村");
    window.pass(3600);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.harness.run();
    tab(&mut window.harness, "住户");
    assert!(!window.is_locked());
}

#[test]
fn a_wait_is_shortened_by_no_other_way_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = begun(folder.path());
    window.harness.state_mut().close_ledger();
    drop(window);
    let mut window = Clocked::new(folder.path(), 740.0);
    for _ in 0..4 {
        window.try_passphrase("错的密码错的密码");
    }
    let waits = |window: &Clocked| !labels(&window.harness, "密码不对，2秒后可以再试").is_empty();
    assert!(waits(&window));
    // Whoever takes the ledger away is offered to open a copy: its passphrase waits as well, the code on paper does not.
    std::fs::rename(folder.path().join("village.xlg"), folder.path().join("taken.xlg")).expect("taken away");
    click(&mut window.harness, "返回");
    click(&mut window.harness, "打开备份副本");
    assert!(waits(&window));
    window.harness.get_by_label("用纸质恢复码").click();
    window.harness.run();
    assert!(!waits(&window));
    click(&mut window.harness, "返回");
    click(&mut window.harness, "试用演示村");
    let settings = std::fs::read_to_string(folder.path().join("settings.txt")).expect("settings");
    assert!(settings.contains("wrong-passphrases = 4"), "the demo forgot the count");
}

#[test]
fn a_window_in_the_task_bar_locks_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = begun(folder.path());
    assert!(folder.path().join("village.xlg-wal").exists());
    window.now.lock().expect("the clock").at += TimeDelta::minutes(10);
    let ctx = window.harness.ctx.clone();
    // Nothing is drawn there: no frame follows.
    window.harness.state_mut().tick(&ctx);
    assert!(!folder.path().join("village.xlg-wal").exists());
    window.harness.run();
    assert!(window.is_locked());
}

#[test]
fn sleep_and_the_end_of_the_session_keep_what_is_typed_and_lock() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = begun(folder.path());
    let ears = window.ears.clone();
    let ending = std::thread::spawn(move || ears.put_away(Duration::from_secs(300)));
    let begun = Instant::now();
    while !window.is_locked() && begun.elapsed() < Duration::from_secs(60) {
        window.harness.run();
    }
    assert!(window.is_locked());
    // Whoever waits is let go, and may switch off: all of it lies in the ledger's own file.
    ending.join().expect("it went well");
    assert!(begun.elapsed() < Duration::from_secs(120));
    assert!(!folder.path().join("village.xlg-wal").exists());

    window.try_passphrase(PASSPHRASE);
    assert_eq!(window.harness.get_by_role_and_label(Role::TextInput, "姓名").value().as_deref(), Some("测试甲"));
}

#[test]
fn whoever_puts_the_computer_to_sleep_while_a_ledger_is_being_opened_waits_until_it_is_locked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(begun(folder.path()));
    let mut window = Clocked::on(Desk::threaded(Arc::new(|| {})), folder.path(), 740.0);
    window.type_passphrase(PASSPHRASE);
    window.harness.get_by_role_and_label(Role::Button, "打开").click();
    let begun = Instant::now();
    let in_time = || assert!(begun.elapsed() < Duration::from_secs(120), "it hangs");
    while labels(&window.harness, "正在打开").is_empty() {
        in_time();
        window.harness.step();
    }
    let (ears, log) = (window.ears.clone(), folder.path().join("village.xlg-wal"));
    let ending = std::thread::spawn(move || {
        ears.put_away(Duration::from_secs(300));
        !log.exists()
    });
    while !ending.is_finished() {
        in_time();
        window.harness.step();
    }
    assert!(ending.join().expect("it went well"), "the ledger was still open when the computer could have slept");
    assert!(window.is_locked());
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "姓名").is_none());
}

#[test]
fn where_nothing_is_open_nobody_waits_for_it_to_be_put_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Clocked::new(folder.path(), 740.0);
    let ears = window.ears.clone();
    let ending = std::thread::spawn(move || ears.put_away(Duration::from_secs(300)));
    while !ending.is_finished() {
        window.harness.run();
    }
    assert!(!window.is_locked());
}

#[test]
fn a_second_start_brings_the_window_forward_and_a_file_that_nothing_opens_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = Clocked::new(folder.path(), 740.0);
    window.ears.tell(News::Wanted);
    window.harness.step();
    let output = &window.harness.output().viewport_output[&ViewportId::ROOT];
    assert_eq!(output.commands, [ViewportCommand::Minimized(false), ViewportCommand::Focus]);

    window.ears.tell(News::NotShown(folder.path().join("名单.pdf")));
    window.harness.run();
    assert_eq!(labels(&window.harness, "这台电脑没有程序能打开它").len(), 1);
}
