//! The history of a person and of a day in the real window: each line is taken back from where it stands.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;

use super::ui_first_run::{click, labels, open_list, window};
use crate::support::world::{World, day};

#[test]
fn a_step_in_the_middle_of_a_persons_history_is_taken_back_from_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    open_list(&mut harness);
    let name = labels(&harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&name).click();
    harness.run();
    click(&mut harness, "已告知");
    let told = format!("{}：记为已告知", name.trim());
    assert!(harness.state().is_telling(&told));
    // The row has left the list; the person is found again among all.
    let all = labels(&harness, "应告知 ").first().cloned().expect("everybody of the list");
    harness.get_by_role_and_label(Role::Button, &all).click();
    harness.run();
    harness.get_by_label(&name).click();
    harness.run();
    click(&mut harness, "看这个人");
    click(&mut harness, "外出");
    let away = format!("{}：记下常住还是外出", name.trim());
    assert!(harness.state().is_telling(&away));

    // Two steps stand there, the latest first; the older one goes, the newer one stays.
    let ways_back = labels(&harness, "撤销 ");
    assert_eq!(ways_back, [format!("撤销 {away}"), format!("撤销 {told}")]);
    harness.get_by_label(&ways_back[1]).click_accesskit();
    harness.run();
    assert_eq!(labels(&harness, "（已撤销）").len(), 1);
    let ways_back = labels(&harness, "撤销 ");
    assert!(ways_back.contains(&format!("撤销 {away}")) && !ways_back.contains(&format!("撤销 {told}")));
}

#[test]
fn what_was_done_on_a_day_is_listed_and_each_line_taken_back_from_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    open_list(&mut harness);
    let names: Vec<String> = labels(&harness, "  ").into_iter().take(2).collect();
    for name in &names {
        harness.get_by_label(name).click();
        harness.run();
        harness.key_press(Key::T);
        harness.run();
    }
    harness.get_by_label(&labels(&harness, "  ")[0].clone()).click();
    harness.run();
    click(&mut harness, "不需要");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::H);
    harness.run();
    assert_eq!(labels(&harness, "今天做过的").len(), 2, "the button and the panel");
    let ways_back = labels(&harness, "撤销 ");
    let told = |at: usize| format!("撤销 {}：记为已告知", names[at].trim());
    assert_eq!(ways_back.len(), 3, "{ways_back:?}");
    assert_eq!(ways_back[1..], [told(1), told(0)]);
    assert!(ways_back[0].ends_with("：记下了答复"), "who declined is told by no list");
    harness.get_by_label(&told(0)).click();
    harness.run();
    let ways_back = labels(&harness, "撤销 ");
    assert!(!ways_back.contains(&told(0)) && ways_back.contains(&told(1)));
    assert_eq!(labels(&harness, "（已撤销）").len(), 1);
    // The demo village begins on the same day: nothing stands before, and what cannot be taken back says so.
    assert!(!labels(&harness, "台账的开头").is_empty());
    let before = harness.get_by_role_and_label(Role::Button, "前一天做过的");
    assert!(before.accesskit_node().is_disabled());
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(labels(&harness, "今天做过的").len(), 1);
}

#[test]
fn the_days_of_a_history_are_found_among_others() {
    let mut world = World::new();
    let uid = world.person("测试甲", "1950", None);
    for on in ["2026-11-25", "2026-11-25", "2026-12-02"] {
        world.today = day(on);
        let residency =
            if world.ledger.revision().expect("readable") % 2 == 0 { Residency::Here } else { Residency::Away };
        let (resident, source) = (uid.clone(), "本人说".to_owned());
        world.run(Command::SetResidency { resident, residency, source, on: day(on) });
    }
    let on = |text: &str| {
        let filter = ChangeFilter { on: Some(day(text)), ..ChangeFilter::default() };
        world.ledger.history(&filter).expect("readable").len()
    };
    assert_eq!(
        ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-12-02", "2026-12-03"].map(on),
        [0, 2, 0, 2, 1, 0]
    );
    let around = |text: &str| {
        let around = world.ledger.days_around(day(text)).expect("readable");
        [around.before, around.after].map(|day| day.map(|day| day.to_string()))
    };
    let days = |before: Option<&str>, after: Option<&str>| [before.map(str::to_owned), after.map(str::to_owned)];
    assert_eq!(around("2026-11-23"), days(None, Some("2026-11-25")));
    assert_eq!(around("2026-11-24"), days(Some("2026-11-23"), Some("2026-11-25")));
    assert_eq!(around("2026-11-25"), days(Some("2026-11-23"), Some("2026-12-02")));
    assert_eq!(around("2026-12-02"), days(Some("2026-11-25"), None));
}

#[test]
fn what_stays_when_an_older_step_is_taken_back_is_said() {
    let mut world = World::new();
    let uid = world.person("测试甲", "1950", None);
    let said = |world: &mut World, residency: Residency| {
        let (resident, source, on) = (uid.clone(), "本人说".to_owned(), world.today);
        world.run(Command::SetResidency { resident, residency, source, on }).change.expect("a change").uid
    };
    let older = said(&mut world, Residency::Here);
    said(&mut world, Residency::Away);
    let done = world.run(Command::TakeBack { change: older });
    assert!(!done.kept.is_empty(), "it was edited since");
    assert_eq!(world.ledger.resident(&uid).expect("there").residency(), Some(Residency::Away));
}
