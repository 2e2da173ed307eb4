//! 隐私保护 in the real window: what is kept and how long, deletion for good, who looked at a child's data, a loss written
//! down step by step. By labels.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::care::CareKind;
use xiangli::domain::consent::{Channel, Guardian, GuardianRelation, Purpose};
use xiangli::domain::disclosure::PaperKind;
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::resident::{Sex, Standing};
use xiangli::ledger::Ledger;
use xiangli::ledger::care::CareEdit;
use xiangli::ledger::command::{Agreed, Command, ResidentEdit};
use xiangli::ledger::handouts::{Made, Out};
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::sealed::open_with;
use xiangli::paper::order::Order;
use xiangli::ui::window::Window;
use xiangli::words::{Language, Words};

use super::ui_first_run::{labels, tab, window};
use super::ui_forms::{enter, ledger};
use super::ui_hand_up::{fill, has, press};
use crate::import_support::id;
use crate::support::world::{day, stamp};

const CHILD: &str = "王小苗";
const PHONE: &str = "19912340077";
const GUARDIAN: &str = "周德明";
/// The head of the history on somebody's page.
const HISTORY: &str = "做过的事";

fn run(ledger: &mut Ledger, command: &Command) {
    ledger.run(command, &stamp(day("2026-11-23"))).expect("done");
}

fn number() -> String {
    id("20190305", 17)
}

/// A child with a number and a phone, a grown-up who left long ago, and one who lives here.
fn village(folder: &Path) {
    let mut ledger = ledger(folder);
    enter(&mut ledger, ("12", "王大山", 2, Sex::Male, "1955-02-03"));
    let child = enter(&mut ledger, ("12", CHILD, 41, Sex::Male, "2019-03-05"));
    let known = IdNumber::parse(&number(), day("2026-11-23")).expect("a number").number;
    let edit = ResidentEdit { id_number: Some(Some(known)), phone: Some(PHONE.to_owned()), ..ResidentEdit::default() };
    run(&mut ledger, &Command::EditResident { resident: child.clone(), edit: Box::new(edit), source: "户口簿".into() });
    let agreed = Agreed {
        channel: Channel::Signed,
        witness: String::new(),
        guardian: Some(Guardian { name: GUARDIAN.into(), relation: GuardianRelation::Parent }),
    };
    let (resident, purpose, on) = (child.clone(), Purpose::Services, day("2026-11-20"));
    run(&mut ledger, &Command::GiveConsent { resident, purpose, on, agreed: Box::new(agreed) });
    let care = CareEdit {
        resident: child,
        kind: CareKind::LeftBehind,
        helper: "李支书".into(),
        phone: String::new(),
        agreed: "每月去看一次".into(),
        agreed_by: GUARDIAN.into(),
        agreed_on: Some(on),
        next_on: None,
    };
    run(&mut ledger, &Command::SetCare(Box::new(care)));
    let gone = enter(&mut ledger, ("15", "刘长河", 2, Sex::Male, "1960-01-02"));
    let (standing, on) = (Standing::MovedOut, day("2020-05-01"));
    run(&mut ledger, &Command::SetStanding { resident: gone, standing, on });
}

fn opened(folder: &Path) -> Harness<'static, Window> {
    village(folder);
    let mut harness = window(folder);
    harness.run();
    harness
}

fn privacy(folder: &Path, page: &str) -> Harness<'static, Window> {
    let mut harness = opened(folder);
    tab(&mut harness, "隐私保护");
    press(&mut harness, page);
    harness
}

fn choose(harness: &mut Harness<'_, Window>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click_accesskit();
    harness.run();
}

/// The page of somebody, opened from the list.
fn person(harness: &mut Harness<'_, Window>, name: &str) {
    tab(harness, "住户");
    harness.get_by_label(&format!("  {name}")).click();
    harness.run();
}

