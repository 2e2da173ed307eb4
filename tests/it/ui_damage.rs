//! A damaged ledger in the real window: the page that says what can be done, in its order; by labels.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::offer::Outcome;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::keys::{KeysFile, LedgerKey};
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::recovery::{Way, look};
use xiangli::ui::window::Window;

use super::ui_first_run::{Clocked, click, labels, tab, window};
use super::ui_hand_up::{files, fill, has, path, press};
use crate::support::program::{PASSPHRASE, Village};
use crate::support::world::{ELDER, day, stamp};

const PAGE: usize = 4096;

/// A village of twelve where the window looks for its own, with a backup and three steps after it.
struct Lying {
    folder: tempfile::TempDir,
    key: LedgerKey,
    head: String,
}

impl Lying {
    fn new() -> Self {
        let (village, folder) = (Village::new(), tempfile::tempdir().expect("a folder"));
        let at = folder.path().join("village.xlg");
        fs::copy(village.path(), &at).expect("copied");
        fs::copy(KeysFile::path_of(&village.path()), KeysFile::path_of(&at)).expect("copied");
        let mut ledger = Ledger::open(&at, &village.key).expect("it opens");
        let now = stamp(day("2026-11-23"));
        ledger.back_up(&now, &Unwatched).expect("a backup");
        for resident in &village.people[..3] {
            let (resident, programme) = (resident.clone(), ELDER.to_owned());
            let told = Command::Record { resident, programme, outcome: Outcome::Told, on: day("2026-11-20") };
            ledger.run(&told, &now).expect("told");
        }
        let head = ledger.chain_head().expect("readable");
        drop(ledger);
        Self { folder, key: village.key.clone(), head }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("village.xlg")
    }

    /// Damages the first page by which reading fails so, while all three steps can still be carried over.
    fn damage(&self, fails: impl Fn(&Ledger) -> bool) -> Vec<u8> {
        let sound = fs::read(self.path()).expect("readable");
        for page in 1..sound.len() / PAGE {
            let mut bytes = sound.clone();
            bytes[page * PAGE + 700] ^= 1;
            fs::write(self.path(), &bytes).expect("spoilt");
            let is_meant = Ledger::open(&self.path(), &self.key).is_ok_and(|ledger| fails(&ledger));
            let way = Way::with_key(&self.path(), &self.key);
            let carried = look(&way, &Unwatched).expect("looked at").carried;
            if is_meant && carried.is_some_and(|carried| carried.steps == 3) {
                return bytes;
            }
            fs::write(self.path(), &sound).expect("as it was");
        }
        panic!("no page does");
    }

    fn opened(&self) -> Harness<'static, Window> {
        let mut harness = window(self.folder.path());
        type_passphrase(&mut harness);
        click(&mut harness, "打开");
        harness
    }

    /// The same with a clock that can be set forward.
    fn opened_at_a_clock(&self) -> Clocked {
        let mut window = Clocked::new(self.folder.path(), 740.0);
        type_passphrase(&mut window.harness);
        click(&mut window.harness, "打开");
        window
    }

    fn head_now(&self) -> String {
        Ledger::open(&self.path(), &self.key).expect("it opens").chain_head().expect("readable")
    }
}

fn type_passphrase(harness: &mut Harness<'_, Window>) {
    for _ in 0..2 {
        harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
        harness.run();
    }
    harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(PASSPHRASE);
    harness.run();
}

fn fails_to_open(ledger: &Ledger) -> bool {
    ledger.overview().is_err()
}

/// It opens; only the history cannot be read.
fn fails_in_the_history(ledger: &Ledger) -> bool {
    let all = ChangeFilter { limit: 500, ..ChangeFilter::default() };
    ledger.overview().is_ok()
        && ledger.next_turns().is_ok()
        && ledger.hand_ups().is_ok()
        && ledger.history(&all).is_err()
}

fn aside(folder: &Path) -> PathBuf {
    folder.join("village-aside-20261123-090000.xlg")
}

