//! The history of a person and of a day in the real window: each line is taken back from where it stands.

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::ui_first_run::{click, labels, tab, window};

#[test]
fn a_step_in_the_middle_of_a_persons_history_is_taken_back_from_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window(folder.path());
    click(&mut harness, "试用演示村");
    tab(&mut harness, "服务名单");
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
    let away = format!("{}：记录居住状态", name.trim());
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
