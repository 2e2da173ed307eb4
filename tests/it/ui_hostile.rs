//! The real window with what no village has: five thousand in one household, three hundred groups, endless and hidden
//! text. It is drawn, or refused with a sentence; and only what is in sight is drawn.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::desk::Desk;
use xiangli::domain::relation::Relation;
use xiangli::ledger::command::{Command, Home, Moved};
use xiangli::ledger::demo::Plan;
use xiangli::ledger::imports::{Decisions, ImportPlan};
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ui::window::Window;

use crate::support::world::{day, stamp};
use crate::ui_first_run::{click, labels, launch, tab};
use crate::ui_forms::{FAMILY, enter, ledger, residents, typed};

/// More than this is more than anybody sees at once.
const MOST_DRAWN: usize = 700;

/// The residents' tab on a computer without the font of the rarest characters: they show as boxes.
fn boxes(folder: &Path) -> Harness<'static, Window> {
    let launch = launch(folder);
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1366.0, 740.0))
        .with_max_steps(40)
        .allow_missing_glyphs()
        .build_eframe(move |context| Window::new(launch, Desk::inline(), &context.egui_ctx));
    harness.run();
    tab(&mut harness, "住户");
    harness
}

fn drawn(harness: &Harness<'_, Window>) -> usize {
    harness.root().children_recursive().count()
}

fn paste(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Paste(text.to_owned()));
    harness.run();
}

fn says(harness: &Harness<'_, Window>, starting: &str) -> bool {
    !labels(harness, starting).is_empty()
}

#[test]
fn five_thousand_people_in_one_household_are_walked_ticked_and_related_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let at = stamp(day("2026-11-23"));
    ledger.fill_demo(Plan { residents: 5_300, seed: 7 }, &at, &Unwatched).expect("people");
    let all = ledger.residents(&ResidentFilter { limit: 5_000, ..ResidentFilter::default() }).expect("residents");
    assert_eq!(all.len(), 5_000);
    let people = all.iter().enumerate().map(|(place, row)| Moved {
        resident: row.uid.clone(),
        relation: if place == 0 { Some(Relation::HEAD) } else { Relation::from_code(row.relation.max(99)) },
    });
    let home = Home::Numbered { group: "1".into(), number: "9999".into() };
    let done = ledger.run(&Command::Move { people: people.collect(), home }, &at).expect("moved");
    assert!(done.change.is_some());
    let first = ledger.resident(&all[0].uid).expect("there");
    drop(ledger);
    let mut harness = residents(folder.path());
    typed_search(&mut harness, &first.name);
    harness.get_by_label(&format!("  {}", first.name)).click();
    harness.run();
    harness.key_press(Key::F);
    harness.run();
    assert!(says(&harness, "家里的人（4"));
    assert!(drawn(&harness) < MOST_DRAWN, "{} parts", drawn(&harness));
    for form in ["分户", "转到别的户", "换户主"] {
        harness.get_by_role_and_label(Role::Button, form).click_accesskit();
        harness.run();
        harness.get_by_role_and_label(Role::Button, "关闭");
        assert!(drawn(&harness) < MOST_DRAWN, "{form}: {} parts", drawn(&harness));
        click(&mut harness, "关闭");
    }
}

fn typed_search(harness: &mut Harness<'_, Window>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "搜索住户").type_text(text);
    harness.run();
}

#[test]
fn three_hundred_groups_are_listed_and_offered_while_typing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let rows: String = (1..=300)
        .map(|number| format!("{number}组,1,王大山{}\n", char::from_u32(0x4E00 + number).expect("a character")))
        .collect();
    let roster = folder.path().join("花名册.csv");
    std::fs::write(&roster, format!("组,户号,姓名\n{rows}")).expect("written");
    let import = ledger.preview_import(&roster, day("2026-11-23"), &Unwatched).expect("looked at");
    let plan = ImportPlan { import: Arc::new(import), decisions: Decisions::default() };
    ledger.run(&Command::Import(Arc::new(plan)), &stamp(day("2026-11-23"))).expect("written");
    assert!(ledger.groups().expect("groups").len() >= 300);
    drop(ledger);
    let mut harness = residents(folder.path());
    harness.get_by_label("300组");
    click(&mut harness, "添加居民");
    let before = drawn(&harness);
    typed(&mut harness, "村民小组", "2");
    assert!(says(&harness, "200组"), "offered below the field");
    assert!(drawn(&harness) < before + 40, "only the lines in sight");
    harness.key_press(Key::ArrowDown);
    harness.key_press(Key::ArrowDown);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "村民小组").value().as_deref(), Some("20组"));
}

#[test]
fn endless_text_is_refused_with_a_sentence_beside_its_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    enter(&mut ledger, FAMILY[0]);
    drop(ledger);
    let mut harness = residents(folder.path());
    click(&mut harness, "添加居民");
    let endless = "张".repeat(100_000);
    for (label, words) in [
        ("姓名", "姓名超过50个字"),
        ("身份证号", "身份证号"),
        ("联系电话", "太长了，最多60个字"),
        ("与户主关系", "看不懂这个关系"),
        ("户号", "太长了，最多30个字"),
        ("村民小组", "太长了，最多30个字"),
    ] {
        paste(&mut harness, label, &endless);
        assert!(labels(&harness, words).iter().any(|said| said.chars().count() < 60), "{label}");
        let add = harness.get_all_by_role_and_label(Role::Button, "添加").next().expect("the button");
        assert!(add.accesskit_node().is_disabled(), "{label}");
    }
    harness.run_steps(8);
    // The first one shuts what is offered below the field.
    for _ in 0..2 {
        harness.key_press(Key::Escape);
        harness.run();
    }
    assert!(says(&harness, "有1张没填完的表"), "kept like any other");
}

#[test]
fn hidden_marks_are_taken_out_and_rare_characters_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    enter(&mut ledger, FAMILY[0]);
    drop(ledger);
    let mut harness = boxes(folder.path());
    for (written, name) in [
        ("赵\u{202e}青\u{200d}松\u{2066}", "赵青松"),
        ("李\u{e123}", "李\u{e123}"),
        ("查\u{30edd}", "查\u{30edd}"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
    ] {
        click(&mut harness, "添加居民");
        paste(&mut harness, "姓名", written);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        harness.run();
        assert!(harness.state().is_telling(&format!("{name}：添加居民")), "{name}");
    }
}
