//! The real window, driven by its labels: first run, demo village, search, told, taken back, a restart, put back again.

use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::desk::Desk;
use xiangli::ledger::command::Stamp;
use xiangli::machine::Ears;
use xiangli::ui::Launch;
use xiangli::ui::window::Window;
use xiangli::words::Language;

use crate::support::world::{day, stamp};

/// What the window of `folder` is begun with.
pub fn launch(folder: &Path) -> Launch {
    Launch {
        ledger: folder.join("village.xlg"),
        demo: folder.join("demo.xlg"),
        settings: folder.join("settings.txt"),
        rare_fonts: Vec::new(),
        language: Some(Language::Chinese),
        clock: Arc::new(|| stamp(day("2026-11-23"))),
        renderer: None,
        ears: Ears::default(),
    }
}

/// The window over the data in `folder`, as large as on an old laptop.
pub fn window(folder: &Path) -> Harness<'static, Window> {
    window_of(launch(folder), Desk::inline(), 740.0)
}

fn window_of(launch: Launch, desk: Desk, height: f32) -> Harness<'static, Window> {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1366.0, height))
        .with_max_steps(40)
        .build_eframe(move |context| Window::new(launch, desk, &context.egui_ctx));
    harness.run();
    harness
}

/// A window whose clock only moves when it is told to.
pub struct Clocked {
    pub harness: Harness<'static, Window>,
    pub now: Arc<Mutex<Stamp>>,
    pub ears: Ears,
}

impl Clocked {
    pub fn new(folder: &Path, height: f32) -> Self {
        Self::on(Desk::inline(), folder, height)
    }

    /// With a desk that may take its time.
    pub fn on(desk: Desk, folder: &Path, height: f32) -> Self {
        let now = Arc::new(Mutex::new(stamp(day("2026-11-23"))));
        let clock = now.clone();
        let launch = Launch { clock: Arc::new(move || clock.lock().expect("the clock").clone()), ..launch(folder) };
        let ears = launch.ears.clone();
        Self { harness: window_of(launch, desk, height), now, ears }
    }

    pub fn pass(&mut self, seconds: i64) {
        self.now.lock().expect("the clock").at += TimeDelta::seconds(seconds);
        self.harness.run();
    }
}

pub fn click(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::Button, label).click();
    harness.run();
}

pub fn tab(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::Tab, label).click();
    harness.run();
}

/// The names of one programme that concerns many.
pub fn open_list(harness: &mut Harness<'_, Window>) {
    tab(harness, "服务名单");
    if harness.query_by_role_and_label(egui::accesskit::Role::Button, "全部项目").is_none() {
        programme(harness, "65岁以上老年人健康体检");
    }
}

/// Opens a programme from the overview.
pub fn programme(harness: &mut Harness<'_, Window>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

pub fn labels(harness: &Harness<'_, Window>, starting: &str) -> Vec<String> {
    let texts = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    };
    harness
        .root()
        .children_recursive()
        .filter_map(|node| texts(&node))
        .filter(|text| text.starts_with(starting))
        .collect()
}

#[test]
fn from_the_first_page_to_a_worked_list_over_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    harness.get_by_label("演示");

    // Somebody of the list, found again among all residents by the initials of the name.
    open_list(&mut harness);
    let to_tell = labels(&harness, "未告知 ");
    assert_eq!(to_tell.len(), 1, "the number is one button");
    tab(&mut harness, "住户");
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "搜索住户").focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "搜索住户").type_text("wxx");
    harness.run();
    assert!(!labels(&harness, "拼音首字母").is_empty(), "found by initials");
    click(&mut harness, "清空搜索");

    // Told, by its key; the row leaves the list and the message offers to take it back.
    open_list(&mut harness);
    let first = labels(&harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&first).click();
    harness.run();
    harness.key_press(Key::T);
    harness.run();
    let toast = format!("{}：记为已告知", first.trim());
    assert!(harness.state().is_telling(&toast));
    assert_ne!(labels(&harness, "未告知 "), to_tell);

    // Taken back by the button of the message.
    click(&mut harness, "撤销");
    assert!(harness.state().is_telling(&format!("已撤销：{toast}")));
    assert_eq!(labels(&harness, "未告知 "), to_tell);

    // A restart later, it can be put back again.
    harness.state_mut().close_ledger();
    drop(harness);
    let mut harness = window(folder.path());
    harness.get_by_label("演示");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run();
    assert!(harness.state().is_telling(&format!("已恢复：{toast}")));
    open_list(&mut harness);
    assert_ne!(labels(&harness, "未告知 "), to_tell);
}

#[test]
fn a_new_village_shows_its_paper_code_before_going_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "新建本村台账");
    for (label, text) in
        [("村名", "柳河村"), ("村代码", "421399100201"), ("密码", "山下有条小河"), ("再输一遍密码", "山下有条小河")]
    {
        harness.get_by_label(label).focus();
        harness.run();
        harness.get_by_label(label).type_text(text);
        harness.run();
    }
    // Six characters are too few: the button stays shut.
    let start = harness.get_by_role_and_label(egui::accesskit::Role::Button, "建立台账");
    assert!(start.accesskit_node().is_disabled());
    for label in ["密码", "再输一遍密码"] {
        harness.get_by_label(label).focus();
        harness.run();
        harness.get_by_label(label).type_text("弯弯绕绕");
        harness.run();
    }
    click(&mut harness, "建立台账");
    harness.get_by_label("请抄下纸质恢复码");
    harness.get_by_label("我已经抄好，并核对过一遍").click();
    harness.run();
    click(&mut harness, "继续");
    harness.get_by_label("台账里还没有人");
    harness.state_mut().close_ledger();
    drop(harness);

    // The next start asks for the passphrase; a wrong one is one sentence.
    let mut harness = window(folder.path());
    harness.get_by_role_and_label(egui::accesskit::Role::PasswordInput, "密码").focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::PasswordInput, "密码").type_text("错的密码错的密码");
    harness.run();
    click(&mut harness, "打开");
    assert!(harness.query_by_label("台账里还没有人").is_none());
    harness.get_by_role_and_label(egui::accesskit::Role::PasswordInput, "密码").focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::PasswordInput, "密码").type_text("山下有条小河弯弯绕绕");
    harness.run();
    click(&mut harness, "打开");
    harness.get_by_label("台账里还没有人");
}
