//! 体检安排 in the real window: a morning at the door by keys, people moved between sessions, a plan taken, the figures.

use std::collections::BTreeSet;
use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rand_chacha::ChaCha8Rng;
use xiangli::domain::campaign::{AppointmentState, Word};
use xiangli::domain::name::PersonName;
use xiangli::domain::offer::State;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::pinyin::spellings;
use xiangli::domain::resident::Residency;
use xiangli::ledger::Ledger;
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::{Campaign, Moved, NewCampaign};
use xiangli::ledger::command::{Command, Home, NewResident};
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ui::window::Window;

use crate::campaigns::{campaign_edit, session};
use crate::support::program::{below, chance};
use crate::support::world::{ELDER, day, stamp};
use crate::ui_first_run::{click, labels, tab};
use crate::ui_forms::{ledger, reopened, residents};

const TODAY: &str = "2026-11-23";

/// Surnames and given names as they are met in a village; not a few share their initials.
const SURNAMES: [&str; 8] = ["王", "李", "张", "刘", "陈", "单", "吴", "周"];
const GIVEN: [&str; 7] = ["秀英", "建国", "桂兰", "大山", "小红", "世兴", "玉珍"];

fn run(ledger: &mut Ledger, command: CampaignCommand) -> String {
    let done = ledger.run(&Command::Campaign(command), &stamp(day(TODAY))).expect("done");
    done.change.map(|change| change.about).unwrap_or_default()
}

fn person(ledger: &mut Ledger, at: usize) -> (String, String) {
    let name = format!("{}{}", SURNAMES[at % SURNAMES.len()], GIVEN[at / SURNAMES.len() % GIVEN.len()]);
    let new = NewResident {
        name: PersonName::parse(&name).expect("a name"),
        id_number: None,
        sex: None,
        born: PartialDate::parse("1950-03-01"),
        relation: None,
        phone: String::new(),
        residency: Some(Residency::Here),
        source: "入户登记".into(),
    };
    let home = Home::Numbered { group: (1 + at % 3).to_string(), number: at.to_string() };
    let command = Command::AddResident { new: Box::new(new), home };
    let done = ledger.run(&command, &stamp(day(TODAY))).expect("entered");
    (done.change.expect("a change").about, name)
}

/// A village whose first forty have agreed to come today, two more in a week, and one has no appointment.
fn morning(folder: &Path) -> (String, Vec<(String, String)>) {
    let mut ledger = ledger(folder);
    let people: Vec<(String, String)> = (0..43).map(|at| person(&mut ledger, at)).collect();
    let edit = xiangli::ledger::campaigns::CampaignEdit { first: day(TODAY), ..campaign_edit() };
    let new = NewCampaign { edit, sessions: vec![session(TODAY, 40), session("2026-11-30", 40)] };
    let uid = run(&mut ledger, CampaignCommand::Start(Box::new(new)));
    let sessions = ledger.campaign(&uid).expect("readable").sessions;
    for (at, (resident, _)) in people.iter().take(42).enumerate() {
        let session = sessions[usize::from(at >= 40)].uid.clone();
        let (campaign, resident, word, on) = (uid.clone(), resident.clone(), Word::Given, day(TODAY));
        run(&mut ledger, CampaignCommand::Move(Box::new(Moved { campaign, resident, session, word, on })));
    }
    (uid, people)
}

fn door(folder: &Path) -> Harness<'static, Window> {
    let mut harness = residents(folder);
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "签到");
    harness.run();
    harness
}

/// Opens the one campaign there is.
fn open(harness: &mut Harness<'_, Window>) {
    harness.get_by_label("冬季老年人体检").click();
    harness.run();
    harness.run();
}

fn field<'h>(harness: &'h Harness<'_, Window>) -> egui_kittest::Node<'h> {
    harness.get_by_role_and_label(Role::TextInput, "谁来了")
}

