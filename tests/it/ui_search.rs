//! The real window's search: from every tab, by simply typing, with the way back; at every text size.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{self, Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, tab, window};

fn typed(harness: &mut Harness<'_, Window>, text: &str) {
    for letter in text.chars() {
        harness.event(Event::Text(letter.to_string()));
        harness.run();
    }
}

fn press(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}

fn field(harness: &Harness<'_, Window>) -> String {
    harness.get_by_role_and_label(Role::TextInput, "搜索住户").value().unwrap_or_default()
}

fn is_open(harness: &Harness<'_, Window>, tab: &str) -> bool {
    let tab = harness.get_by_role_and_label(Role::Tab, tab);
    tab.accesskit_node().toggled() == Some(Toggled::True)
}

fn demo(folder: &std::path::Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    click(&mut harness, "试用演示村");
    harness
}

#[test]
fn simply_typing_on_any_tab_shows_hits_and_escape_goes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    for from in ["工作清单", "服务名单", "体检安排", "住户", "上报备份"] {
        tab(&mut harness, from);
        typed(&mut harness, "wxx");
        assert_eq!(field(&harness), "wxx", "no letter is lost on {from}");
        assert!(is_open(&harness, "住户"), "from {from}");
        assert!(!labels(&harness, "拼音首字母").is_empty(), "from {from}");
        press(&mut harness, Key::Escape);
        assert_eq!(field(&harness), "");
        assert!(is_open(&harness, from), "back on {from}");
    }
}

#[test]
fn an_input_method_loses_nothing_when_it_begins_on_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    for text in ["w", "wang"] {
        harness.event(Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None }));
        harness.run();
    }
    harness.event(Event::Ime(ImeEvent::Commit("王".into())));
    harness.run();
    assert_eq!(field(&harness), "王");
    typed(&mut harness, "x");
    assert_eq!(field(&harness), "王x");
    assert!(labels(&harness, "  王").len() > 1);
}

#[test]
fn enter_opens_the_best_hit_and_the_arrows_walk_along_the_hits() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    typed(&mut harness, "wang");
    let hits = labels(&harness, "  ");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    harness.get_by_role_and_label(Role::Button, "关上这张卡片");
    harness.get_by_label(hits[1].trim());
    press(&mut harness, Key::ArrowUp);
    harness.get_by_label(hits[0].trim());
    assert_eq!(field(&harness), "wang", "the arrows leave the text alone");
    // Enter leaves the field: now the letters belong to the person.
    press(&mut harness, Key::Enter);
    typed(&mut harness, "t");
    assert_eq!(field(&harness), "wang");
    press(&mut harness, Key::Escape);
    assert_eq!(field(&harness), "wang", "the card is closed first");
    assert!(harness.query_by_role_and_label(Role::Button, "关上这张卡片").is_none());
    press(&mut harness, Key::Escape);
    assert_eq!(field(&harness), "");
    assert!(is_open(&harness, "工作清单"));
}

#[test]
fn the_selection_is_found_again_after_a_search_and_its_letters_begin_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "住户");
    let first = labels(&harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&first).click();
    harness.run();
    typed(&mut harness, "n");
    assert_eq!(field(&harness), "", "a selected row has letters of its own");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    typed(&mut harness, "zhang");
    assert!(harness.query_by_label(first.trim()).is_none());
    press(&mut harness, Key::Escape);
    harness.get_by_label(first.trim());
}

#[test]
fn a_page_pasted_into_the_search_is_cut_and_finds_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    for hostile in ["王\u{202E}".repeat(50_000), "0".repeat(100_000), "wa".repeat(40) + "i"] {
        harness.event(Event::Paste(hostile));
        harness.run();
        assert!(field(&harness).chars().count() <= 60);
        assert!(harness.query_by_label("没有找到").is_some());
        press(&mut harness, Key::Escape);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
        harness.run();
    }
}

#[test]
fn the_bar_keeps_within_the_window_at_every_text_size() {
    for (width, height) in [(1366.0, 740.0), (1093.0, 592.0), (910.0, 493.0), (683.0, 384.0)] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut harness = demo(folder.path());
        harness.set_size(egui::vec2(width, height));
        harness.run();
        typed(&mut harness, "wxx");
        let search = harness.get_by_role_and_label(Role::TextInput, "搜索住户").rect();
        let settings = harness.get_by_role_and_label(Role::Button, "设置").rect();
        assert!(search.width() >= 80.0, "{width}: {search:?}");
        assert!(search.right() <= settings.left() && settings.right() <= width, "{width}: {search:?} {settings:?}");
        let mut right = 0.0;
        for tab in ["工作清单", "服务名单", "体检安排", "住户", "上报备份"] {
            let tab = harness.get_by_role_and_label(Role::Tab, tab).rect();
            assert!(tab.left() >= right && tab.right() <= search.left(), "{width}: {tab:?} {search:?}");
            assert!(tab.top() < 20.0, "one line at {width}");
            right = tab.right() - 0.5;
        }
    }
}

#[test]
fn the_roll_reaches_to_the_last_person_by_the_wheel_and_the_arrow_keys_go_on_from_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "住户");
    let first = labels(&harness, "  ");
    harness.hover_at(egui::pos2(700.0, 400.0));
    for _ in 0..2 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Unknown,
            delta: egui::vec2(0.0, -1e6),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        harness.run();
    }
    let last = labels(&harness, "  ");
    assert!(last.len() > 5 && last != first, "the end of the roll is read");
    let person = last.last().cloned().expect("somebody");
    let found: Vec<_> = harness.get_all_by_label(&person).collect();
    found.last().expect("somebody").click();
    drop(found);
    harness.run();
    harness.get_by_label(person.trim());
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::ArrowUp);
    harness.get_by_role_and_label(Role::Button, "关上这张卡片");
}
