//! 更正记录: what was corrected in a person's record, with the old value and the new one; undone steps, households and facts
//! too; what was deleted for good stays deleted. Sources: PIPL arts. 8, 46.

use xiangli::domain::id_card::IdNumber;
use xiangli::domain::name::PersonName;
use xiangli::domain::resident::{FactKind, FactValue, Residency, Standing};
use xiangli::ledger::command::{Command, Home, HouseholdEdit, Moved, ResidentEdit};
use xiangli::ledger::corrections::{CorrectedValue, Correction};
use xiangli::ledger::material::PaperWish;
use xiangli::paper::correction;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::forge::behind_our_back;
use crate::support::world::{World, day};

fn words() -> Words {
    Words::new(Language::Chinese)
}

fn edit(world: &mut World, uid: &str, edit: ResidentEdit) {
    world.run(Command::EditResident { resident: uid.into(), edit: Box::new(edit), source: "本人说".into() });
}

fn phone(world: &mut World, uid: &str, phone: &str) {
    edit(world, uid, ResidentEdit { phone: Some(phone.into()), ..ResidentEdit::default() });
}

/// The corrections in words, the latest first.
fn said(world: &World, uid: &str) -> Vec<String> {
    let words = words();
    let line = |one: &Correction| {
        let value = |of: &CorrectedValue| correction::value(of, &words);
        correction::line(one, (value(&one.old), value(&one.new)), &words)
    };
    world.ledger.corrections(uid).expect("readable").iter().map(line).collect()
}

fn copy(world: &World, uid: &str) -> String {
    let order = Order::new(PaperWish::Person(uid.to_owned()), &words());
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    order.content(&gathered, &words()).expect("a copy").texts(&words()).join("\n")
}

#[test]
fn a_corrected_name_and_phone_stand_with_old_and_new_value_and_so_does_taking_it_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    assert_eq!(said(&world, &uid), [""; 0], "what was entered first is no correction");
    assert!(!copy(&world, &uid).contains("改过什么"));
    phone(&mut world, &uid, "19000000001");
    phone(&mut world, &uid, "19000000002");
    let name = PersonName::parse("王秀瑛").expect("a name");
    edit(&mut world, &uid, ResidentEdit { name: Some(name), ..ResidentEdit::default() });
    let done = ["姓名：王秀英 → 王秀瑛", "电话：19000000001 → 19000000002", "电话：（没有） → 19000000001"];
    assert_eq!(said(&world, &uid), done);
    world.run(Command::Undo);
    let undone = [&["姓名：王秀瑛 → 王秀英"], done.as_slice()].concat();
    assert_eq!(said(&world, &uid), undone, "the way back is a correction, too");
    let rows = world.ledger.corrections(&uid).expect("readable");
    assert!(rows.iter().all(|row| row.at.starts_with("2026-11-23T09:00") && row.by == "测试"));
    let copy = copy(&world, &uid);
    assert!(
        copy.contains("改过什么\n时间\n谁\n哪一项\n原来的\n改成的\n2026-11-23 09:00\n测试\n姓名\n王秀瑛\n王秀英"),
        "{copy}"
    );
    assert!(copy.contains("2026-11-23 09:00\n测试\n电话\n19000000001\n19000000002"), "{copy}");
    let world = world.restart();
    assert_eq!(said(&world, &uid), undone);
}

#[test]
fn a_number_a_household_and_facts_are_told_in_words() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950", Some(Residency::Here));
    let stays = world.person("王大山", "1948", Some(Residency::Here));
    let id = IdNumber::parse("421399195003010029", world.today).expect("valid").number;
    edit(&mut world, &uid, ResidentEdit { id_number: Some(Some(id)), ..ResidentEdit::default() });
    let of_id = ["身份证号：（没有） → 421399195003010029", "性别：（没有） → 女", "出生日期：1950 → 1950-03-01"];
    let mut found = said(&world, &uid);
    found.sort();
    let mut of_id = of_id.map(str::to_owned).to_vec();
    of_id.sort();
    assert_eq!(found, of_id);
    // The household is corrected while they are in it, and again when they are not.
    let household = world.ledger.resident(&uid).expect("there").household_uid;
    let now = |number: &str| HouseholdEdit { group: "1".into(), number: number.into(), address: String::new() };
    world.run(Command::EditHousehold { household: household.clone(), edit: now("3") });
    let people = vec![Moved { resident: uid.clone(), relation: None }];
    let home = HouseholdEdit { group: "2".into(), number: "9".into(), address: "塆上".into() };
    world.run(Command::Move { people, home: Home::New(home) });
    world.run(Command::EditHousehold { household, edit: now("4") });
    assert_eq!(said(&world, &uid)[..2], ["所在户：1组3户 → 2组9户", "户号：1 → 3"]);
    assert_eq!(said(&world, &stays), ["户号：3 → 4", "户号：1 → 3"]);
    let fact = |value: &str| Command::SetFact {
        resident: stays.clone(),
        value: FactValue::from_word(FactKind::Disability, value).expect("a value"),
        source: "残疾人证".into(),
        on: day("2026-11-20"),
    };
    world.run(fact("2"));
    world.run(fact("1"));
    world.run(Command::Undo);
    world.run(Command::Undo);
    let (two, one) = ("残疾人证二级（2026年11月20日）", "残疾人证一级（2026年11月20日）");
    let facts = [(two, "（没有）"), (one, two), (two, one), ("（没有）", two)];
    let facts = facts.map(|(old, new)| format!("残疾人证等级：{old} → {new}"));
    assert_eq!(said(&world, &stays)[..4], facts, "also of a fact that is there no more");
    let (standing, on) = (Standing::MovedOut, day("2026-11-21"));
    world.run(Command::SetStanding { resident: stays.clone(), standing, on });
    assert_eq!(said(&world, &stays)[0], "是否在本村：在本村（2026年11月23日） → 已迁出（2026年11月21日）");
    // Removed and brought back is no correction, and nothing is lost by it.
    let before = said(&world, &stays);
    world.run(Command::RemoveResident { resident: stays.clone() });
    world.run(Command::Undo);
    assert_eq!(said(&world, &stays), before);
}

#[test]
fn what_was_deleted_for_good_is_said_to_be_and_nothing_else() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    phone(&mut world, &uid, "19000000001");
    phone(&mut world, &uid, "19000000002");
    let erase = "UPDATE change_row SET before = NULL, salt = NULL WHERE table_name = 'resident'";
    behind_our_back(&world.path()).execute(erase, []).expect("erased");
    phone(&mut world, &uid, "19000000003");
    let erased = "（原来的内容已彻底删除）";
    let told = [
        "电话：19000000002 → 19000000003".to_owned(),
        format!("某项内容：{erased} → 现在的内容"),
        format!("某项内容：{erased} → {erased}"),
    ];
    assert_eq!(said(&world, &uid), told);
    assert!(!copy(&world, &uid).contains("19000000001"));
}