/// Types at the door until the person is the first, or all letters are there; the keys that it took.
fn call(harness: &mut Harness<'_, Window>, name: &str, place: &str) -> usize {
    let way = spellings(name).into_iter().next().expect("a reading");
    let letters: Vec<char> = way.iter().filter_map(|sound| sound.chars().next()).collect();
    assert!(field(harness).is_focused(), "ready for whoever is next");
    for (at, letter) in letters.iter().enumerate() {
        field(harness).type_text(&letter.to_string());
        harness.run();
        let offered: Vec<String> =
            labels(harness, "").into_iter().filter(|label| label.contains("  ") && label.contains(name)).collect();
        let mine = offered.iter().find(|label| label.contains(place)).and_then(|label| label.chars().next());
        match mine {
            Some('1') => {
                harness.key_press(Key::Enter);
                harness.run();
                harness.run();
                return at + 2;
            }
            Some(digit) if at + 1 == letters.len() => {
                field(harness).type_text(&digit.to_string());
                harness.run();
                harness.run();
                return at + 2;
            }
            _ => {}
        }
    }
    panic!("{place} is not offered: {:?}", labels(harness, ""));
}

fn place(at: usize) -> String {
    format!("{}组 第{at}户", 1 + at % 3)
}

fn came(campaign: &Campaign) -> BTreeSet<String> {
    let rows = campaign.appointments.iter().filter(|row| row.state == AppointmentState::Came);
    rows.map(|row| row.person.uid.clone()).collect()
}

fn shuffled(random: &mut ChaCha8Rng, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, below(random, at + 1));
    }
    order
}

#[test]
fn a_morning_of_forty_is_ticked_by_initials_with_one_undo_one_walk_in_and_one_swap() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, people) = morning(folder.path());
    let mut harness = door(folder.path());
    let mut random = chance("a_morning_of_forty");
    let (mut keys, mut most) = (0, 0);
    for (turn, at) in shuffled(&mut random, 39).into_iter().enumerate() {
        let used = call(&mut harness, &people[at].1, &place(at));
        (keys, most) = (keys + used, most.max(used));
        if turn == 20 {
            // The wrong one: taken back at once, and ticked when they are really there.
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run();
            harness.run();
            call(&mut harness, &people[at].1, &place(at));
        }
    }
    // Nobody expected the one without an appointment.
    let used = call(&mut harness, &people[42].1, &place(42));
    assert!(used <= 4);
    // The fortieth cannot stay; who was to come in a week takes the place.
    click(&mut harness, "和别人换");
    harness.run();
    let label = format!("{}和谁换日子（两人都说好了才换）", people[39].1);
    harness.get_by_role_and_label(Role::TextInput, &label).type_text(&people[40].1);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.run();
    call(&mut harness, &people[40].1, &place(40));
    assert!(most <= 4, "{most} keys for one person");
    eprintln!("{:.2} keys a person, at most {most}", keys as f64 / 39.0);
    let ledger = reopened(harness, folder.path());
    let campaign = ledger.campaign(&uid).expect("readable");
    let expected: BTreeSet<String> = (0..39).chain([40, 42]).map(|at: usize| people[at].0.clone()).collect();
    assert!(came(&campaign) == expected, "exactly those who were there");
    let of = |at: usize| campaign.of(&people[at].0).expect("listed");
    assert_eq!((of(39).session, of(39).state), (Some(1), AppointmentState::Agreed));
    assert!(of(42).walked_in && !of(40).walked_in);
    let list = ledger.list(ELDER, day(TODAY)).expect("readable");
    let been: BTreeSet<String> =
        list.rows.iter().filter(|row| row.state == State::Been).map(|row| row.uid.clone()).collect();
    assert!(been == expected, "and the service list says the same");
    assert_eq!(ledger.check().ok().map(|changes| changes > 40), Some(true));
}

#[test]
fn who_did_not_come_is_noted_by_one_step_and_asked_again_from_the_board() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, people) = morning(folder.path());
    let mut harness = door(folder.path());
    call(&mut harness, &people[0].1, &place(0));
    click(&mut harness, "结束，其余没来");
    click(&mut harness, "都记成没来");
    harness.run();
    harness.run();
    click(&mut harness, "情况");
    harness.run();
    click(&mut harness, "合计 没来 39");
    assert!(!labels(&harness, "没来 39").is_empty(), "the number opens its names");
    assert_eq!(labels(&harness, "  ").len(), 39.min(labels(&harness, "  ").len()));
    click(&mut harness, "回到各场各组");
    let mut ledger = reopened(harness, folder.path());
    let campaign = ledger.campaign(&uid).expect("readable");
    let missed = campaign.appointments.iter().filter(|row| row.state == AppointmentState::Missed).count();
    assert_eq!((missed, came(&campaign).len()), (39, 1));
    ledger.run(&Command::Undo, &stamp(day(TODAY))).expect("one step");
    let campaign = ledger.campaign(&uid).expect("readable");
    assert!(campaign.appointments.iter().all(|row| row.state != AppointmentState::Missed));
}

