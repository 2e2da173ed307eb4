//! 新建体检安排 in the real window: a campaign by keys alone, days that are left out, input that makes no sense, sessions with
//! people in them, holidays and market days.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::campaign::{AppointmentAct, Word};
use xiangli::domain::resident::Sex;
use xiangli::ledger::Ledger;
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::{Moved, NewCampaign};
use xiangli::ledger::command::Command;
use xiangli::ui::window::Window;

use crate::campaigns::{campaign_edit, session};
use crate::support::world::{day, stamp};
use crate::ui_first_run::{click, labels, tab, window};
use crate::ui_forms::{FAMILY, enter, ledger, typed};

const ELDER_NAME: &str = "65岁以上老年人健康体检";

fn village(folder: &Path) -> Ledger {
    let mut ledger = ledger(folder);
    for person in FAMILY {
        enter(&mut ledger, *person);
    }
    ledger
}

/// A campaign with two sessions; its people are planned and told.
fn planned(folder: &Path) {
    let mut ledger = village(folder);
    let at = stamp(day("2026-11-23"));
    let sessions = vec![session("2026-12-07", 3), session("2026-12-14", 3)];
    let new = CampaignCommand::Start(Box::new(NewCampaign { edit: campaign_edit(), sessions }));
    let done = ledger.run(&Command::Campaign(new), &at).expect("started");
    let uid = done.change.expect("a change").about;
    let proposal = ledger.propose(&uid, 1, at.today).expect("a plan");
    let people: Vec<String> = proposal.placed.iter().map(|row| row.uid.clone()).collect();
    assert_eq!(people.len(), 3);
    ledger.run(&Command::Campaign(CampaignCommand::Book(Box::new(proposal.booking()))), &at).expect("booked");
    let (campaign, act, on) = (uid, AppointmentAct::Invite, at.today);
    ledger.run(&Command::Campaign(CampaignCommand::AppointMany { campaign, people, act, on }), &at).expect("told");
}

fn page(folder: &Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    tab(&mut harness, "体检安排");
    harness
}

/// The page of the campaign's sessions, by a click on its line.
fn sessions(folder: &Path) -> Harness<'static, Window> {
    let mut harness = page(folder);
    harness.get_by_label("冬季老年人体检").click();
    harness.run();
    harness.run();
    click(&mut harness, "改安排");
    harness.run();
    harness
}

fn tab_to(harness: &mut Harness<'_, Window>, role: Role, label: &str) {
    for _ in 0..90 {
        if harness.query_all_by_role_and_label(role, label).any(|node| node.is_focused()) {
            return;
        }
        harness.key_press(Key::Tab);
        harness.run();
    }
    panic!("the Tab key does not lead to {label}");
}

fn press(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
    harness.run();
}

fn fill(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    tab_to(harness, Role::TextInput, label);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

fn save(harness: &mut Harness<'_, Window>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    harness.run();
}

fn says(harness: &Harness<'_, Window>, words: &str) -> bool {
    labels(harness, "").iter().any(|label| label.contains(words))
}

fn is_shut(harness: &Harness<'_, Window>, label: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

/// The form of a new campaign with its programme and days.
fn begun(harness: &mut Harness<'_, Window>) {
    tab_to(harness, Role::Button, "新建一次体检安排");
    press(harness, Key::Enter);
    tab_to(harness, Role::CheckBox, ELDER_NAME);
    press(harness, Key::Space);
    fill(harness, "第一天", "12.1");
    fill(harness, "最后一天", "20261231");
}

#[test]
fn a_campaign_is_made_by_keys_alone_from_the_empty_page_to_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(village(folder.path()));
    let mut harness = window(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    harness.run();
    assert!(says(&harness, "一次体检安排，就是"), "the empty page says what it is");
    begun(&mut harness);
    assert!(says(&harness, "2026年12月1日 周二") && is_shut(&harness, "建好"));
    let name = harness.get_by_role_and_label(Role::TextInput, "名称").value().unwrap_or_default();
    assert_eq!(name, format!("2026年冬季{ELDER_NAME}"), "a name is proposed");
    assert!(says(&harness, "请点每周哪几天"), "what is still missing");
    tab_to(&mut harness, Role::Button, "周二");
    press(&mut harness, Key::Space);
    fill(&mut harness, "每场座位", "30");
    assert!(says(&harness, "一共5场，150座") && !is_shut(&harness, "建好"), "{:?}", labels(&harness, ""));
    save(&mut harness);
    assert!(harness.query_by_role_and_label(Role::TextInput, "名称").is_none(), "the form is closed");
    assert!(says(&harness, &name) && says(&harness, "12月1日 周二"), "{:?}", labels(&harness, ""));
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "0/30"), "Enter opens it: {:?}", labels(&harness, ""));
}