fn is_disabled(harness: &Harness<'_, Window>, label: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

#[test]
fn the_days_are_changed_within_bounds_and_with_a_paper_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = opened(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
    harness.run();
    assert!(has(&harness, "住户登记") && has(&harness, "不存银行账号"), "{:?}", labels(&harness, ""));
    press(&mut harness, "改走访单的天数");
    fill(&mut harness, "保存多少天", "5");
    assert!(is_disabled(&harness, "按这份文件保存"), "too few");
    fill(&mut harness, "保存多少天", "400");
    assert!(is_disabled(&harness, "按这份文件保存"), "no paper says so");
    fill(&mut harness, "哪份文件规定的", "镇档案室2026年3号文");
    press(&mut harness, "按这份文件保存");
    assert!(has(&harness, "保存400天") && has(&harness, "依据：镇档案室2026年3号文"), "{:?}", labels(&harness, ""));
    press(&mut harness, "撤销");
    assert!(has(&harness, "保存180天") && !has(&harness, "依据：镇档案室"));
    // What is due leads to the list of it.
    press(&mut harness, "迁出和去世的人到期1条");
    assert!(has(&harness, "到期要删除的：1条"));
}

#[test]
fn what_is_due_is_ticked_asked_about_and_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = privacy(folder.path(), "到期删除");
    assert!(is_disabled(&harness, "彻底删除勾上的（0条）…"));
    press(&mut harness, "全部勾上");
    press(&mut harness, "彻底删除勾上的（1条）…");
    assert!(has(&harness, "撤销不了") && has(&harness, "做一份新备份") && has(&harness, "U盘上"));
    press(&mut harness, "不");
    assert!(!has(&harness, "撤销不了") && has(&harness, "刘长河"), "nothing was deleted");
    press(&mut harness, "彻底删除勾上的（1条）…");
    press(&mut harness, "彻底删除");
    assert!(has(&harness, "已彻底删除"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "没有到期要删除的") && !has(&harness, "刘长河"));
}

#[test]
fn a_childs_data_is_hidden_until_a_reason_is_given_and_again_when_the_page_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = opened(folder.path());
    let tells = |harness: &Harness<'_, Window>| {
        has(harness, &number()) || has(harness, PHONE) || has(harness, "2019-03-05") || has(harness, "0077")
    };
    person(&mut harness, CHILD);
    assert!(has(&harness, "7岁") && !tells(&harness), "{:?}", labels(&harness, ""));
    assert!(harness.query_by_label("打印本人信息").is_none());
    // Nor who agreed for the child, what is applied for, why, or what was changed.
    let parts = ["本人同意的事", "可以享受的服务", HISTORY];
    let shown = |harness: &Harness<'_, Window>| parts.map(|part| has(harness, part));
    assert!(!has(&harness, GUARDIAN) && shown(&harness) == [false; 3], "{:?}", labels(&harness, ""));
    assert!(is_disabled(&harness, "看孩子的信息"), "a reason comes first");
    choose(&mut harness, Role::RadioButton, "监护人要看");
    press(&mut harness, "看孩子的信息");
    assert!(has(&harness, &number()) && has(&harness, PHONE), "{:?}", labels(&harness, ""));
    assert!(has(&harness, GUARDIAN) && shown(&harness) == [true; 3], "{:?}", labels(&harness, ""));
    // The list beside it goes on hiding it.
    assert!(has(&harness, "已隐藏"));
    // The form that corrects it opens without a second question, and the next visit asks again.
    press(&mut harness, "修改资料");
    assert!(harness.query_by_role_and_label(Role::TextInput, "联系电话").is_some(), "{:?}", labels(&harness, ""));
    tab(&mut harness, "服务名单");
    tab(&mut harness, "住户");
    assert!(!tells(&harness), "{:?}", labels(&harness, ""));
    assert!(harness.query_by_role_and_label(Role::TextInput, "联系电话").is_none());
    // Who looked, and why.
    tab(&mut harness, "隐私保护");
    press(&mut harness, "查看记录");
    assert!(has(&harness, CHILD) && has(&harness, "监护人要看"));
    // Nor does the household's panel or the search.
    tab(&mut harness, "住户");
    harness.get_by_role_and_label(Role::TextInput, "搜索住户").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "搜索住户").type_text("王小苗");
    harness.run();
    assert!(has(&harness, "姓名") && !tells(&harness));
}

