//! The office's pages in the real window: months over all villages, one person in two of them, statistics, a village's key,
//! its own county; files that are dropped, and work that is stopped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::desk::Desk;
use xiangli::domain::hand_up::{Entity, Profile};
use xiangli::ledger::command::Command;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::township::Enrolment;
use xiangli::ledger::{Ledger, NewVillage, VillageKind};
use xiangli::ui::window::Window;

use super::twins::applicant;
use super::ui_first_run::{click, labels, launch, tab};
use super::ui_hand_up::{PASSPHRASE, files, fill, has, office, path, press, township};
use crate::support::offices::{Offices, TOWNSHIP, code};
use crate::support::program::Village;
use crate::support::world::{ELDER, day, key, stamp};

/// Two villages of a township that the window opens; nothing was sent yet.
fn two_villages(folder: &Path, residents: usize, profile: &Profile) -> Offices {
    let mut offices = Offices::apart(2, residents);
    offices.township = township(folder);
    (0..2).for_each(|village| offices.enrol(village, profile));
    offices
}

/// The window of the township, whose ledger is put away first.
fn window_of(folder: &Path, offices: Offices) -> (Harness<'static, Window>, Vec<Ledger>, tempfile::TempDir) {
    let Offices { folder: stick, township, villages, .. } = offices;
    drop(township);
    (office(folder), villages, stick)
}

#[test]
fn an_office_sees_each_month_with_what_each_village_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 120, &Profile::counts());
    let now = offices.stamp.clone();
    for village in 0..2 {
        let ledger = &mut offices.villages[village];
        let resident = ledger.list(ELDER, now.today).expect("a list").rows[0].uid.clone();
        let attend = Command::Attend { resident, programme: ELDER.into(), on: day("2026-10-12") };
        ledger.run(&attend, &now).expect("noted");
        ledger.close_month("2026-10", &now).expect("over");
    }
    let resident = offices.villages[1].list(ELDER, now.today).expect("a list").rows[1].uid.clone();
    let later = Command::Attend { resident, programme: ELDER.into(), on: day("2026-10-13") };
    offices.villages[1].run(&later, &now).expect("noted later");
    let sent = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&sent);
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    tab(&mut harness, "月报");
    assert!(has(&harness, "2个村里有2个报了数") && has(&harness, "1个村有"), "{:?}", labels(&harness, ""));
    harness.get_by_label("2026-10").click();
    harness.run();
    assert!(has(&harness, "各村的数加起来等于合计"));
    assert!(harness.query_by_role_and_label(Role::Button, "关账…").is_none(), "villages close their months");
    assert!(!labels(&harness, "2026年11月23日　村2 65岁以上老年人健康体检").is_empty(), "dated, with whose it is");
    let number = labels(&harness, "65岁以上老年人健康体检 本月已做").pop().expect("a number");
    press(&mut harness, &number);
    assert!(has(&harness, "村1") && has(&harness, "（+1）"), "{:?}", labels(&harness, ""));
    harness.key_press(Key::Escape);
    harness.run();
    press(&mut harness, "打印或导出");
    assert!(has(&harness, "各村上报文件加起来的数"));
}

#[test]
fn one_person_in_two_villages_is_shown_side_by_side_judged_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 0, &Profile::counts().with(Entity::Application));
    (0..2).for_each(|village| applicant(&mut offices, village, "王秀英", "421399193503010026"));
    let sent = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&sent);
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    press(&mut harness, "两村同人（1对没认定）");
    assert!(has(&harness, "数人的规矩") && has(&harness, "2人"), "{:?}", labels(&harness, ""));
    harness.get_by_label("王秀英").click();
    harness.run();
    assert!(has(&harness, "哪里一样：姓名和身份证末四位一样") && labels(&harness, "****0026").len() == 2);
    press(&mut harness, "是同一人");
    assert!(has(&harness, "是同一人，只算一次") && has(&harness, "1人"), "{:?}", labels(&harness, ""));
    // The toast offers to take it back; then it is open again.
    click(&mut harness, "撤销");
    assert!(has(&harness, "还没认定") && has(&harness, "2人"), "{:?}", labels(&harness, ""));
    press(&mut harness, "是两个人");
    assert!(harness.get_by_role_and_label(Role::Button, "是两个人").accesskit_node().is_disabled(), "remembered");
    harness.key_press(Key::Escape);
    harness.run();
    press(&mut harness, "回到各村");
    press(&mut harness, "两村同人");
}

#[test]
fn where_nobody_is_in_two_villages_the_page_says_when_somebody_will_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let offices = two_villages(folder.path(), 0, &Profile::counts());
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    press(&mut harness, "两村同人");
    assert!(has(&harness, "没有发现两个村都有的人") && has(&harness, "只收数的村没有名字"));
}