#[test]
fn a_weekly_pattern_leaves_out_holidays_and_market_days_and_single_days_are_struck_or_added() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(village(folder.path()));
    let table = folder.path().join("放假.csv");
    let lines = "日期,休班,名称\n2026-12-08,休,村庆\n2026-12-09,休,村庆\n2026-12-20,班,\n坏,,\n";
    std::fs::write(&table, lines).expect("written");
    let mut harness = page(folder.path());
    click(&mut harness, "放假和逢集");
    assert!(says(&harness, "还没有导入哪一年的放假安排"));
    typed(&mut harness, "放假安排的表格", table.to_str().expect("text"));
    click(&mut harness, "看一看");
    harness.run();
    assert!(says(&harness, "2026年：放假2天，调休上班1天"), "{:?}", labels(&harness, ""));
    assert!(says(&harness, "村庆") && says(&harness, "有1行看不懂"), "seen before it is taken");
    harness.run();
    click(&mut harness, "用这些日子");
    harness.run();
    assert!(harness.state().is_telling("导入放假安排，3天"), "{:?}", labels(&harness, ""));
    typed(&mut harness, "哪几天", "abc");
    assert!(says(&harness, "看不懂是哪几天"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    typed(&mut harness, "哪几天", "五");
    harness.get_by_role_and_label(Role::Button, "阳历").click_accesskit();
    harness.run();
    assert!(says(&harness, "2026年11月25日 周三、2026年12月5日 周六"), "{:?}", labels(&harness, ""));
    harness.get_by_role_and_label(Role::Button, "记下逢集").click_accesskit();
    harness.run();
    click(&mut harness, "全部体检安排");

    begun(&mut harness);
    for weekday in ["周二", "周六"] {
        tab_to(&mut harness, Role::Button, weekday);
        press(&mut harness, Key::Space);
    }
    fill(&mut harness, "每场座位", "20");
    // Five Tuesdays and four Saturdays, without the 8th (holiday), the 5th and the 15th (market days).
    assert!(says(&harness, "一共6场，120座"), "{:?}", labels(&harness, ""));
    assert!(says(&harness, "放假：村庆") || !labels(&harness, "2026年12月8日").is_empty());
    harness.get_by_role_and_label(Role::Button, "2026年12月1日 周二").click_accesskit();
    harness.run();
    assert!(says(&harness, "一共5场"), "struck out");
    harness.get_by_role_and_label(Role::Button, "2026年12月8日 周二").click_accesskit();
    harness.run();
    assert!(says(&harness, "一共6场"), "taken all the same");
    fill(&mut harness, "单加一天", "1.5");
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "不在这次安排的日子里"));
    fill(&mut harness, "单加一天", "12.10");
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "一共7场"), "{:?}", labels(&harness, ""));
    save(&mut harness);
    assert!(harness.state().is_telling("新建一次体检安排"));
}

