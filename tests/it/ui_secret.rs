//! What is typed as a secret is nowhere in what is read aloud, and midnight passes with the window open.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use eframe::egui;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::desk::Desk;
use xiangli::ledger::command::{Command, NewTask, Stamp};
use xiangli::ui::window::Window;

use crate::support::world::{day, stamp};
use crate::ui_first_run::{click, labels, launch, tab, window};
use crate::ui_forms::{FAMILY, enter, ledger};

const SECRET: &str = "河边三棵柳树 2027";

/// Everything that a screen reader could say.
fn said_aloud(harness: &Harness<'_, Window>) -> String {
    let nodes = harness.root().children_recursive();
    let texts = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value(), node.description(), node.placeholder().map(str::to_owned)].into_iter().flatten()
    });
    texts.collect::<Vec<String>>().join("\n")
}

#[test]
fn a_passphrase_is_nowhere_in_what_is_read_aloud() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "新建本村台账");
    for label in ["密码", "再输一遍密码"] {
        for _ in 0..2 {
            harness.get_by_label(label).focus();
            harness.run();
        }
        harness.get_by_label(label).type_text(SECRET);
        harness.run();
        let role = harness.get_by_label(label).accesskit_node().role();
        assert_eq!(role, Role::PasswordInput, "{label} is said to be a secret");
    }
    let said = said_aloud(&harness);
    assert!(said.contains("再输一遍密码"), "the page is read aloud");
    for secret in [SECRET, "河边", "柳树", "2027"] {
        assert!(!said.contains(secret), "{secret} is read aloud");
    }
}

#[test]
fn at_midnight_the_open_window_shows_the_lists_of_the_new_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut begun = ledger(folder.path());
    enter(&mut begun, FAMILY[0]);
    let task = NewTask { what: "问问修路的事".into(), due_on: day("2026-11-24"), resident: None };
    begun.run(&Command::WriteTask(Box::new(task)), &stamp(day("2026-11-23"))).expect("written");
    drop(begun);
    let late: Stamp =
        Stamp { at: stamp(day("2026-11-23")).at + TimeDelta::seconds(53_990), ..stamp(day("2026-11-23")) };
    let now = Arc::new(Mutex::new(late));
    let clock = now.clone();
    let mut launch = launch(folder.path());
    launch.clock = Arc::new(move || clock.lock().expect("the clock").clone());
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1366.0, 740.0))
        .with_max_steps(40)
        .build_eframe(move |context| Window::new(launch, Desk::inline(), &context.egui_ctx));
    harness.run();
    tab(&mut harness, "工作清单");
    let sections =
        |harness: &Harness<'_, Window>| labels(harness, "今天 ").concat() + &labels(harness, "本周 ").concat();
    let before = sections(&harness);
    {
        let mut now = now.lock().expect("the clock");
        now.at += TimeDelta::seconds(20);
        now.today = now.at.date_naive();
    }
    harness.run();
    let after = sections(&harness);
    assert!(before.contains("今天 0"), "{before}");
    assert!(after.contains("今天 1"), "{before} became {after}");
}