#[test]
fn statistics_are_seen_and_written_into_a_folder_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 120, &Profile::counts());
    let sent = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&sent);
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开统计数据");
    assert!(has(&harness, "安居镇合计") || has(&harness, "村1"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "没有人名") && has(&harness, "留空") && has(&harness, "suppressed"));
    let write = harness.get_by_role_and_label(Role::Button, "写统计数据");
    assert!(write.accesskit_node().is_disabled(), "first where to");
    fill(&mut harness, "写到哪个文件夹", path(&folder.path().join("gone")));
    press(&mut harness, "写统计数据");
    assert!(has(&harness, "gone") && !has(&harness, "统计数据已写到"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "写到哪个文件夹", path(folder.path()));
    fill(&mut harness, "给哪个单位（本单位自己用就空着）", "县统计局");
    press(&mut harness, "写统计数据");
    assert!(has(&harness, "统计数据已写到"), "{:?}", labels(&harness, ""));
    let written = folder.path().join("统计数据-2026-11-23");
    assert!(written.join("county=421399").is_dir());
    // Once more the same day: beside it, never over it.
    press(&mut harness, "写统计数据");
    assert!(folder.path().join("统计数据-2026-11-23(2)").is_dir());
}

#[test]
fn without_files_the_page_of_statistics_says_where_they_come_from() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(township(folder.path()));
    let mut harness = office(folder.path());
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开统计数据");
    assert!(has(&harness, "还没有可以统计的数") && has(&harness, "收文件"));
    press(&mut harness, "返回");
    harness.get_by_label("做过的每一步");
}

#[test]
fn two_persons_answer_a_village_that_lost_its_way_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut town = township(folder.path());
    let village = Village::new();
    let (invite, request, now) =
        (folder.path().join("a.xli"), folder.path().join("ask.json"), stamp(day("2026-11-23")));
    town.invite(&code(0), &Profile::counts(), &invite, &now).expect("invited");
    let mut ledger = village.open().expect("opens");
    ledger.enrol(&invite, folder.path(), &now).expect("answered");
    ledger.deposit(&now).expect("left with the township");
    drop(ledger);
    xiangli::ledger::escrow::request(&village.path(), "柳河村", &request).expect("asked");
    drop(town);
    let mut harness = office(folder.path());
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开求助");
    fill(&mut harness, "第一个人的姓名", "张三");
    fill(&mut harness, "第二个人的姓名", "张三");
    assert!(has(&harness, "要两个人一起办"), "one person alone is told at once");
    assert!(harness.get_by_role_and_label(Role::Button, "两人一起答复").accesskit_node().is_disabled());
    fill(&mut harness, "第二个人的姓名", "李四");
    // A file that is no request is named, and what was typed stays.
    fill(&mut harness, "村里的求助文件", path(&invite));
    fill(&mut harness, "答复写到哪个文件夹（U盘）", path(folder.path()));
    press(&mut harness, "两人一起答复");
    assert!(has(&harness, "这不是钥匙求助文件"), "{:?}", labels(&harness, ""));
    fill(&mut harness, "村里的求助文件", path(&request));
    press(&mut harness, "两人一起答复");
    assert!(has(&harness, "代码只显示这一次"), "{:?}", labels(&harness, ""));
    let answer = folder.path().join("钥匙答复.json");
    let text = std::fs::read_to_string(&answer).expect("written");
    let shown = labels(&harness, "").into_iter().find(|label| label.matches('-').count() >= 7).expect("the code");
    assert!(!text.contains(&shown), "the code is not on the stick");
    assert!(harness.get_by_role_and_label(Role::Button, "办好了").accesskit_node().is_disabled());
    harness.get_by_role_and_label(Role::CheckBox, "代码已经告诉本人，或抄好了").click_accesskit();
    harness.run();
    press(&mut harness, "办好了");
    assert!(!has(&harness, &shown), "shown once");
    assert!(has(&harness, "两人一起答复"));
}

#[test]
fn a_township_hands_up_to_its_county_as_a_village_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 120, &Profile::counts());
    let sent = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&sent);
    let now = offices.stamp.clone();
    let new = NewVillage { code: "421399000000".into(), name: "虚县".into(), kind: VillageKind::Real };
    let at = offices.folder.path().join("county").join("v.xlg");
    let mut county = Ledger::create(&at, &key(), &new, Some([99; 32]), &now).expect("a county");
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let invite = stick.join("county.xli");
    county.invite(TOWNSHIP, &Profile::counts(), &invite, &now).expect("invited");
    let (mut harness, _villages, _folder) = window_of(folder.path(), offices);
    tab(&mut harness, "上报备份");
    press(&mut harness, "打开每月上报");
    harness.get_by_label("先打开县里的邀请");
    press(&mut harness, "返回");
    // Dropped from whatever tab, the invite is answered on that page.
    tab(&mut harness, "各村");
    drop_files(&mut harness, &[&invite]);
    assert!(has(&harness, "已收下虚县的邀请") && has(&harness, "县里"), "{:?}", labels(&harness, ""));
    let answer = files(&stick, "xla").pop().expect("an answer");
    let Enrolment::Member(_) = county.enrol(&answer, &stick, &now).expect("taken") else { panic!("an answer") };
    assert!(has(&harness, "2026-11上报给虚县的内容（第1号）"));
    press(&mut harness, "写到U盘…");
    assert!(has(&harness, "第1号上报文件已写好并读回核对"), "{:?}", labels(&harness, ""));
    let file = files(&stick, "xlb").pop().expect("a file");
    let received = county.receive(&[file], &now, &Unwatched).expect("read");
    fill(&mut harness, "县里的回执（.xlr）", path(&received.receipts[0]));
    press(&mut harness, "读回执");
    assert!(has(&harness, "已收下，共"), "{:?}", labels(&harness, ""));
}

