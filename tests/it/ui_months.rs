//! Months in the real window: a village looks at one, sees who stands behind a number, closes it and prints it; what is
//! found later stands beside it with its day.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use secrecy::SecretString;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::sealed::open_with;

use super::ui_first_run::{click, labels, tab, window};
use super::ui_hand_up::{files, fill, has, path, press, village};
use crate::support::offices::code;
use crate::support::world::{ELDER, day, stamp};

/// The demo village with one person who was checked in October, and whose name is answered.
fn checked_in_october(folder: &Path) -> (Ledger, String) {
    village(folder, &code(0));
    let passphrase = Unlock::Passphrase(SecretString::from(DEMO_PASSPHRASE));
    let mut ledger = open_with(&folder.join("demo.xlg"), &passphrase).expect("opens");
    let row = ledger.list(ELDER, day("2026-11-23")).expect("a list").rows.remove(0);
    attend(&mut ledger, &row.uid, "2026-10-12");
    (ledger, row.name)
}

fn attend(ledger: &mut Ledger, resident: &str, on: &str) {
    let (resident, programme) = (resident.to_owned(), ELDER.to_owned());
    let command = Command::Attend { resident, programme, on: day(on) };
    ledger.run(&command, &stamp(day("2026-11-23"))).expect("noted");
}

fn open_months(harness: &mut egui_kittest::Harness<'_, xiangli::ui::window::Window>) {
    click(harness, "试用演示村");
    tab(harness, "上报备份");
    press(harness, "打开月报");
}

#[test]
fn a_village_looks_at_a_month_sees_who_is_behind_a_number_and_closes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, name) = checked_in_october(folder.path());
    drop(ledger);
    let mut harness = window(folder.path());
    open_months(&mut harness);
    assert!(has(&harness, "2026全年") && has(&harness, "这个月还没过完") && has(&harness, "过完了，还没关账"));

    // The month that is not over cannot be closed.
    harness.get_by_label("2026-11").click();
    harness.run();
    assert!(has(&harness, "2026-11 月报") && has(&harness, "到月底最后一天就可以关账"));
    assert!(harness.query_by_role_and_label(Role::Button, "关账…").is_none());
    press(&mut harness, "回到月份");

    // Arrows and Enter lead to a month, too.
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    press(&mut harness, "回到月份");
    harness.get_by_label("2026-10").click();
    harness.run();
    assert!(has(&harness, "2026-10 月报") && has(&harness, "核对过：每个数都和名单上的人数一样"));
    let number = labels(&harness, "65岁以上老年人健康体检 本月已做").pop().expect("a number that leads to names");
    press(&mut harness, &number);
    assert!(has(&harness, &name), "{:?}", labels(&harness, ""));
    press(&mut harness, "关上这张卡片");

    // Closing says what it means, and can be left.
    press(&mut harness, "关账…");
    assert!(has(&harness, "2026-10的数就固定了：不能撤销"));
    press(&mut harness, "先不关");
    press(&mut harness, "关账…");
    press(&mut harness, "确认关账");
    assert!(has(&harness, "2026-10已关账"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "已关账：数不再变") && harness.query_by_role_and_label(Role::Button, "关账…").is_none());
    // No undo opens it again: the key takes back the step before.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert!(has(&harness, "等着报") && has(&harness, "-1"), "what was undone is found: {:?}", labels(&harness, ""));
    press(&mut harness, "回到月份");
    assert!(has(&harness, "关账，数已固定") && has(&harness, "1处"));
}

#[test]
fn what_is_found_later_stands_beside_the_closed_month_and_names_lead_to_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut ledger, name) = checked_in_october(folder.path());
    let stamp = stamp(day("2026-11-23"));
    ledger.close_month("2026-10", &stamp).expect("it is over");
    let other = ledger.list(ELDER, stamp.today).expect("a list").rows.remove(1).uid;
    attend(&mut ledger, &other, "2026-10-20");
    // Closing another month notes what was found about this one.
    ledger.close_month("2026-09", &stamp).expect("it is over");
    drop(ledger);
    let mut harness = window(folder.path());
    open_months(&mut harness);
    harness.get_by_label("2026-10").click();
    harness.run();
    let later = labels(&harness, "2026年11月23日　65岁以上老年人健康体检").pop().expect("dated");
    assert!(later.ends_with("+1"), "{later}");
    assert!(has(&harness, "（+1）"), "{:?}", labels(&harness, ""));
    let number = labels(&harness, "65岁以上老年人健康体检 本月已做").pop().expect("a number");
    press(&mut harness, &number);
    harness.get_by_label(&name).click();
    harness.run();
    assert!(harness.query_by_role_and_label(Role::TextInput, "搜索住户").is_some());
    assert!(has(&harness, &name) && !has(&harness, "2026-10 月报"), "the person's own page");
}

#[test]
fn a_month_is_seen_before_it_is_printed_or_written_as_a_sheet() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(checked_in_october(folder.path()));
    let mut harness = window(folder.path());
    open_months(&mut harness);
    harness.get_by_label("2026全年").click();
    harness.run();
    assert!(has(&harness, "2026 年报") && has(&harness, "各项目：做了检查接种的人数"));
    press(&mut harness, "打印或导出");
    assert!(has(&harness, "做了检查接种") && has(&harness, "单子上不写任何人"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "放到哪个文件夹", path(folder.path()));
    for (ending, format) in [("pdf", "PDF（打印）"), ("xlsx", "表格（xlsx）")] {
        harness.get_by_role_and_label(Role::RadioButton, format).click_accesskit();
        harness.run();
        press(&mut harness, "写成文件");
        assert_eq!(files(folder.path(), ending).len(), 1, "{ending}: {:?}", labels(&harness, ""));
    }
}
