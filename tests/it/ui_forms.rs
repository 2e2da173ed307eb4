//! The real window's forms: people and households entered, corrected, moved, split and joined, and drafts that outlive
//! whatever ends the program.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::name::PersonName;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::relation::Relation;
use xiangli::domain::resident::{Residency, Sex};
use xiangli::ledger::command::{Command, Home, NewResident};
use xiangli::ledger::keys::{DEMO_PASSPHRASE, Unlock};
use xiangli::ledger::sealed::{open_with, start};
use xiangli::ledger::{Ledger, NewVillage, VillageKind};
use xiangli::ui::window::Window;

use crate::support::world::{day, stamp};
use crate::ui_first_run::{click, labels, tab, window};

/// Somebody for a ledger: household number, name, relation, sex, birth.
type Person = (&'static str, &'static str, u8, Sex, &'static str);

pub const FAMILY: &[Person] = &[
    ("12", "王大山", 2, Sex::Male, "1955-02-03"),
    ("12", "李秀英", 12, Sex::Female, "1957-05-06"),
    ("12", "王小山", 20, Sex::Male, "1980-07-08"),
    ("12", "张桂兰", 38, Sex::Female, "1982-09-10"),
    ("12", "王天天", 41, Sex::Male, "2010-11-12"),
    ("15", "刘长河", 2, Sex::Male, "1960-01-02"),
];

pub fn ledger(folder: &Path) -> Ledger {
    let village = NewVillage { code: "421399100201".into(), name: "柳河村".into(), kind: VillageKind::Demo };
    let at = stamp(day("2026-11-23"));
    start(&folder.join("village.xlg"), &village, &DEMO_PASSPHRASE.into(), Some([1; 32]), &at).expect("a ledger").0
}

pub fn enter(ledger: &mut Ledger, (number, name, relation, sex, born): Person) -> String {
    let new = NewResident {
        name: PersonName::parse(name).expect("a name"),
        id_number: None,
        sex: Some(sex),
        born: PartialDate::parse(born),
        relation: Relation::from_code(relation),
        phone: String::new(),
        residency: Some(Residency::Here),
        source: "入户登记".into(),
    };
    let home = Home::Numbered { group: "3".into(), number: number.into() };
    let done = ledger.run(&Command::AddResident { new: Box::new(new), home }, &stamp(day("2026-11-23")));
    done.expect("entered").change.expect("a change").about
}

/// The window over two households of group 3.
fn village(folder: &Path) -> Harness<'static, Window> {
    let mut ledger = ledger(folder);
    for person in FAMILY {
        enter(&mut ledger, *person);
    }
    drop(ledger);
    residents(folder)
}

/// The residents' tab of the ledger that is there.
pub fn residents(folder: &Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    tab(&mut harness, "住户");
    harness
}

/// Looks into the ledger, which the window has open.
pub fn reopened(harness: Harness<'static, Window>, folder: &Path) -> Ledger {
    let mut harness = harness;
    harness.state_mut().close_ledger();
    drop(harness);
    open_with(&folder.join("village.xlg"), &Unlock::Passphrase(DEMO_PASSPHRASE.into())).expect("it opens")
}