#[test]
fn somebody_is_moved_from_their_card_with_what_they_say_and_full_sessions_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, _) = morning(folder.path());
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    // Somebody who agreed to come in a week: today is full.
    click(&mut harness, "全部 42");
    harness.key_press(Key::End);
    harness.run();
    assert!(labels(&harness, "").iter().any(|label| label.contains("这场已经满了")), "said before anything is tried");
    // Who has a day today may have another: they are asked first.
    harness.key_press(Key::Home);
    harness.run();
    let there = labels(&harness, "11月30日 8:00");
    click(&mut harness, there.first().expect("the other session"));
    harness.run();
    click(&mut harness, "本人同意");
    harness.run();
    harness.run();
    let campaign = reopened(harness, folder.path()).campaign(&uid).expect("readable");
    assert_eq!(campaign.sessions.iter().map(|session| session.taken).collect::<Vec<_>>(), [39, 3]);
}

#[test]
fn a_plan_is_looked_at_taken_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, people) = morning(folder.path());
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "排人");
    harness.run();
    harness.run();
    assert!(!labels(&harness, &format!("  {}", people[42].1)).is_empty());
    assert!(!labels(&harness, "新排 1").is_empty(), "who has no day yet is given one");
    click(&mut harness, "采用（新排或改动1人）");
    harness.run();
    harness.run();
    click(&mut harness, "撤销");
    harness.run();
    let campaign = reopened(harness, folder.path()).campaign(&uid).expect("readable");
    assert!(campaign.of(&people[42].0).is_none());
}

#[test]
fn every_part_of_the_board_has_a_name_and_the_month_opens_a_session() {
    let folder = tempfile::tempdir().expect("a folder");
    morning(folder.path());
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "月");
    harness.run();
    let session = labels(&harness, "2026年11月30日 8:00").first().cloned().expect("a session");
    click(&mut harness, &session);
    harness.run();
    assert!(!labels(&harness, "2026年11月30日到").is_empty(), "its week is shown with its people");
    assert!(harness.root().children_recursive().count() < 700, "only what is in sight is drawn");
}

#[test]
fn slips_are_looked_at_and_the_clinic_s_answer_is_read_looked_at_and_taken_as_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, people) = morning(folder.path());
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "打印和回单");
    click(&mut harness, "通知单：所有排上的人");
    harness.run();
    harness.run();
    assert!(!labels(&harness, "交出去之前先看一眼").is_empty());
    click(&mut harness, "返回");
    harness.run();
    let campaign = {
        let ledger = reopened(harness, folder.path());
        ledger.campaign(&uid).expect("readable")
    };
    let number = |at: usize| campaign.of(&people[at].0).expect("listed").number;
    let lines = [
        "编号,姓名,来了没有".to_owned(),
        format!("{},{},是", number(0), people[0].1),
        format!("{},{},没来", number(1), people[1].1),
        // Another name: nobody is ticked by a number alone.
        format!("{},{},是", number(2), people[3].1),
        format!("{},{},是", number(40), people[40].1),
    ];
    let file = folder.path().join("回单.csv");
    std::fs::write(&file, lines.join("\n")).expect("written");
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "打印和回单");
    let field = harness.get_by_role_and_label(Role::TextInput, "回单在哪里");
    field.focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "回单在哪里").type_text(&file.display().to_string());
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.run();
    for words in ["来了 1", "没来 1", "编号和姓名对不上 1", "那天还没到 1"] {
        assert_eq!(labels(&harness, words).len(), 1, "{words}: {:?}", labels(&harness, ""));
    }
    harness.get_by_role_and_label(Role::Button, "记下（2人）").click_accesskit();
    harness.run();
    harness.run();
    let mut ledger = reopened(harness, folder.path());
    let state =
        |ledger: &Ledger, at: usize| ledger.campaign(&uid).expect("readable").of(&people[at].0).map(|row| row.state);
    assert_eq!(state(&ledger, 0), Some(AppointmentState::Came));
    assert_eq!(state(&ledger, 1), Some(AppointmentState::Missed));
    assert_eq!(state(&ledger, 2), Some(AppointmentState::Agreed));
    ledger.run(&Command::Undo, &stamp(day(TODAY))).expect("one step");
    assert_eq!(
        (state(&ledger, 0), state(&ledger, 1)),
        (Some(AppointmentState::Agreed), Some(AppointmentState::Agreed))
    );
}