#[test]
fn a_ledger_that_does_not_open_shows_three_ways_and_comes_back_with_every_step() {
    let lying = Lying::new();
    let damaged = lying.damage(fails_to_open);
    let mut harness = lying.opened();
    assert!(has(&harness, "台账文件有损坏") && has(&harness, "什么都没有删"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "台账文件有1处坏了"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "2026-11-23 09:00的备份是好的，整份核对过：12人"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "这份备份以后又登记过3步"));
    assert!(has(&harness, "后来的3步都还读得出来，逐条核对过，可以补上（到2026-11-23 09:00），一步不少。"));
    let order: Vec<String> = ["一、", "二、", "三、"].iter().flat_map(|start| labels(&harness, start)).collect();
    assert_eq!(order.len(), 3, "{order:?}");

    // The packet, on the stick; nothing else is touched by it.
    let stick = lying.folder.path().join("stick");
    fs::create_dir(&stick).expect("a stick");
    assert!(harness.get_by_role_and_label(Role::Button, "写求助包").accesskit_node().is_disabled());
    fill(&mut harness, "求助包写到哪个文件夹（U盘）", path(&stick));
    press(&mut harness, "写求助包");
    assert!(has(&harness, "求助包写好了，已读回核对"), "{:?}", labels(&harness, ""));
    assert_eq!(files(&stick, "zip").len(), 1);
    assert_eq!(fs::read(lying.path()).expect("there"), damaged);

    press(&mut harness, "用备份打开，并补上后来的");
    assert!(has(&harness, "台账打开了") && has(&harness, "并补上了后来的3步"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "village-aside-20261123-090000.xlg"), "where the damaged file lies is said");
    press(&mut harness, "继续");
    harness.get_by_role_and_label(Role::Tab, "住户");
    harness.state_mut().close_ledger();
    drop(harness);
    assert_eq!(lying.head_now(), lying.head);
    assert_eq!(fs::read(aside(lying.folder.path())).expect("aside"), damaged, "kept as it was");
}

#[test]
fn a_ledger_that_is_gone_is_called_that_and_its_backups_are_offered() {
    let lying = Lying::new();
    fs::remove_file(lying.path()).expect("gone");
    let mut harness = crate::ui_first_run::window(lying.folder.path());
    assert!(has(&harness, "台账文件不在原来的位置了，密钥还在"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "打开备份副本") && !has(&harness, "新建本村台账"));
    click(&mut harness, "打开本机台账");
    harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(PASSPHRASE);
    harness.run();
    press(&mut harness, "打开");
    assert!(has(&harness, "台账文件不在原来的位置") && !has(&harness, "台账文件有损坏"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "这份备份以后登记过多少，已经看不出来了"), "{:?}", labels(&harness, ""));
    assert!(has(&harness, "杀毒软件的隔离区") && has(&harness, "再看一次"), "{:?}", labels(&harness, ""));
    press(&mut harness, "只用备份打开");
    assert!(has(&harness, "台账打开了"), "{:?}", labels(&harness, ""));
}

#[test]
fn damage_met_while_the_ledger_is_used_is_said_at_once_and_the_readable_rest_can_be_looked_at() {
    let lying = Lying::new();
    let damaged = lying.damage(fails_in_the_history);
    let mut harness = lying.opened();
    assert!(!has(&harness, "台账文件有损坏"), "{:?}", labels(&harness, ""));
    tab(&mut harness, "上报备份");
    assert!(has(&harness, "台账文件有损坏") && has(&harness, "一、用最近一份完好的备份"), "{:?}", labels(&harness, ""));
    press(&mut harness, "先看看还能看的");
    // On every page, with the way back; nothing is written.
    for name in ["工作清单", "服务名单", "住户"] {
        tab(&mut harness, name);
        assert!(has(&harness, "现在只能看还读得出来的，不能记"), "{name}: {:?}", labels(&harness, ""));
    }
    click(&mut harness, "添加居民");
    assert!(harness.query_by_role_and_label(Role::TextInput, "姓名").is_none(), "no form that cannot be saved");
    press(&mut harness, "怎么办…");
    press(&mut harness, "只用备份打开");
    assert!(has(&harness, "台账打开了"), "{:?}", labels(&harness, ""));
    press(&mut harness, "继续");
    assert!(!has(&harness, "不能记"), "{:?}", labels(&harness, ""));
    harness.state_mut().close_ledger();
    drop(harness);
    assert_ne!(lying.head_now(), lying.head, "the three steps are not carried over");
    assert_eq!(fs::read(aside(lying.folder.path())).expect("aside").len(), damaged.len());
}

#[test]
fn after_ten_quiet_minutes_the_key_no_longer_waits_on_the_page() {
    let lying = Lying::new();
    lying.damage(fails_to_open);
    let mut window = lying.opened_at_a_clock();
    assert!(has(&window.harness, "台账文件有损坏"));
    window.pass(600);
    assert!(!has(&window.harness, "台账文件有损坏"), "{:?}", labels(&window.harness, ""));
    type_passphrase(&mut window.harness);
    click(&mut window.harness, "打开");
    assert!(has(&window.harness, "台账文件有损坏"), "it is asked for once more");
}