pub fn typed(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

fn save(harness: &mut Harness<'_, Window>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
}

/// The panel of household 12, by a click on its line.
fn household(harness: &mut Harness<'_, Window>) {
    harness.get_by_label("3组 第12户").click();
    harness.run();
}

fn says(harness: &Harness<'_, Window>, starting: &str) -> bool {
    !labels(harness, starting).is_empty()
}

fn resident(ledger: &Ledger, name: &str) -> xiangli::ledger::residents::ResidentRow {
    let all = ledger.residents(&xiangli::ledger::residents::ResidentFilter { limit: 1000, ..Default::default() });
    all.expect("readable").into_iter().find(|row| row.name == name).expect("there")
}

#[test]
fn somebody_is_entered_with_errors_beside_the_fields_and_shown_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    let add = |harness: &Harness<'_, Window>| {
        let all: Vec<_> = harness.get_all_by_role_and_label(Role::Button, "添加").collect();
        all[0].accesskit_node().is_disabled()
    };
    assert!(add(&harness), "nothing is there yet");
    typed(&mut harness, "姓名", "赵*");
    assert!(says(&harness, "姓名被遮住了一部分"), "what is wrong stands below the field");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    typed(&mut harness, "姓名", "赵青松");
    typed(&mut harness, "身份证号", "421399195003010028");
    assert!(add(&harness), "a wrong id number");
    for _ in 0..1 {
        harness.key_press(Key::Backspace);
        harness.run();
    }
    typed(&mut harness, "身份证号", "9");
    assert!(says(&harness, "1950年3月1日出生，76岁，女"), "birth and sex follow");
    typed(&mut harness, "村民小组", "3");
    typed(&mut harness, "户号", "77");
    assert!(says(&harness, "这是新的一户"));
    typed(&mut harness, "与户主关系", "hz");
    harness.key_press(Key::Enter);
    harness.run();
    typed(&mut harness, "联系电话", "1901234");
    assert!(says(&harness, "手机号一般是11位"));
    save(&mut harness);
    assert!(harness.state().is_telling("赵青松：添加居民"));
    assert!(says(&harness, "可以享受的服务"), "whoever was entered is shown");
    let ledger = reopened(harness, folder.path());
    let row = resident(&ledger, "赵青松");
    assert_eq!(
        (row.group.as_str(), row.household.as_str(), row.relation, row.phone.as_str()),
        ("3", "77", 2, "1901234")
    );
    assert_eq!(row.sex(), Some(Sex::Female));
}

#[test]
fn the_tab_key_goes_on_to_the_next_field_past_what_is_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    typed(&mut harness, "村民小组", "3");
    assert!(harness.query_by_role_and_label(Role::Button, "3组").is_some());
    for label in ["户号", "与户主关系", "联系电话"] {
        harness.key_press(Key::Tab);
        harness.run();
        let field = harness.get_by_role_and_label(Role::TextInput, label);
        assert!(field.accesskit_node().is_focused(), "{label}");
    }
}

#[test]
fn an_id_number_that_is_known_says_whose_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let uid = enter(&mut ledger, FAMILY[0]);
    let id = IdNumber::from_stored("421399195003010029").expect("a number");
    let edit = xiangli::ledger::command::ResidentEdit { id_number: Some(Some(id)), ..Default::default() };
    let command = Command::EditResident { resident: uid, edit: Box::new(edit), source: "身份证".into() };
    ledger.run(&command, &stamp(day("2026-11-23"))).expect("edited");
    drop(ledger);
    let mut harness = residents(folder.path());
    click(&mut harness, "添加居民");
    typed(&mut harness, "姓名", "王大");
    typed(&mut harness, "身份证号", "421399195003010029");
    assert!(says(&harness, "这个身份证号已经登记了：王大山，3组 第12户"));
    save(&mut harness);
    assert!(!harness.state().is_telling("王大：添加居民"));
    assert!(says(&harness, "这个身份证号已经登记了"), "the form stays");
}

#[test]
fn what_is_corrected_is_only_what_differs_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    harness.get_by_label("  王小山").click();
    harness.run();
    harness.key_press(Key::E);
    harness.run();
    typed(&mut harness, "联系电话", "19012345678");
    save(&mut harness);
    assert!(harness.state().is_telling("王小山：修改资料"));
    click(&mut harness, "撤销");
    let ledger = reopened(harness, folder.path());
    assert_eq!(resident(&ledger, "王小山").phone, "");
}

#[test]
fn a_newborn_is_entered_from_the_household_and_is_a_grandchild_of_the_head() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    household(&mut harness);
    click(&mut harness, "新生儿");
    typed(&mut harness, "姓名", "王欢欢");
    typed(&mut harness, "出生日期", "20261101");
    harness.get_by_role_and_label(Role::RadioButton, "女").click();
    harness.run();
    harness.get_by_role_and_label(Role::ComboBox, "谁的孩子").click();
    harness.run();
    click(&mut harness, "张桂兰");
    save(&mut harness);
    assert!(harness.state().is_telling("王欢欢：添加居民"));
    let ledger = reopened(harness, folder.path());
    let row = resident(&ledger, "王欢欢");
    assert_eq!((row.relation, row.household.as_str(), row.residency()), (42, "12", Some(Residency::Here)));
}