#[test]
fn wrong_input_is_said_and_nothing_typed_is_lost_over_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(village(folder.path()));
    let mut harness = page(folder.path());
    begun(&mut harness);
    fill(&mut harness, "最后一天", "20261101");
    assert!(says(&harness, "起止日期反了") && is_shut(&harness, "建好"));
    fill(&mut harness, "最后一天", "不知道");
    assert!(says(&harness, "看不懂这个日期"));
    fill(&mut harness, "最后一天", "20261231");
    tab_to(&mut harness, Role::Button, "周一");
    press(&mut harness, Key::Space);
    for (label, text, sentence) in [
        ("每场座位", "0", "座位数请填1到2000"),
        ("几点结束", "7:00", "结束时间要在开始时间以后"),
        ("几点开始", "八点", "看不懂几点"),
    ] {
        fill(&mut harness, label, text);
        assert!(says(&harness, sentence) && is_shut(&harness, "建好"), "{label} {text}");
    }
    save(&mut harness);
    assert!(harness.query_by_role_and_label(Role::TextInput, "名称").is_some(), "it is not saved so");
    harness.state_mut().close_ledger();
    drop(harness);
    let mut harness = page(folder.path());
    assert!(says(&harness, "有1张没填完的表：新建一次体检安排"), "{:?}", labels(&harness, ""));
    click(&mut harness, "接着填");
    harness.run();
    let value = |harness: &Harness<'_, Window>, label: &str| {
        harness.get_by_role_and_label(Role::TextInput, label).value().unwrap_or_default()
    };
    assert_eq!((value(&harness, "每场座位"), value(&harness, "几点开始")), ("0".into(), "八点".into()));
    fill(&mut harness, "每场座位", "10");
    fill(&mut harness, "几点开始", "6:00");
    save(&mut harness);
    assert!(!says(&harness, "没填完的表") && says(&harness, "2026年冬季"), "{:?}", labels(&harness, ""));
}

