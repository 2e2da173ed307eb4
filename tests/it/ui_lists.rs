//! The real window's service lists: the overview, one programme's names, what is asked, what is told in one go.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use xiangli::ui::window::Window;

use crate::ui_first_run::{click, labels, open_list, programme, tab, window};

/// The number in the one button that begins with these words.
fn number(harness: &Harness<'_, Window>, words: &str) -> i64 {
    let found = labels(harness, &format!("{words} "));
    found.iter().find_map(|label| label.rsplit(' ').next()?.parse().ok()).expect("a number")
}

/// Told and eligible, as the headline has them.
fn headline(harness: &Harness<'_, Window>) -> (i64, i64) {
    let all = labels(harness, "");
    let ratio = all
        .iter()
        .filter_map(|label| label.split_once(" / "))
        .find_map(|(told, eligible)| Some((told.parse().ok()?, eligible.parse().ok()?)));
    ratio.expect("a headline")
}

fn open_first(harness: &mut Harness<'_, Window>) -> String {
    let first = labels(harness, "  ").first().cloned().expect("a person");
    harness.get_by_label(&first).click();
    harness.run();
    first
}

fn demo(folder: &std::path::Path) -> Harness<'static, Window> {
    let mut harness = window(folder);
    click(&mut harness, "试用演示村");
    harness
}

fn press(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn who_lives_here_is_answered_by_one_click_and_one_step_of_undo() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let asked = number(&harness, "先问一句");
    let eligible = number(&harness, "应告知");
    click(&mut harness, &format!("先问一句 {asked}"));
    open_first(&mut harness);
    assert!(harness.query_by_label("常住还是外出？").is_some());
    click(&mut harness, "在家常住");
    assert_eq!(number(&harness, "先问一句"), asked - 1);
    assert_eq!(number(&harness, "应告知"), eligible + 1);
    click(&mut harness, "撤销");
    assert_eq!(number(&harness, "先问一句"), asked);
}

#[test]
fn a_no_is_counted_and_not_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let (declined, (told, _)) = (number(&harness, "本人不需要"), headline(&harness));
    let listed = number(&harness, "应告知");
    let person = open_first(&mut harness);
    press(&mut harness, Key::N);
    assert_eq!(number(&harness, "本人不需要"), declined + 1);
    assert_eq!(headline(&harness).0, told + 1, "who says no has been told");
    assert_eq!(number(&harness, "应告知"), listed - 1);
    for section in ["已告知", "已约或已申请", "办完", "应告知"] {
        let count = number(&harness, section);
        click(&mut harness, &format!("{section} {count}"));
        assert!(harness.query_by_label(&person).is_none(), "{section}");
    }
}

#[test]
fn the_overview_shows_first_what_lapses_and_folds_what_concerns_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    let lapses = labels(&harness, "育儿补贴：");
    assert_eq!(lapses.len(), 1, "money that lapses is said in a sentence");
    assert!(lapses[0].contains("户、共") && lapses[0].contains("元还没申请，12月31日前不申请"), "{lapses:?}");
    let rows: Vec<_> = harness.query_all_by_role(Role::Row).collect();
    let first = rows[1].children_recursive().find_map(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value()).filter(|words| !words.is_empty())
    });
    assert_eq!(first.as_deref(), Some("育儿补贴"));
    // The last line folds what is no list; Enter opens it.
    press(&mut harness, Key::End);
    assert_eq!(labels(&harness, "宣传单和已经停止的").len(), 1);
    assert!(harness.query_by_label("叶酸").is_none());
    let rows = |harness: &Harness<'_, Window>| {
        let table = harness.get_by_role(Role::Table);
        table.accesskit_node().data().row_count().expect("rows")
    };
    let before = rows(&harness);
    press(&mut harness, Key::Enter);
    assert!(rows(&harness) > before);
}

#[test]
fn arrows_and_enter_open_a_programme_and_escape_leads_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_label("全部项目").is_some());
    press(&mut harness, Key::ArrowDown);
    assert!(harness.query_by_label("为什么在这里").is_some(), "a card is open");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("为什么在这里").is_none());
    assert!(harness.query_by_label("全部项目").is_some(), "the first Escape closes the card alone");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("全部项目").is_none());
}

#[test]
fn the_filter_changes_rows_and_sections_and_never_the_headline() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let (ratio, all) = (headline(&harness), number(&harness, "应告知"));
    harness.get_by_role_and_label(Role::ComboBox, "组").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "2组").click();
    harness.run();
    assert!(number(&harness, "应告知") < all);
    assert_eq!(headline(&harness), ratio);
    assert!(labels(&harness, "本人不需要").is_empty(), "nobody's no is told by a group");
    click(&mut harness, "看全部");
    assert_eq!(number(&harness, "应告知"), all);
}

#[test]
fn a_round_is_noted_in_one_step_and_taken_back_in_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let to_tell = number(&harness, "未告知");
    // One by its box, one by the space bar.
    let first = labels(&harness, "  ").first().cloned().expect("a person");
    harness.get_by_role_and_label(Role::CheckBox, &format!("选上{}", first.trim())).click();
    harness.run();
    assert_eq!(labels(&harness, "已选1人").len(), 1);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Space);
    assert_eq!(labels(&harness, "已选2人").len(), 1);
    click(&mut harness, "都已告知");
    assert_eq!(number(&harness, "未告知"), to_tell - 2);
    assert!(harness.state().is_telling("记为已告知：65岁以上老年人健康体检，2人"));
    click(&mut harness, "撤销");
    assert_eq!(number(&harness, "未告知"), to_tell);
}

