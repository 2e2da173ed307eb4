//! Search: the right people, the best first, with the reason; whatever is typed.

use xiangli::domain::id_card::IdNumber;
use xiangli::domain::message::Message;
use xiangli::domain::name::PersonName;
use xiangli::domain::resident::Standing;
use xiangli::ledger::command::{Command, Home, Merge, NewResident};
use xiangli::ledger::residents::ResidentFilter;

use xiangli::words::{Language, Words};

use crate::support::world::World;

fn enter(world: &mut World, name: &str, group: &str, id_number: &str, phone: &str) -> String {
    enter_in(world, name, (group, ""), id_number, phone)
}

fn enter_in(world: &mut World, name: &str, home: (&str, &str), id_number: &str, phone: &str) -> String {
    let new = NewResident {
        name: PersonName::parse(name).expect("a name"),
        id_number: IdNumber::from_stored(id_number),
        sex: None,
        born: None,
        relation: None,
        phone: phone.into(),
        residency: None,
        source: "入户登记".into(),
    };
    world
        .run(Command::AddResident {
            new: Box::new(new),
            home: Home::Numbered { group: home.0.into(), number: home.1.into() },
        })
        .change
        .expect("a change")
        .about
}

fn filter(text: &str, limit: u32) -> ResidentFilter {
    ResidentFilter { search: text.into(), group: None, limit }
}

fn names(world: &World, text: &str) -> Vec<String> {
    world.ledger.residents(&filter(text, 20)).expect("found").into_iter().map(|row| row.name).collect()
}

fn village() -> World {
    let mut world = World::new();
    for (name, group, id_number, phone) in [
        ("王秀英", "1", "421399195503121040", "19012345678"),
        ("王英", "1", "", ""),
        ("汪秀芳", "2", "", "0719-2345678"),
        ("单秀英", "2", "", ""),
        ("解绿", "3", "", ""),
        ("吕布", "3", "", ""),
        ("卢布", "3", "", ""),
        ("阿依古丽·买买提", "3", "", ""),
        ("李\u{30000}", "3", "", ""),
    ] {
        enter(&mut world, name, group, id_number, phone);
    }
    world
}

#[test]
fn the_best_hits_come_first_and_say_why() {
    let world = village();
    assert_eq!(names(&world, "秀英"), ["单秀英", "王秀英"]);
    assert_eq!(names(&world, "wangxiuying"), ["王秀英"]);
    assert_eq!(names(&world, "wang"), ["汪秀芳", "王秀英", "王英"]);
    assert_eq!(names(&world, "wxy"), ["王秀英"]);
    assert_eq!(names(&world, "chanxy"), ["单秀英"]);
    assert_eq!(names(&world, "lv"), ["吕布", "解绿"]);
    assert_eq!(names(&world, "lu"), ["卢布", "吕布", "解绿"]);
    assert_eq!(names(&world, "1040"), ["王秀英"]);
    assert_eq!(names(&world, "5678"), ["汪秀芳", "王秀英"]);
    assert_eq!(names(&world, "买买提"), ["阿依古丽·买买提"]);
    assert_eq!(names(&world, "李\u{30000}"), ["李\u{30000}"]);
    assert_eq!(names(&world, "王x"), ["王秀英"]);
    let hit = world.ledger.search(&filter("1040", 5)).expect("found").remove(0);
    assert_eq!(hit.why, Message::new("search-why-id-tail"));
}

#[test]
fn who_moved_away_comes_after_who_is_here() {
    let mut world = village();
    let wang = world.ledger.residents(&filter("汪秀芳", 1)).expect("found").remove(0);
    world.run(Command::SetStanding { resident: wang.uid, standing: Standing::MovedOut, on: world.today });
    assert_eq!(names(&world, "wang"), ["王秀英", "王英", "汪秀芳"]);
}