#[test]
fn a_session_with_people_is_corrected_and_who_was_told_is_told_again() {
    let folder = tempfile::tempdir().expect("a folder");
    planned(folder.path());
    let mut harness = sessions(folder.path());
    let full = labels(&harness, "").into_iter().find(|label| label.ends_with("/3") && !label.starts_with('0'));
    harness.get_by_label(&full.expect("a session with people")).click();
    harness.run();
    click(&mut harness, "修改场次");
    harness.run();
    assert!(harness.get_by_role_and_label(Role::TextInput, "哪一天").is_focused());
    fill(&mut harness, "每场座位", "1");
    assert!(says(&harness, "座位不能再少") && is_shut(&harness, "保存"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "每场座位", "40");
    fill(&mut harness, "哪一天", "20270110");
    assert!(says(&harness, "不在这次安排的日子里"));
    fill(&mut harness, "哪一天", "12.9");
    assert!(says(&harness, "会变回“还没通知”"), "{:?}", labels(&harness, ""));
    assert!(!says(&harness, "会回到“待排”") && !says(&harness, "请给他们换新的通知单"));
    save(&mut harness);
    assert!(says(&harness, "12月9日 周三") && says(&harness, "/40"), "{:?}", labels(&harness, ""));
}

#[test]
fn a_cancelled_session_keeps_its_people_waiting_and_one_undo_puts_all_back() {
    let folder = tempfile::tempdir().expect("a folder");
    planned(folder.path());
    let mut harness = sessions(folder.path());
    let full = labels(&harness, "").into_iter().find(|label| label.ends_with("/3") && !label.starts_with('0'));
    let full = full.expect("a session with people");
    harness.get_by_label(&full).click();
    harness.run();
    click(&mut harness, "取消场次");
    assert!(says(&harness, &format!("这一场的{}人回到“待排”", &full[..1])), "{:?}", labels(&harness, ""));
    click(&mut harness, "先不动");
    assert!(says(&harness, &full), "nothing was done");
    click(&mut harness, "取消场次");
    click(&mut harness, "取消这一场");
    harness.run();
    assert!(harness.state().is_telling("取消场次"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    harness.run();
    assert!(says(&harness, &full), "{:?}", labels(&harness, ""));
}

#[test]
fn sessions_are_added_a_campaign_is_corrected_and_removed_after_it_was_asked_once() {
    let folder = tempfile::tempdir().expect("a folder");
    planned(folder.path());
    let mut harness = sessions(folder.path());
    click(&mut harness, "加场次");
    harness.run();
    fill(&mut harness, "单加一天", "12.21");
    press(&mut harness, Key::Enter);
    fill(&mut harness, "每场座位", "5");
    save(&mut harness);
    assert!(says(&harness, "12月21日 周一") && says(&harness, "0/5"), "{:?}", labels(&harness, ""));
    click(&mut harness, "修改体检安排");
    harness.run();
    fill(&mut harness, "最后一天", "12.20");
    assert!(says(&harness, "有的场次会落在起止日期以外"));
    fill(&mut harness, "最后一天", "20261231");
    fill(&mut harness, "名称", "年底体检");
    save(&mut harness);
    assert!(says(&harness, "年底体检"));
    click(&mut harness, "删去体检安排");
    assert!(says(&harness, "和3人的日子一起删去"));
    click(&mut harness, "删去这次安排");
    harness.run();
    click(&mut harness, "全部体检安排");
    harness.run();
    assert!(says(&harness, "还没有体检安排"), "{:?}", labels(&harness, ""));
}

#[test]
fn in_a_small_window_the_field_that_gets_the_keyboard_comes_into_sight() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(village(folder.path()));
    let mut harness = page(folder.path());
    harness.set_size(eframe::egui::vec2(911.0, 495.0));
    harness.run();
    begun(&mut harness);
    tab_to(&mut harness, Role::TextInput, "每场座位");
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "每场座位").rect();
    let button = harness.get_by_role_and_label(Role::Button, "建好").rect();
    assert!(field.bottom() < button.top() && field.top() > 0.0, "{field:?} above {button:?}");
    harness.get_by_role_and_label(Role::TextInput, "每场座位").type_text("30");
    harness.run();
    tab_to(&mut harness, Role::CheckBox, ELDER_NAME);
    harness.run();
    let tick = harness.get_by_role_and_label(Role::CheckBox, ELDER_NAME).rect();
    assert!(tick.top() > 0.0 && tick.bottom() < button.top(), "{tick:?}");
}

#[test]
fn whom_a_new_day_shuts_out_and_whom_a_new_place_surprises_is_said_before_it_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let who = enter(&mut ledger, ("16", "李大河", 2, Sex::Male, "1961-12-10"));
    let at = stamp(day("2026-11-23"));
    let new = NewCampaign { edit: campaign_edit(), sessions: vec![session("2026-12-14", 3)] };
    let done = ledger.run(&Command::Campaign(CampaignCommand::Start(Box::new(new))), &at).expect("started");
    let campaign = done.change.expect("a change").about;
    let session = ledger.campaign(&campaign).expect("readable").sessions[0].uid.clone();
    let (resident, word, on) = (who, Word::Given, at.today);
    let agreed = CampaignCommand::Move(Box::new(Moved { campaign, resident, session, word, on }));
    ledger.run(&Command::Campaign(agreed), &at).expect("agreed");
    drop(ledger);
    let mut harness = sessions(folder.path());
    click(&mut harness, "修改体检安排");
    harness.run();
    assert!(!says(&harness, "换新的通知单"));
    fill(&mut harness, "地点", "村小学");
    assert!(says(&harness, "地点变了：已经通知过的1人"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "地点", "村卫生室");
    save(&mut harness);
    harness.get_by_label("1/3").click();
    harness.run();
    click(&mut harness, "修改场次");
    harness.run();
    fill(&mut harness, "哪一天", "12.8");
    harness.run();
    assert!(says(&harness, "1人没有能做的项目，会回到“待排”"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "哪一天", "12.14");
    assert!(!says(&harness, "会回到“待排”") && !says(&harness, "换新的通知单"));
    fill(&mut harness, "在哪里", "村小学");
    assert!(says(&harness, "地点变了：已经通知过的1人"), "{:?}", labels(&harness, ""));
}