#[test]
fn a_household_is_split_and_the_relations_in_the_new_one_are_proposed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    household(&mut harness);
    click(&mut harness, "分户");
    for name in ["王小山", "张桂兰", "王天天"] {
        harness.get_by_role_and_label(Role::CheckBox, name).click();
        harness.run();
    }
    typed(&mut harness, "户号", "12");
    assert!(says(&harness, "这个组里已经有这个户号了"), "a number belongs to one household");
    typed(&mut harness, "户号", "8");
    save(&mut harness);
    assert!(
        harness.state().is_telling("分户：3组128户，3人") || says(&harness, "分户"),
        "{:?}",
        labels(&harness, "3组")
    );
    let ledger = reopened(harness, folder.path());
    let relations: Vec<_> = ["王小山", "张桂兰", "王天天"]
        .map(|name| resident(&ledger, name))
        .into_iter()
        .map(|r| (r.household, r.relation))
        .collect();
    assert_eq!(relations, [("128".into(), 2), ("128".into(), 12), ("128".into(), 20)]);
}

#[test]
fn two_households_become_one_and_it_is_said_who_lives_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    household(&mut harness);
    click(&mut harness, "并户");
    typed(&mut harness, "户号", "15");
    assert!(says(&harness, "有1人：刘长河"));
    assert!(says(&harness, "合并后3组 第12户有6人，3组 第15户这个户号不再用"));
    save(&mut harness);
    assert!(harness.state().is_telling("3组12户：并户"));
    // What the newcomers are to the head is asked next.
    harness.get_by_label("换户主");
    let ledger = reopened(harness, folder.path());
    assert_eq!(resident(&ledger, "刘长河").household, "12");
}

#[test]
fn somebody_moves_to_another_household() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    harness.get_by_label("  李秀英").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "转到别的户").click_accesskit();
    harness.run();
    typed(&mut harness, "户号", "刘");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(says(&harness, "这一户：刘长河家"), "{:?}", labels(&harness, "这"));
    typed(&mut harness, "李秀英", "姐姐");
    save(&mut harness);
    assert!(harness.state().is_telling("李秀英：转到别的户"));
    let ledger = reopened(harness, folder.path());
    let row = resident(&ledger, "李秀英");
    assert_eq!((row.household.as_str(), row.relation), ("15", 75));
}

#[test]
fn when_the_head_dies_another_is_proposed_with_everybodys_relation() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    harness.get_by_label("  王大山").click();
    harness.run();
    click(&mut harness, "去世");
    click(&mut harness, "是的");
    harness.get_by_label("换户主");
    assert!(harness.get_by_role_and_label(Role::RadioButton, "李秀英").accesskit_node().toggled().is_some());
    harness.get_by_role_and_label(Role::RadioButton, "王小山").click();
    harness.run();
    save(&mut harness);
    assert!(harness.state().is_telling("修改与户主关系：3组12户，5人"), "{:?}", labels(&harness, "修改"));
    let ledger = reopened(harness, folder.path());
    let relations = FAMILY[..5].iter().map(|person| resident(&ledger, person.1).relation).collect::<Vec<_>>();
    assert_eq!(relations, [51, 52, 2, 12, 20]);
}

#[test]
fn a_household_and_a_group_are_renamed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    household(&mut harness);
    harness.key_press(Key::E);
    harness.run();
    typed(&mut harness, "住址", "塆上5号");
    save(&mut harness);
    assert!(harness.state().is_telling("3组12户：修改户的资料"));
    click(&mut harness, "3组");
    click(&mut harness, "修改组名");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    typed(&mut harness, "村民小组", "塆上");
    save(&mut harness);
    assert!(harness.state().is_telling("塆上：修改组名"), "{:?}", labels(&harness, "塆"));
}

#[test]
fn what_is_typed_outlives_the_end_of_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    typed(&mut harness, "姓名", "赵青松");
    typed(&mut harness, "联系电话", "1901234");
    // Two seconds pass; then the window ends without a word.
    harness.run_steps(8);
    std::mem::forget(harness);
    let copy = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(folder.path()).expect("readable") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("known").is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copied");
        }
    }
    let mut harness = residents(copy.path());
    assert!(says(&harness, "有1张没填完的表：添加居民 赵青松（今天09:00）"), "{:?}", labels(&harness, "有"));
    click(&mut harness, "接着填");
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "姓名").value().as_deref(), Some("赵青松"));
    assert!(says(&harness, "接着今天09:00没填完的"));
    save(&mut harness);
    assert!(harness.state().is_telling("赵青松：添加居民"));
    assert!(!says(&harness, "有1张没填完的表"), "saved: the draft is gone");
}