#[test]
fn a_whole_group_is_ticked_by_one_box() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    let group = labels(&harness, "选上").into_iter().find(|label| label.ends_with("的人")).expect("a group's box");
    harness.get_by_role_and_label(Role::CheckBox, &group).click();
    harness.run();
    let ticked = labels(&harness, "已选").first().cloned().expect("how many");
    assert_ne!(ticked, "已选1人");
    click(&mut harness, "都不选");
    assert!(labels(&harness, "已选").is_empty());
}

#[test]
fn every_programme_of_the_demo_village_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    for name in ["育儿补贴", "妇女健康检查（两癌筛查）", "65岁以上老年人健康体检"] {
        programme(&mut harness, name);
        headline(&harness);
        open_first(&mut harness);
        press(&mut harness, Key::Escape);
        click(&mut harness, "全部项目");
    }
}

#[test]
fn who_comes_of_age_soon_is_named_and_leads_to_their_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    open_list(&mut harness);
    click(&mut harness, "快到年龄的");
    assert_eq!(labels(&harness, "明年底前到年龄的有").len(), 1);
    let name = open_first(&mut harness);
    assert!(harness.query_all_by_label(name.trim()).next().is_some(), "their own page is open");
    assert!(harness.query_by_label("快到年龄的").is_none());
}

#[test]
fn a_benefit_is_applied_for_from_its_list_and_nobody_is_said_to_have_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    programme(&mut harness, "育儿补贴");
    let applied = number(&harness, "已约或已申请");
    open_first(&mut harness);
    assert!(harness.query_by_label("来过了").is_none());
    press(&mut harness, Key::B);
    assert_eq!(number(&harness, "已约或已申请"), applied + 1);
    click(&mut harness, "撤销");
    assert_eq!(number(&harness, "已约或已申请"), applied);
}

/// Presses a button wherever the page is scrolled to.
fn push(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    harness.run();
}

fn fill(harness: &mut Harness<'_, Window>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

#[test]
fn a_local_value_is_entered_within_its_bounds_and_changes_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    let (missing, tagged) = ("80至89岁每月多少元", "本地标准未填");
    let before = labels(&harness, tagged).len();
    assert!(before > 0);
    push(&mut harness, "本地标准");
    push(&mut harness, &format!("填 {missing}"));
    fill(&mut harness, missing, "99999");
    assert_eq!(labels(&harness, "超出范围").len(), 1, "the sentence names the bounds");
    let save = harness.get_by_role_and_label(Role::Button, "记下");
    assert!(save.accesskit_node().is_disabled());
    push(&mut harness, "不填了");
    for name in [missing, "90至99岁每月多少元", "100岁以上每月多少元"] {
        push(&mut harness, &format!("填 {name}"));
        fill(&mut harness, name, "100");
        fill(&mut harness, "哪份文件", "镇里的文件");
        push(&mut harness, "记下");
    }
    assert_eq!(labels(&harness, "来自镇里的文件").len(), 3);
    push(&mut harness, "名单");
    assert_eq!(labels(&harness, tagged).len(), before - 1);
    programme(&mut harness, "高龄津贴");
    open_first(&mut harness);
    assert!(!labels(&harness, "2026年 1,200元").is_empty());
    assert!(!labels(&harness, "80至89岁每月多少元：100元").is_empty(), "the county's paper is named");
}

#[test]
fn local_values_travel_by_a_small_file_that_is_looked_at_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = r#"{"xiangli_local_standards":1,"values":[
        {"programme":"women-check","key":"interval_months","value":"24","source":"县里文件","on":"2026-01-01"},
        {"programme":"women-check","key":"interval_months_min","value":"6","source":"县里文件","on":"2026-01-01"}]}"#;
    let file = folder.path().join("from-next-door.json");
    std::fs::write(&file, text).expect("written");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    push(&mut harness, "本地标准");
    fill(&mut harness, "别的村给的小文件", &file.display().to_string());
    push(&mut harness, "看一看");
    assert_eq!(labels(&harness, "妇女健康检查（两癌筛查），两次检查至少隔几个月：没填 → 24个月").len(), 1);
    assert_eq!(labels(&harness, "第2个").len(), 1, "what is refused is named");
    assert!(labels(&harness, "来自县里文件").is_empty(), "nothing is written before it is accepted");
    push(&mut harness, "这1个都用上");
    assert_eq!(labels(&harness, "来自县里文件").len(), 1);
    click(&mut harness, "撤销");
    assert!(labels(&harness, "来自县里文件").is_empty());
}

#[test]
fn the_sentence_on_what_lapses_leads_to_the_applications() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = demo(folder.path());
    tab(&mut harness, "服务名单");
    click(&mut harness, "看是哪几户");
    assert!(labels(&harness, "育儿补贴：").is_empty());
    let page = harness.get_by_role_and_label(Role::Button, "补贴申请");
    assert_eq!(page.accesskit_node().data().toggled(), Some(eframe::egui::accesskit::Toggled::True));
}
