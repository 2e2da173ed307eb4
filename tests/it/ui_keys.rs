//! The window by its keys alone, and as readers of the screen are told it.

use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::ui::window::Window;

use super::ui_first_run::{click, labels, open_list, window};

fn demo(folder: &std::path::Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    click(&mut harness, "试用演示村");
    harness
}

/// The selected row as it is read aloud.
fn selected(harness: &Harness<'_, Window>) -> Option<String> {
    let rows = harness.query_all_by_role(Role::Row);
    rows.into_iter()
        .find(|row| row.accesskit_node().is_selected() == Some(true))
        .and_then(|row| row.accesskit_node().label())
}

fn press(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn a_table_is_told_with_its_rows_columns_and_cells() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let tables: Vec<_> = harness.query_all_by_role(Role::Table).collect();
    assert_eq!(tables.len(), 1);
    let table = tables[0].accesskit_node();
    assert!(table.data().row_count().is_some_and(|rows| rows > 100), "all rows count, not those in sight");
    let heads: Vec<_> =
        harness.query_all_by_role(Role::ColumnHeader).filter_map(|head| head.accesskit_node().label()).collect();
    assert!(heads.contains(&"姓名".to_owned()), "{heads:?}");
    assert_eq!(table.data().column_count(), Some(heads.len()));
    let rows: Vec<_> = harness.query_all_by_role(Role::Row).collect();
    assert!(rows.len() > 5);
    let cells = rows[3].children().filter(|cell| cell.accesskit_node().role() == Role::Cell).count();
    assert_eq!(cells, heads.len());
    assert_eq!(selected(&harness), None);
}

#[test]
fn a_list_is_walked_and_worked_with_one_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    open_list(&mut harness);
    press(&mut harness, Key::ArrowDown);
    let first = selected(&harness).expect("the first person");
    press(&mut harness, Key::ArrowDown);
    let second = selected(&harness).expect("the second");
    assert_ne!(first, second);
    press(&mut harness, Key::ArrowUp);
    assert_eq!(selected(&harness).as_ref(), Some(&first));
    press(&mut harness, Key::PageDown);
    let later = selected(&harness).expect("a page on");
    assert!(later != first && later != second);
    press(&mut harness, Key::Home);
    assert_eq!(selected(&harness).as_ref(), Some(&first));
    press(&mut harness, Key::End);
    assert_ne!(selected(&harness).as_ref(), Some(&first));
    press(&mut harness, Key::Home);

    // Enter goes into the card, Escape closes it; T notes what was said, and what is read aloud tells it.
    press(&mut harness, Key::Enter);
    assert!(harness.get_by_label("关上这张卡片").is_focused());
    press(&mut harness, Key::T);
    assert_ne!(selected(&harness).as_ref(), Some(&first), "the row has left");
    let told = labels(&harness, "")
        .into_iter()
        .find(|words| words.ends_with("：记为已告知") && !words.starts_with("撤销"))
        .expect("the message");
    let live = harness.get_by_label(&told).accesskit_node().data().live();
    assert_eq!(live, Some(Live::Polite));
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("关上这张卡片").is_none());
}

#[test]
fn the_sheet_of_keys_and_the_help_open_and_close_by_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    // Before a ledger is open, too.
    press(&mut harness, Key::F1);
    harness.get_by_label("帮助");
    press(&mut harness, Key::Escape);
    click(&mut harness, "试用演示村");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    harness.run();
    harness.get_by_label("快捷键");
    for words in ["Ctrl+1", "哪一页都能用", "选中一个人以后"] {
        assert!(!labels(&harness, words).is_empty(), "{words}");
    }
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("快捷键").is_none());
    // A sign typed into a field is text.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    press(&mut harness, Key::Questionmark);
    assert!(harness.query_by_label("快捷键").is_none());
}

#[test]
fn the_tab_key_stops_once_at_a_table_and_comes_round() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let mut stops: Vec<Role> = Vec::new();
    for _ in 0..40 {
        press(&mut harness, Key::Tab);
        if let Some(focus) = harness.root().children_recursive().find(|node| node.is_focused()) {
            stops.push(focus.accesskit_node().role());
        }
    }
    assert!(stops.contains(&Role::Tab) && stops.contains(&Role::Button) && stops.contains(&Role::TextInput));
    let tables = stops.iter().filter(|role| **role == Role::Table).count();
    assert!((1..=3).contains(&tables), "{stops:?}");
    assert!(!stops.contains(&Role::GenericContainer) && !stops.contains(&Role::Cell), "{stops:?}");
}

/// Presses letters as a keyboard does: each is a key and a sign.
fn letters(harness: &mut Harness<'static, Window>, letters: &[(Key, &str)]) {
    for (key, sign) in letters {
        let (key, modifiers) = (*key, Modifiers::NONE);
        let turned = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        // In one frame of a quarter of a second: handed over one by one, each would take a frame of its own.
        harness.input_mut().events.extend([turned(true), Event::Text((*sign).to_owned()), turned(false)]);
        harness.step();
    }
    harness.run();
}

/// How many steps can be taken back one by one today.
fn steps(harness: &mut Harness<'static, Window>) -> usize {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::H);
    harness.run();
    let ways_back = labels(harness, "撤销 ");
    press(harness, Key::Escape);
    ways_back.len()
}

#[test]
fn a_name_typed_over_a_selected_row_notes_one_thing_at_most() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    open_list(&mut harness);
    press(&mut harness, Key::ArrowDown);
    let before = steps(&mut harness);
    // Each of these letters is an action here; only the first was perhaps meant.
    letters(&mut harness, &[(Key::T, "t"), (Key::U, "u"), (Key::N, "n"), (Key::N, "n")]);
    assert_eq!(steps(&mut harness), before + 1);
    // Somebody who works on, one person after another, is not held up.
    harness.run_steps(4);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::T);
    assert_eq!(steps(&mut harness), before + 2);
}

#[test]
fn a_letter_that_does_nothing_to_the_selected_row_begins_the_search() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    open_list(&mut harness);
    press(&mut harness, Key::ArrowDown);
    let before = steps(&mut harness);
    letters(&mut harness, &[(Key::W, "w"), (Key::T, "t"), (Key::N, "n")]);
    let typed = harness.get_by_role_and_label(Role::TextInput, "搜索住户").accesskit_node().value();
    assert_eq!(typed.as_deref(), Some("wtn"));
    press(&mut harness, Key::Escape);
    assert_eq!(steps(&mut harness), before);
}