#[test]
fn corrections_stand_in_the_history_with_old_and_new_value_masked_as_the_window_masks_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = opened(folder.path());
    person(&mut harness, CHILD);
    // The whole history of a child is hidden until it is said why somebody looks.
    assert!(!has(&harness, "更正记录（") && !has(&harness, PHONE) && !has(&harness, &number()[14..]));
    choose(&mut harness, Role::RadioButton, "监护人要看");
    press(&mut harness, "看孩子的信息");
    let heads = labels(&harness, "更正记录（");
    assert_eq!(heads.len(), 1, "{:?}", labels(&harness, ""));
    harness.get_by_label(&heads[0]).click_accesskit();
    harness.run();
    assert!(has(&harness, &format!("电话：（没有） → {PHONE}")), "{:?}", labels(&harness, ""));
    let masked = format!("身份证号：（没有） → {}…{}", &number()[..4], &number()[14..]);
    assert!(has(&harness, &masked), "{:?}", labels(&harness, ""));
    // Of whom nothing was corrected there is no such part.
    person(&mut harness, "王大山");
    assert!(!has(&harness, "更正记录（"));
}

#[test]
fn a_person_is_kept_by_a_rule_refused_deletion_released_and_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = opened(folder.path());
    person(&mut harness, "王大山");
    press(&mut harness, "依规保留…");
    fill(&mut harness, "保留到哪天", "2020-01-01");
    fill(&mut harness, "依据哪条规定", "档案规定第3条");
    assert!(is_disabled(&harness, "停止使用，依规保留"), "the day must lie ahead");
    fill(&mut harness, "保留到哪天", "2030-01-01");
    press(&mut harness, "停止使用，依规保留");
    assert!(has(&harness, "已停止使用"), "{:?}", labels(&harness, ""));
    press(&mut harness, "彻底删除…");
    press(&mut harness, "彻底删除");
    assert!(has(&harness, "不能删除"), "refused in one sentence");
    press(&mut harness, "不用再保留");
    press(&mut harness, "彻底删除…");
    assert!(has(&harness, "把王大山的全部信息彻底删除吗"));
    press(&mut harness, "不");
    assert!(!has(&harness, "撤销不了"));
    press(&mut harness, "彻底删除…");
    press(&mut harness, "彻底删除");
    assert!(has(&harness, "已彻底删除"));
    assert!(!labels(&harness, "  ").contains(&"  王大山".to_owned()), "{:?}", labels(&harness, ""));
}

#[test]
fn a_lost_stick_is_written_down_in_steps_told_of_and_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = privacy(folder.path(), "丢失或泄露");
    assert!(has(&harness, "不要慌"), "an empty page teaches");
    press(&mut harness, "记一起丢失或泄露");
    assert!(is_disabled(&harness, "下一步"));
    press(&mut harness, "不");
    press(&mut harness, "记一起丢失或泄露");
    choose(&mut harness, Role::RadioButton, "U盘丢了");
    fill(&mut harness, "经过（一句话）", "赶集路上丢的");
    press(&mut harness, "下一步");
    let people = harness.get_by_role_and_label(Role::TextInput, "涉及多少人").value().unwrap_or_default();
    assert_eq!(people, "2", "all who live here are proposed");
    fill(&mut harness, "涉及多少人", "很多");
    assert!(is_disabled(&harness, "记下，看要告诉谁"));
    fill(&mut harness, "涉及多少人", "2");
    press(&mut harness, "记下，看要告诉谁");
    assert!(has(&harness, "第三步") && has(&harness, "还有3处没告知"), "{:?}", labels(&harness, ""));
    press(&mut harness, "已告知乡镇");
    assert!(has(&harness, "2026年11月23日已告知乡镇") && has(&harness, "还有2处没告知"));
    press(&mut harness, "打印报告");
    assert!(has(&harness, "个人信息丢失或泄露报告"), "{:?}", labels(&harness, ""));
}