#[test]
fn search_keeps_to_the_group_and_the_limit() {
    let world = village();
    let hits = |text: &str, group: &str, limit| {
        let filter = ResidentFilter { search: text.into(), group: Some(group.into()), limit };
        world.ledger.residents(&filter).expect("found").into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(hits("xiu", "2", 20), ["单秀英", "汪秀芳"]);
    assert_eq!(hits("wang", "1", 1), ["王秀英"]);
    assert_eq!(hits("wang", "9", 20), [""; 0]);
    assert_eq!(world.ledger.residents(&filter("wang", 2)).expect("found").len(), 2);
}

#[test]
fn what_is_undone_is_no_longer_found_and_found_again_after_redo() {
    let mut world = village();
    enter(&mut world, "赵云", "1", "", "");
    world.run(Command::Undo);
    assert_eq!(names(&world, "zy"), [""; 0]);
    world.run(Command::Redo);
    assert_eq!(names(&world, "zy"), ["赵云"]);
    let world = world.restart();
    assert_eq!(names(&world, "zhaoyun"), ["赵云"]);
}

#[test]
fn signs_that_mean_something_to_a_database_mean_nothing() {
    let world = village();
    for text in ["%", "_", "王%", "w*", "' OR 1=1 --", "王_英", "\"", "[王]", "\\"] {
        let found = names(&world, text);
        assert!(text.starts_with('w') || found.is_empty(), "{text}: {found:?}");
    }
}

/// Name, household and reason of every hit.
fn hits(world: &World, text: &str) -> Vec<String> {
    let words = Words::new(Language::Chinese);
    let found = world.ledger.search(&filter(text, 20)).expect("found");
    found.into_iter().map(|hit| format!("{} {} {}", hit.row.name, hit.row.household, words.say(&hit.why))).collect()
}

fn homes() -> World {
    let mut world = World::new();
    for (name, group, number, id_number, phone) in [
        ("王秀英", "3", "12", "421399195503121040", ""),
        ("李明", "3", "12", "", ""),
        ("赵云", "3", "2", "", "19012340012"),
        ("单于飞", "5", "12", "", ""),
        ("万俟雪", "塆上", "12", "", ""),
        ("尉迟恭", "塆上", "7", "", ""),
        ("塆上飞", "5", "1", "", ""),
    ] {
        enter_in(&mut world, name, (group, number), id_number, phone);
    }
    world
}

#[test]
fn households_and_groups_are_found_as_a_cadre_says_them() {
    let world = homes();
    let of_three = ["王秀英 12 户号 12", "李明 12 户号 12"];
    for text in ["3组12户", "三组十二户", "3-12", "３组12", "第3组第12户"] {
        assert_eq!(hits(&world, text), of_three, "{text}");
    }
    assert_eq!(hits(&world, "三组"), ["王秀英 12 3组", "李明 12 3组", "赵云 2 3组"]);
    let all = ["王秀英 12 户号 12", "李明 12 户号 12", "单于飞 12 户号 12", "万俟雪 12 户号 12"];
    assert_eq!(hits(&world, "12户"), all);
    assert_eq!(hits(&world, "塆上7户"), ["尉迟恭 7 户号 7"]);
    assert_eq!(hits(&world, "ws"), ["万俟雪 12 拼音首字母", "塆上飞 1 拼音首字母", "尉迟恭 7 塆上"]);
    assert_eq!(hits(&world, "9组"), [""; 0]);
    assert_eq!(hits(&world, "3组13户"), [""; 0]);
}

#[test]
fn a_name_comes_before_a_group_and_a_bare_household_number_beside_the_tails() {
    let world = homes();
    assert_eq!(hits(&world, "塆上"), ["塆上飞 1 姓名", "万俟雪 12 塆上", "尉迟恭 7 塆上"]);
    let bare = hits(&world, "12");
    assert_eq!(bare[0], "赵云 2 电话尾号");
    assert_eq!(bare[1..], ["王秀英 12 户号 12", "李明 12 户号 12", "单于飞 12 户号 12", "万俟雪 12 户号 12"]);
    // However many tails there are, the household keeps a place.
    let few = world.ledger.search(&filter("12", 2)).expect("found");
    assert_eq!(few.last().expect("two").why, Message::new("search-why-household").text("number", "12"));
    let in_group = ResidentFilter { search: "12".into(), group: Some("5".into()), limit: 9 };
    let rows = world.ledger.residents(&in_group).expect("found");
    assert_eq!(rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), ["单于飞"]);
}