#[test]
fn a_ledger_that_was_put_right_locks_like_any_other() {
    let lying = Lying::new();
    lying.damage(fails_to_open);
    let mut window = lying.opened_at_a_clock();
    press(&mut window.harness, "只用备份打开");
    assert!(has(&window.harness, "台账打开了"), "{:?}", labels(&window.harness, ""));
    window.pass(600);
    assert!(!has(&window.harness, "台账打开了"), "{:?}", labels(&window.harness, ""));
    type_passphrase(&mut window.harness);
    click(&mut window.harness, "打开");
    window.harness.get_by_role_and_label(Role::Tab, "住户");
}

#[test]
fn a_false_alarm_leads_back_to_the_ledger() {
    let lying = Lying::new();
    let sound = fs::read(lying.path()).expect("readable");
    lying.damage(fails_in_the_history);
    let mut harness = lying.opened();
    tab(&mut harness, "上报备份");
    assert!(has(&harness, "台账文件有损坏"), "{:?}", labels(&harness, ""));
    press(&mut harness, "先看看还能看的");
    fs::write(lying.path(), sound).expect("the disk can be read again");
    press(&mut harness, "怎么办…");
    press(&mut harness, "关上，再打开一次");
    assert!(!has(&harness, "台账文件有损坏"), "{:?}", labels(&harness, ""));
    click(&mut harness, "打开本机台账");
    type_passphrase(&mut harness);
    click(&mut harness, "打开");
    harness.get_by_role_and_label(Role::Tab, "住户");
    assert!(!has(&harness, "不能记"), "{:?}", labels(&harness, ""));
}

#[test]
fn without_a_sound_backup_the_packet_is_what_is_left_and_nothing_is_touched() {
    let lying = Lying::new();
    let damaged = lying.damage(fails_to_open);
    for backup in files(&lying.folder.path().join("backups"), "xlg") {
        fs::write(backup, vec![7; 5000]).expect("spoilt");
    }
    let mut harness = lying.opened();
    assert!(has(&harness, "旁边没有一份完好的备份"), "{:?}", labels(&harness, ""));
    assert!(harness.query_by_label("只用备份打开").is_none(), "nothing that leads nowhere");
    assert!(!labels(&harness, "请人帮忙").is_empty(), "the only way has no number");
    fill(&mut harness, "求助包写到哪个文件夹（U盘）", "/gone/away");
    press(&mut harness, "写求助包");
    assert!(has(&harness, "/gone/away"), "{:?}", labels(&harness, ""));
    press(&mut harness, "返回");
    assert!(has(&harness, "试用演示村"));
    assert_eq!(fs::read(lying.path()).expect("there"), damaged);
}

#[test]
fn a_backup_that_goes_bad_while_it_is_put_in_place_leaves_the_page_and_the_file_as_they_were() {
    let lying = Lying::new();
    let damaged = lying.damage(fails_to_open);
    let mut harness = lying.opened();
    let backup = files(&lying.folder.path().join("backups"), "xlg").pop().expect("one");
    let sound = fs::read(&backup).expect("readable");
    fs::write(&backup, &sound[..sound.len() / 2]).expect("cut");
    press(&mut harness, "用备份打开，并补上后来的");
    assert!(has(&harness, "这份备份坏了"), "{:?}", labels(&harness, ""));
    assert_eq!(fs::read(lying.path()).expect("there"), damaged);
    fs::write(&backup, &sound).expect("back");
    press(&mut harness, "用备份打开，并补上后来的");
    assert!(has(&harness, "台账打开了"), "{:?}", labels(&harness, ""));
}

#[test]
fn the_backup_is_rehearsed_by_itself_and_its_date_stands_in_the_status_bar() {
    let lying = Lying::new();
    // The backup has lain for some nights.
    let backup = files(&lying.folder.path().join("backups"), "xlg").pop().expect("one");
    let older = path(&backup).replace("20261123T", "20261118T");
    fs::rename(&backup, &older).expect("renamed");
    let mut harness = lying.opened();
    harness.run();
    // The one that had lain for nights; another was made only then, as something changed since.
    assert!(has(&harness, "备份演练：今天，12人"), "{:?}", labels(&harness, ""));
    tab(&mut harness, "上报备份");
    assert!(has(&harness, "备份演练通过：2026-11-18 09:00的备份打得开，12人"), "{:?}", labels(&harness, ""));
    // A damaged one is said with what to do next.
    let newest = files(&lying.folder.path().join("backups"), "xlg").into_iter().max().expect("one");
    fs::write(&newest, vec![5; 9000]).expect("spoilt");
    press(&mut harness, "现在演练一次");
    harness.run();
    assert!(has(&harness, "备份演练没有通过") && has(&harness, "请马上重新备份一份"), "{:?}", labels(&harness, ""));
}