#[test]
fn the_papers_are_looked_at_before_they_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = privacy(folder.path(), "打印");
    for (button, title) in [
        ("打印应急卡", "应急卡"),
        ("打印影响评估", "个人信息保护影响评估"),
        ("打印2025年自查", "2025年个人信息保护自查"),
        ("打印儿童规则", "儿童个人信息处理规则"),
    ] {
        press(&mut harness, button);
        assert!(has(&harness, "交出去之前先看一眼") && has(&harness, title), "{:?}", labels(&harness, ""));
        press(&mut harness, "返回");
    }
    press(&mut harness, "同意");
    assert!(has(&harness, "还没问2人"), "{:?}", labels(&harness, ""));
    press(&mut harness, "给出去的");
    assert!(has(&harness, "还没有打印或导出过"));
}

#[test]
fn children_left_behind_are_shown_once_it_is_said_why_and_each_look_stands_among_the_looks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = opened(folder.path());
    tab(&mut harness, "服务名单");
    press(&mut harness, "关爱");
    let shows = |harness: &Harness<'_, Window>| has(harness, "每月去看一次");
    press(&mut harness, "看留守儿童（每看一次都会记下） 1");
    assert!(!shows(&harness) && is_disabled(&harness, "显示留守儿童"), "{:?}", labels(&harness, ""));
    choose(&mut harness, Role::RadioButton, "上级依规要求");
    press(&mut harness, "显示留守儿童");
    assert!(shows(&harness), "{:?}", labels(&harness, ""));
    // Once the page is left they are hidden, and the next look asks again.
    tab(&mut harness, "隐私保护");
    press(&mut harness, "查看记录");
    assert!(has(&harness, CHILD) && has(&harness, "上级依规要求"), "{:?}", labels(&harness, ""));
    tab(&mut harness, "服务名单");
    assert!(!shows(&harness) && is_disabled(&harness, "显示留守儿童"), "{:?}", labels(&harness, ""));
}

#[test]
fn what_left_says_to_whom_what_for_which_fields_and_how_many_at_every_width() {
    let folder = tempfile::tempdir().expect("a folder");
    village(folder.path());
    let path = folder.path().join("village.xlg");
    let mut ledger = open_with(&path, &Unlock::Passphrase(DEMO_PASSPHRASE.into())).expect("it opens");
    let uid = ledger.residents(&ResidentFilter { limit: 1, ..ResidentFilter::default() }).expect("read")[0].uid.clone();
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::Person(uid), &words);
    let made = |_: &_| Ok(Made { bytes: b"paper".to_vec(), rows: 1 });
    let out = Out::At(folder.path().join("a.pdf"));
    ledger.hand_out(&out, &order.leaving(), &stamp(day("2026-11-23")), made).expect("written");
    ledger.note_sealed(PaperKind::Copy, &stamp(day("2026-11-23"))).expect("noted");
    drop(ledger);
    for width in [1366.0, 800.0, 620.0] {
        let mut harness = window(folder.path());
        harness.set_size(eframe::egui::vec2(width, 700.0));
        harness.run();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
        harness.run();
        press(&mut harness, "给出去的");
        for says in [
            "本人信息",
            "给谁",
            "本人",
            "身份证号、性别、出生日期",
            "1人",
            "副本",
            "拿着U盘的人",
            "换电脑用或者留存",
            "全部内容，加密",
        ] {
            assert!(has(&harness, says), "{width}: {says} in {:?}", labels(&harness, ""));
        }
    }
}