#[test]
fn every_reading_of_a_surname_finds_the_person_in_the_ledger() {
    let mut world = World::new();
    for (name, texts) in [
        ("单明", "shanming danming chanming sm dm cm"),
        ("解明", "xieming jieming xm jm"),
        ("仇明", "qiuming chouming qm cm"),
        ("曾明", "zengming cengming zm cm"),
        ("查明", "zhaming chaming zm cm"),
        ("区明", "ouming quming om qm"),
        ("翟明", "zhaiming diming zm dm"),
        ("乐明", "yueming leming ym lm"),
        ("缪明", "miaoming mouming mm"),
        ("盖明", "geming gaiming gm"),
        ("朴明", "piaoming puming pm"),
        ("覃明", "qinming tanming qm tm"),
        ("万俟明", "moqiming mqm 万俟m"),
        ("尉迟明", "yuchiming ycm weichiming"),
        ("吕明", "lvming luming lm lü"),
    ] {
        let uid = enter(&mut world, name, "1", "", "");
        for text in texts.split(' ') {
            let found = world.ledger.residents(&filter(text, 50)).expect("found");
            assert!(found.iter().any(|row| row.uid == uid), "{text} should find {name}");
        }
    }
}

#[test]
fn who_stands_behind_another_record_is_found_as_the_listed_one() {
    let mut world = World::new();
    let listed = enter(&mut world, "王秀英", "1", "421399195503121040", "");
    let behind = enter(&mut world, "汪绣瑛", "2", "", "19012345678");
    let merge = Merge { listed: listed.clone(), behind, taken: Vec::new() };
    world.run(Command::Merge(Box::new(merge)));
    assert_eq!(hits(&world, "汪绣"), ["王秀英  合并的另一份记录：姓名"]);
    assert_eq!(hits(&world, "5678"), ["王秀英  合并的另一份记录：电话尾号"]);
    assert_eq!(hits(&world, "wxy"), ["王秀英  拼音首字母"], "once, by its own name");
    for (group, count) in [("1", 1), ("2", 0)] {
        let narrowed = ResidentFilter { search: "汪绣".into(), group: Some(group.into()), limit: 9 };
        assert_eq!(world.ledger.search(&narrowed).expect("found").len(), count, "group {group}");
    }
    assert_eq!(hits(&world, "2组"), [""; 0]);
    world.run(Command::Undo);
    assert_eq!(hits(&world, "汪绣"), ["汪绣瑛  姓名"]);
    assert_eq!(hits(&world, "1040"), ["王秀英  身份证尾号"]);
    assert!(world.ledger.resident(&listed).is_ok());
}

#[test]
fn hostile_texts_and_names_end_and_find_no_stranger() {
    let mut world = homes();
    let rare = ["阿卜\u{B7}买买提", "李\u{30000}\u{30001}", "张\u{E000}", "👨‍👩‍👧"];
    for name in rare.into_iter().filter(|name| PersonName::parse(name).is_ok()) {
        let uid = enter(&mut world, name, "8", "", "");
        let found = world.ledger.residents(&filter(name, 5)).expect("found");
        assert_eq!(found.first().map(|row| row.uid.clone()), Some(uid), "{}", name.escape_unicode());
    }
    let huge = ["王".repeat(100_000), "3组".repeat(50_000), "9".repeat(100_000), "wang ".repeat(20_000)];
    for text in huge.iter().map(String::as_str).chain(["\u{202E}王", "\0", "-", "户", "组", "3组-", "\u{200D}"]) {
        let found = names(&world, text);
        assert!(found.len() <= 20, "{text:.10}");
    }
}