#[test]
fn a_form_that_is_closed_is_offered_again_until_it_is_thrown_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!says(&harness, "有1张没填完的表"), "nothing was typed");
    click(&mut harness, "添加居民");
    typed(&mut harness, "姓名", "赵");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(says(&harness, "有1张没填完的表：添加居民 赵"));
    click(&mut harness, "不要了");
    click(&mut harness, "丢掉");
    assert!(!says(&harness, "有1张没填完的表"));
}

/// The form of 刘长河, by a search and a letter, without ever having seen the strip that offers drafts.
fn edit_by_search(harness: &mut Harness<'_, Window>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "搜索住户").type_text("刘长河");
    harness.run();
    for key in [Key::Enter, Key::E] {
        harness.key_press(key);
        harness.run();
    }
}

/// What a power cut leaves of a folder.
fn cut_off(harness: Harness<'static, Window>, folder: &Path) -> tempfile::TempDir {
    std::mem::forget(harness);
    let copy = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(folder).expect("readable") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("known").is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copied");
        }
    }
    copy
}

fn value(harness: &Harness<'_, Window>, label: &str) -> Option<String> {
    harness.get_by_role_and_label(Role::TextInput, label).value()
}

#[test]
fn a_form_opened_from_a_search_after_a_power_cut_goes_on_from_its_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    edit_by_search(&mut harness);
    typed(&mut harness, "联系电话", "19012345678");
    harness.run_steps(8);
    let copy = cut_off(harness, folder.path());
    let mut harness = window(copy.path());
    edit_by_search(&mut harness);
    assert_eq!(value(&harness, "联系电话").as_deref(), Some("19012345678"));
    // Closed and opened at once: nothing is read anew for it.
    harness.key_press(Key::Escape);
    harness.run();
    harness.key_press(Key::E);
    harness.run();
    assert_eq!(value(&harness, "联系电话").as_deref(), Some("19012345678"));
}

#[test]
fn what_is_saved_is_not_offered_again_whatever_happens_right_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    typed(&mut harness, "姓名", "赵青松");
    harness.run_steps(8);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.step();
    let copy = cut_off(harness, folder.path());
    let ledger = open_with(&copy.path().join("village.xlg"), &Unlock::Passphrase(DEMO_PASSPHRASE.into()));
    let ledger = ledger.expect("it opens");
    assert_eq!(resident(&ledger, "赵青松").name, "赵青松");
    assert!(ledger.drafts().expect("readable").is_empty());
}

#[test]
fn a_move_begun_for_one_person_is_not_gone_on_with_for_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    let mover = |harness: &mut Harness<'static, Window>, name: &str| {
        harness.get_by_label(&format!("  {name}")).click();
        harness.run();
        harness.get_by_role_and_label(Role::Button, "转到别的户").click_accesskit();
        harness.run();
    };
    mover(&mut harness, "李秀英");
    typed(&mut harness, "户号", "15");
    harness.key_press(Key::Escape);
    harness.run();
    click(&mut harness, "关闭");
    assert!(says(&harness, "有1张没填完的表"), "{:?}", labels(&harness, "有"));
    mover(&mut harness, "王天天");
    let ticked = |harness: &Harness<'_, Window>, name: &str| {
        use eframe::egui::accesskit::Toggled;
        harness.get_by_role_and_label(Role::CheckBox, name).accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(ticked(&harness, "王天天") && !ticked(&harness, "李秀英"));
    assert!(says(&harness, "有1张没填完的表"), "the other one is still offered");
    click(&mut harness, "接着填");
    assert!(ticked(&harness, "李秀英") && !ticked(&harness, "王天天"));
    assert_eq!(value(&harness, "户号").as_deref(), Some("15"));
}

#[test]
fn ctrl_s_in_the_search_field_saves_no_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = village(folder.path());
    click(&mut harness, "添加居民");
    typed(&mut harness, "姓名", "赵青松");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    save(&mut harness);
    assert!(!harness.state().is_telling("赵青松：添加居民"));
    typed(&mut harness, "联系电话", "19000000001");
    save(&mut harness);
    assert!(harness.state().is_telling("赵青松：添加居民"));
}