/// A file as the system drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(harness: &mut Harness<'_, Window>, paths: &[&Path]) {
    for path in paths {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
    }
    harness.run();
}

#[test]
fn files_dropped_on_an_offices_window_are_looked_at_and_answers_are_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 0, &Profile::counts());
    let stick = offices.stick();
    let (file, other) = (offices.hand_up(0), stick.join("notes.txt"));
    std::fs::write(&other, "nothing of ours").expect("written");
    // Somebody's answer comes with them.
    let invite = stick.join("again.xli");
    let now = offices.stamp.clone();
    offices.township.invite(&code(1), &Profile::counts(), &invite, &now).expect("invited");
    let Enrolment::Office(answered) = offices.villages[1].enrol(&invite, &stick, &now).expect("answered") else {
        panic!("an invite")
    };
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    tab(&mut harness, "邀请");
    drop_files(&mut harness, &[&file, &other, &answered.answer]);
    assert!(has(&harness, "村1-1.xlb") && has(&harness, "可以收下"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "notes.txt") && has(&harness, "村2已答复"), "{:?}", labels(&harness, ""));
    press(&mut harness, "全部收下（1份）");
    assert!(has(&harness, "写了1份回执"), "{:?}", labels(&harness, ""));
}

fn wait(harness: &mut Harness<'_, Window>, so: impl Fn(&Harness<'_, Window>) -> bool) {
    for _ in 0..6_000 {
        if so(harness) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    panic!("it never came: {:?}", labels(harness, ""));
}

fn has_button(harness: &Harness<'_, Window>, words: &str) -> bool {
    harness.query_all_by_role_and_label(Role::Button, words).next().is_some()
}

#[test]
fn taking_files_tells_how_far_it_is_and_can_be_stopped_with_nothing_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 150, &Profile::counts());
    let (file, stick) = (offices.hand_up(0), offices.stick());
    // A file read twice is looked at and verified again: so many take far longer than a frame, however busy the machine is.
    for copy in 0..800 {
        std::fs::copy(&file, stick.join(format!("copy-{copy}.xlb"))).expect("copied");
    }
    let Offices { folder: _kept, township, .. } = offices;
    drop(township);
    let launch = launch(folder.path());
    let mut harness = Harness::builder()
        .with_size(eframe::egui::vec2(1366.0, 740.0))
        .with_max_steps(40)
        .build_eframe(move |context| Window::new(launch, Desk::threaded(Arc::new(|| {})), &context.egui_ctx));
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(PASSPHRASE);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "打开").click();
    harness.step();
    wait(&mut harness, |harness| harness.query_by_role_and_label(Role::Tab, "收文件").is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.step();
    wait(&mut harness, |harness| has(harness, "村里的U盘来了"));
    let label = "村里的上报文件（.xlb），或放着它们的文件夹";
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(path(&stick));
    harness.step();
    harness.key_press(Key::Enter);
    harness.step();
    wait(&mut harness, |harness| has(harness, "正在看文件"));
    wait(&mut harness, |harness| has_button(harness, "全部收下（1份）"));
    harness.get_by_role_and_label(Role::Button, "全部收下（1份）").click_accesskit();
    harness.step();
    wait(&mut harness, |harness| has_button(harness, "停止"));
    assert!(has(&harness, "正在写"), "{:?}", labels(&harness, ""));
    harness.get_by_role_and_label(Role::Button, "停止").click_accesskit();
    harness.step();
    wait(&mut harness, |harness| has(harness, "已停止，什么都没有改动"));
    assert!(files(&stick, "xlr").is_empty(), "no receipt was written");
    wait(&mut harness, |harness| has_button(harness, "全部收下（1份）"));
}

#[test]
fn an_office_says_what_it_keeps_of_whom_villages_named_and_for_how_long() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offices = two_villages(folder.path(), 0, &Profile::counts().with(Entity::Application));
    applicant(&mut offices, 0, "王秀英", "421399193503010026");
    let sent = offices.hand_up(0);
    offices.receive(&[sent]);
    let (mut harness, _villages, _stick) = window_of(folder.path(), offices);
    tab(&mut harness, "隐私保护");
    assert!(has(&harness, "各村报来的名单") && has(&harness, "1人"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "改各村报来的申请的天数") && has(&harness, "保存731天"), "{:?}", labels(&harness, ""));
    assert!(!has(&harness, "住户登记") && !has(&harness, "改走访单的天数"), "nobody lives here");
    press(&mut harness, "到期删除");
    assert!(has(&harness, "没有到期要删除的"), "{:?}", labels(&harness, ""));
    press(&mut harness, "丢失或泄露");
    assert!(has(&harness, "记一起丢失或泄露"), "{:?}", labels(&harness, ""));
}