#[test]
fn somebody_is_added_by_hand_before_any_plan_and_given_a_day_from_their_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let people: Vec<(String, String)> = (0..3).map(|at| person(&mut ledger, at)).collect();
    let new = NewCampaign { edit: campaign_edit(), sessions: vec![session("2026-12-07", 4)] };
    let uid = run(&mut ledger, CampaignCommand::Start(Box::new(new)));
    drop(ledger);
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "加一个人");
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "加谁");
    assert!(field.is_focused(), "ready to type");
    field.type_text(&people[1].1);
    harness.run();
    harness.run();
    let found = labels(&harness, &people[1].1);
    let found = found.iter().find(|label| label.contains("第1户")).expect("found").clone();
    click(&mut harness, &found);
    harness.run();
    harness.run();
    assert!(!labels(&harness, "换到别的场次").is_empty(), "the card of whom was added is open");
    let day_of =
        labels(&harness, "").into_iter().find(|label| label.ends_with("8:00  0/4座")).expect("a day to choose");
    click(&mut harness, &day_of);
    harness.run();
    harness.run();
    let ledger = reopened(harness, folder.path());
    let campaign = ledger.campaign(&uid).expect("readable");
    assert_eq!(
        campaign.of(&people[1].0).map(|row| (row.state, row.session)),
        Some((AppointmentState::Planned, Some(0)))
    );
    let list = ledger.list(ELDER, day(TODAY)).expect("readable");
    assert!(list.rows.iter().all(|row| row.state == State::ToTell), "nobody was told by it");
}

#[test]
fn what_is_typed_about_days_stays_while_another_card_is_looked_at_and_may_name_a_day_that_is_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let (uid, people) = morning(folder.path());
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "全部 42");
    harness.run();
    harness.key_press(Key::Home);
    harness.run();
    click(&mut harness, "记下本人的日子");
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "最早哪天").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "最早哪天").type_text("2026-11-20");
    harness.run();
    for key in [Key::Escape, Key::End] {
        harness.key_press(key);
        harness.run();
    }
    assert!(harness.query_by_role_and_label(Role::TextInput, "最早哪天").is_none(), "the other's card");
    harness.key_press(Key::Home);
    harness.run();
    // By keys, for in a low window the button is below what is seen.
    harness.get_by_role_and_label(Role::Button, "保存").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.run();
    let campaign = reopened(harness, folder.path()).campaign(&uid).expect("readable");
    assert_eq!(campaign.of(&people[0].0).and_then(|row| row.wish.not_before), Some(day("2026-11-20")));
}

#[test]
fn somebody_is_found_to_be_added_though_many_of_the_same_letters_are_in_it_already() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    // Seven of one surname.
    let people: Vec<(String, String)> = (0..7).map(|at| person(&mut ledger, at * SURNAMES.len())).collect();
    let new = NewCampaign { edit: campaign_edit(), sessions: vec![session("2026-12-07", 9)] };
    let uid = run(&mut ledger, CampaignCommand::Start(Box::new(new)));
    // Whoever a search names last is the one who is not in it yet.
    let filter = ResidentFilter { search: "王".into(), group: None, limit: 60 };
    let found = ledger.residents(&filter).expect("readable");
    let (last, others) = found.split_last().expect("seven of them");
    assert_eq!(found.len(), people.len());
    for row in others {
        run(&mut ledger, CampaignCommand::Add { campaign: uid.clone(), resident: row.uid.clone() });
    }
    drop(ledger);
    let mut harness = residents(folder.path());
    tab(&mut harness, "体检安排");
    open(&mut harness);
    click(&mut harness, "加一个人");
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "加谁").type_text("王");
    harness.run();
    harness.run();
    let found = labels(&harness, &last.name);
    assert!(found.iter().any(|label| label.contains("户")), "{:?}", labels(&harness, ""));
}
